"""The editors' words on a real origin: merged, written, idempotent, and made anew after a lost race."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow.desk import Office, path_of, run
from zhibao.model.standing import State
from zhibao.repo.county_files import read_county

ID = "20261124-0931-daba"
OTHER = "20261124-0945-daba"


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(tmp_path, capsys)


def state(office: Office, id_: str = ID) -> tuple[State, str | None, str]:
    standing = read_county(office.root).county.by_id[id_].standing
    return standing.state, standing.by, str(standing.day)


def test_adopting_a_proposal_is_a_merge_by_the_editor_and_no_more(office: Office) -> None:
    office.propose(ID)
    assert office.call("adopt", ID) == (0, f"{ID}：采用\n")
    assert "review" not in office.text(ID)
    assert office.log("%an <%ae> %P").startswith("lisi <lisi@t.example> ")
    assert len(office.log("%P").split()) == 2
    assert state(office) == (State.ADOPTED, "lisi", "2026-11-24")
    before = run(office.origin, "rev-parse", "main")
    assert office.call("adopt", ID) == (0, f"{ID}：采用（已经是了）\n")
    assert run(office.origin, "rev-parse", "main") == before


def test_a_form_is_written_out(office: Office) -> None:
    office.propose(ID)
    assert office.call("adopt", ID, "--form", "单篇", "--publication", "试验信息 第45期")[0] == 0
    assert (
        office.text(ID)
        .split("review:\n")[1]
        .startswith(
            "  decision: adopted\n  by: lisi\n  date: 2026-11-24\n  adoptions:\n"
            "    - {level: 县, date: 2026-11-24, form: 单篇, publication: 试验信息 第45期}\n---\n"
        )
    )
    assert office.call("adopt", OTHER, "--form", "长篇")[0] == 1


def test_declining_merges_with_its_reason(office: Office) -> None:
    office.propose(ID)
    status, words = office.call("decline", ID)
    assert (status, "不采用要写原因" in words) == (1, True)
    assert office.call("decline", ID, "--reason", "要素不全", "--words", "请补上户数：多少户")[0] == 0
    review = office.text(ID).split("review:\n")[1].split("---")[0]
    assert review == (
        "  decision: declined\n  by: lisi\n  date: 2026-11-24\n  reason: {code: 要素不全, words: 请补上户数：多少户}\n"
    )
    assert len(office.log("%P").split()) == 2
    assert state(office) == (State.DECLINED, "lisi", "2026-11-24")


def test_many_at_once_and_what_fails_stops_nothing(office: Office) -> None:
    office.propose(ID)
    office.propose(OTHER)
    status, words = office.call("hold", ID, "nothing", OTHER)
    assert status == 1
    assert f"{ID}：留用\n{OTHER}：留用\n" in words
    assert f"没有 nothing 这条信息，也没有这个分支；待处理的提议：{OTHER}" in words
    assert state(office)[0] is state(office, OTHER)[0] is State.HELD


def test_a_held_item_is_decided_by_its_id_and_a_decision_only_by_the_chief(office: Office) -> None:
    office.propose(ID)
    office.call("hold", ID)
    assert office.call("file", ID, "--reason", "转业务口") == (
        1,
        f"{ID}：没有办成。没有“转业务口”这个原因代码；有：{reasons(office)}\n",
    )
    assert office.call("file", ID) == (0, f"{ID}：备查\n")
    status, words = office.call("adopt", ID)
    assert (status, "请主编先用 zhibao reopen" in words) == (1, True)
    assert "由主编办" in office.call("reopen", ID)[1]
    office.act_as("zhangwen")
    assert office.call("reopen", ID) == (0, f"{ID}：重新办理，现在是留用\n")
    assert office.call("reopen", ID) == (0, f"{ID}：没有作过决定，不用重新办理\n")
    assert office.call("adopt", ID)[0] == 0
    assert state(office) == (State.ADOPTED, "zhangwen", "2026-11-24")
    assert office.call("withdraw", ID, "--words", "数字有误")[0] == 0
    assert "  withdrawn: {date: 2026-11-24, reason: 数字有误}\n" in office.text(ID)
    assert office.call("withdraw", ID, "--words", "数字有误")[1] == f"{ID}：撤下（已经是了）\n"


def reasons(office: Office) -> str:
    return "、".join(one.code for one in read_county(office.root).county.registry.office.reasons)


def test_returning_leaves_a_word_and_no_change_of_files(office: Office) -> None:
    office.propose(ID)
    before = office.text(ID, ID)
    assert office.call("return", ID, "--reason", "要素不全", "--words", "请补上\n户数") == (
        0,
        f"{ID}：退回修改\n",
    )
    assert office.text(ID, ID) == before
    assert office.log("%B", ID).splitlines()[-3:] == [
        "Zhibao-Word: returned",
        "Zhibao-Reason: 要素不全",
        "Zhibao-Words: 请补上 户数",
    ]
    assert (
        office.call("return", ID, "--reason", "要素不全", "--words", "请补上 户数")[1]
        == f"{ID}：退回修改（已经是了）\n"
    )
    office.call("adopt", ID)
    assert "不能退回" in office.call("return", ID, "--reason", "要素不全")[1]


def test_above_is_recorded_once_and_in_order(office: Office) -> None:
    office.propose(ID)
    office.call("adopt", ID)
    later = ("--level", "州", "--form", "综合", "--date", "2026-11-24", "--publication", "州委信息 第45期")
    assert office.call("adoption", ID, *later)[1] == f"{ID}：记上了州级采用\n"
    assert office.call("adoption", ID, *later)[1] == f"{ID}：已经记过了\n"
    county = ("--level", "县", "--form", "单条", "--date", "2026-11-24", "--publication", "试验信息")
    office.call("adoption", ID, *county)
    office.call("instruction", ID, "--level", "县", "--date", "2026-11-24", "--by", "县委书记")
    assert office.text(ID).split("review:\n")[1].split("---")[0] == (
        "  adoptions:\n"
        "    - {level: 县, date: 2026-11-24, form: 单条, publication: 试验信息}\n"
        "    - {level: 州, date: 2026-11-24, form: 综合, publication: 州委信息 第45期}\n"
        "  instructions:\n"
        "    - {level: 县, date: 2026-11-24, by: 县委书记}\n"
    )
    assert (
        "没有“镇”这个层级"
        in office.call("instruction", ID, "--level", "镇", "--date", "2026-11-24", "--by", "x")[1]
    )
    assert office.call("adoption", ID, *later[:5], "2026-13-01", *later[6:])[0] == 2


def test_one_issue_is_one_adoption_however_it_is_written(office: Office) -> None:
    office.propose(ID)
    office.call("adopt", ID)
    use = ("--level", "州", "--form", "综合", "--date", "2026-11-24", "--publication")
    assert office.call("adoption", ID, *use, "州委信息 第45期")[0] == 0
    before = office.text(ID)
    for written in ("州委信息第45期", "州委信息　第 45 期", "州委信息第045期"):
        assert office.call("adoption", ID, *use, written) == (0, f"{ID}：已经记过了\n")
    status, said = office.call("adoption", ID, *use[:3], "单条", *use[4:], "州委信息第45期")
    assert (status, "这一期已经记过：2026-11-24，综合，州委信息 第45期" in said) == (1, True)
    assert office.text(ID) == before
    assert office.call("adoption", ID, *use, "州委信息第46期")[1] == f"{ID}：记上了州级采用\n"


def test_an_instruction_of_tomorrow_is_refused_here(office: Office) -> None:
    office.propose(ID)
    office.call("adopt", ID)
    before = office.text(ID)
    said = office.call("instruction", ID, "--level", "县", "--date", "2026-11-25", "--by", "县委书记")
    assert said == (1, f"{ID}：没有办成。批示日期 2026-11-25 还没有到（今天 2026-11-24）\n")
    assert office.text(ID) == before


def test_a_mistyped_id_names_the_ones_that_may_be_meant(office: Office) -> None:
    office.propose(ID)
    for wrong in (f"{ID}a", ID.replace("0931", "0930")):
        said = office.call("adopt", wrong)
        assert said == (1, f"{wrong}：没有办成。没有 {wrong} 这条信息，也没有这个分支；是不是 {ID}\n")
    assert f"待处理的提议：{ID}" in office.call("adopt", "abc")[1]


def test_a_withdrawn_item_is_not_decided_again(office: Office) -> None:
    office.propose(ID)
    office.call("adopt", ID)
    office.act_as("zhangwen")
    assert office.call("withdraw", ID, "--words", "数字有误")[0] == 0
    assert office.call("adopt", ID) == (1, f"{ID}：没有办成。{ID} 已经撤下，不能再改决定\n")


def test_whoever_git_does_not_know_is_told_how_to_say_it(office: Office) -> None:
    office.act_as("")
    run(office.root, "config", "user.email", "")
    status, said = office.call("adopt", ID)
    assert (status, said.startswith("zhibao：Git 还不知道你是谁；请用 git config user.email")) == (2, True)


def test_an_origin_out_of_reach_is_told_in_chinese(office: Office) -> None:
    run(office.root, "remote", "set-url", "origin", "https://me:secret@127.0.0.1:1/x.git")
    for verb in (("queue",), ("adopt", ID)):
        status, said = office.call(*verb)
        assert (status > 0, "secret" in said) == (True, False)
        assert "连不上 origin（https://127.0.0.1:1/x.git）；请检查网络和地址：git remote -v" in said


def test_comments_and_all_else_stay(office: Office) -> None:
    from workflow.git_county import item_text

    text = item_text(ID).replace("kind: 经验", "kind: 经验   # 镇里定的\n# 上面一行不要改")
    office.propose(ID, text=text)
    office.call("hold", ID)
    assert office.text(ID) + "\n" == text.replace(
        "\n---\n\n", "\nreview:\n  decision: held\n  by: lisi\n  date: 2026-11-24\n---\n\n"
    )


def test_a_lost_race_is_run_again(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhibao.repo import remotes

    office.propose(ID)
    other = tmp_path / "other"
    run(tmp_path, "clone", "-q", str(office.origin), str(other))
    office.act_as("zhangwen", other)
    real, races = remotes.push, []

    def push(root: Path, commit: str, branch: str) -> None:
        if len(races) < 2:
            races.append(branch)
            (other / "README.md").write_text(f"{len(races)}", "utf-8")
            run(other, "add", "-A")
            run(other, "commit", "-qm", "别人先推了")
            run(other, "push", "-q", "origin", "main")
        real(root, commit, branch)

    monkeypatch.setattr(remotes, "push", push)
    assert office.call("hold", ID)[0] == 0
    assert run(office.origin, "log", "--first-parent", "--format=%s", "main").splitlines()[:3] == [
        f"留用：{ID}",
        "别人先推了",
        "别人先推了",
    ]
    assert state(office)[0] is State.HELD


def test_a_word_is_tied_to_the_commit_it_was_said_of(office: Office) -> None:
    office.propose(ID)
    head = run(office.origin, "rev-parse", ID)
    status, words = office.call("adopt", ID, "--head", "0" * 40)
    assert (status, "请看过新的再说一遍" in words) == (1, True)
    assert office.call("adopt", ID, "--head", head)[0] == 0


@pytest.mark.parametrize(
    ("who", "words"), [("wangmin", "不是编辑"), ("zhaoyu", "不在名册里"), ("nobody", "不在名册里")]
)
def test_only_editors_of_today_decide(office: Office, who: str, words: str) -> None:
    office.propose(ID)
    office.act_as(who)
    status, said = office.call("adopt", ID)
    assert status in (1, 2)
    assert words in said
    assert run(office.origin, "log", "--format=%s", "main") == "开始"


def test_what_the_review_refuses_is_not_merged(office: Office) -> None:
    office.propose(ID, review="  decision: adopted\n  by: wangmin\n  date: 2026-11-24")
    status, words = office.call("adopt", ID)
    assert (status, "item-permission" in words) == (1, True)
    assert run(office.origin, "log", "--format=%s", "main") == "开始"


def test_conflicts_are_named(office: Office) -> None:
    office.propose(ID)
    office.call("hold", ID)
    run(office.root, "checkout", "-q", "-b", "again", "main~1")
    office.county.commit(path_of(ID), "x", "wangmin", "2026-11-24T10:00:00+08:00")
    run(office.root, "push", "-q", "origin", "again")
    run(office.root, "checkout", "-q", "main")
    status, words = office.call("adopt", "again")
    assert status == 1
    assert "冲突" in words or "错误" in words


def test_without_an_origin_the_local_branch_and_its_work_tree_follow(office: Office) -> None:
    office.propose(ID)
    run(office.root, "fetch", "-q", "origin", f"{ID}:{ID}")
    run(office.root, "remote", "remove", "origin")
    assert office.call("adopt", ID)[0] == 0
    assert (office.root / path_of(ID)).is_file()
    assert run(office.root, "status", "--porcelain") == ""
    assert state(office)[0] is State.ADOPTED
