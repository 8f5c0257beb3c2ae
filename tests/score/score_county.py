"""A small county in memory for the tests of scores: units, rules and items in a few words each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from zhibao.model.calendar import Calendar
from zhibao.model.calls import Call
from zhibao.model.county import County, Item, county
from zhibao.model.document import Document
from zhibao.model.history import History, Reach
from zhibao.model.office import Office
from zhibao.model.registry import Registry
from zhibao.model.rules import Rules
from zhibao.model.understand import submission
from zhibao.model.units import Editor, Unit

BODY = "10月10日，大坝镇组织12名水管员排查管网38公里，修复漏点26处，惠及群众1200人。"

OFFICE: dict[str, Any] = {
    "name": "试验县委办公室",
    "county": "试验县",
    "bulletin": "试验信息",
    "unit": "office",
    "levels": ["县", "州", "省"],
    "forms": ["单篇", "单条", "综合"],
    "publications": [
        {"name": "试验信息", "level": "县"},
        {"name": "试验专报", "level": "县", "upward": True},
        {"name": "州委信息", "level": "州"},
        {"name": "省委信息", "level": "省"},
    ],
    "default": {"form": "单条", "publication": "试验信息"},
    "kinds": [
        {
            "name": "动态",
            "label": "工作动态",
            "length": [20, 100],
            "elements": ["时间", "地点", "主体", "成效"],
        },
        {"name": "经验", "label": "经验做法", "length": [20, 100], "elements": []},
    ],
    "marks": {"depth": "深度", "use": "参考价值"},
}

RULES: dict[str, Any] = {
    "from": "2026-01-01",
    "title": "试验办法",
    "adoption": {
        "县": {"单篇": 5, "单条": 3, "综合": 2},
        "州": {"单篇": 10, "单条": 8, "综合": 6},
        "省": {"单篇": 20, "单条": 12},
    },
    "instruction": {"县": 5, "州": 10},
    "quality": {
        "timeliness": {"days": 3, "kinds": {"动态": 1}},
        "weights": {
            "timeliness": 15,
            "elements": 15,
            "length": 10,
            "single": 5,
            "figures": 10,
            "call": 5,
            "novelty": 10,
        },
        "marks": {"depth": 20, "use": 10},
    },
}

UNITS = (
    ("daba", "大坝镇", "乡镇"),
    ("nandu", "南渡镇", "乡镇"),
    ("shuiwu", "县水务局", "部门"),
    ("jiaoyu", "县教育局", "部门"),
)


def unit(id_: str, name: str, group: str, **more: Any) -> dict[str, Any]:
    """A unit as units.yml has it, without a quota."""
    always = "2025-01-01"
    return {
        "id": id_,
        "name": [{"from": always, "value": name}],
        "group": [{"from": always, "value": group}],
        "sector": [{"from": always, "value": "综合"}],
        "supervisor": [{"from": always, "value": {"name": "李强"}}],
        **more,
    }


def quota(count: int | None, points: int | None, since: str = "2026-01-01") -> list[dict[str, Any]]:
    """A quota in force from a day."""
    return [{"from": since, "value": {"count": count, "points": points}}]


def registry(
    *,
    units: Iterable[dict[str, Any]] | None = None,
    rules: Iterable[dict[str, Any]] = (RULES,),
    calls: Iterable[dict[str, Any]] = (),
    calendar: dict[str, Any] | None = None,
) -> Registry:
    """The registry; units default to UNITS, and the office's own comes last."""
    described = [unit(*one) for one in UNITS] if units is None else list(units)
    described.append(unit("office", "县委办公室", "部门"))
    return Registry(
        office=Office.model_validate(OFFICE),
        units=tuple(Unit.model_validate(one) for one in described),
        editors=(
            Editor.model_validate(
                {"name": "李思", "account": "lisi", "roles": ["editor"], "from": "2025-01-01"}
            ),
        ),
        rules=tuple(Rules.model_validate(_plain(one)) for one in rules),
        calendar=Calendar.model_validate(calendar or {}),
        calls=tuple(Call.model_validate(one) for one in calls),
    )


def item(id_: str, *, body: str = BODY, review: dict[str, Any] | None = None, **values: Any) -> Document:
    """An item of an archive: adopted by lisi on the day of its id unless `review` says otherwise.

    With an empty review it is pending.
    """
    day, clock, name = id_.split("-")[:3]
    submitted = f"{day[:4]}-{day[4:6]}-{day[6:]} {clock[:2]}:{clock[2:]}"
    front = {
        "title": f"{name}排查管网",
        "unit": name,
        "officer": "王敏",
        "kind": "动态",
        "submitted": submitted,
        "imported": True,
        **values,
        "review": review if review is not None else signed(submitted[:10]),
    }
    path = f"submissions/{day[:4]}/{day[4:6]}/{id_}.md"
    return Document(path=path, text=body, values=_plain(front), body=body, blob=id_)


def signed(day: str, **more: Any) -> dict[str, Any]:
    """A review by lisi of that day."""
    return {"by": "lisi", "date": day, **more}


def adopted(level: str, day: str, form: str = "单条", publication: str | None = None) -> dict[str, Any]:
    """One adoption as a review has it."""
    names = {"县": "试验信息", "州": "州委信息", "省": "省委信息"}
    return {"level": level, "date": day, "form": form, "publication": publication or names[level]}


def build(documents: Iterable[Document], known: Registry | None = None) -> County:
    """The county of these items."""
    read = []
    for document in documents:
        understood, problems = submission(document)
        assert understood is not None, [problem.message for problem in problems]
        read.append((document, understood))
    return county(known or registry(), read, History("main", Reach.UNREAD), datetime(2026, 12, 1, 9, 0))


def one(document: Document, *others: Document, known: Registry | None = None) -> tuple[Item, County]:
    """The first item, and the county of all."""
    whole = build((document, *others), known)
    found = whole.item(document.stem)
    assert found is not None
    return found, whole


def _plain(value: Any) -> Any:
    """Floats as the YAML reader gives them: exact decimals."""
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value
