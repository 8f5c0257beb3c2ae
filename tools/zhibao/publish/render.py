"""Templates: Jinja with autoescape on, strict about unknown names, and the few words that all pages share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from zhibao.model.edition import Shown
from zhibao.publish.page import Page, root_of
from zhibao.publish.view import View
from zhibao.score.wording import percent


def page(
    view: View,
    template: str,
    uri: str,
    title: str,
    *,
    description: str = "",
    searched: str | None = "",
    **values: Any,
) -> Page:
    """A page from a template, which sees the view, `link` (a path below the root to a relative address) and `values`."""
    html = (
        _environment()
        .get_template(f"{template}.html")
        .render(view=view, office=view.office, link=linker(uri), title=title, Shown=Shown, **values)
    )
    return Page(uri, title, html, description, searched)


def linker(uri: str) -> Callable[..., str]:
    """How a page at `uri` writes the address of another: `link('units/daba', '2026-Q3')`."""
    root = root_of(uri)

    def link(target: str, anchor: str = "") -> str:
        return f"{root}{target}.html" + (f"#{anchor}" if anchor else "")

    return link


def day(value: date | None, *, year: bool = True) -> str:
    """A day in Chinese: `2026年10月12日`, or `10月12日`."""
    if value is None:
        return "—"
    return f"{value.year}年{value.month}月{value.day}日" if year else f"{value.month}月{value.day}日"


def number(value: Decimal | int | None) -> str:
    """A number without needless zeros; a dash where there is none."""
    if value is None:
        return "—"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def signed(value: Decimal | int | None) -> str:
    """A change with its sign."""
    if value is None:
        return "—"
    return number(value) if value <= 0 else f"+{number(value)}"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("zhibao.publish", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "day": day,
        "number": number,
        "percent": percent,
        "signed": signed,
        "safe_html": Markup,
    }
    return environment
