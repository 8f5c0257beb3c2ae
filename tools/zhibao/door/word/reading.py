"""A Word document (.docx) as a draft: its title, its text as Markdown, its pictures, and a warning for whatever is left out."""

from __future__ import annotations

import re

from zhibao.door.draft import LONGEST_DRAFT, LONGEST_TITLE, Draft, DraftError, reads_like_a_title
from zhibao.door.word.blocks import Reader, typed_level
from zhibao.door.word.markdown import markdown
from zhibao.door.word.numbering import Numbering
from zhibao.door.word.parts import Parts, open_word
from zhibao.door.word.pictures import Pictures
from zhibao.door.word.runs import Runs, words_of
from zhibao.door.word.styles import Styles
from zhibao.door.word.values import Block, Loss, Losses, Sort, WordDraft
from zhibao.model.finding import printable

_PAGE_NUMBER = re.compile(r"[\s\d第页共/—–\-·.]*")
"""What a header or footer may hold that nobody misses."""
_SUBTITLE = "——"
_NOT_NOTES = ("separator", "continuationSeparator", "continuationNotice")


def read_word(data: bytes, name: str) -> WordDraft:
    """A .docx as a draft; `name` is what the messages call it. Raises DraftError, in Chinese, for what cannot or must not be read."""
    parts = open_word(data, printable(name.replace("\\", "/").rpartition("/")[2])[:80] or "草稿")
    losses = Losses()
    pictures = Pictures(parts.package.parts, losses)
    runs = Runs(parts, losses, pictures, _notes(parts))
    reader = Reader(Styles(parts.related("styles")), Numbering(parts.related("numbering")), runs, losses)
    body = parts.document.find("w.body")
    blocks = list(reader.blocks(body)) if body is not None else []
    losses.add(Loss.COMMENTS, sum(len(list(root.iter("w.comment"))) for root in parts.related("comments")))
    margins = [root for kind in ("header", "footer") for root in parts.related(kind)]
    losses.add(Loss.MARGINS, any(not _PAGE_NUMBER.fullmatch(words_of(root)) for root in margins))
    title, blocks = _title(blocks)
    text = markdown(blocks)
    if len(text.encode()) > LONGEST_DRAFT:
        raise DraftError(f"{parts.package.name} 的文字超过 {LONGEST_DRAFT // 1000} KB，不像一条信息")
    if not title and not text:
        raise DraftError(f"{parts.package.name} 里没有文字；请看看是不是都在文本框或图片里")
    return WordDraft(Draft(title, text), losses.told(), tuple(pictures.found))


def _title(blocks: list[Block]) -> tuple[str, list[Block]]:
    """The title, where the first block is one, and the blocks without it."""
    if len(blocks) < 2 or blocks[0].sort not in (Sort.PARAGRAPH, Sort.HEADING):
        return "", blocks
    first = blocks[0]
    words = " ".join(first.plain.split())
    said = first.titled or first.centred or (first.sort is Sort.HEADING and not typed_level(words))
    if not words or typed_level(words) or len(words) > LONGEST_TITLE:
        return "", blocks
    if not said and not reads_like_a_title(words):
        return "", blocks
    second = blocks[1]
    if len(blocks) > 2 and second.centred and second.plain.startswith(_SUBTITLE):
        return f"{words}{second.plain}"[:LONGEST_TITLE], blocks[2:]
    return words, blocks[1:]


def _notes(parts: Parts) -> dict[tuple[str, str], str]:
    """The words of footnotes and endnotes, by kind and id."""
    return {
        (kind, note.get("w.id", "")): words_of(note)
        for kind in ("footnote", "endnote")
        for root in parts.related(f"{kind}s")
        for note in root.iter(f"w.{kind}")
        if note.get("w.type") not in _NOT_NOTES
    }
