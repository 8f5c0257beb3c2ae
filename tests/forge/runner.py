"""A runner of workflows for one scratch repository: `run:` lines as written, `uses:` replaced by what they do there.

Only the expressions that our workflows use are known; any other one fails the test.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from forge.page import Page
from forge.stand_in import TOKEN
from workflow.desk import run

ROOT = Path(__file__).parents[2]
WORKFLOWS = ROOT / ".github" / "workflows"
PAGES = ("actions/configure-pages", "actions/upload-pages-artifact", "actions/deploy-pages")


@dataclass
class Done:
    """One job: what its steps printed, its exit code, what it put out, and which actions ran."""

    printed: str = ""
    status: int = 0
    outputs: dict[str, str] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)
    summary: str = ""


def workflow(name: str) -> dict[Any, Any]:
    """A workflow file; `on` is true to YAML."""
    found: dict[Any, Any] = yaml.safe_load((WORKFLOWS / name).read_text("utf-8"))
    return found


def run_job(page: Page, name: str, job: str, event: dict[str, Any]) -> Done:
    """Run a job in a fresh workspace with the event's file."""
    work = page.folder / f"{name}-{job}-{len(list(page.folder.iterdir()))}"
    files = {key: work.with_suffix(f".{key}") for key in ("event", "summary", "output")}
    for path in files.values():
        path.touch()
    files["event"].write_text(Path(page.event(event)).read_text("utf-8"), "utf-8")
    found, done = workflow(name)["jobs"][job], Done()
    runner = page.forge.environment() | {
        "GITHUB_EVENT_PATH": str(files["event"]),
        "GITHUB_STEP_SUMMARY": str(files["summary"]),
        "GITHUB_OUTPUT": str(files["output"]),
        "GITHUB_SERVER_URL": "https://forge.example",
        "PATH": os.environ["PATH"],
        "HOME": str(page.folder),
    }
    del runner["GITHUB_TOKEN"]
    kept = {
        name: text
        for name, text in os.environ.items()
        if name.startswith(("SOURCE_DATE", "GIT_CONFIG", "NO_MK"))
    }
    for step in found["steps"]:
        if "if" in step and not _holds(step["if"], done.outputs):
            continue
        more = {
            key: value(text, event) for key, text in {**found.get("env", {}), **step.get("env", {})}.items()
        }
        if "uses" in step:
            _use(step, page, work, event, done)
        elif not _set_up(step["run"], work):
            _run(step["run"], work, kept | runner | more, done)
        done.outputs = dict(line.split("=", 1) for line in files["output"].read_text("utf-8").splitlines())
        if done.status:
            break
    done.summary = files["summary"].read_text("utf-8")
    return done


def value(text: str, event: dict[str, Any]) -> str:
    """What an expression comes to in a repository without secrets and variables of its own."""
    known = {
        "github.token": TOKEN,
        "secrets.ZHIBAO_TOKEN || github.token": TOKEN,
        "secrets.ZHIBAO_SITE_TOKEN": "",
        "vars.ZHIBAO_WHEELS": "",
        "github.event.repository.default_branch": "main",
        "github.event.pull_request.base.sha": event.get("pull_request", {}).get("base", {}).get("sha", ""),
    }
    return re.sub(r"\$\{\{ (.+?) \}\}", lambda match: known[match[1]], text)


def _holds(condition: str, outputs: dict[str, str]) -> bool:
    assert condition == "steps.site.outputs.built == 'true'", condition
    return outputs.get("built") == "true"


def _set_up(lines: str, work: Path) -> bool:
    """The command is made ready by what made it ready for these tests."""
    if "make tool" not in lines:
        return False
    (work / ".venv").symlink_to(ROOT / ".venv")
    return True


def _use(step: dict[str, Any], page: Page, work: Path, event: dict[str, Any], done: Done) -> None:
    action, _, pin = step["uses"].partition("@")
    assert re.fullmatch(r"[0-9a-f]{40}", pin)
    done.actions.append(action)
    if action == "actions/checkout":
        assert step["with"]["fetch-depth"] == 0
        assert step["with"]["persist-credentials"] is False
        run(page.folder, "clone", "-q", "--no-local", str(page.origin), str(work))
        run(work, "checkout", "-q", value(step["with"].get("ref", "main"), event))
        return
    assert action in PAGES
    if action == "actions/upload-pages-artifact":
        assert (work / step["with"]["path"] / "index.html").is_file()


def _run(lines: str, work: Path, environment: dict[str, str], done: Done) -> None:
    """As a runner does it: the lines in a file, bash told to stop at the first error."""
    script = work.with_suffix(".sh")
    script.write_text(lines, "utf-8")
    made = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
        cwd=work,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    done.printed += made.stdout + made.stderr
    done.status = made.returncode
