"""The pictures of a .docx: which kinds an item can have, known by their first bytes, within bounds, without their traces."""

from __future__ import annotations

from collections.abc import Mapping

from zhibao.door.word.traces import without_traces
from zhibao.door.word.values import Losses, Picture
from zhibao.model.areas import LARGEST_PICTURE

MOST_PICTURES = 20
"""Pictures of one draft."""

_ALLOWED = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))
_REFUSED = (
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"\xd7\xcd\xc6\x9a", "WMF"),
    (b"\x01\x00\x09\x00", "WMF"),
    (b"\x1f\x8b", "压缩的矢量图"),
    (b"<", "SVG"),
)


class Pictures:
    """Takes the pictures in, each once, and says why one stays behind."""

    def __init__(self, parts: Mapping[str, bytes], losses: Losses) -> None:
        self._parts, self._losses = parts, losses
        self._names: dict[str, str] = {}
        self._seen = 0
        self.found: list[Picture] = []

    def take(self, part: str) -> str:
        """The name of a picture in the draft, from the part that holds it; empty where it is not taken in."""
        if part not in self._names:
            self._seen += 1
            self._names[part] = self._taken(self._parts.get(part, b""))
        return self._names[part]

    def _taken(self, data: bytes) -> str:
        ending = _kind(data)
        clean = without_traces(data, ending) if ending.islower() else None
        if not ending.islower():
            what = f"是 {ending}" if ending else "认不出是什么格式"
            self._refuse(f"{what}，没有带入；请另存为 PNG 或 JPG，再插入文档")
        elif clean is not None and len(clean) > LARGEST_PICTURE:
            size = f"{len(clean) / 1_000_000:.1f} MB，上限 {LARGEST_PICTURE // 1_000_000} MB"
            self._refuse(f"有 {size}，没有带入；请在 Word 里选中它，点“压缩图片”")
        elif len(self.found) >= MOST_PICTURES:
            self._refuse(f"没有带入，一条信息最多 {MOST_PICTURES} 张；请留下最说明问题的")
        elif clean is None:
            self._refuse("坏了，没有带入；请重新插入这张图片，或另存为 PNG 再插入")
        else:
            name = f"tu-{len(self.found) + 1}.{ending}"
            self.found.append(Picture(name, clean))
            return name
        return ""

    def _refuse(self, why: str) -> None:
        self._losses.tell(f"第 {self._seen} 张图片{why}")


def _kind(data: bytes) -> str:
    """The ending for a kind that an item can have; the name of any other kind, in capitals; empty where it is unknown."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[:4] == b"\x01\0\0\0" and data[40:44] == b" EMF":
        return "EMF"
    return next((name for magic, name in (*_ALLOWED, *_REFUSED) if data.startswith(magic)), "")
