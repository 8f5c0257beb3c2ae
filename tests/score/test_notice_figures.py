"""The notice says what the statistics say, whatever was reported: every figure of its tables and sentences is one of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from score_county import RULES, UNITS, adopted, build, item, quota, registry, signed, unit
from score_documents import documents

from zhibao.model.document import Document
from zhibao.model.office import Office
from zhibao.model.period import Period
from zhibao.publish.notice_facts import NoticeFacts, notice_facts
from zhibao.publish.notice_plain import notice_plain
from zhibao.publish.notice_problems import problems
from zhibao.publish.notice_text import NoticeText, notice_text
from zhibao.publish.notice_words import commissions, group_words, overall, urgent, zero
from zhibao.score.ledger import ledger
from zhibao.score.statistics import statistics

STEADY = settings(derandomize=True, deadline=None, max_examples=60)
Q3 = Period.parse("2026-Q3")
CALL = {
    "id": "meals",
    "title": "校园午餐",
    "level": "县",
    "from": "2026-07-01",
    "due": "2026-08-15",
    "to": ["jiaoyu", "daba"],
}
NEXT = {
    "id": "winter",
    "title": "安全过冬",
    "level": "州",
    "from": "2026-09-01",
    "due": "2026-11-30",
    "wants": "写清困难",
}


def facts(
    found: Iterable[Document],
    *,
    units: Sequence[dict[str, Any]] | None = None,
    calls: Sequence[dict[str, Any]] = (CALL, NEXT),
    shown: Sequence[str] = ("points", "ranks", "reasons", "instructions", "quality"),
    **rules: Any,
) -> NoticeFacts:
    known = registry(units=units, rules=[RULES | rules], calls=calls)
    values = known.office.model_dump(mode="json", by_alias=True) | {"editions": {"network": list(shown)}}
    county = build(found, replace(known, office=Office.model_validate(values)))
    lines = ledger(county)
    return notice_facts(
        county,
        statistics(county, Q3, lines=lines),
        statistics(county, Q3.before, lines=lines),
        lines,
        {one.id for one in county.items},
        county.registry,
        closed=True,
    )


@STEADY
@given(documents(), st.sampled_from([None, 0, 1]))
def test_every_figure_is_that_of_the_statistics(found: list[Document], ranked: int | None) -> None:
    told = facts(found, ranked=ranked)
    text, figures = notice_text(told), told.figures
    for (_, members), group in zip(figures.groups, text.groups, strict=False):
        for one, row in zip(members, group.rows, strict=True):
            assert row["单位"] == one.name
            assert (row["报送"], row["采用"], row["上报"]) == (
                str(one.submitted),
                str(one.adopted),
                str(one.sent_up),
            )
            assert row["上级采用"] == str(sum(one.adopted_above.values()))
            assert row["得分"] == ("0" if not one.points else f"{one.points.normalize():f}")
            assert row["名次"] == ("—" if one.rank is None else str(one.rank))
        counted = re.match(r"(\d+)个单位报送信息(\d+)条，采用(\d+)条。", group.words)
        assert counted
        assert [int(number) for number in counted.groups()] == [
            len(members),
            sum(one.submitted for one in members),
            sum(one.adopted for one in members),
        ]
        first = {one.name for one in members if one.rank and one.rank <= 3 and one.points > 0}
        named = re.findall(r"第[一二三]名([^（]+)（", group.words)
        assert {name for names in named for name in names.split("、")} == first
    total, words = figures.totals, overall(told)
    assert f"{len(figures.units)}个单位报送信息{total.submitted}条" in words
    assert f"采用{total.adopted}条" in words
    assert f"上报{total.sent_up}条，上级采用{sum(total.adopted_above.values())}条次" in words
    assert f"到期约稿{total.commissions_due}篇次，按时完成{total.commissions_done}篇次" in words
    assert (f"另有{total.undecided}条待处理" in words) == bool(total.undecided)
    silent = "、".join(told.name(one) for one in figures.zero_reports)
    assert next(zero(told)) == (
        f"零报送单位{len(figures.zero_reports)}个：{silent}。" if silent else "没有零报送单位。"
    )
    assert len(told.above) == sum(
        (*total.adopted_above.values(), *figures.office.adopted_above.values())
    ) or any(one.unit == "nowhere" for one in _documents(found))
    assert text.problems
    assert notice_plain(text).count("\n") > 40


def _documents(found: list[Document]) -> list[Any]:
    from zhibao.model.understand import submission

    return [one for document in found if (one := submission(document)[0])]


def text_of(found: Iterable[Document], **more: Any) -> NoticeText:
    return notice_text(facts(found, **more))


def test_a_quarter_in_which_nothing_was_reported() -> None:
    text = text_of([], calls=())
    assert text.overall == (
        "第三季度，全县4个单位报送信息0条；采用0条；上报0条，上级采用0条次。没有领导批示。"
    )
    assert [group.words for group in text.groups[:2]] == ["2个单位报送信息0条，采用0条。"] * 2
    assert text.zero == (
        "零报送单位4个：大坝镇、南渡镇、县水务局、县教育局。",
        "零采用单位（包括零报送的）4个：大坝镇、南渡镇、县水务局、县教育局。",
    )
    assert text.commissions == ("第三季度没有到期的约稿。",)
    assert (text.above, text.uses) == ("各单位的信息被上级采用0条次。", ())
    assert text.instructions == "各单位的信息没有得到领导批示。"
    assert [(one.heading, one.words) for one in text.problems] == [
        ("总的看。", "没有突出的问题，请各单位保持。")
    ]
    assert [one.heading for one in text.calls] == ["第四季度的报送要点另行发布。"]
    assert len(facts([]).commissions) == 2


def test_ties_share_their_place_and_nobody_without_points_has_one() -> None:
    found = [item("20260701-0900-daba"), item("20260702-0900-nandu"), item("20260703-0900-shuiwu")]
    told = facts(found)
    assert [group_words(told, members) for _, members in told.figures.groups] == [
        "2个单位报送信息2条，采用2条。并列第一名大坝镇、南渡镇（3分）。",
        "2个单位报送信息1条，采用1条。第一名县水务局（3分）。",
    ]


def test_one_group_and_many_equals() -> None:
    units = [unit(f"u{n}", f"第{n}乡", "乡镇") for n in range(1, 6)]
    found = [item(f"2026070{n}-0900-u{n}") for n in range(1, 6)]
    text = text_of(found, units=units, calls=())
    assert [group.heading for group in text.groups] == ["乡镇。", "全县合计。"]
    assert (
        text.groups[0].words
        == "5个单位报送信息5条，采用5条。并列第一名第1乡、第2乡、第3乡、第4乡、第5乡（3分）。"
    )
    assert text.zero == ("没有零报送单位。", "没有零采用单位。")


def test_by_average_the_place_is_told_with_the_average() -> None:
    found = [
        item("20260701-0900-daba"),
        item("20260702-0900-daba"),
        item(
            "20260703-0900-nandu",
            review=signed("2026-07-03", adoptions=[adopted("县", "2026-07-03", "单篇")]),
        ),
    ]
    told = facts(found, ranked_by="average")
    assert group_words(told, told.figures.groups[0][1]) == (
        "2个单位报送信息3条，采用3条。第一名南渡镇（平均5分），第二名大坝镇（平均3分）。"
    )


def test_commissions_are_told_by_how_they_were_answered() -> None:
    told = facts([item("20260801-0900-jiaoyu", call="meals"), item("20260820-0900-daba", call="meals")])
    assert list(commissions(told)) == [
        "到期约稿1题、2篇次，按时完成1篇次，迟报1篇次。",
        "“校园午餐”（8月15日截止）：县教育局按时完成；大坝镇迟报。",
    ]
    assert [(heading, words) for heading, words in problems(told) if heading == "约稿办理。"] == [
        (
            "约稿办理。",
            "到期约稿2篇次中，1篇次没有按时完成。约稿是上级和县委点名要的，请按时交稿，确有困难的提前说明。",
        )
    ]


def test_what_is_asked_next_is_told_with_its_days() -> None:
    later = CALL | {"id": "spring", "from": "2027-01-05", "due": "2027-02-01"}
    text = text_of(
        [],
        calls=[CALL, NEXT, later, NEXT | {"id": "own", "to": ["daba"], "due": "2026-10-10", "title": "秋收"}],
    )
    assert [(one.numeral, one.heading, one.words) for one in text.calls] == [
        ("（一）", "秋收。", "州级，2026年9月1日发布，2026年10月10日截止。写清困难。约稿单位：大坝镇。"),
        ("（二）", "安全过冬。", "州级，2026年9月1日发布，2026年11月30日截止。写清困难。"),
    ]


def test_problems_name_units_that_fell_short_and_the_structure() -> None:
    units = [unit(*one, quota=quota(8, None)) for one in UNITS]
    found = [item(f"2026070{n}-0900-daba") for n in range(1, 4)]
    declined = {"decision": "declined", "by": "lisi", "date": "2026-07-10", "reason": {"code": "内容一般"}}
    found += [item(f"2026071{n}-0900-nandu", review=declined) for n in range(1, 3)]
    told = dict(problems(facts(found, units=units, calls=())))
    assert told["任务完成。"] == (
        "有任务的4个单位中，2个没有完成本季度任务：县水务局（0.0%）、县教育局（0.0%）。请这些单位的分管领导过问，在下季度补上。"
    )
    assert told["采用情况。"] == (
        "报送2条以上、采用率低于50%的单位：南渡镇（0.0%）。没有采用的原因，主要是内容一般（2条）。请对照改进，少而求精。"
    )
    assert told["信息结构。"].startswith("报送的5条中，")
    assert "结构单一" in told["信息结构。"]
    assert "报送时效。" in told


@pytest.mark.parametrize("shown", [(), ("ranks",), ("points",)])
def test_what_the_units_are_not_shown_is_not_told(shown: tuple[str, ...]) -> None:
    given = {"level": "州", "date": "2026-07-20", "by": "州委书记"}
    found = [item("20260701-0900-daba", review=signed("2026-07-01", instructions=[given]))]
    text = text_of(found, shown=shown)
    assert ("第一名大坝镇" in text.groups[0].words) == ("ranks" in shown)
    assert "（13分）" not in text.groups[0].words
    assert text.instructions == ""
    assert "批示" not in text.overall
    assert text.hidden == {"批示", "得分", "名次"} - {
        {"ranks": "名次", "points": "得分"}[one] for one in shown
    }
    told = notice_plain(text)
    assert ("13" in re.sub(r"\d+月13日", "", told)) == ("points" in shown)


def test_urgent_items_are_counted_and_their_lateness_told() -> None:
    assert urgent(facts([])) == "第三季度各单位没有报送紧急信息。"
