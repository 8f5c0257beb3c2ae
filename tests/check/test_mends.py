"""What `zhibao fix` does to a file's text, and what it leaves alone: read again, nothing but what was meant is different."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bases import BASE, BASE_PATH
from zhibao.check.mending import Mended
from zhibao.check.table import ALL, MENDS
from zhibao.model.document import Document
from zhibao.model.understand import submission
from zhibao.publish.markdown import body_html
from zhibao.repo.front_matter import item_document, yaml_document
from zhibao.review.mending import mended_document

FRONT, BODY = BASE.removeprefix("---\n").split("---\n\n")
UNITS = "registry/units.yml"


def item(front: str = FRONT, body: str = BODY) -> str:
    return f"---\n{front}---\n\n{body}"


def read(text: str | bytes) -> Document:
    return item_document(BASE_PATH, text if isinstance(text, bytes) else text.encode())


def mend(text: str | bytes) -> Mended:
    return mended_document(read(text))


def with_line(old: str, new: str) -> str:
    """BASE with one of its lines written otherwise."""
    assert f"\n{old}\n" in BASE
    return BASE.replace(f"\n{old}\n", f"\n{new}\n")


# what is mended: before, after


LINES = {
    "full-width colon": ("kind: 经验", "kind：经验"),
    "full-width colon and spaces": ("kind: 经验", "kind ： 经验"),
    "full-width space after the colon": ("kind: 经验", "kind:　经验"),
    "no space after the colon": ("kind: 经验", "kind:经验"),
    "full-width key": ("unit: daba", "ｕｎｉｔ：daba"),
    "full-width unit": ("unit: daba", "unit: ｄａｂａ"),
    "Chinese date": ("happened: 2026-10-10", "happened: 2026年10月10日"),
    "date without zeros": ("happened: 2026-10-10", "happened: 2026/10/10"),
    "date in full-width digits": ("happened: 2026-10-10", "happened: ２０２６－１０－１０"),
    "quoted date": ("happened: 2026-10-10", 'happened: "2026.10.10"  # 当天'),
    "moment with seconds": ("submitted: 2026-10-12 09:31", "submitted: 2026-10-12T09:31:00"),
    "Chinese moment": ("submitted: 2026-10-12 09:31", "submitted: 2026年10月12日9时31分"),
    "full-width word": ("audience: network", "audience: ｎｅｔｗｏｒｋ"),
    "half-width comma in the title": (
        "title: 大坝镇“一网三联”破解山区饮水难",
        "title: 大坝镇“一网三联”破解山区饮水难",
    ),
    "trailing space": ("kind: 经验", "kind: 经验  "),
}


@pytest.mark.parametrize("case", LINES)
def test_a_line_of_the_front_matter_is_mended(case: str) -> None:
    wanted, written = LINES[case]
    comment = written.partition("  #")[2]
    expected = with_line(wanted, f"{wanted}  #{comment}" if comment else wanted)
    done = mend(with_line(wanted, written))
    assert done.text == expected
    assert done.given_up == ()
    assert [(change.before, change.after) for change in done.changes] == (
        []
        if written == wanted
        else [(written, written.replace(written, expected.split("\n")[done.changes[0].line - 1]))]
    )


BLOCKS = {
    "flow": ("clearance：{by：李强，date：2026年10月12日}", "clearance: {by: 李强, date: 2026-10-12}"),
    "flow of flows": (
        "with: [{unit: shuiwu，share：０.5}，{unit：jiaoyu，share：0.2}]",
        "with: [{unit: shuiwu, share: 0.5}, {unit: jiaoyu, share: 0.2}]",
    ),
    "tabs": (
        "review:\n\tdecision: adopted\n\tby: lisi\n\treason:\n\t\tcode: 要素不全",
        "review:\n  decision: adopted\n  by: lisi\n  reason:\n    code: 要素不全",
    ),
    "full-width spaces": ("review：\n　decision：held", "review:\n  decision: held"),
    "marks": ("review:\n  quality: {depth：４，novelty: ３}", "review:\n  quality: {depth: 4, novelty: 3}"),
}


@pytest.mark.parametrize("case", BLOCKS)
def test_a_block_is_mended(case: str) -> None:
    written, wanted = BLOCKS[case]
    front, last = FRONT.split("audience", 1)
    before, after = (f"{front}{block}\naudience{last}" for block in (written, wanted))
    if written.startswith(("review", "clearance")):
        before, after = (f"{FRONT}{block}\n" for block in (written, wanted))
    done = mend(item(before))
    assert done.text == item(after)
    assert submission(read(done.text))[0] is not None


def test_every_colon_full_width() -> None:
    assert mend(item(FRONT.replace(": ", "："))).text == BASE


def test_tags_are_parted() -> None:
    done = mend(with_line("tags: [饮水]", "tags：[饮水，水利、 乡村振兴]  # 三个"))
    assert done.text == with_line("tags: [饮水]", "tags: [饮水, 水利, 乡村振兴]  # 三个")
    (change,) = done.changes
    assert change.names == ("structure", "tags")
    assert (change.line, change.before) == (8, "tags：[饮水，水利、 乡村振兴]  # 三个")


def test_bytes_are_mended() -> None:
    assert mend("\ufeff" + BASE.replace("\n", "\r\n")).text == BASE
    assert [change.names for change in mend(("\ufeff" + BASE).encode()).changes] == [("bom",)]
    assert [change.names for change in mend(BASE.encode("gbk")).changes] == [("encoding",)]
    assert mend(BASE.encode("gbk")).text == BASE
    assert mend(BASE.rstrip("\n")).text == BASE
    assert mend(BASE + "\n\n").text == BASE


def test_keys_are_put_in_order_and_every_comment_goes_with_its_key() -> None:
    head, rest = "unit: daba  # 镇\n", "officer: 王敏\nkind: 经验\nsubmitted: 2026-10-12 09:31\n"
    title, review = "# 标题在下面\ntitle: 大坝镇破解饮水难\n", "review:\n  decision: held\n  # 里面的\n"
    written = f"# 整份\n\n{head}{title}{review}\n# 谁写的\n{rest}# 最后\n"
    wanted = f"{title}# 整份\n\n{head}\n# 谁写的\n{rest}{review}# 最后\n"
    done = mend(item(written))
    assert sorted(done.text.split("\n")) == sorted(item(written).split("\n"))
    assert done.text == item(wanted)


PROSE = {
    "commas": ("今年3月起,镇里说:好;真的?对!", "今年3月起，镇里说：好；真的？对！"),
    "a space after": ("今年3月起, 镇里", "今年3月起，镇里"),
    "a full stop": ("说完了.又说.", "说完了。又说。"),
    "a number": ("一.加强领导.\n\n十二.保障", "一、加强领导。\n\n十二、保障"),
    "brackets": ("天数(去年)降", "天数（去年）降"),
    "spaces around stops": ("大坝镇 ，修 。 好", "大坝镇，修。好"),
    "a space at the end": ("修好了。 \n　　又修。\t", "修好了。\n　　又修。"),
}


@pytest.mark.parametrize("case", PROSE)
def test_prose_is_mended(case: str) -> None:
    written, wanted = PROSE[case]
    done = mend(item(body=f"{written}\n\n{BODY}"))
    assert done.text == item(body=f"{wanted}\n\n{BODY}")


def test_title_and_summary_are_prose_too() -> None:
    front = FRONT.replace("title: 大坝镇“", "title: 大坝镇,“").replace(
        "audience", 'summary: "断水(九个村)降了;好"\naudience'
    )
    wanted = front.replace("镇,", "镇，").replace("(九个村)", "（九个村）").replace(";", "；")
    assert mend(item(front)).text == item(wanted)


def test_a_file_of_the_registry_is_mended_and_its_comments_stay() -> None:
    text = (
        "# 单位：表，（一）,\n- id：daba   \n  name: [{from：2025年1月1日，value: 大坝镇}]\n"
        "  group: [{from: 2025-01-01, value: 乡镇}]\n  sector: [{from: 2025-01-01, value: 农业}]\n"
        "  supervisor: [{from: 2025-01-01, value: {name: 李强}}]\n"
        "\tquota: [{from: 2026-01-01, value: {count: １２}}] # 一，二：三"
    )
    done = mended_document(yaml_document(UNITS, text.encode()))
    lines = done.text.split("\n")
    assert lines[0] == "# 单位：表，（一）,"
    assert lines[1:3] == ["- id: daba", "  name: [{from: 2025-01-01, value: 大坝镇}]"]
    assert lines[-2:] == ["  quota: [{from: 2026-01-01, value: {count: 12}}] # 一，二：三", ""]


# what is left alone


ALONE = {
    "a sound item": BASE,
    "a full-width colon in the title": with_line(
        "title: 大坝镇“一网三联”破解山区饮水难", "title: 大坝镇：破解山区饮水难"
    ),
    "a list of names": item(body="与会的有王敏 李强 周涛。\n" + BODY),
    "indented paragraphs": item(body="　　" + BODY),
    "a broken line": item(body="第一行，  \n第二行。\n\n" + BODY),
    "code": item(body="写`键:值,中文`，\n\n    键:值,中(文)\n\n```\n键:值,中(文) \n```\n\n" + BODY),
    "the address of a link": item(body="见[附件](附件(一).pdf)和<a title='键:值'>。\n\n" + BODY),
    "figures and English": item(body="1,200 户, 3.5 元; Git, YAML (YAML 1.2): a.b\n\n" + BODY),
    "a formula": item(body="设f(水量)为准。\n\n" + BODY),
    "quoted tags": with_line("tags: [饮水]", 'tags: ["饮水，水利"]'),
    "a comment": with_line("kind: 经验", "kind: 经验  # 类型：经验，（一）"),
    "a text of several lines": item(
        FRONT.replace("audience", "summary: |\n  title：第一行，  \n  date：第二行\naudience")
    ),
    "a quotation of several lines": item(
        FRONT.replace("audience", 'summary: "第一行\n  title：第二行  "\naudience')
    ),
    "a sound body without end marks": item(body=BODY + "\n没有句号\n"),
}


@pytest.mark.parametrize("case", ALONE)
def test_what_is_right_or_not_certain_stays(case: str) -> None:
    done = mend(ALONE[case])
    assert done.changes == ()
    assert done.text == ALONE[case]


NOT_CERTAIN = {
    "a moment with a zone": with_line("submitted: 2026-10-12 09:31", "submitted: 2026-10-12T01:31:00Z"),
    "a day with a clock": with_line("happened: 2026-10-10", "happened: 2026年10月10日9时30分"),
    "a moment without a clock": with_line("submitted: 2026-10-12 09:31", "submitted: 2026年10月12日"),
    "no such day": with_line("happened: 2026-10-10", "happened: 2026年2月30日"),
    "day and month": with_line("happened: 2026-10-10", "happened: 10/12/2026"),
    "a number in words": item(FRONT.replace("audience", "with: [{unit: shuiwu, share: 一半}]\naudience")),
    "an unknown word": with_line("audience: network", "audience: 公开"),
    "two colons": with_line("title: 大坝镇“一网三联”破解山区饮水难", "title: 大坝镇: 破解山区饮水难"),
    "an unknown key": with_line("kind: 经验", "kinds：经验"),
    "a quotation left open": item(FRONT.replace("audience", 'summary: "第一行\naudience')),
    "an unknown key out of order": item(FRONT + "weather: 晴\nkind2: 经验\n"),
    "Big5": BASE.translate({ord(c): None for c in "“”“”联镇难里们务费给扫坝塘场时补贴岁检"}).encode(
        "big5", "ignore"
    ),
    "damaged UTF-8": BASE.encode().replace("镇".encode(), "镇".encode()[:2], 1),
    "GBK that is no item": "---\n这里没有键，只有一段很长很长的中文文字，说的是别的事情，与信息没有关系。\n---\n".encode(
        "gbk"
    ),
    "Latin-1": "---\ntitle: déjà vu\n---\n\ncafé\n".encode("latin-1"),
    "UTF-16": BASE.encode("utf-16"),
    "a null byte": BASE.encode() + b"\0",
    "nothing": b"",
}


@pytest.mark.parametrize("case", NOT_CERTAIN)
def test_what_cannot_be_understood_for_certain_is_not_guessed(case: str) -> None:
    text = NOT_CERTAIN[case]
    done = mend(text)
    assert done.changes == ()
    assert done.text == read(text).text


def test_a_mend_that_would_be_read_otherwise_is_given_up_and_the_rest_is_done() -> None:
    front = FRONT.replace("kind: 经验\n", "kind：经验\nofficer: 李强\n")  # a key twice: never readable
    done = mend(item(front, BODY.rstrip("\n")))
    assert [one.name for one in done.given_up] == ["structure"]
    assert done.text == item(front)


# the table


MENDED = {
    "encoding": BASE.encode("gbk"),
    "bom": "\ufeff" + BASE,
    "line-ends": BASE.replace("\n", "\r\n"),
    "front-matter": item(FRONT.replace(": ", "：")),
    "yaml-syntax": with_line("kind: 经验", "kind：经验"),
    "unknown-key": item(FRONT + "clearance: {by：李强, date: 2026-10-12}\n"),
    "missing-key": item(FRONT + "clearance: {by：李强, date: 2026-10-12}\n"),
    "wrong-type": item(FRONT + "review:\n  decision：held\n"),
    "bad-value": with_line("audience: network", "audience: ｎｅｔｗｏｒｋ"),
    "date-form": with_line("happened: 2026-10-10", "happened: 2026年10月10日"),
    "key-order": with_line("unit: daba", "officer: 王敏").replace("王敏\nofficer: 王敏", "王敏\nunit: daba"),
    "tags-known": with_line("tags: [饮水]", "tags: [饮水，水利]"),
    "mixed-punctuation": item(body="今年3月起,镇里" + BODY),
    "stray-space": item(body="今年3月起， 镇里" + BODY),
}


def test_every_check_with_a_mend_is_tried_here_and_every_mend_has_a_check() -> None:
    assert {row.code for row in ALL if row.mends} == set(MENDED)
    assert {mend.name for row in ALL for mend in row.mends} == {mend.name for mend in MENDS}
    assert len({mend.name for mend in MENDS}) == len(MENDS)
    assert all(re.search("[\u4e00-\u9fff]", mend.words) for mend in MENDS)


# anything at all


_SNIPPETS = st.sampled_from(
    [
        "，",
        ", ",
        "：",
        ":",
        " ",
        "  ",
        "\t",
        "　",
        "\n",
        "(中)",
        "`",
        "[x](",
        ")",
        "。 ",
        "大坝,镇",
        '"',
        "#",
        "- ",
        "{",
        "}",
        "|",
        "1.",
        "２０２６年1月2日",
    ]
)


@st.composite
def _mangled(draw: st.DrawFn) -> str:
    """BASE with pieces put in anywhere, and keys in any order."""
    keys = draw(st.permutations(FRONT.splitlines(keepends=True)))
    text = item("".join(keys))
    for _ in range(draw(st.integers(0, 5))):
        at = draw(st.integers(4, len(text)))
        text = text[:at] + draw(_SNIPPETS) + text[at:]
    return text


@given(_mangled())
def test_twice_does_nothing(text: str) -> None:
    once = mend(text)
    assume(once.changes)
    twice = mend(once.text)
    assert (twice.text, twice.changes) == (once.text, ())


@given(_mangled())
def test_an_understood_item_stays_the_same_item(text: str) -> None:
    before = submission(read(text))[0]
    assume(before is not None)
    after = submission(read(mend(text).text))[0]
    assert before is not None
    assert after is not None
    free = {"title": "", "summary": "", "tags": ()}
    assert before.model_copy(update=free) == after.model_copy(update=free)
    assert _letters(before.title) == _letters(after.title)
    assert [_letters(tag) for tag in before.tags] == [_letters(tag) for tag in after.tags] or len(
        after.tags
    ) > len(before.tags)


@given(_mangled())
def test_what_the_site_shows_of_a_body_has_the_same_form_and_the_same_words(text: str) -> None:
    before, after = read(text), read(mend(text).text)
    assume(before.readable)
    one, other = body_html(before.body), body_html(after.body)
    assert re.findall("<[^>]*>", one) == re.findall("<[^>]*>", other)
    assert _letters(one) == _letters(other)


def _letters(text: str) -> str:
    """What is neither a mark nor a space."""
    return "".join(character for character in text if character.isalnum())
