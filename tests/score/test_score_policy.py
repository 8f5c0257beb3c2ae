"""Each term of the policy language, worked out by hand."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from score_county import RULES, UNITS, adopted, build, item, quota, registry, signed, unit

from zhibao.model.adjustments import Adjustment
from zhibao.model.county import County
from zhibao.model.document import Document
from zhibao.model.period import Period
from zhibao.model.registry import Registry
from zhibao.score.ledger import ledger, line_sums
from zhibao.score.line import CAP
from zhibao.score.statistics import statistics

D = Decimal
Q3 = Period.parse("2026-Q3")
ID = "20260701-0900-daba"


def under(rules: dict[str, Any], *documents: Document, **more: Any) -> County:
    """The county of these items under the tests' rules with some terms of its own."""
    return build(documents, registry(rules=[RULES | rules], **more))


def lines(county: County) -> list[tuple[str, str, str, str]]:
    """Day, unit, rule and points of each line."""
    return [(f"{one.date:%m-%d}", one.unit, one.rule, str(one.points)) for one in ledger(county)]


def points(county: County) -> dict[str, str]:
    return {unit: str(value) for unit, value in sorted(line_sums(ledger(county)).items())}


def used(*adoptions: dict[str, Any], day: str = "2026-07-01", **more: Any) -> dict[str, Any]:
    return signed(day, adoptions=list(adoptions), **more)


# scores


def test_one_number_for_every_form_and_a_multiple_of_another_level() -> None:
    rules = {
        "adoption": {"县": 3, "州": {"times": 2, "of": "县"}, "省": {"单条": {"times": 1.5, "of": "州"}}}
    }
    review = used(
        adopted("县", "2026-07-01", "综合"), adopted("州", "2026-07-02"), adopted("省", "2026-07-03")
    )
    # 3; twice 3; one and a half times twice 3
    assert lines(under(rules, item(ID, review=review))) == [
        ("07-01", "daba", "采用计分", "3.00"),
        ("07-02", "daba", "采用计分", "6.00"),
        ("07-03", "daba", "采用计分", "9.00"),
    ]


def test_a_multiple_of_what_the_level_above_counts() -> None:
    rules = {"adoption": {"县": 3, "省": {"times": 2}}}
    told = adopted("省", "2026-07-03") | {"score": 2.5}
    county = under(rules, item(ID, review=used(told, adopted("省", "2026-07-04"))))
    assert [str(line.points) for line in ledger(county) if line.level == "省"] == ["5.00", "0.00"]
    assert "采用记录里没有上级计分（score）" in ledger(county)[-1].why


def test_a_special_counts_before_the_table_and_the_first_that_fits() -> None:
    special = [
        {"level": "县", "kind": "经验", "form": ["单篇", "单条"], "points": 20},
        {"level": "县", "publication": "试验专报", "points": 8},
        {"level": "县", "points": 4},
    ]
    county = under(
        {"special": special},
        item(ID, kind="经验"),
        item("20260702-0900-nandu", review=used(adopted("县", "2026-07-02", "单篇", "试验专报 第3期"))),
        item("20260703-0900-shuiwu"),
        item("20260704-0900-jiaoyu", review=used(adopted("州", "2026-07-04"), adopted("县", "2026-07-04"))),
    )
    assert points(county) == {"daba": "20.00", "jiaoyu": "12.00", "nandu": "8.00", "shuiwu": "4.00"}


@pytest.mark.parametrize(
    ("levels", "publications", "expected"),
    [
        # county 3 on the 1st, prefecture 8 on the 5th and 6 (digest) on the 9th, province 12 on the 20th
        ("cumulative", "cumulative", ["3.00", "8.00", "6.00", "12.00"]),
        ("cumulative", "highest", ["3.00", "8.00", "0.00", "12.00"]),
        ("cumulative", "first", ["3.00", "8.00", "0.00", "12.00"]),
        ("first", "cumulative", ["3.00", "0.00", "0.00", "0.00"]),
        # the highest so far: 3, then 8 − 3; the prefecture's 14 − 8; the province's 12 is below 14
        ("highest", "cumulative", ["3.00", "5.00", "6.00", "0.00"]),
        ("highest", "highest", ["3.00", "5.00", "0.00", "4.00"]),
    ],
)
def test_several_adoptions_of_one_item(levels: str, publications: str, expected: list[str]) -> None:
    review = used(
        adopted("县", "2026-07-01"),
        adopted("州", "2026-07-05"),
        adopted("州", "2026-07-09", "综合", "州委信息 第9期"),
        adopted("省", "2026-07-20"),
    )
    county = under({"several": {"levels": levels, "publications": publications}}, item(ID, review=review))
    assert [str(line.points) for line in ledger(county)] == expected


