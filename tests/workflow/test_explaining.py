"""`zhibao explain` and `zhibao whatif`, whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workflow.desk import Office, item_text

ID, OTHER, THIRD = "20260701-0900-daba", "20260702-0900-nandu", "20260703-0900-daba"
LATER = """from: 2026-01-01
title: 新办法
adoption: {县: 10, 州: 20}
caps: [{per: quarter, most: 15}]
"""


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """Two items adopted, one declined."""
    made = Office(tmp_path, capsys)
    review = "  decision: declined\n  by: lisi\n  date: 2026-07-03\n  reason: {code: 要素不全}"
    above = "  adoptions:\n    - {level: 州, date: 2026-07-20, form: 综合, publication: 州委信息 第9期}"
    texts = {
        ID: item_text(ID, front="with: [{unit: shuiwu, share: 0.4}]", review=above),
        OTHER: item_text(OTHER),
        THIRD: item_text(THIRD, review=review),
    }
    for day, (id_, text) in enumerate(texts.items(), 1):
        made.county.propose(id_, "lisi", f"2026-07-0{day}T10:00:00+08:00", text)
        made.county.merge(id_, "lisi", f"2026-07-0{day}T16:00:00+08:00")
    return made


def test_an_item(office: Office) -> None:
    status, words = office.call("explain", ID)
    assert status == 0
    assert (
        words
        == """20260701-0900-daba  daba编号0701-0900的水井账
大坝镇，经验，2026年7月1日报送。2026年7月1日采用。
得分合计 7 分：
  2026年7月1日 大坝镇 +1.8 分：县级采用（单条，试验信息）计 3 分，与县水务局联合，按 60% 得 1.8 分
      依据：《试验县计分办法》采用计分表（县级、单条），3 分
  2026年7月1日 县水务局 +1.2 分：县级采用（单条，试验信息）计 3 分，与大坝镇联合，按 40% 得 1.2 分
      依据：《试验县计分办法》采用计分表（县级、单条），3 分
  2026年7月20日 大坝镇 +2.4 分：州级采用（综合，州委信息 第9期）计 4 分，与县水务局联合，按 60% 得 2.4 分
      依据：《试验县计分办法》采用计分表（州级、综合），4 分
  2026年7月20日 县水务局 +1.6 分：州级采用（综合，州委信息 第9期）计 4 分，与大坝镇联合，按 40% 得 1.6 分
      依据：《试验县计分办法》采用计分表（州级、综合），4 分
【这些词的意思】
  采用计分：信息被刊物采用一次，按层级和采用形式计的分。
"""
    )
    assert "2026年7月3日不采用，原因是要素不全。\n没有得分。" in office.call("explain", THIRD)[1]


def test_a_unit_in_a_period(office: Office) -> None:
    status, words = office.call("explain", "大坝镇", "2026-Q3")
    assert status == 0
    lines = words.splitlines()
    assert lines[0] == "大坝镇，2026年第三季度：得分 4.2 分，在乡镇里排第 1"
    assert lines[2] == "【采用计分】2 行，4.2 分"
    assert "【没有得分的】1 条" in lines
    assert f"  {THIRD} daba编号0703-0900的水井账：2026年7月3日不采用，原因是要素不全。" in lines
    assert any(
        line.startswith("  报送 2 条，任务数 3 条，完成率 66.67%（报送条数 ÷ 任务数）") for line in lines
    ), lines


def test_a_cap_is_said(office: Office) -> None:
    (office.root / "registry/rules/2026.yml").write_text(LATER.replace("most: 15", "most: 6"), "utf-8")
    words = office.call("explain", "nandu", "2026-Q3")[1]
    assert "-4 分：每季度最多计 6 分（所有信息），超出的 4 分不计" in words
    assert "封顶：超过上限的部分用一行负数扣去" in words


def test_as_json(office: Office) -> None:
    found = json.loads(office.call("explain", "nandu", "2026-Q3", "--format", "json")[1])
    assert found["schema"] == 1
    assert [(line["points"], line["clause"]) for line in found["lines"]] == [
        ("3.00", "《试验县计分办法》采用计分表（县级、单条），3 分")
    ]


def test_what_cannot_be_explained(office: Office) -> None:
    for arguments, said in (
        (("explain", "dabazhen", "2026"), "没有“dabazhen”这条信息或这个单位"),
        (("explain", "daba"), "请写时段，如 zhibao explain daba 2026-Q3"),
        (("explain", "daba", "2026年"), "的写法不对"),
    ):
        status, words = office.call(*arguments)
        assert (status, said in words) == (2, True), words


def test_another_policy_beside_todays(office: Office) -> None:
    path = office.root / "new.yml"
    path.write_text(LATER, "utf-8")
    status, words = office.call("whatif", str(path), "2026-Q3")
    assert status == 0
    # daba: 60 % of 10 and of 20 is 18, of which 15 count; today 4.20
    rows = [line.split() for line in words.splitlines()]
    assert "│ 大坝镇 │ 4.20 │ 15.00 │ +10.80 │ 1 │ 1 │ 0 │".split() in rows
    assert "得分增加的 3 个单位，大坝镇 +10.8" in words
    assert "  每季度最多计 15 分（所有信息）。" in words
    found = json.loads(office.call("whatif", str(path), "2026-Q3", "--format", "json")[1])
    assert [one["supposed"] for one in found["units"] if one["unit"] == "nandu"] == ["10.00"]
    assert "3.00" in office.call("explain", OTHER)[1].replace("+3 分", "3.00")  # nothing was written


def test_a_policy_with_a_mistake_is_not_tried(office: Office) -> None:
    path = office.root / "new.yml"
    path.write_text(LATER.replace("州: 20", "镇: 20") + "urgent_late: -3\n", "utf-8")
    status, words = office.call("whatif", str(path), "2026-Q3")
    assert (status, "new.yml:5:14 错误[bad-value]" in words) == (1, True), words
    path.write_text(LATER.replace("州: 20", "镇: 20"), "utf-8")
    status, words = office.call("whatif", str(path), "2026-Q3")
    assert (status, "new.yml:3:22 错误[rules-terms] 没有“镇”这个层级" in words) == (1, True), words
    assert office.call("whatif", "none.yml", "2026-Q3")[0] == 2
