"""核对单 before a quarter is closed: whole rows, sums, nothing of other units, the same bytes; and what stops it."""

from __future__ import annotations

import hashlib
import html
import io
import json
import shutil
import zipfile
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest

from bases import county_at, put
from publish.sites import LONG, PLANTED, item, planted_adjustments, planted_items, review
from workflow.desk import Office, run

FOLDER = "drafts/2026-Q3"
JOINT = "20260810-0900-nandu"
ANSWERED = """unit: nandu
date: 2026-09-30
item: 20260803-0910-nandu
objection: {by: 钱芳, date: 2026-10-09, line: 2026-08-04 采用计分, words: 这一条应按单篇计}
answer: {by: lisi, date: 2026-10-10, words: 登的是单条}
reason: 采用的形式
"""
WAITING = """unit: nandu
date: 2026-09-30
points: 2
reason: 补记两分
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county with planted sentences, a joint item, a title that looks like a formula, and objections: committed, with its sheets written."""
    root = county_at(tmp_path_factory.mktemp("sheets") / "desk")
    joint = item(
        JOINT,
        title="'=HYPERLINK(1)南渡镇与大坝镇合修的水渠'",
        body=LONG[30:],
        front="with: [{unit: daba, share: 0.4}]",
        review=review(
            "adopted",
            "2026-08-11",
            "  instructions:\n    - {level: 县, date: 2026-08-12, by: 县委书记甲}\n",
        ),
    )
    for path, text in [*planted_items(), *planted_adjustments(), joint]:
        put(root, path, text)
    put(root, ".gitignore", "/drafts/\n")
    put(root, "registry/adjustments/c.yml", ANSWERED)
    put(
        root,
        "registry/adjustments/d.yml",
        WAITING + "objection: {by: 钱芳, date: 2026-10-09, words: 少两分}\n",
    )
    run(root, "init", "-q", "-b", "main")
    run(root, "add", "-A")
    run(root, "commit", "-qm", "开始")
    return root


