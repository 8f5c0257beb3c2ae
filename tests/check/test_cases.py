"""Whole items and the whole of what is said of them. ZHIBAO_WRITE_CASES=1 writes the expectations anew: read each as an officer would."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bases import BASE, BASE_PATH, county_at, guides, put
from zhibao.cli import reports
from zhibao.repo import front_matter
from zhibao.review.examine import examine

CASES = sorted((Path(__file__).parent / "cases").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_is_told_whole(case: Path, tmp_path: Path) -> None:
    root = county_at(tmp_path)
    put(root, BASE_PATH, (case / "input.md").read_bytes())
    told = reports.text(examine(root, [BASE_PATH]))
    if os.environ.get("ZHIBAO_WRITE_CASES"):
        (case / "expected.txt").write_text(told, "utf-8")
    assert told == (case / "expected.txt").read_text("utf-8")


def test_one_item_of_many_is_checked_without_parsing_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = county_at(tmp_path)
    put(root, BASE_PATH, BASE)
    for minute in range(40):
        text = (
            BASE.replace("09:31", f"08:{minute:02}").split("\n\n")[0]
            + f"\n\n第{minute}条写的是另一件事。"
            + "".join(chr(0x4E00 + minute * 90 + n) for n in range(80))
        )
        put(root, f"submissions/2026/09/20260912-08{minute:02}-daba.md", text)
    parsed: list[str] = []
    real = front_matter.item_document
    monkeypatch.setattr(
        "zhibao.repo.tree.item_document", lambda path, data: parsed.append(path) or real(path, data)
    )
    assert examine(root, [BASE_PATH]).files == 1
    assert set(parsed) == {BASE_PATH}


def test_the_guides_example_is_one_that_passes(tmp_path: Path) -> None:
    root = county_at(tmp_path)
    for guide in guides():
        example = guide.split("```text\n")[1].split("```")[0]
        put(root, BASE_PATH, example)
        assert [f.code for f in examine(root, [BASE_PATH]).findings if f.severity.value == "error"] == []
