"""One line more in the roster of units, and every other character of the file as it was: comments and layout are people's."""

from __future__ import annotations

import yaml

from zhibao.model.units import Officer
from zhibao.repo.front_matter_text import scalar


class RosterError(Exception):
    """The file is written in a way that cannot be added to."""


def officer_line(officer: Officer) -> str:
    """An officer as the roster has them: `{name: 王敏, account: wangmin, from: 2026-01-01}`."""
    parts = [f"name: {scalar(officer.name, flow=True)}"]
    parts += [f"account: {scalar(officer.account, flow=True)}"] if officer.account else []
    emails = ", ".join(scalar(email, flow=True) for email in officer.emails)
    parts += [f"emails: [{emails}]"] if emails else []
    return "{" + ", ".join([*parts, f"from: {officer.since}"]) + "}"


def with_officer(text: str, unit: int, officer: Officer) -> str:
    """The text of registry/units.yml with an officer more at the end of the list of its unit number `unit`, counted from 0.

    Whoever writes it reads it again first. Raises RosterError.
    """
    line = officer_line(officer)
    roster = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(roster, yaml.SequenceNode) or not isinstance(roster.value[unit], yaml.MappingNode):
        raise RosterError
    own = roster.value[unit]
    listed = next((value for key, value in own.value if key.value == "officers"), None)
    if listed is None:
        return _with_key(text, own, line)
    if not isinstance(listed, yaml.SequenceNode):
        raise RosterError
    if not listed.value:
        return _inserted(text, listed.start_mark.index + 1, line)
    end = _end(listed)
    if listed.flow_style:
        return _inserted(text, end, f", {line}")
    return _below(text, end, f"{' ' * listed.start_mark.column}- {line}")


def _with_key(text: str, unit: yaml.MappingNode, line: str) -> str:
    """A unit that has no list of officers yet."""
    end = _end(unit)
    if unit.flow_style:
        return _inserted(text, end, f", officers: [{line}]")
    margin = " " * unit.value[0][0].start_mark.column
    return _below(text, end, f"{margin}officers:\n{margin}  - {line}")


def _end(collection: yaml.CollectionNode) -> int:
    """Where the last word within a collection ends; a block's own mark lies behind the comments that follow it."""
    last = collection.value[-1]
    inner = last[1] if isinstance(last, tuple) else last
    if isinstance(inner, yaml.CollectionNode) and not inner.flow_style:
        return _end(inner)
    return int(inner.end_mark.index)


def _inserted(text: str, at: int, words: str) -> str:
    return text[:at] + words + text[at:]


def _below(text: str, at: int, lines: str) -> str:
    """New lines below the line in which a place lies, with the file's own ends of line."""
    ends = "\r\n" if "\r\n" in text else "\n"
    found = text.find("\n", at)
    new = lines.replace("\n", ends)
    if found < 0:
        return f"{text}{ends}{new}{ends}"
    return f"{text[: found + 1]}{new}{ends}{text[found + 1 :]}"
