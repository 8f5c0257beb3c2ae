"""Fixed clock, clean Git, loud skips: what every test stands on."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

EPOCH = "1795496400"
"""2026-11-24 13:00 in the county's time."""

settings.register_profile("zhibao", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("zhibao")

_CLEAN = {
    "SOURCE_DATE_EPOCH": EPOCH,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "试验",
    "GIT_AUTHOR_EMAIL": "test@t.example",
    "GIT_COMMITTER_NAME": "试验",
    "GIT_COMMITTER_EMAIL": "test@t.example",
    "NO_MKDOCS_2_WARNING": "1",
    "TZ": "UTC",
}
os.environ.update(_CLEAN)
os.environ.pop("ZHIBAO_EDITION", None)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in _CLEAN.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("ZHIBAO_EDITION", raising=False)
    yield


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where ZHIBAO_NO_SKIP is set, a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("ZHIBAO_NO_SKIP") and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
