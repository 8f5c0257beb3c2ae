"""Bundles: proposals in one file, to be carried by hand. What comes in one is data; it is looked at in a repository of its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from zhibao.model.os_words import plainly
from zhibao.repo import git

CARRIED = "refs/zhibao/carried"
"""What a bundle holds: one reference an item, named by its id."""
LARGEST_BUNDLE = 50_000_000
"""Bytes of a bundle that is taken in; an item with pictures has a few million."""
MOST_MEMORY = 500_000_000
"""Bytes that Git may hold while it takes a bundle in: a few bytes of a pack can ask for gigabytes."""
MOST_CARRIED = 50
"""References of one bundle."""

_BROKEN = "包坏了，或者里面的东西不合 Git 的规矩，没有收；请对方重做一个，再拷一次"
_INDEX = ("-c", "core.bigFileThreshold=16m", "index-pack", "--strict", "--stdin", "--fix-thin", "--threads=1")
_HEADERS = (b"# v2 git bundle\n", b"# v3 git bundle\n")


class BundleError(Exception):
    """A file is no bundle that can be used. The message is Chinese and fit to be shown."""


def write_bundle(root: Path, target: Path, commits: Mapping[str, str], base: str) -> None:
    """Write the commits (by the id of their item) that `base` has not into a file, over an older one. Raises git.GitError, BundleError."""
    references = {f"{CARRIED}/{id_}": commit for id_, commit in sorted(commits.items())}
    for reference, commit in references.items():
        git.run(root, "update-ref", reference, commit)
    try:
        with tempfile.TemporaryDirectory(prefix=".zhibao-", dir=target.resolve().parent) as folder:
            fresh = Path(folder, "bundle")
            git.run(root, "bundle", "create", "--quiet", "--version=2", str(fresh), *references, f"^{base}")
            fresh.replace(target)
    except OSError as error:
        raise BundleError(f"写不了 {target}：{plainly(error)}") from None
    finally:
        for reference in references:
            git.run(root, "update-ref", "-d", reference)


@contextmanager
def opened(root: Path, bundle: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """A bare repository of its own with what a bundle holds, and its commits by the name that each has below CARRIED.

    It borrows the objects of `root`, whose repository is left as it is; nothing is checked out, no hook runs, every object is verified.
    Raises BundleError and git.GitError.
    """
    with tempfile.TemporaryDirectory(prefix="zhibao-") as folder:
        copy, inside = Path(folder, "carried.bundle"), Path(folder, "carried.git")
        _take(bundle, copy)
        heads = _heads(root, copy)
        git.run(Path(folder), "init", "--quiet", "--bare", "--template=", str(inside))
        objects = (root / git.run(root, "rev-parse", "--git-path", "objects").decode().strip()).resolve()
        (inside / "objects/info").mkdir(exist_ok=True)
        (inside / "objects/info/alternates").write_text(f"{objects}\n", "utf-8")
        _unpack(inside, copy, heads.values())
        yield inside, heads


def _take(bundle: Path, copy: Path) -> None:
    """A copy that nobody changes while it is looked at. Raises BundleError."""
    try:
        if not bundle.is_file():
            raise BundleError(f"没有 {bundle} 这个文件")
        if bundle.stat().st_size > LARGEST_BUNDLE:
            size = bundle.stat().st_size // 1_000_000
            raise BundleError(f"{bundle.name} 有 {size} MB，上限 {LARGEST_BUNDLE // 1_000_000} MB，没有收")
        with bundle.open("rb") as file:
            if file.read(len(_HEADERS[0])) not in _HEADERS:
                raise BundleError(f"{bundle.name} 不是 zhibao submit --bundle 做的包；请对方重做一个")
        shutil.copyfile(bundle, copy)
    except OSError as error:
        raise BundleError(f"打不开 {bundle}：{plainly(error)}") from None


def _heads(root: Path, bundle: Path) -> dict[str, str]:
    try:
        output = git.run(root, "bundle", "list-heads", str(bundle)).decode("utf-8", "replace")
    except git.GitError:
        raise BundleError(_BROKEN) from None
    found = {}
    for line in output.splitlines():
        commit, _, reference = line.partition(" ")
        found[reference.removeprefix(f"{CARRIED}/") if reference.startswith(f"{CARRIED}/") else reference] = (
            commit
        )
    if not found:
        raise BundleError(_BROKEN)
    if len(found) > MOST_CARRIED:
        raise BundleError(f"包里有 {len(found)} 条，最多 {MOST_CARRIED} 条；请分成几个包")
    return found


def _unpack(inside: Path, bundle: Path, commits: Iterable[str]) -> None:
    """Take the objects in, each verified; `git fetch` of a bundle would verify none (before Git 2.46)."""
    try:
        git.run(inside, "bundle", "verify", str(bundle))
    except git.GitError as error:
        if "lacks these prerequisite" in error.detail:
            raise BundleError(
                "这个包接在一个这里没有的提交后面：请先 git pull 再收；还不行，就请对方更新仓库以后重做一个"
            ) from None
        raise BundleError(_BROKEN) from None
    pack = bundle.read_bytes().partition(b"\n\n")[2]
    try:
        git.run(inside, *_INDEX, given=pack, memory=MOST_MEMORY)
        for commit in commits:
            git.run(inside, "cat-file", "-e", f"{commit}^{{commit}}")
    except git.GitError:
        raise BundleError(_BROKEN) from None
