"""A page of the built site, before any site builder has seen it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `uri` is its path below the site's root without `.html`; `html` its content, escaped and complete.

    `title`, `description` and `searched` are plain text; they are escaped where they are used. `searched` are the words, beside the
    title, under which the search finds the page; None keeps it out of the search.
    """

    uri: str
    title: str
    html: str
    description: str = ""
    searched: str | None = ""

    @property
    def root(self) -> str:
        """The way from this page up to the site's root: empty or `../` repeated."""
        return "../" * self.uri.count("/")


def root_of(uri: str) -> str:
    """The way up to the site's root from a page at `uri`."""
    return "../" * uri.count("/")
