"""A good and a bad example for every check: shown on the site, and run by the tests, so that neither can be wrong.

Each replaces a part of one sound item, BASE; see Example.
"""

from __future__ import annotations

from zhibao.check.subject import Example, Examples

BASE_PATH = "submissions/2026/10/20261012-0931-daba.md"
BASE = """---
title: 大坝镇“一网三联”破解山区饮水难
unit: daba
officer: 王敏
kind: 经验
submitted: 2026-10-12 09:31
happened: 2026-10-10
tags: [饮水]
audience: network
---

大坝镇海拔八百米以上的九个村曾长期靠天吃水，管网各修各的，一到冬春就断流。今年3月起，镇里把九个村的水源、管网、水厂连成一张网，由一家公司统一管护，
水费收入先付电费和维修费，余下的按供水量分给各村。

做法有三条。水源联调，雨季由后山三座山塘供水，枯季从大坝水库提水，调度员每天早晚各报一次水位。管网联修，镇里与七名管水员签了合同，漏水报修后四小时内到场，
超过时限扣当月补贴五十元。水费联管，装智能水表2180只，按每吨2.6元收，五保户和低保户每月免三吨。

到9月底，全镇断水天数由去年同期的41天降到3天，漏损率由38%降到14%，水费收缴率由52%升到96%，管护开支第一次有了结余。
"""

_BODY = BASE.split("---\n\n")[1]

_FILE: Examples = {
    "not-a-file": Example("path", "submissions/2026/10/20261012-0931-daba.md 是文件夹或符号链接", BASE_PATH),
    "empty-file": Example("file", "", BASE),
    "too-large": Example("file", "（超过 1 MB 的文件）", BASE),
    "encoding": Example("file", BASE, BASE, encoding="gbk"),
    "control-character": Example("file", BASE.replace("饮水难", "饮水难\0"), BASE),
    "bom": Example("file", "\ufeff" + BASE, BASE),
    "line-ends": Example("file", BASE.replace("\n", "\r\n"), BASE),
    "front-matter": Example("file", BASE.removeprefix("---\n"), BASE),
    "yaml-syntax": Example("key", "title: 大坝镇: 破解山区饮水难", 'title: "大坝镇: 破解山区饮水难"'),
    "yaml-feature": Example("key", "tags: &a [饮水]", "tags: [饮水]"),
    "yaml-bounds": Example("key", "tags: [[[[[[[[[[[[[[[[[[[[[[饮水]]]]]]]]]]]]]]]]]]]]]]", "tags: [饮水]"),
    "repeated-key": Example("key", "kind: 经验\nkind: 动态", "kind: 经验"),
    "unknown-key": Example("key", "happend: 2026-10-10", "happened: 2026-10-10"),
    "missing-key": Example("file", BASE.replace("officer: 王敏\n", ""), BASE),
    "wrong-type": Example("key", "tags: 饮水", "tags: [饮水]"),
    "bad-value": Example("key", "audience: public", "audience: network"),
    "date-form": Example("key", "happened: 2026年10月10日", "happened: 2026-10-10"),
    "date-impossible": Example("key", "happened: 2026-02-30", "happened: 2026-10-10"),
    "key-order": Example(
        "key",
        "tags: [饮水]\ncall: water\nsummary: 九个村断水天数由41天降到3天。",
        "tags: [饮水]\nsummary: 九个村断水天数由41天降到3天。\ncall: water",
    ),
}

_IDENTITY: Examples = {
    "id-form": Example("path", "submissions/2026/10/大坝镇饮水.md", BASE_PATH),
    "id-folder": Example("path", "submissions/20261012-0931-daba.md", BASE_PATH),
    "id-unit": Example("key", "unit: shuiwu", "unit: daba"),
    "id-time": Example("key", "submitted: 2026-10-12 09:35", "submitted: 2026-10-12 09:31"),
    "id-unique": Example(
        "path", "submissions/2026/10/ 和 submissions/2026/11/ 里都有 20261012-0931-daba.md", BASE_PATH
    ),
}

