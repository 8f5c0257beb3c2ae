"""An issue of the bulletin as a .docx: head with name, number, editor and date; the items in full; foot with 报, 送 and 发."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Pt

from zhibao.model.county import Item
from zhibao.model.registry import Registry
from zhibao.publish.body_document import write_body
from zhibao.publish.document import (
    CENTRE,
    HEAD,
    KAI,
    RED,
    RIGHT,
    TEXT_WIDTH,
    TITLE,
    add,
    as_bytes,
    paper,
    rule,
    write,
)
from zhibao.publish.issues import LaidOut
from zhibao.publish.render import day

SPACED = 4
"""Characters of a name that is set wide."""

_RED = "C00000"
_THICK, _THIN = 8, 4
"""Rules of the foot, in eighths of a point."""


def bulletin_document(laid: LaidOut, registry: Registry, today: date) -> bytes:
    """The file. `today` dates a draft's properties; its head says that it is a draft."""
    issue, office = laid.issue, registry.office
    signed = issue.bulletin.signed if laid.signed else None
    document = paper(f"{issue.publication} {issue.name.label}", office.name, signed or today)
    _head(document, laid, registry, signed)
    for section in laid.sections:
        if section.heading:
            add(document, section.heading, HEAD, 16, align=CENTRE)
        for placed in section.entries:
            if placed.item:
                _item(document, placed.item, registry)
    _foot(document, laid, registry)
    return as_bytes(document)


def _head(document: Document, laid: LaidOut, registry: Registry, signed: date | None) -> None:
    issue = laid.issue
    add(document, "", pitch=Pt(20))
    spaced = "\u3000".join(issue.publication) if len(issue.publication) <= SPACED else issue.publication
    name = add(
        document,
        spaced,
        TITLE,
        48 if len(issue.publication) <= SPACED else 40,
        align=CENTRE,
        colour=RED,
        pitch=None,
    )
    name.paragraph_format.space_after = Pt(6)
    add(document, f"{issue.name.year}年{issue.name.short}", KAI, 16, align=CENTRE)
    line = add(document, f"{registry.office.name}编　编辑：{_name(registry, issue.bulletin.editor)}", KAI, 14)
    line.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    write(line, f"\t{day(signed) if signed else '草稿，还没有签发'}", KAI, 14)
    rule(line, _RED, bottom=18)
    add(document, "", pitch=Pt(14))


def _item(document: Document, item: Item, registry: Registry) -> None:
    title = add(document, item.submission.title, TITLE, 22, align=CENTRE, pitch=Pt(34))
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(14), Pt(10)
    title.paragraph_format.keep_with_next = True
    write_body(document, item.body)
    units = "、".join(registry.unit_name(unit, item.submitted_on) for unit in item.submission.units)
    add(document, f"（{units}）", align=RIGHT)


def _foot(document: Document, laid: LaidOut, registry: Registry) -> None:
    bulletin = laid.issue.bulletin
    lines = [*_routes((("报", bulletin.report), ("送", bulletin.send), ("发", bulletin.distribute)))]
    if laid.signed and bulletin.signer:
        lines.append(f"签发：{_name(registry, bulletin.signer)}")
    add(document, "", pitch=Pt(20))
    for number, words in enumerate(lines):
        line = add(document, words, size=14, pitch=Pt(24))
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Pt(42), Pt(-28)
        line.paragraph_format.keep_together = True
        line.paragraph_format.keep_with_next = number + 1 < len(lines)
        edges = {"top": _THICK if number == 0 else _THIN}
        rule(line, "000000", **edges, **({"bottom": _THICK} if number + 1 == len(lines) else {}))


def _routes(routes: tuple[tuple[str, tuple[str, ...]], ...]) -> Iterator[str]:
    yield from (f"{word}：{'，'.join(names)}" for word, names in routes if names)


def _name(registry: Registry, account: str) -> str:
    editor = registry.editor(account)
    return editor.name if editor else account
