"""A refusal says what is not allowed, whose it is, and what to do: of everything that the matrix refuses, to everybody."""

from __future__ import annotations

import re
from itertools import product

import pytest

from bases import BASE
from permissions.people import OTHER, change, person, proposal
from permissions.test_acts import IN_REVIEW, KEYS, with_front
from zhibao.check.acts import acts
from zhibao.check.proposal import items_permitted
from zhibao.check.refusals import of_path
from zhibao.model.actors import Capacity
from zhibao.model.areas import Area
from zhibao.model.permissions import Act, Change, Stage, allowed, who_may

PEOPLE = {
    "officer": person(Capacity.OFFICER),
    "supervisor": person(Capacity.SUPERVISOR),
    "editor": person(Capacity.EDITOR),
    "chief": person(Capacity.CHIEF, Capacity.EDITOR),
    "maintainer": person(Capacity.MAINTAINER),
    "stranger": person(Capacity.STRANGER),
}
CHANGES = {
    **{key: (BASE, with_front(f"{key}: 别的", gone=key)) for key in KEYS},
    **{f"review.{key}": (BASE, with_front("review:", f"  {key}: 别的")) for key in IN_REVIEW},
    "body": (BASE, BASE.replace("九个村", "七个村")),
    "deletion": (BASE, None),
    "addition": (None, with_front("review: {decision: adopted}")),
}
OWNERS = [capacity.label for capacity in Capacity if capacity is not Capacity.STRANGER]


@pytest.mark.parametrize("who", PEOPLE)
def test_every_refusal_says_whose_it_is_and_what_to_do(who: str) -> None:
    actor, refused_once = PEOPLE[who], 0
    for (name, (before, after)), stage, id_ in product(
        CHANGES.items(), Stage, ("20261124-1231-daba", "20261124-1231-nandu")
    ):
        if (stage is Stage.NEW) != (before is None) and name != "addition":
            continue
        one = change(before, after, stage, id_=id_)
        refused = [placed.act for placed in acts(one) if not allowed(actor, placed.act)]
        hits = list(items_permitted(proposal(actor, [one])))
        assert bool(hits) == bool(refused), (name, stage, id_)
        refused_once += bool(hits)
        for hit in hits:
            assert hit.message, (name, stage)
            assert hit.help, (name, stage)
            assert re.search("请|由|加上", hit.help), hit.help
            told = [word for word in [*OWNERS, "corrections", "zhibao"] if word in hit.help]
            assert told, (name, stage, hit.message, hit.help)
            assert "None" not in hit.message + hit.help
    assert refused_once


@pytest.mark.parametrize("who", PEOPLE)
def test_who_is_named_may_really_do_it(who: str) -> None:
    """`由…填写`, `由…办`: everybody named there is allowed the act."""
    actor, found = PEOPLE[who], 0
    for (name, (before, after)), stage in product(CHANGES.items(), Stage):
        one = change(before, after, stage)
        for placed in acts(one):
            if allowed(actor, placed.act):
                continue
            for hit in items_permitted(proposal(actor, [one])):
                for match in re.finditer("由([\u4e00-\u9fff、]+?)(?:填写|办|改)", hit.message + hit.help):
                    found += 1
                    named = match[1].split("、")
                    may = {right.capacity.label for two in acts(one) for right in who_may(two.act)}
                    assert set(named) <= may, (name, stage, hit)
    assert found or who == "chief"


@pytest.mark.parametrize(
    ("area", "kind"), list(product([Area.MEDIA, Area.DESK, Area.REGISTRY, Area.CODE], Change))
)
def test_a_refused_path_names_those_who_may(area: Area, kind: Change) -> None:
    for actor in PEOPLE.values():
        if not allowed(actor, Act(area, kind)):
            message, mend = of_path(actor, area, kind)
            assert kind.label in message
            assert area.label in message
            owners = {right.capacity.label for right in who_may(Act(area, kind))} - {"名册外的人"}
            assert owners
            assert all(owner in mend for owner in owners)


def test_somebody_elses_item_is_said_once_with_both_units_by_name() -> None:
    one = change(None, BASE, Stage.NEW, id_="20261124-1231-nandu")
    hits = list(items_permitted(proposal(PEOPLE["officer"], [one])))
    assert [(hit.message, hit.help) for hit in hits] == [
        (
            "这是南渡镇的信息，王敏是大坝镇的信息员，不能新增",
            "本单位的信息用本单位的编号（daba）；南渡镇的请由该单位的信息员报送",
        )
    ]
    assert one.unit == OTHER


def test_words_that_an_officer_reads() -> None:
    one = change(None, with_front("review:", "  decision: adopted", "received: {via: 微信}"), Stage.NEW)
    told = [f"{hit.message}；{hit.help}" for hit in items_permitted(proposal(PEOPLE["officer"], [one]))]
    assert told == [
        "处理决定（review）由编辑填写，王敏（信息员）不能写；请删去 review 及其下各行；由编辑办",
        "代录和档案（received、imported）由编辑填写，王敏（信息员）不能写；请删去 received 及其下各行；由编辑办",
    ]


def test_an_adopted_text_wants_a_correction_and_says_how_it_is_written() -> None:
    one = change(BASE, BASE.replace("九个村", "七个村"), Stage.ADOPTED)
    (hit,) = items_permitted(proposal(PEOPLE["editor"], [one]))
    assert hit.message == "已采用的信息改动了内容，没有写更正（corrections）"
    assert "- {date: 2026-11-24, reason: 更正了什么}" in hit.help
    (hit,) = items_permitted(proposal(PEOPLE["officer"], [one]))
    assert hit.message == "这条信息已采用，王敏（信息员）不能改标题、正文等信息员写的内容"
    assert "编辑" in hit.help or "主编" in hit.help


def test_nobody_is_sent_to_himself() -> None:
    one = change(BASE, with_front("sources: []"), Stage.ADOPTED)
    (hit,) = items_permitted(proposal(PEOPLE["editor"], [one]))
    assert hit.message == "这条信息已采用，不能再改来源信息（sources）"
    assert hit.help == "请删去 sources 及其下各行；要重新办理，请主编先用 zhibao reopen"


def test_a_decided_item_cannot_be_deleted_by_anybody() -> None:
    for who, stage in product(PEOPLE, (Stage.ADOPTED, Stage.CLOSED)):
        (hit,) = items_permitted(proposal(PEOPLE[who], [change(BASE, None, stage)]))
        assert "不能删除" in hit.message
        assert "主编用 zhibao withdraw" in hit.help
