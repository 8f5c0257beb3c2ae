"""What a change of an item amounts to: each key that differs is a matter of the permission matrix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from zhibao.model.areas import Area
from zhibao.model.document import Document, Loc
from zhibao.model.permissions import Act, Change, Matter, Stage
from zhibao.model.proposal import ItemChange

_MATTERS: Mapping[str, Matter] = {
    "tags": Matter.LABELS,
    "call": Matter.LABELS,
    "audience": Matter.LABELS,
    "clearance": Matter.CLEARANCE,
    "sources": Matter.SOURCES,
    "received": Matter.ENTRY,
    "imported": Matter.ENTRY,
    "corrections": Matter.CORRECTION,
}
_REVIEW: Mapping[str, Matter] = {
    "quality": Matter.MARKS,
    "adoptions": Matter.REPORTED,
    "instructions": Matter.REPORTED,
    "withdrawn": Matter.WITHDRAWAL,
}
_EMPTY = Document("")


class Placed(NamedTuple):
    """An act, and the key path in the file at which it shows; empty for the file as a whole."""

    act: Act
    at: Loc


def acts(change: ItemChange) -> tuple[Placed, ...]:
    """Every act of an item's change, each once, in the order of the file. Never empty for a change that says something."""
    if change.change is Change.DELETE:
        return (Placed(_act(change, Change.DELETE, Matter.TEXT), ()),)
    found: dict[Act, Loc] = {}
    if change.change is Change.MOVE:
        found[_act(change, Change.MOVE, Matter.FILE)] = ()
    kind = Change.ADD if change.change is Change.ADD else Change.EDIT
    differing = list(_differing(change.before or _EMPTY, change.after or _EMPTY))
    corrected = ("corrections",) in differing and change.stage is Stage.ADOPTED
    for loc in differing:
        matter = _matter(loc, change.stage)
        if corrected and matter is Matter.TEXT:
            matter = Matter.CORRECTION
        found.setdefault(_act(change, kind, matter), loc)
    if change.change is Change.ADD and not found:
        found[_act(change, kind, Matter.TEXT)] = ()
    return tuple(Placed(act, at) for act, at in found.items())


def _act(change: ItemChange, kind: Change, matter: Matter) -> Act:
    return Act(Area.ITEM, kind, matter, change.stage, change.unit)


def _matter(loc: Loc, stage: Stage) -> Matter:
    if loc[:1] != ("review",):
        return _MATTERS.get(str(loc[0]) if loc else "", Matter.TEXT)
    own = _REVIEW.get(str(loc[1]) if len(loc) > 1 else "")
    if own:
        return own
    return Matter.REOPENING if stage in (Stage.ADOPTED, Stage.CLOSED) else Matter.DECISION


def _differing(before: Document, after: Document) -> Iterator[Loc]:
    """Key paths whose values differ (of `review`, one level down), and the body as the empty path. By the file's order."""
    old, new = _top(before), _top(after)
    for key in (*new, *(key for key in old if key not in new)):
        if old.get(key) == new.get(key) and (key in old) == (key in new):
            continue
        if key != "review":
            yield (key,)
            continue
        yield from _differing_review(old.get(key), new.get(key), key in new)
    # a file that cannot be read, or not for certain, is compared as it is: nothing in it may slip through
    unread = not (before.readable and after.readable)
    if (before.text != after.text) if unread else (before.body.strip() != after.body.strip()):
        yield ()


def _differing_review(old: Any, new: Any, present: bool) -> Iterator[Loc]:
    one, other = old if isinstance(old, dict) else {}, new if isinstance(new, dict) else {}
    keys = [
        key for key in (*other, *(key for key in one if key not in other)) if one.get(key) != other.get(key)
    ]
    if not keys and present:
        yield ("review",)  # `review:` with nothing in it, or with something that is no mapping
    yield from (("review", key) for key in keys)


def _top(document: Document) -> Mapping[str, Any]:
    return document.values if isinstance(document.values, dict) else {}
