"""The next issue on a real repository: proposed, written once, signed, and then the one after it; each as a document."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from bases import put
from workflow.desk import Office, item_text, path_of, run

DAYS = {"20261103-0900-daba": "03", "20261104-0900-nandu": "04", "20261105-0900-shuiwu": "05"}
FIRST = "registry/bulletins/2026-001.yml"
PROVINCE = "  adoptions:\n    - {level: 省, date: 2026-11-20, form: 综合, publication: 省委信息 第2期}\n"


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """Three items merged in November; the second was adopted by the province, the third is urgent."""
    made = Office(tmp_path, capsys)
    for id_, day in DAYS.items():
        text = item_text(id_, review=PROVINCE if "nandu" in id_ else "")
        text = text.replace("kind: 经验", "kind: 紧急") if "shuiwu" in id_ else text
        made.county.propose(id_, "wangmin", f"2026-11-{day}T10:00:00+08:00", text)
        made.county.merge(id_, "lisi", f"2026-11-{day}T16:00:00+08:00")
    return made


def save(office: Office, path: str, text: str) -> None:
    put(office.root, path, text)
    run(office.root, "add", "-A")
    run(office.root, "commit", "-qm", path)


def ids(words: str) -> list[str]:
    """The items of a proposal, in their order."""
    return [line.split()[1] for line in words.splitlines() if line.startswith("  - 2")]


def test_the_next_issue_has_what_is_new_the_weightiest_first_and_says_why(office: Office) -> None:
    status, words = office.call("bulletin")
    assert status == 0
    assert ids(words) == ["20261105-0900-shuiwu", "20261104-0900-nandu", "20261103-0900-daba"]
    lines = words.splitlines()
    assert lines[0] == "# yaml-language-server: $schema=../schema/bulletin.json"
    assert lines[1].startswith("# 试验信息 2026年第1期，草稿。")
    assert "number: 1" in lines
    assert "editor: lisi" in lines
    assert "；紧急；质量分 " in next(line for line in lines if "shuiwu" in line)
    assert "nandu编号1104-0900的水井账（南渡镇）；经验；省级采用；质量分 " in next(
        line for line in lines if "nandu" in line
    )
    assert not (office.root / "registry/bulletins").exists()


def test_a_draft_is_written_once_and_is_the_next_issue_until_it_is_signed(office: Office) -> None:
    status, words = office.call("bulletin", "--write")
    assert (status, words) == (0, f"试验信息 2026年第1期的草稿写好了：{FIRST}。请移动各行、定稿，再提交\n")
    text = (office.root / FIRST).read_text("utf-8")
    assert office.call("check")[0] == 0
    status, words = office.call("bulletin", "--write")
    assert (status, "草稿，还没有签发" in words, (office.root / FIRST).read_text("utf-8")) == (0, True, text)
    assert list((office.root / "registry/bulletins").iterdir()) == [office.root / FIRST]

    moved = text.replace("  - 20261105-0900-shuiwu", "#  - 20261105-0900-shuiwu")
    moved = moved.replace("report: []", "report: [县委常委]")
    save(office, FIRST, moved + "signer: zhangwen\nsigned: 2026-11-06\n")
    status, words = office.call("bulletin")
    assert (status, words) == (1, "试验信息 2026年第1期（2026-11-06）以后没有新采用的信息，编不成下一期\n")
    id_ = "20261110-0900-daba"
    office.county.propose(id_, "wangmin", "2026-11-10T10:00:00+08:00", item_text(id_))
    office.county.merge(id_, "lisi", "2026-11-10T16:00:00+08:00")
    words = office.call("bulletin")[1]
    assert ids(words) == [id_]
    assert "number: 2" in words
    assert (
        "\n# 采用了、还没有登的；要登，去掉行首的 #：\n#  - 20261105-0900-shuiwu  # " in words
    )  # left out before
    assert "report: [县委常委]" in words
    save(office, "registry/bulletins/2026-002.yml", words.replace("\n#  - ", "\n  - "))
    assert office.call("check")[0] == 0


def test_supplements_and_other_publications_have_numbers_of_their_own(office: Office) -> None:
    words = office.call("bulletin", "--supplement")[1]
    assert "2026年增刊第1期" in words
    assert "supplement: true" in words
    status, words = office.call("bulletin", "--publication", "试验专报")
    assert (status, "试验专报还没有编号（id）" in words) == (1, True)
    settings = office.root / "registry/office.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("upward: true}", "upward: true, id: zhuanbao}"), "utf-8"
    )
    adoption = "  adoptions:\n    - {level: 县, date: 2026-11-03, form: 单条, publication: 试验专报}\n"
    text = item_text("20261103-0900-daba", review=adoption)
    save(office, path_of("20261103-0900-daba"), text)
    status, words = office.call("bulletin", "--publication", "试验专报", "--write")
    assert (status, "registry/bulletins/zhuanbao-2026-001.yml" in words) == (0, True)
    assert "publication: 试验专报" in (office.root / "registry/bulletins/zhuanbao-2026-001.yml").read_text(
        "utf-8"
    )
    assert office.call("check")[0] == 0


def test_what_was_issued_before_there_were_files_is_not_issued_again_and_its_number_is_taken(
    office: Office,
) -> None:
    adoption = "  adoptions:\n    - {level: 县, date: 2026-11-03, form: 单条, publication: 试验信息 第7期}\n"
    save(office, path_of("20261103-0900-daba"), item_text("20261103-0900-daba", review=adoption))
    words = office.call("bulletin")[1]
    assert "number: 8" in words
    assert ids(words) == ["20261105-0900-shuiwu", "20261104-0900-nandu"]
    assert "number: 1" in office.call("bulletin", "--supplement")[1]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--publication", "晚报"], 2, "没有登记“晚报”这个刊物；有：试验信息、试验专报"),
        (["--publication", "州委信息"], 1, "州委信息是州级的刊物，不由本级编期"),
        (["--actor", "wangmin"], 1, "wangmin今天没有编辑职务；在任的编辑：zhangwen、lisi"),
        (["2026-045"], 2, "没有 registry/bulletins/2026-045.yml；这个刊物还没有编好的期"),
        (["../../etc"], 2, "期号“../../etc”的写法不对"),
        (["--docx", "第1期.pdf"], 2, "第1期.pdf 的名字要以 .docx 结尾"),
    ],
)
def test_what_cannot_be_is_said(arguments: list[str], status: int, words: str, office: Office) -> None:
    done, said = office.call("bulletin", *arguments)
    assert (done, words in said) == (status, True), said


def test_an_issue_as_a_document_is_the_same_bytes_again_and_overwrites_nothing(
    office: Office, tmp_path: Path
) -> None:
    office.call("bulletin", "--write")
    signed = (office.root / FIRST).read_text("utf-8").replace("report: []", "report: [县委常委]")
    save(office, FIRST, signed + "signer: zhangwen\nsigned: 2026-11-06\n")
    target = tmp_path / "第1期.docx"
    status, words = office.call("bulletin", "2026-001", "--docx", str(target))
    assert (status, f"文件写好了：{target}" in words) == (0, True)
    assert (
        "试验信息 2026年第1期（registry/bulletins/2026-001.yml，2026-11-06 张文签发）\n  1. 20261105-0900-shuiwu"
        in words
    )
    data = target.read_bytes()
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]
    assert "2026年第1期" in texts
    assert "试\u3000验\u3000信\u3000息" in texts
    assert "报：县委常委" in texts
    assert "签发：张文" in texts
    assert "（南渡镇）" in texts
    assert "已经是这样了" in office.call("bulletin", "2026-001", "--docx", str(target))[1]
    target.write_bytes(b"edited by hand")
    status, words = office.call("bulletin", "2026-001", "--docx", str(target))
    assert (status, "已经有了，没有改动它" in words, target.read_bytes()) == (2, True, b"edited by hand")
