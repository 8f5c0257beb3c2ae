"""What is answered on an issue: taken in and what to mend, waiting and for whom, not taken and why, decided and how. Inert, whatever was sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from zhibao.door.sender import TAKE
from zhibao.review.forms import markdown
from zhibao.review.proposal import Report
from zhibao.review.report import as_list

MARK = "<!-- zhibao:intake -->"
"""The first line of our answer: by it the answer is found again and rewritten. The second is its receipt."""
DECIDED = "<!-- zhibao:decided -->"
"""The first line of the comment that tells the decision."""
RETURNED = "<!-- zhibao:returned"
"""How the first line of the comment begins that tells of a return; the head follows."""
FROM_ISSUE = "来自议题 "
"""How the text of a proposal begins that was made from an issue; the workflow looks for it before it asks."""
MOST_LISTED = 8
"""Findings that are told on the issue; the proposal's page has them all."""
LONGEST_NOTE = 200
"""Characters of one note."""

_RECEIPT = re.compile(rf"{re.escape(MARK)}\n<!-- (\S+) (\d{{1,9}}) -->\n", re.ASCII)
_NOTHING = "-"


class Receipt(NamedTuple):
    """What became of an issue so far: the item's id, empty where there is none, and the proposal's number, 0 where there is none."""

    item: str = ""
    proposal: int = 0


def receipt_in(text: str) -> Receipt:
    """The receipt of our answer."""
    found = _RECEIPT.match(text.replace("\r\n", "\n"))
    return Receipt("" if found[1] == _NOTHING else found[1], int(found[2])) if found else Receipt()


def received(receipt: Receipt, report: Report, notes: Sequence[str]) -> str:
    """The item is a proposal: what to mend, and where to watch."""
    lines = [
        f"**收到了，编号 {receipt.item}**，全部在提议 #{receipt.proposal} 的页面上。",
        "",
        *as_list(report, MOST_LISTED),
        "",
        *(f"- {markdown(_short(note))}" for note in notes),
        *([""] if notes else []),
        "要改，就编辑这个议题的标题或正文（右上角 … → Edit），会自动再看一遍。处理结果会写在下面。",
    ]
    return _answer(receipt, lines)


def refused(receipt: Receipt, report: Report) -> str:
    """The server's hook did not let the item in as it is."""
    lines = [
        "**还没有收：服务器要先改好下面这些。**",
        "",
        *as_list(report, MOST_LISTED),
        "",
        "改好这个议题，会自动再看一遍。",
    ]
    return _answer(receipt, lines)


def unfit(receipt: Receipt, why: str) -> str:
    """It cannot be taken as it is; what was taken before stands."""
    before = f"提议 #{receipt.proposal} 还是上一次的文字。" if receipt.proposal else ""
    lines = [f"**没有收：{markdown(why)}。**", "", f"{before}改好这个议题，会自动再看一遍。"]
    return _answer(receipt, lines)


def waiting(receipt: Receipt, why: str) -> str:
    """An editor has to say whose it is."""
    lines = [
        f"**先等编辑确认：{markdown(why)}。**",
        "",
        f"编辑写一条评论 `/{TAKE} 单位编号`，后面可以写信息员姓名，如 `/{TAKE} daba 王敏`，就收进来；不收，关掉这个议题就行。",
    ]
    return _answer(receipt, lines)


def decided(words: str, proposal: int) -> str:
    """What was decided, ready to be read by whoever sent it."""
    lines = [markdown(line) for line in words.strip().splitlines()]
    return "\n".join([DECIDED, "  \n".join(lines), "", f"见提议 #{proposal}。", ""])


def returned(mark: str, why: str) -> str:
    """An editor wants it revised."""
    return f"{mark}\n**退回修改：{markdown(why)}。**\n\n编辑这个议题的标题或正文，改好就会再交给编辑，不用另开。\n"


def described(issue: int, account: str, item: str) -> str:
    """The text of the proposal: where it comes from, and who hears of it."""
    return f"{FROM_ISSUE}#{issue}，@{account} 报送，编号 {item}。编辑议题，这里就跟着改。\n"


def _answer(receipt: Receipt, lines: Sequence[str]) -> str:
    head = f"<!-- {receipt.item or _NOTHING} {receipt.proposal} -->"
    return "\n".join([MARK, head, *lines, ""])


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_NOTE else f"{text[: LONGEST_NOTE - 1]}…"
