"""A table for people to fill in, as .csv or .xlsx: written whole or not at all; no text in it can become a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from zhibao.model.finding import printable
from zhibao.repo.spreadsheet import SpreadsheetError
from zhibao.repo.writing import WriteError, write_at

_ACTIVE = re.compile(r"\A[=+\-@\t\r＝＋－＠]")
"""How a text begins that a spreadsheet program takes for a formula when it opens a CSV."""


class Column(NamedTuple):
    """A column: its heading, its width in characters, and what may be picked in it (anything may be typed)."""

    heading: str
    width: int
    choices: tuple[str, ...] = ()


def write_sheet(
    path: Path, columns: Sequence[Column], rows: Sequence[Sequence[str]], shades: Sequence[str] = ()
) -> None:
    """Write a table in the place of the one that stands there. `shades` are the rows' colours (`FFF2CC`, or empty); a CSV has none.

    Raises SpreadsheetError.
    """
    clean = [tuple(_clean(cell) for cell in row) for row in rows]
    data = _csv(columns, clean) if path.suffix.lower() == ".csv" else _xlsx(columns, clean, shades)
    try:
        write_at(path, data)
    except WriteError as error:
        raise SpreadsheetError(f"{error}；表格若开着，请先关上") from None


def _csv(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.heading for column in columns])
    writer.writerows([[f"'{cell}" if _ACTIVE.match(cell) else cell for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")  # by the mark a spreadsheet program knows the encoding


def _xlsx(columns: Sequence[Column], rows: Sequence[Sequence[str]], shades: Sequence[str]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    _fill(sheet, 1, [column.heading for column in columns], "D9D9D9", bold=True)
    for number, row in enumerate(rows, 2):
        _fill(sheet, number, row, shades[number - 2] if shades else "")
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        if column.choices and rows:
            picks = DataValidation("list", formula1=f'"{",".join(column.choices)}"', showErrorMessage=False)
            picks.add(f"{letter}2:{letter}{len(rows) + 1}")
            sheet.add_data_validation(picks)
    sheet.freeze_panes = "B2"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _fill(sheet: Worksheet, number: int, texts: Sequence[str], shade: str, *, bold: bool = False) -> None:
    for place, text in enumerate(texts, 1):
        cell = sheet.cell(number, place)
        if not isinstance(cell, Cell):
            continue
        cell.value = text or None
        if text:
            cell.data_type = "s"  # whatever it begins with
            cell.quotePrefix = bool(_ACTIVE.match(text))  # and stays so when somebody edits the cell
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if bold:
            cell.font = Font(bold=True)
        if shade:
            cell.fill = PatternFill("solid", fgColor=shade)


def _clean(text: str) -> str:
    return "\n".join(printable(line) for line in text.split("\n"))