def test_a_later_adoption_never_changes_what_an_earlier_one_earned() -> None:
    rules = {"several": {"levels": "highest", "publications": "highest"}}
    early = used(adopted("县", "2026-07-01"), adopted("州", "2026-07-05"))
    late = used(adopted("县", "2026-07-01"), adopted("州", "2026-07-05"), adopted("省", "2026-07-20"))
    before, after = (ledger(under(rules, item(ID, review=review))) for review in (early, late))
    assert after[: len(before)] == before


def test_an_adoption_above_counts_by_when_the_office_heard_of_it() -> None:
    review = used(
        adopted("县", "2026-07-01") | {"heard": "2026-11-01"},
        adopted("州", "2026-09-28") | {"heard": "2026-10-08"},
    )
    by_date, by_hearing = (under({"count_by": by}, item(ID, review=review)) for by in ("date", "heard"))
    assert [line.period for line in ledger(by_date)] == ["2026-Q3", "2026-Q3"]
    assert [line.period for line in ledger(by_hearing)] == ["2026-Q3", "2026-Q4"]
    assert statistics(by_hearing, Q3).totals.adopted_above == {"州": 0, "省": 0}


# sharing

JOINT = {"with": [{"unit": "shuiwu", "share": 0.5}, {"unit": "jiaoyu", "share": 0.2}]}


@pytest.mark.parametrize(
    ("joint", "expected"),
    [
        ("split", {"daba": "0.90", "jiaoyu": "0.60", "shuiwu": "1.50"}),
        ("equal", {"daba": "1.00", "jiaoyu": "1.00", "shuiwu": "1.00"}),
        ("full", {"daba": "3.00", "jiaoyu": "3.00", "shuiwu": "3.00"}),
        # 60 % for the lead, the rest in two
        ({"by": "lead", "lead": 60}, {"daba": "1.80", "jiaoyu": "0.60", "shuiwu": "0.60"}),
        # 2 for each; never more than alone
        ({"by": "fixed", "points": {"县": 2}}, {"daba": "2.00", "jiaoyu": "2.00", "shuiwu": "2.00"}),
        ({"by": "fixed", "points": 10}, {"daba": "3.00", "jiaoyu": "3.00", "shuiwu": "3.00"}),
    ],
)
def test_joint_items(joint: Any, expected: dict[str, str]) -> None:
    assert points(under({"joint": joint}, item(ID, **JOINT))) == expected


def test_fixed_is_for_joint_items_only() -> None:
    assert points(under({"joint": {"by": "fixed", "points": 1}}, item(ID))) == {"daba": "3.00"}


def compiled(form: str) -> list[Document]:
    sources = [{"id": ID}, {"id": "20260702-0900-nandu"}, {"id": "20260703-0900-nandu"}]
    review = used(adopted("县", "2026-07-10", form), day="2026-07-10")
    return [
        item("20260710-0900-office", sources=sources, review=review),
        item(ID, review={}),
        item("20260702-0900-nandu", review={}),
        item("20260703-0900-nandu", review={}),
    ]


def test_an_office_written_item_is_shared_with_the_office() -> None:
    county = under({"sources": {"office": 40}}, *compiled("单篇"))
    # of 5.00 the office has 2.00, which stands apart; 3.00 in three sources
    assert points(county) == {"daba": "1.00", "nandu": "2.00", "office": "2.00"}
    found = statistics(county, Q3)
    assert (found.office.points, found.totals.points) == (2, 3)


def test_a_digest_gives_the_whole_to_every_unit_once() -> None:
    assert points(under({"sources": {"full": "综合"}}, *compiled("综合"))) == {
        "daba": "2.00",
        "nandu": "2.00",
    }
    assert points(under({"sources": {"full": "综合"}}, *compiled("单条"))) == {
        "daba": "1.00",
        "nandu": "2.00",
    }


# instructions, bonuses


def told(*instructions: tuple[str, str, str]) -> dict[str, Any]:
    given = [{"level": level, "date": day, "by": by} for level, day, by in instructions]
    return signed("2026-07-01", instructions=given)


