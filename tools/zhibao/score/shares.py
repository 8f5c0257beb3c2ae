"""Dividing points so that the parts are exactly the whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

CENT = Decimal("0.01")
"""The smallest part of a point that is counted."""


def split(total: Decimal, weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """`total` points by `weights`, each part a multiple of 0.01, together exactly `total`.

    Largest remainder; the first (the lead unit) first where remainders are equal. A negative total is split as its
    amount. Raises ValueError where there are no weights, or none above zero.
    """
    whole = sum(weights, Decimal(0))
    if not weights or whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must not be negative, nor all zero")
    sign = Decimal(-1) if total < 0 else Decimal(1)
    exact = [abs(total) * weight / whole for weight in weights]
    parts = [part.quantize(CENT, ROUND_FLOOR) for part in exact]
    left = int((abs(total) - sum(parts, Decimal(0))) / CENT)
    order = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for number in order[:left]:
        parts[number] += CENT
    return tuple(sign * part for part in parts)


def shares(given: Sequence[Decimal | None], *, lead: bool) -> tuple[Decimal, ...]:
    """The share of each party, together 1; with `lead` one more, first, that has what the others leave.

    Equal where none is given. Parts that are not given beside given ones divide what is left.
    """
    count = len(given) + lead
    known = [share for share in given if share is not None]
    if not known:
        return tuple(Decimal(1) / count for _ in range(count))
    rest = max(Decimal(0), 1 - sum(known, Decimal(0)))
    open_parts = len(given) - len(known) + lead
    each = rest / open_parts if open_parts else Decimal(0)
    parts = tuple(each if share is None else share for share in given)
    return (each, *parts) if lead else parts
