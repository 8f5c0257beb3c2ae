"""Items that were carried in by hand, in a bundle: looked at as data, then proposed by the editor who received them.

Whoever signed inside is a claim; nobody gains an editor's rights by it. The time at which it was received counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zhibao.check.proposal import LARGEST_FILE, MOST_PATHS
from zhibao.desk.editor import Desk, only_editors
from zhibao.model.actors import actor_on
from zhibao.model.areas import Area
from zhibao.model.document import Document
from zhibao.model.finding import printable
from zhibao.model.history import Signature
from zhibao.model.identity import Identity
from zhibao.model.submission import Received
from zhibao.model.understand import submission
from zhibao.repo.branches import steps
from zhibao.repo.bundles import opened
from zhibao.repo.commit_tree import CommitTree
from zhibao.repo.commits import Draft, land
from zhibao.repo.front_matter import item_document
from zhibao.repo.front_matter_text import received_line, with_block
from zhibao.repo.proposal_files import difference
from zhibao.repo.tree import document
from zhibao.review.branch import Branch, RefusedError, understood
from zhibao.review.proposal import review
from zhibao.review.report import text

PREFIX = "received/"
"""The branches on which carried items wait for a decision."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of one item of a bundle, in words; `signature` is who signed it, by their own word."""

    name: str
    words: str
    signature: Signature | None = None
    accepted: bool = True


def receive(desk: Desk, bundle: Path, received: Received) -> list[Arrival]:
    """Take in the items of a bundle, each on a branch of its own. The same bundle twice changes nothing.

    Raises RefusedError, bundles.BundleError and git.GitError; what is wrong with one item is said in its Arrival and keeps no other out.
    """
    only_editors(desk)
    here = desk.now()
    with opened(desk.root, bundle) as (inside, heads):
        return [
            _arrival(desk, here, inside, (name, commit), received) for name, commit in sorted(heads.items())
        ]


def _arrival(desk: Desk, here: Branch, inside: Path, head: tuple[str, str], received: Received) -> Arrival:
    name, commit = printable(head[0])[:80], head[1]
    if Identity.parse(head[0]) is None:
        return Arrival(name, "不是信息的编号，没有收", accepted=False)
    own = steps(inside, here.tip, commit, here.registry.office.zone)
    if not own:
        return Arrival(name, f"已在 {desk.branch} 上，不用再收")
    signature = own[-1].author
    try:
        found, files = _checked(desk, here, inside, head, signature)
        return Arrival(name, _land(desk, here, found, files, received), signature)
    except RefusedError as error:
        return Arrival(name, str(error), signature, accepted=False)


def _checked(
    desk: Desk, here: Branch, inside: Path, head: tuple[str, str], signature: Signature
) -> tuple[Document, dict[str, bytes]]:
    """The item of a carried proposal, and its attachments. Raises RefusedError with what is wrong with it."""
    id_, commit = head
    change = difference(inside, here.tip, commit, MOST_PATHS, here.tree.listing)
    areas = {one.area for one in change.touched}
    items = [one for one in change.touched if one.area is Area.ITEM]
    if change.total != len(change.touched) or not areas <= {Area.ITEM, Area.MEDIA}:
        raise RefusedError("除了信息和附图还改了别的，没有收；请对方用 zhibao submit --bundle 重做")
    if len(items) != 1 or items[0].new is None or items[0].new.stem != id_:
        raise RefusedError(f"里面改了 {len(items)} 条信息，要正好是 {id_} 这一条；请对方一条一份")
    report = review(
        inside, here.tip, commit, _account(desk, here, signature), now=desk.wall_clock, timed=False
    )
    if report.errors:
        raise RefusedError("没有收，先请单位改好：\n" + text(report).rstrip())
    tree = CommitTree(inside, commit)
    kept = [one.new for one in change.touched if one.new and one.area is Area.MEDIA]
    read = zip(kept, tree.read(kept, LARGEST_FILE), strict=True)
    return document(tree, items[0].new), {one.path: data for one, data in read if data is not None}


def _account(desk: Desk, here: Branch, signature: Signature) -> str:
    """By what a carried proposal is judged: an officer's claim is taken as one; a claim to be of the office gives nothing."""
    actor = actor_on(here.registry, desk.today, signature=signature)
    return "" if actor.edits or not actor.units else actor.account


def _land(desk: Desk, here: Branch, found: Document, files: dict[str, bytes], received: Received) -> str:
    """Put an item on its branch, signed by the editor; what became of it. The time of its first arrival stays, however it came then."""
    branch = PREFIX + found.stem

    def draft(tip: str) -> Draft | None:
        tree = CommitTree(desk.root, tip)
        known = _received_before(tree, found) if tree.entry(found.path) else received
        whole = with_received(found, known) if known else found.text
        wanted = {found.path: whole.encode("utf-8"), **files}
        entries = [entry for path in wanted if (entry := tree.entry(path))]
        if list(tree.read(entries, LARGEST_FILE)) == list(wanted.values()):
            return None
        return Draft(f"收到：{found.stem}\n\n离线包：{received.via}\n", wanted)

    landed = land(desk.root, branch, desk.signature, desk.moment, draft, start=here.tip)
    if not landed.changed:
        return "已经收过，在分支 " + (branch if landed.commit != here.tip else desk.branch)
    revised = f"，改的是已有的（{desk.branch} 上待处理），请对照原来的" if found.stem in here.entries else ""
    return f"收下了，在分支 {branch}{revised}；看过以后 zhibao adopt {found.stem}，或别的决定"


def with_received(found: Document, received: Received) -> str:
    """The item's text with how and when it was received. Raises RefusedError where reading it back gives anything else."""
    whole = with_block(found, "received", [received_line(received)])
    again = submission(item_document(found.path, whole.encode("utf-8")))[0]
    if again != understood(found).model_copy(update={"received": received}):
        raise RefusedError(f"{found.stem} 的抬头写法特别，写不上 received；请手工写上")
    return whole


def _received_before(tree: CommitTree, found: Document) -> Received | None:
    entry = tree.entry(found.path)
    known = submission(document(tree, entry))[0] if entry else None
    return known.received if known else None
