"""Closing a quarter on a real repository: the file, its verification, what may not be closed, and a trace of every reopening."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workflow.desk import Office, item_text, path_of, run

ID, OTHER = "20260701-0900-daba", "20260702-0900-nandu"
NOTICE = "registry/notices/2026-Q3.json"


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """Two items merged in the third quarter."""
    made = Office(tmp_path, capsys)
    for id_, day in ((ID, "01"), (OTHER, "02")):
        made.county.propose(id_, "wangmin", f"2026-07-{day}T10:00:00+08:00", item_text(id_))
        made.county.merge(id_, "lisi", f"2026-07-{day}T16:00:00+08:00")
    run(made.root, "push", "-q", "origin", "main")
    return made


def save(office: Office, words: str = "改动") -> None:
    run(office.root, "add", "-A")
    run(office.root, "commit", "-qm", words)
    run(office.root, "push", "-q", "origin", "main")


def test_a_quarter_is_frozen_with_commit_rules_and_hashes_and_verified(office: Office) -> None:
    status, words = office.call("close", "2026-Q3")
    assert status == 0
    assert words.startswith(f"2026年第三季度封存好了：{NOTICE}（2 行得分，提交 ")
    assert words.endswith(f"git add {NOTICE} && git commit -m 封存2026年第三季度\n")
    text = (office.root / NOTICE).read_text("utf-8")
    notice = json.loads(text)
    assert text == json.dumps(notice, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    assert notice["commit"] == run(office.root, "rev-parse", "HEAD")
    assert notice["inputs"]["submissions"] == run(office.root, "rev-parse", "HEAD:submissions")
    assert notice["rules"][0]["text"] == (office.root / "registry/rules/2026.yml").read_text("utf-8")
    assert [line["points"] for line in notice["lines"]] == ["3.00", "3.00"]
    assert notice["figures"]["totals"]["points"] == "6.00"
    assert "2026-11-24" not in text  # no clock
    save(office)
    assert office.call("close", "--verify") == (0, "2026年第三季度：与封存的一致\n")
    assert office.call("check")[0] == 0


def test_closing_again_gives_the_same_bytes_on_any_day(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.call("close", "2026-Q3")
    first = (office.root / NOTICE).read_bytes()
    (office.root / NOTICE).unlink()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1799000000")
    office.call("close", "2026-Q3")
    assert (office.root / NOTICE).read_bytes() == first


def test_what_may_not_be_closed(office: Office) -> None:
    for period, words in (
        ("2026-Q4", "还没有过完"),
        ("2026", "封存的是季度"),
        ("2026-13", "写法不对"),
        ("", "请写要封存的季度"),
    ):
        status, said = office.call("close", period)
        assert (status, words in said) == (2, True), said
    path = office.root / path_of(ID)
    path.write_text(path.read_text("utf-8") + "再加一句。\n", "utf-8")
    assert "没有提交的改动" in office.call("close", "2026-Q3")[1]
    run(office.root, "checkout", "-q", "--", ".")
    run(office.root, "checkout", "-q", "-b", "side")
    (office.root / "registry/extra.txt").write_text("x", "utf-8")
    run(office.root, "add", "-A")
    run(office.root, "commit", "-qm", "side")
    assert "不在 main 的历史上" in office.call("close", "2026-Q3")[1]
    run(office.root, "checkout", "-q", "main")
    assert office.call("close", "2026-Q3")[0] == 0
    save(office)
    assert "已经封存" in office.call("close", "2026-Q3")[1]
    assert "不能再封存更早的" in office.call("close", "2026-Q2")[1]


def test_a_rule_of_a_closed_quarter_is_not_changed(office: Office) -> None:
    office.call("close", "2026-Q3")
    save(office)
    path = office.root / "registry/rules/2026.yml"
    path.write_text(path.read_text("utf-8").replace("单条: 3", "单条: 4"), "utf-8")
    status, words = office.call("check")
    assert status == 1
    assert "registry/rules/2026.yml:1:1 错误[closed-rules] 2026年第三季度已经通报" in words
    # the published figures stand all the same
    assert "6.00" in office.call("stats", "2026-Q3")[1]
    path.rename(path.with_name("old.yml.bak"))
    (office.root / "registry/rules/new.yml").write_text(
        "from: 2026-10-01\ntitle: 新办法\nadoption: {县: 4}\n", "utf-8"
    )
    assert "当时的办法 registry/rules/2026.yml 不在了" in office.call("check")[1]
    run(office.root, "checkout", "-q", "--", ".")
    (office.root / "registry/rules/new.yml").unlink()
    (office.root / "registry/rules/2026-Q4.yml").write_text(
        "from: 2026-10-01\ntitle: 新办法\nadoption: {县: 4}\n", "utf-8"
    )
    assert office.call("check")[0] == 0


def test_what_comes_later_is_an_adjustment_in_the_open_quarter(office: Office) -> None:
    office.call("close", "2026-Q3")
    save(office)
    office.act_as("zhangwen")
    office.call("withdraw", ID, "--words", "核实有误")
    third, fourth = (office.call("stats", period, "--format", "json")[1] for period in ("2026-Q3", "2026-Q4"))
    assert json.loads(third)["totals"]["points"] == "6.00"
    assert json.loads(fourth)["totals"]["points"] == "-3.00"
    assert office.call("close", "--verify")[0] == 0
    year = json.loads(office.call("stats", "2026", "--format", "json")[1])
    assert year["totals"]["points"] == "3.00"


def test_a_file_that_was_changed_by_hand_does_not_verify(office: Office) -> None:
    office.call("close", "2026-Q3")
    text = (office.root / NOTICE).read_text("utf-8")
    (office.root / NOTICE).write_text(text.replace('"points": "3.00"', '"points": "9.00"'), "utf-8")
    status, words = office.call("close", "--verify", "2026-Q3")
    assert status == 1
    assert "封存的是 9.00，重算的是 3.00" in words
    for broken, said in (
        ("{", "不是写得对的 JSON"),
        (text.replace('"format": 1', '"format": 2'), ""),
        ("[]", ""),
    ):
        (office.root / NOTICE).write_text(broken, "utf-8")
        status, words = office.call("check")
        assert status == 1
        assert f"{NOTICE}:1:1 错误[notice-file]" in words
        assert said in words


def test_a_history_that_was_rewritten_is_said(office: Office) -> None:
    office.call("close", "2026-Q3")
    text = (office.root / NOTICE).read_text("utf-8")
    run(office.root, "commit", "-q", "--amend", "-m", "改写")
    (office.root / NOTICE).write_text(text, "utf-8")
    status, words = office.call("close", "--verify")
    assert (status, "不在 main 的历史上" in words) == (1, True)
    commit = json.loads(text)["commit"]
    (office.root / NOTICE).write_text(text.replace(commit, "0" * 40), "utf-8")
    status, words = office.call("close", "--verify")
    assert (status, "仓库里没有提交 0000000000" in words) == (1, True)


def test_only_the_chief_opens_a_quarter_again_and_it_leaves_a_trace(office: Office) -> None:
    office.call("close", "2026-Q3")
    save(office)
    status, words = office.call("close", "2026-Q3", "--reopen", "--words", "漏记一次批示")
    assert (status, "由主编办" in words) == (2, True)
    office.act_as("zhangwen")
    assert "要写原因" in office.call("close", "2026-Q3", "--reopen")[1]
    before = (office.root / NOTICE).read_text("utf-8")
    assert office.call("close", "2026-Q3", "--reopen", "--words", "漏记一次批示")[0] == 0
    assert not (office.root / NOTICE).exists()
    aside = office.root / "registry/notices/reopened"
    assert (aside / "2026-Q3-1.json").read_text("utf-8") == before
    assert (aside / "2026-Q3-1.txt").read_text("utf-8") == (
        "2026-11-24 张文（zhangwen）撤销2026年第三季度的封存：漏记一次批示\n"
    )
    save(office)
    assert office.call("close", "2026-Q3")[0] == 0
    assert (
        json.loads((office.root / NOTICE).read_text("utf-8"))["replaces"]
        == "registry/notices/reopened/2026-Q3-1.json"
    )
    save(office)
    assert office.call("close", "--verify")[0] == 0


def test_undecided_items_are_named(office: Office) -> None:
    id_ = "20260703-0900-daba"
    office.county.commit(path_of(id_), item_text(id_), "wangmin", "2026-07-03T10:00:00+08:00")
    status, words = office.call("close", "2026-Q3")
    assert (status, f"本季度还有 1 条待处理（{id_}）" in words) == (0, True)
