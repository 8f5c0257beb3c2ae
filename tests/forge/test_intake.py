"""From an issue to a proposal and back to the issue: on GitHub and Gitea, whoever wrote it and in whatever order events come."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from forge.issues import BODY, TITLE, form
from forge.page import ID, Page
from forge.stand_in import NOON, Pull
from workflow.desk import path_of, run
from zhibao.door import intake
from zhibao.door.intake import MOST_A_DAY
from zhibao.model.standing import State

NEW = "20261124-1200-daba"
FILE = f"""---
title: {TITLE}
unit: daba
officer: 王敏
kind: 经验
submitted: 2026-11-24 12:00
audience: network
---

{BODY}
"""


@pytest.fixture(autouse=True)
def _no_naps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "sleep", lambda seconds: None)


def branch(page: Page, number: int = 1) -> list[str]:
    """What happened on an issue's branch, the newest first."""
    return run(page.origin, "log", "--format=%an <%ae> %s", f"main..intake/{number}").splitlines()


def end(page: Page, number: int = 1) -> tuple[object, ...]:
    """All that stands because of an issue, but for ids and times."""
    return (
        [(one.branch, one.title, one.open) for one in page.forge.pulls.values()],
        branch(page, number),
        [note.text for note in page.forge.notes],
        [(one.state, one.words) for one in page.forge.said],
        page.forge.tickets[number].open,
    )


def test_an_issue_becomes_a_proposal_with_a_report_and_an_answer(issues_page: Page) -> None:
    page = issues_page
    page.forge.open_issue("wangmin", TITLE, form())
    assert page.intake(1) == (0, f"议题 1：收到了，编号 {NEW}，提议 2\n")
    assert page.text(NEW, "intake/1") == FILE.rstrip("\n")
    assert branch(page) == [f"王敏 <wangmin@t.example> {NEW}：议题 1"]
    pull = page.forge.pulls[2]
    assert (pull.branch, pull.target, pull.title) == ("intake/1", "main", TITLE)
    assert pull.text == f"来自议题 #1，@wangmin 报送，编号 {NEW}。编辑议题，这里就跟着改。\n"
    assert page.told(1) == (
        f"<!-- zhibao:intake -->\n<!-- {NEW} 2 -->\n**收到了，编号 {NEW}**，全部在提议 #2 的页面上。\n\n"
        "**没有要改的错误，等编辑处理。**\n\n\n"
        "要改，就编辑这个议题的标题或正文（右上角 … → Edit），会自动再看一遍。处理结果会写在下面。\n"
    )
    assert page.forge.status_of(pull.head) == ("success", "没有要改的错误，等编辑处理。")
    assert "提议人：王敏（wangmin，信息员）" in page.comment(2), "not ours, who opened it"
    assert page.forge.authorized


def test_twice_changes_nothing(issues_page: Page) -> None:
    issues_page.forge.open_issue("wangmin", TITLE, form())
    issues_page.intake(1)
    before, asked = end(issues_page), len(issues_page.forge.requests)
    for action in ("opened", "edited", "reopened"):
        assert issues_page.intake(1, action)[0] == 0
    assert issues_page.call("intake", "--number", "1")[0] == 0
    assert end(issues_page) == before
    assert {method for method, _ in issues_page.forge.requests[asked:]} == {"GET"}


def test_an_edited_issue_changes_its_proposal_and_keeps_its_id(issues_page: Page) -> None:
    page = issues_page
    one = page.forge.open_issue("wangmin", "大坝镇\u200b的水", form(body="太短。"))
    page.intake(1)
    assert "要改 1 处才能合并" in page.told(1)
    assert "看不见的控制字符" in page.told(1)
    one.title, one.text = TITLE, form()
    page.forge.now += timedelta(hours=1)
    assert page.intake(1, "edited")[0] == 0
    assert page.text(NEW, "intake/1") == FILE.rstrip("\n")
    assert len(branch(page)) == 2
    assert [(pull.number, pull.title) for pull in page.forge.pulls.values()] == [(2, TITLE)]
    assert len(page.forge.of_bot(1)) == len(page.forge.of_bot(2)) == 1
    assert "没有要改的错误" in page.told(1)
    assert page.forge.status_of(page.forge.pulls[2].head) == ("success", "没有要改的错误，等编辑处理。")