def test_instructions_cumulative_once_and_decreasing() -> None:
    review = told(
        ("县", "2026-07-02", "县长"),
        ("县", "2026-07-03", "县委书记"),
        ("县", "2026-07-04", "县长"),
        ("州", "2026-07-05", "州长"),
        ("州", "2026-07-06", "州长"),
    )
    county = under({"instruction": {"县": [5, 3, 1], "州": [10, 0]}}, item(ID, review=review))
    given = [str(line.points) for line in ledger(county) if line.rule == "批示加分"]
    assert given == ["5.00", "3.00", "1.00", "10.00", "0.00"]


def test_instructions_by_the_leaders_rank() -> None:
    rules = {
        "instruction": {"县": 1},
        "leaders": [
            {"level": "县", "by": ["县委书记", "县长"], "points": [10, 5]},
            {"level": "县", "by": "副县长", "points": 3},
        ],
    }
    review = told(
        ("县", "2026-07-02", "县委书记"),
        ("县", "2026-07-03", "县委常委"),
        ("县", "2026-07-04", "县长"),
    )
    county = under(rules, item(ID, review=review))
    found = [line for line in ledger(county) if line.rule == "批示加分"]
    assert [str(line.points) for line in found] == ["10.00", "1.00", "5.00"]
    assert not any("书记" in line.why or "县长" in line.why for line in found)


def test_bonuses_once_an_item_or_at_each_adoption() -> None:
    rules = {
        "bonus": [
            {"name": "调研", "kind": "经验", "points": 2},
            {"name": "带音频或视频", "media": "video", "points": 1},
            {"name": "上级采用", "level": ["州", "省"], "points": 1, "per": "adoption"},
            {"name": "答复要点", "call": True, "points": 0.5},
        ]
    }
    calls = [
        {"id": "water", "title": "饮水", "level": "县", "from": "2026-06-01", "due": "2026-07-05"},
    ]
    review = used(adopted("县", "2026-07-01"), adopted("州", "2026-07-05"), adopted("省", "2026-07-20"))
    county = under(
        rules,
        item(ID, kind="经验", media=["assets/jing.mp4"], call="water", review=review),
        item("20260710-0900-nandu", call="water"),
        calls=calls,
    )
    bonuses = [
        (line.unit, line.why.split("（")[0], str(line.points))
        for line in ledger(county)
        if line.rule == "奖励加分"
    ]
    assert bonuses == [
        ("daba", "调研", "2.00"),
        ("daba", "带音频或视频", "1.00"),
        ("daba", "答复要点", "0.50"),
        ("daba", "上级采用", "1.00"),
        ("daba", "上级采用", "1.00"),
    ]


# what is not adopted, or was submitted before


def test_a_small_score_where_the_form_was_met() -> None:
    rules = {"decision": {"filed": 1, "declined": 0.5}, "invalid": ["要素不全"]}
    refused = {"decision": "declined", "reason": {"code": "要素不全"}}
    county = under(
        rules,
        item(ID, review=signed("2026-07-02", decision="filed")),
        item(
            "20260702-0900-nandu",
            review=signed("2026-07-03", decision="declined", reason={"code": "内容一般"}),
        ),
        item("20260703-0900-shuiwu", review=signed("2026-07-04", **refused)),
        item("20260704-0900-jiaoyu", review=signed("2026-07-04", decision="held")),
    )
    assert points(county) == {"daba": "1.00", "nandu": "0.50", "shuiwu": "0.00"}
    # what is invalid was not submitted at all
    assert {f.unit: f.submitted for f in statistics(county, Q3).units} == {
        "daba": 1,
        "nandu": 1,
        "shuiwu": 0,
        "jiaoyu": 1,
    }


@pytest.mark.parametrize(("policy", "total", "submitted"), [("once", "11.00", 1), ("each", "14.00", 2)])
def test_a_resubmitted_item_counts_once(policy: str, total: str, submitted: int) -> None:
    again = item(
        "20260801-0900-daba",
        resubmits=ID,
        review=used(adopted("县", "2026-08-02"), adopted("州", "2026-08-09"), day="2026-08-02"),
    )
    county = under({"resubmitted": policy}, item(ID), again)
    # 3 of the first; of the second the county's 3 again or not, and the prefecture's 8
    assert points(county) == {"daba": total}
    daba = statistics(county, Q3).unit("daba")
    assert daba
    assert (daba.submitted, daba.cohort_rate) == (submitted, D(1))


