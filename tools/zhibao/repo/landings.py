"""The office's branch step by step, from one pass of `git log`, and its tree as it was before each step, replayed in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from zhibao.model.entry import Entry, stem_of
from zhibao.model.identity import SUBMISSIONS
from zhibao.model.landing import Landing
from zhibao.model.proposal import Touched
from zhibao.repo import git
from zhibao.repo.commit_tree import read_blobs, sizes_of
from zhibao.repo.front_matter import LARGEST
from zhibao.repo.log import Commit, log, moment_of
from zhibao.repo.proposal_files import touched_by


def landings(root: Path, tip: str, zone: ZoneInfo) -> list[Landing]:
    """Every step of the line that ends in the commit `tip`, the oldest first. Raises git.GitError, also in a shallow clone."""
    if git.ask(root, "rev-parse", "--is-shallow-repository") != "false":
        raise git.GitError(
            "这是浅克隆，看不到全部历史，核查不了；请运行 git fetch --unshallow（CI 里写 fetch-depth: 0）"
        )
    prefix = git.ask(root, "rev-parse", "--show-prefix") or ""
    steps = log(root, "--no-relative", "--first-parent", "-m", "--reverse", tip)
    return _sized(root, [_landing(step, prefix, zone) for step in steps])


class Replay:
    """The files of the branch as they were before a step, as far as a landing is judged by them. Reads like any tree.

    `apply` goes one step on; `fetch` reads what the next steps need in one call.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._files: dict[str, Entry] = {}
        self._paths: dict[str, set[str]] = {}
        self._data: Mapping[str, bytes] = {}

    def apply(self, landing: Landing) -> None:
        """Take one step's changes over."""
        for touched in landing.touched:
            paths = self._paths.setdefault(stem_of(touched.path), set())
            if touched.new is None:
                self._files.pop(touched.path, None)
                paths.discard(touched.path)
            else:
                self._files[touched.path] = touched.new
                paths.add(touched.path)

    def fetch(self, wanted: Iterable[Entry]) -> None:
        """Hold the bytes of these entries, and of no others, until the next call."""
        blobs = list(dict.fromkeys(entry.blob for entry in wanted if entry.is_file and entry.size <= LARGEST))
        self._data = dict(zip(blobs, read_blobs(self.root, blobs), strict=True))

    def standing_at(self, stem: str) -> Entry | None:
        """Where an item stands; of several places the last by path, as a tree that is read in order has it."""
        paths = [path for path in self._paths.get(stem, ()) if path.startswith(f"{SUBMISSIONS}/")]
        return self._files[max(paths)] if paths else None

    def entries(self, folder: str = SUBMISSIONS) -> list[Entry]:
        """Everything named `*.md` below a folder, by path."""
        return sorted(
            entry
            for path, entry in self._files.items()
            if path.startswith(f"{folder}/") and path.endswith(".md")
        )

    def entry(self, path: str) -> Entry | None:
        """What stands at a path; None where nothing does."""
        return self._files.get(path)

    def children(self, folder: str) -> list[str]:
        """The paths of the files directly in a folder, by name."""
        return sorted(path for path in self._files if path.rpartition("/")[0] == folder)

    def read(self, wanted: Sequence[Entry], largest: int = LARGEST) -> Iterator[bytes | None]:
        """The bytes of each entry; None where it is no plain file of at most `largest` bytes."""
        for entry in wanted:
            if not entry.is_file or entry.size > largest:
                yield None
            elif entry.blob in self._data:
                yield self._data[entry.blob]
            else:
                yield next(read_blobs(self.root, [entry.blob]))


def _landing(step: Commit, prefix: str, zone: ZoneInfo) -> Landing:
    return Landing(
        step.commit,
        step.parents,
        moment_of(step.committed, zone),
        step.author,
        step.committer,
        step.subject,
        tuple(touched_by(changed, prefix) for changed in step.files),
    )


def _sized(root: Path, found: Sequence[Landing]) -> list[Landing]:
    """The same with the size of every file: git log does not say it."""
    sizes = sizes_of(
        root, [one.new.blob for step in found for one in step.touched if one.new and one.new.is_file]
    )

    def sized(entry: Entry | None) -> Entry | None:
        return entry and entry._replace(size=sizes.get(entry.blob, 0))

    return [
        replace(
            step, touched=tuple(Touched(one.path, sized(one.old), sized(one.new)) for one in step.touched)
        )
        for step in found
    ]
