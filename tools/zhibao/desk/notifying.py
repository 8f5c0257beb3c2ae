"""The facts of a quarter's notice from a repository: of a closed quarter as it was closed, of any other as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from zhibao.check.secrecy import barred
from zhibao.check.subject import Subject
from zhibao.model.county import County
from zhibao.model.edition import Edition
from zhibao.model.period import Period
from zhibao.model.published import published
from zhibao.publish.notice_facts import NoticeFacts, notice_facts
from zhibao.repo import git
from zhibao.repo.county_files import CountyReading, read_county_at
from zhibao.review.appraise import appraise
from zhibao.review.branch import RefusedError
from zhibao.score.frozen import published_lines
from zhibao.score.ledger import ledger
from zhibao.score.line import Line
from zhibao.score.statistics import statistics


def facts_of(reading: CountyReading, period: Period) -> NoticeFacts:
    """What a notice of a quarter is made of.

    A closed quarter's figures are the frozen ones, and what stands behind them is read at the commit of the closing. A title is named where the
    network edition shows the item, then and now. Raises RefusedError where that commit is not here, or the quarter has not begun; git.GitError and
    RegistryError as reading does.
    """
    county = reading.county
    _may_be_told(county, period)
    closed = county.registry.closed.get(period)
    if closed is None:
        lines = ledger(county)
        figures = statistics(county, period, _qualities(reading, period, lines), lines)
        return notice_facts(
            county,
            figures,
            statistics(county, period.before, lines=lines),
            lines,
            _named(county, _told(county, period, lines)),
            county.registry,
            closed=False,
        )
    commit = closed.notice.commit
    if git.ask(reading.root, "cat-file", "-e", f"{commit}^{{commit}}") is None:
        raise RefusedError(
            f"仓库里没有封存{period.label}的提交 {commit[:10]}（浅克隆，或者历史改写过）；浅克隆请先 git fetch --unshallow"
        )
    then = read_county_at(reading.root, commit, period.passed).county
    told = _told(then, period, published_lines(closed))
    return notice_facts(
        then,
        statistics(county, period),
        statistics(then, period.before),
        published_lines(closed),
        _named(county, told) & _named(then, told),
        county.registry,
        closed=True,
    )


def _may_be_told(county: County, period: Period) -> None:
    if period.months != 3:
        raise RefusedError(f"通报的是季度，{period} 不是；如 {period.year}-Q3")
    if period.start > county.now.date():
        raise RefusedError(f"{period.label}还没有开始（今天 {county.now.date()}），没有可通报的")


def _told(county: County, period: Period, lines: Sequence[Line]) -> set[str]:
    """The items of which the notice and its annex may tell: those that a level above used, those with a line, and what they were made from."""
    office = county.registry.office
    ids = {line.item for line in lines if line.date in period}
    ids |= {item.id for item in county.items if any(one.level != office.level for one in item.adoptions)}
    sources = {source.id for id_ in ids if (item := county.item(id_)) for source in item.submission.sources}
    return ids | sources


def _named(county: County, ids: set[str]) -> set[str]:
    """Of these items, those that the network edition shows whole."""
    found = [item for item in county.items if item.id in ids]
    secret = {item.id for item in found if barred(Subject(item.document, item.submission, (), county))}
    return {
        item.id
        for item in found
        if item.id not in secret and published(item, Edition.NETWORK, county.registry)
    }


def _qualities(reading: CountyReading, period: Period, lines: Sequence[Line]) -> dict[str, Decimal]:
    during = [
        item
        for item in reading.county.items
        if item.submitted_on in period or (item.adopted_on is not None and item.adopted_on in period)
    ]
    return {found.item.id: found.quality.points for found in appraise(reading, during, lines)}
