"""The files of the work tree: found without following links, read only when they are plain files of a sane size."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from zhibao.model.document import Document
from zhibao.model.identity import SUBMISSIONS
from zhibao.repo.front_matter import LARGEST, item_document, unread, yaml_document

DEEPEST = 8
"""Folders below submissions/ that are looked into."""


class Entry(NamedTuple):
    """A name in the tree that ends in `.md`: its path relative to the repository, and what it is."""

    path: str
    is_file: bool
    size: int

    @property
    def stem(self) -> str:
        """The name without `.md`: an item's id."""
        return self.path.rsplit("/", 1)[-1].removesuffix(".md")


def entries(root: Path, folder: str = SUBMISSIONS) -> list[Entry]:
    """Everything named `*.md` below a folder of the repository, by path. Links and folders are listed, not followed."""
    return sorted(_scan(root, folder, 0))


def read_items(root: Path, found: Iterable[Entry]) -> Iterator[Document]:
    """The documents of these entries, in their order. Never raises for what a file holds."""
    for entry in found:
        yield read_item(root, entry)


def read_item(root: Path, entry: Entry) -> Document:
    """The document of one entry."""
    refused = _refused(root, entry)
    if refused:
        return refused
    data = _bytes(root, entry)
    if data is None:
        return unread(entry.path, "not-a-file", "文件打不开", "请检查文件的权限")
    return item_document(entry.path, data)


def raw(root: Path, entry: Entry) -> bytes:
    """The bytes of a plain file; empty for everything else."""
    if not entry.is_file or entry.size > LARGEST:
        return b""
    return _bytes(root, entry) or b""


def read_yaml(root: Path, path: str) -> Document | None:
    """A YAML file of the registry; None where there is none."""
    full = root / path
    if not full.is_symlink() and not full.exists():
        return None
    entry = Entry(path, full.is_file() and not full.is_symlink(), full.lstat().st_size)
    refused = _refused(root, entry)
    return refused or yaml_document(path, _bytes(root, entry) or b"")


def yaml_paths(root: Path, folder: str) -> list[str]:
    """The YAML files directly in a folder of the registry, by name."""
    try:
        with os.scandir(root / folder) as found:
            return sorted(
                f"{folder}/{entry.name}" for entry in found if entry.name.endswith((".yml", ".yaml"))
            )
    except OSError:
        return []


def entry_at(root: Path, path: str) -> Entry | None:
    """The entry of one path of the repository; None where nothing is there."""
    full = root / path
    try:
        status = full.lstat()
    except (OSError, ValueError):
        return None
    return Entry(path, full.is_file() and not full.is_symlink(), status.st_size)


def _scan(root: Path, folder: str, depth: int) -> Iterator[Entry]:
    try:
        with os.scandir(root / folder) as found:
            for entry in found:
                path = f"{folder}/{entry.name}"
                if entry.name.endswith(".md"):
                    plain = entry.is_file(follow_symlinks=False)
                    yield Entry(path, plain, entry.stat(follow_symlinks=False).st_size if plain else 0)
                elif depth < DEEPEST and entry.is_dir(follow_symlinks=False):
                    yield from _scan(root, path, depth + 1)
    except OSError:
        return


def _refused(root: Path, entry: Entry) -> Document | None:
    if entry.size > LARGEST and entry.is_file:
        size = f"{entry.size / 1_000_000:.1f} MB"
        return unread(
            entry.path, "too-large", f"文件有 {size}，上限 1 MB", "图片放进 assets/，正文里只写文字"
        )
    if entry.is_file:
        return None
    what = (
        "符号链接"
        if (root / entry.path).is_symlink()
        else "文件夹"
        if (root / entry.path).is_dir()
        else "特殊文件"
    )
    return unread(entry.path, "not-a-file", f"这是{what}，不是文件", "请删去它，把信息写进普通文件")


def _bytes(root: Path, entry: Entry) -> bytes | None:
    try:
        descriptor = os.open(
            root / entry.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        )
    except (OSError, ValueError):
        return None
    try:
        chunks = []
        left = LARGEST + 1
        # asking for the file's own size: a buffer of the largest size for each file would cost more than reading it
        while left > 0 and (chunk := os.read(descriptor, min(left, entry.size + 1))):
            chunks.append(chunk)
            left -= len(chunk)
        return b"".join(chunks)
    except OSError:
        return None
    finally:
        os.close(descriptor)
