"""`zhibao fix`: mend what is safe to mend, and show what was done."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path

import click

from zhibao.check.mending import Change
from zhibao.cli.reports import SCHEMA
from zhibao.cli.repository import bar, root_of, within
from zhibao.cli.usage import Stop
from zhibao.model.finding import printable
from zhibao.repo.git import GitError
from zhibao.review.forms import encodable
from zhibao.review.mending import Mending, OutsideError, carry_out, mendings

WIDEST = 60
"""Characters of a line that are shown; of a longer one, those around the change."""
SPACE = "␣"
"""How a space at the end of a line is shown."""


@click.command(
    "fix",
    epilog="例：zhibao fix    zhibao fix --dry-run submissions/2026/10    zhibao fix registry/units.yml",
)
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@click.option("--dry-run", is_flag=True, help="只说会改什么，不动文件；有可改的退出码为 1。")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="怎样输出。")
@click.pass_obj
def command(folder: Path, paths: tuple[str, ...], dry_run: bool, form: str) -> int:
    """改好能放心改的：编码、换行、空格、标点、日期写法、抬头的冒号和键的顺序；逐行说明改了什么。

    PATH 是 submissions/ 或 registry/ 里的文件或文件夹；不写就看全部。只改写法，不改意思：改完重读，读出来不一样的就不动。
    主分支上已有决定的信息一个字节也不动。有没能改的退出码为 1。
    """
    root = root_of(folder)
    try:
        found = mendings(root, within(root, paths, folder), progress=bar("读取"))
    except (OutsideError, GitError) as error:
        raise Stop(str(error)) from None
    if not dry_run:
        found = [carry_out(root, mending) for mending in found]
    click.echo(_json(found, dry_run) if form == "json" else "\n".join(_text(found, dry_run)))
    undone = dry_run and any(mending.changes for mending in found)
    return 1 if undone or any(mending.left for mending in found) else 0


def _text(found: Sequence[Mending], dry_run: bool) -> Iterator[str]:
    for mending in found:
        if mending.changes or mending.left:
            yield printable(mending.path)
            for change in mending.changes:
                yield from _told(change)
            yield from (f"  没有动：{printable(words)}" for words in mending.left)
    decided = [mending for mending in found if mending.decided]
    for mending in decided[:5]:
        yield f"{printable(mending.path)} 没有动：{mending.decided}"
    if len(decided) > 5:
        yield f"……这样的一共 {len(decided)} 条"
    yield _conclusion(found, dry_run)


def _conclusion(found: Sequence[Mending], dry_run: bool) -> str:
    changed = [mending for mending in found if mending.changes]
    if not changed:
        return "没有要改的。" if not any(mending.left for mending in found) else "没有改动。"
    number = f"{len(changed)} 个文件，{sum(len(mending.changes) for mending in changed)} 处"
    return f"可以改 {number}；这次没有写（--dry-run）。" if dry_run else f"改好 {number}。"


def _told(change: Change) -> Iterator[str]:
    yield f"  第 {change.line} 行 {change.words}" if change.line else f"  {change.words}"
    if change.line:
        pairs = zip(change.before, change.after, strict=False)
        common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        start = max(0, common - WIDEST // 4)
        yield f"    - {_around(change.before, start)}"
        yield f"    + {_around(change.after, start)}"


def _around(line: str, start: int) -> str:
    """A line, or of a long one what stands around the place where it changes; spaces at its end can be seen."""
    words = line.rstrip(" ")
    line = words + SPACE * (len(line) - len(words))
    if len(line) <= WIDEST:
        return printable(line)
    piece = line[start : start + WIDEST]
    return f"{'…' if start else ''}{printable(piece)}{'…' if start + WIDEST < len(line) else ''}"


def _json(found: Sequence[Mending], dry_run: bool) -> str:
    files = [
        {
            "path": encodable(mending.path),
            "changes": [
                {
                    "mends": list(change.names),
                    "line": change.line,
                    "words": change.words,
                    "before": change.before,
                    "after": change.after,
                }
                for change in mending.changes
            ],
            "left": list(mending.left),
            "decided": mending.decided,
        }
        for mending in found
    ]
    counts = {
        "files": sum(bool(mending.changes) for mending in found),
        "changes": sum(len(mending.changes) for mending in found),
        "left": sum(len(mending.left) for mending in found),
        "decided": sum(bool(mending.decided) for mending in found),
    }
    whole = {"schema": SCHEMA, "written": not dry_run, "files": files, "counts": counts}
    return json.dumps(whole, ensure_ascii=False, indent=2)
