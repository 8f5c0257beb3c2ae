"""Where things stand in the site: the one place that knows addresses."""

from __future__ import annotations

from zhibao.model.bulletins import IssueName
from zhibao.model.county import Item

SUBMIT = "submit/index"
"""The page 报送; the open edition has none."""


def item_uri(item: Item) -> str:
    """An item's page: its first path in the repository, below items/."""
    return f"items/{item.identity.moment:%Y/%m}/{item.id}"


def month_uri(year: int, month: int) -> str:
    """The list of a month."""
    return f"items/{year}-{month:02}"


def kind_uri(year: int, number: int) -> str:
    """The list of a kind in a year; kinds are numbered in the order of the registry, since their names are anything."""
    return f"items/{year}-kind-{number}"


def level_uri(year: int, number: int) -> str:
    """The list of what a level above the county adopted in a year."""
    return f"items/{year}-level-{number}"


def issue_uri(name: IssueName) -> str:
    """An issue's page."""
    return f"bulletins/{name}"
