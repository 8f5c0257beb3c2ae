"""A forge of our own on 127.0.0.1 that speaks as much of GitHub's, Gitea's and GitLab's REST as the clients use.

Shapes are those of the forges' documentation and recorded payloads. What it does not prove: that a real forge gives a token the
permissions that a workflow asks for, that branch protection takes our status, when and in which order real events arrive, how a forge
renders Markdown, how its limits really behave, that an issue form makes exactly this text, how soon a forge knows a branch that was just
pushed, and that a token opens the files uploaded to issues of a private repository.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

ZONE = timezone(timedelta(hours=8))
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZONE)
REPOSITORY, PROJECT = "xianwei/xinxi", 42
BOTS = {"github": "github-actions[bot]", "gitea": "gitea-actions", "gitlab": "project_42_bot"}
BASES = {"github": "/api/v3", "gitea": "/api/v1", "gitlab": "/api/v4"}
TOKEN = "secret-of-the-workflow"


@dataclass
class Pull:
    number: int
    head: str
    account: str
    branch: str
    fork: bool = False
    target: str = "main"
    title: str = "一条信息"
    opened: datetime = NOON - timedelta(hours=2)
    open: bool = True
    merged: bool = False
    text: str = ""
    follows: bool = False
    """Whether its head is that of its branch in the repository behind: so of those that were opened here."""


@dataclass
class Ticket:
    """An issue; `name` is what its author is called on pages, which proves nothing."""

    number: int
    account: str
    title: str
    text: str
    created: datetime = NOON
    open: bool = True
    name: str = ""


@dataclass
class Note:
    id: int
    number: int
    account: str
    text: str
    created: datetime
    updated: datetime


@dataclass
class Said:
    commit: str
    state: str
    words: str
    account: str
    created: datetime
    context: str = "zhibao/review"


@dataclass
class Fault:
    """What happens instead of an answer, once: a status with headers, or a lost connection (0), before or after the work is done.

    `after` that many requests that go well; only to a path that ends as `path` does.
    """

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    method: str = ""
    done: bool = False
    body: bytes = b'{"message": "fault"}'
    after: int = 0
    path: str = ""

    def meets(self, method: str, path: str) -> bool:
        return self.method in ("", method) and path.endswith(self.path)


class StandIn:
    """The forge: its state can be read and written by tests, its clock stands still until it is moved."""

    def __init__(self, dialect: str = "github") -> None:
        self.dialect = dialect
        self.now = NOON
        self.me = BOTS[dialect]
        self.pulls: dict[int, Pull] = {}
        self.notes: list[Note] = []
        self.tickets: dict[int, Ticket] = {}
        self.files: dict[str, bytes] = {}
        """What was uploaded, by path below the forge's own address."""
        self.after: Callable[[str, str], None] = lambda method, path: None
        """Called when a request was answered, with its method and path: what happens meanwhile."""
        self.said: list[Said] = []
        self.faults: list[Fault] = []
        self.requests: list[tuple[str, str]] = []
        self.visibility = "private"
        self.tip: Callable[[str], str] = lambda branch: ""
        """The tip of a branch of the repository behind; empty where there is none."""
        self.authorized = True
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}{BASES[self.dialect]}"

    @property
    def site(self) -> str:
        """The address of its pages."""
        return self.base.removesuffix(BASES[self.dialect])

    def environment(self) -> dict[str, str]:
        """What a workflow's job is given."""
        if self.dialect == "gitlab":
            return {"CI_API_V4_URL": self.base, "CI_PROJECT_ID": str(PROJECT), "GITLAB_TOKEN": TOKEN}
        return {"GITHUB_API_URL": self.base, "GITHUB_REPOSITORY": REPOSITORY, "GITHUB_TOKEN": TOKEN}

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def write(self, number: int, account: str, text: str, at: datetime | None = None) -> Note:
        """Somebody writes a comment."""
        moment = at or self.now
        note = Note(len(self.notes) + 101, number, account, text, moment, moment)
        self.notes.append(note)
        return note

    def open_issue(self, account: str, title: str, text: str, at: datetime | None = None) -> Ticket:
        """Somebody opens an issue."""
        one = Ticket(self._next(), account, title, text, at or self.now)
        self.tickets[one.number] = one
        return one

    def of_bot(self, number: int = 1) -> list[str]:
        return [note.text for note in self.notes if note.account == self.me and note.number == number]

    def status_of(self, commit: str) -> tuple[str, str] | None:
        return next(((one.state, one.words) for one in reversed(self.said) if one.commit == commit), None)

    # shapes

    def user(self, account: str) -> dict[str, Any] | None:
        if not account:
            return None
        known = {"gitea-actions": -2, "forgejo-actions": -2}
        id_ = known.get(account) if self.dialect == "gitea" else None
        id_ = id_ or sum(account.encode()) + 1000
        return {"id": id_, "username": account} if self.dialect == "gitlab" else {"id": id_, "login": account}

    def pull(self, one: Pull) -> dict[str, Any]:
        one.head = (one.follows and one.open and self.tip(one.branch)) or one.head
        if self.dialect == "gitlab":
            return {
                "id": one.number + 5000,
                "iid": one.number,
                "sha": one.head,
                "author": self.user(one.account),
                "created_at": stamp(one.opened),
                "title": one.title,
                "target_branch": one.target,
                "source_branch": one.branch,
                "project_id": PROJECT,
                "target_project_id": PROJECT,
                "source_project_id": 77 if one.fork else PROJECT,
                "state": "opened" if one.open else "merged" if one.merged else "closed",
            }
        owner = f"{one.account}/xinxi" if one.fork else REPOSITORY
        return {
            "number": one.number,
            "state": "open" if one.open else "closed",
            "title": one.title,
            "user": self.user(one.account),
            "created_at": stamp(one.opened),
            "merged_at": stamp(self.now) if one.merged else None,
            "base": {"ref": one.target, "sha": "0" * 40, "repo": {"full_name": REPOSITORY}},
            "head": {"ref": one.branch, "sha": one.head, "repo": {"full_name": owner}},
        }

    def ticket(self, one: Ticket) -> dict[str, Any]:
        names = {"name": one.name} if self.dialect == "github" else {"full_name": one.name}
        user = self.user(one.account)
        return {
            "number": one.number,
            "title": one.title,
            "body": one.text,
            "user": user and user | names,
            "created_at": stamp(one.created),
            "updated_at": stamp(self.now),
            "state": "open" if one.open else "closed",
        } | ({"pull_request": None} if self.dialect == "gitea" else {})

    def note(self, one: Note) -> dict[str, Any]:
        times = {"created_at": stamp(one.created), "updated_at": stamp(one.updated)}
        if self.dialect == "gitlab":
            return {
                "id": one.id,
                "body": one.text,
                "author": self.user(one.account),
                "system": False,
                **times,
            }
        kind = "pull_request_url" if self.dialect == "gitea" else "issue_url"
        where = f"https://forge.example/{REPOSITORY}/issues/{one.number}"
        return {"id": one.id, "body": one.text, "user": self.user(one.account), kind: where, **times}

    def status(self, one: Said) -> dict[str, Any]:
        name = "name" if self.dialect == "gitlab" else "context"
        state = "state" if self.dialect == "github" else "status"
        creator = "author" if self.dialect == "gitlab" else "creator"
        return {
            state: one.state,
            name: one.context,
            "description": one.words,
            creator: self.user(one.account),
            "created_at": stamp(one.created),
        }

    # events

    def pull_event(self, number: int = 1) -> dict[str, Any]:
        """The file that a workflow on a proposal is given."""
        one = self.pulls[number]
        if self.dialect == "gitlab":
            return {
                "object_kind": "merge_request",
                "project": {"id": PROJECT},
                "object_attributes": {"iid": number, "action": "open", "last_commit": {"id": one.head}},
            }
        return {"action": "opened", "number": number, "pull_request": self.pull(one)}

    def note_event(self, note: Note, action: str = "created") -> dict[str, Any]:
        """The file that a workflow on a comment is given, as the comment is now."""
        if self.dialect == "gitlab":
            kind = {"id": note.id, "note": note.text, "noteable_type": "MergeRequest"}
            action = {"created": "create", "edited": "update"}[action]
            return {
                "object_kind": "note",
                "object_attributes": kind | {"action": action},
                "merge_request": {"iid": note.number},
            }
        issue = {"number": note.number, "pull_request": {"url": "https://forge.example"}}
        return {"action": action, "issue": issue, "comment": self.note(note)}

    def issue_event(self, number: int, action: str = "opened") -> dict[str, Any]:
        """The file that a workflow on an issue is given, as the issue is now."""
        return {"action": action, "number": number, "issue": self.ticket(self.tickets[number])}

    def issue_note_event(self, note: Note) -> dict[str, Any]:
        """The file that a workflow on a comment is given, where it is one on an issue."""
        return {
            "action": "created",
            "issue": self.ticket(self.tickets[note.number]),
            "comment": self.note(note),
        }

    # requests

    def answer(
        self, method: str, path: str, query: dict[str, str], values: dict[str, Any]
    ) -> tuple[int, Any]:
        """Status and values."""
        if not path.startswith(BASES[self.dialect]):
            return (200, self.files[path]) if path in self.files else (404, b"Not Found")
        parts = path.removeprefix(BASES[self.dialect]).strip("/").split("/")
        if parts == ["user"]:
            workflow = self.dialect != "gitlab"
            return (403, {"message": "not accessible"}) if workflow else (200, self.user(self.me))
        root = ["projects", str(PROJECT)] if self.dialect == "gitlab" else ["repos", *REPOSITORY.split("/")]
        if parts[: len(root)] != root:
            return 404, {"message": "Not Found"}
        rest = parts[len(root) :]
        if not rest:
            return 200, {"private": self.visibility != "public", "visibility": self.visibility}
        if rest[0] == "issues" and rest[1:2] != ["comments"] and rest[2:] != ["comments"]:
            found = self._issues(method, rest[1:], query, values)
        else:
            found = (self._gitlab if self.dialect == "gitlab" else self._github)(method, rest, values)
        return self._page(found, query) if isinstance(found[1], list) else found

    def _issues(
        self, method: str, rest: list[str], query: dict[str, str], values: dict[str, Any]
    ) -> tuple[int, Any]:
        """Issues of GitHub and Gitea: a proposal is one too, and GitHub lists both."""
        if not rest:
            assert query["state"] == "all"
            assert ("type" in query) == (self.dialect == "gitea")
            author = query["creator" if self.dialect == "github" else "created_by"]
            own = [self.ticket(one) for one in self.tickets.values() if one.account == author]
            pulls = [self._as_issue(one) for one in self.pulls.values() if one.account == author]
            return 200, own + (pulls if self.dialect == "github" else [])
        number = int(rest[0])
        if method == "GET" and number in self.pulls:
            return 200, self._as_issue(self.pulls[number])
        if number not in self.tickets:
            return 404, {"message": "Not Found"}
        if method == "PATCH":
            assert values == {"state": "closed"}
            self.tickets[number].open = False
        return 200, self.ticket(self.tickets[number])

    def _as_issue(self, one: Pull) -> dict[str, Any]:
        return self.pull(one) | {"pull_request": {"url": "https://forge.example"}, "body": one.text}

    def _github(self, method: str, rest: list[str], values: dict[str, Any]) -> tuple[int, Any]:
        match method, rest:
            case "GET", ["pulls"]:
                return 200, [self.pull(one) for one in self.pulls.values() if one.open]
            case "GET", ["pulls", number] if int(number) in self.pulls:
                return 200, self.pull(self.pulls[int(number)])
            case "POST", ["pulls"]:
                assert set(values) == {"head", "base", "title", "body"}
                return self._propose(values["head"], values["base"], values["title"], values["body"])
            case "PATCH", ["pulls", number]:
                assert set(values) == {"title"}
                self.pulls[int(number)].title = values["title"]
                return 200, self.pull(self.pulls[int(number)])
            case "GET", ["issues", "comments", id_]:
                return self._one_note(int(id_))
            case "PATCH", ["issues", "comments", id_]:
                return self._edit(int(id_), values["body"])
            case "GET", ["issues", number, "comments"]:
                return 200, [self.note(one) for one in self.notes if one.number == int(number)]
            case "POST", ["issues", number, "comments"]:
                return 201, self.note(self.write(int(number), self.me, values["body"]))
            case "GET", ["commits", commit, "statuses"]:
                return 200, [self.status(one) for one in reversed(self.said) if one.commit == commit]
            case "POST", ["statuses", commit]:
                assert set(values) == {"state", "context", "description"}
                return self._say(commit, values["state"], values["context"], values["description"])
        return 404, {"message": "Not Found"}

    def _gitlab(self, method: str, rest: list[str], values: dict[str, Any]) -> tuple[int, Any]:
        match method, rest:
            case "GET", ["merge_requests"]:
                return 200, [self.pull(one) for one in self.pulls.values() if one.open]
            case "GET", ["merge_requests", number] if int(number) in self.pulls:
                return 200, self.pull(self.pulls[int(number)])
            case "POST", ["merge_requests"]:
                assert set(values) == {"source_branch", "target_branch", "title", "description"}
                named = (values["source_branch"], values["target_branch"])
                return self._propose(*named, values["title"], values["description"])
            case "GET", ["merge_requests", _, "notes", id_]:
                return self._one_note(int(id_))
            case "PUT", ["merge_requests", _, "notes", id_]:
                return self._edit(int(id_), values["body"])
            case "GET", ["merge_requests", number, "notes"]:
                system = {"id": 1, "body": "added 1 commit", "system": True}
                return 200, [system, *(self.note(one) for one in self.notes if one.number == int(number))]
            case "POST", ["merge_requests", number, "notes"]:
                return 201, self.note(self.write(int(number), self.me, values["body"]))
            case "GET", ["repository", "commits", commit, "statuses"]:
                return 200, [self.status(one) for one in self.said if one.commit == commit]
            case "POST", ["statuses", commit]:
                if self.status_of(commit) == (values["state"], values["description"]):
                    return 400, {"message": "Cannot transition status via :enqueue from :success"}
                return self._say(commit, values["state"], values["name"], values["description"])
        return 404, {"message": "404 Not Found"}

    def _propose(self, branch: str, target: str, title: str, text: str) -> tuple[int, Any]:
        """As each forge documents it: a branch has one open proposal, and without commits there is none."""
        assert "\n" not in title
        assert len(title) <= 255
        there = any(one.open and one.branch == branch and one.target == target for one in self.pulls.values())
        if there or not self.tip(branch):
            status = 422 if self.dialect == "github" else 409 if there else 404
            return status, {"message": "Validation Failed" if there else "Not Found"}
        number = self._next()
        one = Pull(number, "", self.me, branch, False, target, title, self.now, text=text, follows=True)
        self.pulls[number] = one
        return 201, self.pull(one)

    def _next(self) -> int:
        """The next number; GitHub and Gitea number issues with proposals."""
        return max([*self.pulls, *self.tickets], default=0) + 1

    def _say(self, commit: str, state: str, context: str, words: str) -> tuple[int, Any]:
        assert len(words) <= 140
        self.said.append(Said(commit, state, words, self.me, self.now, context))
        return 201, self.status(self.said[-1])

    def _one_note(self, id_: int) -> tuple[int, Any]:
        found = next((note for note in self.notes if note.id == id_), None)
        return (200, self.note(found)) if found else (404, {"message": "Not Found"})

    def _edit(self, id_: int, text: str) -> tuple[int, Any]:
        found = next(note for note in self.notes if note.id == id_)
        found.text, found.updated = text, self.now
        return 200, self.note(found)

    def _page(self, found: tuple[int, Any], query: dict[str, str]) -> tuple[int, Any]:
        size = int(query.get("per_page") or query.get("limit") or 30)
        first = (int(query.get("page", 1)) - 1) * size
        return found[0], _Page(found[1][first : first + size], first + size < len(found[1]))


