"""A seeded corpus: a repository of N generated Chinese items, with history, for measuring."""

from __future__ import annotations

import random
import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

COUNTY = Path(__file__).parents[1] / "county"
UNITS = {"daba": "王敏", "nandu": "钱芳", "shuiwu": "程蕾", "jiaoyu": "付强"}
OFFICERS = {"daba": "wangmin", "nandu": "qianfang", "shuiwu": "chenglei", "jiaoyu": "fuqiang"}
WORDS = (
    "水源 管网 村民 小组 道路 学校 医院 药品 菜地 茶园 冷库 电费 合同 账目 补贴 干部 会议 表格 群众 老人 孩子 教师 司机 渡口 码头 山塘 水库 沟渠 农机 种子 化肥 "
    "玉米 花椒 橘子 订单 市场 价格 运费 工资 保险 贷款 社区 楼栋 电梯 路灯 消防 哨子 预警 转移 安置 重建 公示 调解 法院 积分 宣讲 书屋 课堂 食堂 午餐 床位 护士"
).split()
VERBS = "建立 推行 修好 查出 减少 增加 公开 登记 调整 合并 接通 改造 清理 核对 走访 商量 拿出 分摊 返还 培训 验收 试行".split()


def generate(folder: Path, number: int, seed: int = 7) -> Path:
    """A county with `number` items of 600–1,200 characters, ~3 KB each; the same for the same seed."""
    shutil.copytree(COUNTY, folder, dirs_exist_ok=True)
    chance = random.Random(seed)
    moment = datetime(2026, 1, 1, 8, 0)
    for count in range(number):
        unit = chance.choice(list(UNITS))
        # minutes go up by one: an id stays unique, and a year has more than half a million of them
        moment += timedelta(minutes=chance.choice((1, 1, 2, 5)) if number > 50_000 else chance.randint(1, 45))
        path = folder / f"submissions/{moment:%Y/%m}/{moment:%Y%m%d-%H%M}-{unit}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_item(chance, moment, unit, count), encoding="utf-8")
    return folder


def commit(folder: Path) -> None:
    """One commit of everything, so that the folder is a repository."""
    for command in (
        ["init", "-q", "-b", "main"],
        ["add", "-A"],
        ["-c", "user.name=x", "-c", "user.email=x@t.example", "commit", "-q", "-m", "all"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)


def _item(chance: random.Random, moment: datetime, unit: str, count: int) -> str:
    day = moment.date()
    body = "\n\n".join(_paragraph(chance) for _ in range(chance.randint(4, 7)))
    decision = chance.choices(("adopted", "declined", "held"), (7, 2, 1))[0]
    reason = "\n  reason: {code: 要素不全, words: 请补数字}" if decision == "declined" else ""
    above = (
        f"\n  adoptions:\n    - {{level: 州, date: {day}, form: 综合, publication: 州委信息}}"
        if decision == "adopted" and count % 3 == 0
        else ""
    )
    title = "".join(chance.sample(WORDS, 3)) + chance.choice(VERBS) + str(count)
    return f"""---
title: {title}
unit: {unit}
officer: {UNITS[unit]}
kind: {chance.choice(("动态", "经验", "问题"))}
submitted: {moment:%Y-%m-%d %H:%M}
happened: {day}
tags: [{chance.choice(WORDS)}]
summary: {title}，共{chance.randint(2, 900)}户受益。
audience: network
imported: true
review:
  decision: {decision}
  by: lisi
  date: {day}{reason}
  quality: {{depth: {chance.randint(1, 5)}, novelty: {chance.randint(1, 5)}}}{above}
---

{body}
"""


def _paragraph(chance: random.Random) -> str:
    parts = [
        f"{chance.choice(WORDS)}{chance.choice(VERBS)}{chance.choice(WORDS)}{chance.randint(2, 999)}户"
        for _ in range(chance.randint(9, 16))
    ]
    return "，".join(parts) + "。"


def merged(folder: Path, number: int, merges: int, seed: int = 7) -> tuple[str, str]:
    """A repository of `number` items, the last `merges` of them merged one by one, and two proposals: the names of their branches.

    One adds one more item; the other the newest item again under another id, so that the history of what it resembles is asked for.
    """
    generate(folder, number + 1, seed)
    paths = sorted(folder.rglob("submissions/**/*.md"))
    kept, each, proposed = paths[: number - merges], paths[number - merges : number], paths[number]
    lines = [_first(folder, kept)]
    for count, path in enumerate(each, 1):
        lines.append(
            _commit("refs/heads/proposal", "wangmin", count, "refs/heads/main", None, [(folder, path)])
        )
        lines.append(_commit("refs/heads/main", "lisi", count, None, "refs/heads/proposal", [(folder, path)]))
    lines.append(
        _commit("refs/heads/next", "wangmin", merges + 1, "refs/heads/main", None, [(folder, proposed)])
    )
    again = folder / f"{each[-1].relative_to(folder).as_posix().removesuffix('.md')}-2.md"
    again.write_bytes(each[-1].read_bytes())
    lines.append(
        _commit("refs/heads/again", "wangmin", merges + 1, "refs/heads/main", None, [(folder, again)])
    )
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=folder, check=True)
    subprocess.run(
        ["git", "fast-import", "--quiet", "--force"], cwd=folder, check=True, input=b"".join(lines)
    )
    subprocess.run(["git", "reset", "-q", "--hard", "main"], cwd=folder, check=True)
    subprocess.run(["git", "clean", "-qfd"], cwd=folder, check=True)
    return "next", "again"


def propose(folder: Path, number: int, seed: int = 11) -> None:
    """Open proposals in a repository of items: a branch each, of one new item that nobody has decided."""
    chance = random.Random(seed)
    lines = []
    for count in range(number):
        unit = chance.choice(list(UNITS))
        moment = datetime(2027, 11, 1, 9, 0) + timedelta(hours=count)
        text = _item(chance, moment, unit, count)
        head, _, rest = text.partition("imported: true\n")
        path = folder / f"submissions/{moment:%Y/%m}/{moment:%Y%m%d-%H%M}-{unit}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"{head}---\n{rest.partition('---')[2]}".replace("---\n\n\n", "---\n\n"), encoding="utf-8"
        )
        who = OFFICERS[unit]
        lines.append(
            _commit(
                f"refs/heads/{path.stem}",
                who,
                count + 58_000_000 // 60,
                "refs/heads/main",
                None,
                [(folder, path)],
            )
        )
        path.unlink()
    subprocess.run(["git", "fast-import", "--quiet"], cwd=folder, check=True, input=b"".join(lines))


def _first(folder: Path, kept: list[Path]) -> bytes:
    registry = [path for path in sorted((folder / "registry").rglob("*")) if path.is_file()]
    return _commit("refs/heads/main", "wuhao", 0, None, None, [(folder, path) for path in [*registry, *kept]])


def _commit(
    branch: str, who: str, count: int, start: str | None, second: str | None, files: list[tuple[Path, Path]]
) -> bytes:
    seconds = 1_767_225_600 + count * 60
    head = f"commit {branch}\nauthor {who} <{who}@t.example> {seconds} +0800\ncommitter {who} <{who}@t.example> {seconds} +0800\ndata 0\n"
    head += f"from {start}\n" if start else ""
    head += f"merge {second}\n" if second else ""
    parts = [head.encode()]
    for folder, path in files:
        data = path.read_bytes()
        parts.append(
            f"M 100644 inline {path.relative_to(folder).as_posix()}\ndata {len(data)}\n".encode()
            + data
            + b"\n"
        )
    return b"".join(parts) + b"\n"
