"""Family 提议: who may propose what. These checks see a whole proposal, against the roster and rules of the base."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from zhibao.check import refusals
from zhibao.check.acts import acts
from zhibao.check.subject import Row
from zhibao.model.actors import Capacity
from zhibao.model.areas import Area
from zhibao.model.document import Document, Loc, Mark
from zhibao.model.entry import Kind
from zhibao.model.files import UNITS
from zhibao.model.finding import Finding, Severity
from zhibao.model.identity import Identity
from zhibao.model.permissions import Act, Change, Matter, allowed
from zhibao.model.proposal import ItemChange, Proposal
from zhibao.model.understand import tentative

FAMILY = "提议"

MOST_PATHS = 200
"""Paths that one proposal may change."""
MOST_OF_MAINTAINERS = 5_000
"""The same for a maintainer, who brings newer versions of the program in."""
LARGEST_FILE = 10_000_000
"""Bytes of any file."""

_DATA = (Area.ITEM, Area.MEDIA, Area.DESK, Area.REGISTRY)


@dataclass(frozen=True, slots=True)
class ProposalHit:
    """One thing wrong with a proposal: at a path, at a key path of the item's document where there is one."""

    path: str
    message: str
    help: str = ""
    at: Loc = ()
    document: Document | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class ProposalCheck(Row):
    """One row of the table of proposal checks."""

    code: str
    severity: Severity
    run: Callable[[Proposal], Iterator[ProposalHit]]
    family: str = FAMILY


def check_proposal(proposal: Proposal, checks: Sequence[ProposalCheck] | None = None) -> Iterator[Finding]:
    """Every finding on a proposal as a whole."""
    for rule in checks or PROPOSAL_CHECKS:
        for hit in rule.run(proposal):
            mark = hit.document.mark(hit.at, key=True) if hit.document and hit.at else Mark(1, 1)
            severity = hit.severity or rule.severity
            yield Finding(rule.code, severity, hit.path, *mark, message=hit.message, help=hit.help)


def not_too_many(proposal: Proposal) -> Iterator[ProposalHit]:
    """一次提议改动的文件不超过上限。"""
    most = limit_of(proposal)
    if proposal.total > most:
        fact = f"这份提议改动了 {proposal.total} 个文件，上限 {most} 个；没有再往下看"
        yield ProposalHit("submissions/", fact, "请分成几份，或请维护人员办理")


def limit_of(proposal: Proposal) -> int:
    """How many paths this actor's proposal may change."""
    maintains = Capacity.MAINTAINER in proposal.actor.capacities
    return MOST_OF_MAINTAINERS if maintains else MOST_PATHS


def proposer_known(proposal: Proposal) -> Iterator[ProposalHit]:
    """提议的人在主分支的名册里；不在的可以提，由编辑核实。"""
    if proposal.actor.is_stranger and proposal.touched:
        fact = f"提议的账号“{proposal.actor.account or '（空）'}”不在主分支的名册里"
        yield ProposalHit(proposal.touched[0].path, fact, "由编辑核实后办理；要登记为信息员请与办公室联系")


def items_permitted(proposal: Proposal) -> Iterator[ProposalHit]:
    """各人只改自己该改的：信息员写本单位未决定的信息，处理由编辑写，改变决定由主编办。"""
    for change in proposal.items:
        refused = [(act, at) for act, at in acts(change) if not allowed(proposal.actor, act)]
        for message, mend, at in refusals.of_item(proposal, change, refused):
            yield ProposalHit(change.path, message, mend, at, change.after)


def paths_permitted(proposal: Proposal) -> Iterator[ProposalHit]:
    """名册、规则、程序和工作流只由维护人员改，编辑室的文件由编辑改；只给单位添信息员的，编辑也可以。"""
    for touched in proposal.touched:
        area = touched.area
        if area in (Area.ITEM, Area.ELSEWHERE):
            continue
        added = proposal.adds_officers and touched.path == UNITS.place
        matter = Matter.OFFICERS if added else Matter.FILE
        if not allowed(proposal.actor, Act(area, touched.change, matter)):
            yield ProposalHit(touched.path, *refusals.of_path(proposal.actor, area, touched.change))


def known_places(proposal: Proposal) -> Iterator[ProposalHit]:
    """文件都在认得的文件夹里。"""
    for touched in proposal.touched:
        if touched.area is Area.ELSEWHERE and touched.new:
            mend = "信息放在 submissions/年/月/ 里；图片放在同一文件夹的 assets/ 里；别的请去掉"
            yield ProposalHit(touched.path, "这个位置不收文件", mend)


def plain_files(proposal: Proposal) -> Iterator[ProposalHit]:
    """提议里只有普通文件：没有符号链接、子仓库和可执行的信息。"""
    for touched in proposal.touched:
        new = touched.new
        if new is None:
            continue
        if new.kind is not Kind.FILE:
            yield ProposalHit(touched.path, f"这是{new.kind}，不是普通文件", "请去掉它，把内容写进普通文件")
        elif new.executable and touched.area in _DATA and not (touched.old and touched.old.executable):
            yield ProposalHit(
                touched.path, "文件被设成可执行的", f"请运行 git update-index --chmod=-x {touched.path}"
            )
        elif new.size > LARGEST_FILE:
            fact = f"文件有 {new.size / 1_000_000:.0f} MB，上限 {LARGEST_FILE // 1_000_000} MB"
            yield ProposalHit(touched.path, fact, "请去掉它；图片请缩小后再放进 assets/")


