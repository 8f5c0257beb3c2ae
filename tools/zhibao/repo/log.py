"""One pass of `git log`, taken apart: every commit with the files that it changed. One call for all, never one a file (MEASURED.md).

Over a whole history no path is given to git: limited to a folder it compares every commit twice, and takes twice as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from zhibao.model.history import Signature
from zhibao.repo import git

_FORMAT = "--format=%H%x00%P%x00%an%x00%ae%x00%cn%x00%ce%x00%at%x00%ct%x00%s"
_FIELDS = 9
_LOG = (
    "log", "--raw", "-z", "--no-abbrev", "--no-renames", "-O/dev/null", "--encoding=UTF-8", "--no-color", _FORMAT,
)  # fmt: skip


class Changed(NamedTuple):
    """One file that a commit changed, as git names it: modes and blobs before and after, zeros where there is none."""

    old_mode: str
    mode: str
    old_blob: str
    blob: str
    path: str

    @property
    def is_file(self) -> bool:
        """Whether a plain file is there now: a link or a submodule is no item."""
        return self.mode.startswith("100")


class Commit(NamedTuple):
    """One commit of a log. `authored` and `committed` are seconds since 1970, as the commit claims."""

    commit: str
    parents: tuple[str, ...]
    author: Signature
    committer: Signature
    authored: str
    committed: str
    subject: str
    files: tuple[Changed, ...]

    @property
    def is_merge(self) -> bool:
        """Whether it has more than one parent."""
        return len(self.parents) > 1


def log(root: Path, *arguments: str) -> Iterator[Commit]:
    """The commits that `git log <arguments>` names, in its order. Raises git.GitError."""
    return _commits(git.run(root, *_LOG, *arguments))


def changes(output: bytes) -> Iterator[Changed]:
    """The files of `git diff-tree --raw -z`."""
    tokens = output.decode("utf-8", "surrogateescape").split("\0")
    yield from map(_changed, tokens[0:-1:2], tokens[1::2])


def moment_of(seconds: str, zone: ZoneInfo) -> datetime | None:
    """The county's wall clock at a commit's seconds since 1970; None for a time that no calendar has."""
    try:
        return datetime.fromtimestamp(int(seconds), zone).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return None


def _commits(output: bytes) -> Iterator[Commit]:
    """By position, so that no name or path can be mistaken for a header."""
    tokens = output.decode("utf-8", "surrogateescape").split("\0")
    at, last = 0, len(tokens) - 1
    while at + _FIELDS <= last:
        commit, parents, name, email, by, address, authored, committed, subject = tokens[at : at + _FIELDS]
        at += _FIELDS
        files: list[Changed] = []
        while at < last and tokens[at].lstrip("\n").startswith(":"):
            files.append(_changed(tokens[at], tokens[at + 1]))
            at += 2
        yield Commit(
            commit.lstrip("\n"), tuple(parents.split()), Signature(name, email), Signature(by, address),
            authored, committed, subject, tuple(files),
        )  # fmt: skip


def _changed(facts: str, path: str) -> Changed:
    old_mode, mode, old_blob, blob, _ = facts.lstrip("\n").removeprefix(":").split(" ")
    return Changed(old_mode, mode, old_blob, blob, path)
