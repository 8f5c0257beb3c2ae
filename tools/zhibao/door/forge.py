"""A forge as the desk needs it: proposals, comments on them, and one commit status. GitHub, Gitea, Forgejo and GitLab fit behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from zhibao.door.rest import LostError

CONTEXT = "zhibao/review"
"""The name of the commit status that branch protection asks for."""
LONGEST_STATUS = 140
"""Characters of a commit status (GitHub takes no more)."""


class Visibility(StrEnum):
    """Who may read the repository. `INTERNAL`: everybody with an account on the forge."""

    PRIVATE = "private"
    INTERNAL = "internal"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class ForgeProposal:
    """A proposal (pull request, merge request) as the forge knows it now.

    `account` and `opened` are the forge's word; `target` is the branch that it is for. `branch` is its own branch where that is one of this
    repository, else empty. `reference` is where this repository keeps the head.
    """

    number: int
    head: str
    account: str
    opened: datetime
    title: str
    target: str
    branch: str
    reference: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a proposal; `own`: written by the account that we speak as."""

    id: int
    account: str
    text: str
    created: datetime
    updated: datetime
    own: bool


@dataclass(frozen=True, slots=True)
class Status:
    """A status that we set on a commit, and when the forge took it. `passed` is None while it is neither success nor failure."""

    passed: bool | None
    words: str
    created: datetime


class Forge(Protocol):
    """One repository on a forge. Every method raises ForgeError."""

    def proposal(self, number: int) -> ForgeProposal:
        """One proposal by its number."""

    def open_proposals(self) -> Iterator[ForgeProposal]:
        """Every open proposal."""

    def comment(self, number: int, id_: int) -> Comment:
        """One comment on a proposal."""

    def comments(self, number: int) -> Iterator[Comment]:
        """Every comment on a proposal."""

    def add_comment(self, number: int, text: str) -> None:
        """Write a new comment. Raises LostError where it is not known whether it was written."""

    def edit_comment(self, number: int, id_: int, text: str) -> None:
        """Write one of our comments anew."""

    def statuses(self, commit: str) -> list[Status]:
        """What we said of a commit under CONTEXT, the oldest first; what others said under that name is not ours."""

    def set_status(self, commit: str, *, passed: bool, words: str) -> None:
        """Say of a commit under CONTEXT that it is fine, or not."""

    def visibility(self) -> Visibility:
        """Who may read the repository now."""


def marked(forge: Forge, number: int, mark: str) -> Comment | None:
    """Our comment on a proposal that begins with a mark; None where there is none. Somebody else's with the same mark is not ours."""
    found = (one for one in forge.comments(number) if one.own and one.text.startswith(mark))
    return next(found, None)


def put_comment(forge: Forge, number: int, mark: str, text: str) -> None:
    """See that a proposal has exactly this comment, which begins with a mark: written, rewritten, or there already. Raises ForgeError."""
    for last in (False, True):
        known = marked(forge, number, mark)
        if known is not None:
            if known.text.strip() != text.strip():
                forge.edit_comment(number, known.id, text)
            return
        try:
            forge.add_comment(number, text)
        except LostError:
            if last:
                raise
        else:
            return


def one_line(text: str) -> str:
    """The words of a status: one line, as long as every forge takes."""
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_STATUS else words[: LONGEST_STATUS - 1] + "…"
