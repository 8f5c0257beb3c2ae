"""An officer added to the roster: one line more whatever its layout, and not another character changed."""

from __future__ import annotations

import pytest

from bases import COUNTY
from zhibao.model.files import UNITS
from zhibao.model.understand import understand
from zhibao.model.units import Officer, Unit, only_officers_added
from zhibao.repo.front_matter import yaml_document
from zhibao.repo.roster_text import RosterError, officer_line, with_officer

NEW = Officer.model_validate({"name": "周舟", "from": "2026-10-01"})
LINE = "{name: 周舟, from: 2026-10-01}"
HEAD = """# 联系站
- id: daba   # 大坝
  name: [{from: 2025-01-01, value: 大坝镇}]
  group: [{from: 2025-01-01, value: 乡镇}]
  sector: [{from: 2025-01-01, value: 农业}]
  supervisor: [{from: 2025-01-01, value: {name: 李强}}]
"""
TAIL = """# 下面是南渡
- id: nandu
  name: [{from: 2025-01-01, value: 南渡乡}]
  group: [{from: 2025-01-01, value: 乡镇}]
  sector: [{from: 2025-01-01, value: 农业}]
  supervisor: [{from: 2025-01-01, value: {name: 高翔}}]
"""
LAYOUTS = {
    "a list of lines": (
        "  officers:\n    - {name: 王敏, from: 2025-01-01}   # 老信息员\n    # 还缺一个\n\n",
        f"  officers:\n    - {{name: 王敏, from: 2025-01-01}}   # 老信息员\n    - {LINE}\n    # 还缺一个\n\n",
    ),
    "dashes at the margin": (
        "  officers:\n  - {name: 王敏, from: 2025-01-01}\n",
        f"  officers:\n  - {{name: 王敏, from: 2025-01-01}}\n  - {LINE}\n",
    ),
    "keys on lines of their own": (
        "  officers:\n    - name: 王敏\n      emails:\n        - a@t.example\n      from: 2025-01-01\n  founded: 2025-01-01\n",
        "  officers:\n    - name: 王敏\n      emails:\n        - a@t.example\n      from: 2025-01-01\n"
        f"    - {LINE}\n  founded: 2025-01-01\n",
    ),
    "one line": (
        "  officers: [{name: 王敏, from: 2025-01-01}]  # 一个\n",
        f"  officers: [{{name: 王敏, from: 2025-01-01}}, {LINE}]  # 一个\n",
    ),
    "brackets over lines": (
        "  officers: [\n    {name: 王敏, from: 2025-01-01},\n  ]\n",
        f"  officers: [\n    {{name: 王敏, from: 2025-01-01}}, {LINE},\n  ]\n",
    ),
    "an empty list": ("  officers: []\n", f"  officers: [{LINE}]\n"),
    "no list": (
        "  founded: 2025-01-01  # 建站\n",
        f"  founded: 2025-01-01  # 建站\n  officers:\n    - {LINE}\n",
    ),
}


def units(text: str) -> tuple[Unit, ...]:
    read = yaml_document("registry/units.yml", text.encode())
    assert read.readable, read.problems
    found, problems = understand(read, UNITS.adapter)
    assert found is not None, problems
    return found


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("last", [False, True])
def test_one_officer_more_and_nothing_else(layout: str, ends: str, last: bool) -> None:
    old, new = LAYOUTS[layout]
    texts = [f"{TAIL}{HEAD}{part}" if last else f"{HEAD}{part}{TAIL}" for part in (old, new)]
    before, after = (text.replace("\n", ends) for text in texts)
    assert with_officer(before, 1 if last else 0, NEW) == after
    if ends == "\n":
        assert only_officers_added(units(before), units(after))
        assert units(after)[1 if last else 0].officers[-1] == NEW


def test_a_file_without_a_last_line_end_and_a_unit_in_braces() -> None:
    text = (HEAD + "  officers:\n    - {name: 王敏, from: 2025-01-01}").rstrip("\n")
    assert with_officer(text, 0, NEW) == f"{text}\n    - {LINE}\n"
    braces = (
        "- {id: daba, name: [{from: 2025-01-01, value: 大坝镇}], group: [{from: 2025-01-01, value: 乡镇}], "
        "sector: [{from: 2025-01-01, value: 农业}], supervisor: [{from: 2025-01-01, value: {name: 李强}}]}\n"
    )
    assert with_officer(braces, 0, NEW) == braces.replace("}}]}", f"}}}}], officers: [{LINE}]}}")
    assert units(with_officer(braces, 0, NEW))[0].officers == (NEW,)


def test_every_unit_of_a_real_roster() -> None:
    text = (COUNTY / "registry/units.yml").read_text("utf-8")
    for number in range(len(units(text))):
        new = with_officer(text, number, NEW)
        assert only_officers_added(units(text), units(new))
        assert new.replace(f", {LINE}", "").replace(f"    - {LINE}\n", "") == text


def test_what_cannot_be_added_to_is_said() -> None:
    for text in ("", "- 一句话\n", f"{HEAD}  officers: 王敏\n"):
        with pytest.raises(RosterError):
            with_officer(text, 0, NEW)


def test_a_line_is_read_as_it_was_meant() -> None:
    values = {
        "name": "甲, 乙",
        "account": "zhou-zhou",
        "emails": ["a@t.example", "b@t.example"],
        "from": "2026-10-01",
    }
    odd = Officer.model_validate(values)
    assert officer_line(odd) == (
        '{name: "甲, 乙", account: zhou-zhou, emails: [a@t.example, b@t.example], from: 2026-10-01}'
    )
    assert units(with_officer(HEAD, 0, odd))[0].officers == (odd,)


def test_only_officers_added_refuses_every_other_difference() -> None:
    text = (COUNTY / "registry/units.yml").read_text("utf-8")
    before = units(text)
    added = with_officer(text, 0, NEW)
    for other in (
        text,
        added.replace("value: 大坝镇", "value: 大坝"),
        added.replace(
            "    - {name: 周涛, account: zhoutao, emails: [zhoutao@t.example], from: 2025-01-01, until: 2026-06-30}\n",
            "",
        ),
        added.replace("{name: 贺江, account: hejiang", "{name: 贺江, account: lisi"),
        added.replace(
            "quota: [{from: 2026-01-01, value: {count: 4,", "quota: [{from: 2026-01-01, value: {count: 2,"
        ),
        added.replace("- id: gonghui", "- id: zonggonghui"),
        added[: added.index("- id: office")],
        text.replace("    - {name: 王敏,", f"    - {LINE}\n    - {{name: 王敏,"),
    ):
        assert not only_officers_added(before, units(other))
    assert only_officers_added(before, units(added))
