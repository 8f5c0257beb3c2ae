"""Text files that people send: UTF-8, with or without a byte order mark, or GBK."""

from __future__ import annotations


def decoded(data: bytes) -> str | None:
    """The text of a file; None where it is neither UTF-8 nor GBK, or no plain text."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None
