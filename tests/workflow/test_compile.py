"""An office-written item begun from sources: its text, its shares, what it will pay, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workflow.desk import GitCounty, Office, item_text, path_of, run
from zhibao.model.submission import Audience
from zhibao.repo.county_files import read_county

DABA, NANDU, CLOSED, SECRET, GONE = (
    f"20261123-{clock}" for clock in ("0931-daba", "0945-nandu", "1001-shuiwu", "1010-jiaoyu", "1020-gonghui")
)
COMPILED = "20261124-1300-office"
HELD = "  decision: held\n  by: lisi\n  date: 2026-11-23"
ADOPTED = "  decision: adopted\n  by: lisi\n  date: 2026-11-23"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five items that an editor merged: adopted, held, for the leaders, with what must not be said, taken back."""
    county = GitCounty(tmp_path_factory.mktemp("compile") / "desk")
    texts = {
        DABA: item_text(DABA),
        NANDU: item_text(NANDU, review=HELD),
        CLOSED: item_text(CLOSED, front="audience: leaders"),
        SECRET: item_text(SECRET).replace("过去没有", "内部资料，不得外传。过去没有"),
        GONE: item_text(GONE, review=f"{ADOPTED}\n  withdrawn: {{date: 2026-11-23, reason: 有误}}"),
    }
    county.git("checkout", "-q", "-b", "all")
    for id_, text in texts.items():
        county.commit(path_of(id_), text, "wangmin", "2026-11-23T10:30:00+08:00")
    county.git("checkout", "-q", "main")
    county.merge("all", "lisi", "2026-11-23T11:00:00+08:00")
    county.git("branch", "-qD", "all")
    return county.root


