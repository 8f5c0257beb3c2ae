"""The editors' queue: open proposals, pending and held items, with whose word each waits for, and since when.

Whoever owes the next word is never nagged for somebody else's: a returned proposal and one with errors wait for its proposer, all others
for the editors. A held item waits for nobody in particular: the editors have spoken, and may speak again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from zhibao.desk.open_proposals import OpenProposal
from zhibao.desk.waiting import Age, Owes, Stands, Waiting, age_of
from zhibao.model.actors import Capacity
from zhibao.model.areas import Area
from zhibao.model.county import County, Item
from zhibao.model.document import Document
from zhibao.model.finding import Finding
from zhibao.model.identity import Identity
from zhibao.model.permissions import LANDING
from zhibao.model.registry import Registry
from zhibao.model.resemblance import Resemblance
from zhibao.model.standing import Doubt, Standing, State
from zhibao.model.submission import Submission
from zhibao.model.understand import submission, tentative
from zhibao.review.base import Base, Overlaid
from zhibao.review.branch import Branch
from zhibao.review.proposal import review
from zhibao.review.undecided import may_be_open
from zhibao.score.quality import Quality, quality


@dataclass(frozen=True)
class Queue:
    """Everything that waits at `now`, the county's wall clock; the worst first."""

    waiting: tuple[Waiting, ...]
    around: County
    index: Overlaid

    @property
    def registry(self) -> Registry:
        """The branch's registry."""
        return self.around.registry

    @property
    def now(self) -> datetime:
        """The county's wall clock."""
        return self.around.now

    def of(self, owes: Owes) -> tuple[Waiting, ...]:
        """What waits for one side's word; held items wait for none."""
        return tuple(one for one in self.waiting if one.owes is owes and one.stands is not Stands.HELD)

    @property
    def held(self) -> tuple[Waiting, ...]:
        """The items that are held."""
        return tuple(one for one in self.waiting if one.stands is Stands.HELD)

    def age(self, waiting: Waiting) -> Age:
        """How long the word that is owed has been."""
        return age_of(waiting.since.date(), self.now, self.registry.calendar)

    def quality(self, waiting: Waiting) -> Quality | None:
        """The 质量分 of an item; None where there is no item that can be understood."""
        if waiting.item is None:
            return None
        return quality(waiting.item, self.around, self._resemblances(waiting.item))

    def similar(self, waiting: Waiting) -> list[tuple[str, float]]:
        """Earlier items, decided or proposed, that share much with it, and how much (0 to 1); not those that it says it is made from."""
        if waiting.item is None:
            return []
        written = waiting.item.submission
        own = {written.resubmits, *(source.id for source in written.sources)}
        return [(one.id, one.share) for one in self._resemblances(waiting.item) if one.id not in own]

    def _resemblances(self, item: Item) -> tuple[Resemblance, ...]:
        return self.index.resemblances(item.id, item.document.text)


def queue(branch: Branch, base: Base, proposals: Sequence[OpenProposal], now: datetime) -> Queue:
    """What waits on the branch and in these proposals against it. Raises git.GitError."""
    proposed = {entry.stem for one in proposals for entry in one.entries}
    around = branch.county(now, only=may_be_open(base) | proposed)
    found = [*_on_branch(around)]
    for proposal in proposals:
        found += _proposed(proposal, base, around)
    texts = {document.stem: document.text for one in proposals for document in one.documents}
    return Queue(tuple(sorted(found, key=lambda one: one.rank)), around, Overlaid(base.index, texts.items()))


def _on_branch(around: County) -> Iterator[Waiting]:
    """The items that stand there pending or held."""
    for item in around.items:
        where, arrived = item.standing, item.submission.arrived
        if where.state is State.PENDING and not item.is_withdrawn:
            yield _waiting(item, Stands.PENDING, arrived, around, doubt=where.doubt)
        elif where.state is State.HELD and where.day:
            since = datetime.combine(where.day, datetime.min.time())
            yield _waiting(item, Stands.HELD, since, around)


