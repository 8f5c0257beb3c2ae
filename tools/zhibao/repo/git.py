"""Every call of Git, and nothing else: arguments as a list, NUL-separated answers, bounded time, no shell."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import IO

from zhibao.model.finding import printable
from zhibao.model.os_words import plainly

TIMEOUT = 120
"""Seconds that one call may take."""
_MOST_SERVER = 6
"""Lines that a server says when it refuses, and that are passed on."""

_IGNORED = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE")
_SAFE = (
    "--no-replace-objects",
    "--no-optional-locks",
    "-c",
    "log.showSignature=false",
    "-c",
    "log.showRoot=true",
    "-c",
    "log.diffMerges=separate",
    "-c",
    "core.quotePath=false",
    "-c",
    "core.fsmonitor=false",
)

_USER_OF_ADDRESS = re.compile(r"(?<=://)[^/@\s]+@")


class GitError(Exception):
    """Git is missing, refused, or took too long. The message is Chinese and fit to be shown; `detail` is what git itself said."""

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail


def run(
    root: Path,
    *arguments: str,
    given: bytes = b"",
    extra: Mapping[str, str] | None = None,
    memory: int | None = None,
) -> bytes:
    """Standard output of `git <arguments>` in `root`, with `given` on its standard input and `extra` in its environment.

    `memory`: the bytes that it may hold, where somebody else's data could ask for any number. Raises GitError.
    """
    limit = None if memory is None else partial(resource.setrlimit, resource.RLIMIT_DATA, (memory, memory))
    return _done(root, arguments, given, extra, limit).stdout


def told(root: Path, *arguments: str, extra: Mapping[str, str] | None = None) -> list[str]:
    """What the server says while `git <arguments>` speaks with it: its lines, printable, without the names and passwords of addresses.

    Raises GitError.
    """
    words = _done(root, arguments, b"", extra).stderr.decode("utf-8", "replace")
    return server_words(words)


def server_words(words: str) -> list[str]:
    """The server's own lines among what git printed, printable, without the names and passwords of addresses."""
    lines = (
        line.removeprefix("remote:").strip() for line in words.splitlines() if line.startswith("remote:")
    )
    return [printable(_without_users(line)) for line in lines if line]


def _done(
    root: Path,
    arguments: tuple[str, ...],
    given: bytes,
    extra: Mapping[str, str] | None,
    limit: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in _IGNORED}
    environment |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"} | dict(extra or {})
    with _answers() as output:
        done = _called(root, arguments, environment, given, output, limit)
        output.seek(0)
        done.stdout = output.read()
    if done.returncode:
        words = _without_users(done.stderr.decode("utf-8", "replace"))
        if "dubious ownership" in words:
            raise GitError(
                "git 不信任这个文件夹的所有者：请运行 git config --global --add safe.directory <文件夹>"
            )
        why = _reason(words) or str(done.returncode)
        raise GitError(
            f"git {_verb(arguments)} 没有成功：{why}", words + done.stdout.decode("utf-8", "replace")
        )
    return done


def _answers() -> IO[bytes]:
    """A file for what git answers: through a pipe, 10,000 items cost half as much again. Raises GitError."""
    try:
        return tempfile.TemporaryFile()
    except OSError as error:
        raise GitError(f"写不了临时文件：{plainly(error)}；请用 TMPDIR 指一个能写的文件夹") from None


def _called(
    root: Path,
    arguments: tuple[str, ...],
    environment: Mapping[str, str],
    given: bytes,
    output: IO[bytes],
    limit: Callable[[], None] | None,
) -> subprocess.CompletedProcess[bytes]:
    """Git, run to its end; its standard output goes into a file. Raises GitError where it cannot be run."""
    try:
        return subprocess.run(  # noqa: S603 — a list of arguments, no shell
            ["git", *_SAFE, *arguments],  # noqa: S607 — the user's own git
            cwd=root,
            env=environment,
            input=given,
            stdout=output,
            stderr=subprocess.PIPE,
            timeout=TIMEOUT,
            check=False,
            preexec_fn=limit,
        )
    except FileNotFoundError:
        raise GitError("没有找到 git：请安装（Debian/Ubuntu：sudo apt-get install git）") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git {_verb(arguments)} 超过 {TIMEOUT} 秒没有结束") from None
    except OSError as error:
        raise GitError(f"打不开 {root}：{plainly(error)}") from None


def ask(root: Path, *arguments: str) -> str | None:
    """The one line that git answers, None where it has none or refuses. Raises GitError only where git is missing."""
    try:
        return run(root, *arguments).decode("utf-8", "surrogateescape").rstrip("\n")
    except GitError:
        if not any(Path(folder, "git").exists() for folder in os.get_exec_path()):
            raise
        return None


def _without_users(words: str) -> str:
    """The words with `name:password@` taken out of every address."""
    return _USER_OF_ADDRESS.sub("", words)


def _verb(arguments: tuple[str, ...]) -> str:
    """The command's name among options that come before it."""
    return next((one for one in arguments if not one.startswith("-") and "=" not in one), arguments[0])


def _reason(words: str) -> str:
    """What says why, printable: the server's first lines, else git's first complaint, else the last line."""
    server = server_words(words)
    if server:
        return "\n  ".join(server[:_MOST_SERVER])
    lines = [printable(line.strip()) for line in words.splitlines() if line.strip()]
    for sign in ("fatal: ", "error: "):
        found = next((line.removeprefix(sign).strip() for line in lines if line.startswith(sign)), "")
        if found:
            return found
    return lines[-1] if lines else ""
