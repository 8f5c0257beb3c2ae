"""Closed quarters from their files, and back: canonical JSON, so that the same figures are the same bytes."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import TypeAdapter

from zhibao.model.document import Document, Mark, Problem
from zhibao.model.finding import Finding, Severity
from zhibao.model.notice import Closed, FrozenRules, Notice
from zhibao.model.period import Period
from zhibao.model.rules import Rules
from zhibao.model.understand import understand
from zhibao.repo.front_matter import yaml_document
from zhibao.repo.tree import Tree

NOTICES = "registry/notices"
LARGEST_NOTICE = 50_000_000
"""Bytes of a closed quarter's file; 5,000 items make two million."""

_NAME = re.compile(rf"{NOTICES}/(\d{{4}}-Q[1-4])\.json", re.ASCII)
_NOTICE: TypeAdapter[Notice] = TypeAdapter(Notice)
_RULES: TypeAdapter[Rules] = TypeAdapter(Rules)
_MEND = "这个文件由 zhibao close 写成，不要手改；请恢复：git checkout -- {path}"


def path_of(period: Period) -> str:
    """Where a closed quarter lies."""
    return f"{NOTICES}/{period}.json"


def canonical(notice: Notice) -> str:
    """The text of a closed quarter's file."""
    values = notice.model_dump(mode="json", exclude_none=True)
    return json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_closed(tree: Tree) -> tuple[dict[Period, Closed], list[Finding]]:
    """Every closed quarter of a tree, in order; and what keeps one from being read."""
    found: dict[Period, Closed] = {}
    findings: list[Finding] = []
    for path in tree.children(NOTICES):
        match = _NAME.fullmatch(path)
        if not match:
            continue
        notice, problems = _read(tree, path)
        findings += [_finding(path, problem) for problem in problems]
        if notice is None:
            continue
        rules, problems = _rules(notice)
        findings += [_finding(path, problem) for problem in problems]
        if notice.period != match[1]:
            findings.append(
                _finding(path, Problem("notice-file", Mark(1, 1), f"文件里写的是 {notice.period}"))
            )
        elif rules and not problems:
            found[Period.parse(notice.period)] = Closed(notice, rules, path)
    return dict(sorted(found.items())), findings


def _read(tree: Tree, path: str) -> tuple[Notice | None, list[Problem]]:
    entry = tree.entry(path)
    data = next(iter(tree.read((entry,), LARGEST_NOTICE))) if entry else None
    if data is None:
        return None, [Problem("notice-file", Mark(1, 1), "文件打不开，或者太大")]
    try:
        values: Any = json.loads(data)
    except (ValueError, RecursionError):
        return None, [Problem("notice-file", Mark(1, 1), "不是写得对的 JSON")]
    understood = understand(Document(path, values=values), _NOTICE)
    return understood[0], [Problem("notice-file", Mark(1, 1), problem.message) for problem in understood[1]]


def _rules(notice: Notice) -> tuple[tuple[Rules, ...], list[Problem]]:
    """The frozen rules, understood, in the order of the file (by their first day)."""
    found: list[Rules] = []
    problems: list[Problem] = []
    for frozen in notice.rules:
        rules, wrong = _understood(frozen)
        problems += [
            Problem("notice-file", Mark(1, 1), f"封存的 {frozen.path}：{one.message}") for one in wrong
        ]
        if rules is not None:
            found.append(rules)
    return tuple(found), problems


def _understood(frozen: FrozenRules) -> tuple[Rules | None, tuple[Problem, ...]]:
    document = yaml_document(frozen.path, frozen.text.encode("utf-8"))
    if not document.readable:
        return None, document.problems
    return understand(document, _RULES)


def _finding(path: str, problem: Problem) -> Finding:
    mend = problem.help or _MEND.format(path=path)
    return Finding(problem.code, Severity.ERROR, path, 1, 1, problem.message, mend)
