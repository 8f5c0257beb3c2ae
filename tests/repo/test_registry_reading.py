"""How the registry of a commit is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from workflow.git_county import GitCounty
from zhibao.repo import git
from zhibao.repo.commit_tree import CommitTree
from zhibao.repo.proposal_files import commit_id
from zhibao.repo.registry_files import read_registry
from zhibao.repo.work_tree import WorkTree


def test_a_commit_is_asked_once_for_the_whole_registry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = GitCounty(tmp_path / "county").root
    wanted = read_registry(WorkTree(root))
    asked: list[str] = []
    real = git.run

    def run(where: Path, *arguments: str, **more: Any) -> bytes:
        asked.append(arguments[0])
        return real(where, *arguments, **more)

    tree = CommitTree(root, commit_id(root, "HEAD"))
    monkeypatch.setattr(git, "run", run)
    found = read_registry(tree)
    assert found.registry == wanted.registry
    assert list(found.documents) == list(wanted.documents)
    assert (asked.count("ls-tree"), asked.count("cat-file")) == (1, 1)
    assert CommitTree(root, tree.commit).entries() == tree.entries()
    assert asked.count("ls-tree") == 1, "what a commit holds never changes"
