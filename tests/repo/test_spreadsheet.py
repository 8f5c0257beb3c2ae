"""Tables that people send: every encoding they use, nothing that harms; and tables for them, in which no text is a formula."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibao.repo import spreadsheet
from zhibao.repo.spreadsheet import Row, SpreadsheetError, read_sheets
from zhibao.repo.spreadsheet_writing import Column, write_sheet

ACTIVE = ("=1+1", "+8613", "-x", "@SUM(A1)", "\tx", "＝1", "'=x")
COLUMNS = [Column("确认", 8, ("是", "否")), Column("标题", 30)]


def cells(path: Path) -> list[tuple[str, ...]]:
    (rows,) = read_sheets(path)
    return [row.cells for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_in_every_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f'标题{separator}单位\r\n"甲，\n乙"{separator}大坝镇\r\n\r\n'.encode(encoding))
    assert cells(path) == [("标题", "单位"), ("甲，\n乙", "大坝镇")]


def test_a_formula_in_csv_reads_as_empty_and_a_quoted_text_as_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("标题,期号,说明\n" + '=HYPERLINK("x"),"=""045""",' + "'=好\n", "utf-8")
    assert read_sheets(path)[0][1] == Row(2, ("", "045", "=好"), (0,))


def test_xlsx_days_numbers_and_formulas(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B2"], sheet["C2"], sheet["D2"] = 45, 4.5, datetime(2026, 10, 20)
    sheet["E2"], sheet["A3"], sheet["A5"] = True, "=1+1", "尾"
    hidden = book.create_sheet("藏")
    hidden["A1"], hidden.sheet_state = "看不见", "hidden"
    book.save(tmp_path / "a.xlsx")
    assert read_sheets(tmp_path / "a.xlsx") == [
        (Row(2, ("", "45", "4.5", "2026-10-20")), Row(3, ("",), (0,)), Row(5, ("尾",)))
    ]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xls", b"", "不是 .csv 或 .xlsx"),
        ("a.docx", b"PK\x03\x04", "不是 .csv 或 .xlsx"),
        ("a.csv", "标题".encode("utf-16"), "不是 UTF-8 或 GBK"),
        ("a.csv", b"\xff\xff\xff", "不是 UTF-8 或 GBK"),
        ("a.csv", "标题,单位\n".encode() + b"x," * 70, "列"),
        ("a.csv", b'"' + b"x" * 200_000, "读不成表"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "是旧格式（.xls、.et 一类）"),
        (
            "a.xlsx",
            b"PK\x03\x04 broken",
            "打不开，可能没有传完，或者损坏了；请用 WPS 或 Excel 打开，另存为 .xlsx 再交",
        ),
        ("a.csv", b"x" * (spreadsheet.LARGEST + 1), "超过 5 MB"),
        ("a.csv", b"x\n" * (spreadsheet.MOST_ROWS + 1), "超过 5000 行"),
    ],
)
def test_what_is_no_list_is_refused_in_words(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SpreadsheetError, match=words):
        read_sheets(tmp_path / name)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SpreadsheetError, match="打不开"):
        read_sheets(tmp_path / "none.csv")


def workbook(change: dict[str, bytes]) -> bytes:
    """A sound workbook with some parts put in the place of its own."""
    plain, made = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["标题", "单位"])
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change.get(part, old.read(part)))
        for part in change.keys() - set(old.namelist()):
            new.writestr(part, change[part])
    return made.getvalue()


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"xl/media/bomb.bin": b"\0" * 60_000_000}, "展开后太大"),
        ({f"xl/{number}.bin": b"" for number in range(1000)}, "1000 个部分"),
        ({"xl/worksheets/sheet1.xml": ENTITIES.encode()}, "都不会写的内容"),
        ({"xl/workbook.xml": ENTITIES.encode("utf-16")}, "都不会写的内容"),
        ({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row r='x'>"}, "读不成表格"),
        ({"xl/workbook.xml": b"<"}, "读不成表格"),
    ],
)
def test_bombs_and_damage_are_refused_in_words(tmp_path: Path, change: dict[str, bytes], words: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook(change))
    with pytest.raises(SpreadsheetError, match=words):
        read_sheets(tmp_path / "a.xlsx")


def test_a_cell_far_away_costs_nothing_and_a_row_far_down_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1"] = "标题", "远"
    book.save(tmp_path / "a.xlsx")
    assert cells(tmp_path / "a.xlsx") == [("标题",)]
    book.active["A1048576"] = "底"
    book.save(tmp_path / "a.xlsx")
    assert cells(tmp_path / "a.xlsx") == [("标题",)]
    book.active[f"A{spreadsheet.MOST_ROWS + 1}"] = "多一行"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(SpreadsheetError, match="超过 5000 行"):
        read_sheets(tmp_path / "a.xlsx")


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_words(data: bytes) -> None:
    for read in (spreadsheet._csv, spreadsheet._workbook):
        try:
            read(data, "a")
        except SpreadsheetError as error:
            assert "a" in str(error)


# writing


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_is_written_is_read_again_and_nothing_in_it_is_a_formula(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    write_sheet(path, COLUMNS, [("", text) for text in ACTIVE], ["FFF2CC"] * len(ACTIVE))
    (rows,) = read_sheets(path)
    assert [row.formulas for row in rows] == [()] * (len(ACTIVE) + 1)
    shown = [text.replace("\t", "\\t") for text in ACTIVE]
    if suffix == ".csv":
        shown[-1] = "=x"  # an apostrophe before = is the mark of a text, whoever wrote it
    assert [row.cells[1] for row in rows[1:]] == shown


def test_in_csv_active_texts_have_an_apostrophe_and_excel_knows_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_sheet(path, COLUMNS, [("", text) for text in ACTIVE[:4]])
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").splitlines()[1:] == [f",'{text}" for text in ACTIVE[:4]]


def test_in_xlsx_they_are_texts_and_stay_so_when_edited(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_sheet(path, COLUMNS, [("", "=1+1"), ("是", "平常")])
    sheet = openpyxl.load_workbook(path).active
    assert (sheet["B2"].data_type, sheet["B2"].quotePrefix, sheet["B3"].quotePrefix) == ("s", True, False)
    (picks,) = sheet.data_validations.dataValidation
    assert (picks.formula1, str(picks.sqref), picks.showErrorMessage) == ('"是,否"', "A2:A3", False)
    assert sheet.freeze_panes == "B2"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@given(texts=st.lists(st.tuples(st.just("是"), st.text(max_size=8)), max_size=4))
def test_no_text_keeps_a_table_from_being_written_and_read(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, texts: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    write_sheet(path, COLUMNS, texts)
    (rows,) = read_sheets(path)
    assert [row.cells[0] for row in rows] == ["确认", *("是" for _ in texts)]
    assert not any(row.formulas for row in rows)


def test_a_table_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    with pytest.raises(SpreadsheetError, match="写不了"):
        write_sheet(folder / "a.csv", COLUMNS, [])
    path = tmp_path / "a.csv"
    write_sheet(path, COLUMNS, [("是", "甲")])
    write_sheet(path, COLUMNS, [("否", "乙")])
    assert cells(path) == [("确认", "标题"), ("否", "乙")]
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]
