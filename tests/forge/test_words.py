"""The editors' words from a proposal's page, end to end: a forge's event, the stand-in's answers, a real origin."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forge.page import ID, OTHER, Page
from forge.stand_in import NOON, Fault, Said
from workflow.desk import item_text, path_of, run
from zhibao.door.words import Word, WordError, word_in
from zhibao.model.standing import State
from zhibao.model.submission import Decision
from zhibao.repo.county_files import read_county


def state(page: Page, id_: str = ID) -> State:
    run(page.root, "fetch", "-q", "origin", "main")
    run(page.root, "merge", "-q", "--ff-only", "origin/main")
    return read_county(page.root).county.by_id[id_].standing.state


# what they do


WORDS = {
    "/采用": (State.ADOPTED, "办好了，采用"),
    "／采用。": (State.ADOPTED, "办好了，采用"),
    "/留用 要素不全": (State.HELD, "办好了，留用"),
    "/不采用 要素不全 请补上户数": (State.DECLINED, "办好了，不采用"),
    "/归档": (State.FILED, "办好了，备查"),
    "/备查 已有同类": (State.FILED, "办好了，备查"),
}


@pytest.mark.parametrize("text", WORDS)
def test_a_word_decides(reported: Page, text: str) -> None:
    after, said = WORDS[text]
    assert reported.word("lisi", text)[0] == 0
    assert f"{said} {ID}。" in reported.answer()
    assert reported.log("%an <%ae>") == "李思 <lisi@t.example>"
    assert len(reported.log("%P").split()) == 2
    assert state(reported) is after


def test_every_forge_carries_words_and_answers_once(reported_everywhere: Page) -> None:
    note = reported_everywhere.write("lisi", "/不采用 要素不全：请补上\r\n受益户数。\r\n\r\n谢谢！")
    assert reported_everywhere.deliver(note)[1].startswith("提议 1：办好了，不采用")
    assert "reason: {code: 要素不全, words: 请补上 受益户数。}" in reported_everywhere.text(ID)
    assert "李思的 `/不采用`：办好了，不采用" in reported_everywhere.answer()
    before, notes = reported_everywhere.main(), len(reported_everywhere.forge.notes)
    assert reported_everywhere.deliver(note) == (0, "这个事件里没有要办的话。\n")
    assert (reported_everywhere.main(), len(reported_everywhere.forge.notes)) == (before, notes)
    assert reported_everywhere.forge.authorized


def test_a_return_leaves_its_word_on_the_branch_and_holds_the_merge(reported: Page) -> None:
    one = reported.forge.pulls[1]
    assert reported.word("lisi", "/退回 要素不全 请补上受益户数")[0] == 0
    assert "办好了，退回修改，要素不全，请补上受益户数。改好再提交" in reported.answer()
    returned = run(reported.origin, "rev-parse", ID)
    assert "Zhibao-Word: returned" in reported.log("%B", ID)
    assert returned != one.head
    assert reported.forge.status_of(returned) == ("failure", "退回修改：要素不全，请补上受益户数")

    one.head = returned
    reported.point(one)
    reported.report()
    assert reported.forge.status_of(returned) == ("failure", "退回修改：要素不全，请补上受益户数")
    assert "**退回修改：要素不全，请补上受益户数**" in reported.comment()

    reported.push(one, path_of(ID), item_text(ID) + "\n受益二十户。\n")
    reported.report()
    assert (reported.forge.status_of(one.head) or ("",))[0] == "success"
    assert "退回修改：" not in reported.comment()


def test_an_editor_thinks_again_of_a_returned_proposal(reported: Page) -> None:
    one = reported.forge.pulls[1]
    reported.word("lisi", "/退回 要素不全")
    one.head = run(reported.origin, "rev-parse", ID)
    reported.point(one)
    assert reported.word("lisi", "/采用")[0] == 0
    assert state(reported) is State.ADOPTED


def test_a_proposal_from_elsewhere_is_returned_in_its_status_and_merged_from_its_head(
    page: Page,
) -> None:
    one = page.open(fork=True)
    page.report()
    assert page.word("lisi", "/退回 要素不全")[0] == 0
    assert (page.forge.status_of(one.head) or ("", ""))[1] == "退回修改：要素不全"
    assert run(page.origin, "for-each-ref", "--format=%(refname)", "refs/heads") == "refs/heads/main"
    assert page.word("zhangwen", "/采用")[0] == 0
    assert state(page) is State.ADOPTED
    assert run(page.origin, "merge-base", one.head, "main") == one.head


def test_a_returned_proposal_may_have_errors_but_is_not_merged_with_them(page: Page) -> None:
    one = page.open(review="  decision: adopted\n  by: wangmin\n  date: 2026-11-24")
    page.report()
    assert (page.forge.status_of(one.head) or ("",))[0] == "failure"
    assert page.word("lisi", "/采用")[0] == 0
    assert "没有办" in page.answer()
    assert "处错误，不能合并" in page.answer()
    assert page.main() == "开始"
    assert page.word("lisi", "/退回 要素不全")[0] == 0
    assert "办好了" in page.answer()


def test_whose_proposal_it_is_is_the_forges_word_and_not_the_commits(page: Page) -> None:
    """A commit signed as another unit's officer does not lend that officer's rights to the account that proposes it."""
    one = page.open("20261124-0931-nandu", by="qianfang")
    one.account = "wangmin"
    page.report()
    assert page.word("lisi", "/采用")[0] == 0
    assert "这是南渡镇的信息" in page.answer()
    assert page.main() == "开始"


# once


def test_a_lost_answer_is_given_again_and_nothing_decided_twice(reported: Page, naps: list[float]) -> None:
    note = reported.write("lisi", "/留用")
    reported.forge.faults = [Fault(0, method="POST"), Fault(0, method="POST")]
    assert reported.deliver(note)[0] == 2
    before = reported.main()
    assert reported.deliver(note)[0] == 0
    assert "已经合并进来了" in reported.answer()
    assert reported.main() == before


# what fails


def test_a_word_from_somebody_who_is_no_editor(reported: Page) -> None:
    for account, words in {
        "wangmin": "王敏那天是信息员，不是编辑",
        "zhaoyu": "zhaoyu那天是名册外的人，不是编辑",
        "wuhao": "吴昊那天是维护，不是编辑",
        "liqiang": "李强那天是分管领导，不是编辑",
        "lisi-": "不是编辑",
    }.items():
        assert reported.word(account, "/采用")[0] == 0
        assert words in reported.answer()
    assert reported.main() == "开始"


def test_an_editor_whom_the_proposal_itself_appoints(page: Page) -> None:
    roster = (page.root / "registry/editors.yml").read_text("utf-8")
    one = page.open()
    page.push(one, "registry/editors.yml", roster.replace("account: lisi", "account: wangmin"))
    page.report()
    page.word("wangmin", "/采用")
    assert "不是编辑" in page.answer()
    assert page.main() == "开始"


def test_a_push_after_the_comment_makes_the_word_void(reported: Page) -> None:
    one = reported.forge.pulls[1]
    note = reported.write("lisi", "/采用")
    reported.push(one, path_of(ID), item_text(ID) + "\n改过的一句。\n", at="2020-01-01T00:00:00+08:00")
    reported.forge.now += timedelta(minutes=1)
    reported.report()
    assert reported.deliver(note)[0] == 0
    assert f"写这句话的时候看的不是 {one.head[:10]}：提议更新过了" in reported.answer()
    assert reported.main() == "开始"
    assert reported.word("lisi", "/采用")[0] == 0
    assert state(reported) is State.ADOPTED


def test_a_head_that_went_and_came_back_is_not_what_the_editor_saw(reported: Page) -> None:
    one = reported.forge.pulls[1]
    first = one.head
    reported.push(one, path_of(ID), item_text(ID) + "\n改过的一句。\n")
    reported.forge.now += timedelta(minutes=1)
    reported.report()
    note = reported.write("lisi", "/采用")
    one.head = first  # a forced push: this head was reported on once, and is not what stands on the page
    reported.point(one)
    assert reported.deliver(note)[0] == 0
    assert f"写这句话的时候看的不是 {first[:10]}" in reported.answer()
    again = reported.write("lisi", "/采用")
    reported.forge.now += timedelta(minutes=1)
    reported.report()
    reported.deliver(again)
    assert f"写这句话的时候看的不是 {first[:10]}" in reported.answer()
    assert reported.main() == "开始"


def test_a_word_on_a_head_that_nobody_reported_on(page: Page) -> None:
    one = page.open()
    page.word("lisi", "/采用")
    assert "还没有看过；请等报告出来再写一次" in page.answer()
    page.report()
    page.push(one, path_of(OTHER), item_text(OTHER))
    page.word("lisi", "/采用")
    assert "还没有看过" in page.answer()
    assert page.main() == "开始"


def test_a_status_that_somebody_else_set_proves_nothing(page: Page) -> None:
    one = page.open()
    for account in ("wangmin", "github-actions"):
        page.forge.said.append(Said(one.head, "success", "好", account, NOON))
    page.word("lisi", "/采用")
    assert "还没有看过" in page.answer()
    assert page.main() == "开始"


def test_a_word_that_names_its_commit_counts_for_that_one_only(reported: Page) -> None:
    one = reported.forge.pulls[1]
    reported.word("lisi", f"/采用 {'0' * 10}")
    assert f"这句话说的是 {'0' * 10}，提议现在是 {one.head[:10]}" in reported.answer()
    assert reported.word("lisi", f"/采用 {one.head[:10]}")[0] == 0
    assert state(reported) is State.ADOPTED


def test_an_edited_comment(reported: Page) -> None:
    note = reported.write("lisi", "看过了，数字再核一下")
    note.text, note.updated = "/采用", note.created + timedelta(minutes=1)
    assert reported.deliver(note, "edited") == (0, "这个事件里没有要办的话。\n")
    assert reported.deliver(note)[0] == 0, "an event that claims it is new"
    assert "写好以后又改过，不算数" in reported.answer()
    again = reported.write("lisi", "/采用")
    event = reported.event(reported.forge.note_event(again))
    again.text = "/归档"
    reported.call("words", "--event", event)
    assert "写好以后又改过，不算数" in reported.answer()
    assert reported.main() == "开始"


def test_a_comment_that_was_taken_back_is_no_word(reported: Page) -> None:
    note = reported.write("lisi", "/采用")
    event = reported.event(reported.forge.note_event(note))
    reported.forge.notes.clear()
    assert reported.call("words", "--event", event) == (0, "这个事件里没有要办的话。\n")
    assert reported.main() == "开始"


def test_somebody_whose_account_is_gone_is_nobody_whatever_their_commits_say(page: Page) -> None:
    one = page.open()
    one.account = ""
    page.report()
    assert "提议人不在名册里" in page.comment()
    page.word("lisi", "/采用")
    assert state(page) is State.ADOPTED


SILENCE = (
    "> /采用\n\n这句话谁说的？",
    "    /采用",
    "```\n/采用\n```",
    "- /采用",
    "`/采用`",
    "<!-- -->/采用",
    "@lisi /采用",
    "好的\n/采用",
    "",
    "/etc/passwd",
    "/",
    "采用",
)


def test_what_is_no_word_is_passed_over_in_silence(reported: Page) -> None:
    for text in SILENCE:
        assert reported.word("lisi", text) == (0, "这个事件里没有要办的话。\n"), text
    assert reported.forge.requests == [], "the forge is not even asked"
    assert reported.main() == "开始"


HOSTILE = "$(touch pwned)`touch pwned`;touch pwned|&& ${{ secrets.GITHUB_TOKEN }} ::set-output name=a::b ::add-mask::x @all #1 <script> %0A"


def test_shell_characters_expressions_and_workflow_commands_are_words_to_the_unit_and_no_more(
    page: Page,
) -> None:
    page.open()
    page.report()
    status, printed = page.word("lisi", f"/不采用 要素不全 {HOSTILE}\n::error::x")
    assert status == 0
    assert state(page) is State.DECLINED
    written = page.text(ID)
    assert "${{ secrets.GITHUB_TOKEN }}" in written, "kept as it was written"
    item = read_county(page.root).county.by_id[ID].submission
    assert item.review.reason
    assert item.review.reason.words == f"{HOSTILE} ::error::x"
    assert "::" not in printed
    assert not list(page.root.rglob("pwned*"))
    assert page.word("lisi", f"/{HOSTILE}") == (0, "这个事件里没有要办的话。\n")
    other = page.open(OTHER)
    page.report(2)
    status, printed = page.word("lisi", f"/退回 要素不全 {HOSTILE}", 2)
    assert (status, "::" in printed) == (0, False)
    for raw in ("@all", "<script>", "#1"):
        assert raw not in page.answer(2)
    assert other.branch == OTHER


UNFIT = {
    "/不采用": "不采用要写原因代码，如“/不采用 要素不全 请补上……”；有：要素不全、已有同类",
    "/退回": "退回要写原因代码",
    "/退回 随便 说明": "没有“随便”这个原因代码；有：要素不全、已有同类",
    "/同意": "没看懂“/同意”；可以写：/采用、/留用、/退回、/不采用、/归档、/备查",
}


def test_a_word_that_cannot_be_done_is_answered_with_what_to_write(reported: Page) -> None:
    for text, words in UNFIT.items():
        assert reported.word("lisi", text)[0] == 0
        assert words in reported.answer(), text
        assert "没有办" in reported.answer()
    assert reported.main() == "开始"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/采用 单篇", "后面不写别的"),
        ("/采用\n/归档", "一条评论只写一句"),
        ("/采用，谢谢", "没看懂“/采用，谢谢”"),
        ("/ 采用", "没看懂"),
        (f"/留用 {'长' * 80}", "代码最多 60 字"),
        ("/留用 要素不全 a\u202eb", "看不见的字符"),
    ],
)
def test_a_word_that_is_written_wrongly_says_how_it_is_written(text: str, words: str) -> None:
    with pytest.raises(WordError, match=words):
        word_in(text)


def test_only_editors_are_told_that_a_word_was_not_understood(reported: Page) -> None:
    assert reported.word("wangmin", "/同意") == (0, "这个事件里没有要办的话。\n")
    assert "没看懂" not in "".join(reported.forge.of_bot())


def test_a_closed_proposal_and_one_for_another_branch(reported: Page) -> None:
    one = reported.forge.pulls[1]
    one.open = False
    reported.word("lisi", "/采用")
    assert "已经合并或关闭" in reported.answer()
    one.open, one.target = True, "other"
    reported.word("lisi", "/采用")
    assert "不是提给 main 的" in reported.answer()
    assert reported.main() == "开始"


def test_a_push_that_the_forge_refuses_is_told_and_fails_the_run(reported: Page) -> None:
    hook = reported.origin / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert reported.word("lisi", "/采用")[0] == 1
    assert "git push 没有成功" in reported.answer()
    assert reported.main() == "开始"


def test_a_conflict_is_told_with_what_to_do(reported: Page) -> None:
    one = reported.forge.pulls[1]
    reported.county.commit(path_of(ID), "x", "wuhao", "2026-11-24T11:00:00+08:00")
    run(reported.root, "push", "-q", "origin", "main")
    reported.word("lisi", f"/采用 {one.head[:8]}")
    assert "没有办" in reported.answer()
    assert "冲突" in reported.answer() or "错误" in reported.answer()


# on paper


def test_a_word_is_read_to_the_end_of_its_paragraph() -> None:
    assert word_in("/退回 要素不全 一\n二\n\n三") == word_in("／退回\u3000要素不全，一 二")
    assert word_in("/退回 要素不全\n> 原文\n不算") == word_in("/退回 要素不全")
    found = word_in("/退回 abcdef0 要素不全")
    assert found
    assert (found.commit, found.decision, found.reason and found.reason.code) == ("abcdef0", None, "要素不全")
    assert word_in("/归档") == Word("归档", Decision.FILED)
