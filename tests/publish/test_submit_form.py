"""The form of the page 报送 in Chromium: it says what the checks say, and its file is what `zhibao new` writes."""

from __future__ import annotations

import datetime
import random
import re
import shutil
import urllib.parse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bases import BASE, county_at, put
from publish.browser import needs_chromium, served
from publish.submit_form import FIELDS, MOMENT, Finding, Form, browsing, opened, page_of
from zhibao.check.examples import EXAMPLES
from zhibao.check.portable import SAYINGS
from zhibao.cli.main import group
from zhibao.door.draft import read_draft
from zhibao.model.finding import Severity
from zhibao.model.identity import Identity
from zhibao.repo.county_files import read_county
from zhibao.repo.new_item import text_of
from zhibao.repo.registry_files import read_registry
from zhibao.repo.work_tree import WorkTree
from zhibao.review.examine import examine

pytestmark = [pytest.mark.browser, needs_chromium]

LABELS = Path(__file__).parents[1] / "check" / "labels"
EVENING = datetime.datetime(2026, 11, 24, 23, 0)
BODY = BASE.split("---\n\n")[1]
TITLE = "大坝镇“一网三联”破解山区饮水难"
WRITING = [code for code in SAYINGS if code not in ("officer-known", "not-future", "fresh")]
ODD_TITLES = [
    "短",
    "大坝镇①号水井" * 6,
    "大坝镇召开会议；南渡镇植树",
    "大坝镇水利工作取得明显成效。",
    "大坝镇会议胜利召开",
    "大坝镇𠀀𠀁井水账",
    "电话１３８００１３８０００的大坝镇",
]
ODD_BODIES = [
    "　　" + "大坝镇修了一条路，共一公里。" * 20 + "\n　　下一步，将继续加强管护。" + "村里已经验收。" * 8,
    "大坝镇修路。" * 10 + "\n\n在党工委和指挥部的坚强领导和关怀下，" + "路修通了。" * 30,
    "路" * 396 + "在县委的正确领导下，修通了。",
    "水" * 720,
    "水" * 721,
    "水" * 960,
    "水" * 961,
    "水" * 81,
    "1. **第一** `条`\n2. | 表 | 格 |\n|---|---|\n- 列__出__",
    "补助138001380001元，卡号 6222-0212-3456-7894 的，身份证 １１０１０５１９４９１２３１００２Ｘ 的，8613912345678 打不通，13912345678户。",
    "秘密★\n机密 三年\n此处填写\u200b……＊县的□□，待补充，TODO，？？？，##甲##",
    "患者张三因病，学生李小明被救；王强，男，12岁。后山村3组12号的村民张大山。示办发〔２０２６〕 12 号，征求意见稿。",
    "群众收入大幅提升。群众收入大幅提升12%。㎡明显增加³。“引号没有关（括号",
    "另外，开会。\n  此外 \n同日、同一天开会",
    "",
    "  \n\u3000\n",
    "{count}{0}%s\\n$& <b>&amp;</b>",
]