def test_one_that_was_invalid_counts_when_it_comes_again() -> None:
    first = item(ID, review=signed("2026-07-02", decision="declined", reason={"code": "要素不全"}))
    again = item("20260801-0900-daba", resubmits=ID)
    found = statistics(under({"invalid": ["要素不全"]}, first, again), Q3).unit("daba")
    assert found
    assert (found.submitted, found.cohort_rate) == (1, D(1))


# caps and bases


def test_caps_of_a_month_a_year_and_an_item() -> None:
    caps = [
        {"per": "month", "level": "县", "most": 7},
        {"per": "year", "kind": "经验", "most": 10},
        {"per": "item", "most": 9},
    ]
    county = under(
        {"caps": caps},
        item("20260701-0900-daba"),
        item("20260702-0900-daba"),
        item("20260703-0900-daba"),  # 3 + 3 + 3: 2 too many in July
        item("20260801-0900-daba"),  # August begins anew
        item(
            "20260901-0900-nandu",
            kind="经验",
            review=used(adopted("州", "2026-09-02"), adopted("县", "2026-09-01")),
        ),
        item("20260910-0900-nandu", kind="经验"),  # 3 + 8 is 2 over 9 an item; 9 + 3 is 2 over 10 a year
    )
    cut = [(f"{line.date:%m-%d}", line.unit, str(line.points)) for line in ledger(county) if line.rule == CAP]
    assert cut == [("07-03", "daba", "-2.00"), ("09-02", "nandu", "-2.00"), ("09-10", "nandu", "-2.00")]
    assert points(county) == {"daba": "10.00", "nandu": "10.00"}
    why = [line.why for line in ledger(county) if line.rule == CAP]
    assert why[0] == "每月最多计 7 分（县级），超出的 2 分不计"


def test_a_base_score_times_completion() -> None:
    units = [unit("daba", "大坝镇", "乡镇", quota=quota(12, None)), unit("nandu", "南渡镇", "乡镇")]
    rules = {"base": {"points": 10, "per": "month"}, "from": "2026-09-01"}
    county = under(rules, item("20260901-0900-daba"), item("20260902-0900-daba"), units=units)
    base = [
        (f"{line.date:%m-%d}", line.unit, str(line.points))
        for line in ledger(county)
        if line.rule == "基础分"
    ]
    # a month owes one: September twice that, at most the whole; October nothing; November is past on 1 December
    assert base == [
        ("09-30", "daba", "10.00"),
        ("09-30", "nandu", "10.00"),
        ("10-31", "daba", "0.00"),
        ("10-31", "nandu", "10.00"),
        ("11-30", "daba", "0.00"),
        ("11-30", "nandu", "10.00"),
    ]


# what costs points

CALLS = [
    {
        "id": f"call{n}",
        "title": f"第{n}题",
        "level": "县",
        "from": "2026-07-01",
        "due": f"2026-0{6 + n}-15",
        "to": ["daba"],
    }
    for n in (1, 2, 3)
]


def test_commissions_late_and_missed() -> None:
    rules = {"commission": {"late": 3, "missed": 10}}
    county = under(rules, item("20260716-0900-daba", call="call1", review={}), calls=CALLS[:2])
    assert lines(county) == [("07-15", "daba", "约稿扣分", "-3.00"), ("08-15", "daba", "约稿扣分", "-10.00")]
    assert ledger(county)[0].why == "约稿“第1题”迟报，扣 3 分"


def test_three_late_or_two_missed_cost_more_each() -> None:
    rules = {"commission": {"late": 1, "missed": 4, "escalate": {"late": 3, "missed": 2, "deduct": 10}}}
    county = under(rules, calls=CALLS)
    # missed 4; the second reaches the threshold: two times ten, of which 4 are deducted; then ten
    assert [str(line.points) for line in ledger(county)] == ["-4.00", "-16.00", "-10.00"]
    assert "以前扣得少的补足" in ledger(county)[1].why


def test_nothing_is_missed_before_it_is_due() -> None:
    call = CALLS[0] | {"due": "2026-12-01"}
    assert ledger(under({"commission": {"late": 3, "missed": 10}}, calls=[call])) == ()


