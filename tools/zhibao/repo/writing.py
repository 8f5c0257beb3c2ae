"""Writing files whole or not at all; those of the county never outside its folder."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from zhibao.model.os_words import plainly
from zhibao.repo.front_matter import blob_id
from zhibao.repo.work_tree import WorkTree


class WriteError(Exception):
    """A file cannot be written. The message is Chinese and fit to be shown."""


def write_whole(root: Path, path: str, content: str | bytes, *, new: bool = False, mode: int = 0o644) -> Path:
    """Write a file of the county, over an older one unless it must be `new`. Returns where it is. Raises WriteError."""
    target = root / path
    if not target.parent.resolve().is_relative_to(root.resolve()):
        raise WriteError(f"写不了 {path}：文件夹里有通到仓库外面的链接")
    write_at(target, content, named=path, new=new, mode=mode, folder=True)
    return target


def held(path: Path) -> str | None:
    """The text of a file as it is there; None where it is not there or is no text."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def remove(root: Path, path: str) -> None:
    """Take a plain file of the county away, and the folders that are empty without it. Raises WriteError."""
    target = root.resolve() / path
    if target.parent.resolve() != target.parent or target.is_symlink():
        raise WriteError(f"删不了 {path}：路径上有链接")
    try:
        target.unlink()
        for folder in target.parents:
            if folder == root.resolve() or any(folder.iterdir()):
                break
            folder.rmdir()
    except OSError as error:
        raise WriteError(f"删不了 {path}：{plainly(error)}") from None


def rewrite(root: Path, path: str, blob: str, data: bytes) -> None:
    """Give a file of the work tree other bytes, whole or not at all; its permissions stay. `blob` is what it must hold until now.

    Raises WriteError where it holds something else by now, a link is in the way, or it cannot be written.
    """
    target = root.resolve() / path
    tree = WorkTree(root)
    entry = tree.entry(path)
    if entry is None or not entry.is_file or target.parent.resolve() != target.parent:
        raise WriteError("不是普通文件，或者路径上有链接，没有动")
    if blob_id(next(tree.read((entry,))) or b"") != blob:
        raise WriteError("文件刚刚又变了，没有动；请再运行一次")
    write_at(target, data, named=target.name, mode=stat.S_IMODE(target.lstat().st_mode))


def write_at(
    target: Path,
    content: str | bytes,
    *,
    named: str = "",
    new: bool = False,
    mode: int = 0o644,
    folder: bool = False,
) -> None:
    """Write a file, over an older one unless it must be `new`; its `folder` is made if that is wanted. Raises WriteError."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    name = named or str(target)
    try:
        if folder:
            target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".zhibao-", suffix=target.suffix, dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).chmod(mode)
            _put(Path(temporary), target, name, new=new)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(f"写不了 {name}：{plainly(error)}") from None


def _put(temporary: Path, target: Path, name: str, *, new: bool) -> None:
    if not new:
        temporary.replace(target)
        return
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise WriteError(f"{name} 已经有了，没有改动它") from None
