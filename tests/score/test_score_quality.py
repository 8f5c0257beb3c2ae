"""The 质量分, part by part, with what is read off the text put in by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from score_county import BODY, RULES, build, item, one, registry, signed

from zhibao.model.resemblance import Resemblance
from zhibao.score import readable
from zhibao.score.quality import Part, Quality, quality

D = Decimal
WATER = {"id": "water", "title": "山区饮水", "level": "县", "from": "2026-07-01", "due": "2026-07-31"}
NAMES = ["时效", "要素", "篇幅", "一事一报", "数据", "切合要点", "新颖"]


@pytest.fixture(autouse=True)
def read(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the text heuristics see; a test changes what it is about."""
    seen: dict[str, Any] = {"length": 50, "missing": (), "matters": 1, "figures": 3}
    monkeypatch.setattr(readable.reading, "length", lambda body: seen["length"])
    monkeypatch.setattr(readable.reading, "missing_elements", lambda *given: seen["missing"])
    monkeypatch.setattr(readable.reading, "matters", lambda title, body: seen["matters"])
    monkeypatch.setattr(readable.reading, "figures", lambda body: seen["figures"])
    return seen


def marked(
    *others: Any, resemblances: tuple[Resemblance, ...] = (), known: Any = None, **values: Any
) -> Quality:
    """The quality of an item with full editors' marks, so that each part keeps the weight of the rules."""
    values.setdefault("review", signed("2026-07-02", quality={"depth": 5, "use": 5}))
    document = item("20260702-0900-daba", **values)
    found, county = one(document, *others, known=known or registry(calls=[WATER]))
    return quality(found, county, resemblances)


def part(score: Quality, name: str) -> Part:
    return next(part for part in score.parts if part.name == name)


def test_all_that_can_be_had() -> None:
    score = marked(happened="2026-07-01", call="water")
    assert score.points == 100
    assert [(p.name, p.points, p.max) for p in score.parts] == [
        ("时效", 15, 15),
        ("要素", 15, 15),
        ("篇幅", 10, 10),
        ("一事一报", 5, 5),
        ("数据", 10, 10),
        ("切合要点", 5, 5),
        ("新颖", 10, 10),
        ("深度", 20, 20),
        ("参考价值", 10, 10),
    ]


@pytest.mark.parametrize(
    ("happened", "points", "word"),
    [
        (None, "7.5", "没有写发生日期"),
        ("2026-07-02", "15", "0 个工作日"),
        # Thursday 2 July; from Tuesday 30 June two working days, limit 1: one late, a quarter of 15
        ("2026-06-30", "11.25", "迟了 1 个工作日"),
        # Friday 26 June: Monday to Thursday are 4, three late: 15 − 11.25
        ("2026-06-26", "3.75", "迟了 3 个工作日"),
        ("2026-01-05", "0", "迟了"),
        ("2026-07-20", "15", "0 个工作日"),
    ],
)
def test_timeliness(happened: str | None, points: str, word: str) -> None:
    found = part(marked(**({"happened": happened} if happened else {})), "时效")
    assert (found.points, found.max) == (D(points), 15)
    assert word in found.why
    assert ("迟了" in found.why) == (D(points) not in (D("7.5"), D(15)))


def test_timeliness_by_the_calendar() -> None:
    closed = {
        "holidays": [{"name": "节", "from": "2026-06-29", "until": "2026-07-01"}],
        "workdays": ["2026-06-28"],
    }
    # after 26 June: Sunday 28 is worked, Monday to Wednesday are not, Thursday is: 2 working days, one late
    found = part(marked(happened="2026-06-26", known=registry(calendar=closed)), "时效")
    assert found.points == D("11.25")


@pytest.mark.parametrize(
    ("missing", "points"), [((), "15"), (("成效",), "11.25"), (("时间", "地点", "主体", "成效"), "0")]
)
def test_elements(read: dict[str, Any], missing: tuple[str, ...], points: str) -> None:
    read["missing"] = missing
    found = part(marked(), "要素")
    assert found.points == D(points)
    assert all(element in found.why for element in missing)


def test_kinds_without_elements_or_unknown() -> None:
    assert part(marked(kind="经验"), "要素").points == 15
    unknown = marked(kind="诗歌")
    assert (part(unknown, "要素").points, part(unknown, "篇幅").points) == (D("7.5"), 5)


@pytest.mark.parametrize(
    ("count", "points"), [(20, "10"), (100, "10"), (10, "5"), (200, "5"), (0, "0"), (150, "6.67")]
)
def test_length(read: dict[str, Any], count: int, points: str) -> None:
    read["length"] = count  # 20 to 100 is right; outside, in proportion: 100 ÷ 150 of 10
    assert part(marked(), "篇幅").points == D(points)


@pytest.mark.parametrize(("count", "points"), [(0, "0"), (1, "5"), (2, "2.5"), (3, "0")])
def test_one_matter(read: dict[str, Any], count: int, points: str) -> None:
    read["matters"] = count
    assert part(marked(), "一事一报").points == D(points)


