"""A proposal's page: an office with a real origin, and the stand-in of a forge that knows its proposals."""

from __future__ import annotations

import copy
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from forge.stand_in import Note, Pull, Said, StandIn
from workflow.desk import Office, run
from zhibao.review.report import MARK

ID = "20261124-0931-daba"
OTHER = "20261124-0945-daba"


class Page(Office):
    """`call` runs a verb as a workflow's job: in the desk's clone, with the variables that the forge's runner sets."""

    forge: StandIn
    folder: Path
    head: str
    """The item's first commit, as the model of every page has it."""

    def at(self, folder: Path, capsys: pytest.CaptureFixture[str], forge: StandIn) -> Page:
        """The same in a copied folder, before a forge; Git is set up for nobody, as on a fresh runner."""
        other = copy.copy(self)
        other.county = copy.copy(self.county)
        other.county.root, other.origin = folder / "desk", folder / "origin.git"
        other.folder, other.capsys, other.forge = folder, capsys, forge
        forge.tip = other.tip
        run(other.root, "remote", "set-url", "origin", str(other.origin))
        run(other.root, "config", "--remove-section", "user")
        return other

    def tip(self, branch: str) -> str:
        """The tip of a branch of the origin; empty where there is none."""
        return run(self.origin, "for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}")

    def open(self, id_: str = ID, by: str = "wangmin", *, fork: bool = False, **item: str) -> Pull:
        """A proposal of one item, on a branch of the origin or in somebody's own repository."""
        number = len(self.forge.pulls) + 1
        if id_ != ID or by != "wangmin" or item:
            run(self.origin, "update-ref", "-d", f"refs/heads/{id_}")
            self.propose(id_, by, **item)
        head = run(self.origin, "rev-parse", id_)
        one = Pull(number, head, by, "main" if fork else id_, fork=fork)
        self.forge.pulls[number] = one
        self.point(one)
        if fork:
            run(self.origin, "branch", "-qD", id_)
        return one

    def reported(self, *, fork: bool = False) -> Page:
        """The model's proposal, as it is after our report: a status, a comment, and no word of anybody's yet."""
        one = Pull(1, self.head, "wangmin", "main" if fork else ID, fork=fork)
        self.forge.pulls[1] = one
        self.point(one)
        passed = Said(self.head, "success", "没有要改的错误，等编辑处理。", self.forge.me, self.forge.now)
        self.forge.said.append(passed)
        self.forge.write(
            1, self.forge.me, f"{MARK}\n<!-- {self.head} -->\n**没有要改的错误，等编辑处理。**\n"
        )
        return self

    def push(self, one: Pull, path: str, text: str, at: str = "2026-11-24T11:00:00+08:00") -> str:
        """Another commit on a proposal."""
        run(self.root, "fetch", "-q", "origin", one.head)
        run(self.root, "checkout", "-q", "--detach", one.head)
        self.county.commit(path, text, one.account, at)
        one.head = run(self.root, "rev-parse", "HEAD")
        run(self.root, "checkout", "-q", "main")
        if not one.fork:
            run(self.root, "push", "-q", "origin", f"{one.head}:refs/heads/{one.branch}")
        run(self.root, "push", "-q", "origin", f"{one.head}:refs/new/{one.number}")
        self.point(one)
        return one.head

    def event(self, values: dict[str, Any]) -> str:
        """An event file."""
        path = self.folder / "event.json"
        path.write_text(json.dumps(values, ensure_ascii=False), "utf-8")
        return str(path)

    def report(self, number: int = 1, *more: str) -> tuple[int, str]:
        """What the workflow on proposals does."""
        return self.call("report", "--event", self.event(self.forge.pull_event(number)), *more)

    def word(self, account: str, text: str, number: int = 1, minutes: int = 1) -> tuple[int, str]:
        """Somebody writes a comment, some minutes later, and the workflow on comments runs."""
        return self.deliver(self.write(account, text, number, minutes))

    def write(self, account: str, text: str, number: int = 1, minutes: int = 1) -> Note:
        self.forge.now += timedelta(minutes=minutes)
        return self.forge.write(number, account, text)

    def deliver(self, note: Note, action: str = "created") -> tuple[int, str]:
        return self.call("words", "--event", self.event(self.forge.note_event(note, action)))

    def intake(self, number: int, action: str = "opened") -> tuple[int, str]:
        """What the workflow on issues does."""
        return self.call("intake", self.event(self.forge.issue_event(number, action)))

    def told(self, number: int) -> str:
        """Our answer on an issue."""
        return next(text for text in self.forge.of_bot(number) if "zhibao:intake" in text)

    def answer(self, number: int = 1) -> str:
        """Our newest comment but the report."""
        return [text for text in self.forge.of_bot(number) if "zhibao:word" in text][-1]

    def comment(self, number: int = 1) -> str:
        """Our report on the page."""
        return next(text for text in self.forge.of_bot(number) if "zhibao:review" in text)

    def main(self) -> str:
        """What happened on the office's branch, the newest first."""
        return run(self.origin, "log", "--first-parent", "--format=%s", "main")

    def point(self, one: Pull) -> None:
        kept = "merge-requests" if self.forge.dialect == "gitlab" else "pull"
        run(self.origin, "update-ref", f"refs/{kept}/{one.number}/head", one.head)
