"""`zhibao init` as an office meets it: a repository that is sound, builds, and holds nothing of the sample."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

import zhibao
from founding.tables import EDITOR, SECOND, plan_for, workbook
from zhibao.cli import founding_answers
from zhibao.cli.founding_answers import Answers, Given
from zhibao.cli.main import group
from zhibao.cli.usage import Stop
from zhibao.door.founding import FoundingError
from zhibao.door.founding.building import found
from zhibao.door.founding.manifest import MANIFEST, digest, read_manifest
from zhibao.door.founding.packs import packs
from zhibao.door.founding.plan import NewEditor, address, branch, county_name, editor, levels_of, timezone
from zhibao.door.founding.program import Program, ProgramFile, installed, is_program, program_at
from zhibao.model.edition import Edition
from zhibao.publish.building import build_site
from zhibao.repo import checkout, git

SAMPLE = re.compile("示例县|示例信息|示例快讯|shili|大坝|daba|南渡|青柳|望岭|白鹭|三岔河|云顶")
"""Words of the sample county and of its invented units."""
OWN = ("registry", "submissions", "site", "README.md", "mkdocs.yml", ".github")
"""What a county's people read and write; tests and documentation have examples of their own."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A county founded from the command line, and what was said."""
    folder = tmp_path_factory.mktemp("office")
    arguments = ["--name", "青山县", "--units", str(workbook(folder)), "--editor", EDITOR, "--editor", SECOND]
    done = CliRunner().invoke(
        group, ["init", str(folder / "青山县"), *arguments, "--levels", "县,州,省,中央", "--yes"]
    )
    assert done.exception is None, done.output
    return folder / "青山县", done.stdout


def said(root: Path, *arguments: str) -> str:
    """What a verb prints in a repository; it must find nothing wrong."""
    done = CliRunner().invoke(group, ["-C", str(root), *arguments], standalone_mode=False)
    assert (done.exception, done.return_value) == (None, 0), done.output
    return done.stdout


def test_what_was_done_is_said_with_what_comes_next(made: tuple[Path, str]) -> None:
    root, words = made
    number = len(git.run(root, "ls-files").splitlines())
    assert words == (
        f"建好了 青山县的仓库：{root}（{number} 个文件）。已作第一次提交。\n"
        "单位 5 个；编号写进每条信息的文件名，用起来以后不能改，请现在核对（registry/units.yml）：\n"
        "  xianweiban     中共青山县委办公室（县直）\n"
        "  shuiwu         县水务局（县直）\n"
        "  rlzyhshbz      人力资源和社会保障局（县直）\n"
        "  chengguan      城关镇（乡镇）\n"
        "  shimen         石门乡（乡镇）\n"
        "主编、签发人、维护：周志远（zhou）。合并进来的信息按“单条”采用，刊物是 青山信息。\n"
        "上级的刊物名称是照常见的写的，请核对 registry/office.yml 的 publications。\n"
        "接下来：\n"
        f"  cd {root}\n"
        "  make site      # 检查、建网站，打开 public/index.html\n"
        "  make test      # 程序自己的测试\n"
        "  在平台上建一个私有仓库，推上去：见 docs/forges/；全部步骤见 docs/new-office.md\n"
    )


def test_everything_is_committed_on_the_offices_branch(made: tuple[Path, str]) -> None:
    root, _ = made
    assert checkout.changed(root) == []
    assert git.ask(root, "symbolic-ref", "HEAD") == "refs/heads/main"
    assert git.ask(root, "rev-list", "--count", "HEAD") == "1"
    assert git.ask(root, "log", "-1", "--format=%s").startswith("青山县信息报送仓库（zhibao ")
    assert checkout.tracked(root)[".ci/run"] is True
    assert checkout.tracked(root)["Makefile"] is False


def test_checks_scores_and_generated_files_are_in_order(made: tuple[Path, str]) -> None:
    root, _ = made
    assert said(root, "check") == "检查 0 条：错误 0，提醒 0，建议 0。没有错误\n"
    assert said(root, "schema", "--check").startswith("registry/schema/ 是现在的")
    assert said(root, "codeowners", "--check") == ".github/CODEOWNERS 是最新的。\n"
    assert said(root, "score", "--summary") == "没有信息。\n"
    assert "城关镇" in said(root, "stats", "2026")


