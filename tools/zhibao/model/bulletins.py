"""The numbered bulletin (刊物、期): `registry/bulletins/2026-045.yml`, one issue a file.

Which issue an item stands in is read from these files and from nowhere else: an adoption names the publication, never the number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from zhibao.model.fields import Account, Day, Many, Strict, SubmissionId, Word

BULLETINS = "registry/bulletins"
LAST = 999
"""The highest number of a year."""

_NAME = re.compile(r"(?:([a-z][a-z0-9]{0,31})-)?(\d{4})-(s?)(\d{3})", re.ASCII)


class IssueName(NamedTuple):
    """A file's name taken apart: `2026-045`; `2026-s02`… is a supplement (增刊), `kuaixun-2026-006` of another publication."""

    publication: str
    """The publication's id in office.yml; empty for the default one."""
    year: int
    supplement: bool
    number: int

    @classmethod
    def parse(cls, text: str) -> IssueName | None:
        """The name that `text` writes; None where it is none."""
        match = _NAME.fullmatch(text)
        if not match or match[2] == "0000" or match[4] == "000":
            return None
        return cls(match[1] or "", int(match[2]), bool(match[3]), int(match[4]))

    @classmethod
    def of_path(cls, path: str) -> IssueName | None:
        """The name of the issue whose file stands at a path of the repository; None where that is no issue's."""
        found = cls.parse(path.rsplit("/", 1)[-1].removesuffix(".yml"))
        return found if found and found.path == path else None

    @property
    def path(self) -> str:
        """Where the issue's file stands."""
        return f"{BULLETINS}/{self}.yml"

    @property
    def label(self) -> str:
        """`2026年第45期`, `2026年增刊第2期`."""
        return f"{self.year}年{'增刊' if self.supplement else ''}第{self.number}期"

    @property
    def short(self) -> str:
        """The same without its year, as the head of an issue has it."""
        return f"{'增刊' if self.supplement else ''}第{self.number}期"

    def __str__(self) -> str:
        """As it is parsed."""
        publication = f"{self.publication}-" if self.publication else ""
        return f"{publication}{self.year:04}-{'s' if self.supplement else ''}{self.number:03}"


class Listed(Strict):
    """One line of an issue: an item by its id, or a heading (栏目) under which the items below it stand."""

    id: SubmissionId | None = Field(None, title="信息编号")
    heading: Word | None = Field(None, title="栏目")


def _one(line: Listed) -> Listed:
    if (line.id is None) == (line.heading is None):
        raise PydanticCustomError("listed_form", "每行写一个信息编号，或者 heading: 栏目")
    return line


def _identified(value: Any) -> Any:
    return {"id": value} if isinstance(value, str) else value


CheckedListed = Annotated[
    Listed, BeforeValidator(_identified, json_schema_input_type=str | Listed), AfterValidator(_one)
]


def _not_empty(lines: tuple[Listed, ...]) -> tuple[Listed, ...]:
    if not any(line.id for line in lines):
        raise PydanticCustomError("listed_form", "至少登一条信息")
    return lines


class Bulletin(Strict):
    """One issue as its file has it. It is a draft until `signer` and `signed` are written."""

    publication: Word | None = Field(None, title="刊物")
    number: int = Field(ge=1, le=LAST, title="期号")
    supplement: bool = Field(False, title="增刊")
    items: Annotated[Many[CheckedListed], Field(max_length=200), AfterValidator(_not_empty)] = Field(
        title="信息"
    )
    editor: Account = Field(title="编辑")
    signer: Account | None = Field(None, title="签发人")
    signed: Day | None = Field(None, title="签发日期")
    report: Many[Word] = Field((), title="报")
    send: Many[Word] = Field((), title="送")
    distribute: Many[Word] = Field((), title="发")

    @property
    def ids(self) -> tuple[str, ...]:
        """The items in their order."""
        return tuple(line.id for line in self.items if line.id is not None)


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue with its name and its publication, both in full."""

    name: IssueName
    publication: str
    bulletin: Bulletin

    @property
    def series(self) -> tuple[str, int, bool]:
        """What it is numbered in: publication, year, supplement or not."""
        return self.publication, self.name.year, self.name.supplement


def in_series(bulletins: Mapping[str, Bulletin], default: str) -> tuple[Issue, ...]:
    """The issues of these files by path, publication by publication and in the order of their numbers.

    A file whose name is no issue's is left out. `default` is the publication of those that name none.
    """
    found = [
        Issue(name, bulletin.publication or default, bulletin)
        for path, bulletin in bulletins.items()
        if (name := IssueName.of_path(path))
    ]
    return tuple(sorted(found, key=lambda issue: (issue.publication, issue.name)))
