"""The text of a .docx as blocks: headings, paragraphs, entries of lists, tables, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from zhibao.door.word.numbering import Mark, Numbering
from zhibao.door.word.runs import Runs, choice
from zhibao.door.word.styles import Form, Styles, value, whole
from zhibao.door.word.values import Block, Loss, Losses, Piece, Sort

LONGEST_HEADING = 40
"""Characters of a paragraph that may be a heading typed by hand."""
_NUMERALS = "一二三四五六七八九十"
_TYPED = (re.compile(rf"[{_NUMERALS}]{{1,3}}、"), re.compile(rf"[（(][{_NUMERALS}]{{1,3}}[）)]"))
"""How headings are numbered by hand in official writing (GB/T 9704-2012, 7.3.3), level by level."""
_ENTRY = re.compile(r"(\d{1,4})\. +(?=\S)")
_SENTENCE = re.compile(r"[。；，：！？]")
_MOST_SPANNED = 60
_THROUGH = frozenset(["w.ins", "w.moveTo", "w.customXml", "w.sdtContent"])


@dataclass
class Reader:
    """Reads the blocks of a body in their order."""

    styles: Styles
    numbering: Numbering
    runs: Runs
    losses: Losses
    _carried: list[Piece] = field(default_factory=list)
    """Words whose paragraph's end is deleted: they belong to the next one."""
    _begun: bool = False
    """Whether there were words before; a line in the middle of the page that begins the text may be its title."""

    def blocks(self, body: Element) -> Iterator[Block]:
        """The blocks of a body or a cell."""
        for child in body:
            tag = child.tag
            if tag == "w.p":
                yield from self._paragraph(child)
            elif tag == "w.tbl":
                yield from self._table(child)
            elif tag == "w.sdt":
                yield from (block for part in child.findall("w.sdtContent") for block in self.blocks(part))
            elif tag == "mc.AlternateContent":
                chosen = choice(child)
                if chosen is not None:
                    yield from self.blocks(chosen)
            elif tag in _THROUGH:
                yield from self.blocks(child)
            elif tag == "w.altChunk":
                self.losses.add(Loss.OBJECTS)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        properties = paragraph.find("w.pPr")
        pieces = [*self._carried, *self.runs.pieces(paragraph)]
        self._carried = []
        if _end_deleted(properties):
            self._carried = pieces
            return
        form = self.styles.form(properties)
        if form.framed:
            return
        mark = self.numbering.next(form.numbered, value(properties, "w.pStyle")) if form.numbered else None
        lines = list(_lines(pieces))
        whole_line = form.heading or form.titled or (form.centred and not self._begun)
        self._begun = self._begun or bool(lines)
        first = True
        for line in lines:
            if line[0].picture:
                yield Block(Sort.PICTURE, picture=line[0].picture)
            elif whole_line:
                yield _first(_one_line(lines), form, mark)
                yield from (Block(Sort.PICTURE, picture=one[0].picture) for one in lines if one[0].picture)
                return
            elif first:
                yield _first(line, form, mark)
                first = False
            else:
                yield _first(line, replace(form, numbered=None), None)

    def _table(self, table: Element) -> Iterator[Block]:
        if self._is_frame(table):
            return
        rows = [
            list(self._cells(row))
            for row in _inner(table, "w.tr")
            if not _deleted(row.find("w.trPr"), self.losses)
        ]
        if len(rows) == 1 and len(rows[0]) == 1:
            yield from rows[0][0]  # a box around paragraphs
            return
        texts = tuple(tuple(_cell_pieces(blocks) for blocks in row) for row in rows)
        if any(any(_filled(cell) for cell in row) for row in texts):
            yield Block(Sort.TABLE, rows=texts)
        for row in rows:
            yield from (block for blocks in row for block in blocks if block.sort is Sort.PICTURE)

    def _is_frame(self, table: Element) -> bool:
        return all(self.styles.form(paragraph.find("w.pPr")).framed for paragraph in table.iter("w.p"))

    def _cells(self, row: Element) -> Iterator[list[Block]]:
        """The cells of a row, a merged one followed by empty ones in its stead."""
        before = whole(value(row.find("w.trPr"), "w.gridBefore"))
        yield from ([] for _ in range(min(before, _MOST_SPANNED)))
        for cell in _inner(row, "w.tc"):
            properties = cell.find("w.tcPr")
            nested = len(list(cell.iter("w.tbl")))
            blocks = list(self.blocks(cell))
            if nested:
                self.losses.add(Loss.NESTED, nested)
            down = properties.find("w.vMerge") if properties is not None else None
            across = min(max(whole(value(properties, "w.gridSpan"), 1), 1), _MOST_SPANNED)
            if (down is not None and down.get("w.val") == "restart") or across > 1:
                self.losses.add(Loss.MERGED)
            yield [] if down is not None and down.get("w.val") != "restart" else blocks
            yield from ([] for _ in range(across - 1))


