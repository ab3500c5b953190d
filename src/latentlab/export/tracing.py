"""A torch module, or a function on tensors, as an ONNX graph."""

from __future__ import annotations

import contextlib
import inspect
import io
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from latentlab.errors import NetworkError
from latentlab.graphs.outputs import parts
from latentlab.images import printable

OPSET = 17
INPUT = "input"
Function = Callable[..., Any]


class TorchFunction:
    """A function on tensors, called with arrays while its modules are in evaluation mode.

    Parameters
    ----------
    function : callable
        A module, a method of one, or a function that uses some.
    what : str
        What a sentence calls it: "encode".
    """

    def __init__(self, function: Function, what: str) -> None:
        self.function = function
        self.what = what
        self._modules = _modules_of(function)
        self._device = next((p.device for m in self._modules for p in m.parameters()), None)

    def __call__(self, values: npt.NDArray[np.float32]) -> dict[str, npt.NDArray[Any]]:
        """Call it; the outputs by name, as arrays."""
        with _at_rest(self._modules), torch.no_grad():
            found = parts(self.function(self._tensor(values)), self.what)
            return {name: tensor.float().cpu().numpy() for name, tensor in found}

    def graph(self, example: npt.NDArray[np.float32], *, is_open: bool) -> bytes:
        """Write it as an ONNX file.

        Parameters
        ----------
        example : float32 (n, ...)
            What it is called with.
        is_open : bool
            Whether the number of images is left open; otherwise it is that of the example.

        Returns
        -------
        bytes

        Raises
        ------
        NetworkError
            If it cannot be written.
        """
        with _at_rest(self._modules), torch.no_grad():
            given = self._tensor(example)
            names = self._repeatable(given)
            wrapped = _Wrapped(self.function, self._modules, self.what, names)
            axes = {name: {0: "n"} for name in (INPUT, *names)} if is_open else None
            buffer: Any = io.BytesIO()
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    torch.onnx.export(
                        wrapped,
                        (given,),
                        buffer,
                        input_names=[INPUT],
                        output_names=names,
                        dynamic_axes=axes,
                        opset_version=OPSET,
                        dynamo=False,
                    )
            except Exception as error:  # the exporter has no class of its own
                reason = printable(str(error).strip().splitlines()[0] if str(error) else "", 160)
                raise NetworkError(f"{self.what} cannot be written as ONNX ({reason}).") from None
        content: bytes = buffer.getvalue()
        return content

    def _repeatable(self, given: Tensor) -> list[str]:
        """Name the outputs that two calls give alike; all, if none is.

        An encoder may give a random sample of the latent beside its mean. Nobody asks for it, and
        a generator of random numbers, as Keras has one, cannot be written.
        """
        first, second = (dict(parts(self.function(given), self.what)) for _ in range(2))
        alike = [name for name in first if torch.equal(first[name], second[name])]
        return alike or list(first)

    def _tensor(self, values: npt.NDArray[np.float32]) -> Tensor:
        return torch.from_numpy(np.array(values, np.float32)).to(self._device or "cpu")


def is_for_torch(function: Function, example: npt.NDArray[np.float32]) -> bool:
    """Say whether a function works on tensors: it is, or uses, a module, or gives a tensor.

    Parameters
    ----------
    function : callable
    example : float32 array
        Something that it takes.

    Returns
    -------
    bool
        False also where it fails.
    """
    if _modules_of(function):
        return True
    try:
        with torch.no_grad():
            found = parts(function(torch.from_numpy(np.array(example, np.float32))), "it")
    except Exception:  # whatever it is, it is not made for tensors
        return False
    return all(isinstance(value, Tensor) for _, value in found)


class _Wrapped(nn.Module):
    """A function as a module that owns what the function uses."""

    def __init__(
        self, function: Function, modules: list[nn.Module], what: str, names: list[str]
    ) -> None:
        super().__init__()
        self.used = nn.ModuleList(modules)
        self.function = function
        self.what = what
        self.names = names

    def forward(self, values: Tensor) -> tuple[Tensor, ...]:
        found = dict(parts(self.function(values), self.what))
        return tuple(found[name].float() for name in self.names)


@contextlib.contextmanager
def _at_rest(modules: list[nn.Module]) -> Iterator[None]:
    """Put modules into evaluation mode, without gradients, and back as they were."""
    all_of_them = {one for module in modules for one in module.modules()}
    training = {module: module.training for module in all_of_them}
    learning = {p: p.requires_grad for module in modules for p in module.parameters()}
    try:
        for module in modules:
            module.eval()
            module.requires_grad_(False)
        yield
    finally:
        for module, was in training.items():
            module.training = was
        for parameter, did in learning.items():
            parameter.requires_grad_(did)


def _modules_of(function: Function) -> list[nn.Module]:
    """Find the modules that a function uses: itself, its object, what its body names."""
    if isinstance(function, nn.Module):
        return [function]
    owner = getattr(function, "__self__", None)
    found = [] if owner is None else [owner, *getattr(owner, "__dict__", {}).values()]
    if inspect.isfunction(function):
        with contextlib.suppress(TypeError, ValueError):
            named = inspect.getclosurevars(function)
            found += [*named.nonlocals.values(), *named.globals.values()]
        found += function.__defaults__ or ()
    modules = [value for value in found if isinstance(value, nn.Module)]
    inner = {one for module in modules for one in module.modules() if one is not module}
    return [module for module in dict.fromkeys(modules) if module not in inner]
