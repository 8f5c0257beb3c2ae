"""The table that an office has becomes its units; what is wrong in it is said at once, with row, column and mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from founding.tables import HEAD, ROWS, csv_table, workbook
from zhibao.door.founding import FoundingError
from zhibao.door.founding.new_units import NewPerson
from zhibao.door.founding.roster import read_roster
from zhibao.door.founding.unit_ids import unit_id
from zhibao.model.units import Quota


def test_a_workbook_as_offices_keep_it(tmp_path: Path) -> None:
    roster = read_roster(workbook(tmp_path), "青山县")
    assert [(u.row, u.id, u.name, u.group, u.sector) for u in roster.units] == [
        (4, "xianweiban", "中共青山县委办公室", "县直", "综合"),
        (5, "shuiwu", "县水务局", "县直", "农业"),
        (6, "rlzyhshbz", "人力资源和社会保障局", "县直", "民生"),
        (7, "chengguan", "城关镇", "乡镇", "农业"),
        (8, "shimen", "石门乡", "乡镇", "农业"),
    ]
    water = roster.units[1]
    assert water.supervisor == NewPerson("马超")
    assert water.officers == (
        NewPerson("方圆", None, ("fy@qingshan.example",)),
        NewPerson("田甜", None, ("tt@qingshan.example",)),
    )
    assert water.quota == Quota(count=12, points=None)
    assert roster.units[0].quota is None
    assert roster.notes == (
        "没有用到的栏：序号、联系电话",
        "没有信息员的单位：石门乡",
        "第 5、6、8 行没有写类别，当作合并的单元格，照上一行；不是的请写上再来",
    )


PLAIN = "信息员 单位 分管领导 代号 简称 任务分\n王小敏/李强 大河镇 张三 - - 80\n- 县融媒体中心 李四 rongmei - -\n- 县市场监督管理局 王五 - 市监局 -\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_csv_with_columns_in_another_order_and_without_groups(encoding: str, tmp_path: Path) -> None:
    roster = read_roster(csv_table(tmp_path, PLAIN, encoding), "青山县")
    assert [(u.id, u.name, u.group, u.sector) for u in roster.units] == [
        ("dahe", "大河镇", "乡镇", "乡镇"),
        ("rongmei", "县融媒体中心", "部门", "部门"),
        ("shijian", "县市场监督管理局", "部门", "部门"),
    ]
    assert [officer.name for officer in roster.units[0].officers] == ["王小敏", "李强"]
    assert roster.units[0].quota == Quota(count=None, points=80)
    assert roster.notes == (
        "没有“类别”一栏，按名称分成了乡镇和部门；类别决定谁和谁排名，请核对 registry/units.yml",
        "没有“战线”一栏，照类别写的",
        "没有信息员的单位：县融媒体中心、县市场监督管理局",
        "2 位信息员没有账号和邮箱，认不出他们的提议；有了再写进 registry/units.yml",
    )


def test_blanks_between_and_within_names_and_a_row_of_sums(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [1, "城关镇", "乡镇", "农业", "白桦", "王敏　李娜", None, "wm@q.example ln@q.example", 60],
        [2, "石门乡", "乡镇", "农业", "黎明", "周　磊", None, "zl@q.example", 40],
        [3, "柳林乡", "乡镇", "农业", "待定", "买买提·艾力、吴 静", None, None, 40],
        ["合 计", "3个", None, None, None, None, None, None, 140],
    ]
    roster = read_roster(workbook(tmp_path, rows), "青山县")
    assert [[officer.name for officer in unit.officers] for unit in roster.units] == [
        ["王敏", "李娜"],
        ["周磊"],
        ["买买提·艾力", "吴静"],
    ]
    assert [officer.emails for officer in roster.units[0].officers] == [("wm@q.example",), ("ln@q.example",)]
    assert roster.notes[-1] == "第 7 行是合计，没有当作单位"


def test_every_mistake_is_said_at_once(tmp_path: Path) -> None:
    table = csv_table(
        tmp_path,
        "单位 类别 分管领导 信息员 邮箱 账号 任务数 代号\n"
        "大河镇 - 张三 王小敏 wxm wang@x 十二条 dahe\n"
        "- 乡镇 - 李明、王红 lm@q.example - 8 Xiaohe\n"
        "大河镇 乡镇 孙七 赵六 zl@q.example - 8 dahe\n"
        "青柳镇 乡镇 孙八 钱七 zl@q.example - 8 -\n",
    )
    with pytest.raises(FoundingError) as caught:
        read_roster(table, "青山县")
    assert str(caught.value).split("\n") == [
        "单位.csv 有 11 处要改：",
        "  第 2 行 B 列（类别）没有写类别；请写上",
        "  第 2 行 F 列（账号）“wang@x”用不了；账号只用字母、数字和 . _ -",
        "  第 2 行 E 列（邮箱）“wxm”用不了；邮箱的写法不对，如 wangmin@shili.example",
        "  第 2 行 G 列（任务数）写的是“十二条”；请写全年的数，如 12，不带单位",
        "  第 3 行 A 列（单位）没有写单位；请写上，或删去这一行",
        "  第 3 行 H 列（代号）“Xiaohe”用不了；单位编号只用小写字母和数字，以字母开头，如 daba",
        "  第 3 行 C 列（分管领导）没有写分管领导；每个单位写一位，没有定的先写“待定”",
        "  第 3 行 E 列（邮箱）信息员有 2 位，邮箱有 1 个；请照信息员的顺序一人写一个，用顿号分开",
        "  第 4 行 A 列（单位）“大河镇”在第 2 行已经有了；请删去一行",
        "  第 4 行 H 列（代号）“dahe”在第 2 行已经有了；请改一个",
        "  第 5 行 E 列（邮箱）“zl@q.example”在第 4 行已经有了；请改一个",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("名册\n大河镇\n", "里没有找到表头：前 10 行里要有一行写着“单位”"),
        ("单位 类别\n", "表里没有“分管领导”一栏"),
        ("单位 分管领导\n", "表头下面没有单位；请一行写一个"),
        ("单位 名称 分管领导\n大河镇 大河 张三\n", "“名称”一栏有两个；请留下一个"),
    ],
)
def test_a_table_that_is_none(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(FoundingError, match=words):
        read_roster(csv_table(tmp_path, text), "青山县")


def test_a_formula_is_no_name(tmp_path: Path) -> None:
    table = workbook(tmp_path, [[1, "=A1", "县直", "综合", "周志远"], *ROWS[1:]], HEAD)
    with pytest.raises(FoundingError, match=r"第 4 行 B 列（单位）是公式，不知道得数；请粘贴为数值"):
        read_roster(table, "青山县")


@pytest.mark.parametrize("name", ["没有.xlsx", "单位.docx"])
def test_a_file_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(FoundingError):
        read_roster(tmp_path / name, "青山县")


def test_more_mistakes_than_a_screen_holds_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"单位{number} -\n" for number in range(40))
    with pytest.raises(FoundingError) as caught:
        read_roster(csv_table(tmp_path, f"单位 分管领导\n{rows}"), "青山县")
    lines = str(caught.value).split("\n")
    assert (lines[0], len(lines), lines[-1]) == ("单位.csv 有 40 处要改：", 22, "  ……一共 40 处")


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("大坝镇", "daba"),
        ("马家民族乡", "majia"),
        ("城关街道办事处", "chengguan"),
        ("县水务局", "shuiwu"),
        ("青山县水务局", "shuiwu"),
        ("中共青山县委组织部", "zuzhibu"),
        ("县委政法委员会", "zhengfawei"),
        ("中共青山县委办公室", "xianweiban"),
        ("县委办", "xianweiban"),
        ("青山县人民政府办公室", "zhengfuban"),
        ("县人大常委会办公室", "rendaban"),
        ("市场监督管理局", "scjdgl"),
        ("12345热线", "u12345rx"),
        ("吕河镇", "lvhe"),
        ("青山县", "qingshanxian"),
        ("——", "u"),
    ],
)
def test_an_id_is_what_an_officer_would_call_the_unit(name: str, id_: str) -> None:
    assert unit_id(name, "青山县", ()) == id_


def test_ids_are_never_given_twice() -> None:
    assert unit_id("大坝乡", "青山县", {"daba"}) == "dabaxiang"
    assert unit_id("大坝乡", "青山县", {"daba", "dabaxiang"}) == "dabaxiang2"
    assert unit_id("石门乡", "青山市", {"shimen", "shimenxiang", "shimenxiang2"}) == "shimenxiang3"
