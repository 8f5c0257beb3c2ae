"""YAML to plain values with the place of each: strict, bounded, and never surprised.

Built on libyaml's event stream, not on a loader: repeated keys, anchors, aliases, merge keys and tags are problems, nesting is
bounded, and plain scalars follow the YAML 1.2 core schema (`on` and `no` are words; a date stays text, the model reads it).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, NamedTuple

import yaml

from zhibao.model.document import Loc, Mark, Problem, Value

DEEPEST = 20
MOST_EVENTS = 200_000

_INT = re.compile(r"[-+]?[0-9]{1,18}", re.ASCII)
_FLOAT = re.compile(r"[-+]?(?:[0-9]{1,18}\.[0-9]{0,18}|\.[0-9]{1,18})", re.ASCII)
_CONSTANTS: dict[str, Value] = {"": None, "~": None, "null": None, "true": True, "false": False}
_YAML_SAYS = (
    ("found character '\\t'", "用了制表符（Tab）", "YAML 里缩进用空格，请把 Tab 换成空格"),
    ("mapping values are not allowed", "一行里有两个“: ”，或者上一行缩进不对", "值里有冒号时给整个值加引号"),
    ("could not find expected ':'", "这一行缺少“: ”", "每行写成“键: 值”，英文冒号后空一格"),
    ("found undefined tag", "用了标签（!）", "请删去 ! 和它后面的词"),
    ("did not find expected ',' or ']'", "方括号没有配好", "请检查 [ ] 和其中的逗号"),
    ("did not find expected ',' or '}'", "花括号没有配好", "请检查 { } 和其中的逗号"),
    ("did not find expected key", "缩进或引号没有配好", "同一层的键左边要对齐，引号要成对"),
    ("unexpected end of stream", "引号没有配好", "引号要成对"),
    ("found unexpected end", "引号没有配好", "引号要成对"),
    ("cannot start any token", "这个字符不能开头", "给整个值加引号"),
    ("block sequence entries are not allowed", "“- ”的位置不对", "“- ”另起一行，比上一行缩进两格"),
    ("control characters are not allowed", "有看不见的控制字符", "请删去看不见的字符"),
)


class Parsed(NamedTuple):
    """Values, the mark of every value and key by key path, and the problems found; values are None if unreadable."""

    values: Value
    marks: dict[Loc, Mark]
    key_marks: dict[Loc, Mark]
    problems: tuple[Problem, ...]


class _RefusedError(Exception):
    """The document is not read any further."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def parse(text: str, first_line: int = 1) -> Parsed:
    """The one document that `text` holds; `first_line` is the line of the file on which it begins. Never raises."""
    builder = _Builder(first_line)
    try:
        # libyaml's own pull interface: yaml.parse() wraps it in a generator that costs as much again
        pull = yaml.CSafeLoader(text).get_event
        count = 0
        while (event := pull()) is not None:
            count += 1
            if count > MOST_EVENTS:
                builder.refuse("yaml-bounds", event, f"内容超过 {MOST_EVENTS} 项", "请把文件分开")
            builder.take(event)
    except _RefusedError as refused:
        return Parsed(None, {}, {}, (*builder.problems, refused.problem))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return Parsed(None, {}, {}, (*builder.problems, _said(error, text, first_line)))
    return Parsed(builder.root, builder.marks, builder.key_marks, tuple(builder.problems))


