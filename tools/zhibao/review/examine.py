"""Examine files: read what is needed and no more, run every check, return the findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from zhibao.check.registry import check_registry
from zhibao.check.registry_subject import RegistrySubject
from zhibao.check.run import check
from zhibao.check.subject import Subject
from zhibao.model.county import County
from zhibao.model.document import Document
from zhibao.model.entry import Entry
from zhibao.model.finding import Finding, in_order
from zhibao.model.resemblance import Resemblance
from zhibao.model.standing import State
from zhibao.model.understand import submission, tentative
from zhibao.repo.county_files import CountyReading, novelty_index, read_county
from zhibao.repo.front_matter import item_document
from zhibao.repo.registry_files import RegistryError
from zhibao.repo.tree import Tree, document
from zhibao.repo.work_tree import WorkTree
from zhibao.review.mending import mended_document, with_mends

Progress = Callable[[Sequence[Entry]], Iterable[Entry]]


@dataclass(frozen=True)
class Examination:
    """What was found in how many files; `usable` is False where the registry stopped everything else."""

    findings: tuple[Finding, ...]
    files: int
    usable: bool = True


def examine(
    root: Path,
    paths: Sequence[str] | None = None,
    *,
    now: datetime | None = None,
    progress: Progress = iter,
) -> Examination:
    """Findings on these paths of the repository at `root`; on everything, the registry included, where None.

    A path may be a file or a folder. Raises git.GitError where Git is missing.
    """
    try:
        if paths is None:
            return _everything(root, now, progress)
        return _some(root, _expanded(WorkTree(root), paths), now, progress)
    except RegistryError as error:
        return Examination(tuple(with_mends(WorkTree(root), error.findings)), 0, usable=False)


def _everything(root: Path, now: datetime | None, progress: Progress) -> Examination:
    reading = read_county(root, now)
    index = novelty_index(reading.tree, reading.entries)
    findings = list(check_registry(_registry_subject(reading)))
    ordered = progress(reading.entries)
    for _, read in zip(ordered, reading.county.documents, strict=True):
        findings += check(subject_of(read, reading.county, lambda it: index.resemblances(it.stem, it.text)))
    return Examination(tuple(in_order(findings)), len(reading.entries))


def _some(root: Path, wanted: Sequence[Entry], now: datetime | None, progress: Progress) -> Examination:
    """Check a few files of many: the others are searched for resemblance as bytes, and only those that match are parsed."""
    tree = WorkTree(root)
    everything = tree.entries()
    index = novelty_index(tree, everything)
    similar: dict[str, tuple[Resemblance, ...]] = {}
    for entry in wanted:
        read = document(tree, entry)
        similar[entry.path] = index.resemblances(read.stem, read.text)
    named = {match.id for matches in similar.values() for match in matches}
    only = {entry.path for entry in wanted}
    only |= {entry.path for entry in everything if entry.stem in named}
    reading = read_county(root, now, only=only)
    documents = {one.path: one for one in reading.county.documents}
    findings: list[Finding] = []
    for entry in progress(wanted):
        read = documents.get(entry.path) or document(tree, entry)
        findings += check(subject_of(read, reading.county, lambda it: similar.get(it.path, ())))
    return Examination(tuple(in_order(findings)), len(wanted))


def subject_of(
    read: Document, county: County, similar: Callable[[Document], Sequence[Resemblance]]
) -> Subject:
    """What the checks look at: a document, understood as far as it can be, and the county around it."""
    understood, problems = submission(read)
    faulty: frozenset[str] = frozenset()
    if understood is None:
        understood, faulty = tentative(read)

    @cache
    def mended() -> Subject | None:
        item = county.item(read.stem)
        decided = item and item.document.path == read.path and item.state is not State.PENDING
        after = None if decided else mended_document(read)
        if after is None or not after.changes:
            return None
        return subject_of(item_document(read.path, after.text.encode("utf-8")), county, similar)

    return Subject(read, understood, (*read.problems, *problems), county, similar, faulty, mended)


def _registry_subject(reading: CountyReading) -> RegistrySubject:
    read, county = reading.registry, reading.county
    return RegistrySubject(read.registry, read.documents, county.history, read.rules, county)


def _expanded(tree: Tree, paths: Sequence[str]) -> list[Entry]:
    """The entries of files and of everything below folders, each once, by path."""
    found: dict[str, Entry] = {}
    for path in paths:
        entry = tree.entry(path)
        if entry and not entry.is_file and not path.endswith(".md"):
            found |= {inner.path: inner for inner in tree.entries(path)}
        elif entry:
            found[path] = entry
    return [found[path] for path in sorted(found)]
