"""The office's branch at one commit: its registry, and its items with where each stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from zhibao.model.county import County, Item, county
from zhibao.model.document import Document
from zhibao.model.entry import Entry
from zhibao.model.identity import Identity
from zhibao.model.registry import Registry
from zhibao.model.standing import Standing, adoptions, standing
from zhibao.model.submission import Submission
from zhibao.model.understand import submission
from zhibao.repo.commit_tree import CommitTree
from zhibao.repo.history import history_at
from zhibao.repo.registry_files import RegistryReading, read_registry
from zhibao.repo.tree import document, documents


class RefusedError(Exception):
    """What was asked for may not or cannot be done. The message is Chinese and fit to be shown."""


@dataclass(frozen=True)
class Branch:
    """The office's branch at one commit: its registry and its items."""

    root: Path
    tip: str

    @cached_property
    def tree(self) -> CommitTree:
        """Its files."""
        return CommitTree(self.root, self.tip)

    @cached_property
    def reading(self) -> RegistryReading:
        """Its registry with the files that it was read from. Raises RegistryError."""
        return read_registry(self.tree)

    @property
    def registry(self) -> Registry:
        """Its registry. Raises RegistryError."""
        return self.reading.registry

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Its items by id."""
        return {entry.stem: entry for entry in self.tree.entries() if Identity.parse(entry.stem)}

    def document(self, id_: str) -> Document | None:
        """An item's file; None where it does not stand there."""
        entry = self.entries.get(id_)
        return document(self.tree, entry) if entry else None

    def item(self, id_: str) -> Item | None:
        """An item with its standing; None where it does not stand there. Raises RefusedError where it cannot be understood."""
        found, identity = self.document(id_), Identity.parse(id_)
        if found is None or identity is None:
            return None
        written = understood(found)
        where = self.standing(found)
        return Item(id_, identity, found, written, where, adoptions(written, where, self.registry))

    def county(
        self,
        now: datetime,
        *,
        only: Collection[str] | None = None,
        progress: Callable[[Sequence[Entry]], Iterable[Entry]] = iter,
    ) -> County:
        """The items that stand on it, `only` these ids where given, at the county's wall clock `now`.

        Items that cannot be understood are left out; the paths of all are known.
        """
        office, entries = self.registry.office, self.tree.entries()
        wanted = entries if only is None else [entry for entry in entries if entry.stem in only]
        read = [(one, submission(one)[0]) for one in documents(self.tree, progress(wanted))]
        merged = {one.stem for one, written in read if written and not written.imported}
        history = history_at(self.root, self.tip, office.branch, office.zone, merged)
        return county(self.registry, read, history, now, (entry.path for entry in entries))

    def standing(self, found: Document) -> Standing:
        """Where an item that stands on the branch is at."""
        office = self.registry.office
        arrivals = history_at(self.root, self.tip, office.branch, office.zone, {found.stem}).arrivals
        return standing(understood(found), found.blob, arrivals.get(found.stem), self.registry)


def understood(document: Document) -> Submission:
    """The item in a document. Raises RefusedError where it cannot be understood."""
    item = submission(document)[0]
    if item is None:
        raise RefusedError(f"{document.stem} 有错误，读不懂；请先运行 zhibao check {document.path}")
    return item
