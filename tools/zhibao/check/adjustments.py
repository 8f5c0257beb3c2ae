"""Family 计分, continued: objections, answers and adjustments name what is known, are signed, come in order and in time."""

from __future__ import annotations

from collections.abc import Iterator

from zhibao.check.registry_subject import RegistryCheck, RegistryHit, RegistrySubject, known
from zhibao.model.adjustments import Adjustment
from zhibao.model.county import County
from zhibao.model.files import ADJUSTMENTS, name_of
from zhibao.model.finding import Severity
from zhibao.model.period import Period

FAMILY = "计分"

_FOLDER = ADJUSTMENTS.place.rstrip("/")


def adjustments_known(subject: RegistrySubject) -> Iterator[RegistryHit]:
    """异议和调整写的单位、信息、认定的问题都有；信息是这个单位的；批准的是当天在任的主编或签发人，答复的是当天在任的编辑。"""
    registry = subject.registry
    for path, one in _matters(subject):
        yield from known(path, ("unit",), one.unit, "单位", registry.unit_by_id)
        if one.item and subject.county:
            yield from _item(path, one, subject.county)
        if one.finding is not None:
            priced = registry.rules_on(one.date).findings
            yield from known(path, ("finding",), one.finding, "认定的问题", priced)
        editor = registry.editor(one.approver) if one.approver else None
        if one.approver and (editor is None or not editor.approves_on(one.date)):
            able = "、".join(e.account for e in registry.editors if e.approves_on(one.date))
            fact = f"{one.approver} 在 {one.date} 不是主编或签发人"
            yield RegistryHit(path, ("approver",), fact, f"可以写：{able}")
        answer = one.answer
        editor = registry.editor(answer.by) if answer else None
        if answer and (editor is None or not (editor.decides and editor.serves_on(answer.date))):
            able = "、".join(e.account for e in registry.editors if e.decides and e.serves_on(answer.date))
            fact = f"{answer.by} 在 {answer.date} 不是编辑"
            yield RegistryHit(path, ("answer", "by"), fact, f"可以写：{able}")


def adjustments_signed(subject: RegistrySubject) -> Iterator[RegistryHit]:
    """写了分值或认定的问题，要有批准人；没有批准，不计分。"""
    for path, one in _matters(subject):
        if one.decides and one.approver is None:
            key = "finding" if one.finding is not None else "points"
            able = "、".join(e.account for e in subject.registry.editors if e.approves_on(one.date))
            mend = f"请主编或签发人批准，写上 approver（{one.date} 可以是 {able or '没有人'}）"
            yield RegistryHit(path, (key,), f"写了 {key}，没有批准人，不计分", mend)


def adjustments_in_time(subject: RegistrySubject) -> Iterator[RegistryHit]:
    """异议先提出后答复，都不在今天以后；分计入还没有封存的季度；封存的季度不留没有答复的异议。"""
    for path, one in _matters(subject):
        yield from _order(path, one, subject.county)
        yield from _closed(path, one, subject)


def _order(path: str, one: Adjustment, county: County | None) -> Iterator[RegistryHit]:
    said, answer = one.objection, one.answer
    if said and answer and answer.date < said.date:
        fact = f"{answer.date} 答复，早于 {said.date} 提出"
        yield RegistryHit(path, ("answer", "date"), fact, "请核对两个日期", Severity.ERROR)
    today = county.now.date() if county else None
    for key, dated in (("objection", said), ("answer", answer)):
        if dated and today and dated.date > today:
            fact = f"日期 {dated.date} 还没有到（今天 {today}）"
            yield RegistryHit(path, (key, "date"), fact, "请核对日期", Severity.ERROR)


def _closed(path: str, one: Adjustment, subject: RegistrySubject) -> Iterator[RegistryHit]:
    closed = subject.registry.closed.get(Period.quarter_of(one.date))
    if closed is None:
        return
    label, own = closed.period.label, name_of(path)
    published = {line.event for line in closed.notice.lines}
    if one.counts and not published & {f"adjustment/{own}", f"finding/{own}"}:
        fact = f"{label}已经封存，封存时没有这一项；它的分在下一个没有封存的季度里补差"
        yield RegistryHit(path, ("date",), fact, "要直接计入没有封存的季度，把 date 改成那一季度的一天")
    elif one.waits:
        fact = f"{label}已经封存，这件事还没有{'批准' if one.decides else '答复'}"
        mend = (
            "请写上 approver，或删去分值"
            if one.decides
            else "请写上 answer: {by: 账号, date: 日期, words: 答复}"
        )
        yield RegistryHit(path, (), fact, mend)


def _item(path: str, one: Adjustment, county: County) -> Iterator[RegistryHit]:
    item = county.item(one.item or "")
    if item is None:
        if one.item not in county.paths:
            yield RegistryHit(
                path, ("item",), f"没有 {one.item} 这条信息", "请核对编号；不是哪一条的，删去 item"
            )
        return
    behind = [county.item(source.id) for source in item.submission.sources]
    units = dict.fromkeys((*item.submission.units, *(u for b in behind if b for u in b.submission.units)))
    if one.unit not in units:
        fact = f"{one.item} 不是 {one.unit} 报送或供稿的"
        yield RegistryHit(path, ("item",), fact, f"请核对；这一条的单位是：{'、'.join(units)}")


def _matters(subject: RegistrySubject) -> Iterator[tuple[str, Adjustment]]:
    """Each matter with the path of its file."""
    paths = {name_of(path): path for path in subject.documents if ADJUSTMENTS.holds(path)}
    for id_, one in subject.registry.adjustments.items():
        yield paths.get(id_, _FOLDER), one


CHECKS: tuple[RegistryCheck, ...] = (
    RegistryCheck("adjustments-known", Severity.ERROR, adjustments_known, FAMILY),
    RegistryCheck("adjustments-signed", Severity.WARNING, adjustments_signed, FAMILY),
    RegistryCheck("adjustments-in-time", Severity.WARNING, adjustments_in_time, FAMILY),
)
