"""The MkDocs plugin: hands the pages of an edition to MkDocs, and nothing else. What a page says is made elsewhere.

Generated pages never pass through MkDocs' Markdown (a body could use its extensions); their HTML is put in afterwards.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from html import escape
from pathlib import Path

import jieba
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from zhibao.model.edition import Edition
from zhibao.publish import site
from zhibao.publish.edition import Built, build
from zhibao.publish.page import Page
from zhibao.repo.git import GitError
from zhibao.repo.registry_files import RegistryError

VARIABLE = "ZHIBAO_EDITION"
"""The environment variable that overrides the option `edition`."""

WATCHED = ("registry", "submissions")
"""Folders whose change rebuilds the site under `mkdocs serve`."""

log = logging.getLogger("mkdocs.plugins.zhibao")


class ZhibaoConfig(Config):  # type: ignore[no-untyped-call]
    """Options under `plugins: - zhibao:` in mkdocs.yml."""

    edition = config_options.Type(str, default=Edition.OPEN.value)
    repository = config_options.Type(str, default=".")


class ZhibaoPlugin(BasePlugin[ZhibaoConfig]):  # type: ignore[no-untyped-call]
    """Reads the repository once a build, and turns `{path: page}` into files."""

    edition: Edition | None = None
    """Set by `zhibao publish`: what is published outranks what mkdocs.yml and the environment name."""

    def __init__(self) -> None:
        self._built: Built | None = None
        self._pages: Mapping[str, Page] = {}
        self._absent: frozenset[str] = frozenset()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the county for the chosen edition; the site is called what the office calls its bulletin."""
        root = Path(config.config_file_path or ".").parent / self.config.repository
        try:
            self._built = build(root.resolve(), self.edition or _edition(self.config.edition))
        except RegistryError as error:
            raise PluginError("名册有错，先改好再建网站：\n" + "\n".join(map(str, error.findings))) from None
        except GitError as error:
            raise PluginError(str(error)) from None
        view = self._built.view
        config.site_name = escape(view.office.bulletin)
        config.site_author = escape(view.office.name)
        config.extra["zhibao"] = {
            "office": view.office.name,
            "edition": view.edition.value,
            "label": view.edition.label,
            "as_of": f"{view.as_of:%Y-%m-%d}",
        }
        self._absent = frozenset(f"{uri}.md" for uri in site.absent(view))
        if isinstance(config.nav, list):
            config.nav = [entry for entry in config.nav if not self._leads_nowhere(entry)]
        for line in self._built.left_out:
            log.info("%s", line)
        config.watch.extend(str(root / name) for name in WATCHED if (root / name).is_dir())
        _quiet_jieba(Path(config.config_file_path or ".").parent / ".cache")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every generated page, text file and picture."""
        built = self._require()
        self._pages = {f"{page.uri}.md": page for page in site.pages(built.view, built.pictures)}
        for uri, page in self._pages.items():
            if files.get_file_from_path(uri) is None:
                files.append(File.generated(config, uri, content=f"# {page.uri}\n"))
        for uri, text in site.files(built.view, config.site_url or ""):
            files.append(File.generated(config, uri, content=text.encode("utf-8")))
        for uri, path in built.files.items():
            files.append(File.generated(config, uri, abs_src_path=str(path)))
        return files

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Empty a generated page's Markdown, and give it its title and description, escaped: the theme does not.

        Of a page written by hand, the lines that link to a page this edition has not are left out.
        """
        found = self._pages.get(page.file.src_uri)
        if found is None:
            lines = markdown.split("\n")
            return "\n".join(line for line in lines if not any(f"{uri})" in line for uri in self._absent))
        page.meta = {
            "title": escape(found.title),
            "description": escape(found.description),
            "hide": ["navigation", "toc"],
            "search": {"exclude": found.searched is None},
        }
        return ""

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Put a generated page's own HTML in the place of what Markdown made of nothing."""
        found = self._pages.get(page.file.src_uri)
        return html if found is None else found.html

    @event_priority(100)
    def _before_search(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Let the search see a page's words only, not its tables and bodies; date the page by the data, not by the clock."""
        page.update_date = f"{self._require().view.as_of:%Y-%m-%d}"
        found = self._pages.get(page.file.src_uri)
        if found is not None:
            page.content = f"<h1>{escape(found.title)}</h1><p>{escape(found.searched or '')}</p>"
        return context

    @event_priority(-200)
    def _after_search(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the page its own HTML back."""
        found = self._pages.get(page.file.src_uri)
        if found is not None:
            page.content = found.html
        return context

    on_page_context = CombinedEvent(_before_search, _after_search)

    def _leads_nowhere(self, entry: object) -> bool:
        """Whether an entry of the navigation is for a page that this edition has not."""
        return isinstance(entry, dict) and bool(self._absent.intersection(map(str, entry.values())))

    def _require(self) -> Built:
        if self._built is None:
            raise PluginError("zhibao 插件没有读到数据")
        return self._built


def _quiet_jieba(cache: Path) -> None:
    """Keep the word list of the search in a folder of ours (jieba's own is shared by all users), and its log to itself."""
    cache.mkdir(exist_ok=True)
    jieba.setLogLevel(logging.WARNING)
    jieba.dt.tmp_dir = str(cache)


def _edition(option: str) -> Edition:
    name = os.environ.get(VARIABLE, "").strip() or option
    try:
        return Edition(name)
    except ValueError:
        where = VARIABLE if os.environ.get(VARIABLE, "").strip() else "mkdocs.yml 里 zhibao 的 edition"
        known = "、".join(f"{edition.value}（{edition.label}）" for edition in Edition)
        raise PluginError(f"{where} 写的是“{name}”，只能是 {known}") from None
