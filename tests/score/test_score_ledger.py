"""The ledger: a line for every point, worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from score_county import BODY, RULES, adopted, build, item, one, registry, signed

from zhibao.model.county import County
from zhibao.score.ledger import ledger, line_sums, lines_of
from zhibao.score.line import Line

D = Decimal


def brief(lines: tuple[Line, ...]) -> list[tuple[str, str, str, str, str]]:
    return [(line.unit, line.rule, line.level, str(line.share), str(line.points)) for line in lines]


def test_a_merge_earns_the_countys_default() -> None:
    found, county = one(item("20260930-0900-daba", review=signed("2026-10-01")))
    assert lines_of(found, county) == (
        Line(
            date=found.adoptions[0].date,
            period="2026-Q4",
            unit="daba",
            item="20260930-0900-daba",
            rule="采用计分",
            level="县",
            form="单条",
            share=D(1),
            points=D("3.00"),
            why="县级采用（单条，试验信息）计 3 分",
            event="adoption/县/2026-10-01/单条/试验信息",
        ),
    )


def test_joint_item_and_its_sentence() -> None:
    review = signed("2026-07-02", adoptions=[adopted("州", "2026-07-20", "综合", "州委信息 第45期")])
    found, county = one(
        item("20260701-0900-daba", **{"with": [{"unit": "shuiwu", "share": 0.5}]}, review=review)
    )
    # county 3 → 1.50 each; prefecture digest 6 → 3.00 each
    assert brief(lines_of(found, county)) == [
        ("daba", "采用计分", "县", "0.5", "1.50"),
        ("shuiwu", "采用计分", "县", "0.5", "1.50"),
        ("daba", "采用计分", "州", "0.5", "3.00"),
        ("shuiwu", "采用计分", "州", "0.5", "3.00"),
    ]
    why = [line.why for line in lines_of(found, county)]
    assert why[2] == "州级采用（综合，州委信息 第45期）计 6 分，与县水务局联合，按 50% 得 3 分"
    assert why[3] == "州级采用（综合，州委信息 第45期）计 6 分，与大坝镇联合，按 50% 得 3 分"


@pytest.mark.parametrize(
    ("joint", "shares", "points"),
    [
        # none given: three equal parts of 3.00
        ([{"unit": "shuiwu"}, {"unit": "jiaoyu"}], ["0.3334", "0.3333", "0.3333"], ["1.00", "1.00", "1.00"]),
        # the lead has the rest: 1 − 0.2 − 0.3
        (
            [{"unit": "shuiwu", "share": 0.2}, {"unit": "jiaoyu", "share": 0.3}],
            ["0.5", "0.2", "0.3"],
            ["1.50", "0.60", "0.90"],
        ),
        # only one given: the lead and the other divide the rest, 0.3 each
        (
            [{"unit": "shuiwu", "share": 0.4}, {"unit": "jiaoyu"}],
            ["0.3", "0.4", "0.3"],
            ["0.90", "1.20", "0.90"],
        ),
        # sloppy: nothing is left for the lead; never more than the whole
        (
            [{"unit": "shuiwu", "share": 1}, {"unit": "jiaoyu", "share": 1}],
            ["0", "0.5", "0.5"],
            ["0.00", "1.50", "1.50"],
        ),
        # sloppy: written twice, the first counts
        (
            [{"unit": "shuiwu", "share": 0.2}, {"unit": "shuiwu", "share": 0.6}],
            ["0.8", "0.2"],
            ["2.40", "0.60"],
        ),
        # sloppy: written twice, the lead itself among them; each counts once
        ([{"unit": "shuiwu"}, {"unit": "shuiwu"}, {"unit": "daba"}], ["0.5", "0.5"], ["1.50", "1.50"]),
    ],
)
def test_joint_shares(joint: list[dict[str, Any]], shares: list[str], points: list[str]) -> None:
    found, county = one(item("20260701-0900-daba", **{"with": joint}))
    assert [(str(line.share), str(line.points)) for line in lines_of(found, county)] == list(
        zip(shares, points, strict=True)
    )


def test_full_policy_gives_all_to_each() -> None:
    known = registry(rules=[RULES | {"joint": "full"}])
    found, county = one(
        item("20260701-0900-daba", **{"with": [{"unit": "shuiwu", "share": 0.1}]}), known=known
    )
    assert brief(lines_of(found, county)) == [
        ("daba", "采用计分", "县", "1", "3.00"),
        ("shuiwu", "采用计分", "县", "1", "3.00"),
    ]
    assert lines_of(found, county)[1].why.endswith("与大坝镇联合，各得全分")


def test_a_unit_nobody_knows_is_paid_nothing_and_takes_nothing() -> None:
    found, county = one(item("20260701-0900-daba", **{"with": [{"unit": "nowhere"}]}))
    assert brief(lines_of(found, county)) == [("daba", "采用计分", "县", "0.5", "1.50")]


def test_rules_of_the_day_of_the_adoption() -> None:
    later = RULES | {"from": "2026-07-01", "adoption": {"县": {"单条": 4}}}
    county = build([item("20260630-0900-daba"), item("20260701-0900-daba")], registry(rules=[RULES, later]))
    assert [str(line.points) for line in ledger(county)] == ["3.00", "4.00"]


def test_what_the_rules_do_not_name_is_a_line_of_nothing() -> None:
    review = signed("2026-07-01", adoptions=[adopted("省", "2026-07-20", "综合")])
    found, county = one(item("20260701-0900-daba", review=review))
    line = lines_of(found, county)[1]
    assert (line.points, line.why) == (
        0,
        "省级采用（综合，省委信息），计分办法没有给省级、综合定分值，计 0 分",
    )


def test_instructions_once_each_by_level() -> None:
    given = [
        {"level": "州", "date": "2026-07-09", "by": "州委书记"},
        {"level": "县", "date": "2026-07-05", "by": "县委书记"},
        {"level": "县", "date": "2026-07-05", "by": "县委书记"},
        {"level": "县", "date": "2026-07-05", "by": "县长"},
        {"level": "省", "date": "2026-07-10", "by": "省长"},
    ]
    found, county = one(item("20260701-0900-daba", review=signed("2026-07-01", instructions=given)))
    lines = [line for line in lines_of(found, county) if line.rule == "批示加分"]
    # county secretary 5, county head 5 (another person), prefecture 10, province not in the rules
    assert [(line.level, str(line.points)) for line in lines] == [
        ("县", "5.00"),
        ("县", "5.00"),
        ("州", "10.00"),
        ("省", "0.00"),
    ]
    assert not any("书记" in line.why for line in lines)


def office_item(sources: list[dict[str, Any]], **more: Any) -> Any:
    return item("20260710-0900-office", sources=sources, **more)


def test_sources_are_paid_once_by_share_and_the_office_is_not() -> None:
    joint = item(
        "20260701-0900-daba",
        **{"with": [{"unit": "shuiwu", "share": 0.25}]},
        review=signed("2026-07-01", decision="held"),
    )
    alone = item("20260702-0900-nandu", review=signed("2026-07-02", decision="filed"))
    review = signed("2026-07-10", adoptions=[adopted("州", "2026-07-20", "单篇")])
    found, county = one(
        office_item(
            [{"id": "20260701-0900-daba", "share": 0.6}, {"id": "20260702-0900-nandu", "share": 0.4}],
            review=review,
        ),
        joint,
        alone,
    )
    # county 3: 1.80 + 1.20, the first again 0.75 : 0.25 → 1.35 + 0.45; prefecture 10: 6 + 4 → 4.50 + 1.50 + 4
    assert brief(ledger(county)) == [
        ("daba", "来源分成", "县", "0.45", "1.35"),
        ("shuiwu", "来源分成", "县", "0.15", "0.45"),
        ("nandu", "来源分成", "县", "0.4", "1.20"),
        ("daba", "来源分成", "州", "0.45", "4.50"),
        ("shuiwu", "来源分成", "州", "0.15", "1.50"),
        ("nandu", "来源分成", "州", "0.4", "4.00"),
    ]
    last = lines_of(found, county)[-1]
    assert last.why == "州级采用（单篇，州委信息）计 10 分，由县委办公室编发，本单位供稿按 40% 得 4 分"


def test_one_line_a_unit_though_two_sources_are_its_own() -> None:
    found, county = one(
        office_item(
            [{"id": "20260701-0900-daba"}, {"id": "20260702-0900-daba"}, {"id": "20260703-0900-nandu"}]
        ),
        *(
            item(id_, review={})
            for id_ in ("20260701-0900-daba", "20260702-0900-daba", "20260703-0900-nandu")
        ),
    )
    # three equal sources of 3.00: two are daba's
    assert brief(lines_of(found, county)) == [
        ("daba", "来源分成", "县", "0.6667", "2.00"),
        ("nandu", "来源分成", "县", "0.3333", "1.00"),
    ]


def test_missing_and_withdrawn_sources_are_paid_to_nobody() -> None:
    gone = signed("2026-07-02", withdrawn={"date": "2026-07-30", "reason": "不实"})
    found, county = one(
        office_item(
            [{"id": "20260701-0900-daba"}, {"id": "20260702-0900-nandu"}, {"id": "20260703-0900-jiaoyu"}]
        ),
        item("20260701-0900-daba", review={}),
        item("20260702-0900-nandu", review=gone),
    )
    assert brief(lines_of(found, county)) == [("daba", "来源分成", "县", "0.3334", "1.00")]


def test_an_adoption_that_stands_in_the_sources_own_file_is_not_paid_twice() -> None:
    above = adopted("州", "2026-07-20", "单篇", "州委信息 第45期")
    found, county = one(
        office_item(
            [{"id": "20260701-0900-daba"}, {"id": "20260702-0900-nandu"}],
            review=signed("2026-07-10", adoptions=[above]),
        ),
        item("20260701-0900-daba", review=signed("2026-07-01", adoptions=[above])),
        item("20260702-0900-nandu"),
    )
    above_lines = [line for line in ledger(county) if line.level == "州"]
    # daba has the 10 of its own file; of the office's 10, nandu's half
    assert [(line.unit, line.rule, str(line.points)) for line in above_lines] == [
        ("daba", "采用计分", "10.00"),
        ("nandu", "来源分成", "5.00"),
    ]
    assert {line.unit for line in lines_of(found, county) if line.level == "县"} == {"daba", "nandu"}


def test_two_county_adoptions_of_one_day_are_two() -> None:
    known = registry()
    source, made = item("20260710-0800-daba"), office_item([{"id": "20260710-0800-daba"}])
    # both are by default 县 单条 试验信息 of 10 July: daba has its own 3 and the 3 of what was made of it
    assert line_sums(ledger(build([source, made], known))) == {"daba": D(6)}


def test_sources_of_sources_and_circles() -> None:
    first, second = "20260710-0900-office", "20260711-0900-office"
    county = build(
        [
            item(first, sources=[{"id": second}, {"id": "20260701-0900-daba"}]),
            item(second, sources=[{"id": first}, {"id": second}, {"id": "20260702-0900-nandu"}], review={}),
            item("20260701-0900-daba", review={}),
            item("20260702-0900-nandu", review={}),
        ]
    )
    # 3.00 in halves; of second's half, what would go back to first is paid to nobody: 1.50, then 0.75
    assert brief(ledger(county)) == [
        ("nandu", "来源分成", "县", "0.25", "0.75"),
        ("daba", "来源分成", "县", "0.5", "1.50"),
    ]


def test_the_offices_own_item_earns_nothing_and_only_it_may_have_sources() -> None:
    county = build(
        [
            item("20260710-0900-office"),
            item("20260711-0900-daba", sources=[{"id": "20260701-0900-nandu"}]),
            item("20260701-0900-nandu", review={}),
        ]
    )
    assert brief(ledger(county)) == [("daba", "采用计分", "县", "1", "3.00")]


def test_nothing_for_what_is_not_adopted_or_withdrawn() -> None:
    told = {"instructions": [{"level": "县", "date": "2026-07-05", "by": "县长"}]}
    county = build(
        [
            item("20260701-0900-daba", review={}),
            item("20260702-0900-daba", review=signed("2026-07-02", decision="declined", **told)),
            item(
                "20260703-0900-daba",
                review=signed("2026-07-03", withdrawn={"date": "2026-08-01", "reason": "不实"}, **told),
            ),
        ]
    )
    assert ledger(county) == ()


def test_order_window_and_sums() -> None:
    county = build(
        [
            item("20260701-0900-nandu", review=signed("2026-07-01", adoptions=[adopted("州", "2026-10-02")])),
            item("20260630-0900-daba", review=signed("2026-07-01")),
        ]
    )
    lines = ledger(county)
    assert [(str(line.date), line.unit) for line in lines] == [
        ("2026-07-01", "daba"),
        ("2026-07-01", "nandu"),
        ("2026-10-02", "nandu"),
    ]
    third = lines[0].date.replace(month=9, day=30)
    assert ledger(county, last=third) == lines[:2]
    assert line_sums(lines, last=third) == {"daba": D(3), "nandu": D(3)}
    assert line_sums(lines) == {"daba": D(3), "nandu": D(11)}


def test_lines_of_is_the_ledgers_part(county_of_all: County) -> None:
    lines = ledger(county_of_all)
    assert lines
    for found in county_of_all.items:
        assert lines_of(found, county_of_all) == tuple(line for line in lines if line.item == found.id)


@pytest.fixture
def county_of_all() -> County:
    return build(
        [
            item("20260701-0900-daba", body=BODY, **{"with": [{"unit": "shuiwu"}]}),
            item("20260702-0900-nandu", review=signed("2026-07-02", adoptions=[adopted("省", "2026-07-01")])),
            item(
                "20260710-0900-office", sources=[{"id": "20260701-0900-daba"}, {"id": "20260702-0900-nandu"}]
            ),
        ]
    )
