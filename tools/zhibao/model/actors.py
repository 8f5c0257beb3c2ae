"""Who somebody is: the posts that the base's roster gives an account, or the signature of a commit, on one day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhibao.model.history import Signature
from zhibao.model.registry import Registry, account_in
from zhibao.model.units import Person, Role


class Capacity(StrEnum):
    """In what capacity somebody acts. One person may have several; `STRANGER` stands alone."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    CHIEF = "chief"
    MAINTAINER = "maintainer"
    STRANGER = "stranger"

    @property
    def label(self) -> str:
        """The Chinese word that a reader sees."""
        return {
            "officer": "信息员",
            "supervisor": "分管领导",
            "editor": "编辑",
            "chief": "主编",
            "maintainer": "维护",
            "stranger": "名册外的人",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody as the base's roster knows them on one day. `units` are those they write for, `supervises` those they answer for."""

    account: str
    name: str
    capacities: frozenset[Capacity]
    units: frozenset[str] = frozenset()
    supervises: frozenset[str] = frozenset()

    @property
    def is_stranger(self) -> bool:
        """Whether no roster names them."""
        return Capacity.STRANGER in self.capacities

    @property
    def edits(self) -> bool:
        """Whether they are an editor on that day."""
        return Capacity.EDITOR in self.capacities


def actor_on(
    registry: Registry, day: date, *, account: str = "", signature: Signature | None = None
) -> Actor:
    """Who an account, or the signature of a commit, is on a day: by account in any case, or by e-mail address.

    A forge's no-reply address stands for the account that it names.
    """
    found = list(_posts(registry, day, account, signature))
    editor = next((person for person, capacity, _ in found if capacity is Capacity.EDITOR), None)
    person = editor or (found[0][0] if found else None)
    if person is None:
        return Actor(account or (signature.email if signature else ""), "", frozenset({Capacity.STRANGER}))
    return Actor(
        person.account or account,
        person.name,
        frozenset(capacity for _, capacity, _ in found),
        frozenset(unit for _, capacity, unit in found if capacity is Capacity.OFFICER),
        frozenset(unit for _, capacity, unit in found if capacity is Capacity.SUPERVISOR),
    )


def _posts(
    registry: Registry, day: date, account: str, signature: Signature | None
) -> Iterator[tuple[Person, Capacity, str]]:
    """Every post that they hold on that day, with its unit."""
    email = signature.email if signature else ""
    name = account or (account_in(signature) if signature else "")
    for editor in registry.editors:
        if editor.serves_on(day) and editor.is_known_as(account=name, email=email):
            yield from ((editor, capacity, "") for capacity in _capacities(editor.roles))
    for unit in registry.units:
        supervisor = unit.supervisor_on(day)
        if supervisor.is_known_as(account=name, email=email):
            yield supervisor, Capacity.SUPERVISOR, unit.id
        for officer in unit.officers_on(day):
            if officer.is_known_as(account=name, email=email):
                yield officer, Capacity.OFFICER, unit.id


def _capacities(roles: tuple[Role, ...]) -> Iterator[Capacity]:
    if Role.CHIEF in roles:
        yield Capacity.CHIEF
    if Role.CHIEF in roles or Role.EDITOR in roles:
        yield Capacity.EDITOR
    if Role.MAINTAINER in roles:
        yield Capacity.MAINTAINER
