"""A document written where the user says, and never over another one."""

from __future__ import annotations

from pathlib import Path

from zhibao.cli.usage import Stop
from zhibao.model.os_words import plainly
from zhibao.repo.writing import WriteError, write_whole


def write_document(path: Path, data: bytes, suffix: str = ".docx") -> str:
    """Write a document and say so; one with the very same bytes is left as it is. Raises Stop."""
    named(path, suffix)
    try:
        if path.is_file() and path.read_bytes() == data:
            return f"{path} 已经是这样了"
        write_whole(path.parent, path.name, data, new=True)
    except (OSError, WriteError) as error:
        raise Stop(
            str(error) if isinstance(error, WriteError) else f"写不了 {path}：{plainly(error)}"
        ) from None
    return f"文件写好了：{path}"


def named(path: Path, suffix: str) -> None:
    """Refuse a name that does not say what the file is. Raises Stop."""
    if path.suffix.lower() != suffix:
        raise Stop(f"{path} 的名字要以 {suffix} 结尾")
