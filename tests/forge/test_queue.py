"""The editors' queue with a forge's word for number, account and time, on all three."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from forge.page import ID, OTHER, Page
from forge.stand_in import NOON, Fault
from workflow.desk import item_text, run


def waiting(page: Page) -> dict[str, Any]:
    """What `queue --forge` says, by id."""
    status, words = page.call("queue", "--forge", "--format", "json")
    assert status == 0, words
    found = json.loads(words)
    return {one["id"]: one for one in found["waiting"]} | {"counts": found["counts"]}


def test_number_account_and_time_are_the_forges(every_page: Page) -> None:
    one = every_page.open()
    one.account, one.opened = "zhoutao2", NOON - timedelta(days=4)
    found = waiting(every_page)[ID]
    assert (found["proposal"]["number"], found["proposal"]["name"], found["proposal"]["account"]) == (
        1,
        ID,
        "zhoutao2",
    )
    assert (found["since"], found["arrived"], found["days"], found["working_days"]) == (
        "2026-11-20T12:00",
        "2026-11-20T12:00",
        4,
        2,
    )
    assert (found["claimed"], found["proposal"]["registered"], found["owes"]) == (False, False, "editor")
    assert found["notes"] == ["提议 1", "提议人 zhoutao2 不在名册里，先核实"]
    assert every_page.forge.authorized


def test_only_open_proposals_to_the_offices_branch_wait_and_other_branches_do_not(every_page: Page) -> None:
    every_page.open()
    every_page.open(OTHER).open = False
    elsewhere = every_page.open("20261124-0950-daba")
    elsewhere.target = "trial"
    every_page.propose("20261124-0955-daba")
    assert set(waiting(every_page)) == {ID, "counts"}
    said = every_page.call("queue")[1]
    assert "20261124-0955-daba" in said
    assert OTHER in said


def test_one_from_elsewhere_is_fetched_and_its_return_read_from_its_status(every_page: Page) -> None:
    one = every_page.open(fork=True)
    run(every_page.root, "fetch", "-q", "--prune", "origin")
    every_page.report()
    assert waiting(every_page)[ID]["owes"] == "editor"
    every_page.word("lisi", "/退回 要素不全 请补上受益户数")
    found = waiting(every_page)[ID]
    assert (found["owes"], found["proposal"]["name"]) == ("unit", one.head)
    assert found["proposal"]["returned"] == {
        "by": None,
        "date": "2026-11-24",
        "code": "要素不全",
        "words": "请补上受益户数",
    }
    assert found["notes"] == ["退回：要素不全，请补上受益户数", "提议 1"]
    every_page.push(one, f"submissions/2026/11/{ID}.md", item_text(ID) + "\n受益二十户。\n")
    every_page.report()
    assert waiting(every_page)[ID]["owes"] == "editor"


def test_a_return_on_a_branch_is_read_from_the_branch(reported_everywhere: Page) -> None:
    page, one = reported_everywhere, reported_everywhere.forge.pulls[1]
    page.word("lisi", "/退回 要素不全 请补上受益户数")
    one.head = run(page.origin, "rev-parse", ID)
    page.point(one)
    found = waiting(page)[ID]
    assert (found["owes"], found["proposal"]["returned"]["by"]) == ("unit", "lisi")
    assert waiting(page)["counts"] == {"editor": 0, "unit": 1, "maintainer": 0, "held": 0}


def test_what_the_forges_account_may_not_propose_waits_for_the_unit(page: Page) -> None:
    page.open("20261124-0931-nandu", by="qianfang").account = "wangmin"
    found = waiting(page)["20261124-0931-nandu"]
    assert (found["owes"], found["errors"]) == ("unit", 1)
    assert "王敏是大坝镇的信息员" in found["notes"][0]


def test_the_text_has_the_number_and_no_word_on_clocks(page: Page) -> None:
    page.open()
    status, words = page.call("queue", "--forge")
    assert (status, words.splitlines()[0]) == (0, "等编辑处理 1 件，最久 0 天（0 个工作日）。")
    assert "\n      提议 1\n" in words
    assert "自己的钟" not in words


def test_a_forge_that_is_not_there_or_fails_is_told_in_one_line(
    page: Page, monkeypatch: pytest.MonkeyPatch, naps: list[float]
) -> None:
    page.open()
    page.forge.faults.append(Fault(401))
    assert page.call("queue", "--forge") == (
        2,
        "zhibao：平台没有答应（GET repos/xianwei/xinxi/pulls → 401）：令牌不对或者过期了；fault\n",
    )
    page.forge.pulls[1].head = "b" * 40
    assert page.call("queue", "--forge")[0] == 2
    monkeypatch.delenv("GITHUB_API_URL")
    assert page.call("queue", "--forge")[1].startswith("zhibao：不知道在哪个平台上")
    assert naps == []
