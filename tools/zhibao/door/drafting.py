"""The file of a draft, whatever it was written with: plain text or a Word document."""

from __future__ import annotations

from pathlib import Path

from zhibao.door.draft import DraftError, read_draft
from zhibao.door.word import WordDraft, read_word
from zhibao.model.os_words import plainly
from zhibao.repo.package import LARGEST_PACKAGE

PLAIN = (".txt", ".md")
OFFICE = (".docx", ".doc", ".wps", ".docm", ".dotx", ".dot", ".wpt", ".rtf", ".odt", ".pdf")
"""Endings of what is written with Word, WPS and their like; what is no .docx is told how to become one."""


def read_any(path: Path) -> WordDraft:
    """A draft from a file. Raises DraftError."""
    suffix = path.suffix.lower()
    if suffix in PLAIN:
        return WordDraft(read_draft(path))
    if suffix not in OFFICE:
        raise DraftError(
            f"{path.name} 不是 .docx、.txt 或 .md；请在 WPS 或 Word 里另存为“Word 文档（*.docx）”"
        )
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_PACKAGE + 1)
    except OSError as error:
        raise DraftError(f"打不开 {path}：{plainly(error)}") from None
    return read_word(data, path.name)
