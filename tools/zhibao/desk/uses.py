"""What the levels above made of an item (上级采用): recorded on adopted items only, and one use once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from zhibao.desk.decision import with_adoption
from zhibao.model.county import Item
from zhibao.model.office import Office
from zhibao.model.standing import State
from zhibao.model.submission import Adoption
from zhibao.review.branch import RefusedError

_ISSUE = re.compile(r"(增刊)?\s*第?\s*(\d{1,4})\s*期")
_SAME_YEAR = 180
"""Days apart from which two issues of one number are of two years."""


def with_use(item: Item, use: Adoption, office: Office, today: date) -> str:
    """The item's text with one more use; the same text where it is recorded already.

    Raises RefusedError where the item is not adopted or was taken back, and where the use's day or terms cannot be.
    """
    if item.is_withdrawn:
        raise RefusedError("这条已经撤下，不再记采用")
    if item.state is not State.ADOPTED:
        raise RefusedError(f"这条是{item.state.label}，没有采用；请先用 zhibao adopt {item.id}")
    if use.date > today:
        raise RefusedError(f"采用日期 {use.date} 还没有到（今天 {today}）")
    if use.date < item.submitted_on:
        raise RefusedError(f"采用日期 {use.date} 在报送（{item.submitted_on}）之前")
    known = next(
        (one for one in item.submission.review.adoptions if _is_of_one_issue(one, use, office)), None
    )
    if known and (known.date, known.form) == (use.date, use.form):
        return item.document.text
    if known:
        fact = f"这一期已经记过：{known.date}，{known.form}，{known.publication}"
        raise RefusedError(f"{fact}；记错了的，请改信息里 review 的那一行")
    return with_adoption(item.document, use, office)


def same_use(recorded: Iterable[Adoption], use: Adoption, office: Office) -> Adoption | None:
    """The recorded adoption that is this very use, whatever day or form was written for it: of the same issue, or, where one of the two
    names no issue, of the same publication and month. None where there is none."""
    publication = office.publication(use.publication)
    for one in recorded if publication else ():
        if one.level != use.level or office.publication(one.publication) != publication:
            continue
        if _is_of_one_issue(one, use, office):
            return one
        both = issue_of(one.publication) and issue_of(use.publication)
        if not both and (one.date.year, one.date.month) == (use.date.year, use.date.month):
            return one
    return None


def _is_of_one_issue(one: Adoption, other: Adoption, office: Office) -> bool:
    """Whether two adoptions name the same issue of the same publication, in whatever way it is written."""
    publication, issue = office.publication(one.publication), issue_of(one.publication)
    same = one.level == other.level and publication == office.publication(other.publication)
    near = abs((one.date - other.date).days) <= _SAME_YEAR
    return bool(publication and issue) and same and near and issue == issue_of(other.publication)


def issue_of(publication: str) -> str:
    """The issue behind a publication's name, in one way of writing: `第45期`, `增刊第2期`; empty where none is given."""
    match = _ISSUE.search(publication)
    return f"{match[1] or ''}第{int(match[2])}期" if match else ""
