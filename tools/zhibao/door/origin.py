"""Who stands behind a proposal that we opened for somebody: the author of the issue that it was made from."""

from __future__ import annotations

import re
from dataclasses import replace

from zhibao.door.facts import ForgeError
from zhibao.door.forge import Forge, ForgeProposal, IssueForge

GONE = (404, 410)
"""What a forge answers where an issue was deleted."""

_BRANCH = re.compile(r"intake/([1-9]\d{0,8})", re.ASCII)


def branch_of(issue: int) -> str:
    """The branch on which an issue becomes an item."""
    return f"intake/{issue}"


def issue_of(proposal: ForgeProposal, *, ours: bool = True) -> int | None:
    """The number of the issue that a proposal was made from; None where we did not make it. Another's branch of such a name is another's.

    Not `ours`: whoever opened it. Only those who may push to this repository have a branch in it.
    """
    found = _BRANCH.fullmatch(proposal.branch) if proposal.own or not ours else None
    return int(found[1]) if found else None


def behind(forge: Forge, proposal: ForgeProposal, *, ours: bool = True) -> ForgeProposal:
    """The proposal with the account that it is for, and when the forge first had it: the issue's. Raises ForgeError.

    Where the issue is gone, it stays our own, which no roster names. A list that decides nothing, and is read with anybody's token, asks
    for those that are not `ours` too.
    """
    number = issue_of(proposal, ours=ours)
    if number is None or not isinstance(forge, IssueForge):
        return proposal
    try:
        issue = forge.issue(number)
    except ForgeError as error:
        if error.status not in GONE:
            raise
        return proposal
    return replace(proposal, account=issue.account, opened=issue.created)
