"""Writing files whole or not at all; those of the county never outside its folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


class WriteError(Exception):
    """A file cannot be written. The message is Chinese and fit to be shown."""


def write_whole(root: Path, path: str, content: str | bytes, *, new: bool = False) -> Path:
    """Write a file of the county, over an older one unless it must be `new`. Returns where it is. Raises WriteError."""
    target = root / path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"写不了 {path}：{error.strerror}") from None
    if not target.parent.resolve().is_relative_to(root.resolve()):
        raise WriteError(f"写不了 {path}：文件夹里有通到仓库外面的链接")
    write_at(target, content, named=path, new=new)
    return target


def write_at(target: Path, content: str | bytes, *, named: str = "", new: bool = False) -> None:
    """Write a file in a folder that is there, over an older one unless it must be `new`. Raises WriteError."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    name = named or str(target)
    try:
        handle, temporary = tempfile.mkstemp(prefix=".zhibao-", suffix=target.suffix, dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).chmod(0o644)
            if new:
                os.link(temporary, target)
            else:
                Path(temporary).replace(target)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except FileExistsError:
        raise WriteError(f"{name} 已经有了，没有改动它") from None
    except OSError as error:
        raise WriteError(f"写不了 {name}：{error.strerror}") from None
