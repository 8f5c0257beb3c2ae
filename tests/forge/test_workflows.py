"""The workflows: their `run:` lines executed as written in a scratch repository, and what is promised of all of them."""

from __future__ import annotations

import os
import re
import subprocess
from typing import Any

import pytest
import yaml

from forge.issues import TITLE, form
from forge.page import ID, Page
from forge.runner import ROOT, WORKFLOWS, run_job, workflow
from workflow.desk import path_of, run
from zhibao.door.intake_words import FROM_ISSUE
from zhibao.door.sender import TAKE
from zhibao.door.words import SLASHES

NAMES = sorted(path.name for path in WORKFLOWS.iterdir())
SITE = """
site_name: x
docs_dir: site
site_dir: public
use_directory_urls: false
theme: {name: mkdocs}
plugins: [zhibao]
"""


def pull_event(page: Page, number: int = 1) -> dict[str, Any]:
    event = page.forge.pull_event(number)
    event["pull_request"]["base"]["sha"] = run(page.origin, "rev-parse", "main")
    return event


def test_check_reports_beside_the_lines_and_in_the_summary_and_writes_nothing(page: Page) -> None:
    page.open(front="review:\n  decision: adopted", fork=True)
    done = run_job(page, "check.yml", "check", pull_event(page))
    assert done.status == 1
    assert f"::error file={path_of(ID)},line=8,col=3,title=错误 item-permission::" in done.printed
    assert re.match(r"<!-- zhibao:review -->\n<!-- [0-9a-f]{40} -->\n\*\*要改 ", done.summary)
    assert page.forge.requests == []


def test_report_and_words_from_an_item_to_its_adoption(page: Page) -> None:
    one = page.open(fork=True)
    done = run_job(page, "report.yml", "report", pull_event(page))
    assert (done.status, done.printed) == (0, "提议 1：看过了，写在提议页面上\n")
    assert page.forge.status_of(one.head) == ("success", "没有要改的错误，等编辑处理。")
    assert done.summary in page.comment()
    note = page.write("lisi", "/采用")
    done = run_job(page, "words.yml", "words", page.forge.note_event(note))
    assert (done.status, done.printed) == (0, f"提议 1：办好了，采用 {ID}\n")
    assert page.log("%an <%ae> %cn") == "李思 <lisi@t.example> 李思"
    assert page.forge.authorized


def test_intake_from_an_issue_to_its_adoption(page: Page) -> None:
    page.forge.open_issue("newcomer", TITLE, form())
    done = run_job(page, "intake.yml", "take", page.forge.issue_event(1))
    assert (done.status, "等编辑确认" in done.printed) == (0, True), done.printed
    note = page.forge.write(1, "lisi", "/收 daba 王敏")
    done = run_job(page, "intake.yml", "take", page.forge.issue_note_event(note))
    id_ = "20261124-1200-daba"
    assert (done.status, done.printed) == (0, f"议题 1：收到了，编号 {id_}，提议 2\n")
    assert page.forge.pulls[2].text.startswith(FROM_ISSUE)
    page.point(page.forge.pulls[2])
    done = run_job(page, "words.yml", "words", page.forge.note_event(page.write("lisi", "/采用", 2)))
    assert (done.status, done.printed) == (0, f"提议 2：办好了，采用 {id_}\n")
    page.forge.pulls[2].open, page.forge.pulls[2].merged = False, True
    done = run_job(page, "intake.yml", "tell", pull_event(page, 2) | {"action": "closed"})
    assert (done.status, done.printed) == (0, "提议 2：议题 1：结果写上了\n")
    assert "采用（试验信息，单条）" in page.forge.of_bot(1)[-1]
    assert not page.forge.tickets[1].open


def test_the_head_is_never_checked_out_and_nothing_of_it_runs(page: Page) -> None:
    one = page.open()
    evil = "tool:\n\ttouch pwned\n"
    for path in ("Makefile", ".venv/bin/zhibao", "tools/zhibao/__init__.py", "sitecustomize.py"):
        page.push(one, path, evil)
    for name, job in (("check.yml", "check"), ("report.yml", "report")):
        done = run_job(page, name, job, pull_event(page))
        assert "path-permission" in done.summary
    assert not list(page.folder.rglob("pwned*"))
    assert not list(page.folder.glob("*.yml-*/Makefile"))


def with_site(page: Page, publish: str) -> None:
    """A county with a site of its own, and one item that an editor adopted."""
    page.open()
    run(page.root, "merge", "-q", "--no-ff", "-m", "采用", "origin/" + ID)
    for path, text in {
        "mkdocs.yml": SITE,
        "site/note.md": "# 说明\n",
        "registry/office.yml": f"{page.county.text('registry/office.yml')}\n{publish}",
        ".github/CODEOWNERS": page.call("codeowners")[1],
        ".gitignore": ".cache/\npublic/\n.venv\n",
    }.items():
        page.county.commit(path, text, "wuhao", "2026-11-24T12:00:00+08:00")
    run(page.root, "push", "-q", "origin", "main")


def test_publish_hands_nothing_over_where_nothing_is_turned_on(page: Page) -> None:
    done = run_job(page, "publish.yml", "open", {"ref": "refs/heads/main"})
    assert (done.status, done.outputs, done.actions) == (0, {"built": "false"}, ["actions/checkout"])
    assert "没有打开公开版的发布" in done.printed


