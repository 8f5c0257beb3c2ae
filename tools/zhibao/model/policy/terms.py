"""What every clause of a policy is written with: scores, steps, percentages, spans of time, conditions.

A value that is nearly always one number may be written as that number: `县: 3` is `县: {points: 3}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from zhibao.model.fields import Lax, Many, Points, Strict, Word

ANY = "*"
"""In a table, what holds for every name that has no row of its own."""


def _amount(value: Decimal) -> Decimal:
    if value < 0:
        raise PydanticCustomError("amount_range", "不能是负数：上限和扣分都写正数")
    return value


def _percent(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise PydanticCustomError("percent_form", "百分数写成数字，如 30（就是 30%）")
    percent = Decimal(value)
    if not percent.is_finite() or not 0 <= percent <= 100:
        raise PydanticCustomError("percent_range", "百分数在 0 到 100 之间")
    return percent


def _factor(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise PydanticCustomError("factor_form", "倍数写成数字，如 2 或 0.5")
    factor = Decimal(value)
    if not factor.is_finite() or not 0 < factor <= 100:
        raise PydanticCustomError("factor_range", "倍数要大于 0，不超过 100")
    return factor


def _listed(value: Any) -> Any:
    """One word or number stands for a list of one."""
    return value if isinstance(value, list | tuple) else [value]


def _scored(value: Any) -> Any:
    return value if isinstance(value, Mapping | Strict) else {"points": value}


def _tabled(value: Any) -> Any:
    """A number, or a multiple, stands for a table in which it holds for everything."""
    is_table = isinstance(value, Mapping) and not {"points", "times", "of"} & value.keys()
    return value if is_table else {ANY: value}


Amount = Annotated[Points, AfterValidator(_amount)]
"""Points that are never negative: caps, deductions, thresholds."""
Percent = Annotated[Decimal, BeforeValidator(_percent, json_schema_input_type=float)]
"""0 to 100."""
Factor = Annotated[Decimal, BeforeValidator(_factor, json_schema_input_type=float)]
Words = Annotated[Many[Word], BeforeValidator(_listed, json_schema_input_type=Word | list[Word])]
"""One word or a list of words."""
Steps = Annotated[
    Annotated[Many[Points], Field(min_length=1)],
    BeforeValidator(_listed, json_schema_input_type=float | list[float]),
]
"""Points of the first, the second … time; the last holds for all further ones. `5` each time, `[5, 0]` once, `[10, 5]` decreasing."""


class Score(Strict):
    """What something is worth: a number of points, or a multiple.

    A multiple is of another level's score in the same form (`of`), or, without `of`, of the score that the level above itself gave
    (`score` of the adoption).
    """

    points: Points | None = Field(None, title="分值")
    times: Factor | None = Field(None, title="倍数")
    of: Word | None = Field(None, title="以哪一级为准")


def one_of_two(score: Score) -> Score:
    """Refuse a score that is neither a number nor a multiple, or both."""
    if (score.points is None) == (score.times is None):
        raise PydanticCustomError("score_form", "写一个分值，或者写 {times: 倍数, of: 层级}，只写一种")
    if score.of is not None and score.times is None:
        raise PydanticCustomError("score_form", "写了 of，没有写 times（倍数）")
    return score


Scored = Annotated[
    Score, BeforeValidator(_scored, json_schema_input_type=float | Score), AfterValidator(one_of_two)
]
"""A score, written as a number or as `{times: 2, of: 州}`."""
ScoreTable = Annotated[
    dict[Word, Scored],
    BeforeValidator(_tabled, json_schema_input_type=float | Score | dict[str, float | Score]),
]
"""Scores by form; one score alone is every form's."""
AmountTable = Annotated[
    dict[Word, Amount], BeforeValidator(_tabled, json_schema_input_type=float | dict[str, float])
]


class Span(StrEnum):
    """The stretch of time (or the one item) over which something is counted together."""

    ITEM = "item"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def label(self) -> str:
        """The Chinese word that a reader sees."""
        return {"item": "每条信息", "month": "每月", "quarter": "每季度", "year": "每年"}[self.value]

    @property
    def months(self) -> int:
        """How many months it has; 0 for one item."""
        return {"item": 0, "month": 1, "quarter": 3, "year": 12}[self.value]


def _over_time(span: Span) -> Span:
    if span is Span.ITEM:
        raise PydanticCustomError("span_form", "这里写 month（月）、quarter（季度）或 year（年）")
    return span


TimeSpan = Annotated[Lax[Span], AfterValidator(_over_time)]


class Media(StrEnum):
    """What is attached to an item."""

    ANY = "any"
    PICTURE = "picture"
    AUDIO = "audio"
    VIDEO = "video"

    @property
    def label(self) -> str:
        """The Chinese word that a reader sees."""
        return {"any": "附图、音频或视频", "picture": "附图", "audio": "音频", "video": "视频"}[self.value]


class When(Strict):
    """A condition on an item and, where levels, forms or publications are named, on one adoption of it.

    Everything that is written has to hold; of several words in one place, one has to.
    """

    level: Words = Field((), title="层级")
    form: Words = Field((), title="采用形式")
    publication: Words = Field((), title="刊物")
    kind: Words = Field((), title="类型")
    tag: Words = Field((), title="标签")
    urgent: bool | None = Field(None, title="紧急信息")
    commission: bool | None = Field(None, title="约稿")
    call: bool | None = Field(None, title="按时回应报送要点")
    joint: bool | None = Field(None, title="联合报送")
    media: Lax[Media] | None = Field(None, title="附件")

    @property
    def asks_adoption(self) -> bool:
        """Whether it can only be told of an adoption."""
        return bool(self.level or self.form or self.publication)
