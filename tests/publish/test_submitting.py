"""The page 报送 as text: which edition has it, whom and what it names, and that its data is safe within a page."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bases import county_at, put
from publish.sites import item, prepared, rendered, review
from zhibao.check.portable import PATTERNS, browser_pattern
from zhibao.model.edition import Edition
from zhibao.model.forges import ForgeAddress, ForgeKind
from zhibao.publish.forge_pages import forge_pages
from zhibao.publish.pages import home, submitting
from zhibao.publish.view import view
from zhibao.repo.county_files import read_county

PAGE = "submit/index.html"


def data_of(html: str) -> dict[str, object]:
    """What the script of the page reads, taken from the page as a browser does."""
    return json.loads(_Data(html).text)


class _Data(HTMLParser):
    """The text of the script element that holds data, and the names of all elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.within, self.tags = "", False, list[str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.within = ("id", "zb-submit-data") in attrs

    def handle_endtag(self, tag: str) -> None:
        self.within = False

    def handle_data(self, data: str) -> None:
        self.text += data if self.within else ""


def page_of(root: Path, edition: Edition = Edition.NETWORK) -> str:
    (page,) = submitting.pages(view(read_county(root).county, edition))
    return page.html


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("county"))


def test_the_home_page_of_a_county_without_items_leads_there(tmp_path: Path) -> None:
    county = read_county(county_at(tmp_path)).county
    (html,) = [page.html for page in home.pages(view(county, Edition.NETWORK))]
    begin = html[html.index("zb-begin") :]
    assert '<a href="submit/index.html">报送</a>页写第一条' in begin[: begin.index("</ol>")]


def test_the_world_has_no_such_page_and_no_way_to_it(root: Path) -> None:
    found = rendered(root, "open")
    assert PAGE not in found
    assert [name for name, text in found.items() if "submit/index" in text] == []
    for edition in ("network", "internal"):
        found = rendered(root, edition)
        assert 'href="submit/index.html">我要报送</a>' in found["index.html"]
        assert 'id="zb-submit"' in found[PAGE]


def test_people_are_named_and_nothing_else_is_told_of_them(root: Path) -> None:
    html = page_of(root)
    units = data_of(html)["units"]
    assert units["daba"] == {"name": "大坝镇", "officers": [["王敏", "2025-01-01", ""]]}
    assert units["nandu"]["name"] == "南渡镇"  # as it is called today
    for private in ("wangmin", "@t.example", "liqiang", "lisi"):
        assert private not in html, private


def test_examples_are_adopted_items_that_the_edition_shows_the_highest_first(tmp_path: Path) -> None:
    root = county_at(tmp_path)
    province = "  adoptions:\n    - {level: 省, date: 2026-08-30, form: 单篇, publication: 省委信息}\n"
    for path, text in (
        item(
            "20260803-0900-daba",
            title="大坝镇的旧例子报到省里",
            review=review("adopted", "2026-08-04", province),
        ),
        item("20260901-0900-daba", title="大坝镇的新例子只在县里", review=review("adopted", "2026-09-02")),
        item(
            "20260902-0900-daba",
            title="大坝镇没有采用的例子",
            kind="动态",
            review=review("filed", "2026-09-03"),
        ),
        item(
            "20260903-0900-daba",
            title="给领导看的例子不能看",
            kind="问题",
            front="audience: leaders",
            review=review("adopted", "2026-09-04"),
        ),
    ):
        put(root, path, text)
    for edition in (Edition.NETWORK, Edition.INTERNAL):
        html = page_of(root, edition)
        examples = re.findall(r'例：<a href="([^"]+)">([^<]+)</a>', html)
        expected = [("../items/2026/08/20260803-0900-daba.html", "大坝镇的旧例子报到省里")]
        if edition is Edition.INTERNAL:
            expected.append(("../items/2026/09/20260903-0900-daba.html", "给领导看的例子不能看"))
        assert examples == expected
        assert html.count("里还没有采用过的例子。") == 4 - len(expected)


def test_only_what_may_be_answered_is_called_for(root: Path) -> None:
    """Of the two calls of the county one was due in September."""
    html = page_of(root)
    assert re.findall(
        r'<option value="(\w+)" data-due="([\d-]+)" data-choice="([^"]+)">([^<]+)</option>', html
    ) == [("water", "2026-12-31", "water 山区饮水（12月31日前）", "山区饮水（12月31日截止）")]
    assert "校园午餐" not in html


