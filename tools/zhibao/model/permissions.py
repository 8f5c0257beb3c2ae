"""Who may change what: the permission matrix as data (DESIGN.md, “A submission: every key, and who owns it”).

Roster and rules are always the base's: an account that a proposal adds has no rights in that proposal.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zhibao.model.actors import Actor, Capacity
from zhibao.model.areas import Area
from zhibao.model.standing import State


class Change(StrEnum):
    """What happens to a path. `MOVE`: an item goes to another folder and keeps its id."""

    ADD = "add"
    EDIT = "edit"
    DELETE = "delete"
    MOVE = "move"

    @property
    def label(self) -> str:
        """The Chinese word that a reader sees."""
        return {"add": "新增", "edit": "修改", "delete": "删除", "move": "移动"}[self.value]


class Matter(StrEnum):
    """What of an item a change touches. Files that are no items have `FILE`; the roster has `OFFICERS` where a change only adds some."""

    FILE = "file"
    TEXT = "text"
    LABELS = "labels"
    CLEARANCE = "clearance"
    ENTRY = "entry"
    SOURCES = "sources"
    CORRECTION = "correction"
    DECISION = "decision"
    REOPENING = "reopening"
    MARKS = "marks"
    REPORTED = "reported"
    WITHDRAWAL = "withdrawal"
    OFFICERS = "officers"

    @property
    def label(self) -> str:
        """The Chinese words that a reader sees."""
        return {
            "file": "整个文件",
            "text": "标题、正文等信息员写的内容",
            "labels": "标签、报送要点、阅读范围",
            "clearance": "公开审核（clearance）",
            "entry": "代录和档案（received、imported）",
            "sources": "来源信息（sources）",
            "correction": "更正（corrections 和随之改动的文字）",
            "decision": "处理决定（review）",
            "reopening": "改变已作的决定",
            "marks": "编辑评分（review.quality）",
            "reported": "上级采用和批示",
            "withdrawal": "撤下（review.withdrawn）",
            "officers": "只给单位添信息员（registry/units.yml）",
        }[self.value]


class Stage(StrEnum):
    """Where an item stands on the base: not there, undecided, held, adopted, or otherwise decided."""

    NEW = "new"
    PENDING = "pending"
    HELD = "held"
    ADOPTED = "adopted"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The Chinese words that a reader sees."""
        return {
            "new": "还没有合并",
            "pending": "待处理",
            "held": "留用",
            "adopted": "已采用",
            "closed": "不采用或备查",
        }[self.value]


STAGES: dict[State, Stage] = {
    State.PENDING: Stage.PENDING,
    State.HELD: Stage.HELD,
    State.ADOPTED: Stage.ADOPTED,
    State.DECLINED: Stage.CLOSED,
    State.FILED: Stage.CLOSED,
}


@dataclass(frozen=True, slots=True)
class Right:
    """One row of the matrix: in this capacity these changes of these matters are allowed at these stages.

    `own`: only for items of the actor's own unit. What no row allows is refused.
    """

    capacity: Capacity
    area: Area
    changes: frozenset[Change]
    matters: frozenset[Matter] = frozenset({Matter.FILE})
    stages: frozenset[Stage] = frozenset(Stage)
    own: bool = False


_C, _A, _M, _S = Capacity, Area, Matter, Stage
_ANY = frozenset({Change.ADD, Change.EDIT, Change.DELETE, Change.MOVE})
_ADD, _EDIT = frozenset({Change.ADD}), frozenset({Change.EDIT})
_WRITE = frozenset({Change.ADD, Change.EDIT})
_OPEN = frozenset({_S.NEW, _S.PENDING})
_OFFICERS = frozenset({_M.TEXT, _M.LABELS, _M.CLEARANCE})
_UNDECIDED = frozenset({_S.NEW, _S.PENDING, _S.HELD})
_STANDING = frozenset(Stage) - {_S.NEW}

