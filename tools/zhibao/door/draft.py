"""The text of a draft: a title, where its first line is one, and what stands below."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from zhibao.model.os_words import plainly
from zhibao.repo.plain_text import decoded

LONGEST_DRAFT = 200_000
"""Bytes of a draft's file; a long report has 30,000."""
LONGEST_TITLE = 100
"""Characters of a first line that a document itself calls its title."""

_HEADING = re.compile(r"#{1,6}\s+")
_FENCED = re.compile(r"---[ \t]*\n.*?\n---[ \t]*\n", re.DOTALL)


class DraftError(Exception):
    """A draft cannot be used. The message is Chinese and fit to be shown."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a draft's file holds: a title, where its first line is one, and the text below; `headed` where front matter stood above."""

    title: str
    body: str
    headed: bool = False


def read_draft(path: Path) -> Draft:
    """The text of a .txt or .md file in UTF-8 or GBK. Raises DraftError."""
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST_DRAFT + 1)
    except OSError as error:
        raise DraftError(f"打不开 {path}：{plainly(error)}") from None
    if len(data) > LONGEST_DRAFT:
        raise DraftError(f"{path.name} 超过 {LONGEST_DRAFT // 1000} KB，不像一条信息")
    text = decoded(data)
    if text is None:
        raise DraftError(f"{path.name} 不是纯文本（UTF-8 或 GBK）；请另存为 UTF-8 的 .txt")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    below = _FENCED.sub("", text, count=1) if text.startswith("---") else text
    return replace(taken_apart(below), headed=below != text)


def reads_like_a_title(line: str) -> bool:
    """Whether a first line is short and no sentence."""
    return 0 < len(line) <= 60 and not line.endswith(("。", "：", "；", "，", "！", "？"))


def taken_apart(text: str) -> Draft:
    """A first line that reads like a title is one: a heading, or a short line without a full stop and more below."""
    paragraphs = [line.strip(" \t\u3000") for line in text.strip().split("\n")]
    first = _HEADING.sub("", paragraphs[0]).strip() if paragraphs else ""
    titled = len(paragraphs) > 1 and reads_like_a_title(first)
    rest = paragraphs[1:] if titled else paragraphs
    spaced = "\n\n".join(line for line in rest if line)
    return Draft(first if titled else "", spaced + "\n" if spaced else "")
