"""A list that the level above sends of what it used: found in a sheet by the words of its headings, read row by row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from zhibao.desk.use_dates import When, when, within
from zhibao.desk.uses import issue_of
from zhibao.model.office import Office
from zhibao.model.period import Period
from zhibao.repo.spreadsheet import Row

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "title": ("标题", "题目", "篇名"),
    "unit": ("报送单位", "供稿单位", "来稿单位", "单位", "来源", "县市"),
    "issue": ("期号", "期数", "刊期", "期次"),
    "day": ("采用日期", "采用时间", "刊发日期", "刊发时间", "日期", "时间", "月份"),
    "form": ("采用形式", "采用方式", "形式"),
    "publication": ("采用刊物", "刊物", "刊名"),
}
"""What a heading says, by the column that it heads; the earlier word is the surer one."""

LONGEST_TITLE = 200
DEEPEST_HEADING = 30
"""Rows in which the headings are looked for."""

_LONGEST_HEADING = 12
_NOT_OF_USE = ("报送时间", "报送日期", "上报时间", "上报日期", "来稿时间", "来稿日期")
_MERGED = ("issue", "day", "publication")
"""What is often written once for several rows."""
_TOTALS = ("合计", "小计", "总计")
_LEADING = re.compile(r"^[\s\d一二三四五六七八九十、.．（）()]*")


@dataclass(frozen=True)
class Terms:
    """What is known beside the list: the level that sent it, and what holds where a row says nothing."""

    office: Office
    level: str
    today: date
    month: Period | None = None
    form: str = ""
    publication: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The publications of the level."""
        return tuple(one.name for one in self.office.publications if one.level == self.level)


@dataclass(frozen=True)
class ReportedUse:
    """One row: what was used, of whom, when and where. `publication` has its issue behind it; empty texts are not known.

    `line` is the row's number in the list, `notes` what an editor has to know of it.
    """

    line: int
    title: str
    unit: str
    when: When | None
    form: str
    publication: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportedList:
    """The rows of a list, and those that could not be read, said in words."""

    uses: tuple[ReportedUse, ...]
    problems: tuple[str, ...] = ()


@dataclass
class _Above:
    """What the rows further up leave to those below: merged cells and lines between read as empty."""

    publication: str = ""
    texts: dict[str, str] = field(default_factory=dict)


def reported_uses(sheets: Sequence[Sequence[Row]], terms: Terms) -> ReportedList:
    """The uses in the first sheet that has the headings. Raises ValueError, in Chinese, where none has."""
    for rows in sheets:
        for place, row in enumerate(rows[:DEEPEST_HEADING]):
            columns = columns_of(row)
            if columns:
                return _read(rows[place + 1 :], columns, terms)
    raise ValueError(
        f"没有找到表头：要有一行写着“标题”，以及“单位”“期号”“日期”“采用形式”“刊物”里的一个以上（前 {DEEPEST_HEADING} 行以内）"
    )


def columns_of(row: Row) -> dict[str, int]:
    """The place of each column that a row of headings names; empty where it is no such row."""
    texts = [re.sub(r"\s+", "", cell) for cell in row.cells]
    found = {}
    for column, words in HEADINGS.items():
        place = _place(texts, words)
        if place is not None:
            found[column] = place
    return found if "title" in found and len(found) > 1 else {}


def _place(texts: Sequence[str], words: Sequence[str]) -> int | None:
    for word in words:
        for place, text in enumerate(texts):
            if word in text and len(text) <= _LONGEST_HEADING and text not in _NOT_OF_USE:
                return place
    return None


def _read(rows: Sequence[Row], columns: Mapping[str, int], terms: Terms) -> ReportedList:
    uses: list[ReportedUse] = []
    problems: list[str] = []
    above = _Above()
    for row in rows:
        used = [place for place in row.formulas if place in columns.values()]
        cells = {name: row.cells[place] if place < len(row.cells) else "" for name, place in columns.items()}
        if used:
            problems.append(f"第 {row.number} 行有公式，没有读；请在名单里改成文字（复制、选择性粘贴为数值）")
        elif _is_between(row, terms, above) or _is_total(row):
            continue
        elif cells["title"]:
            uses.append(_use(row.number, cells, terms, above))
        elif cells.get("unit") and uses:  # a title merged over the rows of its units
            uses[-1] = replace(uses[-1], unit=f"{uses[-1].unit}、{cells['unit']}".strip("、"))
    return ReportedList(tuple(uses), tuple(problems))


def _is_between(row: Row, terms: Terms, above: _Above) -> bool:
    """Whether a row only says of which publication the next ones are, as `一、州委信息第45期` does; kept for them."""
    filled = [cell for cell in row.cells if cell]
    if len(filled) != 1:
        return False
    text = _LEADING.sub("", filled[0]).strip("《》：:").replace("》", "")
    if not any(text.startswith(name) for name in terms.names):
        return False
    above.publication = text
    above.texts.clear()
    return True


def _is_total(row: Row) -> bool:
    return any(cell.replace(" ", "").startswith(_TOTALS) for cell in row.cells[:3])


def _use(line: int, cells: Mapping[str, str], terms: Terms, above: _Above) -> ReportedUse:
    filled, notes = _filled(cells, above)
    used = within(terms.month) if terms.month else None
    try:
        written = when(filled.get("day", ""), terms.today, terms.month)
    except ValueError as error:
        used = None
        notes.append(str(error))
        above.texts.pop("day", None)
    else:
        used = written or used
        if filled.get("day") and written is None:
            notes.append(f"日期“{filled['day'][:40]}”读不懂")
    return ReportedUse(
        line,
        cells["title"][:LONGEST_TITLE],
        cells.get("unit", ""),
        used,
        _form(cells.get("form", ""), terms),
        _publication(filled, terms, above),
        tuple(notes),
    )


def _filled(cells: Mapping[str, str], above: _Above) -> tuple[dict[str, str], list[str]]:
    """The cells with what the rows above leave to them, and what an editor has to know of that."""
    if cells.get("issue") and cells["issue"] != above.texts.get("issue"):
        above.texts.pop("day", None)  # another issue is of another day
    filled = dict(cells)
    for name in _MERGED:
        if cells.get(name):
            above.texts[name] = cells[name]
        else:
            filled[name] = above.texts.get(name, "")
    left = dict.fromkeys(filled[name] for name in _MERGED if filled[name] and not cells.get(name))
    return filled, [f"“{text[:40]}”随上一行" for text in left]


def _form(text: str, terms: Terms) -> str:
    """The office's own word for a form, where the text has exactly one of them; else the text itself."""
    found = [form for form in terms.office.forms if form in text]
    return found[0] if len(found) == 1 else text or terms.form


def _publication(cells: Mapping[str, str], terms: Terms, above: _Above) -> str:
    """`州委信息 第45期`: the publication that the row, the line above or the command names, with the row's issue."""
    said = cells.get("publication", "").replace("《", "").replace("》", "")
    issue = cells.get("issue", "")
    texts = (said,) if said else (issue, above.publication, terms.publication)
    names = sorted(terms.names, key=len, reverse=True)
    name = next((name for text in texts for name in names if name in text), said)
    if not name and len(names) == 1:
        name = names[0]
    number = next((found for text in (issue, said, above.publication) if (found := issue_of(text))), "")
    if not number and issue.isascii() and issue.isdigit():
        number = f"第{int(issue)}期"
    return f"{name} {number}".strip()
