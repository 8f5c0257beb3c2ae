"""The kinds of value a key can have: days, moments, ids, texts; each says in Chinese what is wrong and what to write."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, NoReturn, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from zhibao.model.identity import ID_PATTERN, UNIT_ID, Identity

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2}) (\d{2}):(\d{2})", re.ASCII)
_LOOSE_DAY = re.compile(r"\s*(\d{4})\s*[-/.年—–]\s*(\d{1,2})\s*[-/.月—–]\s*(\d{1,2})\s*日?", re.ASCII)
_LOOSE_TIME = re.compile(
    r"[\sT]*(\d{1,2})\s*[:时点]\s*(\d{1,2})(?:\s*分|:\d{2}(?:\.\d+)?)?\s*(?:[Zz]|[+-]\d{2}:?\d{2})?\s*",
    re.ASCII,
)
_ZONE = re.compile(r":\d{2}(?:\.\d+)?\s*(?:[Zz]|[+-]\d{2}:?\d{2})\s*$")
_INVISIBLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Control characters, line breaks, zero-width and direction marks: nothing that a title or a name is written with."""
_ACCOUNT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?", re.ASCII)
_MEDIA = re.compile(r"assets/[\w-]+(?:/[\w-]+)*\.(?:jpg|jpeg|png|webp|mp3|m4a|mp4)")
_EMAIL = re.compile(r"[^@\s<>]{1,64}@[^@\s<>]{1,255}")
_GIT_ADDRESS = re.compile(
    r"(?:https?://|ssh://(?:[A-Za-z0-9_][A-Za-z0-9_.-]*@)?)[A-Za-z0-9][A-Za-z0-9.-]*(?::\d{1,5})?/[\w./~-]+"
    r"|[A-Za-z0-9_][A-Za-z0-9_.-]*@[A-Za-z0-9][A-Za-z0-9.-]*:[\w~][\w./~-]*"
    r"|/[\w./-]+",
    re.ASCII,
)
"""Addresses that git only ever fetches from and pushes to: no command (`ext::`), no option, no password in them."""


class Strict(BaseModel):
    """Base of everything read from the repository: immutable, no unknown keys, nothing converted in silence."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=False)


def parse_day(value: Any) -> date:
    """A day from `2026-10-12`. Raises PydanticCustomError `date_form` or `date_impossible`."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value  # made by the program itself; YAML values are texts here
    match = _DAY.fullmatch(value) if isinstance(value, str) else None
    if not match:
        _refuse(value, "日期", "2026-10-12")
    return _day(match[1], match[2], match[3])


def parse_moment(value: Any) -> datetime:
    """A moment in the county's time, to the minute, from `2026-10-12 09:31`. Raises as `parse_day` does."""
    if isinstance(value, datetime):
        return value
    match = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    if not match:
        _refuse(value, "时间", "2026-10-12 09:31")
    day = parse_day(match[1])
    hour, minute = int(match[2]), int(match[3])
    if hour > 23 or minute > 59:
        raise PydanticCustomError(
            "date_impossible", "没有 {clock} 这个时刻", {"clock": f"{match[2]}:{match[3]}"}
        )
    return datetime.combine(day, time(hour, minute))


def mended_date(text: str) -> str | None:
    """The date or moment that a loosely written one means (`2026年10月2日`, `２０２６－１０－０２`), None if it is none."""
    plain = unicodedata.normalize("NFKC", text)
    match = _LOOSE_DAY.match(plain)
    if not match:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    rest = plain[match.end() :]
    if not rest.strip():
        return f"{day:%Y-%m-%d}"
    clock = _LOOSE_TIME.fullmatch(rest)
    if not clock or int(clock[1]) > 23 or int(clock[2]) > 59:
        return None
    return f"{day:%Y-%m-%d} {int(clock[1]):02}:{int(clock[2]):02}"


def _refuse(value: Any, what: str, example: str) -> NoReturn:
    found = mended_date(value) if isinstance(value, str) else None
    zoned = _ZONE.search(unicodedata.normalize("NFKC", str(value)))
    whole = bool(found) and len(str(found)) == len(example) and not zoned
    mended = found[:10] if found and what == "日期" else found
    if mended and len(mended) != len(example):
        mended = None  # a day where a moment is wanted: the clock is not ours to invent
    # nothing is left out of what is certain: no clock of a day, no zone of a moment
    context = {"what": what, "example": example, "near": mended or "", "mended": found if whole else ""}
    raise PydanticCustomError("date_form", "{what}的写法不对", context)


