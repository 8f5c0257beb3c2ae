"""Family 编号: the id in the file's name, its folder, its unit and its time agree, and nobody else has it."""

from __future__ import annotations

from collections.abc import Iterator

from zhibao.check.subject import Check, Hit, Subject
from zhibao.model.finding import Severity
from zhibao.model.identity import SUBMISSIONS, Identity

FAMILY = "编号"


def id_form(subject: Subject) -> Iterator[Hit]:
    """文件名是 日期-时间-单位.md，如 20261012-0931-daba.md。"""
    if subject.identity is None:
        wanted = _wanted(subject)
        mend = f"请改名为 {wanted}.md" if wanted else "请按 20261012-0931-daba.md 的样子改名"
        yield Hit(None, f"文件名“{subject.document.stem[:60]}”不是信息编号", mend)


def id_folder(subject: Subject) -> Iterator[Hit]:
    """文件放在 submissions/年/月/ 里。"""
    identity = subject.identity
    if identity is None or subject.document.path == identity.path:
        return
    parts = subject.document.path.split("/")
    sound = len(parts) == 4 and parts[0] == SUBMISSIONS and parts[1].isdigit() and parts[2].isdigit()
    severity = Severity.WARNING if sound else Severity.ERROR
    yield Hit(
        None, f"文件放在 {'/'.join(parts[:-1]) or '.'}/ 里", f"请移到 {identity.path}", severity=severity
    )


def id_unit(subject: Subject) -> Iterator[Hit]:
    """编号里的单位与 unit 一致。"""
    identity, unit = subject.identity, subject.document.get("unit")
    if identity and isinstance(unit, str) and unit != identity.unit:
        yield Hit(("unit",), f"unit 是 {unit}，编号里是 {identity.unit}", "请把其中一个改过来")


def id_time(subject: Subject) -> Iterator[Hit]:
    """编号里的时间与 submitted 一致。"""
    identity, submission = subject.identity, subject.submission
    if identity and submission and submission.submitted != identity.moment:
        written, wanted = f"{submission.submitted:%Y-%m-%d %H:%M}", f"{identity.moment:%Y-%m-%d %H:%M}"
        yield Hit(("submitted",), f"submitted 是 {written}，编号里是 {wanted}", f"请写 submitted: {wanted}")


def id_unique(subject: Subject) -> Iterator[Hit]:
    """一个编号只有一个文件。"""
    paths = subject.county.paths.get(subject.document.stem, ())
    others = [path for path in paths if path != subject.document.path]
    if subject.identity and others:
        following = Identity(subject.identity.moment, subject.identity.unit, subject.identity.number + 1)
        yield Hit(
            None,
            f"编号 {subject.document.stem} 还有一个文件 {others[0]}",
            f"同一分钟的第二条请命名为 {following}.md",
        )


def _wanted(subject: Subject) -> Identity | None:
    submission = subject.submission
    return Identity(submission.submitted, submission.unit) if submission else None


CHECKS: tuple[Check, ...] = (
    Check("id-form", Severity.ERROR, FAMILY, id_form, needs_submission=False),
    Check("id-folder", Severity.ERROR, FAMILY, id_folder, needs_submission=False),
    Check("id-unit", Severity.ERROR, FAMILY, id_unit, needs_submission=False),
    Check("id-time", Severity.ERROR, FAMILY, id_time),
    Check("id-unique", Severity.ERROR, FAMILY, id_unique, needs_submission=False),
)
