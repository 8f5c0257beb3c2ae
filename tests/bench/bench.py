"""`make bench`: how fast 10,000 items are checked and counted, and a proposal beside them reviewed, beside reading the same files with
python-frontmatter; and how fast 5,000 merges are audited.

Whole processes are timed, two runs each after a warm-up, the peer in the same run; quote the ratios, not the seconds.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus import commit, generate, merged, propose

NUMBER = int(os.environ.get("ZHIBAO_BENCH_ITEMS", "10000"))
MERGES = int(os.environ.get("ZHIBAO_BENCH_MERGES", "5000"))
PROPOSALS = 30
"""Open proposals of the editors' queue."""
RUNS = 2
PEER = "import frontmatter, pathlib, sys\nfor path in sorted(pathlib.Path(sys.argv[1]).rglob('*.md')): frontmatter.load(path)"
ZHIBAO = "from zhibao.cli.main import main; main()"


def timed(command: list[str]) -> float:
    """Median wall seconds of a whole process."""
    spent = []
    for run in range(RUNS + 1):
        start = time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        if done.returncode not in (0, 1):
            sys.exit(done.stderr.decode())
        if run:
            spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def main() -> None:
    """Generate, measure, print a line a command."""
    os.environ["SOURCE_DATE_EPOCH"] = "1830000000"  # after every generated item
    with tempfile.TemporaryDirectory() as folder:
        root = generate(Path(folder), NUMBER)
        commit(root)
        propose(root, PROPOSALS)
        one = str(sorted((root / "submissions").rglob("*.md"))[NUMBER // 2])
        beside_the_peer(
            root,
            f"{NUMBER} 条",
            ("check 全部", ["check", "--summary"]),
            ("check 一条", ["check", one]),
            ("stats 季度", ["stats", "2026-Q2", "--format", "json"]),
            ("stats 全年", ["stats", "2026", "--format", "json"]),
            ("queue", ["queue"]),
        )
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        new, copied = merged(root, NUMBER, MERGES)
        beside_the_peer(
            root,
            f"{NUMBER} 条，{MERGES} 次合并",
            ("review 新写的", ["review", "--head", new, "--actor", "wangmin"]),
            ("review 抄来的", ["review", "--head", copied, "--actor", "wangmin"]),
            ("audit 全部", ["audit"]),
        )


def beside_the_peer(root: Path, what: str, *cases: tuple[str, list[str]]) -> None:
    """A line for each command on the repository, with its ratio to the peer's reading of the same files."""
    zhibao = [sys.executable, "-c", ZHIBAO, "-C", str(root)]
    peer = timed([sys.executable, "-c", PEER, str(root / "submissions")])
    print(f"{what}；python-frontmatter 读一遍 {peer:.2f} 秒，记作 1")
    for name, arguments in cases:
        spent = timed([*zhibao, *arguments])
        print(f"{name:<10} {spent:6.2f} 秒  {spent / peer:5.2f}")


if __name__ == "__main__":
    main()
