"""Making commits without a work tree, and landing them on a branch: made anew when somebody else's push came first."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zhibao.model.history import Signature
from zhibao.repo import git, remotes
from zhibao.repo.proposal_files import commit_id

TRIES = 5
"""How often a commit is made anew after a push that lost a race."""


class ConflictError(git.GitError):
    """Two sides cannot be merged without a person; `paths` say where."""

    def __init__(self, paths: Sequence[str]) -> None:
        super().__init__(f"与主分支冲突：{'、'.join(paths[:5])}；请提议人先合入主分支再推上来")
        self.paths = tuple(paths)


@dataclass(frozen=True)
class Draft:
    """A commit to be made on top of a tip: files to write (None deletes), words, and the commit that it merges, if any."""

    message: str
    files: Mapping[str, str | bytes | None]
    merges: str | None = None
    empty: bool = False
    """Whether a commit that changes no file is wanted."""


@dataclass(frozen=True, slots=True)
class Landed:
    """What became of a draft: the new tip, or the old one where there was nothing to do."""

    commit: str
    changed: bool


def land(
    root: Path,
    branch: str,
    author: Signature,
    moment: datetime,
    draft: Callable[[str], Draft | None],
    *,
    start: str = "",
) -> Landed:
    """Put a commit on a branch: on the origin where there is one, else here. `draft` is asked with the tip, anew after each lost race.

    `moment` (with its zone) is the commit's time; `start` the commit where a branch begins that is not there yet, or was merged into
    it. The local branch follows where it can. Raises git.GitError, ConflictError, and what `draft` raises.
    """
    for _ in range(TRIES):
        head, tip = _ends(root, branch, start)
        wanted = draft(tip)
        if wanted is None:
            return Landed(tip, changed=False)
        commit = make(root, tip, wanted, author, moment)
        if remotes.has_origin(root):
            try:
                remotes.push(root, commit, branch)
            except remotes.PushLostError:
                continue
            git.run(root, "update-ref", f"refs/remotes/{remotes.ORIGIN}/{branch}", commit)
            _follow(root, branch, commit)
            return Landed(commit, changed=True)
        if _advance(root, branch, head, commit):
            return Landed(commit, changed=True)
    raise git.GitError(f"{branch} 一直在变，试了 {TRIES} 次都没能写上；请再试一次")


def tip_of(root: Path, branch: str) -> str:
    """The tip of a branch as it is now: the origin's where there is one, fetched. Raises git.GitError."""
    if remotes.has_origin(root):
        reference = f"refs/remotes/{remotes.ORIGIN}/{branch}"
        remotes.fetch(root, f"+refs/heads/{branch}:{reference}")
        return commit_id(root, reference)
    return commit_id(root, f"refs/heads/{branch}")


def _ends(root: Path, branch: str, start: str) -> tuple[str, str]:
    """The head of a branch as it is now, empty where there is none; and what the next commit on it goes on from."""
    if not start:
        tip = tip_of(root, branch)
        return tip, tip
    reference = f"refs/heads/{branch}"
    if remotes.has_origin(root):
        remotes.fetch_branches(root)
        reference = f"refs/remotes/{remotes.ORIGIN}/{branch}"
    head = git.ask(root, "rev-parse", "--verify", "--quiet", reference) or ""
    merged = not head or git.ask(root, "merge-base", "--is-ancestor", head, start) is not None
    return head, start if merged else head


def make(root: Path, tip: str, draft: Draft, author: Signature, moment: datetime) -> str:
    """The id of a new commit on top of `tip`; no branch, index or work tree is touched. Raises git.GitError and ConflictError."""
    start = merged_tree(root, tip, draft.merges) if draft.merges else f"{tip}^{{tree}}"
    tree = _tree(root, start, draft.files)
    parents = ["-p", tip, *(["-p", draft.merges] if draft.merges else [])]
    seconds = f"{int(moment.timestamp())} +0000"
    extra = {
        "GIT_AUTHOR_NAME": author.name,
        "GIT_AUTHOR_EMAIL": author.email,
        "GIT_AUTHOR_DATE": seconds,
        "GIT_COMMITTER_DATE": seconds,
    } | _committer(root, author)
    message = draft.message.encode("utf-8")
    return (
        git.run(root, "commit-tree", tree, *parents, "-F", "-", given=message, extra=extra).decode().strip()
    )


def merged_tree(root: Path, one: str, other: str) -> str:
    """The tree of a merge of two commits. Raises ConflictError where a person is needed."""
    try:
        output = git.run(root, "merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", one, other)
    except git.GitError as error:
        tokens = error.detail.split("\0")
        paths = [path for path in tokens[1:] if path]
        if paths and len(tokens[0].strip()) >= 40:
            raise ConflictError(paths) from None
        raise
    return output.decode("utf-8", "surrogateescape").split("\0")[0].strip()


def _tree(root: Path, start: str, files: Mapping[str, str | bytes | None]) -> str:
    prefix = git.ask(root, "rev-parse", "--show-prefix") or ""
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
        git.run(root, "read-tree", start, extra=index)
        lines = []
        for path, content in files.items():
            if content is None:
                lines.append(f"0 {'0' * 40}\t{prefix}{path}\0")
                continue
            data = content.encode("utf-8") if isinstance(content, str) else content
            blob = git.run(root, "hash-object", "-w", "--stdin", given=data).decode().strip()
            lines.append(f"100644 {blob}\t{prefix}{path}\0")
        git.run(root, "update-index", "-z", "--index-info", given="".join(lines).encode(), extra=index)
        return git.run(root, "write-tree", extra=index).decode().strip()


def _committer(root: Path, author: Signature) -> dict[str, str]:
    """The committer: whoever this Git is set up for; the author where it is set up for nobody (a fresh runner)."""
    if git.ask(root, "var", "GIT_COMMITTER_IDENT"):
        return {}
    return {"GIT_COMMITTER_NAME": author.name, "GIT_COMMITTER_EMAIL": author.email}


def _advance(root: Path, branch: str, tip: str, commit: str) -> bool:
    """Move the local branch from `tip` to `commit`, with the work tree where it is checked out; False where it moved meanwhile."""
    if git.ask(root, "symbolic-ref", "--quiet", "HEAD") == f"refs/heads/{branch}" and not _is_bare(root):
        git.run(root, "merge", "--ff-only", "--quiet", commit)
        return True
    try:
        git.run(root, "update-ref", f"refs/heads/{branch}", commit, tip)
    except git.GitError:
        return False
    return True


def _follow(root: Path, branch: str, commit: str) -> None:
    """Let the local branch of that name follow what was pushed, where that loses nothing; a work tree with changes is left alone."""
    local = git.ask(root, "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}")
    if local is None or git.ask(root, "merge-base", "--is-ancestor", local, commit) is None:
        return
    if git.ask(root, "symbolic-ref", "--quiet", "HEAD") == f"refs/heads/{branch}" and not _is_bare(root):
        git.ask(root, "merge", "--ff-only", "--quiet", commit)
    else:
        git.ask(root, "update-ref", f"refs/heads/{branch}", commit, local)


def _is_bare(root: Path) -> bool:
    return git.ask(root, "rev-parse", "--is-bare-repository") == "true"
