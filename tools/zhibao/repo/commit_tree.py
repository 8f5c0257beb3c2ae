"""The files of a commit, read from Git objects: nothing is checked out, nothing of it runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from zhibao.model.entry import Entry, Kind
from zhibao.model.identity import SUBMISSIONS
from zhibao.repo import git
from zhibao.repo.front_matter import LARGEST

_KINDS = {"100": Kind.FILE, "120": Kind.LINK, "040": Kind.FOLDER, "160": Kind.SUBMODULE}


@dataclass(frozen=True)
class CommitTree:
    """The tree of a commit (a full object id), seen from the county's folder. Raises git.GitError."""

    root: Path
    commit: str

    @cached_property
    def listing(self) -> Mapping[str, Entry]:
        """Every file, link and submodule below the county's folder, by path: one call for all questions."""
        return _listing(self.root, self.commit)

    def entries(self, folder: str = SUBMISSIONS) -> list[Entry]:
        """Everything named `*.md` below a folder, by path."""
        wanted = self.listing.items()
        return sorted(one for path, one in wanted if path.startswith(f"{folder}/") and path.endswith(".md"))

    def entry(self, path: str) -> Entry | None:
        """What stands at a path; None where nothing does, or a folder."""
        return self.listing.get(path)

    def children(self, folder: str) -> list[str]:
        """The paths of the files directly in a folder, by name."""
        return sorted(path for path in self.listing if path.rpartition("/")[0] == folder)

    def read(self, wanted: Sequence[Entry], largest: int = LARGEST) -> Iterator[bytes | None]:
        """The bytes of each entry; None where it is no plain file of at most `largest` bytes."""
        sound = [entry.blob for entry in wanted if entry.is_file and entry.size <= largest]
        data = read_blobs(self.root, sound)
        for entry in wanted:
            yield next(data) if entry.is_file and entry.size <= largest else None

    def folder_id(self, folder: str) -> str:
        """The object id of a folder's tree: the hash of everything in it; empty where there is none."""
        prefix = git.ask(self.root, "rev-parse", "--show-prefix") or ""
        return git.ask(self.root, "rev-parse", "--verify", "--quiet", f"{self.commit}:{prefix}{folder}") or ""


def read_blobs(root: Path, blobs: Sequence[str]) -> Iterator[bytes]:
    """The bytes of these objects, in one call. Raises git.GitError where one is missing."""
    if not blobs:
        return
    output = git.run(
        root, "cat-file", "--batch", "--buffer", given="".join(f"{blob}\n" for blob in blobs).encode()
    )
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


@lru_cache(maxsize=8)
def _listing(root: Path, commit: str) -> Mapping[str, Entry]:
    """Kept, for what a commit holds never changes: a review, an intake and the desk ask for the same base several times over."""
    output = git.run(root, "ls-tree", "-r", "-l", "-z", commit)
    entries = map(_entry, output.decode("utf-8", "surrogateescape").split("\0")[:-1])
    return {entry.path: entry for entry in entries}


def _entry(line: str) -> Entry:
    facts, _, path = line.partition("\t")
    mode, _, blob, *size = facts.split()
    number = int(size[0]) if size and size[0].isdigit() else 0
    return Entry(path, kind_of(mode), number, blob, mode == "100755")
