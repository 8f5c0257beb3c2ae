"""What Git says of an item, whatever way it took: merges of every kind, and the ways in which Git cannot say it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bases import county_at, put
from workflow.git_county import GitCounty, item_text, path_of
from zhibao.model.history import Reach
from zhibao.model.standing import Doubt, Standing, State
from zhibao.repo import git
from zhibao.repo.county_files import read_county
from zhibao.repo.history import read_history
from zhibao.review.examine import examine

ID = "20260702-0900-daba"
AT, DAY = "2026-07-03T10:00:00+08:00", "2026-07-03"
SIGNED = "  by: lisi\n  date: 2026-07-03"


@pytest.fixture
def county(tmp_path: Path) -> GitCounty:
    return GitCounty(tmp_path / "county")


def standing(county: GitCounty, id_: str = ID) -> Standing:
    return read_county(county.root).county.by_id[id_].standing


def propose(county: GitCounty, id_: str = ID, **parts: str) -> None:
    county.propose(id_, "wangmin", "2026-07-02T09:00:00+08:00", item_text(id_, **parts))


def test_a_merge_by_an_editor_adopts_on_that_day(county: GitCounty) -> None:
    propose(county)
    county.merge(ID, "lisi", AT)
    found = standing(county)
    assert (found.state, found.by, str(found.day), found.doubt) == (State.ADOPTED, "lisi", DAY, None)


@pytest.mark.parametrize("address", ["LISI@T.EXAMPLE", "12345+lisi@users.noreply.forge.example"])
def test_an_editor_is_known_by_address_and_by_the_forges_own(county: GitCounty, address: str) -> None:
    propose(county)
    county.merge(ID, address, AT)
    assert standing(county).by == "lisi"


@pytest.mark.parametrize(
    ("merger", "at", "doubt"),
    [
        ("nobody@elsewhere.example", AT, Doubt.UNKNOWN_MERGER),
        ("wangmin", AT, Doubt.UNKNOWN_MERGER),
        ("wuhao", AT, Doubt.NOT_EDITOR),  # a maintainer decides nothing
        ("zhaoyu", AT, Doubt.NOT_EDITOR),  # an editor until 30 June
    ],
)
def test_a_merge_by_anybody_else_leaves_it_pending(
    county: GitCounty, merger: str, at: str, doubt: Doubt
) -> None:
    propose(county)
    county.merge(ID, merger, at)
    assert standing(county) == Standing(State.PENDING, doubt=doubt)
    assert "standing-clear" in {finding.code for finding in examine(county.root).findings}


def test_a_squash_a_fast_forward_and_a_rebase_hide_the_merger_until_an_editor_signs(
    county: GitCounty,
) -> None:
    propose(county)
    county.git("merge", "-q", "--ff-only", ID)
    squashed = "20260702-0910-daba"
    propose(county, squashed)
    county.git("merge", "-q", "--squash", squashed)
    county.git("commit", "-q", "-m", "压缩", by="lisi", at=AT)
    for id_ in (ID, squashed):
        assert standing(county, id_) == Standing(State.PENDING, doubt=Doubt.NOT_MERGED)
    county.commit(path_of(squashed), item_text(squashed, review=SIGNED), "lisi", AT)
    assert str(standing(county, squashed).day) == DAY


def test_an_octopus_merge_adopts_all_its_items(county: GitCounty) -> None:
    other = "20260702-0905-nandu"
    propose(county)
    propose(county, other)
    county.git("merge", "-q", "--no-ff", "-m", "两条", ID, other, by="zhangwen", at=AT)
    assert {standing(county, id_).by for id_ in (ID, other)} == {"zhangwen"}


def test_merging_main_into_a_proposal_is_no_decision(county: GitCounty) -> None:
    propose(county)
    county.commit("submissions/2026/07/other.txt", "x", "wuhao", AT)
    county.git("checkout", "-q", ID)
    county.git("merge", "-q", "--no-ff", "-m", "跟上", "main", by="lisi", at=AT)
    county.git("checkout", "-q", "main")
    county.git("merge", "-q", "--ff-only", ID)
    assert standing(county).doubt in (Doubt.NOT_MERGED, Doubt.UNKNOWN_MERGER)


def test_git_is_asked_for_the_history_once(county: GitCounty, monkeypatch: pytest.MonkeyPatch) -> None:
    propose(county)
    county.merge(ID, "lisi", AT)
    asked: list[str] = []
    real = git.run

    def run(root: Path, *arguments: str, **more: Any) -> bytes:
        asked.append(arguments[0])
        return real(root, *arguments, **more)

    monkeypatch.setattr(git, "run", run)
    assert read_history(county.root, "main", ZoneInfo("Asia/Shanghai")).arrivals.keys() >= {ID}
    assert asked.count("log") == 1


def test_the_first_arrival_counts_through_changes_moves_and_returns(county: GitCounty) -> None:
    propose(county)
    county.merge(ID, "lisi", AT)
    county.commit(path_of(ID), item_text(ID) + "更正一字。\n", "zhangwen", "2026-07-08T10:00:00+08:00")
    county.git("rm", "-q", path_of(ID))
    county.git("commit", "-q", "-m", "误删", by="zhangwen", at="2026-07-09T10:00:00+08:00")
    county.commit(f"submissions/2026/08/{ID}.md", item_text(ID), "zhangwen", "2026-08-10T10:00:00+08:00")
    assert (standing(county).by, str(standing(county).day)) == ("lisi", DAY)


def test_a_decision_written_later_has_to_be_signed(county: GitCounty) -> None:
    propose(county, review="  decision: held")
    county.merge(ID, "lisi", AT)
    assert standing(county).state is State.HELD
    county.commit(path_of(ID), item_text(ID, review="  decision: filed"), "lisi", "2026-09-01T10:00:00+08:00")
    assert standing(county) == Standing(State.PENDING, doubt=Doubt.UNSIGNED)
    signed = "  decision: filed\n  by: lisi\n  date: 2026-09-01"
    county.commit(path_of(ID), item_text(ID, review=signed), "lisi", "2026-09-01T10:05:00+08:00")
    assert (standing(county).state, str(standing(county).day)) == (State.FILED, "2026-09-01")


def test_what_is_not_committed_is_pending_even_signed(county: GitCounty) -> None:
    put(county.root, path_of(ID), item_text(ID, review=SIGNED))
    assert standing(county) == Standing(State.PENDING, doubt=Doubt.NOT_ARRIVED)


def test_a_link_that_arrives_brings_no_item_in(county: GitCounty) -> None:
    county.git("checkout", "-q", "-b", "link")
    (county.root / "submissions/2026/07").mkdir(parents=True)
    (county.root / path_of(ID)).symlink_to("../../../registry/office.yml")
    county.git("add", "-A")
    county.git("commit", "-q", "-m", "链接", by="wangmin", at=AT)
    county.git("checkout", "-q", "main")
    county.merge("link", "lisi", AT)
    (county.root / path_of(ID)).unlink()
    county.commit(path_of(ID), item_text(ID), "wangmin", AT)
    assert standing(county).state is State.PENDING


def test_odd_names_and_times_break_nothing(county: GitCounty) -> None:
    propose(county)
    for number, name in enumerate(["引号\"'.md", "冒号:000.md", "换\n行.md", ":100644 0.md", "空 格.md"]):
        put(county.root, f"submissions/2026/07/{name}", f"{number}")
    county.git("add", "-A")
    county.git("commit", "-q", "-m", "怪名", by=":evil", at="2099-12-31T00:00:00+14:00")
    county.merge(ID, "lisi", AT)
    assert str(standing(county).day) == DAY


def test_the_county_may_be_a_folder_of_its_repository(tmp_path: Path) -> None:
    county = GitCounty(tmp_path)
    inner = county_at(tmp_path / "县")
    county.git("checkout", "-q", "-b", ID)
    put(inner, path_of(ID), item_text(ID))
    county.git("add", "-A")
    county.git("commit", "-q", "-m", "里面", by="wangmin", at=AT)
    county.git("checkout", "-q", "main")
    county.merge(ID, "lisi", AT)
    assert read_county(inner).county.by_id[ID].standing.by == "lisi"


def test_where_git_cannot_say_nothing_has_a_date(county: GitCounty, tmp_path: Path) -> None:
    propose(county)
    county.merge(ID, "lisi", AT)
    zone = ZoneInfo("Asia/Shanghai")
    shallow = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "1", county.root.as_uri(), shallow], check=True)
    unborn, bare = county_at(tmp_path / "unborn"), county_at(tmp_path / "none")
    subprocess.run(["git", "init", "-q", "-b", "main", unborn], check=True)
    for root, branch, reach in (
        (county.root, "main", Reach.WHOLE),
        (county.root, "office", Reach.NO_BRANCH),
        (shallow, "main", Reach.SHALLOW),
        (unborn, "main", Reach.UNBORN),
        (bare, "main", Reach.NO_REPOSITORY),
    ):
        history = read_history(root, branch, zone)
        assert history.reach is reach
        assert bool(history.arrivals) == (reach is Reach.WHOLE)
    assert read_county(shallow).county.by_id[ID].standing.doubt is Doubt.NOT_ARRIVED
    found = [f for f in examine(shallow).findings if f.code == "history-readable"]
    assert [(f.severity.value, "fetch --unshallow" in f.help) for f in found] == [("error", True)]


def test_a_clone_that_stands_on_another_branch_reads_the_remotes(county: GitCounty, tmp_path: Path) -> None:
    propose(county)
    county.merge(ID, "lisi", AT)
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", county.root.as_uri(), clone], check=True)
    subprocess.run(["git", "checkout", "-q", "--detach"], cwd=clone, check=True)
    subprocess.run(["git", "branch", "-q", "-D", "main"], cwd=clone, check=True)
    assert read_county(clone).county.by_id[ID].standing.by == "lisi"


def test_without_git_the_words_are_clear(
    county: GitCounty, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    propose(county)
    county.merge(ID, "lisi", AT)
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert shutil.which("git") is None
    with pytest.raises(Exception, match="没有找到 git"):
        read_county(county.root)
