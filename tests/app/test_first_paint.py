"""The first paint must not wait for torch: nobody sees a network being imported."""

import subprocess
import sys
from pathlib import Path

from screens import HOME

HEAVY = "{'torch', 'torchvision', 'umap', 'numba'}"
FRAME = f"""
import sys
import streamlit as st
from streamlit.testing.v1 import AppTest
from latentlab.ui import frame
draw = frame.draw
def look():
    draw()
    print("loaded:", *sorted({HEAVY} & set(sys.modules)))
    st.stop()
frame.draw = look
app = AppTest.from_file({str(HOME / "app.py")!r}, default_timeout=60).run()
assert not app.exception and not app.error, [e.value for e in app.error]
"""
PAGE = f"""
import sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_file({str(HOME / "pages" / "overview.py")!r}, default_timeout=60).run()
assert not app.exception and not app.error, [e.value for e in app.error]
print("loaded:", *sorted({HEAVY} & set(sys.modules)))
"""


def test_frame_is_on_the_screen_before_anything_heavy_is_imported(tiny_checkpoints):
    assert _run(FRAME, tiny_checkpoints) == "loaded:"


def test_checkpoint_page_never_imports_anything_heavy(tiny_checkpoints):
    assert _run(PAGE, tiny_checkpoints) == "loaded:"


def _run(script: str, checkpoints: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"LATENTLAB_CHECKPOINTS": str(checkpoints), "PATH": "", "HOME": str(HOME)},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
