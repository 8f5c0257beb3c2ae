"""Charts: their lengths are the numbers', everything is said for those who hear them, and each answers its question in a sentence."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import date
from decimal import Decimal

import pytest

from zhibao.model.period import Period
from zhibao.model.policy.formulas import Completion
from zhibao.publish import charting
from zhibao.publish.charts import Bar, Legend, bars, columns
from zhibao.score.delays import Delays
from zhibao.score.figures import QuotaShare, Statistics, UnitFigures, ratio

SVG = "{http://www.w3.org/2000/svg}"
Q3 = Period.parse("2026-Q3")
AFTER, DURING = date(2026, 10, 8), date(2026, 8, 3)


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def rects(svg: str, kind: str) -> list[tuple[float, float, float, float]]:
    """x, y, width and height of the bars of a kind, without the legend's."""
    found = [one for one in parsed(svg).iter(f"{SVG}rect") if one.get("class") == kind]
    sizes = [tuple(float(one.get(key) or 0) for key in ("x", "y", "width", "height")) for one in found]
    return [one for one in sizes if (one[2], one[3]) != (12.0, 10.0)]  # type: ignore[misc]


def test_lengths_are_the_numbers() -> None:
    rows = [Bar("甲", 10), Bar("乙", Decimal("2.5"), mark=5), Bar("丙", 0)]
    wide = [one[2] for one in rects(bars("题", rows, Legend("报送", "任务数"), name="x"), "zb-c-bar")]
    assert [round(one / wide[0], 3) for one in wide] == [1, 0.25, 0]
    high = [one[3] for one in rects(columns("题", rows, Legend("报送", "任务数"), name="x"), "zb-c-bar")]
    assert [round(one / high[0], 2) for one in high] == [1, 0.25, 0]


def test_what_wants_attention_is_red_in_part_or_whole() -> None:
    svg = columns("题", [Bar("1", 4, hot=1), Bar("2", 2, hot=0)], Legend("报送", hot="其中迟报"), name="x")
    assert [round(one[3] / rects(svg, "zb-c-bar")[0][3], 2) for one in rects(svg, "zb-c-hot")] == [0.25]
    svg = bars(
        "题", [Bar("1", 4, hot=True), Bar("2", 2, hot=False)], Legend("报送", hot="没有完成"), name="x"
    )
    assert [one[:3] for one in rects(svg, "zb-c-hot")] == [rects(svg, "zb-c-bar")[0][:3]]


def test_less_than_nothing_hangs_below_the_line_and_stays_in_the_picture() -> None:
    svg = columns("题", [Bar("1", Decimal(6)), Bar("2", Decimal(-3))], Legend("得分"), name="x")
    (_, top, _, high), (_, below, _, deep) = rects(svg, "zb-c-bar")
    assert below == pytest.approx(top + high)
    assert deep == pytest.approx(high / 2, abs=0.1)
    bottom = float((parsed(svg).get("viewBox") or "").split()[3])
    assert max(float(one.get("y") or 0) for one in parsed(svg).iter(f"{SVG}text")) < bottom


def test_title_and_description_say_everything_and_nothing_a_label_says_is_markup() -> None:
    rows = [Bar('"><script>甲', 4, mark=5, hot=True), Bar("乙", 6, mark=5, hot=False)]
    tree = parsed(bars("各单位<报送>", rows, Legend("报送", "任务数", "没有完成"), name="c-1"))
    assert tree.get("role") == "img"
    assert tree.get("aria-labelledby") == "c-1-t c-1-d"
    assert [(one.get("id"), one.text) for one in tree if one.tag in (f"{SVG}title", f"{SVG}desc")] == [
        ("c-1-t", "各单位<报送>"),
        ("c-1-d", '"><script>甲：报送 4，任务数 5，没有完成；乙：报送 6，任务数 5。'),
    ]
    assert not list(tree.iter(f"{SVG}script"))
    assert parsed(columns("题", [], Legend("得分"), name="x"))[1].text == "没有数据。"


