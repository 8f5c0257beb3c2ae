"""The permission matrix, whole: every capacity, area, matter, change and stage against a table written by hand.

The table was written from what the design says of each person, not from the code: `a` add, `e` edit, `d` delete, `m` move; what has no row
is not allowed to anybody.
"""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from permissions.people import OTHER, OWN, person, registry
from zhibao.model.actors import Actor, Capacity, actor_on
from zhibao.model.areas import Area
from zhibao.model.permissions import (
    LANDING,
    MATRIX,
    STAGES,
    TRANSITIONS,
    Act,
    Change,
    Matter,
    Stage,
    allowed,
    who_may,
)
from zhibao.model.standing import State

LETTERS = {"a": Change.ADD, "e": Change.EDIT, "d": Change.DELETE, "m": Change.MOVE}

ITEMS = """
who         matter      new   pending held  adopted closed
officer     text        aed   aed     -     -       -
officer     labels      aed   aed     -     -       -
officer     clearance   aed   aed     -     -       -
supervisor  clearance   ae    ae      ae    ae      ae
editor      text        aedm  aedm    aedm  -       -
editor      labels      aedm  aedm    aedm  e       e
editor      clearance   aedm  aedm    aedm  e       e
editor      entry       aedm  aedm    aedm  -       -
editor      sources     aedm  aedm    aedm  -       -
editor      decision    aedm  aedm    aedm  -       -
editor      correction  -     e       e     e       e
editor      marks       aedm  aedm    aedm  aedm    aedm
editor      reported    aedm  aedm    aedm  aedm    aedm
editor      file        m     m       m     m       m
chief       reopening   -     e       e     e       e
chief       withdrawal  -     e       e     e       e
stranger    text        a     a       -     -       -
stranger    labels      a     a       -     -       -
"""
OWN_ONLY = {"officer", "supervisor"}
"""Those who may only touch the items of a unit of theirs."""

FILES = """
who         area        changes
officer     media       a
editor      media       aedm
editor      desk        aedm
maintainer  desk        aedm
maintainer  registry    aedm
maintainer  code        aedm
stranger    media       a
"""

ROSTER = """
who         area        changes
editor      registry    e
maintainer  registry    e
"""
"""Who may change the roster where officers are added to it, and nothing else."""

DECISIONS = """
from \\ to   pending held    adopted declined filed
pending     .       editor  editor  editor   editor
held        -       editor  editor  editor   editor
adopted     chief   chief   .       chief    chief
declined    chief   chief   chief   .        chief
filed       chief   chief   chief   chief    .
"""
"""Who turns one state into another; `.` is no change, `-` nobody."""


def rows(table: str) -> list[dict[str, str]]:
    head, *lines = [line.replace("from \\ to", "from").split() for line in table.strip().splitlines()]
    return [dict(zip(head, line, strict=True)) for line in lines]


def expected() -> set[tuple[Capacity, Area, Matter, Change, Stage, bool]]:
    """Everything that is allowed, for items of one's own unit (True) and of others (False)."""
    found = set()
    for row in rows(ITEMS):
        for stage, own in product(Stage, (True, False)):
            if own or row["who"] not in OWN_ONLY:
                for letter in row[stage.value].replace("-", ""):
                    found.add(
                        (Capacity(row["who"]), Area.ITEM, Matter(row["matter"]), LETTERS[letter], stage, own)
                    )
    for table, matter in ((FILES, Matter.FILE), (ROSTER, Matter.OFFICERS)):
        for row in rows(table):
            for letter, stage, own in product(row["changes"], Stage, (True, False)):
                found.add((Capacity(row["who"]), Area(row["area"]), matter, LETTERS[letter], stage, own))
    return found


def test_the_whole_matrix_is_as_written() -> None:
    tried = list(product(Capacity, Area, Matter, Change, Stage, (True, False)))
    assert len(tried) == 6 * 6 * 13 * 4 * 5 * 2
    is_allowed = {
        (capacity, area, matter, kind, stage, own)
        for capacity, area, matter, kind, stage, own in tried
        if allowed(person(capacity), Act(area, kind, matter, stage, OWN if own else OTHER))
    }
    assert {tuple(map(str, one)) for one in is_allowed ^ expected()} == set()


def test_nothing_at_all_is_allowed_elsewhere() -> None:
    everybody = person(*(set(Capacity) - {Capacity.STRANGER}))
    for matter, kind, stage in product(Matter, Change, Stage):
        assert not allowed(everybody, Act(Area.ELSEWHERE, kind, matter, stage, OWN))


def test_every_transition_is_somebodys_or_nobodys() -> None:
    found = {}
    for row in rows(DECISIONS):
        for after in State:
            who = row[after.value]
            if who not in (".", "-"):
                found[(State(row["from"]), after)] = Capacity(who)
    assert found == TRANSITIONS
    assert {row["from"] for row in rows(DECISIONS)} == {state.value for state in State}


