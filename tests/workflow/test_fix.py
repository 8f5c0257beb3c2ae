"""`zhibao fix` on real repositories: what it writes, what it shows, what it never touches."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bases import BASE, BASE_PATH, county_at, put
from workflow.desk import Office, run
from workflow.git_county import item_text, path_of
from zhibao.check.examples import EXAMPLES
from zhibao.review import mending

ADOPTED, PENDING, PROPOSED = "20261120-0931-daba", "20261123-0931-daba", "20261124-0931-daba"
WRONG = BASE.replace("kind: 经验", "kind：经验").replace("今年3月起，", "今年3月起,").rstrip("\n")
SENTENCE = "过去没有井水，"


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """One item that an editor merged, one that somebody pushed past the editors: both with a half-width comma."""
    desk = Office(tmp_path, capsys)
    county = desk.county
    county.propose(ADOPTED, "wangmin", "2026-11-20T10:00:00+08:00", _careless(ADOPTED))
    county.merge(ADOPTED, "lisi", "2026-11-20T16:00:00+08:00")
    county.commit(path_of(PENDING), _careless(PENDING), "wuhao", "2026-11-23T10:00:00+08:00")
    return desk


def _careless(id_: str) -> str:
    return item_text(id_).replace(SENTENCE, "过去没有井水,")


def test_a_file_is_mended_once_and_everything_is_shown_line_by_line(office: Office) -> None:
    path = put(office.root, BASE_PATH, WRONG)
    path.chmod(0o640)
    status, said = office.call("fix", BASE_PATH)
    assert status == 0
    assert path.read_text("utf-8") == BASE
    assert path.stat().st_mode & 0o777 == 0o640
    assert said.splitlines() == [
        BASE_PATH,
        "  文件末尾留一个换行",
        "  第 5 行 抬头改成 YAML 的写法：缩进用空格，冒号、逗号用半角",
        "    - kind：经验",
        "    + kind: 经验",
        "  第 12 行 中文里的半角标点改成全角",
        "    - …的，一到冬春就断流。今年3月起,镇里把九个村的水源、管网、水厂连成一张网，由一家公司统一管护，",
        "    + …的，一到冬春就断流。今年3月起，镇里把九个村的水源、管网、水厂连成一张网，由一家公司统一管护，",
        "改好 1 个文件，3 处。",
    ]
    before = path.stat()
    assert office.call("fix", BASE_PATH) == (0, "没有要改的。\n")
    assert path.stat() == before
    assert not list(path.parent.glob(".zhibao-*"))


def test_a_dry_run_writes_nothing_and_says_that_there_is_something_to_do(office: Office) -> None:
    path = put(office.root, BASE_PATH, WRONG)
    status, said = office.call("fix", "--dry-run", BASE_PATH)
    assert (status, said.splitlines()[-1]) == (1, "可以改 1 个文件，3 处；这次没有写（--dry-run）。")
    assert path.read_text("utf-8") == WRONG


def test_json_holds_whole_lines_and_counts(office: Office) -> None:
    put(office.root, BASE_PATH, WRONG)
    status, said = office.call("fix", "--format", "json", "submissions/2026/10")
    found = json.loads(said)
    assert (status, found["schema"], found["written"]) == (0, 1, True)
    (file,) = found["files"]
    assert file["path"] == BASE_PATH
    assert [change["mends"] for change in file["changes"]] == [["last-line"], ["structure"], ["punctuation"]]
    assert file["changes"][2]["after"] == BASE.splitlines()[11]
    assert found["counts"] == {"files": 1, "changes": 3, "left": 0, "decided": 0}


def test_what_check_calls_mendable_is_gone_after_fix(office: Office) -> None:
    put(office.root, BASE_PATH, WRONG.replace("饮水]", "饮水，水利]"))
    _, said = office.call("check", "--format", "json", BASE_PATH)
    before = [finding for finding in json.loads(said)["findings"] if finding["mendable"]]
    assert {finding["code"] for finding in before} == {"yaml-syntax", "stray-space"}
    assert all(finding["help"].endswith("zhibao fix 能改") for finding in before)
    office.call("fix", BASE_PATH)
    _, said = office.call("check", "--format", "json", BASE_PATH)
    codes = {finding["code"] for finding in json.loads(said)["findings"]}
    assert not codes & {"yaml-syntax", "stray-space", "tags-known", "mixed-punctuation"}


def test_the_conclusion_counts_what_fix_mends_and_the_list_of_checks_names_it(office: Office) -> None:
    put(office.root, BASE_PATH, BASE.replace("今年3月起，", "今年3月起,"))
    _, said = office.call("check", BASE_PATH)
    assert said.splitlines()[-1].endswith("没有错误；其中 1 处 zhibao fix 能改")
    _, said = office.call("check", "--list")
    assert "换行用 LF。（zhibao fix 能改）" in said
    assert "标题的字数在规定之内。\n" in said


@pytest.mark.parametrize("code", ["encoding", "bom", "line-ends"])
def test_bytes_are_mended(code: str, office: Office) -> None:
    example = EXAMPLES[code]
    path = put(office.root, BASE_PATH, example.bad.encode(example.encoding))
    assert office.call("fix")[0] == 0
    assert path.read_bytes() == BASE.encode()


def test_what_is_decided_on_the_branch_is_not_touched_and_what_is_pending_is(office: Office) -> None:
    status, said = office.call("fix")
    assert status == 0
    assert office.county.text(path_of(ADOPTED)) == _careless(ADOPTED)
    assert f"{path_of(ADOPTED)} 没有动：已经采用" in said
    assert SENTENCE in office.county.text(path_of(PENDING))
    assert office.county.git("status", "--short") == f"M {path_of(PENDING)}"
    _, checked = office.call("check", path_of(ADOPTED))
    assert "mixed-punctuation" in checked
    assert "zhibao fix" not in checked


def test_a_decision_by_signature_counts_too_and_an_archive_not_yet_committed_is_mended(
    office: Office,
) -> None:
    signed = "imported: true\nreview:\n  decision: declined\n  by: lisi\n  date: 2026-11-22\n  reason: {code: 要素不全}"
    text = item_text("20261122-0931-daba", front=signed).replace(SENTENCE, "过去没有井水,")
    path = put(office.root, path_of("20261122-0931-daba"), text)
    assert office.call("fix", "submissions/2026")[0] == 0
    assert SENTENCE in path.read_text("utf-8")
    path.write_text(text, "utf-8")
    office.county.git("add", "-A")
    office.county.git("commit", "-q", "-m", "档案")
    assert "已经不采用" in office.call("fix", "submissions/2026")[1]
    assert path.read_text("utf-8") == text


def test_in_a_shallow_clone_nobody_can_tell_so_nothing_on_the_branch_is_touched(
    office: Office, tmp_path: Path
) -> None:
    shallow = tmp_path / "shallow"
    run(tmp_path, "clone", "-q", "--depth", "1", f"file://{office.root}", str(shallow))
    new = put(shallow, path_of(PROPOSED), _careless(PROPOSED))
    status, said = office.call("fix", root=shallow)
    assert status == 0
    assert said.count("浅克隆") == 2
    assert SENTENCE in new.read_text("utf-8")
    assert SENTENCE not in (shallow / path_of(PENDING)).read_text("utf-8")


def test_with_a_committed_registry_that_is_wrong_nothing_on_the_branch_is_touched(office: Office) -> None:
    office.county.commit("registry/editors.yml", "- x\n", "wuhao", "2026-11-24T10:00:00+08:00")
    assert "名册有错，看不出是否已经决定" in office.call("fix")[1]
    assert SENTENCE not in office.county.text(path_of(PENDING))


def test_outside_any_repository_files_are_mended_all_the_same(
    tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = county_at(tmp_path / "plain")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    path = put(root, BASE_PATH, WRONG)
    assert office.call("fix", root=root)[0] == 0
    assert path.read_text("utf-8") == BASE


def test_a_broken_registry_is_mended_and_check_says_so(office: Office) -> None:
    path = office.root / "registry/units.yml"
    sound = path.read_text("utf-8")
    broken = sound.replace("- id: daba", "- id：daba").replace("from: 2025-01-01", "from: 2025年1月1日", 1)
    path.write_text("# 单位：表\n" + broken.replace("\n", "\r\n"), "utf-8", newline="")
    status, said = office.call("check")
    assert status == 1
    assert "registry/units.yml:2:" in said
    assert said.splitlines()[-1].endswith("处 zhibao fix 能改")
    assert office.call("fix", "registry")[0] == 0
    assert path.read_bytes().decode() == "# 单位：表\n" + sound
    assert office.call("check", "--summary")[0] == 0


def test_links_are_not_followed_and_nothing_outside_is_touched(office: Office, tmp_path: Path) -> None:
    outside = put(tmp_path, "outside/20261012-0931-daba.md", WRONG)
    folder = office.root / "submissions/2026/10"
    folder.mkdir(parents=True)
    (folder / "20261012-0931-daba.md").symlink_to(outside)
    (folder / "loop").symlink_to("..")
    (folder / "away").symlink_to(outside.parent)
    status, said = office.call("fix", "submissions/2026/10")
    assert (status, said) == (1, f"{BASE_PATH}\n  没有动：这是符号链接，不是文件\n没有改动。\n")
    status, said = office.call("fix", "submissions/2026/10/away/20261012-0931-daba.md")
    assert status == 2
    assert "不在仓库" in said
    assert outside.read_text("utf-8") == WRONG


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("README.md", "不在 submissions/ 和 registry/ 里"),
        ("submissions/2026/10/assets/x.png", "不是信息（.md），也不是名册里的文件"),
        ("../origin.git/HEAD", "不在仓库"),
    ],
)
def test_other_paths_are_refused_in_chinese(path: str, said: str, office: Office) -> None:
    put(office.root, "README.md", "a, b \n")
    put(office.root, "submissions/2026/10/assets/x.png", b"\x89PNG")
    status, words = office.call("fix", path)
    assert status == 2
    assert said in words


def test_a_mend_that_is_given_up_is_said_and_ends_with_1(office: Office) -> None:
    text = BASE.replace("kind: 经验\n", "kind：经验\nofficer: 李强\n")
    path = put(office.root, BASE_PATH, text.rstrip("\n"))
    status, said = office.call("fix", BASE_PATH)
    assert status == 1
    assert (
        "  没有动：本可以“抬头改成 YAML 的写法：缩进用空格，冒号、逗号用半角”，但意思会变，或者还是读不懂"
        in said
    )
    assert path.read_text("utf-8") == text


def test_a_file_that_changed_meanwhile_is_not_written_over(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(office.root, BASE_PATH, WRONG)
    found = mending.mendings(office.root, [BASE_PATH])
    path.write_text("别人刚写的\n", "utf-8")
    (after,) = (mending.carry_out(office.root, one) for one in found)
    assert after.left == ("文件刚刚又变了，没有动；请再运行一次",)
    assert path.read_text("utf-8") == "别人刚写的\n"


def test_a_disk_that_is_full_leaves_the_file_whole(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(office.root, BASE_PATH, WRONG)

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    status, said = office.call("fix", BASE_PATH)
    assert status == 1
    assert "写不了 20261012-0931-daba.md：磁盘满了" in said
    assert path.read_text("utf-8") == WRONG
    assert list(path.parent.iterdir()) == [path]


def test_what_a_file_is_called_and_holds_is_printed_harmlessly(office: Office) -> None:
    put(
        office.root,
        "submissions/2026/10/x\x1b[31m\n::error::.md",
        WRONG.replace("3月起,", "3月起,\x1b[31m\u202e"),
    )
    _, said = office.call("fix")
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "\n::error::" not in said
