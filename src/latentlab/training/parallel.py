"""Several processes that train one network: each takes its share of every batch.

``torchrun --nproc-per-node N -m latentlab train ...`` starts the processes, on one machine or on
several; accelerate joins them. Batches are cut by the global step, so a run is the same run with
any number of processes, up to the order in which gradients are added.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import sys
from collections.abc import Mapping

import torch
from torch import Tensor, nn

from latentlab.errors import TrainingError


class World:
    """All processes of a training; this class is the world of one that is alone.

    Attributes
    ----------
    rank, size : int
        Which process this is, from 0, and how many there are.
    local_rank : int
        Which one on its own machine.
    """

    rank = 0
    size = 1
    local_rank = 0

    @property
    def is_main(self) -> bool:
        """Whether this process writes, prints and measures."""
        return self.rank == 0

    def share(self, n: int) -> slice:
        """Return this process's part of n rows; parts differ by at most one row.

        Examples
        --------
        >>> World().share(5)
        slice(0, 5, None)
        """
        return slice(n * self.rank // self.size, n * (self.rank + 1) // self.size)

    def average_gradients(self, module: nn.Module, n_rows: int) -> None:
        """Replace gradients by their mean over all rows of all processes.

        Parameters
        ----------
        module : torch.nn.Module
            Its gradients are means over its own rows.
        n_rows : int
            How many these are; processes may differ.
        """

    def average(self, values: Mapping[str, float], n_rows: int) -> dict[str, float]:
        """Return the mean of values over all rows of all processes.

        Parameters
        ----------
        values : mapping of str to float
            Means over this process's rows; every process has the same names in the same order.
        n_rows : int

        Returns
        -------
        dict of str to float
        """
        return dict(values)

    def any(self, flag: bool) -> bool:
        """Say whether the flag is up in any process.

        Parameters
        ----------
        flag : bool

        Returns
        -------
        bool
            The same in every process.
        """
        return flag

    def wait(self) -> None:
        """Wait until all processes are here."""

    def main_first(self) -> contextlib.AbstractContextManager[None]:
        """Let the main process do the block first: it may fill a cache that the others read.

        Returns
        -------
        context manager
            The other processes wait at its beginning.
        """
        return contextlib.nullcontext()


class JoinedWorld(World):
    """The world of a process among several, joined by accelerate."""

    def __init__(self) -> None:
        try:
            from accelerate import PartialState
            from accelerate.utils import reduce
        except ImportError:
            raise TrainingError(
                "Training in several processes needs accelerate: python -m pip install accelerate."
            ) from None
        use_cpu = not torch.cuda.is_available()
        state = PartialState(cpu=use_cpu)
        self._state = state
        self.rank, self.size = state.process_index, state.num_processes
        self.local_rank = state.local_process_index
        self._reduce = reduce
        # Tensors travel where the processes' library wants them: NCCL moves nothing but GPU memory.
        self._device = state.device
        atexit.register(_leave)

    def average_gradients(self, module: nn.Module, n_rows: int) -> None:
        """Replace gradients by their mean over all rows of all processes, in one exchange.

        Parameters
        ----------
        module : torch.nn.Module
        n_rows : int
            As for `World.average_gradients`.
        """
        gradients = [p.grad for p in module.parameters() if p.grad is not None]
        # The last number counts the rows, so that uneven shares weigh what they are.
        flat = torch.cat([g.flatten().float() for g in gradients]) * n_rows
        count = torch.tensor([float(n_rows)], device=flat.device)
        total = self._sum(torch.cat([flat, count]))
        mean = total[:-1] / total[-1]
        start = 0
        for gradient in gradients:
            gradient.copy_(mean[start : start + gradient.numel()].view_as(gradient))
            start += gradient.numel()

    def average(self, values: Mapping[str, float], n_rows: int) -> dict[str, float]:
        """Return the mean of values over all rows of all processes.

        Parameters
        ----------
        values : mapping of str to float
        n_rows : int
            As for `World.average`.

        Returns
        -------
        dict of str to float
        """
        weighted = [value * n_rows for value in values.values()]
        total = self._sum(torch.tensor([*weighted, float(n_rows)], device=self._device))
        return {name: float(v / total[-1]) for name, v in zip(values, total[:-1], strict=True)}

    def any(self, flag: bool) -> bool:
        """Say whether the flag is up in any process.

        Parameters
        ----------
        flag : bool

        Returns
        -------
        bool
            The same in every process.
        """
        return bool(self._sum(torch.tensor([float(flag)], device=self._device))[0] > 0)

    def wait(self) -> None:
        """Wait until all processes are here."""
        self._state.wait_for_everyone()

    def main_first(self) -> contextlib.AbstractContextManager[None]:
        """Let the main process do the block first: it may fill a cache that the others read.

        Returns
        -------
        context manager
            The other processes wait at its beginning.
        """
        first: contextlib.AbstractContextManager[None] = self._state.main_process_first()
        return first

    def _sum(self, tensor: Tensor) -> Tensor:
        total: Tensor = self._reduce(tensor, "sum")
        return total


def _leave() -> None:
    """End the connection between the processes, whose threads must not outlive the interpreter.

    A process that ends with them running is aborted now and then, and torchrun then kills the
    others, the main one in the middle of writing its checkpoint.
    """
    if torch.distributed.is_available() and torch.distributed.is_initialized():
        torch.distributed.destroy_process_group()


def end_process() -> None:
    """End one of several processes whose work is done, at once; one that is alone goes on.

    Some threads of the connection may outlive the group, and the interpreter's own way out aborts a
    process that still has them: torchrun would call a finished training failed.
    """
    if torch.distributed.is_available() and torch.distributed.is_initialized():
        _leave()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


ALONE = World()
# What torchrun tells each process besides WORLD_SIZE.
MEETING = ("RANK", "MASTER_ADDR", "MASTER_PORT")


def world() -> World:
    """Return the world this process was started into: alone, unless torchrun says otherwise.

    Returns
    -------
    World

    Raises
    ------
    TrainingError
        If the environment speaks of several processes, but not of how they meet.
    """
    size = os.environ.get("WORLD_SIZE", "1")
    if size in ("", "0", "1"):
        return ALONE
    missing = [name for name in MEETING if not os.environ.get(name, "")]
    if missing or not size.isdecimal() or not os.environ["RANK"].isdecimal():
        wrong = f"{missing[0]} is missing" if missing else "RANK and WORLD_SIZE are no numbers"
        raise TrainingError(
            f"The environment says WORLD_SIZE={size[:20]!r}, as for one of several processes, but "
            f"{wrong}. If another program left that behind: unset RANK WORLD_SIZE."
        )
    return JoinedWorld()
