"""What all tasks have in common: degrade an image, and finish what the network answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from latentlab.errors import ConfigError, ImageError
from latentlab.images import Images

Floats = npt.NDArray[np.float32]

# A pixel that a degradation covers more than this is taken for lost.
LOST = 0.05


@dataclass(frozen=True)
class Degraded:
    """Images that something was done to.

    Attributes
    ----------
    images : float32 (n, h, w, c), 0 to 1
    masks : float32 (n, h, w, 1) or None
        How much was covered where, 0 to 1, for the tasks that degrade a part of the image only.
    """

    images: Images
    masks: Floats | None = None


Degradation = Callable[[Images, Floats, np.random.Generator, str], Degraded]
Paint = Callable[[Images, Floats, Floats], Degraded]
Finish = Callable[[Degraded, Images], Images]


def _as_it_is(degraded: Degraded, answer: Images) -> Images:
    return answer


def as_number(strength: float) -> str:
    """Write a strength as it is: ``0.2``."""
    return f"{strength:g}"


def as_share(strength: float) -> str:
    """Write a strength that is a share: ``60 %``, which never breaks over two lines."""
    return f"{100 * strength:.0f}\u00a0%"


@dataclass(frozen=True)
class Task:
    """A task: the degradation a network learns to undo, and the one control of it.

    Attributes
    ----------
    title, control, help : str
        As a student reads them: what is done, what the slider is, what moving it will do.
    degradation : callable
        ``(images, strengths (n,), generator, kind) -> Degraded``.
    maximum, step, usual : float
        Range of the control from 0, its step, and where it stands at first.
    training : (float, float)
        Strengths are drawn from this range while a network learns.
    kinds : tuple of str
        Variants of the degradation; the first is the one networks learn from.
    written : callable
        ``(strength) -> str``, as it stands beside the control and in sentences.
    channels : tuple of int
        Images that the task makes sense for.
    paint : callable or None
        ``(images, masks (n, h, w, 1), strengths) -> Degraded``: degrade what is painted.
    finish : callable
        ``(degraded, answer of the network) -> restored``: puts back what is known anyway.
    predicts : {"image", "chroma"}
        What a network with skip connections answers with.
    reads_clean : bool
        Whether networks of this task also saw clean images, so that the latents of such mean
        something.
    """

    title: str
    control: str
    help: str
    degradation: Degradation
    maximum: float
    step: float
    usual: float
    training: tuple[float, float]
    kinds: tuple[str, ...] = ("",)
    written: Callable[[float], str] = as_share
    channels: tuple[int, ...] = (1, 3)
    paint: Paint | None = None
    finish: Finish = _as_it_is
    predicts: Literal["image", "chroma"] = "image"
    reads_clean: bool = True

    @property
    def is_local(self) -> bool:
        """Whether a pixel is restored from those around it: of noise, not of a hole or a color."""
        return self.paint is None and self.predicts == "image"

    @property
    def n_steps(self) -> int:
        """How many steps the control has above 0."""
        return round(self.maximum / self.step)

    def degrade(
        self, images: Images, strength: float | Floats, seed: int, *, kind: str | None = None
    ) -> Degraded:
        """Degrade images; the same arguments give the same pictures.

        Parameters
        ----------
        images : float32 (n, h, w, c), 0 to 1
            Not changed.
        strength : float or float32 (n,)
            0 (nothing is done) to ``maximum``; one for all or one for each.
        seed : int
        kind : str, optional
            One of ``kinds``; the first by default.

        Returns
        -------
        Degraded

        Raises
        ------
        ConfigError
            If the strength or kind is not one of this task's.
        ImageError
            If the images do not have the channels the task needs.
        """
        strengths = self._checked(images, strength)
        kind = self.kinds[0] if kind is None else kind
        if kind not in self.kinds:
            raise ConfigError(f"There is no '{kind}' here; choose one of {', '.join(self.kinds)}.")
        degraded = self.degradation(images, strengths, np.random.default_rng(seed), kind)
        untouched = strengths == 0
        if untouched.any():
            degraded.images[untouched] = images[untouched]
        return degraded

    def degrade_painted(self, images: Images, masks: Floats, strength: float) -> Degraded:
        """Degrade images where somebody has painted.

        Parameters
        ----------
        images : float32 (n, h, w, c), 0 to 1
        masks : float32 (n, h, w, 1)
            1 where paint is, 0 elsewhere.
        strength : float

        Returns
        -------
        Degraded

        Raises
        ------
        ConfigError
            If nothing can be painted in this task.
        """
        if self.paint is None:
            raise ConfigError(f"Nothing can be painted for '{self.title}'.")
        return self.paint(images, masks, self._checked(images, strength))

    def draw_strengths(self, n: int, generator: np.random.Generator) -> Floats:
        """Draw strengths for training: uniform over the training range, in steps of the control.

        Parameters
        ----------
        n : int
        generator : Generator

        Returns
        -------
        float32 (n,)
            Within ``training``; whole numbers where ``step`` is 1 or more.
        """
        low, high = self.training
        if self.step >= 1:
            return generator.integers(int(low), int(high) + 1, n).astype(np.float32)
        return generator.uniform(low, high, n).astype(np.float32)

    def _checked(self, images: Images, strength: float | Floats) -> Floats:
        strengths = np.broadcast_to(np.asarray(strength, np.float32), (len(images),))
        if len(strengths) and not (strengths.min() >= 0 and strengths.max() <= self.maximum + 1e-6):
            odd = next(s for s in strengths.tolist() if not 0 <= s <= self.maximum + 1e-6)
            raise ConfigError(
                f"The strength of '{self.title}' cannot be {odd:g}: give 0 to {self.maximum:g}."
            )
        self.check_channels(images.shape[-1])
        return strengths

    def check_channels(self, channels: int) -> None:
        """Refuse images that the task makes no sense for.

        Parameters
        ----------
        channels : int
            Of the images: 1 or 3.

        Raises
        ------
        ImageError
            If the task needs others.
        """
        if channels not in self.channels:
            raise ImageError(
                f"'{self.title}' needs color images, and these are gray; choose another image set."
            )
