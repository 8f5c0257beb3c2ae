"""The figures of a period, worked out by hand for a small county."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from score_county import RULES, UNITS, adopted, build, item, quota, registry, signed, unit

from zhibao.model.county import County
from zhibao.model.period import Period
from zhibao.score.figures import QuotaShare, UnitFigures
from zhibao.score.ledger import ledger, line_sums
from zhibao.score.statistics import statistics, trail, trails

D = Decimal
Q2, Q3, Q4 = (Period.parse(f"2026-Q{n}") for n in (2, 3, 4))
LUNCH = {
    "id": "lunch",
    "title": "午餐",
    "level": "县",
    "from": "2026-07-01",
    "due": "2026-09-15",
    "to": ["jiaoyu", "shuiwu", "daba"],
}


@pytest.fixture
def played() -> County:
    """A third quarter.

    daba   a: adopted 07-02, prefecture single 07-20 (8), instruction county (5)      → 3 + 8 + 5 = 16
           b: joint with shuiwu half and half, adopted 07-06                         → 1.50
           c: declined for 要素不全 · d: pending
    nandu  e: submitted in June, adopted 07-03 in the upward 专报, 单篇 (5)           → 5
           f: held · g: adopted 09-30 and withdrawn                                 → 0
    shuiwu half of b (1.50); h: adopted only in October                              → 1.50
    jiaoyu i: answers the commission in time, adopted 09-16, standalone 5             → 5
    office j: digest of a and f, adopted 09-20, 综合 2: half each                     → daba 1, nandu 1
    """
    told = [{"level": "县", "date": "2026-08-01", "by": "县长"}]
    gone = {"date": "2026-10-20", "reason": "不实"}
    units = [unit(*one, quota=quota(8, 40)) for one in UNITS]
    return build(
        [
            item(
                "20260701-0900-daba",
                review=signed("2026-07-02", adoptions=[adopted("州", "2026-07-20")], instructions=told),
            ),
            item("20260705-0900-daba", **{"with": [{"unit": "shuiwu"}]}, call="lunch"),
            item(
                "20260706-0900-daba",
                kind="经验",
                review=signed("2026-07-07", decision="declined", reason={"code": "要素不全"}),
            ),
            item("20260707-0900-daba", review={}),
            item(
                "20260629-0900-nandu",
                review=signed(
                    "2026-07-03", adoptions=[adopted("县", "2026-07-03", "单篇", "试验专报 第3期")]
                ),
            ),
            item(
                "20260801-0900-nandu",
                review=signed("2026-08-02", decision="held", reason={"code": "留作综合"}),
            ),
            item("20260929-0900-nandu", review=signed("2026-09-30", withdrawn=gone)),
            item("20260930-0900-shuiwu", call="lunch", review=signed("2026-10-09")),
            item(
                "20260915-1800-jiaoyu",
                call="lunch",
                review=signed("2026-09-16", adoptions=[adopted("县", "2026-09-16", "单篇")]),
            ),
            item(
                "20260920-0900-office",
                sources=[{"id": "20260701-0900-daba"}, {"id": "20260801-0900-nandu"}],
                review=signed("2026-09-20", adoptions=[adopted("县", "2026-09-20", "综合")]),
            ),
        ],
        registry(units=units, calls=[LUNCH]),
    )


def of(county: County, id_: str, period: Period = Q3, **more: Any) -> UnitFigures:
    found = statistics(county, period, **more).unit(id_)
    assert found is not None
    return found


def test_a_busy_unit(played: County) -> None:
    daba = of(
        played,
        "daba",
        qualities={"20260701-0900-daba": D(90), "20260706-0900-daba": D("50.01"), "20260707-0900-daba": D(0)},
    )
    assert daba == UnitFigures(
        unit="daba",
        name="大坝镇",
        group="乡镇",
        quota=QuotaShare(D(2), D(10)),  # 8 and 40 a year, a quarter of it
        submitted=3,
        undecided=1,
        adopted=2,
        completion=D("1.5"),
        adoption_rate=D("0.6667"),
        cohort_rate=D("0.6667"),
        sent_up=1,
        adopted_above={"州": 1, "省": 0},
        instructions=1,
        commissions_done=1,
        commissions_due=1,
        quality=D("70.01"),  # (90 + 50.01) ÷ 2 = 70.005, half up; the undecided one is not in it
        points=D("18.50"),
        average=D("9.25"),  # 18.50 ÷ 2
        rank=1,
        change_points=D("18.50"),
        change_rank=None,
        reasons={"要素不全": 1},
        by_kind={"动态": (2, 2), "经验": (1, 0)},
    )


def test_adoptions_of_what_came_before_and_what_was_withdrawn(played: County) -> None:
    nandu = of(played, "nandu")
    # submitted: the held one and the withdrawn one; adopted: the one of June
    assert (nandu.submitted, nandu.adopted, nandu.adoption_rate, nandu.cohort_rate) == (2, 1, D("0.5"), D(0))
    assert (nandu.sent_up, nandu.points, nandu.rank, nandu.reasons) == (1, D(6), 2, {"留作综合": 1})
    june = of(played, "nandu", Q2)
    assert (june.submitted, june.adopted, june.cohort_rate, june.adoption_rate) == (1, 0, D(1), D(0))


def test_commissions(played: County) -> None:
    due = {
        id_: (of(played, id_).commissions_done, of(played, id_).commissions_due)
        for id_ in ("daba", "shuiwu", "jiaoyu", "nandu")
    }
    # shuiwu is in time through the joint item, though its own came late
    assert due == {"daba": (1, 1), "shuiwu": (1, 1), "jiaoyu": (1, 1), "nandu": (0, 0)}
    assert of(played, "daba", Period.parse("2026-08")).commissions_due == 0


def test_a_commission_answered_late_or_by_an_undecided_item() -> None:
    late = item("20260916-0000-shuiwu", call="lunch")
    waiting = item("20260915-2359-jiaoyu", call="lunch", review={})
    county = build([late, waiting], registry(calls=[LUNCH]))
    assert (of(county, "shuiwu").commissions_done, of(county, "jiaoyu").commissions_done) == (0, 1)


def test_counts_are_the_leads_and_points_everybodys(played: County) -> None:
    shuiwu = of(played, "shuiwu")
    assert (shuiwu.submitted, shuiwu.adopted, shuiwu.points) == (1, 0, D("1.50"))
    assert shuiwu.cohort_rate == 1  # adopted in October
    autumn = of(played, "shuiwu", Q4)
    assert (autumn.submitted, autumn.adopted, autumn.adoption_rate, autumn.points) == (0, 1, None, D(3))
    assert (autumn.change_points, autumn.rank, autumn.change_rank) == (
        D("1.50"),
        1,
        1,
    )  # 2nd behind jiaoyu before


def test_the_whole(played: County) -> None:
    found = statistics(played, Q3)
    assert [(group, [f.unit for f in members]) for group, members in found.groups] == [
        ("乡镇", ["daba", "nandu"]),
        ("部门", ["jiaoyu", "shuiwu"]),
    ]
    total = found.totals
    assert (total.submitted, total.undecided, total.adopted, total.points) == (7, 1, 4, D("31.00"))
    assert total.completion == D("0.875")  # 7 of 8
    assert found.by_kind == {"动态": (6, 4), "经验": (1, 0)}
    # county: a, b, e, i; the prefecture's one
    assert found.by_level == {"县": 4, "州": 1, "省": 0}
    assert (found.office.unit, found.office.submitted, found.office.adopted, found.office.points) == (
        "office",
        1,
        1,
        0,
    )
    assert found.office.rank is None
    assert (found.zero_reports, found.zero_adoptions) == ((), ("shuiwu",))
    assert all(name and formula for name, formula in found.definitions)


def test_months_and_years_add_up(played: County) -> None:
    year = statistics(played, Period.parse("2026"))
    months = [statistics(played, Period(2026, month, 1)) for month in range(1, 13)]
    assert year.totals.points == sum(found.totals.points for found in months) == D("34.00")
    assert year.totals.submitted == sum(found.totals.submitted for found in months)
    assert year.totals.adopted == sum(found.totals.adopted for found in months)
    assert year.totals.quota.count == 32


def test_nothing_at_all() -> None:
    found = statistics(build([]), Q3)
    assert found.zero_reports == found.zero_adoptions == ("daba", "nandu", "shuiwu", "jiaoyu")
    assert {f.rank for f in found.units} == {None}
    assert found.totals.completion is found.totals.adoption_rate is found.totals.quality is None
    assert found.totals.quota == QuotaShare()


def test_ranks_with_ties_and_a_cut() -> None:
    units = [unit(id_, id_, "甲") for id_ in ("aa", "bb", "cc", "dd", "ee")]
    items = [
        item("20260701-0900-bb"),
        item("20260701-0900-cc"),
        item("20260701-0900-dd"),
        item("20260702-0900-dd"),
        item("20260701-0900-ee"),
    ]
    county = build(items, registry(units=units))
    assert [(f.unit, f.rank) for f in statistics(county, Q3).units] == [
        ("dd", 1),
        ("bb", 2),
        ("cc", 2),
        ("ee", 2),
        ("aa", 5),
    ]
    cut = build(items, registry(units=units, rules=[RULES | {"ranked": 1}]))
    # behind the cut the order is the registry's and says nothing
    assert [(f.unit, f.rank) for f in statistics(cut, Q3).units] == [
        ("dd", 1),
        ("aa", None),
        ("bb", None),
        ("cc", None),
        ("ee", None),
    ]
    off = build(items, registry(units=units, rules=[RULES | {"ranked": 0}]))
    assert {f.rank for f in statistics(off, Q3).units} == {None}
    assert ("名次", "不排名") in statistics(off, Q3).definitions


def test_units_that_come_go_and_change() -> None:
    units = [
        unit("daba", "大坝镇", "乡镇", quota=quota(12, None), dissolved="2026-08-31", successor="xincheng"),
        unit("xincheng", "新城镇", "乡镇", quota=quota(12, None), founded="2026-09-01"),
        unit("old", "老局", "部门", dissolved="2026-06-30"),
        unit("gone", "撤局", "部门", dissolved="2026-06-30"),
        unit("moved", "改名局", "部门"),
    ]
    units[4]["name"].append({"from": "2026-09-30", "value": "新名局"})
    units[4]["group"].append({"from": "2026-09-30", "value": "乡镇"})
    county = build(
        [
            item("20260601-0900-old", review=signed("2026-06-02", adoptions=[adopted("州", "2026-07-05")])),
            item("20260601-0900-moved"),
            item("20260701-0900-daba"),
            item("20260930-1000-moved"),
        ],
        registry(units=units),
    )
    found = statistics(county, Q3)
    # xincheng exists in September, daba in July and August: 1 a month
    assert {f.unit: f.quota.count for f in found.units if f.quota.count} == {"daba": D(2), "xincheng": D(1)}
    # gone is left out; old keeps the points that came after its end, unranked and not named as zero
    by_unit = {f.unit: f for f in found.units}
    assert set(by_unit) == {"daba", "xincheng", "old", "moved"}
    assert (by_unit["old"].points, by_unit["old"].rank) == (D(8), None)
    assert found.zero_reports == ("xincheng",)
    assert (by_unit["moved"].name, by_unit["moved"].group, by_unit["moved"].change_rank) == (
        "新名局",
        "乡镇",
        None,
    )
    assert found.totals.points == sum(line_sums(ledger(county), Q3.start, Q3.end).values())


@pytest.mark.parametrize(
    ("since", "count", "expected"),
    [
        ("2026-01-01", 12, "3"),
        ("2026-08-01", 12, "2"),
        ("2026-09-30", 12, "1"),
        ("2026-10-01", 12, None),
        ("2026-01-01", 10, "2.50"),
        ("2026-01-01", 0, "0"),
    ],
)
def test_quota_by_months(since: str, count: int, expected: str | None) -> None:
    county = build(
        [item("20260701-0900-daba")],
        registry(units=[unit("daba", "大坝镇", "乡镇", quota=quota(count, None, since))]),
    )
    found = of(county, "daba")
    assert found.quota == QuotaShare(None if expected is None else D(expected), None)
    assert (found.completion is None) == (expected in (None, "0"))


@pytest.mark.parametrize(
    ("completion", "expected"), [("submitted", "1"), ("adopted", "0.5"), ("points", "0.3")]
)
def test_completion_as_the_rules_have_it(completion: str, expected: str) -> None:
    units = [unit("daba", "大坝镇", "乡镇", quota=quota(8, 40)), unit("nandu", "南渡镇", "乡镇")]
    items = [
        item("20260701-0900-daba"),
        item("20260702-0900-daba", review=signed("2026-07-03", decision="filed")),
        item("20260702-0900-nandu"),
    ]
    county = build(items, registry(units=units, rules=[RULES | {"completion": completion}]))
    # of 2 items and 10 points; what nandu did, who owes nothing, does not help
    assert of(county, "daba").completion == D(expected)
    assert statistics(county, Q3).totals.completion == D(expected)


def test_trails(played: County) -> None:
    found = trail(played, "shuiwu", 2026)
    assert [(str(period), figures and figures.points) for period, figures in found] == [
        ("2026-Q1", 0),
        ("2026-Q2", 0),
        ("2026-Q3", D("1.50")),
        ("2026-Q4", D(3)),
    ]
    assert trails(played, 2026, ledger(played))["shuiwu"] == found
    assert [figures for _, figures in trail(played, "nowhere", 2026)] == [None] * 4


def test_items_of_units_nobody_knows_are_in_no_figure() -> None:
    found = statistics(build([item("20260701-0900-nowhere")]), Q3)
    assert found.totals.submitted == 0
    assert found.unit("nowhere") is None
