"""A checkout as a whole: what Git tracks in it, and a new repository begun. Nothing here touches what is already committed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from zhibao.repo import git
from zhibao.repo.remotes import ORIGIN


def top(folder: Path) -> Path | None:
    """The folder of the work tree that a folder is in; None where it is in none. Raises git.GitError where Git is missing."""
    found = git.ask(folder, "rev-parse", "--show-toplevel")
    return Path(found).resolve() if found else None


def tracked(root: Path) -> dict[str, bool]:
    """The plain files that Git tracks, by path, and whether each is executable. Raises git.GitError."""
    output = git.run(root, "ls-files", "--stage", "-z").decode("utf-8", "surrogateescape")
    entries = (entry.partition("\t") for entry in output.split("\0") if entry)
    modes = {path: facts.split(" ")[0] for facts, _, path in entries}
    return {path: mode == "100755" for path, mode in modes.items() if mode in ("100644", "100755")}


def head(root: Path) -> str:
    """The commit that is checked out; empty where there is none, or where tracked files differ from it. Raises git.GitError."""
    commit = git.ask(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    return commit if commit and not changed(root, untracked=False) else ""


def changed(root: Path, *, untracked: bool = True) -> list[str]:
    """The paths that differ from the last commit, those that Git does not know among them if wanted. Raises git.GitError."""
    whether = "all" if untracked else "no"
    output = git.run(root, "status", "--porcelain", "-z", "--no-renames", f"--untracked-files={whether}")
    return [entry[3:] for entry in output.decode("utf-8", "surrogateescape").split("\0") if entry]


def begin(root: Path, branch: str, origin: str | None) -> None:
    """A new repository on a branch, with its origin where one is given. Raises git.GitError."""
    git.run(root, "init", "--quiet", f"--initial-branch={branch}")
    if origin:
        git.run(root, "remote", "add", ORIGIN, origin)


def commit_all(root: Path, paths: Iterable[str], message: str) -> bool:
    """The first commit, of exactly these paths; False where nobody is known to Git here, and nothing was committed.

    Raises git.GitError.
    """
    listed = "\0".join(paths).encode("utf-8", "surrogateescape")
    git.run(
        root,
        "--literal-pathspecs",
        "add",
        "--force",
        "--pathspec-from-file=-",
        "--pathspec-file-nul",
        given=listed,
    )
    if git.ask(root, "-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT") is None:
        return False
    git.run(root, "commit", "--quiet", "--no-verify", "--file=-", given=message.encode("utf-8"))
    return True


def clone(address: str, into: Path) -> None:
    """A shallow clone of the newest commit of a repository. Raises git.GitError."""
    git.run(into.parent, "clone", "--quiet", "--depth=1", "--no-tags", "--", address, str(into))
