"""A county whose third quarter has everything that a notice tells: a zero unit, a tie, joint items, uses above, commissions, urgent items."""

from __future__ import annotations

from pathlib import Path

from publish.sites import item, review
from workflow.git_county import GitCounty

SECRET_TITLE = "给领导看的标题八方风雨"
URGENT_TITLE = "紧急信息的标题九牛一毛"


def body(number: int) -> str:
    """Words that no two items share."""
    return "、".join(f"第{number}号井第{n}户在{n * 7 + number}米处接水" for n in range(1, 9)) + "。"


def items() -> list[tuple[str, str]]:
    """Path and text of every item. Points, by the rules of tests/county, are worked out beside them."""
    use = "    - {{level: {}, date: {}, form: {}, publication: {}}}\n"
    given = [
        # 3 + 6 (州, 单条); one instruction of the county: 5
        (
            "20260702-0900-daba",
            "大坝镇水井账本一年晒四回",
            "happened: 2026-07-01",
            review(
                "adopted",
                "2026-07-03",
                "  adoptions:\n"
                + use.format("州", "2026-07-20", "单条", "州委信息 第31期")
                + "  instructions:\n    - {level: 县, date: 2026-07-25, by: 县委书记}\n",
            ),
        ),
        # 3, half of it each
        (
            "20260703-0900-daba",
            "大坝镇和水务局一起修水管",
            "happened: 2026-06-22\nwith: [{unit: shuiwu, share: 0.5}]",
            review("adopted", "2026-07-06"),
        ),
        ("20260704-0900-nandu", "南渡镇把水费贴上墙", "", review("adopted", "2026-07-07")),
        (
            "20260705-0900-nandu",
            "南渡镇的又一条",
            "",
            review("declined", "2026-07-08", "  reason: {code: 要素不全, words: 请补数字}\n"),
        ),
        (
            "20260706-0900-nandu",
            "南渡镇的第三条",
            "",
            review("declined", "2026-07-08", "  reason: {code: 要素不全, words: 请补数字}\n"),
        ),
        # 3 + 12 (省, 单条), for the leaders only
        (
            "20260707-0900-shuiwu",
            SECRET_TITLE,
            "audience: leaders",
            review(
                "adopted",
                "2026-07-09",
                "  adoptions:\n" + use.format("省", "2026-08-01", "单条", "省委信息 第8期"),
            ),
        ),
        # the commission `school`, in time
        ("20260910-0900-jiaoyu", "县教育局校园午餐账", "call: school", review("adopted", "2026-09-11")),
        ("20260915-0900-daba", "大坝镇还没有处理的一条", "", None),
        # the office's own: 3, and 12 by the province; it is paid nothing and ranked nowhere
        (
            "20260801-0900-office",
            "全县水价的三本账",
            "",
            review(
                "adopted",
                "2026-08-02",
                "  adoptions:\n" + use.format("省", "2026-08-20", "单条", "省委信息 第9期"),
            ),
        ),
        # the quarter before: one
        ("20260602-0900-nandu", "南渡乡六月里的一条", "", review("adopted", "2026-06-03")),
    ]
    found = [
        item(id_, title=title, body=body(n), front=front, review=r)
        for n, (id_, title, front, r) in enumerate(given, 1)
    ]
    late = "happened: 2026-08-03"
    urgent = review("adopted", "2026-08-12")
    found.append(
        item(
            "20260811-0900-shuiwu", title=URGENT_TITLE, body=body(99), front=late, review=urgent, kind="紧急"
        )
    )
    return found


def county_with_items(root: Path) -> GitCounty:
    """The county, committed on its branch."""
    county = GitCounty(root)
    for path, text in items():
        target = county.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    county.git("add", "-A")
    county.git("commit", "-q", "-m", "三季度的信息", by="lisi", at="2026-10-01T09:00:00+08:00")
    return county
