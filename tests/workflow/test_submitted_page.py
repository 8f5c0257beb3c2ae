"""From the form to the site, in a real browser at both ends: written, downloaded, proposed, reviewed, merged, built, read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from publish.browser import needs_chromium, served
from publish.sites import ROOT, build
from publish.submit_form import browsing, opened, page_of
from workflow.desk import Office, run

TITLE = "大坝镇三座山塘蓄水过冬，九个村不再断水"
BODY = """　　大坝镇海拔八百米以上的九个村曾长期靠天吃水，一到冬春就断流。11月23日，镇里新修的三座山塘全部蓄满。
　　做法有两条。一是联修，镇里与七名管水员签了合同，漏水报修后四小时内到场。二是联管，装智能水表2180只，按每吨2.6元收，五保户每月免三吨。
　　到11月底，全镇断水天数由去年同期的41天降到3天，水费收缴率由52%升到96%。"""


@pytest.mark.browser
@needs_chromium
def test_an_item_from_the_form_to_the_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = Office(tmp_path, capsys)
    with browsing() as browser:
        with opened(browser, page_of(office.root, tmp_path / "page")) as form:
            form.fill(
                unit="daba",
                officer="王敏",
                kind="经验",
                title=TITLE,
                body=BODY,
                happened="2026-11-23",
                call="water",
            )
            assert (form.lacking(), form.found()) == ("没有发现问题。", set())
            form.page.clock.set_fixed_time("2026-11-24T04:31:00Z")
            name, data = form.download()
        id_ = office.propose(name.removesuffix(".md"), at="2026-11-24T12:40:00+08:00", text=data.decode())
        assert id_ == "20261124-1231-daba"
        proposal = ("--head", f"origin/{id_}", "--actor", "wangmin", "--opened", "2026-11-24T12:40:00+08:00")
        status, said = office.call("review", *proposal)
        assert (status, said) == (
            0,
            f"没有要改的错误，等编辑处理。\n{id_}  {TITLE}\n  今天合并可得考核分 3.00\n    大坝镇 3.00 分：县级采用（单条，试验信息）计 3 分\n"
            "提议人：王敏（wangmin，信息员）；改动 1 个文件\n",
        )
        assert office.call("adopt", id_) == (0, f"{id_}：采用\n")
        run(office.root, "pull", "-q", "origin", "main")
        shutil.copytree(ROOT / "site", office.root / "site")
        shutil.copy(ROOT / "mkdocs.yml", office.root)
        with served(build(office.root, "network", "public")) as address:
            page = browser.new_page()
            page.goto(f"{address}/index.html")
            page.click(f"text={TITLE}")
            assert page.inner_text("h1") == TITLE
            paragraphs = page.eval_on_selector_all(".zb-body p", "all => all.map((one) => one.textContent)")
            assert paragraphs == [line.strip() for line in BODY.split("\n")]
            assert "大坝镇" in page.inner_text(".zb-item__from")
            page.goto(f"{address}/submit/index.html")
            assert page.inner_text(".zb-kinds dd a") == TITLE  # from now on it is the example of its kind