def _day(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        fact = (
            f"没有 {int(month)} 月"
            if not 1 <= int(month) <= 12
            else f"{year} 年 {int(month)} 月没有 {int(day)} 日"
        )
        if year == "0000":
            fact = "没有 0000 年"
        raise PydanticCustomError("date_impossible", "{fact}", {"fact": fact}) from None


def _visible(value: str) -> str:
    if _INVISIBLE.search(value):
        raise PydanticCustomError("invisible", "里面有看不见的控制字符，请删去后重写这一行")
    return value


def _unit_id(value: str) -> str:
    if not UNIT_ID.fullmatch(value):
        raise PydanticCustomError("unit_form", "单位编号只用小写字母和数字，以字母开头，如 daba")
    return value


def _submission_id(value: str) -> str:
    if Identity.parse(value) is None:
        raise PydanticCustomError("id_form", "信息编号的写法是 日期-时间-单位，如 20261012-0931-daba")
    return value


def _share(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise PydanticCustomError("share_form", "份额写成小数，如 0.5")
    share = Decimal(value)
    if not share.is_finite() or not 0 < share <= 1:
        raise PydanticCustomError("share_range", "份额要大于 0，不超过 1")
    return share


def _points(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise PydanticCustomError("points_form", "分值写成数字，如 5 或 2.5")
    points = Decimal(value)
    if not points.is_finite() or abs(points) > 10_000 or points != round(points, 2):
        raise PydanticCustomError("points_range", "分值在 -10000 至 10000 之间，最多两位小数")
    return points


def _matching(pattern: re.Pattern[str], kind: str, message: str) -> AfterValidator:
    def check(value: str) -> str:
        if not pattern.fullmatch(value):
            raise PydanticCustomError(kind, message)
        return value

    return AfterValidator(check)


def _as_written(pattern: str, **more: Any) -> WithJsonSchema:
    """How a text is described to those who do not run this program; in a pattern, `\\w` is more than ASCII."""
    letters = pattern.replace(r"\w", r"0-9A-Za-z_\u0080-\uffff")
    return WithJsonSchema({"type": "string", "pattern": f"^{letters}$", **more})


T = TypeVar("T")

Many = Annotated[tuple[T, ...], Field(strict=False)]
"""A YAML list, kept as a tuple."""
Lax = Annotated[T, Field(strict=False)]
"""A word of a closed vocabulary, kept as a member of its enumeration."""
Day = Annotated[date, BeforeValidator(parse_day), _as_written(r"\d{4}-\d{2}-\d{2}", format="date")]
Moment = Annotated[datetime, BeforeValidator(parse_moment), _as_written(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")]
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), AfterValidator(_visible)
]
Word = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), AfterValidator(_visible)
]
Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_visible)
]
UnitId = Annotated[str, AfterValidator(_unit_id), _as_written(UNIT_ID.pattern)]
SubmissionId = Annotated[str, AfterValidator(_submission_id), _as_written(ID_PATTERN)]
Account = Annotated[
    str, _matching(_ACCOUNT, "account_form", "账号只用字母、数字和 . _ -"), _as_written(_ACCOUNT.pattern)
]
Email = Annotated[
    str,
    _matching(_EMAIL, "email_form", "邮箱的写法不对，如 wangmin@shili.example"),
    _as_written(_EMAIL.pattern),
]
MediaPath = Annotated[
    str,
    _matching(
        _MEDIA, "media_form", "附件写 assets/ 下的 jpg、png、webp、mp3、m4a、mp4 文件，如 assets/shuiyuan.jpg"
    ),
    _as_written(_MEDIA.pattern),
]
GitAddress = Annotated[
    str,
    _matching(
        _GIT_ADDRESS,
        "git_address_form",
        "仓库地址的写法不对，如 https://git.shili.example/site.git、git@git.shili.example:site.git 或 /srv/git/site.git；里面不写口令",
    ),
    _as_written(_GIT_ADDRESS.pattern),
]
Share = Annotated[
    Decimal, BeforeValidator(_share), WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 1})
]
Points = Annotated[
    Decimal,
    BeforeValidator(_points),
    WithJsonSchema({"type": "number", "minimum": -10_000, "maximum": 10_000}),
]
