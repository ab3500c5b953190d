"""Batches of one pass over the images, the same for the same seed and pass.

Images stay uint8, in memory or in a memory-mapped file; a segment of the shuffled pass is gathered
and converted at once, and batches are slices of it. Nothing here has a state: any step can be
reproduced from the seed and its number, which is what makes a resumed run bit-identical.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from latentlab.images import Pixels

# Gathered at once; in half precision a segment takes twice this.
SEGMENT_BYTES = 64 * 2**20
ALL = slice(None)

Integers = npt.NDArray[np.int64]


class Batches:
    """Shuffled batches with the noise a VAE needs for each.

    Parameters
    ----------
    images : uint8 (n, height, width, channels)
        Training images, in memory or memory-mapped.
    batch_size : int
        Images per batch; a pass leaves out the remainder, another one each time.
    latent_dim : int
        Size of the noise.
    seed : int
        Of the whole run.
    device : torch.device
        Where batches are wanted.
    dtype : torch.dtype
        Of the images handed out.
    share : slice, optional
        The rows of every batch that are handed out: this process's part. All by default.
    crops : uint8 (n, n_crops, height, width, channels), optional
        Crops of each image, one of which takes its place in each pass.
    mirror : bool
        Whether half of the images are handed out as in a mirror.
    """

    def __init__(
        self,
        images: Pixels,
        *,
        batch_size: int,
        latent_dim: int,
        seed: int,
        device: torch.device,
        dtype: torch.dtype,
        share: slice = ALL,
        crops: Pixels | None = None,
        mirror: bool = False,
    ) -> None:
        self.images = images
        self.crops = crops
        self.mirror = mirror
        self.batch_size = min(batch_size, len(images))
        self.latent_dim = latent_dim
        self.seed = seed
        self.device = device
        self.dtype = dtype
        self.share = share
        self.per_epoch = len(images) // self.batch_size
        bytes_per_batch = self.batch_size * images[0].nbytes
        self._per_segment = max(1, SEGMENT_BYTES // bytes_per_batch)

    def epoch(self, epoch: int, first: int = 0) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield the batches of a pass.

        Parameters
        ----------
        epoch : int
            Number of the pass, from 0.
        first : int
            The batch to begin with, after a resume.

        Yields
        ------
        images : Tensor (batch, channels, height, width)
            Values in [0, 1].
        noise : Tensor (batch, latent_dim)
            Standard normal, float32.
        """
        order = np.random.default_rng([self.seed, epoch]).permutation(len(self.images))
        for start in range(0, self.per_epoch, self._per_segment):
            stop = min(start + self._per_segment, self.per_epoch)
            if stop <= first:
                continue
            rows = order[start * self.batch_size : stop * self.batch_size]
            size = len(range(self.batch_size)[self.share])
            images = to_tensor(self._pixels(rows, epoch, start), self.device, self.dtype)
            noise = self._noise(epoch, start, stop - start)
            for batch in range(max(start, first), stop):
                at = slice((batch - start) * size, (batch - start + 1) * size)
                yield images[at], noise[at]

    def _pixels(self, rows: Integers, epoch: int, start: int) -> Pixels:
        """Return this process's share of whole batches, each image as a crop or in the mirror."""
        generator = np.random.default_rng([self.seed, epoch, start, 1])
        pick = generator.integers(0, 1 if self.crops is None else self.crops.shape[1], len(rows))
        turned = generator.random(len(rows)) < (0.5 if self.mirror else 0.0)
        mine = np.arange(len(rows)).reshape(-1, self.batch_size)[:, self.share].ravel()
        rows, pick, turned = rows[mine], pick[mine], turned[mine]
        pixels: Pixels = self.images[rows] if self.crops is None else self.crops[rows, pick]
        if self.mirror:
            pixels[turned] = pixels[turned, :, ::-1]
        return pixels

    def _noise(self, epoch: int, start: int, n_batches: int) -> Tensor:
        """Draw the noise of whole batches, whoever takes which rows of them."""
        n = n_batches * self.batch_size
        seed = np.random.SeedSequence([self.seed, epoch, start]).generate_state(1, np.uint64)[0]
        generator = torch.Generator().manual_seed(int(seed))
        noise = torch.randn(n, self.latent_dim, generator=generator)
        share = noise.view(n_batches, self.batch_size, self.latent_dim)[:, self.share]
        # Its size is spelled out: noise for no latent has no elements to count.
        return share.reshape(n_batches * share.shape[1], self.latent_dim).to(self.device)


def to_tensor(pixels: Pixels, device: torch.device, dtype: torch.dtype) -> Tensor:
    """Convert stored images to what a network takes.

    Parameters
    ----------
    pixels : uint8 (n, height, width, channels)
    device : torch.device
    dtype : torch.dtype

    Returns
    -------
    Tensor (n, channels, height, width)
        Values in [0, 1]; a copy.
    """
    nchw = np.array(pixels.transpose(0, 3, 1, 2), order="C")  # a copy: stored images are read-only
    return torch.from_numpy(nchw).to(device).to(dtype).div_(255)
