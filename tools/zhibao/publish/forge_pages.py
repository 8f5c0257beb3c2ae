"""Where a forge lets an officer begin in the browser: its issue form and its page for a new file, filled in by the address.

GitHub fills a form's fields by their ids; Gitea and Forgejo by `field:` and the id, the template named by its path. A new file
is prefilled by `filename` and `value` on all three, by `file_name` and `content` on GitLab, which has no issue forms.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from zhibao.model.forges import ForgeAddress, ForgeKind

LONGEST = 8000
"""Characters of an address that every forge takes: about 880 of Chinese text, nine each; longer ones are refused."""

FORM = "submission.yml"
"""The issue form's file in `.github/ISSUE_TEMPLATE/`."""
FIELDS = ("kind", "body", "cleared", "call")
"""The ids of the form's fields; the title is the issue's own."""


@dataclass(frozen=True, slots=True)
class IssueForm:
    """The form's address, what always stands in its query, and the name under which each field is filled in."""

    address: str
    fixed: dict[str, str]
    names: dict[str, str]

    @property
    def empty(self) -> str:
        """The address of the form with nothing filled in."""
        return f"{self.address}?{urlencode(self.fixed)}"


@dataclass(frozen=True, slots=True)
class NewFile:
    """The page for a new file. `{folder}` in the address stands for the file's folder; without it the name is the whole path."""

    address: str
    name: str
    text: str

    def filled(self, folder: str, name: str, text: str) -> str:
        """The address with a file's name and text."""
        whole = name if "{folder}" in self.address else f"{folder}/{name}"
        return f"{self.address.replace('{folder}', folder)}?{urlencode({self.name: whole, self.text: text})}"


@dataclass(frozen=True, slots=True)
class ForgePages:
    """What a forge calls itself, its issue form (None where it has no such thing), and its page for a new file.

    `writers`: a new file wants the right to write (the others make a fork of the reader's own).
    """

    label: str
    form: IssueForm | None
    file: NewFile
    writers: bool = False
    longest: int = LONGEST

    @property
    def data(self) -> dict[str, Any]:
        """The same as values that JSON holds."""
        return asdict(self)


def forge_pages(forge: ForgeAddress, branch: str) -> ForgePages:
    """The pages of a repository, new files beginning on the office's branch."""
    names = {"title": "title"} | {field: field for field in FIELDS}
    if forge.kind is ForgeKind.GITLAB:
        return ForgePages(
            forge.kind.label, None, NewFile(f"{forge.url}/-/new/{branch}", "file_name", "content")
        )
    if forge.kind is ForgeKind.GITHUB:
        form = IssueForm(f"{forge.url}/issues/new", {"template": FORM}, names)
        return ForgePages(forge.kind.label, form, NewFile(f"{forge.url}/new/{branch}", "filename", "value"))
    named = {"title": "title"} | {field: f"field:{field}" for field in FIELDS}
    form = IssueForm(f"{forge.url}/issues/new", {"template": f".github/ISSUE_TEMPLATE/{FORM}"}, named)
    file = NewFile(f"{forge.url}/_new/{branch}/{{folder}}/", "filename", "value")
    return ForgePages(forge.kind.label, form, file, writers=True)
