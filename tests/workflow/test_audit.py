"""`zhibao audit`: each class of what should not have landed, in a real repository; what was allowed is silent."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from workflow.desk import Office
from workflow.git_county import GitCounty, item_text, path_of

ID, OTHER = "20261124-1231-daba", "20261120-0931-nandu"
EARLY, NOON, LATER = (f"2026-11-{day}T12:40:00+08:00" for day in (20, 24, 25))
CLAIM = "谁做的看提交里的邮箱，什么时候看提交里的时间：都是提交人自称，没有核对签名。"
SIGN = "要算数的，由在任的编辑在 review 里写上 by 和 date"
UNDO = "请核实：不该有的改回去，该有的由能改的人补上"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county in which an editor has merged one officer's item."""
    county = GitCounty(tmp_path_factory.mktemp("prepared") / "county")
    county.propose(OTHER, "qianfang", EARLY, item_text(OTHER))
    county.merge(OTHER, "lisi", EARLY)
    return county.root


@pytest.fixture
def office(prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office.copied(prepared, tmp_path, capsys)


def audited(office: Office, *arguments: str) -> tuple[int, list[str]]:
    """The exit code and the lines, with the ids of commits as their subjects."""
    status, said = office.call("audit", *arguments)
    names = office.county.git("log", "--all", "--reflog", "--format=%H %s").splitlines()
    for name in names:
        commit, _, subject = name.partition(" ")
        said = said.replace(commit[:10], f"<{subject}>")
    return status, said.splitlines()


def test_an_allowed_history_is_silent(office: Office) -> None:
    """A merge and each kind of direct push by whoever may do it; the first commit makes the county."""
    county = office.county
    county.propose(ID, "wangmin", NOON, item_text(ID))
    county.merge(ID, "lisi", NOON)
    corrected = item_text(ID, front="corrections: [{date: 2026-11-25, reason: 户数有误}]").replace(
        "八户", "九户"
    )
    county.commit(path_of(ID), corrected, "lisi", LATER)
    county.commit("registry/calls/2026-12.yml", "[]\n", "lisi", LATER)
    editors = (
        county.text("registry/editors.yml")
        + "- {account: sunli, name: 孙力, emails: [sunli@t.example], roles: [editor], from: 2026-11-25}\n"
    )
    county.commit("registry/editors.yml", editors, "wuhao", LATER)
    county.commit(".github/workflows/x.yml", "on: push\n", "wuhao", LATER)
    officer = "officers: [{name: 钱芳, account: qianfang, emails: [qianfang@t.example], from: 2025-01-01}"
    units = county.text("registry/units.yml").replace(officer, officer + ", {name: 赖新, from: 2026-11-25}")
    county.commit("registry/units.yml", units, "lisi", LATER)
    third = "20261125-0931-daba"
    county.propose(third, "wangmin", LATER, item_text(third))
    county.merge(third, "1234+sunli@users.noreply.github.com", "2026-11-25T18:00:00+08:00")
    assert audited(office) == (
        0,
        ["main 看了 8 步（合并 3，直接提交 5），2026-11-20 至 2026-11-25。没有不合权限的改动。", CLAIM],
    )


def wrong(office: Office, step: str, *findings: str) -> None:
    """Assert that exactly one step is remarked on, and what is said of it."""
    status, lines = audited(office)
    assert status == 1
    assert lines[0].endswith("。1 步要核实。")
    assert lines[1:] == [step, *(f"    {finding}" for finding in findings), CLAIM]


def test_an_officer_merged_an_own_item(office: Office) -> None:
    office.county.propose(ID, "wangmin", NOON, item_text(ID))
    office.county.merge(ID, "wangmin", NOON)
    wrong(
        office,
        f"2026-11-24 12:40  <采用 {ID}>  合并  王敏（wangmin，信息员）",
        f"错误[landed-by] 王敏不是编辑，不能合并进主分支；请核实；{SIGN}",
    )


def test_somebody_decided_who_was_no_editor_any_more(office: Office) -> None:
    office.county.propose(ID, "wangmin", NOON, item_text(ID))
    office.county.merge(ID, "zhaoyu", NOON)
    wrong(
        office,
        f"2026-11-24 12:40  <采用 {ID}>  合并  zhaoyu@t.example（名册外的人）",
        f"错误[landed-by] 赵宇在 2026-11-24 不在任（任期 2025-01-01 至 2026-06-30），不能合并进主分支；请核实；{SIGN}",
    )


def test_a_clock_set_back_into_the_term_of_office(office: Office) -> None:
    office.county.propose(ID, "wangmin", NOON, item_text(ID))
    office.county.merge(ID, "zhaoyu", "2026-06-30T12:00:00+08:00")
    wrong(
        office,
        f"2026-06-30 12:00  <采用 {ID}>  合并  赵宇（zhaoyu，编辑）",
        f"错误[commit-time] 提交写的是 2026-06-30，赵宇那天在任；可它的上一步是 2026-11-20，那时已不在任；请核实；{SIGN}",
    )


def test_a_decision_signed_in_the_name_of_one_who_was_no_editor_any_more(office: Office) -> None:
    review = "  decision: declined\n  by: zhaoyu\n  date: 2026-11-24\n  reason: {code: 要素不全}"
    office.county.propose(ID, "wangmin", NOON, item_text(ID, review=review))
    office.county.merge(ID, "lisi", NOON)
    wrong(
        office,
        f"2026-11-24 12:40  <采用 {ID}>  合并  李思（lisi，编辑、信息员）",
        f"{path_of(ID)}:9:3 错误[signed-by] 处理署名是 zhaoyu，提议的是 lisi；{UNDO}",
        f"{path_of(ID)}:9:3 错误[decided-by] 署名的 zhaoyu 在 2026-11-24 不是编辑；请核实；{SIGN}",
    )


def test_an_officer_pushed_a_workflow(office: Office) -> None:
    office.county.commit(".github/workflows/x.yml", "on: push\n", "wangmin", NOON)
    wrong(
        office,
        "2026-11-24 12:40  <.github/workflows/x.yml>  直接提交  王敏（wangmin，信息员）",
        f"错误[landed-by] 王敏不是编辑，不能直接写进主分支；编辑压缩、变基、快进合并的，Git 里看不出是谁：请核实，以后用合并提交；{SIGN}",
        f".github/workflows/x.yml:1:1 错误[path-permission] 王敏（信息员）不能新增程序、工作流、网站和说明；{UNDO}",
    )


def test_an_editor_merged_a_proposal_that_touches_a_workflow(office: Office) -> None:
    """The merger answers for what the merge brings in."""
    office.county.git("checkout", "-q", "-b", "work")
    office.county.commit(".github/workflows/x.yml", "on: push\n", "wangmin", NOON)
    office.county.git("checkout", "-q", "main")
    office.county.merge("work", "lisi", NOON)
    wrong(
        office,
        "2026-11-24 12:40  <采用 work>  合并  李思（lisi，编辑、信息员）",
        f".github/workflows/x.yml:1:1 错误[path-permission] 李思（编辑）不能新增程序、工作流、网站和说明；{UNDO}",
    )


@pytest.mark.parametrize("by", ["lisi", "zhangwen"])
def test_an_adopted_text_changed_without_a_correction(office: Office, by: str) -> None:
    office.county.commit(path_of(OTHER), item_text(OTHER).replace("八户", "九户"), by, NOON)
    status, lines = audited(office)
    assert status == 1
    assert lines[2:] == [
        f"    {path_of(OTHER)}:1:1 错误[item-permission] 已采用的信息改动了内容，没有写更正（corrections）；{UNDO}",
        CLAIM,
    ]


def test_the_registry_edited_by_an_editor(office: Office) -> None:
    county = office.county
    text = county.text("registry/editors.yml").replace("until: 2026-06-30", "until: 2027-06-30")
    county.commit("registry/editors.yml", text, "lisi", NOON)
    county.commit("registry/units.yml", county.text("registry/units.yml") + "\n", "lisi", NOON)
    status, lines = audited(office)
    assert status == 1
    assert lines[1:] == [
        "2026-11-24 12:40  <registry/editors.yml>  直接提交  李思（lisi，编辑、信息员）",
        f"    registry/editors.yml:1:1 错误[path-permission] 李思（编辑）不能修改名册和规则（registry/）；{UNDO}",
        "2026-11-24 12:40  <registry/units.yml>  直接提交  李思（lisi，编辑、信息员）",
        f"    registry/units.yml:1:1 错误[path-permission] 李思（编辑）不能修改名册和规则（registry/）；{UNDO}",
        CLAIM,
    ]


def test_who_is_made_an_editor_is_one_from_the_next_step_on(office: Office) -> None:
    """Authority is the base's: the very step that adds somebody is not theirs."""
    county = office.county
    added = (
        county.text("registry/editors.yml")
        + "- {account: wangmin, name: 王敏, emails: [wangmin@t.example], roles: [maintainer, editor], from: 2026-01-01}\n"
    )
    county.commit("registry/editors.yml", added, "wangmin", NOON)
    county.commit("registry/units.yml", county.text("registry/units.yml") + "\n", "wangmin", NOON)
    status, lines = audited(office)
    assert status == 1
    assert [line[:2] for line in lines[1:-1]] == ["20", "  ", "  "]
    assert "<registry/editors.yml>" in lines[1]


def test_an_unknown_person(office: Office) -> None:
    office.county.commit(path_of(ID), item_text(ID), "nobody@elsewhere.example", NOON)
    wrong(
        office,
        f"2026-11-24 12:40  <{path_of(ID)}>  直接提交  nobody@elsewhere.example（名册外的人）",
        "错误[landed-by] “nobody@elsewhere.example”不在当天的名册里，不能直接写进主分支；请核实是谁；是编辑的，把邮箱登记进 registry/editors.yml，以后的才认得；"
        + SIGN,
    )


def test_an_editor_who_applies_what_an_officer_wrote_answers_for_it(office: Office) -> None:
    """A rebase or `git am`: the officer is the author, the editor the committer."""
    county = office.county
    county.propose(ID, "wangmin", NOON, item_text(ID))
    county.commit("site/x.md", "x\n", "wuhao", NOON)
    county.git("cherry-pick", ID, by="lisi", at=LATER)
    author = county.git("log", "-1", "--format=%ae %ce")
    assert author == "wangmin@t.example lisi@t.example"
    assert audited(office)[0] == 0


def test_a_deleted_item_an_unknown_place_and_a_renamed_id(office: Office) -> None:
    county = office.county
    county.git("mv", path_of(OTHER), path_of("20261121-0931-nandu"))
    county.git("commit", "-q", "-m", "改名", by="lisi", at=NOON)
    county.commit("草稿.docx", "x", "lisi", NOON)
    status, lines = audited(office)
    assert status == 1
    assert [line.partition("；")[0].strip() for line in lines[1:-1]] == [
        "2026-11-24 12:40  <改名>  直接提交  李思（lisi，编辑、信息员）",
        f"{path_of(OTHER)}:1:1 错误[item-permission] 这条信息已采用，不能删除",
        f"{path_of('20261121-0931-nandu')}:1:1 错误[id-kept] 信息 {OTHER} 被改成了 20261121-0931-nandu",
        "2026-11-24 12:40  <草稿.docx>  直接提交  李思（lisi，编辑、信息员）",
        "草稿.docx:1:1 错误[known-place] 这个位置不收文件",
    ]


def test_a_roster_that_cannot_be_read_is_said_once(office: Office) -> None:
    county = office.county
    sound = county.text("registry/editors.yml")
    county.commit("registry/editors.yml", "- {account: 1}\n", "wuhao", NOON)
    county.commit("site/a.md", "a\n", "wangmin", NOON)
    county.commit("site/b.md", "b\n", "wangmin", NOON)
    county.commit("registry/editors.yml", sound, "wuhao", NOON)
    county.commit("site/c.md", "c\n", "wangmin", LATER)
    status, lines = audited(office)
    assert status == 1
    assert lines[0].endswith("。2 步要核实。")
    assert lines[1].startswith("2026-11-24 12:40  <site/a.md>  直接提交  wangmin@t.example")
    assert lines[2].startswith(
        "    错误[registry-unread] 上一步的名册读不懂，这一步和以后的看不了，直到名册改好；registry/editors.yml:"
    )
    assert lines[3].startswith("2026-11-25 12:40  <site/c.md>")


def test_since_a_day_a_revision_and_the_last_record(office: Office) -> None:
    """What stood before counts all the same: the item was adopted before the steps that are looked at."""
    county = office.county
    county.commit("site/a.md", "a\n", "wangmin", NOON)
    first = county.git("rev-parse", "HEAD")
    county.commit(path_of(OTHER), item_text(OTHER).replace("八户", "九户"), "lisi", LATER)
    everything, late = audited(office), audited(office, "--since", "2026-11-25")
    assert everything[1][0].endswith(
        "看了 3 步（合并 1，直接提交 2），2026-11-20 至 2026-11-25。2 步要核实。"
    )
    assert late == audited(office, "--since", first)
    assert late[1][0].endswith("看了 1 步（合并 0，直接提交 1），2026-11-25 至 2026-11-25。1 步要核实。")
    assert "已采用的信息改动了内容" in late[1][2]
    assert audited(office, "--since", "last") == everything
    assert audited(office, "--record")[0] == 1
    assert audited(office, "--since", "last") == (
        0,
        ["main 看了 0 步（合并 0，直接提交 0）。没有不合权限的改动。", CLAIM],
    )
    assert audited(office, "--since", "nothing-such")[0] == 2


def references(office: Office) -> str:
    return office.county.git("for-each-ref")


def test_nothing_is_written_unless_it_is_asked_for(office: Office) -> None:
    before = references(office)
    office.call("audit")
    assert references(office) == before
    status, lines = audited(office, "--record")
    assert status == 0
    assert lines[-1] == (
        f"记下了：看到 <采用 {OTHER}>（refs/zhibao/audited）。要别处也记得：git push origin +refs/zhibao/audited:refs/zhibao/audited"
    )
    tip = office.county.git("rev-parse", "main")
    assert references(office) == f"{before}\n{tip} commit\trefs/zhibao/audited"
    office.call("audit", "--record")
    assert references(office) == f"{before}\n{tip} commit\trefs/zhibao/audited"


def rewritten(county: GitCounty) -> None:
    county.git("reset", "-q", "--hard", "HEAD~2")
    county.commit("site/c.md", "c\n", "wuhao", LATER)


def detoured(county: GitCounty) -> None:
    """Main was pulled into a clone that had commits of its own, and the result pushed: its first parent is the clone's."""
    county.git("checkout", "-q", "-b", "clone", "HEAD~2")
    county.commit("site/c.md", "c\n", "wuhao", LATER)
    county.git("merge", "-q", "--no-ff", "-m", "拉取", "main", by="wuhao", at=LATER)
    county.git("checkout", "-q", "main")
    county.git("merge", "-q", "--ff-only", "clone")


@pytest.mark.parametrize(
    ("change", "headline", "said"),
    [
        (
            rewritten,
            "历史被改写过。",
            "上次核查到 <site/b.md>，现在的主线不是接着它来的：历史被改写过。下面 2 步不见了，请向推送的人核实：",
        ),
        (
            detoured,
            "主线换过。",
            "上次核查到 <site/b.md>，它还在历史里，但主线（第一父提交）不再经过它：多半是本地合并后直接推送，采用的人和日期可能跟着变了。",
        ),
    ],
)
def test_a_rewritten_history_names_what_vanished(
    office: Office, change: Callable[[GitCounty], None], headline: str, said: str
) -> None:
    county = office.county
    county.commit("site/a.md", "a\n", "wuhao", NOON)
    county.commit("site/b.md", "b\n", "wuhao", NOON)
    assert audited(office, "--record")[0] == 0
    change(county)
    before = references(office)
    status, lines = audited(office, "--record")
    assert status == 1
    assert lines[0].endswith(headline)
    assert lines[1:4] == [
        said,
        "    <site/b.md>  wuhao@t.example  site/b.md",
        "    <site/a.md>  wuhao@t.example  site/a.md",
    ]
    assert lines[-2:] == [CLAIM, "没有记：上次记下的历史先要核实。"]
    assert references(office) == before
    tip = county.git("rev-parse", "main")
    assert (
        lines[4]
        == f"核实无误的，用 git update-ref refs/zhibao/audited {'<' + county.git('log', '-1', '--format=%s') + '>'} 从新的历史记起。"
    )
    county.git("update-ref", "refs/zhibao/audited", tip)
    assert audited(office)[0] == 0


def test_a_shallow_clone_is_refused_with_the_mend(office: Office, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{office.root}", str(shallow)], check=True)
    status, said = office.call("audit", root=shallow)
    assert (status, said) == (
        2,
        "zhibao：这是浅克隆，看不到全部历史，核查不了；请运行 git fetch --unshallow（CI 里写 fetch-depth: 0）\n",
    )


def test_a_bare_repository_and_steps_from_before_there_was_a_roster(office: Office, tmp_path: Path) -> None:
    county = office.county
    county.git("checkout", "-q", "--orphan", "fresh")
    county.git("rm", "-rq", "--cached", ".")
    for path in ("README.md", "registry", "submissions"):
        county.git(
            "add", "--all", *([path] if path != "README.md" else ["--intent-to-add", "registry/units.yml"])
        )
        county.git("commit", "-q", "--allow-empty", "-m", path, by="wangmin", at=NOON)
    county.git("branch", "-f", "main", "fresh")
    bare = tmp_path / "bare.git"
    subprocess.run(["git", "clone", "-q", "--bare", "-b", "main", str(county.root), str(bare)], check=True)
    status, said = office.call("audit", root=bare)
    assert status == 1
    assert said.splitlines()[0] == (
        "main 看了 1 步（合并 0，直接提交 1），2026-11-24 至 2026-11-24；名册建立以前的 1 步不看。1 步要核实。"
    )


def test_the_forms_for_programs_and_for_workflows(office: Office) -> None:
    hostile = "@all <b>x</b>\u202e|`x`"
    office.county.git("commit", "-q", "--allow-empty", "-m", hostile, by="<!--@a-->@x.example", at=NOON)
    office.county.commit("site/x.md", "x\n", "wangmin", NOON)
    status, said = office.call("audit", "--format", "json")
    assert status == 1
    whole = json.loads(said)
    assert (whole["schema"], whole["ok"], whole["steps"], whole["merges"], whole["unjudged"]) == (
        1,
        False,
        3,
        1,
        0,
    )
    assert (whole["recorded"], whole["vanished"], whole["claim"]) == (None, [], CLAIM)
    assert [remark["actor"]["capacities"] for remark in whole["remarks"]] == [["stranger"], ["officer"]]
    assert [finding["code"] for finding in whole["remarks"][1]["findings"]] == [
        "landed-by",
        "path-permission",
    ]
    status, said = office.call("audit", "--format", "markdown")
    assert status == 1
    assert "<!--" not in said
    assert "@x" not in said
    assert said.startswith("**main 看了 3 步")
    assert said.splitlines()[-1] == CLAIM


def test_many_files_and_many_steps_fit_the_screen(office: Office) -> None:
    county = office.county
    for number in range(30):
        (county.root / f"site/{number}.md").parent.mkdir(exist_ok=True)
        (county.root / f"site/{number}.md").write_text("x")
    county.git("add", "-A")
    county.git("commit", "-q", "-m", "很多", by="wangmin", at=NOON)
    for _ in range(22):
        county.git("commit", "-q", "--allow-empty", "-m", "空", by="wangmin", at=NOON)
    status, lines = audited(office)
    assert status == 1
    assert lines[0].endswith("23 步要核实。")
    assert lines[3].endswith(f"{UNDO}（另有 29 个文件也是）")
    assert lines[-2] == "……还有 3 步；--format json 列出全部。"
    assert len(lines) == 1 + 20 * 2 + 1 + 2
