"""JSON Schemas (2020-12) of what a county writes, made from the models, with the county's own words as the choices.

Editors complete and explain the registry's files with them. What a schema cannot say (an order of dates, a sum of weights) the checks still find.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from zhibao.model.descriptions import DESCRIPTIONS
from zhibao.model.files import FileKind
from zhibao.model.office import ISSUE, Office
from zhibao.model.units import Unit

Schema = dict[str, Any]
Choices = Mapping[str, str]
"""Words that may be written, each with what it means (empty where it says so itself)."""

MADE = "由 zhibao schema 从程序和名册生成，不要手改；名册变了就再运行一次。"

PLACES: Mapping[str, tuple[str, ...]] = {
    "Submission.unit": ("units",),
    "Submission.kind": ("kinds",),
    "JointUnit.unit": ("units",),
    "Reason.code": ("reasons",),
    "Review.quality": ("marks",),
    "Adoption.level": ("levels",),
    "Adoption.form": ("forms",),
    "Instruction.level": ("levels",),
    "Office.unit": ("units",),
    "Call.level": ("levels",),
    "Call.to": ("units",),
    "Rules.adoption": ("levels", "forms"),
    "Leader.level": ("levels",),
    "Rules.instruction": ("levels",),
    "Timeliness.kinds": ("kinds",),
    "QualityRules.marks": ("marks",),
}
"""Where only the county's own words may stand: as the value, or as the keys of a mapping (and of the mappings within).

Words stand here where another file gives them, so that nobody is told that what he is about to add is wrong. Calls come and go with the
editors' daily work: their ids are no choices, or the schemas would be out of date each week.
"""


@dataclass(frozen=True)
class Vocabulary:
    """A county's own words, by the name of their list in PLACES; a list is missing where its file cannot be read."""

    lists: Mapping[str, Choices] = field(default_factory=dict)
    publications: tuple[str, ...] = ()


def vocabulary(office: Office | None, units: Sequence[Unit] | None) -> Vocabulary:
    """The words that the registry gives."""
    lists: dict[str, Choices] = {}
    if office:
        lists |= {
            "kinds": {kind.name: kind.label for kind in office.kinds},
            "levels": dict.fromkeys(office.levels, ""),
            "forms": dict.fromkeys(office.forms, ""),
            "reasons": {reason.code: reason.words for reason in office.reasons},
            "marks": dict(office.marks),
        }
    if units:
        lists["units"] = {unit.id: unit.names()[-1] for unit in units}
    names = (publication.name for publication in office.publications) if office else ()
    return Vocabulary(lists, tuple(names))


def schema(kind: FileKind[Any], words: Vocabulary) -> Schema:
    """The schema of one kind of file."""
    made = _Generator(words).generate(kind.adapter.core_schema, "validation")
    for one in made.get("$defs", {}).values():
        if (
            "enum" in one
        ):  # named after the class and told in its docstring, which are for those who read the code
            one.pop("title", None)
            one.pop("description", None)
    head = {"$schema": GenerateJsonSchema.schema_dialect, "$comment": MADE, "title": kind.title}
    return head | {key: value for key, value in made.items() if key != "title"}


class _Generator(GenerateJsonSchema):
    """Titles and descriptions in Chinese instead of the code's own, and the county's words."""

    def __init__(self, words: Vocabulary) -> None:
        super().__init__()
        self.words = words

    def model_schema(self, schema: core_schema.ModelSchema) -> Schema:
        """A model: its docstring is for those who read the code."""
        model: type[BaseModel] = schema["cls"]
        made = super().model_schema(schema)
        name = model.__name__.partition("[")[0]
        made.pop("title", None)
        made.pop("description", None)
        if name in DESCRIPTIONS:
            made["description"] = DESCRIPTIONS[name]
        for key, prop in made.get("properties", {}).items():
            self._tell(prop, f"{name}.{key}")
        return made

    def enum_schema(self, schema: core_schema.EnumSchema) -> Schema:
        """A closed list of words, each with its meaning."""
        made = super().enum_schema(schema)
        name, members = schema["cls"].__name__, schema["members"]
        told = [DESCRIPTIONS.get(f"{name}.{one.value}") or getattr(one, "label", "") for one in members]
        described = {"enumDescriptions": told} if any(told) else {}
        return made | described

    def _tell(self, prop: Schema, place: str) -> None:
        if prop.get("default", prop) in (None, []):
            del prop["default"]  # what is left out is left out; an editor need not fill it in
        if place in DESCRIPTIONS:
            prop["description"] = DESCRIPTIONS[place]
        lists = [self.words.lists.get(name) for name in PLACES.get(place, ())]
        if lists and all(lists):
            _limit(prop, [choices for choices in lists if choices])
        if place == "Adoption.publication" and self.words.publications:
            prop["pattern"] = rf"^(?:{'|'.join(map(_literal, self.words.publications))})(?:{ISSUE})?$"
            prop["examples"] = list(self.words.publications)


def _limit(prop: Schema, lists: Sequence[Choices]) -> None:
    """Let only these words be the value, an entry of the list, or the keys of the mapping; further lists are for what is within."""
    choices, rest = lists[0], lists[1:]
    inner = prop.get("additionalProperties")
    if isinstance(inner, dict):
        for one in (inner, *inner.get("anyOf", ())) if rest else ():
            if isinstance(one.get("additionalProperties"), dict):
                _limit(one, rest)
        prop.pop("propertyNames", None)
        prop["properties"] = {word: _described(inner, meaning) for word, meaning in choices.items()}
        prop["additionalProperties"] = False
        return
    for one in (*_alternatives(prop), *filter(None, (prop.get("items"),))):
        one["enum"] = list(choices)
        if any(choices.values()):
            one["enumDescriptions"] = list(choices.values())


def _alternatives(prop: Schema) -> Iterable[Schema]:
    """The strings that a value may be."""
    return [one for one in (prop, *prop.get("anyOf", ())) if one.get("type") == "string"]


def _described(inner: Schema, meaning: str) -> Schema:
    return {**inner, "description": meaning} if meaning else dict(inner)


def _literal(text: str) -> str:
    """A text as a pattern of itself, in the syntax of ECMA-262."""
    return "".join(f"\\{character}" if character in r"\^$.*+?()[]{}|/" else character for character in text)
