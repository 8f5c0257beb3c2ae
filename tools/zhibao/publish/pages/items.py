"""采用信息: a page for each published item, and the lists by month, kind and level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from zhibao.model.bulletins import Issue
from zhibao.model.county import Item
from zhibao.model.edition import Edition, Shown
from zhibao.model.submission import Adoption
from zhibao.publish.markdown import body_html
from zhibao.publish.page import Page
from zhibao.publish.pages.home import by_day, summary_of
from zhibao.publish.pages.places import issue_uri, item_uri, kind_uri, level_uri, month_uri
from zhibao.publish.render import page
from zhibao.publish.view import View, shown_on

NEWEST = 60
"""Items on the first list; the others are in the lists of their months."""

Choice = tuple[str, list[tuple[str, str, int]]]


def item_pages(view: View, pictures: Mapping[str, Sequence[str]]) -> Iterator[Page]:
    """A page for each published item. `pictures` maps an id to the paths below assets/ that exist."""
    entries = view.entries
    for place, item in enumerate(entries):
        newer = entries[place - 1] if place else None
        older = entries[place + 1] if place + 1 < len(entries) else None
        yield _item(view, item, newer, older, pictures.get(item.id, ()))


def list_pages(view: View) -> Iterator[Page]:
    """The lists: the newest, and by month, kind and level."""
    choices = _choices(view)
    newest = view.entries[:NEWEST]
    lead = f"共 {len(view.entries)} 条" + (
        f"，下面是最新的 {len(newest)} 条" if len(newest) < len(view.entries) else ""
    )
    yield _list(view, "items/index", "采用信息", newest, choices, lead)
    for uri, title, items in _lists(view):
        yield _list(view, uri, title, items, choices, f"{len(items)} 条")


def _item(view: View, item: Item, newer: Item | None, older: Item | None, pictures: Sequence[str]) -> Page:
    submission = item.submission
    kind = view.office.kind(submission.kind)
    sources = [view.by_id[source.id] for source in submission.sources if source.id in view.by_id]
    return page(
        view,
        "item",
        item_uri(item),
        submission.title,
        description=summary_of(item),
        searched=_searched(view, item),
        item=item,
        kind_label=kind.label if kind else submission.kind,
        body=body_html(item.body, pictures),
        media=[path for path in submission.media if path in pictures and f"]({path})" not in item.body],
        people=view.edition is not Edition.OPEN,
        call=next((call for call in view.calls if call.id == submission.call), None),
        outcome=_outcome(view, item),
        sources=sources,
        hidden_sources=len(submission.sources) - len(sources),
        instructions=submission.review.instructions if view.shows(Shown.INSTRUCTIONS) else (),
        lines=view.lines_by_item.get(item.id, ()),
        quality=view.qualities.get(item.id) if view.shows(Shown.QUALITY) else None,
        newer=newer,
        older=older,
        uri_of=item_uri,
        issue_of=lambda adoption: _issue_of(view, item, adoption),
        issue_uri=issue_uri,
    )


def _issue_of(view: View, item: Item, adoption: Adoption) -> Issue | None:
    """The issue that carries an adoption: the one of its publication in which the item stands."""
    issues = (laid.issue for laid in view.issues_of.get(item.id, ()) if laid.signed)
    return next(
        (one for one in issues if view.office.is_publication(adoption.publication, one.publication)), None
    )


def _searched(view: View, item: Item) -> str:
    """Unit, kind, tags and summary: what the search looks at beside the title (DESIGN.md, measured: bodies are too much)."""
    units = [view.unit_name(unit, item.submitted_on) for unit in item.submission.units]
    return " ".join([*units, item.submission.kind, *item.submission.tags, summary_of(item)])


def _outcome(view: View, item: Item) -> str:
    """What became of an item that is not adopted, or was withdrawn, and why; only the internal edition has such pages."""
    review = item.submission.review
    if review.withdrawn:
        return f"采用后于 {review.withdrawn.date} 撤下：{review.withdrawn.reason}"
    if item.adoptions or not view.shows(Shown.REASONS):
        return ""
    why = f"：{review.reason.code}，{review.reason.words or ''}".rstrip("，") if review.reason else ""
    return f"{item.state.label}{why}"


def _list(view: View, uri: str, title: str, items: Sequence[Item], choices: list[Choice], lead: str) -> Page:
    return page(
        view,
        "list",
        uri,
        title,
        lead=lead,
        choices=choices,
        days=by_day(items),
        here=uri,
        uri_of=item_uri,
        searched=None,
    )


def _lists(view: View) -> Iterator[tuple[str, str, list[Item]]]:
    """Address, title and items of every list that has any."""
    office = view.office
    for year, month in sorted({(shown_on(i).year, shown_on(i).month) for i in view.entries}, reverse=True):
        chosen = [i for i in view.entries if (shown_on(i).year, shown_on(i).month) == (year, month)]
        yield month_uri(year, month), f"{year}年{month}月采用信息", chosen
    for year in _years(view):
        for number, kind in enumerate(office.kinds, 1):
            chosen = [item for item in _in(view, year) if item.submission.kind == kind.name]
            if chosen:
                yield kind_uri(year, number), f"{year}年{kind.label}", chosen
        for number, level in enumerate(office.levels[1:], 1):
            chosen = [item for item in _in(view, year) if any(a.level == level for a in item.adoptions)]
            if chosen:
                yield level_uri(year, number), f"{year}年{level}级采用", chosen


def _choices(view: View) -> list[Choice]:
    """The ways from one list to another: this year's months, kinds and levels, with the number of items in each."""
    years = _years(view)
    if not years:
        return []
    year = years[0]
    inside = _in(view, year)
    months = Counter(shown_on(item).month for item in inside)
    kinds = Counter(item.submission.kind for item in inside)
    levels = Counter(level for item in inside for level in {a.level for a in item.adoptions})
    office = view.office
    earlier = [
        (f"{past}年", month_uri(past, _last_month(view, past)), len(_in(view, past))) for past in years[1:]
    ]
    return [
        ("月份", [(f"{m}月", month_uri(year, m), months[m]) for m in sorted(months, reverse=True)] + earlier),
        (
            "类型",
            [
                (k.name, kind_uri(year, n), kinds[k.name])
                for n, k in enumerate(office.kinds, 1)
                if kinds[k.name]
            ],
        ),
        (
            "上级采用",
            [(v, level_uri(year, n), levels[v]) for n, v in enumerate(office.levels[1:], 1) if levels[v]],
        ),
    ]


def _in(view: View, year: int) -> list[Item]:
    return [item for item in view.entries if shown_on(item).year == year]


def _years(view: View) -> list[int]:
    return sorted({shown_on(item).year for item in view.entries}, reverse=True)


def _last_month(view: View, year: int) -> int:
    return max(shown_on(item).month for item in view.entries if shown_on(item).year == year)
