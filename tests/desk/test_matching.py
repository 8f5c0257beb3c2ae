"""The measure of likeness, held against an editor's word on a list of retitled items; ZHIBAO_WRITE_LABELS=1 writes the figures anew."""

from __future__ import annotations

import os

import pytest

from desk.retitled_county import RETITLED, listed, registry, retitled_county, texts, uses
from zhibao.desk.matching import POSSIBLE, SURE, Match, Sureness, matches
from zhibao.desk.reported_uses import ReportedUse
from zhibao.desk.unit_names import UnitNames
from zhibao.desk.use_dates import when

TABLE = RETITLED / "README.md"


@pytest.fixture(scope="module")
def judged() -> list[tuple[Match, set[str]]]:
    """Each row's match, and the items that it means."""
    return [
        (match, set(row["means"]))
        for match, row in zip(matches(uses(), retitled_county()), listed(), strict=True)
    ]


def best(match: Match) -> set[str]:
    return {one.item.id for one in match.best}


def offered(match: Match) -> set[str]:
    return best(match) | {one.item.id for one in match.others}


def table(judged: list[tuple[Match, set[str]]]) -> str:
    ours = [(match, means) for match, means in judged if means]
    lines = [
        "# 名单上的标题与报送的信息",
        "",
        f"{len(texts())} 条信息，{len(judged)} 行名单（{len(ours)} 行是本县的），标题按上级编辑的习惯改过，每行指哪条由人认定。"
        "相似度的算法是看着另一份名单（70 行）选的；“很像”的界限看过这里的数字后由 0.35 放到 0.30，那一份上 0.27 以上没有错的。",
        "",
        f"很像：最像的不低于 {SURE:.2f}，且与下一条拉开。可能：不低于 {POSSIBLE:.2f}。都只是建议，编辑确认了才记。",
        "",
        "| 把握 | 行 | 全对（没有的也没有建议） | 部分对 | 错或漏 |",
        "|---|---:|---:|---:|---:|",
    ]
    for sureness in Sureness:
        rows = [(best(match), means) for match, means in judged if match.sureness is sureness]
        right = sum(found == means for found, means in rows)
        partly = sum(found != means and bool(found & means) for found, means in rows)
        lines.append(
            f"| {sureness.value} | {len(rows)} | {right} | {partly} | {len(rows) - right - partly} |"
        )
    lines += ["", "只看建议的第一条，相似度不低于：", "", "| 界限 | 准确率 | 召回率 |", "|---:|---:|---:|"]
    for least in (0.15, 0.2, 0.25, 0.3, 0.35, 0.4):
        taken = [(match, means) for match, means in judged if match.best and match.best[0].likeness >= least]
        hits = sum(match.best[0].item.id in means for match, means in taken)
        lines.append(f"| {least:.2f} | {hits / len(taken):.0%} | {hits / len(ours):.0%} |")
    found = sum(means <= offered(match) for match, means in ours)
    lines += ["", f"建议和其他候选合起来，{len(ours)} 行里有 {found} 行找全。"]
    return "\n".join([*lines, ""])


def test_what_is_called_sure_is_right(judged: list[tuple[Match, set[str]]]) -> None:
    sure = [(match, means) for match, means in judged if match.sureness is Sureness.SURE]
    assert len(sure) >= 20
    assert [match.use.title for match, means in sure if best(match) != means] == []


def test_what_is_suggested_is_right_nine_times_in_ten_and_most_is_found(
    judged: list[tuple[Match, set[str]]],
) -> None:
    suggested = [best(match) & means for match, means in judged if match.best]
    assert sum(map(bool, suggested)) / len(suggested) >= 0.9
    assert sum(map(bool, suggested)) / sum(bool(means) for _, means in judged) >= 0.8


def test_the_figures_are_current(judged: list[tuple[Match, set[str]]]) -> None:
    if os.environ.get("ZHIBAO_WRITE_LABELS"):
        TABLE.write_text(table(judged), "utf-8")
    assert TABLE.read_text("utf-8") == table(judged)


# one row


def match_of(title: str, unit: str, month: str = "2026-10", changed: dict[str, str] | None = None) -> Match:
    use = ReportedUse(1, title, unit, when(month, retitled_county().now.date()), "", "")
    return matches([use], retitled_county(changed))[0]


def test_several_units_have_an_item_each_and_joint_ones_share_theirs() -> None:
    apart = match_of("采茶、冬修普遍缺工", "大坝镇、水务局", "2026-11")
    assert best(apart) == {"20260921-1010-daba", "20261010-1037-shuiwu"}
    assert best(match_of("“一网三联”解决饮水难", "大坝镇、水务局")) == {"20260915-0855-daba"}


