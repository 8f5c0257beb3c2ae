"""The names of people in one cell of an office's table."""

from __future__ import annotations

import re

_CHINESE = re.compile(r"[\u3400-\u9fff·]+")
_SHORT = 3
"""Characters that are one person's name."""


def persons(text: str) -> list[str]:
    """The names in a part of a cell: blanks divide `王敏 李娜`, and only widen `王 敏`; what is not Chinese keeps its own."""
    words = text.split()
    if not all(map(_CHINESE.fullmatch, words)):
        return [text]
    if len("".join(words)) <= _SHORT:
        return ["".join(words)]
    return words if min(map(len, words)) > 1 else [text]
