"""Family 刊物: an issue is named as it is numbered, signed by somebody who may, and holds what its publication adopted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from zhibao.check.registry_subject import RegistryCheck, RegistryHit, RegistrySubject, known
from zhibao.model.bulletins import BULLETINS, Issue, IssueName
from zhibao.model.county import County, Item
from zhibao.model.document import Loc
from zhibao.model.finding import Severity
from zhibao.model.office import Office
from zhibao.model.standing import State

FAMILY = "刊物"


def bulletin_names(subject: RegistrySubject) -> Iterator[RegistryHit]:
    """一期一个文件，文件名里的刊物、年份、期号与里面写的一致。"""
    for path in subject.documents:
        if path.startswith(f"{BULLETINS}/") and IssueName.of_path(path) is None:
            mend = "请写成 2026-045.yml；增刊写 2026-s002.yml；不是默认刊物的，前面加它的编号，如 kuaixun-2026-006.yml"
            yield RegistryHit(path, (), "文件名不是期号的写法", mend)
    for issue in subject.registry.issues:
        name, bulletin = issue.name, issue.bulletin
        if bulletin.number != name.number:
            fact = f"里面写的是第 {bulletin.number} 期，文件名是第 {name.number} 期"
            yield RegistryHit(name.path, ("number",), fact, "请改成一样的")
        if bulletin.supplement != name.supplement:
            fact = "里面写的是增刊，文件名不是" if bulletin.supplement else "文件名是增刊，里面没有写"
            mend = "增刊的文件名写 s 加三位数字，里面写 supplement: true"
            yield RegistryHit(name.path, ("supplement",), fact, mend)
        if bulletin.signed and bulletin.signed.year != name.year:
            fact = f"签发日期 {bulletin.signed} 不在 {name.year} 年"
            yield RegistryHit(name.path, ("signed",), fact, "期号一年一排；请核对年份")
        yield from _publication(issue, subject.registry.office)


def bulletin_numbers(subject: RegistrySubject) -> Iterator[RegistryHit]:
    """同一刊物一年之内期号连着排，不缺号，先后与签发一致；增刊另排。"""
    for before, after in pairwise(subject.registry.issues):
        if before.series != after.series:
            continue
        path, number = after.name.path, before.name.number + 1
        if after.name.number > number:
            missing = before.name._replace(number=number)
            mend = f"请补上 {missing.path}，或者改期号"
            yield RegistryHit(path, ("number",), f"前面缺{missing.label}", mend)
        first, second = before.bulletin.signed, after.bulletin.signed
        if second and first and second < first:
            fact = f"{second} 签发，早于前一期的 {first}"
            yield RegistryHit(path, ("signed",), fact, "请核对两期的日期", Severity.WARNING)
        if second and not first:
            fact = f"这一期签发了，前一期（{before.name.path}）还没有"
            yield RegistryHit(path, ("signed",), fact, "请先签发前一期", Severity.WARNING)


def bulletin_signatures(subject: RegistrySubject) -> Iterator[RegistryHit]:
    """编辑当天在任；签发的是当天在任的主编或签发人；签发人和签发日期一起写。"""
    registry = subject.registry
    for issue in registry.issues:
        path, bulletin, signed = issue.name.path, issue.bulletin, issue.bulletin.signed
        if (bulletin.signer is None) != (signed is None):
            has, lacks = ("signer", "signed") if signed is None else ("signed", "signer")
            yield RegistryHit(
                path, (has,), f"写了 {has}，没有写 {lacks}", f"请补上 {lacks}，两样都有才算签发"
            )
        today = subject.county.now.date() if subject.county else None
        if signed and today and signed > today:
            yield RegistryHit(
                path, ("signed",), f"签发日期 {signed} 还没有到（今天 {today}）", "请写实际签发的日期"
            )
        day = signed or today
        editor = registry.editor(bulletin.editor)
        if editor is None or (day and not (editor.decides and editor.serves_on(day))):
            able = "、".join(
                e.account for e in registry.editors if e.decides and (day is None or e.serves_on(day))
            )
            fact = f"{bulletin.editor} {f'在 {day} ' if day else ''}不是编辑"
            yield RegistryHit(path, ("editor",), fact, f"可以写：{able}")
        if bulletin.signer and signed and not registry.is_signed(issue):
            able = "、".join(e.account for e in registry.editors if e.approves_on(signed))
            fact = f"{bulletin.signer} 在 {signed} 不是主编或签发人，这一期不算签发"
            yield RegistryHit(path, ("signer",), fact, f"可以写：{able}")


def bulletin_items(subject: RegistrySubject) -> Iterator[RegistryHit]:
    """一期里的信息都由这个刊物采用了，没有撤下，一条只登一次；期号只写在这里。"""
    seen: dict[tuple[str, str], Issue] = {}
    for issue in subject.registry.issues:
        for place, line in enumerate(issue.bulletin.items):
            if line.id is None:
                continue
            at: Loc = ("items", place)
            first = seen.setdefault((issue.publication, line.id), issue)
            if first is not issue or line.id in issue.bulletin.ids[: _before(issue, place)]:
                fact = f"{line.id} 已经登在{first.publication}{first.name.label}里"
                yield RegistryHit(issue.name.path, at, fact, "一条信息在一个刊物里只登一次；请删去这一行")
            elif subject.county:
                yield from _listed(issue, line.id, at, subject.county)


def _before(issue: Issue, place: int) -> int:
    """How many items stand before a line."""
    return sum(line.id is not None for line in issue.bulletin.items[:place])


def _publication(issue: Issue, office: Office) -> Iterator[RegistryHit]:
    path, at = issue.name.path, ("publication",)
    publications = {one.name: one for one in office.publications}
    yield from known(path, at, issue.publication, "刊物", publications)
    own = publications.get(issue.publication)
    if own is None:
        return
    if own.level != office.level:
        yield RegistryHit(
            path, at, f"{own.name}是{own.level}级的刊物，不由本级编期", f"请写{office.level}级的刊物"
        )
    elif office.publication_of(issue.name.publication) != own:
        default = office.publication_of("")
        wanted = issue.name._replace(publication="" if own == default else own.id or "…")
        lack = "" if own == default or own.id else f"请先在 office.yml 给{own.name}写上 id；"
        yield RegistryHit(path, at, f"这一期的刊物是{own.name}，文件名不是", f"{lack}文件名请写 {wanted}.yml")


def _listed(issue: Issue, id_: str, at: Loc, county: County) -> Iterator[RegistryHit]:
    """What is wrong with one item of an issue."""
    path, signed, item = issue.name.path, issue.bulletin.signed, county.item(id_)
    if item is None:
        yield RegistryHit(path, at, f"没有 {id_} 这条信息，或者它读不出来", "请核对编号")
        return
    withdrawn = item.submission.review.withdrawn
    if withdrawn and (signed is None or withdrawn.date <= signed):
        yield RegistryHit(path, at, f"{id_} 已在 {withdrawn.date} 撤下", "请删去这一行")
    elif item.state is not State.ADOPTED:
        severity = Severity.WARNING if signed else None  # reopened since: what was signed cannot be unsigned
        yield RegistryHit(
            path, at, f"{id_} 没有采用（{item.state.label}）", "请先采用，或删去这一行", severity
        )
    else:
        yield from _adopted(issue, item, at, county.registry.office)


def _adopted(issue: Issue, item: Item, at: Loc, office: Office) -> Iterator[RegistryHit]:
    path, signed = issue.name.path, issue.bulletin.signed
    used = [one for one in item.adoptions if office.is_publication(one.publication, issue.publication)]
    if not used:
        names = "、".join(
            dict.fromkeys(one.publication for one in item.adoptions if one.level == office.level)
        )
        fact = f"{item.id} 采用的刊物是{names}，不是{issue.publication}"
        yield RegistryHit(path, at, fact, "请移到那个刊物的期里，或用 zhibao adoption 记上这个刊物的采用")
        return
    for adoption in used:
        if office.number_in(adoption.publication):
            fact = f"{item.id} 的 adoptions 里也写了期号“{adoption.publication}”"
            mend = f"期号由这里推出；请把 {item.document.path} 里的改成“{issue.publication}”"
            yield RegistryHit(path, at, fact, mend)
    day = min(adoption.date for adoption in used)
    if signed and signed < day:
        yield RegistryHit(path, at, f"{item.id} {day} 才采用，晚于签发日期 {signed}", "请核对两个日期")


CHECKS: tuple[RegistryCheck, ...] = (
    RegistryCheck("bulletin-names", Severity.ERROR, bulletin_names, FAMILY),
    RegistryCheck("bulletin-numbers", Severity.ERROR, bulletin_numbers, FAMILY),
    RegistryCheck("bulletin-signatures", Severity.ERROR, bulletin_signatures, FAMILY),
    RegistryCheck("bulletin-items", Severity.ERROR, bulletin_items, FAMILY),
)
