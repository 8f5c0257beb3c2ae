"""Closing a quarter: figures and lines frozen at a commit, with the rules and the hashes of what they were made from; and verified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zhibao.model.county import County, Item
from zhibao.model.notice import FORMAT, FrozenRules, Inputs, Notice, last_closed
from zhibao.model.period import Period
from zhibao.model.rules import in_force
from zhibao.model.standing import State
from zhibao.repo import git
from zhibao.repo.commit_tree import CommitTree
from zhibao.repo.county_files import CountyReading, clock, read_county_at
from zhibao.repo.history import branch_reference
from zhibao.repo.notice_files import NOTICES, canonical
from zhibao.repo.registry_files import RegistryError, RegistryReading
from zhibao.review.appraise import appraise
from zhibao.review.branch import RefusedError
from zhibao.score.export import record
from zhibao.score.frozen import frozen_figures, frozen_lines
from zhibao.score.ledger import ledger
from zhibao.score.statistics import statistics

REOPENED = f"{NOTICES}/reopened"
"""Where the files of quarters that were reopened stay, with the reason."""

_UNDECIDED = (State.PENDING,)


@dataclass(frozen=True)
class Closing:
    """A quarter ready to be closed: its file, and what is still undecided in it; `waiting` names matters in registry/adjustments/."""

    notice: Notice
    undecided: tuple[Item, ...]
    waiting: tuple[str, ...]

    @property
    def text(self) -> str:
        """The file's text."""
        return canonical(self.notice)


def ready(root: Path, period: Period) -> tuple[CountyReading, str]:
    """The county as the present commit has it, and that commit: what a quarter would be closed with.

    Raises RefusedError where it may not be closed: it is not over, closed already, a later one is, the work tree is not clean, or the
    commit is not on the first-parent line of the office's branch. Raises git.GitError and RegistryError.
    """
    _is_clean(root)
    commit = git.run(root, "rev-parse", "HEAD^{commit}").decode().strip()
    reading = read_county_at(root, commit, period.passed)
    _is_on_branch(root, commit, reading.county.registry.office.branch)
    _may_close(reading.county, period, clock(reading.county.registry.office.zone).date())
    return reading, commit


def closing(root: Path, period: Period) -> Closing:
    """Freeze a quarter as the present commit has it. Raises as `ready` does."""
    reading, commit = ready(root, period)
    undecided = tuple(
        item for item in reading.county.items if item.state in _UNDECIDED and item.submitted_on in period
    )
    return Closing(frozen(reading, period, commit), undecided, waiting(reading.county, period))


def waiting(county: County, period: Period) -> tuple[str, ...]:
    """The names of the quarter's objections without an answer, and of its changes without an approver."""
    found = sorted(county.registry.adjustments.items())
    return tuple(name for name, one in found if one.waits and one.date in period)


def frozen(reading: CountyReading, period: Period, commit: str) -> Notice:
    """The notice of a quarter from the county as a commit has it; the same commit gives the same bytes, whenever it is asked."""
    county = reading.county
    lines = ledger(county)
    counted = [
        item
        for item in county.items
        if item.submitted_on in period or (item.adopted_on is not None and item.adopted_on in period)
    ]
    qualities = {found.item.id: found.quality.points for found in appraise(reading, counted, lines)}
    figures = statistics(county, period, qualities, lines)
    tree = CommitTree(reading.root, commit)
    return Notice.model_validate(
        {
            "format": FORMAT,
            "period": str(period),
            "commit": commit,
            "inputs": Inputs(submissions=tree.folder_id("submissions"), registry=_registry_hashes(tree)),
            "rules": tuple(_rules(reading.registry, period)),
            "figures": frozen_figures(record(figures, county.registry.office)),
            "lines": frozen_lines(line for line in lines if line.date in period),
            "replaces": _replaced(tree, period),
        },
        strict=False,
    )