def test_quota_missed_by_the_item_or_by_the_month() -> None:
    units = [unit(*one) for one in UNITS]
    rules = {
        "from": "2026-09-01",
        "quota": [
            {"per": "month", "groups": "乡镇", "count": 3},
            {"per": "quarter", "groups": "乡镇", "kinds": "经验", "count": 1},
        ],
        "shortfall": [
            {"per": "month", "each": 0.5, "most": 1},
            {"per": "quarter", "kinds": "经验", "flat": 2},
        ],
    }
    county = under(rules, item("20260901-0900-daba"), item("20261001-0900-daba", kind="经验"), units=units)
    found = [
        (f"{line.date:%m-%d}", line.unit, str(line.points)) for line in ledger(county) if "任务" in line.rule
    ]
    # daba owes 3 a month: one in September and in October, none in November: −1, −1, −1.50 but at most 1
    # nandu did nothing at all; no quarter but the third (which has one month of these rules) has ended
    assert found == [
        ("09-30", "daba", "-1.00"),
        ("09-30", "nandu", "-1.00"),
        ("09-30", "daba", "-2.00"),
        ("09-30", "nandu", "-2.00"),
        ("10-31", "daba", "-1.00"),
        ("10-31", "nandu", "-1.00"),
        ("11-30", "daba", "-1.00"),
        ("11-30", "nandu", "-1.00"),
    ]


def test_a_low_adoption_rate() -> None:
    rules = {"low_rate": {"per": "quarter", "under": 30, "deduct": 1}, "adoption": {"县": 0}}
    refused = {"review": signed("2026-07-09", decision="declined", reason={"code": "内容一般"})}
    county = under(
        rules,
        *(item(f"2026070{n}-0900-daba", **refused) for n in range(1, 5)),
        item("20260705-0900-daba"),  # one of five: 20 %
        item("20260705-0900-nandu"),
    )
    found = [line for line in ledger(county) if line.rule == "采用率扣分"]
    assert [(line.unit, str(line.points), line.why) for line in found] == [
        ("daba", "-1.00", "2026年第三季度采用率 20%，低于 30%，扣 1 分")
    ]


def test_an_urgent_item_that_came_late() -> None:
    known = registry(rules=[RULES | {"urgent_late": 5}])
    kinds = (*known.office.kinds, known.office.kinds[0].model_copy(update={"name": "紧急", "urgent": True}))
    urgent = Registry(
        known.office.model_copy(update={"kinds": kinds}), known.units, known.editors, known.rules
    )
    documents = [
        item("20260706-0900-daba", kind="紧急", happened="2026-06-30"),
        item("20260706-0901-daba", kind="紧急", happened="2026-06-30", title="daba塌方续报"),
        item("20260703-0902-nandu", kind="紧急", happened="2026-07-03"),
    ]
    found = [line for line in ledger(build(documents, urgent)) if line.rule == "迟报扣分"]
    assert [(line.unit, str(line.points)) for line in found] == [("daba", "-5.00")]


def adjusted(county_registry: Registry, **adjustments: dict[str, Any]) -> Registry:
    parsed = {id_: Adjustment.model_validate(one) for id_, one in adjustments.items()}
    return Registry(
        county_registry.office,
        county_registry.units,
        county_registry.editors,
        county_registry.rules,
        county_registry.calendar,
        county_registry.calls,
        parsed,
    )


def test_findings_cost_points_or_a_part_of_the_item_and_adjustments_say_what_they_say() -> None:
    known = registry(rules=[RULES | {"findings": {"漏报": 20, "情况不实": {"percent": 50}}}])
    always = {"reason": "核实", "approver": "zhangwen"}
    known = adjusted(
        known,
        a=always | {"unit": "daba", "date": "2026-07-10", "finding": "情况不实", "item": ID},
        b=always | {"unit": "nandu", "date": "2026-08-01", "finding": "漏报"},
        c=always | {"unit": "nandu", "date": "2026-08-02", "points": 2},
        d={
            "unit": "nandu",
            "date": "2026-08-03",
            "reason": "少记了",
            "objection": {"by": "钱芳", "date": "2026-08-03", "words": "少记了一条"},
        },
        e={
            "unit": "nandu",
            "date": "2026-08-03",
            "reason": "没有人批准",
            "points": 9,
            "objection": {"by": "钱芳", "date": "2026-08-03", "words": "少记了"},
        },
    )
    late = used(adopted("县", "2026-07-01"), adopted("州", "2026-07-20"))
    county = build([item(ID, review=late)], known)
    # half of the 3 that the item had earned by then; the prefecture's 8 came later
    assert lines(county) == [
        ("07-01", "daba", "采用计分", "3.00"),
        ("07-10", "daba", "认定扣分", "-1.50"),
        ("07-20", "daba", "采用计分", "8.00"),
        ("08-01", "nandu", "认定扣分", "-20.00"),
        ("08-02", "nandu", "调整", "2.00"),
    ]


