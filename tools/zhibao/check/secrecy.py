"""Family 保密: what must never stand in an item (DOMAIN.md, “Never on the open site”). Findings are printed masked.

A scan without findings is no secrecy review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from zhibao.check import sayings
from zhibao.check.sayings import Saying
from zhibao.check.subject import Check, Hit, Subject
from zhibao.model.document import Mark
from zhibao.model.finding import Severity

FAMILY = "保密"

MARKED = re.compile(
    r"(?:绝密|机密|秘密)[ \u3000]*[★☆*＊]|[★☆][ \u3000]*(?:绝密|机密|秘密)|^[ \u3000]*(?:绝密|机密|秘密)[ \u3000]*(?:[\d一二三四五六七八九十]+年)?[ \u3000]*$",
    re.MULTILINE,
)
INTERNAL = re.compile(r"内部资料|内部事项|内部文件|注意保存|注意保管|不得外传|工作秘密")
DIGITS = re.compile(r"(?<![0-9A-Za-z.])[0-9](?:[ \-–—]?[0-9]){10,22}[Xx]?(?![0-9])")
WIDE_DIGIT = re.compile("[\uff10-\uff19\u3000]")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
AMOUNT = re.compile(
    r"[ ]?(?:余|多)?(?:元|万|亿|吨|尾|棵|粒|只|头|册|人|户|斤|公斤|平方|立方|千瓦|度|株|件|次|亩|米|千米|%)"
)
MOBILE = re.compile(r"1[3-9]\d{9}")
RESIDENT = re.compile(r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9X]")
RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RESIDENT_CHECK = "10X98765432"
DRAFT = re.compile(r"未公开|讨论稿|征求意见稿|送审稿|内部讨论")
PAPER = re.compile(r"[\u4e00-\u9fff]{1,8}[〔\[（(]\s*(?:19|20)\d{2}\s*[〕\]）)]\s*\d{1,4}\s*号")
_ADDRESS = (
    r"(?:村|社区|街道|小区|路|街)[^。，；]{0,10}?(?:\d+|[一二三四五六七八九十]+)(?:组|号|栋|单元|室|幢)"
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
HOME = re.compile(
    rf"(?:家住|住址[是为：:]?|住在)[^。，；]{{1,12}}?{_ADDRESS}|"
    rf"{_ADDRESS}的?(?:村民|居民|住户)[{_SURNAMES}][\u4e00-\u9fff×某]{{1,2}}(?![\u4e00-\u9fff]?[等户])"
)
_NAMED = rf"[{_SURNAMES}](?!某)[\u4e00-\u9fff]{{1,2}}"
_MINOR = re.compile(
    rf"(?:学生|儿童|女童|男童|未成年人|幼儿|初中生|小学生|孤儿)(?:（|\()?{_NAMED}(?=[，。、（(因在被的家今]|\d)|{_NAMED}[，（(](?:男|女)?，?(?:[3-9]|1[0-7])岁"
)
_PATIENT = re.compile(rf"(?:患者|病人|感染者|确诊者|病患){_NAMED}(?=[，。、（(因在被的今于]|\d)")
_PETITIONER = re.compile(
    rf"(?:上访人|信访人|上访户|信访户|来访人|缠访|上访老户){_NAMED}(?=[，。、（(因在被的今就反多])"
)
PROTECTED = {"未成年人": _MINOR, "病人": _PATIENT, "信访人": _PETITIONER}
"""Whose names are not written, and what such a name looks like."""


class _Text(NamedTuple):
    """A text that is searched: a key of the front matter (None for the body or a file that cannot be read)."""

    key: tuple[str | int, ...] | None
    text: str


def secret_mark(subject: Subject) -> Iterator[Hit]:
    """不出现密级标志（绝密、机密、秘密）。"""
    for where, match in _search(subject, MARKED):
        yield _hit(subject, where, match, sayings.SECRET_MARK)


def internal_words(subject: Subject) -> Iterator[Hit]:
    """不出现内部资料、不得外传、工作秘密等字样。"""
    for where, match in _search(subject, INTERNAL):
        yield _hit(subject, where, match, sayings.INTERNAL_WORDS, found=match[0])


def resident_number(subject: Subject) -> Iterator[Hit]:
    """不出现居民身份证号码。"""
    for where, match, digits in _numbers(subject):
        if _is_resident(digits):
            yield _hit(subject, where, match, sayings.RESIDENT_NUMBER, masked=_masked(digits, 3, 2))


def mobile_number(subject: Subject) -> Iterator[Hit]:
    """不出现手机号码。"""
    for where, match, digits in _numbers(subject):
        mobile = digits[2:] if len(digits) == 13 and digits.startswith("86") else digits
        if MOBILE.fullmatch(mobile) and not AMOUNT.match(where.text, match.end()):
            yield _hit(subject, where, match, sayings.MOBILE_NUMBER, masked=_masked(mobile, 3, 2))


def bank_card(subject: Subject) -> Iterator[Hit]:
    """不出现银行卡号。"""
    for where, match, digits in _numbers(subject):
        if 16 <= len(digits) <= 19 and digits[0] in "3456" and _luhn(digits) and not _is_resident(digits):
            yield _hit(subject, where, match, sayings.BANK_CARD, masked=_masked(digits, 4, 2))


def home_address(subject: Subject) -> Iterator[Hit]:
    """不写个人的家庭住址。"""
    for where, match in _search(subject, HOME):
        yield _hit(subject, where, match, sayings.HOME_ADDRESS)


def protected_person(subject: Subject) -> Iterator[Hit]:
    """不写未成年人、病人和信访人的姓名。"""
    for who, pattern in PROTECTED.items():
        for where, match in _search(subject, pattern):
            yield _hit(subject, where, match, sayings.PROTECTED_PERSON, who=who)


def unpublished(subject: Subject) -> Iterator[Hit]:
    """不引用未公开的文稿。"""
    for where, match in _search(subject, DRAFT):
        yield _hit(subject, where, match, sayings.UNPUBLISHED, found=match[0])


def paper_number(subject: Subject) -> Iterator[Hit]:
    """引用的文件已经公开。"""
    for where, match in _search(subject, PAPER):
        yield _hit(subject, where, match, sayings.PAPER_NUMBER)


def barred(subject: Subject) -> bool:
    """Whether a check of this family finds an error: then no edition but the internal one may show the item."""
    return any(
        next(check.run(subject), None) is not None for check in CHECKS if check.severity is Severity.ERROR
    )


def _texts(subject: Subject) -> Iterator[_Text]:
    document, submission = subject.document, subject.submission
    if submission is None or subject.faulty:
        yield _Text(None, document.text)
        return
    yield _Text(("title",), submission.title)
    yield _Text(("summary",), submission.summary or "")
    for number, tag in enumerate(submission.tags):
        yield _Text(("tags", number), tag)
    review = submission.review
    yield _Text(("review", "reason", "words"), (review.reason and review.reason.words) or "")
    yield _Text(("review", "withdrawn", "reason"), review.withdrawn.reason if review.withdrawn else "")
    for number, correction in enumerate(submission.corrections):
        yield _Text(("corrections", number, "reason"), correction.reason)
    yield _Text(None, document.body)


def _search(subject: Subject, pattern: re.Pattern[str]) -> Iterator[tuple[_Text, re.Match[str]]]:
    for where in _texts(subject):
        for match in pattern.finditer(where.text):
            yield where, match


def _numbers(subject: Subject) -> Iterator[tuple[_Text, re.Match[str], str]]:
    """Long runs of digits, full-width ones and those split by spaces or hyphens too, with the digits alone."""
    for where in _texts(subject):
        narrow = _narrow(where.text)
        for match in DIGITS.finditer(narrow):
            yield where, match, re.sub(r"[^0-9Xx]", "", match[0]).upper()


def _narrow(text: str) -> str:
    """The text with full-width digits, letters and hyphens made half-width, character for character."""
    return text.translate(_WIDE) if WIDE_DIGIT.search(text) else text


def _is_resident(digits: str) -> bool:
    if not RESIDENT.fullmatch(digits):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, RESIDENT_WEIGHTS, strict=False))
    return RESIDENT_CHECK[total % 11] == digits[17]


def _luhn(digits: str) -> bool:
    if not digits.isdigit() or len(set(digits)) == 1:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 + place % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def _masked(digits: str, head: int, tail: int) -> str:
    return digits[:head] + "*" * (len(digits) - head - tail) + digits[-tail:]


def _hit(subject: Subject, where: _Text, match: re.Match[str], saying: Saying, **gaps: str) -> Hit:
    if where.key is not None:
        return saying.hit(where.key, **gaps)
    if where.text is not subject.document.text:
        return saying.hit(match.start(), **gaps)
    before = where.text[: match.start()]
    column = match.start() - before.rfind("\n")
    return replace(saying.hit(None, **gaps), mark=Mark(before.count("\n") + 1, column))


CHECKS: tuple[Check, ...] = (
    Check("secret-mark", Severity.ERROR, FAMILY, secret_mark, needs_submission=False),
    Check("internal-words", Severity.ERROR, FAMILY, internal_words, needs_submission=False),
    Check("resident-number", Severity.ERROR, FAMILY, resident_number, needs_submission=False),
    Check("mobile-number", Severity.ERROR, FAMILY, mobile_number, needs_submission=False),
    Check("bank-card", Severity.ERROR, FAMILY, bank_card, needs_submission=False),
    Check("home-address", Severity.WARNING, FAMILY, home_address, needs_submission=False),
    Check("protected-person", Severity.WARNING, FAMILY, protected_person, needs_submission=False),
    Check("unpublished", Severity.WARNING, FAMILY, unpublished, needs_submission=False),
    Check("paper-number", Severity.WARNING, FAMILY, paper_number, needs_submission=False),
)
