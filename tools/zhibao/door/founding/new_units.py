"""The units of a new county, as the office's table has them."""

from __future__ import annotations

from dataclasses import dataclass

from zhibao.model.units import Quota


@dataclass(frozen=True)
class NewPerson:
    """Somebody of a unit."""

    name: str
    account: str | None = None
    emails: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewUnit:
    """A unit as the table has it; `row` is its number there."""

    row: int
    id: str
    name: str
    group: str
    sector: str
    supervisor: NewPerson
    officers: tuple[NewPerson, ...]
    quota: Quota | None = None


@dataclass(frozen=True)
class Roster:
    """The units of a table, and what was understood of it that a person should know."""

    units: tuple[NewUnit, ...]
    notes: tuple[str, ...] = ()
