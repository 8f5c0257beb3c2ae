"""GitLab's REST interface, version 4."""

from __future__ import annotations

from collections.abc import Iterator
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
    Status,
    Visibility,
    one_line,
    opened_once,
)
from zhibao.door.rest import PAGE, Rest

_PASSED = {"success": True, "failed": False}


class GitLab:
    """One project on GitLab, as the owner of the token sees it. A proposal's number is its iid."""

    def __init__(self, rest: Rest, project: int) -> None:
        self._rest = rest
        self._project = project
        self._root = f"projects/{project}"

    def proposal(self, number: int) -> ForgeProposal:
        """See Forge."""
        return self._proposal(self._rest.get(f"{self._root}/merge_requests/{number}"))

    def open_proposals(self) -> Iterator[ForgeProposal]:
        """See Forge."""
        for one in self._rest.entries(f"{self._root}/merge_requests", state="opened", per_page=PAGE):
            yield self._proposal(one)

    def open_proposal(self, branch: str, title: str, text: str, *, target: str) -> ForgeProposal:
        """See Forge."""

        def post() -> ForgeProposal:
            found = self._rest.post(
                f"{self._root}/merge_requests",
                source_branch=branch,
                target_branch=target,
                title=one_line(title, LONGEST_TITLE),
                description=text,
            )
            return self._proposal(found)

        return opened_once(self, branch, target, post)

    def comment(self, number: int, id_: int) -> Comment:
        """See Forge."""
        return self._comment(self._rest.get(f"{self._notes(number)}/{id_}"))

    def comments(self, number: int) -> Iterator[Comment]:
        """See Forge. What GitLab itself notes is none."""
        for one in self._rest.entries(self._notes(number), per_page=PAGE):
            if at(one, "system") is not True:
                yield self._comment(one)

    def add_comment(self, number: int, text: str) -> None:
        """See Forge."""
        self._rest.post(self._notes(number), body=text)

    def edit_comment(self, number: int, id_: int, text: str) -> None:
        """See Forge."""
        self._rest.put(f"{self._notes(number)}/{id_}", body=text)

    def statuses(self, commit: str) -> list[Status]:
        """See Forge."""
        path = f"{self._root}/repository/commits/{commit}/statuses"
        found = self._rest.entries(path, name=CONTEXT, all="true", per_page=PAGE)
        own = [one for one in found if at(one, "name") == CONTEXT and at(one, "author", "id") == self._me]
        return sorted(
            (
                Status(
                    _PASSED.get(text_at(one, "status")),
                    text_at(one, "description"),
                    moment_at(one, "created_at"),
                )
                for one in own
            ),
            key=lambda status: status.created,
        )

    def set_status(self, commit: str, *, passed: bool, words: str) -> None:
        """See Forge. GitLab refuses to say once more what it says already; that is no error."""
        try:
            self._rest.post(
                f"{self._root}/statuses/{commit}",
                harmless=True,
                state="success" if passed else "failed",
                name=CONTEXT,
                description=one_line(words),
            )
        except ForgeError as error:
            said = self.statuses(commit) if error.status == 400 else []
            if not said or said[-1].passed is not passed:
                raise

    def visibility(self) -> Visibility:
        """See Forge."""
        named = text_at(self._rest.get(self._root), "visibility")
        return Visibility(named) if named in list(Visibility) else Visibility.PUBLIC

    @cached_property
    def _me(self) -> int:
        return number_at(self._rest.get("user"), "id")

    def _notes(self, number: int) -> str:
        return f"{self._root}/merge_requests/{number}/notes"

    def _proposal(self, found: object) -> ForgeProposal:
        number = number_at(found, "iid")
        inside = at(found, "source_project_id") == self._project
        return ForgeProposal(
            number=number,
            head=commit_at(found, "sha"),
            account=account_at(found, "author", "username"),
            opened=moment_at(found, "created_at"),
            title=text_at(found, "title"),
            target=branch_at(found, "target_branch"),
            branch=branch_at(found, "source_branch") if inside else "",
            reference=f"refs/merge-requests/{number}/head",
            is_open=at(found, "state") == "opened",
            is_merged=at(found, "state") == "merged",
            own=at(found, "author", "id") == self._me,
        )

    def _comment(self, found: object) -> Comment:
        return Comment(
            id=number_at(found, "id"),
            account=account_at(found, "author", "username"),
            text=text_at(found, "body"),
            created=moment_at(found, "created_at"),
            updated=moment_at(found, "updated_at"),
            own=at(found, "author", "id") == self._me,
        )
