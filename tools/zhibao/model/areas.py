"""What a path of the repository is: only known places are anything."""

from __future__ import annotations

import re
from enum import StrEnum

from zhibao.model.identity import SUBMISSIONS

DESK = ("calls", "training", "incidents", "bulletins", "notices", "adjustments")
"""The folders of registry/ that are the editors' daily work."""
LARGEST_PICTURE = 5_000_000
"""Bytes of a picture that is taken in and published."""

_CODE = frozenset(
    {"site", "tools", "tests", "docs", ".github", ".gitea", ".forgejo", ".ci", ".zhibao", "requirements"}
)
_CODE_FILES = frozenset(
    {
        "mkdocs.yml",
        "pyproject.toml",
        "Makefile",
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        ".gitignore",
        ".gitattributes",
        ".gitlab-ci.yml",
    }
)
_MEDIA = re.compile(
    rf"{SUBMISSIONS}/(?:[^/]+/)*assets/[^/]+\.(?:jpg|jpeg|png|webp|mp3|m4a|mp4)", re.IGNORECASE
)


class Area(StrEnum):
    """What a path is."""

    ITEM = "item"
    MEDIA = "media"
    DESK = "desk"
    REGISTRY = "registry"
    CODE = "code"
    ELSEWHERE = "elsewhere"

    @property
    def label(self) -> str:
        """The Chinese words that a reader sees."""
        return {
            "item": "信息（submissions/）",
            "media": "附图（submissions/ 的 assets/）",
            "desk": "编辑室的文件（报送要点、培训、紧急信息、期刊、通报、调整）",
            "registry": "名册和规则（registry/）",
            "code": "程序、工作流、网站和说明",
            "elsewhere": "其他位置",
        }[self.value]


def area_of(path: str) -> Area:
    """What a path relative to the county's folder is. Only known places are anything; all else is ELSEWHERE."""
    top, _, rest = path.partition("/")
    if top == SUBMISSIONS and rest:
        if _MEDIA.fullmatch(path):
            return Area.MEDIA
        return Area.ITEM if path.endswith(".md") else Area.ELSEWHERE
    if top == "registry" and rest:
        return Area.DESK if rest.split("/")[0] in DESK and "/" in rest else Area.REGISTRY
    return Area.CODE if (top in _CODE and rest) or path in _CODE_FILES else Area.ELSEWHERE
