"""The trusted report: one comment, one status, on the commit that was looked at."""

from __future__ import annotations

from os import environ

import pytest

from bases import put
from forge.page import ID, OTHER, Page
from workflow.desk import item_text, path_of, run
from zhibao.door.connect import connect
from zhibao.door.forge import ForgeProposal
from zhibao.door.github import GitHub

REVIEW = "review:\n  decision: adopted\n  by: wangmin\n  date: 2026-11-24"


def test_a_sound_proposal_gets_one_comment_and_a_status(every_page: Page) -> None:
    one = every_page.open()
    assert every_page.report() == (0, "提议 1：看过了，写在提议页面上\n")
    assert every_page.forge.status_of(one.head) == ("success", "没有要改的错误，等编辑处理。")
    assert len(every_page.forge.of_bot()) == 1
    assert every_page.comment().startswith(
        f"<!-- zhibao:review -->\n<!-- {one.head} -->\n**没有要改的错误，等编辑处理。**\n"
    )
    assert "`/采用`" in every_page.comment()
    requests = len(every_page.forge.requests)
    assert every_page.report()[0] == 0
    assert {method for method, _ in every_page.forge.requests[requests:]} == {"GET"}, (
        "nothing new, nothing said"
    )
    assert every_page.forge.authorized


def test_a_bad_one_is_told_what_to_change_and_the_comment_follows(page: Page) -> None:
    one = page.open(front=REVIEW)
    first = one.head
    assert page.report()[0] == 0
    state, words = page.forge.status_of(first) or ("", "")
    assert (state, words.startswith("要改 2 处才能合并")) == ("failure", True)
    assert "item\\-permission" in page.comment() or "item-permission" in page.comment()
    page.push(one, path_of(ID), item_text(ID))
    assert page.report()[0] == 0
    assert page.forge.status_of(one.head) == ("success", "没有要改的错误，等编辑处理。")
    assert page.forge.status_of(first) == (state, words)
    assert len(page.forge.of_bot()) == 1
    assert "处才能合并" not in page.comment()


def test_the_account_and_the_time_are_the_forges(page: Page) -> None:
    page.open("20261124-0931-nandu", by="wangmin")
    page.report()
    assert "这是南渡镇的信息" in page.comment()
    one = page.open("20261110-0931-daba", by="wangmin", at="2026-11-10T09:35:00+08:00")
    page.report(2)
    assert (page.forge.status_of(one.head) or ("",))[0] == "failure"
    assert "2026-11-24 10:00 才到" in page.comment(2)


def test_a_proposal_from_elsewhere_is_only_fetched(every_page: Page) -> None:
    one = every_page.open(by="stranger", fork=True)
    assert every_page.report()[0] == 0
    assert (every_page.forge.status_of(one.head) or ("",))[0] == "success"
    assert "提议人不在名册里" in every_page.comment()
    assert run(every_page.root, "status", "--porcelain") == ""
    assert run(every_page.root, "rev-parse", "HEAD") != one.head


def test_the_roster_is_that_of_the_branch_now_and_not_the_proposals(page: Page) -> None:
    roster = (page.root / "registry/editors.yml").read_text("utf-8")
    one = page.open(ID, by="wangmin", front=REVIEW)
    page.push(one, "registry/editors.yml", roster.replace("account: lisi", "account: wangmin"))
    page.report()
    assert "path\\-permission" in page.comment() or "path-permission" in page.comment()


@pytest.mark.parametrize(("target", "open_"), [("wangmin-main", True), ("main", False)])
def test_a_proposal_to_another_branch_or_a_closed_one_gets_no_status(
    page: Page, target: str, open_: bool
) -> None:
    one = page.open()
    one.target, one.open = target, open_
    status, words = page.report()
    assert (status, "不是提给 main" in words or "已经合并或关闭" in words) == (0, True)
    assert page.forge.said == page.forge.notes == []