@pytest.fixture
def office(prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office.copied(prepared, tmp_path, capsys)


@pytest.fixture(scope="module")
def sheets(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sheets, made once."""
    from click.testing import CliRunner

    from zhibao.cli.main import group

    root = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("drafted") / "desk"))
    done = CliRunner().invoke(
        group,
        ["-C", str(root), "close", "2026-Q3", "--draft", "--until", "2026-12-01", "--contact", "信息科 8000"],
        standalone_mode=False,
    )
    assert done.return_value == 0, done.output
    return root / FOLDER


def rows(path: Path, sheet: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))


def everything(path: Path) -> str:
    """All text of a packed file, entities resolved."""
    with zipfile.ZipFile(path) as packed:
        text = "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return html.unescape(text)


def test_two_files_a_unit_and_one_for_the_office(sheets: Path) -> None:
    units = ("daba", "gonghui", "jiaoyu", "nandu", "shuiwu")
    names = [f"{unit}-2026-Q3.{form}" for unit in units for form in ("docx", "xlsx")]
    assert sorted(path.name for path in sheets.iterdir()) == [*names, "全县-2026-Q3-办公室用.xlsx"]


def test_the_items_of_a_unit_row_by_row(sheets: Path) -> None:
    assert rows(sheets / "daba-2026-Q3.xlsx", "信息") == [
        ("编号", "标题", "类型", "报送", "处理", "采用", "本季得分"),
        (
            "20260803-0900-daba",
            "公开信息的标题一池秋水",
            "经验",
            "2026-08-03",
            "2026-08-04 采用",
            "2026-08-04 县级 试验信息（单条）\n2026-08-10 州级 州委信息 第1期（综合）",
            12,
        ),
        (
            "20260803-0920-daba",
            "大坝镇没有审核的公开信息",
            "经验",
            "2026-08-03",
            "2026-08-04 采用",
            "2026-08-04 县级 试验信息（单条）",
            3,
        ),
        ("20260804-0900-daba", "待处理信息的标题三心二意", "经验", "2026-08-04", "待处理", None, 0),
        ("20260804-0910-daba", "大坝镇留用的信息一条", "经验", "2026-08-04", "2026-08-05 留用", None, 0),
        (
            "20260804-0920-daba",
            "不采用信息的标题五味杂陈",
            "经验",
            "2026-08-04",
            "2026-08-05 不采用：要素不全，不采用的原因一言难尽",
            None,
            0,
        ),
        ("20260804-0930-daba", "大坝镇备查的信息一条", "经验", "2026-08-04", "2026-08-05 备查", None, 0),
        (
            "20260804-0940-daba",
            "（标题不写）",
            "经验",
            "2026-08-04",
            "2026-08-05 采用；2026-08-20 撤下：撤下的原因一落千丈",
            "2026-08-05 县级 试验信息（单条）",
            0,
        ),
        (
            "20260805-1010-daba",
            "（标题不写）",
            "紧急",
            "2026-08-05",
            "2026-08-06 采用",
            "2026-08-06 县级 试验信息（单条）",
            3,
        ),
        (
            "20260805-1020-daba",
            "（标题不写）",
            "经验",
            "2026-08-05",
            "2026-08-06 采用",
            "2026-08-06 县级 试验信息（单条）",
            3,
        ),
        (
            JOINT,
            "=HYPERLINK(1)南渡镇与大坝镇合修的水渠（南渡镇牵头）",
            "经验",
            "2026-08-10",
            "2026-08-11 采用",
            "2026-08-11 县级 试验信息（单条）",
            3.2,
        ),
        ("合计", "10 条", None, None, None, "其余 0.5 分见“得分”", 24.2),
    ]


def test_the_points_of_a_unit_line_by_line(sheets: Path) -> None:
    joint = "'=HYPERLINK(1)南渡镇与大坝镇合修的水渠'".strip("'")
    first = ("采用计分", "20260803-0900-daba", "公开信息的标题一池秋水")
    assert rows(sheets / "daba-2026-Q3.xlsx", "得分") == [
        ("日期", "事项", "信息编号", "标题", "说明", "分"),
        ("2026-08-04", *first, "县级采用（单条，试验信息）计 3 分", 3),
        (
            "2026-08-04",
            "采用计分",
            "20260803-0920-daba",
            "大坝镇没有审核的公开信息",
            "县级采用（单条，试验信息）计 3 分",
            3,
        ),
        (
            "2026-08-06",
            "采用计分",
            "20260805-1010-daba",
            "（标题不写）",
            "县级采用（单条，试验信息）计 3 分",
            3,
        ),
        (
            "2026-08-06",
            "采用计分",
            "20260805-1020-daba",
            "（标题不写）",
            "县级采用（单条，试验信息）计 3 分",
            3,
        ),
        ("2026-08-10", *first, "州级采用（综合，州委信息 第1期）计 4 分", 4),
        ("2026-08-11", "批示加分", *first[1:], "县级领导批示加 5 分", 5),
        (
            "2026-08-11",
            "采用计分",
            JOINT,
            joint,
            "县级采用（单条，试验信息）计 3 分，与南渡镇联合，按 40% 得 1.2 分",
            1.2,
        ),
        ("2026-08-12", "批示加分", JOINT, joint, "县级领导批示加 5 分，与南渡镇联合，按 40% 得 2 分", 2),
        ("2026-09-01", "调整", None, None, "调整：调整的事由一字千金", -1),
        (None, "来源分成", None, None, "不能逐条列出的 1 项合计", 1.5),
        ("合计", None, None, None, "与汇总里的得分一致", 24.7),
    ]


def test_the_figures_and_the_objections_of_a_unit(sheets: Path) -> None:
    figures = {name: (value, how) for name, value, how in rows(sheets / "nandu-2026-Q3.xlsx", "汇总")[1:]}
    assert {name: value for name, (value, _) in figures.items()} == {
        "任务数": 3,
        "报送": 2,
        "待处理": 0,
        "完成率": "66.7%",
        "采用": 2,
        "采用率": "100.0%",
        "上报": 0,
        "州级采用": 0,
        "省级采用": 0,
        "中央级采用": 0,
        "批示": 1,
        "得分": 7.8,
        "名次": "乡镇第 2",
    }
    assert figures["得分"][1].endswith("分给供稿单位：采用计分 4.8，批示加分 3")
    assert figures["完成率"][1] == "报送条数 ÷ 任务数"
    assert rows(sheets / "nandu-2026-Q3.xlsx", "异议和调整")[1:] == [
        (
            "2026-09-30",
            "采用的形式（20260803-0910-nandu）",
            "2026-10-09 钱芳（2026-08-04 采用计分）：这一条应按单篇计",
            "2026-10-10 李思：登的是单条",
            "维持原来的数字",
        ),
        ("2026-09-30", "补记两分", "2026-10-09 钱芳：少两分", None, "等批准，还没有计分"),
    ]
    told = [row[0] for row in rows(sheets / "nandu-2026-Q3.xlsx", "怎样提异议")]
    assert told[1].startswith(
        "请逐条核对。有异议的，2026年12月1日以前（含当天）告诉试验县委办公室（信息科 8000）："
    )


def test_every_sum_is_the_ledger_s(sheets: Path, office: Office) -> None:
    _, text = office.call("stats", "2026-Q3", "--format", "json")
    points = {unit["unit"]: unit["points"] for group in json.loads(text)["groups"] for unit in group["units"]}
    assert len(points) == 5
    for unit, total in points.items():
        *lines, last = rows(sheets / f"{unit}-2026-Q3.xlsx", "得分")[1:]
        assert sum(Decimal(str(line[5])) for line in lines) == Decimal(str(last[5])) == Decimal(total), unit
    *lines, last = rows(sheets / "全县-2026-Q3-办公室用.xlsx", "得分")[1:]
    assert (
        sum(Decimal(str(line[5])) for line in lines)
        == Decimal(str(last[5]))
        == sum(map(Decimal, points.values()))
    )
    assert rows(sheets / "全县-2026-Q3-办公室用.xlsx", "封存以前要办的")[1:] == [
        ("没有处理的信息", "20260804-0900-daba"),
        ("没有办完的异议或调整", "registry/adjustments/d.yml"),
    ]


OWN = {
    "daba": {
        "公开信息的标题一池秋水",
        "待处理信息的标题三心二意",
        "不采用信息的标题五味杂陈",
        "不采用的原因一言难尽",
        "撤下的原因一落千丈",
        "调整的事由一字千金",
        "异议的内容三言两语",
    },
}
"""Of the planted sentences those that a unit's own sheet has: titles, reasons and matters that are its own and may be told."""


@pytest.mark.parametrize("form", ["xlsx", "docx"])
@pytest.mark.parametrize("unit", ["daba", "gonghui", "jiaoyu", "nandu", "shuiwu"])
def test_nothing_that_is_not_the_unit_s_stands_in_its_sheet(sheets: Path, unit: str, form: str) -> None:
    text = everything(sheets / f"{unit}-2026-Q3.{form}")
    assert {sentence for sentence in PLANTED if sentence in text} == OWN.get(unit, set())
    for other in {"daba", "nandu", "shuiwu"} - {unit}:
        named = f"-{other}" in text
        assert named == ((unit, other) == ("daba", "nandu")), other  # the joint item that Nandu leads


def test_a_title_is_no_formula_and_a_sheet_is_made_for_the_printer(sheets: Path) -> None:
    book = openpyxl.load_workbook(sheets / "nandu-2026-Q3.xlsx")
    assert book.sheetnames == ["汇总", "信息", "得分", "异议和调整", "怎样提异议"]
    cell = book["信息"]["B3"]
    assert (cell.value[:6], cell.data_type, cell.quotePrefix) == ("=HYPER", "s", True)
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.print_title_rows == "$1:$1"
        setup = sheet.page_setup
        assert (setup.orientation, int(setup.paperSize), setup.fitToHeight) == ("landscape", 9, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddHeader.center.text == "南渡镇2026年第三季度信息报送核对单"
    widths = [dimension.width for dimension in book["信息"].column_dimensions.values()]
    assert widths == [26, 26, 7.5, 13, 20, 21, 8]
    assert book["信息"].row_dimensions[3].height == 34


def test_on_paper_the_same_tables_and_a_place_to_sign(sheets: Path) -> None:
    document = docx.Document(io.BytesIO((sheets / "daba-2026-Q3.docx").read_bytes()))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert [text for text in texts if text[1:2] == "、"] == [
        "一、汇总", "二、信息", "三、得分", "四、异议和调整", "五、怎样提异议",
    ]  # fmt: skip
    assert texts[0] == "大坝镇2026年第三季度信息报送核对单"
    assert texts[-1].startswith("核对无误□　有异议□")
    lines = [[cell.text for cell in row.cells] for row in document.tables[2].rows]
    written = rows(sheets / "daba-2026-Q3.xlsx", "得分")
    assert lines == [["" if cell is None else str(cell) for cell in row] for row in written]


def test_the_same_commit_gives_the_same_bytes(sheets: Path, office: Office) -> None:
    options = ("--until", "2026-12-01", "--contact", "信息科 8000")
    for _ in range(2):  # written over what stands there
        assert office.call("close", "2026-Q3", "--draft", *options)[0] == 0
    written = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (office.root / FOLDER).iterdir()}
    assert written == {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sheets.iterdir()}
    assert run(office.root, "status", "--porcelain") == ""


def test_what_is_said_and_where_it_may_be_written(office: Office, tmp_path: Path) -> None:
    commit = run(office.root, "rev-parse", "HEAD")[:10]
    assert office.call("close", "2026-Q3", "--draft", str(tmp_path / "出")) == (
        0,
        f"2026年第三季度的核对单写好了：{tmp_path / '出'}（5 个单位，11 个文件，提交 {commit}）\n"
        "各单位只发它自己的；“办公室用”的一份不发。改了数据以后再运行一次，就是新的。\n"
        "封存以前还要办：1 条信息没有处理（20260804-0900-daba）\n"
        "封存以前还要办：1 件异议或调整没有办完（registry/adjustments/：d）\n",
    )
    status, words = office.call("close", "2026-Q3", "--draft", str(office.root / "site"))
    assert (status, "各单位的核对单会一起提交上去；请在 .gitignore 里加一行 /drafts/" in words) == (2, True)
    assert not (office.root / "site").exists()
    (office.root / ".gitignore").unlink()
    assert "会一起提交上去" in office.call("close", "2026-Q3", "--draft")[1]
    blocked = put(tmp_path, "文件", "x")
    assert office.call("close", "2026-Q3", "--draft", str(blocked))[0] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--draft", "2026-Q3"), "季度写在 --draft 前面"),
        (("2026-Q4", "--draft"), "2026年第四季度还没有过完"),
        (("2026-Q3", "--draft", "--until", "明天"), "--until 写的是“明天”；写成 2026-10-15"),
        (("2026-Q3", "--draft", "--until", "2026-11-23"), "也不能早于今天（2026-11-24）"),
        (("2026-Q3", "--until", "2026-12-01"), "要和 --draft 一起用"),
        (("2026-Q3", "--draft", "--verify"), "不能和 --verify、--reopen 一起用"),
    ],
)
def test_what_stops_it(office: Office, arguments: tuple[str, ...], words: str) -> None:
    status, said = office.call("close", *arguments)
    assert (status, words in said, (office.root / "drafts").exists()) == (2, True, False), said


