"""What README, CONTRIBUTING, CHANGELOG and the guide say is so: commands parse, paths exist, nothing is left unnamed."""

from __future__ import annotations

import importlib
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bases import COUNTY, IS_COUNTYS, README, ROOT, county_at, guides, put
from command_docs import GUIDE, GUIDE_TEMPLATE, WRITES, command_of, commands_page, guide_template
from zhibao.check.table import ALL, BY_CODE
from zhibao.cli.main import VERBS, group
from zhibao.model.edition import Edition
from zhibao.model.period import Period
from zhibao.publish.plugin import VARIABLE, ZhibaoConfig
from zhibao.review.examine import examine

CONTRIBUTING, CHANGELOG, NEW_OFFICE = "CONTRIBUTING.md", "CHANGELOG.md", "docs/new-office.md"
GUIDES = () if IS_COUNTYS else (GUIDE,)
PICTURES = () if IS_COUNTYS else ("site/assets/home.png",)
COMMANDS_PAGE = "docs/commands.md"
CLOSING, ENTERING = "docs/closing.md", "docs/entering.md"
FORGES = tuple(sorted(f"docs/forges/{path.name}" for path in (ROOT / "docs/forges").glob("*.md")))
PAGES = (README, CONTRIBUTING, CHANGELOG, NEW_OFFICE, COMMANDS_PAGE, CLOSING, ENTERING, *GUIDES, *FORGES)
TOP = {path.name for path in ROOT.iterdir()} - {"submissions"}
SUFFIXES = {".py", ".yml", ".md", ".html", ".txt", ".png"}
LATER = {"wheels", "public", ".venv", ".zhibao", "drafts"}
"""What a command makes: named in the pages, absent from a fresh clone."""
ALONE = [[verb] for verb in VERBS]
PLACEHOLDER = re.compile(r"[\[\]|…<>*]|\bPERIOD\b")


