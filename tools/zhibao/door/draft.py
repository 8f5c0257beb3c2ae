"""A new item: the front matter filled in, the text of a draft taken over, written where its id says. Nothing is overwritten."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zhibao.model.identity import Identity
from zhibao.model.registry import Registry
from zhibao.repo.front_matter_text import scalar

LONGEST_DRAFT = 200_000
"""Bytes of a draft's file; a long report has 30,000."""

_HEADING = re.compile(r"#{1,6}\s+")
_FENCED = re.compile(r"---\s*\n.*?\n---\s*\n", re.DOTALL)


class DraftError(Exception):
    """A draft cannot be used, or there is no place for the item. The message is Chinese and fit to be shown."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a draft's file holds: a title, where its first line is one, and the text below."""

    title: str
    body: str


def read_draft(path: Path) -> Draft:
    """The text of a .txt or .md file in UTF-8 or GBK. Raises DraftError."""
    if path.suffix.lower() not in (".txt", ".md"):
        raise DraftError(f"{path.name} 不是 .txt 或 .md；请在 WPS 或 Word 里另存为纯文本（.txt）")
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST_DRAFT + 1)
    except OSError as error:
        raise DraftError(f"打不开 {path}：{error.strerror}") from None
    if len(data) > LONGEST_DRAFT:
        raise DraftError(f"{path.name} 超过 {LONGEST_DRAFT // 1000} KB，不像一条信息")
    text = _decoded(data, path.name).replace("\r\n", "\n").replace("\r", "\n")
    return _taken_apart(_FENCED.sub("", text, count=1) if text.startswith("---") else text)


def identity_for(moment: datetime, unit: str, taken: Collection[str]) -> Identity:
    """The id of a unit's new item: the first number of that minute that no file has. Raises DraftError after 99."""
    for number in range(1, 100):
        identity = Identity(moment, unit, number)
        if str(identity) not in taken:
            return identity
    raise DraftError(f"{unit} 在这一分钟里已有 99 条，请过一分钟再试")


def text_of(registry: Registry, identity: Identity, *, title: str, officer: str, kind: str, body: str) -> str:
    """The whole file of a new item, as the checks want its form."""
    wanted = registry.office.kind(kind)
    elements = "、".join(wanted.elements) if wanted else ""
    text = body.strip() or f"（在这里写正文；{kind}要写清：{elements}。）"
    lines = [
        "---",
        f"title: {scalar(title)}",
        f"unit: {identity.unit}",
        f"officer: {scalar(officer)}",
        f"kind: {scalar(kind)}",
        f"submitted: {identity.moment:%Y-%m-%d %H:%M}",
        "audience: network",
        "---",
        "",
        text,
        "",
    ]
    return "\n".join(lines)


def write_new(root: Path, identity: Identity, text: str) -> Path:
    """Write a new item, whole or not at all, and never over another file. Returns its path. Raises DraftError."""
    target = root / identity.path
    try:
        folder = _folder(root, target.parent)
        handle, temporary = tempfile.mkstemp(prefix=".zhibao-", dir=folder)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            Path(temporary).chmod(0o644)
            os.link(temporary, target)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except FileExistsError:
        raise DraftError(f"{identity.path} 已经有了，没有改动它") from None
    except OSError as error:
        raise DraftError(f"写不了 {identity.path}：{error.strerror}") from None
    return target


def _folder(root: Path, folder: Path) -> Path:
    """The month's folder, made if need be. Raises OSError where a link leads out of the repository."""
    folder.mkdir(parents=True, exist_ok=True)
    if not folder.resolve().is_relative_to(root.resolve()):
        raise OSError(0, "submissions/ 里有通到仓库外面的链接")
    return folder


def _decoded(data: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise DraftError(f"{name} 不是纯文本（UTF-8 或 GBK）；请另存为 UTF-8 的 .txt")


def _taken_apart(text: str) -> Draft:
    """A first line that reads like a title is one: a heading, or a short line without a full stop and more below."""
    paragraphs = [line.strip(" \t\u3000") for line in text.strip().split("\n")]
    first = _HEADING.sub("", paragraphs[0]).strip() if paragraphs else ""
    titled = (
        len(paragraphs) > 1
        and 0 < len(first) <= 60
        and not first.endswith(("。", "：", "；", "，", "！", "？"))
    )
    rest = paragraphs[1:] if titled else paragraphs
    spaced = "\n\n".join(line for line in rest if line)
    return Draft(first if titled else "", spaced + "\n" if spaced else "")