def verified(root: Path, reading: RegistryReading, period: Period) -> Iterator[str]:
    """Everything that does not agree with a closed quarter, in Chinese: its commit, its inputs, its rules, its lines and figures."""
    closed = reading.registry.closed[period]
    notice = closed.notice
    if git.ask(root, "cat-file", "-e", f"{notice.commit}^{{commit}}") is None:
        yield f"{closed.path}：仓库里没有提交 {notice.commit[:10]}（历史改写过，或者是浅克隆），不能核对"
        return
    if not _is_first_parent(root, notice.commit, reading.registry.office.branch):
        yield f"{closed.path}：提交 {notice.commit[:10]} 不在 {reading.registry.office.branch} 的历史上"
    tree = CommitTree(root, notice.commit)
    if tree.folder_id("submissions") != notice.inputs.submissions:
        yield f"{closed.path}：信息的哈希与提交 {notice.commit[:10]} 里的不同"
    yield from _differing(closed.path, "名册", notice.inputs.registry, _registry_hashes(tree))
    try:
        again = frozen(read_county_at(root, notice.commit, period.passed), period, notice.commit)
    except RegistryError as error:
        yield f"{closed.path}：那时的名册现在读不了：{error.findings[0]}"
        return
    yield from _differences(closed.path, notice, again)


def _differences(path: str, notice: Notice, again: Notice) -> Iterator[str]:
    """Where a notice that was made anew is another."""
    if again.rules != notice.rules:
        yield f"{path}：封存的计分办法与那时的不同"
    before = {(line.unit, line.item, line.event): line for line in notice.lines}
    after = {(line.unit, line.item, line.event): line for line in again.lines}
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key), after.get(key)
        if one != other:
            was, now = (line.points if line else "没有" for line in (one, other))
            yield f"{path}：{key[0]} {key[1] or key[2]} 的一行，封存的是 {was}，重算的是 {now}"
    if again.figures != notice.figures:
        yield f"{path}：封存的统计数字与重算的不同"


def _differing(path: str, what: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield f"{path}：{what} {name} 的哈希与那时的不同"


def _registry_hashes(tree: CommitTree) -> dict[str, str]:
    """Path and object id of every file of the registry but the notices themselves."""
    return {
        path: entry.blob
        for path, entry in sorted(tree.listing.items())
        if path.startswith("registry/") and not path.startswith(f"{NOTICES}/")
    }


def _rules(reading: RegistryReading, period: Period) -> Iterator[FrozenRules]:
    for path, _ in in_force(reading.rules, period):
        document = reading.documents[path]
        yield FrozenRules(path=path, blob=document.blob, text=document.text)


def _replaced(tree: CommitTree, period: Period) -> str | None:
    """The latest file of this quarter that was reopened, at that commit."""
    found = [
        path
        for path in tree.children(REOPENED)
        if path.startswith(f"{REOPENED}/{period}-") and path.endswith(".json")
    ]
    return max(found, key=lambda path: (len(path), path), default=None)


def _may_close(county: County, period: Period, today: date) -> None:
    closed = county.registry.closed
    if period.months != 3:
        raise RefusedError(f"封存的是季度，{period} 不是；如 2026-Q3")
    if period.end >= today:
        raise RefusedError(f"{period.label}还没有过完（今天 {today}），不能封存")
    if period in closed:
        raise RefusedError(f"{period.label}已经封存；要重新封存，请主编先用 zhibao close {period} --reopen")
    last = last_closed(closed)
    if last and last > period:
        raise RefusedError(f"{last.label}已经封存，不能再封存更早的{period.label}")


def _is_clean(root: Path) -> None:
    changed = git.run(
        root, "status", "--porcelain", "-z", "--untracked-files=all", "--", "registry", "submissions"
    )
    if changed.strip(b"\0"):
        first = changed.decode("utf-8", "replace").split("\0")[0]
        raise RefusedError(f"registry/ 或 submissions/ 里有没有提交的改动（{first.strip()}）；请先提交或恢复")


def _is_on_branch(root: Path, commit: str, branch: str) -> None:
    if not _is_first_parent(root, commit, branch):
        raise RefusedError(
            f"现在的提交 {commit[:10]} 不在 {branch} 的历史上；请先 git switch {branch} 并 git pull"
        )


def _is_first_parent(root: Path, commit: str, branch: str) -> bool:
    reference = branch_reference(root, branch)
    if reference is None:
        return False
    line = git.run(root, "rev-list", "--first-parent", reference).decode("ascii").split()
    return commit in line
