"""The table of checks, in the order in which they run and are shown."""

from __future__ import annotations

from collections.abc import Mapping

from zhibao.check import (
    dates,
    decisions,
    form,
    form_mends,
    identity,
    novelty,
    punctuation,
    references,
    secrecy,
    writing,
)
from zhibao.check.mending import Mend
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
    *punctuation.CHECKS,
    *secrecy.CHECKS,
    *novelty.CHECKS,
)

MENDS: tuple[Mend, ...] = (
    form_mends.ENCODING,
    form_mends.BOM,
    form_mends.LINE_ENDS,
    form_mends.STRUCTURE,
    form_mends.VALUES,
    form_mends.TAGS,
    punctuation.BRACKETS,
    punctuation.PUNCTUATION,
    punctuation.SPACES,
    punctuation.LAST_LINE,
    form_mends.ORDER,
)
"""What `zhibao fix` does, in this order: first what keeps a file from being read; the order of keys last, since it moves lines."""

ALL: tuple[Check | RegistryCheck | ProposalCheck, ...] = (*CHECKS, *REGISTRY_CHECKS, *PROPOSAL_CHECKS)

BY_CODE: Mapping[str, Check] = {check.code: check for check in CHECKS}


def listing() -> list[dict[str, str | bool]]:
    """Every check as `zhibao check --list --format json` shows it; `mended`: `zhibao fix` mends what it finds, or some of it."""
    return [
        {
            "code": row.code,
            "severity": row.severity.value,
            "summary": row.summary,
            "page": row.page,
            "mended": bool(row.mends),
        }
        for row in ALL
    ]
