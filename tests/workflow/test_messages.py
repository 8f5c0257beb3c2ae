"""Words that are ready for each unit: who hears what, of which days, and what must not stand in a chat."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workflow.desk import GitCounty, Office, item_text, path_of, run

DAY = "2026-11-20T{}:00+08:00"
ADOPTED, DECLINED, HELD, CLOSED, SECRET, GONE, JOINT = (
    f"20261119-{clock}"
    for clock in (
        "0901-daba",
        "0902-daba",
        "0903-nandu",
        "0904-shuiwu",
        "0905-shuiwu",
        "0906-nandu",
        "0907-jiaoyu",
    )
)
DIGEST, OWN = "20261120-0908-office", "20261120-0909-office"
RETURNED = "20261124-0930-daba"


def signed(decision: str, day: str = "2026-11-20") -> str:
    return f"  decision: {decision}\n  by: lisi\n  date: {day}"


ABOVE = (
    "\n  adoptions:\n    - {level: 县, date: 2026-11-20, form: 单条, publication: 试验专报 第3期}\n"
    "    - {level: 州, date: 2026-11-23, form: 综合, publication: 州委信息 第45期}\n"
    "  instructions:\n    - {level: 县, date: 2026-11-21, by: 县委书记}\n    - {level: 县, date: 2026-11-21, by: 县长}"
)
WORDS = "\n  reason: {code: 已有同类, words: 去年用过}"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    county = GitCounty(tmp_path_factory.mktemp("messages") / "desk")
    sources = f"sources: [{{id: {HELD}}}, {{id: {ADOPTED}}}, {{id: {GONE}}}]"
    texts = {
        ADOPTED: item_text(ADOPTED),
        DECLINED: item_text(DECLINED, review=signed("declined") + WORDS),
        HELD: item_text(HELD, review=signed("held")),
        CLOSED: item_text(CLOSED, front="audience: leaders", review=signed("declined") + WORDS),
        SECRET: item_text(SECRET).replace("过去没有", "内部资料，不得外传。过去没有"),
        GONE: item_text(
            GONE, review=signed("adopted") + "\n  withdrawn: {date: 2026-11-22, reason: 数字有误}"
        ),
        JOINT: item_text(JOINT, front="with: [{unit: gonghui}]", review=signed("filed", "2026-10-30")),
        DIGEST: item_text(DIGEST, front=sources, review=signed("adopted") + ABOVE),
        OWN: item_text(OWN),
    }
    county.git("checkout", "-q", "-b", "all")
    for id_, text in texts.items():
        county.commit(path_of(id_), text, "lisi", DAY.format("10:00"))
    county.git("checkout", "-q", "main")
    county.merge("all", "lisi", DAY.format("11:00"))
    county.git("branch", "-qD", "all")
    county.propose(RETURNED, "wangmin", "2026-11-24T10:00:00+08:00", item_text(RETURNED))
    return county.root


@pytest.fixture
def office(prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office.copied(prepared, tmp_path, capsys)


def title(id_: str) -> str:
    return f"《{id_.split('-')[2]}编号{id_[4:13]}的水井账》"


def blocks(office: Office, asked: str) -> dict[str, str]:
    """What is said to each unit, by its name."""
    status, words = office.call("messages", asked)
    assert status == 0, words
    return dict(block.split("：\n", 1) for block in words.strip().split("\n\n"))


def test_each_unit_has_its_block_with_what_happened_to_its_items(office: Office) -> None:
    office.call("return", RETURNED, "--reason", "要素不全", "--words", "请补上户数。")
    found = blocks(office, "2026-11")
    assert list(found) == ["大坝镇", "南渡镇", "县水务局"]
    assert found["大坝镇"].splitlines() == [
        "您好！2026年11月信息情况如下：",
        f"1. {title(RETURNED)}请再改一改：要素不全，请补上户数。改好后在原来那份上再报一次。",
        f"2. {title(ADOPTED)}11月20日采用（试验信息，单条）。",
        f"3. {title(ADOPTED)}编入综合稿，11月20日采用并上报（试验专报 第3期，单条）；11月21日得到县级领导批示；"
        "11月23日州级采用（州委信息 第45期，综合）。",
        f"4. {title(DECLINED)}这次没有采用，原因：已有同类，去年用过。",
        "谢谢支持。",
    ]
    assert f"{title(HELD)}编入综合稿，" in found["南渡镇"]
    assert f"{title(HELD)}先留用，以后再定。" in found["南渡镇"]


def test_a_day_holds_what_happened_on_it_and_nothing_is_said_to_those_with_nothing(office: Office) -> None:
    found = blocks(office, "2026-11-23")
    assert found == {
        "大坝镇": f"您好！2026年11月23日信息情况如下：\n{title(ADOPTED)}编入综合稿，11月23日州级采用（州委信息 第45期，综合）。\n谢谢支持。",
        "南渡镇": f"您好！2026年11月23日信息情况如下：\n{title(HELD)}编入综合稿，11月23日州级采用（州委信息 第45期，综合）。\n谢谢支持。",
    }
    assert list(blocks(office, "2026-10")) == ["县教育局", "县总工会"]
    assert office.call("messages", "2025") == (0, "2025年没有要告诉单位的事。\n")


def test_what_must_not_stand_in_a_chat_has_no_title_and_no_editors_words(office: Office) -> None:
    found = blocks(office, "2026-11")
    assert found["县水务局"].splitlines()[1:3] == [
        f"1. 11月19日报送的一条信息（{SECRET}）11月20日采用（试验信息，单条）。",
        f"2. 11月19日报送的一条信息（{CLOSED}）这次没有采用，原因：已有同类，同类情况已经采用过。",
    ]
    assert f"11月19日报送的一条信息（{GONE}）11月22日撤下，原因：数字有误。" in found["南渡镇"]
    everything = office.call("messages", "2026-11", "--format", "json")[1]
    assert title(SECRET)[1:-1] not in everything
    assert "县委书记" not in everything


def test_instructions_are_told_only_where_the_units_may_see_them(office: Office) -> None:
    path = office.root / "registry/office.yml"
    text = path.read_text("utf-8")
    assert "批示" in office.call("messages", "2026-11")[1]
    path.write_text(text.replace("ranks, reasons, instructions]", "ranks, reasons]", 1), "utf-8")
    office.county.git("commit", "-qam", "不显示批示", by="wuhao", at=DAY.format("12:00"))
    assert "批示" not in office.call("messages", "2026-11")[1]


def test_one_item_is_told_to_its_units(office: Office) -> None:
    assert blocks(office, ADOPTED) == {
        "大坝镇": f"您好！{title(ADOPTED)}11月20日采用（试验信息，单条）。谢谢支持。"
    }
    assert list(blocks(office, JOINT)) == ["县教育局", "县总工会"]
    assert blocks(office, RETURNED) == {"大坝镇": f"您好！{title(RETURNED)}已经收到，正在办理。谢谢支持。"}
    assert list(blocks(office, DIGEST)) == ["大坝镇", "南渡镇"]
    assert office.call("messages", OWN) == (0, f"{OWN}没有要告诉单位的事。\n")


def test_a_returned_one_that_came_back_waits_for_the_office_again(office: Office) -> None:
    office.call("return", RETURNED, "--reason", "要素不全")
    assert "要素不全，要素有缺。改好后" in blocks(office, RETURNED)["大坝镇"]
    office.county.git("checkout", "-q", RETURNED)
    mended = item_text(RETURNED).replace("八户用水", "八户、三十一人用水")
    office.county.commit(path_of(RETURNED), mended, "wangmin", "2026-11-24T12:00:00+08:00")
    office.county.git("checkout", "-q", "main")
    assert "正在办理" in blocks(office, RETURNED)["大坝镇"]
    assert "再改一改" not in office.call("messages", "2026-11")[1]


def test_json_has_its_schema(office: Office) -> None:
    found = json.loads(office.call("messages", ADOPTED, "--format", "json")[1])
    assert (found["schema"], found["asked"]) == (1, ADOPTED)
    (one,) = found["messages"]
    assert (one["unit"], one["name"]) == ("daba", "大坝镇")
    assert one["text"].startswith("大坝镇：\n您好！")
    assert one["news"] == [
        {
            "compiled": False,
            "items": [{"id": ADOPTED, "title": title(ADOPTED)[1:-1], "submitted": "2026-11-19"}],
            "events": [
                {
                    "happening": "adopted",
                    "date": "2026-11-20",
                    "level": "县",
                    "form": "单条",
                    "publication": "试验信息",
                    "reason": None,
                    "words": "",
                }
            ],
        }
    ]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("2026-13", "时段“2026-13”的写法不对"),
        ("2026-02-30", "没有 2026-02-30 这一天"),
        ("../x", "也可以写一天 2026-09-20，或信息编号"),
        ("20261119-0901-nandu", "都没有 20261119-0901-nandu 这条信息"),
    ],
)
def test_wrong_usage_is_told(office: Office, asked: str, words: str) -> None:
    status, said = office.call("messages", asked)
    assert (status, words in said) == (2, True), said


def test_proposals_are_those_of_the_origin_as_it_is_now(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(tmp_path, capsys)
    office.propose(RETURNED)
    other = tmp_path / "other"
    run(tmp_path, "clone", "-q", str(office.origin), str(other))
    assert office.call("return", RETURNED, "--reason", "要素不全")[0] == 0
    asked = ("messages", "2026-11-24")
    assert "再改一改：要素不全" in office.call(*asked, root=other)[1]
    run(office.origin, "branch", "-D", RETURNED)
    assert office.call(*asked, root=other) == (0, "2026年11月24日没有要告诉单位的事。\n")
