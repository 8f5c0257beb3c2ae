"""What became of each item on the page of its unit, and how soon the office answers on the page of the quarter: for the units, not for the world."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path

import pytest

from bases import put
from publish.sites import item, prepared, rendered, review

UNIT, QUARTER = "units/daba.html", "statistics/2026-Q3.html"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("answers"))


@pytest.fixture(scope="module")
def network(root: Path) -> dict[str, str]:
    return rendered(root, "network")


def rows(page: str, anchor: str) -> list[list[str]]:
    """The cells of the table under a heading."""
    found = re.search(rf'aria-labelledby="{anchor}">.*?</table>', page, re.S)
    assert found, anchor
    lines = re.findall(r"<tr[^>]*>(.*?)</tr>", found[0], re.S)
    return [[plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.S)] for line in lines]


def plain(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", text)).strip()


def test_a_units_page_tells_of_each_item_what_became_of_it_and_why(network: dict[str, str]) -> None:
    assert rows(network[UNIT], "outcomes") == [
        ["报送", "信息", "类型", "结果", "日期", "工作日", "用在哪里，或为什么没有采用"],
        ["2026-08-04", "20260804-0910-daba", "经验", "留用", "等编辑", "18（未完）", "—"],
        ["2026-08-04", "20260804-0900-daba", "经验", "待处理", "等编辑", "18（未完）", "—"],
        [
            "2026-08-07",
            "<script>alert(0)</script>大坝镇&的标题",
            "经验",
            "采用",
            "2026-08-08",
            "0",
            "县级：试验信息（单条）",
        ],
        ["2026-08-04", "20260804-0930-daba", "经验", "备查", "2026-08-05", "1", "—"],
        [
            "2026-08-04",
            "20260804-0920-daba",
            "经验",
            "不采用",
            "2026-08-05",
            "1",
            "要素不全：不采用的原因一言难尽",
        ],
        [
            "2026-08-03",
            "大坝镇没有审核的公开信息",
            "经验",
            "采用",
            "2026-08-04",
            "1",
            "县级：试验信息（单条）",
        ],
        [
            "2026-08-03",
            "公开信息的标题一池秋水",
            "经验",
            "采用",
            "2026-08-04",
            "1",
            "县级：试验信息（单条）；州级：州委信息 第1期（综合）",
        ],
    ]
    assert "列出 7 条，其中还没有办完 2 条（截至 2026-08-30）" in plain(network[UNIT])
    assert "<script>alert" not in network[UNIT]


def test_a_quarters_page_tells_how_soon_items_are_answered(network: dict[str, str]) -> None:
    assert rows(network[QUARTER], "answers") == [
        ["工作日", "条数", "中位数", "最长", "5 日以内", "占"],
        ["从报来到第一句话", "12", "1", "1", "12", "100.0%"],
        ["从报来到决定", "11", "1", "1", "11", "100.0%"],
        ["还没有决定，已经等了", "2", "18", "18", "0", "0.0%"],
    ]
    assert (
        "2026年第三季度各单位报来的信息，作出决定的 11 条，从报来到决定中位数 1 个工作日，最长 1 个，5 个工作日以内的占 100.0%；"
        "还没有决定的 2 条，等得最久的已经 18 个工作日（截至 2026-08-30）。"
    ) in plain(network[QUARTER])
    assert "没有合并的提议和退回修改不在历史里" in plain(network[QUARTER])


def test_on_a_phone_each_cell_says_what_it_is(network: dict[str, str]) -> None:
    table = network[UNIT].split('aria-labelledby="outcomes">')[1].split("</table>")[0]
    names = re.findall(r"<th [^>]*>(.*?)</th>", table)
    for line in re.findall(r'<tr role="row"><td.*?</tr>', table, re.S):
        said = re.findall(r'<td[^>]* role="cell" data-th="(.*?)"', line)
        assert said == [*names[:-1], "说明"]
    style = (Path(__file__).parents[2] / "site/styles/zhibao.css").read_text("utf-8")
    assert "table.zb-stacked td::before { content: attr(data-th)" in style


def test_the_world_is_told_neither(root: Path) -> None:
    pages = rendered(root, "open")
    assert 'id="outcomes"' not in pages[UNIT]
    assert 'id="answers"' not in pages[QUARTER]
    assert all("每条信息的结果" not in page for page in pages.values())


def test_reasons_stand_only_where_the_office_shows_them(root: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(root, tmp_path / "county"))
    office = other / "registry/office.yml"
    office.write_text(
        office.read_text("utf-8").replace("ranks, reasons, instructions]", "ranks]", 1), "utf-8"
    )
    found = rows(rendered(other, "network")[UNIT], "outcomes")
    assert found[0][-1] == "用在哪里"
    assert ["2026-08-04", "20260804-0920-daba", "经验", "不采用", "2026-08-05", "1", "—"] in found


def test_in_the_newest_quarter_the_whole_queue_has_a_line(root: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(root, tmp_path / "county"))
    path, text = item(
        "20261008-0900-nandu", title="南渡镇十月的一条信息", review=review("adopted", "2026-10-09")
    )
    put(other, path, text)
    pages = rendered(other, "network")
    assert [line[0] for line in rows(pages["statistics/2026-Q4.html"], "answers")[1:]] == [
        "从报来到第一句话",
        "从报来到决定",
        "还没有决定，已经等了",
        "连同以前报的，还没有决定",
    ]
    assert rows(pages["statistics/2026-Q4.html"], "answers")[4][1] == "2"
    assert len(rows(pages[QUARTER], "answers")) == 4
