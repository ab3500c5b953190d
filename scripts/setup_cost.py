"""Measure what ``make setup`` costs on a fresh machine, and write it into ``docs/setup.md``.

``python scripts/setup_cost.py [FOLDER]``: everything is fetched first (counted apart, since it
depends on the network), then installed into a new environment below FOLDER without a network. What
a part costs is what it and its own requirements take on the disk that nothing before it in the
list requires.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
import venv
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME))
PAGE = HOME / "docs" / "setup.md"
# The first that requires something pays for it: what the app cannot do without comes first.
PARTS = {
    "the app": "streamlit plotly segno pyyaml typer rich filelock pydantic numpy pillow "
    "safetensors",
    "training": "torch torchvision",
    "analysis and baselines": "scipy scikit-learn scikit-image pywavelets threadpoolctl umap-learn",
    "networks from elsewhere": "onnx onnxruntime",
    "photographs of phones": "pillow-heif",
    "TensorBoard": "tensorboard",
}
LISTING = """
import importlib.metadata as m, json, re
def size(d):
    return sum(p.stat().st_size for f in d.files or () if (p := d.locate_file(f)).is_file())
def needs(d):
    lines = [r for r in d.requires or () if "extra ==" not in r]
    return [re.match(r"[\\w.-]+", line)[0] for line in lines]
print(json.dumps({d.metadata["Name"]: [size(d), needs(d)] for d in m.distributions()}))
"""


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory(dir=arguments[0] if arguments else None) as folder:
        work = Path(folder)
        fetched, installed = measure(work)
        listed = subprocess.run(
            [python_of(work), "-c", LISTING], check=True, stdout=subprocess.PIPE, text=True
        )
        n_bytes = sum(path.stat().st_size for path in (work / "wheels").iterdir())
    write(json.loads(listed.stdout), fetched, n_bytes, installed)
    return 0


def python_of(work: Path) -> str:
    return str(work / "env" / ("Scripts" if os.name == "nt" else "bin") / "python")


def measure(work: Path) -> tuple[float, float]:
    """Fetch and install; return the seconds of each."""
    venv.create(work / "env", with_pip=True)
    pip = [python_of(work), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    pins, wheels = ["--constraint", "constraints.txt"], str(work / "wheels")
    began = time.perf_counter()
    fetch = [*pip, "download", "--dest", wheels, *pins, "hatchling", "editables", *required()]
    subprocess.run(fetch, check=True, cwd=HOME)
    fetched = time.perf_counter() - began
    began = time.perf_counter()
    local = ["--no-index", "--find-links", wheels]
    subprocess.run([*pip, "install", *local, "--editable", ".", *pins], check=True, cwd=HOME)
    return fetched, time.perf_counter() - began


def required() -> list[str]:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: list[str] = project["dependencies"]
    return found


def write(found: dict[str, Any], fetched: float, n_bytes: int, installed: float) -> None:
    from benchmarks.promises import machine
    from benchmarks.setting import setting

    known = {
        plain(name): (size, [plain(n) for n in needs]) for name, (size, needs) in found.items()
    }
    named = {plain(re.match(r"[\w.-]+", line)[0]) for line in required()}  # type: ignore[index]
    missing = named - {plain(name) for names in PARTS.values() for name in names.split()}
    assert not missing, f"To which part does {missing} belong?"
    counted: set[str] = set()
    lines = ["| part | MB | of these most |", "|---|---|---|"]
    for part, names in PARTS.items():
        new = below(known, [plain(name) for name in names.split()]) - counted
        counted |= new
        largest = sorted(new, key=lambda name: known[name][0], reverse=True)[:4]
        told = ", ".join(f"{name} {known[name][0] / 1e6:,.0f}" for name in largest)
        lines.append(f"| {part} | {sum(known[n][0] for n in new) / 1e6:,.0f} | {told} |")
    total = sum(known[name][0] for name in counted) / 1e6
    lines.append(f"| all | {total:,.0f} | |")
    text = [
        "# What `make setup` installs",
        "",
        "Written by `python scripts/setup_cost.py`. What several require is counted where it is "
        "required first.",
        "",
        *lines,
        "",
        f"Installing from fetched files took {installed:.0f} s; fetching {n_bytes / 1e6:,.0f} MB "
        f"took {fetched:.0f} s more, which depends on the network. {machine()}; {setting()}",
        "",
        "Most of it is torch for NVIDIA GPUs, which is what PyPI has for Linux. Where there is no "
        "such GPU, install PyTorch's own CPU build into `.venv` before `make setup`: the same "
        "version is then kept. Everything that only the command line uses (TensorBoard) is cheap "
        "beside it, and stays.",
        "",
    ]
    PAGE.write_text("\n".join(text), encoding="utf-8")
    print("\n".join(text))


def below(known: dict[str, tuple[int, list[str]]], names: list[str]) -> set[str]:
    """Return these distributions and all that they require, as far as they are installed."""
    found: set[str] = set()
    waiting = [name for name in names if name in known]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [other for other in known[name][1] if other in known]
    return found


def plain(name: str) -> str:
    """Return a distribution's name as all spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
