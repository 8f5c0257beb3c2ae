"""Gitea's and Forgejo's REST interface, version 1: GitHub's but for a few names."""

from __future__ import annotations

from collections.abc import Mapping

from zhibao.door.facts import at
from zhibao.door.github import GitHub

WORKFLOW_ID = -2
"""The id of the account that a workflow's own token has; its name differs between Gitea and Forgejo, and people may take the other's."""


class Gitea(GitHub):
    """One repository on Gitea or Forgejo. People are told apart by id: a name can be given up and taken again."""

    PAGED = "limit"
    STATE = "status"
    AUTHOR = "created_by"
    ONLY_ISSUES: Mapping[str, str] = {"type": "issues"}
    UPLOADED = r"(?:/{repository})?/attachments/[0-9a-f-]{36}"

    def _identity(self, user: object) -> object:
        return at(user, "id")

    def _workflow_identity(self) -> object:
        return WORKFLOW_ID
