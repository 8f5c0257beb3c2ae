"""A photograph does not tell where it was taken: metadata goes, the picture and how it is turned stay."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts.documents import exif, jpeg, png
from zhibao.door.word.traces import without_traces

JFIF, TABLE, COLOURS = (0xE0, b"JFIF\0"), (0xDB, b"table"), (0xE2, b"ICC_PROFILE\0")


def turned(turn: int) -> tuple[int, bytes]:
    return 0xE1, b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turn, 0, 0)


def test_a_jpeg_keeps_what_shows_it() -> None:
    taken = jpeg(
        JFIF,
        (0xE1, exif(1)),
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0 31.2N"),
        COLOURS,
        (0xED, b"IPTC"),
        (0xFE, b"words"),
        TABLE,
    )
    assert without_traces(taken + b"a film behind it", "jpg") == jpeg(JFIF, COLOURS, TABLE)


@pytest.mark.parametrize("order", ["<", ">"])
def test_how_a_photograph_is_turned_stays(order: str) -> None:
    assert without_traces(jpeg((0xE1, exif(6, order)), TABLE), "jpg") == jpeg(turned(6), TABLE)
    assert without_traces(jpeg(JFIF, (0xE1, exif(6, order)), TABLE), "jpg") == jpeg(JFIF, turned(6), TABLE)


def test_a_jpeg_without_a_head_gets_one_that_all_programs_know() -> None:
    assert without_traces(jpeg(TABLE), "jpg") == jpeg(turned(1), TABLE)


def test_a_png_keeps_what_shows_it() -> None:
    taken = png(7, (b"tEXt", b"31.2N"), (b"eXIf", b"MM"), (b"gAMA", b"gama"), (b"tIME", b"1234567"))
    assert without_traces(taken + b"behind", "png") == png(7, (b"gAMA", b"gama"))


def webp(flags: int, *chunks: tuple[bytes, bytes]) -> bytes:
    found = ((b"VP8X", bytes((flags,)) + bytes(9)), *chunks)
    inside = b"".join(
        kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2) for kind, data in found
    )
    return b"RIFF" + struct.pack("<I", 4 + len(inside)) + b"WEBP" + inside


def test_a_webp_keeps_what_shows_it() -> None:
    taken = webp(0x1C, (b"VP8 ", b"pixel"), (b"EXIF", b"MM 31.2N"), (b"XMP ", b"31.2N"))
    assert without_traces(taken, "webp") == webp(0x10, (b"VP8 ", b"pixel"))


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (png()[:-5], "png"),
        (png()[:20], "png"),
        (jpeg(TABLE)[:-2], "jpg"),
        (jpeg(TABLE).replace(b"\xff\xdb\x00\x07", b"\xff\xdb\xff\xff"), "jpg"),
        (b"\xff\xd8\xff", "jpg"),
        (b"\xff\xd8\xff\xdb\x00\x00", "jpg"),
        (webp(0, (b"VP8 ", b"pixel"))[:-3], "webp"),
        (b"RIFF", "webp"),
    ],
)
def test_what_is_damaged_is_no_picture(data: bytes, ending: str) -> None:
    assert without_traces(data, ending) is None


@given(st.sampled_from(["png", "jpg", "webp"]), st.binary(max_size=80), st.integers(0, 60))
def test_whatever_the_bytes_it_ends(ending: str, data: bytes, at: int) -> None:
    whole = {"png": png(), "jpg": jpeg((0xE1, exif(3)), TABLE), "webp": webp(12, (b"VP8 ", b"pixel"))}[ending]
    found = without_traces(whole[:at] + data + whole[at:], ending)
    assert found is None or len(found) <= len(whole) + len(data) + 40
