"""A newer program laid into a county's repository: three-way by the manifest, and nothing of the county's is ever touched.

A file that the county has not changed since it came is replaced; a changed one is kept, and the new one laid beside it. The plan is pure:
digests in, steps out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from zhibao.door.founding import FoundingError
from zhibao.door.founding.manifest import MANIFEST, Manifest, digest, read_manifest
from zhibao.door.founding.program import LARGEST, Program, is_program
from zhibao.model.entry import Entry
from zhibao.repo import checkout
from zhibao.repo.git import GitError
from zhibao.repo.work_tree import WorkTree
from zhibao.repo.writing import WriteError, remove, write_whole

BESIDE = ".zhibao/new"
"""Where the new version lies of a file that the county has changed."""


class Deed(StrEnum):
    """What becomes of one file, by the word that a reader sees."""

    ADDED = "新增"
    REPLACED = "更新"
    REMOVED = "删去"
    KEPT = "保留"
    LEFT = "保留（新版已不用）"
    GONE = "本县删了，没有再放"


@dataclass(frozen=True, slots=True)
class Step:
    """One file and what becomes of it."""

    path: str
    deed: Deed

    @property
    def asks(self) -> bool:
        """Whether a person has to look: the county's version stands, and the new one differs from what it began with."""
        return self.deed in (Deed.KEPT, Deed.LEFT)


@dataclass(frozen=True)
class Upgrade:
    """The steps from one version to another, by path; empty where everything is as it should be."""

    before: Manifest
    program: Program
    steps: tuple[Step, ...]

    @property
    def changes(self) -> bool:
        """Whether anything is written: a file, or only what is noted of the program."""
        return bool(self.steps) or self.before.text != self.program.manifest.text


def steps(before: Mapping[str, str], here: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Step]:
    """What becomes of each file, from digests by path: as it came, as it is here, as it is in the new program.

    Paths that may not be the program's are passed over, whoever names them.
    """
    for path in sorted(filter(is_program, before.keys() | new.keys())):
        deed = _deed(before.get(path), here.get(path), new.get(path))
        if deed is not None:
            yield Step(path, deed)


def _deed(came: str | None, now: str | None, new: str | None) -> Deed | None:
    if new in (now, came):
        return None  # it is as it should be, or the new program changes nothing
    if new is None:
        return Deed.REMOVED if now == came else Deed.LEFT
    if now is None:
        return Deed.ADDED if came is None else Deed.GONE
    return Deed.REPLACED if now == came else Deed.KEPT


def upgrade(root: Path, program: Program) -> Upgrade:
    """What an upgrade would do in a county's repository.

    Raises FoundingError where it was not made by `zhibao init`, or a link stands in the way.
    """
    before = read_manifest(root)
    if before is None:
        raise FoundingError(
            f"这里没有 {MANIFEST}，不知道哪些文件是程序的：只有 zhibao init 建的仓库能这样升级；程序自己的仓库用 git pull"
        )
    new = program.manifest.files
    here = _digests(root, before.files.keys() | new.keys())
    plan = Upgrade(before, program, tuple(steps(before.files, here, new)))
    for step in plan.steps:
        folder = (root / step.path).parent
        if folder.resolve() != root.resolve() / Path(step.path).parent:
            raise FoundingError(f"{step.path} 的路径上有链接，没有升级；请换成普通的文件夹")
    return plan


def carry_out(root: Path, plan: Upgrade) -> None:
    """Do it, the manifest last: what was begun and not ended is undone by `git checkout`. Raises FoundingError."""
    _clean(root)
    try:
        for step in plan.steps:
            if step.deed in (Deed.ADDED, Deed.REPLACED):
                file = plan.program.files[step.path]
                write_whole(root, step.path, file.data, mode=0o755 if file.executable else 0o644)
            elif step.deed is Deed.KEPT:
                write_whole(root, f"{BESIDE}/{step.path}", plan.program.files[step.path].data)
            elif step.deed is Deed.REMOVED:
                remove(root, step.path)
        write_whole(root, MANIFEST, plan.program.manifest.text)
    except WriteError as error:
        raise FoundingError(f"{error}；升级没有做完，请运行 git restore . 恢复，再来一次") from None


def _clean(root: Path) -> None:
    try:
        paths = checkout.changed(root)
    except GitError as error:
        raise FoundingError(str(error)) from None
    if paths:
        shown = "、".join(paths[:3]) + ("……" if len(paths) > 3 else "")
        raise FoundingError(f"有没提交的改动（{shown}），没有升级；请先提交，或 git stash，再来一次")


def _digests(root: Path, paths: set[str]) -> dict[str, str]:
    """The digests of those plain files that are here; what is a link, or over the limit, reads as changed."""
    tree = WorkTree(root)
    found: list[Entry] = [entry for path in sorted(filter(is_program, paths)) if (entry := tree.entry(path))]
    read = tree.read(found, LARGEST)
    return {
        entry.path: digest(data) if data is not None else "" for entry, data in zip(found, read, strict=True)
    }
