"""What an edition may show of an item. Pages, search, feeds, data, similarity messages and the sitemap all ask here."""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum

from zhibao.model.county import Item
from zhibao.model.edition import Edition
from zhibao.model.office import Appears
from zhibao.model.registry import Registry
from zhibao.model.standing import State
from zhibao.model.submission import Audience


class Disclosure(IntEnum):
    """How much of an item an edition may show."""

    NOTHING = 0
    OUTCOME = 1
    """Its id, dates and what was decided; no word of its title or text."""
    WHOLE = 2


def disclosure(item: Item, edition: Edition, registry: Registry) -> Disclosure:
    """How much of `item` may stand in `edition`.

    The internal edition shows everything. Elsewhere nothing is shown of what the secrecy checks bar, and an item is shown whole only while it is adopted, not withdrawn and
    meant for that edition's readers; the open edition wants the clearance of the unit's supervisor or an editor besides, and an
    urgent item that of an editor in both. Where office.yml has it so (`appears: signed`), it has to stand in a signed issue as well. The network
    edition tells the outcome of the others, unless they are for the leaders, urgent or withdrawn.
    """
    if edition is Edition.INTERNAL:
        return Disclosure.WHOLE
    submission = item.submission
    if item.barred or item.is_withdrawn or submission.audience is Audience.LEADERS:
        return Disclosure.NOTHING
    if registry.office.is_urgent(submission.kind) and not _cleared(item, registry, by_supervisor=False):
        return Disclosure.NOTHING
    appears = item.state is State.ADOPTED and _has_appeared(item, registry)
    if edition is Edition.NETWORK:
        return Disclosure.WHOLE if appears else Disclosure.OUTCOME
    meant = submission.audience is Audience.OPEN and appears
    return Disclosure.WHOLE if meant and _cleared(item, registry, by_supervisor=True) else Disclosure.NOTHING


def published(item: Item, edition: Edition, registry: Registry) -> bool:
    """Whether an edition shows an item whole."""
    return disclosure(item, edition, registry) is Disclosure.WHOLE


def guarded(item: Item, registry: Registry) -> bool:
    """Whether the units' edition may say nothing of an item for what it is: for the leaders, urgent without clearance, or barred.

    Whether it was withdrawn does not matter here. Of such an item neither its title nor an editor's words go to anybody, its own unit included:
    what is sent to a unit goes through chats.
    """
    review = item.submission.review.model_copy(update={"withdrawn": None})
    standing = replace(item, submission=item.submission.model_copy(update={"review": review}))
    return disclosure(standing, Edition.NETWORK, registry) is Disclosure.NOTHING


def _has_appeared(item: Item, registry: Registry) -> bool:
    return registry.office.appears is Appears.MERGED or item.id in registry.issues_of


def _cleared(item: Item, registry: Registry, *, by_supervisor: bool) -> bool:
    """Whether somebody in post on that day, by name or account, gave the word: an editor, or the unit's supervisor."""
    clearance = item.submission.clearance
    if clearance is None:
        return False
    supervisor = registry.supervisor_on(item.unit, clearance.date)
    if by_supervisor and supervisor is not None and clearance.by in (supervisor.account, supervisor.name):
        return True
    return any(
        editor.decides and editor.serves_on(clearance.date) and clearance.by in (editor.account, editor.name)
        for editor in registry.editors
    )
