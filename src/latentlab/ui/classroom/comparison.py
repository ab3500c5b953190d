"""What the network makes of a class's drawings together: their means, and the odd ones.

The mean of the pixels is no drawing of anybody; the mean of the latents is decoded to one.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from latentlab.checkpoints import Checkpoint
from latentlab.classroom.activity import Activity, View
from latentlab.classroom.drawings import Drawing
from latentlab.data.classes import class_numbers
from latentlab.images import Pixels, to_float, to_pixels
from latentlab.ui.anomalies.image_scores import UNUSUAL
from latentlab.ui.anomalies.ranking import measured
from latentlab.ui.classroom import scene
from latentlab.ui.shell import available, cache
from latentlab.wording import words

N_ENDS = 2  # drawings shown with the smallest and the largest error


def message(view: View, placed: Mapping[int, Drawing]) -> bytes:
    """Pack the comparison of the drawings that are not hidden.

    Parameters
    ----------
    view : View
    placed : mapping of int to Drawing

    Returns
    -------
    bytes
        For ``web/classroom/messages.ts``; without pictures where nothing was drawn.
    """
    from latentlab.export.message import pack

    checkpoint = scene.checkpoint_of(view.activity)
    seen = [
        drawing
        for phone, drawing in placed.items()
        if phone not in view.hidden and drawing.latent is not None
    ]
    if checkpoint is None or not seen:
        return pack({"id": "comparison", "titles": [], "sentences": []}, {})
    images = to_float(np.stack([drawing.pixels for drawing in seen]))
    latents = np.stack([drawing.latent for drawing in seen if drawing.latent is not None])
    titles = ["Mean image", "Decoded mean of the latents"]
    pictures = [
        to_pixels(images.mean(axis=0)),
        to_pixels(cache.codec(checkpoint).decode(latents.mean(axis=0, keepdims=True))[0]),
    ]
    for title, drawing in _ends(seen):
        titles.append(f"{title}: MSE {words.figure(drawing.error)}")
        pictures.append(drawing.pixels)
    sentences = [verdict(checkpoint, view.activity, [drawing.pixels for drawing in seen])]
    header = {"id": "comparison", "titles": titles, "sentences": [s for s in sentences if s]}
    return pack(header, {"pixels": np.stack(pictures)})


def verdict(checkpoint: Checkpoint, activity: Activity, drawn: list[Pixels]) -> str:
    """Say how many drawings are anomalous to a network trained without their class.

    Parameters
    ----------
    checkpoint : Checkpoint
        The class's own network; the other one must have been trained on the same image set.
    activity : Activity
    drawn : list of uint8 (h, w, c)

    Returns
    -------
    str
        Empty where no such network is here.
    """
    judge = None if activity.label is None else network_without(checkpoint, activity.label)
    anomalies = None if judge is None else measured(judge)
    if judge is None or anomalies is None:
        return ""
    codec, images = cache.codec(judge), to_float(np.stack(drawn))
    errors = ((codec.reconstruct(images) - images) ** 2).mean(axis=(1, 2, 3))
    threshold = float(np.percentile(anomalies.groups["normal"].scores["mse"], UNUSUAL))
    n = int((errors > threshold).sum())
    left_out = checkpoint.manifest.class_name(activity.label or 0)
    return (
        f"{judge.name} was trained without the class {left_out}. It predicts {n} of "
        f"{words.counted(len(drawn), 'drawing')} anomalous: their reconstruction error is larger "
        f"than for {UNUSUAL:g} % of normal test images."
    )


def network_without(checkpoint: Checkpoint, label: int) -> Checkpoint | None:
    """Return a network that was trained on the same image set without one class."""
    own, (good, _) = checkpoint.manifest, available.checkpoints()
    size = own.config.latent_dim
    # The one that is most like the class's own first.
    for other in sorted(good, key=lambda each: abs(each.manifest.config.latent_dim - size)):
        config = other.manifest.config
        if config.dataset != own.config.dataset or other.manifest.image_shape != own.image_shape:
            continue
        if config.normal_classes is None:
            continue
        normal = class_numbers(config.normal_classes, other.manifest.class_names)
        if set(range(len(own.class_names))) - set(normal) == {label}:
            return other
    return None


def _ends(seen: list[Drawing]) -> list[tuple[str, Drawing]]:
    """Return the drawings with the smallest and with the largest reconstruction error."""
    order = sorted(seen, key=lambda drawing: drawing.error)
    n = min(N_ENDS, len(order) // 2)
    least = [("Smallest error", drawing) for drawing in order[:n]]
    return least + [("Largest error", drawing) for drawing in order[len(order) - n :]]