def test_events_in_any_order_end_the_same(page: Page) -> None:
    one = page.forge.open_issue("wangmin", "水", form(body="太短。"))
    opened = page.forge.issue_event(1)
    one.title, one.text = TITLE, form()
    edited = page.forge.issue_event(1, "edited")
    for event in (edited, opened, edited):
        assert page.call("intake", page.event(event))[0] == 0
    assert page.text(NEW, "intake/1") == FILE.rstrip("\n")
    assert len(branch(page)) == 1, "an old event brings nothing old back"


def test_what_is_edited_while_we_look_is_taken_too(page: Page) -> None:
    one = page.forge.open_issue("wangmin", "水", form(body="太短。"))

    def meanwhile(method: str, path: str) -> None:
        if (method, path.rsplit("/", 1)[-1]) == ("POST", "pulls"):
            one.title, one.text = TITLE, form()

    page.forge.after = meanwhile
    assert page.intake(1)[0] == 0
    assert page.text(NEW, "intake/1") == FILE.rstrip("\n")
    assert page.forge.pulls[2].title == TITLE
    assert "没有要改的错误" in page.told(1)


def test_what_an_editor_changed_is_not_overwritten(page: Page) -> None:
    one = page.forge.open_issue("wangmin", TITLE, form())
    page.intake(1)
    pull = page.forge.pulls[2]
    page.push(pull, path_of(NEW), FILE.replace("八户", "九户"))
    assert page.intake(1, "edited")[0] == 0
    assert "九户" in page.text(NEW, "intake/1"), "the issue says nothing new"
    assert "没有要改的错误" in page.told(1)
    one.text = form(body=BODY.replace("两人", "三人"))
    assert "后来有人另外改过" in page.intake(1, "edited")[1]
    assert "九户" in page.text(NEW, "intake/1")
    assert page.told(1).startswith(
        f"<!-- zhibao:intake -->\n<!-- {NEW} 2 -->\n**没有收：提议里的文字后来有人"
    )
    assert "提议 #2 还是上一次的文字" in page.told(1)


def test_a_branch_of_that_name_that_somebody_else_made_is_left_alone(page: Page) -> None:
    page.forge.open_issue("wangmin", TITLE, form())
    run(page.origin, "branch", "intake/1", page.head)
    assert "分支 intake/1 是别人建的" in page.intake(1)[1]
    assert run(page.origin, "rev-parse", "intake/1") == page.head
    assert page.forge.pulls == {}


def test_call_and_clearance_are_written_where_they_may_be(page: Page) -> None:
    text = form(call="water 山区饮水（12月31日前）", cleared="李强")
    page.forge.open_issue("wangmin", TITLE, text)
    page.intake(1)
    assert (
        "kind: 经验\nsubmitted: 2026-11-24 12:00\ncall: water\naudience: open\nclearance: {by: 李强, date: 2026-11-24}\n---\n"
        in page.text(NEW, "intake/1")
    )
    page.forge.open_issue("stranger", TITLE, form(call="nosuch 没有的", cleared="李强"))
    page.forge.write(3, "lisi", "/收 nandu")
    page.intake(3)
    written = page.text("20261124-1200-nandu", "intake/3")
    assert ("clearance" in written, "call" in written) == (False, False)
    assert (
        "- 没有“nosuch”这条报送要点，没有记\n- 公开审核人没有记：只认本单位信息员和编辑写的\n" in page.told(3)
    )