def test_nothing_of_the_sample_is_left(made: tuple[Path, str]) -> None:
    root, _ = made
    paths = [path for path in git.run(root, "ls-files", "-z").decode().split("\0") if path]
    texts = {path: (root / path).read_bytes().decode("utf-8", "replace") for path in paths}
    own = {path: text for path, text in texts.items() if path.split("/")[0] in OWN}
    assert {path: found[0] for path, text in own.items() if (found := SAMPLE.search(text))} == {}
    assert [path for path in own if path.startswith("submissions/")] == ["submissions/.gitkeep"]
    assert not (root / "site/assets").exists()
    program = [path for path in texts if not path.startswith("tests/")]
    assert [path for path in program if "示例县" in texts[path] or "示例信息" in texts[path]] == []


def test_the_manifest_is_that_of_the_programs_files_as_they_lie(made: tuple[Path, str]) -> None:
    root, _ = made
    manifest = read_manifest(root)
    assert manifest
    assert manifest.files == {path: digest((root / path).read_bytes()) for path in manifest.files}
    tracked = checkout.tracked(root)
    countys = {path for path in tracked if path not in manifest.files}
    assert countys == {path for path in tracked if not is_program(path)}
    assert {
        "README.md",
        "site/guide/index.md",
        ".github/CODEOWNERS",
        MANIFEST,
        "registry/schema/units.json",
    } <= countys
    assert manifest.text == (root / MANIFEST).read_text("utf-8")


def test_the_site_of_a_county_without_items_builds_and_says_what_to_do_next(
    made: tuple[Path, str], tmp_path: Path
) -> None:
    root, _ = made
    build_site(root, Edition.NETWORK, tmp_path / "network")
    home = (tmp_path / "network/index.html").read_text("utf-8")
    assert "青山信息</title>" in home
    assert "合并就是采用" in home
    assert "截至 2026年11月24日" in home
    assert "2026年第四季度" in home
    build_site(root, Edition.OPEN, tmp_path / "open")
    assert "合并就是采用" not in (tmp_path / "open/index.html").read_text("utf-8")
    pages = [path.read_text("utf-8") for path in tmp_path.rglob("*.html")]
    assert pages
    assert [page for page in pages if "示例" in page] == []


def test_the_registry_is_as_an_office_would_write_it(made: tuple[Path, str]) -> None:
    root, _ = made
    assert (root / "registry/editors.yml").read_text("utf-8") == (
        "# yaml-language-server: $schema=schema/editors.json\n"
        "# 编辑室：roles 中 editor 编辑、chief 主编、signer 签发人、maintainer 维护。合并时用的邮箱都要写上，平台给的也要写。\n"
        "- {account: zhou, name: 周志远, emails: [zhou@qingshan.example], roles: [editor, chief, signer, maintainer], from: 2026-01-01}\n"
        "- {account: lisi, name: 李思, emails: [lisi@qingshan.example], roles: [editor], from: 2026-01-01}\n"
    )
    units = (root / "registry/units.yml").read_text("utf-8")
    assert units.count("- id: ") == 5
    assert (
        "- id: shuiwu\n"
        "  name: [{from: 2026-01-01, value: 县水务局}]\n"
        "  group: [{from: 2026-01-01, value: 县直}]\n"
        "  sector: [{from: 2026-01-01, value: 农业}]\n"
        "  supervisor:\n"
        "    - {from: 2026-01-01, value: {name: 马超}}\n"
        "  quota:\n"
        "    - {from: 2026-01-01, value: {count: 12}}    # 全年\n"
        "  officers:\n"
        "    - {name: 方圆, emails: [fy@qingshan.example], from: 2026-01-01}\n"
        "    - {name: 田甜, emails: [tt@qingshan.example], from: 2026-01-01}\n"
    ) in units
    office = (root / "registry/office.yml").read_text("utf-8")
    assert "unit: xianweiban " in office
    assert "  - {name: 州委信息, level: 州}\n" in office


def test_a_new_repository_can_found_another(made: tuple[Path, str], tmp_path: Path) -> None:
    root, _ = made
    again = program_at(root)
    assert again.files == program_at(installed()).files
    assert "README.md" not in again.files


# refusals


