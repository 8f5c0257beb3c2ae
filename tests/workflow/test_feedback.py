"""The list of what the level above used: matched, confirmed in a table, recorded in one commit; run again as often as anybody likes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from bases import put
from desk.retitled_county import texts
from workflow.desk import GitCounty, Office, item_text, path_of, run
from zhibao.desk.feedback_table import COLUMNS, FeedbackRow, read_rows, taken_over
from zhibao.repo import remotes
from zhibao.repo.spreadsheet import read_sheets

HEADINGS = ("序号", "标题", "报送单位", "期号", "日期", "采用形式")
GUARD, ORANGES, COOK, SHIP = (
    "20261008-0920-daba",
    "20260807-0948-nandu",
    "20260811-0935-daba",
    "20260917-0936-nandu",
)
ROWS = (
    ("1", "“借山册”化解林权纠纷", "大坝镇", "第45期", "2026-10-20", "综合"),
    ("2", "“认购一株橘”助果农先卖后采", "试验县南渡镇", "第45期", "2026-10-20", "单条"),
    ("3", "邻县推行河湖长制成效明显", "龙山县", "第45期", "2026-10-20", "单条"),
    ("4", "营运小船燃油补贴发放不及时", "南渡乡", "第46期", "2026-10-27", "单条"),
)
STATE = [column.heading for column in COLUMNS]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county of retitled items, as an archive, and an item that is only held."""
    county = GitCounty(tmp_path_factory.mktemp("feedback") / "desk")
    for id_, text in texts().items():
        put(county.root, path_of(id_), text)
    held = item_text("20261020-0900-jiaoyu", review="  decision: held\n  by: lisi\n  date: 2026-10-20")
    put(county.root, path_of("20261020-0900-jiaoyu"), held.replace("review:", "imported: true\nreview:"))
    county.git("add", "-A")
    county.git("commit", "-q", "-m", "档案", by="lisi", at="2026-11-01T09:00:00+08:00")
    return county.root


@pytest.fixture
def office(prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office.copied(prepared, tmp_path, capsys)


def listing(folder: Path, *rows: Sequence[str], name: str = "十月采用.xlsx") -> Path:
    """A list of the prefecture's, as a spreadsheet with a line above its headings."""
    path = folder / name
    if path.suffix == ".csv":
        path.write_text("\n".join(",".join(row) for row in (HEADINGS, *rows)), "gbk")
        return path
    book = openpyxl.Workbook()
    book.active.append(["某州委办公室2026年10月采用情况"])
    for row in (HEADINGS, *rows):
        book.active.append(list(row))
    book.save(path)
    return path


def table_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}.核对{path.suffix}")


def rows_of(path: Path) -> dict[str, FeedbackRow]:
    found = read_rows(read_sheets(table_of(path)))
    assert found is not None
    return {row.title: row for row in found}


def fill(path: Path, title: str, **cells: str) -> None:
    """What an editor types into the row of a title, column by column."""
    book = openpyxl.load_workbook(table_of(path))
    for row in book.active.iter_rows(min_row=2):
        if row[STATE.index("标题")].value == title:
            for heading, text in cells.items():
                row[STATE.index(heading)].value = text
    book.save(table_of(path))


def match(office: Office, path: Path) -> tuple[int, str]:
    return office.call("feedback", str(path), "--level", "州", "--publication", "州委信息")


def apply(office: Office, path: Path) -> tuple[int, str]:
    return office.call("feedback", str(table_of(path)), "--apply")


def commits(office: Office) -> list[str]:
    return run(office.root, "log", "--format=%an %s", "main").splitlines()


def test_a_list_becomes_a_table_with_the_surest_first_and_nothing_is_recorded(
    office: Office, tmp_path: Path
) -> None:
    path = listing(tmp_path, *ROWS, ("合计", "4篇"))
    before = commits(office)
    status, words = match(office, path)
    assert (status, words.splitlines()) == (
        0,
        [
            "名单 4 行：很像 2，待查 2",
            f"核对表：{table_of(path)}",
            f"请在“确认”一栏填 是、否 或信息编号（4 行没有填），再运行：zhibao feedback {table_of(path)} --apply",
        ],
    )
    rows = rows_of(path)
    assert [row.line for row in rows.values()] == ["3", "6", "4", "5"]
    first = rows["“借山册”化解林权纠纷"]
    assert (first.confirmed, first.state, first.ids, first.level) == ("", "很像", GUARD, "州")
    assert (first.day, first.form, first.publication, first.note) == (
        "2026-10-20",
        "综合",
        "州委信息 第45期",
        "",
    )
    assert first.titles == "一本“借山册”，解开了七个组的林界疙瘩"
    doubtful = rows["“认购一株橘”助果农先卖后采"]
    assert doubtful.ids == ""
    assert doubtful.others.startswith(f"{ORANGES} 橘子还没有熟，订单先挂在了树上 ")
    assert rows["邻县推行河湖长制成效明显"].note == "不是本县的单位"
    assert commits(office) == before
    assert match(office, path)[1].splitlines()[1] == f"核对表：{table_of(path)}（没有变化）"


