"""The parts of the 质量分 that can be read off an item: each a degree from 0 to 1 and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhibao.model import reading
from zhibao.model.county import County, Item
from zhibao.model.policy.quality import QualityRules, Weights
from zhibao.model.resemblance import Resemblance
from zhibao.score.wording import percentage

LATE_STEP = Decimal("0.25")
"""What each working day beyond the limit takes from timeliness."""

_ALL, _HALF, _NONE = Decimal(1), Decimal("0.5"), Decimal(0)


@dataclass(frozen=True, slots=True)
class Reading:
    """One part before it is scaled: `degree` (0 to 1) of `weight` points."""

    name: str
    weight: int
    degree: Decimal
    why: str


Degree = tuple[Decimal, str]


def readings(item: Item, county: County, resemblances: Sequence[Resemblance]) -> Iterator[Reading]:
    """Every readable part that the rules of the item's day give a weight, in the rules' order."""
    rules = county.registry.rules_on(item.submitted_on).quality
    weights = rules.weights
    found: dict[str, Degree] = {
        "timeliness": timeliness(item, county, rules),
        "elements": elements(item, county),
        "length": length(item, county),
        "single": single(item),
        "figures": figures(item, rules),
        "call": call(item, county),
        "novelty": novelty(item, county, resemblances),
    }
    for key, field in Weights.model_fields.items():
        weight = int(getattr(weights, key))
        if weight:
            degree, why = found[key]
            yield Reading(field.title or key, weight, degree, why)


def timeliness(item: Item, county: County, rules: QualityRules) -> Degree:
    """Working days from the event to the item's arrival; half where it does not say when it happened."""
    happened = item.submission.happened
    if happened is None:
        return _HALF, "没有写发生日期（happened），看不出快慢，按一半计"
    kind = item.submission.kind
    limit = rules.timeliness.limit(kind)
    taken = county.registry.calendar.working_days(happened, item.submitted_on)
    late = taken - limit
    fact = f"事发后 {taken} 个工作日报送，{kind}应在 {limit} 个工作日以内"
    if late <= 0:
        return _ALL, fact
    degree = max(_NONE, _ALL - LATE_STEP * late)
    return degree, f"{fact}，迟了 {late} 个工作日，每迟一天扣四分之一"


def elements(item: Item, county: County) -> Degree:
    """The elements that the item's kind asks for and the text gives."""
    kind = county.registry.office.kind(item.submission.kind)
    if kind is None:
        return _HALF, f"“{item.submission.kind}”这个类型没有登记，看不出要素，按一半计"
    if not kind.elements:
        return _ALL, f"{kind.name}没有规定要素"
    office = county.registry.office
    missing = reading.missing_elements(item.submission.title, item.body, kind, office)
    degree = 1 - Decimal(len(missing)) / len(kind.elements)
    listed = "、".join(kind.elements)
    if not missing:
        return _ALL, f"{kind.name}应有的{listed}都有"
    return max(_NONE, degree), f"{kind.name}应有{listed}，看不到{'、'.join(missing)}"


def length(item: Item, county: County) -> Degree:
    """Whether the body is as long as its kind should be; outside the range, in proportion."""
    kind = county.registry.office.kind(item.submission.kind)
    if kind is None:
        return _HALF, f"“{item.submission.kind}”这个类型没有登记，没有字数范围，按一半计"
    size, (low, high) = reading.length(item.body), kind.length
    fact = f"正文 {size} 字，{kind.name}以 {low}—{high} 字为宜"
    if size < low:
        return Decimal(size) / low, f"{fact}，短了"
    if size > high:
        return Decimal(high) / size, f"{fact}，长了"
    return _ALL, fact


def single(item: Item) -> Degree:
    """One matter an item: half for two, nothing for more."""
    matters = reading.matters(item.submission.title, item.body)
    if matters < 1:
        return _NONE, "看不出写了什么事"
    if matters == 1:
        return _ALL, "写的是一件事"
    return (_HALF if matters == 2 else _NONE), f"像是写了 {matters} 件事，应当一事一报"


def figures(item: Item, rules: QualityRules) -> Degree:
    """Figures with a unit, up to as many as the rules hold to be enough."""
    count = reading.figures(item.body)
    fact = f"有 {count} 个带单位的数字" if count else "没有带单位的数字"
    return Decimal(min(count, rules.enough)) / rules.enough, f"{fact}，{rules.enough} 个就算充实"


def call(item: Item, county: County) -> Degree:
    """Whether the item answers a call that was open when it arrived; half where not: it is no fault."""
    id_ = item.submission.call
    if id_ is None:
        return _HALF, "没有对应的报送要点，按一半计"
    found = county.registry.call_by_id.get(id_)
    if found is None:
        return _HALF, f"没有“{id_}”这个报送要点，按一半计"
    day = item.submitted_on
    if found.is_open_on(day):
        return _ALL, f"答复了报送要点“{found.title}”，在 {found.due:%Y-%m-%d} 截止以前"
    when = f"{found.due:%Y-%m-%d} 已经截止" if day > found.due else f"{found.since:%Y-%m-%d} 才发布"
    return _HALF, f"报送要点“{found.title}”{when}，按一半计"


def novelty(item: Item, county: County, resemblances: Sequence[Resemblance]) -> Degree:
    """What is not in any earlier item. Its own earlier version and the items it was made from are no copies.

    The sentence does not name the earlier item: it may be one that the reader may not see.
    """
    own = _own_forebears(item, county)
    others = [found for found in resemblances if found.id not in own and _is_earlier(found.id, item, county)]
    most = Decimal(str(round(min(max((other.share for other in others), default=0.0), 1.0), 4)))
    if most <= 0:
        return _ALL, "与以前的信息没有重复"
    return 1 - most, f"与以前的一条信息有 {percentage(most)} 相同"


def _own_forebears(item: Item, county: County) -> set[str]:
    """Itself, the items it was made from, and the chain of items it resubmits."""
    own = {item.id, *(source.id for source in item.submission.sources)}
    earlier = item.submission.resubmits
    while earlier and earlier not in own:
        own.add(earlier)
        before = county.item(earlier)
        earlier = before.submission.resubmits if before else None
    return own


def _is_earlier(id_: str, item: Item, county: County) -> bool:
    other = county.item(id_)
    if other is None:
        return id_ < item.id  # ids begin with the time of submission
    return (other.submission.arrived, other.id) < (item.submission.arrived, item.id)
