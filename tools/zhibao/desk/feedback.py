"""A list from above becomes a table to confirm: each row with the items that it may mean and what would be recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from zhibao.desk.editor import Desk, only_editors
from zhibao.desk.feedback_table import RECORDED, FeedbackRow, in_order, read_rows, taken_over, write_rows
from zhibao.desk.matching import Candidate, Match, Sureness, matches
from zhibao.desk.reported_uses import ReportedUse, Terms, reported_uses
from zhibao.desk.uses import issue_of, same_use
from zhibao.model.county import County
from zhibao.model.entry import Entry
from zhibao.model.finding import printable
from zhibao.model.period import Period
from zhibao.model.submission import Adoption
from zhibao.repo.spreadsheet import read_sheets
from zhibao.review.branch import Branch, RefusedError

MARK = ".核对"
"""What stands in the name of a table to confirm, before its suffix."""


@dataclass(frozen=True)
class Feedback:
    """A list made into a table: where it was written, its rows, and what of the list could not be read. `changed`: it was written anew."""

    path: Path
    rows: tuple[FeedbackRow, ...]
    problems: tuple[str, ...]
    changed: bool


def terms_of(
    here: Branch, today: date, *, level: str, month: Period | None, form: str, publication: str
) -> Terms:
    """What is known beside a list. Raises RefusedError for what office.yml does not know."""
    office = here.registry.office
    above = [one for one in office.levels if one != office.level]
    if level not in above:
        raise RefusedError(f"--level 写发来名单的上级：{'、'.join(above)}")
    if form and form not in office.forms:
        raise RefusedError(f"没有“{form}”这种采用形式；有：{'、'.join(office.forms)}")
    terms = Terms(office, level, today, month, form, publication)
    known = office.publication(publication) if publication else None
    if publication and (known is None or known.level != level):
        raise RefusedError(f"{level}级没有“{publication}”这个刊物；有：{'、'.join(terms.names)}")
    return terms


def table_path(path: Path) -> Path:
    """Where the table to confirm stands: beside its list."""
    return path.with_name(f"{path.stem}{MARK}{path.suffix}")


def table_of(
    desk: Desk,
    path: Path,
    terms_from: Callable[[Branch], Terms],
    progress: Callable[[Sequence[Entry]], Iterable[Entry]] = iter,
) -> Feedback:
    """Match a list and write its table, keeping what an editor said in the one that stands there.

    Raises RefusedError, SpreadsheetError, git.GitError.
    """
    only_editors(desk)
    sheets = read_sheets(path)
    if read_rows(sheets) is not None:
        raise RefusedError(f"{path.name} 是核对表；填好确认一栏后，加 --apply 记上")
    target, old = _existing(path)
    here = desk.now()
    terms = terms_from(here)
    try:
        listed = reported_uses(sheets, terms)
    except ValueError as error:
        raise RefusedError(f"{path.name}：{error}") from None
    around = here.county(desk.wall_clock, progress=progress)
    days = _known_days(around, terms)
    new = [_row(match, terms, days) for match in matches(listed.uses, around)]
    rows = tuple(taken_over(new, old) if old else in_order(new))
    changed = list(rows) != old
    if changed:
        write_rows(target, rows)
    return Feedback(target, rows, listed.problems, changed)


def _existing(path: Path) -> tuple[Path, list[FeedbackRow]]:
    """Where the table goes, and the rows that stand there. Raises RefusedError where it is something else."""
    target = table_path(path)
    if not target.exists():
        return target, []
    rows = read_rows(read_sheets(target))
    if rows is None:
        raise RefusedError(
            f"{target.name} 不像核对表（少了原有的栏目），没有动它；请移开它或改个名字，再来一次"
        )
    return target, rows


def _known_days(around: County, terms: Terms) -> Mapping[str, date]:
    """The day of each publication's issue that some item records already."""
    found: dict[str, set[date]] = {}
    for item in around.items:
        for one in item.adoptions:
            known = terms.office.publication(one.publication)
            if one.level == terms.level and known and issue_of(one.publication):
                found.setdefault(f"{known.name} {issue_of(one.publication)}", set()).add(one.date)
    return {issue: next(iter(days)) for issue, days in found.items() if len(days) == 1}


def _row(match: Match, terms: Terms, days: Mapping[str, date]) -> FeedbackRow:
    use = match.use
    day, notes = _day(use, terms, days)
    notes += [f"请填{what}" for what, text in (("采用形式", use.form), ("刊物", use.publication)) if not text]
    notes += [
        f"{one.item.id} 是{one.item.state.label}，先采用才能记"
        for one in match.best
        if not one.item.adoptions
    ]
    row = FeedbackRow(
        state=match.sureness.value,
        title=_line(use.title),
        unit=_line(use.unit),
        titles="\n".join(_line(one.item.submission.title) for one in match.best),
        ids=" ".join(one.item.id for one in match.best),
        likeness="\n".join(f"{one.likeness:.0%}" for one in match.best),
        others="\n".join(_offered(one) for one in match.others),
        level=terms.level,
        day=day.isoformat() if day else "",
        form=_line(use.form),
        publication=_line(use.publication),
        note="；".join(_line(note) for note in (*match.notes, *notes)),
        line=str(use.line),
    )
    known = _recorded(match, day, terms)
    return replace(row, state=RECORDED, note=known) if known else row


def _day(use: ReportedUse, terms: Terms, days: Mapping[str, date]) -> tuple[date | None, list[str]]:
    """The day that would be recorded, and where it comes from."""
    if use.when and use.when.day:
        return use.when.day, []
    known = days.get(use.publication)
    if known and (use.when is None or use.when.first <= known <= use.when.last):
        return known, ["日期取自已记的同一期"]
    if use.when:
        day = min(use.when.last, terms.today)
        return day, [f"只知道月份，日期先写作 {day}"]
    return None, ["请填采用日期"]


def _recorded(match: Match, day: date | None, terms: Terms) -> str:
    """What stands recorded of this use already, where all the items that it means have it; empty where not."""
    sure = match.sureness is Sureness.SURE or issue_of(match.use.publication)
    if not (match.best and day and sure):
        return ""
    use = Adoption.model_construct(
        level=terms.level, date=day, form=match.use.form, publication=match.use.publication
    )
    found = [same_use(one.item.adoptions, use, terms.office) for one in match.best]
    if not all(found):
        return ""
    return "已记：" + "、".join(f"{one.date} {one.publication}（{one.form}）" for one in found if one)


def _offered(one: Candidate) -> str:
    return f"{one.item.id} {_line(one.item.submission.title)} {one.likeness:.0%}"


def _line(text: str) -> str:
    return printable(" ".join(text.split()))
