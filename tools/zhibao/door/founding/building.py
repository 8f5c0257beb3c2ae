"""A new county's repository, put together in a folder of its own: whole or not at all, and only where the checks find no error."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zhibao.door.codeowners import PATH as OWNERS
from zhibao.door.codeowners import codeowners
from zhibao.door.founding import FoundingError
from zhibao.door.founding.manifest import MANIFEST
from zhibao.door.founding.pages import page_texts
from zhibao.door.founding.plan import Plan
from zhibao.door.founding.program import Program
from zhibao.door.founding.registry import registry_texts
from zhibao.door.issue_form import FORM, issue_form
from zhibao.door.schemas import schemas, write_schemas
from zhibao.model.files import SCHEMAS
from zhibao.model.finding import Severity
from zhibao.model.os_words import plainly
from zhibao.repo import checkout
from zhibao.repo.git import GitError
from zhibao.repo.registry_files import read_registry
from zhibao.repo.work_tree import WorkTree
from zhibao.repo.writing import WriteError, write_at, write_whole
from zhibao.review.examine import examine

KEPT = "submissions/.gitkeep"


@dataclass(frozen=True)
class Founded:
    """What was made: how many files, and whether they are committed."""

    files: int
    committed: bool


def found(plan: Plan, program: Program, source: Path, target: Path) -> Founded:
    """Make the repository of a county in a folder that is not there yet, or empty. Raises FoundingError; then nothing was made."""
    target = target.resolve()
    _free(target, source)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".zhibao-", dir=target.parent) as folder:
            made = Path(folder) / "made"
            made.mkdir()
            paths = sorted(_laid(made, plan, program))
            checkout.begin(made, plan.branch, plan.forge)
            committed = checkout.commit_all(
                made, paths, f"{plan.county}信息报送仓库（zhibao {program.version}）\n"
            )
            _put(made, target)
    except (GitError, WriteError) as error:
        raise FoundingError(str(error)) from None
    except OSError as error:
        raise FoundingError(f"写不了 {target}：{plainly(error)}") from None
    return Founded(len(paths), committed)


def _free(target: Path, source: Path) -> None:
    if target.is_relative_to(source):
        raise FoundingError(
            f"{target} 在程序自己的文件夹里；请写外面的一个文件夹，如 {source.parent / '某县'}"
        )
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FoundingError(f"{target} 里已有东西，没有动它；请写一个还没有的文件夹")


def _laid(made: Path, plan: Plan, program: Program) -> Iterator[str]:
    """Write every file; their paths."""
    for path, file in program.files.items():
        write_at(made / path, file.data, named=path, mode=0o755 if file.executable else 0o644, folder=True)
        yield path
    texts = {**registry_texts(plan), **page_texts(plan), KEPT: "", MANIFEST: program.manifest.text}
    for path, text in texts.items():
        write_whole(made, path, text)
        yield path
    yield from _generated(made, plan)


def _generated(made: Path, plan: Plan) -> Iterator[str]:
    """What is made from the registry, by the same functions as the verbs `schema`, `codeowners` and `forms`."""
    tree = WorkTree(made)
    _sound(made)
    for name in write_schemas(made / SCHEMAS, schemas(tree).texts):
        yield f"{SCHEMAS}/{name}.json"
    registry = read_registry(tree).registry
    for path, text in ((OWNERS, codeowners(registry, plan.today)), (FORM, issue_form(registry, plan.today))):
        write_whole(made, path, text)
        yield path


def _sound(made: Path) -> None:
    """Raises FoundingError with the errors that the checks find."""
    errors = [str(f) for f in examine(made).findings if f.severity is Severity.ERROR]
    if errors:
        raise FoundingError("\n".join(["照这些回答写成的名册有错，没有建；请改回答再来：", *errors[:10]]))


def _put(made: Path, target: Path) -> None:
    """Move what was made to its place; a folder that is there already, and empty, stays the same folder."""
    if not target.exists():
        made.rename(target)
        return
    moved = []
    try:
        for child in sorted(made.iterdir()):
            child.rename(target / child.name)
            moved.append(child)
    except OSError:
        for child in moved:
            (target / child.name).rename(child)
        raise
