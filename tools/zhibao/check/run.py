"""Run the checks of the table over files, and turn what they find into findings with a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zhibao.check.subject import Check, Hit, Subject
from zhibao.check.table import CHECKS
from zhibao.model.document import Mark
from zhibao.model.finding import Finding


def check(subject: Subject, checks: Sequence[Check] = CHECKS) -> Iterator[Finding]:
    """Every finding on one file; a file that cannot be understood is asked only what can be asked of it."""
    for rule in checks:
        if subject.submission is None and rule.needs_submission:
            continue
        for hit in rule.run(subject):
            if not (isinstance(hit.at, tuple) and hit.at and hit.at[0] in subject.faulty):
                yield _finding(rule, hit, subject)


def check_all(subjects: Iterable[Subject], checks: Sequence[Check] = CHECKS) -> Iterator[Finding]:
    """Every finding on many files, file by file."""
    for subject in subjects:
        yield from check(subject, checks)


def _finding(rule: Check, hit: Hit, subject: Subject) -> Finding:
    mark = hit.mark or _mark(hit, subject)
    severity = hit.severity or rule.severity
    return Finding(rule.code, severity, subject.document.path, mark.line, mark.column, hit.message, hit.help)


def _mark(hit: Hit, subject: Subject) -> Mark:
    if isinstance(hit.at, int):
        return subject.document.mark_in_body(hit.at)
    if hit.at is None:
        return Mark(1, 1)
    return subject.document.mark(hit.at, key=hit.key)
