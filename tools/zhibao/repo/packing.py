"""A file that is a packed folder (.docx, .xlsx), packed anew without the clock: the same words give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_STAMP = (1980, 1, 1, 0, 0, 0)


def packed_anew(data: bytes, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """The same entries in the same order, stamped alike, some with other contents."""
    packed, new_contents = io.BytesIO(), replaced or {}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, new_contents.get(name) or old.read(name))
    return packed.getvalue()
