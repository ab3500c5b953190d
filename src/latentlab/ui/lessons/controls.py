"""Names of the controls that a lesson can light, and where each is on the screen."""

from __future__ import annotations

from collections.abc import Sequence

# By name, in the words of the screen; the value is a CSS selector that also finds what is inside
# components. A lesson may name a selector of its own, beginning with a dot or "#".
CONTROLS = {
    "picker": ".st-key-picker",
    "map": ".stage, .st-key-map-chart",
    "image": ".panel",
    "drawer": ".drawer",
    "map settings": ".st-key-map-controls",
    "beside the map": "[data-testid='stColumn']:has(.st-key-map-beside)",
    "restoration": "#restore",
    "input": "[class*='-widget']",
    "neighbors": "#board",
    "threshold": ".threshold, .counts",
    "false negatives": ".missed-ones",
    "scores": ".scores",
    "kinds": ".chips",
    "ranking": ".ranking",
    "experiment": ".st-key-experiment",
}


def selectors(names: Sequence[str]) -> list[str]:
    """Return the selectors of some controls; a name that is unknown lights nothing."""
    found = [CONTROLS.get(name, name if name[:1] in ".#" else "") for name in names]
    return [selector for selector in found if selector]
