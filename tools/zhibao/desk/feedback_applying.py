"""A confirmed table recorded: every row that an editor said yes to, in one commit; what cannot be is said row by row, and the others go on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from zhibao.desk.editor import Desk, only_editors
from zhibao.desk.feedback_table import (
    NO,
    RECORDED,
    REFUSED,
    YES,
    FeedbackRow,
    in_order,
    read_rows,
    write_rows,
)
from zhibao.desk.use_dates import when
from zhibao.desk.uses import same_use, with_use
from zhibao.model.county import County, Item
from zhibao.model.finding import printable
from zhibao.model.identity import Identity
from zhibao.model.office import Office
from zhibao.model.submission import Adoption
from zhibao.repo.commits import Draft
from zhibao.repo.front_matter import item_document
from zhibao.repo.spreadsheet import read_sheets
from zhibao.review.branch import Branch, RefusedError, understood

_YES = (YES, "√", "✓", "对", "y", "Y", "yes")
_NO = (NO, "×", "✗", "不是", "n", "N", "no")
_BETWEEN = re.compile(r"[\s、，,;；]+")


@dataclass(frozen=True)
class Recording:
    """What became of one confirmed row: the ids that are recorded now and those that were before, and what could not be."""

    row: FeedbackRow
    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    refused: bool = False

    @property
    def after(self) -> FeedbackRow:
        """The row as it stands in the table afterwards."""
        if self.refused:
            return replace(self.row, state=REFUSED)
        recorded = "、".join(sorted((*self.new, *self.known)))
        notes = [f"已记：{recorded}"] if recorded else []
        if self.problems:
            problems = "没有记上：" + "；".join(self.problems)
            return replace(self.row, note="；".join([*notes, problems]))
        return replace(self.row, state=RECORDED, note=notes[0])


@dataclass(frozen=True)
class Applied:
    """A table recorded: what became of each row that somebody confirmed, and how many rows wait."""

    recordings: tuple[Recording, ...]
    waiting: int


@dataclass
class _Texts:
    """The items of the branch with what is written into them so far."""

    around: County
    office: Office
    today: date
    items: dict[str, Item] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)

    def item(self, id_: str) -> Item | None:
        return self.items.get(id_) or self.around.item(id_)

    def record(self, item: Item, use: Adoption) -> bool:
        """Write a use into an item; False where it stands there already. Raises RefusedError."""
        if same_use(item.submission.review.adoptions, use, self.office):
            return False
        text = with_use(item, use, self.office, self.today)
        document = item_document(item.document.path, text.encode("utf-8"))
        self.items[item.id] = replace(item, document=document, submission=understood(document))
        self.changed[document.path] = text
        return True


def apply_table(desk: Desk, path: Path) -> Applied:
    """Record what was confirmed in a table, in one commit, and write the table anew with what became of each row.

    Raises RefusedError where it is no such table, SpreadsheetError, git.GitError.
    """
    only_editors(desk)
    rows = read_rows(read_sheets(path))
    if rows is None:
        raise RefusedError(
            f"{path.name} 不是核对表（没有“确认”等栏）；请先用 zhibao feedback 名单 --level 层级 做出核对表"
        )
    confirmed = [row for row in rows if not row.is_open]
    recordings: list[Recording] = []

    def draft(branch: Branch) -> Draft | None:
        recordings[:], files = _recorded(desk, branch, confirmed)
        new = [id_ for one in recordings for id_ in one.new]
        levels = "、".join(dict.fromkeys(one.row.level for one in recordings if one.new))
        subject = f"{levels}采用：{len(new)} 条，据 {printable(path.name)}"
        return Draft("\n".join([subject, "", *new, ""]), files) if files else None

    if confirmed:
        desk.put(draft)
    after = iter([one.after for one in recordings])
    whole = in_order([row if row.is_open else next(after) for row in rows])
    if whole != rows:
        write_rows(path, whole)
    return Applied(tuple(recordings), sum(row.is_open and row.state != RECORDED for row in whole))


def _recorded(
    desk: Desk, branch: Branch, rows: Sequence[FeedbackRow]
) -> tuple[list[Recording], Mapping[str, str]]:
    """What becomes of each row on this branch, and the files that are written."""
    wanted = {id_ for row in rows for id_ in _ids(row)}
    texts = _Texts(branch.county(desk.wall_clock, only=wanted), branch.registry.office, desk.today)
    return [_one(row, texts) for row in rows], texts.changed


def _one(row: FeedbackRow, texts: _Texts) -> Recording:
    if row.confirmed in _NO:
        return Recording(row, refused=True)
    ids = _ids(row)
    if not ids:
        return Recording(row, problems=("没有建议的编号，请在确认一栏填信息编号",))
    try:
        use = _use(row, texts.today)
    except ValueError as error:
        return Recording(row, problems=(str(error),))
    new: list[str] = []
    known: list[str] = []
    problems: list[str] = []
    for id_ in ids:
        item = texts.item(id_)
        if item is None:
            problems.append(_unknown(id_))
            continue
        try:
            (new if texts.record(item, use) else known).append(id_)
        except RefusedError as error:
            problems.append(f"{id_}：{error}")
    return Recording(row, tuple(new), tuple(known), tuple(problems))


def _ids(row: FeedbackRow) -> tuple[str, ...]:
    """The ids that a row is confirmed to mean: those suggested, or those that were typed in."""
    text = row.ids if row.confirmed in _YES else "" if row.confirmed in _NO else row.confirmed
    return tuple(dict.fromkeys(part for part in _BETWEEN.split(text) if part))


def _unknown(id_: str) -> str:
    if Identity.parse(id_):
        return f"主分支上没有 {id_} 这条信息"
    return f"“{id_[:40]}”不是编号；确认一栏填 {YES}、{NO} 或信息编号（几个编号用空格隔开）"


def _use(row: FeedbackRow, today: date) -> Adoption:
    """The use that a row would record. Raises ValueError, in Chinese."""
    for what, text in (
        ("层级", row.level),
        ("采用日期", row.day),
        ("采用形式", row.form),
        ("刊物", row.publication),
    ):
        if not text:
            raise ValueError(f"没有填{what}")
    found = when(row.day, today)
    if found is None or found.day is None:
        raise ValueError(f"采用日期“{row.day[:40]}”不是一天，如 2026-10-20")
    try:
        return Adoption(level=row.level, date=found.day, form=row.form, publication=row.publication)
    except ValidationError as error:
        key = str(error.errors(include_url=False)[0]["loc"][0])
        raise ValueError(f"{Adoption.model_fields[key].title}不能用：太长，或有看不见的字符") from None
