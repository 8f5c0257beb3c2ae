"""The words and tables of a .docx that somebody sends, and templates of the county: read as packages within bounds (`package`); nothing is followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from zhibao.model.os_words import plainly
from zhibao.repo.package import LARGEST_PACKAGE, Package, PackageError, open_package
from zhibao.repo.tree import Tree

LARGEST_TEMPLATE = 1_000_000
"""Bytes of the words of a template."""
MOST_ROWS = 2_000
MOST_CELLS = 40
"""Of one row."""
LONGEST_CELL = 200
"""Characters of a cell that are read."""

_BODY = "word/document.xml"
_WORDS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_ACTIVE = re.compile(rb"macroEnabled|vbaProject|activeX|oleObject", re.IGNORECASE)
"""What the list of a package's contents names where something in it might run."""
_FETCHES = re.compile(rb"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE)\b")
"""Fields that fetch what stands elsewhere."""


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
            data = file.read(LARGEST_PACKAGE + 1)
    except OSError as error:
        raise DocumentError(f"打不开 {path}：{plainly(error)}") from None
    try:
        package = open_package(data, path.name)
        roots = {name: package.xml(name) for name in sorted(package.parts) if _WORDS.fullmatch(name)}
    except PackageError as error:
        raise DocumentError(str(error)) from None
    body = roots.get(_BODY)
    if body is None:
        raise DocumentError(f"{path.name} 不是 Word 的文件；请在 WPS 或 Word 里另存为 .docx")
    lines = tuple(line for root in roots.values() if root is not None for line in _lines(root))
    tables = tuple(tuple(_rows(table)) for table in body.iter("w.tbl"))
    if any(len(table) > MOST_ROWS for table in tables):
        raise DocumentError(f"{path.name} 里一张表超过 {MOST_ROWS} 行，不像一份通报")
    return ReadDocument(lines, tables)


def read_template(tree: Tree, path: str) -> bytes | None:
    """A template of the county that is a sound package and reaches for nothing outside itself; None where there is none.

    Raises DocumentError.
    """
    entry = tree.entry(path)
    if entry is None:
        return None
    data = next(iter(tree.read((entry,), LARGEST_PACKAGE)))
    if data is None:
        raise DocumentError(f"{path} 打不开，或者太大；请在 WPS 或 Word 里另存为 .docx")
    try:
        wrong = _unfit(open_package(data, path))
    except PackageError as error:
        raise DocumentError(str(error)) from None
    if wrong:
        raise DocumentError(f"{path} {wrong}；请在 WPS 或 Word 里改好，另存为 .docx")
    return data


def _unfit(package: Package) -> str:
    """Why a sound package cannot be a template; empty where it can."""
    words = [text for name, text in package.parts.items() if _WORDS.fullmatch(name)]
    if _BODY not in package.parts:
        return "不是 Word 的文件"
    if any(len(text) > LARGEST_TEMPLATE for text in words):
        return f"的文字超过 {LARGEST_TEMPLATE // 1_000_000} MB"
    if _ACTIVE.search(package.parts["[Content_Types].xml"]) or any(map(_FETCHES.search, words)):
        return "里面有宏、嵌入的对象或从别处取内容的域"
    roots = [package.xml(name) for name in package.parts if name.endswith(".rels")]
    outside = [
        one for root in roots if root is not None for one in root if one.get("TargetMode") == "External"
    ]
    links = all(one.get("Type", "").endswith("/hyperlink") for one in outside)
    return "" if links else "里面有从别处取来的图片或模板"


def _lines(element: Element) -> Iterator[str]:
    for paragraph in _within(element, "w.p"):
        words = _words(paragraph)
        if words.strip():
            yield words


def _rows(table: Element) -> Iterator[tuple[str, ...]]:
    """The rows of a table; those of a table within it are not its own."""
    for row in _within(table, "w.tr"):
        yield tuple(_cells(row))


def _cells(row: Element) -> Iterator[str]:
    """The cells of a row; one that spans columns counts as many times, so that what follows stands under its heading."""
    found = 0
    for cell in _within(row, "w.tc"):
        span = cell.find("w.tcPr/w.gridSpan")
        width = span.get("w.val", "1") if span is not None else "1"
        for place in range(int(width) if width.isascii() and width.isdigit() and len(width) < 3 else 1):
            found += 1
            if found > MOST_CELLS:
                return
            yield _words(cell)[:LONGEST_CELL] if place == 0 else ""


def _within(element: Element, tag: str) -> Iterator[Element]:
    """What bears a tag below an element, not within another of that tag, and not within a table."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag != "w.tbl":
            yield from _within(child, tag)


def _words(element: Element) -> str:
    """Its text as it is read: what was struck out in revision is not there."""
    return "".join(
        (part.text or "") if part.tag == "w.t" else " "
        for part in element.iter()
        if part.tag in ("w.t", "w.tab", "w.br")
    )
