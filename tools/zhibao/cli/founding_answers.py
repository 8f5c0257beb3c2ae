"""The answers from which a county is founded: options first, then questions at a terminal, then what is usual."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import click

from zhibao.cli.usage import Stop
from zhibao.door.founding import FoundingError
from zhibao.door.founding import plan as answers
from zhibao.door.founding.new_units import Roster
from zhibao.door.founding.packs import GENERAL, Fitted, Pack, fitted, fitted_path
from zhibao.door.founding.plan import NewEditor, Plan
from zhibao.door.founding.roster import read_roster
from zhibao.model.finding import printable
from zhibao.repo import git
from zhibao.repo.county_files import clock

T = TypeVar("T")


@dataclass(frozen=True)
class Given:
    """What the command line says; None where it says nothing."""

    name: str | None
    units: Path | None
    editors: tuple[str, ...]
    pack: str | None
    levels: str | None
    bulletin: str | None
    office: str | None
    timezone: str | None
    branch: str | None
    forge: str | None


def at_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty()


class Answers:
    """Takes the answers one after another; a wrong one is asked again at a terminal, and stops the command elsewhere."""

    def __init__(self, given: Given, available: Mapping[str, Pack], *, asks: bool) -> None:
        self.given, self.available = given, available
        self.asks = asks and at_terminal()

    def plan(self) -> Plan:
        """The plan that the answers make. Raises Stop with everything that is missing, FoundingError for a wrong answer."""
        given = self.given
        if not self.asks:
            self._complete()
        county = self._answer("县名，如 青山县", given.name, None, answers.county_name)
        roster = self._answer(
            "单位名单（.xlsx 或 .csv 文件）", given.units, None, lambda text: _roster(text, county)
        )
        for note in roster.notes:
            click.echo(f"  {printable(note)}", err=True)
        editors = self._editors()
        usual = ",".join(answers.usual_levels(county))
        levels = self._answer("层级，由低到高", given.levels, usual, answers.levels_of)
        zone = self._quiet(given.timezone, "Asia/Shanghai", answers.timezone)
        today = clock(ZoneInfo(zone)).date()
        pack = self._pack(levels, county, today.year)
        bulletin = self._answer(
            "刊物名称", given.bulletin, _bulletin(county), lambda text: answers.word(text, "刊物名称")
        )
        office = self._quiet(
            given.office, f"中共{county}委办公室", lambda text: answers.word(text, "办公室名称")
        )
        branch = self._quiet(given.branch, "main", answers.branch)
        forge = answers.address(given.forge) if given.forge else None
        units, own = answers.with_office(roster.units, county, office, editors)
        return Plan(county, office, bulletin, branch, zone, levels, pack, units, own, editors, today, forge)

    def _complete(self) -> None:
        wanted = {
            "--name 县名": self.given.name,
            "--units 单位名单": self.given.units,
            "--editor '姓名 <邮箱> 账号'": self.given.editors,
        }
        missing = [option for option, value in wanted.items() if not value]
        if missing:
            raise Stop(f"缺少 {'、'.join(missing)}；请加上，或在终端里运行，会一项一项问")

    def _editors(self) -> tuple[NewEditor, ...]:
        if self.given.editors:
            return answers.together(answers.editor(text) for text in self.given.editors)
        found = [self._answer("编辑：姓名 <邮箱> 账号，第一位是主编", None, _myself(), answers.editor)]
        while more := click.prompt(
            "还有编辑的话照样写，没有就回车", default="", show_default=False, err=True
        ).strip():
            try:
                found.append(answers.editor(more))
            except FoundingError as error:
                click.echo(f"  {error}", err=True)
        return answers.together(found)

    def _pack(self, levels: tuple[str, ...], county: str, year: int) -> Fitted:
        def known(name: str) -> Fitted:
            if name not in self.available:
                raise FoundingError(
                    f"没有 {name} 这份计分办法；有：{'、'.join(self.available)}（--packs 看各是什么）"
                )
            return fitted(self.available[name], levels, county, fitted_path(year), year)

        if self.asks and self.given.pack is None:
            for name, pack in self.available.items():
                click.echo(f"  {name:<10} {pack.source}", err=True)
        return self._answer("从哪一份计分办法开始", self.given.pack, GENERAL, known)

    def _quiet(self, given: str | None, usual: str, read: Callable[[str], T]) -> T:
        """An answer that nobody is asked for: what the option says, else what is usual."""
        return read(usual if given is None else given)

    def _answer(self, words: str, given: object, usual: str | None, read: Callable[[str], T]) -> T:
        answer = None if given is None else str(given)
        if not self.asks:
            return read(answer if answer is not None else usual or "")
        while True:
            if answer is None:
                answer = str(click.prompt(words, default=usual, err=True))
            try:
                return read(answer)
            except FoundingError as error:
                click.echo(f"  {error}", err=True)
                answer = None


def _roster(text: str, county: str) -> Roster:
    return read_roster(Path(text.strip().strip("'\"")).expanduser(), county)


def _bulletin(county: str) -> str:
    """青山信息 of 青山县; of a name of two characters the whole."""
    return f"{county[:-1] if len(county) > 2 else county}信息"


def _myself() -> str | None:
    """Who Git is set up as, as an answer; None where that is nobody."""
    here = Path()
    name, email = git.ask(here, "config", "user.name"), git.ask(here, "config", "user.email")
    return f"{name} <{email}> {email.partition('@')[0]}" if name and email else None
