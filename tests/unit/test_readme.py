"""The README's Python runs as it stands there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).parents[2]


def test_the_ten_lines_of_python_run(tmp_path):
    blocks = re.findall(r"```python\n(.*?)```", (TOP / "README.md").read_text(), re.DOTALL)
    assert blocks
    (tmp_path / "checkpoints").symlink_to(TOP / "checkpoints")
    for block in blocks:
        done = subprocess.run(
            [sys.executable, "-c", block], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "decoded.png").read_bytes().startswith(b"\x89PNG")


def test_every_file_the_readme_links_to_is_there():
    text = (TOP / "README.md").read_text()
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (TOP / target).exists(), target
