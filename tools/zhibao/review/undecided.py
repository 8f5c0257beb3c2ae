"""Which items of the branch may still be open, told from their raw text: understanding ten thousand of them takes seconds.

It errs to one side only: an item of which it is not certain that it was decided is named, and then understood like any other.
"""

from __future__ import annotations

import re
from datetime import date

from zhibao.model.history import Arrival
from zhibao.model.registry import Registry
from zhibao.model.standing import State, from_merge
from zhibao.review.base import Base

_FENCE = "\n---\n"
_ODD = ("\\", "\r", "\n---")
"""Signs of a front matter that may say more than it seems to."""
_REVIEW = "\nreview:\n"
_SIGNED = re.compile(
    r"  decision: (?:adopted|declined|filed)\n  by: ([A-Za-z0-9._-]+)\n  date: (\d{4}-\d{2}-\d{2})\n",
    re.ASCII,
)
"""How the editors' commands begin a review that ends the matter."""
_LATER_KEYS = r"(?:adoptions|instructions|quality|reason|withdrawn):"
_UNSIGNED = re.compile(rf"  {_LATER_KEYS}[^\n]*\n(?:(?: {{3,}}|  - |  {_LATER_KEYS})[^\n]*\n)*", re.ASCII)
"""A whole review that decides nothing: what was added to an item that its merge adopted."""
_IMPORTED = "\nimported: true\n"


def may_be_open(base: Base) -> set[str]:
    """The ids of every item that is pending or held, and of some that are not."""
    registry, arrivals = base.registry.registry, base.history.arrivals
    return {id_ for id_, text in base.texts.items() if not _is_decided(text, arrivals.get(id_), registry)}


def _is_decided(text: str, arrival: Arrival | None, registry: Registry) -> bool:
    """Whether it is certain from the text that the item is adopted, declined or filed, or no item at all."""
    head, fence, _ = text.partition(_FENCE)
    if not (fence and text.startswith("---\n")) or any(sign in head for sign in _ODD):
        return False
    above, key, review = (head + "\n").partition(_REVIEW)
    above += "\n"
    if "review" in above or "imported" in above.replace(_IMPORTED, "\n") or "imported" in review:
        return False
    signed = _SIGNED.match(review)
    if signed and _IMPORTED in above:
        return True
    if arrival is None or _IMPORTED in above:
        return False
    if signed:
        return _decides(signed[1], signed[2], registry)
    if key and not _UNSIGNED.fullmatch(review):
        return False
    return from_merge(None, arrival, registry).state is State.ADOPTED


def _decides(account: str, day: str, registry: Registry) -> bool:
    editor = registry.editor(account)
    try:
        return editor is not None and editor.decides and editor.serves_on(date.fromisoformat(day))
    except ValueError:
        return False
