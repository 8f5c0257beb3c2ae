"""The network of units and people: who reports, who answers for it, who edits, each with the days they did so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from pydantic import Field

from zhibao.model.fields import Account, Day, Email, Lax, Many, Points, Strict, UnitId, Word
from zhibao.model.timeline import Timeline


class Person(Strict):
    """Somebody with a name, known in Git by account and e-mail addresses."""

    name: Word = Field(title="姓名")
    account: Account | None = Field(None, title="账号")
    emails: Many[Email] = Field((), title="邮箱")

    def is_known_as(self, *, account: str = "", email: str = "") -> bool:
        """Whether an account or an e-mail address, in any case, is this person's."""
        mail = email.casefold()
        same_account = bool(account and self.account) and account.casefold() == str(self.account).casefold()
        return same_account or (bool(mail) and any(mail == own.casefold() for own in self.emails))


class Serving(Person):
    """Somebody in a post from one day to another, both included."""

    since: Day = Field(alias="from", title="任职日期")
    until: Day | None = Field(None, title="离任日期")

    def serves_on(self, day: date) -> bool:
        """Whether the post was held on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


class Officer(Serving):
    """信息员: writes a unit's items; points stay with the unit."""


class Role(StrEnum):
    """What somebody of the editors' office may do."""

    EDITOR = "editor"
    CHIEF = "chief"
    SIGNER = "signer"
    MAINTAINER = "maintainer"

    @property
    def label(self) -> str:
        """The Chinese word that a reader sees."""
        return {"editor": "编辑", "chief": "主编", "signer": "签发人", "maintainer": "维护"}[self.value]


class Editor(Serving):
    """Somebody of the office, with the roles that decide what they may do."""

    account: Account = Field(title="账号")
    roles: Many[Lax[Role]] = Field(title="角色")

    @property
    def decides(self) -> bool:
        """Whether merging is this person's to do."""
        return Role.EDITOR in self.roles or Role.CHIEF in self.roles

    def approves_on(self, day: date) -> bool:
        """Whether adjustments, bulletins and notices are this person's to approve on that day."""
        return self.serves_on(day) and (Role.CHIEF in self.roles or Role.SIGNER in self.roles)


class Quota(Strict):
    """任务数 of a whole year: a number of items, a number of points, or both."""

    count: int | None = Field(None, ge=0, le=10_000, title="条数")
    points: Points | None = Field(None, title="分数")


class Unit(Strict):
    """信息联系站: a town or department that reports. Its id is permanent; what changes is a list with `from`."""

    id: UnitId = Field(title="单位编号")
    name: Timeline[Word] = Field(title="名称")
    group: Timeline[Word] = Field(title="类别")
    sector: Timeline[Word] = Field(title="战线")
    supervisor: Timeline[Person] = Field(title="分管领导")
    quota: Timeline[Quota] | None = Field(None, title="任务数")
    founded: Day | None = Field(None, title="设立日期")
    dissolved: Day | None = Field(None, title="撤销日期")
    successor: UnitId | None = Field(None, title="继任单位")
    officers: Many[Officer] = Field((), title="信息员")

    def exists_on(self, day: date) -> bool:
        """Whether the unit was there on that day (the day of dissolution is its last)."""
        return (self.founded is None or self.founded <= day) and (
            self.dissolved is None or day <= self.dissolved
        )

    def name_on(self, day: date) -> str:
        """What the unit was called."""
        return self.name.on(day)

    def group_on(self, day: date) -> str:
        """The group (类别) it was ranked in."""
        return self.group.on(day)

    def sector_on(self, day: date) -> str:
        """Its line of work (战线)."""
        return self.sector.on(day)

    def supervisor_on(self, day: date) -> Person:
        """The one who answered for its reports (分管领导)."""
        return self.supervisor.on(day)

    def officers_on(self, day: date) -> tuple[Officer, ...]:
        """Its officers in post, in the order of the registry."""
        return tuple(officer for officer in self.officers if officer.serves_on(day))

    def names(self) -> tuple[str, ...]:
        """Every name it ever had, the newest last."""
        return self.name.values()


def only_officers_added(before: Sequence[Unit], after: Sequence[Unit]) -> bool:
    """Whether a roster differs from an earlier one by officers added at the end of units' lists, and by nothing else."""
    if len(before) != len(after) or tuple(before) == tuple(after):
        return False
    return all(
        new.officers[: len(old.officers)] == old.officers
        and new.model_copy(update={"officers": old.officers}) == old
        for old, new in zip(before, after, strict=True)
    )
