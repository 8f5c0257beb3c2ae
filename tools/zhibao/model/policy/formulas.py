"""Named formulas of the rates: a policy chooses one by name, and its words are printed beside the number."""

from __future__ import annotations

from enum import StrEnum


class Completion(StrEnum):
    """What is divided by the quota to give the completion rate (完成率)."""

    SUBMITTED = "submitted"
    ADOPTED = "adopted"
    POINTS = "points"

    @property
    def label(self) -> str:
        """The formula in Chinese, printed beside the number."""
        return {
            "submitted": "报送条数 ÷ 任务数",
            "adopted": "采用条数 ÷ 任务数",
            "points": "得分 ÷ 任务分数",
        }[self.value]


class AdoptionRate(StrEnum):
    """What the adoption rate (采用率) is."""

    PERIOD = "period"
    COHORT = "cohort"

    @property
    def label(self) -> str:
        """The formula in Chinese."""
        return {
            "period": "本期采用条数 ÷ 本期报送条数；采用的可能是上期报送的，所以会超过 100%",
            "cohort": "本期报送的信息中到现在已采用的条数 ÷ 本期报送条数",
        }[self.value]


class QualityOf(StrEnum):
    """Over which items the mean 质量分 of a unit is taken."""

    SUBMITTED = "submitted"
    ADOPTED = "adopted"

    @property
    def label(self) -> str:
        """The formula in Chinese."""
        return {
            "submitted": "本期报送信息的平均质量分（0 至 100）",
            "adopted": "本期首次采用信息的平均质量分（0 至 100）",
        }[self.value]


class RankedBy(StrEnum):
    """What units are ranked by."""

    POINTS = "points"
    AVERAGE = "average"

    @property
    def label(self) -> str:
        """The formula in Chinese."""
        return {"points": "得分", "average": "平均得分（得分 ÷ 采用条数）"}[self.value]
