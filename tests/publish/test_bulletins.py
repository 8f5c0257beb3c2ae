"""Issues in the editions: what each shows of one, when an item appears at all, and the latest issue on the home page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bases import put
from publish.sites import ISSUE, planted_items, prepared, rendered

SHOWN, UNSIGNED = "20260803-0900-daba", "20260803-0910-nandu"
NETWORK = {"公开信息里的一句青瓦白墙", "网络信息里的一句石桥流水"}
ONE = """number: 1
items: [20260803-0900-daba]
editor: lisi
signer: zhangwen
signed: 2026-08-07
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("issues"))


@pytest.fixture(scope="module")
def editions(root: Path) -> dict[str, dict[str, str]]:
    return {edition: rendered(root, edition) for edition in ("open", "network", "internal")}


def test_an_issue_shows_its_items_in_full_and_of_the_others_their_place(
    editions: dict[str, dict[str, str]],
) -> None:
    page = editions["network"]["bulletins/2026-001.html"]
    assert "试验信息" in page
    assert "2026年第1期" in page
    for words in ("编辑：李思", "2026年8月7日", "签发：张文", "报送的去处千里之外", "各乡镇", *NETWORK):
        assert words in page, words
    assert re.findall(r"第 (\d) 条不在网络版刊登", page) == ["3", "4", "5"]
    assert "本期共 5 条，3 条不在网络版刊登" in page
    assert page.index("青瓦白墙") < page.index("石桥流水") < page.index("第 3 条")


def test_the_open_edition_names_nobody_and_no_addressee(editions: dict[str, dict[str, str]]) -> None:
    page = editions["open"]["bulletins/2026-001.html"]
    assert "青瓦白墙" in page
    for words in ("李思", "张文", "报送的去处", "各乡镇", "石桥流水"):
        assert words not in page, words
    assert re.findall(r"第 (\d) 条不在公开版刊登", page) == ["2", "3", "4", "5"]


@pytest.mark.parametrize(
    ("edition", "there"),
    [("open", {"001"}), ("network", {"001"}), ("internal", {"001", "002", "003"})],
)
def test_drafts_and_issues_of_which_nothing_is_shown_have_no_page(
    edition: str, there: set[str], editions: dict[str, dict[str, str]]
) -> None:
    pages = editions[edition]
    assert {name[15:18] for name in pages if re.match(r"bulletins/\d", name)} == there
    assert ("草稿，还没有签发" in "".join(pages.values())) == (edition == "internal")


def test_a_withdrawn_item_is_left_out_of_the_internal_edition_too(
    editions: dict[str, dict[str, str]],
) -> None:
    page = editions["internal"]["bulletins/2026-001.html"]
    assert re.findall(r"第 (\d) 条不在内部版刊登", page) == ["3"]
    assert "期里藏着的栏目七上八下" in page


def test_the_home_page_opens_on_the_latest_signed_issue(
    editions: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    home = editions["network"]["index.html"]
    assert "本期信息" in home
    assert home.index("2026年第1期") < home.index("公开信息的标题一池秋水") < home.index("另外采用")
    assert home.count(f'href="items/2026/08/{SHOWN}.html"') == 1
    other = prepared(tmp_path / "none")
    for path in (other / "registry/bulletins").iterdir():
        path.unlink()
    pages = rendered(other, "network")
    assert "本期信息" not in pages["index.html"]
    assert "最新采用" in pages["index.html"]
    assert "还没有编好的期" in pages["bulletins/index.html"]


def test_an_item_names_the_issue_that_carries_it(editions: dict[str, dict[str, str]]) -> None:
    pages = editions["network"]
    page = pages[f"items/2026/08/{SHOWN}.html"]
    assert '试验信息 <a href="../../../bulletins/2026-001.html">2026年第1期</a>' in page
    assert "州委信息 第1期" in page
    assert f"{SHOWN},公开信息的标题一池秋水" in pages["data/items.csv"]
    rows = [row.split(",") for row in pages["data/items.csv"].lstrip("\ufeff").splitlines()]
    place = rows[0].index("issues")
    assert {row[0]: row[place] for row in rows[1:]}[SHOWN] == "2026-001"
    assert {row[0]: row[place] for row in rows[1:]}["20260803-0920-daba"] == ""  # its issue is a draft


def signed_only(root: Path) -> None:
    office = root / "registry/office.yml"
    office.write_text(
        office.read_text("utf-8").replace("branch: main", "branch: main\nappears: signed"), "utf-8"
    )
    for path in (root / "registry/bulletins").iterdir():
        path.unlink()


def sentences(root: Path, edition: str) -> set[str]:
    everything = "".join(rendered(root, edition).values())
    return {one for one in NETWORK if one in everything}


def test_where_only_signed_issues_appear_nothing_of_the_others_is_published(tmp_path: Path) -> None:
    root = prepared(tmp_path)
    signed_only(root)
    bodies = [text.split("---\n\n")[1].strip()[:20] for _, text in planted_items()]
    for edition in ("open", "network"):
        everything = "".join(rendered(root, edition).values())
        assert [body for body in bodies if body in everything] == []
    assert sentences(root, "internal") == NETWORK

    put(root, "registry/bulletins/2026-001.yml", ONE.replace("signer: zhangwen\nsigned: 2026-08-07\n", ""))
    assert sentences(root, "network") == set()  # a draft
    put(root, "registry/bulletins/2026-001.yml", ONE.replace("zhangwen", "lisi"))
    assert sentences(root, "network") == set()  # signed by somebody who may not sign
    put(root, "registry/bulletins/2026-001.yml", ONE)
    assert sentences(root, "network") == sentences(root, "open") == {"公开信息里的一句青瓦白墙"}
    put(root, "registry/bulletins/2026-001.yml", ISSUE)
    assert sentences(root, "network") == NETWORK
    assert sentences(root, "open") == {"公开信息里的一句青瓦白墙"}  # being in an issue clears nothing


def test_an_adopted_item_that_has_not_appeared_is_told_by_its_outcome_only(tmp_path: Path) -> None:
    root = prepared(tmp_path)
    signed_only(root)
    pages = rendered(root, "network")
    unit = pages["units/nandu.html"]
    assert re.search(rf"{UNSIGNED}</code></td><td[^>]*>经验</td><td[^>]*>采用</td>", unit)
    assert "南渡镇石桥边的新水站" not in "".join(pages.values())
    assert UNSIGNED not in pages["data/lines.json"]
    assert UNSIGNED not in pages["feed.xml"]
