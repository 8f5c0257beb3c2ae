"""The page 权限 says what the matrix says, all of it, and can be read by ear."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bases import county_at
from zhibao.model.actors import Capacity
from zhibao.model.areas import Area
from zhibao.model.edition import Edition
from zhibao.model.permissions import LANDING, MATRIX, TRANSITIONS, Change, Matter, Stage
from zhibao.model.standing import State
from zhibao.publish.pages import permissions
from zhibao.publish.pages.permissions import ALWAYS, allowed, by_matter
from zhibao.publish.view import view
from zhibao.repo.county_files import read_county


class _Tables(HTMLParser):
    """Every table of a page: rows of cells, each with its tag and scope; `html` between tables is forgotten."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: list[list[list[tuple[str, str | None, str]]]] = []
        self.within = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.within = True
            self.tables[-1][-1].append((tag, dict(attrs).get("scope"), ""))

    def handle_endtag(self, tag: str) -> None:
        self.within = self.within and tag not in ("th", "td")

    def handle_data(self, data: str) -> None:
        if self.within:
            tag, scope, text = self.tables[-1][-1][-1]
            self.tables[-1][-1][-1] = (tag, scope, text + data.strip())


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    county = read_county(county_at(tmp_path_factory.mktemp("county"))).county
    (page,) = permissions.pages(view(county, Edition.OPEN))
    assert page.uri == "rules/permissions"
    return page.html


def test_every_row_of_the_matrix_is_told_to_its_person() -> None:
    for right in MATRIX:
        rows = [
            one
            for one in allowed(right.capacity)
            if all(change.label in one.how for change in right.changes)
            and (
                right.area.label in one.what
                if right.area is not Area.ITEM
                else all(matter.label in one.what for matter in right.matters - {Matter.FILE})
            )
        ]
        assert rows, right
        assert any(bool(one.limit) == right.own for one in rows)
        if right.area is Area.ITEM and Stage.NEW in right.stages and right.stages != frozenset(Stage):
            assert any(all(stage.label in one.when for stage in right.stages) for one in rows), right


def test_nothing_is_told_that_the_matrix_does_not_say() -> None:
    """Counted: a person, a matter, a change, a stage, each once where it is allowed, on the page and in the matrix."""
    told = {
        (capacity, matter, change, stage)
        for capacity in Capacity
        for one in allowed(capacity)
        for matter in Matter
        if matter is not Matter.FILE and matter.label in one.what.split("；")
        for change in Change
        if change.label in one.how.split("、")
        for stage in Stage
        if one.when == ALWAYS
        or (one.when == permissions.MERGED and stage is not Stage.NEW)
        or stage.label in one.when.split("、")
    }
    said = {
        (right.capacity, matter, change, stage)
        for right in MATRIX
        if right.area is Area.ITEM
        for matter in right.matters - {Matter.FILE}
        for change in right.changes
        for stage in right.stages
    }
    assert told == said


def test_by_matter_the_same_people_are_named() -> None:
    rows = {one.what: {who for who, _ in one.who} for one in by_matter()}
    for right in MATRIX:
        labels = [matter.label for matter in right.matters - {Matter.FILE}]
        for label in labels or [right.area.label] if right.area is not Area.ITEM else labels:
            assert right.capacity.label in rows[label]
    assert set(rows) == {area.label for area in Area if area not in (Area.ITEM, Area.ELSEWHERE)} | {
        matter.label for matter in Matter if matter is not Matter.FILE
    } | {"信息所在的文件夹"}


def test_every_transition_is_in_its_cell(html: str) -> None:
    table = _Tables(html).tables[-1]
    assert [text for _, _, text in table[0]] == ["现在", *(f"改成{state.label}" for state in State)]
    for before, row in zip(State, table[1:], strict=True):
        assert row[0][2] == before.label
        for after, (_, _, text) in zip(State, row[1:], strict=True):
            who = TRANSITIONS.get((before, after))
            assert text == (who.label if who else "不变" if before is after else "不能")


def test_head_cells_say_what_they_head(html: str) -> None:
    tables = _Tables(html).tables
    assert len(tables) == len(Capacity) + 2
    for table in tables:
        assert {(tag, scope) for tag, scope, _ in table[0]} == {("th", "col")}
        for row in table[1:]:
            assert row[0][:2] == ("th", "row")
            assert all(tag == "td" and text for tag, _, text in row[1:])


def test_every_person_has_a_heading_and_those_who_merge_are_named(html: str) -> None:
    headings = re.findall(r'<h3 id="(\w+)">', html)
    assert headings == [capacity.value for capacity in Capacity]
    last = html.rpartition("<h2")[2]
    assert all(
        (capacity.label in last) == (capacity in LANDING)
        for capacity in Capacity
        if capacity is not Capacity.STRANGER
    )


def test_the_page_of_rules_leads_there() -> None:
    template = Path(permissions.__file__).parents[1] / "templates" / "rules.html"
    assert "link('rules/permissions')" in template.read_text("utf-8")
