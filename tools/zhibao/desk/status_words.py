"""Where an item stands, in words for its officer: the answer first, then what happened in its order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from zhibao.desk.messages import day_words, phrases
from zhibao.desk.news import Happening, Told
from zhibao.desk.status import ItemStatus
from zhibao.desk.waiting import Owes
from zhibao.model.finding import printable
from zhibao.model.registry import Registry

_LABELS = {
    Happening.RETURNED: "退回修改",
    Happening.WAITING: "等编辑处理",
    Happening.HELD: "留用",
    Happening.ADOPTED: "采用",
    Happening.DECLINED: "没有采用",
    Happening.FILED: "备查",
    Happening.WITHDRAWN: "撤下",
}
MOST_CLOSED = 8
"""Items that are done with, and shown where not all are asked for."""
_TO_MEND = "要改了才能采用"


def label(one: ItemStatus) -> str:
    """The state of an item in a word or two."""
    return _TO_MEND if one.errors else _LABELS[one.state]


def item_words(one: ItemStatus, registry: Registry, today: date) -> str:
    """Everything on one item: what it is, where it stands and who owes the next word, what happened."""
    units = "、".join(registry.unit_name(unit, today) for unit in one.units)
    day = day_words(one.told.submitted, today)
    lines = [
        f"{_subject(one.told)}，{units}，{printable(one.kind) or '类型不明'}，{day}报送，编号 {one.told.id}"
    ]
    lines.append(f"{_answer(one, today)}。")
    return "\n".join([*lines, *(f"- {words}" for words in details(one, registry, today))]) + "\n"


def unit_words(
    found: Sequence[ItemStatus], name: str, year: int, registry: Registry, today: date, *, whole: bool = False
) -> str:
    """A unit's year: how many stand where in one line, then each item: every open one, and the newest of the others or all."""
    if not found:
        return f"{name} {year}年还没有报送的信息。\n"
    counts: dict[str, int] = {}
    for one in found:
        counts[label(one)] = counts.get(label(one), 0) + 1
    sums = "，".join(f"{words} {number} 条" for words, number in counts.items())
    lines = [f"{name} {year}年报送 {len(found)} 条：{sums}。"]
    shown = found if whole else found[: sum(one.is_open for one in found) + MOST_CLOSED]
    for one in shown:
        lines += ["", f"{day_words(one.told.submitted, today)}  {_subject(one.told)}  {one.told.id}"]
        said = [*([_answer(one, today)] if one.is_open else []), *details(one, registry, today)]
        lines.append(f"    {'；'.join(said) or label(one)}。")
    left = len(found) - len(shown)
    lines += ["", f"还有 {left} 条办完了的没有列出，要看全部请加 --all。"] if left else []
    return "\n".join(lines) + "\n"


def details(one: ItemStatus, registry: Registry, today: date) -> Iterator[str]:
    """What happened to an item and to those that were written from it, a line each."""
    if one.errors:
        yield printable(f"{one.errors} 处错误，先改：{one.first_error}")
    if one.state is not Happening.WAITING:
        yield from phrases(one.events, registry, today)
    for used in one.used:
        yield f"编入综合稿，{'；'.join(phrases(used, registry, today))}"


def _answer(one: ItemStatus, today: date) -> str:
    days = _days(one)
    if one.owes is None:
        return f"{label(one)}，{day_words(one.since, today)}办完"
    if one.state is Happening.HELD:
        return f"留用，编辑以后再定{days}"
    if one.owes is Owes.UNIT:
        return f"{label(one)}，等本单位改好再报{days}"
    return f"等{'维护人员' if one.owes is Owes.MAINTAINER else '编辑'}处理{days}"


def _days(one: ItemStatus) -> str:
    """For how long, where it is more than today."""
    return f"，已经 {one.age.days} 天（{one.age.working_days} 个工作日）" if one.age.days else ""


def _subject(told: Told) -> str:
    return f"《{printable(told.title)}》" if told.title else "（题目不便写出的一条信息）"
