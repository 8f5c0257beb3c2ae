"""A .docx that somebody sends: what it says is read, what it might do is not done."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from bases import put
from zhibao.repo.document_reading import DocumentError, read_document, read_template
from zhibao.repo.work_tree import WorkTree

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ENTITIES = '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


def packed(**parts: str | bytes) -> bytes:
    """A package of these parts; `word_document` stands for word/document.xml."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", ".").replace("_", "/") + ".xml", content)
    return data.getvalue()


def body(inner: str, before: str = "") -> str:
    return f"{before}<w:document {W}><w:body>{inner}</w:body></w:document>"


def cell(words: str, span: str = "") -> str:
    width = f'<w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>' if span else ""
    return f"<w:tc>{width}<w:p>{words}</w:p></w:tc>"


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def test_words_and_tables_are_read_as_they_stand(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("第一段")
    table = document.add_table(rows=2, cols=2)
    table.rows[0].cells[0].text, table.rows[1].cells[1].text = "单位", "12"
    document.sections[0].header.paragraphs[0].text = "页眉"
    path = tmp_path / "a.docx"
    document.save(path)
    read = read_document(path)
    assert read.lines == ("第一段", "页眉")
    assert read.tables == ((("单位", ""), ("", "12")),)


def test_what_was_struck_out_is_gone_what_was_put_in_is_there_and_a_wide_cell_counts_twice(
    tmp_path: Path,
) -> None:
    rows = (
        f"<w:tr>{cell(run('甲'))}{cell(run('宽'), '2')}{cell(run('丁'))}</w:tr>"
        f"<w:tr>{cell('<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins>' + run('新') + '</w:ins>')}"
        f"{cell(run('一') + '<w:r><w:br/></w:r>' + run('二'))}</w:tr>"
    )
    inner = f"<w:tbl><w:tr>{cell(run('内'))}</w:tr></w:tbl>"
    nested = f"<w:tbl>{rows}<w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    path = put(tmp_path, "a.docx", packed(word_document=body(nested)))
    assert read_document(path).tables == (
        (("甲", "宽", "", "丁"), ("新", "一 二"), ("内",)),
        (("内",),),
    )


def test_what_is_too_much_or_no_document_is_refused(tmp_path: Path) -> None:
    bomb = body("<w:p>" + " " * 60_000_000 + "</w:p>")
    rows = body("<w:tbl>" + f"<w:tr>{cell(run('一'))}</w:tr>" * 2_001 + "</w:tbl>")
    deep = body("<w:tbl><w:tr><w:tc>" * 2_000)
    for data, said in (
        (packed(word_document=bomb), "展开后太大"),
        (packed(word_document=rows), "一张表超过 2000 行"),
        (packed(word_document=deep), "套了 120 层"),
        (packed(word_document=body("", ENTITIES)), "都不会写的内容"),
        (packed(word_document=body("", ENTITIES).encode("utf-16")), "都不会写的内容"),
        (packed(xl_workbook="<a/>"), "不是 Word 的文件"),
        (packed(word_document="<a"), "打不开，可能没有传完"),
        (b"PK\x03\x04", "打不开，可能没有传完"),
        (b"", "是空的"),
        (b"PK" + b"x" * 20_000_000, "超过 20 MB"),
    ):
        path = put(tmp_path, "a.docx", data)
        with pytest.raises(DocumentError, match=said) as refused:
            read_document(path)
        assert str(refused.value).startswith("a.docx ")
    with pytest.raises(DocumentError, match=r"不是 \.docx"):
        read_document(tmp_path / "a.doc")
    with pytest.raises(DocumentError, match="打不开"):
        read_document(tmp_path / "b.docx")


def test_a_damaged_part_is_refused(tmp_path: Path) -> None:
    whole = packed(word_document=body(run("好" * 5_000)))
    for place in (40, 60, len(whole) - 30):
        path = put(tmp_path, "a.docx", whole[:place] + b"\xff\xfe\xfd" + whole[place + 3 :])
        with pytest.raises(DocumentError):
            read_document(path)


@pytest.mark.parametrize(
    ("relation", "refused"),
    [
        ('Type="http://x/image" TargetMode="External" Target="http://x.example/a.png"', True),
        ("Type='http://x/attachedTemplate' TargetMode = 'External' Target='file:///x.dotm'", True),
        ('Target="http://x.example/?a>b" TargetMode="External" Type="http://x/image"', True),
        ('Target="http://x.example/" TargetMode="&#69;xternal" Type="http://x/image"', True),
        ('Type="http://x/relationships/hyperlink" TargetMode="External" Target="http://x.example/"', False),
        ('Type="http://x/image" Target="media/a.png"', False),
    ],
)
def test_a_template_reaches_for_nothing_outside_itself(tmp_path: Path, relation: str, refused: bool) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body(""))
        archive.writestr(
            "word/_rels/document.xml.rels", f"<Relationships><Relationship {relation}/></Relationships>"
        )
    put(tmp_path, "t.docx", data.getvalue())
    tree = WorkTree(tmp_path)
    assert read_template(tree, "none.docx") is None
    if refused:
        with pytest.raises(DocumentError, match="从别处取来"):
            read_template(tree, "t.docx")
    else:
        assert read_template(tree, "t.docx") == data.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "[Content_Types].xml",
            '<Types><Override ContentType="application/vnd.ms-office.vbaProject"/></Types>',
        ),
        ("[Content_Types].xml", '<Types><Default Extension="bin" ContentType="x.oleObject"/></Types>'),
        (
            "word/header1.xml",
            f'<w:hdr {W}><w:instrText>INCLUDETEXT "http://x.example/"</w:instrText></w:hdr>',
        ),
        ("word/footer2.xml", f"<w:ftr {W}><w:instrText>DDEAUTO c</w:instrText></w:ftr>"),
    ],
)
def test_a_template_has_nothing_in_it_that_might_run(tmp_path: Path, name: str, content: str) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", body(""))
        archive.writestr(name, content)
        if name != "[Content_Types].xml":
            archive.writestr("[Content_Types].xml", "<Types/>")
    put(tmp_path, "t.docx", data.getvalue())
    with pytest.raises(DocumentError, match="里面有宏、嵌入的对象或从别处取内容的域"):
        read_template(WorkTree(tmp_path), "t.docx")
