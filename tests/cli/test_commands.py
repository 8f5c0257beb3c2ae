"""The command line as a user meets it: words, formats, exit codes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from bases import BASE, BASE_PATH, county_at, put
from cli.test_bad_input import run

ADOPTED = "imported: true\nreview:\n  decision: adopted\n  by: lisi\n  date: 2026-10-12\n---\n\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    county = county_at(tmp_path)
    put(county, BASE_PATH, BASE.replace("---\n\n", ADOPTED))
    return county


def test_a_sound_item_is_fine(root: Path) -> None:
    done = run(root, "check", BASE_PATH)
    assert (done.returncode, done.stdout) == (0, "检查 1 条：错误 0，提醒 0，建议 0。没有错误\n")


def test_an_error_tells_fact_place_and_mend(root: Path) -> None:
    put(root, BASE_PATH, BASE.replace("happened: 2026-10-10", "happened: 2026年10月10日"))
    done = run(root, "check", BASE_PATH)
    assert done.returncode == 1
    assert (
        f"{BASE_PATH}:7:11 错误[date-form] happened（发生日期）写的是“2026年10月10日”，日期的写法不对；请写 2026-10-10"
        in done.stdout
    )


def test_json_has_its_schema(root: Path) -> None:
    put(root, BASE_PATH, BASE.replace("kind: 经验", "kind: 经"))
    found = json.loads(run(root, "check", "--format", "json").stdout)
    assert found["schema"] == 1
    assert set(found["findings"][0]) == set("code severity path line column message help mendable".split())
    assert found["counts"]["error"] >= 1
    listed = json.loads(run(root, "check", "--list", "--format", "json").stdout)
    assert listed["schema"] == 1
    assert set(listed["checks"][0]) == {"code", "severity", "summary", "page", "mended"}


def test_markdown_is_escaped_and_starts_with_the_conclusion(root: Path) -> None:
    put(root, BASE_PATH, BASE.replace("kind: 经验", 'kind: "<img src=x>|*@all*"'))
    text = run(root, "check", "--format", "markdown").stdout
    assert text.startswith("**检查 1 条：错误 1")
    assert "<img" not in text
    assert "&lt;img" in text
    assert "@all" not in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chek"], "没有 chek 这个命令；是不是 check？"),
        (["check", "--form", "json"], "没有 --form 这个选项；是不是 --format？"),
        (["check", "--format", "xml"], "只能是 text、json、markdown、github"),
        (["check", "nowhere.md"], "没有 nowhere.md 这个文件"),
        (["check", "/etc/hostname"], "不在仓库"),
        (["stats"], "缺少 PERIOD"),
        (["stats", "2026-Q5"], "写 2026（年）、2026-Q3（季度）或 2026-09（月）"),
        (["score", "20260101-0101-daba"], "没有 20260101-0101-daba 这个文件"),
    ],
)
def test_wrong_usage_is_told_in_chinese_with_exit_2(arguments: list[str], words: str, root: Path) -> None:
    done = run(root, *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_outside_a_repository_the_way_in_is_told(tmp_path: Path) -> None:
    done = run(tmp_path, "check")
    assert done.returncode == 2
    assert "registry/office.yml" in done.stderr


def test_a_registry_with_an_error_reads_like_an_item_with_one(root: Path) -> None:
    office = root / "registry/office.yml"
    office.write_text(office.read_text("utf-8").replace("levels:", "levals:"), "utf-8")
    done = run(root, "check")
    assert done.returncode == 1
    assert "错误[unknown-key] 没有 levals 这个键；是不是 levels（层级）？" in done.stdout
    assert run(root, "stats", "2026").returncode == 2


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("office.yml", "form: 单条", "form: 长篇", "registry-terms"),
        ("office.yml", "open: []", "open: [ranks]", "open-edition"),
        ("rules/2026.yml", "省: {单篇: 20", "市: {单篇: 20", "rules-terms"),
        ("calls/2026.yml", "to: [jiaoyu, daba]", "to: [jiaoyuju]", "calls-known"),
        ("units.yml", "- id: nandu", "- id: daba", "names-unique"),
        ("units.yml", "account: qianfang", "account: WangMin", "names-unique"),
        ("units.yml", "account: wangmin", "account: liqiang", "names-unique"),
        ("units.yml", "emails: [gaoxiang@", "emails: [lisi@", "names-unique"),
        ("office.yml", "[时间, 地点, 主体, 措施, 成效]", "[时间, 地点，主体, 措施, 成效]", "words-apart"),
    ],
)
def test_parts_of_the_registry_agree(root: Path, file: str, old: str, new: str, code: str) -> None:
    path = root / "registry" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = json.loads(run(root, "check", "--format", "json").stdout)["findings"]
    own = [f for f in found if f["code"] == code]
    assert own
    assert own[0]["path"] == f"registry/{file}"
    assert own[0]["line"] > 1 or code == "names-unique"


def test_stats_prints_a_table_csv_and_json(root: Path) -> None:
    assert "大坝镇" in run(root, "stats", "2026-Q4").stdout
    rows = list(
        csv.reader(io.StringIO(run(root, "stats", "2026-Q4", "--format", "csv").stdout.lstrip("\ufeff")))
    )
    assert rows[0][:2] == ["单位编号", "单位"]
    assert next(row for row in rows if row[0] == "daba")[4] == "1"
    found = json.loads(run(root, "stats", "2026-Q4", "--format", "json").stdout)
    assert found["totals"]["points"] == "3.00"
    assert {definition["name"] for definition in found["definitions"]} >= {"完成率", "采用率", "得分"}


def test_score_explains_every_part_and_line(root: Path) -> None:
    text = run(root, "score", "20261012-0931-daba", "--explain").stdout
    assert "时效" in text
    assert "县级采用（单条，试验信息）计 3 分" in text
    found = json.loads(run(root, "score", BASE_PATH, "--format", "json").stdout)["scores"][0]
    assert sum(float(part["points"]) for part in found["quality"]["parts"]) == pytest.approx(
        float(found["quality"]["points"])
    )
    assert set(found["lines"][0]) == {
        "date",
        "period",
        "unit",
        "rule",
        "level",
        "form",
        "share",
        "points",
        "why",
    }


def test_new_writes_an_item_whose_form_is_right_and_never_overwrites(root: Path) -> None:
    put(
        root,
        "draft.txt",
        "南渡镇河口村修通机耕路\n\n　　河口村修通三公里机耕路。\n群众投工四百个。\n".encode("gbk"),
    )
    arguments = ["new", "--unit", "nandu", "--kind", "动态", "--from", str(root / "draft.txt")]
    first, second = run(root, *arguments), run(root, *arguments)
    assert first.stdout == "submissions/2026/11/20261124-1300-nandu.md\n"
    assert second.stdout == "submissions/2026/11/20261124-1300-nandu-2.md\n"
    text = (root / first.stdout.strip()).read_text("utf-8")
    assert "title: 南渡镇河口村修通机耕路\n" in text
    assert "officer: 钱芳\n" in text
    assert "河口村修通三公里机耕路。\n\n群众投工四百个。" in text
    found = json.loads(run(root, "check", first.stdout.strip(), "--format", "json").stdout)["findings"]
    assert [f for f in found if f["severity"] == "error"] == []


def test_new_says_what_is_missing_and_asks_nobody(root: Path) -> None:
    done = run(root, "new", "--kind", "动态")
    assert done.returncode == 2
    assert "缺少单位编号" in done.stderr
    assert "daba（大坝镇）" in done.stderr
    assert run(root, "new", "--unit", "daba", "--title", 'a: "b" #c').returncode == 0
    made = next((root / "submissions/2026/11").glob("*.md"))
    assert 'title: "a: \\"b\\" #c"' in made.read_text("utf-8")


@pytest.mark.parametrize("name", ["draft.docx", "none.txt"])
def test_new_refuses_what_is_no_draft(name: str, root: Path) -> None:
    put(root, "draft.docx", b"PK\x03\x04")
    done = run(root, "new", "--unit", "daba", "--from", str(root / name))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_help_has_examples_for_every_verb(root: Path) -> None:
    for verb in ("check", "new", "score", "stats"):
        assert "例：zhibao" in run(root, verb, "--help").stdout


def test_a_path_is_one_of_the_folder_named_by_c_or_of_the_current_one(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for path in (BASE_PATH, str(root / BASE_PATH)):
        assert run(root, "check", path, cwd=elsewhere).stdout.startswith("检查 1 条")
    assert run(root, "check", Path(BASE_PATH).name, cwd=(root / BASE_PATH).parent).returncode == 0
    assert run(root, "check", "../../etc/hostname", cwd=elsewhere).returncode == 2
