"""The kinds of file that a county keeps: where each stands and what reads it. What is read, mended and described goes by this table."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from zhibao.model.adjustments import Adjustment, CheckedAdjustment
from zhibao.model.bulletins import BULLETINS as ISSUES
from zhibao.model.bulletins import Bulletin
from zhibao.model.calendar import Calendar
from zhibao.model.calls import Call, CheckedCall
from zhibao.model.fields import Many
from zhibao.model.identity import SUBMISSIONS
from zhibao.model.office import Office
from zhibao.model.rules import Rules
from zhibao.model.submission import Submission
from zhibao.model.understand import every_key
from zhibao.model.units import Editor, Unit

T = TypeVar("T")

REGISTRY = "registry"
SCHEMAS = f"{REGISTRY}/schema"
"""Where a county keeps its JSON Schemas: beside the files that name them in their first line."""

_MODELINE = "# yaml-language-server: $schema="


@dataclass(frozen=True)
class FileKind(Generic[T]):
    """One kind of file. `place` is its path in the repository, or that of the folder (with `/`) whose files are of this kind.

    `name` is that of its JSON Schema; `title` what a reader calls it.
    """

    name: str
    title: str
    place: str
    adapter: TypeAdapter[T]

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every key that may stand anywhere in it."""
        return every_key(self.adapter)

    def holds(self, path: str) -> bool:
        """Whether a path of the repository is a file of this kind."""
        if not self.place.endswith("/"):
            return path == self.place
        if self.place == f"{SUBMISSIONS}/":
            return path.startswith(self.place) and path.endswith(".md")
        name = path.removeprefix(self.place)
        return name != path and "/" not in name and name.endswith((".yml", ".yaml"))


SUBMISSION: FileKind[Submission] = FileKind(
    "submission", "信息的抬头", f"{SUBMISSIONS}/", TypeAdapter(Submission)
)
OFFICE: FileKind[Office] = FileKind("office", "办公室的设置", f"{REGISTRY}/office.yml", TypeAdapter(Office))
UNITS: FileKind[tuple[Unit, ...]] = FileKind(
    "units", "信息联系站", f"{REGISTRY}/units.yml", TypeAdapter(Many[Unit])
)
EDITORS: FileKind[tuple[Editor, ...]] = FileKind(
    "editors", "编辑室", f"{REGISTRY}/editors.yml", TypeAdapter(Many[Editor])
)
CALENDAR: FileKind[Calendar] = FileKind(
    "calendar", "放假和调休", f"{REGISTRY}/calendar.yml", TypeAdapter(Calendar)
)
CALLS: FileKind[tuple[Call, ...]] = FileKind(
    "calls", "报送要点", f"{REGISTRY}/calls/", TypeAdapter(Many[CheckedCall])
)
RULES: FileKind[Rules] = FileKind("rules", "计分办法", f"{REGISTRY}/rules/", TypeAdapter(Rules))
ADJUSTMENTS: FileKind[Adjustment] = FileKind(
    "adjustment", "异议和调整", f"{REGISTRY}/adjustments/", TypeAdapter(CheckedAdjustment)
)
BULLETINS: FileKind[Bulletin] = FileKind("bulletin", "刊物的一期", f"{ISSUES}/", TypeAdapter(Bulletin))

FILES: tuple[FileKind[Any], ...] = (
    SUBMISSION,
    OFFICE,
    UNITS,
    EDITORS,
    CALENDAR,
    CALLS,
    RULES,
    ADJUSTMENTS,
    BULLETINS,
)


def kind_of(path: str) -> FileKind[Any] | None:
    """The kind of a file by its path; None where it is none of the table's."""
    return next((kind for kind in FILES if kind.holds(path)), None)


def modeline(path: str) -> str:
    """The line by which a file of the registry names its schema, relative to itself; empty for a file that has none."""
    kind = kind_of(path)
    if kind is None:
        return ""
    return _MODELINE + posixpath.relpath(f"{SCHEMAS}/{kind.name}.json", posixpath.dirname(path))


def name_of(path: str) -> str:
    """The name of a file without its folder and ending."""
    return posixpath.splitext(posixpath.basename(path))[0]
