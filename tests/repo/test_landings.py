"""The branch step by step says what plain git says, whatever kind of commit a step is and whatever the user set up for git."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from workflow.git_county import GitCounty, item_text, path_of
from zhibao.model.landing import Landing
from zhibao.repo.history import history_of
from zhibao.repo.landings import Replay, landings

ZONE = ZoneInfo("Asia/Shanghai")
ONE, TWO, THREE = "20260702-0900-daba", "20260702-0905-nandu", "20260702-0910-shuiwu"
AT = "2026-07-03T10:00:00+08:00"
SETTINGS = """
[log]
    showRoot = false
    diffMerges = combined
    follow = true
    decorate = full
    abbrevCommit = true
    date = relative
[diff]
    renames = copies
    relative = true
    noprefix = true
    ignoreSubmodules = all
    orderFile = order
[color]
    ui = always
[core]
    quotePath = true
    abbrev = 5
[format]
    pretty = oneline
[i18n]
    logOutputEncoding = GBK
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> GitCounty:
    """Every kind of step: octopus, a merge that adds what no side had, a rename, a link for a file, nothing at all, odd names and words."""
    county = GitCounty(tmp_path_factory.mktemp("landings") / "county")
    for id_ in (ONE, TWO, THREE):
        county.propose(id_, "wangmin", AT, item_text(id_))
    county.git("merge", "-q", "--no-ff", "-m", "两条", ONE, TWO, by="lisi", at=AT)
    county.git("merge", "-q", "--no-ff", "--no-commit", THREE, by="lisi", at=AT)
    (county.root / "site").mkdir()
    (county.root / "site/只在合并里.md").write_text("x\n", "utf-8")
    county.git("add", "-A")
    county.git("commit", "-q", "-m", ": 像一行改动", by="lisi", at=AT)
    (county.root / "submissions/2026/08").mkdir()
    county.git("mv", path_of(ONE), f"submissions/2026/08/{ONE}.md")
    county.git("commit", "-q", "-m", "", "--allow-empty-message", by="lisi", at=AT)
    county.git("commit", "-q", "--allow-empty", "-m", "没有改动", by="lisi", at=AT)
    (county.root / path_of(TWO)).unlink()
    (county.root / path_of(TWO)).symlink_to("/etc/hosts")
    (county.root / 'site/a\t"b"\n.md').write_text("x\n", "utf-8")
    county.git("add", "-A")
    county.git("commit", "-q", "-m", "换成链接", by="lisi", at=AT)
    return county


def plain(county: GitCounty, step: Landing) -> set[tuple[str, str, str]]:
    """Path, blob before and blob after of what a step changed, by two trees and nothing else."""
    parent = step.parents[0] if step.parents else county.git("hash-object", "-t", "tree", "/dev/null")
    output = county.git("diff-tree", "-r", "-z", "--no-renames", parent, step.commit)
    tokens = output.split("\0")
    return {(path, *facts.split(" ")[2:4]) for facts, path in zip(tokens[0:-1:2], tokens[1::2], strict=True)}


def seen(step: Landing) -> set[tuple[str, str, str]]:
    nothing = "0" * 40
    return {
        (one.path, one.old.blob if one.old else nothing, one.new.blob if one.new else nothing)
        for one in step.touched
    }


def test_every_step_changed_what_plain_git_says(county: GitCounty) -> None:
    line = landings(county.root, county.git("rev-parse", "main"), ZONE)
    assert [step.commit for step in line] == county.git(
        "rev-list", "--first-parent", "--reverse", "main"
    ).split()
    assert [len(step.parents) for step in line] == [0, 3, 2, 1, 1, 1]
    for step in line:
        assert seen(step) == plain(county, step), step
    assert [len(step.touched) for step in line[1:]] == [2, 2, 2, 0, 2]
    assert line[2].subject == ": 像一行改动"


def test_replayed_to_the_end_it_is_the_tree_of_the_tip(county: GitCounty) -> None:
    replay = Replay(county.root)
    for step in landings(county.root, county.git("rev-parse", "main"), ZONE):
        replay.apply(step)
    listed = county.git("ls-tree", "-r", "-l", "-z", "main").rstrip("\0").split("\0")
    for line in listed:
        facts, _, path = line.partition("\t")
        mode, _, blob, size = facts.split()
        entry = replay.entry(path)
        assert entry is not None, path
        assert (entry.blob, entry.is_file) == (blob, mode == "100644")
        if entry.is_file:
            assert entry.size == int(size)
            assert next(replay.read([entry])) == (county.root / path).read_bytes()
    assert len(replay.entries("")) == 0
    assert sum(path.endswith(".md") for path in (line.partition("\t")[2] for line in listed)) == (
        len(replay.entries("submissions")) + len(replay.entries("site"))
    )
    assert replay.standing_at(ONE) == replay.entry(f"submissions/2026/08/{ONE}.md")
    assert replay.standing_at("20260702-0900-nobody") is None


def test_what_the_user_set_up_for_git_changes_nothing(
    county: GitCounty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tip = county.git("rev-parse", "main")
    line, history = landings(county.root, tip, ZONE), history_of(county.root, tip, "main", ZONE)
    assert set(history.arrivals) == {ONE, TWO, THREE}
    assert {arrival.merged_by.email for arrival in history.arrivals.values() if arrival.merged_by} == {
        "lisi@t.example"
    }
    settings = tmp_path / "gitconfig"
    settings.write_text(SETTINGS, "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    assert county.git("config", "log.showRoot") == "false"
    assert landings(county.root, tip, ZONE) == line
    assert history_of(county.root, tip, "main", ZONE) == history


def test_a_county_in_a_folder_of_the_repository(county: GitCounty, tmp_path: Path) -> None:
    """Paths are the county's own; what lies outside it is called so."""
    outer = GitCounty(tmp_path / "outer")
    (outer.root / "county").mkdir()
    for name in ("registry", "submissions"):
        (outer.root / name).rename(outer.root / "county" / name)
    (outer.root / "outside.md").write_text("x\n", "utf-8")
    outer.git("add", "-A")
    outer.git("commit", "-q", "-m", "搬家", by="wuhao", at=AT)
    outer.commit(f"county/{path_of(ONE)}", item_text(ONE), "lisi", AT)
    line = landings(outer.root / "county", outer.git("rev-parse", "main"), ZONE)
    assert [one.path for one in line[-1].touched] == [path_of(ONE)]
    assert {"../outside.md", "../registry/office.yml", "registry/office.yml"} <= {
        one.path for one in line[1].touched
    }
    history = history_of(outer.root / "county", outer.git("rev-parse", "main"), "main", ZONE)
    assert set(history.arrivals) == {ONE}
