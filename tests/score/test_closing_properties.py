"""Closed quarters: published + adjustments = current, whatever is committed after a closing, in any order."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from score_county import RULES, adopted, build, item, registry, signed
from score_documents import documents

from zhibao.model.county import County
from zhibao.model.document import Document
from zhibao.model.notice import Closed, Notice
from zhibao.model.period import Period
from zhibao.score.closing import carried_from
from zhibao.score.frozen import frozen_lines, published_lines
from zhibao.score.ledger import computed, ledger
from zhibao.score.line import CARRIED, Line

STEADY = settings(derandomize=True, deadline=None, max_examples=40)
Q1, Q2, Q3 = (Period.parse(f"2026-Q{n}") for n in (1, 2, 3))
CAPPED = RULES | {"caps": [{"per": "month", "most": 6}], "several": {"levels": "highest"}}


def county(found: Iterable[Document], closed: Mapping[Period, Closed] | None = None, **rules: Any) -> County:
    known = registry(rules=[CAPPED | rules])
    return build(found, replace(known, closed=dict(closed or {})))


def close(before: County, period: Period) -> dict[Period, Closed]:
    """The closed quarters with one more, frozen as the county has it now."""
    lines = [line for line in ledger(before) if line.date in period]
    notice = Notice.model_validate(
        {
            "format": 1,
            "period": str(period),
            "commit": "0" * 40,
            "inputs": {"submissions": "", "registry": {}},
            "rules": (),
            "figures": {},
            "lines": frozen_lines(lines),
        },
        strict=False,
    )
    return {**before.registry.closed, period: Closed(notice, before.registry.rules)}


def total(lines: Iterable[Line]) -> Decimal:
    return sum((line.points for line in lines), Decimal(0))


def holds(now: County) -> None:
    """For each closed quarter and unit: what was published, with every adjustment about it, is what the data gives now."""
    whole, current = ledger(now), computed(now)
    for period, closed in now.registry.closed.items():
        assert [line for line in whole if line.date in period] == list(published_lines(closed))
        own = [line for line in published_lines(closed) if line.rule != CARRIED]
        about = [line for line in whole if carried_from(line) == str(period)]
        for unit in {line.unit for line in (*own, *about, *current)}:
            published = total(line for line in own if line.unit == unit)
            adjusted = total(line for line in about if line.unit == unit)
            assert published + adjusted == total(
                line for line in current if line.unit == unit and line.date in period
            )
    assert total(whole) == total(current)


@STEADY
@given(documents(), documents(), documents(), st.randoms(use_true_random=False))
def test_published_and_adjustments_are_current(
    first: list[Document], second: list[Document], third: list[Document], chance: random.Random
) -> None:
    stages = []
    there: dict[str, Document] = {}
    for stage in (first, second, third):
        there |= {one.stem: one for one in stage}  # new items, and old ones that say something else now
        stages.append(list(there.values()))
    closed = close(county(stages[0]), Q1)
    holds(county(stages[1], closed))
    closed = close(county(stages[1], closed), Q2)
    now = county(stages[2], closed)
    holds(now)
    shuffled = list(stages[2])
    chance.shuffle(shuffled)
    assert ledger(county(shuffled, closed)) == ledger(now)
    closed = close(now, Q3)
    holds(county(stages[2], closed))
    # nothing changed since: nothing is carried into the open quarter
    assert not [
        line
        for line in ledger(county(stages[2], closed))
        if line.period == "2026-Q4" and line.rule == CARRIED
    ]


ID = "20260701-0900-daba"


def test_a_withdrawn_item_is_reversed_once_in_the_open_quarter() -> None:
    before = county([item(ID), item("20260702-0900-nandu")])
    closed = close(before, Q3)
    gone = signed("2026-07-01", withdrawn={"date": "2026-10-20", "reason": "不实"})
    after = county([item(ID, review=gone), item("20260702-0900-nandu")], closed)
    lines = [line for line in ledger(after) if line.rule == CARRIED]
    assert [(str(line.date), line.unit, line.item, str(line.points)) for line in lines] == [
        ("2026-10-01", "daba", ID, "-3.00")
    ]
    assert lines[0].why == "2026年第三季度已经通报，“采用计分”这一项原计 3 分，现为 0 分，在本季度补差"
    # published in the fourth quarter, it is not adjusted again in the next
    again = close(after, Period.parse("2026-Q4"))
    later = county([item(ID, review=gone), item("20260702-0900-nandu")], again)
    assert not [line for line in ledger(later) if line.rule == CARRIED and line.period == "2027-Q1"]
    # and when the withdrawal is taken back, it is paid again
    back = county([item(ID), item("20260702-0900-nandu")], again)
    assert [str(line.points) for line in ledger(back) if line.period == "2027-Q1"] == ["3.00"]


def test_an_adoption_of_a_closed_quarter_that_is_heard_of_late() -> None:
    before = county([item(ID)])
    closed = close(before, Q3)
    told = signed("2026-07-01", adoptions=[adopted("县", "2026-07-01"), adopted("州", "2026-09-28")])
    after = county([item(ID, review=told)], closed)
    # the highest counts: 8 − 3, but 6 a month is the most
    assert [(line.rule, line.period, str(line.points)) for line in ledger(after)] == [
        ("采用计分", "2026-Q3", "3.00"),
        (CARRIED, "2026-Q4", "5.00"),
    ]


def test_a_closed_quarter_keeps_its_rules() -> None:
    closed = close(county([item(ID)]), Q3)
    after = county([item(ID), item("20261001-0900-daba")], closed, adoption={"县": 5})
    assert [(line.period, str(line.points)) for line in ledger(after)] == [
        ("2026-Q3", "3.00"),
        ("2026-Q4", "5.00"),
    ]
