"""What a change of an item amounts to: no key of the model is nobody's, and nothing slips by unseen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bases import BASE
from permissions.people import OWN, change
from zhibao.check.acts import acts
from zhibao.model.permissions import Change, Matter, Stage
from zhibao.model.submission import KEY_ORDER, Review

M = Matter
KEYS = {
    "title": M.TEXT,
    "unit": M.TEXT,
    "officer": M.TEXT,
    "kind": M.TEXT,
    "submitted": M.TEXT,
    "happened": M.TEXT,
    "tags": M.LABELS,
    "summary": M.TEXT,
    "call": M.LABELS,
    "with": M.TEXT,
    "resubmits": M.TEXT,
    "media": M.TEXT,
    "audience": M.LABELS,
    "clearance": M.CLEARANCE,
    "sources": M.SOURCES,
    "received": M.ENTRY,
    "corrections": M.CORRECTION,
    "imported": M.ENTRY,
}
"""Every key of the front matter but `review`. A new key of the model fails here until somebody says whose it is."""
IN_REVIEW = {
    "decision": M.DECISION,
    "by": M.DECISION,
    "date": M.DECISION,
    "reason": M.DECISION,
    "quality": M.MARKS,
    "withdrawn": M.WITHDRAWAL,
    "adoptions": M.REPORTED,
    "instructions": M.REPORTED,
}
"""Every key of `review`, of an item that is not decided yet."""

FRONT, BODY = BASE.removeprefix("---\n").split("---\n\n")


def with_front(*lines: str, gone: str = "") -> str:
    kept = [line for line in FRONT.splitlines() if not (gone and line.startswith(f"{gone}:"))]
    return "---\n" + "\n".join([*kept, *lines]) + f"\n---\n\n{BODY}"


def matters(
    before: str | None, after: str | None, stage: Stage = Stage.PENDING
) -> list[tuple[Change, Matter]]:
    return [(placed.act.change, placed.act.matter) for placed in acts(change(before, after, stage))]


def test_every_key_of_the_model_is_assigned() -> None:
    assert [*KEYS, "review"] == list(KEY_ORDER)
    assert set(IN_REVIEW) == set(Review.model_fields)


def test_no_key_of_the_editors_is_an_officers_matter() -> None:
    officers = {M.TEXT, M.LABELS, M.CLEARANCE}
    assert {key for key, matter in KEYS.items() if matter not in officers} == {
        "sources",
        "received",
        "corrections",
        "imported",
    }
    assert not officers & set(IN_REVIEW.values())


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("stage", Stage)
def test_a_changed_key_is_its_matter_at_every_stage(key: str, stage: Stage) -> None:
    before, after = with_front(gone=key), with_front(f"{key}: 别的", gone=key)
    for one, other in ((before, after), (after, before), (with_front(f"{key}: 旧的", gone=key), after)):
        assert matters(one, other, stage) == [(Change.EDIT, KEYS[key])]
    (placed,) = acts(change(before, after, stage))
    assert placed.at == (key,)
    assert (placed.act.stage, placed.act.unit) == (stage, OWN)


@pytest.mark.parametrize("key", IN_REVIEW)
@pytest.mark.parametrize("stage", Stage)
def test_a_changed_key_of_review_is_its_matter(key: str, stage: Stage) -> None:
    own = IN_REVIEW[key]
    decided = stage in (Stage.ADOPTED, Stage.CLOSED)
    wanted = M.REOPENING if own is M.DECISION and decided else own
    before, after = with_front("review:", f"  {key}: 旧的"), with_front("review:", f"  {key}: 别的")
    assert matters(before, after, stage) == [(Change.EDIT, wanted)]
    assert matters(with_front(), after, stage) == [(Change.EDIT, wanted)]
    assert matters(after, with_front(), stage) == [(Change.EDIT, wanted)]


@pytest.mark.parametrize("written", ["review:", "review: {}", "review: []", "review: 采用", "review: null"])
def test_a_review_that_is_nothing_is_still_a_word_of_the_editors(written: str) -> None:
    assert matters(with_front(), with_front(written)) == [(Change.EDIT, M.DECISION)]
    assert M.DECISION in [matter for _, matter in matters(None, with_front(written), Stage.NEW)]


def test_a_new_item_says_each_of_its_matters_once() -> None:
    text = with_front("clearance: {by: 李强, date: 2026-10-12}", "sources: []", "review: {by: lisi}")
    assert set(matters(None, text, Stage.NEW)) == {
        (Change.ADD, matter) for matter in (M.TEXT, M.LABELS, M.CLEARANCE, M.SOURCES, M.DECISION)
    }
    assert len(matters(None, text, Stage.NEW)) == 5


def test_the_body_is_text_and_white_space_around_it_is_nothing() -> None:
    assert matters(BASE, BASE.replace("九个村", "七个村")) == [(Change.EDIT, M.TEXT)]
    assert matters(BASE, BASE.rstrip() + "\n\n\n") == []
    assert matters(BASE, "\ufeff" + BASE.replace("\n", "\r\n")) == []


def test_a_deletion_is_one_act_whatever_the_file_held() -> None:
    assert matters(with_front("review: {decision: adopted}"), None, Stage.ADOPTED) == [
        (Change.DELETE, M.TEXT)
    ]


def test_a_move_is_an_act_of_its_own_beside_what_else_changes() -> None:
    moved = change(BASE, BASE, Stage.ADOPTED, Change.MOVE)
    assert [(one.act.change, one.act.matter) for one in acts(moved)] == [(Change.MOVE, M.FILE)]
    moved = change(BASE, BASE.replace("九个村", "七个村"), Stage.ADOPTED, Change.MOVE)
    assert [(one.act.change, one.act.matter) for one in acts(moved)] == [
        (Change.MOVE, M.FILE),
        (Change.EDIT, M.TEXT),
    ]


def test_a_correction_covers_the_text_that_it_corrects_and_only_of_an_adopted_item() -> None:
    corrected = with_front("corrections:", "  - {date: 2026-11-24, reason: 户数有误}").replace(
        "九个村", "七个村"
    )
    assert matters(BASE, corrected, Stage.ADOPTED) == [(Change.EDIT, M.CORRECTION)]
    assert set(matters(BASE, corrected, Stage.PENDING)) == {
        (Change.EDIT, M.CORRECTION),
        (Change.EDIT, M.TEXT),
    }
    assert matters(BASE, BASE.replace("九个村", "七个村"), Stage.ADOPTED) == [(Change.EDIT, M.TEXT)]
    with_review = corrected.replace("---\n\n", "review: {decision: declined}\n---\n\n")
    assert (Change.EDIT, M.REOPENING) in matters(BASE, with_review, Stage.ADOPTED)


@pytest.mark.parametrize(
    "broken",
    [
        BASE.removeprefix("---\n"),
        "",
        BASE.replace("kind: 经验", "kind: [经验"),
        BASE.replace("unit: daba", "unit: daba\nunit: nandu"),
    ],
)
def test_a_file_that_cannot_be_read_is_compared_as_it_is(broken: str) -> None:
    assert (Change.EDIT, M.TEXT) in matters(BASE, broken)
    assert (Change.EDIT, M.TEXT) in matters(broken, BASE)
    assert (Change.ADD, M.TEXT) in matters(None, broken, Stage.NEW)
    assert matters(broken, broken) == []


def test_the_second_of_two_equal_keys_is_not_overlooked() -> None:
    twice = BASE.replace("unit: daba", "unit: daba\nunit: nandu")
    assert matters(twice, twice.replace("unit: nandu", "unit: shuiwu"), Stage.ADOPTED) == [
        (Change.EDIT, M.TEXT)
    ]


_VALUES = st.sampled_from(
    ["", " 甲", " [甲, 乙]", " {by: 甲}", " 2026-10-10", "\n  decision: held", "\n  - {date: 2026-10-10}"]
)
_FRONTS = st.dictionaries(st.sampled_from([*KEY_ORDER, "weather"]), _VALUES)


@given(_FRONTS, _FRONTS, st.sampled_from(Stage))
def test_a_difference_is_never_without_an_act_and_sameness_never_with_one(
    old: dict[str, str], new: dict[str, str], stage: Stage
) -> None:
    before, after = (
        "---\n" + "".join(f"{key}:{value}\n" for key, value in one.items()) + "---\n\n正文。\n"
        for one in (old, new)
    )
    found = acts(change(before, after, stage))
    same = change(before, after, stage)
    assert same.before
    assert same.after
    differs = same.before.values != same.after.values
    assert bool(found) == differs
    assert len({placed.act for placed in found}) == len(found)
