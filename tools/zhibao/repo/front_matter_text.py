"""Writing front matter: one key's block is replaced, every other line stays as it was, comments included."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from zhibao.model.document import Document
from zhibao.model.submission import Received

PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^\n:#\"]*")
"""What needs no quotes as a value; the page 报送 writes front matter by the same rule."""
FLOW = re.compile(r"[,\[\]{}]")
"""What needs quotes within `{…}` and `[…]`."""
RESERVED = ("", "null", "~", "true", "false", "yes", "no", "on", "off")
"""Words, in lower case, that YAML reads as something else."""


def scalar(value: object, *, flow: bool = False) -> str:
    """A YAML scalar of one line: plain where that is safe (within `{…}` less is), double-quoted where not."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date | int | Decimal):
        return str(value)
    words = " ".join(str(value).split())
    reserved = words.lower() in RESERVED
    odd = words[:1].isdigit() or words[:1] in "+." or (flow and FLOW.search(words))
    if PLAIN.fullmatch(words) and not (reserved or odd):
        return words
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def flow(values: Mapping[str, object]) -> str:
    """A mapping of one line, `{level: 州, date: 2026-10-20}`; keys without a value are left out."""
    return (
        "{"
        + ", ".join(
            f"{key}: {scalar(value, flow=True)}" for key, value in values.items() if value is not None
        )
        + "}"
    )


def with_block(document: Document, key: str, block: Sequence[str]) -> str:
    """The whole text with the lines of one top-level key replaced; added after the last key where it is not there yet.

    `block` holds the new lines; none takes the key away. Comments that stood in the old block are kept: a line's own beside the line of
    the same words, the others above the block. The document must be readable.
    """
    lines = document.text.split("\n")
    start, end = document.block(key)
    new = _with_comments(lines[start:end], list(block))
    return "\n".join([*lines[:start], *new, *lines[end:]])


def _with_comments(old: Sequence[str], new: list[str]) -> list[str]:
    """The new lines with the comments of the old ones."""
    loose: list[str] = []
    for line in old:
        words, _, comment = _split_comment(line)
        if not comment or line in new:
            continue
        place = next((n for n, other in enumerate(new) if other == words.rstrip()), None)
        if place is not None and words.strip():
            new[place] = line
        else:
            loose.append(comment)
    if not new:
        return []
    return [*(f"#{comment}" for comment in loose), *new]


def _split_comment(line: str) -> tuple[str, str, str]:
    """What stands before a comment, and the comment; a # within quotes begins none."""
    quote = ""
    for at, character in enumerate(line):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character == "#" and (at == 0 or line[at - 1] in " \t"):
            return line[:at], "#", line[at + 1 :]
    return line, "", ""


def received_line(received: Received) -> str:
    """The line that says how and when an item was received."""
    return f"received: {flow({'via': received.via, 'date': received.date})}"
