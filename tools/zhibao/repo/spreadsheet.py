"""Tables that people send (.csv, .xlsx), read as text within bounds: no formula is calculated, no link followed, no entity expanded."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

from zhibao.model.inert import INERT
from zhibao.model.os_words import plainly
from zhibao.repo.package import PackageError, open_package
from zhibao.repo.plain_text import decoded

LARGEST = 5_000_000
"""Bytes of a table's file; a month's list has 30,000."""
MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000
"""Characters of a cell that are read."""

SUFFIXES = (".csv", ".xlsx")

_QUOTED = re.compile(r'="(.*)"', re.DOTALL)
"""How programs write a text into a CSV that a spreadsheet must not take for a number."""


class SpreadsheetError(Exception):
    """A table cannot be read or written. The message is Chinese and fit to be shown."""


class _Cell(NamedTuple):
    value: object
    formula: bool


class Row(NamedTuple):
    """One row: its number as a spreadsheet shows it, its cells as text, and the places (from 0) that hold formulas, which read as empty."""

    number: int
    cells: tuple[str, ...]
    formulas: tuple[int, ...] = ()


def read_sheets(path: Path) -> list[tuple[Row, ...]]:
    """The sheets of a table, each with its rows that are not empty; a CSV has one. Raises SpreadsheetError."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise SpreadsheetError(f"{path.name} 不是 .csv 或 .xlsx；请在 WPS 或 Excel 里另存为 .xlsx")
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise SpreadsheetError(f"打不开 {path}：没有这个文件；请看看名称和所在的文件夹") from None
    except OSError as error:
        raise SpreadsheetError(f"打不开 {path}：{plainly(error)}") from None
    if len(data) > LARGEST:
        raise SpreadsheetError(f"{path.name} 超过 {LARGEST // 1_000_000} MB，不像一份名单")
    return [_csv(data, path.name)] if suffix == ".csv" else _workbook(data, path.name)


def _csv(data: bytes, name: str) -> tuple[Row, ...]:
    text = decoded(data)
    if text is None:
        raise SpreadsheetError(f"{name} 不是 UTF-8 或 GBK 的文字；请另存为 .xlsx")
    first = text.split("\n", 1)[0]
    separator = max(",\t;", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return tuple(_rows(enumerate(map(_typed, reader), 1), name))
    except csv.Error:
        raise SpreadsheetError(f"{name} 的引号或分隔不成对，读不成表；请另存为 .xlsx") from None


def _typed(cells: Sequence[str]) -> list[_Cell]:
    """The cells of a line of CSV: `="…"` and `'=…` are texts, anything else with = in front is a formula."""
    return [
        _Cell(INERT.sub("", quoted[1] if (quoted := _QUOTED.fullmatch(cell)) else cell), _is_formula(cell))
        for cell in cells
    ]


def _is_formula(cell: str) -> bool:
    return cell.lstrip().startswith("=") and not _QUOTED.fullmatch(cell)


def _workbook(data: bytes, name: str) -> list[tuple[Row, ...]]:
    try:
        open_package(
            data, name
        )  # refuses what would unpack to too much, and what no spreadsheet program writes
    except PackageError as error:
        raise SpreadsheetError(str(error)) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that are not read anyway
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            return [tuple(_rows(_raw(sheet), name)) for sheet in sheets]
    except SpreadsheetError:
        raise
    except Exception:  # a damaged workbook raises whatever its damage leads to
        raise SpreadsheetError(
            f"{name} 读不成表格，可能损坏或加了密码；请在 WPS 或 Excel 里另存为 .xlsx"
        ) from None


def _raw(sheet: Any) -> Iterator[tuple[int, list[_Cell]]]:
    found = sheet.iter_rows(min_row=1, max_row=MOST_ROWS + 1, min_col=1, max_col=MOST_COLUMNS)
    for number, cells in enumerate(found, 1):
        yield number, [_Cell(cell.value, cell.data_type == "f") for cell in cells]


def _rows(found: Iterable[tuple[int, Sequence[_Cell]]], name: str) -> Iterator[Row]:
    for number, cells in found:
        formulas = tuple(place for place, cell in enumerate(cells) if cell.formula)
        texts = ["" if cell.formula else _text(cell.value) for cell in cells]
        while texts and not texts[-1] and len(texts) - 1 not in formulas:
            texts.pop()
        if not texts:
            continue
        if number > MOST_ROWS or len(texts) > MOST_COLUMNS:
            raise SpreadsheetError(f"{name} 超过 {MOST_ROWS} 行或 {MOST_COLUMNS} 列；请只留下名单，另存一份")
        yield Row(number, tuple(texts), formulas)


def _text(value: object) -> str:
    """A cell as text: a day as 2026-10-20, a whole number without decimals."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:LONGEST_CELL].strip()
