"""刊物: a page for each issue of the bulletin, with its items in full, and the list of issues year by year."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from zhibao.model.edition import Edition
from zhibao.publish.issues import LaidOut
from zhibao.publish.markdown import body_html
from zhibao.publish.page import Page
from zhibao.publish.pages.places import issue_uri, item_uri
from zhibao.publish.render import day, page
from zhibao.publish.view import View, issued_on

TOP = 4
"""The level of a body's highest heading: below the item's title, which may stand below a heading of the issue."""

ROUTES = (("报", "report"), ("送", "send"), ("发", "distribute"))
"""The foot of an issue: to whom it goes up, across and down."""


def pages(view: View) -> Iterator[Page]:
    """The list, then every issue."""
    yield _list(view)
    for series in _series(view):
        for place, laid in enumerate(series):
            newer = series[place - 1] if place else None
            older = series[place + 1] if place + 1 < len(series) else None
            yield _issue(view, laid, newer, older)


def _series(view: View) -> list[list[LaidOut]]:
    """The issues of each publication, the latest first; drafts have no place among them."""
    drafts = [[laid] for laid in view.issues if not laid.signed]
    signed = sorted((laid for laid in view.issues if laid.signed), key=lambda laid: laid.issue.publication)
    return [*drafts, *(list(group) for _, group in groupby(signed, key=lambda laid: laid.issue.publication))]


def _list(view: View) -> Page:
    several = len({laid.issue.publication for laid in view.issues}) > 1
    years = [
        (year, list(group)) for year, group in groupby(view.issues, key=lambda laid: laid.issue.name.year)
    ]
    return page(
        view,
        "bulletins",
        "bulletins/index",
        "刊物",
        description=f"{view.office.bulletin}各期。",
        years=years,
        several=several,
        issued_on=issued_on,
        issue_uri=issue_uri,
    )


def _issue(view: View, laid: LaidOut, newer: LaidOut | None, older: LaidOut | None) -> Page:
    issue = laid.issue
    signed = issued_on(laid)
    people = view.edition is not Edition.OPEN
    foot = [(word, list(getattr(issue.bulletin, key))) for word, key in ROUTES]
    title = f"{issue.publication} {issue.name.label}"
    when = f"，{day(signed)}签发" if signed else "，草稿"
    return page(
        view,
        "bulletin",
        issue_uri(issue.name),
        title,
        description=f"{title}{when}：{'；'.join(item.submission.title for item in laid.items)}",
        searched=" ".join(item.submission.title for item in laid.items),
        laid=laid,
        name=issue.name,
        publication=issue.publication,
        signed=signed,
        editor=_name(view, issue.bulletin.editor) if people else "",
        signer=_name(view, issue.bulletin.signer) if people and signed else "",
        bodies={item.id: body_html(item.body, top=TOP) for item in laid.items},
        foot=[(word, names) for word, names in foot if names] if people else [],
        newer=newer,
        older=older,
        uri_of=item_uri,
        issue_uri=issue_uri,
    )


def _name(view: View, account: str | None) -> str:
    editor = view.registry.editor(account) if account else None
    return editor.name if editor else account or ""
