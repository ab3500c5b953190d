"""The board: the original and one size large, a dial, and the row of all sizes.

Every word on it is written here; the script lays out, paints and reports what was chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from latentlab import web
from latentlab.checkpoints import Family
from latentlab.images import Images, Pixels, to_pixels
from latentlab.tasks import TASKS
from latentlab.ui.bottleneck.row import UNUSUAL, Cell, network_input
from latentlab.ui.input.query import Query
from latentlab.ui.shell import state
from latentlab.wording import glossary, words
from latentlab.wording.sizes import listed

KEY = "bottleneck-board"
SIZE, SEED = "size", "samples"  # in the address
# What the rows are called that the glossary knows.
TERMS = ("Reconstruction", "PCA", "Samples", "Latent")
BYTES = 4  # of one latent dimension, as float32

_BOARD = st.components.v2.component(
    "latentlab_bottleneck",
    html='<div id="bottleneck"></div>',
    css=web.read("bottleneck.css"),
    js=web.read("bottleneck.js"),
)


@dataclass(frozen=True)
class Asked:
    """What the visitor chose.

    Attributes
    ----------
    size : int
        Of the latent that is shown large.
    seed : int
        Of the samples from the prior.
    number : int
        Of what the board said, so that it knows its own words.
    """

    size: int
    seed: int
    number: int


def asked(family: Family, opened: int) -> Asked:
    """Read what the board said and the address names; whatever is impossible gets a usual value.

    Parameters
    ----------
    family : Family
    opened : int
        The size that the page opens with.
    """
    said = state.said_by(KEY, "chosen")
    given = said if isinstance(said, Mapping) else {}
    mine = given if given.get("family") == family.name else {}
    named = state.latest(SIZE, _text(mine.get("size")))
    chosen = next((size for size in family.sizes if str(size) == named), opened)
    seed = _seed(state.latest(SEED, _text(mine.get("seed"))))
    state.to_address(**{SIZE: str(chosen), SEED: str(seed) if seed else None})
    return Asked(chosen, seed, _whole(given.get("id")))


def show(family: Family, query: Query, cells: list[Cell], chosen: Asked) -> None:
    """Show the board.

    Parameters
    ----------
    family : Family
    query : Query
    cells : list of Cell
        One for each size.
    chosen : Asked
    """
    data = message(family, query, cells, chosen)
    _BOARD(key=KEY, data=data, on_chosen_change=lambda: None)


def message(family: Family, query: Query, cells: list[Cell], chosen: Asked) -> bytes:
    """Pack what the browser shows; the parameters are those of `show`."""
    from latentlab.export.message import pack

    first = family.members[0]
    task, shape = first.manifest.config.task, first.manifest.image_shape
    network = "Restored" if task in TASKS else "Reconstruction"
    rows = [
        {"name": network, "texts": [_error(cell.error) for cell in cells]},
        {"name": "PCA", "texts": [_error(cell.linear_error) for cell in cells]},
    ]
    header: dict[str, Any] = {
        "id": chosen.number,
        "family": family.name,
        "size": chosen.size,
        "seed": chosen.seed,
        "sizes": list(family.sizes),
        "shape": list(shape),
        "bytes": [f"{BYTES * size} B" for size in family.sizes],
        "original": {"name": "Original", "lines": [query.source, f"{np.prod(shape):,} bytes"]},
        "input": {"name": "Network input", "lines": [TASKS[task].title]} if task in TASKS else None,
        "network": [_about_network(cell, network, task) for cell in cells],
        "linear": [_about_linear(cell) for cell in cells],
        "samples": [_about_samples(cell) for cell in cells if cell.samples is not None],
        "rows": rows,
        "said": detected(cells, n_test=_n_test(family)) if task not in TASKS else "",
        "meanings": glossary.helps("Latent dimensions", *TERMS),
    }
    images = [query.pixels, network_input(first, query.pixels)]
    images += [cell.drawn for cell in cells] + [cell.linear for cell in cells]
    arrays: dict[str, Pixels] = {"images": to_pixels(np.stack(images))}
    samples = [_square(cell.samples) for cell in cells if cell.samples is not None]
    if samples:
        arrays["samples"] = to_pixels(np.stack(samples))
    return pack(header, arrays)


def detected(cells: list[Cell], *, n_test: int) -> str:
    """Say at which z the image is predicted anomalous.

    Parameters
    ----------
    cells : list of Cell
    n_test : int
        Test images that the error is compared with.
    """
    found = [cell.size for cell in cells if cell.share >= UNUSUAL]
    above = f"error larger than for {UNUSUAL:.0f} % of {n_test:,} test images"
    if not found:
        return f"Predicted normal at every z: at none is its {above}."
    if len(found) == len(cells):
        return f"Predicted anomalous at every z: {above}."
    missed = [cell.size for cell in cells if cell.size not in found]
    return f"Predicted anomalous at z = {listed(found)} ({above}), normal at z = {listed(missed)}."


def _about_network(cell: Cell, name: str, task: str) -> dict[str, Any]:
    lines = [f"{BYTES * cell.size} bytes. MSE {_error(cell.error)}"]
    if task not in TASKS:
        lines += [f"larger than for {cell.share:.0f} % of test images"]
    return {"name": f"{name}, z\u00a0=\u00a0{cell.size}", "lines": lines}


def _about_linear(cell: Cell) -> dict[str, Any]:
    components = words.counted(cell.size, "component")
    return {"name": f"PCA, {components}", "lines": [f"MSE {_error(cell.linear_error)}"]}


def _about_samples(cell: Cell) -> dict[str, Any]:
    far = f"{cell.n_far} of {len(cell.samples if cell.samples is not None else ())}"
    return {
        "name": "Samples from the prior",
        "lines": [f"{far} far from every training image"],
        "short": f"{far} far",
    }


def _error(error: float | None) -> str:
    return "not measured" if error is None else words.figure(error)


def _n_test(family: Family) -> int:
    from latentlab.ui.input.query import test_rows
    from latentlab.ui.shell import cache

    return len(test_rows(cache.index(family.members[0])))


def _square(samples: Images) -> Images:
    """Lay four images out as two rows of two: (4, h, w, c) to (2h, 2w, c)."""
    _, height, width, channels = samples.shape
    rows = samples.reshape(2, 2, height, width, channels).swapaxes(1, 2)
    return np.asarray(rows.reshape(2 * height, 2 * width, channels))


def _text(value: object) -> str | None:
    return str(value) if isinstance(value, int) else None


def _seed(text: str | None) -> int:
    return _whole(int(text)) if text and text.isascii() and text.isdigit() else 0


def _whole(value: object) -> int:
    is_whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31
    return value if is_whole and isinstance(value, int) else 0
