"""Bytes to a document: encoding, size and front matter are looked at before anything is understood."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from zhibao.model.document import MENDABLE, Document, Mark, Problem
from zhibao.repo.yaml_values import Parsed, parse

LARGEST = 1_000_000
"""Bytes of a file; an item has about 3 KB."""
LARGEST_FRONT = 65_536
"""Characters of a front matter."""

_FENCE = "---"
_KEY_LINE = re.compile(r"""(?:["']?[A-Za-z_]\w*["']?\s*[:：]|\s+\S|- |#)""", re.ASCII)
_SECOND_LINES = 60
_ENOUGH = 20
"""Chinese characters without which nothing is said of an encoding."""
_NEARLY = 0.95
"""The share of common characters from which text is GBK; in the sample's items it is 0.975 and more."""
_TOP = Mark(1, 1)
_EXAMPLE = "开头写一行 ---，再写 title: 等各行，然后再写一行 ---"


class _Text(NamedTuple):
    text: str
    problems: tuple[Problem, ...]


def item_document(path: str, data: bytes) -> Document:
    """A submission from the bytes of its file. Never raises."""
    text, problems = _decoded(data)
    blob = blob_id(data)
    if any(
        problem.code in ("encoding", "too-large", "control-character", "empty-file") for problem in problems
    ):
        return Document(path, text, problems=problems, blob=blob)
    front, body, body_line, fence_problem = _split(text)
    if fence_problem and not front:
        return Document(
            path, text, body=body, body_line=body_line, problems=(*problems, fence_problem), blob=blob
        )
    parsed = parse(front, 2)
    found = (*problems, fence_problem) if fence_problem else problems
    return _document(path, text, parsed, found, blob, body, body_line)


def yaml_document(path: str, data: bytes) -> Document:
    """A YAML file of the registry from its bytes. Never raises."""
    text, problems = _decoded(data)
    blob = blob_id(data)
    if any(problem.code not in MENDABLE for problem in problems):
        return Document(path, text, problems=problems, blob=blob)
    parsed = parse(text, 1)
    values = parsed.values
    problem = (
        ()
        if values is not None or parsed.problems
        else (Problem("empty-file", _TOP, "文件是空的", "请写上内容"),)
    )
    return Document(
        path,
        text,
        values,
        parsed.marks,
        parsed.key_marks,
        problems=(*problems, *parsed.problems, *problem),
        blob=blob,
    )


def blob_id(data: bytes) -> str:
    """The object id that Git gives these bytes."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def unread(path: str, code: str, message: str, mend: str = "") -> Document:
    """A document for a file that was not opened: a link, a folder, a file too large to read."""
    return Document(path, problems=(Problem(code, _TOP, message, mend),))


def _document(
    path: str, text: str, parsed: Parsed, problems: tuple[Problem, ...], blob: str, body: str, body_line: int
) -> Document:
    values = parsed.values
    found = (*problems, *parsed.problems)
    if not parsed.problems and not isinstance(values, dict):
        found = (
            *found,
            Problem("front-matter", Mark(2, 1), "两行 --- 之间没有“键: 值”", "请写上 title: 等各行"),
        )
    usable = values if isinstance(values, dict) else None
    return Document(path, text, usable, parsed.marks, parsed.key_marks, body, body_line, found, blob)


def _decoded(data: bytes) -> _Text:
    """The text of a file with LF line ends and no BOM, and what was wrong with its bytes.

    Text that is certainly GBK is there too, beside the problem: it is searched for what must not stand in it, and can be mended.
    """
    if not data.strip():
        return _Text("", (Problem("empty-file", _TOP, "文件是空的", _EXAMPLE),))
    if len(data) > LARGEST:
        size = f"{len(data) / 1_000_000:.1f} MB"
        return _Text(
            "", (Problem("too-large", _TOP, f"文件有 {size}，上限 1 MB", "图片放进 assets/，正文里只写文字"),)
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _Text("", (_encoding("UTF-16", _TOP),))
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        return _Text(
            "",
            (Problem("control-character", Mark(line, 1), "文件里有空字节（NUL）", "请另存为纯文本 UTF-8"),),
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        text = _common_gbk(data)
        return _Text(text, (_encoding("GBK" if text else _guess(data), Mark(line, column)),))
    return _plain(text)


def _plain(text: str) -> _Text:
    problems: list[Problem] = []
    if text.startswith("\ufeff"):
        text = text[1:]
        problems.append(
            Problem("bom", _TOP, "文件开头有 BOM（看不见的标记）", "另存为“UTF-8”，不要选“带 BOM”")
        )
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        problems.append(Problem("line-ends", Mark(line, 1), "换行是 Windows 的 CRLF", "把换行改成 LF"))
    return _Text(text, tuple(problems))


def _encoding(name: str, mark: Mark) -> Problem:
    return Problem(
        "encoding",
        mark,
        f"文件不是 UTF-8 编码{f'，看来是 {name}' if name else ''}",
        "用记事本打开，另存为时编码选 UTF-8",
    )


def _common_gbk(data: bytes) -> str:
    """The text of bytes that are certainly GBK: nearly every character is one of the 3,755 common ones of GB 2312; else empty.

    Damaged UTF-8, Big5 and other encodings, read as GBK, are full of rare characters.
    """
    try:
        text = data.decode("gbk")
    except UnicodeDecodeError:
        return ""
    found = [character.encode("gbk") for character in text if "\u4e00" <= character <= "\u9fff"]
    common = sum(0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1 for code in found)
    sure = len(found) >= _ENOUGH and common >= _NEARLY * len(found)
    return _plain(text).text if sure else ""


def _guess(data: bytes) -> str:
    try:
        data[:LARGEST].decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "GBK"


def _split(text: str) -> tuple[str, str, int, Problem | None]:
    """Front matter, body, the line on which the body begins, and what keeps them from being told apart."""
    first, _, rest = text.partition("\n")
    if first.rstrip() != _FENCE:
        return "", text, 1, Problem("front-matter", _TOP, "第一行不是 ---，没有信息的抬头", _EXAMPLE)
    lines = rest.split("\n")
    end = next((number for number, line in enumerate(lines) if line.rstrip() == _FENCE), None)
    if end is None:
        return (
            "",
            "",
            1,
            Problem("front-matter", _TOP, "抬头没有结束：后面缺一行 ---", "在抬头最后一行的下面写一行 ---"),
        )
    front = "\n".join(lines[:end])
    if len(front) > LARGEST_FRONT:
        fact = f"抬头有 {len(front)} 字，上限 {LARGEST_FRONT} 字"
        return "", "", 1, Problem("too-large", Mark(2, 1), fact, "正文写在第二行 --- 的下面")
    second = _second_front(lines[end + 1 :])
    problem: Problem | None = None
    if second is not None:
        mend = "把两段抬头合成一段；这些行若是正文，请不要用 --- 分隔"
        problem = Problem(
            "front-matter", Mark(end + 3 + second, 1), "正文的开头又是一段抬头，里面写的不算数", mend
        )
    return front + "\n", "\n".join(lines[end + 1 :]), end + 3, problem


def _second_front(lines: list[str]) -> int | None:
    """The number of the first line of what looks like another front matter at the head of a body; None where there is none."""
    start = next(
        (number for number, line in enumerate(lines) if line.strip() and line.rstrip() != _FENCE), None
    )
    if start is None:
        return None
    for number, line in enumerate(lines[start : start + _SECOND_LINES], start):
        if line.rstrip() in (_FENCE, "..."):
            return start if number > start else None
        if line.strip() and not _KEY_LINE.match(line):
            return None
    return None
