"""The words of a paragraph of a .docx, piece by piece: as if tracked changes were accepted, without what is not shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from zhibao.door.draft import DraftError
from zhibao.door.word.parts import Parts
from zhibao.door.word.pictures import Pictures
from zhibao.door.word.styles import is_on, value
from zhibao.door.word.values import Loss, Losses, Piece

_THROUGH = frozenset(
    [
        "w.ins",
        "w.moveTo",
        "w.smartTag",
        "w.customXml",
        "w.sdtContent",
        "w.fldSimple",
        "w.dir",
        "w.bdo",
        "w.rubyBase",
    ]
)
"""What holds words without being any."""
_BREAKS = {"w.br": "\n", "w.cr": "\n", "w.tab": " ", "w.ptab": " ", "w.noBreakHyphen": "-"}
_WEB = re.compile(r"(?:https?://|mailto:)[^\s<>\"\\^`{|}]{1,2000}", re.IGNORECASE)
_FIELD_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]*)"', re.IGNORECASE)
_MOST_FIELDS = 50
"""Fields that may be open at once; every word is looked for in each of them."""
_ANEW = "请把文字粘贴到新的文件里再交"
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ue000-\uf8ff\U000e0000-\U0010ffff]"
)
"""Control characters, zero-width and direction marks, private characters (bullets of symbol fonts)."""
_BLANKS = re.compile("[\t\u00a0\u2000-\u200a\u3000]")
_RAISED = {
    "superscript": str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ"),
    "subscript": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋"),
}


class _Look(NamedTuple):
    bold: bool = False
    italic: bool = False
    raised: str = ""
    hidden: bool = False


@dataclass
class _Field:
    """An open field (`fldChar`): its instruction until the separator, then what it shows."""

    instruction: str = ""
    shows: bool = False

    @property
    def link(self) -> str:
        found = _FIELD_LINK.match(self.instruction)
        return found[1] if found else ""


@dataclass
class Runs:
    """Reads the words of paragraphs. `notes` are those of the foot and the end, by kind and id."""

    parts: Parts
    losses: Losses
    pictures: Pictures
    notes: Mapping[tuple[str, str], str]
    _fields: list[_Field] = field(default_factory=list)
    _told: set[tuple[str, str]] = field(default_factory=set)

    def pieces(self, paragraph: Element) -> list[Piece]:
        """The words of a paragraph, without its number. Fields may reach over paragraphs, so this wants them in their order."""
        return list(self._within(paragraph, ""))

    def _within(self, parent: Element, link: str) -> Iterator[Piece]:
        for child in parent:
            tag = child.tag
            if tag == "w.r":
                yield from self._run(child, link)
            elif tag == "w.hyperlink":
                yield from self._within(child, self._address(child) or link)
            elif tag == "w.sdt":
                yield from (
                    piece for part in child.findall("w.sdtContent") for piece in self._within(part, link)
                )
            elif tag == "mc.AlternateContent":
                chosen = choice(child)
                if chosen is not None:
                    yield from self._within(chosen, link)
            elif tag in _THROUGH:
                if tag in ("w.ins", "w.moveTo"):
                    self.losses.add(Loss.CHANGES)
                yield from self._within(child, link)
            elif tag in ("w.del", "w.moveFrom"):
                self.losses.add(Loss.CHANGES)
            elif tag in ("m.oMath", "m.oMathPara"):
                self.losses.add(Loss.FORMULAS)

    def _run(self, run: Element, link: str) -> Iterator[Piece]:
        look = _look(run.find("w.rPr"))
        words = "".join(child.text or "" for child in run if child.tag == "w.t").strip()
        if words and look.hidden:
            self.losses.add(Loss.HIDDEN)
        if (
            words
            and not look.hidden
            and (is_on(run.find("w.rPr"), "w.strike") or is_on(run.find("w.rPr"), "w.dstrike"))
        ):
            self.losses.add(Loss.STRUCK)
        yield from self._content(run, look, link)

    def _content(self, run: Element, look: _Look, link: str) -> Iterator[Piece]:
        for child in run:
            tag = child.tag
            if tag == "w.fldChar":
                self._turn(child.get("w.fldCharType", ""))
            elif tag == "w.instrText" and self._fields:
                self._fields[-1].instruction += (child.text or "")[:2000]
            elif any(not one.shows for one in self._fields) or look.hidden:
                continue
            elif tag == "w.t":
                yield self._piece(child.text or "", look, link)
            elif tag in _BREAKS:
                yield Piece(_BREAKS[tag])
            elif tag in ("w.footnoteReference", "w.endnoteReference"):
                yield from self._note(tag[2:-9], child.get("w.id", ""))
            elif tag == "mc.AlternateContent":
                chosen = choice(child)
                if chosen is not None:
                    yield from self._content(chosen, look, link)
            elif tag == "w.ruby":
                yield from (
                    piece for base in child.findall("w.rubyBase") for piece in self._within(base, link)
                )
            elif tag in ("w.drawing", "w.pict", "w.object"):
                yield from self._drawn(child)

    def _piece(self, text: str, look: _Look, link: str) -> Piece:
        text = cleaned(text)
        if look.raised:
            text = text.translate(_RAISED[look.raised])
        shown = link or next((one.link for one in reversed(self._fields) if one.link), "")
        return Piece(text, look.bold, look.italic, self._safe(shown))

    def _safe(self, address: str) -> str:
        """An address that a page may link to: brackets would end a Markdown link."""
        if not address or not _WEB.fullmatch(address):
            return ""
        return address.replace("(", "%28").replace(")", "%29").replace("[", "%5B").replace("]", "%5D")

    def _address(self, hyperlink: Element) -> str:
        relation = self.parts.relations.get(hyperlink.get("r.id", ""))
        if relation is None or not relation.outside:
            return ""  # to a place within the document
        if not _WEB.fullmatch(relation.target):
            self.losses.add(Loss.LINKS)
            return ""
        return relation.target

    def _turn(self, kind: str) -> None:
        """A field begins, turns from its instruction to what it shows, or ends."""
        if kind == "begin":
            if len(self._fields) >= _MOST_FIELDS:
                raise DraftError(
                    f"{self.parts.package.name} 里的域套了 {_MOST_FIELDS} 层以上，没有读；{_ANEW}"
                )
            self._fields.append(_Field())
        elif self._fields and kind == "separate":
            self._fields[-1].shows = True
        elif self._fields and kind == "end":
            ended = self._fields.pop()
            if ended.link and not self._safe(ended.link):
                self.losses.add(Loss.LINKS)

    def _note(self, kind: str, id_: str) -> Iterator[Piece]:
        """The words of a note, where it is named first."""
        words = "" if (kind, id_) in self._told else self.notes.get((kind, id_))
        self._told.add((kind, id_))
        if words:
            self.losses.add(Loss.NOTES)
            yield Piece(f"（注：{words}）")

    def _drawn(self, drawing: Element) -> Iterator[Piece]:
        """A picture; what else is drawn stays behind, and is said."""
        if any(any(True for _ in box.iter("w.t")) for box in drawing.iter("w.txbxContent")):
            self.losses.add(Loss.BOXES)
        taken = False
        ids = [blip.get("r.embed") for blip in drawing.iter("a.blip")]
        ids += [data.get("r.id") for data in drawing.iter("v.imagedata")] if drawing.tag == "w.pict" else []
        for id_ in ids:
            relation = self.parts.relations.get(id_ or "")
            name = self.pictures.take(relation.target) if relation and not relation.outside else ""
            taken = True
            if name:
                yield Piece("", picture=name)
        foreign = any(
            data.get("uri", "").endswith(("/chart", "/diagram")) for data in drawing.iter("a.graphicData")
        )
        if drawing.tag == "w.object" or (foreign and not taken):
            self.losses.add(Loss.OBJECTS)


def choice(alternates: Element) -> Element | None:
    """The content of an AlternateContent that is read: the newer one, else the one for older programs."""
    chosen = alternates.find("mc.Choice")
    return chosen if chosen is not None else alternates.find("mc.Fallback")


def cleaned(text: str) -> str:
    """Words without what is not seen; every blank an ordinary one."""
    return _BLANKS.sub(" ", _UNSEEN.sub("", text.replace("\n", " ").replace("\r", " ")))


def words_of(element: Element) -> str:
    """Everything written in an element, as one line: of a note, a header, a table within a table."""
    lines = ("".join(text.text or "" for text in paragraph.iter("w.t")) for paragraph in element.iter("w.p"))
    return " ".join(line.strip() for line in map(cleaned, lines) if line.strip())


def _look(properties: Element | None) -> _Look:
    raised = value(properties, "w.vertAlign") or ""
    return _Look(
        is_on(properties, "w.b"),
        is_on(properties, "w.i"),
        raised if raised in _RAISED else "",
        is_on(properties, "w.vanish") or is_on(properties, "w.webHidden"),
    )
