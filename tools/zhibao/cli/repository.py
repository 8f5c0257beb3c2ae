"""From a folder and paths on the command line to a repository and the paths in it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from zhibao.cli.usage import Stop
from zhibao.model.os_words import plainly
from zhibao.repo import git
from zhibao.repo.county_files import CountyReading, read_county
from zhibao.repo.git import GitError
from zhibao.repo.registry_files import OFFICE, RegistryError, RegistryReading, read_registry
from zhibao.repo.work_tree import WorkTree

T = TypeVar("T")

SLOW = 2.0
"""Seconds after which work shows a progress bar."""


def root_of(folder: Path) -> Path:
    """The data repository at or above a folder: where registry/office.yml stands. Raises Stop."""
    try:
        start = folder.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        raise Stop(f"没有 {folder} 这个文件夹") from None
    for candidate in (start, *start.parents):
        if (candidate / OFFICE).is_file():
            return candidate
    raise Stop(f"{folder} 和它的上级里没有 {OFFICE}；请用 -C 指到信息仓库")


def county_folder(folder: Path) -> Path:
    """Where Git is asked for the county: the data repository at or above a folder, or a bare repository. Raises Stop."""
    try:
        return root_of(folder)
    except Stop:
        try:
            if git.ask(folder, "rev-parse", "--is-bare-repository") == "true":
                return folder.resolve()
        except GitError as error:
            raise Stop(str(error)) from None
        raise


def within(root: Path, paths: Sequence[str], folder: Path = Path()) -> list[str]:
    """Paths as the user wrote them, relative to the repository; links are not followed. Raises Stop.

    As git does, a relative path is one of the folder named by -C; failing that, of the current folder.
    """
    found = []
    for path in paths:
        full = folder / path if (folder / path).is_symlink() or (folder / path).exists() else Path(path)
        try:
            full = full.parent.resolve() / full.name if full.name not in ("", "..") else full.resolve()
            inside = full.relative_to(root)
            full.lstat()
        except FileNotFoundError:
            raise Stop(f"没有 {path} 这个文件") from None
        except ValueError:
            raise Stop(f"{path} 不在仓库 {root} 里") from None
        except (OSError, RuntimeError) as error:
            raise Stop(f"打不开 {path}：{plainly(error) if isinstance(error, OSError) else error}") from None
        found.append(inside.as_posix())
    return found


def county_at(folder: Path) -> CountyReading:
    """The whole county of the repository at a folder. Raises Stop, with the findings of a registry that cannot be used."""
    root = root_of(folder)
    try:
        return read_county(root, progress=bar("读取"))
    except RegistryError as error:
        lines = "\n".join(str(finding) for finding in error.findings)
        raise Stop(f"名册有错，先改好再试：\n{lines}") from None
    except GitError as error:
        raise Stop(str(error)) from None


def registry_at(root: Path) -> RegistryReading:
    """The registry of a data repository alone. Raises Stop, with the findings of one that cannot be used."""
    try:
        return read_registry(WorkTree(root))
    except RegistryError as error:
        lines = "\n".join(str(finding) for finding in error.findings)
        raise Stop(f"名册有错，先改好再试：\n{lines}") from None


class bar:  # noqa: N801 — used like a function
    """A progress bar on the terminal for work over two seconds; nothing anywhere else."""

    def __init__(self, words: str) -> None:
        self._words = words

    def __call__(self, work: Sequence[T]) -> Iterable[T]:
        """The work, counted as it is taken."""
        if not sys.stderr.isatty():
            return work
        from tqdm import tqdm  # noqa: PLC0415 — only for who looks on: loading it takes a while

        return tqdm(work, desc=self._words, delay=SLOW, leave=False, unit="条")
