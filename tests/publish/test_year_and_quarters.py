"""The pages of closed quarters and of the year: what is frozen, what later data did to it, and who has an award."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bases import put
from publish.sites import rendered
from workflow.desk import Office, item_text, path_of, run

FIRST, SECOND, LEADERS = "20260701-0900-daba", "20260702-0900-nandu", "20260703-0900-shuiwu"
AWARDS = "awards: {first: 1, barred: [{zero_quarters: 3}], zeroed: [{finding: 瞒报}]}\nfindings: {瞒报: 1}\n"
RULES = "registry/rules/2026.yml"
ADJUSTMENT = "unit: nandu\ndate: 2026-10-09\nfinding: 瞒报\nreason: 核实\napprover: zhangwen\n"


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """Three items of the third quarter, one of them for the leaders; the quarter is closed."""
    made = Office(tmp_path, capsys)
    with (made.root / RULES).open("a", encoding="utf-8") as rules:
        rules.write(AWARDS)
    save(made)
    for id_, day in ((FIRST, "01"), (SECOND, "02"), (LEADERS, "03")):
        front = "audience: leaders" if id_ == LEADERS else "happened: 2026-07-01"
        made.county.propose(id_, "wangmin", f"2026-07-{day}T10:00:00+08:00", item_text(id_, front=front))
        made.county.merge(id_, "lisi", f"2026-07-{day}T16:00:00+08:00")
    run(made.root, "push", "-q", "origin", "main")
    assert made.call("close", "2026-Q3")[0] == 0
    save(made)
    return made


def save(office: Office) -> None:
    run(office.root, "add", "-A")
    run(office.root, "commit", "-qm", "改动")
    run(office.root, "push", "-q", "origin", "main")


def withdraw(office: Office, *ids: str) -> None:
    office.act_as("zhangwen")
    for id_ in ids:
        assert office.call("withdraw", id_, "--words", "核实有误")[0] == 0
    run(office.root, "pull", "-q", "origin", "main")


def plain(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page)


def test_a_closed_quarter_says_so_with_its_commit_and_its_rules(office: Office) -> None:
    pages = rendered(office.root, "network")
    commit = run(office.root, "rev-parse", "HEAD^")[:10]
    assert f"已封存这一季度按提交 {commit} 时的数据和办法封存" in plain(pages["statistics/2026-Q3.html"])
    assert 'id="adjustments"' not in pages["statistics/2026-Q3.html"]
    assert "按现在的数据算" in pages["statistics/2026-Q3.html"]
    assert "2026年第三季度按这份办法通报" in plain(pages["rules/index.html"])


def test_an_open_quarter_says_that_it_is_not_closed(office: Office) -> None:
    (office.root / "registry/notices/2026-Q3.json").unlink()
    page = plain(rendered(office.root, "network")["statistics/2026-Q3.html"])
    assert "未封存这一季度还没有完" in page  # the newest data are of the third of July
    put(office.root, path_of("20261005-0900-daba"), item_text("20261005-0900-daba"))
    page = plain(rendered(office.root, "network")["statistics/2026-Q3.html"])
    assert "未封存这一季度还没有封存，数字会随后来的处理变动" in page
    assert "已封存" not in plain(rendered(office.root, "network")["rules/index.html"])


def test_both_pages_name_what_later_data_did_and_nothing_of_hidden_items(office: Office) -> None:
    bulletin = "number: 1\nitems: [20260702-0900-nandu]\neditor: lisi\nsigner: zhangwen\nsigned: 2026-10-09\n"
    put(office.root, "registry/bulletins/2026-001.yml", bulletin)  # dates the fourth quarter
    save(office)
    told = item_text(
        SECOND,
        front="happened: 2026-07-01",
        review="  instructions:\n    - {level: 县, date: 2026-08-01, by: 县长}\n",
    )
    put(office.root, path_of(SECOND), told)
    save(office)
    withdraw(office, FIRST, LEADERS)
    pages = rendered(office.root, "network")
    for name in ("statistics/2026-Q3.html", "statistics/2026-Q4.html"):
        page = plain(pages[name].split('id="adjustments"')[1])
        assert "南渡镇2026-Q32026-Q4nandu编号0702-0900的水井账2026年第三季度已经通报，“批示加分”" in page
        assert "+5" in page
        # withdrawn items are in no edition but the internal one: a sum without id, title and reason
        assert "大坝镇2026-Q32026-Q4不在网络版的 1 项—-3" in page
        assert "县水务局2026-Q32026-Q4不在网络版的 1 项—-3" in page
    everything = "".join(pages.values())
    assert LEADERS not in everything
    assert FIRST not in everything
    assert "adjustments" not in rendered(office.root, "open")["statistics/2026-Q3.html"]
    # the published figures stand, the year has what is
    assert '"points": "9.00"' in pages["data/statistics-2026-Q3.json"]
    assert "＊ 含调整：" in pages["statistics/2026.html"]
    assert "大坝镇2026年第四季度含补2026年第三季度 -3 分" in pages["statistics/2026.html"]


def test_the_units_see_objections_answers_and_what_came_of_them(office: Office) -> None:
    said = "objection: {by: 钱芳, date: 2026-10-09, words: 少计两分}\n"
    answered = "answer: {by: lisi, date: 2026-10-10, words: 核实属实}\n"
    day, approver = "date: 2026-09-30\n", "approver: zhangwen\n"
    for name, text in (
        ("a", f"unit: nandu\n{day}item: {SECOND}\n{said}{answered}points: 2\nreason: 形式记错\n{approver}"),
        ("b", f"unit: nandu\n{day}{said}reason: 还在核实\n"),
        ("c", f"unit: shuiwu\n{day}item: {LEADERS}\n{said}reason: 不能说的一件\n"),
        ("d", f"unit: daba\n{day}finding: 瞒报\nreason: 核实有瞒报\n{approver}"),
    ):
        put(office.root, f"registry/adjustments/{name}.yml", text)
    (office.root / "registry/notices/2026-Q3.json").unlink()
    pages = rendered(office.root, "network")
    table = pages["statistics/2026-Q3.html"].split('id="matters"')[1].split("</table>")[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.split(r"<tr[^>]*>", table)[2:]]
    assert [[plain(cell) for cell in row] for row in rows] == [
        ["南渡镇", "形式记错（nandu编号0702-0900的水井账）", "2026-10-09 钱芳：少计两分", "2026-10-10 李思：核实属实", "加 2 分（张文批准）", "+2"],
        ["南渡镇", "还在核实", "2026-10-09 钱芳：少计两分", "—", "等答复", "—"],
        ["大坝镇", "核实有瞒报", "—", "—", "认定瞒报，扣 1 分（张文批准）", "-1"],
    ]  # fmt: skip
    assert "不能说的一件" not in "".join(pages.values())
    assert "不能说的一件" in rendered(office.root, "internal")["statistics/2026-Q3.html"]
    assert 'id="matters"' not in rendered(office.root, "open")["statistics/2026-Q3.html"]
    settings = office.root / "registry/office.yml"
    shown = settings.read_text("utf-8")
    settings.write_text(
        shown.replace("network: [points, ranks, reasons,", "network: [points, ranks,"), "utf-8"
    )
    assert 'id="matters"' not in rendered(office.root, "network")["statistics/2026-Q3.html"]


def test_while_the_year_runs_its_page_has_no_award(office: Office) -> None:
    page = plain(rendered(office.root, "network")["statistics/2026.html"])
    assert "全年还没有完，不评先进" in page
    assert "先进（" not in page


def over(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The year is over, something is submitted in the next, and 瞒报 was found against 南渡镇."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1799989200")  # 2027-01-15
    put(office.root, "registry/adjustments/a.yml", ADJUSTMENT)
    put(office.root, path_of("20270104-0900-daba"), item_text("20270104-0900-daba"))
    for id_, month in (("20261012-0900-daba", "10"), ("20260410-0900-daba", "04")):
        office.county.propose(id_, "wangmin", f"2026-{month}-12T10:00:00+08:00", item_text(id_))
        office.county.merge(id_, "lisi", f"2026-{month}-12T16:00:00+08:00")


def test_the_years_page_names_awards_bars_and_the_line_that_makes_a_year_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    over(office, monkeypatch)
    pages = rendered(office.root, "network")
    page = plain(pages["statistics/2026.html"])
    assert "各类别前 1 名评为先进；不能评先的，名额不递补。" in page
    assert "先进（乡镇）大坝镇" in page
    # 3 points for the item less 1 for the finding
    assert "南渡镇2026-10-09 认定瞒报，全年计零分，原计 2 分" in page
    assert "县教育局2026年第一季度、2026年第二季度、2026年第三季度、2026年第四季度零报送，不能评先" in page
    assert '<th scope="col" class="num">全年计零分</th>' in pages["statistics/2026.html"]
    # once a group of the assessment, and nowhere else
    assert pages["statistics/2026.html"].count('data-sort="number">名次</th>') == 2
    unit = plain(pages["units/nandu.html"])
    assert "2026-12-31 全年计零分 -2 分" in unit
    assert "考核：评为先进。" in plain(pages["units/daba.html"])
    bare = plain(rendered(office.root, "open")["statistics/2026.html"])
    for words in ("考核", "评先", "瞒报", "计零分"):
        assert words not in bare, words


def test_the_command_says_the_same(office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    over(office, monkeypatch)
    status, words = office.call("assess", "2026")
    assert status == 0
    assert "先进（乡镇）：大坝镇" in words
    assert "南渡镇：2026-10-09 认定瞒报，全年计零分，原计 2 分" in words
    words = office.call("explain", "nandu", "2026")[1]
    assert "\n【年度考核】2026-10-09 认定瞒报，全年计零分，原计 2 分。\n" in words
    status, words = office.call("assess", "2026", "--docx", str(tmp_path / "考核.docx"))
    assert (status, (tmp_path / "考核.docx").stat().st_size > 10_000) == (0, True)
    assert office.call("assess", "2026-Q3") == (2, "zhibao：考核的是全年，2026-Q3 不是；请写年份，如 2026\n")
