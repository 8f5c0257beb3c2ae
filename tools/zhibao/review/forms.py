"""One finding in the form that a program or a forge reads. Whatever a proposal wrote is shown, and does nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from zhibao.model.finding import Finding, Severity, printable

_GITHUB_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
_HARMLESS = str.maketrans(
    {c: f"\\{c}" for c in "\\`*_{}[]|~!"}
    | {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
    # a word joiner: forges look for names and numbers after everything else, where an entity is a character again
    | {"@": "@\u2060", "#": "\\#\u2060"}
)
_ADDRESS = re.compile(r"://|\bwww\.", re.IGNORECASE)


def markdown(text: str) -> str:
    """Text that stands in Markdown as it is: no markup, link, mention, reference or table cell can come of it."""
    words = _ADDRESS.sub(lambda match: f"{match[0][:-1]}\u2060{match[0][-1]}", printable(text))
    return words.translate(_HARMLESS)


def annotation(finding: Finding) -> str:
    """A workflow command that annotates a line of a pull request; nothing in the text can end or begin one."""
    place = f"file={_property(finding.path)},line={finding.line},col={finding.column}"
    words = finding.message + (f"；{finding.help}" if finding.help else "")
    title = _property(f"{finding.severity.label} {finding.code}")
    return f"::{_GITHUB_LEVEL[finding.severity]} {place},title={title}::{_data(words)}"


def plain(text: str) -> str:
    """A line for a log that a runner reads: printable, and never a workflow command."""
    return printable(text).replace("::", ":\u2060:").replace("##[", "#\u2060#[")


def values(finding: Finding) -> dict[str, object]:
    """The finding as JSON holds it."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "path": encodable(finding.path),
        "line": finding.line,
        "column": finding.column,
        "message": encodable(finding.message),
        "help": encodable(finding.help),
        "mendable": finding.mendable,
    }


def counts(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many of each severity, the worst first."""
    counted = Counter(finding.severity for finding in findings)
    return {severity: counted[severity] for severity in Severity}


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in their order, but the worst first."""
    return sorted(findings, key=lambda finding: finding.severity.rank)


def encodable(text: str) -> str:
    """The text with what UTF-8 cannot hold (a path of odd bytes) shown as an escape."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _data(text: str) -> str:
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
