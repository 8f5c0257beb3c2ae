"""Every rule pack, in the words of any county, makes a registry in which the checks find nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bases import put
from founding.tables import plan_for, workbook
from zhibao.door.founding import FoundingError
from zhibao.door.founding.packs import GENERAL, packs
from zhibao.door.founding.pages import page_texts
from zhibao.door.founding.program import installed
from zhibao.door.founding.registry import registry_texts
from zhibao.model.finding import Severity
from zhibao.model.office import Office
from zhibao.repo.registry_files import read_registry
from zhibao.repo.work_tree import WorkTree
from zhibao.review.examine import examine

PACKS = packs(installed())
COUNTIES = {
    "青山县": ("县", "市", "省", "中央"),
    "龙山县": ("县", "州", "省", "中央"),
    "临江区": ("区", "市", "省", "中央"),
    "白音旗": ("旗", "盟", "自治区", "中央"),
}
"""Levels by what they are called in counties of every sort."""


def test_the_general_pack_comes_first_and_every_pack_says_where_it_is_from() -> None:
    assert next(iter(PACKS)) == GENERAL
    assert all(pack.source.endswith("。") for pack in PACKS.values())


@pytest.mark.parametrize("county", COUNTIES)
@pytest.mark.parametrize("pack", PACKS)
def test_a_pack_fits_a_county(pack: str, county: str, tmp_path: Path) -> None:
    plan = plan_for(workbook(tmp_path), pack=pack, levels=COUNTIES[county], county=county)
    for path, text in registry_texts(plan).items():
        put(tmp_path, path, text)
    found = examine(tmp_path)
    assert found.usable, found.findings
    assert [str(finding) for finding in found.findings if finding.severity is Severity.ERROR] == []
    registry = read_registry(WorkTree(tmp_path)).registry
    assert registry.office.levels == COUNTIES[county]
    (rules,) = registry.rules
    assert set(rules.adoption) <= set(COUNTIES[county])
    assert rules.title == f"{county}党委信息计分办法"
    assert [str(rules.since), rules.until] == ["2026-01-01", None]
    assert registry.office.unit == plan.own


def test_the_words_of_a_pack_become_the_countys_and_its_comments_stay(tmp_path: Path) -> None:
    text = plan_for(
        workbook(tmp_path), pack="guangyuan", levels=COUNTIES["龙山县"], county="龙山县"
    ).pack.text
    assert text == (
        "# yaml-language-server: $schema=../schema/rules.json\n"
        "# 广元市 2008 年：市级信息每条 2 分，《通报》《参考》5 分，约稿 5 分；省级《参考》3 分，《重要信息》5 分；中央 10 分；\n"
        "# 批示：市 5 分，省 10 分，国务院 20 分。\n"
        "from: 2026-01-01\n"
        "title: 龙山县党委信息计分办法\n"
        "adoption:\n"
        "  州: 2\n"
        "  中央: 10\n"
        "special:\n"
        "  - {level: 州, commission: true, points: 5}\n"
        "  - {level: 州, publication: [州通报, 州参考], points: 5}\n"
        "  - {level: 省, publication: 省参考, points: 3}\n"
        "  - {level: 省, publication: 省重要信息, points: 5}\n"
        "instruction: {州: 5, 省: 10, 中央: 20}\n"
    )


def test_no_setting_of_the_office_is_left_unsaid(tmp_path: Path) -> None:
    """A key of office.yml that is new to the program is told to new offices too: written, or as a comment to be taken up."""
    written = registry_texts(plan_for(workbook(tmp_path)))["registry/office.yml"]
    assert [key for key in Office.model_fields if not re.search(rf"^(# )?{key}:", written, re.M)] == []


def test_a_merge_earns_what_the_pack_gives_for_a_single_item(tmp_path: Path) -> None:
    table = workbook(tmp_path)
    forms = {name: plan_for(table, pack=name).pack.form for name in PACKS}
    assert forms == dict.fromkeys(PACKS, "单条") | {"meizhou": "传阅"}
    unpaid = {name for name in PACKS if not plan_for(table, pack=name).pack.pays}
    assert unpaid == {"chongqing", "guangyuan", "quzhou"}


def test_a_level_that_the_county_has_not_is_said(tmp_path: Path) -> None:
    with pytest.raises(FoundingError) as caught:
        plan_for(workbook(tmp_path), pack="bureau", levels=("县", "市"))
    assert str(caught.value) == (
        "bureau 这份办法给省、中央级计分，层级“县、市”里没有；请在层级里加上，或另选一份办法"
    )


def test_the_pages_speak_of_this_county(tmp_path: Path) -> None:
    pages = page_texts(plan_for(workbook(tmp_path), levels=COUNTIES["龙山县"]))
    assert pages["README.md"].startswith("# 青山县信息报送\n\n这是中共青山县委办公室的信息报送仓库")
    guide = pages["site/guide/index.md"]
    assert "县、州、省、中央逐级累加" in guide
    assert "县委要的是能帮助决策的信息" in guide
    assert "unit: shuiwu\nofficer: 方圆\nkind: 经验\nsubmitted: 2026-11-24 09:31\n" in guide
    assert "`20261124-0931-shuiwu.md`" in guide
    assert not any("$" in page for page in pages.values())
