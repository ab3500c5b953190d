"""How tests of the screen open a page and read what is on it."""

import json
import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from streamlit.testing.v1 import AppTest

import latentlab.codec  # noqa: F401 - pages wait for torch; these tests do not
from latentlab.ui.shell.outbox import OUTBOX

HOME = Path(__file__).resolve().parents[2]
SECONDS = 30


def start(page: str | None = None, **address: str) -> AppTest:
    """Run ``app.py``, then the page of that file name."""
    app = AppTest.from_file(str(HOME / "app.py"), default_timeout=SECONDS)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    return app if page is None else app.switch_page(f"pages/{page}").run()


def page_table() -> dict[str, str]:
    """Read the menu of ``app.py``, as the server sees the file: each title's file."""
    spec = spec_from_file_location("latentlab_app", HOME / "app.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return {title: f"{title.lower()}.py" for title in module.PAGES}


def visible_text(app: AppTest) -> str:
    """Everything that can be read on the page."""
    kinds = ("title", "header", "markdown", "caption", "code", "html", "error", "warning", "info")
    parts = [str(getattr(element, "value", "")) for kind in kinds for element in app.get(kind)]
    return re.sub(r"data:image/png;base64,[\w+/=]+", "", "\n".join(parts))


def sent(app: AppTest) -> list[bytes]:
    """Everything that components were given as bytes, with the page or by an address of its own."""
    protos = [element.proto for element in app.get("bidi_component")]
    fetched = [json.loads(proto.json) for proto in protos if proto.WhichOneof("data") == "json"]
    names = [said["fetch"] for said in fetched if isinstance(said, dict) and "fetch" in said]
    return [proto.bytes for proto in protos if proto.bytes] + [OUTBOX.get(name) for name in names]
