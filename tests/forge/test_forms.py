"""The issue form: made from the registry of a day, and read again from what the forges make of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bases import COUNTY
from forge.issues import form
from forge.page import Page
from workflow.desk import run
from zhibao.door.issue_form import (
    CONFIG,
    FORM,
    Filled,
    FormError,
    filled_in,
    issue_form,
    made_on,
)
from zhibao.publish import forge_pages
from zhibao.repo.registry_files import read_registry
from zhibao.repo.work_tree import WorkTree

REGISTRY = read_registry(WorkTree(COUNTY)).registry
DAY = date(2026, 11, 24)
WHOLE = """# 由 office.yml 和报送要点生成（2026-11-24 的）：zhibao forms。名册变了就重新生成，不要手改。
name: 报送信息
description: 填好就成了一份提议。单位、信息员、编号、时间都不用写。
body:
  - type: markdown
    attributes:
      value: 标题写在上面的标题栏，一事一报。**涉密的不要写在这里。**
  - type: dropdown
    id: kind
    attributes:
      label: 类型
      options:
        - 动态
        - 经验
        - 问题
        - 紧急
    validations:
      required: true
  - type: dropdown
    id: call
    attributes:
      label: 报送要点
      description: 答哪一条就选哪一条，不答就不选。
      options:
        - water 山区饮水（12月31日前）
  - type: input
    id: cleared
    attributes:
      label: 公开审核人
      description: 只有可以让全社会看到的才填，写分管领导的姓名；不填只有本县各单位看得到。
  - type: textarea
    id: body
    attributes:
      label: 正文
      description: 写在这里，或者把 Word 文件（.docx）拖进来。
    validations:
      required: true
"""


def test_the_form_of_a_day() -> None:
    assert issue_form(REGISTRY, DAY) == WHOLE
    assert made_on(WHOLE) == DAY
    assert "- school 校园午餐（9月15日前）\n" in issue_form(REGISTRY, date(2026, 9, 15))


def test_without_a_call_there_is_no_field_for_one() -> None:
    found = yaml.safe_load(issue_form(REGISTRY, date(2027, 1, 1)))
    assert [one.get("id") for one in found["body"]] == [None, "kind", "cleared", "body"]


def test_the_page_that_prefills_it_means_these_fields() -> None:
    named = [one["id"] for one in yaml.safe_load(WHOLE)["body"] if "id" in one]
    assert sorted(named) == sorted(forge_pages.FIELDS)
    assert FORM.endswith(f"/{forge_pages.FORM}")


def test_words_of_the_county_that_yaml_reads_otherwise() -> None:
    kinds = tuple(
        kind.model_copy(update={"name": name})
        for kind, name in zip(REGISTRY.office.kinds, ("是: 否", "yes", "- x", "#1"), strict=True)
    )
    odd = replace(REGISTRY, office=REGISTRY.office.model_copy(update={"kinds": kinds}))
    found = yaml.safe_load(issue_form(odd, DAY))
    assert found["body"][1]["attributes"]["options"] == ["是: 否", "yes", "- x", "#1"]


def test_what_the_forges_make_of_it_is_read_again() -> None:
    call = REGISTRY.calls[0].choice
    assert filled_in(form("动态", "一\n\n二", call=call, cleared="李强")) == Filled(
        "动态", "water", "李强", "一\n\n二"
    )
    assert filled_in(form("动态", "一")) == Filled("动态", "", "", "一")
    assert filled_in(form("动态", "一").replace("\n", "\r\n")) == Filled("动态", "", "", "一")
    assert filled_in("### 类型\n\n动态\n\n### 正文\n\n一") == Filled("动态", "", "", "一")
    assert filled_in("### 类型\n### 正文\n") == Filled("", "", "", "")


@pytest.mark.parametrize("text", ["", "正文", "### 正文\n\n一", "> ### 类型\n\n动态", "# 类型\n\n动态"])
def test_what_is_no_form_of_ours(text: str) -> None:
    assert filled_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "### 类型",
        "### 类型\n\n动态\n\n别的\n\n### 正文\n\n一",
        "### 类型\n\n动态\n\n### 公开审核人\n\n李\n强\n\n### 正文\n\n一",
    ],
)
def test_a_form_that_was_spoilt_says_where(text: str) -> None:
    with pytest.raises(FormError, match="找不到“### 正文”这一行"):
        filled_in(text)


@given(st.text())
def test_whatever_stands_in_the_text_is_the_text(body: str) -> None:
    plain = body.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    found = filled_in(form("动态", body, cleared="李强"))
    assert found
    assert (found.kind, found.cleared) == ("动态", "李强")
    assert found.body == ("" if plain.strip() == "_No response_" else plain)


def test_written_and_checked(page: Page) -> None:
    assert page.call("forms", "--check") == (1, f"{FORM} 与名册不符；请运行 zhibao forms 并提交\n")
    assert page.call("forms") == (0, f"写好了 {FORM}、{CONFIG}。\n")
    assert page.county.text(FORM) == WHOLE
    assert page.call("forms") == (0, "表单是最新的。\n")
    assert page.call("forms", "--check") == (0, "表单与名册相符。\n")
    (page.root / CONFIG).write_bytes(b"\xff")
    assert page.call("forms", "--check")[0] == 1
    assert page.call("forms") == (0, f"写好了 {CONFIG}。\n")


def test_a_call_that_is_over_makes_no_form_wrong_but_a_new_one_does(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.call("forms")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1801800000")  # 2027-02-05
    words = "表单与名册相符；有报送要点到了期，有空时再运行 zhibao forms。\n"
    assert page.call("forms", "--check") == (0, words)
    calls = next((page.root / "registry/calls").glob("*.yml"))
    calls.write_text(
        calls.read_text("utf-8").replace("校园午餐", "校园早餐").replace("2026-09-15", "2027-09-15"), "utf-8"
    )
    assert page.call("forms", "--check")[0] == 1
    page.call("forms")
    assert page.call("forms", "--check") == (0, "表单与名册相符。\n")
    assert "- school 校园早餐（9月15日前）\n" in page.county.text(FORM)


def test_a_folder_that_leads_outside_is_not_written(page: Page) -> None:
    (page.root / ".github").symlink_to(page.folder)
    assert page.call("forms")[0] == 2
    assert run(page.root, "status", "--porcelain", ".github/ISSUE_TEMPLATE") == ""
