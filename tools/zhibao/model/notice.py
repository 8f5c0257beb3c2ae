"""A closed quarter: `registry/notices/2026-Q3.json`, frozen with its commit, its rules and the hashes of what it was made from.

What was published does not change silently: what comes later is a visible adjustment in the open quarter. (DESIGN.md, truth 6.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from zhibao.model.fields import Many, Strict
from zhibao.model.period import Period
from zhibao.model.rules import Rules

FORMAT = 1
"""Version of the file's form; a form that was published stays readable."""


def _quarter(text: str) -> str:
    try:
        period = Period.parse(text)
    except ValueError as error:
        raise PydanticCustomError("period_form", "{words}", {"words": str(error)}) from None
    if period.months != 3:
        raise PydanticCustomError("period_form", "封存的是季度，如 2026-Q3")
    return text


Quarter = Annotated[str, AfterValidator(_quarter)]


class FrozenRules(Strict):
    """A file of rules as it was: its path, its Git object id and its whole text."""

    path: str
    blob: str
    text: str


class FrozenLine(Strict):
    """A line of the ledger as it was published; points and share as decimal texts."""

    date: str
    period: str
    unit: str
    item: str
    rule: str
    level: str
    form: str
    share: str
    points: str
    why: str
    event: str


class Inputs(Strict):
    """What the figures were made from: Git object ids of the items' folder and of each file of the registry."""

    submissions: str
    registry: dict[str, str]


class Notice(Strict):
    """The file. `figures` is the quarter's statistics as JSON exports them; `replaces` names a notice that was reopened."""

    format: Literal[1]
    period: Quarter
    commit: Annotated[str, Field(pattern=r"^[0-9a-f]{40,64}$")]
    inputs: Inputs
    rules: Many[FrozenRules]
    figures: dict[str, Any]
    lines: Many[FrozenLine]
    replaces: str | None = None


@dataclass(frozen=True)
class Closed:
    """A closed quarter, with its rules understood."""

    notice: Notice
    rules: tuple[Rules, ...]
    path: str = ""

    @property
    def period(self) -> Period:
        """Its quarter."""
        return Period.parse(self.notice.period)


def last_closed(closed: Mapping[Period, Closed]) -> Period | None:
    """The latest closed quarter; None where none is."""
    return max(closed, default=None)
