"""`zhibao export`: the document that is signed, measured from the file itself, and read back as the same text."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bases import BASE, BASE_PATH, county_at, put
from cli.test_bad_input import run
from drafts.documents import png
from zhibao.door.word import read_word
from zhibao.publish.document import BODY, HEAD, KAI, TITLE
from zhibao.publish.edition import pictures_of
from zhibao.publish.item_document import item_document
from zhibao.repo.county_files import read_county

BODY_TEXT = """九个村曾长期靠天吃水，\\*号\\_和 &lt;b> 都是字，1\\. 也是。

![图1](assets/shan.png)

## 一、做法

1. 建泵房；
2. 铺管网。

说明如下：

- 各村
    - 后山村
- 各户

### （一）管水

| 村 | 户数 |
|---|---|
| 后山\\|前山 | 47 |

## 二、成效

户均存水 3 吨。
"""
MEDIA = "media: [assets/shan.png, assets/tang.png, assets/water.webp, assets/talk.mp3]\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    county = county_at(tmp_path_factory.mktemp("export"))
    front = BASE.split("---\n\n", 1)[0].replace("audience:", f"{MEDIA}audience:")
    put(county, BASE_PATH, f"{front}---\n\n{BODY_TEXT}")
    folder = BASE_PATH.rpartition("/")[0]
    for name, data in (("shan.png", png()), ("tang.png", png(0)), ("water.webp", b"RIFF1234WEBPVP8 ")):
        put(county, f"{folder}/assets/{name}", data)
    return county


def made(root: Path) -> bytes:
    county = read_county(root).county
    return item_document(county.items[0], county.registry, pictures_of(root, county.items[0]))


@pytest.fixture(scope="module")
def data(root: Path) -> bytes:
    return made(root)


@pytest.fixture(scope="module")
def document(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def look(document: docx.document.Document, words: str) -> tuple[str, float, str | None]:
    """The font, size and outline level of the paragraph that begins with these words."""
    found = next(one for one in document.paragraphs if one.text.startswith(words))
    outline = found._p.pPr.find(qn("w:outlineLvl"))
    run = found.runs[0]
    return (
        run._element.rPr.rFonts.get(qn("w:eastAsia")),
        run.font.size.pt,
        None if outline is None else outline.get(qn("w:val")),
    )


def test_every_line_of_the_document(document: docx.document.Document) -> None:
    assert [one.text for one in document.paragraphs if one.text] == [
        "大坝镇“一网三联”破解山区饮水难",
        "大坝镇\u3000王敏",
        "九个村曾长期靠天吃水，*号_和 <b> 都是字，1. 也是。",
        "一、做法",
        "1. 建泵房；",
        "2. 铺管网。",
        "说明如下：",
        "各村",
        "后山村",
        "各户",
        "（一）管水",
        "二、成效",
        "户均存水 3 吨。",
        "（附图 assets/water.webp，文档里放不了）",
        "附件：1．shan.png",
        "\u3000\u3000\u30002．tang.png",
        "\u3000\u3000\u30003．water.webp",
        "\u3000\u3000\u30004．talk.mp3",
    ]
    assert [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables] == [
        [["村", "户数"], ["后山|前山", "47"]],
        [
            ["报送单位", "大坝镇", "信息员", "王敏"],
            ["类型", "经验", "报送时间", "2026-10-12 09:31"],
            ["编号", "20261012-0931-daba", "谁能看", "本县各单位"],
            ["核签", "", "分管领导\n李强", ""],
        ],
    ]
    assert len(document.inline_shapes) == 2


def test_fonts_sizes_and_levels_are_those_of_the_standard(document: docx.document.Document) -> None:
    assert look(document, "大坝镇“一网三联”") == (TITLE, 22, None)
    assert look(document, "九个村") == (BODY, 16, None)
    assert look(document, "一、做法") == (HEAD, 16, "0")
    assert look(document, "（一）管水") == (KAI, 16, "1")
    body = next(one for one in document.paragraphs if one.text.startswith("九个村")).paragraph_format
    assert (body.first_line_indent, body.line_spacing) == (Pt(32), Pt(28))
    section = document.sections[0]
    assert round((section.page_width - section.left_margin - section.right_margin) / Mm(1)) == 156


def test_the_last_words_stand_on_the_page_that_is_signed(document: docx.document.Document) -> None:
    paragraphs = document.paragraphs
    last = [one.text for one in paragraphs].index("户均存水 3 吨。")
    assert all(one.paragraph_format.keep_with_next for one in paragraphs[last:])
    assert not paragraphs[2].paragraph_format.keep_with_next


def test_the_same_item_gives_the_same_bytes(root: Path, data: bytes) -> None:
    assert made(root) == data


def test_brought_back_as_a_draft_it_is_the_same_text_without_the_frame(data: bytes) -> None:
    found = read_word(data, "送签.docx")
    assert found.draft.title == "大坝镇“一网三联”破解山区饮水难"
    body = BODY_TEXT.replace("assets/shan.png", "assets/tu-1.png")
    assert found.draft.body == f"{body}\n![图2](assets/tu-2.png)\n".replace("1\\. 也是", "1. 也是")
    assert [one.data for one in found.pictures] == [png(), png(0)]
    assert found.warnings == ()


def test_the_command_writes_once_and_says_so(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "送签.docx"
    first = run(root, "export", "20261012-0931-daba", "--docx", str(target))
    assert (first.returncode, first.stdout) == (0, f"文件写好了：{target}\n")
    assert target.read_bytes() == made(root)
    assert run(root, "export", BASE_PATH, "--docx", str(target)).stdout == f"{target} 已经是这样了\n"
    target.write_bytes(b"mine")
    refused = run(root, "export", "20261012-0931-daba", "--docx", str(target))
    assert (refused.returncode, target.read_bytes()) == (2, b"mine")
    assert "已经有了，没有改动它" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["20260101-0101-daba"], "没有 20260101-0101-daba 这个文件"),
        (["registry/office.yml"], "registry/office.yml 不是一条读得懂的信息；先运行 zhibao check registry/office.yml"),
        (["20261012-0931-daba", "--docx", "送签.pdf"], "送签.pdf 的名字要以 .docx 结尾"),
        ([], "缺少"),
    ],
)  # fmt: skip
def test_what_cannot_be_exported_is_told(root: Path, arguments: list[str], words: str) -> None:
    done = run(root, "export", *arguments)
    assert done.returncode == 2
    assert words in done.stderr


def test_readers_and_supervisor_of_the_day(tmp_path: Path) -> None:
    county = county_at(tmp_path)
    put(county, BASE_PATH, BASE.replace("audience: network", "audience: leaders"))
    units = county / "registry/units.yml"
    later = "{from: 2025-01-01, value: {name: 李强, account: liqiang, emails: [liqiang@t.example]}}"
    assert later in units.read_text("utf-8")
    newer = (
        later.replace("2025-01-01", str(date(2026, 11, 1)))
        .replace("李强", "陈勇")
        .replace("liqiang", "chenyong")
    )
    units.write_text(units.read_text("utf-8").replace(later, f"{later}, {newer}"), "utf-8")
    cells = [
        cell.text for row in docx.Document(io.BytesIO(made(county))).tables[-1].rows for cell in row.cells
    ]
    assert "只给领导" in cells
    assert "分管领导\n李强" in cells
