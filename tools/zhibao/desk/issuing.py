"""The next issue of a publication, proposed: what was adopted since the last one, the weightiest first, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from zhibao.model.bulletins import LAST, Bulletin, Issue, IssueName, Listed
from zhibao.model.county import County, Item
from zhibao.model.files import modeline
from zhibao.model.finding import printable
from zhibao.model.office import Office, Publication
from zhibao.model.registry import Registry
from zhibao.model.submission import Audience
from zhibao.repo import git
from zhibao.repo.county_files import CountyReading
from zhibao.repo.front_matter_text import scalar
from zhibao.review.appraise import appraise
from zhibao.review.branch import RefusedError
from zhibao.score.wording import number

MOST = 12
"""Items that are proposed; the others stand below as comments."""
LEFT_OVER = timedelta(days=60)
"""How long before the last issue an item may have been adopted that is still offered."""
MOST_OTHERS = 30
"""Items offered as comments."""
ROUTES = ("report", "send", "distribute")
"""The keys of 报, 送 and 发."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An item, and why it stands where it stands."""

    item: Item
    why: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """An issue that does not exist yet, with the reason for each of its items. `others` may be taken up."""

    issue: Issue
    choices: tuple[Choice, ...]
    others: tuple[Choice, ...]


def draft(registry: Registry, publication: Publication, *, supplement: bool) -> Issue | None:
    """The issue that is written but not signed: the next one, until it is signed. The first of several."""
    own = _issues(registry, publication, supplement=supplement)
    return next((issue for issue in own if not registry.is_signed(issue)), None)


def proposed(reading: CountyReading, publication: Publication, editor: str, *, supplement: bool) -> Proposed:
    """The next issue. Raises RefusedError where nothing was adopted since the last one, or the publication cannot be numbered."""
    county = reading.county
    registry, today = county.registry, county.now.date()
    earlier = _issues(registry, publication, supplement=supplement)
    last = earlier[-1] if earlier else None
    taken = _numbers(county, publication, earlier, year=today.year, supplement=supplement)
    name = _name(
        registry.office, publication, max(taken, default=0) + 1, year=today.year, supplement=supplement
    )
    since = (last.bulletin.signed if last else None) or date(today.year, 1, 1)
    free = _not_yet_in_an_issue(county, publication, since - (LEFT_OVER if last else timedelta()))
    qualities = {found.item.id: found.quality.points for found in appraise(reading, free, ())}
    ordered = [
        Choice(item, _why(item, county, qualities))
        for item in sorted(free, key=lambda item: _weight(item, county, qualities))
    ]
    fresh = [one for one in ordered if _used_on(one.item, publication, county) >= since][:MOST]
    if not fresh:
        after = f"{last.name.label}（{since}）以后" if last else f"{today.year} 年"
        raise RefusedError(f"{publication.name} {after}没有新采用的信息，编不成下一期")
    bulletin = Bulletin(
        publication=publication.name,
        number=name.number,
        supplement=supplement,
        items=tuple(Listed(id=one.item.id) for one in fresh),
        editor=editor,
        report=last.bulletin.report if last else (),
        send=last.bulletin.send if last else (),
        distribute=last.bulletin.distribute if last else (),
    )
    chosen = {one.item.id for one in fresh}
    others = [one for one in ordered if one.item.id not in chosen][:MOST_OTHERS]
    return Proposed(Issue(name, publication.name, bulletin), tuple(fresh), tuple(others))


def responsible(reading: CountyReading, publication: Publication, account: str) -> str:
    """The account of the editor who makes an issue: the one named, else whom Git is set up for, else the last issue's, else the first.

    Raises RefusedError where the one named is no editor today, or nobody is; git.GitError where Git is missing.
    """
    registry, today, root = reading.county.registry, reading.county.now.date(), reading.root
    able = [editor for editor in registry.editors if editor.decides and editor.serves_on(today)]
    if account or not able:
        known = "、".join(editor.account for editor in able) or "没有"
        found = next((editor for editor in able if editor.is_known_as(account=account)), None)
        if found is None:
            raise RefusedError(f"{account or '名册里'}今天没有编辑职务；在任的编辑：{known}")
        return found.account
    email = git.ask(root, "config", "user.email") or ""
    last = [issue.bulletin.editor for issue in registry.issues if issue.publication == publication.name]
    wanted = [editor for editor in able if editor.is_known_as(email=email)]
    wanted += [editor for editor in able if last and editor.is_known_as(account=last[-1])]
    return (wanted or able)[0].account


