"""The pages on the forges: what they name exists, and says the same as the code and the workflows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from forge.runner import ROOT, WORKFLOWS
from zhibao.cli.hook import ACCOUNT_VARIABLES, DELEGATE_VARIABLE
from zhibao.door.connect import GITHUB_TOKEN, GITLAB_TOKEN
from zhibao.door.forge import CONTEXT
from zhibao.door.publishing import PROJECT_VISIBILITY
from zhibao.repo.site_branch import TOKEN

PAGES = sorted((ROOT / "docs" / "forges").glob("*.md"))
SOURCES = "".join(
    path.read_text("utf-8") for path in [*WORKFLOWS.iterdir(), ROOT / ".gitlab-ci.yml", ROOT / "Makefile"]
)
CONNECT = ("GITHUB_API_URL", "GITHUB_REPOSITORY", "CI_API_V4_URL", "CI_PROJECT_ID")
"""What `zhibao.door.connect` reads besides the tokens."""
KNOWN = {
    *CONNECT,
    *ACCOUNT_VARIABLES,
    DELEGATE_VARIABLE,
    GITHUB_TOKEN,
    GITLAB_TOKEN,
    PROJECT_VISIBILITY,
    TOKEN,
}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_links_lead_somewhere_and_variables_are_read(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [
        link for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", text) if not (page.parent / link).exists()
    ] == []
    for name in re.findall(r"`(?:export )?((?:ZHIBAO|GITLAB|CI|GIT|TRIGGER|WHEELS)_?[A-Z_]*)\b", text):
        known = name in KNOWN or name in SOURCES or name in ("CI_COMMIT_TIMESTAMP", "CI_PIPELINE_CREATED_AT")
        assert known, name


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_each_page_says_what_is_enforced_where(page: Path) -> None:
    text = page.read_text("utf-8")
    assert "## 一次设好" in text
    assert "## 什么由谁把住" in text
    if page.stem != "bare":
        assert "## 分支保护" in text
        assert "才能证明的" in text
        assert f"`{CONTEXT}`" in text


def test_the_template_of_a_proposal_is_short() -> None:
    text = (ROOT / ".github/PULL_REQUEST_TEMPLATE.md").read_text("utf-8")
    assert len(text) < 400
    assert "涉密" in text
