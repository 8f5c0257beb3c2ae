"""Secrets are found however they are written, told masked, and not seen where there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from bases import BASE, BASE_PATH, county_at, put
from zhibao.model.finding import Finding
from zhibao.review.examine import examine

RESIDENT = "11010519491231002X"  # the example of GB 11643; nobody's number
FAMILY = {
    "secret-mark",
    "internal-words",
    "resident-number",
    "mobile-number",
    "bank-card",
    "home-address",
    "protected-person",
    "unpublished",
    "paper-number",
}


def found(folder: Path, text: str | bytes) -> list[Finding]:
    root = county_at(folder)
    put(root, BASE_PATH, text)
    return [finding for finding in examine(root, [BASE_PATH]).findings if finding.code in FAMILY]


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("机密★一年", "secret-mark"),
        ("★ 秘密", "secret-mark"),
        ("绝密", "secret-mark"),
        ("秘密 10年", "secret-mark"),
        *(
            (f"这是{word}。", "internal-words")
            for word in ("内部资料", "内部事项", "内部文件", "注意保存", "注意保管", "不得外传", "工作秘密")
        ),
        (f"号码{RESIDENT}。", "resident-number"),
        (f"号码{RESIDENT.lower()}。", "resident-number"),
        ("号码１１０１０５１９４９１２３１００２Ｘ。", "resident-number"),
        ("号码110105 19491231 002X。", "resident-number"),
        ("号码110105-19491231-002X。", "resident-number"),
        ("电话13800138000。", "mobile-number"),
        ("电话138 0013 8000。", "mobile-number"),
        ("电话138-0013-8000。", "mobile-number"),
        ("电话１３８００１３８０００。", "mobile-number"),
        ("电话+86 13800138000。", "mobile-number"),
        ("卡号6222021234567894。", "bank-card"),
        ("卡号6222 0212 3456 7894。", "bank-card"),
        ("家住后山村3组12号的老张。", "home-address"),
        ("患者王小川，在县医院住院。", "protected-person"),
        ("学生李小红，家里困难。", "protected-person"),
        ("信访人陈大山，多次来访。", "protected-person"),
        ("文稿未公开。", "unpublished"),
        ("附征求意见稿。", "unpublished"),
        ("依据示办发〔2026〕12号办理。", "paper-number"),
    ],
)
def test_what_must_not_stand_there_is_found(sentence: str, code: str, tmp_path: Path) -> None:
    assert code in {finding.code for finding in found(tmp_path, f"{BASE}\n{sentence}\n")}


@pytest.mark.parametrize(
    "sentence",
    [
        "全年完成投资13812345678元。",
        "共投放鱼苗13912345678尾，13800138000元到账。",
        "编号20261012093100120261。",
        "身份证号110105194912310021。",  # the check digit is wrong
        "卡号6222021234567890。",  # Luhn is wrong
        "供水181234567890方。",
        "2026年10月12日至2026年10月31日，共20261012条。",
        "秘密武器是一口铁锅，群众笑称“绝密配方”。",
        "王某某说，住在后山村的人都用上了水。",
        "学生们高兴地说，患者家属也来了。",
        "全镇共转移183人，安置在3个点12间房。",
        "建设村3组12户村民投工。",
    ],
)
def test_what_is_none_is_not_seen(sentence: str, tmp_path: Path) -> None:
    assert found(tmp_path, f"{BASE}\n{sentence}\n") == []


@pytest.mark.parametrize(
    "where", ["title: 大坝镇13800138000水站", "summary: 联系13800138000。", 'tags: ["13800138000"]']
)
def test_keys_are_searched_like_the_body(where: str, tmp_path: Path) -> None:
    key = where.split(":", maxsplit=1)[0]
    text = "\n".join(line for line in BASE.split("\n") if not line.startswith(f"{key}:"))
    hits = found(tmp_path, text.replace("audience:", f"{where}\naudience:", 1))
    assert [hit.code for hit in hits] == ["mobile-number"]


def test_a_file_that_cannot_be_understood_is_searched_too(tmp_path: Path) -> None:
    hits = found(tmp_path, BASE.replace("kind: 经验", "knd: 经验") + "\n电话13800138000。\n")
    assert [hit.code for hit in hits] == ["mobile-number"]
    assert hits[0].line > 10


def test_a_file_in_gbk_is_searched_too(tmp_path: Path) -> None:
    hits = found(tmp_path, f"{BASE}\n机密★一年，电话13800138000。\n".encode("gbk"))
    assert [hit.code for hit in hits] == ["secret-mark", "mobile-number"]


def test_findings_are_masked(tmp_path: Path) -> None:
    hits = found(tmp_path, f"{BASE}\n号码{RESIDENT}，电话13800138000，卡号6222021234567894。\n")
    told = " ".join(str(hit) for hit in hits)
    assert len(hits) == 3
    for secret in (RESIDENT, "13800138000", "6222021234567894", "19491231"):
        assert secret not in told
    assert "138******00" in told
