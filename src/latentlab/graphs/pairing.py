"""How an encoder and a decoder fit together: what they take, what they give, in which form.

Shapes decide wherever they can. What they leave open (the range of values, logits) is decided by
which reconstructions are nearer to the images, and only if they are far nearer. Whatever was
decided is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from latentlab.errors import NetworkError
from latentlab.graphs.codec import OnnxCodec
from latentlab.graphs.forms import BYTES, LAYOUTS, SIGNED, UNIT, Latent, Range, fits
from latentlab.graphs.latents import check_inputs, find_latent, outputs_of, written
from latentlab.graphs.planning import Plan, plan
from latentlab.graphs.ranges import check_numbers, choose_ranges
from latentlab.graphs.reading import Graph, Shape, read_graph
from latentlab.graphs.rewriting import Rewriting, stored_decoder, stored_encoder
from latentlab.images import printable

Floats = npt.NDArray[np.float32]

N_TRIED = 200


@dataclass(frozen=True)
class Pair:
    """A network in the stored form.

    Attributes
    ----------
    encoder, decoder : bytes or None
        ONNX files.
    latent_dim : int
    is_variational : bool
    n_parameters : int
    notes : tuple of str
        How it was understood, in sentences.
    """

    encoder: bytes | None
    decoder: bytes | None
    latent_dim: int
    is_variational: bool
    n_parameters: int
    notes: tuple[str, ...]

    def codec(self, image_shape: tuple[int, int, int]) -> OnnxCodec:
        """Make it ready to run.

        Parameters
        ----------
        image_shape : (int, int, int)
            Height, width, channels.

        Returns
        -------
        OnnxCodec
        """
        halves = [
            None if content is None else read_graph(content, what)
            for content, what in ((self.encoder, "The encoder"), (self.decoder, "The decoder"))
        ]
        return OnnxCodec(*halves, image_shape=image_shape, latent_dim=self.latent_dim)


def pair(
    encoder: Graph,
    decoder: Graph | None,
    images: Floats,
    *,
    layouts: Sequence[str] = tuple(LAYOUTS),
    ranges: Sequence[Range] = (UNIT, SIGNED, BYTES),
) -> Pair:
    """Fit an encoder and a decoder to images and to each other.

    Parameters
    ----------
    encoder, decoder : Graph
        The decoder may be None.
    images : float32 (n, height, width, channels)
        Some of those that the network is for, in [0, 1].
    layouts : sequence of str
        Names in `LAYOUTS` by preference, where shapes leave a choice.
    ranges : sequence of Range
        What the encoder may take for black and white; the first one unless another is far better.

    Returns
    -------
    Pair

    Raises
    ------
    NetworkError
        If they do not fit, in one sentence.
    """
    few = images[:N_TRIED]
    return _Pairing(few, tuple(layouts), tuple(ranges)).pair(encoder, decoder)


@dataclass(frozen=True)
class _Half:
    """An encoder or a decoder whose form is known."""

    graph: Graph
    plan: Plan
    shape: Shape
    layout: str
    outputs: tuple[str, ...]

    @property
    def one_by_one(self) -> bool:
        """Whether it takes one image at a time, declared or not."""
        sides = self.graph.inputs[0].sides
        if sides is not None and sides[:1] == (1,):
            return True
        try:
            found = plan(self.graph, (2, *self.shape), self.outputs)
        except NetworkError:
            return True
        return any(found.shapes[name] != (2, *self.plan.shapes[name][1:]) for name in self.outputs)

    def rewriting(self) -> Rewriting:
        """Begin to write it in another form."""
        return Rewriting(self.graph, self.plan, self.outputs, self.one_by_one)

    @property
    def n_parameters(self) -> int:
        """Weights that it uses."""
        wanted = {name for node in self.plan.needed for name in node.input}
        stored = self.graph.constants
        return sum(a.size for name, a in stored.items() if name in wanted and a.dtype.kind == "f")


@dataclass
class _Pairing:
    images: Floats
    layouts: tuple[str, ...]
    ranges: tuple[Range, ...]
    notes: list[str] = field(default_factory=list)

    @property
    def image_shape(self) -> tuple[int, int, int]:
        height, width, channels = (int(side) for side in self.images.shape[1:])
        return height, width, channels

    def pair(self, encoder: Graph, decoder: Graph | None) -> Pair:
        layout, shapes = self._taken(encoder)
        latent = find_latent(shapes, decoder)
        outputs = tuple(name for name in (latent.mean, latent.log_variance) if name)
        shape = LAYOUTS[layout].shape(*self.image_shape)
        first = _Half(encoder, plan(encoder, (1, *shape), outputs), shape, layout, outputs)
        second = None if decoder is None else self._given(decoder, latent, layout)
        self._say(first, second, latent)
        values = self._ranges(first, second, latent)
        return Pair(
            encoder=self._encoder(first, latent, values[0]),
            decoder=None if second is None else self._decoder(second, latent, values[1]),
            latent_dim=latent.size,
            is_variational=latent.is_variational,
            n_parameters=sum(half.n_parameters for half in (first, second) if half),
            notes=tuple(self.notes),
        )

    def _taken(self, encoder: Graph) -> tuple[str, dict[str, Shape]]:
        """Find out in which layout the encoder takes images, and what it gives then."""
        check_inputs(encoder, "an image")
        refusal = None
        for layout in self.layouts:
            shape = LAYOUTS[layout].shape(*self.image_shape)
            if not shape or not fits(encoder.inputs[0].sides, shape):
                continue
            try:
                return layout, outputs_of(encoder, shape)
            except NetworkError as error:
                refusal = refusal or error
        raise refusal or self._does_not_take(encoder)

    def _does_not_take(self, encoder: Graph) -> NetworkError:
        height, width, channels = self.image_shape
        return NetworkError(
            f"The encoder takes {written(encoder.inputs[0].sides)}, and the images are {height} x "
            f"{width} with {channels} {'channel' if channels == 1 else 'channels'}: give images of "
            "its size."
        )

    def _given(self, decoder: Graph, latent: Latent, layout: str) -> _Half:
        """Find out which output of the decoder is the image, and in which layout."""
        shapes = outputs_of(decoder, latent.shape)
        last = LAYOUTS[layout].last
        names = sorted(LAYOUTS, key=lambda name: LAYOUTS[name].last != last)
        for output, shape in shapes.items():
            for name in names:
                if shape[1:] == LAYOUTS[name].shape(*self.image_shape):
                    found = plan(decoder, (1, *latent.shape), (output,))
                    return _Half(decoder, found, latent.shape, name, (output,))
        height, width, channels = self.image_shape
        raise NetworkError(
            f"The decoder gives {written(next(iter(shapes.values())))}, which is no image of "
            f"{height} x {width} with {channels} {'channel' if channels == 1 else 'channels'}: it "
            "must give images of the size that the encoder takes."
        )

    def _say(self, first: _Half, second: _Half | None, latent: Latent) -> None:
        """Say what shapes decided."""
        taken = f"The encoder takes images {LAYOUTS[first.layout].title}"
        if second is not None and second.layout != first.layout:
            taken += f", and the decoder gives them {LAYOUTS[second.layout].title}"
        self.notes.append(f"{taken}.")
        if latent.halves:
            self.notes.append(
                f"The encoder's {2 * latent.size} outputs are taken as {latent.size} means and "
                f"{latent.size} log-variances."
            )
        elif latent.log_variance:
            self.notes.append(
                f"The encoder's outputs '{printable(latent.mean, 40)}' and "
                f"'{printable(latent.log_variance, 40)}' are taken as mean and log-variance."
            )
        if len(latent.shape) > 1:
            sides = " x ".join(map(str, latent.shape))
            self.notes.append(
                f"The latent is a small image ({sides}); it is flattened to {latent.size} "
                "dimensions."
            )
        single = [half.graph.what for half in (first, second) if half and half.one_by_one]
        if single:
            self.notes.append(
                f"{' and '.join(single).replace(' The', ' the')} "
                f"{'takes' if len(single) == 1 else 'take'} one image at a time, so many images "
                "take longer."
            )

    def _ranges(self, first: _Half, second: _Half | None, latent: Latent) -> tuple[Range, Range]:
        """Find out what black and white are, from what the reconstructions look like."""
        plain = Pair(self._encoder(first, latent, UNIT), None, latent.size, False, 0, ())
        encode = plain.codec(self.image_shape).encode
        if second is None:
            check_numbers(encode(self.images), "The encoder")
            return self.ranges[0], UNIT
        content = self._decoder(second, latent, UNIT, clipped=False)
        decode = Pair(None, content, latent.size, False, 0, ()).codec(self.image_shape).decode
        found = choose_ranges(self.images, self.ranges, encode, decode)
        self.notes += found.notes
        return found.taken, found.given

    def _encoder(self, half: _Half, latent: Latent, values: Range) -> bytes:
        return stored_encoder(half.rewriting(), self.image_shape, half.layout, values, latent)

    def _decoder(
        self, half: _Half, latent: Latent, values: Range, *, clipped: bool = True
    ) -> bytes:
        return stored_decoder(
            half.rewriting(), self.image_shape, half.layout, values, latent, clipped=clipped
        )
