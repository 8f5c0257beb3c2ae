"""An editor enters what came by telephone, chat or paper: the file, its time, who may, and that the proposal's clock lets it pass."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bases import put
from workflow.desk import Office, path_of, run
from zhibao.repo.county_files import read_county

ID = "20261012-0920-daba"
DRAFT = """大坝镇三座山塘蓄满了水

过去山塘漏水，村里没有水浇地。今年由镇里出钱、村里出工，把三座山塘的塘底重新铺过，到十月上旬蓄水四万立方米，够六百亩地用到明年开春。管水由三个村民小组轮流，账目每月贴出来，已有二百一十户签了用水约定，结果没有一户争水。
"""
ENTERED = f"""---
title: 大坝镇三座山塘蓄满了水
unit: daba
officer: 王敏
kind: 动态
submitted: 2026-10-12 09:20
audience: network
received: {{via: 微信, date: 2026-10-12 09:20}}
---

{DRAFT.split(chr(10), 2)[2]}"""


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    made = Office(tmp_path, capsys)
    put(tmp_path, "草稿.txt", DRAFT)
    return made


def enter(office: Office, *more: str, unit: str = "daba", at: str = "2026-10-12 09:20") -> tuple[int, str]:
    draft = str(office.root.parent / "草稿.txt")
    return office.call("enter", "--unit", unit, "--via", "微信", "--received", at, "--from", draft, *more)


def test_the_whole_file_and_what_is_said(office: Office) -> None:
    assert enter(office) == (
        0,
        f"{path_of(ID)}\n"
        "替大坝镇录好了（信息员 王敏，2026-10-12 09:20 经微信收到）。\n"
        f"用 zhibao check {path_of(ID)} 查一遍，再用 zhibao submit 推上去；不要了，删去这个文件就行。\n",
    )
    assert (office.root / path_of(ID)).read_text("utf-8") == ENTERED
    status, words = office.call("check", path_of(ID))
    assert status == 0
    assert "错误[" not in words
    assert "received" not in words


def test_a_file_that_is_an_item_already_is_told_where_it_belongs(office: Office) -> None:
    """As the page 报送 hands it over."""
    item = ENTERED.replace("received: {via: 微信, date: 2026-10-12 09:20}\n", "")
    put(office.root.parent, f"{ID}.md", item)
    status, words = office.call(
        *("enter", "--unit", "daba", "--via", "微信", "--received", "2026-10-12 09:20"),
        *("--from", str(office.root.parent / f"{ID}.md")),
    )
    assert status == 2
    assert (
        f"照原来的文件名放成 {path_of(ID)}，在抬头里加一行 received: {{via: 微信, date: 2026-10-12 09:20}}"
        in words
    )
    assert not (office.root / path_of(ID)).exists()


def test_the_same_item_twice_is_said_and_another_has_a_number(office: Office) -> None:
    enter(office)
    assert enter(office, unit="大坝镇") == (1, f"没有办成。已经录过了：{path_of(ID)}；要改，请改那个文件\n")
    status, words = enter(office, "--title", "另一件事也在这一分钟报来")
    assert (status, words.splitlines()[0]) == (0, path_of(f"{ID}-2"))


def test_an_officer_who_is_not_registered_is_entered_and_named(office: Office) -> None:
    status, words = enter(office, "--officer", "周舟", "--kind", "经验", unit="gonghui")
    assert (status, "周舟 还没有备案：zhibao confirm-officer gonghui 周舟" in words) == (0, True)
    assert "officer: 周舟\nkind: 经验\n" in office.county.text(path_of("20261012-0920-gonghui"))


def test_it_goes_through_as_a_proposal_and_counts_from_when_it_was_received(office: Office) -> None:
    """Entered six weeks later: an editor's `received` is believed, an officer's is refused."""
    enter(office)
    office.county.git("checkout", "-q", "-b", "paper")
    office.county.git("add", "-A")
    office.county.git("commit", "-qm", "代录", by="lisi", at="2026-11-24T12:50:00+08:00")
    opened = "2026-11-24T12:55:00+08:00"
    status, words = office.call("review", "--head", "paper", "--actor", "lisi", "--opened", opened)
    assert (status, "arrival-time" in words) == (0, False), words
    status, words = office.call("review", "--head", "paper", "--actor", "wangmin", "--opened", opened)
    assert status == 1
    assert "arrival-time" in words
    assert "代录和档案（received、imported）由编辑填写" in words
    office.county.git("push", "-q", "origin", "paper")
    office.county.git("checkout", "-q", "main")
    office.county.git("branch", "-qD", "paper")
    assert office.call("adopt", ID)[0] == 0
    item = read_county(office.root).county.by_id[ID]
    assert (str(item.submitted_on), str(item.adopted_on)) == ("2026-10-12", "2026-11-24")
    figures = json.loads(office.call("stats", "2026-10", "--format", "json")[1])
    assert figures["totals"]["submitted"] == 1
    run(office.root, "pull", "-q", "origin", "main")
    assert "已经录过了" in enter(office)[1]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("--received", "昨天"), 2, "收到时间写的是“昨天”，不能用：时间"),
        (("--received", "2026-02-30 09:00"), 2, "收到时间写的是“2026-02-30 09:00”，不能用："),
        (
            ("--received", "2026-11-24 13:01"),
            1,
            "收到时间 2026-11-24 13:01 还没有到（现在 2026-11-24 13:00）",
        ),
        (("--unit", "dabazhen"), 1, "2026-10-12 没有“dabazhen”这个单位；有：daba（大坝镇）"),
        (("--kind", "快报"), 1, "没有“快报”这个类型；有：动态、经验、问题、紧急"),
        (("--via", " "), 2, "途径写的是“”，不能用：空的、太长"),
        (("--from", "没有.txt"), 2, "打不开"),
        (("--actor", "wangmin"), 1, "王敏今天是信息员，不是编辑"),
        (("--actor", "nobody"), 2, "nobody 今天不在名册里"),
    ],
)
def test_what_stops_it(office: Office, arguments: tuple[str, ...], status: int, words: str) -> None:
    before = run(office.root, "status", "--porcelain")
    found, said = enter(office, *arguments)
    assert (found, words in said) == (status, True), said
    assert run(office.root, "status", "--porcelain") == before


def test_without_a_draft_a_title_is_needed_and_the_elements_are_asked_for(office: Office) -> None:
    start = ("enter", "--unit", "daba", "--via", "电话", "--received", "2026-11-24 12:40", "--kind", "紧急")
    assert "缺少标题：请加 --title，或用 --from 草稿" in office.call(*start)[1]
    assert office.call(*start, "--title", "大坝镇石桥村山洪冲断便道")[0] == 0
    assert "（在这里写正文；紧急要写清：时间、地点。）" in office.county.text(path_of("20261124-1240-daba"))
