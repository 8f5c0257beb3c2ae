"""The pictures of a draft given their place: beside the item, named after it, so that no two items share a file."""

from __future__ import annotations

import re
from typing import NamedTuple

from zhibao.door.word.values import WordDraft
from zhibao.model.identity import Identity

_SHOWN = re.compile(r"!\[(图\d+)\]\(assets/(tu-\d+\.[a-z]+)\)")
"""How `read_word` shows a picture; in words of the document the brackets are escaped."""


class Placed(NamedTuple):
    """A draft as an item's: the body, the `media` of the front matter, and each picture's path in the repository with its bytes."""

    body: str
    media: tuple[str, ...]
    files: tuple[tuple[str, bytes], ...]


def placed(word: WordDraft, identity: Identity) -> Placed:
    """The body of a draft that becomes this item, and where its pictures go: `assets/<id>-1.png` in the item's folder."""
    names = {
        one.name: f"assets/{identity}-{number}.{one.name.rpartition('.')[2]}"
        for number, one in enumerate(word.pictures, 1)
    }
    folder = identity.path.rpartition("/")[0]
    body = _SHOWN.sub(
        lambda found: f"![{found[1]}]({names[found[2]]})" if found[2] in names else "", word.draft.body
    )
    files = tuple((f"{folder}/{names[one.name]}", one.data) for one in word.pictures)
    return Placed(body, tuple(names.values()), files)
