"""Word documents for the tests: the XML that Word, WPS and LibreOffice write, around the lines that a test is about."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:r="{OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData"'
)
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="1"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/><w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="3"><w:name w:val="heading 2"/><w:basedOn w:val="2"/></w:style>
<w:style w:type="paragraph" w:styleId="4"><w:name w:val="Title"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="5"><w:name w:val="我的小标题"/><w:basedOn w:val="3"/></w:style>
"""
"""As WPS names styles: ids are numbers, the names are what counts."""


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """One paragraph of one run."""
    look = f"<w:rPr>{run}</w:rPr>" if run else ""
    form = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p>{form}<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def relation(id_: str, kind: str, target: str, *, outside: bool = False) -> str:
    """One relation of the text."""
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def parts(body: str, relations: str = "", *, main: str = MAIN, **others: str) -> dict[str, bytes]:
    """The parts of a document by name; `others` are the insides of styles, numbering, footnotes, endnotes, comments and header."""
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes"}
    roots |= {"comments": "comments", "header": "hdr", "settings": "settings"}
    rels = relations + "".join(relation(f"own{name}", name, f"{name}.xml") for name in others)
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relation("r1", "officeDocument", "word/document.xml")}</Relationships>',
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{rels}</Relationships>',
    } | {
        f"word/{name}.xml": f"<w:{roots[name]} {SPACES}>{text}</w:{roots[name]}>"
        for name, text in others.items()
    }
    return {
        name: f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()
        for name, text in texts.items()
    }


def packed(found: Mapping[str, bytes]) -> bytes:
    """The file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            archive.writestr(name, data)
    return file.getvalue()


def word(body: str, relations: str = "", media: Mapping[str, bytes] | None = None, **others: str) -> bytes:
    """A document; `media` are pictures by their name below word/media/."""
    found = parts(body, relations, **others)
    return packed(found | {f"word/media/{name}": data for name, data in (media or {}).items()})


def png(red: int = 0xC0, *more: tuple[bytes, bytes]) -> bytes:
    """A small picture of one colour; `more` chunks stand before its data."""
    lines = (b"\0" + bytes((red, 0x20, 0x20)) * 8) * 8
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
        + b"".join(_chunk(*one) for one in more)
        + _chunk(b"IDAT", zlib.compress(lines))
        + _chunk(b"IEND", b"")
    )


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    """The frame of a JPEG: its start, these segments (kind and inside), a scan with a stuffed byte and a restart, its end."""
    head = b"".join(
        b"\xff" + bytes((kind,)) + struct.pack(">H", len(inside) + 2) + inside for kind, inside in segments
    )
    return b"\xff\xd8" + head + b"\xff\xda\x00\x04\x01\x00" + b"pixels\xff\x00\xff\xd0more" + b"\xff\xd9"


def exif(turn: int, order: str = ">") -> bytes:
    """What a telephone writes: how it was held, and where."""
    entries = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turn, 0) + struct.pack(
        f"{order}HHII", 0x8825, 4, 1, 38
    )
    mark = b"MM\0*" if order == ">" else b"II*\0"
    return b"Exif\0\0" + mark + struct.pack(f"{order}IH", 8, 2) + entries + bytes(4) + b"31.2N 109.7E"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
