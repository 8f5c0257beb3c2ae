"""How alike a title as another office prints it and an item are: editors there retitle, shorten and merge.

Half of it is how much of the two titles is the same, in its order; half is how much of what the printed title says stands in the item at
all, a rare pair of characters counting for more than a common one.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence, Set
from difflib import SequenceMatcher
from heapq import nsmallest

from zhibao.model.county import Item
from zhibao.repo.novelty import bare

MOST_COMPARED = 40
"""Items whose titles are compared with a printed one: those that have most of its words."""


class Likeness:
    """Items, ready to be compared with these printed titles. `ignored` are words that say nothing of the matter: the county's, the units' names.

    Of an item only what some title says is kept, so that a year of items fits into memory.
    """

    def __init__(self, items: Iterable[Item], printed: Iterable[str], ignored: Iterable[str] = ()) -> None:
        self._ignored = sorted(ignored, key=len, reverse=True)
        wanted = {pair for title in printed for pair in _pairs(self._matter(title))}
        self._titles: dict[str, str] = {}
        self._holders: dict[str, set[str]] = {pair: set() for pair in wanted}
        for item in items:
            title = self._matter(item.submission.title)
            self._titles[item.id] = title
            for pair in wanted.intersection((*_pairs(title), *_pairs(_plain(item.body)))):
                self._holders[pair].add(item.id)

    def ranked(self, printed: str, ids: Set[str]) -> list[tuple[float, str]]:
        """Of these items the most alike, with their likeness (0 to 1), the most first."""
        title = self._matter(printed)
        weights = {pair: self._weight(pair) for pair in set(_pairs(title))}
        whole = sum(weights.values())
        said: dict[str, float] = {}
        for pair, weight in weights.items():
            for id_ in self._holders[pair] & ids:
                said[id_] = said.get(id_, 0.0) + weight / whole
        likely = nsmallest(MOST_COMPARED, said, key=lambda id_: (-said[id_], id_))
        found = [((_sameness(title, self._titles[id_]) + said[id_]) / 2, id_) for id_ in likely]
        return sorted(found, key=lambda one: (-one[0], one[1]))

    def _weight(self, pair: str) -> float:
        return math.log((len(self._titles) + 1) / (len(self._holders[pair]) + 0.5))

    def _matter(self, title: str) -> str:
        """A title without layout and without names that say nothing of its matter."""
        plain = _plain(title)
        for word in self._ignored:
            plain = plain.replace(word, "") if word != plain else plain
        return plain


def _plain(text: str) -> str:
    return bare(unicodedata.normalize("NFKC", text)).casefold()


def _pairs(text: str) -> Sequence[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]


def _sameness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
