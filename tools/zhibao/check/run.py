"""Run the checks of the table over files, and turn what they find into findings with a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from zhibao.check.subject import Check, Hit, Subject
from zhibao.check.table import CHECKS
from zhibao.model.document import Mark
from zhibao.model.finding import Finding

MENDABLE = "zhibao fix 能改"
"""What is added to the mend of a finding that `zhibao fix` mends."""


def check(subject: Subject, checks: Sequence[Check] = CHECKS) -> Iterator[Finding]:
    """Every finding on one file; a file that cannot be understood is asked only what can be asked of it."""
    for rule in checks:
        hits = _hits(rule, subject)
        left = _left(rule, subject) if hits and rule.mends else None
        for hit in hits:
            mendable = left is not None and hit.message not in left
            yield _finding(rule, hit, subject, mendable=mendable)


def with_mend(finding: Finding) -> Finding:
    """A finding that `zhibao fix` mends, saying so."""
    words = "；".join(filter(None, (finding.help, MENDABLE)))
    return replace(finding, help=words, mendable=True)


def _hits(rule: Check, subject: Subject) -> list[Hit]:
    if subject.submission is None and rule.needs_submission:
        return []
    return [
        hit
        for hit in rule.run(subject)
        if not (isinstance(hit.at, tuple) and hit.at and hit.at[0] in subject.faulty)
    ]


def _left(rule: Check, subject: Subject) -> set[str] | None:
    """What this check would still say after `zhibao fix`; None where that would leave the file alone."""
    after = subject.mended()
    return None if after is None else {hit.message for hit in _hits(rule, after)}


def _finding(rule: Check, hit: Hit, subject: Subject, *, mendable: bool) -> Finding:
    mark = hit.mark or _mark(hit, subject)
    severity = hit.severity or rule.severity
    found = Finding(rule.code, severity, subject.document.path, *mark, message=hit.message, help=hit.help)
    return with_mend(found) if mendable else found


def _mark(hit: Hit, subject: Subject) -> Mark:
    if isinstance(hit.at, int):
        return subject.document.mark_in_body(hit.at)
    if hit.at is None:
        return Mark(1, 1)
    return subject.document.mark(hit.at, key=hit.key)
