"""What black and white are to a network, where shapes cannot tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from latentlab.errors import NetworkError
from latentlab.graphs.forms import BYTES, LOGITS, SIGNED, UNIT, Range

Floats = npt.NDArray[np.float32]

# Another range is believed if its error is below this share of the plain one's, and below that of
# the mean image.
FAR_BETTER = 0.5
ROUNDING = 1e-3


@dataclass(frozen=True)
class Ranges:
    """What black and white are to an encoder and to a decoder, and how that was found.

    Attributes
    ----------
    taken : Range
        What the encoder takes.
    given : Range
        What the decoder gives.
    notes : tuple of str
        Sentences.
    """

    taken: Range
    given: Range
    notes: tuple[str, ...]


def choose_ranges(
    images: Floats,
    ranges: Sequence[Range],
    encode: Callable[[Floats], Floats],
    decode: Callable[[Floats], Floats],
) -> Ranges:
    """Find out what black and white are, from what the reconstructions look like.

    Parameters
    ----------
    images : float32 (n, height, width, channels)
        In [0, 1].
    ranges : sequence of Range
        What the encoder may take; the first one unless another is far better.
    encode, decode : callable
        As the network was made: nothing is clipped or scaled.

    Returns
    -------
    Ranges

    Raises
    ------
    NetworkError
        If the network answers with values that are not numbers.
    """
    errors, beyond = {}, {}
    for taken in ranges:
        latents = encode(taken.of_image(images))
        check_numbers(latents, "The encoder")
        values = decode(latents)
        check_numbers(values, "The decoder")
        for given in (UNIT, SIGNED, BYTES, LOGITS):
            drawn = given.to_image(values)
            key = (taken, given)
            errors[key] = float(np.square(np.clip(drawn, 0, 1) - images).mean())
            beyond[key] = float(((drawn < -ROUNDING) | (drawn > 1 + ROUNDING)).mean())
    usual = (ranges[0], UNIT)
    best = min(errors, key=lambda key: errors[key])
    # An untrained network is nearer to noise in whichever range is nearer to gray.
    mean_image = float(images.var(axis=0).mean())
    believed = errors[best] < FAR_BETTER * errors[usual] and errors[best] < mean_image
    taken, given = best if believed else usual
    what = given.title if given.logits else f"values in {given.title}"
    notes = [f"The encoder takes values in {taken.title}, and the decoder gives {what}."]
    if share := beyond[taken, given]:
        notes.append(
            f"{100 * share:.3g} % of the decoded values lie beyond [0, 1] and are clipped."
        )
    return Ranges(taken, given, tuple(notes))


def check_numbers(values: Floats, what: str) -> None:
    """Refuse values that are not numbers.

    Parameters
    ----------
    values : float32 array
    what : str
        Begins the sentence: "The encoder".

    Raises
    ------
    NetworkError
        Which share of them is none.
    """
    if not np.isfinite(values).all():
        share = 100 * float((~np.isfinite(values)).mean())
        raise NetworkError(
            f"{what} answers with values that are not numbers ({share:.3g} % are NaN or "
            "infinite): its training ran away, or it was given other images."
        )
