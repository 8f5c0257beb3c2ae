"""The page 报送 of a county, alone in a folder, and one browser that fills its form at a fixed moment."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from publish.browser import CHROMIUM, FLAGS, served
from publish.sites import ROOT
from zhibao.model.edition import Edition
from zhibao.publish.pages import submitting
from zhibao.publish.view import view
from zhibao.repo.county_files import read_county

MOMENT = datetime.datetime(2026, 11, 24, 5, 0, tzinfo=datetime.UTC)
"""13:00 in the county; the browser itself lives in another time zone, where it is still night."""
POLICY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'none'; img-src data:"
}
FIELDS = ("unit", "officer", "kind", "happened", "call", "title", "body", "cleared")

Finding = tuple[str, str, str]


def page_of(county: Path, folder: Path) -> Path:
    """A site of one page: what the edition for the units has at submit/index, with its script and style."""
    (page,) = submitting.pages(view(read_county(county).county, Edition.NETWORK))
    target = folder / f"{page.uri}.html"
    target.parent.mkdir(parents=True)
    head = '<meta charset="utf-8"><title>报送</title><link rel="icon" href="data:,">'
    target.write_text(
        f"<!doctype html><html lang=zh><head>{head}</head><body>{page.html}</body></html>", "utf-8"
    )
    for name in ("scripts", "styles"):
        shutil.copytree(ROOT / "site" / name, folder / name)
    return folder


class Form:
    """The form in a browser's page. `asked` is every address that was asked for, `errors` what the console said."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.asked: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text))
        page.clock.install(time=MOMENT)
        self.address = address
        self.open()

    def begin(self) -> None:
        """Load the page anew, as a browser that has never been here, at the fixed moment."""
        self.page.evaluate("localStorage.clear()")
        self.page.evaluate("document.getElementById('zb-submit').reset()")
        self.open()
        self.page.clock.set_fixed_time(MOMENT)

    def open(self) -> None:
        """Load the page, again where it is open."""
        self.page.goto(f"{self.address}/submit/index.html")

    def fill(self, **values: str) -> None:
        """Type these values, and empty every other field; then wait until the checks have spoken."""
        self.page.evaluate(
            """(values) => {
              const form = document.getElementById("zb-submit");
              for (const key of Object.keys(values)) { if (form.elements[key]) { form.elements[key].value = values[key]; } }
              form.elements.title.dispatchEvent(new Event("input", {bubbles: true}));
            }""",
            dict.fromkeys(FIELDS, "") | values,
        )
        self.page.clock.run_for(500)

    def found(self) -> set[Finding]:
        """What the checks say: code, severity in Chinese, the whole message."""
        rows = self.page.evaluate(
            """() => Array.from(document.querySelectorAll("#zb-found li"), (row) =>
              [row.dataset.code, row.querySelector("span").textContent, row.querySelector("a").textContent])"""
        )
        return {tuple(row) for row in rows}

    def lacking(self) -> str:
        """What is still to be filled in; empty where nothing is."""
        return self.page.evaluate(
            "() => (document.querySelector('#zb-found p') || {textContent: ''}).textContent"
        )

    def values(self) -> dict[str, str]:
        """What the fields hold."""
        return self.page.evaluate(
            "(keys) => Object.fromEntries(keys.map((key) => [key, document.getElementById('zb-submit').elements[key].value]))",
            list(FIELDS),
        )

    def press(self, act: str) -> None:
        self.page.click(f"[data-act={act}]")

    def said(self) -> str:
        return self.page.inner_text("#zb-sent")

    def download(self) -> tuple[str, bytes]:
        """Name and bytes of the file that the form hands over."""
        with self.page.expect_download() as waiting:
            self.press("download")
        return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


@contextmanager
def browsing() -> Iterator[Any]:
    """A Chromium; only one at a time."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Any, site: Path, **context: Any) -> Iterator[Form]:
    """The form of a site under a strict content security policy; at the end nothing was asked of another host and no error said."""
    with served(site, POLICY) as address:
        own = browser.new_context(timezone_id="America/New_York", **context)
        form = Form(own.new_page(), address)
        yield form
        own.close()
    hosts = {url.split("/")[2] for url in form.asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {address.split("/")[2]}
    assert form.errors == []
