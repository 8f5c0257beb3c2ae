"""docs/commands.md, made from the commands themselves."""

from __future__ import annotations

import inspect
import os
import re

import click

from zhibao.cli.main import VERBS, group

WRITES = bool(os.environ.get("ZHIBAO_WRITE_DOCS"))


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
