"""Build an edition's site into a folder, with MkDocs in this process: whole or not at all, and never over anything that is no built site."""

from __future__ import annotations

import logging
import shutil
import tempfile
from pathlib import Path

from mkdocs.commands.build import build as build_pages
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from zhibao.model.edition import Edition
from zhibao.model.os_words import plainly
from zhibao.publish.plugin import ZhibaoPlugin

CONFIG = "mkdocs.yml"
BUILT = ("index.html", "sitemap.xml")
"""By these files a folder is known as a built site, which may be replaced."""


class BuildError(Exception):
    """The site cannot be built. The message is Chinese and fit to be shown."""


def build_site(root: Path, edition: Edition, out: Path) -> None:
    """Build an edition of the county at `root` into the folder `out`, whatever mkdocs.yml and the environment name.

    Raises BuildError.
    """
    config = root / CONFIG
    if not config.is_file():
        raise BuildError(f"没有 {config}；请从 Git 里恢复，或用 zhibao init 另建一个仓库，抄它的")
    target = out.resolve()
    _replaceable(root, target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".zhibao-", dir=target.parent) as folder:
            made = Path(folder) / "site"
            _build(config, edition, made)
            _put(made, target)
    except OSError as error:
        raise BuildError(f"写不了 {out}：{plainly(error)}") from None


def _build(config: Path, edition: Edition, made: Path) -> None:
    log, problems = logging.getLogger("mkdocs"), _Problems()
    log.addHandler(problems)
    try:
        loaded = load_config(str(config), site_dir=str(made), strict=True)
        plugin = loaded.plugins.get("zhibao")
        if not isinstance(plugin, ZhibaoPlugin):
            raise BuildError(f"{config} 的 plugins 里没有 zhibao")
        plugin.edition = edition
        loaded.plugins.run_event("startup", command="build", dirty=False)
        build_pages(loaded)
        loaded.plugins.run_event("shutdown")
    except (MkDocsException, Abort) as error:
        why = "\n".join(problems.lines) or str(error)
        raise BuildError(f"网站没有建成：\n{why}") from None
    finally:
        log.removeHandler(problems)


class _Problems(logging.Handler):
    """Keeps what MkDocs warns of: in a strict build each warning stops it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines.append(record.getMessage())


def _replaceable(root: Path, target: Path) -> None:
    """Refuse a folder that holds anything but a built site. Raises BuildError."""
    if root.resolve().is_relative_to(target):
        raise BuildError(f"{target} 是仓库自己，不能放网站；请另写一个文件夹，如 public")
    if not target.exists():
        return
    if not target.is_dir() or (
        any(target.iterdir()) and not all((target / name).is_file() for name in BUILT)
    ):
        raise BuildError(f"{target} 里有别的东西，没有动它；请另写一个文件夹，如 public")


def _put(made: Path, target: Path) -> None:
    if target.exists():
        old = made.with_name("old")
        target.rename(old)
        made.rename(target)
        shutil.rmtree(old)
    else:
        made.rename(target)
