"""Pictures without their traces: where and when a photograph was taken, with what, by whom, does not enter the repository.

Only what shows the picture stays: JPEG (ITU-T T.81, annex B), PNG (W3C PNG, section 5), WebP (RFC 9649). How a photograph is to be turned stays too.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_TRACES = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
_SOI, _EOI = b"\xff\xd8", b"\xff\xd9"
_JFIF = b"\xff\xe0"
_SCAN = 0xDA
_JPEG_KEPT = frozenset({0xE0, 0xE2, 0xEE})
"""Of the segments of applications (E0 to EF) and the comment (FE): JFIF, the colour profile, Adobe's note on colours."""
_EXIF = b"Exif\0\0"
_TURN_TAG, _SHORT = 0x0112, 3
_WEBP_TRACES = frozenset({b"EXIF", b"XMP "})
_WEBP_FLAGS = 0x0C
"""The bits of a WebP's header that say that those are there."""


def without_traces(data: bytes, ending: str) -> bytes | None:
    """The picture (`png`, `jpg` or `webp`) without its metadata and without what follows its end; None where it is damaged."""
    clean = {"png": _png, "jpg": _jpeg, "webp": _webp}[ending]
    try:
        return b"".join(clean(data))
    except (struct.error, ValueError, IndexError):
        return None


def _png(data: bytes) -> Iterator[bytes]:
    yield _PNG_START
    at = len(_PNG_START)
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise ValueError(kind)
        if kind not in _PNG_TRACES:
            yield data[at:end]
        if kind == b"IEND":
            return
        at = end


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield _SOI
    turn = _turn(data)
    is_jfif = data[2:4] == _JFIF
    if not is_jfif:
        yield _turned(turn)  # a JPEG begins with one of the two, or some programs do not know it
    at = 2
    while data[at : at + 2] != _EOI:
        start, kind, length = struct.unpack_from(">BBH", data, at)
        end = at + 2 + length
        if start != 0xFF or length < 2 or end > len(data):
            raise ValueError(kind)
        if kind == _SCAN:
            end = _end_of_scan(data, end)
        if kind in _JPEG_KEPT or not (0xE0 <= kind <= 0xEF or kind == 0xFE):
            yield data[at:end]
        if is_jfif and at == len(_SOI) and turn > 1:
            yield _turned(turn)
        at = end
    yield _EOI


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next segment begins: at a mark that is neither a stuffed byte (FF00) nor a restart (FFD0 to FFD7)."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _turn(data: bytes) -> int:
    """How a photograph is to be turned (Exif 2.32, Orientation), from 1 to 8; 1 where nothing is said."""
    at = data.find(_EXIF, 0, 70_000)
    tiff = data[at + len(_EXIF) : at + len(_EXIF) + 65_536] if at > 0 else b""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        first = struct.unpack_from(f"{order}I", tiff, 4)[0]
        for number in range(min(struct.unpack_from(f"{order}H", tiff, first)[0], 100)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if (tag, kind) == (_TURN_TAG, _SHORT):
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


def _turned(turn: int) -> bytes:
    """A segment that says how to turn, and nothing else."""
    entry = struct.pack(">HHIHH", _TURN_TAG, _SHORT, 1, turn, 0)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", 2 + len(_EXIF) + len(tiff)) + _EXIF + tiff


def _webp(data: bytes) -> Iterator[bytes]:
    chunks = b"".join(_webp_chunks(data))
    yield b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks


def _webp_chunks(data: bytes) -> Iterator[bytes]:
    at, end = 12, min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    while at < end:
        kind, length = struct.unpack_from("<4sI", data, at)
        after = at + 8 + length + length % 2
        if after > len(data):
            raise ValueError(kind)
        if kind == b"VP8X":
            yield data[at : at + 8] + bytes((data[at + 8] & ~_WEBP_FLAGS,)) + data[at + 9 : after]
        elif kind not in _WEBP_TRACES:
            yield data[at:after]
        at = after