@pytest.mark.parametrize(("count", "points"), [(0, "0"), (1, "3.33"), (2, "6.67"), (3, "10"), (9, "10")])
def test_figures(read: dict[str, Any], count: int, points: str) -> None:
    read["figures"] = count
    assert part(marked(), "数据").points == D(points)


@pytest.mark.parametrize(
    ("day", "call", "points", "word"),
    [
        ("20260731", "water", "5", "截止以前"),
        ("20260801", "water", "2.5", "已经截止"),
        ("20260630", "water", "2.5", "才发布"),
        ("20260701", "nothing", "2.5", "没有“nothing”"),
        ("20260701", None, "2.5", "没有对应的报送要点"),
    ],
)
def test_call(day: str, call: str | None, points: str, word: str) -> None:
    review = signed("2026-08-02", quality={"depth": 5, "use": 5})
    values = {"call": call} if call else {}
    found, county = one(item(f"{day}-0900-daba", review=review, **values), known=registry(calls=[WATER]))
    found_part = part(quality(found, county, ()), "切合要点")
    assert (found_part.points, word in found_part.why) == (D(points), True)


def test_novelty_counts_earlier_items_and_names_none() -> None:
    earlier, later = item("20260601-0900-nandu"), item("20260801-0900-nandu")
    found = part(
        marked(
            earlier,
            later,
            resemblances=(
                Resemblance(later.stem, 0.9),
                Resemblance("20260603-0900-jiaoyu", 0.2),
                Resemblance(earlier.stem, 0.35),
            ),
        ),
        "新颖",
    )
    assert found.points == D("6.5")  # 1 − 0.35 of 10; the later one does not count
    assert found.why == "与以前的一条信息有 35% 相同"


def test_novelty_is_not_lost_to_its_own_forebears() -> None:
    first = item("20260601-0900-daba")
    second = item("20260610-0900-daba", resubmits=first.stem)
    known = (Resemblance(first.stem, 0.9), Resemblance(second.stem, 0.95))
    assert part(marked(first, second, resemblances=known, resubmits=second.stem), "新颖").points == 10
    found, county = one(item("20260702-0900-office", sources=[{"id": first.stem}]), first)
    assert part(quality(found, county, known[:1]), "新颖").why.startswith("与以前的信息没有重复")


def test_resubmissions_in_a_circle_end() -> None:
    first = item("20260601-0900-daba", resubmits="20260702-0900-daba")
    assert (
        part(marked(first, resubmits=first.stem, resemblances=(Resemblance(first.stem, 0.5),)), "新颖").points
        == 10
    )


def test_when_it_arrived_is_what_counts() -> None:
    late = item("20260601-0900-nandu", received={"via": "微信", "date": "2026-07-20 10:00"})
    assert part(marked(late, resemblances=(Resemblance(late.stem, 0.5),)), "新颖").points == 10


def test_without_marks_the_rest_is_scaled_and_says_so() -> None:
    score = marked(happened="2026-07-01", call="water", review=signed("2026-07-02"))
    assert score.points == 100
    assert [p.name for p in score.parts] == NAMES
    # 15 ÷ 70 of 100 = 21.428571…: the two with the largest remainder are rounded up to 21.43
    assert sum(p.max for p in score.parts) == 100
    assert [p.max for p in score.parts][:2] == [D("21.43"), D("21.43")]
    assert score.note == "没有编辑评分，其余各项合计 70 分，折算成 100 分"


def test_some_marks() -> None:
    score = marked(review=signed("2026-07-02", quality={"depth": 3, "other": 5}))
    # readable 70 and depth 20 are 90: depth 20 ÷ 90 of 100 = 22.22, three of five marks = 13.33
    depth = part(score, "深度")
    assert (depth.points, depth.max) == (D("13.33"), D("22.22"))
    assert "编辑评 3 分" in depth.why
    assert "编辑评分不全" in score.note
    assert "参考价值" not in [p.name for p in score.parts]


def test_rules_that_leave_all_to_the_editors() -> None:
    none = dict.fromkeys(RULES["quality"]["weights"], 0)
    rules = RULES | {"quality": {"weights": none, "marks": {"depth": 100}}}
    known = registry(rules=[rules])
    found, county = one(item("20260702-0900-daba"), known=known)
    assert quality(found, county, ()).points == 0
    assert quality(found, county, ()).parts[0].why == "质量分全看编辑评分，编辑还没有评"
    rated, county = one(
        item("20260702-0900-daba", review=signed("2026-07-02", quality={"depth": 4})), known=known
    )
    assert quality(rated, county, ()).points == 80


def test_parts_are_the_score_for_real_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    texts = [BODY, "", "会议召开。", BODY * 30, "一、<script>alert(1)</script>\n\n二、" + "12%" * 400]
    county = build(item(f"2026070{n}-0900-daba", body=text) for n, text in enumerate(texts, 1))
    for found in county.items:
        score = quality(found, county, ())
        assert score.points == sum(part.points for part in score.parts)
        assert 0 <= score.points <= 100
        assert all(0 <= part.points <= part.max for part in score.parts)
