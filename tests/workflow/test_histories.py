"""Every way in which histories meet: what is blamed on a proposal is exactly what it adds.

Each is a real repository, looked at by `review()`; one of each kind also by the command.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from workflow.desk import Office
from workflow.git_county import GitCounty, item_text, path_of
from zhibao.model.permissions import Change, Stage
from zhibao.repo.git import GitError
from zhibao.review.proposal import Report, review

OTHER, THIRD = "20261120-0931-nandu", "20261121-0931-shuiwu"
OWN, EARLIER = "20261124-1231-daba", "20261123-1031-daba"
NOON = "2026-11-24T12:40:00+08:00"
AT = {
    id_: f"{id_[:4]}-{id_[4:6]}-{id_[6:8]}T{id_[9:11]}:{id_[11:13]}:30+08:00"
    for id_ in (OTHER, THIRD, OWN, EARLIER)
}
BY = {OTHER: "qianfang", THIRD: "chenglei", OWN: "wangmin", EARLIER: "wangmin"}


@pytest.fixture
def county(tmp_path: Path) -> GitCounty:
    return GitCounty(tmp_path / "county")


def write(county: GitCounty, id_: str, text: str = "") -> None:
    """Commit an item on the branch that is checked out."""
    county.commit(path_of(id_), text or item_text(id_), BY[id_], AT[id_])


def branch(county: GitCounty, name: str, *ids: str, start: str = "main") -> None:
    """A branch with a commit for each item, and back to main."""
    county.git("checkout", "-q", "-b", name, start)
    for id_ in ids:
        write(county, id_)
    county.git("checkout", "-q", "main")


def merged(county: GitCounty, *names: str, by: str = "lisi") -> None:
    county.git("merge", "-q", "--no-ff", "-m", "采用", *names, by=by, at=NOON)


def looked_at(county: GitCounty, head: str, account: str = "wangmin", base: str = "main") -> Report:
    return review(county.root, base, head, account)


def blamed(report: Report) -> list[tuple[str, Change]]:
    """What the proposal is said to do; the number of paths is that of the items."""
    assert report.total == len(report.items)
    return [(change.id, change.change) for change in report.items]


ADDS_OWN = [(OWN, Change.ADD)]


def sound(report: Report) -> bool:
    return report.errors == 0


def test_merge(county: GitCounty) -> None:
    """Others were merged, and the officer merged main into the proposal."""
    branch(county, "own", OWN)
    branch(county, "other", OTHER)
    merged(county, "other")
    county.git("checkout", "-q", "own")
    merged(county, "main", by="wangmin")
    report = looked_at(county, "own")
    assert blamed(report) == ADDS_OWN
    assert sound(report)


def test_squash(county: GitCounty) -> None:
    """The first item was merged as a squash; the branch goes on with its own commits."""
    branch(county, "own", EARLIER)
    county.git("merge", "-q", "--squash", "own")
    county.git("commit", "-q", "-m", "采用", by="lisi", at=NOON)
    county.git("checkout", "-q", "own")
    write(county, OWN)
    report = looked_at(county, "own")
    assert blamed(report) == ADDS_OWN
    assert sound(report)


def test_rebase(county: GitCounty) -> None:
    """The first item was rebased onto main, which had moved on; the branch goes on with its own commits."""
    branch(county, "own", EARLIER)
    write(county, OTHER)
    county.git("checkout", "-q", "-b", "rebased", "own")
    county.git("rebase", "-q", "main", by="lisi", at=NOON)
    county.git("checkout", "-q", "main")
    county.git("merge", "-q", "--ff-only", "rebased")
    county.git("checkout", "-q", "own")
    write(county, OWN)
    report = looked_at(county, "own")
    assert blamed(report) == ADDS_OWN
    assert sound(report)


def test_fast_forward(county: GitCounty) -> None:
    """Everything is on main already; then the branch goes on."""
    branch(county, "own", EARLIER)
    county.git("merge", "-q", "--ff-only", "own")
    assert blamed(looked_at(county, "own")) == []
    county.git("checkout", "-q", "own")
    write(county, OWN)
    assert blamed(looked_at(county, "own")) == ADDS_OWN


def test_octopus(county: GitCounty) -> None:
    """Main merged two at once; a proposal that merges two at once adds both."""
    branch(county, "own", OWN)
    branch(county, "other", OTHER)
    branch(county, "third", THIRD)
    county.git("checkout", "-q", "-b", "both", "main")
    merged(county, "own", "third", by="wangmin")
    county.git("checkout", "-q", "main")
    assert blamed(looked_at(county, "both")) == [(THIRD, Change.ADD), (OWN, Change.ADD)]
    merged(county, "other", "third")
    assert blamed(looked_at(county, "own")) == ADDS_OWN
    report = looked_at(county, "both")
    assert blamed(report) == ADDS_OWN
    assert sound(report)


def test_criss_cross(county: GitCounty) -> None:
    """Main and the proposal merged each other: there are two merge bases, and neither side is blamed for the other's."""
    branch(county, "own", EARLIER)
    write(county, OTHER)
    main, own = county.git("rev-parse", "main"), county.git("rev-parse", "own")
    merged(county, own)
    county.git("checkout", "-q", "own")
    merged(county, main, by="wangmin")
    write(county, OWN)
    assert len(county.git("merge-base", "--all", "main", "own").splitlines()) == 2
    report = looked_at(county, "own")
    assert blamed(report) == ADDS_OWN
    assert sound(report)


