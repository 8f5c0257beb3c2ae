"""A body as plain blocks, for documents: paragraphs, headings, entries of lists, tables. Made from the sanitised HTML, never from the text itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from html.parser import HTMLParser

from zhibao.model.signing import DASH
from zhibao.publish.markdown import body_html

_WRAP = re.compile(r"\s*\n\s*")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_PARTS = frozenset({"p", "li", "pre", "blockquote", *_HEADINGS})


class Sort(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ENTRY = "entry"
    TABLE = "table"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `text` is plain; an entry begins with its number or a dash, a picture's is its path. `rows` are the cells of a table.

    `level` is that of a heading (from 1), or how many lists an entry's list stands in.
    """

    sort: Sort
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    level: int = 0


def blocks(body: str, pictures: Collection[str] = ()) -> Iterator[Block]:
    """The blocks of a Markdown body, in their order; of pictures those that are named here, by their path below assets/."""
    reader = _Reader()
    reader.feed(body_html(body, pictures))
    reader.close()
    reader.end_part()
    yield from reader.found


@dataclass
class _Reader(HTMLParser):
    """Collects text until a part ends. Whatever is open when a part begins or ends is a part of its own."""

    found: list[Block] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _sort: Sort = Sort.PARAGRAPH
    _level: int = 0
    _mark: str = ""
    """What the open entry begins with."""
    _counts: list[int | None] = field(default_factory=list)
    """For each open list the number of its last entry; None where it has no numbers."""
    _rows: list[list[str]] | None = None

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self.end_part()
            self._counts.append(_start(attrs) - 1 if tag == "ol" else None)
        elif tag == "table":
            self.end_part()
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag == "br":
            self._text.append("\n")
        elif tag == "img" and self._rows is None:
            self.end_part()
            self.found.append(Block(Sort.PICTURE, dict(attrs).get("src") or ""))
        elif tag in _PARTS:
            self._begin(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._rows:
            self._rows[-1].append(self._taken())
        elif tag == "table" and self._rows is not None:
            self.found.append(Block(Sort.TABLE, rows=tuple(map(tuple, self._rows))))
            self._rows = None
        elif tag in ("ul", "ol"):
            self.end_part()
            self._counts = self._counts[:-1]
        elif tag in _PARTS:
            self.end_part()

    def handle_data(self, data: str) -> None:
        self._text.append(_WRAP.sub(lambda match: " " if match.start() and _ascii(match) else "", data))

    def end_part(self) -> None:
        """What has been collected becomes a block."""
        text = self._taken()
        if text:
            self.found.append(Block(self._sort, f"{self._mark}{text}", level=self._level))
        self._sort, self._mark, self._level = Sort.PARAGRAPH, "", 0

    def _begin(self, tag: str) -> None:
        if tag == "p" and self._mark and not "".join(self._text).strip():
            return  # an entry's first paragraph
        self.end_part()
        if tag in _HEADINGS:
            self._sort, self._level = Sort.HEADING, int(tag[1]) - 1
        elif tag == "li" and self._counts:
            self._sort, self._level = Sort.ENTRY, len(self._counts) - 1
            count = self._counts[-1]
            self._counts[-1] = None if count is None else count + 1
            self._mark = DASH if count is None else f"{count + 1}. "

    def _taken(self) -> str:
        text = "".join(self._text).strip()
        self._text.clear()
        return text


def _ascii(match: re.Match[str]) -> bool:
    before, after = match.string[match.start() - 1], match.string[match.end() : match.end() + 1]
    return before.isascii() and after.isascii() and bool(after)


def _start(attrs: list[tuple[str, str | None]]) -> int:
    """Where a numbered list begins."""
    value = dict(attrs).get("start") or "1"
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1
