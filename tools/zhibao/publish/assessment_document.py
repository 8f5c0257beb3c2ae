"""The annual assessment as a .docx: a table a group on a wide page, then awards, bars and adjustments in words."""

from __future__ import annotations

from collections.abc import Iterable

from docx.document import Document
from docx.shared import Pt

from zhibao.model.office import Office
from zhibao.publish.document import CENTRE, HEAD, TITLE, add, as_bytes, paper, table
from zhibao.publish.render import number
from zhibao.score.assessment import Assessment, UnitYear
from zhibao.score.assessment_words import adjustments, awards, bars, opening, standing
from zhibao.score.wording import percent

_NUMERALS = "一二三四五六七八九十"
_WIDTHS = (44, 14, 14, 18, 14, 18, 17, 17, 17, 17, 20, 14, 20)
"""Of the columns, in mm: together the width of the text."""


def assessment_document(found: Assessment, office: Office) -> bytes:
    """The file."""
    title = f"{office.county}{found.period.label}信息报送考核"
    document = paper(title, office.name, found.until, landscape=True)
    add(document, title, TITLE, 22, align=CENTRE, pitch=Pt(36)).paragraph_format.space_after = Pt(10)
    add(document, opening(found), indent=True)
    quarters = [quarter.label[6:] for quarter in found.period.quarters()]
    head = ["单位", "任务", "报送", "完成率", "采用", "采用率", *quarters, "得分", "名次", "评先"]
    for place, (group, members) in enumerate(found.groups):
        _heading(document, place, group)
        table(document, head, [_cells(one, len(quarters)) for one in members], _WIDTHS)
    place = len(found.groups)
    for name, told in (
        ("先进单位", awards(found)),
        ("不能评先和计零分的", bars(found)),
        ("各季度的调整", adjustments(found)),
    ):
        place += _told(document, place, name, told)
    return as_bytes(document)


def _heading(document: Document, place: int, words: str) -> None:
    numeral = _NUMERALS[place] if place < len(_NUMERALS) else str(place + 1)
    heading = add(document, f"{numeral}、{words}", HEAD, indent=True)
    heading.paragraph_format.keep_with_next = True
    heading.paragraph_format.space_before = Pt(8)


def _told(document: Document, place: int, name: str, told: Iterable[tuple[str, str]]) -> bool:
    """A section of sentences; whether there was anything to say."""
    lines = list(told)
    if lines:
        _heading(document, place, name)
    for who, words in lines:
        add(document, f"{who}：{words}。", indent=True)
    return bool(lines)


def _cells(one: UnitYear, quarters: int) -> list[str]:
    figures = one.figures
    trail = [number(quarter.points) for quarter in one.trail]
    return [
        figures.name,
        number(figures.quota.count),
        str(figures.submitted),
        percent(figures.completion),
        str(figures.adopted),
        percent(figures.adoption_rate),
        *trail,
        *["—"] * (quarters - len(trail)),
        number(figures.points),
        number(figures.rank),
        standing(one) or "—",
    ]
