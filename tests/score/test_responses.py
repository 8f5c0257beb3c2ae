"""答复 by hand: working days to the first word and to the decision, what is undecided, and how long it has waited."""

from __future__ import annotations

import statistics
from datetime import date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from score_county import build, item, registry, signed

from zhibao.model.county import County, county
from zhibao.model.history import Arrival, History, Reach, Signature
from zhibao.model.period import Period
from zhibao.model.understand import submission
from zhibao.score.responses import Responses, Waits, responses

Q3 = Period.parse("2026-Q3")
HOLIDAY = {"holidays": [{"name": "假", "from": "2026-07-07", "until": "2026-07-08"}]}
UNTIL = date(2026, 7, 31)


def test_working_days_from_the_arrival_to_the_decision_and_so_far() -> None:
    reason = {"reason": {"code": "一般"}}
    found = responses(
        build(
            [
                item("20260703-0900-daba", review=signed("2026-07-03")),  # the same day: 0
                item("20260703-0901-daba", review=signed("2026-07-06")),  # Friday to Monday: 1
                item(
                    "20260706-0900-nandu", review=signed("2026-07-09", decision="declined", **reason)
                ),  # 3 less the holiday: 1
                item("20260710-0900-nandu", review=signed("2026-07-20", decision="filed")),  # 6
                item(
                    "20260713-0900-nandu", review=signed("2026-07-14", decision="held")
                ),  # a word after 1, undecided for 14
                item("20260729-0900-shuiwu", review={}),  # undecided for 2
                item("20260610-0900-shuiwu", review={}),  # of the quarter before: 37 less the holiday, 35
                item("20260703-0900-office", review=signed("2026-07-30")),  # the office's own
                item("20260803-0900-daba", review=signed("2026-08-04")),  # not there yet
                item("20260730-0900-daba", review=signed("2026-08-04")),  # there, and not decided yet: 1
            ],
            registry(calendar=HOLIDAY),
        ),
        Q3,
        UNTIL,
    )
    assert found == Responses(
        UNTIL,
        first=Waits((0, 1, 1, 1, 6)),
        decided=Waits((0, 1, 1, 6)),
        undecided=Waits((1, 2, 14)),
        queue=Waits((1, 2, 14, 35)),
    )
    assert (found.decided.median, found.decided.longest, found.decided.within(1)) == (Decimal(1), 6, 3)
    assert found.decided.share_within(1) == Decimal("0.75")


def merged(*arrivals: tuple[str, str | None, str], **reviews: dict[str, object]) -> County:
    """Items that came by Git: id, who merged it (None for a direct push), and when."""
    read, found = [], {}
    for id_, by, day in arrivals:
        document = item(id_, imported=False, review=reviews.get(id_.replace("-", "_"), {}))
        read.append((document, submission(document)[0]))
        who = Signature(by, f"{by}@users.noreply.t.example") if by else None
        found[id_] = Arrival("1" * 40, datetime.fromisoformat(f"{day} 10:00"), document.blob, who)
    history = History("main", Reach.WHOLE, "1" * 40, found)
    return county(registry(), read, history, datetime(2026, 12, 1, 9, 0))


def test_an_editors_merge_is_the_first_word_and_nobody_elses() -> None:
    ids = tuple(f"20260703-090{number}-daba" for number in range(4))
    by = ("lisi", None, "stranger", "lisi")
    arrivals = tuple((id_, who, "2026-07-06") for id_, who in zip(ids, by, strict=True))
    later = signed("2026-07-10", decision="filed")
    found = responses(merged(*arrivals, **{ids[3].replace("-", "_"): later}), Q3, UNTIL)
    assert found.first == Waits((1, 1))
    assert found.decided == Waits((1, 5))
    assert found.undecided == Waits((20, 20))


def test_nothing_is_nothing() -> None:
    assert responses(build([]), Q3, UNTIL) == Responses(UNTIL, Waits(), Waits(), Waits(), Waits())
    empty = Waits()
    assert (empty.count, empty.median, empty.longest, empty.within(3), empty.share_within(3)) == (
        0,
        None,
        None,
        0,
        None,
    )


@given(st.lists(st.integers(0, 400), min_size=1), st.integers(0, 60))
def test_the_figures_are_those_of_the_days(days: list[int], limit: int) -> None:
    found = Waits(tuple(sorted(days)))
    assert found.median == Decimal(str(statistics.median(days)))
    assert (found.longest, found.count) == (max(days), len(days))
    assert found.within(limit) == len([day for day in days if day <= limit])


@given(
    st.lists(
        st.tuples(st.integers(1, 31), st.integers(0, 40), st.sampled_from(["", "held", "declined"])),
        max_size=12,
    )
)
def test_every_item_is_decided_or_waits_and_none_twice(made: list[tuple[int, int, str]]) -> None:
    documents = []
    for number, (day, later, word) in enumerate(made):
        on = date(2026, 7, day).toordinal() + later
        more = {"reason": {"code": "一般"}} if word == "declined" else {}
        review = signed(date.fromordinal(on).isoformat(), decision=word, **more) if word else {}
        documents.append(item(f"202607{day:02}-09{number:02}-daba", review=review))
    found = responses(build(documents), Q3, UNTIL)
    assert found.decided.count + found.undecided.count == len(made)
    assert found.queue == found.undecided
    assert found.first.count >= found.decided.count
    for waits in (found.first, found.decided, found.undecided):
        assert list(waits.days) == sorted(waits.days)
