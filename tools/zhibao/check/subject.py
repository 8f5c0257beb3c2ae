"""What a check looks at, and what it says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from zhibao.check.mending import Mend
from zhibao.model.county import County, Item
from zhibao.model.document import Document, Loc, Mark, Problem
from zhibao.model.finding import Severity
from zhibao.model.identity import Identity
from zhibao.model.registry import Registry
from zhibao.model.resemblance import Resemblance
from zhibao.model.submission import Submission


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing a check found.

    `at` is a key path of the front matter, an offset into the body (characters), or None for the file as a whole;
    `key` puts it on the key instead of its value. `severity` is the check's own unless a hit differs; `mark` is the place itself
    where reading found it.
    """

    at: Loc | int | None
    message: str
    help: str = ""
    key: bool = False
    severity: Severity | None = None
    mark: Mark | None = None


@dataclass(frozen=True)
class Subject:
    """One file of submissions/, everything known of it, and the county around it.

    `submission` is None where the file cannot be understood; `problems` says why (reading and understanding together).
    `resemblances` finds near-duplicates of this document among all others, best first.
    """

    document: Document
    submission: Submission | None
    problems: tuple[Problem, ...]
    county: County
    resemblances: Callable[[Document], Sequence[Resemblance]] = field(default=lambda document: ())
    faulty: frozenset[str] = frozenset()
    """Top-level keys whose values `submission` does not have from the file: nothing is said of them twice."""
    mended: Callable[[], Subject | None] = field(default=lambda: None)
    """The same file as `zhibao fix` would leave it; None where it would leave it alone."""

    @property
    def identity(self) -> Identity | None:
        """The id that the file's name writes."""
        return Identity.parse(self.document.stem)

    @property
    def item(self) -> Item | None:
        """The item of the county that this file is; None where it is unreadable or another file has its id."""
        item = self.county.item(self.document.stem)
        return item if item and item.document.path == self.document.path else None

    @property
    def registry(self) -> Registry:
        """The county's own data."""
        return self.county.registry

    @property
    def body(self) -> str:
        """The text below the front matter."""
        return self.document.body


CheckFunction = Callable[[Subject], Iterator[Hit]]


class Row:
    """What the rows of both tables of checks have in common: how a rule is told, and where it is explained."""

    __slots__ = ()
    code: str
    run: Callable[..., object]
    mends: tuple[Mend, ...] = ()
    """What `zhibao fix` does about its findings; nothing where that would not be safe."""

    @property
    def summary(self) -> str:
        """The rule in Chinese: the first line of the function's docstring."""
        return (self.run.__doc__ or "").strip().split("\n")[0]

    @property
    def page(self) -> str:
        """The page of the built site that explains it, relative to the site's root."""
        return f"rules/checks.html#{self.code}"


@dataclass(frozen=True, slots=True)
class Check(Row):
    """One row of the table: a stable code, how much a finding weighs, one line that states the rule."""

    code: str
    severity: Severity
    family: str
    run: CheckFunction
    needs_submission: bool = True
    mends: tuple[Mend, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """How a check's rule is broken and kept, applied to one sound base item (`examples.BASE`).

    `part` says what the two texts replace: `key` the line of that front-matter key (or add it; several lines may be
    given), `body` the body, `file` the whole file as text, `path` the file's path.
    """

    part: str
    bad: str
    good: str
    encoding: str = "utf-8"


Examples = Mapping[str, Example]
