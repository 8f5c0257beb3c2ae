"""A file as it was read: its values, its body, and the line and column of everything in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

Scalar: TypeAlias = str | int | Decimal | bool | None
Value: TypeAlias = "Scalar | list[Value] | dict[str, Value]"
Loc: TypeAlias = tuple[str | int, ...]

_TOP_LEVEL = re.compile(r"[^\s#]")
"""How a line begins that is neither indented nor a comment."""
MENDABLE = frozenset({"bom", "line-ends"})
"""Problems in spite of which a document is understood."""


class Mark(NamedTuple):
    """A place in a file; both count from 1, the column in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that kept a file, or a part of it, from being read. `code` is that of a check of the form family.

    `at` is the key path of the value it is about; `mended` what that value certainly means, in the form that is wanted, empty
    where that is not certain.
    """

    code: str
    mark: Mark
    message: str
    help: str = ""
    at: Loc = ()
    mended: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown item or a YAML file of the registry, read but not yet understood.

    `values` is the front matter (or the whole YAML file); None where it cannot be read. `marks` holds the place of each
    key path's value, `key_marks` that of the key itself. `body` starts on line `body_line`.
    `blob` is the Git object id of the bytes; empty where the file was not read.
    """

    path: str
    text: str = ""
    values: Value = None
    marks: Mapping[Loc, Mark] = field(default_factory=dict)
    key_marks: Mapping[Loc, Mark] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    problems: tuple[Problem, ...] = ()
    blob: str = ""

    @property
    def readable(self) -> bool:
        """Whether the values can be used: they were read, and nothing in them is ambiguous."""
        return self.values is not None and all(problem.code in MENDABLE for problem in self.problems)

    @property
    def stem(self) -> str:
        """The file's name without `.md`: the id of a submission."""
        name = self.path.rsplit("/", 1)[-1]
        return name.removesuffix(".md")

    def mark(self, loc: Loc, *, key: bool = False) -> Mark:
        """The place of a key path's value (or of its key), else of its nearest parent that has one."""
        table = self.key_marks if key else self.marks
        for end in range(len(loc), 0, -1):
            found = table.get(loc[:end]) or self.marks.get(loc[:end])
            if found:
                return found
        return Mark(1, 1)

    def mark_in_body(self, offset: int) -> Mark:
        """The place of a character of the body, by its offset."""
        before = self.body[:offset]
        return Mark(self.body_line + before.count("\n"), offset - (before.rfind("\n") + 1) + 1)

    def block(self, key: str) -> tuple[int, int]:
        """The first line of a top-level key's block and the one after its last, counted from 0 in the whole text.

        Blank lines and comments at its end belong to what follows. Both are the line of the closing `---` where the key is not there.
        """
        lines = self.text.split("\n")
        fence = next(number for number, line in enumerate(lines) if number and line.rstrip() == "---")
        mark = self.key_marks.get((key,))
        if mark is None:
            return fence, fence
        start = mark.line - 1
        end = next((n for n in range(start + 1, fence) if _TOP_LEVEL.match(lines[n])), fence)
        while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        return start, end

    def get(self, *loc: str | int) -> Any:
        """The raw value under a key path, None where there is none. Never raises."""
        here: Any = self.values
        for step in loc:
            if isinstance(here, dict) and isinstance(step, str):
                here = here.get(step)
            elif isinstance(here, list) and isinstance(step, int) and step < len(here):
                here = here[step]
            else:
                return None
        return here