class _Page(list):  # type: ignore[type-arg]
    """One page of a list; `more`: there is another."""

    def __init__(self, entries: list[Any], more: bool) -> None:
        super().__init__(entries)
        self.more = more


def stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _handler(forge: StandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *arguments: object) -> None:
            pass

        def _serve(self) -> None:
            address = urlsplit(self.path)
            size = int(self.headers.get("Content-Length") or 0)
            values = json.loads(self.rfile.read(size) or b"{}")
            forge.requests.append((self.command, self.path))
            shown = (
                self.headers.get("Authorization") == f"Bearer {TOKEN}"
                or self.headers.get("PRIVATE-TOKEN") == TOKEN
            )
            forge.authorized = forge.authorized and shown
            fault = next((one for one in forge.faults if one.meets(self.command, address.path)), None)
            if fault and fault.after:
                fault.after, fault = fault.after - 1, None
            if fault:
                forge.faults.remove(fault)
                if not fault.done:
                    return self._fail(fault)
            query = {key: found[0] for key, found in parse_qs(address.query).items()}
            status, found = forge.answer(self.command, address.path, query, values)
            forge.after(self.command, address.path)
            if fault:
                return self._fail(fault)
            more = isinstance(found, _Page) and found.more
            headers = {"Link": f'<{self.path}>; rel="next"'} if more else {}
            body = found if isinstance(found, bytes) else json.dumps(found).encode()
            return self._send(status, headers, body)

        def _fail(self, fault: Fault) -> None:
            if fault.status == 0:
                self.close_connection = True
                self.connection.close()
                return
            self._send(fault.status, fault.headers, fault.body)

        def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, text in headers.items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = do_PUT = _serve  # noqa: N815 — the library's names

    return Handler
