"""The editors' queue: what waits for whose word, since when, the worst first."""

from __future__ import annotations

import json
import random
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bases import COUNTY
from workflow.desk import GitCounty, Office, item_text, path_of, run
from zhibao.desk.editor import branch_now
from zhibao.desk.open_proposals import open_proposals
from zhibao.desk.queue import Queue, queue
from zhibao.desk.queue_words import WIDTH
from zhibao.desk.waiting import Owes
from zhibao.model.county import county
from zhibao.model.history import Arrival, History, Signature
from zhibao.model.standing import State
from zhibao.model.understand import submission
from zhibao.repo.commit_tree import CommitTree
from zhibao.repo.county_files import clock
from zhibao.repo.front_matter import item_document
from zhibao.repo.registry_files import read_registry
from zhibao.repo.work_tree import WorkTree
from zhibao.review.base import Base, base_of
from zhibao.review.proposal import review
from zhibao.review.undecided import may_be_open

ADOPTED, DECLINED, HELD, PUSHED = (
    f"20261105-{clock}" for clock in ("0901-daba", "0902-daba", "0903-nandu", "0904-shuiwu")
)
WAITS, URGENT, RETURNED, WRONG, STRANGE, COPY = (
    "20261112-1000-daba",
    "20261124-1130-nandu",
    "20261116-1000-shuiwu",
    "20261117-1000-jiaoyu",
    "20261118-1000-gonghui",
    "20261119-1000-daba",
)
REGISTRY = read_registry(WorkTree(COUNTY))
AT = "2026-11-{}:00+08:00"
SIGNED = "  decision: {}\n  by: lisi\n  date: 2026-11-06"


def told(id_: str, *, like: str = "", **item: str) -> str:
    """An item in characters of its own, or in those of another: none are alike but by intention."""
    chance = random.Random(like or id_)
    body = "，".join("".join(chr(chance.randint(0x4E00, 0x8FFF)) for _ in range(12)) for _ in range(14))
    front = item_text(id_, **item).rpartition("---\n")[0]
    return f"{front}---\n\n过去没有井水，{body}。\n"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    county = GitCounty(tmp_path_factory.mktemp("queue") / "desk")
    for id_, text in {
        ADOPTED: told(ADOPTED),
        DECLINED: told(DECLINED, review=SIGNED.format("declined") + "\n  reason: {code: 已有同类}"),
        HELD: told(HELD, review=SIGNED.format("held")),
    }.items():
        county.propose(id_, "lisi", AT.format("05T10:00"), text)
        county.merge(id_, "lisi", AT.format("06T11:00"))
        county.git("branch", "-qd", id_)
    county.commit(path_of(PUSHED), told(PUSHED), "lisi", AT.format("06T12:00"))
    for id_, by, at, text in (
        (WAITS, "wangmin", "12T10:00", told(WAITS)),
        (URGENT, "qianfang", "24T11:30", told(URGENT).replace("kind: 经验", "kind: 紧急")),
        (RETURNED, "chenglei", "16T10:00", told(RETURNED)),
        (WRONG, "fuqiang", "17T10:00", told(WRONG, review=SIGNED.format("adopted"))),
        (STRANGE, "zhangsan", "18T10:00", told(STRANGE)),
        (COPY, "wangmin", "19T10:00", told(COPY, like=ADOPTED)),
    ):
        county.propose(id_, by, AT.format(at), text)
    county.git("checkout", "-q", "-b", "calendar", "main")
    county.commit("registry/calendar.yml", "holidays: []\n", "wuhao", AT.format("20T10:00"))
    county.git("checkout", "-q", "main")
    return county.root


