"""Families: checkpoints that differ only in the size of their latent, found by themselves.

`latentlab sweep --latent-dim 1,2,4,8` makes one. What does not change the network (which maps are
stored, how many images are indexed) may differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from latentlab.checkpoints.reading import Checkpoint

# Two sizes are a comparison; from three on there is a curve.
FEWEST = 3
_FREE = ("latent_dim", "projections", "map_variants", "index_size", "timeline_mb")


@dataclass(frozen=True)
class Family:
    """Checkpoints of the same settings and images, one for each size of the latent.

    Attributes
    ----------
    members : tuple of Checkpoint
        By size of the latent, the smallest first; at least three.
    """

    members: tuple[Checkpoint, ...]

    @property
    def name(self) -> str:
        """What the members' names begin with, up to a hyphen; of the smallest if they share none.

        It tells families apart as long as their members are named as `latentlab sweep` names them.
        """
        first, *others = (member.name for member in self.members)
        n = next(
            (n for n in range(len(first), 0, -1) if all(o.startswith(first[:n]) for o in others)), 0
        )
        return first[:n].rstrip("0123456789").removesuffix("z").rstrip("-_") or first

    @property
    def sizes(self) -> tuple[int, ...]:
        """The size of each member's latent."""
        return tuple(member.manifest.config.latent_dim for member in self.members)

    @property
    def key(self) -> tuple[str, ...]:
        """What all that is computed of the family depends on."""
        return tuple(member.fingerprint for member in self.members)

    def __contains__(self, checkpoint: object) -> bool:
        """Say whether a checkpoint is a member."""
        return checkpoint in self.members


def families(checkpoints: Iterable[Checkpoint]) -> list[Family]:
    """Find all families among some checkpoints.

    Parameters
    ----------
    checkpoints : iterable of Checkpoint

    Returns
    -------
    list of Family
        By name. Of two networks with the same settings, the one that was trained last is taken.
    """
    found: dict[str, dict[int, Checkpoint]] = {}
    for checkpoint in checkpoints:
        size = checkpoint.manifest.config.latent_dim
        if size and not checkpoint.manifest.is_own:  # nobody knows how one from elsewhere was made
            of_size = found.setdefault(_alike(checkpoint), {})
            of_size[size] = max(of_size.get(size, checkpoint), checkpoint, key=_created)
    grown = [
        Family(tuple(members[size] for size in sorted(members)))
        for members in found.values()
        if len(members) >= FEWEST
    ]
    return sorted(grown, key=lambda family: family.name)


def _alike(checkpoint: Checkpoint) -> str:
    """Say in one text what the members of a family share."""
    manifest = checkpoint.manifest
    settings = manifest.config.model_dump_json(exclude=set(_FREE))
    sums = sorted(manifest.image_sums.items())
    return f"{settings} {manifest.image_shape} {manifest.n_train} {sums}"


def _created(checkpoint: Checkpoint) -> tuple[str, str]:
    return checkpoint.manifest.run.created, checkpoint.name
