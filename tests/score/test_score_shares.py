"""Splitting points: exact, fair to 0.01, the lead unit first."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhibao.score.shares import CENT, apportion, split

STEADY = settings(derandomize=True, deadline=None, max_examples=100)
D = Decimal
TOTALS = st.decimals(-10_000, 10_000, places=2)
WEIGHTS = st.lists(st.decimals(0, 1, places=4), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        ("6", ["0.5", "0.5"], ["3", "3"]),
        # 10 ÷ 3 = 3.33 each, 0.01 left: equal remainders, so it goes to the lead.
        ("10", ["1", "1", "1"], ["3.34", "3.33", "3.33"]),
        # 5 ÷ 6 = 0.8333… each, 0.02 left: to the first two.
        ("5", ["1"] * 6, ["0.84", "0.84", "0.83", "0.83", "0.83", "0.83"]),
        # 0.05 × 0.7 = 0.035 and 0.05 × 0.3 = 0.015: floors 0.03 + 0.01, one cent left, remainders equal.
        ("0.05", ["0.7", "0.3"], ["0.04", "0.01"]),
        # 0.01 × 0.4 and × 0.6: the larger remainder wins over the lead.
        ("0.01", ["0.4", "0.6"], ["0", "0.01"]),
        ("-10", ["1", "1", "1"], ["-3.34", "-3.33", "-3.33"]),
        ("0", ["1", "2"], ["0", "0"]),
        ("3", ["0", "1"], ["0", "3"]),
        # Sloppy shares that are all nothing count as equal.
        ("3", ["0", "0"], ["1.5", "1.5"]),
        ("4", ["1E-99999", "1E-99999"], ["2", "2"]),
    ],
)
def test_known_splits(total: str, weights: list[str], parts: list[str]) -> None:
    assert split(D(total), [D(weight) for weight in weights]) == tuple(D(part) for part in parts)


@pytest.mark.parametrize(("total", "weights"), [("1", []), ("1", ["-0.1", "1"]), ("0.001", ["1"])])
def test_what_cannot_be_split(total: str, weights: list[str]) -> None:
    with pytest.raises(ValueError):
        split(D(total), [D(weight) for weight in weights])


@STEADY
@given(TOTALS, WEIGHTS)
def test_parts_are_the_whole(total: Decimal, weights: list[Decimal]) -> None:
    parts = split(total, weights)
    assert sum(parts) == total
    assert all(part == part.quantize(CENT) for part in parts)


@STEADY
@given(TOTALS, WEIGHTS.filter(any))
def test_no_part_is_a_cent_off(total: Decimal, weights: list[Decimal]) -> None:
    whole = sum(weights)
    for part, weight in zip(split(total, weights), weights, strict=True):
        assert abs(part - total * weight / whole) < CENT + D("1e-9")


@STEADY
@given(TOTALS, WEIGHTS)
def test_a_reversal_cancels(total: Decimal, weights: list[Decimal]) -> None:
    assert all(a + b == 0 for a, b in zip(split(total, weights), split(-total, weights), strict=True))


@STEADY
@given(TOTALS.filter(lambda total: total >= 0), WEIGHTS)
def test_more_weight_is_never_less(total: Decimal, weights: list[Decimal]) -> None:
    found = sorted(zip(weights, split(total, weights), strict=True), key=lambda pair: pair[0])
    for (light, less), (heavy, more) in pairwise(found):
        assert less <= more or light == heavy


@STEADY
@given(WEIGHTS)
def test_shares_make_one(weights: list[Decimal]) -> None:
    assert sum(apportion(D(1), weights, D("0.0001"))) == 1
