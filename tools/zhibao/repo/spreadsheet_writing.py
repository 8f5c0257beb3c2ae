"""Tables for people, as .csv or .xlsx: written whole or not at all, the same bytes from the same words; no text in them becomes a formula."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from zhibao.model.finding import printable
from zhibao.model.inert import ACTIVE, inert
from zhibao.repo.packing import packed_anew
from zhibao.repo.spreadsheet import SpreadsheetError
from zhibao.repo.writing import WriteError, write_at

_MADE = datetime(1980, 1, 1)  # noqa: DTZ001 — a property without a zone; no clock, so that the bytes stay
_LONGEST_NAME = 31
"""Characters of a sheet's name, by the format."""
_MARGIN = 0.5
"""Inches around a printed page."""
_LINE = 17
"""Points of a line of text in a cell."""
_BOLD = Font(name="Calibri", sz=11, family=2, b=True)


class Column(NamedTuple):
    """A column: its heading, its width in characters, and what may be picked in it (anything may be typed)."""

    heading: str
    width: float
    choices: tuple[str, ...] = ()


class Sheet(NamedTuple):
    """A sheet of a workbook: a table with its heading in the first row. `title` stands above each printed page; numbers stay numbers."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str | Decimal | int]]
    title: str = ""
    last_is_sum: bool = False


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


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """An .xlsx to be read and printed: headings frozen and printed on every page, A4 across, as wide as the page."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for one in sheets:
        sheet = book.create_sheet(one.name[:_LONGEST_NAME])
        _table(sheet, one.columns, one.rows)
        _printed(sheet, one)
    return _bytes(book)


def _csv(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.heading for column in columns])
    writer.writerows([[inert(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")  # by the mark a spreadsheet program knows the encoding


def _xlsx(columns: Sequence[Column], rows: Sequence[Sequence[str]], shades: Sequence[str]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    _table(sheet, columns, rows, shades)
    for number, column in enumerate(columns, 1):
        if column.choices and rows:
            letter = get_column_letter(number)
            picks = DataValidation("list", formula1=f'"{",".join(column.choices)}"', showErrorMessage=False)
            picks.add(f"{letter}2:{letter}{len(rows) + 1}")
            sheet.add_data_validation(picks)
    return _bytes(book)


def _table(
    sheet: Worksheet,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str | Decimal | int]],
    shades: Sequence[str] = (),
) -> None:
    _fill(sheet, 1, [column.heading for column in columns], "D9D9D9", bold=True)
    for number, row in enumerate(rows, 2):
        _fill(sheet, number, row, shades[number - 2] if shades else "")
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = "B2"


def _fill(
    sheet: Worksheet, number: int, values: Sequence[str | Decimal | int], shade: str, *, bold: bool = False
) -> None:
    for place, value in enumerate(values, 1):
        cell = sheet.cell(number, place)
        if not isinstance(cell, Cell):
            continue
        if isinstance(value, str):
            _text(cell, _clean(value))
        else:
            cell.value = value
            cell.alignment = Alignment(horizontal="right", vertical="top")
        if bold:
            cell.font = _BOLD
        if shade:
            cell.fill = PatternFill("solid", fgColor=shade)


def _text(cell: Cell, text: str) -> None:
    cell.value = text or None
    if text:
        cell.data_type = "s"  # whatever it begins with
        cell.quotePrefix = bool(ACTIVE.match(text))  # and stays so when somebody edits the cell
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _printed(sheet: Worksheet, one: Sheet) -> None:
    """How it prints: lines around the cells, rows as high as their texts, the sum in bold, one page wide and as many long as it takes."""
    thin = Side(style="thin", color="A6A6A6")
    for row in sheet.iter_rows(max_row=len(one.rows) + 1, max_col=len(one.columns)):
        for cell in row:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
    for number, values in enumerate(one.rows, 2):
        sheet.row_dimensions[number].height = _LINE * max(map(_lines, values, one.columns), default=1)
    if one.last_is_sum:
        for cell in sheet[len(one.rows) + 1]:
            cell.font = _BOLD
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = "1:1"
    sheet.page_margins.left = sheet.page_margins.right = _MARGIN
    sheet.HeaderFooter.oddHeader = HeaderFooterItem(center=_HeaderFooterPart(one.title.replace("&", "&&")))
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("&P / &N"))


def _lines(value: str | Decimal | int, column: Column) -> int:
    """How many lines a value takes in its column: no program that opens the file need measure it."""
    room = max(1, int(column.width) - 2)
    wide = (
        sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in line)
        for line in str(value).split("\n")
    )
    return sum(max(1, -(-one // room)) for one in wide)


def _bytes(book: Workbook) -> bytes:
    """The file, without the clock."""
    data = io.BytesIO()
    book.save(data)
    book.properties.created = book.properties.modified = _MADE
    return packed_anew(data.getvalue(), {"docProps/core.xml": tostring(book.properties.to_tree())})


def _clean(text: str) -> str:
    return "\n".join(printable(line) for line in text.split("\n"))
