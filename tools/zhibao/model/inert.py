"""Texts that a spreadsheet program would take for formulas, and how a CSV keeps it from doing so."""

from __future__ import annotations

import re
from typing import Any

_SIGNS = r"[=+\-@\t\r＝＋－＠]"
ACTIVE = re.compile(rf"\A{_SIGNS}")
"""How a text begins that a spreadsheet program takes for a formula when it opens a CSV."""
INERT = re.compile(rf"\A'(?={_SIGNS})")
"""The apostrophe by which a text in a CSV is kept from being a formula."""

_FIGURE = re.compile(r"-\d+(?:\.\d+)?", re.ASCII)


def inert(cell: Any) -> Any:
    """A cell of a CSV as it is, but for a text that would become a formula: that gets an apostrophe. A negative figure stays one."""
    active = isinstance(cell, str) and ACTIVE.match(cell) and not _FIGURE.fullmatch(cell)
    return f"'{cell}" if active else cell
