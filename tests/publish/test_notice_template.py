"""The template of the notice: its measures in the file itself, and a language in which nothing can be called."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from zhibao.model.period import Period
from zhibao.publish.document import BODY, HEAD, KAI, SONG, TITLE
from zhibao.publish.notice_document import BadTemplateError, notice_document, placeholders
from zhibao.publish.notice_table import COLUMNS
from zhibao.publish.notice_template import notice_template
from zhibao.publish.notice_text import NoticeText, Told, UseRow

Q3 = Period.parse("2026-Q3")


def text(**changed: Any) -> NoticeText:
    """A notice of few words."""
    row = dict.fromkeys(COLUMNS, "1") | {"单位": "大坝镇", "完成率": "66.7%", "约稿": "—"}
    values: dict[str, Any] = {
        "draft": "",
        "sender": "试验县委办公室",
        "number": "试办通报〔2026〕5号",
        "title": "试验县委办公室\n关于2026年第三季度信息报送情况的通报",
        "to": "各单位：",
        "opening": "开头。",
        "overall": "总体。",
        "groups": (
            Told("（一）", "乡镇。", "两个单位。", (row, row)),
            Told("（二）", "合计。", "单列。", (row,)),
        ),
        "notes": "注：无。",
        "zero": ("没有零报送单位。", "没有零采用单位。"),
        "commissions": ("没有到期的约稿。",),
        "above": "被上级采用一条次。",
        "uses": (UseRow("7月20日", "大坝镇", "水井账", "州委信息 第31期（单条）"),),
        "instructions": "批示一次。",
        "urgent": "没有紧急信息。",
        "problems": (Told("（一）", "任务完成。", "都完成了。"),),
        "next_quarter": "第四季度报送要点",
        "calls": (Told("（一）", "山区饮水。", "州级。"),),
        "annex": "附件：明细",
        "day": "2026年10月8日",
        "copies": "抄送：州委办公室。",
        "hidden": frozenset(),
    }
    return NoticeText(**(values | changed))


def filled(template: bytes | None = None, **changed: Any) -> docx.document.Document:
    return docx.Document(io.BytesIO(notice_document(text(**changed), Q3, template or notice_template())))


def with_lines(*lines: str) -> bytes:
    """The template with some more paragraphs."""
    document = docx.Document(io.BytesIO(notice_template()))
    for line in lines:
        document.add_paragraph(line)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


@pytest.fixture(scope="module")
def document() -> docx.document.Document:
    return filled()


def paragraph(document: docx.document.Document, words: str) -> Paragraph:
    return next(one for one in document.paragraphs if words in one.text)


def fonts(one: Paragraph) -> list[tuple[str, float]]:
    """The font for Chinese and the size in points of every run."""
    found = []
    for run in one.runs:
        named = run._element.rPr.rFonts
        assert named.get(qn("w:ascii")) == named.get(qn("w:eastAsia"))
        found.append((named.get(qn("w:eastAsia")), run.font.size.pt))
    return found


# measures


def test_the_page_is_that_of_the_standard(document: docx.document.Document) -> None:
    section = document.sections[0]
    assert (round(section.page_width.mm, 1), round(section.page_height.mm, 1)) == (210, 297)
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    width = section.page_width - section.left_margin - section.right_margin
    height = section.page_height - section.top_margin - section.bottom_margin
    assert (round(width / Mm(1)), round(height / Mm(1))) == (156, 225)
    # 22 lines of the body and no more; 28 characters of 16 points, set closer by a quarter of a point
    pitch = paragraph(document, "总体。").paragraph_format.line_spacing
    assert int(height / pitch) == 22
    spacing = document.styles["Normal"].element.rPr.find(qn("w:spacing"))
    character = Pt(16) + Pt(int(spacing.get(qn("w:val"))) / 20)
    assert int(width / character) == 28


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("〔2026〕5号", [(BODY, 16)]),
        ("关于2026年第三季度", [(TITLE, 22)]),
        ("各单位：", [(BODY, 16)]),
        ("一、总体情况", [(HEAD, 16)]),
        ("总体。", [(BODY, 16)]),
        ("（一）乡镇。", [(KAI, 16), (BODY, 16)]),
        ("（一）任务完成。", [(KAI, 16), (BODY, 16)]),
        ("八、第四季度报送要点", [(HEAD, 16)]),
        ("2026年10月8日", [(BODY, 16)]),
        ("抄送：", [(BODY, 14)]),
    ],
)
def test_each_part_has_its_font_and_size(
    document: docx.document.Document, words: str, wanted: list[tuple[str, float]]
) -> None:
    assert fonts(paragraph(document, words)) == wanted


def test_paragraphs_have_the_pitch_and_the_indent_of_the_standard(document: docx.document.Document) -> None:
    for words in ("总体。", "一、总体情况", "（一）乡镇。", "没有到期的约稿。", "（一）山区饮水。"):
        form = paragraph(document, words).paragraph_format
        assert form.line_spacing_rule == WD_LINE_SPACING.EXACTLY, words
        assert 28 <= form.line_spacing.pt <= 29
        assert form.first_line_indent == Pt(32)
        assert (form.space_before, form.left_indent) == (0, None)
    assert paragraph(document, "各单位：").paragraph_format.first_line_indent is None


def test_the_headings_of_the_first_level_are_the_outline(document: docx.document.Document) -> None:
    outline = [
        one.text
        for one in document.paragraphs
        if one._p.pPr is not None and one._p.pPr.find(qn("w:outlineLvl")) is not None
    ]
    assert outline == [
        "一、总体情况",
        "二、各单位完成情况",
        "三、零报送和零采用",
        "四、约稿",
        "五、上级采用和领导批示",
        "六、紧急信息",
        "七、存在的问题和要求",
        "八、第四季度报送要点",
    ]


def test_page_numbers_are_right_on_odd_pages_and_left_on_even_ones(document: docx.document.Document) -> None:
    section = document.sections[0]
    for footer, side, indent in (
        (section.footer, "right", "right_indent"),
        (section.even_page_footer, "left", "left_indent"),
    ):
        one = footer.paragraphs[0]
        assert one._p.pPr.jc.val.name.lower() == side
        assert getattr(one.paragraph_format, indent) == Pt(14)  # one character of 4号
        assert {*fonts(one)} == {(SONG, 14)}
        assert one.text == "— 1 —"
        assert "PAGE" in one._p.xml
    assert document.settings.odd_and_even_pages_header_footer


def test_the_tables_fill_the_width_and_repeat_their_heads(document: docx.document.Document) -> None:
    assert [len(table.rows) for table in document.tables] == [3, 2, 2]
    for table in document.tables:
        widths = [column.width.mm for column in table.columns]
        assert sum(widths) == pytest.approx(156, abs=0.5)
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in document.tables[0].rows[1].cells][:4] == ["大坝镇", "1", "1", "66.7%"]


def test_elements_stand_in_the_order_that_word_asks_for() -> None:
    """Word refuses, or silently drops, what stands in another order than that of the schema."""
    root = filled().element
    orders = {
        "rPr": ("rFonts", "color", "spacing", "sz"),
        "tblPr": ("tblStyle", "tblW", "jc", "tblLayout", "tblCellMar", "tblLook"),
        "pPr": ("keepNext", "pBdr", "tabs", "spacing", "ind", "jc", "outlineLvl"),
    }
    styles = filled().styles.element
    for tag, order in orders.items():
        for element in (*root.iter(qn(f"w:{tag}")), *styles.iter(qn(f"w:{tag}"))):
            places = [
                order.index(name) for child in element if (name := child.tag.rpartition("}")[2]) in order
            ]
            assert places == sorted(places), element.xml


def test_a_draft_is_one_on_odd_and_even_pages() -> None:
    section = filled(draft="草稿（未封存）").sections[0]
    assert [header.paragraphs[0].text for header in (section.header, section.even_page_header)] == [
        "草稿（未封存）"
    ] * 2


def test_what_is_empty_leaves_no_line_behind() -> None:
    whole, bare = filled(), filled(uses=(), instructions="", annex="", copies="")
    assert len(whole.tables) - len(bare.tables) == 1
    gone = {one.text for one in whole.paragraphs} - {one.text for one in bare.paragraphs}
    assert gone == {"批示一次。", "附件：明细", "抄送：州委办公室。"}
    assert not [
        one.text for one in (*whole.paragraphs, *bare.paragraphs) if "{" in one.text or "%" in one.text
    ]


def test_hidden_columns_are_not_there() -> None:
    table = filled(hidden=frozenset({"批示", "得分", "名次"})).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == [*list(COLUMNS)[:8], "约稿"]
    assert [cell.text for cell in table.rows[1].cells] == [
        "大坝镇",
        "1",
        "1",
        "66.7%",
        "1",
        "1",
        "1",
        "1",
        "—",
    ]
    assert sum(column.width.mm for column in table.columns) == pytest.approx(156, abs=0.5)


def test_the_same_words_and_the_template_itself_are_the_same_bytes() -> None:
    assert notice_template() == notice_template()
    assert notice_document(text(), Q3, notice_template()) == notice_document(text(), Q3, notice_template())
    properties = filled().core_properties
    assert (properties.title, properties.author) == (
        "试验县委办公室关于2026年第三季度信息报送情况的通报",
        "试验县委办公室",
    )
    assert (properties.created.date(), properties.modified.date()) == (date(2026, 10, 1), date(2026, 10, 1))


def test_the_page_on_templates_names_every_placeholder_and_no_other() -> None:
    page = (Path(__file__).parents[2] / "docs/notice.md").read_text("utf-8")
    known = placeholders(text())
    assert re.findall(r"^\| `(.+?)` \|", page, re.M) == list(known)
    fields = {
        "各类别": [*known["各类别"][0]],
        "采用表": [*known["采用表"][0]],
        "问题": [*known["问题"][0]],
        "要点": [*known["要点"][0]],
    }
    for name, inner in fields.items():
        row = next(line for line in page.splitlines() if line.startswith(f"| `{name}` |"))
        assert re.findall(r"`(.+?)`", row)[1:] == inner
    columns = next(line for line in page.splitlines() if line.startswith("`各类别` 的 `行`"))
    assert re.findall(r"`(.+?)`", columns)[2:] == list(COLUMNS)


# what is hostile


HOSTILE = "</w:t><w:br/>{{ 7 * 7 }}{% if 1 %}<script>&amp;\x07\x00\ud800"


def test_words_of_the_county_are_words_and_no_more() -> None:
    made = filled(
        opening=HOSTILE, groups=(Told("（一）", HOSTILE, "好", (dict.fromkeys(COLUMNS, HOSTILE),)),)
    )
    shown = paragraph(made, "</w:t>").text
    assert "{{ 7 * 7 }}{% if 1 %}<script>&amp;" in shown
    assert "49" not in shown
    assert "<script>" in made.tables[0].rows[1].cells[0].text


@pytest.mark.parametrize(
    "line",
    [
        "{{ 标题.__class__ }}",
        "{{ 标题.__class__.__mro__[1].__subclasses__() }}",
        "{{ 标题.format(1) }}",
        "{{ 标题.upper() }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ self._TemplateReference__context }}",
        "{% for 个 in range(999999999) %}x{% endfor %}",
        "{{ '好' * 999999999 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ 标题 | attr('__class__') }}",
        "{{ 各类别 | map(attribute='名称') | list }}",
        "{% set 甲 = 标题 %}{{ 甲 }}",
        "{% macro 甲() %}x{% endmacro %}{{ 甲() }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% for 甲 in 各类别 %}{% for 乙 in 各类别 %}{% for 丙 in 各类别 %}{% for 丁 in 各类别 %}x{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
        "{{ 没有这个 }}",
        "{{ 标题.没有这个 }}",
    ],
)
def test_nothing_in_a_template_can_be_called_or_reached(line: str) -> None:
    with pytest.raises(BadTemplateError) as refused:
        filled(with_lines(line))
    assert str(refused.value).startswith("registry/templates/notice.docx：")
    assert "docs/notice.md" in str(refused.value)


def test_what_a_template_may_say_is_said() -> None:
    lines = (
        "{% if 草稿 or 抄送 and not 附件 == '没有' %}有{% else %}没有{% endif %}",
        "{% for 类 in 各类别 %}{{ 类.名称 }}{{ 类['说明'] }}{% endfor %}",
    )
    assert [one.text for one in filled(with_lines(*lines)).paragraphs[-2:]] == [
        "有",
        "乡镇。两个单位。合计。单列。",
    ]


def test_a_template_that_wps_saved_in_pieces_is_filled_all_the_same() -> None:
    document = docx.Document(io.BytesIO(notice_template()))
    pieces = document.add_paragraph()
    for piece in ("{", "{ 成文", "日期", " }", "}"):
        pieces.add_run(piece).bold = piece == "日期"
    data = io.BytesIO()
    document.save(data)
    assert filled(data.getvalue()).paragraphs[-1].text == "2026年10月8日"


def test_a_column_that_an_office_renamed_stays_but_shows_nothing_that_is_hidden() -> None:
    document = docx.Document(io.BytesIO(notice_template()))
    table: Table = document.tables[0]
    table.rows[0].cells[10].text = "总分"
    data = io.BytesIO()
    document.save(data)
    made = filled(data.getvalue(), hidden=frozenset({"得分", "名次"})).tables[0]
    assert [[cell.text for cell in row.cells][-2:] for row in made.rows[:2]] == [["约稿", "总分"], ["—", "—"]]
    shown = filled(data.getvalue(), hidden=frozenset({"名次"})).tables[0]
    assert [cell.text for cell in shown.rows[1].cells][-2:] == ["—", "1"]


def test_the_package_names_no_other_place() -> None:
    with zipfile.ZipFile(io.BytesIO(notice_document(text(), Q3, notice_template()))) as archive:
        assert not [name for name in archive.namelist() if b"External" in archive.read(name)]
