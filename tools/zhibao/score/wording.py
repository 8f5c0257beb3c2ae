"""Numbers as a sentence gives them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def number(value: Decimal) -> str:
    """Without needless zeros: `3`, `2.5`, `0`."""
    return format(value.normalize(), "f") if value else "0"


def percentage(share: Decimal) -> str:
    """A part of a whole: `50%`, `33.33%`."""
    return f"{number((share * 100).quantize(Decimal('0.01'), ROUND_HALF_UP))}%"


def percent(value: Decimal | None) -> str:
    """A ratio as a percentage with one place; a dash where there is none."""
    return "—" if value is None else f"{value * 100:.1f}%"
