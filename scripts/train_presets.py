"""Train every shipped checkpoint again with the project's own presets; ``make checkpoints``.

Names given as arguments are trained alone. A training that fails is named, and the others go on.
"""

from __future__ import annotations

import subprocess
import sys
import time

from latentlab.presets import PRESETS


def main(names: list[str]) -> int:
    failed = []
    for name in names or list(PRESETS):
        began = time.perf_counter()
        program = [sys.executable, "-P", "-m", "latentlab"]
        command = [*program, "train", "--preset", name, "--overwrite"]
        if subprocess.call(command):
            failed.append(name)
        print(f"{name}: {time.perf_counter() - began:.0f} s", flush=True)
    if failed:
        print(f"not trained: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
