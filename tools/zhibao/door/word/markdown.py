"""The blocks of a document as the Markdown of an item: what was text stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from zhibao.door.word.values import Block, Piece, Sort

TOP = 2
"""The level of a body's highest heading; the item's title stands above it."""
_LOWEST = 6
_ACTIVE = re.compile(r"[\\`*_\[\]|]|!$|&(?=#?\w+;)")
_START = re.compile(r"(?:[#>]|[-+](?= |$)|-{2,})")
_COUNTED = re.compile(r"(\d{1,9})\.(?= |$)")
_HASHES = re.compile(r"#+$")
_BLANKS = re.compile(r" {2,}")


def markdown(blocks: Iterable[Block]) -> str:
    """The text of a body; empty for no blocks. Headings are shifted so that the highest has two hashes."""
    found = list(blocks)
    tops = [block.level for block in found if block.sort is Sort.HEADING]
    shift = TOP - min(tops, default=TOP)
    writer = _Writer(shift)
    for block in found:
        writer.write(block)
    return "".join(writer.text).strip("\n") + "\n" if writer.text else ""


def inline(pieces: Sequence[Piece], *, plain: bool = False) -> str:
    """Words on one line, with their look unless it is `plain`."""
    words = "".join(_runs(pieces, plain=plain))
    return _BLANKS.sub(" ", words).strip()


@dataclass
class _Writer:
    """Writes block after block. `_open` are the lists that are open: level and last number (None for bullets)."""

    shift: int
    text: list[str] = field(default_factory=list)
    _open: list[tuple[int, int | None]] = field(default_factory=list)
    _loose: bool = False
    """Whether numbers are written as words until the list ends: they do not follow one another as a list's do."""

    def write(self, block: Block) -> None:
        """One more block."""
        if block.sort is Sort.ENTRY:
            self._entry(block)
            return
        self._open, self._loose = [], False
        if block.sort is Sort.HEADING:
            hashes = "#" * min(max(block.level + self.shift, TOP), _LOWEST)
            words = _HASHES.sub(lambda found: "\\#" * len(found[0]), inline(block.pieces, plain=True))
            self._add(f"{hashes} {words}" if words else "")
        elif block.sort is Sort.TABLE:
            self._add("\n".join(_table(block.rows)))
        elif block.sort is Sort.PICTURE:
            number = block.picture.rpartition("-")[2].partition(".")[0]
            self._add(f"![图{number}](assets/{block.picture})")
        else:
            self._add(_line(inline(block.pieces)))

    def _entry(self, block: Block) -> None:
        words = _line(inline(block.pieces))
        if not words:
            return
        last = self._sibling(block)
        fits = block.number is None or last is None or last + 1 == block.number
        if (self._loose and block.number is not None) or not fits:
            self._open, self._loose = [], True
            self._add(f"{block.number}\\. {words}")
            return
        fresh = not self._open or self._other_kind(block)
        while self._open and self._open[-1][0] >= block.level:
            self._open.pop()
        indent = " " * 4 * len(self._open)
        self._open.append((block.level, block.number))
        mark = "-" if block.number is None else f"{block.number}."
        self._add(f"{indent}{mark} {words}", apart=fresh)

    def _sibling(self, block: Block) -> int | None:
        """The number of the entry before it in the same list; None where there is none, or it has none."""
        return next((number for level, number in self._open if level == block.level), None)

    def _other_kind(self, block: Block) -> bool:
        """Whether a list of the other kind ends here."""
        same = [number for level, number in self._open if level == block.level]
        return bool(same) and (same[0] is None) != (block.number is None)

    def _add(self, words: str, *, apart: bool = True) -> None:
        if words:
            self.text.append(("\n\n" if apart else "\n") + words)


def _runs(pieces: Sequence[Piece], *, plain: bool) -> Iterator[str]:
    """Neighbours of one look together, so that no mark stands in the middle of a word."""
    joined: list[Piece] = []
    for piece in pieces:
        own = Piece(piece.text) if plain else piece
        blank = not own.text.strip()
        if joined and (joined[-1][1:] == own[1:] or blank):
            joined[-1] = joined[-1]._replace(text=joined[-1].text + own.text)
        elif own.text:
            joined.append(Piece(own.text) if blank else own)
    yield from map(_marked, joined)


def _marked(piece: Piece) -> str:
    """Escaped words between their marks; blanks stand outside, where the marks would not be read otherwise."""
    words = _escaped(piece.text)
    core = words.strip()
    if not core:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    mark = "**" * piece.bold + "*" * piece.italic
    core = f"{mark}{core}{mark}"
    if piece.link:
        # an escaped bracket would do in a link, but for one that begins a line and reads like a reference
        core = core.replace("\\[", "&#91;").replace("\\]", "&#93;")
        core = f"[{core}]({piece.link})"
    return f"{before}{core}{after}"


def _escaped(text: str) -> str:
    text = _ACTIVE.sub(lambda found: "&amp;" if found[0] == "&" else f"\\{found[0]}", text.replace("\n", " "))
    return text.replace("<", "&lt;")


def _line(words: str) -> str:
    """Words at the start of a line, where some signs would begin something else than a paragraph."""
    if _START.match(words):
        return f"\\{words}"
    return _COUNTED.sub(r"\1\\.", words, count=1) if _COUNTED.match(words) else words


def _table(rows: Sequence[Sequence[Sequence[Piece]]]) -> Iterator[str]:
    """The lines of a table, without rows and columns in which nothing stands: those are left from merged cells, or were never filled."""
    written = [row for row in rows if any(inline(cell) for cell in row)]
    texts = [[inline(cell, plain=number == 0) for cell in row] for number, row in enumerate(written)]
    wide = max((len(row) for row in texts), default=0)
    full = [row + [""] * (wide - len(row)) for row in texts]
    kept = [place for place in range(wide) if any(row[place] for row in full)]
    wide = len(kept)
    for number, row in enumerate(full):
        yield f"| {' | '.join(row[place] for place in kept)} |"
        if number == 0:
            yield "|" + "---|" * wide
