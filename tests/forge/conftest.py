"""Forges and pages for the tests of this folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from forge.page import ID, Page
from forge.stand_in import StandIn
from workflow.desk import run
from zhibao.door import rest


@pytest.fixture(params=["github", "gitea", "gitlab"])
def every_forge(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    yield from _forge(request.param, monkeypatch)


@pytest.fixture
def forge(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    yield from _forge("github", monkeypatch)


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """An office with one item proposed twice: on a branch of its own, and from elsewhere."""
    made = Page(tmp_path_factory.mktemp("office"), None)
    made.propose(ID)
    made.head = run(made.origin, "rev-parse", ID)
    return made


@pytest.fixture
def page(model: Page, tmp_path: Path, capsys: pytest.CaptureFixture[str], forge: StandIn) -> Page:
    """A page without a proposal."""
    return _page(model, tmp_path, capsys, forge)


@pytest.fixture
def every_page(model: Page, tmp_path: Path, capsys: pytest.CaptureFixture[str], every_forge: StandIn) -> Page:
    """The same on each forge."""
    return _page(model, tmp_path, capsys, every_forge)


@pytest.fixture(params=["github", "gitea"])
def issues_page(
    request: pytest.FixtureRequest,
    model: Page,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Page]:
    """A page on each forge that has issue forms."""
    for forge in _forge(request.param, monkeypatch):
        yield _page(model, tmp_path, capsys, forge)


@pytest.fixture
def gitlab_page(
    model: Page, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Page]:
    """A page on GitLab."""
    for forge in _forge("gitlab", monkeypatch):
        yield _page(model, tmp_path, capsys, forge)


@pytest.fixture
def reported(page: Page) -> Page:
    """A page with a sound proposal on which we reported."""
    return page.reported()


@pytest.fixture
def reported_everywhere(every_page: Page) -> Page:
    """The same on each forge."""
    return every_page.reported()


def _page(model: Page, folder: Path, capsys: pytest.CaptureFixture[str], forge: StandIn) -> Page:
    shutil.copytree(model.origin.parent, folder, dirs_exist_ok=True)
    return model.at(folder, capsys, forge)


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited, without waiting."""
    taken: list[float] = []
    monkeypatch.setattr(rest, "sleep", taken.append)
    return taken


def _forge(dialect: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    made = StandIn(dialect)
    for name in ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN", "CI_API_V4_URL", "CI_PROJECT_ID"):
        monkeypatch.delenv(name, raising=False)
    for name, value in made.environment().items():
        monkeypatch.setenv(name, value)
    yield made
    made.close()
