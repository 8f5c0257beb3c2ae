"""Family 文字, the small marks: full-width stops in Chinese, no stray spaces. What these checks find, `zhibao fix` mends."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from zhibao.check.mending import LITERAL, Edit, Mend, Read, place_of, same_values
from zhibao.check.subject import Check, Hit, Subject
from zhibao.model.document import Document, Mark
from zhibao.model.finding import Severity

FAMILY = "文字"
PROSE_KEYS = ("title", "summary")
"""Keys whose values are prose as the body is."""

_HAN = "\u4e00-\u9fff"
_HALF_WIDTH = re.compile(
    rf"(?<=[{_HAN}”’）》])([,;:?!])(?=\s*(?:[{_HAN}“‘（《]|$))|(?<=[{_HAN}])\.(?=\s*(?:[{_HAN}]|$))",
    re.MULTILINE,
)
_BRACKET_OR_HAN = re.compile(rf"[()\n]|[{_HAN}]+")
_CALLS = re.compile(r"[\]\\A-Za-z0-9_]\(")
_SUSPECT = re.compile(rf"[{_HAN}”’）》][,;:?!.]|\(")
"""What prose without half-width marks in Chinese does not have: most needs no closer look."""
_NUMBERED = re.compile(r"(?:^|\n)[ \u3000]*[一二三四五六七八九十]{1,3}$")
_FULL_OF = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
_STOPS = "，。；：、？！"
_AROUND = re.compile(
    rf"(?<=[{_STOPS}])[ \t\u00a0]+(?=[{_HAN}0-9A-Za-z“‘（《])|(?<=[{_HAN}0-9A-Za-z”’）》])[ \t\u00a0]+(?=[{_STOPS}])"
)
_SPACED = re.compile(rf"[ \t\u00a0\u3000](?:[\n{_STOPS}]|\Z)|[{_STOPS}][ \t\u00a0]")
"""The same of texts without stray spaces."""
_AT_END = re.compile(r"(?<=[^ \t\u00a0\u3000\n])[ \t\u00a0\u3000]+$|^[ \t]+$", re.MULTILINE)
_AT_END_OF_YAML = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)
_MORE = re.compile(r"\n[^\S\n]*\S")
"""The end of a line after which there is another that is not blank."""
_ALONE = re.compile(r"[ \t]*(?:[-*+]|[#>]+|\d{1,9}[.)])")
"""What begins a list, a heading or a quotation, with nothing after it."""
_NOT_PROSE = re.compile(
    r"^(?: {4}|\t)[^\n]*$|^(?P<fence>`{3,}|~{3,})(?s:.*?)(?:^(?P=fence)|\Z)|`[^`\n]+`|\]\([^)\n]{0,2000}\)|<[^>\n]{0,2000}>",
    re.MULTILINE,
)
"""Code, addresses of links, tags: their characters are not ours to change."""
_FOLDED = str.maketrans("，；：？！。、（）", ",;:?!..()")


class _Stop(NamedTuple):
    """A half-width mark in Chinese: where it stands in the text, and what it should be."""

    start: int
    written: str
    wanted: str


def mixed_punctuation(subject: Subject) -> Iterator[Hit]:
    """标题、摘要和正文的中文里用全角标点。"""
    document = subject.document
    for where, _, text in _texts(document):
        stops = list(_stops(text))
        for stop in stops[:3]:
            more = f"，全文共 {len(stops)} 处" if len(stops) > 1 and stop is stops[0] else ""
            at = where or stop.start
            yield Hit(at, f"中文里用了半角的“{stop.written}”{more}", f"请改成“{stop.wanted}”")
        if not stops:
            for opening, _ in _brackets(text)[:1]:
                yield Hit(where or opening, "中文里用了半角括号", "请改成（ ）")


def stray_spaces(subject: Subject) -> Iterator[Hit]:
    """行尾和全角标点前后没有空格，文件以一个换行结尾。"""
    document = subject.document
    if any(problem.code == "encoding" for problem in document.problems):
        return
    spaces = list(_spaces(document))
    if spaces:
        place = _mark(document.text, spaces[0].start)
        yield Hit(None, f"行尾或标点前后有多余的空格，共 {len(spaces)} 处", "请删去", mark=place)
    for edit in _last_line(document):
        fact = "文件末尾没有换行" if edit.new else "文件末尾有空行"
        mend = "在最后一行的末尾按一次回车" if edit.new else "请删去多余的空行"
        yield Hit(None, fact, mend, mark=_mark(document.text, edit.start))


def full_width(read: Read) -> Iterator[Edit]:
    """Half-width stops in Chinese made full-width."""
    for _, start, text in _texts(read.document):
        for stop in _stops(text):
            at = start + stop.start
            yield Edit(at, at + len(stop.written), stop.wanted)


def full_width_brackets(read: Read) -> Iterator[Edit]:
    """Half-width brackets around Chinese made full-width."""
    for _, start, text in _texts(read.document):
        for opening, closing in _brackets(text):
            yield Edit(start + opening, start + opening + 1, "（")
            yield Edit(start + closing, start + closing + 1, "）")


def _texts(document: Document) -> Iterator[tuple[tuple[str, ...], int, str]]:
    """Prose in which something may be wrong: its key path (empty for the body), where it begins in the text, and itself."""
    if not document.path.endswith(".md"):
        return
    for key in PROSE_KEYS:
        value = document.get(key)
        place = place_of(document, (key,)) if isinstance(value, str) and _SUSPECT.search(value) else None
        if place and document.text[slice(*place)].strip("\"'") == value:
            yield (key,), document.text.index(value, place[0]), value
    if document.body_line > 1 and _SUSPECT.search(document.body):
        yield (), len(document.text) - len(document.body), document.body


def _stops(text: str) -> Iterator[_Stop]:
    for match in _in_prose(text, _HALF_WIDTH):
        numbered = match[0] == "." and _NUMBERED.search(text, max(0, match.start() - 12), match.start())
        yield _Stop(match.start(), match[0], "、" if numbered else _FULL_OF[match[0]])


def _brackets(text: str) -> list[tuple[int, int]]:
    """Where half-width brackets around Chinese open and close, pair by pair; those of a function, a link or an escape are not such."""
    pairs, opened, last = list[tuple[int, int]](), list[int](), -1
    for match in _BRACKET_OR_HAN.finditer(text):
        if match[0] == "\n":
            opened.clear()
        elif match[0] == "(":
            opened.append(match.start())
        elif match[0] != ")":
            last = match.start()
        elif opened:
            start = opened.pop()
            if last > start and not _CALLS.match(text, max(0, start - 1)):
                pairs.append((start, match.start()))
    skipped = _skipped(text) if pairs else []
    return sorted(pair for pair in pairs if not any(_within(at, skipped) for at in pair))


def _spaces(document: Document) -> Iterator[Edit]:
    """Every run of spaces that says nothing, in the order of the text."""
    text, item = document.text, document.path.endswith(".md")
    if (item and document.body_line == 1) or not _SPACED.search(text):
        return
    start = len(text) - len(document.body)
    front, body = text[:start], document.body
    if not LITERAL.search(front):
        yield from (Edit(match.start(), match.end(), "") for match in _AT_END_OF_YAML.finditer(front))
    found = [match for pattern in (_AT_END, _AROUND) for match in _in_prose(body, pattern)]
    for match in sorted(found, key=lambda match: match.start()):
        if not _is_markup(body, match):
            yield Edit(start + match.start(), start + match.end(), "")


def _last_line(document: Document) -> Iterator[Edit]:
    """One line end at the end of the file, no less and no more."""
    text = document.text
    end = len(text.rstrip("\n"))
    if text and end and text[end:] != "\n":
        yield Edit(end, len(text), "\n") if text[end:] == "" else Edit(end + 1, len(text), "")


def _in_prose(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The matches that neither begin nor end in code, in the address of a link or in a tag."""
    found = list(pattern.finditer(text))
    skipped = _skipped(text) if found else []
    for match in found:
        if not any(_within(at, skipped) for at in (match.start(), match.end() - 1)):
            yield match


