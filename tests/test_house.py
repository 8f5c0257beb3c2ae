"""The house: which room may import which, and what holds for every module."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bases import README, ROOT
from zhibao.cli.main import VERBS

PACKAGE = ROOT / "tools" / "zhibao"
BELOW = {
    "model": set(),
    "check": {"model"},
    "score": {"model"},
    "repo": {"model"},
    "review": {"check", "score", "repo", "model"},
    "publish": {"check", "score", "repo", "model"},
    "desk": {"review", "publish", "check", "score", "repo", "model"},
    "door": {"desk", "review", "publish", "check", "score", "repo", "model"},
    "cli": {"door", "desk", "review", "publish", "check", "score", "repo", "model"},
}
PURE = ("model", "check", "score")
OUTSIDE = {"os", "io", "pathlib", "subprocess", "socket", "shutil", "tempfile", "urllib", "time", "random"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(source: str) -> Iterator[str]:
    """Every module that a source imports, wherever the import stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "zhibao" and len(parts) > 1 and parts[1] in BELOW else None


def wrong(own: str, source: str) -> list[str]:
    return [
        name for name in imports(source) if (other := room(name)) and other != own and other not in BELOW[own]
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_what_lies_below(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0]
    if own in BELOW:
        assert wrong(own, path.read_text("utf-8")) == []


def test_the_walker_sees_nested_and_aliased_imports() -> None:
    assert wrong("model", "def f():\n    from zhibao.repo import git") == ["zhibao.repo", "zhibao.repo.git"]
    assert wrong("check", "import zhibao.score.ledger as x") == ["zhibao.score.ledger"]
    assert wrong("review", "from zhibao import publish") == ["zhibao.publish"]
    assert wrong("cli", "from zhibao.model import county") == []


@pytest.mark.parametrize("own", PURE)
def test_pure_rooms_do_no_input_or_output(own: str) -> None:
    for path in (PACKAGE / own).glob("*.py"):
        source = path.read_text("utf-8")
        found = {name.split(".")[0] for name in imports(source)} & OUTSIDE
        if path.name == "export.py":
            found -= {"io"}  # csv writes into memory
        assert not found, path
        assert not re.search(r"\bopen\(", source), path


def test_git_is_called_in_one_room_only_and_one_other_program_beside_it() -> None:
    callers = [p for p in MODULES if "subprocess" in set(imports(p.read_text("utf-8")))]
    assert [str(p.relative_to(PACKAGE)) for p in callers] == ["repo/git.py", "repo/libre_office.py"]


def test_modules_stay_small_and_are_named_for_what_they_hold() -> None:
    for path in MODULES:
        assert len(path.read_text("utf-8").splitlines()) <= 250, path
        assert path.stem not in {"utils", "util", "helpers", "common", "manager", "misc"}, path


CALLED_FROM_OUTSIDE = {"get_command", "format_commands", "main"}
"""Called by click, or by the script that pip makes; hooks of MkDocs, of HTML's parser and of Jinja are known by their names."""
HOOKS = re.compile(r"on_[a-z_]+|handle_[a-z]+|emit|is_safe_callable|_undefined_message|__\w+__")


def test_whatever_stands_in_the_package_is_referred_to_somewhere_in_it() -> None:
    sources = [path.read_text("utf-8") for path in MODULES]
    templates = [path.read_text("utf-8") for path in PACKAGE.rglob("*.html")]
    words = Counter(re.findall(r"\w+", "\n".join([*sources, *templates])))
    for path, source in zip(MODULES, sources, strict=True):
        for name in written(ast.parse(source)):
            known = name in CALLED_FROM_OUTSIDE or HOOKS.fullmatch(name)
            assert words[name] > 1 or known, (path, name)


def written(module: ast.Module) -> Iterator[str]:
    """The functions and classes of a module (those that a decorator registers apart), its constants, the fields of its classes."""
    for node in ast.walk(module):
        if isinstance(node, ast.ClassDef) or (isinstance(node, ast.FunctionDef) and not registered(node)):
            yield node.name
        words_of_files = isinstance(node, ast.ClassDef) and "StrEnum" in map(ast.unparse, node.bases)
        if isinstance(node, ast.ClassDef | ast.Module) and not words_of_files:
            assigned = [one for one in node.body if isinstance(one, ast.AnnAssign | ast.Assign)]
            for one in assigned:
                targets = one.targets if isinstance(one, ast.Assign) else [one.target]
                yield from (target.id for target in targets if isinstance(target, ast.Name))


def registered(node: ast.FunctionDef) -> bool:
    return any("validator" in ast.unparse(decorator) for decorator in node.decorator_list)


def test_nothing_is_written_twice() -> None:
    seen: dict[str, str] = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                text = "\n".join(map(ast.unparse, body))
                place = f"{path.relative_to(PACKAGE)} {node.name}"
                assert len(text) < 50 or seen.setdefault(text, place) == place, (seen[text], place)


def test_no_test_opens_a_picture_of_the_sample() -> None:
    """A county's repository has the tests, and its own pictures."""
    tests = sorted((ROOT / "tests").rglob("*.py"))
    assert [
        path.name for path in tests if re.search(r'"site/assets/[^"]*"\)\.', path.read_text("utf-8"))
    ] == []


def test_the_readme_names_two_commands_and_every_verb() -> None:
    readme, makefile = (ROOT / README).read_text("utf-8"), (ROOT / "Makefile").read_text("utf-8")
    for target in ("site", "test"):
        assert f"make {target}" in readme
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    for verb in VERBS:
        assert f"zhibao {verb}" in readme, verb


def test_the_lock_has_hashes_for_everything_and_names_no_host() -> None:
    for name in ("build", "site", "test"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        pins = re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE)
        assert len(pins) > (4 if name == "build" else 20)
        assert "hatchling" in pins
        assert "http" not in text
        for block in re.split(r"\n(?=[a-z0-9])", text.strip()):
            assert "--hash=sha256:" in block, block[:60]
