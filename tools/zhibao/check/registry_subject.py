"""What the checks of the registry look at, and what they say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from zhibao.check.subject import Row
from zhibao.model.county import County
from zhibao.model.document import Document, Loc
from zhibao.model.finding import Severity
from zhibao.model.history import History
from zhibao.model.registry import Registry
from zhibao.model.rules import Rules

FAMILY = "名册"


@dataclass(frozen=True, slots=True)
class RegistrySubject:
    """The registry, its files by path, and the history of the branch it names."""

    registry: Registry
    documents: Mapping[str, Document]
    history: History
    rules: Mapping[str, Rules] = field(default_factory=dict)
    """The rules by the path of their file."""
    county: County | None = None
    """The county around it, where its items have been read."""


@dataclass(frozen=True, slots=True)
class RegistryHit:
    """One thing wrong with a file of the registry, at a key path."""

    path: str
    at: Loc
    message: str
    help: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class RegistryCheck(Row):
    """One row of the table of registry checks."""

    code: str
    severity: Severity
    run: Callable[[RegistrySubject], Iterator[RegistryHit]]
    family: str = FAMILY


def known(path: str, at: Loc, word: object, what: str, words: Iterable[str]) -> Iterator[RegistryHit]:
    """A hit where a word is none of the words that the registry has for such a thing."""
    there = list(words)
    if word not in there:
        yield RegistryHit(path, at, f"没有“{word}”这个{what}", f"可以写：{'、'.join(there[:40])}")
