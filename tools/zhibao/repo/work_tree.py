"""The files of the work tree: found without following links, read only when they are plain files of a sane size."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhibao.model.entry import Entry, Kind
from zhibao.model.identity import SUBMISSIONS
from zhibao.repo.front_matter import LARGEST

DEEPEST = 8
"""Folders below submissions/ that are looked into."""


@dataclass(frozen=True)
class WorkTree:
    """The tree of files in a folder, as it is now."""

    root: Path

    def entries(self, folder: str = SUBMISSIONS) -> list[Entry]:
        """Everything named `*.md` below a folder of the repository, by path. Links and folders are listed, not followed."""
        return sorted(_scan(self.root, folder, 0))

    def entry(self, path: str) -> Entry | None:
        """What stands at a path of the repository; None where nothing does."""
        try:
            status = (self.root / path).lstat()
        except (OSError, ValueError):
            return None
        return Entry(path, _kind(status.st_mode), status.st_size, executable=bool(status.st_mode & 0o100))

    def children(self, folder: str) -> list[str]:
        """The paths of what lies directly in a folder, by name."""
        try:
            with os.scandir(self.root / folder) as found:
                return sorted(f"{folder}/{entry.name}" for entry in found)
        except OSError:
            return []

    def read(self, wanted: Sequence[Entry], largest: int = LARGEST) -> Iterator[bytes | None]:
        """The bytes of each entry; None where it is no plain file of at most `largest` bytes, or cannot be opened."""
        for entry in wanted:
            yield _bytes(self.root, entry, largest) if entry.is_file and entry.size <= largest else None


def _kind(mode: int) -> Kind:
    if stat.S_ISREG(mode):
        return Kind.FILE
    if stat.S_ISLNK(mode):
        return Kind.LINK
    return Kind.FOLDER if stat.S_ISDIR(mode) else Kind.SPECIAL


def _scan(root: Path, folder: str, depth: int) -> Iterator[Entry]:
    try:
        with os.scandir(root / folder) as found:
            for entry in found:
                path = f"{folder}/{entry.name}"
                if entry.name.endswith(".md"):
                    status = entry.stat(follow_symlinks=False)
                    yield Entry(path, _kind(status.st_mode), status.st_size)
                elif depth < DEEPEST and entry.is_dir(follow_symlinks=False):
                    yield from _scan(root, path, depth + 1)
    except OSError:
        return


def _bytes(root: Path, entry: Entry, largest: int) -> bytes | None:
    try:
        descriptor = os.open(
            root / entry.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        )
    except (OSError, ValueError):
        return None
    try:
        chunks = []
        left = largest + 1
        # asking for the file's own size: a buffer of the largest size for each file would cost more than reading it
        while left > 0 and (chunk := os.read(descriptor, min(left, entry.size + 1))):
            chunks.append(chunk)
            left -= len(chunk)
        return b"".join(chunks)
    except OSError:
        return None
    finally:
        os.close(descriptor)
