"""Every check has a bad example that it finds and a good one that it passes: the ones that the site shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from bases import BASE, BASE_PATH, applied, county_at, put
from zhibao.check.examples import EXAMPLES
from zhibao.check.situations import SITUATIONS
from zhibao.check.table import ALL, BY_CODE, CHECKS, listing
from zhibao.model.finding import Severity
from zhibao.review.examine import examine

SPECIAL = {"not-a-file", "too-large", "id-unique", "near-duplicate", "id-form", "id-folder"}


def codes(root: Path, path: str = BASE_PATH) -> set[str]:
    return {finding.code for finding in examine(root, [path]).findings}


def test_every_check_has_an_example_a_rule_and_a_page_of_its_own() -> None:
    assert len(CHECKS) >= 30
    assert len({row.code for row in ALL}) == len(ALL)
    for row in ALL:
        assert row.summary.endswith("。"), row.code
        assert any("\u4e00" <= character <= "\u9fff" for character in row.summary)
        assert row.page == f"rules/checks.html#{row.code}"
    assert set(EXAMPLES) == set(BY_CODE)
    assert set(EXAMPLES) | set(SITUATIONS) == {row.code for row in ALL}
    assert all(sentence.endswith("。") for situation in SITUATIONS.values() for sentence in situation)
    assert {tuple(sorted(row)) for row in listing()} == {("code", "mended", "page", "severity", "summary")}


def test_the_base_item_is_sound(tmp_path: Path) -> None:
    root = county_at(tmp_path)
    put(root, BASE_PATH, BASE)
    found = [f for f in examine(root, [BASE_PATH]).findings if f.severity is not Severity.ADVICE]
    assert found == []


@pytest.mark.parametrize("code", sorted(set(BY_CODE) - SPECIAL))
def test_the_bad_example_is_found_and_the_good_one_is_not(code: str, tmp_path: Path) -> None:
    root, example = county_at(tmp_path), EXAMPLES[code]
    put(root, BASE_PATH, applied(example, example.bad))
    assert code in codes(root)
    good = example.good if example.encoding == "utf-8" else BASE
    data = good.encode() if example.part == "file" else applied(example, good)
    put(root, BASE_PATH, data)
    assert code not in codes(root)


def test_links_and_folders_are_no_items(tmp_path: Path) -> None:
    root = county_at(tmp_path)
    (root / BASE_PATH).mkdir(parents=True)
    assert codes(root) == {"not-a-file"}
    (root / BASE_PATH).rmdir()
    (root / BASE_PATH).symlink_to("/etc/hostname")
    assert codes(root) == {"not-a-file"}
    (root / BASE_PATH).unlink()
    (root / BASE_PATH).symlink_to("nowhere")
    assert codes(root) == {"not-a-file"}


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    root = county_at(tmp_path)
    put(root, BASE_PATH, BASE.encode() + b"x" * 20_000_000)
    assert codes(root) == {"too-large"}


@pytest.mark.parametrize("code", ["id-form", "id-folder"])
def test_a_wrong_name_or_folder_is_found(code: str, tmp_path: Path) -> None:
    root, bad = county_at(tmp_path), EXAMPLES[code].bad
    put(root, bad, BASE)
    put(root, BASE_PATH, BASE)
    assert code in codes(root, bad)
    assert code not in codes(root)


def test_one_id_stands_in_one_file(tmp_path: Path) -> None:
    root = county_at(tmp_path)
    put(root, BASE_PATH, BASE)
    assert "id-unique" not in codes(root)
    other = BASE_PATH.replace("/10/", "/11/")
    put(root, other, BASE)
    assert {"id-unique", "id-folder"} <= codes(root, other)
    assert "id-unique" in codes(root)


def test_a_copy_is_found_with_its_share_and_passages(tmp_path: Path) -> None:
    root = county_at(tmp_path)
    put(root, BASE_PATH, BASE)
    later = "submissions/2026/10/20261015-1010-nandu.md"
    copy = (
        BASE.replace("unit: daba", "unit: nandu")
        .replace("王敏", "钱芳")
        .replace("2026-10-12 09:31", "2026-10-15 10:10")
    )
    put(root, later, copy.replace("九个村", "七个村"))
    found = [f for f in examine(root, [later]).findings if f.code == "near-duplicate"]
    assert len(found) == 1
    assert "20261012-0931-daba" in found[0].message
    assert "%" in found[0].message
    assert "水源联调" in found[0].message or "做法有三条" in found[0].message or "管" in found[0].message
    assert "near-duplicate" not in codes(root)
    put(root, later, copy.replace("tags: [饮水]", "resubmits: 20261012-0931-daba"))
    assert "near-duplicate" not in codes(root, later)
