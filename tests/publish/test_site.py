"""The built site: links that lead somewhere, a sitemap of just its pages, and what a browser and axe say of it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from publish.browser import CHROMIUM, FLAGS, needs_chromium, served
from publish.sites import build, prepared

PAGES = [
    "index.html",
    "bulletins/index.html",
    "bulletins/2026-001.html",
    "items/index.html",
    "items/2026/08/20260803-0900-daba.html",
    "statistics/2026-Q3.html",
    "statistics/2026.html",
    "units/daba.html",
    "rules/checks.html",
    "rules/permissions.html",
    "guide/index.html",
    "submit/index.html",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(prepared(tmp_path_factory.mktemp("site")), "network", "public")


class _Seen(HTMLParser):
    """The ids and addresses of a page, as a browser would read them."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.addresses: list[tuple[str, str]] = []
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            if name in ("href", "src") and value:
                self.addresses.append((tag, value))


@pytest.fixture(scope="module")
def seen(site: Path) -> dict[Path, _Seen]:
    return {page: _Seen(page) for page in site.rglob("*.html")}


def test_every_link_leads_to_a_file_and_an_anchor(site: Path, seen: dict[Path, _Seen]) -> None:
    broken = []
    for page, found in seen.items():
        for _, address in found.addresses:
            target, anchor = urldefrag(unquote(address))
            if re.match(r"[a-z]+:", target) or page.name == "404.html":
                continue
            file = (page.parent / target).resolve() if target else page
            file = file / "index.html" if file.is_dir() else file
            known = seen[file].ids if file in seen else {anchor}
            if not file.is_file() or (anchor and anchor not in known):
                broken.append((str(page.relative_to(site)), address))
    assert broken == []


def test_no_page_asks_another_host(seen: dict[Path, _Seen]) -> None:
    for page, found in seen.items():
        for tag, address in found.addresses:
            if tag != "a":
                assert not re.match(r"(?:https?:)?//", address), (page.name, address)


def test_the_sitemap_names_each_page_once(site: Path) -> None:
    tree = ElementTree.parse(site / "sitemap.xml")
    named = [
        unquote(element.text or "")
        for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    pages = {str(p.relative_to(site)) for p in site.rglob("*.html")} - {"404.html"}
    assert sorted(named) == sorted(pages)


def test_the_feed_is_atom_with_the_latest_items(site: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    tree = ElementTree.parse(site / "feed.xml").getroot()
    entries = tree.findall(f"{atom}entry")
    assert tree.tag == f"{atom}feed"
    assert len({entry.findtext(f"{atom}id") for entry in entries}) == len(entries) > 3
    for entry in entries:
        link = entry.find(f"{atom}link")
        assert link is not None
        assert (site / link.attrib["href"]).is_file()


def test_an_unreadable_item_is_left_out_and_the_rest_is_there(site: Path) -> None:
    assert not list(site.rglob("20260808-0900-daba*"))
    assert (site / "items/2026/08/20260803-0900-daba.html").is_file()


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.mark.browser
@needs_chromium
def test_in_a_browser(address: str) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    asked: list[str] = []
    errors: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for width, scheme in ((1280, "light"), (390, "dark")):
            page = browser.new_context(
                viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce"
            ).new_page()
            page.on("request", lambda request: asked.append(request.url))
            page.on("pageerror", lambda error: errors.append(str(error)))
            for name in PAGES:
                page.goto(f"{address}/{name}")
                wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                assert wide <= 0, (name, width, wide)
                found = Axe().run(page).response["violations"]
                serious = [
                    (v["id"], v["nodes"][0]["html"][:160])
                    for v in found
                    if v["impact"] in ("serious", "critical")
                ]
                assert serious == [], (name, width, scheme)
        page = browser.new_page(viewport={"width": 1280, "height": 844})
        page.goto(f"{address}/statistics/2026-Q3.html")
        head = page.locator("table.zb-sortable th[aria-sort]").nth(2)
        head.locator("button").press("Enter")
        assert head.get_attribute("aria-sort") == "descending"
        page.goto(f"{address}/index.html", wait_until="networkidle")  # the search sets itself up first
        hit = page.locator(".md-search-result__item a[href*='20260803-0900-daba']")
        page.locator(".md-search__input").fill("公开信息")
        for _ in range(20):
            page.locator(".md-search__input").press(
                "End"
            )  # the search listens for keys, as an input method presses them
            page.wait_for_timeout(500)
            if hit.count():
                break
        assert hit.count() == 1
        browser.close()
    assert errors == []
    assert {url.split("/")[2] for url in asked} == {address.split("/")[2]}