def test_a_long_name_is_cut_and_said_in_full() -> None:
    name = "县人力资源和社会保障事务中心"
    tree = parsed(bars("题", [Bar(name, 1)], Legend("报送"), name="x"))
    assert [one.text for one in tree.iter(f"{SVG}text")] == ["县人力资源和社会保障…", "1"]
    assert name in (tree[1].text or "")


def unit(name: str, submitted: int, quota: int | None, **more: object) -> UnitFigures:
    share = QuotaShare(None if quota is None else Decimal(quota))
    completion = ratio(submitted, share.count)
    return UnitFigures(name, name, "乡镇", share, submitted, completion=completion, **more)  # type: ignore[arg-type]


def found(*units: UnitFigures) -> Statistics:
    return Statistics(
        Q3, (("乡镇", units),), unit("office", 0, None), unit("合计", 0, None), (), (), {}, {}, ()
    )


def test_completion_names_the_least_first_and_counts_who_lacks() -> None:
    four = found(unit("甲", 5, 4), unit("乙", 0, 4), unit("丙", 2, 4), unit("丁", 1, None))
    chart = charting.completion(four, Completion.SUBMITTED, AFTER)
    assert chart is not None
    assert chart.words == "有任务的 3 个单位，完成的 1 个，没有完成的 2 个；没有报送的 1 个。"
    assert chart.rows == (("乙", "0", "4", "0.0%"), ("丙", "2", "4", "50.0%"), ("甲", "5", "4", "125.0%"))
    assert len(rects(chart.svg, "zb-c-hot")) == 1  # nothing submitted has no bar to be red
    early = charting.completion(four, Completion.SUBMITTED, DURING)
    assert early is not None
    assert "还没有完成的 2 个" in early.words
    assert charting.completion(found(unit("丁", 1, None)), Completion.SUBMITTED, AFTER) is None


def test_completion_is_by_the_formula_of_the_rules() -> None:
    one = UnitFigures(
        "甲", "甲", "乡镇", QuotaShare(Decimal(4), Decimal(60)), 5, adopted=2, points=Decimal(45)
    )
    for by, row in (
        (Completion.SUBMITTED, ("甲", "5", "4")),
        (Completion.ADOPTED, ("甲", "2", "4")),
        (Completion.POINTS, ("甲", "45", "60")),
    ):
        chart = charting.completion(found(one), by, AFTER)
        assert chart is not None
        assert chart.rows[0][:3] == row


def test_a_quarter_that_is_not_over_lacks_nothing_yet() -> None:
    trail = [(Period.parse("2026-Q2"), unit("甲", 1, 4)), (Q3, unit("甲", 1, 4))]
    chart = charting.fulfilment(trail, "甲2026年", Completion.SUBMITTED, DURING)
    assert chart is not None
    assert chart.words == "已过的 1 个季度里，0 个完成了任务。"
    assert len(rects(chart.svg, "zb-c-hot")) == 1


def test_kinds_levels_quarters_and_days_answer_in_a_sentence() -> None:
    one = unit(
        "甲", 4, 4, adopted=3, adopted_above={"州": 2, "省": 0}, by_kind={"动态": (3, 0), "经验": (1, 3)}
    )
    kinds = charting.kinds(one, "2026年")
    assert kinds is not None
    assert kinds.words == "报送最多的是动态，3 条，占 75%；动态报了没有采用。"
    quarters = charting.quarters([(Q3, one)], "2026年", points=False)
    assert quarters is not None
    assert (quarters.words, quarters.head) == ("第三季度最多，采用 3。", ("季度", "报送", "采用"))
    days = charting.timeliness(Delays({0: 1, 1: 2, 7: 1, 30: 1}, {7: 1, 30: 1}, 4), "2026年")
    assert days is not None
    assert days.words == (
        "写明发生日期的 5 条，从发生到报送中位数 1 个工作日，超过本类型时限的占 40.0%。另有 4 条没有写发生日期。"
    )
    assert days.rows[-2:] == (("6–10", 1, 1), ("11以上", 1, 1))
    assert sum(row[1] for row in days.rows) == 5
    assert charting.timeliness(Delays({}, {}, 3), "2026年") is None
    assert charting.kinds(unit("乙", 0, 4), "2026年") is None
    assert charting.quarters([(Q3, unit("乙", 0, 4))], "2026年", points=True) is None
