"""Read a proposal: both sides from Git objects, registry and roster from the base, each item with where it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from zhibao.check.proposal import limit_of
from zhibao.model.actors import actor_on
from zhibao.model.areas import Area
from zhibao.model.county import by_stem
from zhibao.model.document import Document
from zhibao.model.entry import Entry, stem_of
from zhibao.model.history import History
from zhibao.model.identity import Identity
from zhibao.model.permissions import Change, Stage
from zhibao.model.proposal import FirstSeen, ItemChange, Proposal, Touched
from zhibao.model.registry import Registry
from zhibao.repo.commit_tree import CommitTree
from zhibao.repo.county_files import clock
from zhibao.repo.history import history_at
from zhibao.repo.novelty import NoveltyIndex
from zhibao.repo.proposal_files import commit_id, difference, first_seen
from zhibao.repo.registry_files import RegistryReading, read_registry
from zhibao.repo.tree import documents, texts
from zhibao.review.base import Base, Overlaid
from zhibao.review.item_changes import Where, adds_officers, item_changes, where_it_stands

_ID = re.compile(r"\d{8}-\d{4}-[a-z][a-z0-9]{0,31}(?:-\d{1,2})?", re.ASCII)


@dataclass(frozen=True)
class ProposalReading:
    """A proposal and what it was read from. `entries` are the base's items, `registry` its registry."""

    root: Path
    base: str
    head: str
    registry: RegistryReading
    history: History
    proposal: Proposal
    entries: tuple[Entry, ...]
    known: Base | None = None
    """What was read of the base for many proposals at once."""

    @cached_property
    def paths(self) -> Mapping[str, tuple[str, ...]]:
        """The paths of the base's items, by id."""
        return self.known.paths if self.known else by_stem(entry.path for entry in self.entries)

    @cached_property
    def paths_after(self) -> Mapping[str, tuple[str, ...]]:
        """The same as the proposal would leave them."""
        items = [one for one in self.proposal.touched if one.area is Area.ITEM]
        gone = {one.path for one in items if one.new is None}
        found = dict(self.paths)
        for stem in {stem_of(one.path) for one in items}:
            new = {one.path for one in items if one.new and stem_of(one.path) == stem}
            found[stem] = tuple(sorted({*found.get(stem, ()), *new} - gone))
        return {stem: paths for stem, paths in found.items() if paths}

    @cached_property
    def index(self) -> NoveltyIndex | Overlaid:
        """The search for near-duplicates over the base's items and those proposed."""
        changed = {change.id for change in self.proposal.items}
        proposed = {change.id: change.after.text for change in self.proposal.items if change.after}
        if self.known:
            return Overlaid(self.known.index, proposed.items())
        tree = CommitTree(self.root, self.base)
        found = dict(texts(tree, (entry for entry in self.entries if entry.stem not in changed)))
        return NoveltyIndex((found | proposed).items())

    @cached_property
    def around(self) -> tuple[Document, ...]:
        """The base's items that the proposal names or resembles, read: no others are needed."""
        named: set[str] = set()
        for change in self.proposal.items:
            for side in (change.before, change.after):
                if side is not None:
                    named |= set(_ID.findall(side.text))
                    named |= {match.id for match in self.index.resemblances(side.stem, side.text)}
        entries = self.entries
        if self.known:  # many proposals: none of them goes through ten thousand names
            entries = tuple(
                self.known.standing_at[id_] for id_ in sorted(named & self.known.standing_at.keys())
            )
        wanted = [entry for entry in entries if entry.stem in named]
        return tuple(documents(CommitTree(self.root, self.base), wanted))

    @cached_property
    def history_around(self) -> History:
        """When the changed items and those around them arrived on the base: who may read an item depends on its decision."""
        ids = {document.stem for document in self.around if Identity.parse(document.stem)}
        if self.known or not ids:
            return self.history
        office = self.proposal.registry.office
        ids |= {change.id for change in self.proposal.items if change.stage is not Stage.NEW}
        return history_at(self.root, self.base, office.branch, office.zone, ids)

    def registry_after(self) -> RegistryReading:
        """The registry as the head has it: read as data, never acted on. Raises RegistryError."""
        return read_registry(CommitTree(self.root, self.head))


