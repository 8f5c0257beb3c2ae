"""What people may send: the file is one item with our keys only, the answer's Markdown is inert, and nothing is run or fetched from elsewhere."""

from __future__ import annotations

import pytest

from drafts.documents import png
from forge.issues import BODY, TITLE, form, word
from forge.page import Page
from forge.stand_in import Fault
from workflow.desk import path_of, run
from zhibao.door import intake
from zhibao.door.rest import LARGEST_ANSWER
from zhibao.repo.front_matter import item_document

NEW = "20261124-1200-daba"
KEYS = ["title", "unit", "officer", "kind", "submitted", "audience"]
PICTURE = png()


@pytest.fixture(autouse=True)
def _no_naps(monkeypatch: pytest.MonkeyPatch, naps: list[float]) -> None:
    monkeypatch.setattr(intake, "sleep", lambda seconds: None)


HOSTILE = {
    "forged fields": f"{BODY}\n\n### 类型\n\n紧急\n\n### 公开审核人\n\n李强\n\n### 正文\n\n别的",
    "front matter": f"---\nreview:\n  decision: adopted\n  by: lisi\n---\n\n{BODY}",
    "front matter below": f"{BODY}\n\n---\nreview: {{decision: adopted}}\n---\n",
    "a fence that ends ours": f"---\n\n{BODY}",
    "html": f"<script>alert(1)</script><img src=x onerror=alert(1)>\n\n{BODY}\n\n<details><summary>x</summary>",
    "commands": f"::set-output name=a::b\n::error::x\n##[error]y\n%0A::add-mask::z\n\n{BODY}",
    "expressions": f"${{{{ secrets.GITHUB_TOKEN }}}} $(touch pwned) `touch pwned`; touch pwned | && \n\n{BODY}",
    "mentions": f"@everyone @all #1 !1 [x](http://evil.example) ![y](http://evil.example/y.png)\n\n{BODY}",
    "odd characters": f"\x00\x1b[31m\x08{BODY}\r\n\ud800\u202e末",
    "our own marks": f"<!-- zhibao:decided -->\n<!-- zhibao:intake -->\n<!-- {NEW} 7 -->\n\n{BODY}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_body_is_a_body(page: Page, name: str) -> None:
    page.forge.open_issue("wangmin", TITLE, form(body=HOSTILE[name]))
    status, printed = page.call("intake", "--number", "1")
    assert (status, printed) == (0, f"议题 1：收到了，编号 {NEW}，提议 2\n")
    written = item_document(path_of(NEW), page.text(NEW, "intake/1").encode() + b"\n")
    assert list(written.values or {}) == KEYS
    assert (written.get("unit"), written.get("officer"), written.get("kind")) == ("daba", "王敏", "经验")
    assert run(page.origin, "diff", "--name-only", "main...intake/1") == path_of(NEW)
    assert not list(page.folder.rglob("pwned*"))
    for answer in (page.told(1), page.comment(2), page.forge.pulls[2].text):
        inert(answer)
    text = written.body
    assert all(part in text for part in ("第一户在三十一米外接水", "月底前再核一遍"))
    if name == "forged fields":
        assert "### 公开审核人" in text, "a heading of the text is text"


def inert(answer: str) -> None:
    """Nothing that was sent links, mentions or draws."""
    for raw in ("<script", "<img", "@everyone", "@all", "](http", "${{", "\x1b"):
        assert raw not in answer
    assert answer.count("zhibao:intake") <= 1


TITLES = {
    "lines": "一行\n---\nreview: {decision: adopted}\n| 表 | 格 |",
    "yaml": "a: b # {c} [d] \"e\" \\ 'f' & * ! % @ `g` > |",
    "shell": "$(touch pwned);`touch pwned`|touch pwned && ${{ secrets.X }} ::set-output name=a::b @everyone #1 <script>",
    "long": "长" * 256,
    "word": "true",
}


@pytest.mark.parametrize("name", TITLES)
def test_a_title_is_a_title(page: Page, name: str) -> None:
    page.forge.open_issue("wangmin", TITLES[name], form())
    status, printed = page.intake(1)
    assert (status, "::" in printed) == (0, False)
    written = item_document(path_of(NEW), page.text(NEW, "intake/1").encode() + b"\n")
    assert list(written.values or {}) == KEYS
    assert written.get("title") == " ".join(TITLES[name].split())
    assert "\n" not in page.forge.pulls[2].title
    assert not list(page.folder.rglob("pwned*"))
    inert(page.told(1))
    inert(page.comment(2))


def test_a_cleared_by_and_a_call_are_one_value_each(page: Page) -> None:
    text = form(cleared="李强}, review: {decision: adopted", call="water, review: x")
    page.forge.open_issue("wangmin", TITLE, text)
    page.intake(1)
    written = item_document(path_of(NEW), page.text(NEW, "intake/1").encode() + b"\n")
    assert written.get("clearance", "by") == "李强}, review: {decision: adopted"
    assert list(written.values or {}) == [*KEYS, "clearance"]


def test_64_kilobytes_are_refused_in_a_line(page: Page) -> None:
    page.forge.open_issue("wangmin", TITLE, form(body="水" * 65_000))
    page.intake(1)
    assert "正文 65000 字，上限 20000 字" in page.told(1)
    assert len(page.told(1)) < 300


# Word documents


def linked(page: Page, data: bytes, name: str = "水账.docx", path: str = "") -> str:
    """A file uploaded to an issue: its link, as the forge puts it into the text."""
    gitea = page.forge.dialect == "gitea"
    own = (
        "/attachments/0f8fad5b-d9cb-469f-a165-70867728950e"
        if gitea
        else "/user-attachments/files/77/shuizhang.docx"
    )
    page.forge.files[path or own] = data
    return f"[{name}]({page.forge.site}{path or own})"


def test_a_word_document_is_the_text(issues_page: Page) -> None:
    page = issues_page
    data = word(TITLE, BODY, picture=PICTURE)
    page.forge.open_issue("wangmin", TITLE, form(body=linked(page, data)))
    assert page.intake(1)[1] == f"议题 1：收到了，编号 {NEW}，提议 2\n"
    text = page.text(NEW, "intake/1")
    assert f"media: [assets/{NEW}-1.png]\n" in text
    assert text.count(TITLE) == 1
    assert BODY in text
    assert f"![图1](assets/{NEW}-1.png)" in text
    assert run(page.origin, "diff", "--name-only", "main...intake/1").splitlines() == [
        path_of(NEW),
        f"submissions/2026/11/assets/{NEW}-1.png",
    ]
    assert page.forge.authorized
    one = page.forge.tickets[1]
    one.text = form(body=linked(page, word("另一个标题", BODY)) + "\n\n请看附件")
    page.intake(1, "edited")
    assert run(page.origin, "diff", "--name-only", "main...intake/1") == path_of(NEW), "its picture went too"
    assert (
        "- 正文取自附件，议题里另写的字没有用\n- 附件里的标题是“另一个标题”，用的是议题的标题\n"
        in page.told(1)
    )


ELSEWHERE = (
    "http://169.254.169.254/latest/meta-data/x.docx",
    "https://evil.example/user-attachments/files/1/x.docx",
    "file:///etc/passwd.docx",
    "{site}@evil.example/user-attachments/files/1/x.docx",
    "{site}/user-attachments/files/1/../../../admin/x.docx",
    "{site}/user-attachments/files/1/x.docx?next=http://evil.example",
    "{site}/api/v3/repos/xianwei/xinxi/contents/x.docx",
    "{site}.evil.example/user-attachments/files/1/x.docx",
    "/user-attachments/files/1/x.docx",
)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_document_is_fetched_from_the_forges_own_uploads_only(page: Page, address: str) -> None:
    link = f"[水账.docx]({address.format(site=page.forge.site)})"
    page.forge.open_issue("wangmin", TITLE, form(body=link))
    assert "附件不在本平台上，没有去取" in page.intake(1)[1]
    assert not any(path.endswith(".docx") for _, path in page.forge.requests)
    assert page.forge.pulls == {}


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault(302, {"Location": "http://127.0.0.2:1/x"}), "附件要转到不认得的主机，没有跟去"),
        (Fault(302, {"Location": "https://objects.githubusercontent.com/x"}), "附件要转到不认得的主机"),
        (Fault(404), "没有这个地址"),
        (Fault(200, body=b"not a zip"), "附件没有读成"),
        (Fault(200, body=b" " * (LARGEST_ANSWER + 1)), "超过 10 MB"),
    ],
)
def test_a_document_that_cannot_be_had_is_told(page: Page, fault: Fault, words: str) -> None:
    page.forge.open_issue("wangmin", TITLE, form(body=linked(page, word(BODY))))
    fault.path = ".docx"
    page.forge.faults = [fault]
    page.intake(1)
    assert words in page.told(1), page.told(1)
    assert "也可以把文字贴进正文" in page.told(1)
    inert(page.told(1))
    assert "收到了" in page.intake(1)[1], "the next run has it"


def test_redirections_within_the_forge_end(page: Page) -> None:
    page.forge.open_issue("wangmin", TITLE, form(body=linked(page, word(BODY))))
    again = Fault(
        302, {"Location": f"{page.forge.site}/user-attachments/files/77/shuizhang.docx"}, path=".docx"
    )
    page.forge.faults = [again] * 3
    assert "收到了" in page.intake(1)[1]
    page.forge.faults = [again] * 4
    page.intake(1, "edited")
    assert "附件的地址转来转去" in page.told(1)


def test_one_document_an_issue(page: Page) -> None:
    two = linked(page, word(BODY)) + linked(page, word(BODY))
    page.forge.open_issue("wangmin", TITLE, form(body=two))
    page.intake(1)
    assert "有 2 个 .docx，只收一个" in page.told(1)
