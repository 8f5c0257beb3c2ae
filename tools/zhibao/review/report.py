"""The report on a proposal, as an officer, a program or a forge reads it: conclusion, numbered list, details folded."""

from __future__ import annotations

import json as _json
import re
from collections.abc import Iterator
from dataclasses import replace

from zhibao.model.actors import Actor
from zhibao.model.finding import Finding, Severity
from zhibao.model.identity import SUBMISSIONS
from zhibao.review.forms import annotation, counts, encodable, markdown, plain, values
from zhibao.review.proposal import Report
from zhibao.review.worth import Worth

SCHEMA = 1
"""Version of the JSON that is printed; it rises when a key changes its meaning or goes."""
MOST_LISTED = 20
"""Findings in the list; the rest are counted. A comment on a forge holds 65,536 characters."""
LONGEST_WORDS = 200
"""Characters of a message, a mend or a path in the comment; a path of git may have thousands."""
MOST_FOLDED = 10
"""Items whose scores are told in the comment."""
MARK = "<!-- zhibao:review -->"
"""The first line of the Markdown: by it a comment is found again and rewritten. The second names the commit."""

_HEAD = re.compile(rf"{re.escape(MARK)}\n<!-- ([0-9a-f]{{40,64}}) -->\n", re.ASCII)


def conclusion(report: Report) -> str:
    """One line: can it be merged, and who owes the next word."""
    if not report.total:
        return "这份提议没有改动什么。"
    found = counts(report.findings)
    rest = [f"{severity.label} {found[severity]} 处" for severity in list(Severity)[1:] if found[severity]]
    more = f"；另有{'、'.join(rest)}" if rest else ""
    if found[Severity.ERROR]:
        return f"要改 {found[Severity.ERROR]} 处才能合并{more}。改好再提交，会自动再看一遍。"
    if report.actor.is_stranger:
        return f"可以合并，但提议人不在名册里，请编辑先核实{more}。"
    return f"没有要改的错误，等编辑处理{more}。"


def text(report: Report) -> str:
    """For a terminal or the answer to a push."""
    lines = [conclusion(report)]
    for number, finding in enumerate(report.findings[:MOST_LISTED], 1):
        lines.append(plain(f"{number:>2}. {finding}"))
    lines += _left_out(report)
    for worth in report.worths:
        lines += [plain(line) for line in _worth_lines(worth)]
    lines.append(plain(f"提议人：{who(report.actor)}；改动 {report.total} 个文件"))
    return "\n".join(lines) + "\n"


def github(report: Report) -> str:
    """Workflow commands that annotate the lines, the worst first (a runner shows ten of each), then the plain text."""
    commands = [annotation(finding) for finding in report.findings[:MOST_LISTED]]
    return "\n".join([*commands, text(report)])


def head_in(text: str) -> str:
    """The commit that a comment on a proposal's page is about; empty where it is none of ours."""
    found = _HEAD.match(text.replace("\r\n", "\n"))
    return found[1] if found else ""


def as_markdown(report: Report, lead: str = "") -> str:
    """The comment on the proposal's page; `lead` is what has to be said before all else."""
    lines = [
        MARK,
        f"<!-- {report.head} -->",
        *([f"**{markdown(lead)}**", ""] if lead else []),
        f"**{markdown(conclusion(report))}**",
        "",
    ]
    paths = {finding.path for finding in report.findings}
    for number, finding in enumerate(report.findings[:MOST_LISTED], 1):
        lines.append(_listed(number, finding, named=len(paths) > 1))
    lines += _left_out(report)
    lines += ["", "<details><summary>详情</summary>", ""]
    for worth in report.worths[:MOST_FOLDED]:
        lines += _folded(worth)
    left = len(report.worths) - MOST_FOLDED
    lines += [f"……还有 {left} 条信息。", ""] if left > 0 else []
    codes = [f"{n} {finding.code}" for n, finding in enumerate(report.findings[:MOST_LISTED], 1)]
    lines += [f"检查项目：{'、'.join(codes)}", ""] if codes else []
    lines += [
        f"提议人：{markdown(who(report.actor))}；改动 {report.total} 个文件；看的是 `{report.head[:10]}`",
        "</details>",
    ]
    return "\n".join(lines) + "\n"


def as_list(report: Report, most: int) -> list[str]:
    """The conclusion and the worst findings as Markdown, for those who do not see the file: without its lines."""
    lines = [f"**{markdown(conclusion(report))}**", ""]
    for number, finding in enumerate(report.findings[:most], 1):
        lines.append(_listed(number, replace(finding, line=1), named=False))
    left = len(report.findings) - most
    return [*lines, *([f"……还有 {left} 处，在提议页面上。"] if left > 0 else [])]


