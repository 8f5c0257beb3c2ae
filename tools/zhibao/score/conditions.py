"""Whether a condition of the policy holds: of an item, and of one of its adoptions."""

from __future__ import annotations

from zhibao.model.county import County, Item
from zhibao.model.policy.terms import Media, When
from zhibao.model.submission import Adoption

_ENDINGS = {
    Media.PICTURE: (".jpg", ".jpeg", ".png", ".webp"),
    Media.AUDIO: (".mp3", ".m4a"),
    Media.VIDEO: (".mp4",),
}


def holds(when: When, item: Item, adoption: Adoption | None, county: County) -> bool:
    """Whether everything that the condition names is so; what it asks of an adoption is not so where there is none."""
    return _of_adoption(when, adoption, county) and _of_item(when, item, county)


def answers_commission(item: Item, county: County) -> bool:
    """Whether the item answers a commission that was asked of one of its units."""
    call = county.registry.call_by_id.get(item.submission.call or "")
    return call is not None and any(unit in call.to for unit in item.submission.units)


def _of_adoption(when: When, adoption: Adoption | None, county: County) -> bool:
    if not when.asks_adoption:
        return True
    if adoption is None:
        return False
    return (
        (not when.level or adoption.level in when.level)
        and (not when.form or adoption.form in when.form)
        and (not when.publication or _publication(adoption, county) in when.publication)
    )


def _publication(adoption: Adoption, county: County) -> str:
    """The publication without its issue."""
    found = county.registry.office.publication(adoption.publication)
    return found.name if found else adoption.publication


def _of_item(when: When, item: Item, county: County) -> bool:
    submission = item.submission
    if when.kind and submission.kind not in when.kind:
        return False
    if when.tag and not set(when.tag) & set(submission.tags):
        return False
    urgent = county.registry.office.is_urgent(submission.kind)
    return (
        when.urgent in (None, urgent)
        and when.joint in (None, bool(submission.joint))
        and (when.commission is None or when.commission is answers_commission(item, county))
        and (when.call is None or when.call is _answers_in_time(item, county))
        and (when.media is None or _has(when.media, submission.media))
    )


def _answers_in_time(item: Item, county: County) -> bool:
    call = county.registry.call_by_id.get(item.submission.call or "")
    return call is not None and call.is_open_on(item.submitted_on)


def _has(media: Media, paths: tuple[str, ...]) -> bool:
    if media is Media.ANY:
        return bool(paths)
    return any(path.lower().endswith(_ENDINGS[media]) for path in paths)
