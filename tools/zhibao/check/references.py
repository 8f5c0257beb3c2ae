"""Family 引用: every unit, person, kind, call and item that is named is one that the registry or the repository knows."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from zhibao.check import sayings
from zhibao.check.form_mends import TAGS
from zhibao.check.subject import Check, Hit, Subject
from zhibao.model.finding import Severity
from zhibao.model.submission import Audience, JointUnit, Source, Submission

FAMILY = "引用"


def unit_known(subject: Subject) -> Iterator[Hit]:
    """单位是登记在册、当天存在的单位。"""
    submission = _of(subject)
    yield from _unit(subject, submission.unit, ("unit",))


def officer_known(subject: Subject) -> Iterator[Hit]:
    """信息员是该单位当天在任的信息员；新人先报送，由办公室备案。"""
    submission = _of(subject)
    unit = subject.registry.unit(submission.unit)
    if unit is None or any(submission.officer == o.name for o in unit.officers_on(submission.arrived.date())):
        return
    known = "、".join(officer.name for officer in unit.officers_on(submission.arrived.date())) or "无"
    name = unit.name_on(submission.arrived.date())
    yield sayings.OFFICER_UNKNOWN.hit(("officer",), officer=submission.officer, unit=name, known=known)


def kind_known(subject: Subject) -> Iterator[Hit]:
    """类型是 office.yml 里的类型。"""
    kind, office = _of(subject).kind, subject.registry.office
    if office.kind(kind) is None:
        yield Hit(("kind",), f"没有“{kind}”这个类型", _choose(kind, (known.name for known in office.kinds)))


def call_known(subject: Subject) -> Iterator[Hit]:
    """call 是一个报送要点的编号，报送时还没有截止。"""
    submission = _of(subject)
    if submission.call is None:
        return
    call = subject.registry.call_by_id.get(submission.call)
    if call is None:
        yield Hit(
            ("call",),
            f"没有“{submission.call}”这个报送要点",
            _choose(submission.call, subject.registry.call_by_id),
        )
        return
    day = submission.arrived.date()
    if not call.is_open_on(day):
        when = f"{call.due:%Y-%m-%d} 截止" if day > call.due else f"{call.since:%Y-%m-%d} 才发布"
        yield Hit(
            ("call",),
            f"报送要点“{call.title}”{when}，这条是 {day:%Y-%m-%d} 报送的",
            "照样报送，但不算按时完成",
            severity=Severity.WARNING,
        )


def joint_units(subject: Subject) -> Iterator[Hit]:
    """联合单位登记在册，不重复，不是本单位；份额合计不超过 1。"""
    submission = _of(subject)
    seen = {submission.unit}
    for number, joint in enumerate(submission.joint):
        yield from _unit(subject, joint.unit, ("with", number, "unit"))
        if joint.unit in seen:
            yield Hit(("with", number, "unit"), f"{joint.unit} 写了不止一次，或者就是本单位", "请删去这一项")
        seen.add(joint.unit)
    yield from _shares(("with",), submission.joint, whole=False)


def sources_known(subject: Subject) -> Iterator[Hit]:
    """来源信息都在仓库里，不重复；只有办公室编发的信息写 sources，份额合计为 1。"""
    submission = _of(subject)
    if not submission.sources:
        return
    if not subject.registry.is_office(submission.unit):
        office = subject.registry.office
        yield Hit(
            ("sources",),
            f"sources 只用于{office.name}编发的信息",
            f"请删去，或把 unit 写成 {office.unit}",
            key=True,
        )
    seen = {subject.document.stem}
    for number, source in enumerate(submission.sources):
        if source.id in seen:
            yield Hit(("sources", number, "id"), f"来源 {source.id} 写了两次，或者就是这一条", "请删去这一项")
        elif source.id not in subject.county.paths:
            near = _choose(source.id, subject.county.paths)
            yield Hit(("sources", number, "id"), f"仓库里没有 {source.id}", near)
        seen.add(source.id)
    yield from _shares(("sources",), submission.sources, whole=True)


def resubmits_known(subject: Subject) -> Iterator[Hit]:
    """重报的是本单位更早的一条信息。"""
    submission = _of(subject)
    earlier = submission.resubmits
    if earlier is None:
        return
    if earlier not in subject.county.paths:
        yield Hit(("resubmits",), f"仓库里没有 {earlier}", _choose(earlier, subject.county.paths))
    elif earlier.split("-")[2] != submission.unit:
        yield Hit(("resubmits",), f"{earlier} 不是本单位的信息", "只能重报本单位的信息")
    elif earlier >= subject.document.stem:
        yield Hit(("resubmits",), f"{earlier} 不比这一条早", "请写先前那一条的编号")


def clearance_known(subject: Subject) -> Iterator[Hit]:
    """公开的信息要由当天的分管领导或编辑审核。"""
    submission = _of(subject)
    clearance, registry = submission.clearance, subject.registry
    supervisor = registry.supervisor_on(submission.unit, submission.arrived.date())
    who = supervisor.name if supervisor else "分管领导"
    if clearance is None:
        if submission.audience is Audience.OPEN:
            mend = f"补上 clearance: {{by: {who}, date: {submission.submitted:%Y-%m-%d}}}，或改成 audience: network"
            yield Hit(("audience",), "audience 是 open，没有写谁审核过", mend)
        return
    there = registry.supervisor_on(submission.unit, clearance.date)
    known = {there.name, there.account} if there else set()
    for editor in registry.editors:
        if editor.decides and editor.serves_on(clearance.date):
            known |= {editor.name, editor.account}
    if clearance.by not in known:
        yield Hit(
            ("clearance", "by"),
            f"{clearance.by} 当天不是分管领导或编辑",
            f"应由 {who} 审核；在此之前不进公开版",
        )


def tags_known(subject: Subject) -> Iterator[Hit]:
    """标签不重复，不超过规定的个数，几个标签分开写。"""
    tags, most = _of(subject).tags, subject.registry.office.tags.most
    for number, tag in enumerate(tags):
        if tag in tags[:number]:
            yield Hit(("tags", number), f"标签“{tag}”写了两次", "请删去一个")
        if "，" in tag or "、" in tag:
            apart = ", ".join(re.split("[，、]", tag))
            yield Hit(("tags", number), f"“{tag}”算作一个标签", f"几个标签用半角逗号分开：[{apart}]")
    if len(tags) > most:
        yield Hit(("tags",), f"标签 {len(tags)} 个，上限 {most} 个", f"请留下最要紧的 {most} 个")


def _of(subject: Subject) -> Submission:
    if subject.submission is None:
        raise ValueError("a check that needs a submission ran without one")
    return subject.submission


def _unit(subject: Subject, id_: str, at: tuple[str | int, ...]) -> Iterator[Hit]:
    unit = subject.registry.unit(id_)
    day = _of(subject).arrived.date()
    if unit is None:
        yield Hit(at, f"没有登记“{id_}”这个单位", _choose(id_, subject.registry.unit_by_id))
    elif not unit.exists_on(day):
        after = f"，由 {unit.successor} 接续" if unit.successor else ""
        yield Hit(
            at,
            f"{unit.name_on(day)} 在 {day:%Y-%m-%d} 不存在（已撤销或尚未设立）{after}",
            "请写当时存在的单位",
        )


def _shares(
    at: tuple[str], parts: tuple[JointUnit, ...] | tuple[Source, ...], *, whole: bool
) -> Iterator[Hit]:
    given = [part.share for part in parts if part.share is not None]
    if not given:
        return
    if len(given) < len(parts):
        yield Hit(
            at, f"{len(parts)} 项里只有 {len(given)} 项写了份额", "要么都写，要么都不写（平分）", key=True
        )
        return
    total = sum(given, Decimal(0))
    if whole and total != 1:
        yield Hit(at, f"份额合计 {total}，应为 1", "请改到合计为 1，或都不写（平分）", key=True)
    elif total >= 1 and not whole:
        yield Hit(
            at, f"联合单位的份额合计 {total}，没有给本单位留下", "合计要小于 1，余下的是本单位的", key=True
        )


def _choose(written: str, known: Iterable[str]) -> str:
    """Which of the known words was probably meant; all of them where they are few."""
    words = list(known)
    near = difflib.get_close_matches(written, words, 3, 0.6) if len(words) < 2_000 else []
    if near:
        return f"是不是 {'、'.join(near)}？"
    return f"可以写：{'、'.join(words)}" if 0 < len(words) <= 30 else "请核对"


CHECKS: tuple[Check, ...] = (
    Check("unit-known", Severity.ERROR, FAMILY, unit_known),
    Check("officer-known", Severity.WARNING, FAMILY, officer_known),
    Check("kind-known", Severity.ERROR, FAMILY, kind_known),
    Check("call-known", Severity.ERROR, FAMILY, call_known),
    Check("joint-units", Severity.ERROR, FAMILY, joint_units),
    Check("sources-known", Severity.ERROR, FAMILY, sources_known),
    Check("resubmits-known", Severity.ERROR, FAMILY, resubmits_known),
    Check("clearance-known", Severity.WARNING, FAMILY, clearance_known),
    Check("tags-known", Severity.WARNING, FAMILY, tags_known, mends=(TAGS,)),
)