def json(report: Report) -> str:
    """`{"schema": 1, "ok", "conclusion", "base", "head", "actor", "findings", "items", "counts"}`; points as strings."""
    actor = report.actor
    whole = {
        "schema": SCHEMA,
        "ok": report.errors == 0,
        "conclusion": conclusion(report),
        "base": report.base,
        "head": report.head,
        "actor": {
            "account": actor.account,
            "name": actor.name,
            "capacities": sorted(capacity.value for capacity in actor.capacities),
        },
        "findings": [values(finding) for finding in report.findings],
        "items": [
            {
                "id": encodable(change.id),
                "path": encodable(change.path),
                "change": change.change.value,
                "stage": change.stage.value,
            }
            | _worth_values(next((worth for worth in report.worths if worth.path == change.path), None))
            for change in report.items
        ],
        "counts": {"paths": report.total}
        | {severity.value: number for severity, number in counts(report.findings).items()},
    }
    return _json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def who(actor: Actor) -> str:
    """Name, account and capacities of somebody, in Chinese."""
    posts = "、".join(capacity.label for capacity in sorted(actor.capacities))
    return (
        f"{actor.name}（{actor.account}，{posts}）"
        if actor.name
        else f"{actor.account or '（没有账号）'}（{posts}）"
    )


def _listed(number: int, finding: Finding, *, named: bool) -> str:
    """One entry: how bad, where, what; below it exactly what to write."""
    mend = f"  \n   → {markdown(_short(finding.help))}" if finding.help else ""
    where = [finding.severity.label]
    if named:
        where.append(_short(finding.path.rpartition("/")[2] if _is_item(finding.path) else finding.path))
    where += (
        [f"第 {finding.line} 行"] if finding.line > 1 else []
    )  # a finding on a whole file stands on its first
    return f"{number}. **{markdown(' · '.join(where))}** {markdown(_short(finding.message))}{mend}"


def _short(text: str) -> str:
    """As much of it as MOST_LISTED entries leave room for in a comment, whatever has to be escaped."""
    return text if len(text) <= LONGEST_WORDS else f"{text[: LONGEST_WORDS - 1]}…"


def _is_item(path: str) -> bool:
    """Whether the name alone says which file it is."""
    return path.startswith(f"{SUBMISSIONS}/")


def _left_out(report: Report) -> list[str]:
    left = len(report.findings) - MOST_LISTED
    return [f"……还有 {left} 处，改好前面的再看。"] if left > 0 else []


def _worth_lines(worth: Worth) -> Iterator[str]:
    yield f"{worth.id}  {worth.title}"
    if worth.quality:
        yield f"  质量分 {worth.quality.points}{f'（{worth.quality.note}）' if worth.quality.note else ''}"
        yield from (f"    {part.name} {part.points}/{part.max}：{part.why}" for part in worth.quality.parts)
    if worth.lines is not None:
        yield f"  今天合并可得考核分 {worth.points}"
        yield from (f"    {worth.units[line.unit]} {line.points} 分：{line.why}" for line in worth.lines)
    for match in worth.similar:
        yield f"  与 {match.id} 有 {match.share * 100:.0f}% 相同"


def _folded(worth: Worth) -> Iterator[str]:
    yield f"**{markdown(worth.title)}** <sub>{markdown(worth.id)} · {markdown(worth.kind)}</sub>"
    yield ""
    if worth.quality:
        note = f"（{markdown(worth.quality.note)}）" if worth.quality.note else ""
        yield f"质量分 **{worth.quality.points}**{note}，供编辑参考："
        yield ""
        yield "| 项目 | 得分 | 满分 | 为什么 |"
        yield "|---|--:|--:|---|"
        for part in worth.quality.parts:
            yield f"| {markdown(part.name)} | {part.points} | {part.max} | {markdown(part.why)} |"
        yield ""
    if worth.lines is not None:
        yield f"今天合并可得考核分 **{worth.points}**" + ("：" if worth.lines else "。")
        yield ""
        yield from (
            f"- {markdown(worth.units[line.unit])} {line.points} 分：{markdown(line.why)}"
            for line in worth.lines
        )
        yield ""
    for match in worth.similar:
        yield f"与 {markdown(match.id)} 有 {match.share * 100:.0f}% 相同。"
        yield ""


def _worth_values(worth: Worth | None) -> dict[str, object]:
    if worth is None:
        return {}
    quality = worth.quality and {
        "points": str(worth.quality.points),
        "note": worth.quality.note,
        "parts": [
            {"name": part.name, "points": str(part.points), "max": str(part.max), "why": part.why}
            for part in worth.quality.parts
        ],
    }
    return {
        "title": worth.title,
        "quality": quality,
        "points": None if worth.lines is None else str(worth.points),
        "similar": [{"id": match.id, "share": match.share} for match in worth.similar],
    }
