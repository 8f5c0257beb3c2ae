"""Which units another office's text names: `大坝镇`, `青山县大坝镇`, `水务局`, `县人社局`, a former name, several at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from zhibao.model.registry import Registry

_BETWEEN = re.compile(r"[、，,;；/／\\|\n\t（）()\[\]【】＋+&]+")
_AND = re.compile(r"[和与及\s]+")
_TOWNS = ("镇", "乡")
_COUNTY = re.compile(r"..[县市区旗]")


@dataclass(frozen=True)
class NamedUnits:
    """What a text names: `ids` of units in its order; `unknown` are the parts that name none, or more than one.

    `county`: it names the county as a whole, or its office, and may mean any unit.
    """

    ids: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    county: bool = False

    @property
    def is_elsewhere(self) -> bool:
        """Whether other counties are named, and nobody of this one."""
        mine = bool(self.ids) or self.county
        return bool(self.unknown) and not mine and all(_COUNTY.match(part) for part in self.unknown)


@dataclass(frozen=True)
class UnitNames:
    """Every name that the units of a registry ever had, found by what others make of them."""

    registry: Registry

    def named(self, text: str) -> NamedUnits:
        """The units that a text names."""
        ids: list[str] = []
        unknown: list[str] = []
        county = False
        for part in self._parts(text):
            found = self._unit(part)
            if self._is_county(part) or (found and self.registry.is_office(found)):
                county = True
            elif found:
                ids.append(found)
            else:
                unknown.append(part)
        return NamedUnits(tuple(dict.fromkeys(ids)), tuple(unknown), county)

    def _parts(self, text: str) -> Iterator[str]:
        """The names in a text; 和 and a space part two names only where they are no part of one."""
        for piece in _BETWEEN.split(text):
            whole = re.sub(r"\s+", "", piece)
            if whole and (self._is_county(whole) or self._unit(whole)):
                yield whole
            else:
                yield from filter(None, _AND.split(piece))

    def _is_county(self, part: str) -> bool:
        return self._short(part) in ("", "委")

    def _unit(self, part: str) -> str | None:
        """The unit that one name means, where it can mean no other; the closest way of naming decides."""
        short = self._short(part)
        for alike in _WAYS if len(short) > 1 else ():
            ids = {id_ for form, id_ in self._forms if alike(short, form)}
            if ids:
                return ids.pop() if len(ids) == 1 else None
        return None

    @cached_property
    def _forms(self) -> tuple[tuple[str, str], ...]:
        return tuple((self._short(name), unit.id) for unit in self.registry.units for name in unit.names())

    def _short(self, name: str) -> str:
        """A name without what every unit of the county has in front: 中共, the county's name, 县."""
        county = self.registry.office.county
        short = name.removeprefix("中共")
        stem = county[:-1]
        short = short.removeprefix(county) if short.startswith(county) else short.removeprefix(stem)
        return short.removeprefix(county[-1])


def _same(short: str, form: str) -> bool:
    return short == form


def _begun_or_ended(short: str, form: str) -> bool:
    return form.startswith(short) or form.endswith(short)


def _shortened(short: str, form: str) -> bool:
    """人社局 of 人力资源和社会保障局: its characters stand in the name in their order."""
    rest = iter(form)
    return all(character in rest for character in short)


def _same_town(short: str, form: str) -> bool:
    return short.endswith(_TOWNS) and form.endswith(_TOWNS) and short[:-1] == form[:-1]


_WAYS: tuple[Callable[[str, str], bool], ...] = (_same, _begun_or_ended, _shortened, _same_town)
