"""The table of checks, in the order in which they run and are shown."""

from __future__ import annotations

from collections.abc import Mapping

from zhibao.check import dates, decisions, form, identity, references
from zhibao.check.subject import Check

CHECKS: tuple[Check, ...] = (
    *form.CHECKS,
    *identity.CHECKS,
    *references.CHECKS,
    *decisions.CHECKS,
    *dates.CHECKS,
)

BY_CODE: Mapping[str, Check] = {check.code: check for check in CHECKS}
