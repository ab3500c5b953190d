"""Which outputs of an encoder are the latent, and whether a decoder takes it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from latentlab.errors import NetworkError
from latentlab.graphs.forms import Latent, fits
from latentlab.graphs.planning import plan
from latentlab.graphs.reading import NUMBERS, Graph, Shape
from latentlab.images import printable

MOST_LATENT = 4096
SPREAD = re.compile(r"var|std|sigma|scale", re.IGNORECASE)


def find_latent(shapes: dict[str, Shape], decoder: Graph | None) -> Latent:
    """Find out which of the encoder's outputs are the latent, and whether the decoder takes it.

    Parameters
    ----------
    shapes : dict of str to tuple of int
        Of the encoder's outputs for one image; see `outputs_of`.
    decoder : Graph or None

    Returns
    -------
    Latent

    Raises
    ------
    NetworkError
        If the two do not fit, or the latent is empty or has more than `MOST_LATENT` dimensions.
    """
    if decoder is None:
        wanted = None
    else:
        check_inputs(decoder, "a latent")
        sides = decoder.inputs[0].sides
        wanted = None if sides is None or None in sides[1:] else math.prod(map(_known, sides[1:]))
    names = list(shapes)
    means = [name for name in names if not SPREAD.search(name)] or names
    mean = next((n for n in means if math.prod(shapes[n]) == wanted), means[0])
    size = math.prod(shapes[mean])
    spreads = [n for n in names if n != mean and shapes[n] == shapes[mean]]
    spread = next((n for n in spreads if SPREAD.search(n)), spreads[0] if spreads else "")
    halves = not spread and wanted is not None and size == 2 * wanted
    own = shapes[mean][1:]
    if halves:
        own = (own[0] // 2, *own[1:])
    size = math.prod(own)
    if wanted not in (None, size):
        raise NetworkError(
            f"The encoder gives {size:,} {'number' if size == 1 else 'numbers'} for an image, and "
            f"the decoder takes {wanted:,}: they are not halves of one network."
        )
    if not 1 <= size <= MOST_LATENT:
        raise NetworkError(
            f"The encoder gives {size:,} numbers for an image, and {MOST_LATENT:,} are the most "
            "that can be shown."
        )
    return Latent(_as_taken(decoder, own), mean, spread, halves)


def _as_taken(decoder: Graph | None, own: Shape) -> Shape:
    """Return the shape of a latent as the decoder takes it."""
    sides = decoder.inputs[0].sides if decoder is not None else (None, math.prod(own))
    if sides is not None and None not in sides[1:]:
        return tuple(map(_known, sides[1:]))
    flat = (math.prod(own),)
    return own if fits(sides, own) or not fits(sides, flat) else flat


def check_inputs(graph: Graph, what: str) -> None:
    """Refuse a network that needs more than an image or a latent, or many at a time.

    Parameters
    ----------
    graph : Graph
    what : str
        What it should take: "an image", "a latent".

    Raises
    ------
    NetworkError
        If it does not take exactly one input of floats, for one image or for any number of them.
    """
    if len(graph.inputs) != 1:
        names = ", ".join(printable(value.name, 40) for value in graph.inputs)
        raise NetworkError(
            f"{graph.what} takes {len(graph.inputs)} inputs ({names}) instead of {what} alone: a "
            "conditional network, which needs a label too, cannot be shown."
        )
    sides = graph.inputs[0].sides
    if graph.inputs[0].type not in NUMBERS:
        raise NetworkError(f"{graph.what} takes no numbers with a fraction: export it in float32.")
    if sides is not None and sides[:1] not in ((None,), (1,)):
        raise NetworkError(
            f"{graph.what} takes exactly {sides[0] if sides else 0} images at a time: export it "
            "for one image, or for any number (dynamic_axes)."
        )


def outputs_of(graph: Graph, shape: Shape) -> dict[str, Shape]:
    """Return the shape of each output for one input; outputs that cannot be computed are left out.

    An encoder may give a random sample of the latent beside its mean: nobody asks for it.

    Parameters
    ----------
    graph : Graph
    shape : tuple of int
        Of one input, without the number of images.

    Returns
    -------
    dict of str to tuple of int
        By the output's name; each shape begins with 1.

    Raises
    ------
    NetworkError
        If no output can be computed, or the number of images is fixed to another one.
    """
    shapes, refusal = {}, None
    for value in graph.outputs:
        try:
            shapes[value.name] = plan(graph, (1, *shape), (value.name,)).shapes[value.name]
        except NetworkError as error:
            refusal = refusal or error
    if not shapes and refusal is not None:
        raise refusal
    batch = next((s[0] if s else 0 for s in shapes.values() if s[:1] != (1,)), None)
    if batch is not None:
        raise NetworkError(
            f"{graph.what} answers one input with {batch} outputs, as if the number of images were "
            "fixed in it: export it for one image at a time."
        )
    return shapes


def _known(side: int | None) -> int:
    return side or 0


def written(sides: Sequence[int | None] | None) -> str:
    """Write a shape, with the number of images as n.

    Parameters
    ----------
    sides : sequence of int or None, or None
        The first is the number of images; None stands for any.

    Returns
    -------
    str
        "(n, 3, ?)", say.
    """
    if sides is None:
        return "something of an unknown shape"
    return f"({', '.join(['n', *(str(side or '?') for side in sides[1:])])})"
