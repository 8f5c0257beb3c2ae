"""The editors' queue in words: what waits for them in one line, then the worst first, in columns of at most 100 cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from zhibao.check.decisions import DOUBTS
from zhibao.desk.queue import Queue
from zhibao.desk.waiting import Owes, Waiting
from zhibao.model.finding import printable

WIDTH = 100
"""Cells of a line, a Chinese character counting for two; only an uncommonly long id goes beyond."""
MOST_SHOWN = {Owes.EDITOR: 10, Owes.UNIT: 4, Owes.MAINTAINER: 2}
"""Entries of each part that are shown where not all are asked for."""
MOST_HELD = 3
MOST_SIMILAR = 2
"""Similar items that are named of one."""

_UNIT, _QUALITY, _SHORTEST_TITLE = 14, 6, 20
_HEADS = {
    Owes.EDITOR: "等编辑",
    Owes.UNIT: "等单位",
    Owes.MAINTAINER: "等维护",
}


def conclusion(queue: Queue) -> str:
    """How many wait for the editors and how long the oldest has; how many for the others."""
    mine = queue.of(Owes.EDITOR)
    rest = {
        "等单位": queue.of(Owes.UNIT),
        "等维护人员": queue.of(Owes.MAINTAINER),
        "留用": queue.held,
    }
    others = "，".join(f"{words} {len(waiting)} 件" for words, waiting in rest.items() if waiting)
    if not mine:
        return f"没有等编辑处理的{f'；{others}' if others else ''}。"
    urgent = sum(one.urgent for one in mine)
    oldest = queue.age(min(mine, key=lambda one: one.since))
    share = f"（紧急 {urgent} 件）" if urgent else ""
    age = f"最久 {oldest.days} 天（{oldest.working_days} 个工作日）"
    return f"等编辑处理 {len(mine)} 件{share}，{age}{f'；{others}' if others else ''}。"


def text(queue: Queue, *, whole: bool = False) -> str:
    """The conclusion, then each part of the queue; as much of it as fits a screen, or the whole."""
    parts = [(_HEADS[owes], queue.of(owes), most) for owes, most in MOST_SHOWN.items()]
    parts.append(("留用", queue.held, MOST_HELD))
    shown = [(head, waiting if whole else waiting[:most]) for head, waiting, most in parts]
    names = max((cell_len(_name(one)) for _, part in shown for one in part), default=0)
    lines = [conclusion(queue)]
    for head, part in shown:
        lines += ["", *_part(head, part, queue, names)] if part else []
    left = len(queue.waiting) - sum(len(part) for _, part in shown)
    if left:
        lines += ["", f"还有 {left} 件没有列出：zhibao queue --all"]
    if any(one.is_claimed for one in queue.waiting):
        lines += ["", "提议的时间是提交的人自己的钟；要按平台的时间和编号，加 --forge。"]
    return "\n".join(lines) + "\n"


def notes(waiting: Waiting, queue: Queue) -> list[str]:
    """What somebody who takes it up should know: why it waits, whose it is, what it resembles."""
    return [
        printable(one) for one in (*_why(waiting, queue), *_whose(waiting), *_similar(waiting, queue)) if one
    ]


def _part(head: str, shown: Sequence[Waiting], queue: Queue, names: int) -> Iterator[str]:
    """A headline over the columns, an entry a line, and below it what one should know; names take `names` cells."""
    title = max(_SHORTEST_TITLE, WIDTH - names - _UNIT - _QUALITY - 23)
    yield f"{_cut(head, 6)}   天 工作日  {_cut('单位', _UNIT)} 质量分 {_cut('标题', title)} 编号"
    for number, one in enumerate(shown, 1):
        age, worth = queue.age(one), queue.quality(one)
        mark = "急" if one.urgent else "  "
        yield (
            f"{number:>3} {mark}{age.days:>5} {age.working_days:>6}  "
            f"{_cut(_unit(one, queue), _UNIT)} {worth.points if worth else '—':>6} "
            f"{_cut(printable(one.title), title)} {_name(one)}"
        ).rstrip()
        said = "；".join(notes(one, queue))
        if said:
            yield f"{' ' * 6}{_cut(said, WIDTH - 6).rstrip()}"


def _cut(words: str, cells: int) -> str:
    """Words in exactly so many cells."""
    return set_cell_size(words if cell_len(words) <= cells else set_cell_size(words, cells - 2) + "…", cells)


def _unit(waiting: Waiting, queue: Queue) -> str:
    if waiting.unit:
        return queue.registry.unit_name(waiting.unit, queue.now.date())
    return waiting.proposal.proposer.name if waiting.proposal else ""


def _name(waiting: Waiting) -> str:
    """What a command takes for it."""
    return waiting.id or printable(waiting.proposal.name if waiting.proposal else "")


def _why(waiting: Waiting, queue: Queue) -> Iterator[str]:
    said = waiting.returned
    if said:
        who = f"{said.by.name}" if said.by else ""
        reason = "，".join(part.strip("。") for part in (said.reason, said.words) if part)
        yield f"{who}退回：{reason}" if reason else f"{who}退回"
    if waiting.errors:
        first = waiting.errors[0]
        yield f"有 {len(waiting.errors)} 处错误，不能合并：{first.message}"
    if waiting.doubt:
        yield DOUBTS[waiting.doubt][1].format(branch=queue.registry.office.branch)


def _whose(waiting: Waiting) -> Iterator[str]:
    proposal = waiting.proposal
    if proposal is None:
        return
    if proposal.number:
        yield f"提议 {proposal.number}"
    if proposal.proposer.is_stranger:
        yield f"提议人 {proposal.proposer.account or '（没有账号）'} 不在名册里，先核实"
    if waiting.id and len(proposal.entries) > 1:
        yield f"同一份提议里有 {len(proposal.entries)} 条"


def _similar(waiting: Waiting, queue: Queue) -> Iterator[str]:
    found = queue.similar(waiting)
    if found:
        named = "、".join(f"{id_}（{share * 100:.0f}%）" for id_, share in found[:MOST_SIMILAR])
        yield f"与 {named}{'等' if len(found) > MOST_SIMILAR else ''}相同"
