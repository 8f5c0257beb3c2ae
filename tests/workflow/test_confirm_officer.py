"""Somebody who waits to be registered: listed, taken in, not twice, and by whom; the matrix lets an editor do this and no more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bases import put
from workflow.desk import Office, item_text, run
from workflow.test_attacks import Server

ROSTER = "registry/units.yml"
FIRST, SECOND, BACK, OPEN = (
    "20261005-0900-daba",
    "20261020-0900-daba",
    "20260810-0900-daba",
    "20261101-0900-nandu",
)
LINE = "    - {name: 周舟, from: 2026-10-05}\n"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two items of one who is on no roster, one of a former officer, and an open proposal of a third."""
    made = Office(tmp_path_factory.mktemp("officers"), None)
    for id_, name in ((FIRST, "周舟"), (SECOND, "周舟"), (BACK, "周涛")):
        text = item_text(id_).replace("officer: 王敏", f"officer: {name}")
        day = f"{id_[:4]}-{id_[4:6]}-{id_[6:8]}"
        made.county.propose(id_, "wangmin", f"{day}T09:30:00+08:00", text)
        made.county.merge(id_, "lisi", f"{day}T16:00:00+08:00")
        made.county.git("branch", "-qD", id_)
    text = item_text(OPEN).replace("officer: 钱芳", "officer: 罗燕")
    made.county.propose(OPEN, "qianfang", "2026-11-01T09:30:00+08:00", text)
    made.county.git("remote", "remove", "origin")
    return made.root


@pytest.fixture
def office(prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office.copied(prepared, tmp_path, capsys)


def test_who_waits_is_listed(office: Office) -> None:
    assert office.call("confirm-officer") == (
        0,
        "大坝镇 周涛（曾在册，2026-06-30 离任）：2026-08-10 起报送 1 条；备案：zhibao confirm-officer daba 周涛\n"
        "大坝镇 周舟：2026-10-05 至 2026-10-20报送 2 条；备案：zhibao confirm-officer daba 周舟\n"
        "南渡镇 罗燕：2026-11-01 起报送 1 条；备案：zhibao confirm-officer nandu 罗燕\n",
    )
    values = json.loads(office.call("confirm-officer", "--format", "json")[1])
    assert values["schema"] == 1
    assert values["waiting"][1] == {
        "unit": "daba",
        "unit_name": "大坝镇",
        "name": "周舟",
        "items": 2,
        "since": "2026-10-05",
        "last": "2026-10-20",
        "until": None,
    }


def test_a_name_that_waits_for_nothing_is_told_beside_those_that_wait(office: Office) -> None:
    status, said = office.call("confirm-officer", "南渡镇", "罗艳")
    assert (status, said) == (
        0,
        "南渡镇信息员罗艳备案了，自 2026-11-24 起；他还没有报送过，在等备案的是罗燕，写错了的请维护人员改名\n",
    )


def test_one_is_taken_in_by_a_commit_and_only_a_line_is_new(office: Office) -> None:
    before = office.county.text(ROSTER)
    assert "officer-known" in office.call("check")[1]
    assert office.call("confirm-officer", "大坝镇", "周舟") == (
        0,
        "大坝镇信息员周舟备案了，自 2026-10-05 起，报送过的 2 条不再提醒\n",
    )
    after = office.county.text(ROSTER)
    assert after.replace(LINE, "") == before
    assert after.index(LINE) > after.index("周涛")
    assert run(office.root, "log", "-1", "--format=%an %s") == "lisi 备案：大坝镇信息员周舟"
    assert run(office.root, "status", "--porcelain") == ""
    assert "周舟 当天不是" not in office.call("check")[1]
    assert "周舟" not in office.call("confirm-officer")[1]
    head = run(office.root, "rev-parse", "HEAD")
    assert office.call("confirm-officer", "daba", "周舟") == (0, "大坝镇信息员周舟 2026-11-24 已经在册\n")
    assert run(office.root, "rev-parse", "HEAD") == head


def test_with_account_and_addresses_from_a_day(office: Office) -> None:
    status, words = office.call(
        "confirm-officer", "nandu", "罗燕", "--from", "2026-10-15", "--account", "luoyan",
        "--email", "luoyan@t.example", "--email", "luo@t.example",
    )  # fmt: skip
    assert (status, words) == (0, "南渡镇信息员罗燕备案了，自 2026-10-15 起，报送过的 1 条不再提醒\n")
    line = ", {name: 罗燕, account: luoyan, emails: [luoyan@t.example, luo@t.example], from: 2026-10-15}]"
    assert f"from: 2025-01-01}}{line}" in office.county.text(ROSTER)
    assert (
        office.call("confirm-officer", "gonghui", "新人")[1] == "县总工会信息员新人备案了，自 2026-11-24 起\n"
    )


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("daba",), 2, "请写姓名，如 zhibao confirm-officer daba 周舟"),
        (("--from", "2026-10-01"), 2, "请写单位和姓名"),
        (("dabazhen", "周舟"), 1, "没有“dabazhen”这个单位；有：daba（大坝镇）"),
        (("daba", "周舟", "--from", "十月"), 2, "任职日期写的是“十月”，不能用"),
        (("daba", "周舟", "--email", "没有"), 2, "邮箱写的是"),
        (
            ("daba", "王敏", "--from", "2024-12-01"),
            1,
            "王敏 2025-01-01 起已经在册；任职日期要提前到 2024-12-01",
        ),
        (("daba", "周舟", "--email", "qianfang@t.example"), 1, "邮箱 qianfang@t.example 已是钱芳的"),
        (("daba", "周舟", "--account", "LiSi"), 1, "账号 LiSi 已是李思的"),
        (("daba", "周舟", "--actor", "wangmin"), 1, "王敏今天是信息员，不是编辑"),
        (("daba", "周舟", "--actor", "wuhao"), 1, "吴昊今天是维护，不是编辑"),
    ],
)
def test_what_stops_it(office: Office, arguments: tuple[str, ...], status: int, words: str) -> None:
    before = office.county.text(ROSTER)
    found, said = office.call("confirm-officer", *arguments)
    assert (found, words in said) == (status, True), said
    assert office.county.text(ROSTER) == before


