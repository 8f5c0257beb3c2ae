"""The home page: the latest issue where there is one, the latest adopted items, the quarter in brief, what is being asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from zhibao.model.county import Item
from zhibao.model.edition import Edition
from zhibao.publish.issues import LaidOut
from zhibao.publish.markdown import first_sentence
from zhibao.publish.page import Page
from zhibao.publish.pages.places import issue_uri, item_uri
from zhibao.publish.render import page
from zhibao.publish.view import View, shown_on

LATEST = 12
"""Items on the home page."""
LEAST = 6
"""Items below the latest issue, however many that has."""


def pages(view: View) -> Iterator[Page]:
    """The home page."""
    issue = _latest_issue(view)
    inside = issue.items if issue else ()
    ids = {item.id for item in inside}
    rest = [item for item in view.adopted if item.id not in ids][: max(LATEST - len(inside), LEAST)]
    quarter = next((period for period in view.periods if period.months == 3), view.periods[0])
    yield page(
        view,
        "home",
        "index",
        view.office.bulletin,
        description=f"{view.office.name}主办的{view.office.bulletin}：采用信息、统计、报送指南。",
        issue=issue,
        issue_uri=issue_uri,
        days=by_day(rest),
        summaries={item.id: summary_of(item) for item in (*inside, *rest)},
        figures=view.statistics(quarter),
        calls=[call for call in view.calls if call.is_open_on(view.as_of)],
        begins=not view.entries and not view.outcomes and view.edition is not Edition.OPEN,
        uri_of=item_uri,
    )


def _latest_issue(view: View) -> LaidOut | None:
    """The latest signed issue of the office's own bulletin of which this edition shows something."""
    own = view.office.default.publication
    return next(
        (one for one in view.issues if one.signed and one.items and one.issue.publication == own), None
    )


def by_day(items: Iterable[Item]) -> list[tuple[date, list[Item]]]:
    """Items grouped by the day under which they are listed, in the order given."""
    return [(day, list(group)) for day, group in groupby(items, key=shown_on)]


def summary_of(item: Item) -> str:
    """The summary, else the first sentence of the body (DESIGN.md)."""
    return item.submission.summary or first_sentence(item.body)
