"""Family 计分: a policy uses the office's own words, follows on the one before it, and means something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from zhibao.check.registry_subject import RegistryCheck, RegistryHit, RegistrySubject, known
from zhibao.model.document import Loc
from zhibao.model.finding import Severity
from zhibao.model.office import Office
from zhibao.model.policy.formulas import Completion
from zhibao.model.policy.terms import ANY, When
from zhibao.model.registry import Registry
from zhibao.model.rules import Rules, in_force

FAMILY = "计分"


def rules_terms(subject: RegistrySubject) -> Iterator[RegistryHit]:
    """计分办法里的层级、形式、刊物、类型、类别、单位、原因和评分项目都是名册里的。"""
    registry = subject.registry
    for path, rules in subject.rules.items():
        yield from _levels(path, rules, registry.office)
        for key, clauses in (("special", rules.special), ("bonus", rules.bonus), ("caps", rules.caps)):
            for number, clause in enumerate(clauses):
                yield from _condition(path, (key, number), clause, registry.office)
        yield from _words(path, ("sources", "full"), rules.sources.full, "采用形式", registry.office.forms)
        codes = [reason.code for reason in registry.office.reasons]
        yield from _words(path, ("invalid",), rules.invalid, "原因代码", codes)
        yield from _quotas(path, rules, registry)
        for mark in rules.quality.marks:
            yield from known(path, ("quality", "marks", mark), mark, "评分项目", registry.office.marks)
        for number, bar in enumerate((*rules.awards.barred, *rules.awards.zeroed)):
            key = "barred" if number < len(rules.awards.barred) else "zeroed"
            yield from _words(path, ("awards", key), bar.finding, "认定的问题", rules.findings)


def rules_multiples(subject: RegistrySubject) -> Iterator[RegistryHit]:
    """一级按另一级的倍数计分，不能绕成一圈。"""
    for path, rules in subject.rules.items():
        for level, table in rules.adoption.items():
            for form, score in table.items():
                circle = _circle(rules, level, form)
                if circle:
                    yield RegistryHit(
                        path,
                        ("adoption", level, form),
                        f"{level}级按{score.of}级的倍数计，绕了一圈：{' → '.join(circle)}",
                        "请给其中一级写上分值",
                    )


def rules_dates(subject: RegistrySubject) -> Iterator[RegistryHit]:
    """几份计分办法首尾相接：起始日期各不相同，中间没有空档，也不重叠。"""
    ordered = sorted(subject.rules.items(), key=lambda pair: (pair[1].since, pair[0]))
    for path, rules in ordered:
        if rules.until and rules.until < rules.since:
            yield RegistryHit(
                path, ("until",), f"until {rules.until} 早于 from {rules.since}", "请核对两个日期"
            )
    for (path, rules), (other, following) in pairwise(ordered):
        if rules.since == following.since:
            yield RegistryHit(other, ("from",), f"from 与 {path} 相同", "两份办法不能同一天起用")
            continue
        last = following.since - timedelta(days=1)
        if rules.until and rules.until < last:
            fact = f"{rules.until} 停用，下一份 {following.since} 才起用，中间没有办法"
            yield RegistryHit(path, ("until",), fact, f"请把 until 写成 {last}，或者删去")
        elif rules.until and rules.until > last:
            fact = f"{rules.until} 才停用，下一份 {following.since} 已经起用"
            yield RegistryHit(path, ("until",), fact, f"请把 until 写成 {last}，或者删去")


def rules_sense(subject: RegistrySubject) -> Iterator[RegistryHit]:
    """计分办法的各条说得通：加重有次数，任务扣分有任务数，基础分不按得分算完成率。"""
    for path, rules in subject.rules.items():
        hard = rules.commission.escalate if rules.commission else None
        if hard and hard.late is None and hard.missed is None:
            yield RegistryHit(
                path, ("commission", "escalate"), "加重没有写满几次", "请写 late: 3 或 missed: 2"
            )
        if rules.base and rules.completion is Completion.POINTS:
            fact = "基础分乘以完成率，完成率又按得分算，互为因果"
            yield RegistryHit(path, ("completion",), fact, "请写 completion: submitted 或 adopted")
        for number, rule in enumerate(rules.shortfall):
            tasks = [quota for quota in rules.quota if set(quota.kinds) == set(rule.kinds)]
            own = not rule.kinds and any(unit.quota for unit in subject.registry.units)
            if not tasks and not own:
                what = f"{'、'.join(rule.kinds)}任务" if rule.kinds else "任务"
                mend = "请在 quota 里写上任务数，或删去这一条"
                yield RegistryHit(
                    path, ("shortfall", number), f"没有规定{what}，这一条扣不到谁", mend, Severity.WARNING
                )


def closed_rules(subject: RegistrySubject) -> Iterator[RegistryHit]:
    """已经通报的季度，它的计分办法不再改。"""
    for period, closed in subject.registry.closed.items():
        frozen = dict(zip((rules.path for rules in closed.notice.rules), closed.rules, strict=True))
        restore = f"git checkout {closed.notice.commit[:10]} -- "
        live = dict(in_force(subject.rules, period))
        for path, rules in live.items():
            if rules not in closed.rules:
                mend = f"请恢复原样：{restore}{path}；要改办法，另写一份，from 写在 {period.end} 之后"
                yield RegistryHit(path, (), f"{period.label}已经通报，这份办法与通报时封存的不同", mend)
        for path, rules in frozen.items():
            if rules not in live.values() and path not in live:
                fact = f"{period.label}已经通报，当时的办法 {path} 不在了"
                yield RegistryHit(closed.path, (), fact, f"请恢复：{restore}{path}")


def _levels(path: str, rules: Rules, office: Office) -> Iterator[RegistryHit]:
    for level, table in rules.adoption.items():
        yield from known(path, ("adoption", level), level, "层级", office.levels)
        for form, score in table.items():
            if form != ANY:
                yield from known(path, ("adoption", level, form), form, "采用形式", office.forms)
            if score.of is not None:
                yield from known(path, ("adoption", level, form, "of"), score.of, "层级", office.levels)
    for level in rules.instruction:
        yield from known(path, ("instruction", level), level, "层级", office.levels)
    for number, leader in enumerate(rules.leaders):
        yield from known(path, ("leaders", number, "level"), leader.level, "层级", office.levels)
    for level in rules.joint.points:
        if level != ANY:
            yield from known(path, ("joint", "points", level), level, "层级", office.levels)
    for number, special in enumerate(rules.special):
        if special.of is not None:
            yield from known(path, ("special", number, "of"), special.of, "层级", office.levels)


def _condition(path: str, at: Loc, when: When, office: Office) -> Iterator[RegistryHit]:
    names = [publication.name for publication in office.publications]
    kinds = [kind.name for kind in office.kinds]
    yield from _words(path, (*at, "level"), when.level, "层级", office.levels)
    yield from _words(path, (*at, "form"), when.form, "采用形式", office.forms)
    yield from _words(path, (*at, "publication"), when.publication, "刊物", names)
    yield from _words(path, (*at, "kind"), when.kind, "类型", kinds)


def _quotas(path: str, rules: Rules, registry: Registry) -> Iterator[RegistryHit]:
    groups = sorted({group for unit in registry.units for group in unit.group.values()})
    kinds = [kind.name for kind in registry.office.kinds]
    for number, quota in enumerate(rules.quota):
        yield from _words(path, ("quota", number, "groups"), quota.groups, "类别", groups)
        yield from _words(path, ("quota", number, "units"), quota.units, "单位", registry.unit_by_id)
        yield from _words(path, ("quota", number, "kinds"), quota.kinds, "类型", kinds)
    for number, rule in enumerate(rules.shortfall):
        yield from _words(path, ("shortfall", number, "kinds"), rule.kinds, "类型", kinds)


def _words(
    path: str, at: Loc, words: Sequence[str], what: str, there: Iterable[str]
) -> Iterator[RegistryHit]:
    names = list(there)
    for number, word in enumerate(words):
        yield from known(path, (*at, number), word, what, names)


def _circle(rules: Rules, level: str, form: str) -> list[str]:
    """The levels of a circle that begins here; empty where multiples come to an end."""
    seen = [level]
    while True:
        table = rules.adoption.get(seen[-1], {})
        score = table.get(form) or table.get(ANY)
        if score is None or score.of is None:
            return []
        if score.of == level:
            return [*seen, level]
        if score.of in seen:
            return []
        seen.append(score.of)


CHECKS: tuple[RegistryCheck, ...] = (
    RegistryCheck("rules-terms", Severity.ERROR, rules_terms, FAMILY),
    RegistryCheck("rules-multiples", Severity.ERROR, rules_multiples, FAMILY),
    RegistryCheck("rules-dates", Severity.ERROR, rules_dates, FAMILY),
    RegistryCheck("rules-sense", Severity.ERROR, rules_sense, FAMILY),
    RegistryCheck("closed-rules", Severity.ERROR, closed_rules, FAMILY),
)
