"""`zhibao bulletin`: the next issue proposed, written as a draft, and any issue as a document."""

from __future__ import annotations

from pathlib import Path

import click

from zhibao.cli.documents import write_document
from zhibao.cli.repository import county_at
from zhibao.cli.usage import Stop
from zhibao.desk.issuing import draft, issue_text, proposed, responsible
from zhibao.model.bulletins import Issue, IssueName
from zhibao.model.county import County
from zhibao.model.office import Publication
from zhibao.publish.bulletin_document import bulletin_document
from zhibao.publish.issues import LaidOut, laid_out
from zhibao.repo.county_files import CountyReading
from zhibao.repo.git import GitError
from zhibao.repo.writing import WriteError, write_whole
from zhibao.review.branch import RefusedError


@click.command(
    "bulletin",
    epilog="例：zhibao bulletin    zhibao bulletin --write    zhibao bulletin 2026-045 --docx 第45期.docx",
)
@click.argument("issue", metavar="[ISSUE]", default="")
@click.option("--publication", metavar="NAME", default="", help="刊物；默认见 office.yml 的 default。")
@click.option("--supplement", is_flag=True, help="编增刊，期号另排。")
@click.option("--write", is_flag=True, help="写成草稿 registry/bulletins/年-期号.yml；已经有的不改动。")
@click.option(
    "--docx",
    "document",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="另存为 .docx，有报头和报送发。",
)
@click.option("--actor", metavar="ACCOUNT", default="", help="哪个编辑编的；默认看 git config user.email。")
@click.pass_obj
def command(
    folder: Path,
    issue: str,
    publication: str,
    supplement: bool,
    write: bool,
    document: Path | None,
    actor: str,
) -> int:
    """编下一期：把上一期以后采用、还没有登过的信息排好，说明为什么这样排。

    只是建议，由编辑移动各行来定。上一份草稿还没有签发时，下一期就是它。ISSUE 是编好的一期，如 2026-045、增刊 2026-s002。
    """
    reading = county_at(folder)
    county = reading.county
    try:
        if issue:
            if write:
                raise Stop(f"{issue} 已经编好了，直接改它的文件；--write 只写新的一期")
            found, text = _named(county, issue), ""
        else:
            found, text = _next(reading, _publication(county, publication), actor, supplement=supplement)
        if text and write:
            write_whole(reading.root, found.name.path, text, new=True)
            click.echo(
                f"{found.publication} {found.name.label}的草稿写好了：{found.name.path}。请移动各行、定稿，再提交"
            )
        else:
            click.echo(text or _listing(county, found), nl=False)
        if document:
            laid = _laid_out(county, found)
            click.echo(
                write_document(document, bulletin_document(laid, county.registry, county.now.date())),
                err=True,
            )
    except RefusedError as error:
        click.echo(str(error), err=True)
        return 1
    except (GitError, WriteError) as error:
        raise Stop(str(error)) from None
    return 0


def _next(
    reading: CountyReading, publication: Publication, actor: str, *, supplement: bool
) -> tuple[Issue, str]:
    """The draft where there is one, without a text; else what is proposed, with the text of its file."""
    registry = reading.county.registry
    waiting = draft(registry, publication, supplement=supplement)
    if waiting:
        return waiting, ""
    found = proposed(reading, publication, responsible(reading, publication, actor), supplement=supplement)
    return found.issue, issue_text(found, registry, reading.county.now.date())


def _publication(county: County, name: str) -> Publication:
    office = county.registry.office
    found = next(
        (one for one in office.publications if one.name == (name or office.default.publication)), None
    )
    if found is None:
        own = "、".join(one.name for one in office.publications if one.level == office.level)
        raise Stop(f"没有登记“{name}”这个刊物；有：{own}")
    return found


def _named(county: County, text: str) -> Issue:
    name = IssueName.parse(text)
    found = next((one for one in county.registry.issues if one.name == name), None) if name else None
    if name is None:
        raise Stop(f"期号“{text}”的写法不对：写 2026-045、增刊 2026-s002，别的刊物前面加它的编号")
    if found is None:
        last = [str(one.name) for one in county.registry.issues if one.name[:3] == name[:3]][-1:]
        raise Stop(
            f"没有 {name.path}" + (f"；最近的一期是 {last[0]}" if last else "；这个刊物还没有编好的期")
        )
    return found


def _laid_out(county: County, issue: Issue) -> LaidOut:
    return laid_out(issue, county.item, signed=county.registry.is_signed(issue))


def _listing(county: County, issue: Issue) -> str:
    """An issue in a few lines: whose it is, and its items in their order."""
    laid, bulletin = _laid_out(county, issue), issue.bulletin
    state = f"{bulletin.signed} {_name(county, bulletin.signer)}签发" if laid.signed else "草稿，还没有签发"
    lines = [f"{issue.publication} {issue.name.label}（{issue.name.path}，{state}）"]
    for section in laid.sections:
        lines += [f"【{section.heading}】"] if section.heading else []
        for one in section.entries:
            words = (
                f"{one.item.id}  {one.item.submission.title}"
                if one.item
                else "（撤下了，或者没有采用，不登）"
            )
            lines.append(f"{one.number:>3}. {words}")
    lines += [] if laid.signed else ["签发以后再编下一期：写上 signer 和 signed，提交合并。"]
    return "\n".join([*lines, ""])


def _name(county: County, account: str | None) -> str:
    editor = county.registry.editor(account) if account else None
    return editor.name if editor else account or ""
