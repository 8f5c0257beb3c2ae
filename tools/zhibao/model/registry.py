"""The registry as a whole: the county's own data, with the questions that the rest of the program asks of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from zhibao.model.adjustments import Adjustment
from zhibao.model.bulletins import Issue
from zhibao.model.calendar import Calendar
from zhibao.model.calls import Call
from zhibao.model.history import Signature
from zhibao.model.notice import Closed
from zhibao.model.office import Office
from zhibao.model.period import Period
from zhibao.model.rules import Rules
from zhibao.model.units import Editor, Officer, Person, Unit

_NOREPLY = re.compile(r"(?:\d+\+)?([A-Za-z0-9-]+)@users\.noreply\.", re.ASCII)


def account_in(signature: Signature) -> str:
    """The account that a forge's no-reply address names; empty for any other address."""
    match = _NOREPLY.match(signature.email)
    return match[1] if match else ""


@dataclass(frozen=True)
class Registry:
    """Office, units, editors, calendar, calls, rules and issues. `rules` are in ascending order of `from`, never empty."""

    office: Office
    units: tuple[Unit, ...]
    editors: tuple[Editor, ...]
    rules: tuple[Rules, ...]
    calendar: Calendar = field(default_factory=Calendar)
    calls: tuple[Call, ...] = ()
    adjustments: Mapping[str, Adjustment] = field(default_factory=dict)
    """By the name of their file."""
    closed: Mapping[Period, Closed] = field(default_factory=dict)
    """The quarters that are closed, in order."""
    issues: tuple[Issue, ...] = ()
    """The issues of every publication, drafts too, in the order of their numbers."""

    @cached_property
    def unit_by_id(self) -> Mapping[str, Unit]:
        """Units by id, in the order of the registry."""
        return {unit.id: unit for unit in self.units}

    @cached_property
    def call_by_id(self) -> Mapping[str, Call]:
        """Calls by id."""
        return {call.id: call for call in self.calls}

    @cached_property
    def _editor_by_account(self) -> Mapping[str, Editor]:
        return {editor.account.casefold(): editor for editor in self.editors}

    @cached_property
    def _editor_by_email(self) -> Mapping[str, Editor]:
        return {email.casefold(): editor for editor in self.editors for email in editor.emails}

    def unit(self, id_: str) -> Unit | None:
        """The unit of that id, None where there is none."""
        return self.unit_by_id.get(id_)

    def unit_name(self, id_: str, day: date) -> str:
        """What a unit was called on a day; its id where it is not registered."""
        unit = self.unit(id_)
        return unit.name_on(day) if unit else id_

    def is_office(self, unit: str) -> bool:
        """Whether this is the office's own unit, whose items stand apart."""
        return unit == self.office.unit

    def editor(self, account: str) -> Editor | None:
        """The editor with that account, whatever the case."""
        return self._editor_by_account.get(account.casefold())

    def editor_known_as(self, signature: Signature) -> Editor | None:
        """The editor whose e-mail address signed a commit; a forge's no-reply address names the account."""
        known = self._editor_by_email.get(signature.email.casefold())
        return known or self.editor(account_in(signature))

    def officer_on(self, unit: str, name: str, day: date) -> Officer | None:
        """The unit's officer of that name in post on that day."""
        registered = self.unit(unit)
        if registered is None:
            return None
        return next((officer for officer in registered.officers_on(day) if officer.name == name), None)

    def supervisor_on(self, unit: str, day: date) -> Person | None:
        """The unit's supervisor on that day."""
        registered = self.unit(unit)
        return registered.supervisor_on(day) if registered else None

    def is_signed(self, issue: Issue) -> bool:
        """Whether an issue is signed by somebody who could sign on that day; else it is a draft."""
        bulletin = issue.bulletin
        signer = self.editor(bulletin.signer) if bulletin.signer else None
        return signer is not None and bulletin.signed is not None and signer.approves_on(bulletin.signed)

    @cached_property
    def issues_of(self) -> Mapping[str, tuple[Issue, ...]]:
        """By the id of an item, the signed issues in which it stands."""
        found: dict[str, tuple[Issue, ...]] = {}
        for issue in filter(self.is_signed, self.issues):
            for id_ in dict.fromkeys(issue.bulletin.ids):
                found[id_] = (*found.get(id_, ()), issue)
        return found

    def rules_on(self, day: date) -> Rules:
        """The rules in force on a day, in a closed quarter as they were frozen; before the first ones, the first."""
        closed = self.closed.get(Period.quarter_of(day)) if self.closed else None
        ordered = closed.rules if closed else self.rules
        current = ordered[0]
        for rules in ordered[1:]:
            if rules.since > day:
                break
            current = rules
        return current

    @cached_property
    def all_rules(self) -> tuple[Rules, ...]:
        """The rules now in force and those of closed quarters, by their first day."""
        frozen = (rules for closed in self.closed.values() for rules in closed.rules)
        return tuple(sorted((*self.rules, *frozen), key=lambda rules: rules.since))
