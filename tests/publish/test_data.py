"""The data files of the site as a spreadsheet program opens them: no text that somebody sent becomes a formula, no figure a text."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from publish.sites import prepared, rendered

TITLE, HOSTILE = "公开信息的标题一池秋水", "-2+3+cmd|' /C calc'!A0"


def rows(pages: dict[str, str], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(pages[name].lstrip("\ufeff"))))


def test_texts_are_no_formulas_and_negative_points_are_figures(tmp_path: Path) -> None:
    root = prepared(tmp_path)
    (path,) = root.glob("submissions/*/*/20260803-0900-daba.md")
    path.write_text(path.read_text("utf-8").replace(f"title: {TITLE}", f'title: "{HOSTILE}"'), "utf-8")
    units = root / "registry/units.yml"
    units.write_text(units.read_text("utf-8").replace("大坝镇", "＝大坝镇"), "utf-8")
    pages = rendered(root, "network")
    assert f"'{HOSTILE}" in {row["title"] for row in rows(pages, "data/items.csv")}
    quarter = rows(pages, "data/statistics-2026-Q3.csv")
    assert "'＝大坝镇" in {row["单位"] for row in quarter}
    points = [row["points"] for row in rows(pages, "data/lines.csv")]
    assert any(one.startswith("-") for one in points)
    assert not any(one.startswith("'") for one in points)
