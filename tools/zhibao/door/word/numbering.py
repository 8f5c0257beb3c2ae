"""Automatic numbers of a .docx made real: what Word and WPS show in front of a paragraph, though no character of it is in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from xml.etree.ElementTree import Element

from zhibao.door.word.styles import Numbered, value, whole

_PLACE = re.compile(r"%([1-9])")
_DECIMAL_ENTRY = re.compile(r"%\d\.")
_DIGITS = "零一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CHINESE = frozenset(
    [
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    ]
)
"""The names under which Word and WPS keep 一、二、三."""
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LEVELS = 9


class Mark(NamedTuple):
    """What stands in front of a paragraph. Where `number` is given, or `bullet`, it is an entry of a list; else the text is a part of its words."""

    text: str
    level: int
    number: int | None = None
    bullet: bool = False


class _Level(NamedTuple):
    start: int
    format: str
    text: str
    style: str


class Numbering:
    """The numberings of a document, each counted as its paragraphs come."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._named: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, list[int | None]] = {}
        for root in roots:
            for one in root.iter("w.abstractNum"):
                levels = {whole(level.get("w.ilvl")): _level(level) for level in one.iter("w.lvl")}
                self._abstract[one.get("w.abstractNumId", "")] = levels
            for one in root.iter("w.num"):
                self._name(one)

    def next(self, numbered: Numbered, style: str | None = None) -> Mark | None:
        """The mark of the next paragraph of a numbering; None where it has none. `style` is the paragraph's: a level may belong to it."""
        key = self._named.get(numbered.numbering)
        levels = self._abstract.get(key or "")
        if key is None or not levels:
            return None
        at = numbered.level
        if at is None:
            at = next((place for place, level in levels.items() if style and level.style == style), 0)
        level = levels.get(at)
        if level is None or at >= _LEVELS or level.format == "none":
            return None
        if level.format == "bullet":
            return Mark("", at + numbered.deeper, bullet=True)
        counts = self._counted(key, numbered.numbering, levels, at)
        number = counts[at] or 0
        if level.format == "decimal" and _DECIMAL_ENTRY.fullmatch(level.text.strip()):
            return Mark("", at + numbered.deeper, number=number)
        words = _PLACE.sub(lambda match: _shown(levels, counts, int(match[1]) - 1), level.text)
        return Mark(_spaced(words.strip()), at)

    def _name(self, number: Element) -> None:
        name = number.get("w.numId", "")
        self._named[name] = value(number, "w.abstractNumId") or ""
        for override in number.iter("w.lvlOverride"):
            start = value(override, "w.startOverride")
            if start is not None:
                self._starts.setdefault(name, {})[whole(override.get("w.ilvl"))] = whole(start, 1)

    def _counted(self, key: str, name: str, levels: dict[int, _Level], at: int) -> list[int | None]:
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        restart = self._starts.get(name, {}).pop(at, None)  # a start of its own counts once
        before = counts[at]
        counts[at] = restart if restart is not None else levels[at].start if before is None else before + 1
        counts[at + 1 :] = [None] * (_LEVELS - at - 1)
        return counts


def _level(element: Element) -> _Level:
    form = next(element.iter("w.numFmt"), None)
    return _Level(
        whole(value(element, "w.start"), 1),
        form.get("w.val", "decimal") if form is not None else "decimal",
        (value(element, "w.lvlText") or "")[:40],
        value(element, "w.pStyle") or "",
    )


def _shown(levels: dict[int, _Level], counts: list[int | None], at: int) -> str:
    level = levels.get(at)
    if level is None:
        return ""
    number = counts[at]
    return numeral(level.start if number is None else number, level.format)


def _spaced(words: str) -> str:
    """A mark that ends with a Chinese sign stands right before its words, any other one space away."""
    return f"{words} " if words[-1:].isascii() else words


def numeral(number: int, form: str) -> str:
    """A number in a format of Word's: 一, 甲, ①, iv, d, 03; in plain digits where the format has no other way, or is unknown."""
    if form in _CHINESE:
        return _chinese(number)
    if form in ("ideographTraditional", "ideographZodiac") and 0 < number <= len(_STEMS):
        return _STEMS[number - 1]
    if form.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr(ord("A" if form == "upperLetter" else "a") + number - 1)
    if form in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _chinese(number: int) -> str:
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    words = ""
    for size, sign in _ROMAN:
        times, number = divmod(number, size)
        words += sign * times
    return words
