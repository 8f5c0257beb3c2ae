"""The intake cut off at every request, by a refusal or a lost answer: run again, all stands once, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forge.issues import TITLE, form
from forge.page import Page
from forge.stand_in import NOON, Fault
from workflow.desk import run
from zhibao.door import intake
from zhibao.repo import git, remotes


@pytest.fixture(autouse=True)
def _no_naps(monkeypatch: pytest.MonkeyPatch, naps: list[float]) -> None:
    monkeypatch.setattr(intake, "sleep", lambda seconds: None)


def stands(page: Page, issue: int) -> dict[str, object]:
    """What there is because of an issue, free of its number."""
    name = f"intake/{issue}"
    pulls = [one for one in page.forge.pulls.values() if one.branch == name]
    heads = [one.head for one in pulls]
    return {
        "proposals": [(one.title, one.open) for one in pulls],
        "commits": run(page.origin, "log", "--format=%an %s", f"main..{name}").count("\n") + 1,
        "files": run(page.origin, "diff", "--stat=200", f"main...{name}").count("|"),
        "answers": [text.splitlines()[3:] for text in page.forge.of_bot(issue)],
        "reports": [len(page.forge.of_bot(one.number)) for one in pulls],
        # said once more after a lost answer, a status is the same
        "statuses": {(one.state, one.words) for one in page.forge.said if one.commit in heads},
    }


def opened(page: Page) -> int:
    """An issue of a day of its own, so that the measure of a day stops none."""
    page.forge.now -= timedelta(days=1)
    return page.forge.open_issue("wangmin", TITLE, form()).number


KINDS = {
    "refused": lambda n: Fault(401, after=n),
    "not to be seen": lambda n: Fault(404, method="POST", after=n),
    "lost before": lambda n: Fault(0, method="POST", after=n),
    "lost after": lambda n: Fault(0, method="POST", done=True, after=n),
    "broken after": lambda n: Fault(500, method="POST", done=True, after=n),
}


def test_a_run_that_was_refused_anywhere_is_made_good_by_the_next(issues_page: Page) -> None:
    cut_off(issues_page, "refused")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "refused"])
def test_a_run_whose_answer_was_lost_anywhere_is_made_good(page: Page, kind: str) -> None:
    cut_off(page, kind)


def cut_off(page: Page, kind: str) -> None:
    """One whole run, then one issue for each of its requests, which fails once; the end is always that of the whole run."""
    page.forge.now = NOON
    first = opened(page)
    asked = len(page.forge.requests)
    assert page.intake(first)[0] == 0
    made = [method for method, _ in page.forge.requests[asked:] if kind == "refused" or method == "POST"]
    wanted = stands(page, first)
    cut = 0
    for number in range(len(made)):
        issue = opened(page)
        page.forge.faults = [KINDS[kind](number)]
        cut += page.intake(issue)[0] == 2
        page.forge.faults = []
        assert page.intake(issue, "edited")[0] == 0
        assert stands(page, issue) == wanted, (kind, number)
    assert wanted["statuses"] == {("success", "没有要改的错误，等编辑处理。")}
    lost = kind.startswith(("lost", "broken"))
    assert cut == (0 if lost else len(made)), "a lost answer is looked for in the same run"


def test_a_run_that_is_cut_off_while_it_pushes(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    issue = opened(page)
    real = remotes.push

    def lost(root: object, commit: str, name: str) -> None:
        real(page.root, commit, name)
        raise git.GitError("git push 没有成功：连接断了")

    monkeypatch.setattr(remotes, "push", lost)
    assert page.intake(issue) == (2, "zhibao：git push 没有成功：连接断了\n")
    monkeypatch.setattr(remotes, "push", real)
    assert page.intake(issue)[0] == 0
    assert stands(page, issue)["commits"] == 1


def test_two_runs_at_once_make_one_branch_and_one_proposal(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = opened(page)
    event = page.event(page.forge.issue_event(issue))
    real = remotes.push
    runs: list[tuple[int, str]] = []

    def race(root: object, commit: str, name: str) -> None:
        monkeypatch.setattr(remotes, "push", real)
        runs.append(page.call("intake", event))
        real(page.root, commit, name)

    monkeypatch.setattr(remotes, "push", race)
    assert page.call("intake", event)[0] == runs[0][0] == 0
    found = stands(page, issue)
    assert (len(found["proposals"]), found["commits"], len(found["answers"])) == (1, 1, 1)


def test_the_decision_is_told_once_however_often_the_telling_breaks_off(page: Page) -> None:
    issue = opened(page)
    page.intake(issue)
    pull = next(iter(page.forge.pulls.values()))
    pull.open = False
    event = page.event(page.forge.pull_event(pull.number) | {"action": "closed"})
    broken = 0
    for number in range(9):
        page.forge.faults = [Fault(401, after=number)]
        broken += page.call("intake", event)[0] == 2
    page.forge.faults = []
    assert page.call("intake", event)[0] == 0
    assert broken > 3
    assert len([text for text in page.forge.of_bot(issue) if "zhibao:decided" in text]) == 1
    assert not page.forge.tickets[issue].open


def test_a_forge_that_limits_us_is_given_its_time(page: Page, naps: list[float]) -> None:
    issue = opened(page)
    page.forge.faults = [
        Fault(429, {"Retry-After": "7"}),
        Fault(403, {"Retry-After": "9"}, method="POST", after=1),
    ]
    assert page.intake(issue)[0] == 0
    assert naps == [7, 9]
    assert len(stands(page, issue)["proposals"]) == 1
