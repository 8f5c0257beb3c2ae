"""What a Word document is taken apart into, and what becomes of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from zhibao.door.draft import Draft


class Picture(NamedTuple):
    """A picture of a draft. `name` is safe and ours (`tu-1.png`); the body shows it as `![图1](assets/tu-1.png)`."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class WordDraft:
    """A draft, what of the document was left out or changed (Chinese sentences), and its pictures in their order."""

    draft: Draft
    warnings: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()


class Piece(NamedTuple):
    """Words of one look. A line break is a piece `\\n`; one with a `picture` is that picture, and its text empty."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    picture: str = ""


class Sort(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ENTRY = "entry"
    TABLE = "table"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `level` is that of a heading (from 1) or an entry (from 0); `number` an entry's, None for a bullet."""

    sort: Sort
    pieces: tuple[Piece, ...] = ()
    level: int = 0
    number: int | None = None
    centred: bool = False
    titled: bool = False
    """Its style says that it is the document's title."""
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()
    picture: str = ""

    @property
    def plain(self) -> str:
        """Its words without their look."""
        return "".join(piece.text for piece in self.pieces).strip()


class Loss(StrEnum):
    """What a document may hold that an item does not: the sentence about it, in the order in which they are told."""

    CHANGES = (
        "有 {} 处修订：添上的字带入了，删去的没有带入；不该这样的，请先在 Word 里接受或拒绝修订，再重新来一次"
    )
    COMMENTS = "有 {} 条批注，没有带入"
    HIDDEN = "有 {} 处隐藏的文字，没有带入"
    STRUCK = "有 {} 处文字划了删除线，照样带入了；不要的请删去"
    BOXES = "有 {} 个文本框，里面的字没有带入；要的请写进正文"
    MARGINS = "页眉、页脚里的字没有带入"
    NOTES = "有 {} 条脚注或尾注，写进了正文的括号里"
    MERGED = "表格里有 {} 处合并的格子，拆开了，字只写在第一格；请看看表格还通不通"
    NESTED = "有 {} 个表格套在表格里，只留下了文字"
    OBJECTS = "有 {} 个嵌入的对象、图表或文件，没有带入；要的请改成文字、表格或图片"
    FORMULAS = "有 {} 个公式，没有带入；请改用文字写"
    LINKS = "有 {} 个链接不是网址，只留下了文字"


@dataclass
class Losses:
    """What was left out or changed so far."""

    _counts: Counter[Loss] = field(default_factory=Counter)
    _sentences: list[str] = field(default_factory=list)

    def add(self, loss: Loss, times: int = 1) -> None:
        """One more of a kind."""
        self._counts[loss] += times

    def tell(self, sentence: str) -> None:
        """Something of its own kind."""
        self._sentences.append(sentence)

    def told(self) -> tuple[str, ...]:
        """The warnings, each kind once."""
        kinds = [loss.value.format(self._counts[loss]) for loss in Loss if self._counts[loss]]
        return (*kinds, *self._sentences)
