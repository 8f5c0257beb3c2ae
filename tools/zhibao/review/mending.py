"""Mend files: each is read as what its place says it is, and mended where that is safe. What the office has decided is left alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from zhibao.check.mending import Change, Mended, Read, Reader, mended
from zhibao.check.run import with_mend
from zhibao.check.table import MENDS
from zhibao.model.document import Document
from zhibao.model.entry import Entry, Kind, stem_of
from zhibao.model.files import REGISTRY, kind_of
from zhibao.model.finding import Finding
from zhibao.model.history import Reach
from zhibao.model.identity import SUBMISSIONS
from zhibao.model.standing import State, standing
from zhibao.model.understand import submission, understand
from zhibao.repo import git
from zhibao.repo.commit_tree import CommitTree
from zhibao.repo.county_files import office_branch
from zhibao.repo.front_matter import item_document, yaml_document
from zhibao.repo.history import history_at
from zhibao.repo.registry_files import RegistryError
from zhibao.repo.tree import Tree, document, documents, yaml_at
from zhibao.repo.work_tree import WorkTree
from zhibao.repo.writing import WriteError, rewrite
from zhibao.review.branch import Branch

FOLDERS = (SUBMISSIONS, REGISTRY)
"""Where files are mended; nowhere else."""
DEEPEST = 8
"""Folders below registry/ that are looked into."""


class OutsideError(Exception):
    """A path is none of the files that are mended. The message is Chinese and fit to be shown."""


@dataclass(frozen=True)
class Mending:
    """What becomes of one file: what is changed, and what is left as it is, with the reason in Chinese.

    `decided` says why nothing at all is changed of what the office has decided; empty for everything else. `blob` is the Git object id of the
    file as it was read.
    """

    path: str
    text: str
    blob: str
    changes: tuple[Change, ...] = ()
    left: tuple[str, ...] = ()
    decided: str = ""


def mendings(
    root: Path, paths: Sequence[str], *, progress: Callable[[Sequence[Entry]], Iterable[Entry]] = iter
) -> list[Mending]:
    """What would become of these files and of those below these folders (everything where none are given), by path.

    Only files of which something is to be said. Raises OutsideError, and git.GitError where Git fails.
    """
    tree = WorkTree(root)
    found = [_mending(tree, entry) for entry in progress(_targets(tree, paths or FOLDERS))]
    worth_saying = [one for one in found if one.changes or one.left]
    words = _decided(root, {stem_of(one.path) for one in worth_saying if one.changes and _is_item(one.path)})
    return [_unless_decided(one, words.get(stem_of(one.path), "")) for one in worth_saying]


def carry_out(root: Path, mending: Mending) -> Mending:
    """Write a file as it is to be, whole or not at all; says where it could not be written."""
    if not mending.changes:
        return mending
    try:
        rewrite(root, mending.path, mending.blob, mending.text.encode("utf-8"))
    except WriteError as error:
        return replace(mending, changes=(), left=(*mending.left, str(error)))
    return mending


def mended_document(read: Document) -> Mended:
    """A document after every mend that is safe."""
    return mended(understood(read), _reader(read.path), MENDS)


def with_mends(tree: Tree, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings on files of the registry; those that `zhibao fix` mends say so."""
    left: dict[str, set[str] | None] = {}
    for finding in findings:
        if finding.path not in left:
            left[finding.path] = _left(tree, finding.path)
        after = left[finding.path]
        yield finding if after is None or finding.message in after else with_mend(finding)


def _left(tree: Tree, path: str) -> set[str] | None:
    """What would still be said of a file of the registry after its mends; None where there are none."""
    read = yaml_at(tree, path) if kind_of(path) else None
    after = mended_document(read) if read else None
    if after is None or not after.changes:
        return None
    return {problem.message for problem in _reader(path)(after.text).problems}


def understood(read: Document) -> Read:
    """A document as its place in the repository says it is to be read."""
    kind = kind_of(read.path)
    value, problems = understand(read, kind.adapter) if kind and read.readable else (None, ())
    return Read(read, (*read.problems, *problems), value, kind.keys if kind else frozenset())


