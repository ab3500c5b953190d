"""The maps that come with a latent index: what was stored, and latent space where that is one."""

from __future__ import annotations

from latentlab.analysis import Coordinates
from latentlab.analysis.projections import PROJECTIONS
from latentlab.checkpoints import LatentIndex


def stored_maps(index: LatentIndex) -> dict[str, Coordinates]:
    """Return the maps of an index by name, in the order of `PROJECTIONS`.

    Parameters
    ----------
    index : LatentIndex

    Returns
    -------
    dict of str to float32 (n, 2)
        With "native", the latents themselves, where they have two dimensions.
    """
    found = dict(index.projections)
    if index.latents.shape[1] == 2:
        found["native"] = index.latents
    return {name: found[name] for name in PROJECTIONS if name in found}
