"""Rule packs (registry/rules/examples/) to begin with, put into the words of a county: its levels, its title, its first year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

from zhibao.door.founding import FoundingError
from zhibao.model.document import Document, Loc
from zhibao.model.files import modeline
from zhibao.model.policy.terms import ANY, When
from zhibao.model.rules import Rules
from zhibao.repo.front_matter_text import scalar
from zhibao.repo.registry_files import read_rules

FOLDER = "registry/rules/examples"
GENERAL = "general"
"""The pack for an office that has no paper of its own yet."""
FORMS = ("单篇", "单条", "综合", "简讯")
"""Forms of adoption where a pack names none."""
Change: TypeAlias = tuple[Loc, str, object]
"""A key path, the word that stands there, and what is to stand there."""
DIGEST, ITEM = "综合", "单条"
LEVELS = ("县", "市", "省", "中央")

_ALIKE = (
    ("县", "区", "旗", "县级市"),
    ("市", "州", "盟", "地区"),
    ("省", "自治区", "直辖市"),
    ("中央", "国家"),
)
"""Levels by what they are called in one place or another, from the county's own up."""


@dataclass(frozen=True)
class Pack:
    """A rule pack: its name, and what it says of where its numbers come from."""

    name: str
    source: str
    rules: Rules
    document: Document

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels that it names, from the county's own up."""
        named = {word for _, word in _levels(self.rules)}
        return tuple(level for rank in _ALIKE for level in rank if level in named)


@dataclass(frozen=True)
class Fitted:
    """A pack in the words of a county: the text of its file, its forms, and the publications that it names with their levels."""

    text: str
    forms: tuple[str, ...]
    publications: tuple[tuple[str, str], ...]
    form: str
    """The form in which an item is adopted where nobody says otherwise."""
    pays: bool
    """Whether an adoption at the county's own level earns anything."""


def packs(program: Path) -> dict[str, Pack]:
    """The packs of a program's folder by name, the general one first. Raises FoundingError where there is none."""
    found = {}
    for path in sorted((program / FOLDER).glob("*.yml")):
        read = read_rules(path)
        if read.rules is not None:
            comments = [line[1:].strip() for line in read.document.text.split("\n") if line.startswith("#")]
            source = "".join(line for line in comments if not line.startswith("yaml-language-server"))
            found[path.stem] = Pack(path.stem, source, read.rules, read.document)
    if not found:
        raise FoundingError(f"{program} 里没有 {FOLDER}/，没有计分办法可选；请换一份完整的程序")
    return dict(sorted(found.items(), key=lambda pair: (pair[0] != GENERAL, pair[0])))


def fitted(pack: Pack, levels: Sequence[str], county: str, path: str, year: int) -> Fitted:
    """A pack with a county's levels (the lowest first), in force from the first day of a year, as the file at `path`.

    Raises FoundingError for a level of the pack to which none of the county's answers.
    """
    names = {word: _own(word, levels) for _, word in _levels(pack.rules)}
    lacking = [word for word, own in names.items() if own is None]
    if lacking:
        raise FoundingError(
            f"{pack.name} 这份办法给{'、'.join(lacking)}级计分，层级“{'、'.join(levels)}”里没有；"
            f"请在层级里加上，或另选一份办法"
        )
    own = {word: name for word, name in names.items() if name}
    changes: list[Change] = [(at, word, own[word]) for at, word in _levels(pack.rules) if own[word] != word]
    publications = tuple(_publications(pack.rules))
    renamed = {
        name: own[level] + name.removeprefix(level) for name, level in publications if name.startswith(level)
    }
    changes += [(at, name, renamed.get(name, name)) for at, name in _named(pack.rules)]
    changes += [
        (("from",), str(pack.rules.since), date(year, 1, 1)),
        (("title",), pack.rules.title, _title(county)),
    ]
    forms = tuple(dict.fromkeys(_forms(pack.rules))) or FORMS
    level = next((word for word, name in own.items() if name == levels[0]), "")
    form = _usual(pack.rules, forms, level)
    text = f"{modeline(path)}\n{_rewritten(pack.document, changes)}"
    placed = tuple((renamed.get(name, name), own[level]) for name, level in publications)
    return Fitted(text, forms, placed, form, pays=_pays(pack.rules, level))


