"""The checks that a browser can make too, as plain data: their patterns, measures and words, taken from the checks themselves.

The page 报送 reads them (`site/scripts/submit.js`), so that an officer hears of a finding before anything is sent. What needs the
repository (likeness, ids, history) or the spans of the file (punctuation) is not among them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from zhibao.check import sayings, secrecy, writing
from zhibao.check.sayings import Saying
from zhibao.check.table import BY_CODE
from zhibao.model import reading
from zhibao.model.finding import Severity
from zhibao.model.office import Office

Pattern = list[str]
"""Source and flags of a regular expression as ECMA-262 has them."""

SAYINGS: Mapping[str, Mapping[str, Saying]] = {
    "body-empty": {"": Saying(sayings.BODY_EMPTY.fact, "请填写")},
    "title-length": {"long": sayings.TITLE_LONG, "short": sayings.TITLE_SHORT},
    "title-formula": {"": sayings.TITLE_FORMULA},
    "title-stop": {"": sayings.TITLE_STOP},
    "body-length": {"long": sayings.BODY_LONG, "short": sayings.BODY_SHORT},
    "elements-missing": {"": sayings.ELEMENTS_MISSING},
    "one-matter": {"title": sayings.TITLE_TWO, "body": sayings.OTHER_MATTER},
    "opening-formula": {"": sayings.OPENING},
    "closing-flourish": {"": sayings.FLOURISH},
    "left-over": {"": sayings.LEFT_OVER},
    "vague-figures": {"": sayings.VAGUE},
    "unpaired-marks": {"": sayings.UNPAIRED},
    "secret-mark": {"": sayings.SECRET_MARK},
    "internal-words": {"": sayings.INTERNAL_WORDS},
    "resident-number": {"": sayings.RESIDENT_NUMBER},
    "mobile-number": {"": sayings.MOBILE_NUMBER},
    "bank-card": {"": sayings.BANK_CARD},
    "home-address": {"": sayings.HOME_ADDRESS},
    "protected-person": {"": sayings.PROTECTED_PERSON},
    "unpublished": {"": sayings.UNPUBLISHED},
    "paper-number": {"": sayings.PAPER_NUMBER},
    "officer-known": {"": sayings.OFFICER_UNKNOWN},
    "not-future": {"": sayings.NOT_YET},
    "fresh": {"": sayings.NOT_FRESH},
}
"""What each of them says, by code and case."""

PATTERNS: Mapping[str, re.Pattern[str]] = {
    "marks": reading.MARKS,
    "space": reading.SPACE,
    "sentence": reading.SENTENCE,
    "followUp": reading.FOLLOW_UP,
    "otherMatter": reading.OTHER_MATTER,
    "formula": writing.FORMULAS,
    "opening": writing.OPENING,
    "flourish": writing.FLOURISH,
    "leftOver": writing.LEFT_OVER,
    "vague": writing.VAGUE,
    "digit": writing.DIGIT,
    "secret": secrecy.MARKED,
    "internal": secrecy.INTERNAL,
    "home": secrecy.HOME,
    "unpublished": secrecy.DRAFT,
    "paper": secrecy.PAPER,
    "digits": secrecy.DIGITS,
    "wideDigit": secrecy.WIDE_DIGIT,
    "amount": secrecy.AMOUNT,
    "mobile": secrecy.MOBILE,
    "resident": secrecy.RESIDENT,
}

_ESCAPES = {
    "d": r"\p{Nd}",
    "w": r"\p{L}\p{N}_",
    "s": r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000",
}
"""What Python means by these, of which ECMA-262 means only the part in ASCII, or something else."""
_KEPT = re.compile(r"u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[nrtfv^$\\.*+?()\[\]{}|/]")
_TOKEN = re.compile(
    r"\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)|\(\?P|\(\?[a-zA-Z]|[\[\]$]|[^\\\[\]$(]+|\(", re.DOTALL
)


def portable(office: Office) -> dict[str, Any]:
    """Everything as values that JSON holds; the keys are those that `site/scripts/submit.js` reads."""
    return {
        "checks": {code: _check(code, cases) for code, cases in SAYINGS.items()},
        "advice": Severity.ADVICE.value,
        "labels": {one.value: one.label for one in Severity},
        "more": sayings.MORE,
        "happened": sayings.HAPPENED,
        "patterns": {name: browser_pattern(pattern) for name, pattern in PATTERNS.items()},
        "protected": {who: browser_pattern(pattern) for who, pattern in secrecy.PROTECTED.items()},
        "elements": _elements(office),
        "title": list(office.title.length),
        "stops": writing.STOPS,
        "halves": writing.HALVES,
        "pairs": dict(writing.PAIRS),
        "firstWords": writing.FIRST_WORDS,
        "lastWords": writing.LAST_WORDS,
        "mostLeft": writing.MOST_LEFT,
        "shown": writing.SHOWN,
        "slightly": writing.SLIGHTLY,
        "residentWeights": list(secrecy.RESIDENT_WEIGHTS),
        "residentCheck": secrecy.RESIDENT_CHECK,
    }


def browser_pattern(pattern: re.Pattern[str]) -> Pattern:
    """The same expression for a browser (flag `u`). Raises ValueError for what the two languages do not share."""
    several = bool(pattern.flags & re.MULTILINE)
    if pattern.flags & ~(re.UNICODE | re.MULTILINE):
        raise ValueError(f"a flag that browsers do not have: {pattern.pattern}")
    found, within = list[str](), False
    for token in _TOKEN.findall(pattern.pattern):
        if token.startswith("\\"):
            found.append(_escape(token[1:], within=within))
        elif token.startswith("(?") and not within:
            raise ValueError(f"a group that browsers do not have: {pattern.pattern}")
        elif token == "$" and not within and not several:
            found.append(r"(?=\n?$)")
        else:
            within = (within or token == "[") and token != "]"
            found.append(token)
    return ["".join(found), "gmu" if several else "gu"]


def _escape(letter: str, *, within: bool) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter] if within else f"[{_ESCAPES[letter]}]"
    if letter == "-":
        return r"\-" if within else "-"
    if _KEPT.fullmatch(letter):
        return f"\\{letter}"
    if letter.isascii() and letter.isalnum():
        raise ValueError(f"an escape that browsers do not have: \\{letter}")
    return letter


def _check(code: str, cases: Mapping[str, Saying]) -> dict[str, Any]:
    severity = BY_CODE[code].severity
    return {"severity": severity.value, "says": {case: list(saying) for case, saying in cases.items()}}


def _elements(office: Office) -> dict[str, list[Any]]:
    """For each element that a kind asks for, patterns and words of which one is enough."""
    found: dict[str, list[Any]] = {}
    for name in sorted({name for kind in office.kinds for name in kind.elements}):
        element = office.elements.get(name)
        if element is None:
            found[name] = [None, [name]]
        else:
            pattern = browser_pattern(reading.FINDERS[element.find]) if element.find else None
            found[name] = [pattern, list(element.words)]
    return found
