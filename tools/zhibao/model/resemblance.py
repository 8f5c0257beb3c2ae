"""How much of one text stands in another: what the search for near-duplicates (一稿多投) returns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resemblance:
    """An earlier item that shares passages with a text.

    `share` is the part (0 to 1) of the shorter text's five-character sequences that stand in the other;
    `passages` are the longest common passages, longest first.
    """

    id: str
    share: float
    passages: tuple[str, ...] = ()
