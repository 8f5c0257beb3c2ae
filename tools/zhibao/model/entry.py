"""A name in a tree of files: where it stands and what it is."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


def stem_of(path: str) -> str:
    """The name of a file without `.md`: the id that an item's path writes."""
    return path.rsplit("/", 1)[-1].removesuffix(".md")


class Kind(StrEnum):
    """What stands at a path."""

    FILE = "文件"
    LINK = "符号链接"
    FOLDER = "文件夹"
    SUBMODULE = "子仓库"
    SPECIAL = "特殊文件"


class Entry(NamedTuple):
    """A name in the tree: its path relative to the county's folder, what it is, its size in bytes (files only)."""

    path: str
    kind: Kind
    size: int
    blob: str = ""
    """The Git object id, where the tree knows it."""
    executable: bool = False

    @property
    def is_file(self) -> bool:
        """Whether it is a plain file."""
        return self.kind is Kind.FILE

    @property
    def stem(self) -> str:
        """The name without `.md`: an item's id."""
        return stem_of(self.path)
