"""A mistake in an issue is a finding with its line and what to write instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from bases import BASE, BASE_PATH, county_at, put
from zhibao.model.bulletins import Bulletin, IssueName
from zhibao.model.finding import Finding
from zhibao.model.understand import understand
from zhibao.repo.front_matter import yaml_document
from zhibao.review.examine import examine

PATH = "registry/bulletins/2026-001.yml"
ID = "20261012-0931-daba"
SIGNED = "signer: zhangwen\nsigned: 2026-10-16\n"
ISSUE = f"number: 1\nitems:\n  - {ID}\neditor: lisi\n{SIGNED}"
REVIEW = "imported: true\nreview:\n  decision: adopted\n  by: lisi\n  date: 2026-10-13\n"


def written(tmp_path: Path, review: str = REVIEW, office: tuple[str, str] = ("", "")) -> Path:
    """The county with one adopted item and a sound issue."""
    root = county_at(tmp_path)
    put(root, BASE_PATH, BASE.replace("---\n\n", f"{review}---\n\n"))
    put(root, PATH, ISSUE)
    settings = (root / "registry/office.yml").read_text("utf-8")
    put(root, "registry/office.yml", settings.replace(*office) if office[0] else settings)
    return root


def findings(root: Path) -> list[Finding]:
    return [finding for finding in examine(root).findings if "bulletins" in finding.path]


def test_a_sound_issue_and_its_draft_have_no_findings(tmp_path: Path) -> None:
    root = written(tmp_path)
    assert findings(root) == []
    put(root, PATH, ISSUE.replace(SIGNED, ""))
    assert findings(root) == []


MISTAKES = {
    "number": ("number: 1", "number: 2", 1, "bulletin-names", "里面写的是第 2 期，文件名是第 1 期", ""),
    "supplement": ("number: 1", "number: 1\nsupplement: true", 2, "bulletin-names", "文件名不是", "s 加三位数字"),
    "year": ("2026-10-16", "2025-10-16", 6, "bulletin-names", "不在 2026 年", ""),
    "publication unknown": ("number: 1", "number: 1\npublication: 晚报", 2, "bulletin-names", "没有“晚报”这个刊物", "试验信息"),
    "publication above": ("number: 1", "number: 1\npublication: 州委信息", 2, "bulletin-names", "州委信息是州级的刊物", "县级"),
    "publication without an id": ("number: 1", "number: 1\npublication: 试验专报", 2, "bulletin-names", "这一期的刊物是试验专报", "写上 id"),
    "signer": ("zhangwen", "lisi", 5, "bulletin-signatures", "lisi 在 2026-10-16 不是主编或签发人", "可以写：zhangwen"),
    "signer alone": ("signed: 2026-10-16\n", "", 5, "bulletin-signatures", "没有写 signed", "两样都有"),
    "day alone": ("signer: zhangwen\n", "", 5, "bulletin-signatures", "没有写 signer", "两样都有"),
    "to come": ("2026-10-16", "2026-12-01", 6, "bulletin-signatures", "还没有到（今天 2026-11-24）", "实际签发"),
    "editor gone": ("lisi", "zhaoyu", 4, "bulletin-signatures", "zhaoyu 在 2026-10-16 不是编辑", "lisi"),
    "editor unknown": ("lisi", "nobody", 4, "bulletin-signatures", "不是编辑", "lisi"),
    "item unknown": (ID, "20261012-0932-daba", 3, "bulletin-items", "没有 20261012-0932-daba 这条信息", "核对编号"),
    "item twice": (f"  - {ID}", f"  - {ID}\n  - {ID}", 4, "bulletin-items", "已经登在试验信息2026年第1期里", "删去"),
    "adopted later": ("2026-10-16", "2026-10-12", 3, "bulletin-items", "2026-10-13 才采用，晚于签发日期", ""),
    "no item": (f"items:\n  - {ID}", "items: []", 2, "bad-value", "至少登一条信息", ""),
    "headings only": (f"  - {ID}", "  - heading: 甲", 3, "bad-value", "至少登一条信息", ""),
    "no id": (f"  - {ID}", "  - 大坝镇", 3, "bad-value", "信息编号的写法", ""),
    "id and heading": (f"  - {ID}", f"  - {{id: {ID}, heading: 甲}}", 3, "bad-value", "或者 heading", ""),
    "misspelt": ("editor", "editr", 4, "unknown-key", "没有 editr 这个键", "editor"),
    "number zero": ("number: 1", "number: 0", 1, "bad-value", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_has_its_line_and_its_mend(tmp_path: Path, name: str) -> None:
    old, new, line, code, message, mend = MISTAKES[name]
    root = written(tmp_path)
    put(root, PATH, ISSUE.replace(old, new))
    found = [finding for finding in findings(root) if finding.code == code]
    assert [(one.path, one.line) for one in found] == [(PATH, line)], [str(one) for one in findings(root)]
    assert message in found[0].message
    assert mend in found[0].help


@pytest.mark.parametrize(
    "name", ["2026-1.yml", "第45期.yml", "2026-s1.yml", "2026-001.yaml", "2026-000.yml", "x y-2026-001.yml"]
)
def test_a_file_that_is_named_otherwise_is_no_issue(tmp_path: Path, name: str) -> None:
    root = written(tmp_path)
    put(root, f"registry/bulletins/{name}", ISSUE)
    assert [(one.path, one.code) for one in findings(root)] == [
        (f"registry/bulletins/{name}", "bulletin-names")
    ]


@pytest.mark.parametrize("text", ["2026-045", "2026-s002", "kuaixun-2026-006", "a1-1999-s999"])
def test_names_are_parsed_as_they_are_written(text: str) -> None:
    name = IssueName.parse(text)
    assert name is not None
    assert str(name) == text
    assert IssueName.of_path(name.path) == name


def test_a_number_that_is_missing_and_days_in_disorder_are_told(tmp_path: Path) -> None:
    root = written(tmp_path)
    other = "20261012-0932-daba"
    text = BASE.replace("---\n\n", f"{REVIEW}---\n\n").replace(
        "submitted: 2026-10-12 09:31", "submitted: 2026-10-12 09:32"
    )
    put(root, BASE_PATH.replace(ID, other), text)
    second = ISSUE.replace("number: 1", "number: 3").replace(ID, other)
    put(root, "registry/bulletins/2026-003.yml", second)
    gap = [one for one in findings(root) if one.code == "bulletin-numbers"]
    assert [(one.path, one.line, one.message, one.help) for one in gap] == [
        (
            "registry/bulletins/2026-003.yml",
            1,
            "前面缺2026年第2期",
            "请补上 registry/bulletins/2026-002.yml，或者改期号",
        )
    ]
    (root / "registry/bulletins/2026-003.yml").unlink()
    second = second.replace("number: 3", "number: 2")
    put(root, "registry/bulletins/2026-002.yml", second.replace("2026-10-16", "2026-10-14"))
    assert ["早于前一期的 2026-10-16" in one.message for one in findings(root)] == [True]
    put(root, "registry/bulletins/2026-002.yml", second)
    assert findings(root) == []
    put(root, PATH, ISSUE.replace(SIGNED, ""))
    assert ["还没有" in one.message for one in findings(root)] == [True]
    put(root, PATH, ISSUE.replace(ID, other))
    assert [(one.code, one.path) for one in findings(root)] == [
        ("bulletin-items", "registry/bulletins/2026-002.yml")
    ]


def test_a_series_may_begin_anywhere_and_supplements_are_numbered_apart(tmp_path: Path) -> None:
    root = written(tmp_path)
    (root / PATH).unlink()
    put(root, "registry/bulletins/2026-031.yml", ISSUE.replace("number: 1", "number: 31"))
    assert findings(root) == []
    (root / "registry/bulletins/2026-031.yml").unlink()
    put(root, "registry/bulletins/2026-s001.yml", ISSUE.replace("number: 1", "number: 1\nsupplement: true"))
    assert findings(root) == []


@pytest.mark.parametrize(
    ("review", "signed", "words"),
    [
        (REVIEW.replace("adopted", "held"), True, "没有采用（留用）"),
        (REVIEW.replace("adopted", "held"), False, "没有采用（留用）"),
        ("imported: true\n", False, "没有采用（待处理）"),
        (REVIEW + "  withdrawn: {date: 2026-10-15, reason: 有误}\n", True, "已在 2026-10-15 撤下"),
        (REVIEW + "  withdrawn: {date: 2026-10-15, reason: 有误}\n", False, "已在 2026-10-15 撤下"),
        (
            REVIEW + "  withdrawn: {date: 2026-10-20, reason: 有误}\n",
            True,
            "",
        ),  # later: the page leaves it out
    ],
)
def test_an_issue_holds_what_is_adopted_and_stands(
    tmp_path: Path, review: str, *, signed: bool, words: str
) -> None:
    root = written(tmp_path, review)
    put(root, PATH, ISSUE if signed else ISSUE.replace(SIGNED, ""))
    assert [one.message.removeprefix(f"{ID} ") for one in findings(root)] == ([words] if words else [])


def test_the_publication_is_the_items_and_its_number_stands_once(tmp_path: Path) -> None:
    adoption = "  adoptions:\n    - {level: 县, date: 2026-10-13, form: 单条, publication: 试验专报}\n"
    root = written(tmp_path, REVIEW + adoption)
    assert ["采用的刊物是试验专报，不是试验信息" in one.message for one in findings(root)] == [True]
    root = written(tmp_path, REVIEW + adoption.replace("试验专报", "试验信息 第1期"))
    found = findings(root)
    assert ["也写了期号“试验信息 第1期”" in one.message for one in found] == [True]
    assert f"请把 {BASE_PATH} 里的改成“试验信息”" in found[0].help


def test_another_publication_is_numbered_by_its_id(tmp_path: Path) -> None:
    adoption = "  adoptions:\n    - {level: 县, date: 2026-10-13, form: 单条, publication: 试验专报}\n"
    root = written(tmp_path, REVIEW + adoption, ("upward: true}", "upward: true, id: zhuanbao}"))
    (root / PATH).unlink()
    own = ISSUE.replace("number: 1", "number: 1\npublication: 试验专报")
    put(root, "registry/bulletins/zhuanbao-2026-001.yml", own)
    assert findings(root) == []
    put(root, PATH, own)
    assert any("文件名请写 zhuanbao-2026-001.yml" in one.help for one in findings(root))


def test_two_publications_do_not_share_an_id(tmp_path: Path) -> None:
    root = written(tmp_path, office=("level: 州}", "level: 州, id: zhuanbao}"))
    settings = (root / "registry/office.yml").read_text("utf-8")
    put(root, "registry/office.yml", settings.replace("upward: true}", "upward: true, id: zhuanbao}"))
    found = [one for one in examine(root).findings if one.path == "registry/office.yml"]
    assert [(one.code, one.message) for one in found] == [("names-unique", "刊物编号 zhuanbao 写了两次")]


DOCUMENTATION = (Path(__file__).parents[2] / "docs" / "bulletins.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", DOCUMENTATION, re.M | re.S)


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_documentations_examples_are_read_as_the_program_reads(text: str) -> None:
    document = yaml_document("2026-045.yml", text.encode())
    issue, problems = understand(document, TypeAdapter(Bulletin))
    assert (problems, document.problems) == ((), ())
    assert issue is not None
    assert issue.ids == (ID,)


def test_every_key_of_an_issue_is_explained() -> None:
    written = {key for text in EXAMPLES for key in re.findall(r"^([a-z]+):", text, re.M)}
    assert written == set(Bulletin.model_fields)
