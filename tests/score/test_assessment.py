"""The annual assessment, worked out by hand: the trail by quarter, awards, what bars them, and a year made nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from score_county import RULES, build, item, quota, registry, signed, unit
from score_documents import documents

from zhibao.model.adjustments import Adjustment
from zhibao.model.county import County
from zhibao.model.document import Document
from zhibao.model.notice import Closed, Notice
from zhibao.model.period import Period
from zhibao.score.assessment import Assessment, UnitYear, assessment
from zhibao.score.assessment_words import adjustments, awards, bars, opening, standing
from zhibao.score.export import record
from zhibao.score.frozen import frozen_figures, frozen_lines
from zhibao.score.ledger import ledger
from zhibao.score.statistics import statistics

YEAR = Period.parse("2026")
AFTER, DURING = datetime(2027, 1, 10, 9, 0), datetime(2026, 11, 10, 9, 0)
TOWNS = (
    ("daba", "大坝镇", "乡镇"),
    ("nandu", "南渡镇", "乡镇"),
    ("bailu", "白鹭镇", "乡镇"),
    ("shuiwu", "县水务局", "部门"),
)
CALLS = [
    {
        "id": f"c{n}",
        "title": f"约稿{n}",
        "level": "县",
        "from": f"2026-0{n}-01",
        "due": f"2026-0{n}-20",
        "to": ["nandu"],
    }
    for n in (3, 5)
]
# 3 points each: 大坝镇 two in the first quarter and one in the third; 南渡镇 one in the second; 白鹭镇 one in the fourth
ITEMS = (
    item("20260105-0900-daba"),
    item("20260210-0900-daba"),
    item("20260706-0900-daba"),
    item("20260408-0900-nandu"),
    item("20261012-0900-bailu"),
)  # fmt: skip


def county(
    rules: dict[str, Any], found: Iterable[Document] = ITEMS, now: datetime = AFTER, **more: Any
) -> County:
    units = [unit(*one, quota=quota(4, None)) for one in TOWNS]
    known = registry(units=units, rules=[RULES | rules], calls=more.pop("calls", ()))
    return replace(build(found, replace(known, **more)), now=now)


def assessed(here: County) -> Assessment:
    lines = ledger(here)
    return assessment(here, YEAR, lambda period: statistics(here, period, lines=lines), lines)


def year(found: Assessment, id_: str) -> UnitYear:
    one = found.unit(id_)
    assert one is not None
    return one


def trail(one: UnitYear) -> list[str]:
    return [str(quarter.points) for quarter in one.trail]


def test_points_are_the_sum_of_the_quarters_and_the_first_have_the_award() -> None:
    found = assessed(county({"awards": {"first": 2}}))
    daba = year(found, "daba")
    assert trail(daba) == ["6.00", "0", "3.00", "0"]
    assert (str(daba.figures.points), daba.figures.rank, daba.award) == ("9.00", 1, True)
    assert (str(daba.figures.quota.count), str(daba.figures.completion)) == ("4.00", "0.7500")
    # 3 points each: both are second, and both have the award; a group in which nobody has points has none
    assert [(one.figures.unit, one.figures.rank, one.award) for one in found.groups[0][1]] == [
        ("daba", 1, True),
        ("nandu", 2, True),
        ("bailu", 2, True),
    ]
    assert [(one.figures.rank, one.award) for one in found.groups[1][1]] == [(None, False)]
    assert list(awards(found)) == [("乡镇", "大坝镇、南渡镇、白鹭镇")]
    assert opening(found).endswith("各类别前 2 名评为先进；不能评先的，名额不递补。")


def test_an_award_that_is_barred_goes_to_nobody() -> None:
    rules = {"awards": {"first": 1, "barred": [{"completion_under": 80}]}}
    found = assessed(county(rules))
    assert [one.award for one in found.units] == [False] * 4
    # 3 of 4 items are 75 %, 1 of 4 is 25 %
    assert list(bars(found))[:2] == [
        ("大坝镇", "完成率 75%，低于 80%，不能评先"),
        ("南渡镇", "完成率 25%，低于 80%，不能评先"),
    ]
    assert standing(year(found, "daba")) == "不能评先"


def finding(day: str, name: str, unit_: str = "daba", **more: Any) -> Adjustment:
    values = {"unit": unit_, "date": day, "finding": name, "reason": "核实", "approver": "zhangwen", **more}
    return Adjustment.model_validate(values)


@pytest.mark.parametrize(
    ("bar", "unit_", "words"),
    [
        ({"missed": 2}, "nandu", "约稿没有报 2 次（“约稿3”、“约稿5”），满 2 次"),
        ({"missed": 3}, "nandu", ""),
        ({"missed": 1, "zero_quarters": 3}, "nandu", "约稿没有报 2 次（“约稿3”、“约稿5”），满 1 次；"
         "2026年第一季度、2026年第三季度、2026年第四季度零报送"),
        ({"missed": 1, "zero_quarters": 4}, "nandu", ""),
        ({"late": 1}, "nandu", ""),
        ({"finding": ["瞒报", "漏报"]}, "daba", "2026-05-06 认定瞒报"),
        ({"finding": ["谎报"]}, "daba", ""),
        ({"completion_under": 75}, "daba", ""),  # 75 % is not under 75 %
        ({"completion_under": 76}, "daba", "完成率 75%，低于 76%"),
        ({"adoption_rate_under": 100}, "daba", ""),
        ({"adoption_rate_under": 30}, "shuiwu", ""),  # nothing submitted has no rate
        ({"zero_quarters": 4}, "shuiwu", "2026年第一季度、2026年第二季度、2026年第三季度、2026年第四季度零报送"),
        ({"zero_quarters": 3}, "daba", ""),
    ],
)  # fmt: skip
def test_each_condition_is_told_by_its_facts(bar: dict[str, Any], unit_: str, words: str) -> None:
    found = {
        "a": finding("2026-05-06", "瞒报"),
        "b": finding("2026-05-07", "谎报", approver=None, points=None),
    }
    here = county({"awards": {"barred": [bar]}}, calls=CALLS, adjustments=found)
    assert year(assessed(here), unit_).barred == ((words,) if words else ())


def test_a_late_answer_is_counted_as_late() -> None:
    answers = [item("20260325-0900-nandu", call="c3"), item("20260519-0900-nandu", call="c5")]
    here = county({"awards": {"barred": [{"late": 1}, {"missed": 1}]}}, answers, calls=CALLS)
    assert year(assessed(here), "nandu").barred == ("约稿迟报 1 次（“约稿3”），满 1 次",)


def test_a_year_that_is_nothing_has_one_more_line_and_stays_a_sum() -> None:
    rules = {"commission": {"late": 1, "missed": 0.5}, "awards": {"first": 3, "zeroed": [{"missed": 2}]}}
    here = county(rules, calls=CALLS)
    found = assessed(here)
    nandu = year(found, "nandu")
    # 3 for the item, 0.5 less for each commission: 2 in all
    assert trail(nandu) == ["-0.50", "2.50", "0", "0"]
    assert nandu.zero is not None
    assert (nandu.zero.rule, str(nandu.zero.date), str(nandu.zero.points)) == (
        "全年计零分",
        "2026-12-31",
        "-2.00",
    )
    assert nandu.zero.why == "约稿没有报 2 次（“约稿3”、“约稿5”），满 2 次，全年计零分，原计 2 分"
    assert (str(nandu.figures.points), nandu.figures.rank, nandu.award) == ("0.00", 3, False)
    assert standing(nandu) == "计零分"
    assert list(bars(found)) == [("南渡镇", nandu.zero.why)]
    # the statistics of the year and of its quarters only count
    assert str(statistics(here, YEAR).unit("nandu").points) == "2.00"  # type: ignore[union-attr]
    # less than nothing is not made more
    poor = assessed(county(rules | {"commission": {"late": 1, "missed": 9}}, calls=CALLS))
    assert (year(poor, "nandu").zero, str(year(poor, "nandu").figures.points)) == (None, "-15.00")


def test_while_the_year_runs_there_are_no_awards_and_only_bars_that_stay() -> None:
    rules = {
        "awards": {
            "first": 3,
            "barred": [{"completion_under": 100}, {"zero_quarters": 2}],
            "zeroed": [{"missed": 2}],
        }
    }
    found = assessed(county(rules, now=DURING, calls=CALLS))
    assert (str(found.until), found.over) == ("2026-11-09", False)
    assert "到2026年11月9日为止，全年还没有完，不评先进" in opening(found)
    assert not any(one.award for one in found.units)
    assert year(found, "daba").barred == ()  # its second silent quarter is not over yet
    assert year(found, "bailu").barred == ("2026年第一季度、2026年第二季度、2026年第三季度零报送",)
    assert (year(found, "nandu").zero, str(year(found, "nandu").figures.points)) == (None, "3.00")
    assert ("南渡镇", "约稿没有报 2 次（“约稿3”、“约稿5”），满 2 次，全年计零分") in list(bars(found))
    early = assessed(county(rules, now=datetime(2026, 5, 20, 9, 0)))
    assert [len(one.trail) for one in early.units] == [2] * 4


def test_ranks_that_are_cut_or_switched_off_do_not_touch_the_awards() -> None:
    cut = assessed(county({"ranked": 1, "awards": {"first": 2}}))
    assert [(one.figures.rank, one.award) for one in cut.groups[0][1]] == [
        (1, True),
        (None, True),
        (None, True),
    ]
    off = assessed(county({"ranked": 0, "awards": {"first": 1}}))
    assert [(one.figures.rank, one.award) for one in off.groups[0][1]] == [
        (None, True),
        (None, False),
        (None, False),
    ]
    none = assessed(county({"awards": {"first": 0}}))
    assert not any(one.award for one in none.units)
    assert opening(none).endswith("办法没有规定评先。")


def close(here: County, period: Period) -> dict[Period, Closed]:
    lines = [line for line in ledger(here) if line.date in period]
    notice = Notice.model_validate(
        {
            "format": 1,
            "period": str(period),
            "commit": "0" * 40,
            "inputs": {"submissions": "", "registry": {}},
            "rules": (),
            "figures": frozen_figures(record(statistics(here, period), here.registry.office)),
            "lines": frozen_lines(lines),
        },
        strict=False,
    )
    return {**here.registry.closed, period: Closed(notice, here.registry.rules)}


def test_a_closed_quarter_is_as_published_and_later_changes_are_named_where_they_count() -> None:
    closed = close(county({}), Period.parse("2026-Q1"))
    gone = signed("2026-01-05", withdrawn={"date": "2026-04-20", "reason": "不实"})
    bonus = Adjustment.model_validate(
        {"unit": "daba", "date": "2026-08-01", "points": 1, "reason": "补记", "approver": "zhangwen"}
    )
    here = county(
        {}, [item("20260105-0900-daba", review=gone), *ITEMS[1:]], closed=closed, adjustments={"a": bonus}
    )
    daba = year(assessed(here), "daba")
    # 6 as published; the withdrawn item's 3 are taken back in the second quarter; 3 for an item and 1 signed in the third
    assert trail(daba) == ["6.00", "-3.00", "4.00", "0"]
    assert [quarter.closed for quarter in daba.trail] == [True, False, False, False]
    assert str(daba.figures.points) == "7.00"
    assert list(adjustments(assessed(here))) == [
        ("大坝镇", "2026年第二季度含补2026年第一季度 -3 分"),
        ("大坝镇", "2026年第三季度含调整 +1 分"),
    ]


@given(documents())
def test_the_year_is_always_the_sum_of_its_trail_and_the_line_that_makes_it_nothing(
    found: list[Document],
) -> None:
    rules = {
        "awards": {"first": 1, "zeroed": [{"zero_quarters": 2}], "barred": [{"adoption_rate_under": 50}]}
    }
    here = replace(build(found, registry(rules=[RULES | rules])), now=AFTER)
    whole = assessed(here)
    for one in whole.units:
        extra = one.zero.points if one.zero else Decimal(0)
        assert one.figures.points == sum((quarter.points for quarter in one.trail), Decimal(0)) + extra
        assert not (one.award and (one.barred or one.zeroed))
        assert one.zero is None or not one.figures.points
    assert assessed(here) == whole