def _inner(parent: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also where a content control stands around them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in ("w.sdt", *_THROUGH):
            yield from _inner(child, tag)


def _end_deleted(properties: Element | None) -> bool:
    mark = properties.find("w.rPr") if properties is not None else None
    return mark is not None and (mark.find("w.del") is not None or mark.find("w.moveFrom") is not None)


def _deleted(properties: Element | None, losses: Losses) -> bool:
    gone = properties is not None and properties.find("w.del") is not None
    if gone:
        losses.add(Loss.CHANGES)
    return gone


def _lines(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """The lines of a paragraph that are not empty; a picture is a line of its own."""
    line: list[Piece] = []
    for piece in pieces:
        if piece.text != "\n" and not piece.picture:
            line.append(piece)
            continue
        if _filled(line):
            yield tuple(line)
        line = []
        if piece.picture:
            yield (piece,)
    if _filled(line):
        yield tuple(line)


def _filled(pieces: Sequence[Piece]) -> bool:
    return any(piece.text.strip() for piece in pieces)


def _one_line(lines: Sequence[Sequence[Piece]]) -> tuple[Piece, ...]:
    """A heading that was broken by hand: its lines together, without a blank between Chinese words."""
    found: list[Piece] = []
    for line in lines:
        if line[0].picture:
            continue
        last = "".join(piece.text for piece in found).rstrip()[-1:]
        if last and last.isascii() and line[0].text.lstrip()[:1].isascii():
            found.append(Piece(" "))
        found.extend(line)
    return tuple(found)


def _first(pieces: tuple[Piece, ...], form: Form, mark: Mark | None) -> Block:
    """A paragraph as what it is: by its style, its automatic number, or what is typed in front of it."""
    if mark and not mark.text and not form.heading:
        return Block(Sort.ENTRY, pieces, mark.level, mark.number)
    if mark:
        shown = mark.text or ("" if mark.number is None else f"{mark.number}. ")
        pieces = (Piece(shown), *pieces)
    text = "".join(piece.text for piece in pieces).strip()
    level = form.heading or typed_level(text)
    centred, titled = bool(form.centred), bool(form.titled)
    if level:
        return Block(Sort.HEADING, pieces, level, centred=centred, titled=titled)
    entry = _ENTRY.match(text)
    if entry and not mark and not titled:
        return Block(Sort.ENTRY, _without(pieces, entry[0]), 0, int(entry[1]))
    return Block(Sort.PARAGRAPH, pieces, centred=centred, titled=titled)


def typed_level(text: str) -> int:
    """The level of a heading numbered by hand, 一、 or （一）, on a line of its own; 0 for any other line."""
    if len(text) > LONGEST_HEADING or _SENTENCE.search(text):
        return 0
    return next(
        (level for level, form in enumerate(_TYPED, 1) if form.match(text) and not form.fullmatch(text)), 0
    )


def _without(pieces: Sequence[Piece], start: str) -> tuple[Piece, ...]:
    """The pieces without the words that they start with."""
    left, found = len(start), []
    for number, piece in enumerate(pieces):
        text = piece.text.lstrip() if number == 0 else piece.text
        found.append(piece._replace(text=text[left:]))
        left = max(0, left - len(text))
    return tuple(piece for piece in found if piece.text)


def _cell_pieces(blocks: Sequence[Block]) -> tuple[Piece, ...]:
    """What a cell holds, on one line."""
    found: list[Piece] = []
    for block in blocks:
        pieces = block.pieces
        if block.sort is Sort.ENTRY and block.number is not None:
            pieces = (Piece(f"{block.number}. "), *pieces)
        if block.sort is Sort.TABLE:
            cells = [cell for row in block.rows for cell in row if _filled(cell)]
            pieces = tuple(piece for cell in cells for piece in (*cell, Piece(" ")))
        if found and pieces:
            found.append(Piece(" "))
        found.extend(pieces)
    return tuple(found)