_REFERENCES: Examples = {
    "unit-known": Example("key", "unit: dabazhen", "unit: daba"),
    "officer-known": Example("key", "officer: 王明", "officer: 王敏"),
    "kind-known": Example("key", "kind: 经验交流", "kind: 经验"),
    "call-known": Example("key", "call: warter", "call: water"),
    "joint-units": Example("key", "with: [{unit: shuiwu, share: 1}]", "with: [{unit: shuiwu, share: 0.5}]"),
    "sources-known": Example("key", "sources: [{id: 20260901-1010-daba}]", "tags: [饮水]"),
    "resubmits-known": Example("key", "resubmits: 20260901-1010-daba", "tags: [饮水]"),
    "clearance-known": Example(
        "key", "audience: open", "audience: open\nclearance: {by: 李强, date: 2026-10-12}"
    ),
    "tags-known": Example("key", "tags: [饮水, 饮水]", "tags: [饮水]"),
}

_REVIEW = "review:\n  decision: adopted\n  by: lisi\n  date: 2026-10-12\n"
_IMPORTED = "imported: true\n"

_DECISIONS: Examples = {
    "standing-clear": Example("key", _IMPORTED + "review:\n  decision: adopted", _IMPORTED + _REVIEW),
    "review-complete": Example(
        "key", _IMPORTED + "review:\n  decision: adopted\n  by: lisi", _IMPORTED + _REVIEW
    ),
    "editor-known": Example("key", _IMPORTED + _REVIEW.replace("lisi", "wangmin"), _IMPORTED + _REVIEW),
    "reason-known": Example(
        "key",
        _IMPORTED + _REVIEW.replace("adopted", "declined") + "  reason: {code: 不好}",
        _IMPORTED + _REVIEW.replace("adopted", "declined") + "  reason: {code: 要素不全}",
    ),
    "marks-known": Example(
        "key", _IMPORTED + _REVIEW + "  quality: {deep: 4}", _IMPORTED + _REVIEW + "  quality: {depth: 4}"
    ),
    "adoption-terms": Example(
        "key",
        _IMPORTED
        + _REVIEW
        + "  adoptions:\n    - {level: 省, date: 2026-10-12, form: 综合, publication: 州委信息 第45期}",
        _IMPORTED
        + _REVIEW
        + "  adoptions:\n    - {level: 州, date: 2026-10-12, form: 综合, publication: 州委信息 第45期}",
    ),
    "instruction-terms": Example(
        "key",
        _IMPORTED + _REVIEW + "  instructions:\n    - {level: 市, date: 2026-10-12, by: 县委书记}",
        _IMPORTED + _REVIEW + "  instructions:\n    - {level: 县, date: 2026-10-12, by: 县委书记}",
    ),
}

_DATES: Examples = {
    "not-future": Example(
        "key", _IMPORTED + _REVIEW.replace("2026-10-12", "2036-10-12"), _IMPORTED + _REVIEW
    ),
    "happened-before": Example("key", "happened: 2026-10-13", "happened: 2026-10-10"),
    "review-after": Example(
        "key", _IMPORTED + _REVIEW.replace("2026-10-12", "2026-10-11"), _IMPORTED + _REVIEW
    ),
    "adoptions-sorted": Example(
        "key",
        _IMPORTED
        + _REVIEW
        + "  adoptions:\n    - {level: 省, date: 2026-10-13, form: 综合, publication: 省委信息}\n    - {level: 州, date: 2026-10-12, form: 综合, publication: 州委信息}",
        _IMPORTED
        + _REVIEW
        + "  adoptions:\n    - {level: 州, date: 2026-10-12, form: 综合, publication: 州委信息}\n    - {level: 省, date: 2026-10-13, form: 综合, publication: 省委信息}",
    ),
    "received-before": Example(
        "key",
        "received: {via: U盘, date: 2026-11-14 10:00}",
        "received: {via: U盘, date: 2026-10-14 10:00}",
    ),
    "fresh": Example("key", "happened: 2026-08-10", "happened: 2026-10-10"),
}

