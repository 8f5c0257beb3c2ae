"""The whole site of an edition, as values: pages, text files, and which pictures belong to which item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from zhibao.model.edition import Edition
from zhibao.publish import data
from zhibao.publish.feed import feed
from zhibao.publish.page import Page
from zhibao.publish.pages import bulletins, home, items, permissions, rules, statistics, submitting, units
from zhibao.publish.pages.places import SUBMIT
from zhibao.publish.view import View


def pages(view: View, pictures: Mapping[str, Sequence[str]]) -> Iterator[Page]:
    """Every page of an edition. `pictures` maps item ids to the paths below assets/ that exist."""
    yield from home.pages(view)
    yield from bulletins.pages(view)
    yield from items.list_pages(view)
    yield from items.item_pages(view, pictures)
    yield from statistics.pages(view)
    yield from units.pages(view)
    yield from rules.pages(view)
    yield from permissions.pages(view)
    yield from submitting.pages(view)
    yield from data.pages(view)


def absent(view: View) -> frozenset[str]:
    """Pages that other editions have and this one has not: nothing written by hand may lead there."""
    return frozenset({SUBMIT}) if view.edition is Edition.OPEN else frozenset()


def files(view: View, site_url: str) -> Iterator[tuple[str, str]]:
    """Path and text of everything that is no page."""
    yield from data.files(view)
    yield "feed.xml", feed(view, site_url)
