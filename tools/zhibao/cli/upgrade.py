"""`zhibao upgrade`: a newer program laid into this repository, without touching the county's data."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from zhibao.cli.repository import root_of
from zhibao.cli.usage import Stop
from zhibao.door.founding import FoundingError
from zhibao.door.founding import plan as answers
from zhibao.door.founding.program import installed, program_at, program_root
from zhibao.door.founding.upgrading import BESIDE, Deed, Upgrade, carry_out, upgrade
from zhibao.model.finding import printable
from zhibao.repo import checkout, git
from zhibao.repo.git import GitError

SCHEMA = 1
LISTED = (Deed.KEPT, Deed.LEFT, Deed.GONE)
"""What is always listed file by file; of the rest the number is enough unless it is only tried."""


@click.command(
    "upgrade",
    epilog="例：zhibao upgrade --from ../zhibao --dry-run    zhibao upgrade --from https://git.qingshan.example/zhibao.git",
)
@click.option(
    "--from",
    "source",
    metavar="DIR|URL",
    help="新版程序：一个文件夹，或者 Git 仓库的地址；默认是正在运行的这一份。",
)
@click.option("--dry-run", is_flag=True, help="只说会怎样，不动文件。")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="怎样输出。")
@click.pass_obj
def command(folder: Path, source: str | None, dry_run: bool, form: str) -> int:
    """换上新版程序：tools/、tests/、工作流、模板、文档、网站的样式。registry/、submissions/、报送指南和 README 一个字节也不动。

    本县没有改过的文件换成新的；改过的保留，新的放在 .zhibao/new/ 里供对照；新版不要了、本县也没改过的删去。
    有没提交的改动就不做；做完由你看过再提交。有要人看的文件，退出码为 1。
    """
    root = root_of(folder)
    try:
        with _program(source, root) as program:
            plan = upgrade(root, program_at(program))
            if not dry_run and plan.changes:
                carry_out(root, plan)
    except (FoundingError, GitError) as error:
        raise Stop(str(error)) from None
    click.echo(_json(plan, dry_run) if form == "json" else "\n".join(_text(plan, dry_run)))
    return 1 if any(step.asks for step in plan.steps) else 0


@contextmanager
def _program(source: str | None, root: Path) -> Iterator[Path]:
    """The folder of the newer program; one of an address is cloned for as long as it is read."""
    if source is None:
        own = installed()
        if own == root:
            raise Stop(
                "正在运行的就是本仓库里的程序；请用 --from 写新版在哪里，如 zhibao upgrade --from ../zhibao"
            )
        yield own
    elif Path(source).is_dir() and git.ask(Path(source), "rev-parse", "--is-bare-repository") != "true":
        yield program_root(Path(source), "--from")
    else:
        with tempfile.TemporaryDirectory() as folder:
            into = Path(folder).resolve() / "program"
            here = str(Path(source).resolve()) if Path(source).is_dir() else source
            checkout.clone(_address(here), into)
            yield program_root(into, "--from")


def _address(source: str) -> str:
    try:
        return answers.address(source)
    except FoundingError as error:
        raise Stop(f"没有 {source} 这个文件夹；{error}") from None


def _text(plan: Upgrade, dry_run: bool) -> Iterator[str]:
    old, new = plan.before, plan.program
    versions = f"{_version(old.version, old.commit)} → {_version(new.version, new.commit)}"
    if not plan.changes:
        yield f"程序已经是这一版（{versions}），没有要换的。"
        return
    listed = plan.steps if dry_run else [step for step in plan.steps if step.deed in LISTED]
    yield from (f"{step.deed}  {printable(step.path)}" for step in listed)
    numbers = Counter(step.deed for step in plan.steps)
    counts = "，".join(f"{deed} {numbers[deed]}" for deed in Deed if numbers[deed])
    if dry_run:
        yield f"{versions}：{counts}。这次没有写（--dry-run）。"
        return
    yield f"{versions}：{counts or '文件没有变'}。"
    if numbers[Deed.KEPT]:
        yield f"保留的是本县改过的，新版放在 {BESIDE}/ 的同一路径里：对照着改好，删去 {BESIDE}/ 再提交。"
    yield "接下来：make site（会装上新的依赖）、.venv/bin/zhibao schema、.venv/bin/zhibao codeowners --write、.venv/bin/zhibao forms、make test，看过 git diff 再提交。"


def _version(version: str, commit: str) -> str:
    return f"{version} {commit[:10]}" if commit else f"{version}（有改动没有提交）"


def _json(plan: Upgrade, dry_run: bool) -> str:
    whole = {
        "schema": SCHEMA,
        "written": not dry_run,
        "from": {"version": plan.before.version, "commit": plan.before.commit},
        "to": {"version": plan.program.version, "commit": plan.program.commit},
        "steps": [
            {"path": step.path, "deed": step.deed.name.lower(), "asks": step.asks} for step in plan.steps
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)
