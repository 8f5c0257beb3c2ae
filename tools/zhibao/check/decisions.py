"""Family 处理: the editors' word is complete, uses the office's own terms, and is one that Git or an editor stands for."""

from __future__ import annotations

from collections.abc import Iterator

from zhibao.check.subject import Check, Hit, Subject
from zhibao.model.document import Loc
from zhibao.model.finding import Severity
from zhibao.model.office import Office
from zhibao.model.standing import Doubt, State
from zhibao.model.submission import Adoption, Decision, Review

FAMILY = "处理"

DOUBTS: dict[Doubt, tuple[Severity, str, str]] = {
    Doubt.NOT_ARRIVED: (Severity.ADVICE, "还没有合并进 {branch}，算作待处理", "由编辑合并后即为采用"),
    Doubt.NOT_MERGED: (
        Severity.WARNING,
        "不是经合并进入 {branch} 的（直接推送、压缩或变基），看不出是谁采用的，算作待处理",
        "请编辑在 review 里写上 by 和 date",
    ),
    Doubt.UNKNOWN_MERGER: (
        Severity.WARNING,
        "合并的人不在 registry/editors.yml 里，算作待处理",
        "请编辑在 review 里写上 by 和 date，或把他的邮箱登记上",
    ),
    Doubt.NOT_EDITOR: (Severity.WARNING, "作决定的人当天不是编辑，算作待处理", "请由当天在任的编辑决定"),
    Doubt.UNSIGNED: (Severity.WARNING, "处理决定没有署名，算作待处理", "请编辑在 review 里写上 by 和 date"),
}
"""How much each doubt weighs, the fact, and the mend."""


def standing_clear(subject: Subject) -> Iterator[Hit]:
    """处理结果由编辑的合并或署名说清楚；说不清楚的算作待处理。"""
    item = subject.item
    if item is None or item.standing.doubt is None:
        return
    severity, message, mend = DOUBTS[item.standing.doubt]
    branch = subject.registry.office.branch
    yield Hit(("review",), message.format(branch=branch), mend, key=True, severity=severity)


def review_complete(subject: Subject) -> Iterator[Hit]:
    """by 和 date 一起写；不采用要写原因；采用之外的不写采用情况。"""
    review = _review(subject)
    if (review.by is None) != (review.date is None):
        lacks, has = ("date", "by") if review.date is None else ("by", "date")
        yield Hit(("review", has), f"写了 {has}，没有写 {lacks}", f"请补上 {lacks}", key=True)
    if review.decision is Decision.DECLINED and review.reason is None:
        example = next((reason.code for reason in subject.registry.office.reasons), "…")
        yield Hit(("review", "decision"), "不采用没有写原因", f"请补上 reason: {{code: {example}, words: …}}")
    item = subject.item
    if item is None or item.state in (State.ADOPTED, State.PENDING):
        return
    for key, value in (("adoptions", review.adoptions), ("withdrawn", review.withdrawn)):
        if value:
            yield Hit(
                ("review", key),
                f"处理决定是{item.state.label}，却写了 {key}",
                f"请删去 {key}，或改正 decision",
                key=True,
            )


def editor_known(subject: Subject) -> Iterator[Hit]:
    """作决定的是当天在任的编辑。"""
    review = _review(subject)
    if review.by is None or review.date is None:
        return
    editor = subject.registry.editor(review.by)
    if editor is None:
        accounts = "、".join(known.account for known in subject.registry.editors if known.decides)
        yield Hit(("review", "by"), f"没有登记“{review.by}”这个编辑", f"可以写：{accounts}")
    elif not (editor.decides and editor.serves_on(review.date)):
        yield Hit(("review", "by"), f"{editor.name} 在 {review.date:%Y-%m-%d} 不是编辑", "请核对 by 和 date")


def reason_known(subject: Subject) -> Iterator[Hit]:
    """原因代码是 office.yml 里的代码。"""
    reason, codes = _review(subject).reason, [known.code for known in subject.registry.office.reasons]
    if reason and reason.code not in codes:
        yield Hit(
            ("review", "reason", "code"), f"没有“{reason.code}”这个原因代码", f"可以写：{'、'.join(codes)}"
        )


def marks_known(subject: Subject) -> Iterator[Hit]:
    """编辑评分的项目是 office.yml 里的项目。"""
    marks = subject.registry.office.marks
    for mark in _review(subject).quality:
        if mark not in marks:
            known = "、".join(f"{key}（{label}）" for key, label in marks.items())
            yield Hit(("review", "quality", mark), f"没有“{mark}”这个评分项目", f"可以写：{known}", key=True)


def adoption_terms(subject: Subject) -> Iterator[Hit]:
    """采用的层级、形式和刊物都是 office.yml 里的，刊物属于那个层级；同一次采用只写一次。"""
    office, adoptions = subject.registry.office, _review(subject).adoptions
    for number, adoption in enumerate(adoptions):
        at: Loc = ("review", "adoptions", number)
        yield from _terms(office, adoption, at)
        if adoption in adoptions[:number]:
            yield Hit(at, "这次采用写了两次，只算一次", "请删去一行", severity=Severity.WARNING)


def instruction_terms(subject: Subject) -> Iterator[Hit]:
    """批示的层级是 office.yml 里的层级。"""
    office = subject.registry.office
    for number, instruction in enumerate(_review(subject).instructions):
        if instruction.level not in office.levels:
            at = ("review", "instructions", number, "level")
            yield Hit(at, f"没有“{instruction.level}”这个层级", f"可以写：{'、'.join(office.levels)}")


def _review(subject: Subject) -> Review:
    return subject.submission.review if subject.submission else Review()


def _terms(office: Office, adoption: Adoption, at: Loc) -> Iterator[Hit]:
    if adoption.level not in office.levels:
        yield Hit((*at, "level"), f"没有“{adoption.level}”这个层级", f"可以写：{'、'.join(office.levels)}")
    if adoption.form not in office.forms:
        yield Hit((*at, "form"), f"没有“{adoption.form}”这种采用形式", f"可以写：{'、'.join(office.forms)}")
    publication = office.publication(adoption.publication)
    if publication is None:
        names = "、".join(known.name for known in office.publications if known.level == adoption.level)
        mend = f"{adoption.level}级的刊物有：{names}" if names else "请先登记刊物"
        yield Hit(
            (*at, "publication"), f"没有登记“{adoption.publication}”这个刊物", f"{mend}；后面可写“ 第45期”"
        )
    elif publication.level != adoption.level:
        fact = f"{publication.name}是{publication.level}级刊物，这里写的是{adoption.level}级"
        yield Hit((*at, "publication"), fact, "请核对层级和刊物")


CHECKS: tuple[Check, ...] = (
    Check("standing-clear", Severity.WARNING, FAMILY, standing_clear),
    Check("review-complete", Severity.ERROR, FAMILY, review_complete),
    Check("editor-known", Severity.ERROR, FAMILY, editor_known),
    Check("reason-known", Severity.ERROR, FAMILY, reason_known),
    Check("marks-known", Severity.ERROR, FAMILY, marks_known),
    Check("adoption-terms", Severity.ERROR, FAMILY, adoption_terms),
    Check("instruction-terms", Severity.ERROR, FAMILY, instruction_terms),
)