def test_nobody_waits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = Office(tmp_path, capsys)
    assert made.call("confirm-officer") == (0, "没有待备案的信息员。\n")


def test_a_server_with_the_hook_lets_an_editor_add_an_officer_and_nothing_more(tmp_path: Path) -> None:
    server = Server(tmp_path)
    roster = server.county.text(ROSTER)
    line = "    - {name: 周舟, account: zhouzhou, from: 2026-10-05}\n"
    added = roster.replace("- id: nandu\n", f"{line}- id: nandu\n")
    server.write(ROSTER, added, by="wangmin")
    server.refused("wangmin", "path-permission")
    server.county.git("checkout", "-q", "-B", "work", "main")
    server.write(ROSTER, added.replace("value: 大坝镇", "value: 大坝"), by="lisi")
    assert "由维护改" in server.refused("lisi", "path-permission")
    server.county.git("checkout", "-q", "-B", "work", "main")
    put(server.county.root, "registry/office.yml", server.county.text("registry/office.yml") + "# 一句\n")
    server.write(ROSTER, added, by="lisi")
    said = server.refused("lisi", "path-permission")
    assert "registry/office.yml:1:1" in said
    assert f"{ROSTER}:1:1 错误[path-permission]" not in said
    server.county.git("checkout", "-q", "-B", "work", "main")
    server.county.git("reset", "-q", "--hard")
    server.write(ROSTER, added.replace("zhouzhou", "wuhao"), by="lisi")
    assert "账号 wuhao 已是吴昊的" in server.refused("lisi", "names-unique")
    server.county.git("checkout", "-q", "main")
    server.county.git("reset", "-q", "--hard")
    server.write(ROSTER, added, by="lisi")
    assert server.push("lisi", "main") == ""
