"""`zhibao queue`: the editors' list of what waits, for whose word, and since when."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from zhibao.cli.desk import stops
from zhibao.cli.repository import county_folder
from zhibao.cli.usage import Stop
from zhibao.desk.editor import branch_now
from zhibao.desk.open_proposals import OpenProposal, open_proposals
from zhibao.desk.queue import Queue, queue
from zhibao.desk.queue_words import conclusion, notes, text
from zhibao.desk.waiting import Owes, Waiting
from zhibao.door.connect import connect
from zhibao.door.facts import ForgeError
from zhibao.door.proposals import proposals_on
from zhibao.repo.county_files import clock
from zhibao.review.base import base_of
from zhibao.review.branch import Branch
from zhibao.review.forms import encodable, plain

SCHEMA = 1
"""Version of the JSON that is printed; it rises when a key changes its meaning or goes."""


@click.command("queue", epilog="例：zhibao queue    zhibao queue --all    zhibao queue --forge --format json")
@click.option("--all", "whole", is_flag=True, help="全部列出，不只一屏。")
@click.option("--forge", "on_forge", is_flag=True, help="向平台问提议的编号、账号和时间；令牌在环境变量里。")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="怎样输出。")
@click.pass_obj
def command(folder: Path, whole: bool, on_forge: bool, form: str) -> int:
    """编辑手上有什么要办：待处理的提议和信息、留用的，等谁的话，等了几天，质量分，和哪些信息相似。

    紧急的在前，其余先来的在前。退回了的、有错误合并不了的，等单位修改，不算编辑欠的；改好了又算编辑的。
    """
    root = county_folder(folder)
    with stops():
        here = branch_now(root)
        proposals = _on_forge(here) if on_forge else list(open_proposals(here))
        found = queue(here, base_of(here), proposals, clock(here.registry.office.zone))
    click.echo(_json(found) if form == "json" else _harmless(text(found, whole=whole)), nl=False)
    return 0


def _harmless(words: str) -> str:
    return "".join(f"{plain(line)}\n" for line in words.splitlines())


def _on_forge(here: Branch) -> list[OpenProposal]:
    try:
        return list(proposals_on(connect(os.environ), here))
    except ForgeError as error:
        raise Stop(plain(str(error))) from None


def _json(found: Queue) -> str:
    whole = {
        "schema": SCHEMA,
        "now": found.now.isoformat(timespec="minutes"),
        "conclusion": conclusion(found),
        "counts": {owes.value: len(found.of(owes)) for owes in Owes} | {"held": len(found.held)},
        "waiting": [_values(one, found) for one in found.waiting],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _values(one: Waiting, found: Queue) -> dict[str, object]:
    age, worth = found.age(one), found.quality(one)
    return {
        "id": one.id or None,
        "stands": one.stands.value,
        "owes": one.owes.value,
        "since": one.since.isoformat(timespec="minutes"),
        "days": age.days,
        "working_days": age.working_days,
        "arrived": one.arrived.isoformat(timespec="minutes"),
        "claimed": one.is_claimed,
        "unit": one.unit or None,
        "title": encodable(one.title),
        "kind": encodable(one.kind) or None,
        "urgent": one.urgent,
        "quality": str(worth.points) if worth else None,
        "similar": [{"id": id_, "share": share} for id_, share in found.similar(one)],
        "errors": len(one.errors),
        "notes": [encodable(note) for note in notes(one, found)],
        "proposal": _proposal(one.proposal) if one.proposal else None,
    }


def _proposal(one: OpenProposal) -> dict[str, object]:
    said = one.returned
    return {
        "name": encodable(one.name),
        "number": one.number or None,
        "head": one.head,
        "account": encodable(one.proposer.account),
        "registered": not one.proposer.is_stranger,
        "returned": said
        and {
            "by": said.by.account if said.by else None,
            "date": said.moment.date().isoformat() if said.moment else None,
            "code": encodable(said.reason),
            "words": encodable(said.words),
        },
    }