def test_publish_hands_the_open_edition_to_pages_and_pushes_the_network_edition(page: Page) -> None:
    host = page.folder / "site.git"
    run(page.folder, "init", "-q", "--bare", str(host))
    with_site(page, f"publish: {{open: pages, network: {host}}}\n")
    done = run_job(page, "publish.yml", "open", {"ref": "refs/heads/main"})
    assert (done.status, done.outputs) == (0, {"built": "true"}), done.printed
    assert done.actions == ["actions/checkout", "actions/configure-pages", "actions/upload-pages-artifact"]
    done = run_job(page, "publish.yml", "network", {"ref": "refs/heads/main"})
    assert done.status == 0, done.printed
    assert "推送到" in done.printed
    assert "CODEOWNERS 是最新的" in done.printed
    assert "items/" in run(host, "ls-tree", "-r", "--name-only", "pages")


# what is promised of all


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_has_least_rights_pinned_actions_and_short_lines(name: str) -> None:
    text, found = (WORKFLOWS / name).read_text("utf-8"), workflow(name)
    assert found["permissions"] == {}
    for line in re.findall(r" uses: (.*)", text):
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line
    for job in found["jobs"].values():
        assert job["timeout-minutes"] <= 20
        assert job["permissions"]
        for step in job["steps"]:
            assert "run" not in step or ("${{" not in step["run"] and len(step["run"].splitlines()) <= 2)
            assert "run" not in step or step["run"].startswith((".venv/bin/zhibao ", "make tool"))


def test_only_the_trusted_workflows_may_write_and_none_takes_the_head() -> None:
    rights = {
        name: {right for job in workflow(name)["jobs"].values() for right in job["permissions"].items()}
        for name in NAMES
    }
    assert rights["check.yml"] == {("contents", "read")}
    may_push = {name for name, found in rights.items() if ("contents", "write") in found}
    assert may_push == {"words.yml", "intake.yml"}
    assert workflow("intake.yml")["jobs"]["tell"]["permissions"] == {
        "contents": "read",
        "issues": "write",
        "pull-requests": "read",
    }
    assert {event: found["types"] for event, found in workflow("intake.yml")[True].items()} == {
        "issues": ["opened", "edited", "reopened"],
        "issue_comment": ["created"],
        "pull_request_target": ["closed"],
    }
    assert list(workflow("report.yml")[True]) == ["pull_request_target"]
    assert workflow("words.yml")[True] == {"issue_comment": {"types": ["created"]}}
    for name in NAMES:
        text = (WORKFLOWS / name).read_text("utf-8")
        assert "head." not in text.replace("github.head", "head.")
        assert ("secrets." in text) == (name != "check.yml")


def test_every_beginning_of_a_word_starts_the_workflow() -> None:
    condition = workflow("words.yml")["jobs"]["words"]["if"]
    assert [f"startsWith(github.event.comment.body, '{slash}')" in condition for slash in SLASHES] == [
        True,
        True,
    ]


def test_the_conditions_of_the_intake_are_the_words_of_the_program() -> None:
    jobs = workflow("intake.yml")["jobs"]
    for slash in SLASHES:
        assert f"startsWith(github.event.comment.body, '{slash}{TAKE}')" in jobs["take"]["if"]
    assert f"startsWith(github.event.pull_request.body, '{FROM_ISSUE}')" in jobs["tell"]["if"]


# GitLab


def gitlab_job(page: Page, job: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A job's script as a GitLab runner does it: all lines in one shell that stops at the first error."""
    work = page.folder / f"gitlab-{job}-{len(list(page.folder.iterdir()))}"
    run(page.folder, "clone", "-q", "--no-local", str(page.origin), str(work))
    (work / ".venv").symlink_to(ROOT / ".venv")
    lines = "\n".join(GITLAB[job]["script"])
    assert "make tool" in lines
    fixed = {
        "CI_SERVER_URL": "https://gitlab.example",
        "CI_PROJECT_URL": str(page.origin).removesuffix(".git"),
        "CI_DEFAULT_BRANCH": "main",
    }
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", lines.replace("make tool", "true")],
        cwd=work,
        env=os.environ | page.forge.environment() | fixed | variables,
        capture_output=True,
        text=True,
        check=False,
    )


GITLAB = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))


def test_gitlab_checks_reports_and_carries_words(gitlab_page: Page) -> None:
    one = gitlab_page.open()
    merge = {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_COMMIT_SHA": one.head}
    done = gitlab_job(gitlab_page, "check", GITLAB_USER_LOGIN="wangmin", **merge)
    assert (done.returncode, "没有要改的错误" in done.stdout) == (0, True), done.stderr
    payload = gitlab_page.event(gitlab_page.forge.pull_event())
    done = gitlab_job(gitlab_page, "desk", TRIGGER_PAYLOAD=payload)
    assert done.returncode == 0, done.stderr
    assert gitlab_page.forge.status_of(one.head) == ("success", "没有要改的错误，等编辑处理。")
    payload = gitlab_page.event(gitlab_page.forge.note_event(gitlab_page.write("lisi", "/留用")))
    done = gitlab_job(gitlab_page, "desk", TRIGGER_PAYLOAD=payload)
    assert done.stdout == f"这个事件不是提议的，没有要看的。\n提议 1：办好了，留用 {ID}\n"
    assert gitlab_page.log("%an") == "李思"


def test_gitlab_publishes_nothing_where_nothing_is_turned_on(gitlab_page: Page) -> None:
    for job in ("pages", "network"):
        done = gitlab_job(gitlab_page, job)
        assert (done.returncode, "没有建" in done.stdout) == (0, True), done.stderr


def test_gitlab_keeps_the_trusted_job_to_triggers_on_the_default_branch() -> None:
    assert [rule["if"] for rule in GITLAB["desk"]["rules"]] == [
        '$CI_PIPELINE_SOURCE == "trigger" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH'
    ]
