"""A small county with sentences planted in everything that must not be published, and real builds of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bases import county_at, put
from zhibao.model.edition import Edition
from zhibao.publish import site
from zhibao.publish.edition import build as edition_of

ROOT = Path(__file__).parents[2]

LONG = (
    "后山村的三座山塘去年冬天见了底，村里请来打井队在石灰岩里打了四口井，两口出水，两口是干的。出水的两口装了水泵，由村民小组轮流看管，"
    "每户每月交五元电费，账目贴在井房的门上。到今年六月底，全村一百二十户用上了井水，挑水的路由两公里缩到二百米。"
)


def item(
    id_: str, *, title: str, body: str = LONG, front: str = "", review: str | None = None, kind: str = "经验"
) -> tuple[str, str]:
    """Path and text of an imported item; `review` None leaves it undecided."""
    unit = id_.split("-")[2]
    officer = {"daba": "王敏", "nandu": "钱芳", "shuiwu": "程蕾", "jiaoyu": "付强", "office": "李思"}[unit]
    when = f"{id_[:4]}-{id_[4:6]}-{id_[6:8]} {id_[9:11]}:{id_[11:13]}"
    lines = [f"title: {title}", f"unit: {unit}", f"officer: {officer}", f"kind: {kind}", f"submitted: {when}"]
    lines += [front.strip()] if front else []
    lines += ["imported: true"]
    if review is not None:
        lines += [f"review:\n{review.rstrip()}"]
    text = "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"
    return f"submissions/{id_[:4]}/{id_[4:6]}/{id_}.md", text


def review(decision: str, day: str, more: str = "") -> str:
    return f"  decision: {decision}\n  by: lisi\n  date: {day}\n{more}"


OPEN = "audience: open\nclearance: {by: 李强, date: 2026-08-03}"

# What may stand where: a sentence, and the editions in which it may be found.
PLANTED: dict[str, frozenset[str]] = {
    "公开信息里的一句青瓦白墙": frozenset({"open", "network"}),
    "公开信息的标题一池秋水": frozenset({"open", "network"}),
    "网络信息里的一句石桥流水": frozenset({"network"}),
    "没有审核的公开信息里的一句": frozenset({"network"}),
    "待处理信息里的一句三更灯火": frozenset(),
    "留用信息里的一句四野蛙声": frozenset(),
    "不采用信息里的一句五里长亭": frozenset(),
    "备查信息里的一句六月飞霜": frozenset(),
    "撤下信息里的一句七步成诗": frozenset(),
    "给领导看的一句八面来风": frozenset(),
    "紧急信息里的一句九曲回肠": frozenset(),
    "有身份证号的信息里的一句": frozenset(),
    "不采用的原因一言难尽": frozenset({"network"}),
    "撤下的原因一落千丈": frozenset(),
    "待处理信息的标题三心二意": frozenset(),
    "不采用信息的标题五味杂陈": frozenset(),
    "给领导看的标题八方风雨": frozenset(),
    "紧急信息的标题九牛一毛": frozenset(),
    "县委书记甲": frozenset({"network"}),
    "备查信息的摘要六神无主": frozenset(),
    "留用信息的标签四海": frozenset(),
    "调整的事由一字千金": frozenset({"network"}),
    "不在本版的信息的调整二话不说": frozenset(),
    "异议的内容三言两语": frozenset({"network"}),
    "期里的栏目百川归海": frozenset({"open", "network"}),
    "期里藏着的栏目七上八下": frozenset(),
    "草稿里的栏目半途而废": frozenset(),
    "报送的去处千里之外": frozenset({"network"}),
}


def planted_items() -> list[tuple[str, str]]:
    leaders = LONG + "给领导看的一句八面来风。"
    return [
        item(
            "20260803-0900-daba",
            title="公开信息的标题一池秋水",
            body=LONG + "公开信息里的一句青瓦白墙。",
            front=OPEN,
            review=review(
                "adopted",
                "2026-08-04",
                "  adoptions:\n    - {level: 州, date: 2026-08-10, form: 综合, publication: 州委信息 第1期}\n"
                "  instructions:\n    - {level: 县, date: 2026-08-11, by: 县委书记甲}\n",
            ),
        ),
        item(
            "20260803-0910-nandu",
            title="南渡镇石桥边的新水站",
            body="网络信息里的一句石桥流水。" + LONG[::-1],
            review=review("adopted", "2026-08-04"),
        ),
        item(
            "20260803-0920-daba",
            title="大坝镇没有审核的公开信息",
            body=LONG[::2] + "没有审核的公开信息里的一句。",
            front="audience: open",
            review=review("adopted", "2026-08-04"),
        ),
        item(
            "20260804-0900-daba",
            title="待处理信息的标题三心二意",
            body="待处理信息里的一句三更灯火。" + LONG[40:],
        ),
        item(
            "20260804-0910-daba",
            title="大坝镇留用的信息一条",
            front="tags: [留用信息的标签四海]",
            body="留用信息里的一句四野蛙声。",
            review=review("held", "2026-08-05"),
        ),
        item(
            "20260804-0920-daba",
            title="不采用信息的标题五味杂陈",
            body="不采用信息里的一句五里长亭。",
            review=review(
                "declined", "2026-08-05", "  reason: {code: 要素不全, words: 不采用的原因一言难尽}\n"
            ),
        ),
        item(
            "20260804-0930-daba",
            title="大坝镇备查的信息一条",
            front="summary: 备查信息的摘要六神无主。",
            body="备查信息里的一句六月飞霜。",
            review=review("filed", "2026-08-05"),
        ),
        item(
            "20260804-0940-daba",
            title="大坝镇撤下的信息一条",
            front=OPEN,
            body="撤下信息里的一句七步成诗。",
            review=review(
                "adopted", "2026-08-05", "  withdrawn: {date: 2026-08-20, reason: 撤下的原因一落千丈}\n"
            ),
        ),
        item(
            "20260804-0950-shuiwu",
            title="给领导看的标题八方风雨",
            front="audience: leaders",
            body=leaders,
            review=review(
                "adopted",
                "2026-08-05",
                "  adoptions:\n    - {level: 省, date: 2026-08-30, form: 单篇, publication: 省委信息 第2期}\n",
            ),
        ),
        item(
            "20260805-1000-shuiwu",
            title="县水务局报送的井水账",
            body=leaders.replace("给领导看的一句八面来风。", "账目每月公布。"),
            review=review("adopted", "2026-08-06"),
        ),
        item(
            "20260805-1010-daba",
            title="紧急信息的标题九牛一毛",
            kind="紧急",
            front=OPEN,
            body="紧急信息里的一句九曲回肠。",
            review=review("adopted", "2026-08-06"),
        ),
        item(
            "20260805-1020-daba",
            title="大坝镇有身份证号的信息",
            front=OPEN,
            body="有身份证号的信息里的一句，11010519491231002X。",
            review=review("adopted", "2026-08-06"),
        ),
        item(
            "20260806-1000-office",
            title="县委办公室编发的山塘与水井",
            front="audience: open\nclearance: {by: 张文, date: 2026-08-06}\nsources: [{id: 20260804-0950-shuiwu, share: 0.5}, {id: 20260803-0900-daba, share: 0.5}]",
            body="编发的正文。" + LONG[10:90],
            review=review("adopted", "2026-08-07"),
        ),
    ]


def planted_adjustments() -> list[tuple[str, str]]:
    """Adjustments that a chief editor approved: of a unit, and of an item that is for the leaders."""
    always = "date: 2026-09-01\npoints: -1\napprover: zhangwen\n"
    objection = "objection: {by: 王敏, date: 2026-09-01, words: 异议的内容三言两语}\n"
    return [
        ("registry/adjustments/a.yml", f"unit: daba\nreason: 调整的事由一字千金\n{always}{objection}"),
        (
            "registry/adjustments/b.yml",
            f"unit: shuiwu\nitem: 20260804-0950-shuiwu\nreason: 不在本版的信息的调整二话不说\n{always}",
        ),
    ]


ISSUE = """number: 1
items:
  - heading: 期里的栏目百川归海
  - 20260803-0900-daba
  - 20260803-0910-nandu
  - 20260804-0940-daba
  - heading: 期里藏着的栏目七上八下
  - 20260804-0950-shuiwu
  - 20260805-1010-daba
