"""Family 文字: title, length, elements and manner of writing. What is wrong more often than one time in five is advice.

Precision and recall on hand-labelled items are in tests/check/labels/README.md; a test holds the severities to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from zhibao.check import sayings
from zhibao.check.subject import Check, Hit, Subject
from zhibao.model import reading
from zhibao.model.finding import Severity, printable

FAMILY = "文字"

FORMULAS = re.compile(
    r"召开[^，。]{0,16}会议?$|(?:会|会议)(?:胜利|顺利|圆满)?召开$|关于|的情况(?:汇报|报告|通报)?$|取得(?:显著|明显|积极|阶段性|良好|新)?(?:成效|进展|效果|成果)|扎实推进|稳步推进|有序推进|全力推进|深入开展|"
    r"有序开展|扎实开展|积极开展|圆满完成|狠抓|多措并举|多点发力|全面(?:加强|提升|推进)|再上新台阶|迈上新台阶"
)
OPENING = re.compile(
    r"在[^。，,]{0,30}(?:的?(?:正确|坚强|亲切)?(?:领导|关怀|指导|关心)(?:和[^。，,]{0,12})?(?:下|之下))[，,]"
)
FLOURISH = re.compile(
    r"(?:下一步|今后|下步|接下来)[^。]{0,90}(?:将|要)?(?:继续|进一步|持续|不断)[^。]*(?:。|$)|"
    r"(?:再?上(?:新)?(?:水平、?上?)?台阶|更好地?为[^。，]{2,20}服务|再创佳绩|再立新功|新的更大贡献|作出(?:新的|更大的?|积极)贡献|贡献(?:更大)?力量|奠定(?:了)?坚实(?:的)?基础|"
    r"提供(?:了)?(?:坚强|有力|坚实)(?:的)?保障|注入(?:了)?(?:强劲|新的?)(?:动力|活力)|得到了?(?:群众|社会各界|广大)[^。]{0,12}(?:一致好评|广泛好评|高度评价))"
)
VAGUE = re.compile(
    r"(?:大幅(?:度)?|明显|显著|大大|有效|不断|稳步|持续)(?:地)?(?:增长|增加|提升|提高|下降|减少|降低|改善|好转|增强|缩短|上升)|"
    r"(?:增长|提升|提高|下降|改善|增强)(?:十分)?(?:明显|显著)|成效(?:十分|非常)?(?:明显|显著)|效果(?:十分|非常)?(?:明显|显著|良好)|一大批|广大群众普遍"
)
LEFT_OVER = re.compile(
    r"##\w+##|(?<![*A-Za-z0-9_])\*(?=[县市州镇乡村局])(?![^*\n]{1,20}\*)|[＊×]{1,3}(?=[县市州镇乡村局])|[xX×＊]{2,}(?=[\u4e00-\u9fff])|"
    r"(?<=[\u4e00-\u9fff])[xX×]{2,}|[□�]+|[?？]{3,}|（在这里写正文[^）]*）|待补充|此处(?:填写|插入)|TO[ ]?DO|[\u200b-\u200f\u202a-\u202e\u2060-\u206f]+"
)
DIGIT = re.compile(r"\d")
STOPS = "。.；，"
"""What no title ends with."""
HALVES = "；"
"""What parts a title into two."""
MOST_LEFT = 3
"""Left-over marks that are named."""
SHOWN = 20
"""Characters of a text that a message quotes."""
PAIRS = {"“": "”", "《": "》", "（": "）", "「": "」", "【": "】"}
FIRST_WORDS = 400
"""Characters from the beginning within which a formula opens an item."""
LAST_WORDS = 60
"""Characters from the end within which a flourish closes an item."""
_SAME_SUMMARY = 0.9
SLIGHTLY = 0.2
"""Off the range by less than this, an editor does not mind (tests/check/labels)."""


def title_length(subject: Subject) -> Iterator[Hit]:
    """标题的字数在规定之内。"""
    title = _title(subject)
    low, high = subject.registry.office.title.length
    count = len("".join(title.split()))
    if count > high:
        yield sayings.TITLE_LONG.hit(("title",), count=count, high=high)
    elif count < low:
        yield sayings.TITLE_SHORT.hit(("title",), count=count, low=low)


def title_formula(subject: Subject) -> Iterator[Hit]:
    """标题不用“关于……的情况”“取得显著成效”一类套语。"""
    match = FORMULAS.search(_title(subject))
    if match:
        yield sayings.TITLE_FORMULA.hit(("title",), found=match[0])


def title_stop(subject: Subject) -> Iterator[Hit]:
    """标题末尾不加句号。"""
    title = _title(subject)
    if title.endswith(tuple(STOPS)):
        yield sayings.TITLE_STOP.hit(("title",), found=title[-1])


def body_empty(subject: Subject) -> Iterator[Hit]:
    """正文不能是空的。"""
    if not reading.length(subject.body):
        yield sayings.BODY_EMPTY.hit(0)


def body_length(subject: Subject) -> Iterator[Hit]:
    """正文的字数在该类型的范围之内；相差不到两成的只是建议。"""
    kind = subject.registry.office.kind(subject.submission.kind) if subject.submission else None
    count = reading.length(subject.body)
    if kind is None or not count:
        return
    low, high = kind.length
    off = max(count / high - 1, 1 - count / low if low else 0.0)
    severity = Severity.ADVICE if off < SLIGHTLY else None
    found = None
    if count > high:
        found = sayings.BODY_LONG.hit(0, count=count, kind=kind.name, high=high, over=count - high)
    elif count < low:
        elements = "、".join(kind.elements)
        found = sayings.BODY_SHORT.hit(
            0, count=count, kind=kind.name, low=low, lack=low - count, elements=elements
        )
    if found:
        yield replace(found, severity=severity)


def elements_missing(subject: Subject) -> Iterator[Hit]:
    """正文写清该类型的各项要素。"""
    office = subject.registry.office
    kind = office.kind(subject.submission.kind) if subject.submission else None
    if kind is None or not reading.length(subject.body):
        return
    missing = reading.missing_elements(_title(subject), subject.body, kind, office)
    if missing:
        yield sayings.ELEMENTS_MISSING.hit(
            0, kind=kind.name, missing="、".join(missing), elements="、".join(kind.elements)
        )


def one_matter(subject: Subject) -> Iterator[Hit]:
    """一事一报。"""
    for passage in reading.other_matters(subject.body):
        yield sayings.OTHER_MATTER.hit(passage.start, found=passage.text)
    if HALVES in _title(subject):
        yield sayings.TITLE_TWO.hit(("title",))


def opening_formula(subject: Subject) -> Iterator[Hit]:
    """开头不写“在……的正确领导下”。"""
    head = subject.body[:FIRST_WORDS]
    match = OPENING.search(head)
    if match:
        yield sayings.OPENING.hit(match.start(), found=_short(match[0]))


def closing_flourish(subject: Subject) -> Iterator[Hit]:
    """结尾不写表态、展望和评价的套话。"""
    prose = [passage for passage in reading.paragraphs(subject.body) if "。" in passage.text]
    for passage in prose[-1:]:
        for match in FLOURISH.finditer(passage.text):
            if match.end() >= len(passage.text.rstrip()) - LAST_WORDS:
                yield sayings.FLOURISH.hit(passage.start + match.start(), found=_short(match[0]))
                return


def left_over(subject: Subject) -> Iterator[Hit]:
    """没有占位符、乱码和残留的标记。"""
    found = list(LEFT_OVER.finditer(subject.body))
    for match in found[:MOST_LEFT]:
        more = sayings.MORE.format(count=len(found)) if len(found) > 1 and match is found[0] else ""
        yield sayings.LEFT_OVER.hit(match.start(), found=_short(printable(match[0])), more=more)


def vague_figures(subject: Subject) -> Iterator[Hit]:
    """说增减要有数字，有单位，有比较的对象。"""
    for sentence in reading.sentences(subject.body):
        match = VAGUE.search(sentence.text)
        if match and not DIGIT.search(sentence.text):
            yield sayings.VAGUE.hit(sentence.start + match.start(), found=match[0])


def unpaired_marks(subject: Subject) -> Iterator[Hit]:
    """引号、书名号和括号成对。"""
    for passage in reading.paragraphs(subject.body):
        for opening, closing in PAIRS.items():
            extra = passage.text.count(opening) - passage.text.count(closing)
            if extra:
                mark = opening if extra > 0 else closing
                at = passage.text.rindex(mark)
                yield sayings.UNPAIRED.hit(passage.start + at, pair=opening + closing, mark=mark)


def repeated_sentence(subject: Subject) -> Iterator[Hit]:
    """同一句话不写两遍。"""
    seen: dict[str, int] = {}
    for sentence in reading.sentences(subject.body):
        if len(sentence.text) >= 15 and sentence.text in seen:
            yield Hit(sentence.start, f"“{_short(sentence.text)}”前面已经写过", "请删去一处")
        seen.setdefault(sentence.text, sentence.start)


def summary_repeats_title(subject: Subject) -> Iterator[Hit]:
    """摘要说标题没有说的。"""
    summary = subject.submission.summary if subject.submission else None
    if (
        summary
        and SequenceMatcher(None, summary.rstrip("。"), _title(subject), autojunk=False).ratio()
        >= _SAME_SUMMARY
    ):
        yield Hit(("summary",), "摘要只是重复标题", "请写做法和结果，或删去 summary（网站取正文第一句）")


def _title(subject: Subject) -> str:
    return subject.submission.title if subject.submission else ""


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


CHECKS: tuple[Check, ...] = (
    Check("title-length", Severity.WARNING, FAMILY, title_length),
    Check("title-formula", Severity.WARNING, FAMILY, title_formula),
    Check("title-stop", Severity.WARNING, FAMILY, title_stop),
    Check("body-empty", Severity.ERROR, FAMILY, body_empty),
    Check("body-length", Severity.WARNING, FAMILY, body_length),
    Check("elements-missing", Severity.ADVICE, FAMILY, elements_missing),
    Check("one-matter", Severity.ADVICE, FAMILY, one_matter),
    Check("opening-formula", Severity.WARNING, FAMILY, opening_formula),
    Check("closing-flourish", Severity.WARNING, FAMILY, closing_flourish),
    Check("left-over", Severity.WARNING, FAMILY, left_over),
    Check("vague-figures", Severity.ADVICE, FAMILY, vague_figures),
    Check("unpaired-marks", Severity.WARNING, FAMILY, unpaired_marks),
    Check("repeated-sentence", Severity.WARNING, FAMILY, repeated_sentence),
    Check("summary-repeats-title", Severity.ADVICE, FAMILY, summary_repeats_title),
)
