"""The item that somebody sent in an issue: its words from the issue or from a Word document attached to it, its keys from us."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from zhibao.door.draft import DraftError, taken_apart
from zhibao.door.facts import ForgeError
from zhibao.door.forge import Issue, IssueForge
from zhibao.door.issue_form import Filled
from zhibao.door.sender import Sender
from zhibao.door.word import WordDraft, placed, read_word
from zhibao.model.identity import Identity
from zhibao.model.registry import Registry
from zhibao.model.submission import Audience
from zhibao.repo.new_item import text_of

LONGEST_BODY = 20_000
"""Characters of a text; the longest kind of item has a tenth of them."""

_LINK = re.compile(r"!?\[([^\]\n]{0,255})\]\(([^)\s]{1,1000})\)")
_WORD = ".docx"


class UnfitError(Exception):
    """What was sent cannot become an item. The message is Chinese, says what to mend, and is fit to be shown."""


@dataclass(frozen=True)
class Sent:
    """What was sent, as far as its sender may say it. `notes` are what they should know of it, in Chinese."""

    title: str
    kind: str
    call: str
    clearance: Mapping[str, object] | None
    body: str
    word: WordDraft | None
    moment: datetime
    notes: tuple[str, ...]


def sent_in(forge: IssueForge, issue: Issue, filled: Filled, registry: Registry, sender: Sender) -> Sent:
    """What an issue sends; a document is fetched from the forge. Raises UnfitError."""
    title = " ".join(_clean(issue.title).split())
    if not any(c.isprintable() and not c.isspace() for c in title):
        raise UnfitError("议题没有标题")
    kinds = [kind.name for kind in registry.office.kinds]
    if filled.kind not in kinds:
        raise UnfitError(f"没有“{filled.kind[:40]}”这个类型；有：{'、'.join(kinds)}")
    body, word, notes = _text(forge, title, filled.body)
    call = filled.call if filled.call in {one.id for one in registry.calls} else ""
    if filled.call and not call:
        notes = [*notes, f"没有“{filled.call[:40]}”这条报送要点，没有记"]
    cleared = " ".join(_clean(filled.cleared).split())
    if cleared and not sender.clears:
        notes = [*notes, "公开审核人没有记：只认本单位信息员和编辑写的"]
    moment = wall_clock(issue, registry.office.zone)
    clearance = {"by": cleared, "date": moment.date()} if cleared and sender.clears else None
    return Sent(title, filled.kind, call, clearance, body, word, moment, tuple(notes))


def files_of(sent: Sent, registry: Registry, sender: Sender, identity: Identity) -> dict[str, str | bytes]:
    """The item's file and its pictures, by path: nothing of these paths is anybody's but ours."""
    body, media, pictures = placed(sent.word, identity) if sent.word else (sent.body, (), ())
    text = text_of(
        registry,
        identity,
        title=sent.title,
        officer=sender.name,
        kind=sent.kind,
        body=body,
        call=sent.call,
        media=media,
        audience=Audience.OPEN if sent.clearance else Audience.NETWORK,
        clearance=sent.clearance,
    )
    return {identity.path: text} | dict(pictures)


def wall_clock(issue: Issue, zone: ZoneInfo) -> datetime:
    """When an issue was opened, in the county's time, to the minute."""
    return issue.created.astimezone(zone).replace(second=0, microsecond=0, tzinfo=None)


def _text(forge: IssueForge, title: str, written: str) -> tuple[str, WordDraft | None, list[str]]:
    """The text of what was sent: typed, or in a document; what is to be said of it. Raises UnfitError."""
    text = _clean(written)
    links = _LINK.findall(text)
    documents = [one for one in links if any(part.casefold().endswith(_WORD) for part in one)]
    prose = _LINK.sub("", text).strip()
    if documents:
        return _document(forge, title, documents, prose)
    if not prose:
        why = (
            f"正文里只有附件，没有 {_WORD}；请另存为 {_WORD} 再拖进来，或者把文字贴进来"
            if links
            else "正文是空的"
        )
        raise UnfitError(why)
    if len(text) > LONGEST_BODY:
        raise UnfitError(f"正文 {len(text)} 字，上限 {LONGEST_BODY} 字；一事一报，请删短")
    draft = taken_apart(text)
    body = draft.body if draft.title in ("", title) else f"{draft.title}\n\n{draft.body}"
    return body, None, []


def _document(
    forge: IssueForge, title: str, documents: Sequence[tuple[str, str]], prose: str
) -> tuple[str, WordDraft | None, list[str]]:
    if len(documents) > 1:
        raise UnfitError(f"有 {len(documents)} 个 {_WORD}，只收一个；一事一报，请一个议题放一个")
    name, address = documents[0]
    try:
        word = read_word(forge.attachment(address), name or address)
    except (DraftError, ForgeError) as error:
        raise UnfitError(f"附件没有读成：{error}；也可以把文字贴进正文") from None
    notes = list(word.warnings)
    if prose:
        notes.append("正文取自附件，议题里另写的字没有用")
    if word.draft.title and word.draft.title != title:
        notes.append(f"附件里的标题是“{word.draft.title}”，用的是议题的标题")
    return "", word, notes


def _clean(text: str) -> str:
    """The text without what no file may hold: control characters but line breaks and tabs, and halves of characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) != "Cc").removeprefix("\ufeff")