def test_a_proposal_that_moves_on_meanwhile_keeps_the_comment_of_the_later_report(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = page.open()
    first, real = one.head, GitHub.set_status

    def set_status(self: GitHub, commit: str, *, passed: bool, words: str) -> None:
        real(self, commit, passed=passed, words=words)
        if commit == first:
            page.push(one, path_of(OTHER), item_text(OTHER))

    monkeypatch.setattr(GitHub, "set_status", set_status)
    assert "又更新了" in page.report()[1]
    assert page.forge.of_bot() == []
    assert page.forge.status_of(first)
    assert not page.forge.status_of(one.head)
    page.report()
    assert one.head[:10] in page.comment()


def test_the_branch_moves_on_and_the_report_looks_at_where_it_is(page: Page) -> None:
    page.open()
    roster = (page.root / "registry/units.yml").read_text("utf-8")
    page.county.commit(
        "registry/units.yml",
        roster.replace(
            "{name: 王敏, account: wangmin, emails: [wangmin@t.example], from: 2025-01-01}",
            "{name: 王敏, account: wangmin, emails: [wangmin@t.example], from: 2025-01-01, until: 2026-11-01}",
        ),
        "wuhao",
        "2026-11-24T11:30:00+08:00",
    )
    run(page.root, "push", "-q", "origin", "main")
    run(page.root, "reset", "-q", "--hard", "HEAD~1")
    page.report()
    assert "提议人不在名册里" in page.comment()


def test_what_a_proposal_writes_does_nothing_on_its_page(page: Page) -> None:
    title = "'@all #1 [x](http://e.example) <script> ::set-output name=a::b | `x`"
    text = item_text(ID).replace(f"title: daba编号{ID[4:13]}的水井账", f"title: {title}'")
    page.open(text=text)
    status, words = page.report(1, "--summary", str(page.folder / "summary.md"))
    said = page.comment()
    for raw in ("@all", "<script>", "[x]("):
        assert raw not in said
    assert "::set-output" not in words
    assert (page.folder / "summary.md").read_text("utf-8") in said
    assert status == 0


def test_a_comment_is_never_longer_than_a_forge_takes(page: Page) -> None:
    one = page.open(front=REVIEW)
    run(page.root, "checkout", "-q", "--detach", one.head)
    for number in range(40):
        put(page.root, "/".join([f"<{number}>", *["<" * 200] * 10, "x"]), "x")
    page.push(one, path_of(OTHER), item_text(OTHER))
    page.report()
    assert "要改 42 处" in page.comment()
    assert len(page.comment()) < 65_536
    assert "<0>" not in page.comment()


@pytest.mark.parametrize(
    ("event", "status", "words"),
    [
        ({"zen": "x"}, 0, "没有要看的"),
        ({"issue": {"number": 1}}, 0, "没有要看的"),
        ({"pull_request": {"number": "1; rm -rf /"}}, 2, "编号"),
        ({"pull_request": {"number": -1}}, 2, "编号"),
        ({"object_kind": "merge_request"}, 2, "编号"),
        ({"pull_request": {"number": 99}}, 2, "404"),
    ],
)
def test_an_event_that_is_none(page: Page, event: dict[str, object], status: int, words: str) -> None:
    found = page.call("report", "--event", page.event(event))
    assert (found[0], words in found[1]) == (status, True), found


def test_by_hand(page: Page) -> None:
    page.open()
    assert page.call("report", "--number", "1") == (0, "提议 1：看过了，写在提议页面上\n")
    assert page.call("report") == (2, "zhibao：请写 --event 或 --number\n")
    assert page.call("report", "--number", "x")[1].startswith(
        "zhibao：--number 的值不对：要写整数，不小于 1\n"
    )
    assert page.call("report", "--event", str(page.folder / "no.json"))[0] == 2


def test_open_proposals_can_be_listed_for_the_queue(page: Page) -> None:
    page.open()
    page.open(OTHER, by="stranger", fork=True)
    found: list[ForgeProposal] = list(connect(environ).open_proposals())
    assert [(one.number, one.account, one.head) for one in found] == [
        (one.number, one.account, one.head) for one in page.forge.pulls.values()
    ]
