"""An item that the office writes from others (编发稿、综合): begun from their texts, with the shares in which its points are theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from zhibao.check.secrecy import barred
from zhibao.check.subject import Subject
from zhibao.desk.editor import Desk, only_editors
from zhibao.model.county import County, Item
from zhibao.model.edition import Edition
from zhibao.model.identity import Identity
from zhibao.model.published import Disclosure, disclosure
from zhibao.model.registry import Registry
from zhibao.model.standing import Standing, State, adoptions
from zhibao.model.submission import Audience, Source
from zhibao.model.understand import submission
from zhibao.repo.front_matter import LARGEST, item_document
from zhibao.repo.new_item import identity_for, text_of
from zhibao.review.branch import Branch, RefusedError
from zhibao.score.ledger import lines_of
from zhibao.score.line import Line
from zhibao.score.shares import apportion
from zhibao.score.sharing import DEPTH

MOST_SOURCES = 20
"""Sources of one item; nobody edits more into one text."""

_SHARE = Decimal("0.0001")


@dataclass(frozen=True)
class Compilation:
    """An office-written item that was begun. `lines` is what it would earn its sources' units, were it adopted today as the office does by default."""

    item: Item
    registry: Registry
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The whole file."""
        return self.item.document.text

    @property
    def is_closed(self) -> bool:
        """Whether a source made it one for the leaders only."""
        return self.item.submission.audience is Audience.LEADERS


def compilation(
    desk: Desk,
    ids: Sequence[str],
    *,
    title: str,
    kind: str = "",
    shares: Mapping[str, Decimal] | None = None,
    taken: Collection[str] = (),
) -> Compilation:
    """Begin an item of the office's own from items of the branch; `taken` are ids that other files have besides.

    Without `kind` it is of the kind that most sources are. `shares` (0 to 1, by source) may be left out for all, which makes them
    equal, or for some, which share what is left.
    Raises RefusedError with everything that is in the way, NewItemError, git.GitError.
    """
    only_editors(desk)
    here = desk.now()
    around = _around(here, desk, ids)
    problems = [*_unfit(here, around, ids), *_wrong_shares(ids, shares or {})]
    office = here.registry.office
    if kind and office.kind(kind) is None:
        problems.append(f"没有“{kind}”这个类型；有：{'、'.join(one.name for one in office.kinds)}")
    if problems:
        raise RefusedError("\n".join(problems))
    sources = tuple(around.by_id[id_] for id_ in ids)
    identity = identity_for(desk.wall_clock, office.unit, {*taken, *here.entries})
    text = text_of(
        here.registry,
        identity,
        title=title,
        officer=desk.actor.name,
        kind=kind or Counter(item.submission.kind for item in sources).most_common(1)[0][0],
        body="\n\n".join(_material(sources, here)),
        audience=_audience(sources, here),
        sources=_sources(ids, shares or {}),
    )
    item = _read_back(identity, text, here)
    return Compilation(item, here.registry, _if_adopted(item, around, desk))


def _around(here: Branch, desk: Desk, ids: Sequence[str]) -> County:
    """The sources, and the items that they were themselves made from."""
    wanted = set(ids)
    for _ in range(DEPTH):
        around = here.county(desk.wall_clock, only=wanted)
        below = {source.id for item in around.items for source in item.submission.sources}
        if below <= wanted:
            break
        wanted |= below
    return around


def _unfit(here: Branch, around: County, ids: Sequence[str]) -> Iterator[str]:
    """Why some of these cannot be sources."""
    if len(ids) > MOST_SOURCES:
        yield f"来源有 {len(ids)} 条，上限 {MOST_SOURCES} 条"
    for id_, times in Counter(ids).items():
        item = around.item(id_)
        if times > 1:
            yield f"{id_} 写了 {times} 次；请只写一次"
        if item is None and id_ in here.entries:
            yield f"{id_} 有错误，读不懂；请先运行 zhibao check {here.entries[id_].path}"
        elif item is None:
            yield f"主分支上没有 {id_}；还是提议的，请先留用：zhibao hold {id_}"
        elif item.is_withdrawn:
            yield f"{id_} 已经撤下，不能作来源"
        elif barred(Subject(item.document, item.submission, (), around)):
            yield f"{id_} 的保密检查有错误，不能作来源；详见 zhibao check {item.document.path}"


def _wrong_shares(ids: Sequence[str], shares: Mapping[str, Decimal]) -> Iterator[str]:
    yield from (f"--share 里的 {id_} 不在来源里" for id_ in shares if id_ not in ids)
    total, unsaid = sum(shares.values(), Decimal(0)), set(ids) - set(shares)
    if shares and total > 1:
        yield f"份额合计 {total}，超过了 1"
    elif shares and not unsaid and total < 1:
        yield f"份额合计 {total}，应为 1"
    elif shares and unsaid and total == 1:
        yield f"份额合计已是 1，没有给 {'、'.join(sorted(unsaid))} 留下"


def _sources(ids: Sequence[str], shares: Mapping[str, Decimal]) -> tuple[Source, ...]:
    """The sources with their shares: given for all or for none, as the checks want it."""
    unsaid = [id_ for id_ in ids if id_ not in shares]
    rest = Decimal(1) - sum(shares.values(), Decimal(0))
    parts = apportion(rest, (Decimal(1),) * len(unsaid), _SHARE) if shares and unsaid else ()
    whole = {**shares, **dict(zip(unsaid, parts, strict=False))}
    return tuple(Source(id=id_, share=whole.get(id_)) for id_ in ids)


def _audience(sources: Sequence[Item], here: Branch) -> Audience:
    """For the units; for the leaders only where the units may know nothing of a source."""
    closed = any(disclosure(item, Edition.NETWORK, here.registry) is Disclosure.NOTHING for item in sources)
    return Audience.LEADERS if closed else Audience.NETWORK


def _material(sources: Sequence[Item], here: Branch) -> Iterator[str]:
    """The sources' texts, each under a line that says whose it is."""
    yield "（以下是来源信息的原文，供编写；编好后删去这一行和各行【来源】。）"
    for number, item in enumerate(sources, 1):
        unit = here.registry.unit_name(item.unit, item.submitted_on)
        yield f"【来源{number}】{unit}《{item.submission.title}》{item.id}，{item.state.label}"
        yield item.body.strip()


def _read_back(identity: Identity, text: str, here: Branch) -> Item:
    """The item that the text is. Raises RefusedError where it would not be understood, or is too large."""
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > LARGEST:
        raise RefusedError(f"来源的原文合起来有 {len(data) / 1_000_000:.1f} MB，超过 1 MB；请少用几条")
    document = item_document(identity.path, data)
    written, problems = submission(document)
    if written is None:
        raise RefusedError("；".join(one.message for one in (*document.problems, *problems)))
    return Item(str(identity), identity, document, written, Standing(State.PENDING))


def _if_adopted(item: Item, around: County, desk: Desk) -> tuple[Line, ...]:
    standing = Standing(State.ADOPTED, desk.actor.account, desk.today)
    found = adoptions(item.submission, standing, around.registry)
    adopted = replace(item, standing=standing, adoptions=found)
    return lines_of(adopted, replace(around, items=(*around.items, adopted)))
