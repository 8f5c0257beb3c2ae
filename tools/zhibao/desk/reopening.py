"""A closed quarter opened again: the chief editor's act, and it leaves a trace."""

from __future__ import annotations

from pathlib import Path

from zhibao.desk.closing import REOPENED
from zhibao.desk.editor import Desk
from zhibao.model.actors import Capacity
from zhibao.model.notice import last_closed
from zhibao.model.period import Period
from zhibao.repo.notice_files import path_of
from zhibao.repo.registry_files import read_registry
from zhibao.repo.work_tree import WorkTree
from zhibao.repo.writing import write_whole
from zhibao.review.branch import RefusedError


def reopened(root: Path, desk: Desk, period: Period, words: str) -> str:
    """Set the last closed quarter aside, with who, when and why beside it; the path where it lies now. Raises RefusedError."""
    if Capacity.CHIEF not in desk.actor.capacities:
        raise RefusedError(f"撤销封存由主编办，{desk.actor.name}不是主编")
    if not words.strip():
        raise RefusedError("撤销封存要写原因：--words 漏记一次批示")
    closed = read_registry(WorkTree(root)).registry.closed
    if period not in closed:
        raise RefusedError(f"{period.label}没有封存")
    last = last_closed(closed)
    if last != period and last:
        raise RefusedError(f"要先撤销{last.label}的封存：后面的季度里有这一季度的调整")
    number = next(n for n in range(1, 1000) if not (root / _aside(period, n, "json")).exists())
    path = _aside(period, number, "json")
    text = (root / path_of(period)).read_text("utf-8")
    reason = f"{desk.today} {desk.actor.name}（{desk.actor.account}）撤销{period.label}的封存：{' '.join(words.split())}\n"
    write_whole(root, path, text)
    write_whole(root, _aside(period, number, "txt"), reason)
    (root / path_of(period)).unlink()
    return path


def _aside(period: Period, number: int, ending: str) -> str:
    return f"{REOPENED}/{period}-{number}.{ending}"
