"""What many proposals against one base have in common, read once: its registry, its items as text, and their history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from zhibao.model.county import by_stem
from zhibao.model.entry import Entry
from zhibao.model.history import History, Reach
from zhibao.model.resemblance import Resemblance
from zhibao.repo.commit_tree import CommitTree
from zhibao.repo.git import GitError
from zhibao.repo.history import history_at
from zhibao.repo.novelty import NoveltyIndex
from zhibao.repo.proposal_files import SHALLOW
from zhibao.repo.registry_files import RegistryReading
from zhibao.repo.tree import texts
from zhibao.review.branch import Branch


@dataclass(frozen=True)
class Base:
    """A base for many proposals. `texts` are its items by id, raw; `history` has the arrival of every one of them."""

    tree: CommitTree
    registry: RegistryReading
    texts: Mapping[str, str]
    history: History

    @cached_property
    def index(self) -> NoveltyIndex:
        """The search for near-duplicates among its items."""
        return NoveltyIndex(self.texts.items())

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Its items, by path."""
        return tuple(self.tree.entries())

    @cached_property
    def standing_at(self) -> Mapping[str, Entry]:
        """Where each id stands."""
        return {entry.stem: entry for entry in self.entries}

    @cached_property
    def paths(self) -> Mapping[str, tuple[str, ...]]:
        """The paths of its items by id."""
        return by_stem(entry.path for entry in self.entries)

    @cached_property
    def taken(self) -> Mapping[str, str]:
        """Every path of it by its case-folded form."""
        return {path.casefold(): path for path in self.tree.listing}


def base_of(branch: Branch) -> Base:
    """The office's branch as the base of many proposals. Raises RegistryError and git.GitError, also in a shallow clone."""
    office = branch.registry.office
    read = dict(texts(branch.tree, branch.entries.values()))
    history = history_at(branch.root, branch.tip, office.branch, office.zone, read.keys())
    if history.reach is Reach.SHALLOW:  # every item that a merge adopted would pass for an open one
        raise GitError(SHALLOW)
    return Base(branch.tree, branch.reading, read, history)


class Overlaid:
    """The search for near-duplicates among a base's items, with a proposal's in their place or beside them."""

    def __init__(self, below: NoveltyIndex, above: Iterable[tuple[str, str]]) -> None:
        given = dict(above)
        self._below, self._replaced = below, given.keys()
        self._above = NoveltyIndex(given.items())

    def resemblances(self, id_: str, text: str) -> tuple[Resemblance, ...]:
        """Earlier items that share much with a text, the most first; as of one index over all of them."""
        found = [one for one in self._below.resemblances(id_, text) if one.id not in self._replaced]
        found += self._above.resemblances(id_, text)
        return tuple(sorted(found, key=lambda one: (-one.share, one.id)))
