"""The styles of a .docx: what a paragraph is by its style, and by the styles that this one is based on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from zhibao.model.signing import FRAME

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_DEEPER = re.compile(r"list (?:bullet|number) ([2-9])", re.IGNORECASE)
_TITLES = frozenset({"title", "标题"})
_BODY_LEVEL = 9
"""The outline level that means none (ECMA-376, 17.3.1.20)."""
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph's place in a list: which numbering, at which level (from 0; None where only a style says so and the numbering knows)."""

    numbering: str
    level: int | None
    deeper: int = 0
    """Levels that the style's name adds: List Bullet 2 is a list of its own, and one level in."""


@dataclass(frozen=True, slots=True)
class Form:
    """What the properties of a paragraph or style say; None where they say nothing."""

    heading: int | None = None
    titled: bool | None = None
    centred: bool | None = None
    numbered: Numbered | None = None
    framed: bool | None = None
    """Whether it belongs to the frame of a document that we exported ourselves, and not to the text."""


class Styles:
    """The paragraph styles of a document."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._styles: dict[str, Element] = {}
        self._default: str | None = None
        for root in roots:
            for style in root.iter("w.style"):
                if style.get("w.type", "paragraph") == "paragraph":
                    self._styles.setdefault(style.get("w.styleId", ""), style)
                    if self._default is None and style.get("w.default") in ("1", "true", "on"):
                        self._default = style.get("w.styleId", "")

    def form(self, properties: Element | None) -> Form:
        """What a paragraph is, its own properties (`w:pPr`) before those of its styles."""
        own = _form(properties)
        style = value(properties, "w.pStyle") or self._default
        chain = [own, *self._chain(style)]
        return Form(
            next((form.heading for form in chain if form.heading is not None), None) or None,
            next((form.titled for form in chain if form.titled is not None), False),
            next((form.centred for form in chain if form.centred is not None), False),
            next((form.numbered for form in chain if form.numbered is not None), None),
            next((form.framed for form in chain if form.framed is not None), False),
        )

    def _chain(self, style: str | None) -> Iterator[Form]:
        for _ in range(_LONGEST_CHAIN):
            found = self._styles.get(style) if style else None
            if found is None:
                return
            name = value(found, "w.name") or ""
            form = _form(found.find("w.pPr"))
            by_name = _HEADING.fullmatch(name.strip())
            yield Form(
                int(by_name[1]) if by_name else form.heading,
                True if name.strip().lower() in _TITLES else None,
                form.centred,
                _deeper(form.numbered, name),
                True if name == FRAME else None,
            )
            style = value(found, "w.basedOn")


def value(parent: Element | None, tag: str) -> str | None:
    """The `w:val` of a child; None where there is none."""
    child = parent.find(tag) if parent is not None else None
    return child.get("w.val") if child is not None else None


def whole(text: str | None, default: int = 0) -> int:
    """A small number as it is written in a document."""
    return int(text) if text and re.fullmatch(r"\d{1,6}", text, re.ASCII) else default


def is_on(properties: Element | None, tag: str) -> bool:
    """Whether a switch such as `w:b` is there and not turned off."""
    child = properties.find(tag) if properties is not None else None
    return child is not None and child.get("w.val", "1") not in ("0", "false", "off", "none")


def _form(properties: Element | None) -> Form:
    if properties is None:
        return Form()
    outline = value(properties, "w.outlineLvl")
    level = whole(outline, _BODY_LEVEL) if outline is not None else None
    justified = value(properties, "w.jc")
    numbered = properties.find("w.numPr")
    return Form(
        heading=None if level is None else (level + 1 if level < _BODY_LEVEL else 0),
        centred=None if justified is None else justified == "center",
        numbered=None if numbered is None else _numbered(numbered),
    )


def _deeper(numbered: Numbered | None, name: str) -> Numbered | None:
    found = _DEEPER.fullmatch(name.strip()) if numbered else None
    return replace(numbered, deeper=int(found[1]) - 1) if numbered and found else numbered


def _numbered(properties: Element) -> Numbered | None:
    numbering, level = value(properties, "w.numId"), value(properties, "w.ilvl")
    return Numbered(numbering or "", None if level is None else whole(level))
