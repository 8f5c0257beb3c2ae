"""The quarterly notice as a .docx: an office's template filled in, or the one that comes with the program. The same words give the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Collection
from datetime import UTC, datetime, time
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table
from docxtpl import DocxTemplate
from jinja2.exceptions import TemplateError as JinjaError
from jinja2.exceptions import UndefinedError

from zhibao.model.period import Period
from zhibao.publish.document import as_bytes, clean
from zhibao.publish.notice_table import UNIT
from zhibao.publish.notice_text import NoticeText, Row, Told
from zhibao.publish.template_language import Language

PLACE = "registry/templates/notice.docx"
"""Where an office keeps a template of its own."""

_AROUND = 60
"""Characters of a template that are quoted where it is wrong."""
_MEND = "请对照 docs/notice.md 改好，或者删去这个文件，用程序自带的"


class BadTemplateError(Exception):
    """A template that cannot be filled in. The message is Chinese, gives fact and mend, and is fit to be shown."""


def placeholders(text: NoticeText) -> dict[str, Any]:
    """What a template may name: words, and lists whose members have fields."""
    return {
        "草稿": text.draft,
        "发文机关": text.sender,
        "文号": text.number,
        "标题": text.title,
        "主送": text.to,
        "开头": text.opening,
        "总体": text.overall,
        "各类别": [{**_told(one), "行": [_row(row, text.hidden) for row in one.rows]} for one in text.groups],
        "注": text.notes,
        "零报送零采用": list(text.zero),
        "约稿": list(text.commissions),
        "上级采用": text.above,
        "采用表": [
            {"日期": use.day, "单位": use.units, "标题": use.title, "刊物": use.publication}
            for use in text.uses
        ],
        "批示": text.instructions,
        "紧急信息": text.urgent,
        "问题": [_told(one) for one in text.problems],
        "要点标题": text.next_quarter,
        "要点": [_told(one) for one in text.calls],
        "附件": text.annex,
        "成文日期": text.day,
        "抄送": text.copies,
    }


def notice_document(text: NoticeText, period: Period, template: bytes) -> bytes:
    """The file. `template` is a sound package (`repo.package`). Raises BadTemplateError."""
    filled = DocxTemplate(io.BytesIO(template))
    try:
        filled.render(_printable(placeholders(text)), Language(), autoescape=True)
        document: Document = filled.docx
        _without(document, text.hidden)
        properties = document.core_properties
        properties.title, properties.author = text.title.replace("\n", ""), text.sender
        properties.last_modified_by, properties.revision = text.sender, 1
        properties.created = properties.modified = datetime.combine(period.passed, time(12), UTC)
        return as_bytes(document)
    except JinjaError as error:
        raise BadTemplateError(_words(error)) from None
    except Exception as error:  # a template is whatever somebody made of it
        raise BadTemplateError(f"{PLACE} 填不进去（{type(error).__name__}）；{_MEND}") from None


def _row(row: Row, hidden: Collection[str]) -> dict[str, str]:
    """A unit's cells; a dash in those of hidden columns, whatever a template heads them with."""
    return {heading: "—" if heading in hidden else cell for heading, cell in row.items()}


def _printable(value: Any) -> Any:
    """The same without what XML cannot hold."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _printable(inner) for key, inner in value.items()}
    return [_printable(inner) for inner in value]


def _told(one: Told) -> dict[str, Any]:
    return {"序号": one.numeral, "名称": one.heading, "说明": one.words}


def _words(error: JinjaError) -> str:
    if isinstance(error, UndefinedError):
        return f"{PLACE}：{error.message}；{_MEND}"
    lines = list(getattr(error, "docx_context", ()))
    marked = [line.strip() for line in lines if re.search(r"\{[{%#]|[}%#]\}", line)]
    near = "，".join(marked)[:_AROUND]
    why = (
        error.message
        if re.search("[\u4e00-\u9fff]", error.message or "")
        else "占位符写错了，或者 for、if 没有写 endfor、endif"
    )
    return f"{PLACE}：{why}{f'（在“{near}”附近）' if near else ''}；{_MEND}"


def _without(document: Document, headings: Collection[str]) -> None:
    """Take columns out of the tables of units; the first column takes their room."""
    for table in document.tables if headings else ():
        head = [cell.text.strip() for cell in table.rows[0].cells]
        if head[0] != UNIT:
            continue
        gone = [place for place, heading in enumerate(head) if heading in headings]
        for place in reversed(gone):
            _drop(table, place)


def _drop(table: Table, place: int) -> None:
    columns = table._tbl.tblGrid.findall(qn("w:gridCol"))
    width = int(columns[place].get(qn("w:w")) or 0)
    columns[0].set(qn("w:w"), str(int(columns[0].get(qn("w:w")) or 0) + width))
    columns[place].getparent().remove(columns[place])
    for row in table._tbl.tr_lst:
        cells = row.tc_lst
        if place < len(cells):
            widths = [cell.width for cell in (cells[0], cells[place])]
            cells[0].width = Length(sum(width or 0 for width in widths))
            row.remove(cells[place])
