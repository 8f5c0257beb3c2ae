"""An editor's verb begins: at the desk, as somebody; what stops it is said in Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from zhibao.cli.usage import Stop
from zhibao.desk.editor import Desk, desk
from zhibao.repo.git import GitError
from zhibao.repo.registry_files import RegistryError
from zhibao.review.branch import RefusedError

ACTOR = click.option(
    "--actor", metavar="ACCOUNT", default="", help="以哪个编辑的名义；默认看 git config user.email。"
)


def desk_at(root: Path, account: str) -> Desk:
    """The desk of the repository at `root`, for an account or for whoever Git is set up as. Raises Stop."""
    with stops():
        try:
            return desk(root, account)
        except RefusedError as error:
            raise Stop(str(error)) from None


@contextmanager
def stops() -> Iterator[None]:
    """Within it, a registry that cannot be used and a Git that fails raise Stop."""
    try:
        yield
    except RegistryError as error:
        lines = "\n".join(str(finding) for finding in error.findings)
        raise Stop(f"主分支的名册有错，先改好再办：\n{lines}") from None
    except GitError as error:
        raise Stop(str(error)) from None
