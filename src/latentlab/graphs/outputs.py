"""What a Python function gives back for an encoder or a decoder, whoever wrote it.

Tensors of any library, tuples of them, dictionaries and the output objects of known libraries are
understood, by the names that they use.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from latentlab.errors import NetworkError

MEAN, LOG_VARIANCE = "mean", "log_variance"
# Names of what is wanted, by what others call it: pythae, diffusers, Keras examples, courses.
NAMES = {
    **dict.fromkeys(("mean", "mu", "z_mean", "loc", "embedding", "latent", "latents"), MEAN),
    **dict.fromkeys(
        ("log_variance", "logvar", "log_var", "log_covariance", "z_log_var", "logvariance"),
        LOG_VARIANCE,
    ),
    **dict.fromkeys(("reconstruction", "recon_x", "reconstructions", "sample", "image", "x"), MEAN),
}


def is_tensor(value: object) -> bool:
    """Say whether a value is an array or a tensor, of any library.

    Parameters
    ----------
    value : object

    Returns
    -------
    bool
        From its ``shape`` and ``dtype``.
    """
    return hasattr(value, "shape") and hasattr(value, "dtype")


def parts(output: Any, what: str) -> list[tuple[str, Any]]:
    """Name the tensors that a function gave.

    Parameters
    ----------
    output
        What it returned.
    what : str
        What a sentence calls the function: "encode".

    Returns
    -------
    list of (str, tensor)
        Named `MEAN` and `LOG_VARIANCE` where that is known.

    Raises
    ------
    NetworkError
        If there is no tensor in it.
    """
    if is_tensor(output):
        return [("output", output)]
    output = getattr(output, "latent_dist", output)
    found = _of_distribution(output) or _of_names(output)
    if not found and isinstance(output, tuple | list):
        tensors = [value for value in output if is_tensor(value)]
        found = [(f"output_{number}", value) for number, value in enumerate(tensors)]
    if not found:
        raise NetworkError(
            f"{what} gives a {type(output).__name__}, and an array is needed: let it return a "
            "tensor, or for a VAE the mean and the log-variance."
        )
    return found


def as_floats(values: Any) -> npt.NDArray[np.float32]:
    """Return any library's tensor as a float32 array.

    Parameters
    ----------
    values : array_like
        Or a tensor of another library, on any device.

    Returns
    -------
    float32, of the same shape
    """
    for step in ("detach", "cpu"):
        values = getattr(values, step, lambda values=values: values)()
    return np.asarray(values, np.float32)


def _of_distribution(output: Any) -> list[tuple[str, Any]]:
    mean, spread = getattr(output, "mean", None), getattr(output, "logvar", None)
    if is_tensor(mean) and is_tensor(spread):
        return [(MEAN, mean), (LOG_VARIANCE, spread)]
    mean, scale = getattr(output, "loc", None), getattr(output, "scale", None)
    log = getattr(scale, "log", None)
    if is_tensor(mean) and log is not None:
        return [(MEAN, mean), (LOG_VARIANCE, 2 * log())]
    return []


def _of_names(output: Any) -> list[tuple[str, Any]]:
    if not isinstance(output, Mapping):
        value = getattr(output, "sample", None)  # of a decoder of diffusers
        return [(MEAN, value)] if is_tensor(value) else []
    named = [(NAMES.get(str(key), str(key)), value) for key, value in output.items()]
    named = [(name, value) for name, value in named if is_tensor(value)]
    known = [name for name, _ in named if name in (MEAN, LOG_VARIANCE)]
    kept: dict[str, Any] = {}
    for name, value in named:
        if not known or name in known:
            kept.setdefault(name, value)
    return sorted(kept.items(), key=lambda item: item[0] != MEAN)
