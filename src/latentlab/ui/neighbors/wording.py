"""The words on the board: what was found, how sure it is, and what chance would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from latentlab.analysis.projections import PROJECTIONS
from latentlab.analysis.quality import most_frequent_by_chance
from latentlab.checkpoints import SPLIT_CODES, Checkpoint, FullIndex, LatentIndex
from latentlab.ui.input import query as queries
from latentlab.ui.neighbors import answer as answers
from latentlab.ui.neighbors import spaces
from latentlab.ui.neighbors.answer import Answer
from latentlab.ui.neighbors.spaces import Found
from latentlab.ui.shell import cache
from latentlab.wording import support, words

TITLES = {
    spaces.LATENT: "Nearest in latent space",
    spaces.PIXEL: "Nearest in pixel space",
    spaces.PCA: "Nearest in PCA",
}
# How many neighbors training counts when it measures how far they share a label.
MEASURED_K = 9
UNLIKE = "The image is unlike the training images: so large an error is rare among test images."
STILL_LARGE = "The reconstruction error is large, although this is a training image."


def map_title(name: str) -> str:
    """Name a map of `stored_maps`."""
    if name == answers.NATIVE:
        return "The latent space"
    return f"{PROJECTIONS[name].title} of the latent space"


def legend(found: Sequence[Found]) -> str:
    """Say what was searched, and what is written below each image."""
    most, fewest = (pick(each.n for each in found) for pick in (max, min))
    sample = "" if most == fewest else f"; in pixels and in PCA, of a sample of {fewest:,}"
    return (
        f"Nearest of {words.counted(most, 'stored image')}{sample}. Below each: its class label, "
        "its distance, and the share of random pairs of images that are farther apart. Click an "
        "image to search from it."
    )


def sentence(checkpoint: Checkpoint, result: Answer) -> str:
    """Say how large the reconstruction error is, and for how many test images it is smaller."""
    if not words.has_errors(checkpoint):
        return "There is no decoder, so nothing is reconstructed."
    share = result.error_percentile
    where = (
        f"larger than for {share:.0f} % of test images"
        if share >= 50
        else f"smaller than for {100 - share:.0f} % of test images"
    )
    return f"Reconstruction error (MSE) {words.figure(result.error)}: {where}."


def warning(result: Answer) -> str | None:
    """Say so, in one sentence, when the image is unlike the training images."""
    was_learned = result.query.was_learned
    if result.error_percentile >= answers.UNUSUAL:
        return STILL_LARGE if was_learned else UNLIKE
    if result.nearness.is_far:
        return support.none_near(was_learned=was_learned)
    return None


def agreement(labels: Sequence[str], own: str | None) -> str:
    """Say how many neighbors share a label: the query's, or the most frequent.

    Parameters
    ----------
    labels : sequence of str
        Of the neighbors; may be empty.
    own : str or None
        Label of the query, where it is known.

    Examples
    --------
    >>> agreement(["4", "9", "4"], "4"), agreement(["4", "9", "9"], None)
    ('Label agreement: 2 of 3', '2 of 3 are 9')
    """
    if not labels:
        return ""
    if own is not None:
        return f"Label agreement: {labels.count(own)} of {len(labels)}"
    most, count = Counter(labels).most_common(1)[0]
    return f"{count} of {len(labels)} are {most}"


def farther(closer: float) -> str:
    """Write the share of random pairs that are farther apart, which is never quite all of them.

    Examples
    --------
    >>> farther(94.46), farther(99.97)
    ('94.5 %', '> 99.9 %')
    """
    return f"{closer:.1f} %" if closer < 99.95 else "> 99.9 %"


def about(
    index: LatentIndex | FullIndex, row: int, label: str | None, distance: float, closer: float
) -> str:
    """Say all about a neighbor, for those who point at it."""
    split = queries.SPLIT_NAMES[int(index.splits[row])]
    kind = "Training" if split == "train" else split.capitalize()
    what = f", {label}" if label else ""
    return (
        f"{kind} image {int(index.numbers[row]):,}{what}. Distance {words.figure(distance)}; "
        f"{farther(closer)} of random pairs of images are farther apart. Click to search from it."
    )


def about_map(n: int, searched: int) -> str:
    """Say what the map shows."""
    if searched > n:
        return (
            f"Map of a sample of {n:,} of {searched:,} images. Lines lead to those neighbors in "
            "latent space that are in the sample."
        )
    return (
        f"Map of {n:,} images. Lines lead to the neighbors in latent space, wherever the map has "
        "put them."
    )


def chance(index: LatentIndex, own: int | None, k: int) -> str:
    """Write the chance level: of the query's label, else of the most frequent.

    Parameters
    ----------
    index : LatentIndex
    own : int or None
        The query's label, where it is stored.
    k : int
        Neighbors with a label; may be 0.
    """
    if not k:
        return ""
    counts = np.bincount(index.labels[index.labels >= 0], minlength=1 + (own or 0))
    if own is not None and own >= 0:
        counts[own] -= 1  # it is no neighbor of itself
        expected = k * float(counts[own] / counts.sum())
    else:
        expected = most_frequent_by_chance(tuple(counts.tolist()), k)
    return f"Chance level: {expected:.1f} of {k}"


def typical(checkpoint: Checkpoint, found: Found) -> str:
    """Say how many neighbors of a test image share its label, where just this was measured."""
    metrics = checkpoint.manifest.metrics
    measured, counts = metrics.get("label_agreement"), metrics.get("label_agreement_n")
    if not isinstance(measured, dict) or found.space not in measured:
        return ""
    if found.metric != "euclidean" or len(found.rows) != MEASURED_K:
        return ""
    share = words.share(measured[found.space])
    if isinstance(counts, dict) and {"asked", "searched"} <= set(counts):
        asked = words.counted(round(counts["asked"]), "test image")
        return f"Average {share} over {asked}, among {counts['searched']:,.0f} training images"
    n = int((cache.index(checkpoint).splits == SPLIT_CODES["test"]).sum())
    return f"Average {share} over {words.counted(n, 'test image')}" if n else ""


def size(checkpoint: Checkpoint, space: str) -> str:
    """Say how many dimensions a space has."""
    height, width, channels = checkpoint.manifest.image_shape
    n = checkpoint.manifest.config.latent_dim
    if space == spaces.PIXEL:
        pixels = words.counted(height * width, "pixel")
        return pixels if channels == 1 else f"{pixels} x {channels} channels"
    return words.counted(n, "latent dimension" if space == spaces.LATENT else "component")


def found_share(result: Answer, space: str) -> str:
    """Say what an approximate search finds."""
    if space != spaces.LATENT or result.recall is None:
        return ""
    return f"; finds {100 * result.recall:.1f} % of the exact neighbors"


def label_of(checkpoint: Checkpoint, label: int | None) -> str | None:
    """Return the name of the class of a stored image, None if it has none."""
    return None if label is None else checkpoint.manifest.class_name(label)


def drawn_caption(checkpoint: Checkpoint) -> str:
    """Say from how many latent dimensions an image is reconstructed."""
    if not checkpoint.manifest.decodes:
        return "No decoder"
    n = words.counted(checkpoint.manifest.config.latent_dim, "latent dimension")
    return f"Reconstruction from {n}"


def note(checkpoint: Checkpoint) -> str | None:
    """Say so where the originals are elsewhere."""
    if cache.originals(checkpoint) is not None:
        return None
    is_changed = cache.lookup(checkpoint).problem == "changed"
    why = "have changed since the training" if is_changed else "are not on this machine"
    return (
        f"The original images {why}: their tiles are empty, and there is no search in pixel space. "
        "Distances and reconstructions come from the latents in the checkpoint."
    )


def capitalized(text: str) -> str:
    """Begin a text with a capital."""
    return text[:1].upper() + text[1:]
