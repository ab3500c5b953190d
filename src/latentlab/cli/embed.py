"""``latentlab embed`` and ``tb``: a checkpoint in TensorBoard, and TensorBoard itself."""

from __future__ import annotations

import datetime
import errno
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from PIL import ImageColor

from latentlab import __version__
from latentlab.checkpoints import SPLIT_CODES, Checkpoint
from latentlab.cli.experiment import about_checkpoint
from latentlab.cli.ledger import Ledger, key_of
from latentlab.cli.options import (
    LOGS,
    RUNS,
    Logs,
    Runs,
)
from latentlab.cli.output import plain_console
from latentlab.data.classes import UNLABELED
from latentlab.errors import LatentlabError

if TYPE_CHECKING:
    from latentlab.export.tensorboard import Board

BOARD = "embed"
HOST = "127.0.0.1"


@about_checkpoint
def embed(
    checkpoint: Checkpoint,
    logs: Logs = LOGS,
    runs: Runs = RUNS,
) -> None:
    """Write TensorBoard logs of a checkpoint: embeddings for the Projector, curves, samples."""
    folder = make_board(checkpoint, logs, Ledger(runs))
    console = plain_console()
    console.print(f"TensorBoard files: {folder}", soft_wrap=True)
    console.print("Open them with `latentlab tb` (or `make tb`), tab Projector.")


def tb(
    logs: Logs = LOGS,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port; 0 takes any free port.")
    ] = 6006,
) -> None:
    """Start TensorBoard on this machine only; Ctrl-C stops it."""
    if not logs.is_dir() or not any(logs.iterdir()):
        raise LatentlabError(
            f"There is nothing for TensorBoard in {logs} yet: write it with `latentlab embed`."
        )
    check_port(port)
    address = launch(logs, port)
    plain_console().print(f"TensorBoard: {address} (Ctrl-C stops it)")
    threading.Event().wait()


def check_port(port: int) -> None:
    """Make sure that a port of this computer can be listened on.

    Parameters
    ----------
    port : int
        0 for any free one.

    Raises
    ------
    LatentlabError
        If it cannot: which, why, and how to choose another.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            problem = "is taken by another program" if taken else f"is refused ({error.strerror})"
            raise LatentlabError(
                f"Port {port} {problem}; choose another with --port, or any free one with "
                "--port 0 (make tb PORT=0)."
            ) from None


def launch(logs: Path, port: int) -> str:
    """Start TensorBoard in a thread of this process and return its address.

    Parameters
    ----------
    logs : Path
    port : int
        0 for any free one.

    Returns
    -------
    str
        ``http://...``

    Raises
    ------
    LatentlabError
        If it does not start.
    """
    from tensorboard import program

    server = program.TensorBoard()
    server.configure(
        argv=[
            *("tensorboard", "--logdir", str(logs), "--host", HOST, "--port", str(port)),
            # Its fast loader is a second program that outlives a killed first one.
            *("--load_fast", "false"),
        ]
    )
    try:
        address: str = server.launch()
    except (program.TensorBoardServerException, SystemExit) as error:
        raise LatentlabError(f"TensorBoard could not start on port {port}: {error}.") from None
    return address


def board_key(checkpoint: Checkpoint) -> str:
    """Return the fingerprint of what TensorBoard's files are made from."""
    return key_of(step=BOARD, checkpoint=checkpoint.fingerprint, version=__version__)


def make_board(checkpoint: Checkpoint, logs: Path, ledger: Ledger) -> Path:
    """Write TensorBoard's files of a checkpoint into a folder called like it.

    Parameters
    ----------
    checkpoint : Checkpoint
    logs : Path
    ledger : Ledger
        Remembers what was written.

    Returns
    -------
    Path
        The folder.
    """
    from latentlab.export import tensorboard
    from latentlab.export.report import write_files

    folder = logs / checkpoint.name
    old = set(folder.glob(f"events.out.tfevents.*{tensorboard.SUFFIX}"))
    written = write_files(folder, tensorboard.files_of(_board(checkpoint)))
    for file in old - set(written):
        file.unlink(missing_ok=True)
    ledger.record(BOARD, checkpoint.name, board_key(checkpoint), written)
    return folder


def _board(checkpoint: Checkpoint) -> Board:
    from latentlab.cli.pictures import indexed_pictures
    from latentlab.export.tensorboard import MAX_POINTS, Board
    from latentlab.figures.theme import DARK, class_color

    manifest, index = checkpoint.manifest, checkpoint.index()
    splits = {code: split for split, code in SPLIT_CODES.items()}
    return Board(
        name=checkpoint.name,
        latents=index.latents,
        columns={
            "class": [
                _class_name(manifest.class_name(label) or UNLABELED)
                for label in index.labels.tolist()
            ],
            "split": [splits[int(code)] for code in index.splits],
            "image number": [str(number) for number in index.numbers],
            "reconstruction error": [f"{error:.4f}" for error in index.reconstruction_error],
        },
        thumbnails=indexed_pictures(checkpoint, index)[0][:MAX_POINTS],
        colors=np.array([ImageColor.getrgb(class_color(int(c), DARK)) for c in index.labels], "u1"),
        projections=index.projections,
        history=checkpoint.history(),
        samples=checkpoint.samples(),
        config={key: str(value) for key, value in manifest.config.model_dump().items()},
        ended=datetime.datetime.fromisoformat(manifest.run.created),
    )


def _class_name(name: str) -> str:
    """Keep a digit from being taken for a measurement: the Projector would not write it."""
    return f"class {name}" if name.strip("-.").isdigit() else name
