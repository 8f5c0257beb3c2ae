"""An officer's item on its way: judged here first, pushed as the forge wants it, opened once, and never more than the item."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from bases import put
from forge.stand_in import REPOSITORY
from workflow.desk import Office, item_text, path_of, run
from zhibao.door.sending import Way, way_to
from zhibao.model.forges import ForgeAddress, ForgeKind
from zhibao.repo import git

ID = "20261124-1231-daba"
OTHER = "20261124-1240-daba"


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    made = Office(tmp_path, capsys)
    made.act_as("wangmin")
    return made


def written(office: Office, id_: str = ID, text: str = "") -> str:
    put(office.root, path_of(id_), text or item_text(id_))
    return path_of(id_)


def hook(office: Office, script: str) -> None:
    path = office.origin / "hooks/pre-receive"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


def options(office: Office) -> None:
    """Let the origin take push options, and note those of each push."""
    run(office.origin, "config", "receive.advertisePushOptions", "true")
    hook(
        office,
        'i=0; : > said; while [ $i -lt "${GIT_PUSH_OPTION_COUNT:-0}" ]; do eval "echo \\"\\$GIT_PUSH_OPTION_$i\\"" >> said; i=$((i+1)); done\n'
        'echo "Create a new pull request:"; echo "  https://git.t.example/xianwei/xinxi/pulls/7"',
    )


def test_a_new_item_becomes_a_branch_with_that_item_alone(office: Office) -> None:
    written(office)
    put(office.root, "draft.txt", "mine")
    before = run(office.root, "status", "--porcelain"), run(office.root, "rev-parse", "HEAD")
    status, said = office.call("submit")
    assert (status, said.splitlines()[-1]) == (0, f"  报送了，等编辑处理（分支 {ID}）")
    assert run(office.origin, "diff", "--name-status", f"main...{ID}") == f"A\t{path_of(ID)}"
    assert office.text(ID, ID) == item_text(ID).rstrip("\n")
    assert office.log("%an <%ae>", ID) == "wangmin <wangmin@t.example>"
    assert (run(office.root, "status", "--porcelain"), run(office.root, "rev-parse", "HEAD")) == before


def test_again_unchanged_says_so_and_a_change_updates_the_same_proposal(office: Office) -> None:
    path = written(office)
    assert office.call("submit", path)[0] == 0
    head = run(office.origin, "rev-parse", ID)
    assert office.call("submit", path)[1].splitlines()[-1] == f"  没有变化，已经报送过（分支 {ID}）"
    assert run(office.origin, "rev-parse", ID) == head
    written(office, text=item_text(ID).replace("今年", "当年") + "\n又补了一句，供水点都装上了水表。\n")
    assert "更新了提议" in office.call("submit", path)[1]
    assert run(office.origin, "rev-parse", f"{ID}~1") == head


def test_an_item_with_errors_stays_here_with_everything_that_is_wrong(office: Office) -> None:
    path = written(
        office, text=item_text(ID).replace("kind: 经验", "kind: 经念\nreview: {decision: adopted}")
    )
    status, said = office.call("submit", path)
    assert status == 1
    assert "没有报送" in said
    assert "item-permission" in said
    assert "错误" in said
    assert ID not in run(office.origin, "for-each-ref")


def test_a_title_that_would_steer_the_terminal_is_shown_as_escapes(office: Office) -> None:
    title = '"\\e]0;x\\a\\e[2J水账 ::error::x"'
    path = written(office, text=re.sub("title: .*", lambda _: f"title: {title}", item_text(ID)))
    status, said = office.call("submit", path)
    assert (status, "\x1b" in said, "\x07" in said) == (1, False, False)
    assert said.startswith(f"{ID} \\x1b]0;x\\x07")


def test_several_items_are_a_proposal_each_and_a_bad_one_keeps_no_other_back(office: Office) -> None:
    written(office)
    written(office, OTHER, item_text(OTHER).replace("unit: daba", "unit: nandu"))
    assert office.call("submit")[0] == 1
    refs = run(office.origin, "for-each-ref")
    assert (ID in refs, OTHER in refs) == (True, False)


def test_what_the_server_says_when_it_refuses_is_passed_on_whole(office: Office) -> None:
    written(office)
    hook(office, 'echo "main：要改 1 处才能合并。"; echo " 1. 标题太短；请补上"; exit 1')
    status, said = office.call("submit")
    assert status == 2
    assert "main：要改 1 处才能合并。\n  1. 标题太短；请补上" in said


def test_a_merged_item_without_a_change_is_not_submitted_again(office: Office) -> None:
    path = written(office)
    office.call("submit")
    office.act_as("lisi")
    assert office.call("adopt", ID)[0] == 0
    office.act_as("wangmin")
    status, said = office.call("submit", path)
    assert (status, said) == (2, f"zhibao：{ID} 已在 main 上，没有改动，不用再报\n")


def test_what_was_merged_meanwhile_is_not_taken_for_a_change(office: Office) -> None:
    path = written(office)
    office.call("submit")
    lisi = office.root.parent / "lisi"
    run(office.root.parent, "clone", "-q", str(office.origin), str(lisi))
    office.act_as("lisi", lisi)
    assert office.call("adopt", ID, "--form", "单篇", root=lisi)[0] == 0
    other = written(office, OTHER, item_text(OTHER))
    status, said = office.call("submit")
    assert (status, f"报送了，等编辑处理（分支 {OTHER}）" in said) == (0, True)
    assert f"已经在 main 上，这里还是报送时的样子：{path}\n" in said
    run(office.root, *said.split("    git ")[1].split())
    run(office.root, "merge", "-q", "--ff-only", "origin/main")
    assert "decision: adopted" in (office.root / path).read_text("utf-8")
    assert (office.root / other).is_file()


def test_gitea_and_forgejo_get_agit_options_of_one_line_each(office: Office) -> None:
    options(office)
    path = written(office)
    status, said = office.call("submit", path, "--way", "agit")
    assert status == 0
    assert said.splitlines()[-1] == "  报送了，等编辑处理：https://git.t.example/xianwei/xinxi/pulls/7"
    title = item_text(ID).split("title: ")[1].split("\n")[0]
    found = (office.origin / "said").read_text("utf-8").splitlines()
    assert found[:2] == [f"topic={ID}", f"title={title}"]
    assert found[2].startswith("description=")
    assert found[3:] == ["force-push=true"]
    assert run(office.origin, "rev-parse", "refs/for/main")
    run(office.origin, "update-ref", "-d", "refs/for/main")  # a real forge keeps none
    assert "没有变化" in office.call("submit", path, "--way", "agit")[1]
    written(office, text=item_text(ID) + "\n又补了一句，供水点都装上了水表。\n")
    assert "更新了提议" in office.call("submit", path, "--way", "agit")[1]
    assert "force-push" not in (office.origin / "said").read_text("utf-8")


def test_gitlab_is_asked_for_a_merge_request(office: Office) -> None:
    options(office)
    assert office.call("submit", written(office), "--way", "gitlab")[0] == 0
    found = (office.origin / "said").read_text("utf-8").splitlines()
    assert found[:2] == ["merge_request.create", "merge_request.target=main"]
    assert [one.split("=")[0] for one in found[2:]] == ["merge_request.title", "merge_request.description"]
    assert run(office.origin, "rev-parse", ID)


def test_without_a_token_the_page_that_opens_it_is_named(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    monkeypatch.setenv("GITHUB_REPOSITORY", REPOSITORY)
    said = office.call("submit", written(office), "--way", "github")[1]
    assert f"https://github.com/{REPOSITORY}/compare/main...{ID}?expand=1" in said


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("https://github.com/xianwei/xinxi.git", Way.GITHUB),
        ("git@github.com:xianwei/xinxi.git", Way.GITHUB),
        ("https://wangmin:secret@gitlab.t.example/xianwei/xinxi.git", Way.GITLAB),
        ("git@gitlab.t.example:xianwei/xinxi.git", Way.GITLAB),
        ("https://git.t.example/xianwei/xinxi.git", Way.BRANCH),
        ("https://github.com.t.example/xianwei/xinxi.git", Way.BRANCH),
        ("/srv/git/xinxi.git", Way.BRANCH),
    ],
)
def test_the_address_tells_the_way(office: Office, address: str, way: Way) -> None:
    run(office.root, "remote", "set-url", "origin", address)
    assert way_to(office.root, None) is way


def test_the_forge_that_the_office_names_tells_the_way_where_the_origin_is_there(office: Office) -> None:
    named = ForgeAddress(kind=ForgeKind.FORGEJO, url="https://git.t.example/xianwei/xinxi")
    for address, way in [
        ("https://git.t.example/wangmin/xinxi.git", Way.AGIT),
        ("git@git.t.example:xianwei/xinxi.git", Way.AGIT),
        ("ssh://git@git.t.example:2222/xianwei/xinxi.git", Way.AGIT),
        ("https://elsewhere.example/xianwei/xinxi.git", Way.BRANCH),
    ]:
        run(office.root, "remote", "set-url", "origin", address)
        assert way_to(office.root, named) is way


def test_the_server_s_refusal_is_told_in_its_own_words_and_harmlessly(office: Office) -> None:
    hook(office, "printf '要改 1 处才能合并。\\033[31m\\n 1. 标题太长\\n' >&2; exit 1")
    status, said = office.call("submit", written(office))
    assert status == 2
    assert f"{ID} 没有推上去，服务器说：" in said
    assert "1. 标题太长" in said
    assert "\x1b" not in said


def test_passwords_in_addresses_are_never_shown(office: Office) -> None:
    run(office.root, "remote", "set-url", "--push", "origin", "https://wangmin:geheim@127.0.0.1:9/xinxi.git")
    status, said = office.call("submit", written(office))
    assert status == 2
    assert "geheim" not in said
    with pytest.raises(git.GitError) as error:
        git.run(office.root, "fetch", "https://wangmin:geheim@127.0.0.1:9/xinxi.git")
    assert "geheim" not in str(error.value) + error.value.detail


def test_somebody_git_does_not_know_is_told_what_to_set(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in ("user.name", "user.email"):
        run(office.root, "config", "--unset", key)
    monkeypatch.setenv("HOME", str(office.root))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    status, said = office.call("submit", written(office))
    assert (status, "git config --global user.name" in said) == (2, True)


def test_what_is_no_item_or_lies_elsewhere_is_told(office: Office) -> None:
    put(office.root, f"submissions/2026/10/{ID}.md", item_text(ID))
    assert f"请移到 {path_of(ID)}" in office.call("submit", f"submissions/2026/10/{ID}.md")[1]
    assert "不是一条信息" in office.call("submit", "registry/office.yml")[1]
    (office.root / path_of(OTHER)).parent.mkdir(parents=True, exist_ok=True)
    (office.root / path_of(OTHER)).symlink_to("/etc/passwd")
    assert "不是一条信息" in office.call("submit", path_of(OTHER))[1]


def test_nothing_to_submit_and_only_looking(office: Office) -> None:
    assert "没有新写或改过的信息" in office.call("submit")[1]
    written(office)
    assert office.call("submit", "--dry-run")[0] == 0
    assert ID not in run(office.origin, "for-each-ref")


def test_a_picture_goes_with_its_item(office: Office) -> None:
    text = item_text(ID, front="media: [assets/shuiyuan.png]")
    png = bytes.fromhex("89504e470d0a1a0a") + b"\x00" * 64
    put(office.root, "submissions/2026/11/assets/shuiyuan.png", png)
    put(office.root, "submissions/2026/11/assets/other.png", png)
    assert office.call("submit", written(office, text=text))[0] == 0
    names = run(office.origin, "diff", "--name-only", f"main...{ID}").splitlines()
    assert names == [path_of(ID), "submissions/2026/11/assets/shuiyuan.png"]
    whole = subprocess.run(
        ["git", "show", f"{ID}:{names[1]}"], cwd=office.origin, capture_output=True, check=True
    ).stdout
    assert whole == png
