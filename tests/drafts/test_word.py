"""A Word document becomes Markdown: whole texts compared, from what python-docx, Word and WPS write."""

from __future__ import annotations

import io

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from hypothesis import given
from hypothesis import strategies as st

from drafts.documents import STYLES, jpeg, packed, paragraph, parts, png, relation, word
from zhibao.door.word import WordDraft, read_word
from zhibao.door.word.markdown import markdown
from zhibao.door.word.values import Block, Piece, Sort
from zhibao.publish.blocks import blocks

TITLE = paragraph("大坝镇建成三处山塘", '<w:pStyle w:val="4"/>')


def read(body: str, relations: str = "", **others: object) -> WordDraft:
    others.setdefault("styles", STYLES)
    return read_word(word(TITLE + body, relations, **others), "草稿.docx")  # type: ignore[arg-type]


def body_of(body: str, **others: str) -> str:
    return read(body, **others).draft.body


def test_an_ordinary_draft_made_with_a_word_processor() -> None:
    document = docx.Document()
    document.add_paragraph("大坝镇“一网三联”破解饮水难").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("\u3000\u3000九个村靠天吃水，户均存水不足 3 吨。")
    document.add_heading("一、做法", 1)
    for words in ("建泵房", "铺管网"):
        document.add_paragraph(words, style="List Number")
    document.add_paragraph("说明")
    document.add_paragraph("各村", style="List Bullet")
    document.add_paragraph("后山村", style="List Bullet 2")
    document.add_paragraph("各户", style="List Bullet")
    document.add_heading("（一）管水", 2)
    mixed = document.add_paragraph("由")
    mixed.add_run("水管").bold = True
    mixed.add_run("员").bold = True
    mixed.add_run("负责。").italic = True
    table = document.add_table(2, 2)
    for cell, words in zip(table._cells, ("村", "户数", "后山", "47"), strict=True):
        cell.text = words
    file = io.BytesIO()
    document.save(file)
    found = read_word(file.getvalue(), "草稿.docx")
    assert found.draft.title == "大坝镇“一网三联”破解饮水难"
    assert found.draft.body == (
        "九个村靠天吃水，户均存水不足 3 吨。\n\n"
        "## 一、做法\n\n"
        "1. 建泵房\n2. 铺管网\n\n"
        "说明\n\n"
        "- 各村\n    - 后山村\n- 各户\n\n"
        "### （一）管水\n\n"
        "由**水管员***负责。*\n\n"
        "| 村 | 户数 |\n|---|---|\n| 后山 | 47 |\n"
    )
    assert (found.warnings, found.pictures) == ((), ())


def test_headings_by_style_by_outline_and_typed_by_hand() -> None:
    body = (
        paragraph("一、样式", '<w:pStyle w:val="2"/>')
        + paragraph("自己的样式", '<w:pStyle w:val="5"/>')
        + paragraph("大纲", '<w:outlineLvl w:val="2"/>')
        + paragraph("二、手写的")
        + paragraph("（一）手写的二级")
        + paragraph("三、这是一句话，不是小标题。")
        + paragraph("正文级别", '<w:pStyle w:val="2"/><w:outlineLvl w:val="9"/>')
    )
    assert body_of(body) == (
        "## 一、样式\n\n### 自己的样式\n\n#### 大纲\n\n## 二、手写的\n\n### （一）手写的二级\n\n"
        "三、这是一句话，不是小标题。\n\n正文级别\n"
    )


def test_the_highest_heading_has_two_hashes_whatever_its_level_in_the_document() -> None:
    assert body_of(paragraph("背景", '<w:pStyle w:val="3"/>') + paragraph("文字。")) == "## 背景\n\n文字。\n"


