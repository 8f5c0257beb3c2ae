"""Family 文件: can the file be read, and does it hold the keys that an item has, each of its type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zhibao.check.form_mends import BOM, ENCODING, LINE_ENDS, ORDER, STRUCTURE, VALUES
from zhibao.check.mending import Mend
from zhibao.check.subject import Check, CheckFunction, Hit, Subject
from zhibao.model.finding import Severity
from zhibao.model.submission import KEY_ORDER

FAMILY = "文件"

_RULES: tuple[tuple[str, Severity, str], ...] = (
    ("not-a-file", Severity.ERROR, "信息要是普通文件，不能是文件夹或符号链接。"),
    ("empty-file", Severity.ERROR, "文件不能是空的。"),
    ("too-large", Severity.ERROR, "文件不超过 1 MB，抬头不超过 65536 字。"),
    ("encoding", Severity.ERROR, "文件用 UTF-8 编码。"),
    ("control-character", Severity.ERROR, "文件里没有空字节。"),
    ("bom", Severity.WARNING, "文件开头没有 BOM。"),
    ("line-ends", Severity.WARNING, "换行用 LF。"),
    ("front-matter", Severity.ERROR, "文件以两行 --- 之间的抬头开始。"),
    ("yaml-syntax", Severity.ERROR, "抬头是写得对的 YAML。"),
    ("yaml-feature", Severity.ERROR, "抬头不用锚点、别名、合并键和标签。"),
    ("yaml-bounds", Severity.ERROR, "抬头的嵌套不超过 20 层。"),
    ("repeated-key", Severity.ERROR, "同一个键只写一次。"),
    ("unknown-key", Severity.ERROR, "只用规定的键。"),
    ("missing-key", Severity.ERROR, "必填的键都要有。"),
    ("wrong-type", Severity.ERROR, "每个键的值是规定的类型。"),
    ("bad-value", Severity.ERROR, "每个键的值在规定的范围之内。"),
    ("date-form", Severity.ERROR, "日期写 2026-10-12，时间写 2026-10-12 09:31，都用半角。"),
    ("date-impossible", Severity.ERROR, "日期和时刻是日历上有的。"),
)


def key_order(subject: Subject) -> Iterator[Hit]:
    """抬头各键按规定的顺序写，review 写在最后。"""
    values = subject.document.values
    keys = [key for key in values if key in KEY_ORDER] if isinstance(values, dict) else []
    wanted = sorted(keys, key=KEY_ORDER.index)
    for key, expected in zip(keys, wanted, strict=True):
        if key != expected:
            yield Hit((key,), f"{key} 写在了 {expected} 该在的地方", f"顺序是：{'、'.join(wanted)}", key=True)
            return


def _rule(code: str, words: str) -> CheckFunction:
    def run(subject: Subject) -> Iterator[Hit]:
        for problem in subject.problems:
            if problem.code == code:
                yield Hit(None, problem.message, problem.help, mark=problem.mark)

    run.__doc__ = words
    run.__name__ = code.replace("-", "_")
    return run


_MENDS: Mapping[str, tuple[Mend, ...]] = {
    "encoding": (ENCODING,),
    "bom": (BOM,),
    "line-ends": (LINE_ENDS,),
    "front-matter": (STRUCTURE,),
    "yaml-syntax": (STRUCTURE,),
    "unknown-key": (STRUCTURE,),
    "missing-key": (STRUCTURE,),
    "wrong-type": (STRUCTURE, VALUES),
    "bad-value": (VALUES,),
    "date-form": (VALUES,),
}

CHECKS: tuple[Check, ...] = (
    *(
        Check(code, severity, FAMILY, _rule(code, words), needs_submission=False, mends=_MENDS.get(code, ()))
        for code, severity, words in _RULES
    ),
    Check("key-order", Severity.ADVICE, FAMILY, key_order, needs_submission=False, mends=(ORDER,)),
)
