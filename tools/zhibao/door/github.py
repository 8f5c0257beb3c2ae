"""GitHub's REST interface, version 2022-11-28; Gitea and Forgejo speak nearly the same (gitea.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property

from zhibao.door.facts import (
    ForgeError,
    account_at,
    at,
    branch_at,
    commit_at,
    moment_at,
    number_at,
    text_at,
)
from zhibao.door.forge import (
    CONTEXT,
    LONGEST_TITLE,
    Comment,
    ForgeProposal,
    Issue,
    Status,
    Visibility,
    one_line,
    opened_once,
)
from zhibao.door.rest import PAGE, Rest

WORKFLOW_ACCOUNT = "github-actions[bot]"
"""Whose the token of a workflow is: it may not ask who it is itself. No person's account has brackets."""

_STORES = re.compile(
    r"https://(?:[a-z0-9-]+\.githubusercontent\.com|github-production-[a-z0-9-]+\.s3\.amazonaws\.com)/.*",
    re.ASCII,
)
"""Where github.com keeps what was uploaded; it leads there with an address that is signed for a few minutes."""
_PASSED = {"success": True, "failure": False, "error": False}


class GitHub:
    """One repository on GitHub, as the owner of the token sees it."""

    PAGED = "per_page"
    STATE = "state"
    AUTHOR = "creator"
    ONLY_ISSUES: Mapping[str, str] = {}
    """What leaves proposals out of a list of issues; GitHub cannot, and its `type` is something else."""
    UPLOADED = (
        r"/user-attachments/files/\d{1,20}/[\w.%~+-]{1,255}|/{repository}/files/\d{1,20}/[\w.%~+-]{1,255}"
    )
    """The paths of files uploaded to issues, below the forge's address."""

    def __init__(self, rest: Rest, repository: str) -> None:
        self._rest = rest
        self._repository = repository
        self._root = f"repos/{repository}"

    def proposal(self, number: int) -> ForgeProposal:
        """See Forge."""
        return self._proposal(self._rest.get(f"{self._root}/pulls/{number}"))

    def open_proposals(self) -> Iterator[ForgeProposal]:
        """See Forge."""
        for one in self._rest.entries(f"{self._root}/pulls", state="open", **{self.PAGED: PAGE}):
            yield self._proposal(one)

    def open_proposal(self, branch: str, title: str, text: str, *, target: str) -> ForgeProposal:
        """See Forge."""

        def post() -> ForgeProposal:
            words = one_line(title, LONGEST_TITLE)
            found = self._rest.post(f"{self._root}/pulls", head=branch, base=target, title=words, body=text)
            return self._proposal(found)

        return opened_once(self, branch, target, post)

    def comment(self, number: int, id_: int) -> Comment:
        """See Forge."""
        found = self._rest.get(f"{self._root}/issues/comments/{id_}")
        addresses = (text_at(found, "issue_url"), text_at(found, "pull_request_url"))
        if not any(address.endswith(f"/{number}") for address in addresses):
            raise ForgeError(f"评论 {id_} 不在提议 {number} 上")
        return self._comment(found)

    def comments(self, number: int) -> Iterator[Comment]:
        """See Forge."""
        for one in self._rest.entries(f"{self._root}/issues/{number}/comments", **{self.PAGED: PAGE}):
            yield self._comment(one)

    def add_comment(self, number: int, text: str) -> None:
        """See Forge."""
        self._rest.post(f"{self._root}/issues/{number}/comments", body=text)

    def edit_comment(self, number: int, id_: int, text: str) -> None:
        """See Forge."""
        self._rest.patch(f"{self._root}/issues/comments/{id_}", body=text)

    def statuses(self, commit: str) -> list[Status]:
        """See Forge."""
        found = self._rest.entries(f"{self._root}/commits/{commit}/statuses", **{self.PAGED: PAGE})
        own = [one for one in found if at(one, "context") == CONTEXT and self._is_own(at(one, "creator"))]
        return sorted(
            (
                Status(
                    _PASSED.get(text_at(one, self.STATE)),
                    text_at(one, "description"),
                    moment_at(one, "created_at"),
                )
                for one in own
            ),
            key=lambda status: status.created,
        )

    def set_status(self, commit: str, *, passed: bool, words: str) -> None:
        """See Forge."""
        state = "success" if passed else "failure"
        self._rest.post(
            f"{self._root}/statuses/{commit}",
            harmless=True,
            state=state,
            context=CONTEXT,
            description=one_line(words),
        )

    def issue(self, number: int) -> Issue:
        """See IssueForge."""
        found = self._rest.get(f"{self._root}/issues/{number}")
        if at(found, "pull_request") is not None:
            raise ForgeError(f"{number} 是提议，不是议题")
        return self._issue(found)

    def issues_by(self, account: str, since: datetime) -> Iterator[Issue]:
        """See IssueForge. The forges' own `since` is of the last change."""
        moment = f"{since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        asked = {"state": "all", self.AUTHOR: account, "since": moment, **self.ONLY_ISSUES}
        found = self._rest.entries(f"{self._root}/issues", **asked, **{self.PAGED: PAGE})
        for one in found:
            if at(one, "pull_request") is None:
                made = self._issue(one)
                if made.created >= since and made.account.casefold() == account.casefold():
                    yield made

    def close_issue(self, number: int) -> None:
        """See IssueForge."""
        self._rest.patch(f"{self._root}/issues/{number}", state="closed")

    def retitle(self, number: int, title: str) -> None:
        """See IssueForge."""
        self._rest.patch(f"{self._root}/pulls/{number}", title=one_line(title, LONGEST_TITLE))

    def attachment(self, address: str) -> bytes:
        """See IssueForge."""
        site = self._site()
        below = self.UPLOADED.replace("{repository}", re.escape(self._repository))
        if not re.fullmatch(f"{re.escape(site)}(?:{below})", address, re.ASCII):
            raise ForgeError("附件不在本平台上，没有去取；请把文件拖进议题里")
        return self._rest.download(address, lambda url: url.startswith(f"{site}/") or self._stores(url))

    def visibility(self) -> Visibility:
        """See Forge."""
        found = self._rest.get(self._root)
        named = text_at(found, "visibility")
        if named in list(Visibility):
            return Visibility(named)
        if at(found, "internal") is True:
            return Visibility.INTERNAL
        return Visibility.PRIVATE if at(found, "private") is True else Visibility.PUBLIC

    @cached_property
    def _me(self) -> object:
        """Who we are, as `_identity` tells people apart."""
        try:
            return self._identity(self._rest.get("user"))
        except ForgeError as error:
            if error.status not in (403, 404):
                raise
            return self._workflow_identity()

    def _identity(self, user: object) -> object:
        return text_at(user, "login")

    def _workflow_identity(self) -> object:
        return WORKFLOW_ACCOUNT

    def _is_own(self, user: object) -> bool:
        return bool(self._identity(user)) and self._identity(user) == self._me

    def _site(self) -> str:
        """The address of the forge's pages, beside that of its interface."""
        base = self._rest.base.rstrip("/")
        return "https://github.com" if base == "https://api.github.com" else re.sub(r"/api/v\d$", "", base)

    def _stores(self, address: str) -> bool:
        """Whether the forge leads there for its uploaded files."""
        return self._site() == "https://github.com" and bool(_STORES.fullmatch(address))

    def _issue(self, found: object) -> Issue:
        return Issue(
            number=number_at(found, "number"),
            account=account_at(found, "user", "login"),
            title=text_at(found, "title"),
            text=text_at(found, "body"),
            created=moment_at(found, "created_at"),
            is_open=at(found, "state") == "open",
        )

    def _proposal(self, found: object) -> ForgeProposal:
        number = number_at(found, "number")
        inside = text_at(found, "head", "repo", "full_name").casefold() == self._repository.casefold()
        # Gitea: a proposal pushed to refs/for/ has no branch, and names its own reference here
        inside = inside and not text_at(found, "head", "ref").startswith("refs/")
        return ForgeProposal(
            number=number,
            head=commit_at(found, "head", "sha"),
            account=account_at(found, "user", "login"),
            opened=moment_at(found, "created_at"),
            title=text_at(found, "title"),
            target=branch_at(found, "base", "ref"),
            branch=branch_at(found, "head", "ref") if inside else "",
            reference=f"refs/pull/{number}/head",
            is_open=at(found, "state") == "open",
            is_merged=at(found, "merged_at") is not None,
            own=self._is_own(at(found, "user")),
        )

    def _comment(self, found: object) -> Comment:
        return Comment(
            id=number_at(found, "id"),
            account=account_at(found, "user", "login"),
            text=text_at(found, "body"),
            created=moment_at(found, "created_at"),
            updated=moment_at(found, "updated_at"),
            own=self._is_own(at(found, "user")),
        )
