"""Where an item stands: the decision, whose it is and of which day, read from Git, or as written where Git cannot say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhibao.model.history import Arrival
from zhibao.model.registry import Registry
from zhibao.model.submission import Adoption, Decision, Submission


class State(StrEnum):
    """What became of an item. Pending: no decision of the office is known."""

    PENDING = "pending"
    HELD = "held"
    ADOPTED = "adopted"
    DECLINED = "declined"
    FILED = "filed"

    @property
    def label(self) -> str:
        """The Chinese word that a reader sees."""
        return {
            "pending": "待处理",
            "held": "留用",
            "adopted": "采用",
            "declined": "不采用",
            "filed": "备查",
        }[self.value]


class Doubt(StrEnum):
    """Why an item that stands in the tree has no decision."""

    NOT_ARRIVED = "not-arrived"
    NOT_MERGED = "not-merged"
    UNKNOWN_MERGER = "unknown-merger"
    NOT_EDITOR = "not-editor"
    UNSIGNED = "unsigned"


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of an item; `by` (an editor's account) and `day` are set unless it is pending."""

    state: State
    by: str | None = None
    day: date | None = None
    doubt: Doubt | None = None


def standing(submission: Submission, blob: str, arrival: Arrival | None, registry: Registry) -> Standing:
    """The standing of one item whose file is now `blob`.

    An item that a registered editor merged is adopted on that day unless its review says otherwise. A review with `by` and
    `date` counts as written. A decision without them counts only as the merge brought it in: a later change has to be
    signed, or its day would be a guess. (DESIGN.md, truth 2.)
    """
    review = submission.review
    signed = review.by is not None and review.date is not None
    if submission.imported:
        if signed:
            return _decided(review.decision, review.by, review.date)
        return Standing(State.PENDING, doubt=Doubt.UNSIGNED if review.decision else None)
    if arrival is None:
        return Standing(State.PENDING, doubt=Doubt.NOT_ARRIVED)
    if signed and review.by and review.date:
        editor = registry.editor(review.by)
        if editor is None or not (editor.decides and editor.serves_on(review.date)):
            return Standing(State.PENDING, doubt=Doubt.NOT_EDITOR)
        return _decided(review.decision, editor.account, review.date)
    if review.by or review.date or (review.decision and blob != arrival.blob):
        return Standing(State.PENDING, doubt=Doubt.UNSIGNED)
    return from_merge(review.decision, arrival, registry)


def adoptions(submission: Submission, where: Standing, registry: Registry) -> tuple[Adoption, ...]:
    """Every adoption of an item, by date and level; the county's own is implied where it is not written."""
    if where.state is not State.ADOPTED or where.day is None:
        return ()
    office = registry.office
    found = list(submission.review.adoptions)
    if not any(adoption.level == office.level for adoption in found):
        default = office.default
        found.append(
            Adoption(level=office.level, date=where.day, form=default.form, publication=default.publication)
        )
    unique = {adoption.event: adoption for adoption in reversed(found)}.values()
    return tuple(sorted(unique, key=lambda a: (a.date, office.level_rank(a.level), a.publication, a.form)))


def _decided(decision: Decision | None, by: str | None, day: date | None) -> Standing:
    return Standing(State((decision or Decision.ADOPTED).value), by, day)


def from_merge(decision: Decision | None, arrival: Arrival, registry: Registry) -> Standing:
    """The standing that a merge gives an item, with the decision that the merge itself brought in, if any."""
    if arrival.merged_by is None:
        return Standing(State.PENDING, doubt=Doubt.NOT_MERGED)
    day = arrival.moment.date()
    editor = registry.editor_known_as(arrival.merged_by)
    if editor is None:
        return Standing(State.PENDING, doubt=Doubt.UNKNOWN_MERGER)
    if not (editor.decides and editor.serves_on(day)):
        return Standing(State.PENDING, doubt=Doubt.NOT_EDITOR)
    return _decided(decision, editor.account, day)