def test_every_state_has_a_stage_and_every_stage_but_new_a_state() -> None:
    assert set(STAGES) == set(State)
    assert set(STAGES.values()) == set(Stage) - {Stage.NEW}


def test_who_may_change_a_decision_by_its_file_may_do_so_by_a_transition() -> None:
    """The two tables agree: undecided and held items are the editor's, decided ones the chief editor's."""
    for (before, _), capacity in TRANSITIONS.items():
        stage = STAGES[before]
        matter = Matter.REOPENING if stage in (Stage.ADOPTED, Stage.CLOSED) else Matter.DECISION
        assert allowed(person(capacity), Act(Area.ITEM, Change.EDIT, matter, stage, OTHER))


def test_who_lands_on_the_branch() -> None:
    assert {capacity.value for capacity in LANDING} == {"editor", "chief", "maintainer"}


def test_everything_has_a_word_that_a_reader_sees() -> None:
    for kind in (Capacity, Area, Matter, Change, Stage, State):
        labels = [one.label for one in kind]
        assert len(set(labels)) == len(labels)
        assert all(any("\u4e00" <= character <= "\u9fff" for character in label) for label in labels)


def test_no_row_stands_twice() -> None:
    assert len(set(MATRIX)) == len(MATRIX)


# properties


_CAPACITIES = st.frozensets(st.sampled_from(list(Capacity)))
_UNITS = st.frozensets(st.sampled_from([OWN, OTHER, "shuiwu"]))
_ACTS = st.builds(
    Act,
    st.sampled_from(Area),
    st.sampled_from(Change),
    st.sampled_from(Matter),
    st.sampled_from(Stage),
    st.sampled_from([OWN, OTHER, "shuiwu", ""]),
)


@st.composite
def _actors(draw: st.DrawFn) -> Actor:
    return Actor("x", "", draw(_CAPACITIES), draw(_UNITS), draw(_UNITS))


@given(_ACTS, _UNITS, _UNITS)
def test_nobody_gains_by_having_no_capacity(
    act: Act, units: frozenset[str], supervises: frozenset[str]
) -> None:
    assert not allowed(Actor("x", "", frozenset(), units, supervises), act)


@given(_ACTS)
def test_a_stranger_may_nothing_that_an_officer_may_not_for_the_own_unit(act: Act) -> None:
    officer = Actor("x", "", frozenset({Capacity.OFFICER}), frozenset({act.unit}))
    if allowed(person(Capacity.STRANGER), act):
        assert allowed(officer, act)


@given(_actors(), _CAPACITIES, _UNITS, _UNITS, _ACTS)
def test_more_capacities_and_more_units_never_take_anything_away(
    actor: Actor, more: frozenset[Capacity], units: frozenset[str], supervises: frozenset[str], act: Act
) -> None:
    richer = Actor("x", "", actor.capacities | more, actor.units | units, actor.supervises | supervises)
    assert allowed(richer, act) >= allowed(actor, act)


@given(_CAPACITIES, _CAPACITIES, _UNITS, _UNITS, _ACTS)
def test_two_posts_together_are_exactly_both(
    one: frozenset[Capacity],
    other: frozenset[Capacity],
    units: frozenset[str],
    supervises: frozenset[str],
    act: Act,
) -> None:
    parts = [allowed(Actor("x", "", capacities, units, supervises), act) for capacities in (one, other)]
    assert allowed(Actor("x", "", one | other, units, supervises), act) == any(parts)


@given(_ACTS, _UNITS)
def test_an_officers_units_are_not_a_supervisors(act: Act, units: frozenset[str]) -> None:
    """To write for a unit is not to answer for it: neither gives the other's rights."""
    assert not allowed(Actor("x", "", frozenset({Capacity.SUPERVISOR}), units=units), act)
    assert not (
        act.area is Area.ITEM
        and allowed(Actor("x", "", frozenset({Capacity.OFFICER}), supervises=units), act)
    )


@given(_actors(), _ACTS)
def test_whoever_is_allowed_is_named_among_those_who_may(actor: Actor, act: Act) -> None:
    if allowed(actor, act):
        assert actor.capacities & {right.capacity for right in who_may(act)}


@given(st.text(max_size=20))
def test_an_account_that_the_base_does_not_name_is_a_stranger(account: str) -> None:
    """So is one that only the proposal adds: the proposal's roster is never asked."""
    known = {editor.account for editor in registry().editors}
    for unit in registry().units:
        known |= {one.account for one in (*unit.officers, *unit.supervisor.values()) if one.account}
    if account.casefold() not in {name.casefold() for name in known}:
        actor = actor_on(registry(), registry().rules[0].since, account=account)
        assert actor.capacities == {Capacity.STRANGER}
        assert not actor.units | actor.supervises