def _title(county: str) -> str:
    return f"{county}党委信息计分办法"


def _own(word: str, levels: Sequence[str]) -> str | None:
    """What a county calls the level that a pack calls `word`."""
    if word in levels:
        return word
    rank = next((rank for rank in _ALIKE if word in rank), ())
    return next((level for level in levels if level in rank), None)


def _levels(rules: Rules) -> Iterator[tuple[Loc, str]]:
    """Every place where rules name a level."""
    for level, table in rules.adoption.items():
        yield ("adoption", level), level
        for form, score in table.items():
            if score.of is not None:
                yield (
                    (("adoption", level, "of") if form == ANY else ("adoption", level, form, "of")),
                    score.of,
                )
    for level in rules.instruction:
        yield ("instruction", level), level
    for number, leader in enumerate(rules.leaders):
        yield ("leaders", number, "level"), leader.level
    for key, number, when in _conditions(rules):
        if len(when.level) == 1:
            yield (key, number, "level"), when.level[0]
        else:
            yield from (((key, number, "level", at), level) for at, level in enumerate(when.level))


def _conditions(rules: Rules) -> Iterator[tuple[str, int, When]]:
    for key, clauses in (("special", rules.special), ("bonus", rules.bonus), ("caps", rules.caps)):
        yield from ((key, number, clause) for number, clause in enumerate(clauses))


def _named(rules: Rules) -> Iterator[tuple[Loc, str]]:
    """Every place where rules name a publication."""
    for key, number, when in _conditions(rules):
        if len(when.publication) == 1:
            yield (key, number, "publication"), when.publication[0]
        else:
            yield from (((key, number, "publication", at), one) for at, one in enumerate(when.publication))


def _publications(rules: Rules) -> Iterator[tuple[str, str]]:
    for _, _, when in _conditions(rules):
        yield from ((name, when.level[0]) for name in when.publication if when.level)


def _forms(rules: Rules) -> Iterator[str]:
    for table in rules.adoption.values():
        yield from (form for form in table if form != ANY)
    for _, _, when in _conditions(rules):
        yield from when.form


def _usual(rules: Rules, forms: Sequence[str], level: str) -> str:
    """单条 where it earns something at the county's own level or nothing does; else the cheapest form that a single item can have."""
    table = rules.adoption.get(level, {})
    if ITEM in forms and (not table or ITEM in table or ANY in table):
        return ITEM
    priced = [form for form in table if form not in (ANY, DIGEST)]
    return min(priced, key=lambda form: table[form].points or 0) if priced else forms[0]


def _pays(rules: Rules, level: str) -> bool:
    return level in rules.adoption or any(level in special.level for special in rules.special)


def _rewritten(document: Document, changes: Sequence[Change]) -> str:
    """The text of a file with words at key paths (a value's, or a key's own where it holds more) replaced; comments stay."""
    lines = document.text.split("\n")
    places = []
    for loc, word, new in changes:
        for mark in (document.mark(loc), document.mark(loc, key=True)):
            start = mark.column - 1
            if lines[mark.line - 1][start:].startswith(word):
                places.append((mark.line - 1, start, word, scalar(new, flow=True)))
                break
        else:
            raise FoundingError(
                f"{document.path} 里的“{word}”写法特别，改不成本县的；请照原样写，或另选一份办法"
            )
    for line, start, word, new in sorted(places, reverse=True):
        lines[line] = lines[line][:start] + new + lines[line][start + len(word) :]
    return "\n".join(lines)


def fitted_path(year: int) -> str:
    """Where the rules of a county's first year stand."""
    return f"registry/rules/{year}.yml"
