"""The parts of a .docx that are read, each found by its relation; what no draft needs and an attack does is refused here."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element

from zhibao.door.draft import DraftError
from zhibao.repo.package import Package, PackageError, open_package

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHERS = (
    ("macroenabled", "里有宏，没有读；请另存为“Word 文档（*.docx）”，不要选“启用宏”的格式"),
    (
        "wordprocessingml.template",
        "其实是模板（.dotx）；请用 WPS 或 Word 打开，另存为“Word 文档（*.docx）”再交",
    ),
    ("spreadsheetml", "其实是 Excel 表格；请把文字写进 Word 文档再交"),
    ("presentationml", "其实是演示文稿；请把文字写进 Word 文档再交"),
)
"""What a main part's type may be instead."""
_LOCAL_TEMPLATE = re.compile(r"(?:file:///)?(?:[a-z]:[\\/]|/?[^\\/:])[^:]*", re.IGNORECASE)
"""Where Word notes the template of a document: a file of the writer's own machine, which is not opened."""


class Relation(NamedTuple):
    """What a part names: by the last word of its type, its target (a part's name, or an address where it is outside)."""

    kind: str
    target: str
    outside: bool


@dataclass(frozen=True)
class Parts:
    """A .docx, opened."""

    package: Package
    main: str
    relations: Mapping[str, Relation]
    """Those of the main part, by their id."""

    @property
    def document(self) -> Element:
        """The root of the text. Raises DraftError."""
        found = self._xml(self.main)
        if found is None:
            raise DraftError(f"{self.package.name} 里没有正文；请用 WPS 或 Word 另存为 .docx 再交")
        return found

    def related(self, kind: str) -> list[Element]:
        """The roots of the parts to which the text has a relation of this kind: styles, numbering, footnotes … Raises DraftError."""
        targets = [one.target for one in self.relations.values() if one.kind == kind and not one.outside]
        found = map(self._xml, dict.fromkeys(targets))
        return [root for root in found if root is not None]

    def _xml(self, part: str) -> Element | None:
        try:
            return self.package.xml(part)
        except PackageError as error:
            raise DraftError(str(error)) from None


def open_word(data: bytes, name: str) -> Parts:
    """The parts of a .docx; `name` is what messages call it. Raises DraftError for anything else, and for what is not safe to read."""
    try:
        package = open_package(data, name)
        for part in package.parts:
            if part.endswith(".rels"):
                _refuse_outside(package, part)
        top = _relations(package, "").values()
        main = next((one.target for one in top if one.kind == "officeDocument"), "word/document.xml")
        _refuse_other_types(package, main)
        return Parts(package, main, _relations(package, main))
    except PackageError as error:
        raise DraftError(str(error)) from None


def _relations(package: Package, part: str) -> dict[str, Relation]:
    folder, _, name = part.rpartition("/")
    root = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    return {} if root is None else {one.get("Id", ""): _relation(one, folder) for one in root}


def _relation(element: Element, folder: str) -> Relation:
    kind = element.get("Type", "").rpartition("/")[2]
    target = element.get("Target", "")
    if element.get("TargetMode") == "External":
        return Relation(kind, target, outside=True)
    return Relation(kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"), outside=False)


def _refuse_outside(package: Package, rels: str) -> None:
    """Nothing from elsewhere is fetched; what a document wants from there would be missing, or is an attack."""
    root = package.xml(rels)
    for one in (_relation(element, "") for element in (root if root is not None else ())):
        if not one.outside or one.kind == "hyperlink":
            continue
        if one.kind == "attachedTemplate" and _LOCAL_TEMPLATE.fullmatch(one.target):
            continue
        if one.kind == "image":
            raise DraftError(
                f"{package.name} 里有链接到别处的图片，没有读；请把图片存到电脑上，再插入文档，不要用“链接到文件”"
            )
        raise DraftError(
            f"{package.name} 里有要从别处取的内容（远程模板、链接的对象一类），没有读；请把文字粘贴到新的文档里再交"
        )


def _refuse_other_types(package: Package, main: str) -> None:
    root = package.xml("[Content_Types].xml")
    kinds = {
        one.get("PartName", "") or f".{one.get('Extension', '').lower()}": one.get("ContentType", "")
        for one in (root if root is not None else ())
    }
    everything = " ".join(kinds.values()).lower()
    if "vbaproject" in everything or "macroenabled" in everything:
        raise DraftError(f"{package.name} {_OTHERS[0][1]}")
    kind = kinds.get(f"/{main}") or kinds.get(posixpath.splitext(main)[1].lower(), "")
    if kind == _MAIN:
        return
    for word, words in _OTHERS:
        if word in kind.lower():
            raise DraftError(f"{package.name} {words}")
    raise DraftError(f"{package.name} 不是 Word 文档；请用 WPS 或 Word 打开，另存为“Word 文档（*.docx）”再交")
