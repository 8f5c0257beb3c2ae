"""The search for near-duplicates: which earlier item shares how much of a text, over 100,000 items in milliseconds.

Five-character sequences are hashed, one in sixteen is kept (by its hash, so the same ones are kept everywhere), and an inverted index
finds the candidates; the exact share is computed only for those. (MEASURED.md, “One new item against 100,000”.)
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhibao.model.resemblance import Resemblance

GRAM = 5
LEAST_SHARE = 0.3
"""Containment from which two texts resemble one another."""
SHORTEST_PASSAGE = 13
"""Characters that a common passage has at least."""
MOST_PASSAGES = 5

_CANDIDATE_SHARE = 0.15
_COMMON = 500
"""A sequence that stands in more items than this tells nothing."""
_KEPT = 16
_MOST_CANDIDATES = 50
_LEAST_GRAMS = 30
_BATCH = 500
"""Texts that are hashed at once: as many as the processor's cache holds."""
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_NOT_TEXT = re.compile(r"[\W_]+")
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)


class _Postings(NamedTuple):
    """Kept hashes in ascending order, for each the number of an item it stands in; how many each item kept."""

    hashes: NDArray[np.uint64]
    owners: NDArray[np.int64]
    kept: NDArray[np.int64]


class NoveltyIndex:
    """Items by id and raw text, searched for what they share. Ids sort by time; only earlier items are found."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self._raw = dict(sorted(texts))
        self._ids = list(self._raw)
        self._bare: dict[str, str] = {}

    def resemblances(self, id_: str, text: str) -> tuple[Resemblance, ...]:
        """Earlier items that share at least LEAST_SHARE of the shorter text's sequences, most first. `text` is raw."""
        plain = self._bare_of(id_) if self._raw.get(id_) == text else bare(text)
        if len(plain) < _LEAST_GRAMS:
            return ()
        candidates = self._candidates(id_, plain)
        if not candidates:
            return ()
        grams = _grams(plain)
        found = [match for other in candidates if (match := self._compare(other, plain, grams))]
        return tuple(sorted(found, key=lambda match: (-match.share, match.id)))

    @cached_property
    def _postings(self) -> _Postings:
        hashes: list[NDArray[np.uint64]] = [np.empty(0, np.uint64)]
        owners: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
        for start in range(0, len(self._ids), _BATCH):
            found, owner = _hashes([self._raw[id_] for id_ in self._ids[start : start + _BATCH]])
            hashes.append(found)
            owners.append(owner + start)
        together, numbers = np.concatenate(hashes), np.concatenate(owners)
        order = np.lexsort((numbers, together))
        together, numbers = together[order], numbers[order]
        fresh = np.ones(len(together), bool)
        fresh[1:] = (together[1:] != together[:-1]) | (numbers[1:] != numbers[:-1])
        together, numbers = together[fresh], numbers[fresh]
        return _Postings(together, numbers, np.bincount(numbers, minlength=len(self._ids)))

    def _candidates(self, id_: str, plain: str) -> list[str]:
        """Ids of earlier items that share enough kept hashes, the most first; bounded."""
        hashes, owners, kept = self._postings
        wanted = _distinct(_hashes([plain])[0])
        low, high = np.searchsorted(hashes, wanted, "left"), np.searchsorted(hashes, wanted, "right")
        spread = high - low
        rare = (spread > 0) & (spread <= _COMMON)
        low, spread = low[rare], spread[rare]
        if not len(low):
            return []
        # all ranges low … low + spread at once: a slice each would cost more than the rest together
        ends = np.cumsum(spread)
        hits = owners[np.arange(ends[-1]) + np.repeat(low - ends + spread, spread)]
        counts = np.bincount(hits[hits < bisect_left(self._ids, id_)])
        numbers = np.flatnonzero(counts)
        counts = counts[numbers]
        shorter = np.minimum(kept[numbers], len(wanted))
        enough = counts >= np.maximum(2, shorter * _CANDIDATE_SHARE)
        numbers, counts = numbers[enough], counts[enough]
        best = np.argsort(-counts, kind="stable")[:_MOST_CANDIDATES]
        return [self._ids[number] for number in numbers[best]]

    def _bare_of(self, id_: str) -> str:
        """The words of one of the items, made once: few of many are ever compared."""
        if id_ not in self._bare:
            self._bare[id_] = bare(self._raw[id_])
        return self._bare[id_]

    def _compare(self, other: str, plain: str, grams: set[str]) -> Resemblance | None:
        theirs = self._bare_of(other)
        their_grams = _grams(theirs)
        shorter = min(len(grams), len(their_grams))
        share = len(grams & their_grams) / shorter if shorter else 0.0
        if share < LEAST_SHARE or shorter < _LEAST_GRAMS:
            return None
        return Resemblance(other, round(share, 4), _passages(plain, theirs))


def bare(text: str) -> str:
    """The words of a raw item: without front matter, white space and punctuation, so that layout cannot hide a copy."""
    return _NOT_TEXT.sub("", _body(text))


def _body(text: str) -> str:
    """A raw item without its front matter."""
    if text.startswith("---"):
        fences = [match.end() for _, match in zip(range(2), _FENCE.finditer(text), strict=False)]
        return text[fences[1] :] if len(fences) == 2 else text
    return text


def _grams(plain: str) -> set[str]:
    return {plain[start : start + GRAM] for start in range(len(plain) - GRAM + 1)}


def _hashes(texts: list[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Kept hashes of all sequences of all raw texts, each with the number of its text; one array operation for all."""
    bodies = [_body(text) for text in texts]
    points = np.frombuffer("".join(bodies).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    owner = np.repeat(np.arange(len(bodies), dtype=np.int64), [len(body) for body in bodies])
    words = _words(points)
    points, owner = points[words].astype(np.uint64), owner[words]
    if len(points) < GRAM:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    total = np.zeros(len(points) - GRAM + 1, np.uint64)
    for step in range(GRAM):
        total *= _PRIME
        total += points[step : len(points) - GRAM + 1 + step]
    total ^= total >> np.uint64(29)
    total *= _PRIME
    total ^= total >> np.uint64(32)
    inside = owner[: len(total)] == owner[GRAM - 1 :]
    kept = inside & (total % np.uint64(_KEPT) == 0)
    return total[kept], owner[: len(total)][kept]


def _distinct(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each value once, ascending (numpy's own `unique` imports a package of masked arrays first)."""
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered


def _words(points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which code points `bare` would leave: each different one is asked once, the rest is looked up."""
    counts = np.bincount(points)
    word = np.zeros(len(counts), bool)
    word[[point for point in np.flatnonzero(counts).tolist() if chr(point).isalnum()]] = True
    return np.take(word, points)


def _passages(one: str, other: str) -> tuple[str, ...]:
    """The longest passages that both texts have, longest first."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    long = sorted((b for b in blocks if b.size >= SHORTEST_PASSAGE), key=lambda b: (-b.size, b.a))
    return tuple(one[block.a : block.a + block.size] for block in long[:MOST_PASSAGES])
