"""The rule packs under registry/rules/examples/, each with cases whose points are computed by hand from its document's numbers.

An office that removes the packs removes their cases with them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from score_county import OFFICE, adopted, item, registry, signed

from zhibao.check.policy import CHECKS
from zhibao.check.registry_subject import RegistrySubject
from zhibao.model.calls import Call
from zhibao.model.county import County, county
from zhibao.model.document import Document
from zhibao.model.history import History, Reach
from zhibao.model.office import Office
from zhibao.model.registry import Registry
from zhibao.model.understand import submission
from zhibao.repo.registry_files import read_rules
from zhibao.score.ledger import ledger, line_sums

EXAMPLES = Path(__file__).parents[2] / "registry" / "rules" / "examples"
CALL = {
    "id": "asked",
    "title": "约稿",
    "level": "县",
    "from": "2026-06-01",
    "due": "2026-12-31",
    "to": ["daba"],
}
NAMES = {
    "县": ["县信息"],
    "区": ["区信息"],
    "市": ["市信息", "市通报", "市参考", "市每日要情", "市专报"],
    "省": ["省信息", "省参考", "省重要信息"],
    "中央": ["国办信息", "中办信息"],
}
LEVELS = {
    "general": ["县", "市", "省", "中央"],
    "guangyuan": ["县", "市", "省", "中央"],
    "quzhou": ["县", "市", "省", "中央"],
    "bureau": ["县", "市", "省", "中央"],
    "chongqing": ["市"],
    "zhonglou": ["区", "市", "省"],
    "meizhou": ["县", "市", "省", "中央"],
}
FORMS = ["单篇", "单条", "综合", "简讯", "专报", "传阅"]
PACKS = [name for name in LEVELS if (EXAMPLES / f"{name}.yml").is_file()]


def office(name: str) -> Registry:
    """A county that has the words of a document, under its rules."""
    levels = LEVELS[name]
    names = [{"name": one, "level": level} for level in levels for one in NAMES[level]]
    kinds = [{"name": kind, "label": kind, "length": [1, 900]} for kind in ("动态", "调研", "专报", "约稿")]
    made: dict[str, Any] = OFFICE | {
        "levels": levels,
        "forms": FORMS,
        "publications": names,
        "kinds": kinds,
        "reasons": [{"code": "情况不实", "words": "与核实的情况不一致"}],
        "default": {"form": "单条", "publication": NAMES[levels[0]][0]},
    }
    read = read_rules(EXAMPLES / f"{name}.yml")
    assert read.findings == ()
    assert read.rules is not None
    base = registry()
    return Registry(
        Office.model_validate(made),
        base.units,
        base.editors,
        (read.rules,),
        calls=(Call.model_validate(CALL),),
    )


def points(name: str, documents: Iterable[Document]) -> dict[str, str]:
    """Points by unit."""
    return {unit: str(value) for unit, value in sorted(line_sums(ledger(built(name, documents))).items())}


def built(name: str, documents: Iterable[Document]) -> County:
    read = [(document, submission(document)[0]) for document in documents]
    assert all(understood is not None for _, understood in read)
    return county(office(name), read, History("main", Reach.UNREAD), datetime(2026, 12, 1, 9, 0))


def used(
    unit: str, *adoptions: dict[str, Any], number: int = 1, by: Iterable[str] = (), **more: Any
) -> Document:
    """An item of a unit with these adoptions, and instructions by leaders given as level and post."""
    given = [
        {"level": one.split(" ")[0], "date": f"2026-07-1{place}", "by": one.split(" ")[1]}
        for place, one in enumerate(by)
    ]
    review = signed("2026-07-01", adoptions=list(adoptions), instructions=given)
    return item(f"2026070{number}-0900-{unit}", review=review, **more)


def at(level: str, publication: str, form: str = "单条", **more: Any) -> dict[str, Any]:
    return adopted(level, "2026-07-05", form, publication) | more


CASES: dict[str, tuple[list[Document], dict[str, str]]] = {
    "general": (
        [
            # 县单条 3，市综合 4，省简讯 4，中央单篇 40；批示 市 10，县 5 → 66
            used(
                "daba",
                at("县", "县信息"),
                at("市", "市信息", "综合"),
                at("省", "省信息", "简讯"),
                at("中央", "中办信息", "单篇"),
                by=["市 市委书记", "县 县长"],
            ),
            # 约稿被县里单篇采用：5 + 1 → 6
            used("daba", at("县", "县信息", "单篇"), number=2, call="asked"),
        ],
        {"daba": "72.00"},
    ),
    "guangyuan": (
        [
            # 市信息 2；市通报 5；国务院批示 20 → 27
            used("daba", at("市", "市信息"), at("市", "市通报"), by=["中央 国务院领导"]),
            # 约稿被市采用 5；省参考 3，省重要信息 5；市领导批示 5，省领导批示 10 → 28
            used(
                "daba",
                at("市", "市信息"),
                at("省", "省参考"),
                at("省", "省重要信息"),
                number=2,
                call="asked",
                by=["市 市长", "省 省长"],
            ),
            # 中央 10
            used("nandu", at("中央", "中办信息")),
        ],
        {"daba": "55.00", "nandu": "10.00"},
    ),
    "quzhou": (
        [
            # 市每日要情 2，市信息 3，市专报 10；省里计 1.5 分，两倍 3；批示 10 → 28
            used(
                "daba",
                at("市", "市每日要情"),
                at("市", "市信息"),
                at("市", "市专报"),
                at("省", "省信息", score=1.5),
                by=["市 市长"],
            ),
            # 中央计 4 分，五倍 20
            used("nandu", at("中央", "国办信息", score=4)),
        ],
        {"daba": "28.00", "nandu": "20.00"},
    ),
    "bureau": (
        [
            # 县单条 5，市 10，省 20，国办 30，中办 50 → 115
            used(
                "daba",
                at("县", "县信息"),
                at("市", "市信息"),
                at("省", "省信息"),
                at("中央", "国办信息"),
                at("中央", "中办信息"),
            ),
            # 约稿 10
            used("daba", at("县", "县信息"), number=2, call="asked"),
            # 简讯 3
            used("nandu", at("县", "县信息", "简讯")),
            # 综合：两个单位各 3
            item(
                "20260709-0900-office",
                sources=[{"id": "20260703-0900-shuiwu"}, {"id": "20260703-0900-jiaoyu"}],
                review=signed("2026-07-09", adoptions=[at("县", "县信息", "综合")]),
            ),
            item("20260703-0900-shuiwu", review={}),
            item("20260703-0900-jiaoyu", review={}),
        ],
        {"daba": "125.00", "jiaoyu": "3.00", "nandu": "3.00", "shuiwu": "3.00"},
    ),
    "chongqing": (
        [
            # 专报 10；市委书记 10，市长再加 5，秘书长 5，再一次 3 → 33
            used(
                "daba",
                at("市", "市信息", "专报"),
                kind="专报",
                by=["市 市委书记", "市 市长", "市 市委秘书长", "市 秘书长"],
            ),
            # 动态 3，综合 1，简讯 1
            used("nandu", at("市", "市信息"), at("市", "市信息", "综合"), at("市", "市信息", "简讯")),
        ],
        {"daba": "33.00", "nandu": "5.00"},
    ),
    "zhonglou": (
        [
            # 区 10，市 15，省 30；批示 10、20、40 → 125
            used(
                "daba",
                at("区", "区信息"),
                at("市", "市信息"),
                at("省", "省信息"),
                by=["区 区长", "市 市长", "省 省长"],
            ),
            # 调研 20、30、50
            used("nandu", at("区", "区信息"), at("市", "市信息"), at("省", "省信息"), kind="调研"),
        ],
        {"daba": "125.00", "nandu": "100.00"},
    ),
    "meizhou": (
        [
            # 专报 5，附图加 1，市 3 → 9
            used("daba", at("县", "县信息", "专报"), at("市", "市信息"), media=["assets/a.jpg"]),
            # 约稿 3
            used("daba", at("县", "县信息"), number=2, call="asked"),
            # 传阅 4，综合 2，省 4，国家 5 → 15
            used(
                "nandu",
                at("县", "县信息", "传阅"),
                at("县", "县信息", "综合"),
                at("省", "省信息"),
                at("中央", "国办信息"),
            ),
            # 备查 1
            item("20260703-0900-shuiwu", review=signed("2026-07-04", decision="filed")),
        ],
        {"daba": "12.00", "nandu": "15.00", "shuiwu": "1.00"},
    ),
}


@pytest.mark.parametrize("name", PACKS)
def test_the_points_are_those_of_the_document(name: str) -> None:
    documents, expected = CASES[name]
    assert points(name, documents) == expected


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_says_nothing_that_its_county_does_not_know(name: str) -> None:
    known = office(name)
    subject = RegistrySubject(known, {}, History("main", Reach.UNREAD), {f"{name}.yml": known.rules[0]})
    assert [hit.message for check in CHECKS for hit in check.run(subject)] == []


def test_every_pack_has_its_case() -> None:
    there = {path.stem for path in EXAMPLES.glob("*.yml")} if EXAMPLES.is_dir() else set()
    assert there <= set(CASES)
