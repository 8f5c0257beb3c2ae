"""Files of office programs (.docx, .xlsx) as the packages they are: refused before anything is read of one that is no sound package."""

from __future__ import annotations

import io
import re
import zipfile

_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)|\0")
"""What no part of a package has: a document type, an entity, another encoding than UTF-8."""


class PackageError(Exception):
    """A package that is not read. The message is Chinese, says what is wrong without the file's name, and is fit to be shown."""


def parts(data: bytes, largest: int, most: int) -> dict[str, bytes]:
    """The parts of XML by name, all of them together at most `largest` bytes when unpacked, at most `most` parts of any kind.

    Raises PackageError.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
        size = sum(member.file_size for member in members)
        bounded = size <= largest and len(members) <= most
        xml = [one for one in members if one.filename.endswith((".xml", ".rels"))]
        found = {one.filename: archive.read(one) for one in xml} if bounded else {}
    except Exception:  # a damaged package raises whatever its damage leads to
        raise PackageError("格式不对，可能损坏或加了密码") from None
    if not bounded:
        raise PackageError(
            f"展开后有 {size / 1_000_000:.0f} MB、{len(members)} 个部分，上限 {largest // 1_000_000} MB、{most} 个"
        )
    if any(_DOCTYPE.search(text) for text in found.values()):
        raise PackageError("里面有办公软件不会写的内容，没有读")
    return found
