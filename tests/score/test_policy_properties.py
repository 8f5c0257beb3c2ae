"""What holds under every policy: order does not matter, sums are sums of lines, caps never raise, nothing that is past changes."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from score_county import RULES, UNITS, build, quota, registry, unit
from score_documents import documents

from zhibao.model.document import Document
from zhibao.model.period import Period
from zhibao.score.ledger import ledger, line_sums
from zhibao.score.line import CAP
from zhibao.score.statistics import statistics

STEADY = settings(derandomize=True, deadline=None, max_examples=40)
HALF = "20260701"
POINTS = st.integers(0, 40).map(lambda half: Decimal(half) / 2)
LEVELS = st.sampled_from(["县", "州", "省"])
FORMS = st.sampled_from(["单篇", "单条", "综合"])
COUNTING = st.sampled_from(["cumulative", "highest", "first"])
SPANS = st.sampled_from(["month", "quarter", "year"])
JOINTS = st.sampled_from(
    ["split", "equal", "full", {"by": "lead", "lead": 70}, {"by": "fixed", "points": {"县": 2, "州": 3}}]
)


@st.composite
def policies(draw: st.DrawFn) -> dict[str, Any]:
    """Rules with some terms of every kind."""
    cap = st.fixed_dictionaries(
        {"per": SPANS | st.just("item"), "most": POINTS},
        optional={"level": LEVELS, "form": FORMS, "kind": st.just("动态")},
    )
    special = st.fixed_dictionaries(
        {"points": POINTS}, optional={"level": LEVELS, "form": FORMS, "joint": st.booleans()}
    )
    bonus = st.fixed_dictionaries(
        {"name": st.sampled_from(["甲", "乙"]), "points": POINTS},
        optional={"level": LEVELS, "per": st.sampled_from(["item", "adoption"])},
    )
    terms = {
        "special": st.lists(special, max_size=2),
        "several": st.fixed_dictionaries({"levels": COUNTING, "publications": COUNTING}),
        "joint": JOINTS,
        "sources": st.fixed_dictionaries({}, optional={"office": st.integers(0, 100), "full": FORMS}),
        "instruction": st.dictionaries(LEVELS, POINTS | st.lists(POINTS, min_size=1, max_size=3), max_size=2),
        "bonus": st.lists(bonus, max_size=2),
        "decision": st.dictionaries(st.sampled_from(["held", "declined", "filed"]), POINTS, max_size=2),
        "caps": st.lists(cap, max_size=3),
        "base": st.none() | st.fixed_dictionaries({"points": POINTS, "per": SPANS}),
        "shortfall": st.lists(st.fixed_dictionaries({"per": SPANS, "each": POINTS}), max_size=1),
        "low_rate": st.none()
        | st.fixed_dictionaries({"per": SPANS, "under": st.integers(0, 100), "deduct": POINTS}),
        "count_by": st.sampled_from(["date", "heard"]),
        "ranked_by": st.sampled_from(["points", "average"]),
        "adoption_rate": st.sampled_from(["period", "cohort"]),
    }
    drawn = draw(st.fixed_dictionaries({}, optional=terms))
    return RULES | drawn


def known(policy: Mapping[str, Any]) -> Any:
    return registry(units=[unit(*one, quota=quota(6, 20)) for one in UNITS], rules=[dict(policy)])


@STEADY
@given(policies(), documents(), st.randoms(use_true_random=False))
def test_the_order_of_the_files_does_not_matter(
    policy: dict[str, Any], found: list[Document], chance: random.Random
) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert ledger(build(shuffled, known(policy))) == ledger(build(found, known(policy)))


@STEADY
@given(policies(), documents())
def test_a_line_has_one_name_and_two_places(policy: dict[str, Any], found: list[Document]) -> None:
    lines = ledger(build(found, known(policy)))
    assert len({line.key for line in lines}) == len(lines)
    for line in lines:
        assert line.points == line.points.quantize(Decimal("0.01"))
        assert line.period == str(Period.quarter_of(line.date))
        assert line.why
    assert list(lines) == sorted(lines, key=lambda line: (line.date, line.item))


@STEADY
@given(policies(), documents())
def test_totals_are_sums_of_lines(policy: dict[str, Any], found: list[Document]) -> None:
    county = build(found, known(policy))
    lines = ledger(county)
    for text in ("2026", "2026-Q1", "2026-Q4", "2026-05"):
        period = Period.parse(text)
        sums = line_sums(lines, period.start, period.end)
        figures = statistics(county, period, lines=lines)
        assert {f.unit: f.points for f in (*figures.units, figures.office) if f.points} == {
            unit: value for unit, value in sums.items() if value
        }
        assert figures.totals.points + figures.office.points == sum(sums.values())


@STEADY
@given(policies(), documents())
def test_caps_never_raise_and_bound_what_they_name(policy: dict[str, Any], found: list[Document]) -> None:
    free = {key: value for key, value in policy.items() if key != "caps"}
    with_caps, without = (ledger(build(found, known(one))) for one in (policy, free))
    assert all(line.points < 0 for line in with_caps if line.rule == CAP)
    # a cap may only lower what a base or a percentage is computed from, too
    capped, uncapped = line_sums(with_caps), line_sums(without)
    assert all(capped.get(unit, Decimal(0)) <= value for unit, value in uncapped.items())
    for cap in policy.get("caps", []):
        if set(cap) == {"per", "most"} and cap["per"] == "year":
            earned = [line for line in with_caps if line.item]
            assert all(value <= cap["most"] for value in line_sums(earned).values())


@STEADY
@given(policies(), documents())
def test_what_comes_later_does_not_change_what_was_earned(
    policy: dict[str, Any], found: list[Document]
) -> None:
    """Items that come, and are used, in the second half of the year leave every line of the first half as it was."""
    alone = [one for one in found if not one.get("sources")]
    early = [one for one in alone if one.stem < HALF]
    later = [one for one in alone if one.stem >= HALF and _days(one) >= "2026-07-01"]
    # rates and quotas of a year are settled at its end, a cohort's rate when the last of it is decided
    steady = {key: value for key, value in policy.items() if key not in ("shortfall", "low_rate", "base")}
    before, after = (ledger(build(some, known(steady))) for some in (early, [*early, *later]))
    assert [line for line in after if str(line.date) < "2026-07-01"] == [
        line for line in before if str(line.date) < "2026-07-01"
    ]


def _days(document: Document) -> str:
    """The earliest day on which anything happened to an item."""
    review: Any = document.get("review") or {}
    used = [*review.get("adoptions", ()), *review.get("instructions", ())]
    return min([str(one["date"]) for one in used] + [str(review.get("date", "2026-07-01"))])


@STEADY
@given(documents())
def test_the_part_of_the_office_and_the_sources_is_the_whole(found: list[Document]) -> None:
    """With every source known, paid and undivided, the office's part and the units' make up the item's points."""
    policy = RULES | {"sources": {"office": 35}, "adoption": {"县": 7, "州": 7, "省": 7}}
    county = build(found, known(policy))
    for item in county.items:
        lines = [line for line in ledger(county) if line.item == item.id and line.rule == "来源分成"]
        for event in {line.event for line in lines}:
            assert sum(line.points for line in lines if line.event == event) <= 7
            own = [line.points for line in lines if line.event == event and line.unit == "office"]
            assert own == [Decimal("2.45")]


@STEADY
@given(policies(), documents())
def test_a_withdrawn_item_leaves_nothing(policy: dict[str, Any], found: list[Document]) -> None:
    county = build(found, known(policy))
    gone = {item.id for item in county.items if item.is_withdrawn}
    assert not any(line.item in gone for line in ledger(county))
