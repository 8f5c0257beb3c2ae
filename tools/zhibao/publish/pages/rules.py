"""规则: the scoring table and every check, made from the rules and the table of checks themselves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from zhibao.check.examples import EXAMPLES
from zhibao.check.situations import SITUATIONS
from zhibao.check.subject import Example
from zhibao.check.table import ALL
from zhibao.model.period import Period
from zhibao.model.rules import Rules
from zhibao.publish.page import Page
from zhibao.publish.render import page
from zhibao.publish.view import View
from zhibao.score.policy_words import sentences
from zhibao.score.tariff import table_points

_HOW = {
    "timeliness": "从事情发生到报送的工作日；超过时限每天减四分之一",
    "elements": "该类型应有的要素是否都写到",
    "length": "字数在该类型的范围之内",
    "single": "一事一报",
    "figures": "有单位的数字，{enough} 处为满分",
    "call": "按时回应报送要点",
    "novelty": "与以往信息不雷同",
}


def pages(view: View) -> Iterator[Page]:
    """The rules in force and to come, and the checks."""
    yield page(
        view,
        "rules",
        "rules/index",
        "规则",
        description="计分办法、质量分、信息类型。",
        all_rules=list(_all_rules(view)),
        parts=lambda rules: list(_parts(view, rules)),
        table_points=table_points,
        sentences=sentences,
    )
    families = [
        (family, [(row, SITUATIONS.get(row.code), _example(row.code)) for row in rows])
        for family, rows in groupby(ALL, key=lambda row: row.family)
    ]
    yield page(
        view,
        "checks",
        "rules/checks",
        "检查项目",
        description="报送前后的每一项检查，各有正反例子。",
        families=families,
        count=len(ALL),
        searched=" ".join(row.summary for row in ALL),
    )


def _all_rules(view: View) -> Iterator[tuple[Rules, list[Period], bool]]:
    """The rules in force and to come, the latest first, then frozen ones that are no more; with the closed quarters that they hold for."""
    registry = view.registry
    frozen = {period: closed.rules for period, closed in registry.closed.items()}
    gone = [rules for rules in reversed(registry.all_rules) if rules not in registry.rules]
    unique = [rules for place, rules in enumerate(gone) if rules not in gone[:place]]
    for rules in (*reversed(registry.rules), *unique):
        yield rules, [period for period, own in frozen.items() if rules in own], rules in registry.rules


def _example(code: str) -> tuple[str, str] | None:
    """What is shown of a check's example; None where a sentence says it better."""
    return _shown(EXAMPLES[code]) if code in EXAMPLES and code not in SITUATIONS else None


def _shown(example: Example) -> tuple[str, str]:
    """The bad and the good text; of whole files and bodies only the lines in which they differ."""
    if example.part not in ("file", "body"):
        return example.bad.strip(), example.good.strip()
    bad, good = example.bad.splitlines(), example.good.splitlines()
    only_bad = [line for line in bad if line and line not in good]
    only_good = [line for line in good if line and line not in bad]
    return "\n".join(only_bad[:6]) or "（没有）", "\n".join(only_good[:6]) or "（没有这一句）"


def _parts(view: View, rules: Rules) -> Iterator[tuple[str, int, str]]:
    weights = rules.quality.weights
    for name, field in type(weights).model_fields.items():
        yield str(field.title), getattr(weights, name), _HOW[name].format(enough=rules.quality.enough)
    for mark, points in rules.quality.marks.items():
        yield view.office.marks.get(mark, mark), points, "编辑评分，0 至 5"