def test_an_item_written_from_others_stands_for_them() -> None:
    """Both would pay the sources: the office's own item and one of its sources are never suggested together."""
    found = match_of("农村供水四题：水从哪里漏、钱从哪里来", "大坝镇、水务局")
    assert best(found) == {"20260925-1010-office"}


@pytest.mark.parametrize(
    "change", ["decision: adopted", "decision: declined\n  reason: {code: 要素不全}", "decision: filed"]
)
def test_what_was_refused_or_taken_back_is_not_meant(change: str) -> None:
    id_ = "20261008-0920-daba"
    text = texts()[id_].replace("decision: adopted", change)
    if change == "decision: adopted":
        text = text.replace("\n---\n\n", "\n  withdrawn: {date: 2026-10-10, reason: 有误}\n---\n\n")
    assert id_ in best(match_of("“借山册”化解林权纠纷", "大坝镇"))
    assert id_ not in offered(match_of("“借山册”化解林权纠纷", "大坝镇", changed={id_: text}))


def test_nothing_is_meant_that_came_later_or_is_long_past() -> None:
    title = "大坝镇把三座废水池改成了蓄水窖"
    assert match_of(title, "大坝镇", "2026-08").sureness is Sureness.SURE
    assert match_of(title, "大坝镇", "2026-07").sureness is Sureness.NONE
    assert match_of(title, "大坝镇", "2027-09").sureness is Sureness.NONE


def test_a_unit_that_is_not_known_makes_nothing_sure_and_another_county_nothing_at_all() -> None:
    title = "小型水库“三个责任人”，有的名字是借来的"
    assert match_of(title, "水务局").sureness is Sureness.SURE
    assert match_of(title, "").sureness is Sureness.SURE
    doubtful = match_of(title, "水利站")
    assert (doubtful.sureness, best(doubtful)) == (Sureness.POSSIBLE, {"20260806-1110-shuiwu"})
    assert "“水利站”不是登记的单位，或分不清是哪一个" in doubtful.notes
    assert match_of(title, "龙山县水务局").notes == ("不是本县的单位",)


def test_two_rows_of_one_issue_do_not_mean_one_item() -> None:
    november = when("2026-11", retitled_county().now.date())
    rows = [
        ReportedUse(1, "渔家女学做鱼丸", "南渡镇", november, "", "州委信息 第48期"),
        ReportedUse(2, "退捕以后渔家女学会做鱼丸", "南渡镇", november, "", "州委信息 第48期"),
        ReportedUse(3, "渔家女学做鱼丸", "南渡镇", november, "", "州委信息 第49期"),
    ]
    found = matches(rows, retitled_county())
    assert [one.sureness for one in found] == [Sureness.POSSIBLE, Sureness.SURE, Sureness.SURE]
    first = found[0]
    assert first.notes == ("第 2 行更像这一条",)


@pytest.mark.parametrize(
    ("text", "ids", "unknown", "county"),
    [
        ("大坝镇", ("daba",), (), False),
        ("试验县大坝镇", ("daba",), (), False),
        ("大坝", ("daba",), (), False),
        ("南渡乡", ("nandu",), (), False),
        ("大坝乡", ("daba",), (), False),
        ("水务局", ("shuiwu",), (), False),
        ("试验县水务局", ("shuiwu",), (), False),
        ("县总工会", ("gonghui",), (), False),
        ("工会", ("gonghui",), (), False),
        ("教局", ("jiaoyu",), (), False),
        ("大坝镇和水务局", ("daba", "shuiwu"), (), False),
        ("大坝镇 水务局；南渡镇（教育局）", ("daba", "shuiwu", "nandu", "jiaoyu"), (), False),
        ("大 坝 镇", ("daba",), (), False),
        ("县委办", (), (), True),
        ("中共试验县委办公室", (), (), True),
        ("试验县、大坝镇", ("daba",), (), True),
        ("局", (), ("局",), False),
        ("龙山县", (), ("龙山县",), False),
        ("", (), (), False),
    ],
)
def test_units_are_known_by_what_others_call_them(
    text: str, ids: tuple[str, ...], unknown: tuple[str, ...], county: bool
) -> None:
    found = UnitNames(registry()).named(text)
    assert (found.ids, found.unknown, found.county) == (ids, unknown, county)


def test_a_long_list_against_many_items_is_quick() -> None:
    import time

    start = time.process_time()
    matches(uses() * 20, retitled_county())
    assert time.process_time() - start < 5
