"""Objections, answers and adjustments: what each mistake says, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bases import county_at, put
from publish.sites import item, review
from zhibao.model.finding import Finding
from zhibao.review.examine import examine

PATH = "registry/adjustments/2026-Q3-daba.yml"
ITEM, SOURCE, COMPILED = "20260803-0900-daba", "20260803-0910-nandu", "20260806-1000-office"
SOUND = f"""unit: daba
date: 2026-09-30
item: {ITEM}
objection:
  by: 王敏
  date: 2026-10-09
  line: 2026-08-04 采用计分
  words: 应按单篇计
answer:
  by: lisi
  date: 2026-10-10
  words: 核实了，是单篇
points: 2
reason: 采用的形式记错了
approver: zhangwen
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = county_at(tmp_path_factory.mktemp("adjustments"))
    adopted = review("adopted", "2026-08-07")
    compiled = item(COMPILED, title="编发的一条信息", front=f"sources: [{{id: {SOURCE}}}]", review=adopted)
    for path, text in (
        item(ITEM, title="大坝镇的一条信息", review=adopted),
        item(SOURCE, title="南渡镇的一条信息", review=adopted),
        compiled,
    ):
        put(made, path, text)
    return made


def findings(root: Path, text: str) -> list[Finding]:
    put(root, PATH, text)
    return [found for found in examine(root).findings if found.path.startswith("registry/")]


def test_a_sound_one_has_nothing_wrong(root: Path) -> None:
    assert findings(root, SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "at", "words"),
    [
        (ITEM, "20260803-0901-daba", "known", 3, "没有 20260803-0901-daba 这条信息"),
        (ITEM, SOURCE, "known", 3, f"{SOURCE} 不是 daba 报送或供稿的"),
        ("unit: daba", "unit: dabaa", "known", 1, "没有“dabaa”这个单位"),
        ("by: lisi", "by: wuhao", "known", 10, "wuhao 在 2026-10-10 不是编辑"),
        ("approver: zhangwen", "approver: lisi", "known", 15, "lisi 在 2026-09-30 不是主编或签发人"),
        ("approver: zhangwen\n", "", "signed", 13, "写了 points，没有批准人，不计分"),
        ("date: 2026-10-10", "date: 2026-10-08", "in-time", 11, "2026-10-08 答复，早于 2026-10-09 提出"),
        (
            "date: 2026-10-10",
            "date: 2026-11-25",
            "in-time",
            11,
            "日期 2026-11-25 还没有到（今天 2026-11-24）",
        ),
    ],
)
def test_each_mistake_has_its_line(root: Path, old: str, new: str, code: str, at: int, words: str) -> None:
    text = SOUND.replace(old, new)
    assert text != SOUND
    found = [(f.code, f.line, words in f.message) for f in findings(root, text)]
    wanted = (f"adjustments-{code}", at, True)
    assert found == [wanted] if new != "unit: dabaa" else wanted in found, found


def test_a_source_s_unit_may_speak_of_what_was_compiled_from_it(root: Path) -> None:
    text = SOUND.replace(ITEM, COMPILED).replace("unit: daba", "unit: nandu")
    assert findings(root, text) == []
    assert [f.line for f in findings(root, SOUND.replace(ITEM, COMPILED))] == [3]


def test_an_answer_wants_an_objection(root: Path) -> None:
    start, end = SOUND.index("objection:"), SOUND.index("answer:")
    (found,) = findings(root, SOUND[:start] + SOUND[end:])
    assert "写了 answer（答复），要有 objection（异议）" in found.message
