"""Flat slices of latent space: a place on the plane is a latent, for any latent size.

A plane is an origin and two orthonormal axes, so distances on it are distances in latent space.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latentlab.analysis import AnalysisError, Coordinates, Latents, as_latents
from latentlab.analysis.components import principal_components

_SQUARE_TO = 1e-3  # how far from orthonormal float32 axes may be


class Extent(NamedTuple):
    """The part of a plane that is shown, in latent units.

    Attributes
    ----------
    x_low, x_high : float
        Ends along the plane's first axis.
    y_low, y_high : float
        Ends along its second axis.
    """

    x_low: float
    x_high: float
    y_low: float
    y_high: float


@dataclass(frozen=True)
class Plane:
    """A flat slice of latent space.

    Attributes
    ----------
    origin : ndarray of float32, shape (z,)
        The latent at place (0, 0).
    axes : ndarray of float32, shape (2, z)
        Orthonormal rows. A space of one dimension has no second direction: there, and only there,
        the second row is 0 and places differ only in x.

    Raises
    ------
    AnalysisError
        If the shapes do not fit, a number is not finite, or the axes are not orthonormal.
    """

    origin: NDArray[np.float32]
    axes: NDArray[np.float32]

    def __post_init__(self) -> None:
        origin = as_latents(self.origin, name="numbers of the plane's origin")[0]
        axes = as_latents(self.axes, name="axes of the plane")
        if axes.shape != (2, origin.size):
            raise AnalysisError(
                f"A plane through a latent of {origin.size} numbers needs axes of the shape "
                f"(2, {origin.size}), not {axes.shape}."
            )
        wanted = np.diag([1.0, float(origin.size > 1)])
        if not np.allclose(axes @ axes.T, wanted, atol=_SQUARE_TO):
            raise AnalysisError(
                "The axes of a plane must have length 1 and be at right angles; build it with "
                "native or principal."
            )
        for name, values in (("origin", origin), ("axes", axes)):
            kept = values.copy()
            kept.flags.writeable = False
            object.__setattr__(self, name, kept)

    @property
    def latent_dim(self) -> int:
        """Size z of a latent on the plane."""
        return int(self.origin.size)

    def lift(self, points: ArrayLike) -> Latents:
        """Turn places into latents.

        Parameters
        ----------
        points : array_like, shape (2,) or (n, 2)
            Places in latent units.

        Returns
        -------
        ndarray of float32, shape (n, z)

        Raises
        ------
        AnalysisError
            If a place does not have two coordinates.
        """
        places = as_latents(points, name="places")
        if places.shape[1] != 2:
            raise AnalysisError(f"A place has two numbers, not {places.shape[1]}.")
        return np.asarray(self.origin + places @ self.axes, dtype=np.float32)

    def project(self, latents: ArrayLike) -> Coordinates:
        """Drop latents onto the plane at right angles.

        Parameters
        ----------
        latents : array_like, shape (z,) or (n, z)
            Anywhere.

        Returns
        -------
        ndarray of float32, shape (n, 2)
            The nearest places; `lift` gives the latents back if they are on the plane.
        """
        return np.asarray(self._offsets(latents) @ self.axes.T, dtype=np.float32)

    def grid(self, xs: ArrayLike, ys: ArrayLike) -> Latents:
        """Lift every pair of ticks: shape (len(ys) * len(xs), z), row by row, x fastest.

        Parameters
        ----------
        xs, ys : array_like, shape (a,) and (b,)
            Ticks in latent units.

        Returns
        -------
        float32 (b * a, z)
        """
        x, y = np.meshgrid(np.asarray(xs, np.float32), np.asarray(ys, np.float32))
        return self.lift(np.column_stack([x.ravel(), y.ravel()]))

    def _offsets(self, latents: ArrayLike) -> Latents:
        given = as_latents(latents)
        if given.shape[1] != self.latent_dim:
            raise AnalysisError(
                f"Latents of {given.shape[1]} numbers do not fit a plane in {self.latent_dim} "
                "dimensions; give latents of the same network."
            )
        return np.asarray(given - self.origin, dtype=np.float32)


def native(latent_dim: int = 2) -> Plane:
    """Return the plane of a network with two latent dimensions, or the line of one with one.

    Parameters
    ----------
    latent_dim : int
        2, or 1 (places then differ only in x).

    Returns
    -------
    Plane

    Raises
    ------
    AnalysisError
        If the latent has more than two dimensions.
    """
    if latent_dim not in (1, 2):
        raise AnalysisError(
            f"A latent of {latent_dim} numbers has no plane of its own; choose two dimensions."
        )
    return Plane(np.zeros(latent_dim, np.float32), np.eye(2, latent_dim, dtype=np.float32))


def principal(latents: ArrayLike, through: ArrayLike) -> Plane:
    """Return the plane of the first two principal components through a latent.

    Parameters
    ----------
    latents : array_like, shape (n, z)
        Whose components.
    through : array_like, shape (z,)
        The latent at place (0, 0).

    Returns
    -------
    Plane
        Its second axis is 0 where the latents have one dimension.

    Raises
    ------
    AnalysisError
        If the latents and `through` differ in their number of dimensions.
    """
    origin = as_latents(through, name="latent")[0]
    axes = np.zeros((2, origin.size), dtype=np.float32)
    found = principal_components(latents).axes[:2]
    if found.shape[1] != origin.size:
        raise AnalysisError(
            f"Components of {found.shape[1]} numbers do not fit a latent of {origin.size}; "
            "give latents of the same network."
        )
    axes[: len(found)] = found
    return Plane(origin, axes)


def extent(
    plane: Plane, latents: ArrayLike, *, quantile: float = 0.005, margin: float = 0.05
) -> Extent:
    """Find the part of a plane worth showing: where the data are, per axis.

    Parameters
    ----------
    plane : Plane
        The plane.
    latents : array_like, shape (n, z)
        The data.
    quantile : float
        Share of the data left outside at each end, 0 to below 0.5, so that one outlier does not
        shrink everybody else to a dot.
    margin : float
        Added at each end, as a share of the range.

    Returns
    -------
    Extent
        An axis without any spread gets -1 to 1 around its value.

    Raises
    ------
    AnalysisError
        If `quantile` is out of range.
    """
    if not 0 <= quantile < 0.5:
        raise AnalysisError(f"A quantile of {quantile} leaves nothing; choose 0 to below 0.5.")
    low, high = np.quantile(plane.project(latents), [quantile, 1 - quantile], axis=0)
    pad = np.where(high > low, margin * (high - low), 1.0)
    (x_low, y_low), (x_high, y_high) = low - pad, high + pad
    return Extent(float(x_low), float(x_high), float(y_low), float(y_high))


def turned(latent_dim: int, degrees: float) -> NDArray[np.float64]:
    """Return the rotation of the first two axes of a latent space, shape (z, z).

    Parameters
    ----------
    latent_dim : int
        At least two.
    degrees : float

    Returns
    -------
    float64 (z, z)
        Orthogonal: its transpose turns the axes back.
    """
    turn = np.eye(latent_dim)
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    turn[:2, :2] = [[cosine, sine], [-sine, cosine]]
    return turn
