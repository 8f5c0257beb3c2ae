"""The registry from its files: each part read strictly, every problem of every file reported at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from zhibao.model import files
from zhibao.model.bulletins import BULLETINS, in_series
from zhibao.model.calendar import Calendar
from zhibao.model.document import Document, Mark, Problem
from zhibao.model.finding import Finding, Severity, in_order
from zhibao.model.registry import Registry
from zhibao.model.rules import Rules
from zhibao.model.understand import understand
from zhibao.repo.notice_files import read_closed
from zhibao.repo.tree import Tree, yaml_files, yaml_paths
from zhibao.repo.work_tree import WorkTree

OFFICE, UNITS, EDITORS = files.OFFICE.place, files.UNITS.place, files.EDITORS.place
CALENDAR, CALLS, RULES = files.CALENDAR.place, files.CALLS.place.rstrip("/"), files.RULES.place.rstrip("/")
ADJUSTMENTS = files.ADJUSTMENTS.place.rstrip("/")
ROSTER = (OFFICE, UNITS, EDITORS)
"""The files that say who may do what."""

T = TypeVar("T")


class RegistryError(Exception):
    """The registry cannot be used; `findings` say why, file by file."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = tuple(findings)


@dataclass(frozen=True)
class RegistryReading:
    """The registry, and the documents it was read from by path, so that findings on it have a place."""

    registry: Registry
    documents: Mapping[str, Document]
    rules: Mapping[str, Rules]
    """The rules by the path of their file."""


class _Reader:
    """Reads one file after another and keeps what is wrong with them."""

    def __init__(self, tree: Tree, paths: Sequence[str], folders: Sequence[str] = ()) -> None:
        """Everything that will be asked for is read here, in one call where the tree is a commit's."""
        wanted = [*paths, *(path for folder in folders for path in yaml_paths(tree, folder))]
        self.there = {one.path: one for one in yaml_files(tree, wanted)}
        self.documents: dict[str, Document] = {}
        self.findings: list[Finding] = []

    def part(self, path: str, adapter: TypeAdapter[T], missing: T | None = None) -> T | None:
        """One file as a part of the registry; `missing` where there is no such file; None where it cannot be used."""
        document = self.there.get(path)
        if document is None:
            if missing is None:
                problem = Problem(
                    "registry-file",
                    Mark(1, 1),
                    f"没有 {path} 这个文件",
                    "请从 Git 里恢复，或用 zhibao init 另建一个仓库，照它的同名文件写",
                )
                self._add(path, problem)
            return missing
        return self._understood(document, adapter)

    def folder(self, folder: str, adapter: TypeAdapter[T]) -> dict[str, T]:
        """Every file of a folder as a part of the registry, by path; those that cannot be used are left out."""
        own = [one for path, one in self.there.items() if path.rpartition("/")[0] == folder]
        read = [(one.path, self._understood(one, adapter)) for one in own]
        return {path: part for path, part in read if part is not None}

    def _understood(self, document: Document, adapter: TypeAdapter[T]) -> T | None:
        self.documents[document.path] = document
        for problem in document.problems:
            self._add(document.path, problem)
        if not document.readable:
            return None
        understood = understand(document, adapter)
        for problem in understood[1]:
            self._add(document.path, problem)
        return understood[0]

    def _add(self, path: str, problem: Problem) -> None:
        self.findings.append(
            Finding(
                problem.code, Severity.ERROR, path, *problem.mark, message=problem.message, help=problem.help
            )
        )


def read_registry(tree: Tree) -> RegistryReading:
    """The registry of a tree. Raises RegistryError where a file of it is missing or wrong."""
    reader = _Reader(tree, (*ROSTER, CALENDAR), (CALLS, RULES, ADJUSTMENTS, BULLETINS))
    office = reader.part(OFFICE, files.OFFICE.adapter)
    units = reader.part(UNITS, files.UNITS.adapter)
    editors = reader.part(EDITORS, files.EDITORS.adapter)
    calendar = reader.part(CALENDAR, files.CALENDAR.adapter, Calendar())
    calls = reader.folder(CALLS, files.CALLS.adapter)
    rules = reader.folder(RULES, files.RULES.adapter)
    adjustments = reader.folder(ADJUSTMENTS, files.ADJUSTMENTS.adapter)
    bulletins = reader.folder(BULLETINS, files.BULLETINS.adapter)
    closed, wrong = read_closed(tree)
    reader.findings += wrong
    if not any(path.startswith(f"{RULES}/") for path in reader.documents):
        words = Problem(
            "registry-file",
            Mark(1, 1),
            f"{RULES}/ 里没有计分办法",
            "请从 registry/rules/examples/ 抄一份来改（docs/policy.md）",
        )
        reader._add(f"{RULES}/", words)
    if reader.findings or office is None or units is None or editors is None or calendar is None:
        raise RegistryError(in_order(reader.findings))
    return RegistryReading(
        Registry(
            office=office,
            units=units,
            editors=editors,
            rules=tuple(sorted(rules.values(), key=lambda rule: rule.since)),
            calendar=calendar,
            calls=tuple(call for part in calls.values() for call in part),
            adjustments={files.name_of(path): one for path, one in adjustments.items()},
            closed=closed,
            issues=in_series(bulletins, office.default.publication),
        ),
        reader.documents,
        rules,
    )


def read_roster(tree: Tree) -> Registry:
    """The office, its units and its editors alone, without rules or anything else: who may do what rests on no more.

    Raises RegistryError where one of these files is missing or wrong.
    """
    reader = _Reader(tree, ROSTER)
    office = reader.part(OFFICE, files.OFFICE.adapter)
    units = reader.part(UNITS, files.UNITS.adapter)
    editors = reader.part(EDITORS, files.EDITORS.adapter)
    if reader.findings or office is None or units is None or editors is None:
        raise RegistryError(in_order(reader.findings))
    return Registry(office, units, editors, rules=())


@dataclass(frozen=True)
class RulesReading:
    """One file of rules, in force or not; `rules` are None where the findings keep it from being used."""

    rules: Rules | None
    document: Document
    findings: tuple[Finding, ...]


def read_rules(path: Path) -> RulesReading:
    """A file of rules from anywhere."""
    reader = _Reader(WorkTree(path.parent), (path.name,))
    rules = reader.part(path.name, files.RULES.adapter)
    document = reader.documents.get(path.name) or Document(path.name)
    return RulesReading(rules, document, tuple(in_order(reader.findings)))
