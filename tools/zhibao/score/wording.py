"""Numbers as a sentence gives them, and ratios as figures keep them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_FOUR = Decimal("0.0001")


def number(value: Decimal) -> str:
    """Without needless zeros: `3`, `2.5`, `0`."""
    return format(value.normalize(), "f") if value else "0"


def percentage(share: Decimal) -> str:
    """A part of a whole: `50%`, `33.33%`."""
    return f"{number((share * 100).quantize(Decimal('0.01'), ROUND_HALF_UP))}%"


def ratio(part: Decimal | int, whole: Decimal | int | None) -> Decimal | None:
    """`part` ÷ `whole` to four places, half up; None where there is nothing to divide by."""
    return (Decimal(part) / Decimal(whole)).quantize(_FOUR, ROUND_HALF_UP) if whole else None
