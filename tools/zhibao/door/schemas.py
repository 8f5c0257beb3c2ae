"""The JSON Schemas of a county, as files: what an editor program needs to help those who write."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from zhibao.model.files import FILES, OFFICE, REGISTRY, UNITS, FileKind, modeline
from zhibao.model.schema import schema, vocabulary
from zhibao.repo.tree import Tree, yaml_at, yaml_in
from zhibao.repo.writing import held, write_at
from zhibao.review.mending import understood

T = TypeVar("T")


@dataclass(frozen=True)
class Schemas:
    """The text of every schema by the name of its kind. `unread` are the files whose words are missing, because they cannot be read."""

    texts: Mapping[str, str]
    unread: tuple[str, ...] = ()


def schemas(tree: Tree) -> Schemas:
    """The schemas with the words of this county, as far as its registry can be read."""
    office, units = _read(tree, OFFICE), _read(tree, UNITS)
    words = vocabulary(office, units)
    texts = {
        kind.name: json.dumps(schema(kind, words), ensure_ascii=False, indent=2) + "\n" for kind in FILES
    }
    unread = [kind.place for kind, value in ((OFFICE, office), (UNITS, units)) if value is None]
    return Schemas(texts, tuple(unread))


def stale(folder: Path, texts: Mapping[str, str]) -> list[str]:
    """The names of those schemas that are missing in a folder, or not what they should be."""
    return [name for name, text in texts.items() if held(folder / _file(name)) != text]


def write_schemas(folder: Path, texts: Mapping[str, str]) -> list[str]:
    """Write those that are not what they should be; their names. Raises WriteError."""
    changed = stale(folder, texts)
    for name in changed:
        write_at(folder / _file(name), texts[name], folder=True)
    return changed


def unnamed(tree: Tree) -> Iterator[tuple[str, str]]:
    """The files of the registry that do not name their schema, each with the line that should be its first."""
    for kind in FILES:
        if not kind.place.startswith(f"{REGISTRY}/"):
            continue
        folder = kind.place.endswith("/")
        for read in yaml_in(tree, kind.place.rstrip("/")) if folder else (yaml_at(tree, kind.place),):
            line = modeline(read.path) if read else ""
            if read and read.text.partition("\n")[0].rstrip() != line:
                yield read.path, line


def _file(name: str) -> str:
    return f"{name}.json"


def _read(tree: Tree, kind: FileKind[T]) -> T | None:
    read = yaml_at(tree, kind.place)
    value: T | None = understood(read).value if read else None
    return value
