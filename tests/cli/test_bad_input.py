"""Whatever a file holds, the answer is a finding with a place and exit code 1, never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bases import BASE, county_at, put
from zhibao.model.understand import submission
from zhibao.repo.front_matter import item_document

FRONT, BODY = BASE.removeprefix("---\n").split("---\n\n")
BOMB = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'x'}]\n" for n in range(9))

BAD: dict[str, tuple[bytes, str]] = {
    "no front matter": (BODY.encode(), "front-matter"),
    "unclosed front matter": (b"---\n" + FRONT.encode() + BODY.encode(), "front-matter"),
    "tabs": (b"---\n\ttitle: x\n---\n", "yaml-syntax"),
    "duplicate keys": (BASE.replace("unit: daba", "unit: daba\nunit: nandu").encode(), "repeated-key"),
    "impossible date": (BASE.replace("2026-10-10", "2024-13-40").encode(), "date-impossible"),
    "full-width date": (BASE.replace("2026-10-10", "２０２６－１０－１０").encode(), "date-form"),
    "alias bomb": (f"---\n{BOMB}{FRONT}---\n\n{BODY}".encode(), "yaml-feature"),
    "merge keys": (BASE.replace("tags: [饮水]", "<<: {kind: 经验}").encode(), "yaml-feature"),
    "python object": (
        BASE.replace("[饮水]", "!!python/object/apply:os.system [id]").encode(),
        "yaml-feature",
    ),
    "3,000 nested brackets": (BASE.replace("[饮水]", "[" * 3000).encode(), "yaml-bounds"),
    "3,000 nested dashes": (BASE.replace("[饮水]", "\n" + "- " * 3000).encode(), "yaml-bounds"),
    "GBK": (BASE.encode("gbk"), "encoding"),
    "UTF-16": (BASE.encode("utf-16"), "encoding"),
    "NUL": (BASE.replace("饮水难", "饮\0水难").encode(), "control-character"),
    "empty": (b"", "empty-file"),
    "only white space": (b"\n \n", "empty-file"),
    "20 MB": (BASE.encode() + b"x" * 20_000_000, "too-large"),
    "a list instead of keys": (b"---\n- a\n- b\n---\n\nx\n", "front-matter"),
    "an id that climbs": (
        BASE.replace("tags: [饮水]", "resubmits: ../../20260901-1010-daba").encode(),
        "bad-value",
    ),
    "a direction mark in the title": (BASE.replace("饮水难", "饮\u202e水难").encode(), "bad-value"),
    "a line break in the officer": (BASE.replace("王敏", '"王敏\\n李强"').encode(), "bad-value"),
    "a look-alike key": (BASE.replace("tags:", "tаgs:").encode(), "unknown-key"),
    "a title of one key": (BASE.replace("title: 大坝镇", "title: {a: 1}\nx: 大坝镇").encode(), "wrong-type"),
}


def run(root: Path, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    code = "from zhibao.cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, "-C", str(root), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd or root,
    )


@pytest.fixture(scope="module")
def checked(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, dict[str, str], list[dict[str, object]], int]:
    """One county with every bad file in it, checked once."""
    root = county_at(tmp_path_factory.mktemp("bad"))
    names = {}
    for number, (case, (data, _)) in enumerate(BAD.items()):
        names[case] = f"submissions/2026/10/20261012-{number // 60 + 8:02}{number % 60:02}-daba.md"
        put(root, names[case], data)
    for number, name in enumerate(
        ["a b.md", "引号'\"“.md", "换\n行.md", "-rf.md", "::error::x.md", "x\x1b[31m.md"]
    ):
        names[f"name {number}"] = f"submissions/2026/10/{name}"
        put(root, names[f"name {number}"], BASE)
    (root / "submissions/2026/10/folder.md").mkdir()
    (root / "submissions/2026/10/20261013-0101-daba.md").symlink_to("nowhere.md")
    (root / "submissions/2026/10/20261013-0102-daba.md").symlink_to("/etc/passwd")
    (root / "submissions/loop").symlink_to("..")
    done = run(root, "check", "--format", "json")
    assert "Traceback" not in done.stderr
    return root, names, json.loads(done.stdout)["findings"], done.returncode


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_a_finding_with_a_place(case: str, checked) -> None:
    _, names, findings, status = checked
    own = [f for f in findings if f["path"] == names[case]]
    assert BAD[case][1] in {f["code"] for f in own}
    assert all(f["line"] >= 1 and f["column"] >= 1 and f["message"] for f in own)
    assert status == 1


def test_links_folders_and_odd_names_are_findings(checked) -> None:
    root, names, findings, _ = checked
    kinds = {f["path"]: f["code"] for f in findings if f["code"] == "not-a-file"}
    assert set(kinds) == {
        "submissions/2026/10/folder.md",
        "submissions/2026/10/20261013-0101-daba.md",
        "submissions/2026/10/20261013-0102-daba.md",
    }
    odd = {f["path"] for f in findings if f["code"] == "id-form"}
    assert {names[f"name {n}"] for n in range(6)} <= odd
    text = run(root, "check").stdout
    assert "\x1b" not in text
    assert "换\n行" not in text
    assert "root:" not in text


def test_workflow_commands_in_names_and_texts_are_escaped(checked) -> None:
    root, *_ = checked
    for line in run(root, "check", "--format", "github").stdout.splitlines():
        if line.startswith("::"):
            assert line.startswith(("::error file=", "::warning file=", "::notice file="))
            assert line.count("::") <= 2 or "%3A%3A" in line or "::error::x" in line.split("::", 2)[2]


def test_score_and_stats_go_on_without_the_bad_files(checked) -> None:
    root, *_ = checked
    for arguments in (["score", "--summary"], ["stats", "2026-Q4", "--format", "json"]):
        done = run(root, *arguments)
        assert (done.returncode, "Traceback" in done.stderr) == (0, False)


@given(st.binary(max_size=400))
def test_no_bytes_raise(data: bytes) -> None:
    document = item_document("submissions/2026/10/20261012-0931-daba.md", data)
    assert document.problems or document.readable
    submission(document)


YAMLISH = st.text(alphabet="abc:-[]{}&*!|>'\"#%@`,? \n\t0129年，。：", max_size=200)


@given(YAMLISH)
def test_no_front_matter_raises(front: str) -> None:
    document = item_document(
        "submissions/2026/10/20261012-0931-daba.md", f"---\n{front}\n---\n\n正文\n".encode()
    )
    _, problems = submission(document)
    assert document.problems or problems  # none of these is ever an item
    for problem in (*document.problems, *problems):
        assert problem.mark.line >= 1
        assert problem.mark.column >= 1


@given(
    st.dictionaries(
        st.sampled_from(["title", "unit", "with", "review", "tags", "x"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
            ),
            max_leaves=8,
        ),
        max_size=5,
    )
)
def test_no_values_raise(values: dict[str, object]) -> None:
    text = "---\n" + json.dumps(values, ensure_ascii=False) + "\n---\n\n正文\n"
    document = item_document("submissions/2026/10/20261012-0931-daba.md", text.encode("utf-8", "replace"))
    submission(document)


@pytest.mark.parametrize("text", ["- {a: [", "- {a: [\n", "- 'a", "- a: |\n\t", "? [", "{"])
def test_a_registry_file_that_breaks_off_is_said_with_its_place(tmp_path: Path, text: str) -> None:
    root = county_at(tmp_path)
    put(root, "registry/units.yml", text)
    done = run(root, "check")
    assert done.returncode == 1
    assert done.stdout.startswith("registry/units.yml:")
    assert "程序出错" not in done.stdout + done.stderr


def test_the_name_of_a_file_that_came_from_elsewhere_does_not_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "通报\x1b]0;x\x07\x9b2J.txt"
    path.touch()
    for arguments in (("notice", "--verify", str(path)), ("check", str(path)), ("stats", path.name)):
        done = run(county_at(tmp_path / "-".join(arguments[:1])), *arguments)
        assert done.returncode == 2
        assert "\\x07\\x9b2J" in done.stderr
        assert not any(sign in done.stderr for sign in ("\x1b", "\x07", "\x9b"))
