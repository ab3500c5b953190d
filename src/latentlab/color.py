"""CIE Lab and back: lightness apart from color, for the task that gives gray pictures color.

Written with arithmetic alone, so that NumPy arrays and torch tensors both go through it: training
and the app cannot disagree about what a color is.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from latentlab.images import Images

Plane = TypeVar("Plane")

# sRGB primaries with the D65 white: rows give X, Y and Z, each divided by that of white.
_TO_XYZ = (
    (0.412453 / 0.950456, 0.357580 / 0.950456, 0.180423 / 0.950456),
    (0.212671, 0.715160, 0.072169),
    (0.019334 / 1.088754, 0.119193 / 1.088754, 0.950227 / 1.088754),
)
_TO_RGB = tuple(tuple(float(v) for v in row) for row in np.linalg.inv(np.array(_TO_XYZ)))
_KNEE = 0.008856
_SLOPE, _OFFSET = 7.787, 16 / 116


def lab_planes(red: Plane, green: Plane, blue: Plane) -> tuple[Plane, Plane, Plane]:
    """Convert sRGB planes to Lab planes.

    Parameters
    ----------
    red, green, blue : array or tensor
        Values in [0, 1], any one shape.

    Returns
    -------
    lightness, a, b : array or tensor
        Lightness in [0, 100]; a (green to red) and b (blue to yellow) within about 110 of zero.
    """
    linear = [_linear(plane) for plane in (red, green, blue)]
    x, y, z = (_root(_mix(row, linear)) for row in _TO_XYZ)
    return 116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)


def rgb_planes(lightness: Plane, a: Plane, b: Plane) -> tuple[Plane, Plane, Plane]:
    """Convert Lab planes to sRGB planes.

    Parameters
    ----------
    lightness, a, b : array or tensor
        As `lab_planes` gives them, any one shape.

    Returns
    -------
    red, green, blue : array or tensor
        Cut to [0, 1] where a screen has no such color.
    """
    y, across, along = _mixed(lightness), _mixed(a), _mixed(b)
    y = (y + 16.0) / 116.0
    xyz = [_cube(y + across / 500.0), _cube(y), _cube(y - along / 200.0)]
    red, green, blue = (_gamma(_mix(row, xyz)) for row in _TO_RGB)
    return red, green, blue


def to_lab(images: Images) -> npt.NDArray[np.float32]:
    """Convert images to Lab.

    Parameters
    ----------
    images : float32 (..., h, w, 3), 0 to 1

    Returns
    -------
    float32 (..., h, w, 3)
        Lightness in [0, 100], a and b; see `lab_planes`.
    """
    planes = lab_planes(images[..., 0], images[..., 1], images[..., 2])
    return np.stack(planes, axis=-1).astype(np.float32)


def to_rgb(lab: npt.NDArray[np.float32]) -> Images:
    """Convert Lab to images.

    Parameters
    ----------
    lab : float32 (..., h, w, 3)
        As `to_lab` gives it.

    Returns
    -------
    float32 (..., h, w, 3), 0 to 1
    """
    planes = rgb_planes(lab[..., 0], lab[..., 1], lab[..., 2])
    return np.stack(planes, axis=-1).astype(np.float32)


def gray(images: Images) -> Images:
    """Return the gray copy: the same lightness, no color.

    Parameters
    ----------
    images : float32 (..., h, w, 3), 0 to 1

    Returns
    -------
    float32 (..., h, w, 3), 0 to 1
    """
    lab = to_lab(images)
    lab[..., 1:] = 0
    return to_rgb(lab)


def chroma(images: Images) -> npt.NDArray[np.float32]:
    """Return how colored each pixel is: the length of (a, b).

    Parameters
    ----------
    images : float32 (..., h, w, 3), 0 to 1

    Returns
    -------
    float32 (..., h, w)
        In Lab units; 0 for gray.
    """
    lab = to_lab(images)
    return np.hypot(lab[..., 1], lab[..., 2])


def _mixed(plane: Any) -> Any:
    """Forget whether a plane is an array or a tensor: from here on it is only calculated with."""
    return plane


def _mix(row: tuple[float, ...], planes: list[Any]) -> Any:
    return row[0] * planes[0] + row[1] * planes[1] + row[2] * planes[2]


def _linear(value: Any) -> Any:
    bright = value > 0.04045
    return bright * _positive((value + 0.055) / 1.055) ** 2.4 + ~bright * (value / 12.92)


def _gamma(value: Any) -> Any:
    inside = value * (value > 0)
    inside = inside * (inside < 1) + 1.0 * (inside >= 1)
    bright = inside > 0.0031308
    result = bright * (1.055 * _positive(inside) ** (1 / 2.4) - 0.055) + ~bright * (12.92 * inside)
    return result * (result < 1) + 1.0 * (result >= 1)


def _root(value: Any) -> Any:
    bright = value > _KNEE
    return bright * _positive(value) ** (1 / 3) + ~bright * (_SLOPE * value + _OFFSET)


def _cube(value: Any) -> Any:
    bright = value > 0.206893
    return bright * value**3 + ~bright * ((value - _OFFSET) / _SLOPE)


def _positive(value: Any) -> Any:
    """Keep what a power can be taken of; the other branch is used where it is not."""
    return value * (value > 0)
