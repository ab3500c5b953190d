"""Run the tests with the oldest and with the newest versions that ``pyproject.toml`` allows.

Each gets a fresh environment in ``build/``. The oldest are the lower bounds themselves, read from
``pyproject.toml``: there is no second list. What follows the name goes to pytest:
``python scripts/floors.py floor tests/unit/analysis -q``.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
ENVIRONMENTS = ("floor", "newest")
TESTS = ("-m", "not e2e", "-q", "-n", "auto")  # what `make unit` runs


def lower_bounds() -> list[str]:
    """Return every requirement of the project, pinned to the oldest version it allows."""
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    asked = sorted({*project["dependencies"], *(line for extra in extras for line in extra)})
    found = [re.fullmatch(r"([\w.-]+)>=([\w.]+).*", line) for line in asked]
    assert all(found), f"No lower bound: {asked[found.index(None)]}."
    return [f"{match[1]}=={match[2]}" for match in found if match]


def try_out(name: str, tests: tuple[str, ...]) -> int:
    """Make the environment, say what is in it, and run the tests there."""
    folder = HOME / "build" / name
    venv.create(folder, with_pip=True, clear=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    pins = folder / "constraints.txt"
    pins.write_text("\n".join(lower_bounds()) if name == "floor" else "", encoding="utf-8")
    install = [str(python), "-m", "pip", "install", "--quiet", "--editable", ".[dev]"]
    if subprocess.run([*install, "--constraint", str(pins)], cwd=HOME, check=False).returncode:
        print(f"{name}: these versions cannot be installed together.")
        return 1
    subprocess.run([python, "-m", "pip", "freeze", "--exclude-editable"], check=True)
    print(f"\n{name}: {' '.join(tests)}", flush=True)
    return subprocess.run([python, "-m", "pytest", *tests], cwd=HOME, check=False).returncode


def main(arguments: list[str]) -> int:
    names: tuple[str, ...] = ENVIRONMENTS
    if arguments and arguments[0] in ENVIRONMENTS:
        names, arguments = (arguments[0],), arguments[1:]
    return max([try_out(name, tuple(arguments) or TESTS) for name in names])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
