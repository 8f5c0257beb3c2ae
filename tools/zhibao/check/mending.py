"""Mends: a check's finding put right where that is safe. A mend proposes edits; only what is read afterwards lets them stand.

A file is a text that was read as something. After each mend it is read again, and where anything but what was meant is read
differently, that mend is given up and its place is left as it was.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from zhibao.model.document import Document, Loc, Problem

QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\n]|\'\')*\'')
"""A quotation of YAML on one line."""
LITERAL = re.compile(r":[ ]+[|>][-+0-9]*[ ]*(?:#.*)?$", re.MULTILINE)
"""The line after which indented lines are text, not keys."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` up to `end` of a text replaced by `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Read:
    """A file as it was read. `value` is what was understood of it, None where it cannot be; `keys` may stand anywhere in it.

    `problems` are those of reading and of understanding together.
    """

    document: Document
    problems: tuple[Problem, ...]
    value: Any
    keys: frozenset[str]

    @property
    def text(self) -> str:
        """The file's text, with LF and without BOM."""
        return self.document.text

    @property
    def is_item(self) -> bool:
        """Whether it is a submission: front matter and body, not YAML alone."""
        return self.document.path.endswith(".md")

    def front(self) -> tuple[int, int]:
        """The range of the YAML in the text: of an item the front matter between its fences, empty where there is none."""
        if not self.is_item:
            return 0, len(self.text)
        start = self.text.find("\n") + 1
        end = offset(self.text, self.document.body_line - 1)
        return (start, end) if self.document.body_line > 2 else (0, 0)


Reader = Callable[[str], Read]
"""Reads a text as the file that it is to be."""


@dataclass(frozen=True)
class Mend:
    """One way of putting things right.

    `words` say in Chinese what it does; with `by_line`, every line that it changes is shown besides (no edit then adds or takes a line).
    `meant` says whether what is read afterwards differs from what was read before in nothing but what this mend is for.
    """

    name: str
    words: str
    edits: Callable[[Read], Iterator[Edit]]
    meant: Callable[[Read, Read], bool]
    by_line: bool = True
    problem: str = ""
    """The problem of reading that is gone as soon as the text is written as it was read, in UTF-8 with LF: no edit is needed."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was done on one line (counted from 1 in the file as it was), or to the file as a whole: then line is 0, both texts are empty.

    `names` are the mends that did it.
    """

    names: tuple[str, ...]
    line: int
    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Mended:
    """A text after its mends, what they did (to the file as a whole first, then line by line), and those that were given up."""

    text: str
    changes: tuple[Change, ...] = ()
    given_up: tuple[Mend, ...] = ()


def mended(first: Read, read: Reader, mends: Sequence[Mend]) -> Mended:
    """A file after these mends, one after the other."""
    now = read(first.text)
    changes, given_up = list[Change](), list[Mend]()
    for mend in _of_bytes(first, mends):
        if not (first.text and mend.meant(first, now)):
            return Mended(first.text, given_up=(mend,))
        changes.append(Change((mend.name,), 0, mend.words))
    for mend in mends:
        edits = sorted(mend.edits(now), key=lambda edit: edit.start)
        if not edits:
            continue
        later = read(applied(now.text, edits))
        if mend.meant(now, later):
            changes += _told(mend, now.text, edits)
            now = later
        else:
            given_up.append(mend)
    return Mended(now.text, tuple(_line_by_line(changes)), tuple(given_up))


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits that do not overlap, in the order of the text."""
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*pieces, text[at:]])


def offset(text: str, line: int) -> int:
    """Where a line (counted from 1) begins in a text; its end for the line after the last."""
    starts = _starts(text)
    return starts[line - 1] if line <= len(starts) else len(text)


def place_of(document: Document, at: Loc) -> tuple[int, int] | None:
    """The range in the text of a word or number that stands whole on one line, its quotes included; None for anything else."""
    mark, value = document.marks.get(at), document.get(*at)
    if mark is None or not isinstance(value, str):
        return None
    start = offset(document.text, mark.line) + mark.column - 1
    if document.text.startswith(value, start):
        return start, start + len(value)
    quoted = QUOTED.match(document.text, start)
    return (start, quoted.end()) if quoted else None


def same(before: Read, after: Read) -> bool:
    """Whether exactly the same is read: values, body, and what was understood of them."""
    one, other = before.document, after.document
    return one.body == other.body and same_values(before, after)


def same_values(before: Read, after: Read) -> bool:
    """Whether the values are the same and as readable, whatever became of the body."""
    one, other = before.document, after.document
    return one.values == other.values and one.readable == other.readable and before.value == after.value


def _of_bytes(first: Read, mends: Sequence[Mend]) -> Iterator[Mend]:
    """The mends of what is wrong with a file's bytes."""
    codes = {problem.code for problem in first.document.problems}
    yield from (mend for mend in mends if mend.problem and mend.problem in codes)


def _line_by_line(changes: Iterable[Change]) -> Iterator[Change]:
    """The changes of the file as a whole, then those of each line as one: from what it was to what it is."""
    lines: dict[int, list[Change]] = {}
    for change in changes:
        if change.line:
            lines.setdefault(change.line, []).append(change)
        else:
            yield change
    for line, own in sorted(lines.items()):
        names = tuple(name for change in own for name in change.names)
        words = "；".join(dict.fromkeys(change.words for change in own))
        yield Change(names, line, words, own[0].before, own[-1].after)


@lru_cache(maxsize=4)
def _starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _told(mend: Mend, text: str, edits: Sequence[Edit]) -> Iterator[Change]:
    """A change for each line, or one for all of them."""
    if not mend.by_line:
        yield Change((mend.name,), 0, mend.words)
        return
    starts = _starts(text)
    lines: dict[int, list[Edit]] = {}
    for edit in edits:
        lines.setdefault(bisect_right(starts, edit.start), []).append(edit)
    for number, own in lines.items():
        start = starts[number - 1]
        line = text[start : offset(text, number + 1)].removesuffix("\n")
        new = applied(line, [Edit(edit.start - start, edit.end - start, edit.new) for edit in own])
        yield Change((mend.name,), number, mend.words, line, new)
