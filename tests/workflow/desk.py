"""An office with a bare origin and two clones, and the command line called in this process."""

from __future__ import annotations

import subprocess
from pathlib import Path

import click
import pytest

from workflow.git_county import GitCounty, item_text, path_of
from zhibao.cli.main import group
from zhibao.cli.usage import in_chinese

NOW = "2026-11-24T13:00:00+08:00"


class Office:
    """`county` is a clone of the bare `origin`; `call` runs a verb in it, as whoever its Git is set up for."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str] | None) -> None:
        self.county = GitCounty(folder / "desk")
        self.origin = folder / "origin.git"
        self.capsys = capsys
        run(folder, "clone", "-q", "--bare", str(self.county.root), str(self.origin))
        self.county.git("remote", "add", "origin", str(self.origin))
        self.county.git("fetch", "-q", "origin")
        self.act_as("lisi")

    @classmethod
    def copied(cls, prepared: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> Office:
        """The desk alone, without an origin: a copy of a county that was prepared once for many tests."""
        office = cls.__new__(cls)
        office.county, office.capsys = GitCounty.copied(prepared, folder / "desk"), capsys
        office.act_as("lisi")
        return office

    @property
    def root(self) -> Path:
        return self.county.root

    def act_as(self, account: str, root: Path | None = None) -> None:
        for key, value in (("user.name", account), ("user.email", f"{account}@t.example")):
            run(root or self.root, "config", key, value)

    def propose(
        self, id_: str, by: str = "wangmin", at: str = "2026-11-24T10:00:00+08:00", **item: str
    ) -> str:
        """A branch of that id on the origin, with the item."""
        text = item.pop("text", "") or item_text(id_, **item)
        self.county.propose(id_, by, at, text)
        self.county.git("push", "-q", "origin", id_)
        self.county.git("branch", "-qD", id_)
        return id_

    def call(self, *arguments: str, root: Path | None = None) -> tuple[int, str]:
        """The exit code, and everything that was printed."""
        self.capsys.readouterr()
        try:
            status = group.main(["-C", str(root or self.root), *arguments], standalone_mode=False)
        except click.ClickException as error:
            status = 2
            click.echo(in_chinese(error), err=True)
        out = self.capsys.readouterr()
        return (status if isinstance(status, int) else 0), out.out + out.err

    def text(self, id_: str, branch: str = "main") -> str:
        """An item's file on a branch of the origin."""
        return run(self.origin, "show", f"{branch}:{path_of(id_)}")

    def log(self, form: str, branch: str = "main") -> str:
        """The newest commit of a branch of the origin."""
        return run(self.origin, "log", "-1", f"--format={form}", branch)


def run(root: Path, *arguments: str, given: str = "") -> str:
    """Plain git."""
    done = subprocess.run(
        ["git", *arguments], cwd=root, capture_output=True, text=True, check=False, input=given
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.rstrip("\n")


__all__ = ["NOW", "GitCounty", "Office", "item_text", "path_of", "run"]