@pytest.mark.parametrize(
    ("first", "title"),
    [
        (paragraph("短的第一行"), "短的第一行"),
        (paragraph("居中的，可以长一些：" + "长" * 50, '<w:jc w:val="center"/>'), "居中的，可以长一些：" + "长" * 50),
        (paragraph("第一行是一级标题", '<w:pStyle w:val="2"/>'), "第一行是一级标题"),
        ("<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:t>分成</w:t><w:br/><w:t>两行</w:t></w:r></w:p>", "分成两行"),
        ("<w:p><w:pPr><w:pStyle w:val='4'/></w:pPr><w:r><w:t>分成</w:t><w:br/><w:t>两行</w:t></w:r></w:p>", "分成两行"),
        (paragraph("题", '<w:jc w:val="center"/>') + paragraph("——副题", '<w:jc w:val="center"/>'), "题——副题"),
        (paragraph("这是一句话。"), ""),
        (paragraph("一、先说做法"), ""),
    ],
)  # fmt: skip
def test_which_first_line_is_the_title(first: str, title: str) -> None:
    found = read_word(word(first + paragraph("正文。"), styles=STYLES), "草稿.docx")
    assert found.draft.title == title
    assert found.draft.body.endswith("正文。\n")


NUMBERING = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{0}"/><w:lvlText w:val="{1}"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="{2}"/><w:lvlText w:val="{3}"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
"""


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


@pytest.mark.parametrize(
    ("formats", "wanted"),
    [
        (("decimal", "%1.", "decimal", "%2."), "1. 甲\n    1. 乙\n    2. 丙\n2. 丁\n"),
        (("japaneseCounting", "%1、", "chineseCounting", "（%2）"), "## 一、甲\n\n### （一）乙\n\n### （二）丙\n\n## 二、丁\n"),
        (("decimal", "%1、", "decimal", "%1.%2"), "1、甲\n\n1.1 乙\n\n1.2 丙\n\n2、丁\n"),
        (("decimal", "(%1)", "lowerLetter", "%2)"), "(1) 甲\n\na) 乙\n\nb) 丙\n\n(2) 丁\n"),
        (("upperRoman", "%1.", "decimalEnclosedCircleChinese", "%2"), "I. 甲\n\n①乙\n\n②丙\n\nII. 丁\n"),
        (("ideographTraditional", "%1、", "decimalZero", "%2"), "甲、甲\n\n01 乙\n\n02 丙\n\n乙、丁\n"),
        (("none", "", "bullet", "·"), "甲\n\n- 乙\n- 丙\n\n丁\n"),
    ],
)  # fmt: skip
def test_automatic_numbers_become_real_ones(formats: tuple[str, ...], wanted: str) -> None:
    body = numbered("甲") + numbered("乙", level=1) + numbered("丙", level=1) + numbered("丁")
    assert body_of(body, numbering=NUMBERING.format(*formats)) == wanted


def test_a_list_goes_on_after_a_paragraph_and_starts_anew_where_it_says_so() -> None:
    numbering = NUMBERING.format("decimal", "%1.", "decimal", "%2.")
    body = (
        numbered("甲")
        + numbered("乙")
        + paragraph("插话。")
        + numbered("丙")
        + numbered("点", 3)
        + numbered("又一", 2)
        + numbered("又二", 2)
    )
    assert (
        body_of(body, numbering=numbering) == "1. 甲\n2. 乙\n\n插话。\n\n3. 丙\n\n- 点\n\n1. 又一\n2. 又二\n"
    )
    assert body_of(numbered("甲") + numbered("又一", 2) + numbered("又二", 2), numbering=numbering) == (
        "1. 甲\n\n1\\. 又一\n\n2\\. 又二\n"
    )  # one list right after another would be counted on by Markdown


def test_numbers_typed_by_hand_stay_as_they_are() -> None:
    body = "".join(map(paragraph, ("1. 甲", "2. 乙", "5. 戊", "３．全角", "2026.10 年", "4.没有空格")))
    assert body_of(body) == "1. 甲\n2. 乙\n\n5\\. 戊\n\n３．全角\n\n2026.10 年\n\n4.没有空格\n"


def test_a_heading_has_its_automatic_number() -> None:
    numbering = NUMBERING.format("chineseCounting", "%1、", "decimal", "%2.")
    first = paragraph(
        "背景", '<w:pStyle w:val="2"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    )
    assert body_of(first + paragraph("文字。"), numbering=numbering) == "## 一、背景\n\n文字。\n"


def test_tracked_changes_are_read_as_if_accepted_and_said() -> None:
    body = (
        '<w:p><w:r><w:t>投资</w:t></w:r><w:del w:id="1"><w:r><w:delText>30</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>47</w:t></w:r></w:ins><w:r><w:t>万元，</w:t></w:r></w:p>'
        '<w:p><w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr><w:r><w:t>两段并成</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>一段。</w:t></w:r></w:p>"
        '<w:p><w:moveFrom w:id="4"><w:r><w:t>搬走的</w:t></w:r></w:moveFrom></w:p>'
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr>"
        '<w:tr><w:trPr><w:del w:id="5"/></w:trPr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>'
    )
    found = read(body)
    assert found.draft.body == "投资47万元，\n\n两段并成一段。\n\n| 甲 | 乙 |\n|---|---|\n"
    assert found.warnings == (
        "有 4 处修订：添上的字带入了，删去的没有带入；不该这样的，请先在 Word 里接受或拒绝修订，再重新来一次",
    )


def test_what_is_left_out_is_said_each_kind_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>正文</w:t></w:r><w:commentRangeStart w:id='0'/><w:r><w:commentReference w:id='0'/></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏着的</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>划掉的</w:t></w:r>"
        "<w:r><w:footnoteReference w:id='2'/></w:r><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:object><v:shape><v:imagedata r:id='x'/></v:shape><o:OLEObject/></w:object></w:r>"
        "<w:hyperlink r:id='bad'><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>"
    )
    found = read(
        body,
        relation("bad", "hyperlink", "javascript:alert(1)", outside=True),
        comments="<w:comment w:id='0'><w:p><w:r><w:t>批注</w:t></w:r></w:p></w:comment>",
        footnotes="<w:footnote w:type='separator' w:id='0'><w:p/></w:footnote><w:footnote w:id='2'><w:p><w:r><w:t>据统计局</w:t></w:r></w:p></w:footnote>",
        header=paragraph("大坝镇　内部"),
    )
    assert found.draft.body == "正文划掉的（注：据统计局）链接\n"
    assert found.warnings == (
        "有 1 条批注，没有带入",
        "有 1 处隐藏的文字，没有带入",
        "有 1 处文字划了删除线，照样带入了；不要的请删去",
        "有 1 个文本框，里面的字没有带入；要的请写进正文",
        "页眉、页脚里的字没有带入",
        "有 1 条脚注或尾注，写进了正文的括号里",
        "有 1 个嵌入的对象、图表或文件，没有带入；要的请改成文字、表格或图片",
        "有 1 个公式，没有带入；请改用文字写",
        "有 1 个链接不是网址，只留下了文字",
    )


def test_page_numbers_in_the_margin_are_nothing_to_speak_of() -> None:
    assert read(paragraph("正文。"), header=paragraph("— 1 —")).warnings == ()


def test_links_of_word_and_of_wps() -> None:
    field = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    body = (
        "<w:p><w:hyperlink r:id='a'><w:r><w:t>州里的</w:t></w:r><w:r><w:t>通知</w:t></w:r></w:hyperlink>"
        + field.format("begin")
        + '<w:r><w:instrText> HYPERLINK "mailto:a@t.example" </w:instrText></w:r>'
        + field.format("separate")
        + "<w:r><w:t>信箱</w:t></w:r>"
        + field.format("end")
        + "<w:hyperlink w:anchor='top'><w:r><w:t>文内</w:t></w:r></w:hyperlink></w:p>"
    )
    found = read(body, relation("a", "hyperlink", "https://t.example/a_(1)?b=1&amp;c=2", outside=True))
    assert (
        found.draft.body
        == "[州里的通知](https://t.example/a_%281%29?b=1&c=2)[信箱](mailto:a@t.example)文内\n"
    )
    assert found.warnings == ()


def test_merged_nested_and_boxed_tables() -> None:
    def cell(inside: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"

    down, across = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
    nested = f"<w:tbl><w:tr>{cell(paragraph('内一'))}{cell(paragraph('内二'))}</w:tr></w:tbl><w:p/>"
    body = (
        "<w:tbl>"
        f"<w:tr>{cell(paragraph('村'), down)}{cell(paragraph('户数'), across)}</w:tr>"
        f"<w:tr>{cell('<w:p/>', '<w:vMerge/>')}{cell(paragraph('去年'))}{cell(paragraph('今年') + paragraph('（户）'))}</w:tr>"
        f"<w:tr>{cell(paragraph('a|b'))}{cell(nested)}{cell(paragraph('47', run='<w:b/>'))}</w:tr>"
        "</w:tbl>"
        f"<w:tbl><w:tr>{cell(paragraph('框里的段落。'))}</w:tr></w:tbl>"
    )
    found = read(body)
    assert found.draft.body == (
        "| 村 | 户数 |  |\n|---|---|---|\n|  | 去年 | 今年 （户） |\n| a\\|b | 内一 内二 | **47** |\n\n框里的段落。\n"
    )
    assert found.warnings == (
        "表格里有 2 处合并的格子，拆开了，字只写在第一格；请看看表格还通不通",
        "有 1 个表格套在表格里，只留下了文字",
    )


def picture(id_: str) -> str:
    return f"<w:r><w:drawing><a:graphic><a:graphicData><a:blip r:embed='{id_}'/></a:graphicData></a:graphic></w:drawing></w:r>"


def test_pictures_come_along_by_their_bytes_and_each_once() -> None:
    media = {
        "image1.jpeg": png(),
        "image2.png": jpeg((0xE0, b"JFIF\0"), (0xDB, b"table")),
        "image3.emf": b"\x01\0\0\0".ljust(40, b"\0") + b" EMF",
        "image4.gif": b"GIF89a",
        "image5.png": png(0xC0, (b"prVt", bytes(5_000_000))),
        "image6.bin": b"what",
        "image7.png": png()[:60],
    }
    relations = "".join(relation(f"p{n}", "image", f"media/{name}") for n, name in enumerate(media, 1))
    body = (
        f"<w:p><w:r><w:t>山塘</w:t></w:r>{picture('p1')}<w:r><w:t>如图</w:t></w:r></w:p><w:p>{picture('p2')}</w:p><w:p>{picture('p1')}</w:p>"
        + "".join(f"<w:p>{picture(id_)}</w:p>" for id_ in ("p3", "p4", "p5", "p6", "p7"))
        + "<w:p><w:r><w:pict><v:shape><v:imagedata r:id='p2'/></v:shape></w:pict></w:r></w:p>"
    )
    found = read(body, relations, media=media)
    assert found.draft.body == (
        "山塘\n\n![图1](assets/tu-1.png)\n\n如图\n\n![图2](assets/tu-2.jpg)\n\n![图1](assets/tu-1.png)\n\n![图2](assets/tu-2.jpg)\n"
    )
    assert found.pictures == (("tu-1.png", media["image1.jpeg"]), ("tu-2.jpg", media["image2.png"]))
    assert found.warnings == (
        "第 3 张图片是 EMF，没有带入；请另存为 PNG 或 JPG，再插入文档",
        "第 4 张图片是 GIF，没有带入；请另存为 PNG 或 JPG，再插入文档",
        "第 5 张图片有 5.0 MB，上限 5 MB，没有带入；请在 Word 里选中它，点“压缩图片”",
        "第 6 张图片认不出是什么格式，没有带入；请另存为 PNG 或 JPG，再插入文档",
        "第 7 张图片坏了，没有带入；请重新插入这张图片，或另存为 PNG 再插入",
    )


def test_more_pictures_than_an_item_may_have() -> None:
    media = {f"{n}.png": png(n) for n in range(22)}
    relations = "".join(relation(f"p{n}", "image", f"media/{n}.png") for n in range(22))
    found = read("".join(f"<w:p>{picture(f'p{n}')}</w:p>" for n in range(22)), relations, media=media)
    assert len(found.pictures) == 20
    assert found.warnings[0] == "第 21 张图片没有带入，一条信息最多 20 张；请留下最说明问题的"


def test_small_things_of_writing() -> None:
    body = (
        "<w:p><w:r><w:tab/><w:t xml:space='preserve'>\u3000 面积 </w:t></w:r><w:r><w:t>20m</w:t></w:r>"
        "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r><w:r><w:t xml:space='preserve'>，姓\u3000名\u200b。</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>换行前</w:t><w:br/><w:t>换行后</w:t></w:r></w:p>"
        "<w:p><w:sdt><w:sdtContent><w:r><w:t>控件里的</w:t></w:r></w:sdtContent></w:sdt><w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>拼音</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>整段控件</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'> 粗 </w:t></w:r><w:r><w:rPr><w:b w:val='0'/></w:rPr><w:t>不粗</w:t></w:r></w:p>"
    )
    assert body_of(body) == (
        "面积 20m²，姓 名。\n\n换行前\n\n换行后\n\n控件里的拼音\n\n整段控件\n\n**粗** 不粗\n"
    )


def test_the_strict_dialect_of_the_standard_is_read_too() -> None:
    strict = parts(TITLE + paragraph("正文。"), styles=STYLES)
    old, new = b"http://schemas.openxmlformats.org/%s/2006/%s", b"http://purl.oclc.org/ooxml/%s/%s"
    swapped = {
        name: data.replace(
            old % (b"wordprocessingml", b"main"), new % (b"wordprocessingml", b"main")
        ).replace(old % (b"officeDocument", b"relationships"), new % (b"officeDocument", b"relationships"))
        for name, data in strict.items()
    }
    assert b"purl.oclc.org" in swapped["word/document.xml"]
    assert read_word(packed(swapped), "草稿.docx").draft.body == "正文。\n"


ACTIVE = "甲乙 *_`#>-+=~|[]()!\\<>&;:.1a2\"'/@{}$^"
WORDS = (
    st.text(alphabet=ACTIVE, min_size=1, max_size=14).map(lambda text: " ".join(text.split())).filter(bool)
)
LOOKS = st.tuples(WORDS, st.booleans(), st.booleans(), st.sampled_from(["", "https://t.example/x_y*z"]))


@given(st.lists(WORDS, min_size=2, max_size=4), st.sampled_from([Sort.PARAGRAPH, Sort.ENTRY, Sort.HEADING]))
def test_text_stays_text(words: list[str], sort: Sort) -> None:
    text = markdown(Block(sort, (Piece(one),), level=0 if sort is Sort.ENTRY else 1) for one in words)
    dash = "—" if sort is Sort.ENTRY else ""
    assert [block.text for block in blocks(text)] == [dash + one for one in words]


@given(st.lists(st.lists(WORDS, min_size=2, max_size=2), min_size=2, max_size=3))
def test_cells_stay_cells(rows: list[list[str]]) -> None:
    table = Block(Sort.TABLE, rows=tuple(tuple((Piece(cell),) for cell in row) for row in rows))
    assert [[list(row) for row in block.rows] for block in blocks(markdown([table]))] == [rows]


@given(st.lists(LOOKS, min_size=1, max_size=3))
def test_looks_and_links_leave_the_words_alone(pieces: list[tuple[str, bool, bool, str]]) -> None:
    text = markdown([Block(Sort.PARAGRAPH, tuple(Piece(*piece) for piece in pieces))])
    assert [block.text for block in blocks(text)] == ["".join(piece[0] for piece in pieces)]
