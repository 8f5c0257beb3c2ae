"""Office files that people send (.docx, .xlsx: a zip of XML parts), opened within bounds; the one place where such a zip is opened.

    package = open_package(data, "草稿.docx")        # PackageError: Chinese words, fit to be shown
    package.parts["word/media/image1.png"]          # every part by its name, unpacked
    package.xml("word/document.xml")                # an Element; None where there is no such part

What is refused: other formats (each named, with how to save it anew), a password, macros, names that lead out of the folder, a part twice, too many
or too large parts, a zip bomb whether its sizes are true or a lie, document types and entities, XML too deep or too full. Nothing is written to
disk, no link is followed, a file within the file is never opened. What was opened here is safe to be given to python-docx or openpyxl too.
Tags and attributes have short names, the same for both dialects of the standard (ECMA-376, transitional and strict): `w.p`, `r.id`; those of
namespaces that nobody here reads begin with `?.`.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

LARGEST_PACKAGE = 20_000_000
"""Bytes of a file; a report with twenty photographs has 15 MB."""
LARGEST_UNPACKED = 60_000_000
"""Bytes that all parts may have together."""
LARGEST_XML = 15_000_000
"""Bytes of a part that is XML; a book has 3 MB."""
MOST_PARTS = 1_000
MOST_ELEMENTS = 200_000
DEEPEST = 120
"""Elements within one another; tables within tables reach 40."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ENTRY = b"PK\x01\x02"
"""What every entry of a zip's directory begins with."""
_STRANGE = re.compile(
    rb"<!(?:DOCTYPE|ENTITY)|\0|\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8[\"'])",
    re.IGNORECASE,
)
"""What no XML part has: a document type, an entity, another encoding than UTF-8 (in which one might be hidden)."""
_OUTSIDE = re.compile(r"(?:^|/)\.\.?(?:/|$)|^/|//|[\\:\x00-\x1f]")
"""In the name of a part: a way out of its folder."""
_MACROS = re.compile(r"(?:^|/)vba(?:Project|Data)[^/]*$", re.IGNORECASE)
_ENCRYPTED_FLAG = 0x1
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OLD = {".docx": ".doc、.wps", ".xlsx": ".xls、.et"}
_CONTENT_TYPES = "[Content_Types].xml"
_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError)

_TRANSITIONAL = "http://schemas.openxmlformats.org"
_STRICT = "http://purl.oclc.org/ooxml"
_PREFIXES: Mapping[str, str] = {
    f"{_TRANSITIONAL}/wordprocessingml/2006/main": "w",
    f"{_STRICT}/wordprocessingml/main": "w",
    f"{_TRANSITIONAL}/officeDocument/2006/relationships": "r",
    f"{_STRICT}/officeDocument/relationships": "r",
    f"{_TRANSITIONAL}/drawingml/2006/main": "a",
    f"{_STRICT}/drawingml/main": "a",
    f"{_TRANSITIONAL}/officeDocument/2006/math": "m",
    f"{_STRICT}/officeDocument/math": "m",
    f"{_TRANSITIONAL}/package/2006/relationships": "rel",
    f"{_TRANSITIONAL}/package/2006/content-types": "ct",
    f"{_TRANSITIONAL}/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://www.w3.org/XML/1998/namespace": "xml",
}


class PackageError(Exception):
    """A file cannot be read. The message is Chinese and fit to be shown."""


@dataclass(frozen=True)
class Package:
    """The parts of a file, unpacked: each was as large as it said, none of the XML has a document type."""

    name: str
    parts: Mapping[str, bytes]

    def xml(self, part: str) -> Element | None:
        """A part's root, its tags and attributes under short names. None where there is no such part. Raises PackageError."""
        data = self.parts.get(part)
        if data is None:
            return None
        if _STRANGE.search(data):  # a part of any name may be asked for
            raise PackageError(_strange(self.name))
        try:
            parser = ElementTree.XMLParser(target=_Builder(), encoding="utf-8")  # noqa: S314 — no document type, so no entity
            parser.feed(data)
            root: Element = parser.close()
        except _TooMuchError:
            words = f"{self.name} 里的内容多得不像一份稿子（一个部分超过 {MOST_ELEMENTS // 10_000} 万个元素，或套了 {DEEPEST} 层）"
            raise PackageError(f"{words}；请把内容粘贴到新的文件里再交") from None
        except (ElementTree.ParseError, ValueError):
            raise PackageError(_damaged(self.name)) from None
        return root


