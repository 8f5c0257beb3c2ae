"""What is made from something else: docs/commands.md from the commands, the guide of new counties from the sample's."""

from __future__ import annotations

import inspect
import os
import re

import click

from zhibao.cli.main import VERBS, group

WRITES = bool(os.environ.get("ZHIBAO_WRITE_DOCS"))


GUIDE, GUIDE_TEMPLATE = "site/guide/index.md", "tools/zhibao/door/founding/texts/guide.md"
_SAID: tuple[tuple[str, str], ...] = (
    ("title: 大坝镇“一网三联”破解山区饮水难", "title: $unit_name“……”破解……难"),
    ("officer: 王敏", "officer: $officer"),
    ("submitted: 2026-10-12 09:31", "submitted: $day 09:31"),
    ("happened: 2026-10-10", "happened: $day"),
    (
        "大坝镇海拔八百米以上的九个村曾长期靠天吃水……",
        "$unit_name……（写清背景、措施、成效，要有村组、有数字。）",
    ),
    ("{by: 李强, date: 2026-10-12}", "{by: 分管领导姓名, date: $day}"),
    ("20261012-0931-daba", "$stamp-0931-$unit"),
    ("daba", "$unit"),
    ("县委要的是", "$party要的是"),
    ("只有本县各单位", "只有本$last各单位"),
    ("县、州、省、中央逐级累加", "$levels逐级累加"),
)
"""What the sample's guide says of its own county, and what stands there in the guide that a new county begins with."""


def guide_template(guide: str) -> str:
    """The guide of new counties, from the sample's; every word of the county is still there to be replaced."""
    for said, instead in _SAID:
        assert said in guide, f"{GUIDE} no longer says {said}: mend _SAID"
        guide = guide.replace(said, instead)
    return guide


def command_of(verb: str) -> click.Command:
    command = group.get_command(click.Context(group), verb)
    assert command
    return command


def commands_page() -> str:
    """Every verb with its help, options and examples, from the commands themselves."""
    lines = [
        "# 命令",
        "",
        "由命令自己的说明生成（`ZHIBAO_WRITE_DOCS=1 make test`）；每个命令加 `--help` 说的是同样的话。",
        "",
    ]
    for verb in VERBS:
        command = command_of(verb)
        context = click.Context(command, info_name=f"zhibao {verb}")
        pieces = " ".join(command.collect_usage_pieces(context))
        lines += [f"## {verb}", "", f"`zhibao {verb} {pieces}`", "", inspect.cleandoc(command.help or ""), ""]
        records = [record for param in command.params if (record := param.get_help_record(context))]
        if records:
            lines += ["| 选项 | 意思 |", "|---|---|"]
            lines += [f"| `{name.replace('|', chr(92) + '|')}` | {words} |" for name, words in records]
            lines.append("")
        examples = re.split(r"\s{3,}", (command.epilog or "").removeprefix("例："))
        lines += ["```console", *filter(None, examples), "```", ""]
    return "\n".join(lines)