editor: lisi
signer: zhangwen
signed: 2026-08-07
report: [报送的去处千里之外]
distribute: [各乡镇]
"""
DRAFT = """number: 2
items:
  - heading: 草稿里的栏目半途而废
  - 20260803-0920-daba
editor: lisi
"""
HIDDEN = """number: 3
items: [20260805-1020-daba]
editor: lisi
signer: zhangwen
signed: 2026-08-21
"""


def planted_issues() -> list[tuple[str, str]]:
    """An issue of which an edition shows only a part, one that is not signed, one of which nothing may be shown."""
    texts = {"001": ISSUE, "002": DRAFT, "003": HIDDEN}
    return [(f"registry/bulletins/2026-{number}.yml", text) for number, text in texts.items()]


HOSTILE = """<script>alert(1)</script>

<iframe src="https://evil.example/"></iframe>

[点我](javascript:alert(2)) ![图](https://evil.example/x.png) ![图](assets/none.png) <img src=x onerror=alert(3)>

[也点我](//evil.example/y) {: onclick="alert(4)" }

--8<-- "registry/office.yml"

<svg/onload=alert(5)> <style>body{display:none}</style> <a href="data:text/html,x">数据</a>

{{ config.site_name }} {% include "x" %} ${{ github.token }}

| 甲 | 乙 |
|---|---|
| **一** | 二 |
"""


def hostile_item() -> tuple[str, str]:
    return item(
        "20260807-0900-daba",
        title='"<script>alert(0)</script>大坝镇&的标题"',
        body=HOSTILE,
        front=OPEN + '\nsummary: "<img src=x onerror=alert(6)>摘要"',
        review=review("adopted", "2026-08-08"),
    )


def prepared(folder: Path) -> Path:
    """The county, its planted items, and the site's sources."""
    root = county_at(folder)
    for path, text in [*planted_items(), *planted_adjustments(), *planted_issues(), hostile_item()]:
        put(root, path, text)
    put(root, "submissions/2026/08/20260808-0900-daba.md", b"---\nbroken: [\n")
    shutil.copytree(ROOT / "site", root / "site")
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    return root


def rendered(root: Path, edition: str) -> dict[str, str]:
    """Every page and text file of an edition, by path, without MkDocs."""
    built = edition_of(root, Edition(edition))
    pages = {f"{page.uri}.html": page.html for page in site.pages(built.view, built.pictures)}
    return pages | dict(site.files(built.view, ""))


def build(root: Path, edition: str, into: str) -> Path:
    """The edition, built by `mkdocs build --strict` alone."""
    environment = os.environ | {"ZHIBAO_EDITION": edition}
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--quiet",
        "--site-dir",
        str(root / into),
    ]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return root / into
