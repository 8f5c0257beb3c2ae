"""A forge as the desk needs it: proposals, comments on them, and one commit status. GitHub, Gitea, Forgejo and GitLab fit behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from zhibao.door.facts import ForgeError
from zhibao.door.rest import LostError

CONTEXT = "zhibao/review"
"""The name of the commit status that branch protection asks for."""
LONGEST_STATUS = 140
"""Characters of a commit status (GitHub takes no more)."""
LONGEST_TITLE = 255
"""Characters of a proposal's title (GitLab and Gitea take no more)."""
OPEN_ALREADY = (409, 422)
"""What a forge answers to a proposal of a branch that has one: GitHub 422, Gitea and GitLab 409; 422 stands for other faults too."""


class Visibility(StrEnum):
    """Who may read the repository. `INTERNAL`: everybody with an account on the forge."""

    PRIVATE = "private"
    INTERNAL = "internal"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class ForgeProposal:
    """A proposal (pull request, merge request) as the forge knows it now.

    `account` and `opened` are the forge's word; `target` is the branch that it is for. `branch` is its own branch where that is one of this
    repository, else empty. `reference` is where this repository keeps the head. `own`: opened by the account that we speak as.
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
    is_merged: bool
    own: bool


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
class Issue:
    """An issue as the forge knows it now; `account` and `created` are the forge's word, title and text its author's."""

    number: int
    account: str
    title: str
    text: str
    created: datetime
    is_open: bool


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

    def open_proposal(self, branch: str, title: str, text: str, *, target: str) -> ForgeProposal:
        """Propose a branch of this repository to the branch `target`; twice opens nothing twice. The title becomes one line that fits."""

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


@runtime_checkable
class IssueForge(Forge, Protocol):
    """A forge that has issue forms: GitHub, Gitea and Forgejo. Comments on an issue are read and written as those on a proposal."""

    def issue(self, number: int) -> Issue:
        """One issue by its number. Raises ForgeError for a proposal too."""

    def issues_by(self, account: str, since: datetime) -> Iterator[Issue]:
        """The issues of an account, open or not, that were created at `since` or later."""

    def close_issue(self, number: int) -> None:
        """Close an issue."""

    def retitle(self, number: int, title: str) -> None:
        """Give a proposal another title, made one line that fits."""

    def attachment(self, address: str) -> bytes:
        """A file that was uploaded to an issue, by the address in its text. Raises ForgeError for any address that is not the forge's own."""


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


def opened_once(forge: Forge, branch: str, target: str, post: Callable[[], ForgeProposal]) -> ForgeProposal:
    """The open proposal of a branch: the one that is there, else the one that `post` makes. Raises ForgeError.

    Where the answer was lost, or another run came first, it is looked for before anything is made again.
    """
    known = _open_on(forge, branch, target)
    if known is not None:
        return known
    try:
        return post()
    except ForgeError as error:
        lost = isinstance(error, LostError)
        known = _open_on(forge, branch, target) if lost or error.status in OPEN_ALREADY else None
        if known is not None:
            return known
        if not lost:
            raise
    return post()


def one_line(text: str, longest: int = LONGEST_STATUS) -> str:
    """The words of a status or a title: one line, as long as every forge takes."""
    words = " ".join(text.split())
    return words if len(words) <= longest else words[: longest - 1] + "…"


def _open_on(forge: Forge, branch: str, target: str) -> ForgeProposal | None:
    found = (one for one in forge.open_proposals() if (one.branch, one.target) == (branch, target))
    return next(found, None)
