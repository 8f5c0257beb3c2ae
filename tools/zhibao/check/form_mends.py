"""Mends of the family 文件: indentation, full-width characters where the form wants half-width ones, loose dates, the order of keys."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from zhibao.check.mending import LITERAL, QUOTED, Edit, Mend, Read, offset, place_of, same
from zhibao.model.document import Document, Loc
from zhibao.model.reading import compact
from zhibao.model.submission import KEY_ORDER

STEP = "  "
"""What a tab, or a full-width space, at the beginning of a line of YAML stands for."""

_INDENT = re.compile(r"^[ \t\u3000]*[\t\u3000][ \t\u3000]*", re.MULTILINE)
_LINE = re.compile(
    r"^([ \t\u3000]*(?:- +)?)([A-Za-z_\uff21-\uff3a\uff3f\uff41-\uff5a]+)([ \u3000]*[:：][ \t\u3000]*)(\S?)"
)
_INNER = re.compile(r"([{,，][ \u3000]*)([A-Za-z_]+)([ \u3000]*[:：][ \u3000]*)")
_BETWEEN = re.compile(r"(?<=[}\]])[ \u3000]*，[ \u3000]*(?=[{\[])")
_COMMENT = re.compile(r"(?:^|[ \t])#")
_TAG_STOPS = re.compile(r"(?<![ \u3000])[ \u3000]*[，、][ \u3000]*")


def structure(read: Read) -> Iterator[Edit]:
    """Tabs that indent YAML, `title：`, `title:大坝`, `{by：李强，date：…}`: where not all is well, and only before keys of ours."""
    if not read.problems:
        return
    start, end = read.front()
    lines = read.text[start:end].split("\n")
    if any(re.search("[\"']", QUOTED.sub("", line)) for line in lines):
        return  # a quotation over several lines: nobody knows what is inside
    if not read.document.readable:
        for match in _INDENT.finditer(read.text, start, end):
            yield Edit(match.start(), match.end(), re.sub("[\t\u3000]", STEP, match[0]))
    nested = not LITERAL.search(read.text, start, end)
    at = start
    for line in lines:
        if nested or not line[:1].isspace():  # indented lines may be those of a block of text
            yield from _in_line(line, at, read.keys)
        at += len(line) + 1


def values(read: Read) -> Iterator[Edit]:
    """Dates written loosely, numbers and ids in full-width characters: values that mean one thing only."""
    for problem in read.problems:
        place = place_of(read.document, problem.at) if problem.mended else None
        if place:
            yield Edit(*place, problem.mended)


def split_tags(read: Read) -> Iterator[Edit]:
    """`[饮水，水利]`: what full-width stops part are several tags."""
    tags = read.document.get("tags")
    for number, tag in enumerate(tags if read.is_item and isinstance(tags, list) else ()):
        place = place_of(read.document, ("tags", number))
        if place and read.text[slice(*place)] == tag and _in_brackets(read.text, place[0]):
            for match in _TAG_STOPS.finditer(tag):
                yield Edit(place[0] + match.start(), place[0] + match.end(), ", ")


def key_order(read: Read) -> Iterator[Edit]:
    """The blocks of the keys in the order of the model; comments go with the key that they stand above."""
    found = read.document.values
    if not (read.is_item and read.document.readable and isinstance(found, dict)):
        return
    if any(key not in KEY_ORDER for key in found):
        return
    lines = read.text.split("\n")
    blocks, start = {}, 1
    for key in found:
        end = read.document.block(key)[1]
        blocks[key] = lines[start:end]
        start = end
    new = [line for key in sorted(found, key=KEY_ORDER.index) for line in blocks[key]]
    if new != lines[1:start]:
        yield Edit(offset(read.text, 2), offset(read.text, start + 1), "\n".join([*new, ""]))


def _in_line(line: str, at: int, keys: frozenset[str]) -> Iterator[Edit]:
    match = _LINE.match(line)
    if match and unicodedata.normalize("NFKC", match[2]) in keys:
        written = match[2] + match[3]
        wanted = unicodedata.normalize("NFKC", match[2]) + (": " if match[4] else ":")
        if not written.isascii() or (match[4] and not written.endswith((" ", "\t"))):
            yield Edit(at + match.start(2), at + match.end(3), wanted)
    comment = _COMMENT.search(line)
    inner = line[: comment.start()] if comment else line
    opening = min((n for n in (inner.find("{"), inner.find("[")) if n >= 0), default=-1)
    if opening < 0 or re.search("[\"']", inner):
        return
    for match in _INNER.finditer(inner, opening):
        if match[2] not in keys and match[3].endswith(":"):
            continue  # `12:30` is no key; a word with a full-width colon or a space after it is one, whoever's it is
        if "，" in match[1]:
            yield Edit(at + match.start(1), at + match.end(1), ", ")
        if "：" in match[3] or not match[3].endswith(" "):
            yield Edit(at + match.start(3), at + match.end(3), ": ")
    for match in _BETWEEN.finditer(inner, opening):
        yield Edit(at + match.start(), at + match.end(), ", ")


def _in_brackets(text: str, at: int) -> bool:
    """Whether a place is within `[…]` of its line."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    return before.count("[") > before.count("]")


