"""A quarter played from zero in a real repository, every figure worked out by hand in the comments."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from publish.sites import ROOT, build
from workflow.git_county import GitCounty, item_text, path_of
from zhibao.model.period import Period
from zhibao.model.standing import Doubt, State
from zhibao.repo.county_files import CountyReading, read_county
from zhibao.review.examine import examine
from zhibao.score.ledger import ledger
from zhibao.score.statistics import statistics

DECLINED = "  decision: declined\n  reason: {code: 要素不全, words: 请补数字}"
PEOPLE = {
    "daba": "wangmin",
    "nandu": "qianfang",
    "shuiwu": "chenglei",
    "jiaoyu": "fuqiang",
    "gonghui": "chenxin",
}

# id, front matter, review, who merges, when (the county's time)
PROPOSALS = [
    ("20260702-0900-daba", "", "", "lisi", "2026-07-03T10:00:00+08:00"),
    ("20260703-1200-jiaoyu", "", "", "zhangwen", "2026-07-06T10:00:00+08:00"),
    ("20260706-1000-nandu", "", "", "lisi", "2026-07-07T10:00:00+08:00"),
    ("20260708-1100-shuiwu", "", "", "lisi", "2026-07-09T10:00:00+08:00"),
    ("20260710-0910-daba", "with: [{unit: shuiwu, share: 0.5}]", "", "zhangwen", "2026-07-13T10:00:00+08:00"),
    ("20260714-1010-nandu", "", "  decision: held", "zhangwen", "2026-07-15T10:00:00+08:00"),
    ("20260716-1300-gonghui", "", "", "lisi", "2026-07-17T10:00:00+08:00"),
    ("20260720-0920-daba", "", DECLINED, "lisi", "2026-07-21T10:00:00+08:00"),
    ("20260803-0930-daba", "", "", "zhangwen", "2026-08-07T10:00:00+08:00"),
    ("20260807-1110-shuiwu", "", "  decision: filed", "zhangwen", "2026-08-10T10:00:00+08:00"),
    ("20260814-0940-daba", "", "", "lisi", "2026-08-17T10:00:00+08:00"),
    ("20260817-1310-gonghui", "", DECLINED, "zhangwen", "2026-08-18T10:00:00+08:00"),
    ("20260818-1020-nandu", "", "", "zhangwen", "2026-08-19T10:00:00+08:00"),
    ("20260902-1030-nandu", "", "", "lisi", "2026-09-03T10:00:00+08:00"),
    ("20260910-1210-jiaoyu", "call: school", "", "lisi", "2026-09-11T10:00:00+08:00"),
    ("20260911-1120-shuiwu", "call: water", "", "lisi", "2026-09-14T10:00:00+08:00"),
    ("20260921-1040-nandu", "", "", "lisi", "2026-09-22T10:00:00+08:00"),
    ("20260925-1220-jiaoyu", "", "", "lisi", "2026-09-27T10:00:00+08:00"),
    # 17:30 on 30 September in Greenwich is 1:30 on 1 October in the county: adopted in the fourth quarter
    ("20260930-1320-shuiwu", "", "", "lisi", "2026-09-30T17:30:00+00:00"),
    ("20260928-0950-daba", "", "", "zhangwen", "2026-10-05T10:00:00+08:00"),
]
MOVED = "submissions/2026/09/20260814-0940-daba.md"
PUSHED = "20260806-1400-nandu"


def play(folder: Path) -> GitCounty:
    county = GitCounty(folder)
    for id_, front, review, editor, when in PROPOSALS:
        at = f"{id_[:4]}-{id_[4:6]}-{id_[6:8]}T{id_[9:11]}:{id_[11:13]}:00+08:00"
        texts = [item_text(id_, front=front, review=review)]
        if id_ == "20260803-0930-daba":  # returned: the first version had no figures
            texts.insert(0, texts[0].replace("累计解决八户用水", "效果很好"))
        county.propose(id_, PEOPLE[id_.split("-")[2]], at, *texts)
        county.merge(id_, editor, when)
        if id_ == "20260803-0930-daba":
            county.commit(
                path_of(PUSHED), item_text(PUSHED), "stranger@elsewhere.example", "2026-08-08T09:00:00+08:00"
            )
    _later(county)
    return county


def _later(county: GitCounty) -> None:
    """What editors write afterwards: adoptions above, an instruction, the held item adopted; and a move."""
    edits = {
        "20260710-0910-daba": "review:\n  adoptions:\n    - {level: 州, date: 2026-07-20, form: 综合, publication: 州委信息 第1期}\n",
        "20260706-1000-nandu": "review:\n  instructions:\n    - {level: 县, date: 2026-07-15, by: 县委书记}\n",
        "20260818-1020-nandu": "review:\n  adoptions:\n    - {level: 县, date: 2026-08-19, form: 单篇, publication: 试验专报 第3期}\n"
        "    - {level: 州, date: 2026-08-25, form: 单篇, publication: 州委信息 第4期}\n"
        "    - {level: 省, date: 2026-09-10, form: 综合, publication: 省委信息 第9期}\n",
    }
    for id_, review in edits.items():
        text = county.text(path_of(id_)).replace("\n---\n\n", f"\n{review}---\n\n")
        county.commit(path_of(id_), text, "lisi", "2026-09-28T10:00:00+08:00")
    held = path_of("20260714-1010-nandu")
    adopted = county.text(held).replace(
        "  decision: held", "  decision: adopted\n  by: lisi\n  date: 2026-08-20"
    )
    county.commit(held, adopted, "lisi", "2026-08-20T10:00:00+08:00")
    county.git("mv", path_of("20260814-0940-daba"), MOVED)
    county.git("commit", "-q", "-m", "移到九月", by="lisi", at="2026-09-29T10:00:00+08:00")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, CountyReading]:
    root = play(tmp_path_factory.mktemp("quarter")).root
    return root, read_county(root)


def test_twenty_proposals_have_the_decisions_that_editors_made(played) -> None:
    _, reading = played
    county = reading.county
    decided = {item.id: item for item in county.items if item.id != PUSHED}
    assert len(decided) == 20
    for id_, _, review, editor, when in PROPOSALS:
        item = decided[id_]
        if "declined" in review or "filed" in review:
            assert item.state is (State.DECLINED if "declined" in review else State.FILED)
        else:
            assert item.state is State.ADOPTED, id_
        if id_ != "20260714-1010-nandu" and "+00:00" not in when:
            assert (item.standing.by, str(item.standing.day)) == (editor, when[:10])
    assert str(decided["20260714-1010-nandu"].standing.day) == "2026-08-20"
    assert str(decided["20260930-1320-shuiwu"].standing.day) == "2026-10-01"
    assert decided["20260814-0940-daba"].document.path == MOVED


def test_what_a_stranger_pushed_is_pending_and_a_finding_says_so(played) -> None:
    root, reading = played
    standing = reading.county.by_id[PUSHED].standing
    assert (standing.state, standing.doubt) == (State.PENDING, Doubt.NOT_MERGED)
    found = examine(root).findings
    assert [f.path for f in found if f.code == "standing-clear"] == [path_of(PUSHED)]
    assert {f.path for f in found if f.code == "id-folder"} == {MOVED}
    assert {f.path for f in found if f.code == "officer-known"} == {
        path_of(i) for i, *_ in PROPOSALS if i.endswith("gonghui")
    }


# unit: submitted, undecided, adopted, completion, adoption rate, cohort rate, sent up, 州, 省, instructions, done, due, points, rank
BY_HAND = {
    # six items, the last adopted on 5 October: 4 of 6 in the quarter, 5 of 6 ever; quota 12 a year, 3 a quarter
    # 3 + (3 + 4) × 50 % + 3 + 3 = 12.50; commission `school` not answered
    "daba": (6, 0, 4, "2.0000", "0.6667", "0.8333", 1, 1, 0, 0, 0, 1, "12.50", 2),
    # five decided, one pushed and undecided; 3 + 5 instruction, 3 (held, then adopted), 5 + 10 + 8, 3, 3 = 40.00
    "nandu": (5, 1, 5, "1.6667", "1.0000", "1.0000", 1, 1, 1, 1, 0, 0, "40.00", 1),
    # four, one filed, one adopted on 1 October: 2 of 4, 3 of 4 ever; 3 + 3 + half of 3 + 4 = 9.50
    "shuiwu": (4, 0, 2, "2.0000", "0.5000", "0.7500", 0, 0, 0, 0, 0, 0, "9.50", 1),
    "jiaoyu": (3, 0, 3, "1.5000", "1.0000", "1.0000", 0, 0, 0, 0, 1, 1, "9.00", 2),
    "gonghui": (2, 0, 1, "2.0000", "0.5000", "0.5000", 0, 0, 0, 0, 0, 0, "3.00", 3),
}


def test_every_figure_is_what_was_worked_out_by_hand(played) -> None:
    _, reading = played
    found = statistics(reading.county, Period.parse("2026-Q3"))
    for unit, wanted in BY_HAND.items():
        f = found.unit(unit)
        assert f is not None
        above = f.adopted_above
        got = (
            *(
                f.submitted,
                f.undecided,
                f.adopted,
                str(f.completion),
                str(f.adoption_rate),
                str(f.cohort_rate),
                f.sent_up,
            ),
            *(
                above["州"],
                above["省"],
                f.instructions,
                f.commissions_done,
                f.commissions_due,
                str(f.points),
                f.rank,
            ),
        )
        assert got == wanted, unit
    total = found.totals
    assert (total.submitted, total.undecided, total.adopted, str(total.points), total.sent_up) == (
        20,
        1,
        15,
        "74.00",
        2,
    )
    assert (found.zero_reports, found.zero_adoptions) == ((), ())
    assert found.office.submitted == 0
    lines = [line for line in ledger(reading.county) if line.period == "2026-Q3"]
    assert sum((line.points for line in lines), Decimal(0)) == Decimal("74.00")
    fourth = statistics(reading.county, Period.parse("2026-Q4"))
    assert {f.unit: f.adopted for f in fourth.units if f.adopted} == {"daba": 1, "shuiwu": 1}


def test_the_built_site_shows_the_same_figures(played) -> None:
    root, _ = played
    shutil.copytree(ROOT / "site", root / "site", dirs_exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    site = build(root, "network", "public")
    data = json.loads((site / "data/statistics-2026-Q3.json").read_text("utf-8"))
    units = {unit["unit"]: unit for group in data["groups"] for unit in group["units"]}
    for unit, wanted in BY_HAND.items():
        assert (
            units[unit]["submitted"],
            units[unit]["adopted"],
            units[unit]["points"],
            units[unit]["rank"],
        ) == (wanted[0], wanted[2], wanted[12], wanted[13])
    page = (site / "statistics/2026-Q3.html").read_text("utf-8")
    assert "报送信息 20 条，任务数 11 条" in page
    assert "采用 15 条，采用率 75.0%" in page
    pages = {p.stem for p in (site / "items").rglob("2026*-*-*.html")}
    adopted = {id_ for id_, _, review, *_ in PROPOSALS if "declined" not in review and "filed" not in review}
    assert {stem for stem in pages if stem[8] == "-"} == adopted
