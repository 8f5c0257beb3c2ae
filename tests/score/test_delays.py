"""时效 by hand: working days from the event to the arrival, the one in the middle, and what came too late."""

from __future__ import annotations

from decimal import Decimal

from score_county import build, item, registry, signed

from zhibao.model.period import Period
from zhibao.score.delays import Delays, delays

Q3 = Period.parse("2026-Q3")
HOLIDAY = {"holidays": [{"name": "假", "from": "2026-07-07", "until": "2026-07-08"}]}
REFUSED = signed("2026-07-03", decision="declined", reason={"code": "一般"})


def test_working_days_are_counted_and_the_kinds_own_limit_says_what_is_late() -> None:
    found = delays(
        build(
            [
                item("20260703-0900-daba", happened="2026-07-03"),  # the same day: 0
                item("20260706-0900-daba", happened="2026-07-03"),  # Friday to Monday: 1, the limit of 动态
                item("20260709-0900-daba", happened="2026-07-06"),  # two of the three days are a holiday: 1
                item("20260714-0900-daba", happened="2026-07-10"),  # Friday to Tuesday: 2, late
                item(
                    "20260715-0900-nandu", happened="2026-07-10", kind="经验"
                ),  # 3, within the limit of 经验
                item("20260716-0900-nandu"),  # does not say
                item("20260717-0900-nandu", happened="2026-07-16", review={}),  # undecided: not counted yet
                item(
                    "20260720-0900-nandu", happened="2026-07-17", review=REFUSED
                ),  # refused, but submitted: 1
                item("20260721-0900-office", happened="2026-07-01"),  # the office's own stand apart
                item("20261001-0900-daba", happened="2026-09-30"),  # the next quarter
            ],
            registry(calendar=HOLIDAY),
        ),
        Q3,
    )
    assert found["daba"] == Delays({0: 1, 1: 2, 2: 1}, {0: 0, 1: 0, 2: 1}, 0)
    assert found["nandu"] == Delays({3: 1, 1: 1}, {3: 0, 1: 0}, 1)
    assert found[""].days == {0: 1, 1: 3, 2: 1, 3: 1}
    # six items, one of them late; the third and the fourth in order are both 1
    assert (found[""].known, found[""].unknown) == (6, 1)
    assert (found[""].median, found[""].late_share) == (Decimal(1), Decimal("0.1667"))
    assert found["nandu"].median == Decimal(2)
    assert set(found) == {"", "daba", "nandu", "office"}


def test_nothing_known_is_nothing() -> None:
    assert (Delays().median, Delays().late_share, Delays().known) == (None, None, 0)
    assert delays(build([item("20260703-0900-daba")]), Q3)[""] == Delays({}, {}, 1)
