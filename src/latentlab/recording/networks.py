"""Networks as they come: functions, ONNX files or latents; each becomes something to measure."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from latentlab.codec import Network
from latentlab.errors import NetworkError
from latentlab.graphs.bounds import MAX_BYTES
from latentlab.graphs.forms import LAYOUTS
from latentlab.graphs.latents import outputs_of
from latentlab.graphs.outputs import as_floats, parts
from latentlab.graphs.pairing import Pair, pair
from latentlab.graphs.ranges import choose_ranges
from latentlab.graphs.reading import Graph, read_graph, too_large
from latentlab.graphs.session import Session
from latentlab.images import Images, Pixels, printable, to_float
from latentlab.models import EMBEDDING
from latentlab.recording.codecs import FunctionCodec, LookupCodec
from latentlab.recording.images import Given

if TYPE_CHECKING:
    from latentlab.export.tracing import TorchFunction

Floats = npt.NDArray[np.float32]
Function = Callable[..., Any]

# Between what a function answers and what its graph answers, in units of the largest answer.
TOLERANCE = 1e-4
N_TRIED, N_CHECKED = 200, 16


@dataclass(frozen=True)
class Found:
    """A network that can be measured.

    Attributes
    ----------
    codec : Network
    model : str
        "ae", "vae" or "embedding".
    graphs : dict of str to bytes
        What can be run later: files of a checkpoint.
    n_parameters : int
    notes : tuple of str
        How it was understood.
    """

    codec: Network
    model: str
    graphs: Mapping[str, bytes] = field(default_factory=dict)
    n_parameters: int = 0
    notes: tuple[str, ...] = ()


def from_functions(encode: Function, decode: Function | None, given: Given) -> Found:
    """Take functions: what works on torch's tensors is kept as ONNX, the rest is only measured.

    Parameters
    ----------
    encode : callable
        From images to a latent, or to a mean and a log-variance.
    decode : callable or None
        From latents to images.
    given : Given
        The images, in the form in which the functions take them.

    Returns
    -------
    Found

    Raises
    ------
    NetworkError
        If they do not fit the images or each other.
    """
    images = to_float(given.pixels[:N_TRIED])
    reason = "These functions are not torch modules"
    traced = _torch_functions(encode, decode, given, images)
    if traced is not None:
        encode, decode = traced
    layout, latents = _first_call(encode, given, images[:N_CHECKED])
    halves = decode is not None and _takes_halves(decode, latents)
    if traced is not None:
        try:
            graphs = _graphs(*traced, given, images[:N_CHECKED], layout, latents, halves=halves)
        except NetworkError as error:
            reason = str(error).rstrip(".")
        else:
            fitted = pair(*graphs, images, layouts=(layout,), ranges=given.ranges)
            return _found(fitted, images.shape[1:])
    codec = FunctionCodec(
        encode, decode, image_shape=images.shape[1:], layout=layout, latents=latents, halves=halves
    )
    notes: tuple[str, ...] = ()
    codec.taken = given.ranges[0]
    if decode is not None:
        ranges = choose_ranges(images, given.ranges, codec.raw_encode, codec.raw_decode)
        codec.taken, codec.given, notes = ranges.taken, ranges.given, ranges.notes
    stds = codec.encode_stats(images[:1])[1]
    only = f"{reason}, so no network is kept: latents and figures are recorded, and nothing is "
    return Found(
        codec=codec,
        model=EMBEDDING if decode is None else "ae" if stds is None else "vae",
        notes=(*notes, f"{only}encoded or decoded later."),
    )


def from_files(encoder: Path, decoder: Path | None, images: Pixels) -> Found:
    """Take ONNX files.

    Parameters
    ----------
    encoder, decoder : Path
        The decoder may be None.
    images : uint8 (n, height, width, channels)

    Returns
    -------
    Found

    Raises
    ------
    NetworkError
        If they cannot be read, are too large, or do not fit the images or each other.
    """
    halves = (_read(encoder, "The encoder"), decoder and _read(decoder, "The decoder"))
    return _found(pair(halves[0], halves[1] or None, to_float(images[:N_TRIED])), images.shape[1:])


def from_latents(latents: Floats, pixels: Pixels) -> Found:
    """Take latents that were computed elsewhere.

    Parameters
    ----------
    latents : float32 (n, z)
    pixels : uint8 (n, h, w, c)
        The images that they belong to, row for row.

    Returns
    -------
    Found
        Without graphs: no other images can be encoded, and nothing decodes.
    """
    note = (
        "The latents were computed elsewhere: there is neither an encoder for other images nor a "
        "decoder."
    )
    return Found(LookupCodec(pixels, latents), EMBEDDING, notes=(note,))


def _read(path: Path, what: str) -> Graph:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise too_large(what, size)
        return read_graph(path.read_bytes(), what)
    except OSError as error:
        raise NetworkError(f"{what} '{path}' cannot be read ({error.strerror}).") from None


def _found(network: Pair, shape: Sequence[int]) -> Found:
    codec = network.codec((int(shape[0]), int(shape[1]), int(shape[2])))
    files = {"encoder.onnx": network.encoder, "decoder.onnx": network.decoder}
    model = "vae" if network.is_variational else "ae"
    return Found(
        codec=codec,
        model=model if network.decoder is not None else EMBEDDING,
        graphs={name: content for name, content in files.items() if content is not None},
        n_parameters=network.n_parameters,
        notes=network.notes,
    )


def _torch_functions(
    encode: Function, decode: Function | None, given: Given, images: Images
) -> tuple[TorchFunction, TorchFunction | None] | None:
    """Wrap functions that work on torch's tensors; None where they do not, or torch is not used."""
    if "torch" not in sys.modules:
        return None
    from latentlab.export.tracing import TorchFunction, is_for_torch

    examples = [_arranged(images[:2], layout, given) for layout in given.layouts]
    if not any(is_for_torch(encode, example) for example in examples):
        return None
    return TorchFunction(encode, "encode"), decode and TorchFunction(decode, "decode")