MATRIX: tuple[Right, ...] = (
    Right(_C.OFFICER, _A.ITEM, _ADD | _EDIT, _OFFICERS, _OPEN, own=True),
    Right(_C.OFFICER, _A.ITEM, frozenset({Change.DELETE}), _OFFICERS, _OPEN, own=True),
    Right(_C.OFFICER, _A.MEDIA, _ADD),
    Right(_C.SUPERVISOR, _A.ITEM, _WRITE, frozenset({_M.CLEARANCE}), own=True),
    Right(_C.EDITOR, _A.ITEM, _ANY, _OFFICERS | {_M.ENTRY, _M.SOURCES, _M.DECISION}, _UNDECIDED),
    Right(_C.EDITOR, _A.ITEM, _ANY, frozenset({_M.MARKS, _M.REPORTED})),
    Right(_C.EDITOR, _A.ITEM, _EDIT, frozenset({_M.LABELS, _M.CLEARANCE, _M.CORRECTION}), _STANDING),
    Right(_C.EDITOR, _A.ITEM, frozenset({Change.MOVE}), frozenset({_M.FILE})),
    Right(_C.EDITOR, _A.MEDIA, _ANY),
    Right(_C.EDITOR, _A.DESK, _ANY),
    Right(_C.EDITOR, _A.REGISTRY, _EDIT, frozenset({_M.OFFICERS})),
    Right(_C.CHIEF, _A.ITEM, _EDIT, frozenset({_M.REOPENING, _M.WITHDRAWAL}), _STANDING),
    Right(_C.MAINTAINER, _A.DESK, _ANY),
    Right(_C.MAINTAINER, _A.REGISTRY, _ANY),
    Right(_C.MAINTAINER, _A.REGISTRY, _EDIT, frozenset({_M.OFFICERS})),
    Right(_C.MAINTAINER, _A.CODE, _ANY),
    Right(_C.STRANGER, _A.ITEM, _ADD, frozenset({_M.TEXT, _M.LABELS}), _OPEN),
    Right(_C.STRANGER, _A.MEDIA, _ADD),
)
"""Everything that is allowed. A chief editor is an editor too; whoever is on no roster may propose, and no more."""

TRANSITIONS: dict[tuple[State, State], Capacity] = {
    **{(State.PENDING, after): Capacity.EDITOR for after in State if after is not State.PENDING},
    **{
        (State.HELD, after): Capacity.EDITOR
        for after in (State.HELD, State.ADOPTED, State.DECLINED, State.FILED)
    },
    **{
        (before, after): Capacity.CHIEF
        for before in (State.ADOPTED, State.DECLINED, State.FILED)
        for after in State
        if after is not before
    },
}
"""Who may turn one state into another; an item that is only proposed counts as pending."""

LANDING = frozenset({Capacity.EDITOR, Capacity.CHIEF, Capacity.MAINTAINER})
"""The capacities that may merge into, or push to, the office's branch."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a change does: to which area, to what of it, at which stage; `unit` is the item's on the base, else as proposed."""

    area: Area
    change: Change
    matter: Matter = Matter.FILE
    stage: Stage = Stage.NEW
    unit: str = ""


def allowed(actor: Actor, act: Act) -> bool:
    """Whether some row of the matrix allows it."""
    return any(_covers(right, act) and _is_of(right, actor, act.unit) for right in MATRIX)


def who_may(act: Act) -> tuple[Right, ...]:
    """The rows that would allow an act, so that a refusal can say whose it is."""
    return tuple(right for right in MATRIX if _covers(right, act))


def _covers(right: Right, act: Act) -> bool:
    return (
        right.area is act.area
        and act.change in right.changes
        and act.matter in right.matters
        and act.stage in right.stages
    )


def _is_of(right: Right, actor: Actor, unit: str) -> bool:
    """Whether this row is the actor's, for an item of that unit."""
    if right.capacity not in actor.capacities:
        return False
    own = actor.supervises if right.capacity is Capacity.SUPERVISOR else actor.units
    return not right.own or unit in own
