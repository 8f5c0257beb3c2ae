"""The editions of the published site, and what each may show. Nothing else decides what leaves the repository."""

from __future__ import annotations

from enum import StrEnum


class Edition(StrEnum):
    """A built site: for the world, for the units, or for the office's own eyes."""

    OPEN = "open"
    NETWORK = "network"
    INTERNAL = "internal"

    @property
    def label(self) -> str:
        """The Chinese word that a reader sees."""
        return {"open": "公开版", "network": "网络版", "internal": "内部版"}[self.value]


class Shown(StrEnum):
    """What an edition may show beside the items themselves; `office.yml: editions` says which."""

    POINTS = "points"
    RANKS = "ranks"
    REASONS = "reasons"
    INSTRUCTIONS = "instructions"
    QUALITY = "quality"
