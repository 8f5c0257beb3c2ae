"""Which forge we are on, from the variables that its workflows are given; the token comes from the environment and goes nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping

from zhibao.door.facts import ForgeError
from zhibao.door.forge import Forge, IssueForge
from zhibao.door.gitea import Gitea
from zhibao.door.github import GitHub
from zhibao.door.gitlab import GitLab
from zhibao.door.rest import Rest

GITHUB_TOKEN, GITLAB_TOKEN = "GITHUB_TOKEN", "GITLAB_TOKEN"

_ADDRESS = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::\d{1,5})?(?:/[A-Za-z0-9._~/-]*)?", re.ASCII)
_REPOSITORY = re.compile(r"(?!\.\.?/)[A-Za-z0-9_.-]{1,100}/(?!\.\.?$)[A-Za-z0-9_.-]{1,100}", re.ASCII)


def connect(environment: Mapping[str, str]) -> Forge:
    """The repository's forge: GitHub, Gitea or Forgejo (GITHUB_API_URL, GITHUB_REPOSITORY), or GitLab (CI_API_V4_URL, CI_PROJECT_ID).

    Raises ForgeError where the variables name none, or there is no token.
    """
    if environment.get("GITHUB_API_URL"):
        base, repository = environment["GITHUB_API_URL"], environment.get("GITHUB_REPOSITORY", "")
        if not _REPOSITORY.fullmatch(repository):
            raise ForgeError("环境变量 GITHUB_REPOSITORY 不对，如 xianwei/xinxi")
        rest = Rest(_address(base), "Authorization", f"Bearer {_token(environment, GITHUB_TOKEN)}")
        return Gitea(rest, repository) if base.rstrip("/").endswith("/api/v1") else GitHub(rest, repository)
    if environment.get("CI_API_V4_URL"):
        project = environment.get("CI_PROJECT_ID", "")
        if not (project.isascii() and project.isdigit()):
            raise ForgeError("环境变量 CI_PROJECT_ID 不是数字")
        rest = Rest(
            _address(environment["CI_API_V4_URL"]), "PRIVATE-TOKEN", _token(environment, GITLAB_TOKEN)
        )
        return GitLab(rest, int(project))
    raise ForgeError("不知道在哪个平台上：没有环境变量 GITHUB_API_URL 或 CI_API_V4_URL")


def connect_issues(environment: Mapping[str, str]) -> IssueForge:
    """The same, where it has issue forms. Raises ForgeError."""
    found = connect(environment)
    if not isinstance(found, IssueForge):
        raise ForgeError("GitLab 没有议题表单，不从议题收信息；见 docs/forges/gitlab.md")
    return found


def _address(base: str) -> str:
    if not _ADDRESS.fullmatch(base):
        raise ForgeError("平台的地址（GITHUB_API_URL、CI_API_V4_URL）写法不对，如 https://api.github.com")
    return base


def _token(environment: Mapping[str, str], name: str) -> str:
    token = environment.get(name, "").strip()
    if not token or not token.isprintable() or not token.isascii():
        raise ForgeError(f"没有令牌：请把它放在环境变量 {name} 里")
    return token
