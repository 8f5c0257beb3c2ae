"""Where files are read from: the work tree, or a commit. Both give the same entries and the same documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol

from zhibao.model.document import Document
from zhibao.model.entry import Entry
from zhibao.model.identity import SUBMISSIONS
from zhibao.repo.front_matter import LARGEST, item_document, unread, yaml_document

BATCH = 2_000
"""Files that are held in memory at once while many are read."""


class Readable(Protocol):
    """Whatever holds the bytes of entries."""

    def read(self, wanted: Sequence[Entry], largest: int = LARGEST) -> Iterator[bytes | None]:
        """The bytes of each entry; None for one that is no plain file, over `largest` bytes or cannot be opened."""


class Tree(Readable, Protocol):
    """A tree of files. Nothing of it raises for what a file holds; a commit's raises git.GitError where Git fails."""

    @property
    def root(self) -> Path:
        """The county's folder, or the bare repository."""

    def entries(self, folder: str = SUBMISSIONS) -> list[Entry]:
        """Everything named `*.md` below a folder, by path; links are listed, not followed."""

    def entry(self, path: str) -> Entry | None:
        """What stands at a path; None where nothing does."""

    def children(self, folder: str) -> list[str]:
        """The paths of what lies directly in a folder, by name; empty where there is none."""


def documents(tree: Readable, wanted: Iterable[Entry]) -> Iterator[Document]:
    """The items that these entries hold, in their order. Never raises for what a file holds."""
    left = iter(wanted)
    while batch := tuple(islice(left, BATCH)):
        for entry, data in zip(batch, tree.read(batch), strict=True):
            yield _refused(entry) or (_closed(entry) if data is None else item_document(entry.path, data))


def document(tree: Readable, entry: Entry) -> Document:
    """The item that one entry holds."""
    return next(documents(tree, (entry,)))


def texts(tree: Readable, wanted: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """The id and raw text of each entry; empty for what is no readable file."""
    left = iter(wanted)
    while batch := tuple(islice(left, BATCH)):
        for entry, data in zip(batch, tree.read(batch), strict=True):
            yield entry.stem, (data or b"").decode("utf-8", "replace")


def yaml_at(tree: Tree, path: str) -> Document | None:
    """A YAML file of the registry; None where there is none."""
    return next(iter(yaml_files(tree, (path,))), None)


def yaml_in(tree: Tree, folder: str) -> list[Document]:
    """The YAML files directly in a folder of the registry, by name."""
    return yaml_files(tree, yaml_paths(tree, folder))


def yaml_paths(tree: Tree, folder: str) -> list[str]:
    """The paths of the YAML files directly in a folder, by name."""
    return [path for path in tree.children(folder) if path.endswith((".yml", ".yaml"))]


def yaml_files(tree: Tree, paths: Iterable[str]) -> list[Document]:
    """Those YAML files of the registry that are there: read together, so that a commit is asked once."""
    entries = [entry for path in paths if (entry := tree.entry(path))]
    return [
        _refused(entry) or (_closed(entry) if data is None else yaml_document(entry.path, data))
        for entry, data in zip(entries, tree.read(entries), strict=True)
    ]


def _refused(entry: Entry) -> Document | None:
    if not entry.is_file:
        return unread(entry.path, "not-a-file", f"这是{entry.kind}，不是文件", "请删去它，把信息写进普通文件")
    if entry.size > LARGEST:
        size = f"{entry.size / 1_000_000:.1f} MB"
        return unread(
            entry.path, "too-large", f"文件有 {size}，上限 1 MB", "图片放进 assets/，正文里只写文字"
        )
    return None


def _closed(entry: Entry) -> Document:
    return unread(entry.path, "not-a-file", "文件打不开", "请检查文件的权限")