class _Builder:
    """Takes events one by one; a stack of open lists and mappings instead of recursion."""

    def __init__(self, first_line: int) -> None:
        self.root: Value = None
        self.marks: dict[Loc, Mark] = {}
        self.key_marks: dict[Loc, Mark] = {}
        self.problems: list[Problem] = []
        self._first_line = first_line
        self._open: list[Any] = []
        self._path: list[str | int | None] = []
        self._loc: Loc = ()
        self._locs: list[Loc] = []
        self._documents = 0

    def take(self, event: Any) -> None:
        """Use one event. Raises _RefusedError where the document must not be read further."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._plain_features(event)
            self._scalar(event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._open.pop()
            self._path.pop()
            self._loc = self._locs.pop()
            self._after_value()
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._plain_features(event)
            self._begin(event)
        elif kind is yaml.AliasEvent:
            self.refuse("yaml-feature", event, "这里不能用 YAML 的别名（*）", "请把内容写全")
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                self.refuse("yaml-feature", event, "一个文件里有两段 YAML", "请删去多出来的“---”")

    def _plain_features(self, event: Any) -> None:
        if event.anchor is not None:
            self.refuse("yaml-feature", event, "这里不能用 YAML 的锚点（&）", "请删去 & 和它后面的词")
        if event.tag is not None and event.tag != "!":
            self.refuse("yaml-feature", event, "这里不能用 YAML 的标签（!）", "请删去 ! 和它后面的词")

    def refuse(self, code: str, event: Any, message: str, mend: str = "") -> None:
        """Stop with a problem at an event."""
        raise _RefusedError(Problem(code, self._mark(event), message, mend))

    def _mark(self, event: Any) -> Mark:
        return Mark(event.start_mark.line + self._first_line, event.start_mark.column + 1)

    def _begin(self, event: Any) -> None:
        holder: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        if self._wants_key():
            self.refuse("yaml-syntax", event, "键只能是一个词", "写成“键: 值”")
        self._place(holder, self._mark(event))
        self._locs.append(self._loc)
        self._loc = self._here()
        self._open.append(holder)
        self._path.append(None if isinstance(holder, dict) else 0)
        if len(self._open) > DEEPEST:
            self.refuse("yaml-bounds", event, f"括号或缩进套了 {DEEPEST} 层以上", "请写得平一些")

    def _scalar(self, event: Any) -> None:
        if self._wants_key():
            self._key(event)
            return
        value = _resolved(event.value) if event.implicit[0] and event.style in (None, "") else event.value
        self._place(value, self._mark(event))
        self._after_value()

    def _wants_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1], dict) and self._path[-1] is None

    def _key(self, event: Any) -> None:
        key = event.value
        if key == "<<" and event.style in (None, ""):
            self.refuse("yaml-feature", event, "这里不能用 YAML 的合并键（<<）", "请把内容写全")
        loc = (*self._loc, key)
        if key in self._open[-1]:
            line = self.key_marks[loc].line
            self.problems.append(
                Problem("repeated-key", self._mark(event), f"{key} 写了两次，第 {line} 行已有", "请只留一行")
            )
        else:
            self.key_marks[loc] = self._mark(event)
        self._path[-1] = key

    def _here(self) -> Loc:
        """The key path of the value that comes next."""
        step = self._path[-1] if self._path else None
        return self._loc if step is None else (*self._loc, step)

    def _place(self, value: Value, mark: Mark) -> None:
        if not self._open:
            self.root = value
            return
        holder, step = self._open[-1], self._path[-1]
        if isinstance(holder, dict):
            if step in holder:
                return  # the first of two equal keys stands; the problem is noted already
            holder[step] = value
        else:
            holder.append(value)
        self.marks[self._here()] = mark

    def _after_value(self) -> None:
        if not self._open:
            return
        if isinstance(self._open[-1], dict):
            self._path[-1] = None
        else:
            step = self._path[-1]
            self._path[-1] = step + 1 if isinstance(step, int) else 0


def _resolved(text: str) -> Value:
    """A plain scalar by the YAML 1.2 core schema, decimals exact."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    first = text[0]
    if first in "0123456789+-.":
        if _INT.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return Decimal(text)
    return text


def _said(error: Exception, text: str, first_line: int) -> Problem:
    mark = getattr(error, "problem_mark", None)
    words = str(getattr(error, "problem", None) or error)
    lines = text.split("\n")
    if mark and mark.line < len(lines) and lines[mark.line][mark.column :].startswith("\t"):
        words = "found character '\\t'"
    place = Mark(mark.line + first_line, mark.column + 1) if mark else Mark(first_line, 1)
    for part, message, mend in _YAML_SAYS:
        if part in words:
            return Problem("yaml-syntax", place, message, mend)
    return Problem(
        "yaml-syntax", place, "YAML 写法有误，读不下去", "每行写成“键: 值”，括号和引号要成对，缩进用空格"
    )
