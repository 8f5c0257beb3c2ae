"""`zhibao notice`: the quarterly notice as text, .docx and .pdf with its annex; and the signed file checked against the frozen figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click

from zhibao.cli.documents import named, write_document
from zhibao.cli.repository import county_at, registry_at, root_of
from zhibao.cli.usage import Stop, period_of
from zhibao.desk.notifying import facts_of
from zhibao.model.edition import Edition, Shown
from zhibao.model.finding import printable
from zhibao.model.period import Period
from zhibao.publish.notice_annex import notice_annex
from zhibao.publish.notice_checking import compared, period_named
from zhibao.publish.notice_document import PLACE, BadTemplateError, notice_document
from zhibao.publish.notice_plain import notice_plain
from zhibao.publish.notice_table import hidden
from zhibao.publish.notice_template import notice_template
from zhibao.publish.notice_text import notice_text
from zhibao.repo.document_reading import DocumentError, read_document, read_template
from zhibao.repo.git import GitError
from zhibao.repo.libre_office import LibreOfficeError, as_pdf
from zhibao.repo.registry_files import RegistryError
from zhibao.repo.work_tree import WorkTree
from zhibao.repo.writing import WriteError, write_whole
from zhibao.review.branch import RefusedError
from zhibao.score.frozen import published_figures

_FILE = click.Path(path_type=Path)


@dataclass(frozen=True)
class Wanted:
    """The files that were asked for, and what stands in their heads."""

    docx: Path | None
    pdf: Path | None
    annex: Path | None
    number: int | None
    signed: date | None

    @property
    def files(self) -> bool:
        """Whether any was."""
        return any((self.docx, self.pdf, self.annex))


@click.command(
    "notice",
    epilog="例：zhibao notice 2026-Q3    zhibao notice 2026-Q3 --number 5 --date 2026-10-08 --docx 通报.docx --pdf 通报.pdf --annex 附件.xlsx"
    "    zhibao notice --verify 签发稿.docx    zhibao notice --template",
)
@click.argument("period", metavar="[PERIOD]", default="")
@click.option("--docx", metavar="FILE", type=_FILE, help="另存为 .docx，按公文格式排好，可以再改。")
@click.option("--pdf", metavar="FILE", type=_FILE, help="另存为 .pdf；要装 LibreOffice。")
@click.option("--annex", metavar="FILE", type=_FILE, help="附件 .xlsx：各单位的全部数字和每一行得分。")
@click.option("--number", metavar="N", type=click.IntRange(1), help="发文字号的序号：5 就是〔2026〕5号。")
@click.option("--date", "signed", metavar="DATE", default="", help="成文日期，如 2026-10-08；不写就空着。")
@click.option(
    "--verify", metavar="FILE", type=_FILE, help="核对改好、签发了的 .docx：各表的数字与封存的是否相同。"
)
@click.option("--template", is_flag=True, help=f"把自带的模板写到 {PLACE}，由你在 WPS 里改；已经有的不动。")
@click.pass_obj
def command(
    folder: Path,
    period: str,
    docx: Path | None,
    pdf: Path | None,
    annex: Path | None,
    number: int | None,
    signed: str,
    verify: Path | None,
    template: bool,
) -> int:
    """写季度通报：总体情况、各类别的表和前三名、零报送、约稿、上级采用、问题和要求、下季度的要点。

    PERIOD 是季度，如 2026-Q3。已封存的用封存的数字；没有封存的是草稿，每页印着“草稿（未封存）”。模板里能写什么见 docs/notice.md。
    """
    try:
        if template:
            return _template(folder)
        if verify:
            return _verify(folder, verify, period)
        if not period:
            raise Stop("请写哪个季度，如 zhibao notice 2026-Q3；核对用 zhibao notice --verify 签发稿.docx")
        wanted = Wanted(docx, pdf, annex, number, _day(signed))
        return _write(folder, period_of(period), wanted)
    except BadTemplateError as error:
        click.echo(str(error), err=True)
        return 1
    except RegistryError as error:
        lines = "\n".join(str(finding) for finding in error.findings)
        raise Stop(f"名册有错，先改好再试：\n{lines}") from None
    except (RefusedError, DocumentError, GitError, LibreOfficeError, WriteError) as error:
        raise Stop(str(error)) from None


def _write(folder: Path, period: Period, wanted: Wanted) -> int:
    for path, suffix in ((wanted.docx, ".docx"), (wanted.pdf, ".pdf"), (wanted.annex, ".xlsx")):
        if path:
            named(path, suffix)
    reading = county_at(folder)
    facts = facts_of(reading, period)
    text = notice_text(facts, number=wanted.number, signed=wanted.signed, annex=wanted.annex is not None)
    if not wanted.files:
        click.echo(notice_plain(text), nl=False)
        return 0
    if wanted.docx or wanted.pdf:
        own = read_template(WorkTree(reading.root), PLACE)
        document = notice_document(text, period, own or notice_template())
        if wanted.docx:
            click.echo(write_document(wanted.docx, document))
        if wanted.pdf:
            click.echo(write_document(wanted.pdf, as_pdf(document), ".pdf"))
    if wanted.annex:
        click.echo(write_document(wanted.annex, notice_annex(facts), ".xlsx"))
    if text.draft:
        click.echo(
            f"{period.label}还没有封存，文件上印着“{text.draft}”；封存用 zhibao close {period}", err=True
        )
    return 0


def _verify(folder: Path, path: Path, period: str) -> int:
    registry = registry_at(root_of(folder)).registry
    document = read_document(path)
    asked = period_of(period) if period else period_named(document.lines)
    if asked is None:
        raise Stop(f"{path.name} 里没有写是哪个季度；请写明，如 zhibao notice 2026-Q3 --verify {path.name}")
    closed = registry.closed.get(asked)
    if closed is None:
        raise Stop(f"{asked.label}还没有封存，没有可以核对的数字；先 zhibao close {asked}")
    shows = {what for what in Shown if registry.office.shows(Edition.NETWORK, what)}
    found = compared(document.lines, document.tables, published_figures(closed), hidden(shows))
    for words in found.differences:
        click.echo(printable(f"{path.name}：{words}"))
    if found.missing:
        click.echo(f"表里没有这些列，没有核对：{'、'.join(found.missing)}")
    state = f"{len(found.differences)} 处不同" if found.differences else "全部相同"
    click.echo(
        f"{asked.label}：核对了各表的 {found.cells} 个数字，{state}；正文里的数字请对照 zhibao notice {asked} 再看一遍"
    )
    return 1 if found.differences else 0


def _template(folder: Path) -> int:
    write_whole(root_of(folder), PLACE, notice_template(), new=True)
    click.echo(
        f"模板写好了：{PLACE}。请在 WPS 或 Word 里改，留住花括号里的占位符（见 docs/notice.md），再提交"
    )
    return 0


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date() if text else None  # noqa: DTZ007 — a day has no zone
    except ValueError:
        raise Stop(f"日期“{text}”的写法不对，如 2026-10-08") from None