@pytest.fixture
def office(prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    office = Office.copied(prepared, tmp_path, capsys)
    office.call("return", RETURNED, "--reason", "要素不全", "--words", "请补上户数。")
    return office


def queue_at(root: Path) -> Queue:
    here = branch_now(root)
    return queue(here, base_of(here), list(open_proposals(here)), clock(here.registry.office.zone))


SCREEN = """\
等编辑处理 5 件（紧急 1 件），最久 19 天（13 个工作日）；等单位 2 件，等维护人员 1 件，留用 1 件。

等编辑   天 工作日  单位           质量分 标题                                 编号
  1 急    0      0  南渡镇          60.72 nandu编号1124-1130的水井账           20261124-1130-nandu
  2      19     13  县水务局        57.14 shuiwu编号1105-0904的水井账          20261105-0904-shuiwu
      不是经合并进入 main 的（直接推送、压缩或变基），看不出是谁采用的，算作待处理
  3      12      8  大坝镇          57.14 daba编号1112-1000的水井账            20261112-1000-daba
  4       6      4  县总工会        57.14 gonghui编号1118-1000的水井账         20261118-1000-gonghui
      提议人 zhangsan@t.example 不在名册里，先核实
  5       5      3  大坝镇          42.86 daba编号1119-1000的水井账            20261119-1000-daba
      与 20261105-0901-daba（100%）相同

等单位   天 工作日  单位           质量分 标题                                 编号
  1       7      5  县教育局        57.14 jiaoyu编号1117-1000的水井账          20261117-1000-jiaoyu
      有 2 处错误，不能合并：处理决定（review）由编辑填写，付强（信息员）不能写
  2       0      0  县水务局        57.14 shuiwu编号1116-1000的水井账          20261116-1000-shuiwu
      李思退回：要素不全，请补上户数

等维护   天 工作日  单位           质量分 标题                                 编号
  1       4      2  吴昊                — 改动 1 个文件：名册和规则（registr…  calendar

留用     天 工作日  单位           质量分 标题                                 编号
  1      18     12  南渡镇          57.14 nandu编号1105-0903的水井账           20261105-0903-nandu

提议的时间是提交的人自己的钟；要按平台的时间和编号，加 --forge。
"""


def test_a_screen_has_the_conclusion_first_and_then_the_worst(office: Office) -> None:
    assert office.call("queue") == (0, SCREEN)
    assert max(cell_len(line) for line in SCREEN.splitlines()) <= WIDTH


def test_json_has_its_schema_and_everything(office: Office) -> None:
    found = json.loads(office.call("queue", "--format", "json")[1])
    assert (found["schema"], found["now"], found["conclusion"]) == (
        1,
        "2026-11-24T13:00",
        SCREEN.split("\n", maxsplit=1)[0],
    )
    assert found["counts"] == {"editor": 5, "unit": 2, "maintainer": 1, "held": 1}
    by_id = {one["id"]: one for one in found["waiting"]}
    assert len(found["waiting"]) == len(by_id) == 9
    assert by_id[RETURNED] == {
        "id": RETURNED,
        "stands": "proposed",
        "owes": "unit",
        "since": "2026-11-24T13:00",
        "days": 0,
        "working_days": 0,
        "arrived": "2026-11-16T10:00",
        "claimed": True,
        "unit": "shuiwu",
        "title": "shuiwu编号1116-1000的水井账",
        "kind": "经验",
        "urgent": False,
        "quality": "57.14",
        "similar": [],
        "errors": 0,
        "notes": ["李思退回：要素不全，请补上户数"],
        "proposal": {
            "name": RETURNED,
            "number": None,
            "head": run(office.root, "rev-parse", RETURNED),
            "account": "chenglei",
            "registered": True,
            "returned": {"by": "lisi", "date": "2026-11-24", "code": "要素不全", "words": "请补上户数。"},
        },
    }
    assert by_id[COPY]["similar"] == [{"id": ADOPTED, "share": 1.0}]
    assert (by_id[HELD]["stands"], by_id[HELD]["since"], by_id[HELD]["proposal"]) == (
        "held",
        "2026-11-06T00:00",
        None,
    )
    assert (by_id[PUSHED]["stands"], by_id[PUSHED]["owes"]) == ("pending", "editor")
    assert (by_id[STRANGE]["proposal"]["registered"], by_id[WRONG]["errors"]) == (False, 2)


def test_a_returned_one_that_came_back_is_the_editors_again_since_it_came_back(office: Office) -> None:
    mended = told(RETURNED).replace("过去没有井水", "过去没有井水可用")
    office.county.git("checkout", "-q", RETURNED)
    office.county.commit(path_of(RETURNED), mended, "chenglei", "2026-11-24T13:00:00+08:00")
    office.county.commit(
        path_of(RETURNED), mended + "\n又补一句。\n", "chenglei", "2026-11-24T14:00:00+08:00"
    )
    office.county.git("checkout", "-q", "main")
    (one,) = (one for one in queue_at(office.root).waiting if one.id == RETURNED)
    assert (one.owes, one.returned, one.since) == (Owes.EDITOR, None, datetime(2026, 11, 24, 13, 0))
    assert one.arrived == datetime(2026, 11, 16, 10, 0)


def test_errors_that_are_mended_give_the_editors_the_whole_wait(office: Office) -> None:
    office.county.git("checkout", "-q", WRONG)
    office.county.commit(path_of(WRONG), told(WRONG), "fuqiang", "2026-11-23T10:00:00+08:00")
    office.county.git("checkout", "-q", "main")
    (one,) = (one for one in queue_at(office.root).waiting if one.id == WRONG)
    assert (one.owes, one.errors, one.since) == (Owes.EDITOR, (), datetime(2026, 11, 17, 10, 0))


def test_an_editors_own_proposal_with_an_error_waits_for_an_editor(office: Office) -> None:
    office.county.git("checkout", "-q", "-b", "mine", "main")
    office.county.commit("tools/x.py", "1\n", "lisi", "2026-11-23T10:00:00+08:00")
    office.county.git("checkout", "-q", "main")
    (one,) = (one for one in queue_at(office.root).waiting if one.proposal and one.proposal.name == "mine")
    assert (one.owes, len(one.errors), one.title) == (
        Owes.EDITOR,
        1,
        "改动 1 个文件：程序、工作流、网站和说明",
    )


def test_one_proposal_of_several_items_is_a_line_for_each_and_what_is_decided_is_none(office: Office) -> None:
    county, more = office.county, "20261112-1001-daba"
    county.git("checkout", "-q", WAITS)
    county.commit(path_of(more), told(more), "wangmin", "2026-11-13T10:00:00+08:00")
    county.git("checkout", "-q", "-b", "marks", "main")
    marked = told(ADOPTED, review="  quality: {depth: 4}")
    county.commit(path_of(ADOPTED), marked, "lisi", "2026-11-23T10:00:00+08:00")
    county.git("checkout", "-q", "main")
    found = queue_at(office.root)
    both = [one for one in found.waiting if one.proposal and one.proposal.name == WAITS]
    assert [(one.id, one.since.day) for one in both] == [(WAITS, 12), (more, 12)]
    assert office.call("queue")[1].count("同一份提议里有 2 条") == 2
    (one,) = (one for one in found.waiting if one.proposal and one.proposal.name == "marks")
    assert (one.id, one.owes, one.title) == ("", Owes.EDITOR, "已决定的信息 1 条")


def test_a_long_list_is_cut_and_all_of_it_is_shown_when_asked_for(office: Office) -> None:
    ids = [f"20261120-10{number:02}-daba" for number in range(12)]
    for id_ in ids[:-1]:
        (office.root / path_of(id_)).write_text(told(id_), "utf-8")
    office.county.commit(path_of(ids[-1]), told(ids[-1]), "lisi", "2026-11-20T11:00:00+08:00")
    words = office.call("queue")[1]
    assert words.startswith("等编辑处理 17 件（紧急 1 件），最久 19 天")
    assert sum(id_ in words for id_ in ids) == 5
    assert "\n还有 7 件没有列出：zhibao queue --all\n" in words
    whole = office.call("queue", "--all")[1]
    assert all(id_ in whole for id_ in ids)
    assert "没有列出" not in whole


def test_nothing_to_do_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = Office(tmp_path, capsys)
    assert office.call("queue") == (0, "没有等编辑处理的。\n")
    other = tmp_path / "other"
    run(tmp_path, "clone", "-q", str(office.origin), str(other))
    office.propose(WAITS, at="2026-11-12T10:00:00+08:00")
    assert office.call("queue", root=other)[1].startswith("等编辑处理 1 件，最久 12 天（8 个工作日）。\n")


def test_a_shallow_clone_is_refused_for_it_knows_no_decision(office: Office, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    run(tmp_path, "clone", "-q", "--depth", "1", f"file://{office.root}", str(shallow))
    for asked in (("queue",), ("status", ADOPTED)):
        status, words = office.call(*asked, root=shallow)
        assert (status, words.startswith("zhibao：这是浅克隆")) == (2, True), words


def test_what_an_item_writes_stays_words(office: Office) -> None:
    id_ = "20261121-1000-daba"
    text = told(id_).replace("title: daba", "title: ::error::x\\e[31m daba")
    office.county.propose(id_, "wangmin", "2026-11-21T10:00:00+08:00", text)
    for form in ("text", "json"):
        words = office.call("queue", "--format", form)[1]
        assert "\x1b" not in words
    assert not any(line.startswith("::") for line in office.call("queue")[1].splitlines())


def test_many_proposals_are_judged_as_each_alone(office: Office) -> None:
    here = branch_now(office.root)
    base = base_of(here)
    for one in open_proposals(here):
        alone = review(here.root, here.tip, one.head, one.proposer.account)
        assert review(here.root, here.tip, one.head, one.proposer.account, known=base) == alone
        assert alone.worths or not one.entries


# what may be open, told from the text


KNOWN = "2026-11-05"
REVIEWS = st.sampled_from(
    [
        "",
        *(
            f"review:\n  decision: {word}\n  by: {by}\n  date: {day}\n"
            for word in ("adopted", "held", "declined", "filed")
            for by in ("lisi", "zhaoyu", "nobody")
            for day in (KNOWN, "2026-13-45")
        ),
        "review:\n  decision: held\n",
        "review:\n  quality: {depth: 3}\n",
        "review:\n  adoptions:\n    - {level: 州, date: 2026-11-05, form: 综合, publication: 州委信息}\n",
        "review:\n  adoptions:\n  - {level: 州, date: 2026-11-05, form: 综合, publication: 州委信息}\n  by: lisi\n",
        "review:\n    decision: held\n    by: lisi\n    date: 2026-11-05\n",
        "review: {decision: held, by: lisi, date: 2026-11-05}\n",
        '"review":\n  decision: held\n  by: lisi\n  date: 2026-11-05\n',
        '"rev\\x69ew":\n  decision: held\n  by: lisi\n  date: 2026-11-05\n',
        "review:\n  by: lisi\n  date: 2026-11-05\n  decision: held\n",
        "review:\n  quality: {depth: 3}\n  decision: held\n  by: lisi\n  date: 2026-11-05\n",
    ]
)
IMPORTED = st.sampled_from(["", "imported: true\n", "imported: false\n", "imported:  true\n"])
MERGERS = st.sampled_from([None, "lisi", "zhaoyu", "stranger"])


@given(
    review=REVIEWS,
    imported=IMPORTED,
    merger=MERGERS,
    arrived=st.booleans(),
    ends=st.sampled_from(["\n", "\r\n"]),
)
def test_no_open_item_is_left_out(
    review: str, imported: str, merger: str | None, *, arrived: bool, ends: str
) -> None:
    head, _, body = told(WAITS).rpartition("---\n")
    text = f"{head}{imported}{review}---\n{body}".replace("\n", ends)
    by = merger and Signature(merger, f"{merger}@t.example")
    document = item_document(path_of(WAITS), text.encode())
    arrival = Arrival("1" * 40, datetime(2026, 11, 5, 10, 0), document.blob, by or None)
    history = History("main", arrivals={WAITS: arrival} if arrived else {})
    around = county(
        REGISTRY.registry, [(document, submission(document)[0])], history, datetime(2026, 11, 24, 13, 0)
    )
    base = Base(CommitTree(COUNTY, ""), REGISTRY, {WAITS: text}, history)
    item = around.item(WAITS)
    if item and item.state in (State.PENDING, State.HELD):
        assert may_be_open(base) == {WAITS}
    plain = ends == "\n" and merger == "lisi" and arrived
    if plain and not imported and review in ("", "review:\n  quality: {depth: 3}\n"):
        assert may_be_open(base) == set()
