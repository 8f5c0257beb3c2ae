"""Ids of units from their names, as an officer would say them aloud: 大坝镇 is daba, 县水务局 is shuiwu.

Ids stand in the name of every item and never change, so that short ones matter; a column 代号 of the office's table overrules them.
"""

from __future__ import annotations

import re
from collections.abc import Container

from pypinyin import Style, lazy_pinyin

from zhibao.model.identity import UNIT_ID

SPOKEN = 4
"""Characters of a name that are written in full; of a longer one only the first letter of each."""

_ENDS = re.compile(r"(?:街道办事处|街道|民族乡|镇|乡|局)$")
_SAID_SHORTER = (("办公室", "办"), ("人民政府", "政府"), ("人大常委会", "人大"), ("委员会", "委"))
_NOT_SPOKEN = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]")


def unit_id(name: str, county: str, taken: Container[str]) -> str:
    """An id for the unit of that name in a county (青山县), which nobody has yet."""
    short = _short(name, county)
    for words in (_ENDS.sub("", short), short):
        spoken = _spoken(words)
        if spoken not in taken:
            return spoken
    return next(numbered for number in range(2, 10_000) if (numbered := f"{spoken}{number}") not in taken)


def plain_name(name: str, county: str) -> str:
    """What a unit is called within its county: 县委组织部 of 中共青山县委组织部, 县水务局 of 青山县水务局; as written without the county's name."""
    rest = name.removeprefix("中共").removeprefix(county)
    if not rest:
        return name
    return rest if rest == name or rest.startswith(county[-1]) else county[-1] + rest


def _short(name: str, county: str) -> str:
    """水务局 of 县水务局, 组织部 of 县委组织部; 县委办 stays, for 委办 is no name."""
    whole = plain_name(name, county)
    for long, said in _SAID_SHORTER:
        whole = whole.replace(long, said)
    plain = _NOT_SPOKEN.sub("", whole)
    return re.sub(rf"^{re.escape(county[-1])}(?!场|委办|委$)委?(?=..)", "", plain)


def _spoken(words: str) -> str:
    style = Style.NORMAL if len(words) <= SPOKEN else Style.FIRST_LETTER
    letters = "".join(lazy_pinyin(words, style=style)).lower()
    plain = re.sub(r"[^a-z0-9]", "", letters)[:28]
    return plain if UNIT_ID.fullmatch(plain) else f"u{plain}"
