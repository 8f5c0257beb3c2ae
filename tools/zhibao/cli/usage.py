"""What a user did wrong on the command line, in Chinese."""

from __future__ import annotations

import difflib
import re
from typing import TypeVar

import click
from pydantic import BaseModel, ValidationError

from zhibao.model.finding import printable
from zhibao.model.period import Period

M = TypeVar("M", bound=BaseModel)

_CHINESE = re.compile("[\u4e00-\u9fff]")


class Stop(click.ClickException):
    """A reason to stop with exit code 2, already in Chinese."""


def period_of(text: str) -> Period:
    """The year, quarter or month that was typed. Raises Stop."""
    try:
        return Period.parse(text)
    except ValueError as error:
        raise Stop(str(error)) from None


def made(model: type[M], **values: object) -> M:
    """A part of the model from what was typed, by the names of its keys. Raises Stop."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        key = str(detail["loc"][0])
        title = (
            next((f.title for name, f in model.model_fields.items() if key in (name, f.alias)), None) or key
        )
        typed = " ".join(str(detail["input"]).split())[:40]
        why = detail["msg"] if _CHINESE.search(detail["msg"]) else "空的、太长或有看不见的字符"
        raise Stop(f"{title}写的是“{typed}”，不能用：{why}") from None


def in_chinese(error: click.ClickException) -> str:
    """The lines for any error of the command line. What a file or a server wrote into them steers no terminal."""
    context = getattr(error, "ctx", None)
    tail = f"\n用法见：{context.command_path} --help" if isinstance(context, click.Context) else ""
    return "\n".join(map(printable, f"zhibao：{_words(error)}{tail}".split("\n")))


def _words(error: click.ClickException) -> str:
    if isinstance(error, Stop):
        return error.message
    if isinstance(error, click.NoSuchOption):
        near = f"；是不是 {error.possibilities[0]}？" if error.possibilities else ""
        return f"没有 {error.option_name} 这个选项{near}"
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else "参数"
        option = f"{error.param.opts[0]} " if isinstance(error.param, click.Option) else ""
        return f"缺少 {option}{name}"
    if isinstance(error, click.BadParameter):
        name = error.param.opts[0] if error.param else "参数"
        return f"{name} 的值不对：{_choices(error)}"
    if isinstance(error, click.UsageError) and "No such command" in error.message:
        written = error.message.split("'")[1] if "'" in error.message else ""
        known = (
            error.ctx.command.list_commands(error.ctx)
            if error.ctx and isinstance(error.ctx.command, click.Group)
            else []
        )
        verbs = difflib.get_close_matches(written, known, 1)
        return f"没有 {written} 这个命令" + (
            f"；是不是 {verbs[0]}？" if verbs else f"；有：{'、'.join(known)}"
        )
    if isinstance(error, click.UsageError) and "unexpected extra argument" in error.message:
        return f"多了参数：{error.message.partition('(')[2].rstrip(')')}"
    if isinstance(error, click.UsageError) and "requires an argument" in error.message:
        return f"选项后面缺少值：{error.message.split()[1]}"
    return error.message


def _choices(error: click.BadParameter) -> str:
    if error.param and isinstance(error.param.type, click.Choice):
        return f"只能是 {'、'.join(str(choice) for choice in error.param.type.choices)}"
    if error.param and isinstance(error.param.type, click.IntRange):
        return f"要写整数，不小于 {error.param.type.min}"
    return error.message