def test_a_closed_quarter_has_no_draft_and_closing_names_what_waits(office: Office) -> None:
    status, words = office.call("close", "2026-Q3")
    assert (status, "还有 1 件异议或调整没有办完（d），以后办的算跨期调整" in words) == (0, True)
    run(office.root, "add", "-A")
    run(office.root, "commit", "-qm", "封存")
    assert "已经封存" in office.call("close", "2026-Q3", "--draft")[1]
    frozen = json.loads((office.root / "registry/notices/2026-Q3.json").read_text("utf-8"))
    assert frozen["figures"]["totals"]["points"] == "59.00"
    late = "unit: daba\ndate: 2026-09-29\npoints: 1\nreason: 封存以后才批的\napprover: zhangwen\n"
    put(office.root, "registry/adjustments/e.yml", late)
    said = [line for line in office.call("check")[1].splitlines() if line.startswith("registry/adjustments/")]
    assert said == [
        "registry/adjustments/d.yml:1:1 提醒[adjustments-in-time] 2026年第三季度已经封存，这件事还没有批准；请写上 approver，或删去分值",
        "registry/adjustments/d.yml:3:9 提醒[adjustments-signed] 写了 points，没有批准人，不计分；"
        "请主编或签发人批准，写上 approver（2026-09-30 可以是 zhangwen）",
        "registry/adjustments/e.yml:2:7 提醒[adjustments-in-time] 2026年第三季度已经封存，封存时没有这一项；它的分在下一个没有封存的季度里补差；"
        "要直接计入没有封存的季度，把 date 改成那一季度的一天",
    ]
    figures = json.loads(office.call("stats", "2026-Q4", "--format", "json")[1])
    assert figures["totals"]["points"] == "1.00"