def _skipped(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _NOT_PROSE.finditer(text)]


def _within(at: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether a place is in one of these ranges, which are in order."""
    number = bisect_right(ranges, (at, sys.maxsize)) - 1
    return number >= 0 and at < ranges[number][1]


def _is_markup(body: str, match: re.Match[str]) -> bool:
    """Whether these spaces at the end of a line are Markdown: they break the line (a tab does too), or stand after a mark that is alone on it."""
    if body[match.end() : match.end() + 1] not in ("\n", ""):
        return False
    breaks = (match[0].endswith("  ") or "\t" in match[0]) and _MORE.match(body, match.end())
    return bool(breaks or _ALONE.fullmatch(body, body.rfind("\n", 0, match.start()) + 1, match.start()))


def _mark(text: str, at: int) -> Mark:
    return Mark(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _same_words(before: Read, after: Read) -> bool:
    """Prose is the same but for the width of its marks and for spaces; everything else is the same."""
    one, other = before.document, after.document
    if not (isinstance(one.values, dict) and isinstance(other.values, dict)):
        return same_values(before, after) and _alike(one.body, other.body)
    kept = {key: value for key, value in one.values.items() if key not in PROSE_KEYS}
    prose = all(_alike(str(one.get(key)), str(other.get(key))) for key in PROSE_KEYS)
    same_keys = kept == {key: value for key, value in other.values.items() if key not in PROSE_KEYS}
    understood = (before.value is None) == (after.value is None)
    return prose and same_keys and understood and _alike(one.body, other.body)


def _same_but_spaces(before: Read, after: Read) -> bool:
    return same_values(before, after) and _alike(before.document.body, after.document.body)


def _alike(one: str, other: str) -> bool:
    """Line for line the same indentation and the same words."""
    return [_bare(line) for line in one.rstrip().split("\n")] == [
        _bare(line) for line in other.rstrip().split("\n")
    ]


def _bare(line: str) -> tuple[str, str]:
    indent = line[: len(line) - len(line.lstrip())] if line.strip() else ""
    return indent, "".join(line.translate(_FOLDED).split())


PUNCTUATION = Mend("punctuation", "中文里的半角标点改成全角", full_width, _same_words)
BRACKETS = Mend("brackets", "中文里的半角括号改成全角", full_width_brackets, _same_words)
SPACES = Mend("spaces", "删去多余的空格", lambda read: _spaces(read.document), _same_but_spaces)
LAST_LINE = Mend(
    "last-line", "文件末尾留一个换行", lambda read: _last_line(read.document), _same_but_spaces, by_line=False
)

CHECKS: tuple[Check, ...] = (
    Check("mixed-punctuation", Severity.WARNING, FAMILY, mixed_punctuation, mends=(BRACKETS, PUNCTUATION)),
    Check(
        "stray-space",
        Severity.ADVICE,
        FAMILY,
        stray_spaces,
        needs_submission=False,
        mends=(SPACES, LAST_LINE),
    ),
)
