"""Whose items stand behind one: its own unit's, or those that the office wrote it from."""

from __future__ import annotations

from zhibao.model.county import County, Item
from zhibao.score.sharing import DEPTH, is_compiled


def origins(item: Item, around: County, depth: int = DEPTH) -> tuple[Item, ...]:
    """The item itself; for one that the office wrote from others, the items of the units at the end of that line, each once.

    As with points, a source that was taken back does not count, and a line longer than `depth` is not followed.
    """
    if not is_compiled(item, around):
        return (item,)
    found: dict[str, Item] = {}
    for source in item.submission.sources if depth else ():
        below = around.item(source.id)
        if below and below.id != item.id and not below.is_withdrawn:
            found |= {one.id: one for one in origins(below, around, depth - 1)}
    return tuple(found.values())
