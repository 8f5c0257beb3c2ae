"""Where an item stands, for its officer: the answer, since when, whose word is next, what happened and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workflow.desk import GitCounty, Office, item_text, path_of

ADOPTED, DECLINED, HELD, CLOSED, GONE, DIGEST = (
    f"20261119-{clock}"
    for clock in ("0901-daba", "0902-daba", "0903-daba", "0904-daba", "0905-daba", "0906-office")
)
LAST_YEAR, JOINT = "20251119-0901-daba", "20261119-0907-jiaoyu"
WAITS, RETURNED, WRONG = "20261120-1000-daba", "20261123-1000-daba", "20261124-1000-daba"
SIGNED = "  decision: {}\n  by: lisi\n  date: 2026-11-20"
ABOVE = (
    "\n  adoptions:\n    - {level: 县, date: 2026-11-20, form: 单条, publication: 试验专报 第3期}\n"
    "    - {level: 州, date: 2026-11-23, form: 综合, publication: 州委信息 第45期}"
)
WORDS = "\n  reason: {code: 已有同类, words: 去年用过}"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    county = GitCounty(tmp_path_factory.mktemp("status") / "desk")
    texts = {
        ADOPTED: item_text(ADOPTED),
        DECLINED: item_text(DECLINED, review=SIGNED.format("declined") + WORDS),
        HELD: item_text(HELD, review=SIGNED.format("held")),
        CLOSED: item_text(CLOSED, front="audience: leaders", review=SIGNED.format("declined") + WORDS),
        GONE: item_text(
            GONE, review=SIGNED.format("adopted") + "\n  withdrawn: {date: 2026-11-22, reason: 数字有误}"
        ),
        JOINT: item_text(JOINT, front="with: [{unit: daba}]", review=SIGNED.format("filed")),
        DIGEST: item_text(
            DIGEST, front=f"sources: [{{id: {ADOPTED}}}]", review=SIGNED.format("adopted") + ABOVE
        ),
        LAST_YEAR: item_text(LAST_YEAR, review=SIGNED.format("filed")),
    }
    county.git("checkout", "-q", "-b", "all")
    for id_, text in texts.items():
        county.commit(path_of(id_), text, "lisi", "2026-11-20T10:00:00+08:00")
    county.git("checkout", "-q", "main")
    county.merge("all", "lisi", "2026-11-20T11:00:00+08:00")
    county.git("branch", "-qD", "all")
    county.propose(WAITS, "wangmin", "2026-11-20T10:00:00+08:00", item_text(WAITS))
    county.propose(RETURNED, "wangmin", "2026-11-23T10:00:00+08:00", item_text(RETURNED))
    county.propose(
        WRONG, "wangmin", "2026-11-24T10:00:00+08:00", item_text(WRONG, review=SIGNED.format("adopted"))
    )
    return county.root


@pytest.fixture
def office(prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    office = Office.copied(prepared, tmp_path, capsys)
    office.call("return", RETURNED, "--reason", "要素不全", "--words", "请补上户数。")
    return office


def title(id_: str) -> str:
    return f"《{id_.split('-')[2]}编号{id_[4:13]}的水井账》"


YEAR = """\
大坝镇 2026年报送 9 条：要改了才能采用 1 条，退回修改 1 条，等编辑处理 1 条，留用 1 条，备查 1 条，撤下 1 条，没有采用 2 条，采用 1 条。

11月24日  《daba编号1124-1000的水井账》  20261124-1000-daba
    要改了才能采用，等本单位改好再报；2 处错误，先改：处理决定（review）由编辑填写，王敏（信息员）不能写。

11月23日  《daba编号1123-1000的水井账》  20261123-1000-daba
    退回修改，等本单位改好再报；请再改一改：要素不全，请补上户数。改好后在原来那份上再报一次。

11月20日  《daba编号1120-1000的水井账》  20261120-1000-daba
    等编辑处理，已经 4 天（2 个工作日）。

11月19日  《daba编号1119-0903的水井账》  20261119-0903-daba
    留用，编辑以后再定，已经 4 天（2 个工作日）；先留用，以后再定。

11月19日  《jiaoyu编号1119-0907的水井账》  20261119-0907-jiaoyu
    留作备查。

11月19日  （题目不便写出的一条信息）  20261119-0905-daba
    11月22日撤下，原因：数字有误。

11月19日  （题目不便写出的一条信息）  20261119-0904-daba
    这次没有采用，原因：已有同类，同类情况已经采用过。

11月19日  《daba编号1119-0902的水井账》  20261119-0902-daba
    这次没有采用，原因：已有同类，去年用过。

11月19日  《daba编号1119-0901的水井账》  20261119-0901-daba
    11月20日采用（试验信息，单条）；编入综合稿，11月20日采用并上报（试验专报 第3期，单条）；11月23日州级采用（州委信息 第45期，综合）。