def read_proposal(
    root: Path,
    base: str,
    head: str,
    account: str,
    *,
    opened: datetime | None = None,
    now: datetime | None = None,
    seen: str | None = None,
    timed: bool = True,
    known: Base | None = None,
) -> ProposalReading:
    """Read what `head` changes against `base`; see review.proposal.review. Raises git.GitError and RegistryError."""
    tree, head_id = known.tree if known else CommitTree(root, commit_id(root, base)), commit_id(root, head)
    registry = known.registry if known else read_registry(tree)
    zone = registry.registry.office.zone
    moment = now or clock(zone)
    if opened and opened.tzinfo:
        opened = opened.astimezone(zone).replace(tzinfo=None)
    actor = actor_on(registry.registry, moment.date(), account=account)
    taken = tree.listing
    folded = known.taken if known else {path.casefold(): path for path in taken}
    bare = Proposal(actor, registry.registry, moment, 0, taken=folded)
    found = difference(root, tree.commit, head_id, limit_of(bare), taken)
    before = CommitTree(root, commit_id(root, seen)).listing if seen else {}
    touched = tuple(one for one in found.touched if not _seen_before(one, before))
    sides = _Sides(tree, CommitTree(root, head_id), before, known)
    history = known.history if known else sides.history(registry.registry, touched)
    items = tuple(sides.items(touched, registry.registry, history))
    if timed:
        items = tuple(_timed(root, sides, items, opened, moment, registry.registry))
    added = any(adds_officers(one, sides.base, sides.head) for one in touched)
    proposal = Proposal(actor, registry.registry, moment, found.total, touched, items, bare.taken, added)
    entries = known.entries if known else tuple(tree.entries())
    return ProposalReading(root, tree.commit, head_id, registry, history, proposal, entries, known)


def _seen_before(touched: Touched, before: Mapping[str, Entry]) -> bool:
    """Whether a head that was reviewed had this very file already."""
    own = before.get(touched.path)
    return bool(own and touched.new and (own.blob, own.kind) == (touched.new.blob, touched.new.kind))


@dataclass(frozen=True)
class _Sides:
    """The base's tip, the head, and the files of a head that was reviewed before."""

    base: CommitTree
    head: CommitTree
    before: Mapping[str, Entry]
    known: Base | None = None

    @cached_property
    def standing_at(self) -> Mapping[str, Entry]:
        """Where each id stands on the base's tip."""
        if self.known:
            return self.known.standing_at
        return {entry.stem: entry for entry in self.base.entries()}

    def history(self, registry: Registry, touched: tuple[Touched, ...]) -> History:
        """When those of the changed items that stand on the base arrived there."""
        stems = {stem_of(one.path) for one in touched if one.area is Area.ITEM}
        known = {stem for stem in stems if stem in self.standing_at and Identity.parse(stem)}
        office = registry.office
        return history_at(self.base.root, self.base.commit, office.branch, office.zone, known)

    def items(
        self, touched: tuple[Touched, ...], registry: Registry, history: History
    ) -> Iterator[ItemChange]:
        """Every changed item, by path."""

        def where(stem: str) -> Where:
            return where_it_stands(
                self.base, self.standing_at.get(stem), history.arrivals.get(stem), registry
            )

        return item_changes(touched, where, self.base, self.head, self.before)


def _timed(
    root: Path,
    sides: _Sides,
    items: tuple[ItemChange, ...],
    opened: datetime | None,
    now: datetime,
    registry: Registry,
) -> Iterator[ItemChange]:
    """The changes with when each new item was first seen: within the time that the forge vouches for, where it does."""
    new = {change.path for change in items if change.change is Change.ADD}
    dates = first_seen(root, sides.base.commit, sides.head.commit, registry.office.zone, new)
    for change in items:
        moment = dates.get(change.path)
        if change.path not in new or moment is None:
            yield change
        elif opened is None:
            yield replace(change, seen=FirstSeen(moment, claimed=True))
        else:
            yield replace(change, seen=FirstSeen(min(max(moment, opened), max(now, opened)), claimed=False))
