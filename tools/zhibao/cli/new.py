"""`zhibao new`: an item begun, its form right from the start."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from zhibao.cli.repository import root_of
from zhibao.cli.usage import Stop
from zhibao.door.draft import Draft, DraftError
from zhibao.door.drafting import read_any
from zhibao.door.word import Placed, WordDraft, placed
from zhibao.model.registry import Registry
from zhibao.repo.county_files import clock
from zhibao.repo.new_item import NewItemError, identity_for, text_of, write_new
from zhibao.repo.registry_files import RegistryError, read_registry
from zhibao.repo.work_tree import WorkTree


@click.command(
    "new",
    epilog="例：zhibao new --unit daba --kind 动态 --title 大坝镇建成三处山塘    zhibao new --unit daba --from 草稿.docx",
)
@click.option("--unit", metavar="ID", help="单位编号，如 daba。")
@click.option("--officer", metavar="NAME", help="信息员姓名；默认是该单位在任的第一位。")
@click.option("--kind", metavar="KIND", help="类型，如 动态、经验、问题。")
@click.option("--title", metavar="TEXT", help="标题；默认取草稿的第一行。")
@click.option(
    "--from",
    "draft",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="用草稿的文字：Word 文档（.docx，连同表格和图片），或 .txt、.md。",
)
@click.pass_obj
def command(
    folder: Path,
    unit: str | None,
    officer: str | None,
    kind: str | None,
    title: str | None,
    draft: Path | None,
) -> int:
    """起草一条信息，写好抬头，告诉你写在了哪里。

    在终端里会问缺的内容；不在终端里从不提问，缺的用默认值或说明缺什么。
    """
    root = root_of(folder)
    try:
        registry = read_registry(WorkTree(root)).registry
        word = read_any(draft) if draft else WordDraft(Draft("", ""))
        now = clock(registry.office.zone)
        today = now.date()
        unit_id = _unit(registry, unit, today)
        kind_name = _kind(registry, kind)
        heading = title or word.draft.title or _ask("标题") or _missing("--title", "标题")
        person = officer or _officer(registry, unit_id, today)
        taken = {entry.stem for entry in WorkTree(root).entries()}
        identity = identity_for(now, unit_id, taken)
        parts = placed(word, identity)
        whole = text_of(
            registry,
            identity,
            title=heading,
            officer=person,
            kind=kind_name,
            body=parts.body,
            media=parts.media,
        )
        path = write_new(root, identity, whole, parts.files)
    except RegistryError as error:
        raise Stop("名册有错，先改好再试：\n" + "\n".join(map(str, error.findings))) from None
    except (DraftError, NewItemError) as error:
        raise Stop(str(error)) from None
    name = path.relative_to(root).as_posix()
    click.echo(name)
    if draft and draft.suffix.lower() == ".docx":
        _tell(heading, word, parts)
    click.echo(f"接下来：改好正文，运行 zhibao check {name}，再 zhibao submit {name}", err=True)
    return 0


def _tell(title: str, word: WordDraft, parts: Placed) -> None:
    """What a Word document became, where nobody sees it at once."""
    unused = word.draft.title if word.draft.title != title else ""
    click.echo(f"标题：{title}" + (f"（文档里的“{unused}”没有用）" if unused else ""), err=True)
    for path, _ in parts.files:
        click.echo(f"图片：{path}", err=True)
    for warning in word.warnings:
        click.echo(f"提醒：{warning}", err=True)


def _unit(registry: Registry, given: str | None, today: date) -> str:
    there = [unit for unit in registry.units if unit.exists_on(today)]
    known = "、".join(f"{unit.id}（{unit.name_on(today)}）" for unit in there)
    answer = given or _ask(f"单位编号（{known}）") or _missing("--unit", f"单位编号；有：{known}")
    by_name = {unit.name_on(today): unit.id for unit in there}
    answer = by_name.get(answer, answer)
    if answer not in {unit.id for unit in there}:
        raise Stop(f"没有“{answer}”这个单位；有：{known}")
    return answer


def _kind(registry: Registry, given: str | None) -> str:
    kinds = [kind.name for kind in registry.office.kinds]
    answer = given or _ask(f"类型（{'、'.join(kinds)}）", kinds[0]) or kinds[0]
    if answer not in kinds:
        raise Stop(f"没有“{answer}”这个类型；有：{'、'.join(kinds)}")
    return answer


def _officer(registry: Registry, unit: str, today: date) -> str:
    registered = registry.unit(unit)
    serving = registered.officers_on(today) if registered else ()
    first = serving[0].name if serving else None
    answer = _ask("信息员", first) or first
    return answer or _missing("--officer", "信息员：该单位没有在任的信息员")


def _ask(words: str, default: str | None = None) -> str | None:
    """What the user types at a terminal; None where nobody can be asked."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    answer: str = click.prompt(words, default=default, err=True)
    return answer.strip()


def _missing(option: str, what: str) -> str:
    raise Stop(f"缺少{what}；请加上 {option}")