def test_a_fork_with_unrelated_history(county: GitCounty, tmp_path: Path) -> None:
    """A folder that was copied and committed anew: what is the same as on main is nobody's change."""
    write(county, OTHER)
    fork = tmp_path / "fork"
    copied = GitCounty(fork)
    copied.git("commit", "-q", "--amend", "-m", "照抄来的")  # another first commit
    copied.commit(path_of(OTHER), item_text(OTHER), "wangmin", NOON)
    copied.commit(path_of(OWN), item_text(OWN), "wangmin", NOON)
    county.git("fetch", "-q", str(fork), "main:fork")
    assert subprocess.run(["git", "merge-base", "main", "fork"], cwd=county.root, check=False).returncode
    report = looked_at(county, "fork")
    assert blamed(report) == ADDS_OWN
    assert sound(report)
    copied.commit("registry/editors.yml", "- {account: wangmin}\n", "wangmin", NOON)
    county.git("fetch", "-q", str(fork), "+main:fork")
    assert {f.path for f in looked_at(county, "fork").findings if f.code == "path-permission"} == {
        "registry/editors.yml"
    }


def test_a_base_that_moved_on(county: GitCounty) -> None:
    """Meanwhile main gained an item, changed one, deleted one, and got new rules."""
    write(county, OTHER)
    write(county, THIRD)
    branch(county, "own", OWN)
    county.commit(path_of(OTHER), item_text(OTHER).replace("八户", "九户"), "lisi", NOON)
    county.git("rm", "-q", path_of(THIRD))
    office = county.text("registry/office.yml")
    county.commit("registry/office.yml", office + "tolerance: 600\n", "wuhao", NOON)
    write(county, EARLIER)
    report = looked_at(county, "own")
    assert blamed(report) == ADDS_OWN
    assert sound(report)


def test_a_base_that_moved_on_and_decided_meanwhile(county: GitCounty) -> None:
    """What was open when the branch began is judged as it stands now."""
    write(county, EARLIER)
    county.git("checkout", "-q", "-b", "own")
    county.commit(path_of(EARLIER), item_text(EARLIER).replace("八户", "九户"), "wangmin", AT[OWN])
    county.git("checkout", "-q", "main")
    assert sound(looked_at(county, "own"))
    decided = item_text(
        EARLIER, review="  decision: declined\n  by: lisi\n  date: 2026-11-24\n  reason: {code: 要素不全}"
    )
    county.commit(path_of(EARLIER), decided, "lisi", NOON)
    report = looked_at(county, "own")
    assert [change.stage for change in report.items] == [Stage.CLOSED]
    assert [finding.code for finding in report.findings if finding.severity.value == "error"] == [
        "item-permission"
    ]


