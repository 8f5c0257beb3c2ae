"""`zhibao feedback`: the list of what the level above used, matched to items, confirmed by an editor, recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from zhibao.cli.desk import ACTOR, desk_at, stops
from zhibao.cli.repository import bar, county_folder
from zhibao.cli.usage import Stop
from zhibao.desk.editor import Desk
from zhibao.desk.feedback import Feedback, table_of, terms_of
from zhibao.desk.feedback_applying import Applied, Recording, apply_table
from zhibao.desk.feedback_table import RECORDED, STATES
from zhibao.model.finding import printable
from zhibao.model.period import Period
from zhibao.repo.spreadsheet import SpreadsheetError
from zhibao.review.branch import RefusedError


@click.command(
    "feedback",
    epilog="例：zhibao feedback 十月采用.xlsx --level 州 --month 2026-10    zhibao feedback 十月采用.核对.xlsx --apply",
)
@click.argument("path", metavar="LIST", type=click.Path(path_type=Path))
@click.option("--level", metavar="LEVEL", default="", help="发来名单的层级，如 州、省。")
@click.option(
    "--month", metavar="MONTH", default="", help="名单是哪个月的，如 2026-10；名单里有日期的以名单为准。"
)
@click.option("--form", metavar="FORM", default="", help="名单里没有写采用形式时的形式。")
@click.option("--publication", metavar="NAME", default="", help="名单里没有写刊物时的刊物。")
@click.option("--apply", "applies", is_flag=True, help="LIST 是填好的核对表：把确认的记上，一次提交。")
@ACTOR
@click.pass_obj
def command(
    folder: Path, path: Path, level: str, month: str, form: str, publication: str, applies: bool, actor: str
) -> int:
    """把上级返回的采用名单对上各单位的信息，核对后记上。

    名单是 .csv 或 .xlsx，要有一行表头写着标题、单位、期号、日期、采用形式、刊物中的几样；标题可以改过，单位可以用简称，不用编号。

    先在名单旁边写出核对表（名单.核对.xlsx）：很像的在前，拿不准的列出候选。请在“确认”一栏填 是、否 或信息编号（几个用空格隔开），
    要记的日期、形式、刊物也在表里改；再加 --apply 记上。没有填的不记，留着待查。名单可以再对一遍，填过的确认都留着。

    核对表里列有各条信息的标题，只供办公室用，不提交、不外传。
    """
    at = desk_at(county_folder(folder), actor)
    with stops():
        try:
            if applies:
                return _applied(apply_table(at, path), path)
            return _matched(_table(at, path, level, month, form, publication))
        except (RefusedError, SpreadsheetError) as error:
            raise Stop(str(error)) from None


def _table(at: Desk, path: Path, level: str, month: str, form: str, publication: str) -> Feedback:
    if not level:
        raise Stop("请写 --level：这份名单是哪一级发来的，如 --level 州")
    period = _month(month) if month else None
    return table_of(
        at,
        path,
        lambda here: terms_of(here, at.today, level=level, month=period, form=form, publication=publication),
        bar("读取"),
    )


def _month(text: str) -> Period:
    wrong = Stop(f"--month 写的是“{text}”；写一个月，如 2026-10")
    try:
        period = Period.parse(text)
    except ValueError:
        raise wrong from None
    if period.months != 1:
        raise wrong
    return period


def _matched(found: Feedback) -> int:
    """Say how many rows are how sure, and what to do now; 1 where rows of the list could not be read."""
    counted = Counter(row.state for row in found.rows)
    parts = "，".join(f"{state} {counted[state]}" for state in STATES if counted[state])
    click.echo(f"名单 {len(found.rows)} 行：{parts or '没有一行有标题'}")
    for problem in found.problems:
        click.echo(printable(problem), err=True)
    open_rows = sum(row.is_open for row in found.rows if row.state != RECORDED)
    name = printable(str(found.path))
    if not found.rows:
        return 1 if found.problems else 0
    click.echo(f"核对表：{name}" + ("" if found.changed else "（没有变化）"))
    if open_rows:
        click.echo(
            f"请在“确认”一栏填 是、否 或信息编号（{open_rows} 行没有填），再运行：zhibao feedback {name} --apply"
        )
    return 1 if found.problems else 0


def _applied(found: Applied, path: Path) -> int:
    """Say what became of each confirmed row; 1 where something could not be recorded."""
    for one in found.recordings:
        for line in _told(one):
            click.echo(printable(line), err=bool(one.problems))
    new = sum(len(one.new) for one in found.recordings)
    known = sum(len(one.known) for one in found.recordings)
    refused = sum(one.refused for one in found.recordings)
    failed = sum(bool(one.problems) for one in found.recordings)
    facts = (
        (new, "记上 {} 条"),
        (known, "已经记过 {} 条"),
        (refused, "不记 {} 行"),
        (failed, "没有记上 {} 行"),
    )
    said = "，".join(words.format(number) for number, words in facts if number) or "没有填了确认的行"
    waiting = f"；还有 {found.waiting} 行没有填，留在 {printable(path.name)} 里待查" if found.waiting else ""
    click.echo(said + waiting)
    return 1 if failed else 0


def _told(one: Recording) -> Iterator[str]:
    row, place = (
        one.row,
        f"第 {one.row.line} 行《{one.row.title}》" if one.row.line else f"《{one.row.title}》",
    )
    use = f"{row.level}，{row.day}，{row.form}，{row.publication}"
    if one.new:
        yield f"{place}：记上 {'、'.join(one.new)}（{use}）"
    if one.known and row.state != RECORDED:
        yield f"{place}：{'、'.join(one.known)} 已经记过"
    yield from (f"{place}：没有记上。{problem}" for problem in one.problems)
