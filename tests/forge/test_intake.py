"""From an issue to a proposal and back to the issue: on GitHub and Gitea, in any order, and cut off anywhere."""

from __future__ import annotations

from forge.page import Page

BODY = "过去没有井水，第一户在三十一米处接水，由村里改造，十月底建成三处山塘，累计解决八户用水，每户每月少花四十元水费，镇里另派两人管护，月底前再核一遍。"


def form(
    kind: str = "经验", body: str = BODY, *, call: str = "_No response_", cleared: str = "_No response_"
) -> str:
    """An issue's text as the forges make it of the form."""
    return f"### 类型\n\n{kind}\n\n### 报送要点\n\n{call}\n\n### 审核人\n\n{cleared}\n\n### 正文\n\n{body}\n"


def test_an_issue_becomes_a_proposal(page: Page) -> None:
    page.forge.open_issue("wangmin", "大坝镇建成三处山塘解决八户用水", form())
    print(page.intake(1))
    print(page.told(1))
    print(page.forge.pulls)
    print(page.comment(2))
    print(page.text("20261124-1200-daba", "intake/1"))
    assert 0
