"""A county in a temporary folder, and the sound base item of the examples in it."""

from __future__ import annotations

import shutil
from pathlib import Path
from string import Template

from zhibao.check.examples import BASE, BASE_PATH
from zhibao.check.subject import Example
from zhibao.door.founding.registry import fixed

COUNTY = Path(__file__).parent / "county"
ROOT = Path(__file__).parents[1]
IS_COUNTYS = (ROOT / "docs/zhibao.md").is_file()
"""Whether the tests run in a county's own repository, whose README and guide are the county's to write (`zhibao init`)."""
README = "docs/zhibao.md" if IS_COUNTYS else "README.md"
"""The program's README."""


def county_at(folder: Path) -> Path:
    """A copy of tests/county, with nothing submitted yet."""
    shutil.copytree(COUNTY, folder, dirs_exist_ok=True)
    (folder / "submissions").mkdir(exist_ok=True)
    return folder


def guides() -> list[str]:
    """The guide that a new county begins with, in the words of tests/county, and the sample's, where it is here."""
    unit = {
        "unit": "daba",
        "unit_name": "大坝镇",
        "officer": "王敏",
        "day": "2026-10-12",
        "stamp": "20261012",
    }
    county = {
        "county": "试验县",
        "last": "县",
        "party": "县委",
        "levels": "县、州",
        "office": "试验县委办公室",
    }
    begun = Template(fixed("guide.md")).substitute(unit | county)
    return [begun] if IS_COUNTYS else [begun, (ROOT / "site/guide/index.md").read_text("utf-8")]


def put(root: Path, path: str, text: str | bytes) -> Path:
    """A file of the county."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return target


def applied(example: Example, text: str) -> bytes:
    """BASE with one part replaced by the text of an example."""
    if example.part == "file":
        return text.encode(example.encoding)
    front, body = BASE.split("---\n\n", 1)
    if example.part == "body":
        return f"{front}---\n\n{text}".encode()
    return f"{with_keys(front, text)}---\n\n{body}".encode()


def with_keys(front: str, text: str) -> str:
    """Front matter with the top-level keys of `text` in the place of their namesakes, or added in the right order."""
    blocks = _blocks(front.removeprefix("---\n"))
    new = _blocks(text.rstrip("\n") + "\n")
    names = [name for name, _ in new]
    misspelt = {"happend": "happened"}
    gone = {misspelt.get(name, name) for name in names}
    kept = [(name, block) for name, block in blocks if name not in gone]
    place = next((n for n, (name, _) in enumerate(blocks) if name in gone), None)
    if place is None or names[0] in ("imported", "review"):
        place = (
            len(kept)
            if names[0] in _LATE
            else next(n for n, (name, _) in enumerate(kept) if name == "audience")
        )
    else:
        place = min(place, len(kept))
    kept[place:place] = new
    return "---\n" + "".join(block for _, block in kept)


_LATE = ("imported", "review", "received", "sources", "corrections")


def _blocks(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in text.splitlines(keepends=True):
        if line[:1].isalpha() and ":" in line:
            found.append((line.split(":")[0], line))
        elif found:
            found[-1] = (found[-1][0], found[-1][1] + line)
    return found


__all__ = [
    "BASE",
    "BASE_PATH",
    "IS_COUNTYS",
    "README",
    "ROOT",
    "applied",
    "county_at",
    "guides",
    "put",
    "with_keys",
]
