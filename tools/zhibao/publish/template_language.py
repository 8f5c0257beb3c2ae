"""The language of templates that an office writes: names, their fields, lists one by one, and conditions. Nothing in it can be called.

Templates are data: jinja's sandbox keeps what it runs from the program, and this keeps everything but a few forms from being run at all.
"""

from __future__ import annotations

from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

DEEPEST = 3
"""Loops within loops: three over all units are a million rounds, and no notice needs them."""

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Const,
    nodes.For,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
    nodes.Filter,
)
FILTERS = ("escape", "e")
"""What docxtpl itself may write around a value; a template needs none."""


class Language(SandboxedEnvironment):
    """A sandbox that reads nothing but the forms that are allowed; every value is escaped, a name that is unknown is an error."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=NamedUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.tests.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        found = super()._parse(source, name, filename)
        _check(found, 0)
        return found

    def is_safe_callable(self, obj: Any) -> bool:
        """Nothing is."""
        return False


class NamedUndefined(StrictUndefined):
    """A name that is unknown: the message says which, in Chinese."""

    @property
    def _undefined_message(self) -> str:
        return f"没有“{self._undefined_name}”这个占位符"


def _check(node: nodes.Node, loops: int) -> None:
    if not isinstance(node, _ALLOWED):
        raise TemplateSyntaxError("这种写法不能用在模板里", getattr(node, "lineno", 1))
    loops += isinstance(node, nodes.For)
    if loops > DEEPEST:
        raise TemplateSyntaxError(f"for 里面套 for，最多 {DEEPEST} 层", node.lineno)
    for child in node.iter_child_nodes():
        _check(child, loops)


__all__ = ["DEEPEST", "FILTERS", "Language", "NamedUndefined", "UndefinedError"]