def test_two_issues_of_one_minute_are_two_items(page: Page) -> None:
    for _ in range(2):
        page.forge.open_issue("wangmin", TITLE, form())
    page.intake(2)
    page.intake(1)
    assert page.text(NEW, "intake/1")
    assert page.text(f"{NEW}-2", "intake/2")
    page.forge.open_issue("wangmin", TITLE, form(), at=NOON - timedelta(hours=2, minutes=29))
    assert run(page.origin, "ls-tree", "-r", "--name-only", ID, path_of(ID))
    page.intake(5)
    assert page.text(f"{ID}-2", "intake/5"), "an open proposal has the first one"


# whose it is


def test_a_stranger_waits_for_an_editors_word(issues_page: Page) -> None:
    page = issues_page
    one = page.forge.open_issue("newcomer", TITLE, form())
    one.name = "李思"
    assert page.intake(1) == (0, "议题 1：等编辑确认：账号 newcomer 那天不在名册里，不知道是哪个单位的\n")
    assert page.told(1) == (
        "<!-- zhibao:intake -->\n<!-- - 0 -->\n"
        "**先等编辑确认：账号 newcomer 那天不在名册里，不知道是哪个单位的。**\n\n"
        "编辑写一条评论 `/收 单位编号`，后面可以写信息员姓名，如 `/收 daba 王敏`，就收进来；不收，关掉这个议题就行。\n"
    )
    assert (page.forge.pulls, branch_names(page)) == ({}, [])
    for account, text in (
        ("wangmin", "/收 daba"),
        ("newcomer", "/收 daba"),
        ("lisi", "收 daba"),
        ("lisi", "> /收 daba"),
    ):
        note = page.forge.write(1, account, text)
        assert "等编辑确认" in page.call("intake", page.event(page.forge.issue_note_event(note)))[1]
    note = page.forge.write(1, "lisi", "/收 nosuch")
    assert (
        "没有“nosuch”这个单位；有：daba、"
        in page.call("intake", page.event(page.forge.issue_note_event(note)))[1]
    )
    note = page.forge.write(1, "lisi", "／收 daba 田野\n\n核实过了")
    assert page.call("intake", page.event(page.forge.issue_note_event(note))) == (
        0,
        f"议题 1：收到了，编号 {NEW}，提议 2\n",
    )
    assert page.text(NEW, "intake/1") == FILE.rstrip("\n").replace("王敏", "田野")
    assert branch(page) == [f"田野 <newcomer@users.noreply.zhibao> {NEW}：议题 1"]
    assert "提议人不在名册里，请编辑先核实" in page.told(1)
    one.text = form(body=BODY.replace("两人", "三人"))
    page.intake(1, "edited")
    assert "三人" in page.text(NEW, "intake/1"), "the word stands"


def branch_names(page: Page) -> list[str]:
    return run(page.origin, "for-each-ref", "--format=%(refname)", "refs/heads/intake").split()


def test_an_editors_word_that_was_changed_releases_nothing(page: Page) -> None:
    page.forge.open_issue("newcomer", TITLE, form())
    note = page.forge.write(1, "lisi", "再看看")
    note.text, note.updated = "/收 daba", note.created + timedelta(minutes=1)
    assert "等编辑确认" in page.intake(1)[1]
    page.forge.write(1, "zhaoyu", "/收 daba")
    assert "等编辑确认" in page.intake(1)[1], "no editor any more"


def test_whose_account_is_gone_waits_too(page: Page) -> None:
    page.forge.open_issue("", TITLE, form())
    assert "账号 ghost 那天不在名册里" in page.intake(1)[1]
    page.forge.write(1, "lisi", "/收 daba 王敏")
    assert f"编号 {NEW}" in page.intake(1)[1]


def test_a_supervisor_waits_and_an_editor_writes_for_the_office(page: Page) -> None:
    page.forge.open_issue("liqiang", TITLE, form())
    assert "李强那天是分管领导，不是信息员" in page.intake(1)[1]
    page.forge.open_issue("zhangwen", TITLE, form())
    assert "编号 20261124-1200-office" in page.intake(2)[1]


