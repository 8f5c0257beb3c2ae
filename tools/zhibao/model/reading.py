"""What can be read off a text without understanding it: length, elements, figures, matters. Checks and the 质量分 use the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from zhibao.model.office import Element, Finder, Kind, Office

MARKS = re.compile(
    r"^[ \t]*(?:#{1,6}|[-*+]|\d{1,2}\.|>)[ \t]+|\*\*|__|`|^\|?[ \t:|-]+\|?$|\|"
    r"|!\[[^\]\n]*\]\([^)\n]*\)|(?<!\\)\[(?=[^\]\n]*\]\()|(?<!\\)\]\([^)\n]*\)|\\(?=[\\`*_\[\]|#>.!+-])",
    re.MULTILINE,
)
"""Marks of lists, headings, looks and tables; pictures, the addresses of links, the strokes before signs that are meant as such."""
SPACE = re.compile(r"\s+")
SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?”』」]*")
_UNITS = (
    "户人名个家公里千米米亩公顷吨公斤斤元万亿天年月日时分件起处座口眼台套辆批次场期条项所间头只株盏桶升度"
    "平方立方千瓦份张封笔村组镇乡校班岁成倍%％‰℃"
)
_FIGURE = re.compile(rf"\d[\d,]*(?:\.\d+)?(?:余|多|来)?[ ]?(?:[万千百亿]|余|多)*[{_UNITS}]")
_TIME = re.compile(
    r"\d{1,2}月(?:\d{1,2}日|上旬|中旬|下旬|份|底|初)|\d{4}年|今年|去年|前年|近日|日前|当日|当天|昨[日天晚]|今[日天晨晚]|"
    r"[上下]?周[一二三四五六日末]|\d{1,2}[时点]\d{0,2}分?|[一二三四]季度|[上下]半年|入[春夏秋冬]以来|以来|目前|截至|春节|节前|汛期"
)
_PLACE = re.compile(
    r"[\u4e00-\u9fa5]{1,6}(?:镇|乡|村|组|社区|街道|县|州|小区|学校|中学|小学|医院|水库|河|沟|路|桥|园区|广场|车站|站|厂|寨|坪|湾|坝)"
)
_BODY = re.compile(
    r"(?:党委|党组|党支部|党总支|政府|人大|政协|办公室|委员会|村委会|村“?两委”?|局|厅|部|办|所|中心|公司|合作社|协会|联合会|"
    r"工会|法院|检察院|派出所|医院|学校|中学|小学|大队|支队|指挥部|领导小组|专班|镇|乡|社区|县委|企业|银行|站)"
)
FOLLOW_UP = re.compile("续报|终报")
OTHER_MATTER = re.compile(
    r"(?:^|\n)[ \u3000]*(?:另外|此外|另悉|另据|同日|同一天|还有一件事|顺便|另一方面的工作)[，,、]?"
)


class Passage(NamedTuple):
    """A piece of a text and its offset in characters."""

    start: int
    text: str


@lru_cache(maxsize=64)
def length(body: str) -> int:
    """Characters of a body, without white space, pictures and the marks of Markdown."""
    return len(SPACE.sub("", MARKS.sub("", body)))


def sentences(body: str) -> Iterator[Passage]:
    """The sentences of a body, with their offsets; the end of a line ends one too."""
    for match in SENTENCE.finditer(body):
        text = match[0].strip()
        if text:
            yield Passage(match.start() + match[0].index(text[0]), text)


def paragraphs(body: str) -> list[Passage]:
    """The lines of a body that are not empty, with their offsets."""
    found, at = [], 0
    for line in body.split("\n"):
        if line.strip():
            found.append(Passage(at, line))
        at += len(line) + 1
    return found


def figures(body: str) -> int:
    """How many figures with a unit a body has."""
    return len(_FIGURE.findall(body))


def matters(title: str, body: str) -> int:
    """How many separate matters an item seems to report; 1 is right.

    Only what says so itself is counted: a paragraph that begins with 另外, 此外, 另悉 …, a title of two halves. Parallel measures
    (一是、二是) are one matter.
    """
    halves = title.count("；") + title.count(";")
    return 1 + halves + len(OTHER_MATTER.findall(body))


def other_matters(body: str) -> Iterator[Passage]:
    """The places where a body says that it turns to another matter."""
    for match in OTHER_MATTER.finditer(body):
        text = match[0].strip()
        yield Passage(match.end() - len(match[0].lstrip()), text)


def is_follow_up(title: str) -> bool:
    """Whether an urgent item continues an earlier one (续报、终报): its clock does not start with the event."""
    return bool(FOLLOW_UP.search(title))


def missing_elements(title: str, body: str, kind: Kind, office: Office) -> tuple[str, ...]:
    """The elements (要素) of a kind for which neither title nor body has a sign, in the order of the registry."""
    text = f"{title}\n{body}"
    return tuple(name for name in kind.elements if not _present(name, text, office.elements.get(name)))


def _present(name: str, text: str, element: Element | None) -> bool:
    if element is None:
        return name in text
    if element.find and FINDERS[element.find].search(text):
        return True
    return bool(element.words) and bool(_words(element.words).search(text))


@lru_cache(maxsize=256)
def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


FINDERS: dict[Finder, re.Pattern[str]] = {
    Finder.TIME: _TIME,
    Finder.PLACE: _PLACE,
    Finder.BODY: _BODY,
    Finder.FIGURES: _FIGURE,
}


def compact(text: str) -> str:
    """The text without white space, in half-width characters: what is left where only form differs."""
    return "".join(unicodedata.normalize("NFKC", text).split())
