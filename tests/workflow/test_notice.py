"""The quarter's written notice in a real repository: the whole text, a closed quarter as it was closed, the files, and the signed file checked."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from workflow.desk import Office, run
from workflow.git_county import GitCounty
from workflow.notice_county import SECRET_TITLE, URGENT_TITLE, county_with_items

GOLDEN = Path(__file__).parent / "notice-2026-Q3.txt"
SIGNED = ("--number", "5", "--date", "2026-10-08")

PLANTED = (SECRET_TITLE, URGENT_TITLE, "20260707-0900-shuiwu", "省委信息 第8期", "县委书记", "请补数字")
"""What the units may not read of the closed quarter."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county, its third quarter not closed."""
    return county_with_items(tmp_path_factory.mktemp("notice") / "county").root


@pytest.fixture(scope="module")
def shut(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with its third quarter closed, and that committed."""
    from zhibao.desk.closing import closing
    from zhibao.model.period import Period
    from zhibao.repo.notice_files import path_of

    county = GitCounty.copied(prepared, tmp_path_factory.mktemp("closed") / "county")
    period = Period.parse("2026-Q3")
    county.commit(path_of(period), closing(county.root, period).text, "zhangwen", "2026-10-05T09:00:00+08:00")
    return county.root


@pytest.fixture
def closed(shut: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office.copied(shut, tmp_path, capsys)


@pytest.fixture
def still_open(prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office.copied(prepared, tmp_path / "open", capsys)


def made(office: Office, *more: str) -> Path:
    """The notice as a .docx, written beside the county."""
    path = office.root.parent / "通报.docx"
    status, words = office.call("notice", "2026-Q3", *more, "--docx", str(path))
    assert (status, f"文件写好了：{path}" in words) == (0, True), words
    return path


def xml(path: Path, part: str = "word/document.xml") -> str:
    return zipfile.ZipFile(path).read(part).decode("utf-8")


def save(office: Office, path: str, text: str) -> None:
    office.county.commit(path, text, "zhangwen", "2026-11-01T09:00:00+08:00")


# the text


def test_the_whole_notice_of_a_closed_quarter(closed: Office) -> None:
    status, words = closed.call("notice", "2026-Q3", *SIGNED)
    assert status == 0
    assert words == GOLDEN.read_text("utf-8")


def test_a_quarter_that_is_not_closed_is_a_draft_on_the_text_and_on_every_page(
    still_open: Office, closed: Office
) -> None:
    status, words = still_open.call("notice", "2026-Q3", *SIGNED)
    assert status == 0
    told = GOLDEN.read_text("utf-8").replace(
        "已经封存；此后核实的变动，在下一季度补差", "尚未封存，以封存后的为准"
    )
    assert words == f"【草稿（未封存）】\n{told}"
    draft, final = made(still_open), made(closed)
    headers = [name for name in zipfile.ZipFile(draft).namelist() if re.match(r"word/header\d", name)]
    assert [("草稿（未封存）" in xml(draft, name), "草稿" in xml(final, name)) for name in headers] == [
        (True, False),
        (True, False),
    ]
    assert "草稿" not in xml(final)


def test_a_running_quarter_is_told_up_to_today_and_not_compared(still_open: Office) -> None:
    words = still_open.call("notice", "2026-Q4")[1]
    assert "数字截至2026年11月24日，尚未封存" in words
    assert (
        "第四季度，全县5个单位报送信息0条，任务数11条，完成率0.0%；采用0条；上报0条，上级采用0条次。没有领导批示。"
        in words
    )
    assert "第四季度没有到期的约稿。" in words
    assert "各单位没有报送紧急信息。" in words
    assert "零报送单位5个：大坝镇、南渡镇、县水务局、县教育局、县总工会。" in words
    assert "〔2027〕\u3000号" in words
    assert words.endswith("试验县委办公室\n2027年\u3000月\u3000日\n")
    assert "比上季度" not in words
    assert "第一名" not in words


def test_a_closed_quarter_is_told_as_it_was_closed_but_what_was_withdrawn_is_not_named(
    closed: Office,
) -> None:
    path = "submissions/2026/07/20260702-0900-daba.md"
    text = closed.county.text(path)
    save(closed, path, text.replace("review:\n", "review:\n  withdrawn: {date: 2026-10-20, reason: 不实}\n"))
    new = "submissions/2026/09/20260901-0900-gonghui.md"
    save(
        closed,
        new,
        closed.county.text("submissions/2026/09/20260910-0900-jiaoyu.md").replace("jiaoyu", "gonghui"),
    )
    status, words = closed.call("notice", "2026-Q3", *SIGNED)
    assert status == 0
    before = GOLDEN.read_text("utf-8").splitlines()
    now = words.splitlines()
    assert [line for line in now if line not in before] == [
        "\u3000\u3000各单位的信息被上级采用2条次（州级1、省级1）；县委办公室编报的被采用1条次（省级1），"
        "按层级和日期列在下表，另有2条次不列名。",
        "日期     单位        标题              刊物（形式）",
        "8月20日  县委办公室  全县水价的三本账  省委信息 第9期（单条）",
    ]


def test_what_the_units_may_not_read_stands_in_no_file(closed: Office) -> None:
    words = closed.call("notice", "2026-Q3")[1]
    document = made(closed)
    everything = words + "".join(
        xml(document, name) for name in zipfile.ZipFile(document).namelist() if name.endswith("xml")
    )
    assert [planted for planted in PLANTED if planted in everything] == []
    assert "全县水价的三本账" in everything


def test_ranks_points_and_instructions_stand_only_where_the_network_edition_shows_them(
    closed: Office,
) -> None:
    path = closed.root / "registry/office.yml"
    shown = "network: [points, ranks, reasons, instructions]"
    text = path.read_text("utf-8")
    assert shown in text
    path.write_text(text.replace(shown, "network: []"), "utf-8")
    # who may read is decided today, not at the closing
    words = closed.call("notice", "2026-Q3")[1]
    assert "第一名" not in words
    assert "批示" not in words.replace("五、上级采用和领导批示", "")
    assert "要素不全" not in words
    assert "15.5" not in words
    document = docx.Document(made(closed))
    heads = [[cell.text for cell in table.rows[0].cells] for table in document.tables]
    assert heads[0] == ["单位", "任务", "报送", "完成率", "采用", "采用率", "上报", "上级采用", "约稿"]
    assert sum(cell.width.mm for cell in document.tables[0].rows[1].cells) == pytest.approx(156, abs=0.5)


# the annex


def annex(office: Office) -> openpyxl.Workbook:
    path = office.root.parent / "附件.xlsx"
    status, words = office.call("notice", "2026-Q3", "--annex", str(path))
    assert (status, f"文件写好了：{path}" in words) == (0, True), words
    return openpyxl.load_workbook(path)


def test_the_annex_has_every_figure_and_every_line_and_the_lines_sum_to_the_points(closed: Office) -> None:
    book = annex(closed)
    assert book.sheetnames == ["统计", "得分明细", "说明"]
    header, *rows = ([cell.value for cell in row] for row in book["统计"].iter_rows())
    assert rows[0] == [
        *(
            "daba",
            "大坝镇",
            "乡镇",
            3,
            2,
            1,
            "66.7%",
            2,
            "100.0%",
            "100.0%",
            1,
            1,
            0,
            0,
            1,
            0,
            1,
            15.5,
            7.75,
            1,
            15.5,
        ),
    ]
    assert header[:4] + header[-4:] == [
        "单位编号",
        "单位",
        "类别",
        "任务数",
        "得分",
        "平均得分",
        "名次",
        "得分增减",
    ]
    points = {row[1]: row[header.index("得分")] for row in rows}
    lines = [[cell.value for cell in row] for row in book["得分明细"].iter_rows(min_row=2)]
    sums = {row[0]: row[8] for row in lines if row[4] == "合计"}
    assert sums == {"大坝镇": 15.5, "南渡镇": 3, "县水务局": 19.5, "县教育局": 3}
    assert all(points[name] == total for name, total in sums.items())
    for name, total in sums.items():
        assert sum(row[8] for row in lines if row[0] == name and row[4] != "合计") == total
    assert next(row[:5] for row in lines if row[0] == "大坝镇") == [
        *("大坝镇", "2026-07-03", "20260702-0900-daba", "大坝镇水井账本一年晒四回", "采用计分"),
    ]
    # the item for the leaders and the urgent one are summed, without day, item or reason
    assert [row for row in lines if row[0] == "县水务局" and row[2] is None and row[4] != "合计"] == [
        ["县水务局", None, None, None, "采用计分", None, None, None, 18, 3, None]
    ]


def test_the_annex_is_inert_repeats_itself_and_shows_no_more_than_the_notice(closed: Office) -> None:
    path = "submissions/2026/07/20260702-0900-daba.md"
    text = closed.county.text(path).replace("title: 大坝镇水井账本一年晒四回", 'title: "=1+1 大坝镇水井账本"')
    save(closed, path, text)
    run(closed.root, "rm", "-q", "registry/notices/2026-Q3.json")  # a draft, from the data as it stands
    book = annex(closed)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "=1+1 大坝镇水井账本" in {cell.value for cell in cells}
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    written = closed.root.parent / "附件.xlsx"
    first = written.read_bytes()
    assert all("草稿（未封存）" in sheet.oddHeader.center.text for sheet in book)
    written.unlink()
    annex(closed)
    assert written.read_bytes() == first
    everything = "".join(str(cell.value) for cell in cells)
    assert [planted for planted in PLANTED if planted in everything] == []
    written.unlink()
    office = closed.root / "registry/office.yml"
    office.write_text(office.read_text("utf-8").replace("network: [points, ranks,", "network: ["), "utf-8")
    hidden = annex(closed)
    assert hidden.sheetnames == ["统计", "说明"]
    assert not {"得分", "名次", "平均得分"} & {cell.value for cell in hidden["统计"][1]}


# usage


def test_what_cannot_be_told_is_said_in_a_sentence(closed: Office) -> None:
    for arguments, said in (
        ((), "请写哪个季度"),
        (("2026",), "通报的是季度，2026 不是；如 2026-Q3"),
        (("2027-Q1",), "2027年第一季度还没有开始（今天 2026-11-24）"),
        (("2026-Q7",), "写法不对"),
        (("2026-Q3", "--date", "10月8日"), "日期“10月8日”的写法不对，如 2026-10-08"),
        (("2026-Q3", "--number", "0"), "--number 的值不对：要写整数，不小于 1"),
        (("2026-Q3", "--docx", "通报.doc"), "要以 .docx 结尾"),
        (("2026-Q3", "--pdf", "通报.docx"), "要以 .pdf 结尾"),
        (("2026-Q3", "--docx", "/proc/a.docx"), "写不了"),
    ):
        status, words = closed.call("notice", *arguments)
        assert (status, said in words) == (2, True), words
        assert "Traceback" not in words


def test_the_same_words_are_the_same_bytes_and_another_file_is_not_overwritten(closed: Office) -> None:
    path = made(closed, *SIGNED)
    first = path.read_bytes()
    status, words = closed.call("notice", "2026-Q3", *SIGNED, "--docx", str(path))
    assert (status, words) == (0, f"{path} 已经是这样了\n")
    path.write_bytes(b"mine")
    status, words = closed.call("notice", "2026-Q3", *SIGNED, "--docx", str(path))
    assert (status, "已经有了，没有改动它" in words, path.read_bytes()) == (2, True, b"mine")
    path.unlink()
    assert made(closed, *SIGNED).read_bytes() == first
    stamps = {info.date_time for info in zipfile.ZipFile(io.BytesIO(first)).infolist()}
    assert stamps == {(1980, 1, 1, 0, 0, 0)}


def test_without_libreoffice_a_pdf_is_refused_with_what_to_do(
    closed: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("zhibao.repo.libre_office.PROGRAMS", ("no-such-program",))
    status, words = closed.call("notice", "2026-Q3", "--pdf", str(tmp_path / "a.pdf"))
    assert status == 2
    assert words == (
        "zhibao：没有找到 LibreOffice，写不成 .pdf；请安装（Debian/Ubuntu：sudo apt-get install libreoffice-writer-nogui），"
        "或者用 --docx 存下，在 WPS 或 Word 里另存为 PDF\n"
    )
    assert not (tmp_path / "a.pdf").exists()


def test_a_clone_without_the_commit_of_the_closing_says_how_to_get_it(closed: Office, tmp_path: Path) -> None:
    save(closed, "registry/note.txt", "x")
    run(tmp_path, "clone", "-q", "--depth", "1", closed.root.as_uri(), "shallow")
    status, words = closed.call("notice", "2026-Q3", root=tmp_path / "shallow")
    assert (status, "git fetch --unshallow" in words) == (2, True), words


# the template


def test_an_office_writes_its_own_template_and_it_is_used(closed: Office) -> None:
    status, words = closed.call("notice", "--template")
    assert (status, "模板写好了：registry/templates/notice.docx" in words) == (0, True)
    plain = made(closed, *SIGNED).read_bytes()
    (closed.root.parent / "通报.docx").unlink()
    template = closed.root / "registry/templates/notice.docx"
    document = docx.Document(template)
    document.add_paragraph("联系人：{{ 发文机关 }}信息科")
    document.save(template)
    own = made(closed, *SIGNED)
    assert own.read_bytes() != plain
    assert docx.Document(own).paragraphs[-1].text == "联系人：试验县委办公室信息科"
    status, words = closed.call("notice", "--template")
    assert (status, "已经有了，没有改动它" in words) == (2, True)


def test_a_broken_template_is_said_with_its_place_and_its_mend(closed: Office) -> None:
    closed.call("notice", "--template")
    template = closed.root / "registry/templates/notice.docx"
    whole = template.read_bytes()
    for line, said in (
        ("{{ 联系电话 }}", "没有“联系电话”这个占位符"),
        ("{%p for 段 in 约稿 %}", "占位符写错了，或者 for、if 没有写 endfor、endif"),
        ("{{ 标题 ", "占位符写错了"),
    ):
        document = docx.Document(io.BytesIO(whole))
        document.add_paragraph(line)
        document.save(template)
        status, words = closed.call("notice", "2026-Q3", "--docx", str(closed.root.parent / "a.docx"))
        assert status == 1
        assert words.startswith(f"registry/templates/notice.docx：{said}"), words
        assert words.endswith("；请对照 docs/notice.md 改好，或者删去这个文件，用程序自带的\n")
    template.write_bytes(b"not a document")
    status, words = closed.call("notice", "2026-Q3", "--docx", str(closed.root.parent / "a.docx"))
    assert (status, "registry/templates/notice.docx 不是 .docx 文件" in words) == (2, True), words
    template.unlink()
    template.symlink_to("/etc/hostname")
    status, words = closed.call("notice", "2026-Q3", "--docx", str(closed.root.parent / "a.docx"))
    assert (status, "registry/templates/notice.docx 打不开" in words) == (2, True), words
    assert not (closed.root.parent / "a.docx").exists()


# the signed file


def test_a_file_that_says_what_was_frozen_is_verified_after_an_offices_edits(closed: Office) -> None:
    path = made(closed, *SIGNED)
    assert closed.call("notice", "--verify", str(path)) == (
        0,
        "2026年第三季度：核对了各表的 77 个数字，全部相同；正文里的数字请对照 zhibao notice 2026-Q3 再看一遍\n",
    )
    document = docx.Document(path)
    table = document.tables[0]
    rows = table.rows
    rows[1]._tr.addprevious(rows[2]._tr)  # another order
    table.rows[2].cells[2].text = " ２ "  # full-width, with spaces
    table.rows[2].cells[3].text = "66.7"
    table.rows[2].cells[0].text = "大 坝 镇"
    table.add_column(rows[0].cells[0].width)
    table.rows[0].cells[-1].text = "备注"
    table.rows[1].cells[-1].text = "新设"
    document.paragraphs[5].text = "改过的正文，第9999名。"
    document.save(path)
    status, words = closed.call("notice", "2026-Q3", "--verify", str(path))
    assert (status, "77 个数字，全部相同" in words) == (0, True), words


def test_every_cell_that_differs_is_named(closed: Office) -> None:
    path = made(closed, *SIGNED)
    document = docx.Document(path)
    towns, departments, totals = document.tables[:3]
    towns.rows[1].cells[2].text = "3"
    departments.rows[1].cells[10].text = "20.5"
    departments.rows[3]._tr.getparent().remove(departments.rows[3]._tr)
    totals.rows[1].cells[5].text = ""
    extra = totals.add_row()
    extra.cells[0].text, extra.cells[2].text = "县文\x9b2J联", "4"
    document.add_paragraph("草稿（未封存）")
    document.save(path)
    assert closed.call("notice", "--verify", str(path)) == (
        1,
        "通报.docx：第1张表 大坝镇 “报送”：印的是“3”，封存的是“2”\n"
        "通报.docx：第2张表 县水务局 “得分”：印的是“20.5”，封存的是“19.5”\n"
        "通报.docx：第3张表 合计 “采用率”：印的是“空白”，封存的是“75.0%”\n"
        "通报.docx：第3张表的“县文\\x9b2J联”不在封存的单位里\n"
        "通报.docx：表里没有这些单位：县总工会\n"
        "通报.docx：文件上还印着“草稿（未封存）”\n"
        "2026年第三季度：核对了各表的 66 个数字，6 处不同；正文里的数字请对照 zhibao notice 2026-Q3 再看一遍\n",
    )


def test_what_cannot_be_verified_is_said(closed: Office, still_open: Office) -> None:
    path = made(closed)
    status, words = still_open.call("notice", "--verify", str(path))
    assert (status, "2026年第三季度还没有封存，没有可以核对的数字" in words) == (2, True)
    empty = docx.Document()
    empty.save(path)
    status, words = closed.call("notice", "--verify", str(path))
    assert (status, "里没有写是哪个季度" in words) == (2, True)
    status, words = closed.call("notice", "2026-Q3", "--verify", str(path))
    assert status == 1
    assert "没有找到各单位的表：第一列是“单位”" in words
    status, words = closed.call("notice", "--verify", str(closed.root / "registry/office.yml"))
    assert (status, "不是 .docx" in words) == (2, True)
    status, words = closed.call("notice", "--verify", "没有.docx")
    assert (status, "打不开" in words) == (2, True)


def test_the_frozen_file_is_what_counts(closed: Office) -> None:
    """Whatever the data says today: a notice that was changed with the data differs."""
    path = made(closed, *SIGNED)
    notice = closed.root / "registry/notices/2026-Q3.json"
    values = json.loads(notice.read_text("utf-8"))
    values["figures"]["groups"][0]["units"][0]["points"] = "99.00"
    notice.write_text(json.dumps(values, ensure_ascii=False), "utf-8")
    status, words = closed.call("notice", "--verify", str(path))
    assert (status, "大坝镇 “得分”：印的是“15.5”，封存的是“99”" in words) == (1, True), words
