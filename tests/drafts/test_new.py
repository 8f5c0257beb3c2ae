"""`zhibao new --from` with a Word document, and a document written by another program."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from bases import county_at, put
from cli.test_bad_input import run
from drafts.documents import png, relation, word
from publish.sites import LONG, item, rendered, review
from zhibao.door.draft import DraftError
from zhibao.door.word import Picture, WordDraft, placed, read_word
from zhibao.door.word.values import Draft
from zhibao.model.identity import Identity
from zhibao.model.reading import length
from zhibao.repo.new_item import NewItemError, write_new

SOFFICE = shutil.which("soffice")
ID = Identity.parse("20261124-1300-daba")
PICTURE = "<w:p><w:r><w:drawing><a:blip r:embed='p'/></w:drawing></w:r></w:p>"
TEXT = (
    "<w:p><w:r><w:t>大坝镇建成三处山塘</w:t></w:r></w:p><w:p><w:r><w:t>三处山塘都蓄上了水。</w:t></w:r></w:p>"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return county_at(tmp_path)


def test_a_draft_that_is_not_there_is_told_in_chinese(root: Path) -> None:
    done = run(root, "new", "--unit", "daba", "--from", str(root / "草稿.docx"))
    assert done.returncode == 2
    assert done.stderr == f"zhibao：打不开 {root / '草稿.docx'}：没有这个文件或文件夹\n"


def test_a_word_document_becomes_an_item_with_its_pictures(root: Path) -> None:
    changed = "<w:p><w:ins><w:r><w:t>蓄水四万方。</w:t></w:r></w:ins></w:p>"
    put(
        root,
        "草稿.docx",
        word(TEXT + PICTURE + changed, relation("p", "image", "media/a.png"), {"a.png": png()}),
    )
    done = run(root, "new", "--unit", "daba", "--kind", "动态", "--from", str(root / "草稿.docx"))
    item, picture = (
        "submissions/2026/11/20261124-1300-daba.md",
        "submissions/2026/11/assets/20261124-1300-daba-1.png",
    )
    assert done.returncode == 0
    assert done.stdout == f"{item}\n"
    assert done.stderr == (
        "标题：大坝镇建成三处山塘\n"
        f"图片：{picture}\n"
        "提醒：有 1 处修订：添上的字带入了，删去的没有带入；不该这样的，请先在 Word 里接受或拒绝修订，再重新来一次\n"
        f"接下来：改好正文，运行 zhibao check {item}，再 zhibao submit {item}\n"
    )
    assert (root / item).read_text("utf-8") == (
        "---\ntitle: 大坝镇建成三处山塘\nunit: daba\nofficer: 王敏\nkind: 动态\nsubmitted: 2026-11-24 13:00\n"
        "media: [assets/20261124-1300-daba-1.png]\naudience: network\n---\n\n"
        "三处山塘都蓄上了水。\n\n![图1](assets/20261124-1300-daba-1.png)\n\n蓄水四万方。\n"
    )
    assert (root / picture).read_bytes() == png()
    found = json.loads(run(root, "check", item, "--format", "json").stdout)["findings"]
    assert [one for one in found if one["severity"] == "error"] == []


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("草稿.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "草稿.doc 是旧格式（.doc、.wps 一类），读不了；请用 WPS 或 Word 打开"),
        ("草稿.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "类型选“Word 文档（*.docx）”"),
        ("草稿.jpg", b"\xff\xd8\xff", "草稿.jpg 不是 .docx、.txt 或 .md；请在 WPS 或 Word 里另存为“Word 文档（*.docx）”"),
        ("草稿.docx", None, "打不开"),
    ],
)  # fmt: skip
def test_what_is_no_word_document_is_told_what_to_do(
    root: Path, name: str, data: bytes | None, words: str
) -> None:
    if data is not None:
        put(root, name, data)
    done = run(root, "new", "--unit", "daba", "--from", str(root / name))
    assert done.returncode == 2
    assert words in done.stderr
    assert not list((root / "submissions").rglob("*"))


def test_pictures_are_named_after_the_item_and_words_that_look_like_one_are_not() -> None:
    assert ID is not None
    body = "![图1](assets/tu-1.png)\n\n!\\[图1\\](assets/tu-1.png)\n\n![图2](assets/tu-2.jpg)\n"
    draft = WordDraft(Draft("题", body), (), (Picture("tu-1.png", b"1"), Picture("tu-2.jpg", b"2")))
    assert placed(draft, ID) == (
        "![图1](assets/20261124-1300-daba-1.png)\n\n!\\[图1\\](assets/tu-1.png)\n\n![图2](assets/20261124-1300-daba-2.jpg)\n",
        ("assets/20261124-1300-daba-1.png", "assets/20261124-1300-daba-2.jpg"),
        (
            ("submissions/2026/11/assets/20261124-1300-daba-1.png", b"1"),
            ("submissions/2026/11/assets/20261124-1300-daba-2.jpg", b"2"),
        ),
    )


def test_an_item_comes_with_all_its_pictures_or_not_at_all(root: Path) -> None:
    assert ID is not None
    files = [(f"submissions/2026/11/assets/{n}.png", b"x") for n in (1, 2)]
    put(root, files[1][0], b"another's")
    with pytest.raises(NewItemError, match=r"2\.png 已经有了，没有改动它"):
        write_new(root, ID, "text", files)
    assert [path.name for path in (root / "submissions").rglob("*") if path.is_file()] == ["2.png"]
    assert (root / files[1][0]).read_bytes() == b"another's"


@pytest.mark.skipif(
    SOFFICE is None, reason="没有 LibreOffice：sudo apt-get install -y libreoffice-writer-nogui"
)
def test_what_libre_office_writes_is_read_and_its_doc_is_refused(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("河口村修通机耕路", style="Title")
    document.add_paragraph("\u3000\u3000河口村修通三公里机耕路。")
    document.add_heading("一、做法", 1)
    for words, style in (
        ("先议", "List Number"),
        ("再修", "List Number"),
        ("石料", "List Bullet"),
        ("人工", "List Bullet"),
    ):
        document.add_paragraph(words, style=style)
    table = document.add_table(2, 2, style="Table Grid")
    for cell, words in zip(table._cells, ("组", "户数", "一组", "47"), strict=True):
        cell.text = words
    document.add_picture(io.BytesIO(png()))
    document.save(tmp_path / "a.docx")
    for ending in ("odt", "docx", "doc"):
        source = "a.docx" if ending == "odt" else "a.odt"
        arguments = [
            "--headless",
            "--convert-to",
            ending,
            "--outdir",
            str(tmp_path / ending),
            str(tmp_path / source),
        ]
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        subprocess.run([str(SOFFICE), profile, *arguments], check=True, capture_output=True, timeout=120)
        if ending == "odt":
            shutil.move(tmp_path / "odt/a.odt", tmp_path / "a.odt")
    found = read_word((tmp_path / "docx/a.docx").read_bytes(), "a.docx")
    assert found.draft == Draft(
        "河口村修通机耕路",
        "河口村修通三公里机耕路。\n\n## 一、做法\n\n1. 先议\n2. 再修\n\n- 石料\n- 人工\n\n"
        "| 组 | 户数 |\n|---|---|\n| 一组 | 47 |\n\n![图1](assets/tu-1.png)\n",
    )
    assert found.warnings == ()
    with pytest.raises(DraftError, match=r"a\.doc 是旧格式"):
        read_word((tmp_path / "doc/a.doc").read_bytes(), "a.doc")


def test_a_picture_in_the_text_is_not_shown_again_below_it(root: Path) -> None:
    path, text = item(
        "20260803-0900-daba",
        title="山塘",
        body=f"![图1](assets/a.png)\n\n{LONG}",
        front="media: [assets/a.png, assets/b.png]",
        review=review("adopted", "2026-08-04"),
    )
    put(root, path, text)
    for name in ("a.png", "b.png"):
        put(root, f"submissions/2026/08/assets/{name}", png())
    page = next(
        html for uri, html in rendered(root, "network").items() if uri.endswith("20260803-0900-daba.html")
    )
    assert [page.count(f'src="assets/{name}"') for name in ("a.png", "b.png")] == [1, 1]


def test_a_title_that_is_given_stands_before_that_of_the_document(root: Path) -> None:
    put(root, "草稿.docx", word(TEXT))
    done = run(root, "new", "--unit", "daba", "--title", "另一个标题", "--from", str(root / "草稿.docx"))
    assert done.stderr.splitlines()[:-1] == ["标题：另一个标题（文档里的“大坝镇建成三处山塘”没有用）"]
    assert "title: 另一个标题\n" in (root / done.stdout.strip()).read_text("utf-8")


def test_a_picture_and_the_strokes_before_signs_are_no_words_of_a_text() -> None:
    text = "三处山塘\\*都\\_蓄水。\n\n![图1](assets/20261124-1300-daba-1.png)\n\n[州里的通知](https://t.example/a)\n"
    assert length(text) == len("三处山塘*都_蓄水。州里的通知")
    assert length("见[附件] (第1页)") == len("见[附件](第1页)")
