"""What one adoption is worth by the rules: a special, else the table of its level, else nothing; and which clause says so."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from zhibao.model.county import County, Item
from zhibao.model.policy.terms import ANY, Score, When
from zhibao.model.rules import Rules
from zhibao.model.submission import Adoption
from zhibao.score.conditions import holds
from zhibao.score.shares import CENT
from zhibao.score.wording import number


@dataclass(frozen=True, slots=True)
class Tariff:
    """Points of one adoption, to two places, and the clause in Chinese; `points` is None where no clause gives any."""

    points: Decimal | None
    clause: str


def tariff(item: Item, adoption: Adoption, rules: Rules, county: County) -> Tariff:
    """What an adoption of an item is worth under these rules."""
    for special in rules.special:
        if holds(special, item, adoption, county):
            return _priced(special, adoption, rules, f"另行规定（{condition_words(special)}）")
    score = table_score(rules, adoption.level, adoption.form)
    if score is None:
        return Tariff(None, f"计分办法没有给{adoption.level}级、{adoption.form}定分值")
    return _priced(score, adoption, rules, f"采用计分表（{adoption.level}级、{adoption.form}）")


def table_score(rules: Rules, level: str, form: str) -> Score | None:
    """The table's entry for a level and form; None where it has none."""
    table = rules.adoption.get(level, {})
    return table.get(form) or table.get(ANY)


def table_points(rules: Rules, level: str, form: str) -> Decimal | None:
    """The table's points where they can be told from the rules alone; None where there are none."""
    return _table_points(rules, level, form, frozenset())


def condition_words(when: When) -> str:
    """A condition in Chinese."""
    words = [
        "、".join(f"{level}级" for level in when.level),
        "、".join(when.form),
        "、".join(when.publication),
        "、".join(when.kind),
        f"标签含{'、'.join(when.tag)}" if when.tag else "",
        _yes_no(when.urgent, "紧急信息"),
        _yes_no(when.commission, "约稿"),
        _yes_no(when.call, "按时回应报送要点"),
        _yes_no(when.joint, "联合报送"),
        f"带{when.media.label}" if when.media else "",
    ]
    return "，".join(filter(None, words)) or "所有信息"


def _yes_no(wanted: bool | None, words: str) -> str:
    return "" if wanted is None else words if wanted else f"不是{words}"


def _priced(score: Score, adoption: Adoption, rules: Rules, clause: str) -> Tariff:
    if score.times is None:
        return Tariff(score.points, clause)
    if score.of is None:
        if adoption.score is None:
            return Tariff(
                None, f"{clause}按上级计分的 {number(score.times)} 倍，采用记录里没有上级计分（score）"
            )
        points = _multiplied(adoption.score, score.times)
        return Tariff(points, f"{clause}：上级计 {number(adoption.score)} 分的 {number(score.times)} 倍")
    base = _table_points(rules, score.of, adoption.form, frozenset({adoption.level}))
    if base is None:
        return Tariff(None, f"{clause}按{score.of}级的倍数，{score.of}级的{adoption.form}没有定分值")
    points = _multiplied(base, score.times)
    return Tariff(points, f"{clause}：{score.of}级 {number(base)} 分的 {number(score.times)} 倍")


def _table_points(rules: Rules, level: str, form: str, above: frozenset[str]) -> Decimal | None:
    """Follows multiples of other levels; a circle gives nothing (the check of the rules reports it)."""
    score = table_score(rules, level, form)
    if score is None or level in above:
        return None
    if score.times is None:
        return score.points
    base = _table_points(rules, score.of, form, above | {level}) if score.of else None
    return None if base is None else _multiplied(base, score.times)


def _multiplied(points: Decimal, times: Decimal) -> Decimal:
    return (points * times).quantize(CENT, ROUND_HALF_UP)