def _only_form(before: Read, after: Read) -> bool:
    """It can be read now, and nothing but width and white space of the front matter is different."""
    one, other = before.document, after.document
    if not other.readable or one.body != other.body or compact(before.text) != compact(after.text):
        return False
    return not one.readable or _better(before, after)


def _better(before: Read, after: Read) -> bool:
    """Whether keys that were not well are better now: fewer problems, or none that is not mended next; the others are the same."""
    old, new = _top(before.document), _top(after.document)
    changed = {key for key in {*old, *new} if old.get(key) != new.get(key)}
    faulty = {str(problem.at[0]) for problem in before.problems if problem.at}
    left = [problem for problem in after.problems if problem.at and str(problem.at[0]) in changed]
    fewer = len(after.problems) < len(before.problems)
    return bool(changed) and changed <= faulty and (fewer or all(problem.mended for problem in left))


def _top(document: Document) -> Mapping[str, Any]:
    """The values by the keys of the top level, of a list by their numbers."""
    found = document.values
    if isinstance(found, list):
        return {str(number): value for number, value in enumerate(found)}
    return found if isinstance(found, dict) else {}


def _as_mended(before: Read, after: Read) -> bool:
    """Just the values that had to be mended are different, each is what it was to be, and nobody minds it now."""
    one, other = before.document, after.document
    wanted = {problem.at: problem.mended for problem in before.problems if problem.mended}
    changed = {at for at in wanted if one.get(*at) != other.get(*at)}
    right = all(str(other.get(*at)).casefold() == wanted[at].casefold() for at in changed)
    minded = {problem.at for problem in after.problems}
    kept = _without(one.values, changed) == _without(other.values, changed) and one.body == other.body
    return right and kept and not changed & minded


def _without(value: Any, gone: set[Loc], here: Loc = ()) -> Any:
    """A value with what stands at these key paths left empty."""
    if here in gone:
        return None
    if isinstance(value, dict):
        return {key: _without(one, gone, (*here, key)) for key, one in value.items()}
    if isinstance(value, list):
        return [_without(one, gone, (*here, number)) for number, one in enumerate(value)]
    return value


def _tags_split(before: Read, after: Read) -> bool:
    """Nothing but the tags is different, and they are the parts of the old ones."""
    old, new = dict(_top(before.document)), dict(_top(after.document))
    parts = [part for tag in old.pop("tags", []) for part in _TAG_STOPS.split(str(tag))]
    kept = old.items() == {key: value for key, value in new.items() if key != "tags"}.items()
    return kept and new["tags"] == parts and before.document.body == after.document.body


def _reordered(before: Read, after: Read) -> bool:
    return same(before, after) and Counter(before.text.split("\n")) == Counter(after.text.split("\n"))


def _none(read: Read) -> Iterator[Edit]:
    yield from ()


def _understood(before: Read, after: Read) -> bool:
    return after.value is not None


ENCODING = Mend("encoding", "编码由 GBK 改成 UTF-8", _none, _understood, problem="encoding")
BOM = Mend("bom", "去掉文件开头的 BOM", _none, same, problem="bom")
LINE_ENDS = Mend("line-ends", "换行由 CRLF 改成 LF", _none, same, problem="line-ends")
STRUCTURE = Mend("structure", "抬头改成 YAML 的写法：缩进用空格，冒号、逗号用半角", structure, _only_form)
VALUES = Mend("values", "改成规定的写法", values, _as_mended)
TAGS = Mend("tags", "几个标签用半角逗号分开", split_tags, _tags_split)
ORDER = Mend("key-order", "抬头各键按规定的顺序排", key_order, _reordered, by_line=False)