def test_the_registry_s_words_cannot_leave_the_data(tmp_path: Path) -> None:
    root = county_at(tmp_path)
    evil = "</script><script>alert(1)</script><!--&'\""
    settings = (root / "registry/office.yml").read_text("utf-8")
    kind = f"  - {{name: {json.dumps(evil[:58])}, label: {json.dumps(evil[:58])}, length: [1, 2]}}\n"
    put(root, "registry/office.yml", settings.replace("elements:   ", f"{kind}elements:   ", 1))
    calls = (root / "registry/calls/2026.yml").read_text("utf-8")
    put(
        root,
        "registry/calls/2026.yml",
        calls.replace("title: 山区饮水", "title: '</option><img src=x onerror=alert(2)>'"),
    )
    html = page_of(root)
    plain = page_of(county_at(tmp_path / "plain"))
    assert _Data(html).tags.count("script") == _Data(plain).tags.count("script") == 2
    assert "img" not in _Data(html).tags
    assert "</script><script>alert(1)</script><!--&" in "".join(data_of(html)["kinds"])


def test_an_office_that_has_nothing_yet_can_be_reported_to(tmp_path: Path) -> None:
    root = county_at(tmp_path)
    (root / "registry/calls/2026.yml").unlink()
    html = page_of(root)
    assert "正在征集" not in html
    assert html.count("里还没有采用过的") == 1
    assert re.findall(r"如 <code>submissions/\d{4}/\d\d/\d{8}-0930-(\w+)\.md</code>", html) == ["daba"]


GITEA = ForgeAddress(kind=ForgeKind.GITEA, url="https://git.t.example/xianwei/xinxi")


@pytest.mark.parametrize("kind", list(ForgeKind))
def test_every_forge_has_its_pages(kind: ForgeKind) -> None:
    pages = forge_pages(ForgeAddress(kind=kind, url=GITEA.url), "release/2026")
    url, form = GITEA.url, pages.form
    assert (form is None) == (kind is ForgeKind.GITLAB)
    assert pages.file.filled("submissions/2026/11", "a.md", "---\n标题: 一&二") == {
        ForgeKind.GITHUB: f"{url}/new/release/2026?filename=submissions%2F2026%2F11%2Fa.md&value=",
        ForgeKind.GITLAB: f"{url}/-/new/release/2026?file_name=submissions%2F2026%2F11%2Fa.md&content=",
    }.get(kind, f"{url}/_new/release/2026/submissions/2026/11/?filename=a.md&value=") + (
        "---%0A%E6%A0%87%E9%A2%98%3A+%E4%B8%80%26%E4%BA%8C"
    )
    if form:
        github = kind is ForgeKind.GITHUB
        template = "submission.yml" if github else ".github%2FISSUE_TEMPLATE%2Fsubmission.yml"
        assert form.empty == f"{url}/issues/new?template={template}"
        prefix = "" if github else "field:"
        assert form.names == {"title": "title"} | {
            name: prefix + name for name in ("kind", "body", "cleared", "call")
        }


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (
            r"\d+\w\s$",
            [
                r"[\p{Nd}]+[\p{L}\p{N}_][\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000](?=\n?$)",
                "gu",
            ],
        ),
        (r"[\d\-\w$]\-\"\.", [r'[\p{Nd}\-\p{L}\p{N}_$]-"\.', "gu"]),
        (r"[(?a]\u4e00", [r"[(?a]\u4e00", "gu"]),
    ],
)
def test_patterns_are_written_as_browsers_read_them(ours: str, theirs: list[str]) -> None:
    assert browser_pattern(re.compile(ours)) == theirs
    assert browser_pattern(re.compile("^a$", re.MULTILINE)) == ["^a$", "gmu"]


@pytest.mark.parametrize(
    "ours", [r"(?P<a>b)", r"(?i:a)", r"a\b", r"a\Z", r"\S", re.compile("a", re.IGNORECASE)]
)
def test_what_browsers_do_not_have_is_refused(ours: str | re.Pattern[str]) -> None:
    with pytest.raises(ValueError, match="browsers do not have"):
        browser_pattern(re.compile(ours))


def test_every_pattern_of_the_checks_is_carried_over() -> None:
    for name, pattern in PATTERNS.items():
        source, flags = browser_pattern(pattern)
        assert source, name
        assert flags in ("gu", "gmu")
