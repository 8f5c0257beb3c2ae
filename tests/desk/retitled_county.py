"""A county of items of its own words, and a list of what the level above used of them, retitled; an editor said what each row means."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bases import COUNTY
from workflow.git_county import OFFICERS, path_of
from zhibao.desk.reported_uses import ReportedUse
from zhibao.desk.use_dates import when
from zhibao.model.county import County, county
from zhibao.model.history import History, Reach
from zhibao.model.registry import Registry
from zhibao.model.understand import submission
from zhibao.repo.front_matter import item_document
from zhibao.repo.registry_files import read_registry
from zhibao.repo.work_tree import WorkTree

RETITLED = Path(__file__).parent / "retitled"
NOW = datetime(2026, 11, 24, 13)


def listed() -> list[dict[str, Any]]:
    return list(yaml.safe_load((RETITLED / "list.yml").read_text("utf-8")))


def uses() -> list[ReportedUse]:
    return [
        ReportedUse(
            number, row["title"], row["unit"], when(row["month"], date(2026, 11, 24)), "", row["month"]
        )
        for number, row in enumerate(listed(), 1)
    ]


@cache
def registry() -> Registry:
    return read_registry(WorkTree(COUNTY)).registry


@cache
def texts() -> dict[str, str]:
    """The file of every item, by id; all are adopted, as in an archive."""
    return {item["id"]: _text(item) for item in yaml.safe_load((RETITLED / "items.yml").read_text("utf-8"))}


def retitled_county(changed: dict[str, str] | None = None) -> County:
    """The county; `changed` items stand in the place of their namesakes."""
    read = []
    for id_, text in (texts() | (changed or {})).items():
        document = item_document(path_of(id_), text.encode())
        understood, problems = submission(document)
        assert understood, problems
        read.append((document, understood))
    return county(registry(), read, History("main", Reach.UNREAD), NOW)


def _text(item: dict[str, Any]) -> str:
    id_, unit = item["id"], item["id"].split("-")[2]
    day = f"{id_[:4]}-{id_[4:6]}-{id_[6:8]}"
    lines = [
        f'title: "{item["title"]}"',
        f"unit: {unit}",
        f"officer: {OFFICERS[unit]}",
        "kind: 动态",
        f"submitted: {day} {id_[9:11]}:{id_[11:13]}",
        *([f"with: [{', '.join(f'{{unit: {one}}}' for one in item['with'])}]"] if "with" in item else []),
        "audience: network",
        *(
            [f"sources: [{', '.join(f'{{id: {one}}}' for one in item['sources'])}]"]
            if "sources" in item
            else []
        ),
        "imported: true",
        f"review:\n  decision: adopted\n  by: lisi\n  date: {day}",
    ]
    return "---\n" + "\n".join(lines) + f"\n---\n\n{item['body']}\n"
