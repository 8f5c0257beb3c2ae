"""Single facts out of what a forge says, each by its pattern: nothing else of an answer or an event steers anything."""

from __future__ import annotations

import re
from datetime import datetime

GONE = "ghost"
"""What forges call somebody whose account was deleted; nobody on a roster is called so."""

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.ASCII)
_ACCOUNT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._\-]{0,254}(?:\[bot\])?", re.ASCII)
_UNSAFE = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|\.lock(?:/|$)|^[-/.]|/\.|[/.]$|^@$")
"""What no name of a branch may hold (git check-ref-format)."""
_LONGEST_BRANCH = 250


class ForgeError(Exception):
    """A forge says what it should not, refuses, or cannot be reached. The message is Chinese and fit to be shown.

    `status` is the HTTP status of its answer, 0 where there is none.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


def at(values: object, *keys: str) -> object:
    """The value under a path of keys; None where there is none."""
    for key in keys:
        values = values.get(key) if isinstance(values, dict) else None
    return values


def text_at(values: object, *keys: str) -> str:
    """A text; empty where there is none."""
    found = at(values, *keys)
    return found if isinstance(found, str) else ""


def number_at(values: object, *keys: str) -> int:
    """A whole number above 0. Raises ForgeError."""
    found = at(values, *keys)
    if not isinstance(found, int) or isinstance(found, bool) or found <= 0:
        raise ForgeError(f"平台没有给出编号（{'.'.join(keys)}）")
    return found


def commit_at(values: object, *keys: str) -> str:
    """A full commit id. Raises ForgeError."""
    return _matching(_COMMIT, values, keys)


def account_at(values: object, *keys: str) -> str:
    """An account's name; GONE where there is none any more. Raises ForgeError."""
    return _matching(_ACCOUNT, values, keys) if at(values, *keys) is not None else GONE


def branch_at(values: object, *keys: str) -> str:
    """The name of a branch. Raises ForgeError."""
    found = text_at(values, *keys)
    if not found or len(found) > _LONGEST_BRANCH or _UNSAFE.search(found):
        raise ForgeError(f"平台给的 {'.'.join(keys)} 不是分支名")
    return found


def moment_at(values: object, *keys: str) -> datetime:
    """A moment with its zone. Raises ForgeError."""
    found = moment_of(at(values, *keys))
    if found is None:
        raise ForgeError(f"平台没有给出时间（{'.'.join(keys)}）")
    return found


def moment_of(text: object) -> datetime | None:
    """The moment that a forge writes, with its zone; None where it writes none. Raises ForgeError for anything else."""
    if text is None or text == "":
        return None
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        raise ForgeError(f"时间的写法不对：{str(text)[:40]}，如 2026-10-12T09:31:00+08:00") from None
    if moment.tzinfo is None:
        raise ForgeError(f"时间没有写时区：{str(text)[:40]}，如 2026-10-12T09:31:00+08:00")
    return moment


def _matching(pattern: re.Pattern[str], values: object, keys: tuple[str, ...]) -> str:
    found = at(values, *keys)
    if not isinstance(found, str) or not pattern.fullmatch(found):
        raise ForgeError(f"平台给的 {'.'.join(keys)} 不对")
    return found