def open_package(data: bytes, name: str) -> Package:
    """The parts of an Office file; `name` is what it is called in messages, and its ending is what it should be. Raises PackageError."""
    if len(data) > LARGEST_PACKAGE:
        raise PackageError(f"{name} 超过 {LARGEST_PACKAGE // 1_000_000} MB；请压缩里面的图片，另存一份")
    _known_format(data, name)
    if data.count(_ENTRY) > MOST_PARTS:
        raise PackageError(_too_large(name))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _named_soundly(infos, name)
            parts = {info.filename: _unpacked(archive, info, name) for info in infos}
    except PackageError:
        raise
    except _DAMAGED:
        raise PackageError(_damaged(name)) from None
    if _CONTENT_TYPES not in parts:
        raise PackageError(f"{name} 是压缩包，不是 {_wanted(name)} 文件；{_anew(name)}")
    return Package(name, parts)


def _known_format(data: bytes, name: str) -> None:
    """Refuse what is no zip, each kind with what to do about it."""
    start = data[:512].lstrip().lower()
    if data.startswith(b"PK"):
        return
    if not data:
        raise PackageError(f"{name} 是空的；请看看是不是交错了文件")
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise PackageError(f"{name} 加了密码，打不开；请去掉密码，另存一份再交")
    for magic, words in (
        (_OLE, f"旧格式（{_OLD[_wanted(name)]} 一类）"),
        (b"{\\rtf", " RTF 格式"),
        (b"%pdf", " PDF"),
        (b"<", "网页或 XML 格式"),
        (b"mime-version", "网页格式"),
    ):
        if start.startswith(magic):
            raise PackageError(f"{name} 是{words}，读不了；{_anew(name)}")
    raise PackageError(f"{name} 不是 {_wanted(name)} 文件；{_anew(name)}")


def _named_soundly(infos: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse by the directory alone, before anything is unpacked."""
    sizes = sum(info.file_size for info in infos)
    names = [info.filename for info in infos]
    if len(names) > MOST_PARTS or sizes > LARGEST_UNPACKED:
        raise PackageError(_too_large(name))
    if any(_MACROS.search(part) for part in names):
        raise PackageError(f"{name} 里有宏，没有读；{_anew(name)}（不要选“启用宏”的格式）")
    if len({part.casefold() for part in names}) < len(names) or any(map(_OUTSIDE.search, names)):
        raise PackageError(_strange(name))
    if any(info.flag_bits & _ENCRYPTED_FLAG for info in infos):
        raise PackageError(f"{name} 加了密码，打不开；请去掉密码，另存一份再交")
    if any(info.compress_type not in _PACKINGS for info in infos):
        raise PackageError(_strange(name))


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """A part, read no further than it says it is long: a directory that lies about a size does not fill the memory."""
    is_xml = info.filename.casefold().endswith((".xml", ".rels"))
    if is_xml and info.file_size > LARGEST_XML:
        raise PackageError(_too_large(name))
    with archive.open(info) as file:
        data = file.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise PackageError(_damaged(name))
    if is_xml and _STRANGE.search(data):
        raise PackageError(_strange(name))
    return data


def _wanted(name: str) -> str:
    return ".xlsx" if name.lower().endswith(".xlsx") else ".docx"


def _anew(name: str) -> str:
    if _wanted(name) == ".xlsx":
        return "请用 WPS 或 Excel 打开，另存为 .xlsx 再交"
    return "请用 WPS 或 Word 打开，点“文件 → 另存为”，类型选“Word 文档（*.docx）”，再交新存的那一份"


def _too_large(name: str) -> str:
    return (
        f"{name} 展开后太大，或者装的东西太多（上限 {LARGEST_UNPACKED // 1_000_000} MB、{MOST_PARTS} 个部分），没有读；"
        "请把内容粘贴到新的文件里再交"
    )


def _damaged(name: str) -> str:
    return f"{name} 打不开，可能没有传完，或者损坏了；{_anew(name)}"


def _strange(name: str) -> str:
    return f"{name} 里有 WPS、Word、Excel 都不会写的内容，没有读；请把内容粘贴到新的文件里再交"


class _TooMuchError(Exception):
    """More elements, or deeper ones, than any draft has."""


class _Builder(ElementTree.TreeBuilder):
    """A tree with short names, within bounds."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0
        self._short: dict[str, str] = {}

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """An element begins."""
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST or self._count > MOST_ELEMENTS:
            raise _TooMuchError
        return super().start(self._name(tag), {self._name(key): value for key, value in attrs.items()})

    def end(self, tag: str, /) -> Element:
        """An element ends."""
        self._depth -= 1
        return super().end(self._name(tag))

    def _name(self, tag: str) -> str:
        if tag not in self._short:
            space, brace, local = tag.rpartition("}")
            self._short[tag] = f"{_PREFIXES.get(space[1:], '?')}.{local}" if brace else tag
        return self._short[tag]