def test_the_same_change_on_both_sides_is_nobodys(county: GitCounty) -> None:
    """An editor carried the officer's correction over by hand: nothing is left of the proposal."""
    write(county, EARLIER)
    better = item_text(EARLIER).replace("八户", "九户")
    county.git("checkout", "-q", "-b", "own")
    county.commit(path_of(EARLIER), better, "wangmin", AT[OWN])
    county.git("checkout", "-q", "main")
    assert blamed(looked_at(county, "own")) == [(EARLIER, Change.EDIT)]
    county.commit(path_of(EARLIER), better, "lisi", NOON)
    assert blamed(looked_at(county, "own")) == []


def test_a_revert_on_main_makes_it_the_proposals_again(county: GitCounty) -> None:
    """Merged, then taken out again: proposing it anew is an addition, not a ghost."""
    branch(county, "own", OWN)
    merged(county, "own")
    county.git("revert", "-m", "1", "--no-edit", "HEAD", by="lisi", at=NOON)
    assert blamed(looked_at(county, "own")) == []
    county.git("checkout", "-q", "-b", "again", "main")
    write(county, OWN)
    assert blamed(looked_at(county, "again")) == ADDS_OWN


def test_a_shallow_clone_is_refused_because_decisions_cannot_be_seen(
    county: GitCounty, tmp_path: Path
) -> None:
    """An adopted item would pass for an open one there: rather nothing is said than that."""
    branch(county, "other", EARLIER)
    merged(county, "other")
    county.git("checkout", "-q", "-b", "own")
    county.commit(path_of(EARLIER), item_text(EARLIER).replace("八户", "九户"), "wangmin", NOON)
    assert not sound(looked_at(county, "own"))
    for depth in ("1", "2"):
        shallow = tmp_path / f"shallow{depth}"
        clone = [
            "git",
            "clone",
            "-q",
            "--depth",
            depth,
            "--no-single-branch",
            f"file://{county.root}",
            str(shallow),
        ]
        subprocess.run(clone, check=True)
        with pytest.raises(GitError, match="浅克隆"):
            review(shallow, "origin/main", "origin/own", "wangmin")


@pytest.mark.parametrize("kind", ["merge", "octopus", "fast-forward"])
def test_the_command_says_the_same(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = Office(tmp_path, capsys)
    county = office.county
    branch(county, "own", OWN)
    branch(county, "other", OTHER)
    branch(county, "third", THIRD)
    if kind == "merge":
        merged(county, "other")
    elif kind == "octopus":
        merged(county, "other", "third")
    else:
        county.git("merge", "-q", "--ff-only", "other")
    status, said = office.call("review", "--base", "main", "--head", "own", "--actor", "wangmin")
    assert status == 0
    assert OWN in said
    assert path_of(OWN) in said
    assert path_of(OTHER) not in said
    assert said.splitlines()[-1] == "提议人：王敏（wangmin，信息员）；改动 1 个文件"


def test_the_command_refuses_a_shallow_clone_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(tmp_path, capsys)
    office.propose(OWN)
    shallow = tmp_path / "shallow"
    clone = [
        "git",
        "clone",
        "-q",
        "--depth",
        "1",
        "--no-single-branch",
        f"file://{office.origin}",
        str(shallow),
    ]
    subprocess.run(clone, check=True)
    status, said = office.call(
        "review", "--base", "origin/main", "--head", f"origin/{OWN}", "--actor", "wangmin", root=shallow
    )
    assert status == 2
    assert "git fetch --unshallow" in said
