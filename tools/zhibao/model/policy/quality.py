"""How the 质量分 is made: parts read off an item, and the editors' marks."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from zhibao.model.fields import Strict, Word


class Timeliness(Strict):
    """Working days within which an item is fresh: each further day costs a quarter of the part's points."""

    days: int = Field(3, ge=0, le=60, title="工作日")
    kinds: dict[Word, Annotated[int, Field(ge=0, le=60)]] = Field(
        default_factory=dict, title="各类型的工作日"
    )

    def limit(self, kind: str) -> int:
        """The working days of a kind."""
        return self.kinds.get(kind, self.days)


class Weights(Strict):
    """What each part of the 质量分 is worth, in points."""

    timeliness: int = Field(15, ge=0, le=100, title="时效")
    elements: int = Field(15, ge=0, le=100, title="要素")
    length: int = Field(10, ge=0, le=100, title="篇幅")
    single: int = Field(5, ge=0, le=100, title="一事一报")
    figures: int = Field(10, ge=0, le=100, title="数据")
    call: int = Field(5, ge=0, le=100, title="切合要点")
    novelty: int = Field(10, ge=0, le=100, title="新颖")


class QualityRules(Strict):
    """How the 质量分 is made: parts read off the item, and the editors' marks (each 0 to 5) by weight. Together 100."""

    timeliness: Timeliness = Field(default_factory=Timeliness, title="时效")
    enough: int = Field(3, ge=1, le=100, title="够用的数字个数")
    weights: Weights = Field(default_factory=Weights, title="分值")
    marks: dict[Word, Annotated[int, Field(ge=0, le=100)]] = Field(
        default_factory=dict, title="编辑评分的分值"
    )


def _hundred(rules: QualityRules) -> QualityRules:
    total = sum(rules.weights.model_dump().values()) + sum(rules.marks.values())
    if total != 100:
        raise PydanticCustomError("weights_total", "各项分值合计 {total}，应为 100", {"total": total})
    return rules


CheckedQuality = Annotated[QualityRules, AfterValidator(_hundred)]
