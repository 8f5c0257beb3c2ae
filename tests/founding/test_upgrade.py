"""`zhibao upgrade`: newer files of the program come in, whatever the county changed stays, its data is never touched."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from bases import put
from founding.tables import plan_for, workbook
from zhibao.cli.main import group
from zhibao.cli.usage import Stop
from zhibao.door.founding.building import found
from zhibao.door.founding.manifest import MANIFEST, Manifest, digest
from zhibao.door.founding.program import PACKAGE, installed, is_program, program_at
from zhibao.door.founding.upgrading import Deed, Step, steps
from zhibao.repo import checkout, git

DATA = {
    "registry/office.yml": "样本\n",
    "submissions/2026/10/20261012-0931-daba.md": "样本\n",
    "site/guide/index.md": "样本\n",
    ".github/CODEOWNERS": "* @sample\n",
}
OLD = {
    PACKAGE: '__version__ = "1.0.0"\n',
    "pyproject.toml": "[project]\n",
    "README.md": "# 直报\n\n![样本](site/assets/home.png)\n\n旧\n",
    "Makefile": "old:\n",
    ".github/workflows/check.yml": "old\n",
    "tools/gone.py": "old\n",
    "tools/folder/gone_too.py": "old\n",
    "tools/kept_though_gone.py": "old\n",
    "tests/unchanged.py": "same\n",
    "site/styles/zhibao.css": "old\n",
    "docs/dropped.md": "old\n",
    ".ci/run": "old\n",
}
NEW = {
    **dict.fromkeys(("Makefile", ".github/workflows/check.yml", "site/styles/zhibao.css", ".ci/run"), "new\n"),
    PACKAGE: '__version__ = "2.0.0"\n',
    "pyproject.toml": "[project]\n",
    "README.md": "# 直报\n\n![样本](site/assets/home.png)\n\n新\n",
    "tests/unchanged.py": "same\n",
    "docs/dropped.md": "new\n",
    "tools/added.py": "new\n",
}  # fmt: skip


def program(folder: Path, files: dict[str, str]) -> Path:
    """A repository of the program, with the sample's data in it."""
    folder.mkdir()
    for path, text in (DATA | files).items():
        put(folder, path, text)
    (folder / ".ci/run").chmod(0o755)
    checkout.begin(folder, "main", None)
    checkout.commit_all(folder, [*DATA, *files], "x")
    return folder


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("programs")
    return program(folder / "old", OLD), program(folder / "new", NEW)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, programs: tuple[Path, Path]) -> Path:
    """A county that began with the old program and has changed some of it since."""
    folder = tmp_path_factory.mktemp("begun")
    root = folder / "office"
    found(plan_for(workbook(folder)), program_at(programs[0]), programs[0], root)
    put(root, "site/styles/zhibao.css", "ours\n")
    put(root, "tools/kept_though_gone.py", "ours\n")
    put(root, "tests/unchanged.py", "ours\n")
    put(root, "submissions/2026/11/20261124-0900-shuiwu.md", "一条\n")
    put(root, "docs/own.md", "ours\n")
    (root / "docs/dropped.md").unlink()
    git.run(root, "add", "--all")
    git.run(root, "commit", "--quiet", "-m", "ours")
    return root


@pytest.fixture
def office(begun: Path, tmp_path: Path) -> Path:
    """A copy of it to work on."""
    return Path(shutil.copytree(begun, tmp_path / "office"))