def test_what_is_confirmed_is_recorded_in_one_commit_and_once(office: Office, tmp_path: Path) -> None:
    path = listing(tmp_path, *ROWS)
    match(office, path)
    fill(path, "“借山册”化解林权纠纷", 确认="是")
    fill(path, "“认购一株橘”助果农先卖后采", 确认=ORANGES)
    fill(path, "邻县推行河湖长制成效明显", 确认="否")
    before = commits(office)
    status, words = apply(office, path)
    assert (status, words.splitlines()) == (
        0,
        [
            f"第 3 行《“借山册”化解林权纠纷》：记上 {GUARD}（州，2026-10-20，综合，州委信息 第45期）",
            f"第 4 行《“认购一株橘”助果农先卖后采》：记上 {ORANGES}（州，2026-10-20，单条，州委信息 第45期）",
            "记上 2 条，不记 1 行；还有 1 行没有填，留在 十月采用.核对.xlsx 里待查",
        ],
    )
    assert commits(office) == ["lisi 州采用：2 条，据 十月采用.核对.xlsx", *before]
    assert run(office.root, "diff", "--name-only", "HEAD~1") == f"{path_of(ORANGES)}\n{path_of(GUARD)}"
    assert office.county.text(path_of(GUARD)).split("review:\n")[1].split("---")[0] == (
        "  decision: adopted\n  by: lisi\n  date: 2026-10-08\n  adoptions:\n"
        "    - {level: 州, date: 2026-10-20, form: 综合, publication: 州委信息 第45期}\n"
    )
    table = table_of(path).read_bytes()
    assert apply(office, path) == (
        0,
        "已经记过 2 条，不记 1 行；还有 1 行没有填，留在 十月采用.核对.xlsx 里待查\n",
    )
    assert match(office, path)[1].splitlines()[0] == "名单 4 行：很像 1，已记 2，不记 1"
    assert (table_of(path).read_bytes(), len(commits(office))) == (table, len(before) + 1)


def test_a_csv_in_gbk_is_answered_by_a_csv(office: Office, tmp_path: Path) -> None:
    path = listing(tmp_path, *ROWS[:1], ("2", "-1=x 借山", "大坝镇", "", "", ""), name="十月.csv")
    assert match(office, path)[0] == 0
    text = table_of(path).read_text("utf-8-sig")
    assert ",'-1=x 借山,大坝镇," in text
    table_of(path).write_bytes(
        text.replace("\n,很像", "\n是,很像").encode("gbk")
    )  # as a spreadsheet saves it
    assert apply(office, path)[0] == 0
    assert GUARD in commits_body(office)


def commits_body(office: Office) -> str:
    return run(office.root, "log", "-1", "--format=%B", "main")


def test_what_cannot_be_recorded_is_said_row_by_row_and_the_others_go_on(
    office: Office, tmp_path: Path
) -> None:
    titles = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬"]
    path = listing(
        tmp_path, *((str(n), title, "大坝镇", "45", "2026-10-20", "单条") for n, title in enumerate(titles))
    )
    match(office, path)
    fill(path, "甲", 确认=f"{GUARD} 20261008-0921-daba")
    fill(path, "乙", 确认="好像是")
    fill(path, "丙", 确认=COOK, 采用日期="2026-02-30")
    fill(path, "丁", 确认=COOK, 采用日期="2026-10")
    fill(path, "戊", 确认=COOK, 刊物="州委快报 第1期")
    fill(path, "己", 确认=COOK, 采用形式="独编")
    fill(path, "庚", 确认=COOK, 采用日期="2027-01-01")
    fill(path, "辛", 确认="20261020-0900-jiaoyu")
    fill(path, "壬", 确认="是")
    before = commits(office)
    status, words = apply(office, path)
    assert status == 1
    for line in (
        f"《甲》：记上 {GUARD}（",
        "《甲》：没有记上。主分支上没有 20261008-0921-daba 这条信息",
        "《乙》：没有记上。“好像是”不是编号；确认一栏填 是、否 或信息编号",
        "《丙》：没有记上。没有“2026-02-30”这一天",
        "《丁》：没有记上。采用日期“2026-10”不是一天，如 2026-10-20",
        f"《戊》：没有记上。{COOK}：州级没有“州委快报 第1期”这个刊物；有：州委信息",
        f"《己》：没有记上。{COOK}：没有“独编”这个采用形式；有：单篇、单条",
        f"《庚》：没有记上。{COOK}：采用日期 2027-01-01 还没有到",
        "《辛》：没有记上。20261020-0900-jiaoyu：这条是留用，没有采用；请先用 zhibao adopt",
        "《壬》：没有记上。没有建议的编号，请在确认一栏填信息编号",
        "记上 1 条，没有记上 9 行",
    ):
        assert line in words, line
    assert commits(office)[1:] == before
    assert rows_of(path)["甲"].note == f"已记：{GUARD}；没有记上：主分支上没有 20261008-0921-daba 这条信息"
    fill(path, "丙", 采用日期="2026年10月20日")
    assert f"《丙》：记上 {COOK}" in apply(office, path)[1]