def given(**more: object) -> Given:
    return Given(**(dict.fromkeys(Given.__dataclass_fields__) | {"editors": ()} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "缺少 DIR：新仓库放在哪个文件夹，如 zhibao init ../青山县"),
        (["{new}"], "缺少 --name 县名、--units 单位名单、--editor '姓名 <邮箱> 账号'；请加上"),
        (["{full}", "{all}"], "里已有东西，没有动它"),
        (["{inside}", "{all}"], "在程序自己的文件夹里；请写外面的一个文件夹"),
        (["{new}", "{all}", "--pack", "beijing"], "没有 beijing 这份计分办法；有：general、bureau"),
        (["{new}", "{all}", "--levels", "县,县"], "层级由低到高写，第一个是本级，不重复"),
        (["{new}", "{all}", "--levels", "县,市"], "请在层级里加上，或另选一份办法"),
        (["{new}", "{all}", "--timezone", "Asia/Nowhere"], "没有这个时区，如 Asia/Shanghai"),
        (["{new}", "{all}", "--branch", "../x"], "分支名的写法不对，如 main"),
        (["{new}", "{all}", "--forge", "https://u:p@h.example/x.git"], "里面不写口令"),
        (["{new}", "{all}", "--editor", "李思"], "编辑的写法是 姓名 <邮箱> 账号"),
        (["{new}", "{all}", "--editor", "李思 <zhou@qingshan.example> lisi"], "写了两次；账号和邮箱一个只属于一个人"),
        (["{new}", "{all}", "--editor", "李思 <fy@qingshan.example> lisi"], "照这些回答写成的名册有错，没有建"),
    ],
)  # fmt: skip
def test_a_wrong_answer_makes_nothing(arguments: list[str], words: str, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("x", "utf-8")
    table = workbook(tmp_path)
    places = {
        "{new}": str(tmp_path / "new"),
        "{full}": str(tmp_path / "full"),
        "{inside}": str(installed() / "new"),
    }
    everything = ["--name", "青山县", "--units", str(table), "--editor", EDITOR, "--yes"]
    whole = [
        part
        for argument in arguments
        for part in (everything if argument == "{all}" else [places.get(argument, argument)])
    ]
    before = sorted(path.name for path in tmp_path.iterdir())
    done = CliRunner().invoke(group, ["init", *whole], standalone_mode=False)
    assert isinstance(done.exception, Stop)
    assert words in done.exception.message
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert not (installed() / "new").exists()


def test_a_program_without_its_repository_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As from a wheel: the package alone, in a folder of packages."""
    monkeypatch.setattr(zhibao, "__file__", str(tmp_path / "lib/site-packages/zhibao/__init__.py"))
    done = CliRunner().invoke(group, ["init", "--packs"], standalone_mode=False)
    assert isinstance(done.exception, Stop)
    assert "只有命令，没有测试、网站和工作流；请先 git clone 程序的仓库" in done.exception.message


def test_without_an_identity_nothing_is_committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{name}_NAME")
        monkeypatch.delenv(f"GIT_{name}_EMAIL")
    program = Program(
        "9.9.9", "", {"tools/a b[1].py": ProgramFile(b"x = 1\n"), "run": ProgramFile(b"#!\n", True)}
    )
    (tmp_path / "there").mkdir()
    made = found(plan_for(workbook(tmp_path)), program, installed(), tmp_path / "there")
    assert (made.committed, made.files) == (False, len(git.run(tmp_path / "there", "ls-files").splitlines()))
    assert git.ask(tmp_path / "there", "rev-parse", "--verify", "--quiet", "HEAD") is None
    assert checkout.tracked(tmp_path / "there")["run"] is True
    assert "tools/a b[1].py" in checkout.tracked(tmp_path / "there")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["there", "单位.xlsx"]


# answers


@contextmanager
def typed(*lines: str) -> Iterator[object]:
    """Somebody at a terminal who types these lines."""
    with CliRunner().isolation(input="".join(f"{line}\n" for line in lines)) as streams:
        yield streams[1]


def test_questions_are_asked_and_wrong_answers_are_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(founding_answers, "at_terminal", lambda: True)
    table = workbook(tmp_path)
    lines = [
        "青山",
        "青山县",
        "没有.xlsx",
        f"'{table}'",
        EDITOR,
        "李思",
        SECOND,
        "",
        "赵五 <zhaowu@qingshan.example> zhaowu",
        "",
        "beijing",
        "",
        "青山要情",
    ]
    with typed(*lines) as shown:
        plan = Answers(given(), packs(installed()), asks=True).plan()
        asked = shown.getvalue().decode("utf-8")  # type: ignore[attr-defined]
    assert "“青山”不像县名；请写全称，以县、区、市或旗结尾，如 青山县" in asked
    assert "打不开 没有.xlsx：没有这个文件" in asked
    assert "“李思”看不懂；编辑的写法是 姓名 <邮箱> 账号" in asked
    assert (
        "“赵五 <zhaowu@qingshan.example> zhaowu”用不了；层级由低到高写，第一个是本级，不重复，只用汉字"
        in asked
    )
    assert "没有 beijing 这份计分办法；有：general" in asked
    assert (plan.county, plan.bulletin, plan.levels) == ("青山县", "青山要情", ("县", "市", "省", "中央"))
    assert [one.account for one in plan.editors] == ["zhou", "lisi"]


def test_an_option_is_not_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(founding_answers, "at_terminal", lambda: True)
    everything = {"name": "青山县", "units": workbook(tmp_path), "editors": (EDITOR,), "pack": "quzhou"}
    with typed() as shown:
        answers = given(
            **everything, levels="县、市、省、中央", bulletin="青山信息", forge="git@git.q.example:a/b.git"
        )
        plan = Answers(answers, packs(installed()), asks=True).plan()
        asked = shown.getvalue().decode("utf-8")  # type: ignore[attr-defined]
    assert ("没有用到的栏" in asked, "[" in asked) == (True, False)
    assert (plan.forge, plan.branch, str(plan.today)) == ("git@git.q.example:a/b.git", "main", "2026-11-24")


def test_the_packs_can_be_listed_without_a_folder() -> None:
    done = CliRunner().invoke(group, ["init", "--packs"])
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(packs(installed()))


def test_answers_are_read_as_people_write_them() -> None:
    assert editor(" 李思  <a@q.example> <b@q.example> li.si ") == NewEditor(
        "李思", ("a@q.example", "b@q.example"), "li.si"
    )
    assert editor(SECOND).account == "lisi"
    assert levels_of("县、州，省 中央") == ("县", "州", "省", "中央")
    assert county_name(" 积石山 自治县 ") == "积石山自治县"
    assert timezone("Asia/Urumqi") == "Asia/Urumqi"
    assert branch("zhu") == "zhu"
    assert address("git@git.q.example:a/b.git") == "git@git.q.example:a/b.git"
    for wrong in ("青山", "", "qingshan县"):
        with pytest.raises(FoundingError):
            county_name(wrong)


@pytest.mark.parametrize(
    ("path", "is_it"),
    [
        ("Makefile", True),
        ("tools/zhibao/cli/init.py", True),
        ("site/styles/zhibao.css", True),
        ("registry/rules/examples/general.yml", True),
        ("docs/zhibao.md", True),
        ("mkdocs.yml", True),
        ("README.md", False),
        ("registry/office.yml", False),
        ("registry/rules/2026.yml", False),
        ("Registry/office.yml", False),
        ("readme.md", False),
        ("submissions/2026/10/a.md", False),
        ("site/guide/index.md", False),
        ("site/assets/home.png", False),
        (".github/CODEOWNERS", False),
        (".github/ISSUE_TEMPLATE/config.yml", True),
        (".github/ISSUE_TEMPLATE/submission.yml", False),
        (MANIFEST, False),
        (".git/config", False),
        ("tools/.GIT/hooks/post-merge", False),
        ("../outside", False),
        ("/etc/passwd", False),
        ("tools//x", False),
        ("registry/rules/examples/../office.yml", False),
        ("a\\b", False),
        ("a\nb", False),
    ],
)
def test_what_may_be_the_programs(path: str, is_it: bool) -> None:
    assert is_program(path) is is_it


def test_the_manifest_is_canonical_json(made: tuple[Path, str]) -> None:
    root, _ = made
    text = (root / MANIFEST).read_text("utf-8")
    read = json.loads(text)
    assert json.dumps(read, ensure_ascii=False, indent=2, sort_keys=True) + "\n" == text
    assert (read["schema"], list(read)) == (1, ["commit", "files", "schema", "version"])