"""


def test_a_units_year_has_what_is_open_on_top(office: Office) -> None:
    assert office.call("status", "daba") == (0, YEAR)
    assert office.call("status", "大坝镇", "--year", "2026") == (0, YEAR)
    assert LAST_YEAR in office.call("status", "daba", "--year", "2025")[1]
    assert office.call("status", "nandu") == (0, "南渡镇 2026年还没有报送的信息。\n")


SAID = {
    WAITS: "等编辑处理，已经 4 天（2 个工作日）。\n",
    RETURNED: "退回修改，等本单位改好再报。\n"
    "- 请再改一改：要素不全，请补上户数。改好后在原来那份上再报一次\n",
    WRONG: "要改了才能采用，等本单位改好再报。\n"
    "- 2 处错误，先改：处理决定（review）由编辑填写，王敏（信息员）不能写\n",
    HELD: "留用，编辑以后再定，已经 4 天（2 个工作日）。\n- 先留用，以后再定\n",
    ADOPTED: "采用，11月20日办完。\n- 11月20日采用（试验信息，单条）\n"
    "- 编入综合稿，11月20日采用并上报（试验专报 第3期，单条）；11月23日州级采用（州委信息 第45期，综合）\n",
    DECLINED: "没有采用，11月20日办完。\n- 这次没有采用，原因：已有同类，去年用过\n",
    GONE: "撤下，11月22日办完。\n- 11月22日撤下，原因：数字有误\n",
}


@pytest.mark.parametrize("id_", SAID)
def test_one_item_is_answered_in_one_line_and_then_told(office: Office, id_: str) -> None:
    status, words = office.call("status", id_)
    first, _, rest = words.partition("\n")
    subject = "（题目不便写出的一条信息）" if id_ == GONE else title(id_)
    day = f"{id_[4:6]}月{id_[6:8]}日"
    assert (status, first) == (0, f"{subject}，大坝镇，经验，{day}报送，编号 {id_}")
    assert rest == SAID[id_]


def test_of_what_is_for_the_leaders_neither_title_nor_words_are_told(office: Office) -> None:
    for form in ("text", "json"):
        words = office.call("status", CLOSED, "--format", form)[1]
        assert "编号1119-0904的水井账" not in words
        assert "去年用过" not in words
        assert "已有同类" in words


def test_both_units_of_a_joint_item_are_told_of_it(office: Office) -> None:
    for unit in ("jiaoyu", "daba"):
        assert JOINT in office.call("status", unit)[1]
    assert "，县教育局、大坝镇，" in office.call("status", JOINT)[1]


def test_json_has_its_schema(office: Office) -> None:
    found = json.loads(office.call("status", RETURNED, "--format", "json")[1])
    assert found == {
        "schema": 1,
        "asked": RETURNED,
        "now": "2026-11-24T13:00",
        "items": [
            {
                "id": RETURNED,
                "title": title(RETURNED)[1:-1],
                "units": ["daba"],
                "kind": "经验",
                "submitted": "2026-11-23",
                "state": "returned",
                "label": "退回修改",
                "since": "2026-11-24",
                "days": 0,
                "working_days": 0,
                "owes": "unit",
                "open": True,
                "errors": 0,
                "told": ["请再改一改：要素不全，请补上户数。改好后在原来那份上再报一次"],
            }
        ],
    }
    year = json.loads(office.call("status", "daba", "--format", "json")[1])["items"]
    assert [one["id"] for one in year if one["owes"] == "editor"] == [WAITS, HELD]
    assert [one["open"] for one in year] == [True] * 4 + [False] * 5


def test_a_long_year_is_cut_and_shown_whole_when_asked_for(office: Office) -> None:
    ids = [f"20260612-10{number:02}-daba" for number in range(9)]
    for id_ in ids:
        text = item_text(id_, review=SIGNED.format("filed"))
        path = office.root / path_of(id_)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    office.county.git("add", "-A")
    office.county.git("commit", "-qm", "更多", by="lisi", at="2026-11-21T10:00:00+08:00")
    words = office.call("status", "daba")[1]
    assert sum(id_ in words for id_ in ids) == 3
    assert words.endswith("\n还有 6 条办完了的没有列出，要看全部请加 --all。\n")
    assert all(id_ in office.call("status", "daba", "--all")[1] for id_ in ids)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("20261119-0901-nandu", "主分支和待处理的提议里都没有 20261119-0901-nandu 这条信息"),
        ("大水镇", "没有“大水镇”这个单位，也不是信息编号；单位如 daba（大坝镇）"),
        ("../x", "没有“../x”这个单位"),
    ],
)
def test_what_is_not_there_is_told(office: Office, asked: str, words: str) -> None:
    status, said = office.call("status", asked)
    assert (status, words in said) == (2, True), said
