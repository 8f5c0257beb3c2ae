"""The issue form by which an item is sent from a forge's page: made from the registry, and read again from what the forge makes of it.

GitHub, Gitea and Forgejo write an issue of a form as `### label`, a blank line and the answer, field after field. The text comes last: whatever
headings stand in it, everything below its label is the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhibao.model.registry import Registry
from zhibao.repo.front_matter_text import scalar

FORM, CONFIG = ".github/ISSUE_TEMPLATE/submission.yml", ".github/ISSUE_TEMPLATE/config.yml"
"""Where the forges look for the form, and for what may be opened besides."""
KIND, CALL, CLEARED, BODY = "类型", "报送要点", "公开审核人", "正文"
"""The labels of the fields, in their order; their ids are `kind`, `call`, `cleared` and `body`."""
NO_ANSWER = "_No response_"
"""What the forges write for a field that was left empty."""
CONFIG_TEXT = """# 由程序生成：zhibao forms。报送只用表单；别的事也可以写空白议题。
blank_issues_enabled: true
"""

_LABELS = (KIND, CALL, CLEARED, BODY)
_NEEDED = (KIND, BODY)
_MADE = re.compile(r"^# .*（(\d{4}-\d{2}-\d{2}) ", re.MULTILINE)
_HEADING = "### "


class FormError(Exception):
    """An issue begins as the form makes it, but is not what the form makes. The message is Chinese and fit to be shown."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody wrote into the form, as it is written; empty where nothing is. `call` is the id of the call that was chosen."""

    kind: str
    call: str
    cleared: str
    body: str


def issue_form(registry: Registry, day: date) -> str:
    """The file of the form, with the county's kinds and the calls that are not over on that day."""
    lines = [
        f"# 由 office.yml 和报送要点生成（{day} 的）：zhibao forms。名册变了就重新生成，不要手改。",
        "name: 报送信息",
        "description: 填好就成了一份提议。单位、信息员、编号、时间都不用写。",
        "body:",
        "  - type: markdown",
        "    attributes:",
        "      value: 标题写在上面的标题栏，一事一报。**涉密的不要写在这里。**",
        *_choice("kind", KIND, [kind.name for kind in registry.office.kinds], needed=True),
    ]
    calls = [call.choice for call in registry.calls if call.due >= day]
    if calls:
        lines += _choice("call", CALL, calls, "答哪一条就选哪一条，不答就不选。")
    lines += _field(
        "input",
        "cleared",
        CLEARED,
        "只有可以让全社会看到的才填，写分管领导的姓名；不填只有本县各单位看得到。",
    )
    lines += _field("textarea", "body", BODY, "写在这里，或者把 Word 文件（.docx）拖进来。", needed=True)
    return "\n".join([*lines, ""])


def made_on(form: str) -> date | None:
    """The day for which the text of a form was made; None where it does not say."""
    found = _MADE.search(form)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def filled_in(text: str) -> Filled | None:
    """What stands in an issue of the form; None where it is of no form of ours. Raises FormError."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at = _next(lines, 0)
    if at == len(lines) or lines[at].strip() != _HEADING + KIND:
        return None
    answers: dict[str, str] = {}
    for label in _LABELS:
        if at == len(lines) or lines[at].strip() != _HEADING + label:
            if label in _NEEDED:
                raise FormError(f"找不到“{_HEADING}{label}”这一行；请照表单的样子写，别的小标题写在正文里")
            continue
        at += 1
        if label == BODY:
            answers[BODY] = "\n".join(lines[at:]).strip("\n")
            break
        at = _next(lines, at)
        if at < len(lines) and not lines[at].startswith(_HEADING):
            answers[label] = lines[at].strip()
            at = _next(lines, at + 1)
    given = {label: "" if answer.strip() == NO_ANSWER else answer for label, answer in answers.items()}
    return Filled(
        given.get(KIND, ""),
        given.get(CALL, "").partition(" ")[0],
        given.get(CLEARED, ""),
        given.get(BODY, ""),
    )


def _next(lines: list[str], at: int) -> int:
    """The number of the next line that is not blank."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _choice(
    name: str, label: str, choices: list[str], description: str = "", *, needed: bool = False
) -> Iterator[str]:
    first, *rest = _field("dropdown", name, label, description, needed=needed)
    options = ["      options:", *(f"        - {scalar(choice)}" for choice in choices)]
    end = next((number for number, line in enumerate(rest) if line.startswith("    validations")), len(rest))
    yield from [first, *rest[:end], *options, *rest[end:]]


def _field(type_: str, name: str, label: str, description: str, *, needed: bool = False) -> Iterator[str]:
    yield f"  - type: {type_}"
    yield f"    id: {name}"
    yield "    attributes:"
    yield f"      label: {label}"
    if description:
        yield f"      description: {description}"
    if needed:
        yield "    validations:"
        yield "      required: true"
