"""CODEOWNERS: who is asked, from the roster of the day and the permission matrix."""

from __future__ import annotations

from datetime import date

from forge.page import Page
from zhibao.door.codeowners import codeowners
from zhibao.repo.registry_files import read_registry
from zhibao.repo.work_tree import WorkTree


def owners(page: Page, day: date) -> dict[str, list[str]]:
    text = codeowners(read_registry(WorkTree(page.root)).registry, day)
    lines = [line.split() for line in text.splitlines() if not line.startswith("#")]
    return {place: names for place, *names in lines}


def test_editors_own_the_items_and_maintainers_the_rest(page: Page) -> None:
    found = owners(page, date(2026, 11, 24))
    assert next(iter(found)) == "*"
    assert found["*"] == found["/registry/"] == ["@wuhao"]
    assert found["/submissions/"] == ["@zhangwen", "@lisi"]
    assert found["/registry/calls/"] == ["@zhangwen", "@lisi", "@wuhao"]
    assert "@zhaoyu" in owners(page, date(2026, 6, 30))["/submissions/"]


def test_printed_checked_and_written(page: Page) -> None:
    status, text = page.call("codeowners")
    assert (status, text.splitlines()[0].startswith("# 由名册")) == (0, True)
    assert page.call("codeowners", "--check")[0] == 1
    assert page.call("codeowners", "--write") == (0, "写好了 .github/CODEOWNERS。\n")
    assert page.county.text(".github/CODEOWNERS") == text
    assert page.call("codeowners", "--check") == page.call("codeowners", "--write")
    assert page.call("codeowners", "--check")[0] == 0
    (page.root / ".github/CODEOWNERS").write_bytes(b"\xff")
    assert page.call("codeowners", "--check")[0] == 1
    assert page.call("codeowners", "--check", "--write")[0] == 2
