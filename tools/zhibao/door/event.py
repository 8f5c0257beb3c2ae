"""What a forge says of a proposal, from the file that a workflow is given (`$GITHUB_EVENT_PATH`; Gitea and Forgejo write the same keys).

Only ids, numbers, times and account names are taken, each by its pattern: a proposal's own words never steer anything.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

LARGEST_EVENT = 5_000_000
"""Bytes of an event file."""

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.ASCII)
_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-]{0,59}(?:\[bot\])?", re.ASCII)


class EventError(Exception):
    """The event is not one of this kind, or not sound. The message is Chinese and fit to be shown."""


@dataclass(frozen=True, slots=True)
class ProposalEvent:
    """A proposal as the forge knows it. `number` is 0 outside a forge; `opened` is when the forge first had it."""

    base: str
    head: str
    account: str
    opened: datetime | None = None
    number: int = 0

    @property
    def reference(self) -> str:
        """Where the forge keeps the proposal's head."""
        return f"refs/pull/{self.number}/head"


def read_json(path: Path) -> dict[str, Any]:
    """The event's values. Raises EventError."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_EVENT + 1)
    except OSError as error:
        raise EventError(f"打不开事件文件 {path}：{error.strerror}") from None
    if len(data) > LARGEST_EVENT:
        raise EventError(f"事件文件超过 {LARGEST_EVENT // 1_000_000} MB")
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        raise EventError("事件文件不是 JSON") from None
    if not isinstance(values, dict):
        raise EventError("事件文件里没有事件")
    return values


def read_event(path: Path) -> ProposalEvent:
    """The proposal of a `pull_request` event. Raises EventError."""
    return proposal_in(read_json(path).get("pull_request"))


def proposal_in(values: object) -> ProposalEvent:
    """A proposal from the forge's `pull_request` object. Raises EventError."""
    number = _at(values, "number")
    if not isinstance(number, int) or isinstance(number, bool) or number <= 0:
        raise EventError("事件里没有提议的编号（pull_request.number）")
    return ProposalEvent(
        base=_matching(_COMMIT, _at(values, "base", "sha"), "pull_request.base.sha"),
        head=_matching(_COMMIT, _at(values, "head", "sha"), "pull_request.head.sha"),
        account=_matching(_ACCOUNT, _at(values, "user", "login"), "pull_request.user.login"),
        opened=moment_of(_at(values, "created_at")),
        number=number,
    )


def moment_of(text: object) -> datetime | None:
    """The moment that a forge writes, with its zone; None where it writes none. Raises EventError for anything else."""
    if text is None or text == "":
        return None
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        raise EventError(f"时间的写法不对：{str(text)[:40]}，如 2026-10-12T09:31:00+08:00") from None
    if moment.tzinfo is None:
        raise EventError(f"时间没有写时区：{str(text)[:40]}，如 2026-10-12T09:31:00+08:00")
    return moment


def _at(values: object, *keys: str) -> object:
    for key in keys:
        values = values.get(key) if isinstance(values, dict) else None
    return values


def _matching(pattern: re.Pattern[str], value: object, name: str) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise EventError(f"事件里的 {name} 不对")
    return value
