"""Audit the office's branch: every step that the permission matrix would not have allowed, by the roster of the step before.

What is asked at the door (review.receiving) is asked here of what has happened, wherever there was no door: on a forge without the hook, or
where somebody with the rights of an administrator went round it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from zhibao.check.landing import check_landing, lander
from zhibao.model.actors import Actor
from zhibao.model.areas import Area
from zhibao.model.entry import Entry
from zhibao.model.finding import Finding, Severity
from zhibao.model.history import Arrival
from zhibao.model.landing import Landing
from zhibao.model.proposal import Proposal
from zhibao.model.registry import Registry
from zhibao.repo import audited
from zhibao.repo.commit_tree import CommitTree
from zhibao.repo.history import item_at
from zhibao.repo.landings import Replay, landings
from zhibao.repo.log import Commit
from zhibao.repo.proposal_files import commit_id
from zhibao.repo.registry_files import OFFICE, ROSTER, RegistryError, read_roster
from zhibao.repo.tree import BATCH
from zhibao.review.item_changes import Where, adds_officers, item_changes, where_it_stands

UNREAD = "registry-unread"
"""The code of the finding that a roster cannot be read, so that nothing can be said of what follows."""

_LONG_AGO = datetime(1970, 1, 1)  # noqa: DTZ001 — county time

Progress = Callable[[Sequence[Landing]], Iterable[Landing]]


@dataclass(frozen=True, slots=True)
class Remark:
    """A step that was not as the matrix allows. `actor` is None where the roster of its base cannot be read."""

    landing: Landing
    actor: Actor | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Audit:
    """What was found on a branch. `judged` are the steps that were looked at, oldest first; `unjudged` counts those of before there was a roster.

    `recorded` is the commit of the last recorded audit; `vanished` the steps that led to it and are not on the line any more, the newest
    first, and `kept` whether they are still reachable from the tip by another parent.
    """

    reference: str
    tip: str
    judged: tuple[Landing, ...]
    unjudged: int
    remarks: tuple[Remark, ...]
    recorded: str | None = None
    vanished: tuple[Commit, ...] = ()
    kept: bool = False

    @property
    def sound(self) -> bool:
        """Whether there is nothing to look into."""
        return not self.remarks and not self.vanished


def audit(root: Path, reference: str, since: date | str | None = None, progress: Progress = iter) -> Audit:
    """Look at every step of the branch that `reference` names, or at those from a day on, or after a revision.

    Raises git.GitError, also in a shallow clone, and RegistryError where the roster at the branch's tip cannot be read.
    """
    tip = commit_id(root, reference)
    zone = read_roster(CommitTree(root, tip)).office.zone
    line = landings(root, tip, zone)
    wanted = _wanted(root, tip, since)
    run = _Run(Replay(root))
    run.walk(line, [wanted(landing) for landing in line], progress)
    last = audited.recorded(root)
    ids = {landing.commit for landing in line}
    gone = audited.vanished(root, last, ids) if last else []
    return Audit(
        reference,
        tip,
        tuple(run.judged),
        run.unjudged,
        tuple(run.remarks),
        last,
        tuple(gone),
        kept=bool(gone and last and audited.is_reachable(root, last, tip)),
    )


def _wanted(root: Path, tip: str, since: date | str | None) -> Callable[[Landing], bool]:
    if isinstance(since, date):
        return lambda landing: landing.moment is None or landing.moment.date() >= since
    if since is None:
        return lambda landing: True
    steps = audited.since(root, since, tip)
    return lambda landing: landing.commit in steps


@dataclass
class _Run:
    """One walk along the branch: what stands there before each step, and what was found so far."""

    replay: Replay
    arrivals: dict[str, Arrival] = field(default_factory=dict)
    judged: list[Landing] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    unjudged: int = 0
    _roster: Registry | RegistryError | None = None
    """That of the step before, once it was asked for; what is wrong with it where it cannot be read."""

    def walk(self, line: Sequence[Landing], wanted: Sequence[bool], progress: Progress) -> None:
        """Take every step, and judge the wanted ones. The first makes the county: there is nothing that it could be judged by."""
        fetched, earlier = 0, _LONG_AGO
        for at, landing in enumerate(progress(line)):
            if at == fetched:
                fetched = self._fetch(line, wanted, at)
            if wanted[at] and landing.parents:
                self._judge(landing, earlier)
            self._take(landing)
            earlier = landing.moment or earlier

    def _fetch(self, line: Sequence[Landing], wanted: Sequence[bool], start: int) -> int:
        """Read what the steps from `start` on need, some thousand files at once; where that ends."""
        entries: list[Entry] = []
        end = start
        while end < len(line) and len(entries) < BATCH:
            if wanted[end] and line[end].parents:
                entries += _needed(line[end])
            end += 1
        self.replay.fetch(entries)
        return end

    def _judge(self, landing: Landing, earlier: datetime) -> None:
        if self.replay.entry(OFFICE) is None:
            self.unjudged += 1
            return
        self.judged.append(landing)
        registry = self._registry()
        if isinstance(registry, RegistryError):
            self._unread(landing, registry)
            return
        now = landing.moment or earlier
        actor = lander(registry, landing, now.date())
        items = tuple(item_changes(landing.touched, self._where(registry), self.replay, self.replay, {}))
        added = any(adds_officers(one, self.replay, self.replay) for one in landing.touched)
        proposal = Proposal(
            actor, registry, now, len(landing.touched), landing.touched, items, adds_officers=added
        )
        found = tuple(dict.fromkeys(check_landing(landing, proposal, earlier.date())))
        if found:
            self.remarks.append(Remark(landing, actor, found))

    def _where(self, registry: Registry) -> Callable[[str], Where]:
        return lambda stem: where_it_stands(
            self.replay, self.replay.standing_at(stem), self.arrivals.get(stem), registry
        )

    def _registry(self) -> Registry | RegistryError:
        if self._roster is None:
            try:
                self._roster = read_roster(self.replay)
            except RegistryError as error:
                self._roster = error
        return self._roster

    def _unread(self, landing: Landing, error: RegistryError) -> None:
        """One remark for all steps that the same roster is the base of."""
        first = error.findings[0]
        if any(remark.findings[0].help == str(first) for remark in self.remarks[-1:]):
            return
        words = "上一步的名册读不懂，这一步和以后的看不了，直到名册改好"
        self.remarks.append(
            Remark(landing, None, (Finding(UNREAD, Severity.ERROR, "", 1, 1, words, str(first)),))
        )

    def _take(self, landing: Landing) -> None:
        """Go one step on: files, the first arrival of each id, and whether the roster is still the same."""
        self.replay.apply(landing)
        for touched in landing.touched:
            new = touched.new
            if touched.path in ROSTER:
                self._roster = None
            id_ = item_at(touched.path)
            if id_ and touched.old is None and new and new.is_file and landing.moment:
                by = landing.author if landing.is_merge else None
                self.arrivals.setdefault(id_, Arrival(landing.commit, landing.moment, new.blob, by))


def _needed(landing: Landing) -> Iterator[Entry]:
    """The files that judging it will read."""
    for touched in landing.touched:
        if touched.area is Area.ITEM:
            yield from (entry for entry in (touched.old, touched.new) if entry)
