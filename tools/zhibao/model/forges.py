"""Where the repository is kept: the forge that officers open in a browser, as `registry/office.yml` names it."""

from __future__ import annotations

import re
from enum import StrEnum
from ipaddress import ip_address
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from zhibao.model.fields import Lax, Strict

_URL = re.compile(
    r"(?!.*\.git$)https?://[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(?::\d{1,5})?(?:/[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}){2,8}",
    re.ASCII,
)
"""A plain address of a repository's page: no account, no password, no query, no way up."""
_INSIDE = (".local", ".lan", ".internal", ".intranet", ".home.arpa", ".example", ".test")
"""Ends of names that no public server has (RFC 2606, RFC 6762, RFC 8375, and what offices use)."""


class ForgeKind(StrEnum):
    """The kinds of forge that we know the pages of."""

    GITHUB = "github"
    GITEA = "gitea"
    FORGEJO = "forgejo"
    GITLAB = "gitlab"

    @property
    def label(self) -> str:
        """The name that a reader sees."""
        return {"github": "GitHub", "gitea": "Gitea", "forgejo": "Forgejo", "gitlab": "GitLab"}[self.value]


def _url(value: str) -> str:
    if not _URL.fullmatch(value):
        raise PydanticCustomError(
            "forge_url_form",
            "写仓库网页的地址，如 https://git.shili.example/xianwei/xinxi，末尾没有 / 和 .git，里面不写账号和口令",
        )
    return value


class ForgeAddress(Strict):
    """The repository on its forge: what kind of forge it is, and the address of the repository's own page."""

    kind: Lax[ForgeKind] = Field(title="平台")
    url: Annotated[
        str, AfterValidator(_url), WithJsonSchema({"type": "string", "pattern": f"^{_URL.pattern}$"})
    ] = Field(title="仓库的网址")

    @property
    def host(self) -> str:
        """The host's name or address in lower case, without the port."""
        return self.url.split("/")[2].partition(":")[0].lower()

    @property
    def is_encrypted(self) -> bool:
        """Whether what is typed there travels encrypted."""
        return self.url.startswith("https:")

    @property
    def is_inside(self) -> bool:
        """Whether the host can only be one of an office's own network: a private address, a bare or a reserved name."""
        try:
            return ip_address(self.host).is_private
        except ValueError:
            return "." not in self.host or self.host.endswith(_INSIDE)
