"""From a repository to what an edition publishes: the county read, what is secret barred, the pictures found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from zhibao.check.secrecy import barred
from zhibao.check.subject import Subject
from zhibao.model.areas import LARGEST_PICTURE
from zhibao.model.county import County, Item
from zhibao.model.edition import Edition, Shown
from zhibao.model.finding import printable
from zhibao.model.understand import submission
from zhibao.publish.pages.places import item_uri
from zhibao.publish.view import View, view
from zhibao.repo.county_files import CountyReading, novelty_index, read_county
from zhibao.repo.work_tree import WorkTree
from zhibao.score.quality import quality

_PICTURE = re.compile(r"assets/[\w-]+(?:/[\w-]+)*\.(?:jpg|jpeg|png|webp)")


@dataclass(frozen=True)
class Built:
    """An edition ready to become pages. `files` maps addresses to pictures on disk; `left_out` says what is not shown."""

    view: View
    pictures: Mapping[str, Sequence[str]]
    files: Mapping[str, Path]
    left_out: tuple[str, ...]


def build(root: Path, edition: Edition) -> Built:
    """Read the repository at `root` for an edition. Raises RegistryError and git.GitError as reading does."""
    reading = read_county(root)
    secret = {item.id for item in reading.county.items if barred(_subject(item, reading.county))}
    county = reading.county.barring(secret)
    shows_quality = edition is not Edition.OPEN and county.registry.office.shows(edition, Shown.QUALITY)
    found = view(county, edition, _qualities(reading) if shows_quality else {})
    pictures = {item.id: _pictures(root, item) for item in found.entries}
    files = {
        f"{item_uri(item).rpartition('/')[0]}/{path}": _folder(root, item) / path
        for item in found.entries
        for path in pictures[item.id]
    }
    return Built(found, pictures, files, (*_unreadable(county), *_barred(secret)))


def _subject(item: Item, county: County) -> Subject:
    return Subject(item.document, item.submission, (), county)


def _qualities(reading: CountyReading) -> dict[str, Decimal]:
    index = novelty_index(reading.tree, reading.entries)
    county = reading.county
    return {
        item.id: quality(item, county, index.resemblances(item.id, item.document.text)).points
        for item in county.items
    }


def _pictures(root: Path, item: Item) -> tuple[str, ...]:
    """The pictures that an item names and that stand, as plain files of a sane size, beside it in assets/."""
    named = dict.fromkeys((*item.submission.media, *_PICTURE.findall(item.body)))
    folder = item.document.path.rpartition("/")[0]
    found = []
    for path in named:
        entry = WorkTree(root).entry(f"{folder}/{path}")
        inside = (root / folder / path).resolve().is_relative_to(root.resolve())
        if entry and entry.is_file and entry.size <= LARGEST_PICTURE and inside:
            found.append(path)
    return tuple(found)


def pictures_of(root: Path, item: Item) -> dict[str, bytes]:
    """The bytes of an item's pictures, by their path below assets/; those that cannot be read are not there."""
    folder, tree = item.document.path.rpartition("/")[0], WorkTree(root)
    entries = {path: tree.entry(f"{folder}/{path}") for path in _pictures(root, item)}
    found = {path: entry for path, entry in entries.items() if entry}
    read = zip(found, tree.read(tuple(found.values()), LARGEST_PICTURE), strict=True)
    return {path: data for path, data in read if data is not None}


def _folder(root: Path, item: Item) -> Path:
    return root / item.document.path.rpartition("/")[0]


def _unreadable(county: County) -> list[str]:
    found = []
    for document in county.documents:
        item = county.item(document.stem)
        if item is None or item.document.path != document.path:
            problems = (*document.problems, *submission(document)[1])
            why = problems[0].message if problems else "编号不对，或与另一个文件相同"
            found.append(printable(f"没有刊登 {document.path}：{why}；详见 zhibao check"))
    return found


def _barred(ids: set[str]) -> list[str]:
    return [f"没有刊登 {id_}：保密检查有错误；详见 zhibao check" for id_ in sorted(ids)]
