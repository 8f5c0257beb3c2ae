"""The quarterly notice as plain text, for the terminal: the same words, its tables in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.table import Table

from zhibao.publish.notice_table import COLUMNS
from zhibao.publish.notice_text import NoticeText, Row, UseRow
from zhibao.publish.plain_table import printed

WIDTH = 160
"""Columns of the terminal that the tables may take."""

_INDENT = "\u3000\u3000"


def notice_plain(text: NoticeText) -> str:
    """All of it, a paragraph a line."""
    return "".join(f"{line}\n" for line in _lines(text))


def _lines(text: NoticeText) -> Iterator[str]:
    yield from ([f"【{text.draft}】"] if text.draft else [])
    yield from (text.sender, text.number, "", *text.title.split("\n"), "", text.to)
    yield _INDENT + text.opening
    yield f"{_INDENT}一、总体情况"
    yield _INDENT + text.overall
    yield f"{_INDENT}二、各单位完成情况"
    for group in text.groups:
        yield f"{_INDENT}{group.numeral}{group.heading}{group.words}"
        yield from _table([name for name in COLUMNS if name not in text.hidden], group.rows)
    yield _INDENT + text.notes
    for heading, paragraphs in (
        ("三、零报送和零采用", text.zero),
        ("四、约稿", text.commissions),
        ("五、上级采用和领导批示", (text.above,)),
    ):
        yield from (_INDENT + words for words in (heading, *paragraphs))
    yield from _uses(text.uses)
    yield from ([_INDENT + text.instructions] if text.instructions else [])
    yield from (f"{_INDENT}六、紧急信息", _INDENT + text.urgent)
    yield f"{_INDENT}七、存在的问题和要求"
    yield from (f"{_INDENT}{one.numeral}{one.heading}{one.words}" for one in text.problems)
    yield f"{_INDENT}八、{text.next_quarter}"
    yield from (f"{_INDENT}{one.numeral}{one.heading}{one.words}" for one in text.calls)
    yield from ([f"{_INDENT}{text.annex}"] if text.annex else [])
    yield from ("", text.sender, text.day)
    yield from ([text.copies] if text.copies else [])


def _table(head: Sequence[str], rows: Sequence[Row]) -> list[str]:
    grid = _grid()
    for place, name in enumerate(head):
        grid.add_column(name, justify="right" if place else "left", no_wrap=True)
    for row in rows:
        grid.add_row(*(row[name] for name in head))
    return printed(grid, WIDTH)


def _uses(uses: Sequence[UseRow]) -> list[str]:
    if not uses:
        return []
    grid = _grid()
    for name in USE_HEAD:
        grid.add_column(name)
    for use in uses:
        grid.add_row(use.day, use.units, use.title, use.publication)
    return printed(grid, WIDTH)


USE_HEAD = ("日期", "单位", "标题", "刊物（形式）")
"""The headings of the table of uses above."""


def _grid() -> Table:
    return Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="")
