"""The units of a new county from the table that its office has: every mistake said at once, with row, column and mend."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from zhibao.door.founding import FoundingError
from zhibao.door.founding.columns import Columns, Field, columns_of, is_sum, letter
from zhibao.door.founding.names import persons
from zhibao.door.founding.new_units import NewPerson, NewUnit, Roster
from zhibao.door.founding.unit_ids import unit_id
from zhibao.model.fields import Account, Email, UnitId, Word
from zhibao.model.finding import printable
from zhibao.model.units import Quota
from zhibao.repo.spreadsheet import Row, SpreadsheetError, read_sheets

MOST_SAID = 20
"""Mistakes that are printed; of more, only how many."""
LONGEST = 60
"""Characters of a name."""

_BETWEEN = re.compile(r"[、，,;；/／\n]+")
_BLANKS = re.compile(r"\s+")
_TOWN = re.compile(r"(?:镇|乡|街道|街道办事处)$")
_FORMS: dict[Field, TypeAdapter[str]] = {
    Field.ID: TypeAdapter(UnitId),
    Field.ACCOUNTS: TypeAdapter(Account),
    Field.EMAILS: TypeAdapter(Email),
    Field.SUPERVISOR_ACCOUNT: TypeAdapter(Account),
    Field.SUPERVISOR_EMAIL: TypeAdapter(Email),
}
_NAME: TypeAdapter[str] = TypeAdapter(Word)


class _Reader:
    """Reads one row after another; keeps what is wrong, and which rows say nothing of what the row above says."""

    def __init__(self, columns: Columns, county: str) -> None:
        self.columns, self.county = columns, county
        self.wrong: list[str] = []
        self.seen: dict[tuple[Field, str], tuple[int, str]] = {}
        self.above: dict[Field, str] = {}
        self.merged: dict[Field, list[int]] = {}
        self.sums: list[int] = []

    def units(self) -> Iterator[NewUnit]:
        """The units of the rows, their derived ids not yet given; a row of sums is none."""
        for row in self.columns.rows:
            if is_sum(row):
                self.sums.append(row.number)
                continue
            unit = self._unit(row)
            if unit:
                yield unit

    def _unit(self, row: Row) -> NewUnit | None:
        before = len(self.wrong)
        name = self._text(row, Field.NAME)
        if not name:
            self._mistake(row, Field.NAME, "没有写单位", "请写上，或删去这一行")
        id_ = self._text(row, Field.ID)
        self._only_once(row, Field.NAME, name, name)
        self._only_once(row, Field.ID, id_, name)
        group, sector = self._below(row, Field.GROUP), self._below(row, Field.SECTOR)
        supervisor = self._supervisor(row)
        officers = self._officers(row)
        quota = self._quota(row)
        for field, person in [(Field.SUPERVISOR_EMAIL, supervisor), *((Field.EMAILS, o) for o in officers)]:
            for email in person.emails:
                self._only_once(row, field, email, person.name, kind=Field.EMAILS)
        if len(self.wrong) > before:
            return None
        town = "乡镇" if _TOWN.search(name) else "部门"
        return NewUnit(
            row.number,
            id_,
            name,
            group or town,
            sector or group or town,
            supervisor,
            officers,
            quota,
        )

    def _supervisor(self, row: Row) -> NewPerson:
        name = self._text(row, Field.SUPERVISOR)
        if not name and Field.SUPERVISOR in self.columns.places:
            self._mistake(row, Field.SUPERVISOR, "没有写分管领导", "每个单位写一位，没有定的先写“待定”")
        account = self._text(row, Field.SUPERVISOR_ACCOUNT)
        return NewPerson(name, account or None, tuple(self._parts(row, Field.SUPERVISOR_EMAIL)))

    def _officers(self, row: Row) -> tuple[NewPerson, ...]:
        names = [name for part in self._parts(row, Field.OFFICERS) for name in persons(part)]
        accounts, emails = list(self._parts(row, Field.ACCOUNTS)), list(self._parts(row, Field.EMAILS))
        if len(names) == 1 and len(accounts) <= 1:
            return (NewPerson(names[0], accounts[0] if accounts else None, tuple(emails)),)
        for field, given in ((Field.ACCOUNTS, accounts), (Field.EMAILS, emails)):
            if given and len(given) != len(names):
                fact = f"信息员有 {len(names)} 位，{field}有 {len(given)} 个"
                self._mistake(row, field, fact, "请照信息员的顺序一人写一个，用顿号分开")
                return ()
        return tuple(
            NewPerson(name, accounts[at] if accounts else None, (emails[at],) if emails else ())
            for at, name in enumerate(names)
        )

    def _quota(self, row: Row) -> Quota | None:
        amounts: dict[str, str] = {}
        for field, key in ((Field.COUNT, "count"), (Field.POINTS, "points")):
            text = self._text(row, field)
            if text and not re.fullmatch(r"\d{1,4}", text, re.ASCII):
                self._mistake(row, field, f"写的是“{text}”", "请写全年的数，如 12，不带单位")
            elif text:
                amounts[key] = text
        return Quota.model_validate({k: int(v) for k, v in amounts.items()}) if amounts else None

    def _below(self, row: Row, field: Field) -> str:
        """A group or sector; an empty cell says what the one above says, as merged cells do."""
        text = self._text(row, field)
        if text:
            self.above[field] = text
        elif field in self.columns.places and field in self.above:
            self.merged.setdefault(field, []).append(row.number)
        elif field in self.columns.places:
            self._mistake(row, field, f"没有写{field}", "请写上")
        return text or self.above.get(field, "")

    def _parts(self, row: Row, field: Field) -> Iterator[str]:
        text = self._cell(row, field)
        text = text if field is Field.OFFICERS else _BLANKS.sub("、", text)
        for part in filter(None, map(str.strip, _BETWEEN.split(text))):
            if self._fits(row, field, part):
                yield part

    def _text(self, row: Row, field: Field) -> str:
        text = " ".join(self._cell(row, field).split())
        return text if text and self._fits(row, field, text) else ""

    def _cell(self, row: Row, field: Field) -> str:
        place = self.columns.places.get(field)
        if place is None:
            return ""
        if place in row.formulas:
            self._mistake(row, field, "是公式，不知道得数", "请粘贴为数值")
        return row.cells[place] if place < len(row.cells) else ""

    def _fits(self, row: Row, field: Field, text: str) -> bool:
        form = _FORMS.get(field, _NAME)
        try:
            form.validate_python(text)
        except ValidationError as error:
            kind = error.errors()[0]
            mend = f"请写在 {LONGEST} 字以内" if kind["type"] == "string_too_long" else kind["msg"]
            self._mistake(row, field, f"“{text[:LONGEST]}”用不了", mend)
            return False
        return True

    def _only_once(self, row: Row, field: Field, text: str, whose: str, kind: Field | None = None) -> None:
        """A name, an id, an address is one unit's or one person's; the same person may answer for several units."""
        if not text:
            return
        number, owner = self.seen.setdefault((kind or field, text.casefold()), (row.number, whose))
        if number != row.number and (kind is None or owner != whose):
            mend = "请删去一行" if field is Field.NAME else "请改一个"
            self._mistake(row, field, f"“{text}”在第 {number} 行已经有了", mend)

    def _mistake(self, row: Row, field: Field, fact: str, mend: str) -> None:
        place = f" {letter(self.columns.places[field])} 列" if field in self.columns.places else ""
        self.wrong.append(f"第 {row.number} 行{place}（{field}）{printable(fact)}；{mend}")


def read_roster(path: Path, county: str) -> Roster:
    """The units of a table (.csv, .xlsx) for the county of that name (青山县). Raises FoundingError with every mistake in it."""
    try:
        columns = columns_of(read_sheets(path))
    except SpreadsheetError as error:
        raise FoundingError(str(error)) from None
    if columns is None:
        raise FoundingError(
            f"{path.name} 里没有找到表头：前 10 行里要有一行写着“单位”，最好还有 类别、战线、信息员、分管领导、邮箱、任务数"
        )
    reader = _Reader(columns, county)
    if Field.SUPERVISOR not in columns.places:
        reader.wrong.append("表里没有“分管领导”一栏；请加上，每个单位写一位，没有定的先写“待定”")
    reader.wrong += [f"“{heading}”一栏有两个；请留下一个" for heading in columns.twice]
    units = list(reader.units())
    if not units and not reader.wrong:
        reader.wrong.append("表头下面没有单位；请一行写一个")
    if reader.wrong:
        said = [f"  {line}" for line in reader.wrong[:MOST_SAID]]
        more = [f"  ……一共 {len(reader.wrong)} 处"] if len(reader.wrong) > MOST_SAID else []
        raise FoundingError("\n".join([f"{path.name} 有 {len(reader.wrong)} 处要改：", *said, *more]))
    notes = (*_notes(units, columns), *_merged(reader.merged), *_summed(reader.sums))
    return Roster(tuple(_with_ids(units, columns, county)), notes)


def _summed(rows: Sequence[int]) -> Iterator[str]:
    if rows:
        yield f"第 {'、'.join(map(str, rows))} 行是合计，没有当作单位"


def _merged(rows: Mapping[Field, Sequence[int]]) -> Iterator[str]:
    for field, numbers in rows.items():
        listed = "、".join(map(str, numbers[:8])) + ("……" if len(numbers) > 8 else "")
        yield f"第 {listed} 行没有写{field}，当作合并的单元格，照上一行；不是的请写上再来"


def _with_ids(units: Sequence[NewUnit], columns: Columns, county: str) -> Iterator[NewUnit]:
    taken = {unit.id for unit in units if unit.id}
    place = columns.places.get(Field.SHORT)
    rows = {row.number: row.cells for row in columns.rows}
    for unit in units:
        cells = rows[unit.row]
        short = cells[place] if place is not None and place < len(cells) else ""
        id_ = unit.id or unit_id(short or unit.name, county, taken)
        taken.add(id_)
        yield replace(unit, id=id_)


def _notes(units: Sequence[NewUnit], columns: Columns) -> Iterator[str]:
    if columns.sheet:
        yield f"只读了第 {columns.sheet} 张工作表，别的没有读"
    if columns.unused:
        yield f"没有用到的栏：{'、'.join(map(printable, columns.unused))}"
    if Field.GROUP not in columns.places:
        yield "没有“类别”一栏，按名称分成了乡镇和部门；类别决定谁和谁排名，请核对 registry/units.yml"
    if Field.SECTOR not in columns.places:
        yield "没有“战线”一栏，照类别写的"
    without = [unit.name for unit in units if not unit.officers]
    if without:
        yield f"没有信息员的单位：{'、'.join(without[:5])}{'……' if len(without) > 5 else ''}"
    strangers = [o.name for unit in units for o in unit.officers if not (o.account or o.emails)]
    if strangers:
        yield f"{len(strangers)} 位信息员没有账号和邮箱，认不出他们的提议；有了再写进 registry/units.yml"