def test_a_use_that_stands_there_by_another_day_is_not_recorded_twice(office: Office, tmp_path: Path) -> None:
    by_hand = ("--level", "州", "--form", "单条", "--date", "2026-10-19", "--publication", "州委信息第45期")
    assert office.call("adoption", GUARD, *by_hand)[0] == 0
    path = listing(tmp_path, *ROWS[:1])
    assert match(office, path)[1].splitlines()[0] == "名单 1 行：已记 1"
    row = rows_of(path)[ROWS[0][1]]
    assert (row.state, row.note) == ("已记", "已记：2026-10-19 州委信息第45期（单条）")
    before = commits(office)
    fill(path, row.title, 确认="是")
    assert apply(office, path)[0] == 0
    assert commits(office) == before


def test_only_a_month_is_written_as_its_last_day_or_the_day_of_the_same_issue(
    office: Office, tmp_path: Path
) -> None:
    by_hand = ("--level", "州", "--form", "单条", "--date", "2026-10-27", "--publication", "州委信息 第46期")
    office.call("adoption", COOK, *by_hand)
    path = listing(
        tmp_path,
        ("1", "“借山册”化解林权纠纷", "大坝镇", "45", "10月", "综合"),
        ("2", "营运小船燃油补贴", "南渡乡", "46", "10月", "综合"),
    )
    match(office, path)
    rows = rows_of(path)
    assert [(row.day, row.note) for row in rows.values()] == [
        ("2026-10-31", "只知道月份，日期先写作 2026-10-31"),
        ("2026-10-27", "日期取自已记的同一期"),
    ]


def test_a_changed_list_keeps_every_confirmation(office: Office, tmp_path: Path) -> None:
    path = listing(tmp_path, *ROWS)
    match(office, path)
    fill(path, ROWS[1][1], 确认=ORANGES, 采用形式="综合")
    fill(path, ROWS[3][1], 采用日期="2026-10-28", 采用形式="")
    listing(tmp_path, ROWS[0], ("2", "新的一行", "大坝镇", "45", "", ""), ROWS[3])
    match(office, path)
    rows = rows_of(path)
    gone = rows[ROWS[1][1]]
    assert (gone.confirmed, gone.form, gone.line, gone.note) == (ORANGES, "综合", "", "名单里已没有这一行")
    assert list(rows)[:2] == [ROWS[0][1], ROWS[3][1]]
    assert (rows["新的一行"].line, rows[ROWS[3][1]].line) == ("4", "5")
    assert (rows[ROWS[3][1]].day, rows[ROWS[3][1]].form) == ("2026-10-27", "单条")


def test_what_was_filled_in_is_kept_where_nothing_better_is_known() -> None:
    old = FeedbackRow(title="甲", unit="乙", day="2026-10-20", form="综合", line="3")
    (kept,) = taken_over([FeedbackRow(title="甲", unit="乙", form="单条", line="5")], [old])
    assert (kept.day, kept.form, kept.line) == ("2026-10-20", "单条", "5")


def test_what_an_editor_added_to_the_table_is_never_lost(office: Office, tmp_path: Path) -> None:
    path = listing(tmp_path, *ROWS)
    match(office, path)
    book = openpyxl.load_workbook(table_of(path))
    book.active.cell(1, len(COLUMNS) + 1).value = "备注"
    book.create_sheet("草稿")["A1"] = "记着"
    book.save(table_of(path))
    before = table_of(path).read_bytes()
    for status, words in (match(office, path), apply(office, path)):
        assert (status, "多了“备注”一栏、另一张工作表，写回时会丢掉" in words) == (2, True), words
    assert table_of(path).read_bytes() == before
    book = openpyxl.Workbook()
    book.save(table_of(path))
    status, words = match(office, path)
    assert (status, "不像核对表" in words) == (2, True)


