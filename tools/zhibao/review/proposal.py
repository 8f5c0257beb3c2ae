"""Review a proposal against its base: what it adds that is wrong, who may do it, and what its items are worth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from zhibao.check.proposal import check_proposal, limit_of
from zhibao.check.registry import check_registry
from zhibao.check.registry_subject import RegistrySubject
from zhibao.check.run import check
from zhibao.check.secrecy import barred
from zhibao.model.actors import Actor
from zhibao.model.areas import Area
from zhibao.model.county import County, Item, county
from zhibao.model.document import Document
from zhibao.model.edition import Edition
from zhibao.model.finding import Finding, Severity
from zhibao.model.permissions import Change
from zhibao.model.proposal import ItemChange
from zhibao.model.published import published
from zhibao.model.resemblance import Resemblance
from zhibao.model.understand import submission
from zhibao.repo.registry_files import RegistryError, RegistryReading
from zhibao.review.base import Base
from zhibao.review.examine import subject_of
from zhibao.review.proposal_reading import ProposalReading, read_proposal
from zhibao.review.worth import Worth, worth

MERGED_LATER = "standing-clear"
"""The check that says an item is not merged yet: of a proposed one that is no news."""


@dataclass(frozen=True)
class Report:
    """What is said of a proposal. `findings` are only what it adds, the worst first; `worths` the items it adds or changes.

    `base` and `head` are full commit ids; `total` counts the changed paths.
    """

    actor: Actor
    base: str
    head: str
    now: datetime
    total: int
    findings: tuple[Finding, ...]
    items: tuple[ItemChange, ...] = ()
    worths: tuple[Worth, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings stop the merge."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)


def review(
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
) -> Report:
    """Review what the revision `head` changes against `base`, proposed by `account`.

    `opened` is when the forge first saw the proposal (with its zone, or in the county's time) and `now` the moment of this review; without `opened`, times are
    the proposer's own claim. `seen` is a head of the same proposal that was reviewed before: what stands there is not judged again. Not `timed`: when it
    arrived was judged when it came, and is left alone. `known` is what was read of that base already, where many proposals are looked at.
    Raises git.GitError, and RegistryError where the base's registry cannot be used.
    """
    reading = read_proposal(
        root, base, head, account, opened=opened, now=now, seen=seen, timed=timed, known=known
    )
    proposal = reading.proposal
    found = [*check_proposal(proposal)]
    worths: list[Worth] = []
    if proposal.total <= limit_of(proposal):
        after = _county(reading, "after")
        found += _item_findings(reading, after)
        found += _registry_findings(reading)
        worths += _worths(reading, after)
    ordered = sorted(set(found), key=lambda f: (f.severity.rank, f.path, f.line, f.column, f.code, f.message))
    return Report(
        proposal.actor,
        reading.base,
        reading.head,
        proposal.now,
        proposal.total,
        tuple(ordered),
        proposal.items,
        tuple(worths),
    )


def _item_findings(reading: ProposalReading, after: County) -> list[Finding]:
    changed = any(change.before for change in reading.proposal.items)
    before = (
        _county(reading, "before") if changed else after
    )  # of nothing but new items nothing was there before
    found: list[Finding] = []
    for change in reading.proposal.items:
        if change.after is None:
            continue
        old = {_said(one) for one in _checked(change.before, before, reading)} if change.before else set()
        for finding in _checked(change.after, after, reading):
            merged_later = finding.code == MERGED_LATER and change.change is Change.ADD
            if _said(finding) not in old and not merged_later:
                found.append(finding)
    return found


def _said(finding: Finding) -> tuple[str, Severity, str]:
    return finding.code, finding.severity, finding.message


def _checked(document: Document, around: County, reading: ProposalReading) -> Iterable[Finding]:
    return check(subject_of(document, around, _similar(reading)))


def _similar(reading: ProposalReading) -> Callable[[Document], Sequence[Resemblance]]:
    index = reading.index
    return lambda document: index.resemblances(document.stem, document.text)


def _county(reading: ProposalReading, side: str) -> County:
    """The base's county as far as this actor may read it, with the proposal's items as they were, or as they would be."""
    changed = {change.id: getattr(change, side) for change in reading.proposal.items}
    around = [document for document in reading.around if document.stem not in changed]
    documents = [*around, *(document for document in changed.values() if document)]
    whole = county(
        reading.proposal.registry,
        [(document, submission(document)[0]) for document in documents],
        reading.history_around,
        reading.proposal.now,
    )
    paths = reading.paths if side == "before" else reading.paths_after
    own = changed.keys()
    kept = tuple(
        item for item in whole.items if item.id in own or may_read(reading.proposal.actor, item, whole)
    )
    return replace(whole, items=kept, paths=paths)


def may_read(actor: Actor, item: Item, around: County) -> bool:
    """Whether a report to this actor may name an item: an editor's all, one's own unit's, and what the network edition shows."""
    if (
        actor.edits
        or actor.units & set(item.submission.units)
        or actor.supervises & set(item.submission.units)
    ):
        return True
    closed = barred(subject_of(item.document, around, lambda document: ()))
    return published(replace(item, barred=closed), Edition.NETWORK, around.registry)


def _registry_findings(reading: ProposalReading) -> list[Finding]:
    """What a proposal that changes the registry adds to what is wrong with it: read from the head, as data."""
    areas = {touched.area for touched in reading.proposal.touched}
    if not areas & {Area.REGISTRY, Area.DESK}:
        return []
    old = {(f.path, f.code, f.message) for f in _on_registry(reading, reading.registry)}
    try:
        new = _on_registry(reading, reading.registry_after())
    except RegistryError as error:
        new = list(error.findings)
    return [finding for finding in new if (finding.path, finding.code, finding.message) not in old]


def _on_registry(reading: ProposalReading, registry: RegistryReading) -> list[Finding]:
    subject = RegistrySubject(registry.registry, registry.documents, reading.history, registry.rules)
    return list(check_registry(subject))


def _worths(reading: ProposalReading, around: County) -> Iterable[Worth]:
    changed: Mapping[str, ItemChange] = {
        change.id: change for change in reading.proposal.items if change.after
    }
    for id_ in sorted(changed):
        item = around.item(id_)
        if item and item.document.path == changed[id_].path:
            yield worth(item, around, _similar(reading)(item.document), reading.proposal.actor)
