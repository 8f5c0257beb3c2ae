"""A list from above, whatever it looks like: headings found by their words, merged cells, lines between, days in every way of writing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.retitled_county import registry
from zhibao.desk.reported_uses import ReportedList, ReportedUse, Terms, reported_uses
from zhibao.desk.use_dates import When, when, within
from zhibao.model.period import Period
from zhibao.repo.spreadsheet import Row

TODAY = date(2026, 11, 24)
OCTOBER = Period(2026, 10, 1)


def terms(**given: object) -> Terms:
    return Terms(registry().office, "州", TODAY, **given)  # type: ignore[arg-type]


def read(*rows: tuple[str, ...], formulas: dict[int, tuple[int, ...]] | None = None, **given) -> ReportedList:
    sheet = [
        Row(number, cells, (formulas or {}).get(number, ()))
        for number, cells in enumerate(rows, 1)
        if any(cells) or number in (formulas or {})
    ]
    return reported_uses([sheet], terms(**given))


def only(*rows: tuple[str, ...], **given) -> ReportedUse:
    (use,) = read(*rows, **given).uses
    return use


def test_the_headings_are_found_wherever_the_table_starts() -> None:
    use = only(
        ("中共某州委办公室",),
        ("2026年10月份信息采用情况（标题以刊物为准）",),
        (),
        ("序号", "信 息 标 题", "报送单位", "报送时间", "采用刊物", "期号", "采用时间", "采用形式"),
        ("1", "破解饮水难", "大坝镇", "9月15日", "《州委信息》", "第45期", "10月20日", "综合采用"),
        ("", "合  计", "", "1篇"),
    )
    assert use == ReportedUse(
        5,
        "破解饮水难",
        "大坝镇",
        When(date(2026, 10, 20), date(2026, 10, 20)),
        "综合",
        "州委信息 第45期",
    )


@pytest.mark.parametrize(
    "rows", [[], [("标题",), ("一条",)], [("甲", "乙"), ("这一行说到了标题和很多别的话", "单位")]]
)
def test_without_headings_it_is_said_what_is_wanted(rows: list[tuple[str, ...]]) -> None:
    with pytest.raises(ValueError, match="没有找到表头：要有一行写着“标题”"):
        read(*rows)


def test_a_row_with_a_formula_is_said_and_the_others_are_read() -> None:
    found = read(("标题", "单位", "备注"), ("", "大坝镇"), ("好", "大坝镇", ""), formulas={2: (0,), 3: (2,)})
    assert [use.title for use in found.uses] == ["好"]
    assert found.problems == ("第 2 行有公式，没有读；请在名单里改成文字（复制、选择性粘贴为数值）",)


def test_merged_cells_leave_what_they_say_to_the_rows_below() -> None:
    first, second, third = read(
        ("标题", "单位", "期号", "日期"),
        ("甲事", "大坝镇", "45", "10月20日"),
        ("", "水务局", "", ""),
        ("乙事", "南渡镇", "", ""),
        ("丙事", "南渡镇", "46", ""),
        publication="州委信息",
    ).uses
    assert (first.unit, first.publication) == ("大坝镇、水务局", "州委信息 第45期")
    assert (second.publication, second.when) == ("州委信息 第45期", first.when)
    assert second.notes == ("“45”随上一行", "“10月20日”随上一行")
    assert (third.publication, third.when, third.notes) == ("州委信息 第46期", None, ())


def test_a_line_between_says_of_which_publication_the_next_rows_are() -> None:
    above, below = read(
        ("标题", "单位"),
        ("一、《州委信息》2026年第45期（2篇）",),
        ("甲事", "大坝镇"),
        ("二、州委信息增刊第2期",),
        ("乙事", "南渡镇"),
    ).uses
    assert (above.publication, below.publication) == ("州委信息 第45期", "州委信息 增刊第2期")


@pytest.mark.parametrize(
    ("cells", "given", "publication"),
    [
        (("第3期", ""), {}, "州委信息 第3期"),
        (("州委信息第3期", ""), {}, "州委信息 第3期"),
        (("", ""), {"publication": "州委信息"}, "州委信息"),
        (("7", "州委快讯"), {"publication": "州委信息"}, "州委快讯 第7期"),
    ],
)
def test_the_publication_is_the_rows_own_first(cells, given, publication) -> None:
    assert only(("标题", "期号", "刊物"), ("甲事", *cells), **given).publication == publication


@pytest.mark.parametrize(
    ("text", "form"),
    [("综合采用", "综合"), ("单篇", "单篇"), ("独编", "独编"), ("单篇或单条", "单篇或单条"), ("", "简讯")],
)
def test_a_form_is_the_offices_word_where_it_is_one(text: str, form: str) -> None:
    assert only(("标题", "形式"), ("甲事", text), form="简讯").form == form


def test_an_impossible_day_is_said_and_not_replaced_by_the_month() -> None:
    use = only(("标题", "日期"), ("甲事", "2026-02-30"), month=OCTOBER)
    assert (use.when, use.notes) == (None, ("没有“2026-02-30”这一天",))
    use = only(("标题", "日期"), ("甲事", "上旬"), month=OCTOBER)
    assert (use.when, use.notes) == (within(OCTOBER), ("日期“上旬”读不懂",))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-10-20", "2026-10-20", "2026-10-20"),
        ("２０２６年１０月２０日", "2026-10-20", "2026-10-20"),
        ("2026/10/20", "2026-10-20", "2026-10-20"),
        ("20261020", "2026-10-20", "2026-10-20"),
        ("10月20日", "2026-10-20", "2026-10-20"),
        ("10.20", "2026-10-20", "2026-10-20"),
        ("12月20日", "2025-12-20", "2025-12-20"),
        ("2026年10月", "2026-10-01", "2026-10-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("10月份", "2026-10-01", "2026-10-31"),
        ("12", "2025-12-01", "2025-12-31"),
    ],
)
def test_days_and_months_are_read_as_people_write_them(text: str, first: str, last: str) -> None:
    assert when(text, TODAY) == When(date.fromisoformat(first), date.fromisoformat(last))


def test_the_year_of_the_month_that_was_given_holds() -> None:
    assert when("12月3日", TODAY, Period(2026, 12, 1)) == When(date(2026, 12, 3), date(2026, 12, 3))


@pytest.mark.parametrize("text", ["2026-13", "13月", "2月30日", "20261345", "2026年2月30日"])
def test_what_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="没有"):
        when(text, TODAY)


@given(st.text(max_size=20))
def test_no_text_is_taken_for_a_day_by_accident(text: str) -> None:
    try:
        found = when(text, TODAY)
    except ValueError as error:
        assert "没有" in str(error)
    else:
        assert found is None or any(character.isdigit() for character in text)


@given(st.lists(st.lists(st.text(max_size=8), max_size=6), max_size=6))
def test_no_list_raises_anything_but_words(rows: list[list[str]]) -> None:
    sheet = [Row(1, ("标题", "单位", "期号", "日期", "形式", "刊物"))]
    sheet += [Row(number, tuple(cells)) for number, cells in enumerate(rows, 2)]
    for use in reported_uses([sheet], terms()).uses:
        assert use.title
