"""报送: what is wanted, a form that checks what is typed by the checks' own data, and the ways from there into the repository.

Only the units' editions have it. The form works in the browser alone (`site/scripts/submit.js`); nothing is sent from here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from zhibao.check.portable import browser_pattern, portable
from zhibao.model.calls import Call
from zhibao.model.county import Item
from zhibao.model.edition import Edition
from zhibao.model.identity import SUBMISSIONS, Identity
from zhibao.model.office import Kind
from zhibao.model.submission import Audience, Submission
from zhibao.model.units import Unit
from zhibao.publish.forge_pages import ForgePages, forge_pages
from zhibao.publish.page import Page
from zhibao.publish.pages.home import summary_of
from zhibao.publish.pages.places import SUBMIT, item_uri
from zhibao.publish.render import page
from zhibao.publish.view import View
from zhibao.repo.front_matter_text import FLOW, PLAIN, RESERVED
from zhibao.repo.new_item import text_of

REQUIRED = ("unit", "officer", "kind", "title")
"""The keys of the front matter that an officer fills in; the others that every item has are made."""


@dataclass(frozen=True, slots=True)
class Told:
    """A kind as the page tells it: an adopted item of that kind to read, where the edition shows one, and a text to begin from."""

    kind: Kind
    example: Item | None
    summary: str


def pages(view: View) -> Iterator[Page]:
    """The page, in the editions for the units and the office; the world does not report."""
    if view.edition is Edition.OPEN:
        return
    office = view.office
    forge = forge_pages(office.forge, office.branch) if office.forge else None
    template = _template(view)
    told = [_told(view, kind) for kind in office.kinds]
    yield page(
        view,
        "submitting",
        SUBMIT,
        "报送",
        description="报什么、怎样写、从这里报：各类信息的要素和实例，正在征集的题目，边写边查的表单。",
        searched=" ".join(["报送表单", *(kind.label for kind in office.kinds)]),
        groups=_groups(view),
        calls=_calls(view),
        told=told,
        untold=not any(one.example for one in told),
        forge=forge,
        sample=template,
        example=_example(view).path,
        new_file=_new_file(view, forge, template),
        data=_data(view, forge),
        uri_of=item_uri,
    )


def _groups(view: View) -> list[tuple[str, list[tuple[str, str]]]]:
    """The units that exist, by group, each with its id and name, in the order of the registry."""
    units = [unit for unit in view.registry.units if unit.exists_on(view.today)]
    named: dict[str, list[tuple[str, str]]] = {}
    for unit in units:
        named.setdefault(unit.group_on(view.today), []).append((unit.id, unit.name_on(view.today)))
    return list(named.items())


def _calls(view: View) -> list[Call]:
    """The calls that items may answer today; the browser leaves out those that are over on its own day."""
    return [call for call in view.calls if call.is_open_on(view.today)]


def _told(view: View, kind: Kind) -> Told:
    """Of the adopted items of a kind, the example is the one that the highest level used, the latest of these."""
    own = [item for item in view.adopted if item.submission.kind == kind.name]
    example = max(own, key=lambda item: _merit(view, item), default=None)
    return Told(kind, example, summary_of(example) if example else "")


def _merit(view: View, item: Item) -> tuple[int, date, str]:
    levels = [
        level for a in item.adoptions if (level := view.office.level_rank(a.level)) < len(view.office.levels)
    ]
    return max(levels, default=-1), item.adopted_on or item.submitted_on, item.id


def _template(view: View) -> str:
    """An empty item to copy, as `zhibao new` begins one."""
    return text_of(
        view.registry,
        _sample(view),
        title="单位和事",
        officer="信息员姓名",
        kind=view.office.kinds[0].name,
        body="",
    )


def _sample(view: View) -> Identity:
    return Identity(datetime.combine(view.as_of, time(9, 30)), "单位编号")


def _example(view: View) -> Identity:
    """Where an item of the first unit there is would lie."""
    sample = _sample(view)
    units = (unit.id for unit in view.registry.units if unit.exists_on(view.today))
    return replace(sample, unit=next(units, sample.unit))


def _new_file(view: View, forge: ForgePages | None, template: str) -> str:
    if forge is None:
        return ""
    folder, _, name = _sample(view).path.rpartition("/")
    return forge.file.filled(folder, name, template)


def _data(view: View, forge: ForgePages | None) -> Markup:
    """What the form's script reads: safe within a script element, whatever the registry says."""
    values = {
        "zone": view.office.timezone,
        "folder": SUBMISSIONS,
        "audiences": {"cleared": Audience.OPEN.value, "": Audience.NETWORK.value},
        "required": {key: Submission.model_fields[key].title for key in REQUIRED},
        "kinds": {
            kind.name: {"length": list(kind.length), "elements": list(kind.elements), "urgent": kind.urgent}
            for kind in view.office.kinds
        },
        "units": {unit.id: _unit(view, unit) for unit in view.registry.units if unit.exists_on(view.today)},
        "timeliness": _timeliness(view),
        "holidays": [[h.since.isoformat(), h.until.isoformat()] for h in view.registry.calendar.holidays],
        "workdays": [day.isoformat() for day in view.registry.calendar.workdays],
        "yaml": {"plain": browser_pattern(PLAIN), "flow": browser_pattern(FLOW), "reserved": list(RESERVED)},
        "forge": forge.data if forge else None,
        **portable(view.office),
    }
    dumps = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    return htmlsafe_json_dumps(values, dumps=dumps)


def _unit(view: View, unit: Unit) -> dict[str, Any]:
    """What a unit is called, and who its officers are from when until when; no account and no address."""
    serving = [one for one in unit.officers if one.until is None or one.until >= view.today]
    return {
        "name": unit.name_on(view.today),
        "officers": [[o.name, o.since.isoformat(), o.until.isoformat() if o.until else ""] for o in serving],
    }


def _timeliness(view: View) -> list[dict[str, Any]]:
    """The working days that each kind has, by the day from which they hold; the rules in force now come first."""
    current = view.registry.rules_on(view.today)
    coming = [rules for rules in view.registry.rules if rules.since > view.today]
    return [
        {
            "from": rules.since.isoformat(),
            "days": rules.quality.timeliness.days,
            "kinds": dict(rules.quality.timeliness.kinds),
        }
        for rules in (current, *coming)
    ]