def issue_text(found: Proposed, registry: Registry, today: date) -> str:
    """The file of a proposed issue: an editor moves its lines."""
    issue, bulletin = found.issue, found.issue.bulletin
    signers = "、".join(editor.account for editor in registry.editors if editor.approves_on(today))
    lines = [
        modeline(issue.name.path),
        f"# {issue.publication} {issue.name.label}，草稿。上下移动各行就是改先后，不登的删去；要分栏，加一行“- heading: 栏目”。",
        f"# 定稿以后写上 signer（签发人，可以是 {signers}）和 signed（签发日期，如 {today}），合并进主分支就算签发。",
    ]
    lines += [f"publication: {scalar(issue.publication)}"] if issue.name.publication else []
    lines += [f"number: {issue.name.number}"]
    lines += ["supplement: true"] if issue.name.supplement else []
    lines += ["items:", *(f"  - {_line(choice)}" for choice in found.choices)]
    lines += ["# 采用了、还没有登的；要登，去掉行首的 #："] if found.others else []
    lines += [f"#  - {_line(choice)}" for choice in found.others]
    lines += [f"editor: {bulletin.editor}"]
    lines += [
        f"{key}: [{', '.join(scalar(name, flow=True) for name in getattr(bulletin, key))}]" for key in ROUTES
    ]
    return "\n".join([*lines, ""])


def _issues(registry: Registry, publication: Publication, *, supplement: bool) -> list[Issue]:
    """The issues of a publication, of this kind, in order."""
    return [
        issue
        for issue in registry.issues
        if issue.publication == publication.name and issue.name.supplement is supplement
    ]


def _numbers(
    county: County, publication: Publication, earlier: Sequence[Issue], *, year: int, supplement: bool
) -> set[int]:
    """The numbers of a year that are taken: by issues, and by adoptions of before there were any, written with theirs."""
    office = county.registry.office
    taken = {issue.name.number for issue in earlier if issue.name.year == year}
    for item in county.items:
        for one in item.adoptions:
            written = office.number_in(one.publication) if one.date.year == year else None
            if (
                written
                and written[0] is supplement
                and office.is_publication(one.publication, publication.name)
            ):
                taken.add(written[1])
    return taken


def _name(office: Office, publication: Publication, number: int, *, year: int, supplement: bool) -> IssueName:
    own = "" if publication.name == office.default.publication else publication.id
    if publication.level != office.level:
        raise RefusedError(f"{publication.name}是{publication.level}级的刊物，不由本级编期")
    if own is None:
        mend = f"请在 office.yml 里{publication.name}那一行加上，如 id: kuaixun"
        raise RefusedError(f"{publication.name}还没有编号（id），期的文件没法起名；{mend}")
    if number > LAST:
        raise RefusedError(f"{publication.name} {year} 年已经编到第 {number - 1} 期，上限 {LAST} 期")
    return IssueName(own, year, supplement, number)


def _not_yet_in_an_issue(county: County, publication: Publication, since: date) -> list[Item]:
    taken = {
        id_
        for issue in county.registry.issues
        if issue.publication == publication.name
        for id_ in issue.bulletin.ids
    }
    return [
        item
        for item in county.items
        if item.adoptions
        and not item.is_withdrawn
        and item.id not in taken
        and _used_on(item, publication, county) >= since
    ]


def _used_on(item: Item, publication: Publication, county: County) -> date:
    """When the publication adopted an item; long ago where it did not, or is written with its issue already."""
    office = county.registry.office
    used = [one for one in item.adoptions if office.is_publication(one.publication, publication.name)]
    if any(office.number_in(one.publication) for one in used):
        return date.min
    return min((one.date for one in used), default=date.min)


def _weight(
    item: Item, county: County, qualities: Mapping[str, Decimal]
) -> tuple[bool, int, Decimal, date, str]:
    """Urgent first, then the highest level that adopted it, then the 质量分, then the earlier one."""
    office = county.registry.office
    level = max(office.level_rank(one.level) for one in item.adoptions)
    urgent = office.is_urgent(item.submission.kind)
    return not urgent, -level, -qualities[item.id], item.adoptions[0].date, item.id


def _why(item: Item, county: County, qualities: Mapping[str, Decimal]) -> str:
    office = county.registry.office
    above = dict.fromkeys(one.level for one in reversed(item.adoptions) if one.level != office.level)
    words = [
        f"{item.submission.title}（{county.registry.unit_name(item.unit, item.submitted_on)}）",
        "紧急" if office.is_urgent(item.submission.kind) else item.submission.kind,
        *(f"{level}级采用" for level in above),
        f"质量分 {number(qualities[item.id])}",
        f"{item.adoptions[0].date} 采用",
        "领导阅，网站不登" if item.submission.audience is Audience.LEADERS else "",
    ]
    return printable("；".join(filter(None, words)))


def _line(choice: Choice) -> str:
    return f"{choice.item.id}  # {choice.why}"