def names_distinct(proposal: Proposal) -> Iterator[ProposalHit]:
    """没有只差大小写的两个文件名。"""
    taken = dict(proposal.taken or {})
    gone = {touched.path for touched in proposal.touched if touched.new is None}
    for touched in proposal.touched:
        if touched.new is None:
            continue
        other = taken.setdefault(touched.path.casefold(), touched.path)
        if other != touched.path and other not in gone:
            yield ProposalHit(touched.path, f"与 {other} 只差大小写，在有的电脑上是同一个文件", "请改名")


def ids_kept(proposal: Proposal) -> Iterator[ProposalHit]:
    """编号一经合并不再改变。"""
    gone = [change for change in proposal.items if change.change is Change.DELETE]
    for change in proposal.items:
        if change.change is not Change.ADD or change.after is None:
            continue
        old = next((one for one in gone if _same_text(one, change)), None)
        if old:
            yield ProposalHit(
                change.path, f"信息 {old.id} 被改成了 {change.id}", f"编号不能改，请恢复 {old.path}"
            )


def _same_text(old: ItemChange, new: ItemChange) -> bool:
    one, other = old.before, new.after
    if one is None or other is None:
        return False
    return one.body.strip() == other.body.strip() or one.get("title") == other.get("title")


def signed_by_oneself(proposal: Proposal) -> Iterator[ProposalHit]:
    """署名是提议人自己：review 的 by、公开审核的 by；档案照原样写。"""
    for change in proposal.items:
        document = change.after
        if document is None or document.get("imported") is True:
            continue
        by = document.get("review", "by")
        before = change.before.get("review", "by") if change.before else None
        signs = proposal.actor.edits and isinstance(by, str) and by != before
        if signs and str(by).casefold() != proposal.actor.account.casefold():
            yield ProposalHit(
                change.path,
                f"处理署名是 {by}，提议的是 {proposal.actor.account}",
                "谁决定谁署名；请由本人提交",
                ("review", "by"),
                document,
            )
        yield from _clearance(proposal, change, document)


def _clearance(proposal: Proposal, change: ItemChange, document: Document) -> Iterator[ProposalHit]:
    by = document.get("clearance", "by")
    before = change.before.get("clearance") if change.before else None
    actor = proposal.actor
    if isinstance(by, str) and document.get("clearance") != before and by not in (actor.account, actor.name):
        fact = f"公开审核写的是{by}，由{actor.name or actor.account}代写，算作转述"
        mend = "由审核人自己的账号提交，才算本人的话"
        yield ProposalHit(change.path, fact, mend, ("clearance",), document, Severity.ADVICE)


def arrived_as_written(proposal: Proposal) -> Iterator[ProposalHit]:
    """报送时间与提议到达的时间相符，误差不超过 office.yml 的 tolerance；编辑代录的，以收到时间为准。"""
    tolerance = proposal.registry.office.tolerance
    for change in proposal.items:
        document = change.after
        submission = tentative(document)[0] if document else None
        if (
            submission is None
            or change.seen is None
            or submission.imported
            or change.change is not Change.ADD
        ):
            continue
        if submission.received and proposal.actor.edits:
            continue
        moment = change.seen.moment
        if abs(submission.submitted - moment) <= timedelta(minutes=tolerance):
            continue
        claim = "（按提交人电脑的时钟）" if change.seen.claimed else ""
        fact = (
            f"报送时间写的是 {submission.submitted:%Y-%m-%d %H:%M}，这份提议 {moment:%Y-%m-%d %H:%M} 才到{claim}，"
            f"相差超过 {tolerance} 分钟"
        )
        wanted = Identity(moment, submission.unit)
        mend = f"请写 submitted: {moment:%Y-%m-%d %H:%M}，文件改名为 {wanted}.md；电话、纸质报来的由编辑代录（received）"
        yield ProposalHit(change.path, fact, mend, ("submitted",), document)


PROPOSAL_CHECKS: tuple[ProposalCheck, ...] = (
    ProposalCheck("too-many-files", Severity.ERROR, not_too_many),
    ProposalCheck("proposer-known", Severity.WARNING, proposer_known),
    ProposalCheck("item-permission", Severity.ERROR, items_permitted),
    ProposalCheck("path-permission", Severity.ERROR, paths_permitted),
    ProposalCheck("known-place", Severity.ERROR, known_places),
    ProposalCheck("plain-file", Severity.ERROR, plain_files),
    ProposalCheck("name-case", Severity.ERROR, names_distinct),
    ProposalCheck("id-kept", Severity.ERROR, ids_kept),
    ProposalCheck("signed-by", Severity.ERROR, signed_by_oneself),
    ProposalCheck("arrival-time", Severity.ERROR, arrived_as_written),
)
