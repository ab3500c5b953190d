"""What a network learns to undo: each task owns its degradation and the one control of it.

``TASKS`` is the table that the command line, the Restore page and the tests draw from: a new task
is one function and one line here.
"""

from __future__ import annotations

from latentlab.errors import ConfigError, unknown_name
from latentlab.tasks.graying import join_color, take_color
from latentlab.tasks.holes import cut_block, fill_hole, patch
from latentlab.tasks.noise import add_noise
from latentlab.tasks.shrinking import as_factor, shrink
from latentlab.tasks.stamping import put_mark, stamp
from latentlab.tasks.task import LOST, Degraded, Task, as_number

__all__ = ["LOST", "RECONSTRUCT", "TASKS", "Degraded", "Task", "task"]

# What a network does that is asked for nothing else: give its input back.
RECONSTRUCT = "reconstruct"

TASKS: dict[str, Task] = {
    "denoise": Task(
        title="Denoise",
        control="Noise",
        help="Standard deviation of the noise, where pixels go from 0 (black) to 1 (white).",
        degradation=add_noise,
        maximum=1.0,
        step=0.01,
        usual=0.2,
        training=(0.0, 0.5),
        kinds=("gaussian", "salt and pepper", "speckle"),
        written=as_number,
    ),
    "colorize": Task(
        title="Colorize",
        control="Color removed",
        help="Share of the chroma that is removed. The network input is the lightness alone.",
        degradation=take_color,
        finish=join_color,
        maximum=1.0,
        step=0.05,
        usual=1.0,
        training=(1.0, 1.0),
        channels=(3,),
        predicts="chroma",
        reads_clean=False,
    ),
    "unwatermark": Task(
        title="Remove a watermark",
        control="Opacity of the watermark",
        help="0 leaves the image as it is; 1 hides the pixels under the watermark.",
        degradation=stamp,
        paint=put_mark,
        finish=patch,
        maximum=1.0,
        step=0.05,
        usual=0.6,
        training=(0.0, 1.0),
    ),
    "inpaint": Task(
        title="Inpaint",
        control="Size of the missing block",
        help="Side of the missing block, as a share of the image's side.",
        degradation=cut_block,
        paint=fill_hole,
        finish=patch,
        maximum=0.75,
        step=0.05,
        usual=0.4,
        training=(0.1, 0.6),
    ),
    "enlarge": Task(
        title="Enlarge",
        control="Downscaling",
        help="How much each side is reduced: the network enlarges by as much, 2 or 4.",
        degradation=shrink,
        maximum=2.0,
        step=1.0,
        usual=1.0,
        training=(1.0, 2.0),
        written=as_factor,
    ),
}


def task(name: str) -> Task:
    """Return a task of the table.

    Parameters
    ----------
    name : str
        A key of ``TASKS``; `RECONSTRUCT` is none.

    Returns
    -------
    Task

    Raises
    ------
    ConfigError
        If there is none of that name.
    """
    if name not in TASKS:
        raise ConfigError(unknown_name("task", name, (RECONSTRUCT, *TASKS)))
    return TASKS[name]