_WRITING: Examples = {
    "title-length": Example(
        "key",
        "title: 大坝镇坚持以人民为中心的发展思想统筹推进山区饮水安全保障工程建设切实破解海拔八百米以上九个村群众长期饮水难题",
        "title: 大坝镇“一网三联”破解山区饮水难",
    ),
    "title-formula": Example(
        "key", "title: 关于大坝镇饮水安全工作的情况", "title: 大坝镇“一网三联”破解山区饮水难"
    ),
    "title-stop": Example(
        "key", "title: 大坝镇“一网三联”破解山区饮水难。", "title: 大坝镇“一网三联”破解山区饮水难"
    ),
    "body-empty": Example("body", "", _BODY),
    "body-length": Example("body", "大坝镇解决了饮水问题。", _BODY),
    "elements-missing": Example("body", "大坝镇有九个村。水源在后山。" * 12, _BODY),
    "one-matter": Example("body", _BODY + "\n另外，镇里还召开了秋季征兵动员会。\n", _BODY),
    "opening-formula": Example("body", "在县委的正确领导下，" + _BODY, _BODY),
    "closing-flourish": Example(
        "body",
        _BODY + "\n下一步，大坝镇将继续加大力度，推动饮水工作再上新台阶。\n",
        _BODY,
    ),
    "left-over": Example("body", _BODY + "\n*县将在明年推开。\n", _BODY + "\n青山县将在明年推开。\n"),
    "vague-figures": Example(
        "body", _BODY + "\n群众用水量大幅提升。\n", _BODY + "\n人均日用水由35升增加到60升。\n"
    ),
    "mixed-punctuation": Example(
        "body",
        _BODY.replace("今年3月起，", "今年3月起,").replace("水源联调，", "水源联调,"),
        _BODY,
    ),
    "stray-space": Example("body", _BODY.replace("水源联调，", "水源联调， "), _BODY),
    "unpaired-marks": Example(
        "body",
        "大坝镇实行“一网三联。\n\n" + _BODY,
        "大坝镇实行“一网三联”。\n\n" + _BODY,
    ),
    "repeated-sentence": Example(
        "body",
        _BODY
        + "\n管网联修，镇里与七名管水员签了合同，漏水报修后四小时内到场。\n管网联修，镇里与七名管水员签了合同，漏水报修后四小时内到场。\n",
        _BODY,
    ),
    "summary-repeats-title": Example(
        "key", "summary: 大坝镇“一网三联”破解山区饮水难。", "summary: 九个村断水天数由41天降到3天。"
    ),
}

_SECRECY: Examples = {
    "secret-mark": Example("body", "机密★一年\n\n" + _BODY, _BODY),
    "internal-words": Example("body", "内部资料 注意保存\n\n" + _BODY, _BODY),
    "resident-number": Example("body", _BODY + "\n管水员身份证号11010519491231002X。\n", _BODY),
    "mobile-number": Example("body", _BODY + "\n管水员电话13800138000。\n", _BODY),
    "bank-card": Example("body", _BODY + "\n补贴打入6222 0212 3456 7894。\n", _BODY),
    "home-address": Example(
        "body",
        _BODY + "\n家住后山村3组12号的张大山说水来了。\n",
        _BODY + "\n后山村村民张某说水来了。\n",
    ),
    "protected-person": Example(
        "body",
        _BODY + "\n上访户陈小川，多次反映断水。\n",
        _BODY + "\n一户居民多次反映断水。\n",
    ),
    "unpublished": Example(
        "body",
        _BODY + "\n县里的管护办法（讨论稿）提到三条。\n",
        _BODY + "\n县里的管护办法有三条。\n",
    ),
    "paper-number": Example(
        "body",
        _BODY + "\n按示办发〔2026〕12号要求执行。\n",
        _BODY + "\n按县里的管护办法执行。\n",
    ),
}

_NOVELTY: Examples = {
    "near-duplicate": Example("body", "（与本单位上个月报送的一条大段相同）", _BODY),
}

EXAMPLES: Examples = {
    **_FILE,
    **_IDENTITY,
    **_REFERENCES,
    **_DECISIONS,
    **_DATES,
    **_WRITING,
    **_SECRECY,
    **_NOVELTY,
}
