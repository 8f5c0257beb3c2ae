"""A real repository of a county in a folder: people commit and merge on given days."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from bases import county_at, put

OFFICERS = {
    "daba": "王敏",
    "nandu": "钱芳",
    "shuiwu": "程蕾",
    "jiaoyu": "付强",
    "gonghui": "陈新",
    "office": "李思",
}


class GitCounty:
    """Every call is one of plain git, with author, committer and time given."""

    def __init__(self, root: Path, branch: str = "main") -> None:
        self.root = county_at(root)
        self.git("init", "-q", "-b", branch)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "开始", by="wuhao", at="2026-06-01T09:00:00+08:00")

    @classmethod
    def copied(cls, prepared: Path, root: Path) -> GitCounty:
        """A copy of one that was prepared: quicker than the same calls of git again."""
        county = cls.__new__(cls)
        county.root = Path(shutil.copytree(prepared, root))
        return county

    def git(self, *arguments: str, by: str = "wuhao", at: str = "2026-06-01T09:00:00+08:00") -> str:
        """Run git as somebody, at a moment; `by` is an account of t.example, or an address."""
        email = by if "@" in by else f"{by}@t.example"
        who = {
            f"GIT_{role}_{key}": value
            for role in ("AUTHOR", "COMMITTER")
            for key, value in (("NAME", by), ("EMAIL", email), ("DATE", at))
        }
        done = subprocess.run(
            ["git", "-c", "commit.gpgsign=false", *arguments],
            cwd=self.root,
            env=os.environ | who,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def commit(self, path: str, text: str, by: str, at: str) -> None:
        """Write a file on the branch that is checked out, and commit it."""
        put(self.root, path, text)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", f"{path}", by=by, at=at)

    def propose(self, id_: str, by: str, at: str, *texts: str) -> None:
        """A branch of that id with a commit for each text."""
        self.git("checkout", "-q", "-b", id_, "main")
        for text in texts:
            self.commit(path_of(id_), text, by, at)
        self.git("checkout", "-q", "main")

    def merge(self, id_: str, by: str, at: str) -> None:
        """What an editor does: a merge commit."""
        self.git("merge", "-q", "--no-ff", "-m", f"采用 {id_}", id_, by=by, at=at)

    def text(self, path: str) -> str:
        """A file of the work tree."""
        return (self.root / path).read_text("utf-8")


def path_of(id_: str) -> str:
    return f"submissions/{id_[:4]}/{id_[4:6]}/{id_}.md"


def item_text(id_: str, *, front: str = "", review: str = "") -> str:
    """An item of its own words: no two share a sentence."""
    unit = id_.split("-")[2]
    when = f"{id_[:4]}-{id_[4:6]}-{id_[6:8]} {id_[9:11]}:{id_[11:13]}"
    words = "、".join(f"第{id_[4:13]}号井第{n}户在{n * 7 + int(id_[9:13])}米处接水" for n in range(1, 9))
    lines = [
        f"title: {unit}编号{id_[4:13]}的水井账",
        f"unit: {unit}",
        f"officer: {OFFICERS[unit]}",
        "kind: 经验",
        f"submitted: {when}",
    ]
    lines += [front] if front else []
    lines += [f"review:\n{review}"] if review else []
    return "---\n" + "\n".join(lines) + f"\n---\n\n过去没有井水，{words}，由村里改造，累计解决八户用水。\n"