def test_a_row_with_a_formula_is_a_finding(office: Office, tmp_path: Path) -> None:
    path = listing(
        tmp_path, ("1", '=HYPERLINK("http://x.example","借山册")', "大坝镇", "", "", ""), *ROWS[:1]
    )
    status, words = match(office, path)
    assert (status, "第 3 行有公式，没有读" in words) == (1, True)
    assert list(rows_of(path)) == [ROWS[0][1]]


def test_hostile_texts_are_shown_and_do_nothing(office: Office, tmp_path: Path) -> None:
    path = listing(tmp_path, ("1", "\u202e借山\n册“x”", "大坝镇::error::", "45", "2026-10-20", "单条"))
    match(office, path)
    (title,) = rows_of(path)
    assert title == "\\u202e借山 册“x”"
    fill(path, title, 确认="$(id) `x` ../..\u202e")
    status, words = apply(office, path)
    assert (status, "“$(id)”不是编号" in words, "\u202e" in words) == (1, True, False)
    fill(path, title, 确认=GUARD, 刊物="州委信息\u202e")
    assert "刊物不能用：太长，或有看不见的字符" in apply(office, path)[1]


@pytest.mark.parametrize("name", ["none.xlsx", "list.xls"])
def test_a_list_that_is_none_is_wrong_usage(office: Office, tmp_path: Path, name: str) -> None:
    assert match(office, tmp_path / name)[0] == 2


def test_wrong_usage_is_told_with_the_way_out(office: Office, tmp_path: Path) -> None:
    path = listing(tmp_path, *ROWS)
    cases = [
        (["feedback", str(path)], "请写 --level"),
        (["feedback", str(path), "--level", "县"], "--level 写发来名单的上级：州、省、中央"),
        (["feedback", str(path), "--level", "州", "--month", "2026"], "写一个月，如 2026-10"),
        (["feedback", str(path), "--level", "州", "--form", "长篇"], "没有“长篇”这种采用形式"),
        (
            ["feedback", str(path), "--level", "州", "--publication", "省委信息"],
            "州级没有“省委信息”这个刊物；有：州委信息",
        ),
        (["feedback", str(path), "--apply"], "不是核对表"),
    ]
    for arguments, said in cases:
        status, words = office.call(*arguments)
        assert (status, said in words) == (2, True), words
    match(office, path)
    status, words = office.call("feedback", str(table_of(path)), "--level", "州")
    assert (status, "是核对表；填好确认一栏后，加 --apply 记上" in words) == (2, True)
    office.act_as("wangmin")
    assert "不是编辑" in match(office, path)[1]
    assert "不是编辑" in apply(office, path)[1]


def test_on_an_origin_a_lost_race_is_run_again_and_what_came_first_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(tmp_path, capsys)
    for id_ in (GUARD, COOK):
        put(office.root, path_of(id_), texts()[id_])
    office.county.git("add", "-A")
    office.county.git("commit", "-q", "-m", "档案")
    office.county.git("push", "-q", "origin", "main")
    other = tmp_path / "other"
    run(tmp_path, "clone", "-q", str(office.origin), str(other))
    office.act_as("zhangwen", other)
    path = listing(
        tmp_path,
        ROWS[0],
        ("2", "乡村厨师管理筑牢聚餐安全防线", "大坝镇", "第45期", "2026-10-20", "单条"),
    )
    match(office, path)
    fill(path, ROWS[0][1], 确认="是")
    fill(path, "乡村厨师管理筑牢聚餐安全防线", 确认=COOK)
    real = remotes.push

    def push(root: Path, commit: str, branch: str) -> None:
        monkeypatch.setattr(remotes, "push", real)
        by_hand = (
            "--level",
            "州",
            "--form",
            "单条",
            "--date",
            "2026-10-20",
            "--publication",
            "州委信息 第45期",
        )
        assert office.call("adoption", COOK, *by_hand, root=other)[0] == 0
        real(root, commit, branch)

    monkeypatch.setattr(remotes, "push", push)
    status, words = apply(office, path)
    assert (status, words.splitlines()[-1]) == (0, "记上 1 条，已经记过 1 条")
    assert run(office.origin, "log", "--format=%s", "main").splitlines()[:2] == [
        "州采用：1 条，据 十月采用.核对.xlsx",
        f"州采用：{COOK}",
    ]
    assert office.text(COOK).count("level: 州") == 1