def text(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def fences(markdown: str) -> list[str]:
    """The text of every fenced block."""
    return [match[2] for match in re.finditer(r"^( *)```\w*\n(.*?)^\1```$", markdown, re.M | re.S)]


def quoted(markdown: str) -> list[str]:
    """Everything in backticks outside fenced blocks."""
    bare = re.sub(r"^( *)```\w*\n.*?^\1```$", "", markdown, flags=re.M | re.S)
    return [match.replace("\n", " ") for match in re.findall(r"`([^`]+)`", bare)]


def command_lines(markdown: str) -> Iterator[str]:
    """Every command of zhibao: lines of fenced blocks without redirection, and what stands in backticks in full."""
    for block in fences(markdown):
        for line in block.splitlines():
            found = re.search(r"(?:^|\s)(zhibao .+?)(?:\s+[>#→].*|\s{2,}.*)?$", line)
            if found:
                yield found[1]
    for code in quoted(markdown):
        if code.startswith("zhibao ") and not PLACEHOLDER.search(code):
            yield f"{code} --help" if code.split()[1:] in ALONE else code  # a verb by its name alone


COMMANDS = sorted({(page, line) for page in PAGES for line in command_lines(text(page))})


def option_names(verb: str) -> list[str]:
    return [
        name for param in command_of(verb).params if isinstance(param, click.Option) for name in param.opts
    ]


def targets() -> list[str]:
    phony = re.search(r"^\.PHONY:(.*)$", text("Makefile"), re.M)
    assert phony
    return phony[1].split()


# commands


@pytest.mark.parametrize(("page", "line"), COMMANDS, ids=[f"{page}: {line}" for page, line in COMMANDS])
def test_a_command_parses(page: str, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[str, dict[str, object]]] = []
    for verb in VERBS:
        command = command_of(verb)
        monkeypatch.setattr(command, "callback", lambda verb=verb, **given: called.append((verb, given)))
    words = shlex.split(line)
    group.main(words[1:], prog_name="zhibao", standalone_mode=False)
    assert len(called) == (0 if "--help" in words else 1)
    for verb, given in called:
        assert verb in words
        if verb == "stats":
            assert str(Period.parse(str(given["period"]))) == given["period"]


def test_commands_are_found_in_every_page_and_a_wrong_one_is_refused() -> None:
    assert {page for page, _ in COMMANDS} == set(PAGES)
    found = list(
        command_lines("```console\nzhibao stats 2026 --format csv > a.csv   # why\n```\n`zhibao new`")
    )
    assert found == ["zhibao stats 2026 --format csv", "zhibao new --help"]
    with pytest.raises(click.UsageError):
        group.main(["check", "--no-such"], standalone_mode=False)
    with pytest.raises(click.UsageError):
        group.main(["stats", "2026", "--format", "xml"], standalone_mode=False)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_row_and_says_in_chinese_what_its_options_and_examples_are(verb: str) -> None:
    assert len(re.findall(rf"^\|.*`zhibao {verb}\b", text(README), re.M)) == 1
    command = command_of(verb)
    examples = re.split(r"\s{3,}", (command.epilog or "").removeprefix("例："))
    assert all(re.match(rf"zhibao (-C \S+ )?{verb}\b", example) for example in examples), examples
    words = [command.help, *(param.help for param in command.params if isinstance(param, click.Option))]
    assert all(re.search("[\u4e00-\u9fff]", word or "") for word in words), words


def test_the_changelog_names_every_verb_and_counts_the_checks() -> None:
    assert [verb for verb in VERBS if f"`zhibao {verb}" not in text(CHANGELOG)] == []
    assert "over a hundred checks" in text(CHANGELOG)
    assert 100 < len(ALL) < 150


def test_the_page_of_commands_is_current() -> None:
    if WRITES:
        (ROOT / COMMANDS_PAGE).write_text(commands_page(), encoding="utf-8")
    assert text(COMMANDS_PAGE) == commands_page()


def test_a_new_county_begins_with_the_guide_as_it_is_now() -> None:
    for guide in map(text, GUIDES):
        if WRITES:
            (ROOT / GUIDE_TEMPLATE).write_text(guide_template(guide), encoding="utf-8")
        assert text(GUIDE_TEMPLATE) == guide_template(guide)


def test_the_table_of_verbs_names_no_other_option() -> None:
    known = {name for verb in VERBS for name in option_names(verb)}
    rows = [line for line in text(README).splitlines() if line.startswith("| `zhibao ")]
    assert set(re.findall(r"--[a-z]+", " ".join(rows))) <= known


def test_every_make_target_is_documented_and_every_documented_one_exists() -> None:
    pages = text(README) + text(CONTRIBUTING)
    commands = [*quoted(pages), *(line for block in fences(pages) for line in block.splitlines())]
    named = {match[1] for code in commands if (match := re.match(r"(?:[A-Z_]+=\S+ )*make ([a-z]+)", code))}
    assert set(targets()) == named
    listed = set(re.findall(r"^([a-z]+):.*##", text("Makefile"), re.M))
    assert listed == set(targets())


# paths


def paths(page: str) -> Iterator[str]:
    """Words in backticks, in tables of links and in commands that look like paths of the repository."""
    for code in quoted(text(page)):
        yield from (word for word in code.split() if "/" in word or "." in word)
    for block in fences(text(page)):
        yield from re.findall(r"(?<!\S)[\w.-]+/[\w./-]+", block)
    yield from re.findall(r"\]\((?!https?:)([^)#]+)\)", text(page))


def repository_paths(page: str) -> Iterator[str]:
    for path in dict.fromkeys(paths(page)):
        top = path.partition("/")[0]
        file = "/" in path and Path(path).suffix in SUFFIXES and top not in {"submissions", *LATER}
        if re.fullmatch(r"[\w./-]+", path) and (file or top in TOP - LATER):
            yield path


def missing(path: str) -> bool:
    """The registry is a county's own: what is said of it holds for tests/county."""
    base = COUNTY if path.split("/", maxsplit=1)[0] == "registry" else ROOT
    there = (base / path).is_dir() if path.endswith("/") else (base / path).exists()
    return not there


@pytest.mark.parametrize("page", [README, CONTRIBUTING, CHANGELOG, NEW_OFFICE, *FORGES])
def test_paths_exist(page: str) -> None:
    found = list(repository_paths(page))
    assert found
    assert [path for path in found if missing(path)] == []


def test_a_path_that_is_gone_would_be_seen() -> None:
    assert missing("tools/zhibao/check/nothing.py")
    assert missing("registry/nothing.yml")
    assert missing("README.md/")
    assert "tools/zhibao/check/table.py" in set(repository_paths(CONTRIBUTING))
    assert set(PICTURES) <= set(repository_paths(README))


def test_tables_of_the_code_are_named_as_the_code_names_them() -> None:
    for module, name in (
        ("zhibao.check.dates", "CHECKS"),
        ("zhibao.check.registry", "REGISTRY_CHECKS"),
        ("zhibao.check.registry_subject", "RegistryCheck"),
    ):
        assert hasattr(importlib.import_module(module), name)
        assert f"`{name}`" in text(CONTRIBUTING)


@pytest.mark.parametrize(
    "variable",
    [
        "ZHIBAO_NO_SKIP",
        "ZHIBAO_TRACEBACK",
        "ZHIBAO_WRITE_LABELS",
        "ZHIBAO_WRITE_DOCS",
        "SOURCE_DATE_EPOCH",
        VARIABLE,
    ],
)
def test_variables_are_named_and_used(variable: str) -> None:
    assert variable in text(README) + text(CONTRIBUTING)
    sources = [*(ROOT / "tools").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    assert any(variable in path.read_text("utf-8") for path in sources if path != Path(__file__))


# pages


def test_the_first_screen_of_the_readme_says_what_to_run() -> None:
    lines = text(README).splitlines()
    assert len(lines) <= 150
    first = "\n".join(lines[:45])
    for words in ("make site", "make test", "直报", "信息员", "采用", *PICTURES):
        assert words in first, words
    commands = fences(first)[0].splitlines()
    assert [" ".join(line.split()[:2]) for line in commands] == ["make site", "make test"]


def test_every_picture_is_one() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text(README))
    assert tuple(shown) == PICTURES
    assert all((ROOT / path).read_bytes().startswith(b"\x89PNG\r\n") for path in shown)


@pytest.mark.parametrize("edition", Edition)
def test_every_edition_has_its_row(edition: Edition) -> None:
    assert f"\n| `{edition.value}` {edition.label} |" in text(README)


def test_the_default_edition_is_the_safe_one() -> None:
    assert ZhibaoConfig().edition == Edition.OPEN.value
    assert "the plugin builds `open`" in text(README)


def test_the_needs_are_those_of_the_package() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    least = project["requires-python"].removeprefix(">=")
    assert f"Python ≥ {least}" in text(README)
    assert f"--python-version {least} " in text(CONTRIBUTING)
    assert re.search(rf"^## \[(Unreleased\] – )?{re.escape(project['version'])}\b", text(CHANGELOG), re.M)


def test_the_lock_is_made_by_as_many_commands_as_it_has_files() -> None:
    made = re.findall(r"^uv pip compile .* -o (\S+)$", text(CONTRIBUTING), re.M)
    assert sorted(made) == sorted(f"requirements/{path.name}" for path in (ROOT / "requirements").iterdir())
    groups = set(re.findall(r"--group (\w+)", text(CONTRIBUTING)))
    assert groups == set(tomllib.loads(text("pyproject.toml"))["dependency-groups"])


def test_the_lines_of_the_pages_have_a_bound() -> None:
    for page in (README, CONTRIBUTING, CHANGELOG, NEW_OFFICE, *FORGES):
        long = [line for line in text(page).splitlines() if len(line) > 200]
        assert long == [], page


def guide_example(guide: str) -> str:
    found = [block for block in fences(guide) if block.startswith("---\n")]
    assert len(found) == 1
    return found[0]


def test_the_guides_example_has_the_form_that_the_checks_want(tmp_path: Path) -> None:
    root = county_at(tmp_path)
    for number, guide in enumerate(guides()):
        example = guide_example(guide)
        unit, when = re.search(r"^unit: (\w+)", example, re.M), re.search(r"^submitted: (.+)$", example, re.M)
        assert unit
        assert when
        stamp = re.sub(r"\D", "", when[1])
        path = f"submissions/{stamp[:4]}/{stamp[4:6]}/{stamp[:8]}-{stamp[8:12]}-{unit[1]}.md"
        assert path.removeprefix("submissions/2026/10/") in guide, number
        put(root, path, example)
        assert form_findings(root, path) == []
        put(root, path, example.replace("kind:", "knid:"))
        assert "unknown-key" in form_findings(root, path)


def form_findings(root: Path, path: str) -> list[str]:
    """Codes of the families that look at a file's form and its id."""
    families = {"文件", "编号"}
    return [
        f.code
        for f in examine(root, [path]).findings
        if f.code in BY_CODE and BY_CODE[f.code].family in families
    ]
