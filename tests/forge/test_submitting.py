"""`zhibao submit` over GitHub's REST: the branch is pushed, the pull request opened once, whatever is lost on the way."""

from __future__ import annotations

import pytest

from bases import put
from forge.page import Page
from forge.stand_in import REPOSITORY, TOKEN, Fault
from workflow.desk import item_text, path_of

ID = "20261124-1231-daba"


@pytest.fixture
def officer(page: Page, monkeypatch: pytest.MonkeyPatch) -> Page:
    for name, value in page.forge.environment().items():
        monkeypatch.setenv(name, value)
    page.act_as("wangmin")
    put(page.root, path_of(ID), item_text(ID))
    return page


def test_github_is_asked_over_rest_and_opens_it_once(officer: Page) -> None:
    for words in ("报送了", "没有变化"):
        status, said = officer.call("submit", "--way", "github")
        assert (status, words in said, TOKEN in said) == (0, True, False), said
        assert f"/{REPOSITORY}/pull/1" in said
    assert [(pull.branch, pull.target) for pull in officer.forge.pulls.values()] == [(ID, "main")]


def test_a_forge_that_refuses_is_told_and_the_next_run_goes_on(officer: Page) -> None:
    officer.forge.faults = [Fault(403, method="POST")]
    status, said = officer.call("submit", "--way", "github")
    assert (status, "平台没有答应" in said, TOKEN in said) == (2, True, False)
    assert officer.tip(ID)
    assert officer.call("submit", "--way", "github")[0] == 0
    assert [pull.branch for pull in officer.forge.pulls.values()] == [ID]
