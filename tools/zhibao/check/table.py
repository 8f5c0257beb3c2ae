"""The table of checks, in the order in which they run and are shown."""

from __future__ import annotations

from collections.abc import Mapping

from zhibao.check import form
from zhibao.check.subject import Check

CHECKS: tuple[Check, ...] = (*form.CHECKS,)

BY_CODE: Mapping[str, Check] = {check.code: check for check in CHECKS}
