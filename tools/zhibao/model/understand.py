"""From values to the model: a document becomes a submission or a part of the registry, or problems said in Chinese."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, RootModel, TypeAdapter, ValidationError

from zhibao.model.document import Document, Loc, Problem
from zhibao.model.identity import Identity
from zhibao.model.submission import Submission

T = TypeVar("T")

_TYPE_WORDS = {
    "string_type": "文字",
    "int_type": "整数",
    "bool_type": "true 或 false",
    "dict_type": "“键: 值”的一组",
    "model_type": "“键: 值”的一组",
    "tuple_type": "一列（[甲, 乙]）",
    "list_type": "一列（[甲, 乙]）",
    "decimal_type": "数字",
}
_TYPE_MENDS = {
    "string_type": "在值的两边加上引号",
    "bool_type": "写 true 或 false，不加引号",
    "tuple_type": "写成 [甲, 乙]，或每行一个“- ”",
    "list_type": "写成 [甲, 乙]，或每行一个“- ”",
}


_NARROW = re.compile(r"[\w@./:+-]+", re.ASCII)
_NOT_PROSE = frozenset(
    {"int_type", "bool_type", "enum", "share_form", "points_form", "unit_form", "id_form"}
    | {"account_form", "email_form", "media_form"}
)
"""Errors of values that are numbers, ids or fixed words: full-width characters in them can only be meant as half-width ones."""


def understand(document: Document, adapter: TypeAdapter[T]) -> tuple[T | None, tuple[Problem, ...]]:
    """The value that a readable document holds, or None with every problem that keeps it from being one."""
    try:
        return adapter.validate_python(document.values), ()
    except ValidationError as error:
        return None, tuple(_problems(document, adapter, error))


def submission(document: Document) -> tuple[Submission | None, tuple[Problem, ...]]:
    """The submission that a document holds; None with no problems where the document itself could not be read."""
    if not document.readable:
        return None, ()
    return understand(document, _SUBMISSION)


def tentative(document: Document) -> tuple[Submission | None, frozenset[str]]:
    """What can be understood of an item in spite of its problems, and the keys that are not to be believed.

    Faulty keys are left out, or filled from the id where every item has them: so that whoever wrote it hears of everything
    else that is wrong as well, at once. Such a submission is only ever checked; it is never counted or published.
    """
    identity = Identity.parse(document.stem)
    if not isinstance(document.values, dict) or not document.readable or identity is None:
        return None, frozenset()
    try:
        return _SUBMISSION.validate_python(document.values), frozenset()
    except ValidationError as error:
        faulty = frozenset(
            str(detail["loc"][0]) for detail in error.errors(include_url=False) if detail["loc"]
        )
    filled = {"title": _UNKNOWN, "unit": identity.unit, "officer": _UNKNOWN, "kind": _UNKNOWN}
    filled["submitted"] = f"{identity.moment:%Y-%m-%d %H:%M}"
    sound = {key: value for key, value in document.values.items() if key not in faulty}
    try:
        return _SUBMISSION.validate_python({**filled, **sound}), faulty
    except ValidationError:
        return None, frozenset()


_SUBMISSION = TypeAdapter(Submission)
_UNKNOWN = "（未知）"


def _problems(document: Document, adapter: TypeAdapter[Any], error: ValidationError) -> Iterator[Problem]:
    details = error.errors(include_url=False)
    unknown = {_meant(adapter, detail["loc"]) for detail in details if detail["type"] == "extra_forbidden"}
    for detail in details:
        if detail["type"] == "missing" and detail["loc"] in unknown:
            continue  # a misspelt key is one problem, not two
        loc: Loc = tuple(step for step in detail["loc"] if step != "[key]")
        problem = _problem(document, loc, dict(detail), adapter)
        yield replace(problem, at=loc, mended=_mended(dict(detail)))


def _meant(adapter: TypeAdapter[Any], loc: Loc) -> Loc:
    """The key path that an unknown key was probably meant to be."""
    near = _near(keys_at(adapter, loc[:-1]), str(loc[-1]))
    return (*loc[:-1], near) if near else ()


def _problem(document: Document, loc: Loc, detail: Mapping[str, Any], adapter: TypeAdapter[Any]) -> Problem:
    kind, context = str(detail["type"]), detail.get("ctx") or {}
    known = keys_at(adapter, loc[:-1])
    key = str(loc[-1]) if loc else ""
    name = f"{key}（{known[key]}）" if key in known else _item_name(loc)
    mark = document.mark(loc, key=kind == "extra_forbidden")
    if kind == "extra_forbidden":
        return Problem("unknown-key", mark, f"没有 {key} 这个键", _nearest(known, key))
    if kind == "missing":
        return Problem(
            "missing-key", document.mark(loc[:-1], key=True), f"缺少 {name}", f"补上一行“{key}: …”"
        )
    if kind in ("date_form", "date_impossible"):
        code = kind.replace("_", "-")
        near = context.get("near")
        mend = (
            f"请写 {near}"
            if near
            else f"照 {context['example']} 的样子写"
            if "example" in context
            else "请核对"
        )
        return Problem(code, mark, f"{name}写的是{_shown(detail.get('input'))}，{detail['msg']}", mend)
    if kind in _TYPE_WORDS or kind.endswith("_type"):
        return _wrong_type(mark, name, kind, detail)
    return Problem(
        "bad-value", mark, f"{name}写的是{_shown(detail.get('input'))}，{_reason(kind, detail, context)}"
    )


def _mended(detail: Mapping[str, Any]) -> str:
    """What a refused value certainly means, as the model wants it; empty where that is not certain."""
    kind, value = str(detail["type"]), detail.get("input")
    if kind == "date_form":
        return str((detail.get("ctx") or {}).get("mended", ""))
    if kind not in _NOT_PROSE or not isinstance(value, str):
        return ""
    narrow = unicodedata.normalize("NFKC", value).strip()
    return narrow if narrow != value and _NARROW.fullmatch(narrow) else ""


def _item_name(loc: Loc) -> str:
    """How to name what has no title of its own: an entry of a list by its number, anything else by its key."""
    if loc and isinstance(loc[-1], int):
        return f"{_item_name(loc[:-1])}第 {loc[-1] + 1} 项"
    return str(loc[-1]) if loc else "内容"


def _wrong_type(mark: Any, name: str, kind: str, detail: Mapping[str, Any]) -> Problem:
    value = detail.get("input")
    want = _TYPE_WORDS.get(kind, "另一种写法")
    if value is None:
        return Problem("wrong-type", mark, f"{name}是空的", f"写上{want}，或者删去这一行")
    return Problem("wrong-type", mark, f"{name}要写{want}，现在是 {_shown(value)}", _TYPE_MENDS.get(kind, ""))


def _reason(kind: str, detail: Mapping[str, Any], context: Mapping[str, Any]) -> str:
    if kind == "enum":
        return f"只能是 {str(context.get('expected', '')).replace(chr(39), '').replace(' or ', '、').replace(', ', '、')}"
    limits = {
        "string_too_short": "不能是空的",
        "string_too_long": f"不能超过 {context.get('max_length')} 字",
        "too_short": f"至少要有 {context.get('min_length')} 项",
        "greater_than_equal": f"不能小于 {context.get('ge')}",
        "less_than_equal": f"不能大于 {context.get('le')}",
    }
    return limits.get(kind) or str(detail["msg"])


def _near(known: Mapping[str, str], key: str) -> str | None:
    near = difflib.get_close_matches(key.casefold(), known, 1, 0.6)
    return next(iter(near or [name for name, label in known.items() if key in label or label in key]), None)


def _nearest(known: Mapping[str, str], key: str) -> str:
    near = _near(known, key)
    return f"是不是 {near}（{known[near]}）？" if near else "请删去这一行，或写进正文"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "“键: 值”的一组"
    if isinstance(value, list):
        return "一列"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value) if isinstance(value, str | int | Decimal) else type(value).__name__
    return f"“{text if len(text) <= 30 else text[:29] + '…'}”"


def keys_at(adapter: TypeAdapter[Any], loc: Loc) -> Mapping[str, str]:
    """The keys that may stand under a key path, each with its Chinese title; empty where it holds no keys of ours."""
    here = _model(adapter._type)
    for step in loc:
        if isinstance(step, str) and isinstance(here, type):
            fields = {field.alias or name: field for name, field in here.model_fields.items()}
            here = _model(fields[step].annotation) if step in fields else None
    if here is None:
        return {}
    return {field.alias or name: field.title or name for name, field in here.model_fields.items()}


def every_key(adapter: TypeAdapter[Any]) -> frozenset[str]:
    """Every key that may stand anywhere in what an adapter reads."""
    found: set[str] = set()
    waiting = [_model(adapter._type)]
    seen: set[type[BaseModel]] = set()
    while waiting:
        here = waiting.pop()
        if here is None or here in seen:
            continue
        seen.add(here)
        for name, field in here.model_fields.items():
            found.add(field.alias or name)
            waiting.append(_model(field.annotation))
    return frozenset(found)


def _model(annotation: Any) -> type[BaseModel] | None:
    """The model within an annotation: itself, or the one that a list, a mapping or an option of it holds."""
    if isinstance(annotation, type) and issubclass(annotation, RootModel):
        return _model(annotation.model_fields["root"].annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model(inner) for inner in get_args(annotation))
    return next((model for model in found if model is not None), None)
