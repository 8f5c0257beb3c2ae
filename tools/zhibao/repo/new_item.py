"""A new item: its id, its text as the checks want it, written where its id says. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from zhibao.model.identity import Identity
from zhibao.model.registry import Registry
from zhibao.model.submission import Audience, Received, Source
from zhibao.repo.front_matter_text import flow, received_line, scalar
from zhibao.repo.writing import WriteError, write_whole


class NewItemError(Exception):
    """There is no place for a new item. The message is Chinese and fit to be shown."""


def identity_for(moment: datetime, unit: str, taken: Collection[str]) -> Identity:
    """The id of a unit's new item: the first number of that minute that no file has. Raises NewItemError after 99."""
    for number in range(1, 100):
        identity = Identity(moment, unit, number)
        if str(identity) not in taken:
            return identity
    raise NewItemError(f"{unit} 在这一分钟里已有 99 条，请过一分钟再试")


def text_of(
    registry: Registry,
    identity: Identity,
    *,
    title: str,
    officer: str,
    kind: str,
    body: str,
    call: str = "",
    media: Sequence[str] = (),
    audience: Audience = Audience.NETWORK,
    clearance: Mapping[str, object] | None = None,
    sources: Sequence[Source] = (),
    received: Received | None = None,
) -> str:
    """The whole file of a new item, as the checks want its form; `clearance` as its two keys."""
    wanted = registry.office.kind(kind)
    elements = "、".join(wanted.elements) if wanted else ""
    text = body.strip() or f"（在这里写正文；{kind}要写清：{elements}。）"
    lines = [
        "---",
        f"title: {scalar(title)}",
        f"unit: {identity.unit}",
        f"officer: {scalar(officer)}",
        f"kind: {scalar(kind)}",
        f"submitted: {identity.moment:%Y-%m-%d %H:%M}",
        *([f"call: {scalar(call)}"] if call else []),
        *([f"media: [{', '.join(media)}]"] if media else []),
        f"audience: {audience.value}",
        *([f"clearance: {flow(clearance)}"] if clearance else []),
        *(["sources:"] if sources else []),
        *map(_source, sources),
        *([received_line(received)] if received else []),
        "---",
        "",
        text,
        "",
    ]
    return "\n".join(lines)


def write_new(root: Path, identity: Identity, text: str, files: Sequence[tuple[str, bytes]] = ()) -> Path:
    """Write a new item and its `files` (paths of the repository), all or none, and never over another file. Returns the item's path.

    Raises NewItemError.
    """
    written: list[Path] = []
    try:
        for path, data in files:
            written.append(write_whole(root, path, data, new=True))
        return write_whole(root, identity.path, text, new=True)
    except WriteError as error:
        for done in written:
            done.unlink(missing_ok=True)
        raise NewItemError(str(error)) from None


def _source(source: Source) -> str:
    share = f", share: {source.share}" if source.share is not None else ""
    return f"  - {{id: {source.id}{share}}}"
