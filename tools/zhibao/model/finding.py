"""A finding: one thing that is wrong, where it stands, and exactly what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error stops a merge, a warning wants an answer, advice is only said."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"

    @property
    def label(self) -> str:
        """The Chinese word that a reader sees."""
        return {"error": "错误", "warning": "提醒", "advice": "建议"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the worst; for sorting."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of one check.

    `line` and `column` count from 1; `column` counts characters. `message` gives the fact and the limit,
    `help` what to write instead (empty where the message says it all). `mendable`: `zhibao fix` does it.
    """

    code: str
    severity: Severity
    path: str
    line: int
    column: int
    message: str
    help: str = ""
    mendable: bool = False

    def __str__(self) -> str:
        """`path:line:column 错误[code] message；help`, one line, whatever the file is called."""
        tail = f"；{self.help}" if self.help else ""
        place = f"{printable(self.path)}:{self.line}:{self.column}"
        return f"{place} {self.severity.label}[{self.code}] {printable(self.message + tail)}"


def printable(text: str) -> str:
    """The text with every control character, line break and direction mark shown as an escape."""
    return "".join(
        c if c.isprintable() or c == "\u3000" else c.encode("unicode_escape").decode() for c in text
    )


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings without repetition: by path, then from the top of the file to its end, the worst first in a place."""
    return sorted(
        set(findings), key=lambda f: (f.path, f.line, f.column, f.severity.rank, f.code, f.message, f.help)
    )
