"""The open proposals as a forge knows them, beside what Git says: number, account and time are the forge's word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

from zhibao.desk.open_proposals import OpenProposal, Returned, proposal_at
from zhibao.door.forge import Forge, ForgeProposal
from zhibao.door.origin import behind
from zhibao.door.reporting import RETURNED_STATUS, is_returned, unfit
from zhibao.repo.remotes import fetch_commits
from zhibao.review.branch import Branch


def proposals_on(forge: Forge, branch: Branch) -> Iterator[OpenProposal]:
    """The forge's open proposals to the office's branch that change something, by number; those from elsewhere are fetched.

    Raises ForgeError and git.GitError.
    """
    office = branch.registry.office
    wanted = [one for one in forge.open_proposals() if not unfit(one, office.branch)]
    fetch_commits(branch.root, {one.head: one.reference for one in wanted})
    for known in sorted(wanted, key=lambda one: one.number):
        one = behind(forge, known, ours=False)
        found = proposal_at(branch, one.branch or one.head, one.head, one.account)
        if found.is_empty or not found.steps:
            continue
        seen = one.opened.astimezone(office.zone).replace(tzinfo=None)
        back = None if one.branch else _sent_back(forge, one, office.zone)
        yield replace(found, number=one.number, first_seen=seen, sent_back=back)


def _sent_back(forge: Forge, one: ForgeProposal, zone: ZoneInfo) -> Returned | None:
    """An editor's return of a proposal from elsewhere: it stands in the status of its head, which is all that we can write on."""
    said = forge.statuses(one.head)
    if not is_returned(said):
        return None
    code, _, words = said[-1].words.removeprefix(RETURNED_STATUS).lstrip("：").partition("，")
    return Returned(None, said[-1].created.astimezone(zone).replace(tzinfo=None), code, words)