def upgraded(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(group, ["-C", str(root), "upgrade", *arguments], standalone_mode=False)


def everything(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text("utf-8")
        for path in root.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(root).parts[:1]
    }


def test_an_upgrade(office: Path, programs: tuple[Path, Path]) -> None:
    before = everything(office)
    commits = [git.ask(folder, "rev-parse", "HEAD") for folder in programs]
    done = upgraded(office, "--from", str(programs[1]))
    assert (done.exception, done.return_value) == (None, 1)
    assert done.stdout == (
        "本县删了，没有再放  docs/dropped.md\n"
        "保留  site/styles/zhibao.css\n"
        "保留（新版已不用）  tools/kept_though_gone.py\n"
        f"1.0.0 {str(commits[0])[:10]} → 2.0.0 {str(commits[1])[:10]}："
        "新增 1，更新 5，删去 2，保留 1，保留（新版已不用） 1，本县删了，没有再放 1。\n"
        "保留的是本县改过的，新版放在 .zhibao/new/ 的同一路径里：对照着改好，删去 .zhibao/new/ 再提交。\n"
        "接下来：make site（会装上新的依赖）、.venv/bin/zhibao schema、.venv/bin/zhibao codeowners --write、.venv/bin/zhibao forms、make test，看过 git diff 再提交。\n"
    )
    after = everything(office)
    assert {path: text for path, text in after.items() if before.get(path) != text} == {
        ".ci/run": "new\n",
        ".github/workflows/check.yml": "new\n",
        ".zhibao/manifest.json": program_at(programs[1]).manifest.text,
        ".zhibao/new/site/styles/zhibao.css": "new\n",
        "Makefile": "new\n",
        "docs/zhibao.md": "# 直报\n\n新\n",
        "tools/added.py": "new\n",
        PACKAGE: '__version__ = "2.0.0"\n',
    }
    assert before.keys() - after.keys() == {"tools/gone.py", "tools/folder/gone_too.py"}
    assert not (office / "tools/folder").exists()
    assert (office / ".ci/run").stat().st_mode & 0o111
    git.run(office, "add", "--all")
    git.run(office, "commit", "--quiet", "-m", "upgraded")
    again = upgraded(office, "--from", str(programs[1]))
    assert again.stdout.endswith("没有要换的。\n")
    assert again.return_value == 0
    assert checkout.changed(office) == []


def test_a_trial_writes_nothing(office: Path, programs: tuple[Path, Path]) -> None:
    before = everything(office)
    done = upgraded(office, "--from", str(programs[1]), "--dry-run")
    assert done.stdout.split("\n")[:3] == [
        "更新  .ci/run",
        "更新  .github/workflows/check.yml",
        "更新  Makefile",
    ]
    assert done.stdout.endswith("本县删了，没有再放 1。这次没有写（--dry-run）。\n")
    assert everything(office) == before
    listed = json.loads(upgraded(office, "--from", str(programs[1]), "--dry-run", "--format", "json").stdout)
    assert (listed["schema"], listed["written"], listed["to"]["version"]) == (1, False, "2.0.0")
    assert {"path": "site/styles/zhibao.css", "deed": "kept", "asks": True} in listed["steps"]


def test_a_program_may_come_from_a_bare_repository(
    office: Path, programs: tuple[Path, Path], tmp_path: Path
) -> None:
    git.run(tmp_path, "clone", "--quiet", "--bare", str(programs[1]), str(tmp_path / "new.git"))
    done = upgraded(office, "--from", str(tmp_path / "new.git"))
    assert (done.exception, done.return_value) == (None, 1)
    assert (office / "Makefile").read_text("utf-8") == "new\n"


def test_the_first_program_is_no_upgrade(tmp_path: Path, programs: tuple[Path, Path]) -> None:
    found(plan_for(workbook(tmp_path)), program_at(programs[0]), programs[0], tmp_path / "office")
    done = upgraded(tmp_path / "office", "--from", str(programs[0]))
    assert done.return_value == 0
    assert done.stdout.startswith("程序已经是这一版（1.0.0 ")


def test_where_only_what_is_noted_changes_it_is_noted(
    office: Path, programs: tuple[Path, Path], tmp_path: Path
) -> None:
    """The county put every new file in by hand: nothing is left to do but to know it."""
    new = program_at(programs[1])
    for path in program_at(programs[0]).files:
        (office / path).unlink(missing_ok=True)
    for path, file in new.files.items():
        put(office, path, file.data)
    git.run(office, "add", "--all")
    git.run(office, "commit", "--quiet", "-m", "by hand")
    done = upgraded(office, "--from", str(programs[1]))
    assert "：文件没有变。\n" in done.stdout
    assert (office / MANIFEST).read_text("utf-8") == new.manifest.text


# refusals


def refused(root: Path, *arguments: str) -> str:
    before = everything(root)
    done = upgraded(root, *arguments)
    assert isinstance(done.exception, Stop), done.output
    assert everything(root) == before
    return done.exception.message


def test_what_is_not_committed_would_be_lost_and_is_not(office: Path, programs: tuple[Path, Path]) -> None:
    put(office, "草稿.txt", "x")
    assert refused(office, "--from", str(programs[1])) == (
        "有没提交的改动（草稿.txt），没有升级；请先提交，或 git stash，再来一次"
    )


def test_a_repository_without_a_manifest_is_left_alone(office: Path, programs: tuple[Path, Path]) -> None:
    (office / MANIFEST).unlink()
    assert "只有 zhibao init 建的仓库能这样升级" in refused(office, "--from", str(programs[1]))


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"schema": 2, "files": {}}', '{"schema": 1, "files": []}', "[" * 100_000]
)
def test_a_manifest_that_cannot_be_used(text: str, office: Path, programs: tuple[Path, Path]) -> None:
    put(office, MANIFEST, text)
    assert "请从 Git 里恢复" in refused(office, "--from", str(programs[1]))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{folder}", "只有命令，没有测试、网站和工作流"),
        ("ext::sh -c id", "仓库地址的写法不对"),
        ("{folder}/none.git", "git clone 没有成功"),
    ],
)
def test_a_source_that_is_none(source: str, words: str, office: Path, tmp_path: Path) -> None:
    assert words in refused(office, "--from", source.format(folder=tmp_path))


