"""The clients against the stand-in: the same answers from every forge, and patience within bounds when it fails."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from forge.page import Page
from forge.stand_in import BOTS, NOON, TOKEN, Fault, Pull, Said, StandIn
from zhibao.door import rest
from zhibao.door.connect import connect
from zhibao.door.facts import ForgeError, branch_at
from zhibao.door.forge import Forge, Visibility, put_comment
from zhibao.door.rest import LostError
from zhibao.repo import git, remotes

HEAD = "a" * 40
MARK = "<!-- zhibao:review -->"


def client(forge: StandIn) -> Forge:
    return connect(forge.environment())


def test_a_proposal_is_what_the_forge_says_of_it(every_forge: StandIn) -> None:
    every_forge.pulls[3] = Pull(3, HEAD, "wangmin", "daba/1", title="水账")
    every_forge.pulls[4] = Pull(4, HEAD, "_odd", "main", fork=True)
    every_forge.pulls[5] = Pull(5, HEAD, "x", "y", open=False)
    found = client(every_forge).proposal(3)
    assert (found.number, found.head, found.account, found.branch) == (3, HEAD, "wangmin", "daba/1")
    assert (found.title, found.target, found.is_open) == ("水账", "main", True)
    assert found.opened == NOON - timedelta(hours=2)
    assert [(one.number, one.branch) for one in client(every_forge).open_proposals()] == [
        (3, "daba/1"),
        (4, ""),
    ]
    assert not client(every_forge).proposal(5).is_open
    assert every_forge.authorized


def test_a_proposal_pushed_to_refs_for_has_no_branch_of_its_own(every_forge: StandIn) -> None:
    every_forge.pulls[1] = Pull(1, HEAD, "wangmin", "refs/pull/1/head")
    if every_forge.dialect != "gitlab":
        assert client(every_forge).proposal(1).branch == ""


def test_a_branch_is_proposed_once(every_forge: StandIn) -> None:
    every_forge.tip = {"intake/9": HEAD}.get  # type: ignore[assignment]
    ours = client(every_forge)
    made = ours.open_proposal("intake/9", f"水账\n{'长' * 300}", "说明", target="main")
    assert (made.number, made.head, made.branch, made.target) == (1, HEAD, "intake/9", "main")
    assert (made.own, made.is_open, made.is_merged) == (True, True, False)
    assert (len(made.title), made.title[:4], every_forge.pulls[1].text) == (255, "水账 长", "说明")
    assert ours.open_proposal("intake/9", "水账", "说明", target="main") == made
    assert len(every_forge.pulls) == 1
    every_forge.pulls[1].open, every_forge.pulls[1].merged = False, True
    assert (ours.proposal(1).is_open, ours.proposal(1).is_merged) == (False, True)
    every_forge.pulls[2] = Pull(2, HEAD, "wangmin", "x", open=False)
    assert (ours.proposal(2).is_merged, ours.proposal(2).own) == (False, False)


@pytest.mark.parametrize("done", [False, True])
def test_a_proposal_whose_answer_is_lost_is_looked_for_before_it_is_opened_again(
    every_forge: StandIn, naps: list[float], done: bool
) -> None:
    every_forge.tip = {"b": HEAD}.get  # type: ignore[assignment]
    every_forge.faults = [Fault(0, method="POST", done=done)]
    assert client(every_forge).open_proposal("b", "水账", "", target="main").number == 1
    assert len(every_forge.pulls) == 1
    every_forge.pulls.clear()
    every_forge.faults = [Fault(409, method="POST", done=True)]
    assert client(every_forge).open_proposal("b", "水账", "", target="main").number == 1, "another was first"
    every_forge.pulls.clear()
    every_forge.faults = [Fault(500, method="POST") for _ in range(2)]
    with pytest.raises(LostError):
        client(every_forge).open_proposal("b", "水账", "", target="main")


def test_a_branch_that_is_not_there_is_not_proposed(every_forge: StandIn) -> None:
    with pytest.raises(ForgeError, match="没有答应"):
        client(every_forge).open_proposal("b", "水账", "", target="main")
    assert every_forge.pulls == {}


def test_only_our_own_statuses_under_our_name_count(every_forge: StandIn) -> None:
    for account, context in (
        ("wangmin", "zhibao/review"),
        (BOTS[every_forge.dialect], "other"),
        ("forgejo-action", "zhibao/review"),
    ):
        every_forge.said.append(Said(HEAD, "success", "好", account, NOON, context))
    ours = client(every_forge)
    assert ours.statuses(HEAD) == []
    ours.set_status(HEAD, passed=False, words="要改\n1 处")
    every_forge.now += timedelta(minutes=1)
    ours.set_status(HEAD, passed=True, words="字" * 200)
    ours.set_status(HEAD, passed=True, words="字" * 200)
    found = ours.statuses(HEAD)
    assert [(one.passed, one.created) for one in found[:2]] == [
        (False, NOON),
        (True, NOON + timedelta(minutes=1)),
    ]
    assert (found[0].words, len(found[1].words)) == ("要改 1 处", 140)


def test_one_comment_is_written_and_then_rewritten_and_a_strangers_is_left_alone(
    every_forge: StandIn,
) -> None:
    every_forge.write(1, "wangmin", f"{MARK}\n我写的")
    for number in range(60):  # more than one page
        every_forge.write(1, "lisi", f"第 {number} 条")
    for text in ("一", "二", "二"):
        put_comment(client(every_forge), 1, MARK, f"{MARK}\n{text}")
    assert every_forge.of_bot() == [f"{MARK}\n二"]
    assert every_forge.notes[0].text == f"{MARK}\n我写的"
    changing = [method for method, _ in every_forge.requests if method != "GET"]
    assert changing == ["POST", "PUT" if every_forge.dialect == "gitlab" else "PATCH"]


def test_a_comment_belongs_to_its_proposal(every_forge: StandIn) -> None:
    note = every_forge.write(1, "lisi", "/采用")
    assert client(every_forge).comment(1, note.id).account == "lisi"
    if every_forge.dialect != "gitlab":  # there the address names the proposal
        with pytest.raises(ForgeError, match="不在提议 2 上"):
            client(every_forge).comment(2, note.id)


@pytest.mark.parametrize("visibility", list(Visibility))
def test_who_may_read_the_repository(every_forge: StandIn, visibility: Visibility) -> None:
    every_forge.visibility = visibility.value
    assert client(every_forge).visibility() is visibility


# patience


def test_what_is_limited_or_broken_is_asked_again_after_the_time_that_the_forge_names(
    forge: StandIn, naps: list[float]
) -> None:
    forge.pulls[1] = Pull(1, HEAD, "wangmin", "x")
    forge.faults = [Fault(429, {"Retry-After": "7"}), Fault(502), Fault(0)]
    assert client(forge).proposal(1).head == HEAD
    assert naps == [7, 4, 8]


def test_patience_ends(forge: StandIn, naps: list[float]) -> None:
    forge.faults = [Fault(503, {"Retry-After": "86400"}) for _ in range(9)]
    with pytest.raises(ForgeError, match="GET repos/xianwei/xinxi → 503"):
        client(forge).visibility()
    assert naps == [rest.MOST_PATIENCE] * (rest.TRIES - 1)


def test_what_is_refused_is_not_asked_again(forge: StandIn, naps: list[float]) -> None:
    forge.faults = [
        Fault(403, body="{“}".encode()),
        Fault(401, body=b'{"message": "Bad \x1b[31mcredentials"}'),
    ]
    with pytest.raises(ForgeError, match="令牌没有这个权限"):
        client(forge).visibility()
    with pytest.raises(ForgeError, match="令牌不对或者过期了") as caught:
        client(forge).visibility()
    assert "\x1b" not in str(caught.value)
    assert TOKEN not in str(caught.value)
    assert naps == []


@pytest.mark.parametrize("done", [False, True])
def test_a_comment_whose_answer_is_lost_is_looked_for_before_it_is_written_again(
    forge: StandIn, naps: list[float], done: bool
) -> None:
    forge.faults = [Fault(0, method="POST", done=done)]
    put_comment(client(forge), 1, MARK, f"{MARK}\n一")
    assert forge.of_bot() == [f"{MARK}\n一"]
    forge.faults = [Fault(500, method="POST") for _ in range(3)]
    with pytest.raises(LostError):
        put_comment(client(forge), 2, MARK, f"{MARK}\n一")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault(200, body=b"<html>login</html>"), "不是 JSON"),
        (Fault(200, body=b"[" * 100_000), "不是 JSON"),
        (Fault(200, body=b"[]"), "没有给出编号"),
        (Fault(200, body=b'{"number": 1, "head": {"sha": "--upload-pack=x"}}'), "head.sha"),
        (Fault(302, {"Location": "http://127.0.0.2:1/"}), "要转到别的主机"),
        (Fault(302, {"Location": "//evil.example/"}), "要转到别的主机"),
        (Fault(200, body=b" " * (rest.LARGEST_ANSWER + 1)), "超过 10 MB"),
    ],
)
def test_an_answer_that_is_none(forge: StandIn, fault: Fault, words: str) -> None:
    forge.faults = [fault]
    with pytest.raises(ForgeError, match=words):
        client(forge).proposal(1)


def test_a_renamed_repository_is_followed_on_its_own_server(forge: StandIn) -> None:
    forge.faults = [Fault(301, {"Location": forge.base + "/repos/xianwei/xinxi"})]
    assert client(forge).visibility() is Visibility.PRIVATE
    forge.faults = [Fault(301, {"Location": f"/x{number}"}) for number in range(9)]
    with pytest.raises(ForgeError, match="转来转去"):
        client(forge).visibility()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("GITHUB_TOKEN", "", "GITHUB_TOKEN"),
        ("GITHUB_TOKEN", "a\r\nX-Evil: 1", "GITHUB_TOKEN"),
        ("GITHUB_REPOSITORY", "../../user", "GITHUB_REPOSITORY"),
        ("GITHUB_API_URL", "file:///etc", "写法不对"),
        ("GITHUB_API_URL", "https://user:pw@host/", "写法不对"),
        ("GITHUB_API_URL", "", "不知道在哪个平台上"),
    ],
)
def test_an_environment_that_is_none(forge: StandIn, name: str, value: str, words: str) -> None:
    with pytest.raises(ForgeError, match=words):
        connect(forge.environment() | {name: value})


def test_a_workflows_token_is_shown_to_its_own_server_only(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://forge.example")
    seen: list[Mapping[str, str]] = []
    monkeypatch.setattr(git, "run", lambda *_, extra, **__: seen.append(extra) or b"")
    for url in (
        "https://forge.example/xianwei/xinxi",
        "https://forge.example.evil/x",
        "http://forge.example/x",
        "git@forge.example:x.git",
        "/srv/git/x.git",
    ):
        monkeypatch.setattr(git, "ask", lambda *_, url=url: url)
        remotes.fetch(page.root, "main")
    assert [bool(extra) for extra in seen] == [True, False, False, False, False]
    assert seen[0]["GIT_CONFIG_KEY_0"] == "http.https://forge.example/.extraheader"
    assert TOKEN not in str(seen[0]), "not in clear"
    monkeypatch.delenv("GITHUB_SERVER_URL")
    monkeypatch.setattr(git, "ask", lambda *_: "https://forge.example/x")
    remotes.fetch(page.root, "main")
    assert seen[-1] == {}, "on somebody's own machine git's helpers serve"


@pytest.mark.parametrize(
    "name", ["", "-x", "a..b", "a b", "a\nb", "/x", "x/", "a.lock", "a~1", "a^", "a:b", "@{-1}", "x" * 300]
)
def test_a_name_that_no_branch_has(name: str) -> None:
    with pytest.raises(ForgeError):
        branch_at({"ref": name}, "ref")
    assert branch_at({"ref": "a$(touch${IFS}pwned);`id`&|'\"<>"}, "ref")
