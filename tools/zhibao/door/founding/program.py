"""Which files of a repository are the program's and which the county's: upgrades touch the first and never the second."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import zhibao
from zhibao.door.founding import FoundingError
from zhibao.door.founding.manifest import Manifest, digest, read_manifest
from zhibao.model.os_words import plainly
from zhibao.repo import checkout
from zhibao.repo.git import GitError

README, LAID_README = "README.md", "docs/zhibao.md"
"""The program's own README makes way for the county's."""
PACKAGE = "tools/zhibao/__init__.py"
LARGEST = 20_000_000
"""Bytes of one file of the program."""

_PACKS = "registry/rules/examples/"
_COUNTYS = ("registry/", "submissions/", "site/guide/", "site/assets/", ".zhibao/", ".git/")
_COUNTYS_FILES = frozenset(
    path.casefold() for path in (README, ".github/CODEOWNERS", ".github/ISSUE_TEMPLATE/submission.yml")
)
_PICTURE = re.compile(r"^!\[[^\]\n]*\]\(site/assets/[^)\n]*\)\n\n?", re.MULTILINE)
_VERSION = re.compile(r'^__version__ = "([0-9A-Za-z.+-]{1,40})"$', re.MULTILINE)


@dataclass(frozen=True)
class ProgramFile:
    """One file of the program as it lies in a county's repository."""

    data: bytes
    executable: bool = False

    @property
    def digest(self) -> str:
        """Its SHA-256."""
        return digest(self.data)


@dataclass(frozen=True)
class Program:
    """A version of the program: its files by their path in a county's repository. `commit` is empty where it is not known."""

    version: str
    commit: str
    files: Mapping[str, ProgramFile]

    @property
    def manifest(self) -> Manifest:
        """What a county that has just these files notes down."""
        return Manifest(self.version, self.commit, {path: file.digest for path, file in self.files.items()})


def is_program(path: str) -> bool:
    """Whether a path of a county's repository may be the program's: plain, inside, and nothing that a county writes itself.

    In whatever case: on some machines `Registry/` is `registry/`.
    """
    parts = path.split("/")
    if any(part in ("", ".", "..") or part.lower() == ".git" for part in parts) or not path.isprintable():
        return False
    if "\\" in path or path.casefold() in _COUNTYS_FILES:
        return False
    return path.startswith(_PACKS) or not path.casefold().startswith(_COUNTYS)


def installed() -> Path:
    """The folder of the program that is running. Raises FoundingError where it was installed without its repository."""
    return program_root(Path(zhibao.__file__).resolve().parents[2], "装着的程序")


def program_root(folder: Path, what: str) -> Path:
    """A folder that holds the whole program, a Git repository of its own. Raises FoundingError."""
    root = folder.resolve()
    mend = "请先 git clone 程序的仓库，在里面 make tool，再用它的 .venv/bin/zhibao"
    if not (root / PACKAGE).is_file() or not (root / "pyproject.toml").is_file():
        raise FoundingError(f"{what}（{root}）只有命令，没有测试、网站和工作流；{mend}")
    try:
        top = checkout.top(root)
    except GitError as error:
        raise FoundingError(str(error)) from None
    if top != root:
        raise FoundingError(f"{what}（{root}）不是 Git 仓库，分不清哪些是程序的文件；{mend}")
    return root


def program_at(root: Path) -> Program:
    """The program in a folder: the files that Git tracks, as they are in the work tree, without any county's data.

    Of a county's repository, which a program may come from too, only what its manifest names. Raises FoundingError.
    """
    try:
        tracked = checkout.tracked(root)
        commit = checkout.head(root)
    except GitError as error:
        raise FoundingError(str(error)) from None
    own = read_manifest(root)
    files = {}
    for path, executable in tracked.items():
        laid = LAID_README if path == README and own is None else path
        if is_program(laid) and (own is None or laid in own.files):
            data = _read(root / path)
            if data is not None:
                files[laid] = ProgramFile(_countys_readme(data) if laid == LAID_README else data, executable)
    package = files.get(PACKAGE)
    version = _VERSION.search(package.data.decode("utf-8", "replace")) if package else None
    if version is None:
        raise FoundingError(f"{root} 的 {PACKAGE} 里没有版本号，不像程序的仓库；请换一份")
    return Program(version[1], commit, files)


def _countys_readme(data: bytes) -> bytes:
    """The program's README without the picture of the sample county, which stays behind."""
    return _PICTURE.sub("", data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _read(path: Path) -> bytes | None:
    """The bytes of a plain file; None for one that is deleted in the work tree, a link, or over the limit."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
            return None
        return path.read_bytes()
    except OSError as error:
        raise FoundingError(f"打不开 {path}：{plainly(error)}") from None
