"""The files of a commit, read from Git objects: nothing is checked out, nothing of it runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhibao.model.entry import Entry, Kind
from zhibao.model.identity import SUBMISSIONS
from zhibao.repo import git
from zhibao.repo.front_matter import LARGEST

_KINDS = {"100": Kind.FILE, "120": Kind.LINK, "040": Kind.FOLDER, "160": Kind.SUBMODULE}
NO_BLOB = "0" * 40


@dataclass(frozen=True)
class CommitTree:
    """The tree of a commit (a full object id), seen from the county's folder. Raises git.GitError."""

    root: Path
    commit: str

    def entries(self, folder: str = SUBMISSIONS) -> list[Entry]:
        """Everything named `*.md` below a folder, by path."""
        found = self._listed("-r", "-t", "-l", f"{folder}/")
        return [entry for entry in found if entry.path.endswith(".md")]

    def paths(self) -> list[str]:
        """The path of every file, link and submodule below the county's folder."""
        listed = git.run(self.root, "ls-tree", "-r", "-z", "--name-only", self.commit)
        return listed.decode("utf-8", "surrogateescape").split("\0")[:-1]

    def entry(self, path: str) -> Entry | None:
        """What stands at a path; None where nothing does."""
        return next((entry for entry in self._listed("-l", path) if entry.path == path), None)

    def children(self, folder: str) -> list[str]:
        """The paths of what lies directly in a folder, by name."""
        return sorted(entry.path for entry in self._listed(f"{folder}/"))

    def read(self, wanted: Sequence[Entry]) -> Iterator[bytes | None]:
        """The bytes of each entry; None where it is no plain file of a sane size."""
        sound = [entry.blob for entry in wanted if entry.is_file and entry.size <= LARGEST]
        data = read_blobs(self.root, sound)
        for entry in wanted:
            yield next(data) if entry.is_file and entry.size <= LARGEST else None

    def _listed(self, *arguments: str) -> list[Entry]:
        output = git.run(self.root, "ls-tree", "-z", *_literal(arguments, self.commit))
        lines = output.decode("utf-8", "surrogateescape").split("\0")[:-1]
        return [_entry(line) for line in lines]


def read_blobs(root: Path, blobs: Sequence[str]) -> Iterator[bytes]:
    """The bytes of these objects, in one call. Raises git.GitError where one is missing."""
    if not blobs:
        return
    output = git.run(root, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs).encode())
    at = 0
    for _ in blobs:
        end = output.index(b"\n", at)
        head = output[at:end].split(b" ")
        if len(head) != 3:
            raise git.GitError(f"仓库里缺少对象 {head[0].decode('ascii', 'replace')}")
        start, size = end + 1, int(head[2])
        yield output[start : start + size]
        at = start + size + 1


def sizes_of(root: Path, blobs: Sequence[str]) -> dict[str, int]:
    """The size in bytes of each object, without reading it; those that are missing are left out."""
    if not blobs:
        return {}
    given = "".join(f"{blob}\n" for blob in blobs).encode()
    found = {}
    for line in git.run(root, "cat-file", "--batch-check", given=given).decode("ascii").splitlines():
        parts = line.split(" ")
        if len(parts) == 3:
            found[parts[0]] = int(parts[2])
    return found


def kind_of(mode: str) -> Kind:
    """What a mode of Git means."""
    return _KINDS.get(mode[:3], Kind.SPECIAL)


def _literal(arguments: Sequence[str], commit: str) -> list[str]:
    """Options, the commit, then paths: a path is never an option or a pattern to ls-tree."""
    options = [argument for argument in arguments if argument.startswith("-")]
    return [*options, commit, "--", *(argument for argument in arguments if not argument.startswith("-"))]


def _entry(line: str) -> Entry:
    facts, _, path = line.partition("\t")
    mode, _, blob, *size = facts.split()
    number = int(size[0]) if size and size[0].isdigit() else 0
    return Entry(path, kind_of(mode), number, blob, mode == "100755")
