"""An editor's word in a comment on a proposal: what it says, apart from whether it may be said.

A word stands at the very beginning of a comment; what belongs to it ends with the paragraph. Quoted text is nobody's word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from zhibao.model.submission import Decision, Reason

SLASHES = "/／"
"""A Chinese keyboard writes the second one."""
WORDS: Mapping[str, Decision | None] = {
    "采用": Decision.ADOPTED,
    "留用": Decision.HELD,
    "退回": None,
    "不采用": Decision.DECLINED,
    "归档": Decision.FILED,
    "备查": Decision.FILED,
}
"""Every word with its decision; returning is none."""
HOW_TO = """<details><summary>编辑怎样处理</summary>

写一条新评论，开头写其中一句，一条评论一句：

- `/采用`
- `/留用`，可以写原因
- `/退回 原因代码 说明`，如 `/退回 要素不全 请补上受益户数`
- `/不采用 原因代码 说明`
- `/归档`，可以写原因

写的时候提议是什么样，就对什么样的算数；之后又更新了，要重新写。
</details>
"""
"""For the page of a proposal: what an editor can write there."""

_MEANT = re.compile(rf"[{SLASHES}]\s*[\u4e00-\u9fff]")
_WORD = re.compile(rf"[{SLASHES}]([\u4e00-\u9fff]+)[。．.！!]?(?=\s|$)")
_COMMIT = re.compile(r"([0-9a-f]{7,40})(?:\s+|$)", re.ASCII)
_APART = re.compile(r"[\s：:，,；;]+")


class WordError(Exception):
    """A word that cannot be understood. The message is Chinese and fit to be shown."""


@dataclass(frozen=True, slots=True)
class Word:
    """What an editor wrote. `decision` is None for a return; `commit` the beginning of the id that it was said of, where one is named."""

    name: str
    decision: Decision | None
    reason: Reason | None = None
    commit: str = ""


def word_in(text: str) -> Word | None:
    """The word that a comment begins with; None where it begins with none. Raises WordError."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not _MEANT.match(lines[0]):
        return None
    found = _WORD.match(lines[0])
    if not found or found[1] not in WORDS:
        known = "、".join(f"/{word}" for word in WORDS)
        raise WordError(f"没看懂“{lines[0][:20]}”；可以写：{known}，后面空一格再写别的")
    name = found[1]
    rest = " ".join([lines[0][found.end() :], *_continued(lines[1:])]).strip()
    commit = _COMMIT.match(rest)
    rest = rest[commit.end() :] if commit else rest
    if WORDS[name] is Decision.ADOPTED and rest:
        raise WordError("“/采用”后面不写别的；要写采用形式和刊物，请用命令 zhibao adopt")
    return Word(name, WORDS[name], _reason(rest), commit[1] if commit else "")


def _continued(lines: list[str]) -> list[str]:
    """The rest of the word's paragraph."""
    found = []
    for line in lines:
        if not line.strip() or line.lstrip().startswith(">"):
            break
        if line.startswith(tuple(SLASHES)):
            raise WordError("一条评论只写一句，请分开写")
        found.append(line)
    return found


def _reason(text: str) -> Reason | None:
    if not text:
        return None
    code, _, said = _APART.sub("\0", text, count=1).partition("\0")
    try:
        return Reason.model_validate({"code": code, "words": " ".join(said.split()) or None})
    except ValidationError:
        raise WordError("原因写得不对：代码最多 60 字，说明最多 2000 字，不用看不见的字符") from None
