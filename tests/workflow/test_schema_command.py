"""`zhibao schema`: written where the registry's files look for them, and held current."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bases import COUNTY, put
from workflow.desk import Office
from zhibao.door.schemas import schemas, stale, unnamed
from zhibao.model.areas import Area, area_of
from zhibao.model.files import FILES, SCHEMAS, modeline
from zhibao.repo.work_tree import WorkTree


def test_the_schemas_of_the_tests_county_are_current_and_its_files_name_them() -> None:
    tree = WorkTree(COUNTY)
    assert stale(COUNTY / SCHEMAS, schemas(tree).texts) == []
    assert list(unnamed(tree)) == []
    assert modeline("registry/rules/2026.yml") == "# yaml-language-server: $schema=../schema/rules.json"
    assert area_of(f"{SCHEMAS}/office.json") is Area.REGISTRY


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(tmp_path, capsys)


def test_schemas_are_written_once_and_checked(office: Office) -> None:
    folder = office.root / SCHEMAS
    assert office.call("schema", "--check") == (0, f"registry/schema/ 是现在的（{len(FILES)} 份）。\n")
    shutil.rmtree(folder)
    assert office.call("schema", "--check")[0] == 0
    assert office.call("schema") == (0, f"registry/schema/：写了 {len(FILES)} 份，0 份没有变。\n")
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert office.call("schema") == (0, f"registry/schema/：写了 0 份，{len(FILES)} 份没有变。\n")
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    assert office.county.git("status", "--short") == ""


def test_a_new_word_of_the_county_makes_them_stale(office: Office) -> None:
    path = office.root / "registry/office.yml"
    path.write_text(
        path.read_text("utf-8").replace(
            "  - {name: 问题,", "  - {name: 调研, label: 调研报告, length: [100, 900]}\n  - {name: 问题,"
        ),
        "utf-8",
    )
    status, said = office.call("schema", "--check")
    assert status == 1
    assert (
        said
        == "registry/schema/ 里的 submission.json、rules.json 不是现在的；请运行 zhibao schema，连同名册一起提交。\n"
    )
    assert office.call("schema", "calls", "--check")[0] == 0
    assert office.call("schema")[0] == 0
    made = json.loads((office.root / SCHEMAS / "submission.json").read_text("utf-8"))
    assert "调研" in made["properties"]["kind"]["enum"]


def test_a_call_does_not_make_them_stale(office: Office) -> None:
    put(
        office.root,
        "registry/calls/2027.yml",
        "- {id: road, title: 路, level: 县, from: 2026-12-01, due: 2026-12-31}\n",
    )
    assert office.call("schema", "--check")[0] == 0


def test_one_is_printed_and_others_go_where_they_are_wanted(office: Office, tmp_path: Path) -> None:
    status, said = office.call("schema", "units")
    assert (status, json.loads(said)) == (0, json.loads(schemas(WorkTree(COUNTY)).texts["units"]))
    assert office.call("schema", "units", "--out", str(tmp_path / "out"))[0] == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["units.json"]
    status, said = office.call("schema", "unit")
    assert status == 2
    assert "没有 unit 这一种；有：submission（信息的抬头）、office（办公室的设置）" in said


def test_with_a_registry_that_cannot_be_read_the_words_are_left_out_and_said(office: Office) -> None:
    put(office.root, "registry/office.yml", "name: 只有名称\n")
    status, said = office.call("schema")
    assert status == 0
    assert "registry/office.yml 读不懂，里面的词没有列进去" in said
    made = json.loads((office.root / SCHEMAS / "submission.json").read_text("utf-8"))
    assert "enum" not in made["properties"]["kind"]
    assert "daba" in made["properties"]["unit"]["enum"]
    assert "registry/office.yml 的第一行请写：# yaml-language-server: $schema=schema/office.json" in said


def test_a_link_that_leads_outside_is_not_followed(office: Office, tmp_path: Path) -> None:
    shutil.rmtree(office.root / SCHEMAS)
    (tmp_path / "outside").mkdir()
    (office.root / SCHEMAS).symlink_to(tmp_path / "outside")
    status, said = office.call("schema")
    assert (status, list((tmp_path / "outside").iterdir())) == (2, [])
    assert "通到仓库外面" in said


def test_a_folder_that_cannot_be_written_is_said(office: Office, tmp_path: Path) -> None:
    put(tmp_path, "file", "x")
    status, said = office.call("schema", "--out", str(tmp_path / "file"))
    assert status == 2
    assert "写不了" in said


def test_the_site_is_built_with_schemas_that_are_checked() -> None:
    makefile = (Path(__file__).parents[2] / "Makefile").read_text("utf-8")
    assert "zhibao schema --check" in makefile.partition("\nsite:")[2].partition("\n\n")[0]