def test_an_officer_of_two_units_waits_until_an_editor_says_for_which(page: Page) -> None:
    roster = page.county.text("registry/units.yml")
    two = "officers: [{name: 钱芳, account: qianfang, emails: [qianfang@t.example], from: 2025-01-01}, {name: 王敏, account: wangmin, from: 2026-01-01}]"
    one = "officers: [{name: 钱芳, account: qianfang, emails: [qianfang@t.example], from: 2025-01-01}]"
    page.county.commit("registry/units.yml", roster.replace(one, two), "wuhao", "2026-11-24T11:00:00+08:00")
    run(page.root, "push", "-q", "origin", "main")
    page.forge.open_issue("wangmin", TITLE, form())
    assert "王敏是 daba、nandu 几个单位的信息员" in page.intake(1)[1]
    page.forge.write(1, "lisi", "/收 nandu")
    assert "编号 20261124-1200-nandu" in page.intake(1)[1]
    page.forge.now += timedelta(minutes=1)
    page.forge.write(1, "lisi", "/收 daba")
    assert "编号 20261124-1200-nandu 定了，单位不能再改" in page.intake(1)[1]


def test_more_than_a_days_measure_waits_for_an_editor(page: Page) -> None:
    day = NOON.replace(hour=0, minute=0)
    page.forge.open_issue("wangmin", TITLE, form(), at=day - timedelta(minutes=1))
    for number in range(MOST_A_DAY + 1):
        page.forge.open_issue("wangmin", TITLE, form(), at=day + timedelta(minutes=number))
    assert "等编辑确认：wangmin 这一天的议题超过 20 个" in page.intake(MOST_A_DAY + 2)[1]
    assert branch_names(page) == []
    assert "收到了" in page.intake(MOST_A_DAY + 1)[1]
    page.forge.write(MOST_A_DAY + 2, "lisi", "/收 daba")
    assert "收到了" in page.intake(MOST_A_DAY + 2)[1]


def test_a_proposal_on_such_a_branch_that_we_did_not_open_is_its_authors(page: Page) -> None:
    page.forge.open_issue("wangmin", TITLE, form())
    run(page.origin, "branch", "intake/1", page.head)
    page.forge.pulls[9] = Pull(9, page.head, "newcomer", "intake/1")
    page.report(9)
    assert "提议人：newcomer（名册外的人）" in page.comment(9)


# what is no submission


def test_other_issues_and_events_are_passed_over_in_silence(page: Page) -> None:
    page.forge.open_issue("wangmin", "网页打不开", "### 问题\n\n打不开\n\n### 类型\n\n动态\n")
    assert page.intake(1) == (0, "议题 1：不是报送表单写的议题，没有要收的\n")
    one = page.open()
    assert page.call("intake", page.event(page.forge.pull_event(one.number))) == (
        0,
        f"提议 {one.number}：提议不是从议题来的，没有要告诉的\n",
    )
    note = page.forge.write(one.number, "lisi", "/收 daba")
    nothing = "这个事件不是议题的，也不是提议的，没有要收的。\n"
    assert page.call("intake", page.event(page.forge.note_event(note))) == (0, nothing)
    assert page.call("intake", page.event({"action": "closed", "issue": {"number": 1}})) == (0, nothing)
    assert page.call("intake", page.event({"action": "opened", "issue": {"number": 99}})) == (
        0,
        "议题 99：议题没有了，没有要收的\n",
    )
    assert page.call("intake", page.event({"action": "opened", "issue": {"number": "1; rm -rf /"}}))[0] == 2
    assert [note.text for note in page.forge.notes] == ["/收 daba"]


