"""Sending a proposal the way that the forge takes it: AGit, a merge request, a pull request, a plain branch."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote, urlsplit

from zhibao.door.connect import GITHUB_TOKEN, connect
from zhibao.door.submitting import Outbox, Ready, remember
from zhibao.model.forges import ForgeAddress, ForgeKind
from zhibao.repo import git
from zhibao.repo.remotes import ORIGIN, PushLostError, origin_address, propose
from zhibao.review.branch import RefusedError
from zhibao.review.report import conclusion

MOST_TOLD = 25
"""Lines of the server's that are shown when it refuses."""

_GITHUB = re.compile(
    r"(?:https://github\.com/|(?:ssh://)?git@github\.com[:/])([A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+?)(?:\.git)?/?",
    re.ASCII,
)
_LINK = re.compile(r"https?://[^\s<>\"']+")
_LOGIN = (
    "could not read Username",
    "Authentication failed",
    "Permission denied (publickey",
    "terminal prompts disabled",
)


class Way(StrEnum):
    """How a forge is told of a proposal."""

    AGIT = "agit"
    GITLAB = "gitlab"
    GITHUB = "github"
    BRANCH = "branch"

    @property
    def has_branch(self) -> bool:
        """Whether the proposal is a branch of the origin."""
        return self is not Way.AGIT


_WAYS = {
    ForgeKind.GITHUB: Way.GITHUB,
    ForgeKind.GITEA: Way.AGIT,
    ForgeKind.FORGEJO: Way.AGIT,
    ForgeKind.GITLAB: Way.GITLAB,
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a proposal: where it can be watched (empty where the server does not say), and what is still to be done by hand."""

    link: str
    words: str = ""


def way_to(root: Path, named: ForgeAddress | None) -> Way:
    """How the origin takes proposals: as the forge that office.yml names, where it is that one, else as far as its address tells.

    A server of which neither tells gets a plain branch.
    """
    address = origin_address(root)
    host = urlsplit(address).hostname or address.rpartition("@")[2].partition(":")[0].lower()
    if named and named.host == host:
        return _WAYS[named.kind]
    if _GITHUB.fullmatch(address):
        return Way.GITHUB
    return Way.GITLAB if "gitlab" in host else Way.BRANCH


def send(outbox: Outbox, one: Ready, way: Way, environment: Mapping[str, str] = os.environ) -> Sent:
    """Send a proposal. Sending it twice opens it once. Raises RefusedError with the server's words, ForgeError, git.GitError."""
    link = "" if one.is_unchanged else _pushed(outbox, one, way)
    return _opened(outbox, one, environment) if way is Way.GITHUB else Sent(link)


def _pushed(outbox: Outbox, one: Ready, way: Way) -> str:
    """Push it; the address that the server then names, if any."""
    reference = f"refs/heads/{one.id}" if way.has_branch else f"refs/for/{outbox.name}"
    try:
        said = propose(outbox.root, one.commit, reference, _options(outbox, one, way))
    except PushLostError:
        raise RefusedError(f"{one.id}：别人刚刚也推了这个分支，你的没有推上去；请再运行一次") from None
    except git.GitError as error:
        raise _refused(one.id, error) from None
    if way.has_branch:
        git.run(outbox.root, "update-ref", f"refs/remotes/{ORIGIN}/{one.id}", one.commit)
    else:
        remember(outbox, (one,))
    return next((found[0] for line in said if (found := _LINK.search(line))), "")


def _options(outbox: Outbox, one: Ready, way: Way) -> list[str]:
    """Push options; each is one line, as a title is here."""
    words = conclusion(one.report)
    if way is Way.AGIT:
        options = [f"topic={one.id}", f"title={one.title}", f"description={words}"]
        # without a memory of what was sent, this is a new line of history: the item itself is whole in it
        return options if one.before else [*options, "force-push=true"]
    if way is Way.GITLAB:
        wanted = {"target": outbox.name, "title": one.title, "description": words}
        return ["merge_request.create", *(f"merge_request.{key}={value}" for key, value in wanted.items())]
    return []


def _opened(outbox: Outbox, one: Ready, environment: Mapping[str, str]) -> Sent:
    """The pull request of a branch on GitHub: found, opened, or, without a token, a page where one click opens it."""
    found = _GITHUB.fullmatch(origin_address(outbox.root))
    repository = environment.get("GITHUB_REPOSITORY") or (found[1] if found else "")
    web = environment.get("GITHUB_SERVER_URL", "https://github.com").rstrip("/") + f"/{repository}"
    if not environment.get(GITHUB_TOKEN):
        link = f"{web}/compare/{quote(outbox.name)}...{quote(one.id)}?expand=1"
        return Sent(link, f"分支推上去了；没有令牌（{GITHUB_TOKEN}），请打开上面的网页点一下，提议才算开了")
    known = {"GITHUB_API_URL": "https://api.github.com", "GITHUB_REPOSITORY": repository}
    forge = connect({**known, **environment})
    number = forge.open_proposal(one.id, one.title, conclusion(one.report), target=outbox.name).number
    return Sent(f"{web}/pull/{number}")


def _refused(id_: str, error: git.GitError) -> RefusedError:
    """The server's own words, whole; and how to log in, where it did not know who is there."""
    if any(words in error.detail for words in _LOGIN):
        return RefusedError(
            f"{id_} 没有推上去：服务器不认得你；请先登录：配好 SSH 密钥，或在终端里 git push 一次"
        )
    said = git.server_words(error.detail)[:MOST_TOLD]
    return RefusedError(
        "\n  ".join([f"{id_} 没有推上去，服务器说：", *said]) if said else f"{id_} 没有推上去：{error}"
    )
