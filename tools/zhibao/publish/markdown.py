"""The body of an item as HTML. Bodies are hostile: their own minimal Markdown, then a sanitiser with a short list of what may stay.

Raw HTML is taken out with its scripts, no attributes, no includes, no pictures from elsewhere, links to http, https and mailto only. (DESIGN.md, “Rendering”.)
"""

from __future__ import annotations

import re
from collections.abc import Collection
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

TAGS = frozenset(
    {
        "p",
        "br",
        "strong",
        "em",
        "ul",
        "ol",
        "li",
        "blockquote",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "code",
        "pre",
        "a",
        "img",
    }
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}
SCHEMES = frozenset({"http", "https", "mailto"})

_PICTURE = re.compile(r"assets/[\w-]+(?:/[\w-]+)*\.(?:jpg|jpeg|png|webp)")
_NO_SOURCE = re.compile(r"<img(?![^>]*\ssrc=)[^>]*>")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


class _Lower(Treeprocessor):
    """Headings of a body stand below the page's own: the highest becomes `top`."""

    def __init__(self, parser: Markdown, top: int) -> None:
        super().__init__(parser)
        self._top = top

    def run(self, root: Element) -> None:
        for element in root.iter():
            level = _HEADINGS.get(element.tag)
            if level:
                element.tag = f"h{min(level + self._top - 1, 6)}"


def body_html(text: str, pictures: Collection[str] = (), *, top: int = 2) -> str:
    """Safe HTML of a body. `pictures` are the paths below assets/ that exist; any other image is left out.

    `top` is the level of its highest heading.
    """
    safe = nh3.clean(
        _parser(top).convert(text),
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        attribute_filter=lambda tag, name, value: _kept(tag, name, value, pictures),
        link_rel="noopener noreferrer nofollow",
    )
    return _NO_SOURCE.sub("", safe)


def first_sentence(text: str, most: int = 90) -> str:
    """The first sentence of a body as plain text, at most `most` characters: the summary where none is written."""
    prose = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith("#"))
    plain = nh3.clean(_parser().convert(prose), tags=set())
    words = " ".join(plain.split())
    words = (
        words.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&quot;", '"')
        .replace("&amp;", "&")
    )
    end = min((words.find(mark) + 1 for mark in "。！？" if mark in words), default=len(words))
    return words[:end] if end <= most else words[: most - 1] + "…"


def _parser(top: int = 2) -> Markdown:
    """A parser of its own for every text, so that nothing one text does reaches another."""
    parser = Markdown(extensions=["tables", "sane_lists"], output_format="html")
    parser.treeprocessors.register(_Lower(parser, top), "lower", 5)
    return parser


def _kept(tag: str, name: str, value: str, pictures: Collection[str]) -> str | None:
    if tag == "img" and name == "src":
        return value if _PICTURE.fullmatch(value) and value in pictures else None
    if tag == "a" and name == "href" and value.startswith(("//", "\\", "/\\")):
        return None
    return value
