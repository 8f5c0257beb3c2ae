"""The editors' verbs: adopt, hold, decline, file, return; reopen, withdraw; what the levels above did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from zhibao.cli.desk import ACTOR, desk_at, stops
from zhibao.cli.repository import county_folder
from zhibao.cli.usage import Stop, made
from zhibao.desk.deciding import change_item, decide, reopen, send_back
from zhibao.desk.decision import with_instruction, with_withdrawal
from zhibao.desk.editor import Desk
from zhibao.desk.orders import Order, Outcome
from zhibao.desk.uses import with_use
from zhibao.model.document import Document
from zhibao.model.submission import Adoption, Decision, Instruction, Reason
from zhibao.repo.git import GitError
from zhibao.review.branch import Branch, RefusedError

_HEAD = click.option(
    "--head", metavar="COMMIT", default="", help="这句话说的是提议的哪个提交；提议变了就不算数。"
)
_REASON = click.option(
    "--reason", "code", metavar="CODE", default="", help="原因代码，见 office.yml 的 reasons。"
)
_WORDS = click.option(
    "--words",
    metavar="TEXT",
    default="",
    help="给单位的说明。",
    callback=lambda context, param, text: _one_line(text),
)
_TARGETS = click.argument("targets", nargs=-1, required=True, metavar="ID|BRANCH…")


def _each(folder: Path, actor: str, targets: tuple[str, ...], act: Callable[[Desk, str], Outcome]) -> int:
    """Do it to every target; say what became of each; 1 where something could not be done. Raises Stop."""
    failed = False
    at = desk_at(county_folder(folder), actor)
    with stops():
        for target in targets:
            try:
                outcome = act(at, target)
            except (RefusedError, GitError) as error:
                failed = True
                click.echo(f"{target}：没有办成。{error}", err=True)
            else:
                click.echo(f"{target}：{outcome.words}")
    return 1 if failed else 0


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _reason(code: str, words: str) -> Reason | None:
    if words and not code:
        raise Stop("写了 --words，没有写 --reason；说明和原因代码要一起写，代码见 office.yml 的 reasons")
    return made(Reason, code=code, words=words or None) if code else None


@click.command("adopt", epilog="例：zhibao adopt daba-1012    zhibao adopt 20261012-0931-daba --form 单篇")
@_TARGETS
@click.option("--form", metavar="FORM", default="", help="采用形式；默认见 office.yml 的 default。")
@click.option("--publication", metavar="NAME", default="", help="刊物，后面可写期号。")
@ACTOR
@_HEAD
@click.pass_obj
def adopt(folder: Path, targets: tuple[str, ...], form: str, publication: str, actor: str, head: str) -> int:
    """采用：合并提议；已在主分支上的，写上决定。

    ID 是信息编号，BRANCH 是提议的分支；可以一次写几个。再办一次不会重复。
    """
    order = Order(Decision.ADOPTED, None, form or None, publication or None, head or None)
    return _each(folder, actor, targets, lambda at, target: decide(at, target, order))


def _decision(verb: str, decision: Decision, example: str, help_: str) -> click.Command:
    @click.command(verb, epilog=example, help=help_)
    @_TARGETS
    @_REASON
    @_WORDS
    @ACTOR
    @_HEAD
    @click.pass_obj
    def command(folder: Path, targets: tuple[str, ...], code: str, words: str, actor: str, head: str) -> int:
        order = Order(decision, _reason(code, words), head=head or None)
        return _each(folder, actor, targets, lambda at, target: decide(at, target, order))

    return command


hold = _decision(
    "hold",
    Decision.HELD,
    "例：zhibao hold daba-1012 --reason 留作综合",
    "留用：先放着，以后再定采用、不采用或备查。\n\n合并提议并写上留用，或给主分支上的信息写上。",
)
decline = _decision(
    "decline",
    Decision.DECLINED,
    "例：zhibao decline daba-1012 --reason 要素不全 --words 请补上受益户数",
    "不采用：连同原因合并进来，统计才是真的。\n\n原因必写，给单位看。",
)
file = _decision(
    "file",
    Decision.FILED,
    "例：zhibao file 20261012-0931-daba --reason 转业务口",
    "备查：不采用，存档。\n\n合并提议并写上备查，或给主分支上的信息写上。",
)


@click.command("return", epilog="例：zhibao return daba-1012 --reason 要素不全 --words 请补上资金来源")
@_TARGETS
@click.option("--reason", "code", metavar="CODE", required=True, help="原因代码，见 office.yml 的 reasons。")
@_WORDS
@ACTOR
@_HEAD
@click.pass_obj
def send(folder: Path, targets: tuple[str, ...], code: str, words: str, actor: str, head: str) -> int:
    """退回修改：在提议的分支上留一句话，不改动信息。

    提议人改好再推上来，就又轮到编辑。已合并的信息不能退回。
    """
    reason = made(Reason, code=code, words=words or None)
    return _each(folder, actor, targets, lambda at, target: send_back(at, target, reason, head or None))


@click.command("reopen", epilog="例：zhibao reopen 20261012-0931-daba")
@click.argument("targets", nargs=-1, required=True, metavar="ID…")
@_REASON
@_WORDS
@ACTOR
@click.pass_obj
def again(folder: Path, targets: tuple[str, ...], code: str, words: str, actor: str) -> int:
    """重新办理已作的决定：先改为留用，再由编辑另作决定。只有主编能办。"""
    reason = _reason(code, words)
    return _each(folder, actor, targets, lambda at, target: reopen(at, target, reason))


@click.command("withdraw", epilog="例：zhibao withdraw 20261012-0931-daba --words 数字核实有误")
@click.argument("targets", nargs=-1, required=True, metavar="ID…")
@click.option(
    "--words",
    metavar="TEXT",
    required=True,
    help="撤下的原因。",
    callback=lambda context, param, text: _one_line(text),
)
@ACTOR
@click.pass_obj
def withdraw(folder: Path, targets: tuple[str, ...], words: str, actor: str) -> int:
    """撤下已采用的信息：下一次建网站时各版本都不再有它，得分冲回。只有主编能办。"""

    def act(at: Desk, target: str) -> Outcome:
        landed = change_item(
            at, target, "撤下", lambda before, branch: with_withdrawal(before, at.today, words), chief=True
        )
        return Outcome(target, "撤下" if landed.changed else "撤下（已经是了）", landed.changed)

    return _each(folder, actor, targets, act)


@click.command(
    "adoption",
    epilog="例：zhibao adoption 20261012-0931-daba --level 州 --form 综合 --date 2026-10-20 --publication 州委信息第45期",
)
@click.argument("targets", nargs=-1, required=True, metavar="ID…")
@click.option("--level", metavar="LEVEL", required=True, help="层级，如 州、省。")
@click.option("--form", metavar="FORM", required=True, help="采用形式。")
@click.option("--date", "day", metavar="DAY", required=True, help="采用日期，如 2026-10-20。")
@click.option("--publication", metavar="NAME", required=True, help="刊物，后面可写期号。")
@ACTOR
@click.pass_obj
def adoption(
    folder: Path, targets: tuple[str, ...], level: str, form: str, day: str, publication: str, actor: str
) -> int:
    """记上级的采用。同一次采用记两遍只算一次。"""
    used = made(Adoption, level=level, date=_day(day), form=form, publication=publication)

    def act(at: Desk, target: str) -> Outcome:
        landed = change_item(
            at,
            target,
            f"{level}采用",
            lambda before, branch: _with_use(before, branch, used, at),
        )
        return Outcome(target, f"记上了{level}级采用" if landed.changed else "已经记过了", landed.changed)

    return _each(folder, actor, targets, act)


def _with_use(before: Document, branch: Branch, used: Adoption, at: Desk) -> str:
    item = branch.item(before.stem)
    return with_use(item, used, branch.registry.office, at.today) if item else before.text


@click.command(
    "instruction",
    epilog="例：zhibao instruction 20261012-0931-daba --level 县 --date 2026-10-22 --by 县委书记",
)
@click.argument("targets", nargs=-1, required=True, metavar="ID…")
@click.option("--level", metavar="LEVEL", required=True, help="层级，如 县、州。")
@click.option("--date", "day", metavar="DAY", required=True, help="批示日期，如 2026-10-22。")
@click.option("--by", metavar="LEADER", required=True, help="批示领导的职务。")
@ACTOR
@click.pass_obj
def instruction(folder: Path, targets: tuple[str, ...], level: str, day: str, by: str, actor: str) -> int:
    """记领导的批示。同一次批示记两遍只算一次。"""
    said = made(Instruction, level=level, date=_day(day), by=by)

    def act(at: Desk, target: str) -> Outcome:
        landed = change_item(
            at,
            target,
            f"{level}批示",
            lambda before, branch: with_instruction(before, said, branch.registry.office, at.today),
        )
        return Outcome(target, f"记上了{level}级批示" if landed.changed else "已经记过了", landed.changed)

    return _each(folder, actor, targets, act)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Stop(f"日期“{text}”的写法不对，如 2026-10-20") from None


COMMANDS: dict[str, click.Command] = {
    "adopt": adopt,
    "hold": hold,
    "decline": decline,
    "file": file,
    "return": send,
    "reopen": again,
    "withdraw": withdraw,
    "adoption": adoption,
    "instruction": instruction,
}
