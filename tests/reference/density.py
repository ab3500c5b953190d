"""How crowded latent space is at a place: a Gaussian kernel density of the stored latents.

The density is that of the whole space, also on a slice: a latent far off the plane does not count
for a place it merely lies above. It is given relative to what a typical latent has around it, so
that 1 means "as crowded as around an average image" for any latent size. An image is not its own
company: at its own place a stored latent is left out.

This is the reference that the browser's density is compared with; no product code imports it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from reference.planes import off_plane

from latentlab.analysis import Latents, as_latents
from latentlab.analysis.planes import Plane

_BLOCK_FLOATS = 4_000_000  # kernel values held at once
_N_TYPICAL = 250
_SAME = 0.01  # bandwidths: what is nearer than this is the latent itself
_ALIVE = 0.01  # of the largest variance: dimensions that hardly move are no dimensions


class Density:
    """A Gaussian kernel density of latents.

    The bandwidth is Scott's (1992): n^(-1/(d + 4)) times the spread (root mean variance of the d
    dimensions in use, those with at least 1 % of the largest variance), equal in all directions so
    that distances keep their meaning.

    Parameters
    ----------
    latents : array_like, shape (n, z)
        Finite numbers.
    n_sample : int, optional
        Of very many latents the first are a sample, and the bandwidth and the typical latents are
        the sample's; all of them if not given.

    Attributes
    ----------
    bandwidth : float
        Standard deviation of the kernel, in latent units.
    """

    def __init__(self, latents: ArrayLike, n_sample: int | None = None) -> None:
        given = as_latents(latents)
        self._mean = given.mean(axis=0)
        self._latents = given - self._mean  # the closer to 0, the less rounding in the products
        sample = self._latents[:n_sample]
        n = len(sample)
        variances = sample.var(axis=0, dtype=np.float64)
        alive = variances[variances >= _ALIVE * variances.max()]
        spread = float(np.sqrt(alive.mean()))
        self.bandwidth = n ** (-1.0 / (len(alive) + 4)) * (spread if spread > 0 else 1.0)
        self._norms = np.einsum("ij,ij->i", self._latents, self._latents)
        self._log_typical = self._typical(sample)

    def at(self, points: ArrayLike) -> NDArray[np.float32]:
        """Measure the density at latents.

        Parameters
        ----------
        points : array_like, shape (z,) or (q, z)
            Places in latent space.

        Returns
        -------
        ndarray of float32, shape (q,)
            At least 0; 1 is the median around a stored latent. One that lies at the place itself
            is not counted.
        """
        sums = self._sums(as_latents(points) - self._mean)
        return np.asarray(sums * np.exp(-self._log_typical), np.float32)

    def on_plane(
        self, plane: Plane, xs: NDArray[np.floating], ys: NDArray[np.floating]
    ) -> NDArray[np.float32]:
        """Measure the density at every place of a grid on a plane.

        Parameters
        ----------
        plane : Plane
            A slice of the same space.
        xs, ys : ndarray of float, shapes (w,) and (h,)
            Ticks, in latent units.

        Returns
        -------
        ndarray of float32, shape (h, w)
            As `at`.
        """
        return self.weighted_on_plane(plane, xs, ys, None)[0]

    def weighted_on_plane(
        self,
        plane: Plane,
        xs: NDArray[np.floating],
        ys: NDArray[np.floating],
        values: NDArray[np.floating] | None,
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Measure the density, and the kernel-weighted mean of a value of each latent.

        A Gaussian in the plane is a product of one in x and one in y, and the distance to the
        plane is a factor of its own: two kernel matrices and one product instead of h w n kernels.

        Parameters
        ----------
        plane, xs, ys
            As `on_plane`.
        values : ndarray of float, shape (n,), optional
            One per stored latent; 1 if not given.

        Returns
        -------
        density, mean : ndarray of float32, shape (h, w)
            The mean is 0 where the density is too small for a number.
        """
        latents = self._latents + self._mean
        places = plane.project(latents)
        factors = -0.5 * (off_plane(plane, latents) / self.bandwidth) ** 2
        nearest = factors.max()  # kept apart, or a slice far from all data would round to nothing
        weights = np.exp(factors - nearest)
        in_x = self._kernel(np.asarray(xs, np.float32), places[:, 0])
        in_y = self._kernel(np.asarray(ys, np.float32), places[:, 1])
        own = self._own(in_x, in_y, np.exp(factors))
        in_y *= weights
        sums = in_y @ in_x.T
        scale = float(np.exp(np.float64(nearest) - self._log_typical))
        density = (sums * np.float64(scale)).astype(np.float32)
        density[own] = np.maximum(density[own] - np.exp(-self._log_typical), 0)
        if values is None:
            return density, np.ones_like(density)
        totals = (in_y * np.asarray(values, np.float32)) @ in_x.T
        mean = np.divide(totals, sums, out=np.zeros_like(sums), where=sums > 1e-30)
        return density, mean

    def _kernel(
        self, ticks: NDArray[np.float32], places: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        steps = (ticks[:, None] - places[None, :]) / np.float32(self.bandwidth)
        return np.asarray(np.exp(np.float32(-0.5) * steps**2), dtype=np.float32)

    def _typical(self, sample: Latents) -> float:
        """Return the median log density around stored latents, each without itself."""
        step = max(1, len(sample) // _N_TYPICAL)
        median = float(np.median(self._sums(sample[::step])))
        # A lonely latent has no company; half a neighbor keeps the logarithm finite.
        return float(np.log(max(median, 0.5 / len(self._latents))))

    @staticmethod
    def _own(
        in_x: NDArray[np.float32], in_y: NDArray[np.float32], off: NDArray[np.floating]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return rows and columns of the places of a grid at which a stored latent lies."""
        down, across = in_y.argmax(axis=0), in_x.argmax(axis=0)
        each = np.arange(len(off))
        same = in_y[down, each] * in_x[across, each] * off > np.exp(-0.5 * _SAME**2)
        rows, columns = np.unique(np.stack([down[same], across[same]]), axis=1)
        return rows, columns

    def _sums(self, points: Latents) -> NDArray[np.float64]:
        size = max(1, _BLOCK_FLOATS // len(self._latents))
        parts = [self._sum(points[start : start + size]) for start in range(0, len(points), size)]
        return np.concatenate(parts)

    def _sum(self, points: Latents) -> NDArray[np.float64]:
        norms = np.einsum("ij,ij->i", points, points)
        squares = self._norms - 2 * points @ self._latents.T + norms[:, None]
        exponents = np.maximum(squares, 0) * np.float32(-0.5 / self.bandwidth**2)
        sums = np.exp(exponents).sum(axis=1, dtype=np.float64)
        itself = exponents.max(axis=1) > -0.5 * _SAME**2
        return np.asarray(np.maximum(sums - itself, 0))
