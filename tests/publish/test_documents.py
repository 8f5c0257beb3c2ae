"""Documents: measures, fonts and numbers read back from the files; bodies as blocks; nothing breaks on a hostile text."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bases import put
from publish.sites import HOSTILE, ISSUE, hostile_item, prepared
from zhibao.publish.blocks import Block, Sort, blocks
from zhibao.publish.bulletin_document import bulletin_document
from zhibao.publish.document import BODY, HEAD, TITLE
from zhibao.publish.issues import laid_out
from zhibao.repo.county_files import read_county

DAY = date(2026, 8, 7)


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> docx.document.Document:
    root = prepared(tmp_path_factory.mktemp("document"))
    hostile = hostile_item()[0].rsplit("/", 1)[-1].removesuffix(".md")
    put(root, "registry/bulletins/2026-001.yml", ISSUE.replace("editor", f"  - {hostile}\neditor"))
    return docx.Document(io.BytesIO(made(root)))


def made(root: Path) -> bytes:
    county = read_county(root).county
    issue = county.registry.issues[0]
    return bulletin_document(laid_out(issue, county.item, signed=True), county.registry, DAY)


def fonts(document: docx.document.Document, words: str) -> set[tuple[str, float]]:
    """The fonts and sizes of the paragraph with these words."""
    found = next(one for one in document.paragraphs if one.text.startswith(words))
    return {(run._element.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt) for run in found.runs}


def test_the_page_has_the_measures_of_the_standard(document: docx.document.Document) -> None:
    section = document.sections[0]
    measures = (
        (section.page_width, 210),
        (section.page_height, 297),
        (section.top_margin, 37),
        (section.left_margin, 28),
        (section.page_width - section.left_margin - section.right_margin, 156),
        (section.page_height - section.top_margin - section.bottom_margin, 225),
    )
    assert [round(length / Mm(1), 1) for length, _ in measures] == [wanted for _, wanted in measures]
    assert document.settings.odd_and_even_pages_header_footer
    assert section.footer.paragraphs[0].text.replace(" ", "").startswith("—")
    assert "PAGE" in section.even_page_footer.paragraphs[0]._p.xml


def test_head_title_and_body_have_their_fonts(document: docx.document.Document) -> None:
    assert fonts(document, "试") == {(TITLE, 48)}
    assert fonts(document, "期里的栏目") == {(HEAD, 16)}
    assert fonts(document, "公开信息的标题") == {(TITLE, 22)}
    assert fonts(document, "后山村的三座山塘") == {(BODY, 16)}
    body = next(one for one in document.paragraphs if one.text.startswith("后山村"))
    assert (body.paragraph_format.first_line_indent, body.paragraph_format.line_spacing) == (Pt(32), Pt(28))


def test_what_was_withdrawn_is_not_in_the_document_and_what_is_for_leaders_is(
    document: docx.document.Document,
) -> None:
    everything = "\n".join(one.text for one in document.paragraphs)
    assert "七步成诗" not in everything
    assert "八面来风" in everything
    assert "报：报送的去处千里之外" in everything


def test_a_hostile_item_is_words_and_no_more(document: docx.document.Document) -> None:
    everything = "\n".join(one.text for one in document.paragraphs)
    assert "<script>alert(0)</script>大坝镇&的标题" in everything
    assert "alert(1)" not in everything
    assert "javascript" not in document.element.xml
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["甲", "乙"],
        ["一", "二"],
    ]


def test_the_same_words_are_the_same_bytes(tmp_path: Path) -> None:
    root = prepared(tmp_path)
    assert made(root) == made(root)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("一行\n接着一行", [Block(Sort.PARAGRAPH, "一行接着一行")]),
        ("one\ntwo", [Block(Sort.PARAGRAPH, "one two")]),
        ("# 一、题\n\n段", [Block(Sort.HEADING, "一、题", level=1), Block(Sort.PARAGRAPH, "段")]),
        ("## 甲\n\n### 乙", [Block(Sort.HEADING, "甲", level=2), Block(Sort.HEADING, "乙", level=3)]),
        ("- 甲\n    - 乙\n- 丙", [Block(Sort.ENTRY, "—甲"), Block(Sort.ENTRY, "—乙", level=1), Block(Sort.ENTRY, "—丙")]),
        ("- 甲\n- 乙", [Block(Sort.ENTRY, "—甲"), Block(Sort.ENTRY, "—乙")]),
        ("3. 甲\n4. 乙", [Block(Sort.ENTRY, "3. 甲"), Block(Sort.ENTRY, "4. 乙")]),
        ("1. 甲\n\n    段\n\n2. 乙", [Block(Sort.ENTRY, "1. 甲"), Block(Sort.PARAGRAPH, "段"), Block(Sort.ENTRY, "2. 乙")]),
        ("> 引\n\n![图](assets/x.png)", [Block(Sort.PARAGRAPH, "引")]),
        ("甲 & <b>乙</b> **丙**", [Block(Sort.PARAGRAPH, "甲 & 乙 丙")]),
        ("", []),
        ("</li></ul></table><td>甲", [Block(Sort.PARAGRAPH, "甲")]),
    ],
)  # fmt: skip
def test_a_body_is_blocks(body: str, wanted: list[Block]) -> None:
    assert list(blocks(body)) == wanted


def test_pictures_are_blocks_only_where_they_are_known() -> None:
    text = "前![图](assets/x.png)后"
    assert list(blocks(text)) == [Block(Sort.PARAGRAPH, "前后")]
    assert list(blocks(text, ["assets/x.png"])) == [
        Block(Sort.PARAGRAPH, "前"),
        Block(Sort.PICTURE, "assets/x.png"),
        Block(Sort.PARAGRAPH, "后"),
    ]


@pytest.mark.parametrize(
    "body", [HOSTILE, "\x00\x0b\ufffe甲", "|甲|\n|-|\n|乙|丙|\n", "1. " * 60, "9999999999. 甲"]
)
def test_no_body_stops_a_document(tmp_path: Path, body: str) -> None:
    from zhibao.publish.body_document import write_body
    from zhibao.publish.document import as_bytes, paper

    made = paper("甲\x00\ud800", "乙", DAY)
    write_body(made, body)
    docx.Document(io.BytesIO(as_bytes(made)))