def _arranged(images: Images, layout: str, given: Given) -> Floats:
    return LAYOUTS[layout].of_images(given.ranges[0].of_image(images))


def _first_call(encode: Function, given: Given, images: Images) -> tuple[str, Floats]:
    """Find the first layout in which encode takes images; return it, and what it gives."""
    refusal = None
    for layout in given.layouts:
        if not LAYOUTS[layout].shape(*images.shape[1:]):
            continue
        try:
            found = parts(encode(_arranged(images, layout, given)), "encode")
        except NetworkError:
            raise
        except Exception as error:  # of whatever kind a function raises
            refusal = refusal or error
            continue
        latents = as_floats(found[0][1])
        if latents.ndim < 2 or len(latents) != len(images):
            raise NetworkError(
                f"encode gives the shape {latents.shape} for {len(images)} images: one latent for "
                "each is needed."
            )
        return layout, latents
    raise NetworkError(
        f"encode cannot take the images, in no order of their axes ({_reason(refusal)})."
    )


def _takes_halves(decode: Function, latents: Floats) -> bool:
    """Say whether decode takes half of what encode gives: the mean without the log-variance."""
    try:
        decode(latents)
        return False
    except Exception as error:
        first = error
    if isinstance(first, TypeError) and "argument" in str(first):
        raise NetworkError(
            f"decode needs more than a latent ({_reason(first)}): a conditional decoder, which "
            "needs a label too, cannot be shown."
        ) from None
    try:
        decode(np.ascontiguousarray(latents[:, : latents.shape[1] // 2]))
        return bool(latents.shape[1] % 2 == 0)
    except Exception:
        raise NetworkError(
            f"decode cannot take what encode gives, of the shape (n, "
            f"{', '.join(map(str, latents.shape[1:]))}): they are not halves of one network "
            f"({_reason(first)})."
        ) from None


def _graphs(
    encode: TorchFunction,
    decode: TorchFunction | None,
    given: Given,
    images: Images,
    layout: str,
    latents: Floats,
    *,
    halves: bool,
) -> tuple[Graph, Graph | None]:
    if halves:
        latents = latents[:, : latents.shape[1] // 2]
    first = _graph(encode, _arranged(images, layout, given), "The encoder")
    # On the other side of the middle, too, where a decoder could do something else.
    tried = np.concatenate([latents, -latents])
    return first, None if decode is None else _graph(decode, tried, "The decoder")


def _graph(function: TorchFunction, examples: Floats, what: str) -> Graph:
    """Trace a function for any number of images; for one, where that number is fixed in it.

    Raises
    ------
    NetworkError
        If it cannot be traced, or its graph answers something else than the function.
    """
    graph = read_graph(function.graph(examples[:2], is_open=True), what)
    try:
        _check_agreement(graph, function, examples)
    except NetworkError:
        graph = read_graph(function.graph(examples[:1], is_open=False), what)
        _check_agreement(graph, function, examples)
    return graph


def _check_agreement(graph: Graph, function: TorchFunction, examples: Floats) -> None:
    """Compare what a graph answers with what its function answers; what is random is left out."""
    answers = function(examples)
    kept = tuple(outputs_of(graph, examples.shape[1:]))
    found = Session(graph, examples.shape[1:], kept).run(examples)
    for name, array in zip(kept, found, strict=True):
        wanted = answers[name].reshape(len(examples), -1)
        difference = np.abs(array.reshape(len(examples), -1) - wanted).max()
        if not difference <= TOLERANCE * max(1.0, float(np.abs(wanted).max())):
            raise NetworkError(
                f"{graph.what} as ONNX differs from the function by {difference:.2g}: what it does "
                "depends on the values that it is given"
            )


def _reason(error: BaseException | None) -> str:
    lines = str(error).strip().splitlines() if error is not None else []
    return printable(lines[-1] if lines else type(error).__name__, 160)