def _reader(path: str) -> Reader:
    read = item_document if _is_item(path) else yaml_document
    return lambda text: understood(read(path, text.encode("utf-8")))


def _mending(tree: Tree, entry: Entry) -> Mending:
    if not entry.is_file:
        return Mending(entry.path, "", "", left=(f"这是{entry.kind}，不是文件",))
    read = document(tree, entry) if _is_item(entry.path) else yaml_at(tree, entry.path)
    if read is None:
        return Mending(entry.path, "", "")
    after = mended_document(read)
    left = tuple(f"本可以“{mend.words}”，但意思会变，或者还是读不懂" for mend in after.given_up)
    return Mending(entry.path, after.text, read.blob, after.changes, left)


def _unless_decided(mending: Mending, words: str) -> Mending:
    return replace(mending, changes=(), left=(), decided=words) if words else mending


def _decided(root: Path, ids: Collection[str]) -> dict[str, str]:
    """Those of these ids that the office has decided on, with a word on it; of what cannot be told, that it cannot be told."""
    inside = git.ask(root, "rev-parse", "--is-inside-work-tree") is not None
    head = git.ask(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}") if ids and inside else None
    if head is None:
        return {}  # nothing has arrived anywhere
    try:
        reference = office_branch(root)
        branch = Branch(
            root, git.ask(root, "rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}") or head
        )
        return _decided_on(branch, [entry for id_, entry in branch.entries.items() if id_ in ids])
    except RegistryError:
        there = {entry.stem for entry in CommitTree(root, head).entries()}
        return dict.fromkeys(there & set(ids), "已提交的名册有错，看不出是否已经决定")


def _decided_on(branch: Branch, entries: Sequence[Entry]) -> dict[str, str]:
    """Raises RegistryError where the branch's registry cannot be used."""
    registry, office = branch.registry, branch.registry.office
    history = history_at(
        branch.root, branch.tip, office.branch, office.zone, {entry.stem for entry in entries}
    )
    if history.reach is Reach.SHALLOW:
        return {entry.stem: "这是浅克隆，看不出是否已经决定" for entry in entries}
    found = {}
    for read in documents(branch.tree, entries):
        item = submission(read)[0]
        if item is None:
            continue
        state = standing(item, read.blob, history.arrivals.get(read.stem), registry).state
        if state is not State.PENDING:
            found[read.stem] = f"已经{state.label}"
    return found


def _targets(tree: Tree, paths: Sequence[str]) -> list[Entry]:
    found: dict[str, Entry] = {}
    for path in FOLDERS if "." in paths else paths:
        if path.partition("/")[0] not in FOLDERS:
            raise OutsideError(f"{path} 不在 {SUBMISSIONS}/ 和 {REGISTRY}/ 里；别处的文件不改")
        entry = tree.entry(path)
        if entry and entry.kind is Kind.FOLDER and not path.endswith(".md"):
            below = tree.entries(path) if path.startswith(SUBMISSIONS) else _yaml_below(tree, path, 0)
            found |= {inner.path: inner for inner in below}
        elif entry and (_is_item(path) or _is_yaml(path)):
            found[path] = entry
        elif entry:
            raise OutsideError(f"{path} 不是信息（.md），也不是名册里的文件（.yml），不改")
    return [found[path] for path in sorted(found)]


def _yaml_below(tree: Tree, folder: str, depth: int) -> Iterator[Entry]:
    for path in tree.children(folder):
        entry = tree.entry(path)
        if entry and entry.kind is Kind.FOLDER and depth < DEEPEST:
            yield from _yaml_below(tree, path, depth + 1)
        elif entry and _is_yaml(path):
            yield entry


def _is_item(path: str) -> bool:
    return path.startswith(f"{SUBMISSIONS}/") and path.endswith(".md")


def _is_yaml(path: str) -> bool:
    return path.startswith(f"{REGISTRY}/") and path.endswith((".yml", ".yaml"))