def test_an_unpacked_program_is_no_repository(
    office: Path, programs: tuple[Path, Path], tmp_path: Path
) -> None:
    unpacked = tmp_path / "unpacked"
    for path, text in NEW.items():
        put(unpacked, path, text)
    assert "不是 Git 仓库，分不清哪些是程序的文件" in refused(office, "--from", str(unpacked))


def test_a_link_in_the_way_stops_everything(
    office: Path, programs: tuple[Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (office / ".github/workflows/check.yml").unlink()
    (office / ".github/workflows").rmdir()
    (office / ".github/workflows").symlink_to(tmp_path / "elsewhere")
    put(tmp_path, "elsewhere/check.yml", "old\n")
    git.run(office, "add", "--all")
    git.run(office, "commit", "--quiet", "-m", "a link")
    assert "路径上有链接，没有升级" in refused(office, "--from", str(programs[1]))
    assert (tmp_path / "elsewhere/check.yml").read_text("utf-8") == "old\n"


def test_the_running_program_is_no_newer_one(monkeypatch: pytest.MonkeyPatch, office: Path) -> None:
    monkeypatch.setattr("zhibao.cli.upgrade.installed", office.resolve)
    assert "正在运行的就是本仓库里的程序；请用 --from" in refused(office)


def test_a_manifest_that_names_data_or_other_places_moves_nothing(
    office: Path, programs: tuple[Path, Path], tmp_path: Path
) -> None:
    """Whoever wrote the manifest: what is a county's is never replaced or removed by it."""
    put(tmp_path, "outside.txt", "mine")
    named = (
        "registry/office.yml",
        "README.md",
        "../outside.txt",
        "submissions/2026/11/20261124-0900-shuiwu.md",
    )
    old = program_at(programs[0]).manifest
    planted = {path: digest((office / path).read_bytes()) for path in named}
    put(office, MANIFEST, Manifest(old.version, old.commit, {**old.files, **planted}).text)
    git.run(office, "commit", "--quiet", "-am", "planted")
    before = {path: (office / path).read_bytes() for path in named}
    assert upgraded(office, "--from", str(programs[1])).exception is None
    assert {path: (office / path).read_bytes() for path in named} == before


# the plan

TABLE = {
    # as it came, as it is here, as it is in the new program → what becomes of it
    ("a", "a", "a"): None,
    ("a", "a", "b"): Deed.REPLACED,
    ("a", "b", "b"): None,
    ("a", "c", "b"): Deed.KEPT,
    ("a", "c", "a"): None,
    ("a", "a", None): Deed.REMOVED,
    ("a", "c", None): Deed.LEFT,
    ("a", None, None): None,
    ("a", None, "a"): None,
    ("a", None, "b"): Deed.GONE,
    (None, None, "b"): Deed.ADDED,
    (None, "b", "b"): None,
    (None, "c", "b"): Deed.KEPT,
}


@pytest.mark.parametrize("case", TABLE, ids=str)
def test_what_becomes_of_a_file(case: tuple[str | None, str | None, str | None]) -> None:
    before, here, new = ({"Makefile": one} if one else {} for one in case)
    deed = TABLE[case]
    assert list(steps(before, here, new)) == ([Step("Makefile", deed)] if deed else [])


PATHS = st.sampled_from(
    ["Makefile", "tools/a.py", "registry/office.yml", "registry/rules/examples/a.yml", "submissions/x.md", "README.md",
     "site/guide/index.md", "../x", "/x", ".git/hooks/x", "site/styles/a.css", MANIFEST]
)  # fmt: skip
VERSIONS = st.dictionaries(PATHS, st.sampled_from("abc"))


@given(VERSIONS, VERSIONS, VERSIONS)
def test_data_is_never_in_a_plan_and_nothing_of_the_countys_is_lost(
    before: dict[str, str], here: dict[str, str], new: dict[str, str]
) -> None:
    for step in steps(before, here, new):
        assert is_program(step.path)
        if step.deed in (Deed.REPLACED, Deed.REMOVED):
            assert here[step.path] == before[step.path]  # only what is as it came
        if step.deed is Deed.ADDED:
            assert step.path not in here


@given(VERSIONS, VERSIONS)
def test_an_untouched_county_has_the_new_program_afterwards(
    before: dict[str, str], new: dict[str, str]
) -> None:
    here = dict(before)
    for step in steps(before, before, new):
        assert not step.asks
        if step.deed is Deed.REMOVED:
            del here[step.path]
        else:
            here[step.path] = new[step.path]
    own = {path: text for path, text in here.items() if is_program(path)}
    assert own == {path: text for path, text in new.items() if is_program(path)}


def test_the_installed_program_knows_its_own_files() -> None:
    whole = program_at(installed())
    assert {"Makefile", PACKAGE, "mkdocs.yml", "docs/zhibao.md", ".gitlab-ci.yml"} <= whole.files.keys()
    assert all(is_program(path) for path in whole.files)
    assert b"![" not in whole.files["docs/zhibao.md"].data
