"""The registry of a new county, file by file, as an office would write it by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.resources import files

from zhibao.door.founding.new_units import NewPerson, NewUnit
from zhibao.door.founding.packs import fitted_path
from zhibao.door.founding.plan import NewEditor, Plan
from zhibao.model.files import CALENDAR, EDITORS, OFFICE, UNITS, modeline
from zhibao.model.office import Office
from zhibao.repo.front_matter_text import flow, scalar

_CENTRAL = {"中央": "中办信息", "国家": "中办信息", "地区": "地委信息", "自治区": "区党委信息"}
"""What the main publication of a level is called where that is not `州委信息`."""


def registry_texts(plan: Plan) -> Mapping[str, str]:
    """The text of every file of the registry by its path; schemas and owners are made from them afterwards."""
    year = plan.today.year
    return {
        OFFICE.place: _with_the_rest("\n".join([*_office(plan), fixed("office.yml")])),
        UNITS.place: "\n".join([*_units(plan), ""]),
        EDITORS.place: "\n".join([*_editors(plan), ""]),
        CALENDAR.place: fixed("calendar.yml"),
        fitted_path(year): plan.pack.text,
    }


def fixed(name: str) -> str:
    """A text that every county begins with, from this package."""
    return files("zhibao.door.founding").joinpath("texts", name).read_text("utf-8")


def _office(plan: Plan) -> Iterator[str]:
    yield modeline(OFFICE.place)
    yield "# 办公室的规矩：各地不同的一切都写在这里，程序里没有。"
    yield f"name: {scalar(plan.office)}"
    yield f"county: {scalar(plan.county)}"
    yield f"bulletin: {scalar(plan.bulletin)}    # 网站与刊物的名称"
    yield f"branch: {scalar(plan.branch)}    # 合并进这个分支即为采用"
    yield f"timezone: {scalar(plan.timezone)}"
    yield f"unit: {plan.own}    # 办公室自己的单位编号；它的信息单列，不参加排名"
    yield "# contact: 办公室和电话    # 印在核对单上：单位有异议找谁"
    yield "allow_public: false    # 是否允许从公开仓库发布"
    yield "publish: {open: none}    # 发布：open 写 pages 就交给 Pages；network 写一个私有 Git 仓库的地址，不写就不发布"
    yield f"levels: {_listed(plan.levels)}    # 由低到高；第一个是本级"
    yield f"forms: {_listed(plan.pack.forms)}"
    yield "publications:    # 本级的刊物和上级的刊物；名称不对的照实改，采用记录里写的就是这些名称"
    for name, level in publications(plan):
        yield f"  - {flow({'name': name, 'level': level})}"
    yield f"default: {flow({'form': plan.pack.form, 'publication': plan.bulletin})}    # 合并进来的信息按这个采用"
    yield "appears: merged    # 采用的信息何时上网站：merged 合并了就登；signed 编进签发了的一期才登"


def _with_the_rest(text: str) -> str:
    """The text with every setting that it does not mention as a comment, to be taken up."""
    said = {line.removeprefix("# ").partition(":")[0] for line in text.split("\n")}
    rest = {key: field.title for key, field in Office.model_fields.items() if key not in said}
    return text + "".join(
        f"# {key}:    # {title}；写法见 registry/schema/office.json\n" for key, title in rest.items()
    )


def publications(plan: Plan) -> Iterator[tuple[str, str]]:
    """The publications with their levels: the office's own, then of each level above its main one and those of the rules."""
    yield plan.bulletin, plan.levels[0]
    for level in plan.levels[1:]:
        usual = _CENTRAL.get(level, f"{level}委信息")
        yield usual, level
        yield from ((name, at) for name, at in plan.pack.publications if at == level and name != usual)
    yield from (
        (name, at) for name, at in plan.pack.publications if at == plan.levels[0] and name != plan.bulletin
    )


def _units(plan: Plan) -> Iterator[str]:
    yield modeline(UNITS.place)
    yield "# 信息联系站：单位编号永久不变；会变的（名称、类别、战线、任务数、分管领导）按 from 排成一列，过去的不改。"
    for unit in plan.units:
        yield from _unit(unit, plan.first_day)


def _unit(unit: NewUnit, since: date) -> Iterator[str]:
    yield f"- id: {unit.id}"
    for key, value in (("name", unit.name), ("group", unit.group), ("sector", unit.sector)):
        yield f"  {key}: [{flow({'from': since, 'value': value})}]"
    yield "  supervisor:"
    yield f"    - {{from: {since}, value: {_person(unit.supervisor)}}}"
    if unit.quota:
        amounts = {"count": unit.quota.count, "points": unit.quota.points}
        yield "  quota:"
        yield f"    - {{from: {since}, value: {flow(amounts)}}}    # 全年"
    if unit.officers:
        yield "  officers:"
        yield from (f"    - {_person(officer, since)}" for officer in unit.officers)


def _editors(plan: Plan) -> Iterator[str]:
    yield modeline(EDITORS.place)
    yield "# 编辑室：roles 中 editor 编辑、chief 主编、signer 签发人、maintainer 维护。合并时用的邮箱都要写上，平台给的也要写。"
    for number, editor in enumerate(plan.editors):
        yield f"- {_editor(editor, first=number == 0, since=plan.first_day)}"


def _editor(editor: NewEditor, *, first: bool, since: date) -> str:
    roles = ("editor", "chief", "signer", "maintainer") if first else ("editor",)
    head = flow({"account": editor.account, "name": editor.name}).removesuffix("}")
    return f"{head}, emails: {_listed(editor.emails)}, roles: {_listed(roles)}, from: {since}}}"


def _person(person: NewPerson, since: date | None = None) -> str:
    head = flow({"name": person.name, "account": person.account}).removesuffix("}")
    emails = f", emails: {_listed(person.emails)}" if person.emails else ""
    return f"{head}{emails}{f', from: {since}' if since else ''}}}"


def _listed(words: Sequence[str]) -> str:
    return f"[{', '.join(scalar(word, flow=True) for word in words)}]"
