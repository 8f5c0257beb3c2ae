"""What holds for every county: order and repetition change nothing, and every figure is a sum of lines."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from score_county import RULES, adopted, build, item, signed
from score_documents import IDS, SHARES, documents, part

from zhibao.model.document import Document
from zhibao.model.period import Period
from zhibao.score.ledger import ledger, line_sums, lines_of
from zhibao.score.ranking import ranks
from zhibao.score.statistics import statistics

STEADY = settings(derandomize=True, deadline=None, max_examples=60)
PERIODS = [Period.parse(text) for text in ("2026", "2026-Q1", "2026-Q2", "2026-Q3", "2026-02", "2026-06")]


@STEADY
@given(documents(), st.randoms(use_true_random=False))
def test_the_order_of_the_files_does_not_matter(found: list[Document], chance: random.Random) -> None:
    county = build(found)
    shuffled = list(found)
    chance.shuffle(shuffled)
    again = build(shuffled)
    assert ledger(county) == ledger(again) == ledger(county)
    assert all(statistics(county, period) == statistics(again, period) for period in PERIODS)


@STEADY
@given(documents())
def test_the_ledger_is_the_items_lines(found: list[Document]) -> None:
    county = build(found)
    lines = ledger(county)
    apart = [line for one in county.items for line in lines_of(one, county)]
    assert sorted(apart, key=lambda line: (line.date, line.item)) == list(lines)
    assert [(line.date, line.item) for line in lines] == sorted((line.date, line.item) for line in lines)
    assert all(line.period == str(Period.quarter_of(line.date)) for line in lines)
    assert len(
        {(line.item, line.unit, line.rule, line.date, line.level, line.form, line.why) for line in lines}
    ) == len(lines)


@STEADY
@given(documents())
def test_recording_twice_adds_nothing(found: list[Document]) -> None:
    twice = [_doubled(document) for document in found]
    assert ledger(build(twice)) == ledger(build(found))


@STEADY
@given(documents(), st.sampled_from(PERIODS))
def test_every_points_figure_is_a_sum_of_lines(found: list[Document], period: Period) -> None:
    county = build(found)
    sums = line_sums(ledger(county), period.start, period.end)
    figures = statistics(county, period)
    assert {f.unit: f.points for f in figures.units if f.points} == {u: p for u, p in sums.items() if p}
    assert figures.totals.points == sum(f.points for f in figures.units) == sum(sums.values())
    assert figures.office.points == 0
    assert figures == statistics(county, period, lines=ledger(county))


@STEADY
@given(documents())
def test_nobody_is_paid_more_than_there_is(found: list[Document]) -> None:
    county = build(found)
    most = {one.id: sum(_table(a.level, a.form) for a in one.adoptions) for one in county.items}
    paid = {
        one.id: sum(line.points for line in lines_of(one, county) if line.rule != "批示加分")
        for one in county.items
    }
    assert all(0 <= paid[id_] <= most[id_] for id_ in paid)


@STEADY
@given(st.lists(SHARES, min_size=1, max_size=3), st.sampled_from(["单篇", "单条", "综合"]))
def test_joint_shares_and_points_are_the_whole(shares: list[Decimal | None], form: str) -> None:
    joint = [part("unit", unit, share) for unit, share in zip(IDS[1:], shares, strict=False)]
    review = signed("2026-07-02", adoptions=[adopted("县", "2026-07-02", form)])
    county = build([item("20260701-0900-daba", **{"with": joint}, review=review)])
    lines = ledger(county)
    assert sum(line.share for line in lines) == 1
    assert sum(line.points for line in lines) == _table("县", form)
    assert [line.unit for line in lines] == ["daba", *IDS[1 : len(shares) + 1]]


@STEADY
@given(
    st.dictionaries(st.text(min_size=1, max_size=3), st.decimals(-50, 50, places=1), max_size=9),
    st.none() | st.integers(0, 9),
)
def test_ranks_are_one_more_than_those_ahead(points: dict[str, Decimal], first: int | None) -> None:
    found = ranks(points, first)
    if not any(points.values()):
        assert found == {}
        return
    for unit, value in points.items():
        place = 1 + sum(other > value for other in points.values())
        assert found.get(unit) == (place if first is None or place <= first else None)


@STEADY
@given(documents())
def test_quarters_make_the_year(found: list[Document]) -> None:
    county = build(found)
    year = Period.parse("2026")
    quarters = [statistics(county, quarter).totals for quarter in year.quarters()]
    whole = statistics(county, year).totals
    for name in ("submitted", "undecided", "adopted", "sent_up", "instructions", "points"):
        assert getattr(whole, name) == sum(getattr(quarter, name) for quarter in quarters), name


def _table(level: str, form: str) -> Decimal:
    return Decimal(RULES["adoption"].get(level, {}).get(form, 0))


def _doubled(document: Document) -> Document:
    values: Any = dict(document.values)  # type: ignore[arg-type]
    review = dict(values["review"])
    for key in ("adoptions", "instructions"):
        if key in review:
            twice: Sequence[Any] = [*review[key], *review[key]]
            review[key] = twice
    return Document(
        path=document.path, values=values | {"review": review}, body=document.body, blob=document.blob
    )
