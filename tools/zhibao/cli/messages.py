"""`zhibao messages`: ready words to each unit, to paste into a chat."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from zhibao.cli.desk import stops
from zhibao.cli.repository import bar, county_folder
from zhibao.cli.usage import Stop
from zhibao.desk.editor import branch_now
from zhibao.desk.messages import message
from zhibao.desk.news import News, UnitNews, news_of_days, news_of_item
from zhibao.desk.open_proposals import open_proposals
from zhibao.model.identity import Identity
from zhibao.model.period import Period, SingleDay, span
from zhibao.model.registry import Registry
from zhibao.repo.county_files import clock

SCHEMA = 1
"""Version of the JSON that is printed; it rises when a key changes its meaning or goes."""


@click.command(
    "messages",
    epilog="例：zhibao messages 2026-10    zhibao messages 2026-11-20    zhibao messages 20261012-0931-daba",
)
@click.argument("asked", metavar="PERIOD|ID")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="怎样输出。")
@click.pass_obj
def command(folder: Path, asked: str, form: str) -> int:
    """写好给各单位的话，可以贴进微信或政务通：退回、采用、上报、上级采用、批示、没有采用。

    PERIOD 是 2026、2026-Q3、2026-09 或一天 2026-09-20，ID 是信息编号。一个单位一段，没有事的单位不写；不能在群里说的标题不写。
    """
    days = None if Identity.parse(asked) else _span(asked)
    root = county_folder(folder)
    with stops():
        here = branch_now(root)
        registry = here.registry
        now = clock(registry.office.zone)
        around = here.county(now, progress=bar("读取"))
        proposals = open_proposals(here)
        found = (
            news_of_days(around, proposals, days.__contains__)
            if days
            else news_of_item(around, proposals, asked)
        )
    if not days and not found and asked not in around.by_id:
        raise Stop(f"主分支和待处理的提议里都没有 {asked} 这条信息")
    about = f"{days.label}" if days else ""
    words = [message(one, registry, now.date(), about) for one in found]
    if form == "json":
        click.echo(_json(asked, found, words, registry, now.date()))
    else:
        click.echo("\n".join(words) or f"{about or asked}没有要告诉单位的事。\n", nl=False)
    return 0


def _span(asked: str) -> Period | SingleDay:
    try:
        return span(asked)
    except ValueError as error:
        raise Stop(f"{error}；也可以写一天 2026-09-20，或信息编号 20261012-0931-daba") from None


def _json(
    asked: str, found: Sequence[UnitNews], words: Sequence[str], registry: Registry, today: date
) -> str:
    messages = [
        {
            "unit": one.unit,
            "name": registry.unit_name(one.unit, today),
            "text": text,
            "news": [_values(news) for news in one.news],
        }
        for one, text in zip(found, words, strict=True)
    ]
    return json.dumps({"schema": SCHEMA, "asked": asked, "messages": messages}, ensure_ascii=False, indent=2)


def _values(news: News) -> dict[str, object]:
    return {
        "compiled": news.compiled,
        "items": [
            {"id": one.id, "title": one.title, "submitted": one.submitted.isoformat()} for one in news.items
        ],
        "events": [
            {
                "happening": event.happening.value,
                "date": event.day.isoformat(),
                "level": event.level,
                "form": event.form,
                "publication": event.publication,
                "reason": event.reason and {"code": event.reason.code, "words": event.reason.words},
                "words": event.words,
            }
            for event in news.events
        ],
    }