def _waiting(
    item: Item, stands: Stands, since: datetime, around: County, *, doubt: Doubt | None = None
) -> Waiting:
    written = item.submission
    return Waiting(
        item.id,
        stands,
        Owes.EDITOR,
        min(since, around.now),
        min(written.arrived, around.now),
        item.unit,
        written.title,
        written.kind,
        around.registry.office.is_urgent(written.kind),
        doubt=doubt,
        item=item,
    )


def _proposed(proposal: OpenProposal, base: Base, around: County) -> Iterator[Waiting]:
    """Each undecided item of a proposal; the proposal as a whole, where it is about something else."""
    now, errors = around.now, _errors(proposal, base, around.now)
    whole = Waiting(
        "",
        Stands.PROPOSED,
        _owes(proposal, errors),
        _since(proposal, errors, now),
        min(proposal.opened or now, now),
        _unit(proposal),
        _matter(proposal),
        proposal=proposal,
        returned=proposal.returned,
        errors=errors,
    )
    undecided = [document for document in proposal.documents if _is_undecided(document.stem, around)]
    yield from (_item_of(whole, document, around.registry) for document in undecided)
    if not undecided:
        yield whole


def _item_of(whole: Waiting, document: Document, registry: Registry) -> Waiting:
    """One item of a proposal; where it cannot be understood, as far as it can be."""
    read = submission(document)[0]
    written = read or tentative(document)[0]
    identity = Identity.parse(document.stem)
    kind = written.kind if written else ""
    return replace(
        whole,
        id=document.stem,
        unit=identity.unit if identity else whole.unit,
        title=written.title if written else "（读不懂）",
        kind=kind,
        urgent=registry.office.is_urgent(kind),
        item=_item(document, identity, read),
    )


def _item(document: Document, identity: Identity | None, read: Submission | None) -> Item | None:
    if identity is None or read is None:
        return None
    return Item(document.stem, identity, document, read, Standing(State.PENDING))


def _is_undecided(id_: str, around: County) -> bool:
    """Whether the branch has no decision on an item, or does not know it."""
    there = around.item(id_)
    return there is None or there.state in (State.PENDING, State.HELD)


def _errors(proposal: OpenProposal, base: Base, now: datetime) -> tuple[Finding, ...]:
    """What would keep it from being merged; its times are judged where a forge vouches for them."""
    report = review(
        proposal.branch.root,
        proposal.branch.tip,
        proposal.head,
        proposal.proposer.account,
        opened=proposal.first_seen,
        now=now,
        timed=proposal.first_seen is not None,
        known=base,
    )
    return report.findings[: report.errors]


def _owes(proposal: OpenProposal, errors: Sequence[Finding]) -> Owes:
    """Whose word is next: the proposer's where it was returned or has errors, else that of whoever may merge it."""
    mine = proposal.proposer.capacities
    if proposal.returned or errors:
        if Capacity.EDITOR in mine:
            return Owes.EDITOR
        return Owes.MAINTAINER if mine & LANDING else Owes.UNIT
    areas = {one.area for one in proposal.touched}
    return Owes.EDITOR if areas and areas <= {Area.ITEM, Area.MEDIA, Area.DESK} else Owes.MAINTAINER


def _since(proposal: OpenProposal, errors: Sequence[Finding], now: datetime) -> datetime:
    """When the word that is owed began to be: the return, the newest change, or the arrival (after a return, the answer to it)."""
    opened = proposal.opened or now
    said = proposal.returned
    if said:
        found = said.moment or opened
    elif errors:
        found = proposal.steps[0].moment or opened
    else:
        found = proposal.revised or opened
    return min(max(found, opened), now)


def _unit(proposal: OpenProposal) -> str:
    """The unit whose officer proposes it, where it is one's; else none."""
    return next(iter(sorted(proposal.proposer.units)), "")


def _matter(proposal: OpenProposal) -> str:
    """What a proposal is about that has no undecided item."""
    areas = dict.fromkeys(one.area.label for one in proposal.touched)
    number = proposal.total or len(proposal.touched)
    decided = f"已决定的信息 {len(proposal.entries)} 条" if proposal.entries else ""
    return decided or f"改动 {number} 个文件：{'、'.join(areas) or '太多，没有细看'}"
