"""The 核对单 of a quarter before it is closed: made from the commit that would be frozen, written where nothing is tracked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from zhibao.check.secrecy import barred
from zhibao.check.subject import Subject
from zhibao.desk.closing import ready, waiting
from zhibao.model.county import County
from zhibao.model.edition import Edition, Shown
from zhibao.model.period import Period
from zhibao.model.standing import State
from zhibao.publish.unit_sheet import UnitSheet, unit_sheets
from zhibao.publish.unit_sheet_tables import Objecting, sheet_document, sheet_workbook
from zhibao.repo import git
from zhibao.repo.spreadsheet_writing import Column, Sheet, workbook
from zhibao.review.appraise import appraise
from zhibao.review.branch import RefusedError
from zhibao.score.figures import Statistics, UnitFigures
from zhibao.score.ledger import ledger
from zhibao.score.line import Line
from zhibao.score.statistics import statistics
from zhibao.score.wording import percent

DRAFTS = "drafts"
"""The folder of drafts in a repository, which Git ignores."""
OVERVIEW = "全县"

Progress = Callable[[Sequence[UnitSheet]], Iterable[UnitSheet]]


@dataclass(frozen=True)
class Drafted:
    """A quarter's sheets, in the order of the statistics, and what is left to do before it is closed."""

    period: Period
    commit: str
    county: County
    figures: Statistics
    lines: tuple[Line, ...]
    sheets: tuple[UnitSheet, ...]

    @property
    def undecided(self) -> tuple[str, ...]:
        """The ids of the items that nobody has decided on."""
        items = self.county.items
        return tuple(i.id for i in items if i.state is State.PENDING and i.submitted_on in self.period)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The matters without an answer or an approver."""
        return waiting(self.county, self.period)


def drafted(root: Path, period: Period) -> Drafted:
    """The sheets of a quarter that could be closed now. Raises RefusedError, git.GitError and RegistryError as `closing` does."""
    reading, commit = ready(root, period)
    county = reading.county
    county = county.barring(
        {i.id for i in county.items if barred(Subject(i.document, i.submission, (), county))}
    )
    lines = ledger(county)
    qualities: dict[str, Decimal] = {}
    if county.registry.office.shows(Edition.NETWORK, Shown.QUALITY):
        qualities = {one.item.id: one.quality.points for one in appraise(reading, county.items, lines)}
    figures = statistics(county, period, qualities, lines)
    return Drafted(period, commit, county, figures, lines, tuple(unit_sheets(county, figures, lines)))


def files(found: Drafted, objecting: Objecting, progress: Progress = iter) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file: two of each unit, and the office's overview."""
    office = found.county.registry.office
    for sheet in progress(found.sheets):
        name = f"{sheet.unit}-{found.period}"
        yield f"{name}.xlsx", sheet_workbook(sheet, office, objecting, found.commit)
        yield f"{name}.docx", sheet_document(sheet, office, objecting, found.commit)
    yield f"{OVERVIEW}-{found.period}-办公室用.xlsx", _overview(found)


def is_outside_what_is_tracked(root: Path, folder: Path) -> bool:
    """Whether a folder lies outside the repository, or where Git ignores it: what is for one unit must not be pushed to all. Raises git.GitError."""
    top = Path(git.ask(root, "rev-parse", "--show-toplevel") or root)
    inside = (folder.resolve() / "x").is_relative_to(top.resolve())
    return not inside or git.ask(root, "check-ignore", "--quiet", str(folder.resolve() / "x")) is not None


def refuse_what_is_tracked(root: Path, folder: Path) -> None:
    """Raises RefusedError where files in a folder could be committed."""
    if not is_outside_what_is_tracked(root, folder):
        raise RefusedError(
            f"{folder} 在仓库里，各单位的核对单会一起提交上去；请在 .gitignore 里加一行 /{DRAFTS}/，或者写一个仓库外面的文件夹"
        )


def _overview(found: Drafted) -> bytes:
    registry, period = found.county.registry, found.period
    title = f"{registry.office.county}{period.label}核对总表（办公室用）"
    heads = (
        ("单位", 22), ("类别", 14), ("任务数", 9), ("报送", 8), ("待处理", 8), ("完成率", 10), ("采用", 8),
        ("采用率", 10), ("得分", 10), ("名次", 8),
    )  # fmt: skip
    rows = [_row(figures) for figures in (*found.figures.units, found.figures.totals, found.figures.office)]
    lines = [
        (
            line.date.isoformat(),
            registry.unit_name(line.unit, line.date),
            line.rule,
            line.item,
            line.why,
            line.points,
        )
        for line in found.lines
        if line.date in period
    ]
    total = sum((line.points for line in found.lines if line.date in period), Decimal(0))
    left = [("没有处理的信息", id_) for id_ in found.undecided]
    left += [("没有办完的异议或调整", f"registry/adjustments/{name}.yml") for name in found.waiting]
    named = [("日期", 12), ("单位", 20), ("事项", 12), ("信息", 24), ("说明", 60), ("分", 10)]
    return workbook(
        [
            Sheet(OVERVIEW, [Column(*head) for head in heads], rows, title),
            Sheet(
                "得分",
                [Column(*one) for one in named],
                [*lines, ("合计", "", "", "", "", total)],
                title,
                last_is_sum=True,
            ),
            Sheet("封存以前要办的", [Column("事", 24), Column("哪一件", 50)], left, title),
        ]
    )


def _row(f: UnitFigures) -> tuple[str | Decimal | int, ...]:
    return (
        f.name,
        f.group,
        "" if f.quota.count is None else f.quota.count,
        f.submitted,
        f.undecided,
        percent(f.completion),
        f.adopted,
        percent(f.adoption_rate),
        f.points,
        "" if f.rank is None else f.rank,
    )
