"""Random items for the property tests: decided or not, joint, adopted above, instructed, withdrawn, made from others."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from score_county import UNITS, adopted, item, signed

from zhibao.model.document import Document

IDS = [name for name, _, _ in UNITS]
DAYS = st.integers(0, 364).map(lambda days: date(2026, 1, 1) + timedelta(days=days))
SHARES = st.none() | st.integers(1, 100).map(lambda percent: Decimal(percent) / 100)


@st.composite
def documents(draw: st.DrawFn) -> list[Document]:
    """Some items: decided or not, joint, adopted above, instructed, withdrawn, made from others."""
    found: dict[str, Document] = {}
    for number in range(draw(st.integers(0, 9))):
        lead = draw(st.sampled_from([*IDS, "office", "nowhere"]))
        day = draw(DAYS)
        id_ = f"{day:%Y%m%d}-{number:04}-{lead}"
        values: dict[str, Any] = {"review": _review(draw, day)}
        joint = draw(st.lists(st.sampled_from([*IDS, "office", "nowhere"]), max_size=3))
        values["with"] = [part("unit", unit, draw(SHARES)) for unit in joint]
        if lead == "office" and draw(st.booleans()):
            known = [*found, id_, "20260101-0000-nobody"]
            values["sources"] = [
                part("id", source, draw(SHARES)) for source in draw(st.lists(st.sampled_from(known)))
            ]
        found[id_] = item(id_, **values)
    return list(found.values())


def part(key: str, name: str, share: Decimal | None) -> dict[str, Any]:
    """A joint unit or a source, with its share where one is given."""
    return {key: name} if share is None else {key: name, "share": share}


def _review(draw: st.DrawFn, day: date) -> dict[str, Any]:
    if draw(st.integers(0, 5)) == 0:
        return {}
    more: dict[str, Any] = {
        "decision": draw(st.sampled_from(["adopted", "adopted", "held", "declined", "filed"]))
    }
    if draw(st.integers(0, 5)) == 0:
        more["withdrawn"] = {"date": str(day), "reason": "不实"}
    more["adoptions"] = [
        adopted(
            draw(st.sampled_from(["县", "州", "省"])),
            str(draw(DAYS)),
            draw(st.sampled_from(["单篇", "单条", "综合"])),
        )
        for _ in range(draw(st.integers(0, 2)))
    ]
    more["instructions"] = [
        {"level": draw(st.sampled_from(["县", "州", "省"])), "date": str(draw(DAYS)), "by": "县长"}
        for _ in range(draw(st.integers(0, 2)))
    ]
    return signed(str(day), **more)
