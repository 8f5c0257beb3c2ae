"""What happened on a forge, from the file that a workflow is given (`$GITHUB_EVENT_PATH`; Gitea and Forgejo write the same keys;
GitLab's webhook, `$TRIGGER_PAYLOAD`).

Only ids, numbers, times and account names are taken, each by its pattern: a proposal's own words never steer anything.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from zhibao.door.facts import ForgeError, account_at, at, commit_at, moment_of, number_at, text_at
from zhibao.model.os_words import plainly

LARGEST_EVENT = 5_000_000
"""Bytes of an event file."""


class EventError(ForgeError):
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


@dataclass(frozen=True, slots=True)
class CommentEvent:
    """A comment just written on a proposal: whose it is and when it came is asked of the forge. `text` is what it said then."""

    number: int
    id: int
    text: str


def read_json(path: Path) -> dict[str, Any]:
    """The event's values. Raises EventError."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_EVENT + 1)
    except OSError as error:
        raise EventError(f"打不开事件文件 {path}：{plainly(error)}") from None
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
    """The proposal of a `pull_request` event. Raises EventError and ForgeError."""
    found = read_json(path).get("pull_request")
    if not isinstance(found, dict):
        raise EventError("事件里没有提议（pull_request）")
    return ProposalEvent(
        base=commit_at(found, "base", "sha"),
        head=commit_at(found, "head", "sha"),
        account=account_at(found, "user", "login"),
        opened=moment_of(at(found, "created_at")),
        number=number_at(found, "number"),
    )


def proposal_number(values: dict[str, Any]) -> int | None:
    """The number of the proposal that an event is about; None where it is about something else. Raises ForgeError."""
    if at(values, "object_kind") == "merge_request":
        return number_at(values, "object_attributes", "iid")
    if at(values, "pull_request") is not None:
        return number_at(values, "pull_request", "number")
    return None


def issue_number(values: dict[str, Any]) -> int | None:
    """The number of the issue that was opened, edited or commented on; None where an event is about something else. Raises ForgeError."""
    wanted = at(values, "action") in ("opened", "edited", "reopened", "created")
    if not wanted or at(values, "issue") is None or at(values, "issue", "pull_request"):
        return None
    return number_at(values, "issue", "number")


def new_comment(values: dict[str, Any]) -> CommentEvent | None:
    """A comment just written on a proposal; None for every other event, an edited or deleted comment among them. Raises ForgeError."""
    if at(values, "object_kind") == "note":
        kind, action = (
            at(values, "object_attributes", "noteable_type"),
            at(values, "object_attributes", "action"),
        )
        if kind != "MergeRequest" or action not in (None, "create"):  # before 16.1 GitLab names no action
            return None
        number, id_ = number_at(values, "merge_request", "iid"), number_at(values, "object_attributes", "id")
        return CommentEvent(number, id_, text_at(values, "object_attributes", "note"))
    if at(values, "action") != "created" or not at(values, "issue", "pull_request"):
        return None
    number, id_ = number_at(values, "issue", "number"), number_at(values, "comment", "id")
    return CommentEvent(number, id_, text_at(values, "comment", "body"))
