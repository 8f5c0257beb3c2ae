"""The words and tables of a .docx that somebody sends: hostile until read, within bounds; no macro, link, entity or field of it is followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from zhibao.repo.office_package import PackageError, parts
from zhibao.repo.tree import Tree

LARGEST = 10_000_000
"""Bytes of the file; a notice with a seal as a picture has two million."""
LARGEST_UNPACKED = 40_000_000
LARGEST_TEXT = 8_000_000
"""Bytes of the part that holds the words; a notice of a hundred units has one million."""
LARGEST_TEMPLATE = 1_000_000
"""Bytes of the words of a template."""
MOST_PARTS = 500
MOST_ROWS = 2_000
MOST_CELLS = 40
"""Of one row."""
LONGEST_CELL = 200
"""Characters of a cell that are read."""

_BODY = "word/document.xml"
_WORDS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_OUTSIDE = re.compile(rb"<Relationship\b[^>]*\bTargetMode\s*=\s*[\"']External[\"'][^>]*>")
_LINK = re.compile(rb"\bType\s*=\s*[\"'][^\"']*/hyperlink[\"']")
_ACTIVE = re.compile(rb"macroEnabled|vbaProject|activeX|oleObject", re.IGNORECASE)
"""What the list of a package's contents names where something in it might run."""
_FETCHES = re.compile(rb"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE)\b")
"""Fields that fetch what stands elsewhere."""
_TEXT, _TAB, _BREAK = qn("w:t"), qn("w:tab"), qn("w:br")


class DocumentError(Exception):
    """A .docx cannot be read. The message is Chinese and fit to be shown."""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """The words outside the tables, a line a paragraph, those of headers too; and every table, row by row, its cells as text."""

    lines: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]


def read_document(path: Path) -> ReadDocument:
    """What a .docx says. Raises DocumentError."""
    if path.suffix.lower() != ".docx":
        raise DocumentError(f"{path.name} 不是 .docx；请在 WPS 或 Word 里另存为 .docx")
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise DocumentError(f"打不开 {path}：{error.strerror}") from None
    if len(data) > LARGEST:
        raise DocumentError(f"{path.name} 超过 {LARGEST // 1_000_000} MB，不像一份通报；请去掉图片再另存一份")
    try:
        words = {name: text for name, text in _sound(data, LARGEST_TEXT).items() if _WORDS.fullmatch(name)}
        lines: list[str] = []
        tables: list[tuple[tuple[str, ...], ...]] = []
        for name in sorted(words):
            root = parse_xml(words[name])
            lines += _lines(root)
            tables += _tables(root) if name == _BODY else ()
    except DocumentError as error:
        raise DocumentError(f"{path.name} {error}；请在 WPS 或 Word 里另存为新的 .docx") from None
    except Exception:  # a damaged document raises whatever its damage leads to
        raise DocumentError(
            f"{path.name} 读不出来，可能损坏了；请在 WPS 或 Word 里另存为新的 .docx"
        ) from None
    return ReadDocument(tuple(lines), tuple(tables))


def read_template(tree: Tree, path: str) -> bytes | None:
    """A template of the county that is a sound package and reaches for nothing outside itself; None where there is none.

    Raises DocumentError.
    """
    entry = tree.entry(path)
    if entry is None:
        return None
    data = next(iter(tree.read((entry,), LARGEST)))
    wrong = "打不开，或者太大" if data is None else _unfit(data)
    if wrong:
        raise DocumentError(f"{path} {wrong}；请在 WPS 或 Word 里改好，另存为 .docx")
    return data


def _unfit(template: bytes) -> str:
    """Why a file cannot be a template; empty where it can."""
    try:
        found = _sound(template, LARGEST_TEMPLATE)
    except DocumentError as error:
        return str(error)
    words = [text for name, text in found.items() if _WORDS.fullmatch(name)]
    if _ACTIVE.search(found.get("[Content_Types].xml", b"")) or any(map(_FETCHES.search, words)):
        return "里面有宏、嵌入的对象或从别处取内容的域，请去掉"
    outside = [
        one for name, text in found.items() if name.endswith(".rels") for one in _OUTSIDE.findall(text)
    ]
    linked = all(_LINK.search(one) for one in outside)
    return "" if linked else "里面有从别处取来的图片或模板，请改为放在文件里的"


def _sound(data: bytes, largest: int) -> dict[str, bytes]:
    try:
        found = parts(data, LARGEST_UNPACKED, MOST_PARTS)
    except PackageError as error:
        raise DocumentError(str(error)) from None
    if _BODY not in found:
        raise DocumentError("不是 Word 的文件")
    if any(len(text) > largest for name, text in found.items() if _WORDS.fullmatch(name)):
        raise DocumentError(f"文字超过 {largest // 1_000_000} MB")
    return found


def _lines(root: Any) -> Iterator[str]:
    for paragraph in root.iter(qn("w:p")):
        if next(paragraph.iterancestors(qn("w:tc")), None) is None:
            words = _words(paragraph)
            if words.strip():
                yield words


def _tables(root: Any) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Every table, also one within another, as rows of its own."""
    for table in root.iter(qn("w:tbl")):
        rows = [row for row in table.iter(qn("w:tr")) if next(row.iterancestors(qn("w:tbl"))) is table]
        if len(rows) > MOST_ROWS:
            raise DocumentError(f"一张表超过 {MOST_ROWS} 行")
        yield tuple(tuple(_cells(row)) for row in rows)


def _cells(row: Any) -> Iterator[str]:
    """The cells of a row; one that spans columns counts as many times, so that what follows stands under its heading."""
    found = 0
    for cell in row.iter(qn("w:tc")):
        if next(cell.iterancestors(qn("w:tr"))) is not row:
            continue
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        width = str(span.get(qn("w:val"))) if span is not None else "1"
        for place in range(int(width) if width.isascii() and width.isdigit() and len(width) < 3 else 1):
            found += 1
            if found > MOST_CELLS:
                return
            yield _words(cell)[:LONGEST_CELL] if place == 0 else ""


def _words(element: Any) -> str:
    """Its text as it is read: what was struck out in revision is not there."""
    return "".join(
        (part.text or "") if part.tag == _TEXT else " " for part in element.iter(_TEXT, _TAB, _BREAK)
    )
