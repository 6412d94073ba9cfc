"""`make bench`: runs every benchmark in a process of its own, or those named: `python -m benchmarks search web`.

Numbers are sizes, for those that have sizes. The whole speed table, with its ratios:
`python -m benchmarks search site 20000 200000 1000000`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
SIZED = ("search", "site")


def names() -> list[str]:
    """Every module here that is a benchmark: it has a main of its own."""
    return sorted(
        path.stem for path in HERE.glob("*.py") if "__main__" in path.read_text("utf-8") and path.stem[0] != "_"
    )


def main(wanted: list[str]) -> int:
    """Run them one after another, so that none disturbs the next; 1 when any failed."""
    sizes = [each for each in wanted if each.isdigit()]
    wanted = [each for each in wanted if each not in sizes]
    unknown = set(wanted) - set(names())
    if unknown:
        print(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(names())}", file=sys.stderr)
        return 2
    failed = 0
    for name in wanted or names():
        print(f"\n== {name}", flush=True)
        started = time.perf_counter()
        failed |= (
            subprocess.run(
                [sys.executable, "-m", f"benchmarks.{name}", *(sizes if name in SIZED else ())], check=False
            ).returncode
            != 0
        )
        print(f"   ({time.perf_counter() - started:.0f} s)", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
