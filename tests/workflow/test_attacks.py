"""Attacks, end to end: each is pushed to a bare repository with the pre-receive hook, and refused there."""

from __future__ import annotations

import copy
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from workflow.git_county import GitCounty, item_text, path_of

ADOPTED = "20261120-0931-daba"
ID = "20261124-1231-daba"
NOW = "2026-11-24T12:40:00+08:00"
HOOK = Path(__file__).parents[2] / "docs" / "forges" / "pre-receive"
PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


class Server:
    """A bare repository with the hook, and a clone of it in which everybody works."""

    def __init__(self, folder: Path) -> None:
        self.county = GitCounty(folder / "clone")
        self.bare = folder / "desk.git"
        self.county.propose(ADOPTED, "wangmin", "2026-11-20T10:00:00+08:00", item_text(ADOPTED))
        self.county.merge(ADOPTED, "lisi", "2026-11-20T16:00:00+08:00")
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(self.bare)], check=True)
        shutil.copy(HOOK, self.bare / "hooks" / "pre-receive")
        assert self.push("wuhao", "main") == ""
        self.county.git("checkout", "-q", "-b", "work")

    def at(self, folder: Path) -> Server:
        """The same in a copied folder."""
        other = copy.copy(self)
        other.county = copy.copy(self.county)
        other.county.root, other.bare = folder / "clone", folder / "desk.git"
        return other

    def push(self, account: str, reference: str, *options: str, **more: str) -> str:
        """What the server says, empty where it received the push; `more` is in its environment."""
        done = subprocess.run(
            ["git", "push", "-q", *options, str(self.bare), reference],
            cwd=self.county.root,
            env=os.environ | {"ZHIBAO_ACTOR": account, "PATH": PATH} | more,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stderr if done.returncode else ""

    def write(self, path: str, text: str | bytes, by: str = "wangmin") -> None:
        target = self.county.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.save(by)

    def save(self, by: str = "wangmin") -> None:
        self.county.git("add", "-A")
        self.county.git("commit", "-q", "-m", "改动", by=by, at=NOW)

    def refused(self, account: str, *codes: str, reference: str = "work") -> str:
        """Push the branch, and assert that it is refused for these reasons, without a traceback and with nothing received."""
        before = self.references()
        said = self.push(account, reference)
        assert said, "it was received"
        for code in codes:
            assert code in said, said
        assert "Traceback" not in said
        assert "程序出错" not in said
        assert self.references() == before
        return said

    def references(self) -> str:
        return subprocess.run(
            ["git", "for-each-ref"], cwd=self.bare, capture_output=True, text=True, check=True
        ).stdout


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Server:
    return Server(tmp_path_factory.mktemp("server"))


@pytest.fixture
def server(model: Server, tmp_path: Path) -> Server:
    shutil.copytree(model.bare.parent, tmp_path, dirs_exist_ok=True, symlinks=True)
    return model.at(tmp_path)


def test_an_honest_proposal_is_received_and_merged_by_an_editor_only(server: Server) -> None:
    server.write(path_of(ID), item_text(ID))
    assert server.push("wangmin", "work") == ""
    server.county.git("checkout", "-q", "main")
    server.county.merge("work", "wangmin", NOW)
    assert "只由编辑合并" in server.refused("wangmin", reference="main")
    assert "署名" in server.refused("lisi", reference="main")
    server.county.git("reset", "-q", "--hard", "HEAD~1")
    server.county.merge("work", "lisi", NOW)
    assert server.push("lisi", "main") == ""


def test_a_roster_edited_and_used_in_one_proposal(server: Server) -> None:
    path = server.county.root / "registry/editors.yml"
    path.write_text(
        path.read_text("utf-8")
        + "- {account: wangmin, name: 王敏, emails: [wangmin@t.example], roles: [editor, chief, maintainer], from: 2025-01-01}\n",
        "utf-8",
    )
    server.write(path_of(ID), item_text(ID, review="  decision: adopted\n  by: wangmin\n  date: 2026-11-24"))
    server.refused("wangmin", "path-permission", "item-permission")


REVIEWS = {
    "plain": "review:\n  decision: adopted\n  by: wangmin\n  date: 2026-11-24",
    "alias": "tags: &x [水]\nreview:\n  adoptions: *x",
    "merge key": "review:\n  <<: {decision: adopted}",
    "duplicate": "review:\n  decision: held\nreview:\n  decision: adopted",
    "document": "...\n---\nreview:\n  decision: adopted",
    "case": "Review:\n  decision: adopted",
    "look-alike": "rеview:\n  decision: adopted",
    "full-width": "ｒｅｖｉｅｗ:\n  decision: adopted",
    "quoted": '"review":\n  decision: adopted',
    "escaped": '"\\x72eview":\n  decision: adopted',
    "complex": "? review\n: {decision: adopted}",
    "tag": "review: !!python/object/apply:os.system ['touch pwned']",
    "empty": "review: {}",
    "null": "review:",
    "adoptions only": "review:\n  adoptions:\n    - {level: 州, date: 2026-11-24, form: 单篇, publication: 州委信息}",
    "sources": f"sources: [{{id: {ADOPTED}}}]",
    "imported": "imported: true",
    "received": "received: {via: 微信, date: 2026-11-01 09:00}",
}


@pytest.mark.parametrize("way", REVIEWS)
def test_an_officer_writes_editors_keys(server: Server, way: str) -> None:
    server.write(path_of(ID), item_text(ID, front=REVIEWS[way]))
    server.refused("wangmin", "错误")
    assert not (server.bare / "pwned").exists()


def test_another_units_id_in_the_file_name(server: Server) -> None:
    other = "20261124-1231-nandu"
    server.write(path_of(other), item_text(other))
    server.refused("wangmin", "item-permission", "这是南渡镇的信息")
    server.county.git("reset", "-q", "--hard", "HEAD~1")
    server.write(path_of(other), item_text(ID))
    server.refused("wangmin", "item-permission", "id-unit")


def test_a_decided_item_is_moved_renamed_deleted_or_changed(server: Server) -> None:
    root = server.county.root
    for target in (path_of(ADOPTED).replace("/11/", "/12/"), path_of(ID)):
        (root / target).parent.mkdir(parents=True, exist_ok=True)
        (root / path_of(ADOPTED)).rename(root / target)
        server.save()
        server.refused("wangmin", "item-permission")
        server.county.git("reset", "-q", "--hard", "HEAD~1")
    (root / path_of(ADOPTED)).unlink()
    server.save()
    server.refused("wangmin", "item-permission", "不能删除")
    server.county.git("reset", "-q", "--hard", "HEAD~1")
    server.write(path_of(ADOPTED), (root / path_of(ADOPTED)).read_text("utf-8") + "又加一句。\n")
    server.refused("wangmin", "item-permission", "已采用")
    server.refused("lisi", "没有写更正")


@pytest.mark.parametrize(
    "path",
    [
        ".github/workflows/check.yml",
        "registry/rules/2026.yml",
        "tools/zhibao/cli/main.py",
        "mkdocs.yml",
        "Makefile",
    ],
)
def test_workflow_rules_or_code_in_the_same_proposal(server: Server, path: str) -> None:
    server.write(path, "on: push\n")
    server.write(path_of(ID), item_text(ID))
    server.refused("wangmin", "path-permission", path)
    server.refused("lisi", "path-permission", path)


@pytest.mark.parametrize("path", ["evil.sh", ".git.bak/config", "submissions/x.exe", "..a/b", ".gitmodules"])
def test_files_outside_the_known_folders(server: Server, path: str) -> None:
    server.write(path, "x")
    server.refused("wangmin", "known-place")
    server.refused("wuhao", "known-place")


def test_a_symbolic_link_to_git_config(server: Server) -> None:
    path = server.county.root / path_of(ID)
    path.symlink_to("../../../.git/config")
    server.save()
    said = server.refused("wangmin", "plain-file", "符号链接")
    assert "[core]" not in said
    server.refused("wuhao", "plain-file")


def test_a_submodule_and_an_executable_item(server: Server) -> None:
    tip = server.county.git("rev-parse", "HEAD")
    server.county.git("update-index", "--add", "--cacheinfo", f"160000,{tip},submissions/2026/11/sub.md")
    server.county.git("commit", "-qm", "x", by="wangmin", at=NOW)
    server.refused("wangmin", "plain-file", "子仓库")
    server.county.git("reset", "-q", "--hard", "HEAD~1")
    server.write(path_of(ID), item_text(ID))
    server.county.git("update-index", "--chmod=+x", path_of(ID))
    server.county.git("commit", "-qm", "x", by="wangmin", at=NOW)
    server.refused("wangmin", "plain-file", "可执行")


def test_names_that_differ_in_case_only(server: Server) -> None:
    server.write("submissions/2026/11/assets/a.jpg", b"1")
    server.write("submissions/2026/11/assets/A.jpg", b"2")
    server.refused("wangmin", "name-case")


def test_a_blob_of_300_megabytes(server: Server, tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(300_000_000)
    blob = server.county.git("-c", "core.compression=1", "hash-object", "-w", str(large))
    for path in (path_of(ID), "submissions/2026/11/assets/a.jpg"):
        server.county.git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")
    server.county.git("commit", "-qm", "x", by="wangmin", at=NOW)
    server.refused("wangmin", "plain-file", "300 MB", "too-large")


def test_fifty_thousand_files(server: Server) -> None:
    stream = "commit refs/heads/many\ncommitter w <wangmin@t.example> 1795490000 +0800\ndata 0\nfrom refs/heads/work\n"
    stream += "".join(
        f"M 100644 inline submissions/2026/11/x{number}.md\ndata 1\nx\n" for number in range(50_000)
    )
    subprocess.run(
        ["git", "fast-import", "--quiet"], cwd=server.county.root, input=stream.encode(), check=True
    )
    server.refused("wangmin", "too-many-files", "50000", reference="many")


def test_words_that_would_command_a_runner_or_break_a_table(server: Server) -> None:
    title = '"::set-output name=x::y ##[add-mask] | a | @all </details><script> [x](javascript:1) #1 http://e.example"'
    text = item_text(ID).replace(f"title: daba编号{ID[4:13]}的水井账", f"title: {title}")
    server.write(path_of(ID), text)
    server.county.git(
        "commit", "-q", "--amend", "-m", "::add-mask::x\n::set-output name=a::b", by="wangmin", at=NOW
    )
    said = server.push("wangmin", "work")
    assert "::set-output" not in said
    assert "::add-mask" not in said


def test_a_branch_name_with_shell_characters(server: Server) -> None:
    name = "a$(touch${IFS}pwned);`id`&|'\"<>"
    server.write(path_of(ID), item_text(ID, review="  decision: adopted"))
    server.county.git("branch", name)
    server.refused("wangmin", "item-permission", reference=name)
    assert not list(server.bare.glob("pwned*"))


def test_the_history_of_the_branch_is_not_rewritten(server: Server) -> None:
    server.county.git("checkout", "-q", "main")
    server.county.git("reset", "-q", "--hard", "HEAD~1")
    assert server.push("lisi", "main", "--force")
    assert server.push("lisi", ":main")
    assert server.push("wangmin", "HEAD:refs/tags/v1")
    assert server.push("wangmin", "HEAD:refs/replace/" + "a" * 40)


def test_the_main_line_is_not_replaced_by_another(server: Server) -> None:
    """`git pull` into a clone that had commits of its own: main would be the second parent, and its decisions another's."""
    server.county.git("checkout", "-q", "main")
    server.county.git("checkout", "-q", "-b", "own", "HEAD~1")
    server.county.git("commit", "-q", "--allow-empty", "-m", "x", by="lisi", at=NOW)
    server.county.git("merge", "-q", "--no-ff", "-m", "拉取", "main", by="lisi", at=NOW)
    assert "主线（第一父提交）要接着原来的" in server.refused("lisi", reference="own:main")
    server.county.git("checkout", "-q", "main")
    server.county.git("commit", "-q", "--allow-empty", "-m", "x", by="lisi", at=NOW)
    server.county.git("commit", "-q", "--allow-empty", "-m", "y", by="lisi", at=NOW)
    assert server.push("lisi", "main") == ""


def test_lateness_is_not_dated_away(server: Server) -> None:
    early = "20261110-0931-daba"
    server.county.root.joinpath(path_of(early)).write_text(item_text(early), "utf-8")
    server.county.git("add", "-A")
    server.county.git("commit", "-q", "-m", "x", by="wangmin", at="2026-11-10T09:35:00+08:00")
    server.refused("wangmin", "arrival-time", "2026-11-24 13:00 才到")


def test_without_an_account_nothing_is_received(server: Server) -> None:
    server.write(path_of(ID), item_text(ID))
    assert "ZHIBAO_ACTOR" in server.push("", "work")


def test_nobody_decides_in_anothers_name_or_after_leaving(server: Server) -> None:
    server.county.git("checkout", "-q", "main")
    server.county.propose(ID, "wangmin", NOW, item_text(ID))
    server.county.merge(ID, "zhaoyu", NOW)
    assert "只由编辑合并" in server.refused("zhaoyu", reference="main")
    server.county.git("reset", "-q", "--hard", "HEAD~1")
    text = item_text(
        ID, review="  decision: declined\n  by: zhangwen\n  date: 2026-11-24\n  reason: {code: 要素不全}"
    )
    server.write(path_of(ID), text, by="lisi")
    server.refused("lisi", "signed-by", reference="main")


def test_a_proposal_without_a_branch_is_judged_as_one_and_may_go_on(server: Server) -> None:
    """What Gitea and Forgejo make a proposal of: their own hook takes refs/for/, and keeps the head."""
    server.write(path_of(ID), item_text(ID))
    assert server.push("wangmin", "work:refs/for/main/水账") == ""
    first = server.county.git("rev-parse", "work")
    for reference in ("refs/for/main/水账", "refs/pull/1/head"):
        action = ["-d", reference] if "for" in reference else [reference, first]
        subprocess.run(["git", "update-ref", *action], cwd=server.bare, check=True)
    server.write(path_of(ID), item_text(ID) + "又加一句。\n")
    assert server.push("wangmin", "work:refs/for/main/水账", SOURCE_DATE_EPOCH="1795669200") == ""
    server.write(path_of(ADOPTED), "x")
    server.refused("wangmin", "item-permission", reference="work:refs/for/main/再来")


def test_the_workflows_account_pushes_what_an_editor_signed_and_nothing_else(server: Server) -> None:
    server.write(path_of(ID), item_text(ID))
    server.county.git("checkout", "-q", "main")
    server.county.merge("work", "lisi", NOW)
    assert "只由编辑合并" in server.push("robot", "main")
    assert server.push("robot", "main", ZHIBAO_DELEGATE="Robot") == ""
    for who in ("wangmin", "robot", "zhaoyu"):
        server.county.git("commit", "-q", "--allow-empty", "-m", "x", by=who, at=NOW)
        assert "只由编辑合并" in server.push("robot", "main", ZHIBAO_DELEGATE="robot")
        server.county.git("reset", "-q", "--hard", "HEAD~1")
    server.county.git("commit", "-q", "--allow-empty", "-m", "x", by="wangmin", at=NOW)
    server.county.git("commit", "-q", "--allow-empty", "-m", "y", by="lisi", at=NOW)
    assert "署名" in server.push("robot", "main", ZHIBAO_DELEGATE="robot")
