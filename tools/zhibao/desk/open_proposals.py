"""The proposals that wait: what each changes, who made it, and whose word it waits for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from zhibao.check.proposal import MOST_OF_MAINTAINERS
from zhibao.model.actors import Actor, actor_on
from zhibao.model.areas import Area
from zhibao.model.document import Document
from zhibao.model.entry import Entry
from zhibao.model.identity import Identity
from zhibao.model.proposal import Touched
from zhibao.repo.branches import RETURNED, Step, open_branches, steps
from zhibao.repo.commit_tree import CommitTree
from zhibao.repo.county_files import clock
from zhibao.repo.proposal_files import difference
from zhibao.repo.tree import documents
from zhibao.review.branch import Branch


@dataclass(frozen=True, slots=True)
class Returned:
    """An editor's word that a proposal is to be revised: by whom, when, why. It stands until the proposal changes.

    `by` is None where only the forge tells of it.
    """

    by: Actor | None
    moment: datetime | None
    reason: str
    words: str


@dataclass(frozen=True)
class OpenProposal:
    """A branch that is not merged. `steps` are its commits, the newest first; `touched` what it changes.

    `account`, `number`, `first_seen` (in the county's time) and `sent_back` are the word of a forge; empty where none vouches for it.
    """

    name: str
    head: str
    branch: Branch
    steps: tuple[Step, ...]
    touched: tuple[Touched, ...]
    total: int
    account: str = ""
    number: int = 0
    first_seen: datetime | None = None
    sent_back: Returned | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The items that it adds or changes, as they stand at its head."""
        return tuple(
            one.new
            for one in self.touched
            if one.new and one.area is Area.ITEM and Identity.parse(one.new.stem)
        )

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Their files."""
        return tuple(documents(CommitTree(self.branch.root, self.head), self.entries))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it to decide."""
        return not self.touched and not self.total

    @cached_property
    def proposer(self) -> Actor:
        """Who made it: the forge's word, else the signature of its first commit, which is a claim."""
        if self.account:
            today = clock(self.branch.registry.office.zone).date()
            return actor_on(self.branch.registry, today, account=self.account)
        first = self.steps[-1]
        return _actor(self.branch, first)

    @property
    def opened(self) -> datetime | None:
        """When the forge first saw it, else when its first commit was made, which is a claim; in the county's time."""
        return self.first_seen or (self.steps[-1].moment if self.steps else None)

    @property
    def revised(self) -> datetime | None:
        """When it first changed after an editor returned it last; None where none did, or nothing changed since."""
        later: datetime | None = None
        for step in self.steps:
            if step.word == RETURNED and _actor(self.branch, step).edits:
                return later
            later = step.moment
        return None

    @cached_property
    def returned(self) -> Returned | None:
        """The editor's word to revise it, unless something changed since."""
        if self.sent_back:
            return self.sent_back
        for number, step in enumerate(self.steps):
            if step.word == RETURNED:
                editor = _actor(self.branch, step)
                return Returned(editor, step.moment, step.reason, step.said) if editor.edits else None
            below = self.steps[number + 1] if number + 1 < len(self.steps) else None
            if below is None or step.tree != below.tree:
                return None
        return None


def open_proposals(branch: Branch) -> Iterator[OpenProposal]:
    """Every branch that has something to decide, by name."""
    office = branch.registry.office
    for name, head in sorted(open_branches(branch.root, branch.tip, office.branch).items()):
        found = proposal_at(branch, name, head)
        if not found.is_empty and found.steps:
            yield found


def proposal_at(branch: Branch, name: str, head: str, account: str = "") -> OpenProposal:
    """One proposal by its head (a full commit id), made by that account where a forge says so. Raises git.GitError."""
    found = difference(branch.root, branch.tip, head, MOST_OF_MAINTAINERS, branch.tree.listing)
    own = steps(branch.root, branch.tip, head, branch.registry.office.zone)
    return OpenProposal(name, head, branch, tuple(own), found.touched, found.total, account)


def _actor(branch: Branch, step: Step) -> Actor:
    """Who signed a commit, as the roster of that day knows them."""
    return actor_on(branch.registry, step.moment.date() if step.moment else date.min, signature=step.author)
