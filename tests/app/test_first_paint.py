"""The first paint must not wait for torch: nobody sees a network being imported."""

import subprocess
import sys
from pathlib import Path

import pytest
from screens import HOME

HEAVY = "{'torch', 'torchvision', 'umap', 'numba'}"
FRAME = f"""
import sys
import streamlit as st
from streamlit.testing.v1 import AppTest
from latentlab.ui.shell import frame
draw = frame.draw
def look(*pages):
    draw(*pages)
    print("loaded:", *sorted({HEAVY} & set(sys.modules)))
    st.stop()
frame.draw = look
app = AppTest.from_file({str(HOME / "app.py")!r}, default_timeout=60).run()
assert not app.exception and not app.error, [e.value for e in app.error]
"""
# AppTest puts the page's folder on the path, and pandas imports any "bottleneck" that it finds.
PAGE = f"""
import sys
sys.modules["bottleneck"] = None
from streamlit.testing.v1 import AppTest
from latentlab.ui.shell import torch_ready
torch_ready.begin = lambda: None  # the background is not what is looked at here
app = AppTest.from_file({str(HOME / "pages")!r} + "/PAGE.py", default_timeout=60).run()
assert not app.exception and not app.error, [e.value for e in app.error]
print("loaded:", *sorted({HEAVY} & set(sys.modules)))
"""
PAGES = sorted(path.stem for path in (HOME / "pages").glob("*.py"))
DRAWN = PAGE.replace(
    "print(", "keys = [e.proto.component_name for e in app.get('bidi_component')]\nprint(*keys, "
)


def test_frame_is_on_the_screen_before_anything_heavy_is_imported(tiny_checkpoints):
    assert _run(FRAME, tiny_checkpoints) == "loaded:"


@pytest.mark.parametrize("page", PAGES)
def test_no_page_imports_anything_heavy_before_its_first_paint(page, tiny_checkpoints):
    assert _run(PAGE.replace("PAGE", page), tiny_checkpoints) == "loaded:"


def test_explore_sends_its_network_without_torch(tiny_checkpoints):
    said = _run(DRAWN.replace("PAGE", "explore"), tiny_checkpoints)
    assert "latentlab_canvas" in said
    assert said.endswith("loaded:")


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
