"""`zhibao notice`: the quarterly notice written, as text, .docx, .pdf and annex; and the signed file checked against the frozen figures."""

from __future__ import annotations

from pathlib import Path

import click

from zhibao.cli.repository import county_at
from zhibao.cli.usage import Stop, period_of
from zhibao.desk.notifying import facts_of
from zhibao.publish.notice_plain import notice_plain
from zhibao.publish.notice_text import notice_text
from zhibao.repo.git import GitError
from zhibao.review.branch import RefusedError


@click.command("notice", epilog="例：zhibao notice 2026-Q3")
@click.argument("period", metavar="[PERIOD]", default="")
@click.pass_obj
def command(folder: Path, period: str) -> int:
    """写季度通报。"""
    reading = county_at(folder)
    try:
        facts = facts_of(reading, period_of(period))
    except (RefusedError, GitError) as error:
        raise Stop(str(error)) from None
    click.echo(notice_plain(notice_text(facts)), nl=False)
    return 0
