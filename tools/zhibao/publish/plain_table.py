"""A table as lines of text, for terminals and texts to be pasted; what stands in its cells is text, whatever it looks like."""

from __future__ import annotations

import io

from rich.console import Console
from rich.table import Table


def printed(grid: Table, width: int) -> list[str]:
    """The table's lines at most `width` cells wide, a Chinese character counting for two."""
    # rich would read [words] and :words: in a title as its own marks, and fail at one that is not closed
    file = io.StringIO()
    Console(
        file=file,
        width=width,
        force_terminal=False,
        color_system=None,
        markup=False,
        emoji=False,
        highlight=False,
    ).print(grid)
    return [line.rstrip() for line in file.getvalue().splitlines()]