def test_how_the_command_is_called(page: Page) -> None:
    assert page.call("intake") == (2, "zhibao：请写事件文件，或者 --number，写一个\n")
    assert page.call("intake", str(page.folder / "no.json"))[0] == 2
    page.open()
    assert page.call("intake", "--number", "1") == (2, "zhibao：1 是提议，不是议题\n")


def test_gitlab_says_that_it_has_no_forms(gitlab_page: Page) -> None:
    status, words = gitlab_page.call("intake", "--number", "1")
    assert (status, words) == (2, "zhibao：GitLab 没有议题表单，不从议题收信息；见 docs/forges/gitlab.md\n")


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        (TITLE, form(kind="紧 急"), "没有“紧 急”这个类型；有：动态、经验、问题、紧急"),
        (TITLE, form(body=""), "正文是空的"),
        (TITLE, form(body="_No response_"), "正文是空的"),
        (TITLE, form(body="字" * 20_001), "正文 20001 字，上限 20000 字"),
        (" \u200b\n ", form(), "议题没有标题"),
        (TITLE, "### 类型\n\n经验\n\n正文没有小标题\n", "找不到“### 正文”这一行"),
        (TITLE, form(body="[材料.pdf](https://forge.example/x/材料.pdf)"), "正文里只有附件，没有 .docx"),
    ],
)
def test_what_cannot_be_taken_is_answered_with_what_to_mend(
    page: Page, title: str, text: str, words: str
) -> None:
    one = page.forge.open_issue("wangmin", title, text)
    assert (page.intake(1)[0], words in page.intake(1)[1]) == (0, True), page.intake(1)
    assert "没有收" in page.told(1)
    assert "改好这个议题，会自动再看一遍" in page.told(1)
    assert (page.forge.pulls, branch_names(page), len(page.forge.of_bot(1))) == ({}, [], 1)
    one.title, one.text = TITLE, form()
    assert "收到了" in page.intake(1, "edited")[1]
    assert len(page.forge.of_bot(1)) == 1


def test_an_issue_whose_headings_went_keeps_what_was_taken(page: Page) -> None:
    one = page.forge.open_issue("wangmin", TITLE, form())
    page.intake(1)
    one.text = BODY
    assert "看不出是报送表单写的" in page.intake(1, "edited")[1]
    assert page.text(NEW, "intake/1") == FILE.rstrip("\n")
    assert f"<!-- {NEW} 2 -->" in page.told(1)


def test_a_servers_hook_that_refuses_is_told_with_what_to_mend(page: Page) -> None:
    hook = page.origin / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    one = page.forge.open_issue("wangmin", "大坝镇\u200b的水", form())
    assert page.intake(1) == (0, f"议题 1：服务器的钩子没有收 {NEW}：要改 1 处\n")
    assert "还没有收：服务器要先改好下面这些" in page.told(1)
    assert "看不见的控制字符" in page.told(1)
    assert page.forge.pulls == {}
    one.title = TITLE
    assert "git push 没有成功" in page.intake(1)[1], "a reason of its own"
    hook.unlink()
    assert "收到了" in page.intake(1, "edited")[1]


def test_the_queue_knows_whose_it_is_with_anybodys_token(page: Page) -> None:
    page.forge.open_issue("wangmin", TITLE, form(), at=NOON - timedelta(days=1))
    page.intake(1)
    page.forge.pulls[2].account = "xinxi-bot"
    found = json.loads(page.call("queue", "--forge", "--format", "json")[1])["waiting"][0]
    assert (found["proposal"]["account"], found["proposal"]["registered"]) == ("wangmin", True)
    assert (found["arrived"], found["claimed"]) == ("2026-11-23T12:00", False)


# the decision


def closed(page: Page, number: int) -> tuple[int, str]:
    """The workflow on a closed proposal."""
    return page.call("intake", page.event(page.forge.pull_event(number) | {"action": "closed"}))


