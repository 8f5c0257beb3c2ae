"""Family 日期: nothing is of the future, and everything happens in an order in which it can happen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from zhibao.check import sayings
from zhibao.check.subject import Check, Hit, Subject
from zhibao.model.document import Loc
from zhibao.model.finding import Severity
from zhibao.model.reading import is_follow_up
from zhibao.model.submission import Submission

FAMILY = "日期"
LONGEST_WAY = timedelta(days=31)
"""How long a bundle may be on its way to the office."""


def not_future(subject: Subject) -> Iterator[Hit]:
    """报送、发生、审核、处理、采用、批示的日期都不在今天之后。"""
    submission, now = subject.submission, subject.county.now
    if submission is None:
        return
    if submission.submitted > now:
        yield Hit(
            ("submitted",),
            f"报送时间 {submission.submitted:%Y-%m-%d %H:%M} 还没有到（现在是 {now:%Y-%m-%d %H:%M}）",
            "请写实际的时间",
        )
    for at, label, day in _days(submission):
        if day > now.date():
            yield sayings.NOT_YET.hit(at, label=label, day=day, today=f"{now:%Y-%m-%d}")


def happened_before(subject: Subject) -> Iterator[Hit]:
    """事情发生在报送之前。"""
    submission = subject.submission
    if submission and submission.happened and submission.happened > submission.arrived.date():
        fact = f"{sayings.HAPPENED} {submission.happened} 在报送（{submission.arrived:%Y-%m-%d}）之后"
        yield Hit(("happened",), fact, "请核对两个日期")


def review_after(subject: Subject) -> Iterator[Hit]:
    """处理、采用、批示、撤下和更正都在报送之后，按先后排列。"""
    submission = subject.submission
    if submission is None:
        return
    first = submission.arrived.date()
    for at, label, day in _days(submission):
        if at[0] in ("review", "corrections") and day < first:
            yield Hit(at, f"{label} {day} 在报送（{first}）之前", "请核对两个日期")
    review = submission.review
    if review.withdrawn and review.date and review.withdrawn.date < review.date:
        yield Hit(
            ("review", "withdrawn", "date"),
            f"撤下日期 {review.withdrawn.date} 在决定（{review.date}）之前",
            "请核对两个日期",
        )


def adoptions_sorted(subject: Subject) -> Iterator[Hit]:
    """采用按日期先后写，同一天由低到高。"""
    submission, office = subject.submission, subject.registry.office
    adoptions = submission.review.adoptions if submission else ()
    ranks = [
        (adoption.date, office.level_rank(adoption.level), adoption.publication) for adoption in adoptions
    ]
    for number in range(1, len(ranks)):
        if ranks[number] < ranks[number - 1]:
            yield Hit(
                ("review", "adoptions", number),
                "采用没有按日期、层级、刊物的先后写",
                "请由早到晚、由低到高排列",
            )
            return


def received_before(subject: Subject) -> Iterator[Hit]:
    """收到时间不比 submitted 晚过一个月：U盘捎来的要在路上走几天，再久多半是写错了。"""
    submission = subject.submission
    if submission and submission.received and submission.received.date - submission.submitted > LONGEST_WAY:
        fact = (
            f"收到时间 {submission.received.date:%Y-%m-%d %H:%M} 比 submitted {submission.submitted:%Y-%m-%d %H:%M} "
            f"晚了 {LONGEST_WAY.days} 天以上"
        )
        yield Hit(("received", "date"), fact, "请核对两个时间")


def fresh(subject: Subject) -> Iterator[Hit]:
    """事情发生后在规定的工作日内报送；紧急信息的续报、终报不从事发时算起。"""
    submission = subject.submission
    if submission is None or submission.happened is None:
        return
    if subject.registry.office.is_urgent(submission.kind) and is_follow_up(submission.title):
        return
    arrived = submission.arrived.date()
    rule = subject.registry.rules_on(arrived).quality.timeliness
    limit = rule.limit(submission.kind)
    days = subject.registry.calendar.working_days(submission.happened, arrived)
    if days > limit:
        gaps = {"happened": submission.happened, "days": days, "kind": submission.kind, "limit": limit}
        yield sayings.NOT_FRESH.hit(("happened",), **gaps)


def _days(submission: Submission) -> Iterator[tuple[Loc, str, date]]:
    """Every day of the front matter but the day of submission, with its key path and Chinese name."""
    review = submission.review
    if submission.happened:
        yield ("happened",), sayings.HAPPENED, submission.happened
    if submission.clearance:
        yield ("clearance", "date"), "审核日期", submission.clearance.date
    for number, correction in enumerate(submission.corrections):
        yield ("corrections", number, "date"), "更正日期", correction.date
    if review.date:
        yield ("review", "date"), "决定日期", review.date
    if review.withdrawn:
        yield ("review", "withdrawn", "date"), "撤下日期", review.withdrawn.date
    for number, adoption in enumerate(review.adoptions):
        yield ("review", "adoptions", number, "date"), "采用日期", adoption.date
    for number, instruction in enumerate(review.instructions):
        yield ("review", "instructions", number, "date"), "批示日期", instruction.date


CHECKS: tuple[Check, ...] = (
    Check("not-future", Severity.ERROR, FAMILY, not_future),
    Check("happened-before", Severity.ERROR, FAMILY, happened_before),
    Check("review-after", Severity.ERROR, FAMILY, review_after),
    Check("adoptions-sorted", Severity.WARNING, FAMILY, adoptions_sorted),
    Check("received-before", Severity.WARNING, FAMILY, received_before),
    Check("fresh", Severity.WARNING, FAMILY, fresh),
)
