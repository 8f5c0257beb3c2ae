"""A mistake in a policy is a finding with its line and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from bases import county_at, put
from zhibao.model.finding import Finding
from zhibao.review.examine import examine

PATH = "registry/rules/2026.yml"
LATER = """from: 2026-07-01
title: 下半年办法
adoption: {县: 3}
"""


def findings(root: Path) -> list[Finding]:
    return [finding for finding in examine(root).findings if finding.path.startswith("registry/")]


def written(tmp_path: Path, text: str) -> tuple[Path, int]:
    """The county with these lines at the end of its rules; and the first of them."""
    root = county_at(tmp_path)
    rules = (root / PATH).read_text("utf-8")
    put(root, PATH, rules + text)
    return root, rules.count("\n") + 1


MISTAKES = {
    "unknown level": ("leaders: [{level: 镇, by: 镇长, points: 3}]", "rules-terms", "没有“镇”这个层级", "可以写：县、州、省、中央"),
    "unknown form": ("special: [{form: 长篇, points: 3}]", "rules-terms", "没有“长篇”这个采用形式", "可以写"),
    "unknown kind": ("caps: [{kind: 快报, per: month, most: 3}]", "rules-terms", "没有“快报”这个类型", "可以写"),
    "unknown publication": ("bonus: [{name: 甲, publication: 乙, points: 1}]", "rules-terms", "没有“乙”这个刊物", "可以写"),
    "unknown group": ("quota: [{per: month, groups: [城区], count: 3}]", "rules-terms", "没有“城区”这个类别", "可以写"),
    "unknown unit": ("quota: [{per: month, units: dabazhen, count: 3}]", "rules-terms", "没有“dabazhen”这个单位", "可以写"),
    "unknown reason": ("invalid: 不好", "rules-terms", "没有“不好”这个原因代码", "可以写：要素不全、已有同类"),
    "unknown finding": ("awards: {barred: [{finding: 瞒报}]}", "rules-terms", "没有“瞒报”这个认定的问题", ""),
    "unknown source form": ("sources: {full: 长篇}", "rules-terms", "没有“长篇”这个采用形式", ""),
    "percentage over 100": ("low_rate: {per: quarter, under: 130, deduct: 1}", "bad-value", "百分数在 0 到 100 之间", ""),
    "percentage as text": ("sources: {office: 40%}", "bad-value", "百分数写成数字，如 30（就是 30%）", ""),
    "negative cap": ("caps: [{per: month, most: -3}]", "bad-value", "不能是负数：上限和扣分都写正数", ""),
    "negative deduction": ("urgent_late: -5", "bad-value", "不能是负数", ""),
    "no such span": ("base: {points: 10, per: week}", "bad-value", "只能是", ""),
    "an item is no span": ("base: {points: 10, per: item}", "bad-value", "这里写 month（月）", ""),
    "two scores": ("special: [{level: 县, points: 3, times: 2}]", "bad-value", "只写一种", ""),
    "no score": ("special: [{level: 县}]", "bad-value", "写一个分值", ""),
    "misspelt term": ("cap: []", "unknown-key", "没有 cap 这个键", "是不是 caps（封顶）？"),
    "lead without a part": ("decision: {adopted: 3}", "bad-value", "采用的分写在 adoption 里", ""),
    "empty steps": ("leaders: [{level: 县, by: 县长, points: []}]", "bad-value", "至少要有 1 项", ""),
    "escalation without a number": ("commission: {late: 1, missed: 2, escalate: {deduct: 3}}", "rules-sense", "加重没有写满几次", "missed: 2"),
    "task that nobody has": ("shortfall: [{per: month, kinds: 动态, each: 1}]", "rules-sense", "没有规定动态任务", "quota"),
    "empty bar": ("awards: {zeroed: [{}]}", "bad-value", "至少要写一个条件", ""),
    "until before from": ("until: 2025-01-01", "rules-dates", "早于 from", ""),
    "two prices": ("findings: {漏报: {deduct: 1, percent: 3}}", "bad-value", "只写一种", ""),
    "dates": ("until: 2026年6月", "date-form", "日期的写法不对", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_has_its_line_and_its_mend(tmp_path: Path, name: str) -> None:
    text, code, message, mend = MISTAKES[name]
    root, line = written(tmp_path, text + "\n")
    found = [finding for finding in findings(root) if finding.code == code]
    assert len(found) == 1, [str(one) for one in findings(root)]
    assert (found[0].path, found[0].line) == (PATH, line)
    assert message in found[0].message
    assert mend in found[0].help


def test_all_mistakes_of_a_policy_at_once(tmp_path: Path) -> None:
    root, line = written(tmp_path, "caps: [{per: month, most: -3}]\nurgent_late: -5\ncap: []\n")
    assert [(one.line - line, one.code) for one in findings(root)] == [
        (0, "bad-value"),
        (1, "bad-value"),
        (2, "unknown-key"),
    ]


@pytest.mark.parametrize("circle", ["{times: 2, of: 县}", "{times: 2, of: 州}"])
def test_multiples_that_run_in_a_circle(tmp_path: Path, circle: str) -> None:
    root = county_at(tmp_path)
    text = "from: 2026-01-01\ntitle: 甲\nadoption:\n  县: " + circle + "\n  州: {times: 2, of: 县}\n"
    put(root, PATH, text)
    found = [finding for finding in findings(root) if finding.code == "rules-multiples"]
    assert {finding.line for finding in found} == ({4} if "县" in circle else {4, 5})
    assert "绕了一圈：县 → " in found[0].message


@pytest.mark.parametrize(
    ("until", "words"),
    [("2026-05-31", "中间没有办法"), ("2026-08-01", "下一份 2026-07-01 已经起用"), ("2026-06-30", "")],
)
def test_gaps_and_overlaps_between_policies(tmp_path: Path, until: str, words: str) -> None:
    root, line = written(tmp_path, f"until: {until}\n")
    put(root, "registry/rules/later.yml", LATER)
    found = [finding for finding in findings(root) if finding.code == "rules-dates"]
    assert [finding.line for finding in found] == ([line] if words else [])
    for finding in found:
        assert words in finding.message
        assert "请把 until 写成 2026-06-30" in finding.help


def test_two_policies_of_one_day(tmp_path: Path) -> None:
    root = county_at(tmp_path)
    put(root, "registry/rules/again.yml", LATER.replace("2026-07-01", "2026-01-01"))
    assert [f.message for f in findings(root) if f.code == "rules-dates"] == [
        "from 与 registry/rules/2026.yml 相同"
    ]


ADJUSTMENT = """unit: daba
date: 2026-10-09
points: -2
reason: 核实后少记一次
approver: zhangwen
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("daba", "dabazhen", 1, "没有“dabazhen”这个单位"),
        ("zhangwen", "lisi", 5, "lisi 在 2026-10-09 不是主编或签发人"),
        ("points: -2", "finding: 漏报", 3, "没有“漏报”这个认定的问题"),
        ("points: -2\n", "", 1, "要有 objection（异议）"),
        ("points: -2", "points: -2\nfinding: 漏报", 1, "就不写 points"),
    ],
)
def test_adjustments_name_what_is_known(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    root = county_at(tmp_path)
    put(root, "registry/adjustments/2026-Q3-daba.yml", ADJUSTMENT)
    assert findings(root) == []
    put(root, "registry/adjustments/2026-Q3-daba.yml", ADJUSTMENT.replace(old, new))
    assert [(f.line, words in f.message) for f in findings(root)] == [(line, True)], findings(root)
