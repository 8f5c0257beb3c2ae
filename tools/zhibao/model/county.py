"""The county at one moment: its registry, every item that can be read, and every file that cannot."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from zhibao.model.document import Document
from zhibao.model.entry import stem_of
from zhibao.model.history import History
from zhibao.model.identity import Identity
from zhibao.model.registry import Registry
from zhibao.model.standing import Standing, State, adoptions, standing
from zhibao.model.submission import Adoption, Submission


@dataclass(frozen=True)
class Item:
    """One submission with what Git and the registry add to it. `adoptions` are in order of date and level."""

    id: str
    identity: Identity
    document: Document
    submission: Submission
    standing: Standing
    adoptions: tuple[Adoption, ...] = ()
    barred: bool = False
    """Whether something in it must not be published (a finding of the secrecy family)."""

    @property
    def state(self) -> State:
        """What became of the item."""
        return self.standing.state

    @property
    def unit(self) -> str:
        """The id of the lead unit."""
        return self.submission.unit

    @property
    def body(self) -> str:
        """The text below the front matter."""
        return self.document.body

    @property
    def submitted_on(self) -> date:
        """The day that counts as its submission."""
        return self.submission.arrived.date()

    @property
    def adopted_on(self) -> date | None:
        """The day of its first adoption; None where it is not adopted."""
        return self.adoptions[0].date if self.adoptions else None

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was adopted and taken back."""
        return self.submission.review.withdrawn is not None


@dataclass(frozen=True)
class County:
    """Everything that was read. `items` are in order of id; `documents` are all files of submissions/, by path.

    `now` is the moment of reading in the county's time: the clock is read once, at the edge.
    """

    registry: Registry
    documents: tuple[Document, ...]
    items: tuple[Item, ...]
    history: History
    now: datetime
    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Every path at which a file with that id stands; more than one is a finding."""

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """Items by id."""
        return {item.id: item for item in self.items}

    @cached_property
    def resubmissions(self) -> Mapping[str, tuple[str, ...]]:
        """By the id of an item, the ids of those that submit it again."""
        found: dict[str, tuple[str, ...]] = {}
        for item in self.items:
            earlier = item.submission.resubmits
            if earlier:
                found[earlier] = (*found.get(earlier, ()), item.id)
        return found

    def barring(self, ids: Collection[str]) -> County:
        """The same county with these items barred from publication."""
        items = tuple(replace(item, barred=True) if item.id in ids else item for item in self.items)
        return replace(self, items=items)

    def item(self, id_: str) -> Item | None:
        """The item of that id; None where there is none that can be read."""
        return self.by_id.get(id_)


def county(
    registry: Registry,
    read: Iterable[tuple[Document, Submission | None]],
    history: History,
    now: datetime,
    names: Iterable[str] = (),
) -> County:
    """Put what was read together: of files with one id the first by path counts, of unreadable ones none.

    `names` are the paths of all files of submissions/, also of those that were not read.
    """
    pairs = sorted(read, key=lambda pair: pair[0].path)
    items: dict[str, Item] = {}
    for document, submission in pairs:
        identity = Identity.parse(document.stem)
        if identity is None or submission is None or document.stem in items:
            continue
        where = standing(submission, document.blob, history.arrivals.get(document.stem), registry)
        found = adoptions(submission, where, registry)
        items[document.stem] = Item(document.stem, identity, document, submission, where, found)
    return County(
        registry=registry,
        documents=tuple(document for document, _ in pairs),
        items=tuple(items[key] for key in sorted(items)),
        history=history,
        now=now,
        paths=by_stem({*names, *(document.path for document, _ in pairs)}),
    )


def by_stem(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The paths of files by their names without `.md`: more than one of a name is a finding."""
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        found.setdefault(stem_of(name), []).append(name)
    return {stem: tuple(paths) for stem, paths in found.items()}
