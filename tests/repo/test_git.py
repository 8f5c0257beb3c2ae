"""Git is asked in one place, and says in Chinese what keeps it from answering."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from zhibao.repo import git


def test_without_a_folder_for_what_it_answers_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(git.GitError, match=r"写不了临时文件：.*TMPDIR"):
        git.run(tmp_path, "version")


def test_a_long_answer_and_a_long_question_are_whole(tmp_path: Path) -> None:
    git.run(tmp_path, "init", "-q")
    data = b"x" * 300_000
    blob = git.run(tmp_path, "hash-object", "-w", "--stdin", given=data).decode().strip()
    asked = f"{blob}\n".encode() * 2_000
    answer = git.run(tmp_path, "cat-file", "--batch-check", given=asked)
    assert answer == f"{blob} blob 300000\n".encode() * 2_000
    assert git.run(tmp_path, "cat-file", "blob", blob) == data


def test_a_program_that_a_repository_names_is_not_run_to_look_at_it(tmp_path: Path) -> None:
    git.run(tmp_path, "init", "-q")
    program, mark = tmp_path / "watch", tmp_path / "ran"
    program.write_text(f"#!/bin/sh\ntouch {mark}\n", "utf-8")
    program.chmod(0o755)
    git.run(tmp_path, "config", "core.fsmonitor", str(program))
    git.run(tmp_path, "status", "--porcelain")
    assert not mark.exists()
