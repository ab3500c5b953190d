"""Run every benchmark in a process of its own, then draw the README's picture of them.

Each writes its section of ``docs/promises.md``; what it prints is kept in ``bench-results/``.
"""

from __future__ import annotations

import platform
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE.parent / "bench-results"
PICTURE = HERE.parent / "scripts" / "benchmark_picture.py"


def main(names: list[str]) -> int:
    RESULTS.mkdir(exist_ok=True)
    found = {path.stem.removeprefix("bench_"): path for path in sorted(HERE.glob("bench_*.py"))}
    unknown = [name for name in names if name not in found]
    if unknown:
        print(f"No benchmark is called {unknown[0]!r}; there are: {', '.join(found)}.")
        return 2
    print(f"{platform.platform()}, {platform.processor() or platform.machine()}", flush=True)
    worst = 0
    for name in names or found:
        began = time.perf_counter()
        print(f"\n{name}", flush=True)
        command = [sys.executable, "-m", f"benchmarks.bench_{name}"]
        with (RESULTS / f"{name}.txt").open("w") as kept:
            process = subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                cwd=HERE.parent,
            )
            for line in process.stdout or ():
                print(line, end="", flush=True)
                kept.write(line)
        worst = max(worst, process.wait())
        print(f"  ({time.perf_counter() - began:.0f} s)", flush=True)
    subprocess.run([sys.executable, PICTURE], check=True)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
