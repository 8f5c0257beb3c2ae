"""Findings as a person, a program or a forge reads them."""

from __future__ import annotations

import json as _json
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from zhibao.model.finding import Severity
from zhibao.review import forms
from zhibao.review.examine import Examination

SCHEMA = 1
"""Version of the JSON that is printed; it rises when a key changes its meaning or goes."""


class Row(Protocol):
    """A check of either table, as far as a list shows it."""

    @property
    def code(self) -> str:
        """Its stable code."""

    @property
    def severity(self) -> Severity:
        """How much its findings weigh."""

    @property
    def family(self) -> str:
        """The family it belongs to."""

    @property
    def mends(self) -> Sequence[object]:
        """What `zhibao fix` does about its findings."""

    @property
    def summary(self) -> str:
        """The rule in one line."""


def text(found: Examination) -> str:
    """A line a finding in the order of the files, then one line that sums up."""
    lines = [str(finding) for finding in found.findings]
    return "\n".join([*lines, conclusion(found)]) + "\n"


def json(found: Examination) -> str:
    """`{"schema": 1, "findings": […], "counts": {…}}`."""
    findings = [forms.values(finding) for finding in found.findings]
    counts = {"files": found.files} | {
        severity.value: number for severity, number in forms.counts(found.findings).items()
    }
    return _dump({"schema": SCHEMA, "findings": findings, "counts": counts})


def markdown(found: Examination) -> str:
    """The conclusion, then a numbered list, the worst first."""
    lines = [f"**{conclusion(found)}**", ""]
    for number, finding in enumerate(forms.worst_first(found.findings), 1):
        place = f"{forms.markdown(finding.path)} 第 {finding.line} 行第 {finding.column} 字"
        mend = f"<br>{forms.markdown(finding.help)}" if finding.help else ""
        lines.append(f"{number}. **{finding.severity.label}** {forms.markdown(finding.message)}{mend}  ")
        lines.append(f"   <sub>{place} · {finding.code}</sub>")
    return "\n".join(lines) + "\n"


def github(found: Examination) -> str:
    """Workflow commands that annotate the lines of a pull request, the worst first, then the same as a plain log."""
    lines = [forms.annotation(finding) for finding in forms.worst_first(found.findings)]
    lines += [forms.plain(line) for line in text(found).splitlines()]
    return "\n".join(lines) + "\n"


def conclusion(found: Examination) -> str:
    """One line: how many files, how many findings of each severity, and what that means."""
    counts = forms.counts(found.findings)
    numbers = "，".join(f"{severity.label} {counts[severity]}" for severity in Severity)
    if not found.usable:
        return f"名册有错，信息没有检查：{numbers}{_mendable(found)}"
    verdict = "有错误，改好再报" if counts[Severity.ERROR] else "没有错误"
    return f"检查 {found.files} 条：{numbers}。{verdict}{_mendable(found)}"


def checks_json(rows: Sequence[Mapping[str, str | bool]]) -> str:
    """`{"schema": 1, "checks": [{"code", "severity", "summary", "page", "mended"}]}`."""
    return _dump({"schema": SCHEMA, "checks": list(rows)}).rstrip("\n")


def checks_text(rows: Iterable[Row]) -> str:
    """A line a check, under the name of its family."""
    lines: list[str] = []
    family = ""
    for row in rows:
        if row.family != family:
            family = row.family
            lines.append(f"{family}")
        mend = "（zhibao fix 能改）" if row.mends else ""
        lines.append(f"  {row.severity.label} {row.code:<18} {row.summary}{mend}")
    return "\n".join(lines)


def _mendable(found: Examination) -> str:
    number = sum(finding.mendable for finding in found.findings)
    return f"；其中 {number} 处 zhibao fix 能改" if number else ""


def _dump(value: object) -> str:
    return _json.dumps(value, ensure_ascii=False, indent=2) + "\n"
