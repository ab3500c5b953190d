"""The parts of a page that a lesson can light or cover: their names, and where each is."""

from __future__ import annotations

from collections.abc import Sequence

from latentlab.errors import closest_names

# By name, in the words of the screen; the value is a CSS selector that also finds what is inside
# components. A lesson may name a selector of its own, beginning with a dot or "#".
CONTROLS = {
    "picker": ".st-key-picker",
    "map": ".stage, .st-key-map-chart",
    "image": ".panel",
    "drawer": ".drawer",
    "step sizes": ".drawer .step-sizes",
    "map settings": ".st-key-map-controls",
    "beside the map": "[data-testid='stColumn']:has(.st-key-map-beside)",
    "restoration": "#restore",
    "restored images": "#restore .row figure:nth-child(n + 3)",
    "restored in detail": "#restore .below",
    "input": "[class*='-widget']",
    "neighbors": "#board",
    "nearest neighbors": "#board .rows",
    "threshold": ".threshold, .counts",
    "false negatives": ".missed-ones",
    "scores": ".scores",
    "kinds": ".chips",
    "detection": ".instrument",
    "ranking": ".ranking",
    "experiment": ".st-key-experiment",
    "samples": "[class*='st-key-drawn-']",
    "posterior samples": ".st-key-blur-posterior",
    "reconstruction": ".st-key-place-one figure + figure",
    "nearest images": ".st-key-place-where",
    "reconstruction error": ".st-key-rotation-error",
    "line-up": "[class*='st-key-map-lineup-']",
}


def selectors(names: Sequence[str]) -> list[str]:
    """Return the selectors of some controls, one for each.

    Parameters
    ----------
    names : sequence of str
        Names of `CONTROLS`, or selectors.

    Returns
    -------
    list of str
    """
    return [CONTROLS.get(name, name) for name in names]


def known(name: str) -> str:
    """Return a name of a control, or a selector, as it is.

    Parameters
    ----------
    name : str
        A key of `CONTROLS`, or a selector that begins with "." or "#".

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If it is neither; says which names are nearest.
    """
    if name in CONTROLS or name[:1] in (".", "#"):
        return name
    nearest = ", ".join(closest_names(name, CONTROLS))
    raise ValueError(f"names no part of a page: '{name[:40]}'; the nearest names are {nearest}")
