"""The table of checks, in the order in which they run and are shown."""

from __future__ import annotations

from collections.abc import Mapping

from zhibao.check import dates, decisions, form, identity, novelty, references, secrecy, writing
from zhibao.check.proposal import PROPOSAL_CHECKS, ProposalCheck
from zhibao.check.registry import REGISTRY_CHECKS
from zhibao.check.registry_subject import RegistryCheck
from zhibao.check.subject import Check

CHECKS: tuple[Check, ...] = (
    *form.CHECKS,
    *identity.CHECKS,
    *references.CHECKS,
    *decisions.CHECKS,
    *dates.CHECKS,
    *writing.CHECKS,
    *secrecy.CHECKS,
    *novelty.CHECKS,
)

ALL: tuple[Check | RegistryCheck | ProposalCheck, ...] = (*CHECKS, *REGISTRY_CHECKS, *PROPOSAL_CHECKS)

BY_CODE: Mapping[str, Check] = {check.code: check for check in CHECKS}


def listing() -> list[dict[str, str]]:
    """Every check as `zhibao check --list --format json` shows it."""
    return [
        {"code": row.code, "severity": row.severity.value, "summary": row.summary, "page": row.page}
        for row in ALL
    ]