SCRAPS = [
    *"。，；！?“”（）《||·—0912①²½é𝟘٣×xXé𠀀户万元难改",
    *(
        "\n",
        "\n\n",
        "  ",
        "\u3000",
        "\t",
        "\u00a0",
        "\u200b",
        "\n- ",
        "\n1. ",
        "\n# ",
        "**粗**",
        "`c`",
        "_",
        "__",
        "~~",
        "---",
    ),
    *(
        "大坝镇",
        "在县委的正确领导下，",
        "下一步，",
        "将继续",
        "再上新台阶",
        "奠定了坚实基础",
        "大幅提升",
        "明显减少",
        "另外，",
        "同日",
    ),
    *(
        "13800138000",
        "139 1234 5678",
        "１３９１２３４５６７８",
        "11010519491231002X",
        "6222021234567894",
        "4111111111111111",
        "6222-0212",
        "86",
    ),
    *(
        "机密★",
        "\n秘密\n",
        "内部资料",
        "未公开",
        "示办发〔2026〕12号",
        "家住后山村3组12号",
        "村民张大山",
        "学生李小明，",
        "患者张三因",
    ),
    *(
        "*县",
        "××镇",
        "xx局",
        "□",
        "？？？",
        "##a1##",
        "TODO",
        "待补充",
        "关于",
        "情况汇报",
        "会议召开",
        "12月3日",
        "2180只",
        "没有",
        "由于",
        "建议",
    ),
    *("{count}", "<b>", "&amp;", "\\n", "$&"),
]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return county_at(tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with browsing() as browser:
        yield browser


@pytest.fixture(scope="module")
def site(county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return page_of(county, tmp_path_factory.mktemp("page") / "site")


@pytest.fixture(scope="module")
def form(browser: Any, site: Path) -> Iterator[Form]:
    with opened(browser, site) as form:
        yield form


def said_by_the_checks(
    root: Path, texts: Sequence[tuple[str, str, str]], unit: str, officer: str, codes: Sequence[str]
) -> list[set[Finding]]:
    """What the checks say of items of these kinds, titles and bodies, written as `zhibao new --from` writes them."""
    registry = read_registry(WorkTree(root)).registry
    ids = []
    for number, (kind, title, body) in enumerate(texts):
        draft = read_draft(put(root.parent, "draft.txt", f"题目\n{body if body.strip() else '。'}\n"))
        moment = datetime.datetime(2026, 11, 1) + datetime.timedelta(minutes=number)
        identity = Identity(moment, unit)
        whole = text_of(registry, identity, title=title, officer=officer, kind=kind, body=draft.body or "。")
        bare = whole if body.strip() else whole.rpartition("---")[0] + "---\n"
        put(root, identity.path, bare)
        ids.append(str(identity))
    said: dict[str, set[Finding]] = {id_: set() for id_ in ids}
    for one in examine(root, ["submissions"]).findings:
        if one.code in codes:
            words = "；".join(filter(None, (one.message, one.help)))
            said[Path(one.path).stem].add((one.code, one.severity.label, words))
    return [said[id_] for id_ in ids]


def said_by_the_page(form: Form, texts: Sequence[tuple[str, str, str]], **who: str) -> list[set[Finding]]:
    said = []
    for kind, title, body in texts:
        form.fill(kind=kind, title=title, body=body, **who)
        found = form.found()
        if "正文" in form.lacking():
            found.add(("body-empty", "错误", "没有正文；请在第二行 --- 的下面写正文"))
        said.append(found)
    return said


def test_the_page_says_what_the_checks_say(form: Form, tmp_path: Path) -> None:
    """Examples of every portable check, and odd texts: codes, severities and words are the same."""
    bodies = [example.bad for code in WRITING if (example := EXAMPLES[code]).part == "body"]
    titles = [EXAMPLES[code].bad.removeprefix("title: ") for code in WRITING if EXAMPLES[code].part == "key"]
    texts = [("经验", TITLE, body) for body in [BODY, *bodies, *ODD_BODIES]]
    texts += [("紧急", title, BODY) for title in [*titles, *ODD_TITLES]]
    wanted = said_by_the_checks(county_at(tmp_path / "county"), texts, "daba", "王敏", WRITING)
    found = said_by_the_page(form, texts, unit="daba", officer="王敏")
    for text, ours, page in zip(texts, wanted, found, strict=True):
        assert page == ours, text
    assert {code for said in wanted for code, _, _ in said} == set(WRITING)


def test_real_items_are_judged_alike(browser: Any, tmp_path: Path) -> None:
    """Forty-one items with the registry that they were written for: other kinds, other elements."""
    root = tmp_path / "county"
    shutil.copytree(LABELS / "registry", root / "registry")
    texts = []
    for path in sorted((LABELS / "items").glob("*.md")):
        front, _, body = path.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
        keys = dict(line.split(": ", 1) for line in front.split("\n") if line[0] != " " and ": " in line)
        texts.append((keys["kind"], keys["title"].strip('"'), body))
    wanted = said_by_the_checks(root, texts, "daba", "王敏", WRITING)
    with opened(browser, page_of(root, tmp_path / "site")) as form:
        found = said_by_the_page(form, texts, unit="daba", officer="王敏")
    assert len(texts) >= 41
    assert found == wanted


def test_scrambled_texts_are_judged_alike(form: Form, tmp_path: Path) -> None:
    """What trips one pattern after another, in any order, with letters of other planes and other widths between."""
    dice = random.Random(20261124)

    def scrap(most: int) -> str:
        return "".join(dice.choice(SCRAPS) for _ in range(dice.randint(1, most)))

    texts = [
        (
            dice.choice(["经验", "紧急", "问题", "动态"]),
            "大坝" + " ".join(scrap(12).replace("\u200b", "").split()),  # the page takes these out of titles
            "字" + scrap(60),
        )
        for _ in range(120)
    ]
    wanted = said_by_the_checks(county_at(tmp_path / "county"), texts, "daba", "王敏", WRITING)
    assert said_by_the_page(form, texts, unit="daba", officer="王敏") == wanted
    assert {code for said in wanted for code, _, _ in said} == set(WRITING) - {"body-empty"}


@pytest.mark.parametrize(
    ("who", "wanted"),
    [
        ({"officer": "王敏", "happened": "2026-11-23"}, set()),
        ({"officer": "王敏", "happened": "2026-09-28"}, {"fresh"}),
        ({"officer": "周涛"}, {"officer-known"}),
        ({"unit": "nandu", "officer": "王敏"}, {"officer-known"}),
    ],
)
def test_days_and_people_are_judged_alike(
    form: Form, tmp_path: Path, who: dict[str, str], wanted: set[str]
) -> None:
    """Working days with the holidays of the calendar, the limit of the kind, officers in post: in the very file."""
    form.fill(**{"unit": "daba", "kind": "经验", "title": TITLE, "body": BODY} | who)
    found = form.found()
    name, data = form.download()
    root = county_at(tmp_path)
    put(root, f"submissions/2026/11/{name}", data)
    said = examine(root, ["submissions"], now=EVENING).findings
    assert found == {
        (one.code, one.severity.label, f"{one.message}；{one.help}") for one in said if one.code in SAYINGS
    }
    assert {code for code, _, _ in found} == wanted
    assert not [one for one in said if one.severity is Severity.ERROR]


def test_tomorrow_has_not_happened(form: Form) -> None:
    form.fill(unit="daba", officer="王敏", kind="经验", title=TITLE, body=BODY, happened="2026-11-25")
    assert form.found() == {
        ("not-future", "错误", "发生日期 2026-11-25 还没有到（今天是 2026-11-24）；请核对日期")
    }


def test_what_is_missing_is_named_and_stops_everything(form: Form, county: Path, tmp_path: Path) -> None:
    """The keys that the page asks for are those without which the checks find an error."""
    whole = {"unit": "daba", "officer": "王敏", "kind": "经验", "title": TITLE, "body": BODY}
    form.fill(**whole)
    assert (form.lacking(), form.found()) == ("没有发现问题。", set())
    labels = {"unit": "单位", "officer": "信息员", "kind": "类型", "title": "标题", "body": "正文"}
    for key, label in labels.items():
        form.fill(**whole | {key: " \u3000 " if key in ("officer", "title", "body") else ""})
        assert form.lacking() == f"还没有填：{label}"
        form.press("download")
        assert form.said() == "还有 1 处要改，改好才能送出；上面“检查”里逐条写着。"
        assert form.page.evaluate("document.activeElement.textContent") == label
        root = county_at(tmp_path / key)
        written = (
            BASE.replace(BODY, "")
            if key == "body"
            else "".join(line for line in BASE.splitlines(keepends=True) if not line.startswith(f"{key}:"))
        )
        put(root, "submissions/2026/10/20261012-0931-daba.md", written)
        errors = [one for one in examine(root, ["submissions"]).findings if one.severity is Severity.ERROR]
        assert [one.code for one in errors] == ["body-empty" if key == "body" else "missing-key"]
        assert label in errors[0].message


def test_the_file_is_what_zhibao_new_writes(
    form: Form,
    county: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Titles that YAML would read as something else, people of any name, paragraphs from a word processor."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(MOMENT.timestamp())))
    titles = [
        TITLE,
        "大坝镇：三座山塘: 两座有水",
        "2026年大坝镇的水",
        "- 大坝镇的一条横线标题",
        "#大坝镇的井号标题",
        '大坝镇“引号”和"半角"与\\',
        "true",
        "~",
        "[大坝镇]的括号标题",
        "{大坝镇}: x",
        "+大坝镇的水渠七公里",
        "大坝镇 的  空格\t标题",
        "@大坝镇 #后面",
        "大坝镇的百分之%号`",
    ]
    for number, title in enumerate(titles):
        form.begin()
        body = "　　第一段，有一公里。\r\n\r\n\t第二段 。 \n第三段。\n\n"
        form.fill(unit="daba", officer="王敏", kind="经验", title=title, body=body)
        name, data = form.download()
        root = county_at(tmp_path / str(number))
        draft = put(tmp_path, "draft.txt", f"题目\n{body}")
        arguments = [
            "-C",
            str(root),
            "new",
            "--unit",
            "daba",
            "--officer",
            "王敏",
            "--kind",
            "经验",
            "--title",
            title,
        ]
        assert group.main([*arguments, "--from", str(draft)], standalone_mode=False) == 0
        path = capsys.readouterr().out.strip()
        assert path == f"submissions/2026/11/{name}"
        assert data == (root / path).read_bytes(), title
        assert read_county(root).county.by_id[name.removesuffix(".md")].submission.title == " ".join(
            title.split()
        )


def test_what_is_added_stands_in_order_and_passes_the_checks(form: Form, tmp_path: Path) -> None:
    form.begin()
    form.fill(
        unit="daba",
        officer="王敏",
        kind="经验",
        title=TITLE,
        body=BODY,
        happened="2026-11-20",
        call="water",
        cleared="李强",
    )
    name, data = form.download()
    front = data.decode().split("---\n")[1]
    assert name == "20261124-1300-daba.md"
    assert front == (
        f"title: {TITLE}\nunit: daba\nofficer: 王敏\nkind: 经验\nsubmitted: 2026-11-24 13:00\nhappened: 2026-11-20\n"
        "call: water\naudience: open\nclearance: {by: 李强, date: 2026-11-24}\n"
    )
    root = county_at(tmp_path)
    put(root, f"submissions/2026/11/{name}", data)
    said = examine(root, ["submissions"], now=EVENING).findings
    assert [one.code for one in said] == ["standing-clear"]  # not merged yet
    assert form.said() == (
        "已下载 20261124-1300-daba.md：放进仓库的 submissions/2026/11/，提交时选“发起合并请求”；不会用仓库的，把它发给办公室。"
    )
    form.fill(unit="daba", officer="王敏", kind="经验", title="大坝镇的这件事改了标题", body=BODY)
    assert form.download()[0] == name  # mended, it is still the same item


def test_the_draft_survives_and_is_cleared_when_asked(form: Form) -> None:
    """A call comes, the page is closed: everything is there again; cleared, only the unit and the officer stay."""
    form.begin()
    form.fill(
        unit="nandu",
        officer="钱芳",
        kind="问题",
        title="南渡镇的一半标题",
        body="写到这里来了电话",
        call="water",
    )
    form.open()
    assert form.values() == {
        "unit": "nandu",
        "officer": "钱芳",
        "kind": "问题",
        "happened": "",
        "call": "water",
        "title": "南渡镇的一半标题",
        "body": "写到这里来了电话",
        "cleared": "",
    }
    form.page.once("dialog", lambda dialog: dialog.dismiss())
    form.press("clear")
    assert form.values()["title"] == "南渡镇的一半标题"
    form.page.once("dialog", lambda dialog: dialog.accept())
    form.press("clear")
    form.open()
    assert form.values() == dict.fromkeys(FIELDS, "") | {"unit": "nandu", "officer": "钱芳"}
    form.fill(unit="nandu", officer="钱芳", kind="经验", title=TITLE, body=BODY)
    first = form.download()[0]
    form.page.once("dialog", lambda dialog: dialog.accept())
    form.press("clear")
    form.fill(unit="nandu", officer="钱芳", kind="经验", title="南渡镇的另一件事有了结果", body=BODY)
    assert (first, form.download()[0]) == ("20261124-1300-nandu.md", "20261124-1300-nandu-2.md")


def test_officers_counters_and_notes_follow_what_is_chosen(form: Form) -> None:
    form.begin()
    form.fill(unit="daba", officer="王敏", kind="紧急", title="水" * 41, body="水 " * 601)
    page = form.page
    assert page.eval_on_selector_all("#zb-officers option", "all => all.map((one) => one.value)") == ["王敏"]
    assert page.inner_text("#zb-title-count") == "41 字（8–40 字），多 1 字"
    assert page.inner_text("#zb-body-count") == "601 字（50–600 字），多 1 字"
    assert (
        page.inner_text("#zb-kind-note") == "50–600 字，写清时间、地点。紧急信息先打电话报告，再在这里补报。"
    )
    form.fill(unit="jiaoyu")
    assert page.eval_on_selector_all("#zb-officers option", "all => all.map((one) => one.value)") == ["付强"]
    assert (page.inner_text("#zb-title-count"), page.inner_text("#zb-body-count")) == (
        "0 字（8–40 字）",
        "0 字",
    )
    assert not page.is_visible("#zb-kind-note")


def test_a_call_that_is_over_is_no_choice(browser: Any, site: Path) -> None:
    """The site was built while the call was open; on the reader's day it is not."""
    with opened(browser, site) as form:
        assert form.page.locator("#zb-call option").count() == 2
        form.page.clock.set_fixed_time(datetime.datetime(2027, 1, 1, 5, 0, tzinfo=datetime.UTC))
        form.open()
        assert form.page.locator("#zb-call").count() == form.page.locator("#calls").count() == 0
        form.fill(unit="daba", officer="王敏", kind="经验", title=TITLE, body=BODY)
        assert form.lacking() == "没有发现问题。"


def test_keyboard_alone_goes_through_the_form(form: Form) -> None:
    form.begin()
    form.page.focus("#zb-unit")
    order = ["unit", "officer", "kind", "happened", "call", "title", "body", "cleared"]
    seen = ["unit"]
    while seen[-1] != "cleared" and len(seen) < 20:
        form.page.keyboard.press("Tab")
        name = form.page.evaluate("document.activeElement.name")
        seen += [name] if name != seen[-1] else []  # a date has several places to stop at
    assert seen == order
    form.page.keyboard.press("Tab")
    assert (
        form.page.evaluate("document.activeElement.textContent") == "单位"
    )  # the first thing that is missing
    form.page.keyboard.press("Enter")
    assert form.page.evaluate("document.activeElement.name") == "unit"


def test_without_scripts_the_page_says_what_to_do(browser: Any, site: Path) -> None:
    with served(site) as address:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{address}/submit/index.html")
        assert not page.is_visible("#zb-submit")
        text = page.inner_text("body")
        assert "浏览器没有运行脚本，填写用的表单没有出来；下面几种办法都可以报送。" in text
        assert "title: 单位和事\nunit: 单位编号" in text
        form, file = (page.get_attribute(f"#other + ul > li:nth-child({n}) a", "href") for n in (1, 2))
        assert form == (
            "https://git.t.example/xianwei/xinxi/issues/new?template=.github%2FISSUE_TEMPLATE%2Fsubmission.yml"
        )
        assert file.startswith("https://git.t.example/xianwei/xinxi/_new/main/submissions/")


ITEM = {"unit": "daba", "officer": "王敏", "kind": "经验", "title": TITLE, "body": BODY, "call": "water"}
LONG = BODY + "水渠修通了，" * 120 + "用上了水。"


def sent(form: Form, act: str) -> tuple[str, dict[str, str]]:
    """The address that a button opens in a new window, and its query; nothing leaves this machine."""
    form.page.context.route("https://*.example/**", lambda route: route.fulfill(body="表单"))
    with form.page.context.expect_page() as waiting:
        form.press(act)
    address, _, query = waiting.value.url.partition("?")
    waiting.value.close()
    return address, dict(urllib.parse.parse_qsl(query, strict_parsing=True))


def forged(folder: Path, forge: str) -> Path:
    """The page of the county, its forge another; empty for none."""
    root = county_at(folder / "county")
    own = "forge: {kind: gitea, url: https://git.t.example/xianwei/xinxi}\n"
    settings = (root / "registry/office.yml").read_text("utf-8")
    assert own in settings
    put(root, "registry/office.yml", settings.replace(own, f"forge: {forge}\n" if forge else ""))
    return page_of(root, folder / "site")


def test_gitea_s_form_and_new_file_are_filled_in(form: Form) -> None:
    form.begin()
    form.fill(**ITEM)
    prose = "\n\n".join(line for line in BODY.split("\n") if line)
    assert sent(form, "issue") == (
        "https://git.t.example/xianwei/xinxi/issues/new",
        {
            "template": ".github/ISSUE_TEMPLATE/submission.yml",
            "title": TITLE,
            "field:kind": "经验",
            "field:call": "water 山区饮水（12月31日前）",
            "field:body": prose,
        },
    )
    assert form.said() == (
        "已在新窗口打开 Gitea，内容替你填好了。提交以前看一看：类型是“经验做法”、报送要点是“山区饮水（12月31日截止）”。没有打开的，从这里打开"
    )
    address, values = sent(form, "file")
    assert address == "https://git.t.example/xianwei/xinxi/_new/main/submissions/2026/11/"
    assert values["filename"] == "20261124-1300-daba.md"
    assert values["value"].encode() == form.download()[1]
    form.fill(**ITEM | {"cleared": "李强", "call": ""})
    values = sent(form, "issue")[1]
    assert (values["field:cleared"], "field:call" in values) == ("李强", False)


def test_github_s_form_and_new_file_are_filled_in(browser: Any, tmp_path: Path) -> None:
    site = forged(tmp_path, "{kind: github, url: https://github.example/xianwei/xinxi}")
    with opened(browser, site) as form:
        form.fill(**ITEM)
        address, values = sent(form, "issue")
        assert address == "https://github.example/xianwei/xinxi/issues/new"
        assert list(values) == ["template", "title", "kind", "call", "body"]
        assert values["template"] == "submission.yml"
        address, values = sent(form, "file")
        assert address == "https://github.example/xianwei/xinxi/new/main"
        assert values["filename"] == "submissions/2026/11/20261124-1300-daba.md"


def test_gitlab_has_a_new_file_and_no_form(browser: Any, tmp_path: Path) -> None:
    site = forged(tmp_path, "{kind: gitlab, url: https://gitlab.example/xian/ban/xinxi}")
    with opened(browser, site) as form:
        form.fill(**ITEM)
        assert form.page.locator("[data-act=issue]").count() == 0
        address, values = sent(form, "file")
        assert address == "https://gitlab.example/xian/ban/xinxi/-/new/main"
        assert values["file_name"] == "submissions/2026/11/20261124-1300-daba.md"
        assert values["content"].startswith("---\ntitle: ")


def test_without_a_forge_the_file_is_handed_over_or_copied(browser: Any, tmp_path: Path) -> None:
    with opened(browser, forged(tmp_path, ""), permissions=["clipboard-read", "clipboard-write"]) as form:
        acts = form.page.eval_on_selector_all("[data-act]", "all => all.map((one) => one.dataset.act)")
        assert acts == ["download", "copy", "clear"]
        assert "https:" not in form.page.content()
        form.fill(**ITEM)
        form.press("copy")
        form.page.wait_for_selector("#zb-sent p")
        assert form.said() == "全文已放进剪贴板；文件名用 submissions/2026/11/20261124-1300-daba.md。"
        copied = form.page.evaluate("navigator.clipboard.readText()")
        assert copied.encode() == form.download()[1]


def test_a_long_text_goes_by_the_clipboard_and_it_is_said(browser: Any, site: Path) -> None:
    """No forge takes an address of 9,000 characters: the form opens with the rest filled in."""
    with opened(browser, site, permissions=["clipboard-read", "clipboard-write"]) as form:
        form.fill(**ITEM | {"body": LONG, "happened": "2026-11-23"})
        form.press("issue")
        form.page.wait_for_selector("#zb-sent a")
        assert form.said() == (
            "正文太长，网址里放不下，已放进剪贴板：打开以后粘贴进去。提交以前看一看：类型是“经验做法”、"
            "报送要点是“山区饮水（12月31日截止）”；表单里没有发生日期，请在正文里写明。打开 Gitea"
        )
        assert form.page.evaluate("navigator.clipboard.readText()").endswith("用上了水。")
        address = form.page.get_attribute("#zb-sent a", "href")
        assert "field%3Abody" not in address
        assert "field%3Akind=" in address
        form.press("file")
        form.page.locator("#zb-sent", has_text=re.compile(r"^\s*全文")).wait_for()
        assert form.page.evaluate("navigator.clipboard.readText()").startswith("---\ntitle: ")


def test_what_is_secret_leaves_by_no_way(form: Form) -> None:
    form.begin()
    form.fill(**ITEM | {"body": BODY + "\n管水员电话13800138000。"})
    for act in ("issue", "file", "download", "copy"):
        form.press(act)
        assert form.said() == "还有 1 处要改，改好才能送出；上面“检查”里逐条写着。"
    assert len(form.page.context.pages) == 1
    form.page.keyboard.press("Enter")
    assert form.page.evaluate("document.activeElement.name") == "body"


def test_without_a_secure_context_the_old_way_of_copying_is_taken(browser: Any, site: Path) -> None:
    """A forge and a site on plain http, as on an isolated network, have no clipboard of the new kind."""
    with opened(browser, site, permissions=["clipboard-read", "clipboard-write"]) as form:
        form.page.add_init_script("Object.defineProperty(window, 'isSecureContext', {value: false})")
        form.open()
        form.fill(**ITEM)
        form.press("copy")
        form.page.wait_for_selector("#zb-sent p")
        assert form.said().startswith("全文已放进剪贴板")
        assert form.page.evaluate("navigator.clipboard.readText()").startswith("---\ntitle: ")
        assert form.page.locator(".zb-form__copy").count() == 0
