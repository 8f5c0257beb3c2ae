"""The quarterly notice (通报) as values: the same at the terminal, in the document and for whoever checks it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from zhibao.publish.notice_facts import NoticeFacts
from zhibao.publish.notice_problems import problems
from zhibao.publish.notice_table import cells, hidden
from zhibao.publish.notice_words import (
    calls,
    commissions,
    group_words,
    instructions,
    notes,
    opening,
    overall,
    short,
    urgent,
    used_above,
    zero,
)
from zhibao.publish.render import day

DRAFT = "草稿（未封存）"
"""Stands on every notice of a quarter that is not closed."""

_NUMERALS = "一二三四五六七八九十"
_SPACE = "\u3000"

Row = Mapping[str, str]
"""A unit's cells by their headings."""


@dataclass(frozen=True, slots=True)
class Told:
    """A part of the second level: its number （一）, its heading and its words."""

    numeral: str
    heading: str
    words: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class UseRow:
    """One use above."""

    day: str
    units: str
    title: str
    publication: str


@dataclass(frozen=True)
class NoticeText:
    """The whole notice. `draft` is empty for a closed quarter; `hidden` are the headings of columns that the units are not shown.

    `groups` hold the units by rank, and last the county's totals with the office's own items.
    """

    draft: str
    sender: str
    number: str
    title: str
    to: str
    opening: str
    overall: str
    groups: tuple[Told, ...]
    notes: str
    zero: tuple[str, ...]
    commissions: tuple[str, ...]
    above: str
    uses: tuple[UseRow, ...]
    instructions: str
    urgent: str
    problems: tuple[Told, ...]
    next_quarter: str
    calls: tuple[Told, ...]
    annex: str
    day: str
    copies: str
    hidden: frozenset[str]


def notice_text(
    facts: NoticeFacts, *, number: int | None = None, signed: date | None = None, annex: bool = False
) -> NoticeText:
    """The notice of a quarter, with its document number (5 gives 〔2026〕5号) and the day of signing.

    Where they are not given, there is room to write them: nothing here is of the clock.
    """
    office, head, label = facts.office, facts.office.notice, facts.period.label
    later = facts.period.passed.date()
    year = signed.year if signed else later.year
    return NoticeText(
        draft="" if facts.closed else DRAFT,
        sender=office.name,
        number=f"{head.code or ''}〔{year}〕{number or _SPACE}号",
        title=f"{office.name}\n关于{label}信息报送情况的通报",
        to=f"{head.to.rstrip('：: ')}：",
        opening=opening(facts),
        overall=overall(facts),
        groups=tuple(_groups(facts)),
        notes=notes(facts),
        zero=tuple(zero(facts)),
        commissions=tuple(commissions(facts)),
        above=used_above(facts),
        uses=tuple(_uses(facts)),
        instructions=instructions(facts),
        urgent=urgent(facts),
        problems=_told(problems(facts)),
        next_quarter=f"{short(type(facts.period).quarter_of(later))}报送要点",
        calls=_told(calls(facts)),
        annex=f"附件：{label}各单位信息报送统计和得分明细" if annex else "",
        day=day(signed) if signed else f"{year}年{_SPACE}月{_SPACE}日",
        copies=f"抄送：{head.copies.rstrip('。')}。" if head.copies else "",
        hidden=hidden(facts.shows),
    )


def _groups(facts: NoticeFacts) -> Iterator[Told]:
    for place, (name, members) in enumerate(facts.figures.groups):
        rows = tuple(cells(one) for one in members)
        yield Told(_numeral(place), f"{name}。", group_words(facts, members), rows)
    totals = (cells(facts.figures.totals), cells(facts.figures.office))
    words = f"{facts.figures.office.name}自己的信息单列，不参加排名。"
    yield Told(_numeral(len(facts.figures.groups)), "全县合计。", words, totals)


def _uses(facts: NoticeFacts) -> Iterator[UseRow]:
    for one in facts.above:
        yield UseRow(
            f"{one.day.month}月{one.day.day}日",
            one.units,
            one.title,
            f"{one.publication}（{one.form}）",
        )


def _told(parts: Iterator[tuple[str, str]]) -> tuple[Told, ...]:
    return tuple(Told(_numeral(place), heading, words) for place, (heading, words) in enumerate(parts))


def _numeral(place: int) -> str:
    """（一） for the first: to （九十九）, more than any notice has parts."""
    tens, ones = divmod(place + 1, 10)
    words = ("" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens - 1]}十") + (
        _NUMERALS[ones - 1] if ones else ""
    )
    return f"（{words}）"