# quotas and figures


@pytest.mark.parametrize(
    ("period", "expected"),
    [("2026-07", D(6)), ("2026-Q3", D(18)), ("2026", D(120))],
)
def test_the_quota_for_just_such_a_period_counts(period: str, expected: Decimal) -> None:
    rules = {
        "quota": [
            {"per": "year", "groups": "乡镇", "count": 120, "points": 100},
            {"per": "month", "groups": "乡镇", "count": 6},
            {"per": "month", "units": "nandu", "count": 1},
            {"per": "month", "count": 2},
        ]
    }
    county = under(rules)
    by_unit = {f.unit: f.quota for f in statistics(county, Period.parse(period)).units}
    assert by_unit["daba"].count == expected
    assert by_unit["nandu"].count == Period.parse(period).months  # named: its own alone
    assert by_unit["shuiwu"].count == 2 * Period.parse(period).months  # everybody's
    assert by_unit["daba"].points == (D(100) * Period.parse(period).months / 12).quantize(D("0.01"))


def test_a_units_own_quota_counts_before_the_rules() -> None:
    units = [unit("daba", "大坝镇", "乡镇", quota=quota(24, None))]
    county = under({"quota": [{"per": "month", "count": 6}]}, units=units)
    daba = statistics(county, Q3).unit("daba")
    assert daba
    assert daba.quota.count == 6


def test_units_may_be_ranked_by_points_for_each_adopted_item() -> None:
    documents = [item(f"2026070{n}-0900-daba") for n in range(1, 4)]
    documents.append(item("20260704-0900-nandu", review=used(adopted("县", "2026-07-04", "单篇"))))
    by_points = statistics(under({}, *documents), Q3)
    by_average = statistics(under({"ranked_by": "average"}, *documents), Q3)
    assert [(f.unit, f.rank) for f in by_points.units[:2]] == [("daba", 1), ("nandu", 2)]
    # daba 9 ÷ 3, nandu 5 ÷ 1
    assert [(f.unit, f.rank, str(f.average)) for f in by_average.units[:2]] == [
        ("nandu", 1, "5.00"),
        ("daba", 2, "3.00"),
    ]
    assert any("平均得分" in words for _, words in by_average.definitions)


def test_formulas_are_chosen_and_printed() -> None:
    documents = [
        item(ID, review=signed("2026-10-02")),
        item("20260701-0901-daba"),
        item("20260629-0900-daba", review=signed("2026-07-01")),
    ]
    rates = {}
    for formula in ("period", "cohort"):
        found = statistics(under({"adoption_rate": formula}, *documents), Q3)
        daba = found.unit("daba")
        assert daba
        rates[formula] = daba.adoption_rate
        assert dict(found.definitions)["采用率"].startswith("本期采用" if formula == "period" else "本期报送")
    # in the quarter 2 were adopted of 2 submitted; of those submitted one by now, and one in October
    assert rates == {"period": D(1), "cohort": D(1)}
    marks = {ID: D(90), "20260701-0901-daba": D(60), "20260629-0900-daba": D(30)}
    means = {}
    for of in ("submitted", "adopted"):
        daba = statistics(under({"quality_of": of}, *documents), Q3, marks).unit("daba")
        assert daba
        means[of] = daba.quality
    assert means == {"submitted": D("75.00"), "adopted": D("45.00")}


def test_rules_that_follow_one_another_within_a_year() -> None:
    later = RULES | {"from": "2026-08-01", "adoption": {"县": 4}, "caps": [{"per": "month", "most": 6}]}
    county = build(
        [item(f"2026073{n}-0900-daba") for n in (0, 1)] + [item(f"2026080{n}-0900-daba") for n in (1, 2)],
        registry(rules=[RULES, later]),
    )
    assert [str(line.points) for line in ledger(county)] == ["3.00", "3.00", "4.00", "4.00", "-2.00"]


def test_the_clock_is_the_countys() -> None:
    assert build([]).now == datetime(2026, 12, 1, 9, 0)
