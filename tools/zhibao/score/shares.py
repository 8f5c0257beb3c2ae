"""Dividing a whole into parts that add up to it exactly: largest remainder, the lead unit first."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

CENT = Decimal("0.01")
"""The smallest amount of points."""

_PLACES = 9  # of a weight; what is finer comes from sloppy data and decides nothing


def split(total: Decimal, weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Divide points by weight, to 0.01 point; the parts sum to `total`. See `apportion`."""
    return apportion(total, weights, CENT)


def apportion(total: Decimal, weights: Sequence[Decimal], step: Decimal) -> tuple[Decimal, ...]:
    """Divide `total` by weight into multiples of `step` that sum to it exactly.

    Each part is rounded towards zero, then what is left over goes, one step each, to the parts that lost
    most; on a tie the earlier one, which is the lead unit. A negative total gives the negative of the
    positive one's parts, so that a reversal cancels what it reverses. Weights count to nine places; where all
    are zero they count as equal. Raises ValueError where there are no weights, one is negative, or `total` is
    no multiple of `step`.
    """
    if not weights or min(weights) < 0:
        raise ValueError("weights must be given and not negative")
    steps = int((total / step).to_integral_value())
    if steps * step != total:
        raise ValueError(f"{total} is no multiple of {step}")
    scaled = [int(weight.scaleb(_PLACES).to_integral_value()) for weight in weights]
    if not any(scaled):
        scaled = [1] * len(scaled)
    whole, size = sum(scaled), abs(steps)
    parts = [size * weight // whole for weight in scaled]
    lost = sorted(range(len(scaled)), key=lambda place: (-(size * scaled[place] % whole), place))
    for place in lost[: size - sum(parts)]:
        parts[place] += 1
    sign = -1 if steps < 0 else 1
    return tuple(sign * part * step for part in parts)
