"""What a proposal changes, from Git objects: the head is never checked out, and a path is never more than data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from zhibao.model.entry import Entry, Kind
from zhibao.model.identity import SUBMISSIONS
from zhibao.model.proposal import Touched
from zhibao.repo import git
from zhibao.repo.commit_tree import kind_of, sizes_of
from zhibao.repo.log import Changed, changes, log, moment_of

SHALLOW = "这是浅克隆，看不到提议从哪里分出、信息是否已经决定；请运行 git fetch --unshallow（CI 里写 fetch-depth: 0）"
"""What is said where the history that proposals are judged by is not there."""
_EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
_OUTSIDE = "../"


@dataclass(frozen=True)
class Difference:
    """What lies between the merge base and a head. `touched` is empty where `total` is over the limit that was asked for."""

    base: str
    head: str
    total: int
    touched: tuple[Touched, ...]


def commit_id(root: Path, revision: str) -> str:
    """The full id of the commit that a revision names. Raises git.GitError."""
    found = git.ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not found:
        raise git.GitError(f"仓库里没有 {revision} 这个提交；请先 git fetch")
    return found.splitlines()[-1]


def tree_id(root: Path, commit: str) -> str:
    """The id of a commit's tree: two commits with the same one hold the same files. Raises git.GitError."""
    return git.run(root, "rev-parse", f"{commit}^{{tree}}").decode().strip()


def difference(root: Path, base: str, head: str, most: int, taken: Mapping[str, Entry]) -> Difference:
    """The paths that the commit `head` changes against its merge base with the commit `base`.

    A path counts only where it differs from every merge base and from the base's tip (`taken`: its files by path), so that neither a
    criss-cross history nor what was merged meanwhile is blamed on the proposal. Raises git.GitError, also in a shallow clone: there neither
    the merge base nor what was decided can be known, and an adopted item would pass for an open one.
    """
    if git.ask(root, "rev-parse", "--is-shallow-repository") == "true":
        raise git.GitError(SHALLOW)
    bases = (git.ask(root, "merge-base", "--all", base, head) or _EMPTY_TREE).splitlines()
    found = _changes(root, bases[0], head)
    for other in bases[1:]:
        also = {touched.path for touched in _changes(root, other, head)}
        found = [touched for touched in found if touched.path in also]
    found = [one for one in found if not _landed(one, taken.get(one.path))]
    if len(found) > most:
        return Difference(base, head, len(found), ())
    sizes = sizes_of(root, [one.new.blob for one in found if one.new and one.new.kind is Kind.FILE])
    return Difference(base, head, len(found), tuple(_sized(one, sizes) for one in found))


def first_seen(
    root: Path, base: str, head: str, zone: ZoneInfo, paths: Collection[str]
) -> dict[str, datetime]:
    """When a commit between base and head first added each path: the author's own clock, in the county's time."""
    if not paths:
        return {}
    found: dict[str, datetime] = {}
    for step in log(root, "--diff-filter=A", "--relative", head, "--not", base, "--", SUBMISSIONS):
        moment = moment_of(step.authored, zone)
        for changed in step.files:
            if changed.is_file and changed.path in paths and moment:
                found[changed.path] = min(moment, found.get(changed.path, moment))
    return found


def touched_by(changed: Changed, prefix: str) -> Touched:
    """What git says of one file, seen from the county's folder `prefix` of the repository; what lies outside begins with `../`."""
    path = changed.path
    own = path.removeprefix(prefix) if path.startswith(prefix) else _OUTSIDE + path
    return Touched(
        own, _entry(own, changed.old_mode, changed.old_blob), _entry(own, changed.mode, changed.blob)
    )


def _changes(root: Path, base: str, head: str) -> list[Touched]:
    prefix = git.ask(root, "rev-parse", "--show-prefix") or ""
    output = git.run(root, "diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", base, head)
    return [touched_by(changed, prefix) for changed in changes(output)]


def _entry(path: str, mode: str, blob: str) -> Entry | None:
    return None if mode == "000000" else Entry(path, kind_of(mode), 0, blob, mode == "100755")


def _landed(touched: Touched, tip: Entry | None) -> bool:
    """Whether the base's tip has come to the same already."""
    new = touched.new
    if new is None or tip is None:
        return new is tip
    return (new.blob, new.kind, new.executable) == (tip.blob, tip.kind, tip.executable)


def _sized(touched: Touched, sizes: Mapping[str, int]) -> Touched:
    new = touched.new
    if new is None or new.blob not in sizes:
        return touched
    return Touched(touched.path, touched.old, new._replace(size=sizes[new.blob]))
