"""The notice opened by LibreOffice and printed: the pages measured in the PDF. The fonts of the standard are seldom installed; what stands in is measured."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import NamedTuple

import pypdf
import pytest
from docx.shared import Mm

from publish.test_notice_template import Q3, text
from zhibao.publish.notice_document import notice_document
from zhibao.publish.notice_table import COLUMNS
from zhibao.publish.notice_template import notice_template
from zhibao.publish.notice_text import NoticeText, Told
from zhibao.repo.libre_office import as_pdf, program

pytestmark = pytest.mark.skipif(
    program() is None,
    reason="没有 LibreOffice：sudo apt-get install -y libreoffice-writer-nogui fonts-noto-cjk",
)

MM = Mm(1).pt
FOOT = 35 * MM
"""Page numbers stand below, the text above."""

SENTENCE = "一二三四五六七八九十" * 70
"""Words of Chinese alone, so that every line is full."""


class Piece(NamedTuple):
    """Some words, where they begin (points from the left and from the foot of the page), and their size."""

    words: str
    x: float
    y: float
    size: float


PAGE = Piece("", 28 * MM, (297 - 36) * MM, 0)
"""Where the text begins; the mark of a draft stands above."""


def long_notice() -> NoticeText:
    row = dict.fromkeys(COLUMNS, "10") | {"单位": "县人力资源和社会保障局", "完成率": "105.3%"}
    groups = (Told("（一）", "乡镇。", "报送。", (row,) * 40),)
    return text(opening=SENTENCE, groups=groups, draft="草稿（未封存）")


@pytest.fixture(scope="module")
def pdf() -> pypdf.PdfReader:
    """Converted once: it takes two seconds."""
    return pypdf.PdfReader(io.BytesIO(as_pdf(notice_document(long_notice(), Q3, notice_template()))))


def pieces(page: pypdf.PageObject) -> list[Piece]:
    found: list[Piece] = []

    def visit(words: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if words.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append(Piece(words.strip(), x, y, size * abs(tm[3] * cm[3])))

    page.extract_text(visitor_text=visit)
    return found


def lines(page: pypdf.PageObject) -> list[tuple[float, str]]:
    """The words of the body, 16 points high and below the head, line by line: the place from the foot, and the words."""
    found: dict[float, str] = {}
    for one in pieces(page):
        if round(one.size) == 16 and PAGE.y > one.y > FOOT:
            found[round(one.y, 1)] = found.get(round(one.y, 1), "") + one.words
    return sorted(found.items(), reverse=True)


def test_every_page_is_a4(pdf: pypdf.PdfReader) -> None:
    assert len(pdf.pages) >= 4
    for page in pdf.pages:
        box = page.mediabox
        assert (round(float(box.width) / MM), round(float(box.height) / MM)) == (210, 297)


def test_the_text_lies_within_its_area(pdf: pypdf.PdfReader) -> None:
    for page in pdf.pages:
        body = [one for one in pieces(page) if PAGE.y > one.y > FOOT]
        assert min(one.x for one in body) > PAGE.x - 0.6
        assert max(one.x for one in body) < 184 * MM
        assert max(one.y for one in body) < (297 - 37) * MM
        assert min(one.y for one in body) > 35 * MM


def test_a_page_has_22_lines_of_28_characters_28_to_29_points_apart(pdf: pypdf.PdfReader) -> None:
    second = lines(pdf.pages[1])
    full = [(y, words) for y, words in second if len(words) > 20]
    assert len(full) > 15
    assert {len(words) for _, words in full} == {28}
    steps = {round(above - below) for (above, _), (below, _) in pairwise(second)}
    assert steps == {29}
    room = 225 * MM / ((second[0][0] - second[-1][0]) / (len(second) - 1))
    assert int(room) == 22
    first = next(words for _, words in lines(pdf.pages[0]) if words.startswith("一二三"))
    assert len(first) == 26  # two characters in


def test_page_numbers_are_of_14_points_right_on_odd_pages_and_left_on_even_ones(pdf: pypdf.PdfReader) -> None:
    for number, page in enumerate(pdf.pages, 1):
        foot = [one for one in pieces(page) if one.y < FOOT]
        assert "".join(one.words for one in foot) == f"—{number}—"
        assert {round(one.size) for one in foot} == {14}
        if number % 2:
            end = 184 * MM - 14 - 14  # one character in, and the dash is one
            assert end - 8 < foot[-1].x < end + 1  # a space stands before the dash
        else:
            assert foot[0].x == pytest.approx(28 * MM + 14, abs=1)


def test_title_and_number_stand_in_the_middle_and_the_mark_of_a_draft_on_every_page(
    pdf: pypdf.PdfReader,
) -> None:
    title = [one for one in pieces(pdf.pages[0]) if round(one.size) == 22]
    assert title[0].words == "试验县委办公室"
    middle = (28 + 156 / 2) * MM
    assert title[0].x + 7 * 22 / 2 == pytest.approx(middle, abs=2)
    for page in pdf.pages:
        assert [one.words for one in pieces(page) if one.y > PAGE.y] == ["草稿（未封存）"]


def test_the_head_of_a_table_is_repeated_and_no_row_is_cut(pdf: pypdf.PdfReader) -> None:
    words = [[one.words for one in pieces(page)] for page in pdf.pages]
    of_rows = [page for page in words if "105.3%" in page]
    assert len(of_rows) > 1
    assert all("完成率" in page for page in of_rows)
    assert sum(page.count("105.3%") for page in words) == 40
    assert all(page.count("会保障局") == page.count("105.3%") for page in words)


def test_every_font_is_in_the_file(pdf: pypdf.PdfReader) -> None:
    """What is not in the file is another font at the reader's."""
    found = {
        str(font.get_object()["/BaseFont"])
        for page in pdf.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert found
    assert all("+" in name for name in found), found  # a part of the font, put into the file
