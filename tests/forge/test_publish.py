"""Publishing: only what office.yml turns on, only from the office's branch, never out of a public repository unawares."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bases import put
from forge.page import ID, Page
from forge.stand_in import Fault
from workflow.desk import run
from zhibao.door import publishing
from zhibao.model.edition import Edition
from zhibao.model.history import Signature
from zhibao.model.office import Office
from zhibao.publish.building import BuildError, build_site
from zhibao.repo.registry_files import RegistryError, read_registry
from zhibao.repo.site_branch import push_site
from zhibao.repo.work_tree import WorkTree

SITE = "site_name: x\ndocs_dir: site\nsite_dir: public\nuse_directory_urls: false\ntheme: {name: mkdocs}\nplugins: [zhibao]\n"


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[Edition]:
    """What would have been built."""
    made: list[Edition] = []

    def build(root: Path, edition: Edition, out: Path) -> None:
        made.append(edition)
        out.mkdir(exist_ok=True)
        (out / "index.html").write_text(edition.value, "utf-8")

    monkeypatch.setattr(publishing, "build_site", build)
    return made


def turned_on(page: Page, lines: str) -> None:
    path = "registry/office.yml"
    page.county.commit(path, page.county.text(path) + lines, "wuhao", "2026-11-24T12:00:00+08:00")


def publish(page: Page, edition: str = "open", *more: str) -> tuple[int, str]:
    return page.call("publish", edition, "--out", str(page.folder / "public"), *more)


def test_nothing_is_published_by_default(page: Page, built: list[Edition]) -> None:
    for edition in ("open", "network"):
        status, words = publish(page, edition, "--visibility", "private")
        assert (status, "office.yml 没有打开" in words) == (0, True)
    assert publish(page, "internal")[0] == 2
    assert built == []
    assert not (page.folder / "public").exists()


@pytest.mark.parametrize("visibility", ["private", "internal", "public"])
def test_a_repository_that_is_not_private_is_refused_unless_the_office_allows_it(
    page: Page, built: list[Edition], visibility: str
) -> None:
    turned_on(page, "publish: {open: pages}\n")
    page.forge.visibility = visibility
    status, words = publish(page)
    assert (status, built) == ((0, [Edition.OPEN]) if visibility == "private" else (1, []))
    assert ("没有发布" in words) == (visibility != "private")
    turned_on(page, "allow_public: true\n")
    assert publish(page)[0] == 0


def test_where_nobody_says_who_can_read_it_nothing_is_published(
    page: Page, built: list[Edition], naps: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    turned_on(page, "publish: {open: pages}\n")
    page.forge.faults = [Fault(403)]
    status, words = publish(page)
    assert (status, "不知道仓库是不是私有的" in words) == (1, True)
    monkeypatch.delenv("GITHUB_API_URL")
    assert publish(page)[0] == 1
    monkeypatch.setenv("CI_PROJECT_VISIBILITY", "nonsense")
    assert publish(page)[0] == 1
    assert built == []
    monkeypatch.setenv("CI_PROJECT_VISIBILITY", "private")
    assert publish(page)[0] == 0
    assert publish(page, "open", "--visibility", "public")[0] == 1, "what is said outranks what is found"


def test_only_what_stands_on_the_branch_is_published(page: Page, built: list[Edition]) -> None:
    turned_on(page, "publish: {open: pages}\n")
    put(page.root, "submissions/2026/11/x.md", "x")
    assert "有 1 处改动没有提交" in publish(page)[1]
    shutil.rmtree(page.root / "submissions")
    run(page.root, "checkout", "-q", "-b", "other")
    page.county.commit("README.md", "x", "wuhao", "2026-11-24T12:00:00+08:00")
    assert "只发布 main 上的内容" in publish(page)[1]
    assert built == []


def test_the_network_edition_is_one_commit_on_the_host_and_the_same_bytes_are_no_push(
    page: Page, built: list[Edition], monkeypatch: pytest.MonkeyPatch
) -> None:
    host = page.folder / "site.git"
    run(page.folder, "init", "-q", "--bare", str(host))
    turned_on(page, f"publish: {{network: {host}}}\n")
    assert publish(page, "network") == (0, f"网络版建好了，推送到 {host} 的 pages 分支\n")
    first = run(host, "rev-parse", "pages")
    assert "没有变化" in publish(page, "network")[1]
    assert run(host, "rev-parse", "pages") == first
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795582800")
    assert "推送到" in publish(page, "network")[1]
    assert run(host, "rev-list", "--count", "pages") == "1"
    assert run(host, "log", "-1", "--format=%an %cn %s", "pages") == "试验县委办公室 试验县委办公室 发布网站"
    assert built == [Edition.NETWORK] * 3


def test_a_host_that_is_not_there_is_told(page: Page, built: list[Edition]) -> None:
    turned_on(page, f"publish: {{network: {page.folder}/none.git}}\n")
    status, words = publish(page, "network")
    assert (status, "git ls-remote 没有成功" in words) == (2, True)


def test_odd_files_reach_the_host_as_they_are(tmp_path: Path) -> None:
    site, host = tmp_path / "site", tmp_path / "host.git"
    site.mkdir()
    run(tmp_path, "init", "-q", "--bare", str(host))
    for name, data in {".gitignore": b"*", "a.txt": b"1\r\n2\n", ".hidden": b"x", "中 文": b"\xff"}.items():
        (site / name).write_bytes(data)
    assert push_site(site, str(host), Signature("x", "x@x"), datetime(2026, 11, 24, tzinfo=UTC))
    run(tmp_path, "clone", "-q", "-b", "pages", str(host), str(tmp_path / "copy"))
    assert (tmp_path / "copy" / "a.txt").read_bytes() == b"1\r\n2\n"
    assert (tmp_path / "copy" / "中 文").read_bytes() == b"\xff"


@pytest.mark.parametrize(
    "address",
    [
        "ext::sh -c 'touch pwned'",
        "--upload-pack=touch pwned",
        "-oProxyCommand=x:y",
        "ssh://-oProxyCommand=x/y",
        "https://user:secret@host/x.git",
        "file:///etc",
        "../x.git",
        "git@host:-x",
        "",
    ],
)
def test_an_address_that_git_must_not_be_given(page: Page, address: str) -> None:
    turned_on(page, f'publish: {{network: "{address}"}}\n')
    with pytest.raises(RegistryError, match=r"publish|network"):
        read_registry(WorkTree(page.root))


def test_the_settings_are_read_strictly() -> None:
    for lines in ("publish: {open: all}", "publish: {opne: pages}", "publish: pages"):
        with pytest.raises(ValueError, match="publish"):
            Office.model_validate({"publish": lines})


# the build itself


def county_with_site(page: Page) -> Path:
    for path, text in {"mkdocs.yml": SITE, "site/note.md": "# 说明\n"}.items():
        page.county.commit(path, text, "wuhao", "2026-11-24T12:00:00+08:00")
    return page.root


def test_the_edition_that_is_published_outranks_the_environment_and_takes_its_place_whole(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, out = county_with_site(page), page.folder / "public"
    monkeypatch.setenv("ZHIBAO_EDITION", "internal")
    page.county.git("merge", "-q", "--no-ff", "-m", "采用", "origin/" + ID, by="lisi")
    build_site(root, Edition.OPEN, out)
    assert ID not in "".join(path.read_text("utf-8", "replace") for path in out.rglob("*.html"))
    (out / "old.html").write_text("x", "utf-8")
    build_site(root, Edition.NETWORK, out)
    assert not (out / "old.html").exists()
    assert any(ID in path.name for path in out.rglob("*.html"))
    (root / "mkdocs.yml").write_text(SITE + "nav: [none.md]\n", "utf-8")
    with pytest.raises(BuildError, match="none"):
        build_site(root, Edition.OPEN, out)
    assert any(ID in path.name for path in out.rglob("*.html")), "what stood there stands"
    assert [path.name for path in page.folder.glob(".zhibao-*")] == []


def test_nothing_but_a_built_site_is_replaced(page: Page) -> None:
    root = county_with_site(page)
    for out in (root, root / "registry", page.folder, root / "mkdocs.yml"):
        with pytest.raises(BuildError, match="请另写一个文件夹"):
            build_site(root, Edition.OPEN, out)
    (root / "mkdocs.yml").write_text(SITE.replace("[zhibao]", "[]"), "utf-8")
    with pytest.raises(BuildError, match="没有 zhibao"):
        build_site(root, Edition.OPEN, page.folder / "public")
    (root / "mkdocs.yml").unlink()
    with pytest.raises(BuildError, match="没有 "):
        build_site(root, Edition.OPEN, page.folder / "public")
