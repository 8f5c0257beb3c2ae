"""What a change of files does to items: a proposal's against its base, or a landing's against what stood before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from zhibao.model.areas import Area
from zhibao.model.entry import Entry, stem_of
from zhibao.model.files import UNITS
from zhibao.model.history import Arrival
from zhibao.model.permissions import STAGES, Change, Stage
from zhibao.model.proposal import ItemChange, Touched
from zhibao.model.registry import Registry
from zhibao.model.standing import State, standing
from zhibao.model.understand import submission, understand
from zhibao.model.units import Unit, only_officers_added
from zhibao.repo.front_matter import yaml_document
from zhibao.repo.tree import Readable, document


class Where(NamedTuple):
    """Where an item stands on the base."""

    stage: Stage
    state: State


def where_it_stands(
    base: Readable, entry: Entry | None, arrival: Arrival | None, registry: Registry
) -> Where:
    """Where the item in a file of the base stands there; `entry` is None for one that is not there."""
    if entry is None:
        return Where(Stage.NEW, State.PENDING)
    understood = submission(document(base, entry))[0]
    if understood is None:
        return Where(Stage.PENDING, State.PENDING)
    state = standing(understood, entry.blob, arrival, registry).state
    return Where(STAGES[state], state)


def item_changes(
    touched: Iterable[Touched],
    where: Callable[[str], Where],
    before: Readable,
    after: Readable,
    seen: Mapping[str, Entry],
) -> Iterator[ItemChange]:
    """Every changed item, by path; one that only went to another folder is one change, not two.

    `where` says where the item of an id stands on the base; `before` and `after` hold the files of both sides; `seen` are those of a
    head that was reviewed before.
    """
    items = [one for one in touched if one.area is Area.ITEM]
    gone = {stem_of(one.path): one for one in items if one.new is None}
    arriving = {stem_of(one.path) for one in items if one.old is None}
    for one in items:
        stem = stem_of(one.path)
        if one.new is None and stem in arriving:
            continue
        moved = gone.get(stem) if one.old is None else None
        old = one.old or (moved.old if moved else None) or seen.get(one.path)
        yield ItemChange(
            stem,
            one.path,
            _change(one, old, moved=moved is not None),
            *where(stem),
            document(before, old) if old else None,
            document(after, one.new) if one.new else None,
        )


def adds_officers(touched: Touched, before: Readable, after: Readable) -> bool:
    """Whether this is the roster of units, and the change only adds officers to it."""
    if touched.path != UNITS.place or touched.old is None or touched.new is None:
        return False
    old, new = _units(before, touched.old), _units(after, touched.new)
    return old is not None and new is not None and only_officers_added(old, new)


def _change(one: Touched, old: Entry | None, *, moved: bool) -> Change:
    if moved:
        return Change.MOVE
    if one.new is None:
        return Change.DELETE
    return Change.EDIT if old else Change.ADD


def _units(tree: Readable, entry: Entry) -> tuple[Unit, ...] | None:
    """The units of a roster's file; None where it cannot be understood for certain."""
    data = next(iter(tree.read((entry,))))
    read = yaml_document(entry.path, data) if data is not None else None
    if read is None or not read.readable:
        return None
    understood = understand(read, UNITS.adapter)
    return None if understood[1] else understood[0]
