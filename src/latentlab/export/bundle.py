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

# Every part of the screen with scripts of its own. The canvas's are for all of them.
SOURCES = tuple(sorted((Path(__file__).parents[1] / "ui").glob("*/js")))
WASM = Path(__file__).parents[1] / "ui" / "canvas" / "gemm.wasm"
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
    order = _ordered(entry)
    parts = [_wrapped(module) for module in order]
    names = ", ".join(_exports(order[-1]))
    parts.append(f"const {{ {names} }} = {_variable(order[-1])};\nexport {{ {names} }};\n")
    if "mount" in _exports(order[-1]):
        parts.append("export default mount;\n")
    return "\n".join(parts)


@cache
def worker_source() -> str:
    """Return the worker's script: the same modules, run for their side effect."""
    return "\n".join(_wrapped(module) for module in _ordered("worker"))


def _ordered(entry: str) -> list[Path]:
    """Return the modules that one needs, each after those it needs itself; it comes last."""
    order: list[Path] = []
    _visit(_found(entry, SOURCES), order, ())
    return order


def _visit(module: Path, order: list[Path], path: tuple[Path, ...]) -> None:
    if module in path:
        circle = " -> ".join(each.stem for each in (*path, module))
        raise ValueError(f"JavaScript modules import each other: {circle}.")
    if module not in order:
        for _, needed in _IMPORT.findall(_text(module)):
            _visit(_found(needed, (module.parent, *SOURCES)), order, (*path, module))
        order.append(module)


def _found(name: str, folders: tuple[Path, ...]) -> Path:
    """Find a module: beside the one that needs it, then in any part of the screen."""
    if name in MADE:
        return WASM.parent / "js" / f"{name}.js"
    found = [path for folder in folders if (path := folder / f"{name}.js").is_file()]
    if not found:
        raise ValueError(f"There is no JavaScript module called {name!r}.")
    return found[0]


@cache
def _text(module: Path) -> str:
    make = MADE.get(module.stem)
    return make() if make else module.read_text(encoding="utf-8")


def _exports(module: Path) -> list[str]:
    return _EXPORT.findall(_text(module))


def _variable(module: Path) -> str:
    return f"module_{module.parents[1].name}_{module.stem}".replace("-", "_")


def _wrapped(module: Path) -> str:
    def bound(found: re.Match[str]) -> str:
        needed = _found(found[2], (module.parent, *SOURCES))
        return f"const {{{found[1].replace(' as ', ': ')}}} = {_variable(needed)};\n"

    body = _EXPORT.sub("", _IMPORT.sub(bound, _text(module)))
    exports = ", ".join(_exports(module))
    return f"const {_variable(module)} = (() => {{\n{body}\nreturn {{ {exports} }};\n}})();\n"


def _made_wasm() -> str:
    return f"export const GEMM_WASM = {json.dumps(base64.b64encode(WASM.read_bytes()).decode())};\n"


def _made_worker() -> str:
    return f"export const WORKER_SOURCE = {json.dumps(worker_source())};\n"


# Modules that are made rather than read.
MADE = {"gemm_wasm": _made_wasm, "worker_source": _made_worker}