def test_an_adopted_item_is_told_and_the_issue_closed(issues_page: Page) -> None:
    page = issues_page
    page.forge.open_issue("wangmin", TITLE, form())
    page.intake(1)
    page.word("lisi", "/采用", 2)
    assert page.main().startswith(f"采用：{NEW}")
    page.forge.pulls[2].open, page.forge.pulls[2].merged = False, True
    run(page.origin, "branch", "-qD", "intake/1")
    assert closed(page, 2) == (0, "提议 2：议题 1：结果写上了\n")
    said = page.forge.of_bot(1)[-1]
    assert said == (
        "<!-- zhibao:decided -->\n大坝镇：  \n"
        f"您好！《{TITLE}》11月24日采用（试验信息，单条）。谢谢支持。\n\n见提议 #2。\n"
    )
    assert not page.forge.tickets[1].open
    before = end_of(page)
    assert closed(page, 2)[0] == 0
    assert page.intake(1, "edited") == (0, "议题 1：这个议题已经有结果，没有再收\n")
    assert end_of(page) == before


def end_of(page: Page) -> tuple[object, ...]:
    return [note.text for note in page.forge.notes], list(page.forge.pulls), branch_names(page)


def test_a_refusal_is_told_with_its_reason(page: Page) -> None:
    page.forge.open_issue("wangmin", TITLE, form())
    page.intake(1)
    page.word("lisi", "/不采用 已有同类 上月 @all 有过", 2)
    page.forge.pulls[2].open, page.forge.pulls[2].merged = False, True
    closed(page, 2)
    assert "这次没有采用，原因：已有同类，上月 @\u2060all 有过" in page.forge.of_bot(1)[-1]


def test_a_proposal_that_was_closed_unmerged(page: Page) -> None:
    page.forge.open_issue("wangmin", TITLE, form())
    page.intake(1)
    assert closed(page, 2) == (0, "提议 2：提议还开着，没有要告诉的\n")
    page.forge.pulls[2].open = False
    assert page.intake(1, "edited") == (0, "议题 1：议题 1：结果写上了\n"), "whoever comes first tells it"
    assert "提议没有合并就关闭了，这一条没有收；要再报，请另开一个议题" in page.forge.of_bot(1)[-1]
    assert not page.forge.tickets[1].open


def test_an_issue_that_was_deleted_meanwhile_keeps_what_was_taken_for_its_editors(page: Page) -> None:
    page.forge.open_issue("wangmin", TITLE, form())
    page.intake(1)
    del page.forge.tickets[1]
    page.report(2)
    assert "提议人不在名册里，请编辑先核实" in page.comment(2)
    page.forge.pulls[2].open = False
    assert closed(page, 2) == (0, "提议 2：议题没有了，没有要告诉的\n")


def test_a_closed_issue_is_not_taken(page: Page) -> None:
    one = page.forge.open_issue("wangmin", TITLE, form())
    one.open = False
    assert page.intake(1) == (0, "议题 1：议题已经关闭，没有再收\n")
    assert (page.forge.pulls, page.forge.notes) == ({}, [])


def test_an_officer_hears_of_a_return_and_revises_the_issue(page: Page) -> None:
    one = page.forge.open_issue("wangmin", TITLE, form())
    page.intake(1)
    head = page.forge.pulls[2].head
    page.word("lisi", "/退回 要素不全 请补上受益户数 @all", 2)
    assert page.forge.of_bot(1)[-1] == (
        f"<!-- zhibao:returned {head} -->\n**退回修改：要素不全，请补上受益户数 @\u2060all。**\n\n"
        "编辑这个议题的标题或正文，改好就会再交给编辑，不用另开。\n"
    )
    one.text = form(body=BODY.replace("八户", "八户三十一人"))
    assert page.intake(1, "edited")[0] == 0
    assert "三十一人" in page.text(NEW, "intake/1")
    assert (page.forge.status_of(page.forge.pulls[2].head) or ("",))[0] == "success"
    page.word("lisi", "/采用", 2)
    assert State.ADOPTED.label in page.main().splitlines()[0]
