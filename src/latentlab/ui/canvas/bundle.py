"""Join the canvas's JavaScript modules into one text, without a build step.

Streamlit loads a component's script from a ``blob:`` address, where a relative import cannot be
resolved. Each module therefore becomes a function that returns its exports, in the order in which
they need each other; modules stay ordinary files that a reader can open one by one.
"""

from __future__ import annotations

import base64
import json
import re
from functools import cache
from pathlib import Path

# Every part of the screen with scripts of its own; names are unique over all of them.
SOURCES = tuple(sorted(Path(__file__).parents[1].glob("*/js")))
WASM = Path(__file__).parent / "gemm.wasm"
# asc gemm.ts <these> -o gemm.wasm, with AssemblyScript 0.28.20 from npm.
ASC_OPTIONS = (
    "-O3",
    "--runtime=stub",
    "--enable=simd,bulk-memory",
    "--importMemory",
    "--noAssert",
)

_IMPORT = re.compile(r"^import \{([^}]*)\} from '\./([\w]+)\.js';\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)


@cache
def bundle(entry: str) -> str:
    """Return one module script with everything ``entry`` needs.

    Parameters
    ----------
    entry : str
        Name of a module's file without its ending. What it exports, the bundle exports.

    Returns
    -------
    str
        JavaScript, the same text for the same sources.
    """
    order: list[str] = []
    _visit(entry, order, ())
    parts = [_wrapped(name) for name in order]
    names = ", ".join(_exports(entry))
    parts.append(f"const {{ {names} }} = module_{entry};\nexport {{ {names} }};\n")
    if "mount" in _exports(entry):
        parts.append("export default mount;\n")
    return "\n".join(parts)


@cache
def worker_source() -> str:
    """Return the worker's script: the same modules, run for their side effect."""
    order: list[str] = []
    _visit("worker", order, ())
    return "\n".join(_wrapped(name) for name in order)


def _virtual(name: str) -> str | None:
    """Return the text of a module that is made rather than read."""
    if name == "gemm_wasm":
        encoded = base64.b64encode(WASM.read_bytes()).decode()
        return f"export const GEMM_WASM = {json.dumps(encoded)};\n"
    if name == "worker_source":
        return f"export const WORKER_SOURCE = {json.dumps(worker_source())};\n"
    return None


@cache
def _text(name: str) -> str:
    made = _virtual(name)
    return made if made is not None else _file(name).read_text(encoding="utf-8")


def _file(name: str) -> Path:
    found = [path for folder in SOURCES if (path := folder / f"{name}.js").is_file()]
    if not found:
        raise ValueError(f"There is no JavaScript module called {name!r}.")
    return found[0]


def _visit(name: str, order: list[str], path: tuple[str, ...]) -> None:
    if name in path:
        raise ValueError(f"JavaScript modules import each other: {' -> '.join((*path, name))}.")
    if name not in order:
        for _, needed in _IMPORT.findall(_text(name)):
            _visit(needed, order, (*path, name))
        order.append(name)


def _exports(name: str) -> list[str]:
    return _EXPORT.findall(_text(name))


def _wrapped(name: str) -> str:
    body = _IMPORT.sub(
        lambda found: f"const {{{_renamed(found[1])}}} = module_{found[2]};\n", _text(name)
    )
    body = _EXPORT.sub("", body)
    exports = ", ".join(_exports(name))
    return f"const module_{name} = (() => {{\n{body}\nreturn {{ {exports} }};\n}})();\n"


def _renamed(names: str) -> str:
    return names.replace(" as ", ": ")