@pytest.fixture
def office(prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office.copied(prepared, tmp_path, capsys)


def compiled(office: Office, *arguments: str) -> str:
    status, words = office.call("compile", *arguments)
    assert status == 0, words
    assert words.startswith(f"{path_of(COMPILED)}\n")
    return words


def test_it_is_a_file_of_the_offices_with_the_sources_texts_below(office: Office) -> None:
    words = compiled(office, DABA, NANDU, "--title", "两镇的水井账")
    front, body = office.county.text(path_of(COMPILED)).split("\n---\n\n")
    assert front == (
        "---\ntitle: 两镇的水井账\nunit: office\nofficer: 李思\nkind: 经验\nsubmitted: 2026-11-24 13:00\n"
        f"audience: network\nsources:\n  - {{id: {DABA}}}\n  - {{id: {NANDU}}}"
    )
    assert f"【来源1】大坝镇《daba编号1123-0931的水井账》{DABA}，采用\n" in body
    assert f"【来源2】南渡镇《nandu编号1123-0945的水井账》{NANDU}，留用\n" in body
    assert body.index("第1123-0931号井第1户") < body.index("【来源2】") < body.index("第1123-0945号井第1户")
    assert (
        "采用一次，就给来源单位记一次分，办公室不计分：大坝镇 50%、南渡镇 50%。没有采用，谁也不得分。"
        in words
    )
    assert "假如今天县级采用（单条），按现行办法：大坝镇 1.5 分、南渡镇 1.5 分。" in words
    assert "不要了，删去这个文件就行" in words
    assert run(office.root, "status", "--porcelain", "-uall") == f"?? {path_of(COMPILED)}"


def test_it_passes_the_checks_and_pays_its_sources_once_it_is_adopted(office: Office) -> None:
    compiled(office, DABA, NANDU, "--title", "两镇的水井账怎样算清", "--share", f"{DABA}=0.6")
    assert office.call("check", path_of(COMPILED))[0] == 0
    office.county.git("checkout", "-q", "-b", "digest")
    office.county.git("add", "-A")
    office.county.git("commit", "-q", "-m", "编发", by="lisi", at="2026-11-24T13:00:00+08:00")
    office.county.git("checkout", "-q", "main")
    assert office.call("adopt", COMPILED)[0] == 0
    (score,) = json.loads(office.call("score", COMPILED, "--format", "json")[1])["scores"]
    assert [(line["unit"], line["points"]) for line in score["lines"]] == [
        ("daba", "1.80"),
        ("nandu", "1.20"),
    ]


def test_it_is_undone_by_deleting_the_file_and_another_stands_beside_it(office: Office) -> None:
    compiled(office, DABA, NANDU, "--title", "两镇的水井账")
    second = path_of(COMPILED).replace("-office", "-office-2")
    assert office.call("compile", DABA, "--title", "一镇的水井账")[1].startswith(f"{second}\n")
    for path in (path_of(COMPILED), second):
        (office.root / path).unlink()
    assert run(office.root, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("shares", "written"),
    [
        ((f"{DABA}=0.3333",), [", share: 0.3333", ", share: 0.6667"]),
        ((f"{DABA}=.3", f"{NANDU}=0.7"), [", share: 0.3", ", share: 0.7"]),
    ],
)
def test_shares_are_given_for_all_or_for_none(
    office: Office, shares: tuple[str, ...], written: list[str]
) -> None:
    options = [word for share in shares for word in ("--share", share)]
    compiled(office, DABA, NANDU, "--title", "两镇的水井账", *options)
    text = office.county.text(path_of(COMPILED))
    for id_, share in zip((DABA, NANDU), written, strict=True):
        assert f"  - {{id: {id_}{share}}}\n" in text


def test_a_source_for_the_leaders_makes_it_one_for_the_leaders(office: Office) -> None:
    assert "阅读范围写成了 leaders" in compiled(office, DABA, CLOSED, "--title", "水井账")
    item = read_county(office.root).county.by_id[COMPILED]
    assert item.submission.audience is Audience.LEADERS


REFUSED: tuple[tuple[tuple[str, ...], str], ...] = (
    ((DABA, DABA), f"{DABA} 写了 2 次；请只写一次"),
    ((DABA, "20261124-0000-daba"), "主分支上没有 20261124-0000-daba；还是提议的，请先留用：zhibao hold"),
    ((DABA, "../x"), "主分支上没有 ../x"),
    ((DABA, GONE, SECRET), f"{GONE} 已经撤下，不能作来源\n{SECRET} 的保密检查有错误，不能作来源"),
    ((DABA, NANDU, "--share", f"{DABA}=1"), f"份额合计已是 1，没有给 {NANDU} 留下"),
    ((DABA, NANDU, "--share", f"{DABA}=0.6", "--share", f"{NANDU}=0.5"), "份额合计 1.1，超过了 1"),
    ((DABA, "--share", f"{DABA}=0.6"), "份额合计 0.6，应为 1"),
    ((DABA, "--share", f"{NANDU}=0.6"), f"--share 里的 {NANDU} 不在来源里"),
    ((DABA, "--kind", "长文"), "没有“长文”这个类型；有：动态、经验"),
    ((DABA, "--title", "坏\x07的标题"), "控制字符"),
    ((DABA, "--title", ""), "title（标题）"),
    ((DABA, *(f"202611{day:02}-0000-daba" for day in range(1, 22))), "来源有 22 条，上限 20 条"),
)
WRONG_SHARES = ("0.6", DABA, f"{DABA}=x", f"{DABA}=0", f"{DABA}=2", f"{DABA}=NaN", f"{DABA}=0.12345")


def test_what_cannot_be_is_said_and_nothing_is_written(office: Office) -> None:
    for arguments, words in REFUSED:
        status, said = office.call("compile", "--title", "两镇的水井账", *arguments)
        assert (status, words in said) == (1, True), said
    for share in WRONG_SHARES:
        status, said = office.call("compile", DABA, "--title", "水井账", "--share", share)
        assert (status, "份额大于 0、不超过 1" in said) == (2, True), said
    for who, code, words in (("wangmin", 1, "不是编辑"), ("nobody", 2, "不在名册里")):
        office.act_as(who)
        status, said = office.call("compile", DABA, "--title", "水井账")
        assert (status, words in said) == (code, True), said
    assert run(office.root, "status", "--porcelain") == ""
