"""Family 新颖: an item is not an earlier one again (一稿多投)."""

from __future__ import annotations

from collections.abc import Iterator

from zhibao.check.subject import Check, Hit, Subject
from zhibao.model.finding import Severity
from zhibao.model.submission import Audience

FAMILY = "新颖"

MOST_NAMED = 3
"""Similar items that are named."""
_QUOTED = 30


def near_duplicate(subject: Subject) -> Iterator[Hit]:
    """不与以往的信息雷同。"""
    submission = subject.submission
    if submission is None:
        return
    own = {submission.resubmits, *(source.id for source in submission.sources)}
    others = [match for match in subject.resemblances(subject.document) if match.id not in own]
    for match in others[:MOST_NAMED]:
        other = subject.county.item(match.id)
        share = f"{match.share * 100:.0f}%"
        if other is None or other.submission.audience is Audience.LEADERS:
            yield Hit(0, f"与以往一条信息有 {share} 相同", "请删去相同的部分，写新情况")
            continue
        quoted = "；".join(f"“{p[:_QUOTED]}{'…' if len(p) > _QUOTED else ''}”" for p in match.passages[:2])
        same = f"，如{quoted}" if quoted else ""
        mend = f"请删去相同的部分，写新情况；是重报的，写上 resubmits: {match.id}"
        yield Hit(0, f"与 {match.id} 有 {share} 相同{same}", mend)


CHECKS: tuple[Check, ...] = (Check("near-duplicate", Severity.WARNING, FAMILY, near_duplicate),)
