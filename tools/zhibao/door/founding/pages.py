"""The pages that a new county begins with: its README, and the guide for its officers. From then on they are the county's own."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from zhibao.door.founding.plan import Plan
from zhibao.door.founding.registry import fixed

GUIDE = "site/guide/index.md"
README = "README.md"


def page_texts(plan: Plan) -> Mapping[str, str]:
    """The text of every page by its path, in the county's own words: its levels, and a unit of its own in the example."""
    unit = next((unit for unit in plan.units if unit.id != plan.own), plan.units[0])
    last = plan.county[-1]
    words = {
        "county": plan.county,
        "office": plan.office,
        "last": last,
        "party": f"{last}委",
        "levels": "、".join(plan.levels),
        "unit": unit.id,
        "unit_name": unit.name,
        "officer": unit.officers[0].name if unit.officers else "信息员姓名",
        "day": str(plan.today),
        "stamp": f"{plan.today:%Y%m%d}",
    }
    return {
        README: Template(fixed("README.md")).substitute(words),
        GUIDE: Template(fixed("guide.md")).substitute(words),
    }
