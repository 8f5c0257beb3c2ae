"""What an audit found, as an editor or a program reads it."""

from __future__ import annotations

import json as _json
from collections.abc import Iterator

from zhibao.model.finding import Finding, printable
from zhibao.model.landing import Landing
from zhibao.repo.audited import AUDITED
from zhibao.review.audit import Audit, Remark
from zhibao.review.forms import encodable, markdown, values
from zhibao.review.report import who

SCHEMA = 1
"""Version of the JSON that is printed; it rises when a key changes its meaning or goes."""
MOST_LISTED = 20
"""Steps in the list; the rest are counted. The JSON has all of them."""

MOST_SAID = 5
"""What is said of one step; the same of many files is said once."""

CLAIM = "谁做的看提交里的邮箱，什么时候看提交里的时间：都是提交人自称，没有核对签名。"
"""The last line of every report: what it rests on."""


def conclusion(found: Audit) -> str:
    """One line: what was looked at, and how much of it wants to be looked into."""
    merges = sum(landing.is_merge for landing in found.judged)
    looked = f"{_branch(found)} 看了 {len(found.judged)} 步（合并 {merges}，直接提交 {len(found.judged) - merges}）{_span(found)}"
    before = f"；名册建立以前的 {found.unjudged} 步不看" if found.unjudged else ""
    if found.sound:
        return f"{looked}{before}。没有不合权限的改动。"
    wrong = [f"{len(found.remarks)} 步要核实"] if found.remarks else []
    wrong += ["历史被改写过" if not found.kept else "主线换过"] if found.vanished else []
    return f"{looked}{before}。{'，'.join(wrong)}。"


def text(found: Audit) -> str:
    """For a terminal: the conclusion, then the steps, the oldest first."""
    lines = [conclusion(found), *_gone(found)]
    for remark in found.remarks[:MOST_LISTED]:
        lines.append(f"{_step(remark.landing)}  {printable(_by(remark))}")
        lines += [f"    {line}" for line in _said(remark)]
    lines += _left_out(found)
    return "\n".join([*lines, CLAIM]) + "\n"


def as_markdown(found: Audit) -> str:
    """For the summary of a workflow's run."""
    lines = [f"**{markdown(conclusion(found))}**", ""]
    for line in _gone(found):
        lines += [f"- {markdown(line.strip())}"] if line.startswith(" ") else [markdown(line), ""]
    for number, remark in enumerate(found.remarks[:MOST_LISTED], 1):
        lines.append(f"{number}. {markdown(_step(remark.landing))} {markdown(_by(remark))}")
        lines += [f"   - {markdown(line)}" for line in _said(remark)]
    lines += [markdown(line) for line in _left_out(found)]
    return "\n".join([*lines, "", markdown(CLAIM)]) + "\n"


def json(found: Audit) -> str:
    """`{"schema": 1, "ok", "conclusion", "claim", "reference", "tip", "steps", "merges", "unjudged", "recorded", "vanished", "remarks"}`."""
    whole = {
        "schema": SCHEMA,
        "ok": found.sound,
        "conclusion": encodable(conclusion(found)),
        "claim": CLAIM,
        "reference": encodable(found.reference),
        "tip": found.tip,
        "steps": len(found.judged),
        "merges": sum(landing.is_merge for landing in found.judged),
        "unjudged": found.unjudged,
        "recorded": found.recorded,
        "vanished": [
            {
                "commit": commit.commit,
                "author": encodable(commit.author.email),
                "committed": int(commit.committed) if commit.committed.isdigit() else None,
                "subject": encodable(commit.subject),
            }
            for commit in found.vanished
        ],
        "remarks": [_remark_values(remark) for remark in found.remarks],
    }
    return _json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _remark_values(remark: Remark) -> dict[str, object]:
    landing, actor = remark.landing, remark.actor
    return {
        "commit": landing.commit,
        "moment": landing.moment.isoformat() if landing.moment else None,
        "merge": landing.is_merge,
        "author": encodable(landing.author.email),
        "committer": encodable(landing.committer.email),
        "actor": actor
        and {
            "account": encodable(actor.account),
            "name": actor.name,
            "capacities": sorted(capacity.value for capacity in actor.capacities),
        },
        "subject": encodable(landing.subject),
        "findings": [values(finding) for finding in remark.findings],
    }


def _branch(found: Audit) -> str:
    return printable(found.reference.removeprefix("refs/heads/").removeprefix("refs/remotes/"))


def _span(found: Audit) -> str:
    days = [landing.moment.date() for landing in found.judged if landing.moment]
    return f"，{min(days)} 至 {max(days)}" if days else ""


def _step(landing: Landing) -> str:
    moment = f"{landing.moment:%Y-%m-%d %H:%M}" if landing.moment else "时间不明"
    return f"{moment}  {landing.commit[:10]}  {'合并' if landing.is_merge else '直接提交'}"


def _by(remark: Remark) -> str:
    return who(remark.actor) if remark.actor else remark.landing.author.email


def _said(remark: Remark) -> Iterator[str]:
    """A line for each different thing that was wrong: the first place of it, and in how many more files it is the same."""
    grouped: dict[tuple[str, str], list[Finding]] = {}
    for finding in remark.findings:
        grouped.setdefault((finding.code, finding.message), []).append(finding)
    for same in list(grouped.values())[:MOST_SAID]:
        first, more = str(same[0]), f"（另有 {len(same) - 1} 个文件也是）" if len(same) > 1 else ""
        # a finding on the step as a whole stands at no path
        yield (first if same[0].path else first.partition(" ")[2]) + more
    if len(grouped) > MOST_SAID:
        yield f"……还有 {len(grouped) - MOST_SAID} 种"


def _gone(found: Audit) -> Iterator[str]:
    if not found.vanished:
        return
    last = (found.recorded or "")[:10]
    if found.kept:
        yield f"上次核查到 {last}，它还在历史里，但主线（第一父提交）不再经过它：多半是本地合并后直接推送，采用的人和日期可能跟着变了。"
    else:
        yield f"上次核查到 {last}，现在的主线不是接着它来的：历史被改写过。下面 {len(found.vanished)} 步不见了，请向推送的人核实："
    for commit in found.vanished[:MOST_LISTED]:
        yield printable(f"    {commit.commit[:10]}  {commit.author.email}  {commit.subject}")
    if len(found.vanished) > MOST_LISTED:
        yield f"    ……还有 {len(found.vanished) - MOST_LISTED} 步"
    yield f"核实无误的，用 git update-ref {AUDITED} {found.tip[:10]} 从新的历史记起。"


def _left_out(found: Audit) -> list[str]:
    left = len(found.remarks) - MOST_LISTED
    return [f"……还有 {left} 步；--format json 列出全部。"] if left > 0 else []
