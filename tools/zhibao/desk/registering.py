"""Officers who report but are on no roster (待备案): who waits, and one of them taken in, with every other character of the roster kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from zhibao.desk.editor import Desk, only_editors
from zhibao.desk.entering import known_unit
from zhibao.desk.open_proposals import OpenProposal, open_proposals
from zhibao.desk.orders import Outcome
from zhibao.model.county import County
from zhibao.model.files import UNITS
from zhibao.model.registry import Registry
from zhibao.model.submission import Submission
from zhibao.model.understand import submission, understand
from zhibao.model.units import Officer, Person, Unit, only_officers_added
from zhibao.repo.commits import Draft
from zhibao.repo.front_matter import yaml_document
from zhibao.repo.roster_text import RosterError, officer_line, with_officer
from zhibao.repo.tree import yaml_at
from zhibao.review.branch import Branch, RefusedError


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whose items name them as a unit's officer while they were none: how many items, from when to when. `until`: their last day in the post."""

    unit: str
    name: str
    items: int
    since: date
    last: date
    until: date | None


def waiting(around: County, proposals: Iterable[OpenProposal]) -> list[Waiting]:
    """Everybody who waits, in the order of the units and by their first item: items of the branch and of open proposals."""
    found: dict[tuple[str, str], list[date]] = {}
    written = [*(item.submission for item in around.items), *_proposed(proposals, around)]
    for one in written:
        day, unit = one.arrived.date(), around.registry.unit(one.unit)
        if unit and all(officer.name != one.officer for officer in unit.officers_on(day)):
            found.setdefault((one.unit, one.officer), []).append(day)
    rank = list(around.registry.unit_by_id)
    listed = [
        Waiting(unit, name, len(days), min(days), max(days), _until(around.registry.unit_by_id[unit], name))
        for (unit, name), days in found.items()
    ]
    return sorted(listed, key=lambda one: (rank.index(one.unit), one.since, one.name))


def everybody_waiting(here: Branch, around: County) -> list[Waiting]:
    """The same of a branch and its open proposals. Raises git.GitError."""
    return waiting(around, open_proposals(here))


def confirm(
    desk: Desk, named: str, name: str, since: date | None, account: str | None, emails: tuple[str, ...]
) -> Outcome:
    """Take somebody into a unit's list of officers: a commit on the branch; nothing where they are in it already.

    Without `since` from their first item, else from today. Raises RefusedError, git.GitError.
    """
    only_editors(desk)
    here = desk.now()
    unit = known_unit(here.registry, named, since or desk.today)
    there = [one for one in everybody_waiting(here, here.county(desk.wall_clock)) if one.unit == unit.id]
    mine = [one for one in there if one.name == name]
    first = since or (mine[0].since if mine else desk.today)
    officer = Officer.model_validate({"name": name, "account": account, "emails": emails, "from": first})
    landed = desk.put(lambda branch: _draft(branch, unit.id, officer))
    who = f"{unit.name_on(first)}信息员{name}"
    if not landed.changed:
        return Outcome(name, f"{who} {first} 已经在册", changed=False)
    count = sum(one.items for one in mine)
    others = "、".join(one.name for one in there) if not mine else ""
    hint = f"；他还没有报送过，在等备案的是{others}，写错了的请维护人员改名" if others else ""
    past = f"，报送过的 {count} 条不再提醒" if count and first <= mine[0].since else ""
    return Outcome(name, f"{who}备案了，自 {first} 起{past}{hint}", changed=True)


def _draft(branch: Branch, unit: str, officer: Officer) -> Draft | None:
    registry = branch.registry
    if registry.officer_on(unit, officer.name, officer.since):
        return None
    number = list(registry.unit_by_id).index(unit)
    own = registry.units[number]
    _fits(own, officer)
    taken = "；".join(dict.fromkeys(_somebody_else_s(registry, officer)))
    if taken:
        raise RefusedError(f"{taken}；账号和邮箱只属于一个人，提交才认得出是谁")
    read = yaml_at(branch.tree, UNITS.place)
    text = _added(read.text if read else "", registry, number, officer)
    name = own.name_on(officer.since)
    return Draft(f"备案：{name}信息员{officer.name}\n", {UNITS.place: text})


def _fits(unit: Unit, officer: Officer) -> None:
    """Refuse what is more than one name at the end of a list."""
    if not unit.exists_on(officer.since):
        raise RefusedError(f"{officer.since} 还没有、或者已经没有这个单位")
    later = [one for one in unit.officers if one.name == officer.name and one.since > officer.since]
    if later:
        fact = f"{officer.name} {later[0].since} 起已经在册"
        raise RefusedError(f"{fact}；任职日期要提前到 {officer.since}，请维护人员改 {UNITS.place}")


def _added(text: str, registry: Registry, number: int, officer: Officer) -> str:
    """The roster with one officer more, read again: nothing else in it is another, and it has no new mistake."""
    unit = registry.units[number]
    wanted = unit.model_copy(update={"officers": (*unit.officers, officer)})
    try:
        new = with_officer(text, number, officer)
    except RosterError:
        new = ""
    read = understand(yaml_document(UNITS.place, new.encode("utf-8")), UNITS.adapter)
    units = read[0] if not read[1] else None
    if units is None or not only_officers_added(registry.units, units) or units[number] != wanted:
        raise RefusedError(
            f"{UNITS.place} 里 {unit.id} 的写法改不了；请维护人员在它的 officers 下面加一行：- {officer_line(officer)}"
        )
    return new


def _somebody_else_s(registry: Registry, officer: Officer) -> Iterator[str]:
    """Why an account or an address is not this person's: by it somebody else is known."""
    people: list[Person] = [*registry.editors]
    for unit in registry.units:
        people += [*unit.officers, *unit.supervisor.values()]
    for other in people:
        if other.name != officer.name:
            if officer.account and other.is_known_as(account=officer.account):
                yield f"账号 {officer.account} 已是{other.name}的"
            yield from (
                f"邮箱 {email} 已是{other.name}的"
                for email in officer.emails
                if other.is_known_as(email=email)
            )


def _proposed(proposals: Iterable[OpenProposal], around: County) -> Iterator[Submission]:
    """The items that only proposals have, each once."""
    seen = set(around.by_id)
    for proposal in proposals:
        for read in proposal.documents:
            written = submission(read)[0]
            if written and read.stem not in seen:
                seen.add(read.stem)
                yield written


def _until(unit: Unit, name: str) -> date | None:
    """The last day of a former officer of that name."""
    ended = [one.until for one in unit.officers if one.name == name and one.until]
    return max(ended, default=None)
