"""Word documents that are none, or mean harm: each is refused in plain words that say what to do, none takes much time or memory."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from drafts.documents import MAIN, PACKAGE, STYLES, packed, paragraph, parts, relation, word
from zhibao.door.draft import read_draft
from zhibao.door.word import DraftError, read_word
from zhibao.repo.package import MOST_ELEMENTS, MOST_PARTS, PackageError, open_package

TEXT = paragraph("标题在此") + paragraph("正文。")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
ANEW = "请用 WPS 或 Word 打开，点“文件 → 另存为”，类型选“Word 文档（*.docx）”，再交新存的那一份"


def with_parts(**changed: bytes) -> bytes:
    """A sound document with parts added or replaced; `__` in a name stands for a slash, `_dot_` for a dot."""
    return packed(
        parts(TEXT) | {name.replace("__", "/").replace("_dot_", "."): data for name, data in changed.items()}
    )


def with_text(document: str) -> bytes:
    """A document whose whole text part is given."""
    return packed(parts("") | {"word/document.xml": document.encode()})


def begun(instruction: str) -> str:
    """A field that begins, and never ends."""
    kinds = ("<w:fldChar w:fldCharType='begin'/>", f"<w:instrText>{instruction}</w:instrText>")
    return f"<w:r>{''.join(kinds)}<w:fldChar w:fldCharType='separate'/></w:r>"


def honest_bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts(TEXT).items():
            archive.writestr(name, data)
        with archive.open("word/media/image1.png", "w", force_zip64=True) as part:
            for _ in range(70):
                part.write(bytes(1_000_000))
    return file.getvalue()


def lying_bomb() -> bytes:
    """Its directory says that a part is 10 bytes long; it unpacks to 50 MB."""
    data = with_parts(word__bomb_dot_bin=bytes(50_000_000))
    return data.replace(struct.pack("<L", 50_000_000), struct.pack("<L", 10))


def entities() -> bytes:
    lines = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 9))
    return with_text(f"<?xml version='1.0'?><!DOCTYPE d [<!ENTITY a0 'x'>{lines}]><d>&a8;</d>")


def outside_entity() -> bytes:
    return with_text(
        "<?xml version='1.0'?><!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><d>&a;</d>"
    )


def utf16() -> bytes:
    text = "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE d [<!ENTITY a 'x'>]><d>&a;</d>"
    return packed(parts("") | {"word/document.xml": text.encode("utf-16")})


def other_alphabet() -> bytes:
    """Its entities cannot be seen by who looks for ASCII."""
    text = b"<?xml version='1.0' encoding='cp037'?>" + "<!DOCTYPE d [<!ENTITY a 'x'>]><d>&a;</d>".encode(
        "cp037"
    )
    return packed(parts("") | {"word/document.xml": text})


def of_type(main: str) -> bytes:
    return packed(parts(TEXT, main=main))


def encrypted_zip() -> bytes:
    data = bytearray(word(TEXT))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def packed_otherwise() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        for name, data in parts(TEXT).items():
            archive.writestr(name, data)
    return file.getvalue()


def twice() -> bytes:
    return with_parts(word__Document_dot_xml=b"<x/>")


def spreadsheet() -> bytes:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


def nested_tags() -> bytes:
    return with_text(word_root("<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000))


def word_root(body: str) -> str:
    return parts(body)["word/document.xml"].decode()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (honest_bomb, "草稿.docx 展开后太大，或者装的东西太多（上限 60 MB、1000 个部分），没有读；请把内容粘贴到新的文件里再交"),
    "a bomb whose directory lies": (lying_bomb, f"草稿.docx 打不开，可能没有传完，或者损坏了；{ANEW}"),
    "thousands of parts": (
        lambda: with_parts(**{f"x{n}": b"" for n in range(MOST_PARTS)}),
        "草稿.docx 展开后太大，或者装的东西太多（上限 60 MB、1000 个部分），没有读；请把内容粘贴到新的文件里再交",
    ),
    "20 MB": (lambda: b"PK" + bytes(20_000_000), "草稿.docx 超过 20 MB；请压缩里面的图片，另存一份"),
    "entities": (entities, "草稿.docx 里有 WPS、Word、Excel 都不会写的内容，没有读；请把内容粘贴到新的文件里再交"),
    "an entity from outside": (outside_entity, "草稿.docx 里有 WPS、Word、Excel 都不会写的内容，没有读；请把内容粘贴到新的文件里再交"),
    "entities in UTF-16": (utf16, "草稿.docx 里有 WPS、Word、Excel 都不会写的内容，没有读；请把内容粘贴到新的文件里再交"),
    "entities in EBCDIC": (other_alphabet, "草稿.docx 里有 WPS、Word、Excel 都不会写的内容，没有读；请把内容粘贴到新的文件里再交"),
    "an encoding that is none": (
        lambda: with_text("<?xml version='1.0' encoding='x'?><d/>"),
        "草稿.docx 里有 WPS、Word、Excel 都不会写的内容，没有读；请把内容粘贴到新的文件里再交",
    ),
    "a name that climbs": (lambda: with_parts(**{"..__..__x": b""}), "草稿.docx 里有 WPS、Word、Excel 都不会写的内容，没有读；请把内容粘贴到新的文件里再交"),
    "an absolute name": (lambda: with_parts(__etc__x=b""), "草稿.docx 里有 WPS、Word、Excel 都不会写的内容，没有读；请把内容粘贴到新的文件里再交"),
    "a drive": (lambda: with_parts(**{"c:x": b""}), "草稿.docx 里有 WPS、Word、Excel 都不会写的内容，没有读；请把内容粘贴到新的文件里再交"),
    "a part twice": (twice, "草稿.docx 里有 WPS、Word、Excel 都不会写的内容，没有读；请把内容粘贴到新的文件里再交"),
    "another way of packing": (packed_otherwise, "草稿.docx 里有 WPS、Word、Excel 都不会写的内容，没有读；请把内容粘贴到新的文件里再交"),
    "tags 10,000 deep": (nested_tags, "草稿.docx 里的内容多得不像一份稿子（一个部分超过 20 万个元素，或套了 120 层）；请把内容粘贴到新的文件里再交"),
    "too many tags": (
        lambda: with_text(word_root("<w:p/>" * MOST_ELEMENTS)),
        "草稿.docx 里的内容多得不像一份稿子（一个部分超过 20 万个元素，或套了 120 层）；请把内容粘贴到新的文件里再交",
    ),
    "XML that is none": (lambda: with_text("<w:document"), f"草稿.docx 打不开，可能没有传完，或者损坏了；{ANEW}"),
    "half a file": (lambda: word(TEXT)[:700], f"草稿.docx 打不开，可能没有传完，或者损坏了；{ANEW}"),
    "nothing": (lambda: b"", "草稿.docx 是空的；请看看是不是交错了文件"),
    "a zip": (lambda: packed({"a.txt": b"a"}), f"草稿.docx 是压缩包，不是 .docx 文件；{ANEW}"),
    "macros by name": (lambda: with_parts(word__vbaProject_dot_bin=b"x"), f"草稿.docx 里有宏，没有读；{ANEW}（不要选“启用宏”的格式）"),
    "macros by type": (
        lambda: of_type("application/vnd.ms-word.document.macroEnabled.main+xml"),
        "草稿.docx 里有宏，没有读；请另存为“Word 文档（*.docx）”，不要选“启用宏”的格式",
    ),
    "a template": (lambda: of_type(MAIN.replace("document.main", "template.main")), "草稿.docx 其实是模板（.dotx）；请用 WPS 或 Word 打开，另存为“Word 文档（*.docx）”再交"),
    "another type": (lambda: of_type("text/plain"), "草稿.docx 不是 Word 文档；请用 WPS 或 Word 打开，另存为“Word 文档（*.docx）”再交"),
    "a spreadsheet": (spreadsheet, "草稿.docx 其实是 Excel 表格；请把文字写进 Word 文档再交"),
    "a template from elsewhere": (
        lambda: with_parts(word___rels__settings_dot_xml_dot_rels=rels("attachedTemplate", "https://t.example/x.dotm")),
        "草稿.docx 里有要从别处取的内容（远程模板、链接的对象一类），没有读；请把文字粘贴到新的文档里再交",
    ),
    "a template from a share": (
        lambda: with_parts(word___rels__settings_dot_xml_dot_rels=rels("attachedTemplate", r"file:\\t.example\x.dotm")),
        "草稿.docx 里有要从别处取的内容（远程模板、链接的对象一类），没有读；请把文字粘贴到新的文档里再交",
    ),
    "an object from elsewhere": (
        lambda: word(TEXT, relation("x", "oleObject", "http://t.example/x", outside=True)),
        "草稿.docx 里有要从别处取的内容（远程模板、链接的对象一类），没有读；请把文字粘贴到新的文档里再交",
    ),
    "a picture from elsewhere": (
        lambda: word(TEXT, relation("x", "image", "http://t.example/x.png", outside=True)),
        "草稿.docx 里有链接到别处的图片，没有读；请把图片存到电脑上，再插入文档，不要用“链接到文件”",
    ),
    "a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "草稿.docx 加了密码，打不开；请去掉密码，另存一份再交"),
    "a password of the zip": (encrypted_zip, "草稿.docx 加了密码，打不开；请去掉密码，另存一份再交"),
    "the old format": (lambda: OLE, f"草稿.docx 是旧格式（.doc、.wps 一类），读不了；{ANEW}"),
    "RTF": (lambda: b"{\\rtf1 x}", f"草稿.docx 是 RTF 格式，读不了；{ANEW}"),
    "PDF": (lambda: b"%PDF-1.7", f"草稿.docx 是 PDF，读不了；{ANEW}"),
    "a page": (lambda: b"<html>", f"草稿.docx 是网页或 XML 格式，读不了；{ANEW}"),
    "plain text": ("正文".encode, f"草稿.docx 不是 .docx 文件；{ANEW}"),
    "fields in fields": (
        lambda: word(TEXT + f"<w:p>{51 * begun('PAGE')}</w:p>"),
        "草稿.docx 里的域套了 50 层以上，没有读；请把文字粘贴到新的文件里再交",
    ),
    "no words": (lambda: word("<w:p/>"), "草稿.docx 里没有文字；请看看是不是都在文本框或图片里"),
    "a book": (lambda: word(paragraph("长" * 70_000)), "草稿.docx 的文字超过 200 KB，不像一条信息"),
    "no text part": (
        lambda: packed({name: data for name, data in parts(TEXT).items() if name != "word/document.xml"}),
        "草稿.docx 里没有正文；请用 WPS 或 Word 另存为 .docx 再交",
    ),
}  # fmt: skip


def rels(kind: str, target: str) -> bytes:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{relation("r", kind, target, outside=True)}</Relationships>'.encode()


@pytest.mark.parametrize("case", HOSTILE)
def test_it_is_refused_in_plain_words(case: str) -> None:
    make, words = HOSTILE[case]
    with pytest.raises(DraftError) as caught:
        read_word(make(), "草稿.docx")
    assert str(caught.value) == words


def test_a_lie_about_sizes_does_not_fill_the_memory() -> None:
    data = lying_bomb()
    tracemalloc.start()
    with pytest.raises(PackageError):
        open_package(data, "草稿.docx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize("target", ["Normal.dotm", "file:///C:\\Users\\wang\\Normal.dotm", "C:\\WPS\\Normal.dotm", "file:///Users/w/N.dotm"])  # fmt: skip
def test_a_note_of_the_writers_own_template_is_no_harm(target: str) -> None:
    data = with_parts(word___rels__settings_dot_xml_dot_rels=rels("attachedTemplate", target))
    assert read_word(data, "草稿.docx").draft.body == "正文。\n"


def test_a_file_within_the_file_stays_closed_and_is_said() -> None:
    inner = packed({"x": bytes(1000)})
    body = TEXT + "<w:p><w:r><w:object><o:OLEObject r:id='x'/></w:object></w:r></w:p><w:altChunk r:id='x'/>"
    found = read_word(
        packed(parts(body, relation("x", "package", "embeddings/a.zip")) | {"word/embeddings/a.zip": inner}),
        "a.docx",
    )
    assert found.draft.body == "正文。\n"
    assert found.warnings == ("有 2 个嵌入的对象、图表或文件，没有带入；要的请改成文字、表格或图片",)


def test_styles_numbers_and_spans_that_make_no_sense_are_survived() -> None:
    styles = STYLES + "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="x"/><w:basedOn w:val="{b}"/></w:style>'
        for a, b in ("xy", "yx")
    )
    level = '<w:lvl w:ilvl="{}"><w:start w:val="{}"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="%1%9、"/></w:lvl>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level.format(0, 999999)}{level.format(77, -5)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="9"/></w:num>'
    )
    listed = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>'
    body = (
        TEXT
        + paragraph("圈", '<w:pStyle w:val="x"/>')
        + "".join(
            paragraph("项", listed.format(*one))
            for one in ((0, 1), (77, 1), (0, 2), ("x", "y"), (99999999, 1))
        )
        + '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="999999"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr>'
        + f"{paragraph('甲')}</w:tc></w:tr><w:tr/></w:tbl>"
        + "<w:p><w:r><w:fldChar w:fldCharType='end'/><w:fldChar w:fldCharType='separate'/><w:instrText>x</w:instrText><w:t>末</w:t>"
        + "<w:drawing><a:blip r:embed='none'/></w:drawing><w:footnoteReference w:id='9'/></w:r><w:hyperlink r:id='none'/></w:p>"
    )
    found = read_word(word(body, styles=styles, numbering=numbering), "草稿.docx")
    assert found.draft.body == (
        "正文。\n\n圈\n\n999999、项\n\n项\n\n项\n\n项\n\n1000000、项\n\n| 甲 |\n|---|\n\n末\n"
    )


def test_a_name_is_shown_without_its_path_and_without_what_is_not_seen() -> None:
    for name in ("C:\\稿\\甲.docx", "../稿/甲.docx", "甲\u202e\n.docx"):
        with pytest.raises(DraftError) as caught:
            read_word(b"", name)
        assert "稿/" not in str(caught.value)
        assert "\u202e" not in str(caught.value)
        assert "\n" not in str(caught.value)


def test_what_was_opened_here_may_be_given_to_python_docx() -> None:
    file = io.BytesIO()
    docx.Document().save(file)
    assert "word/document.xml" in open_package(file.getvalue(), "a.docx").parts


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:r><w:ruby><w:rubyBase>", "</w:rubyBase></w:ruby></w:r>"),
    ],
)
def test_words_within_controls_within_controls_are_read_once(before: str, after: str) -> None:
    words = f"<w:p>{before * 30}<w:r><w:t>水通了。</w:t></w:r>{after * 30}</w:p>"
    assert read_word(word(paragraph("标题在此") + words), "草稿.docx").draft.body == "水通了。\n"


def test_a_note_that_is_named_a_thousand_times_is_written_once() -> None:
    note = f"<w:footnote w:id='2'>{paragraph('据统计局' * 20_000)}</w:footnote>"
    named = "<w:footnoteReference w:id='2'/>" * 1000
    text = f"<w:p><w:r><w:t>水通了</w:t>{named}</w:r></w:p>"
    tracemalloc.start()
    with pytest.raises(DraftError, match="超过 200 KB"):
        read_word(word(TEXT + text, relation("n", "footnotes", "footnotes.xml"), footnotes=note), "草稿.docx")
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_a_text_of_blank_lines_below_a_rule_is_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "草稿.txt"
    path.write_text("---" + " \n" * 90_000 + "水通了。", "utf-8")
    assert "水通了。" in read_draft(path).body
