"""The Atom feed (RFC 4287) of the latest published items: titles and summaries, no bodies."""

from __future__ import annotations

from datetime import date
from html import escape

from zhibao.publish.pages.home import summary_of
from zhibao.publish.pages.places import item_uri
from zhibao.publish.view import View, shown_on

LATEST = 50
"""Entries of the feed."""


def feed(view: View, site_url: str) -> str:
    """The feed as XML. Without `site_url` its links are relative to the feed, its ids the items' own (`tag:` URIs)."""
    base = site_url.rstrip("/") + "/" if site_url else ""
    name = f"{view.office.bulletin}（{view.edition.label}）"
    authority = f"tag:{view.office.unit}.zhibao.invalid,2026"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<title>{_text(name)}</title>",
        f"<id>{authority}:{view.edition.value}</id>",
        f"<updated>{_time(view.as_of)}</updated>",
        f"<author><name>{_text(view.office.name)}</name></author>",
        f'<link rel="self" href="{_text(base)}feed.xml"/>',
        f'<link rel="alternate" type="text/html" href="{_text(base)}index.html"/>',
    ]
    for item in view.adopted[:LATEST]:
        when = _time(shown_on(item))
        lines += [
            "<entry>",
            f"<title>{_text(item.submission.title)}</title>",
            f"<id>{authority}:{item.id}</id>",
            f'<link rel="alternate" type="text/html" href="{_text(base)}{item_uri(item)}.html"/>',
            f"<published>{when}</published><updated>{when}</updated>",
            f"<author><name>{_text(view.unit_name(item.unit, item.submitted_on))}</name></author>",
            f'<category term="{_text(item.submission.kind)}"/>',
            f"<summary>{_text(summary_of(item))}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def _time(day: date) -> str:
    """Midday of a day: the data knows no hour of adoption, and midday is that day in every time zone of the country."""
    return f"{day:%Y-%m-%d}T12:00:00+08:00"


def _text(words: str) -> str:
    """Escaped, without the control characters that XML cannot hold."""
    return escape("".join(c for c in words if c >= " " or c in "\t\n"), quote=True)
