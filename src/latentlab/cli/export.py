"""``latentlab export``: what leaves the project, each as files of its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from latentlab.checkpoints import GRAPHS, Checkpoint
from latentlab.cli.experiment import about_checkpoint
from latentlab.cli.output import plain_console

if TYPE_CHECKING:
    from latentlab.export.html import Explorer

export = typer.Typer(
    help="Write a checkpoint for other programs: html, npz or onnx.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
To = Annotated[Path, typer.Option("--to", help="Output folder; created if it does not exist.")]
HERE = Path("exports")


@export.command("html")
@about_checkpoint
def html(
    checkpoint: Checkpoint,
    to: To = HERE,
) -> None:
    """Write one page that decodes under the pointer, without a server, also on a phone."""
    _write(to, {f"{checkpoint.name}.html": explorer_page(checkpoint)})


@export.command("npz")
@about_checkpoint
def npz(
    checkpoint: Checkpoint,
    to: To = HERE,
) -> None:
    """Write latents, labels, neighbors and maps as one NumPy file."""
    from latentlab.export.npz import npz as arrays

    content = arrays(checkpoint.index(), checkpoint.manifest.class_names)
    _write(to, {f"{checkpoint.name}.npz": content})


@export.command("onnx")
@about_checkpoint
def onnx(
    checkpoint: Checkpoint,
    to: To = HERE,
) -> None:
    """Write encoder and decoder as ONNX, after checking them against torch."""
    from latentlab.codec import TorchCodec, load_codec
    from latentlab.export.onnx import onnx_pair

    codec = load_codec(checkpoint)
    if not isinstance(codec, TorchCodec):  # it is kept as ONNX
        kept = {file: checkpoint.graph(file) for file in GRAPHS}
        _write(to, {f"{checkpoint.name}-{k}": v for k, v in kept.items() if v is not None})
        return
    is_variational = checkpoint.manifest.config.model == "vae"
    pair = onnx_pair(codec, is_variational=is_variational)
    files = {
        f"{checkpoint.name}-encoder.onnx": pair.encoder,
        f"{checkpoint.name}-decoder.onnx": pair.decoder,
    }
    _write(to, files)
    plain_console().print(f"Largest difference from torch: {pair.difference:.1e}.")


def explorer_page(checkpoint: Checkpoint) -> bytes:
    """Return the page that decodes under the pointer."""
    from latentlab.export.html import page
    from latentlab.figures.theme import DARK, LIGHT

    names = ("background", "surface", "ink", "muted", "line", "accent", "warning")
    looks = {"light": LIGHT, "dark": DARK}
    return page(
        _explorer(checkpoint),
        {theme: {name: getattr(look, name) for name in names} for theme, look in looks.items()},
        {theme: list(look.categorical) for theme, look in looks.items()},
    )


def _explorer(checkpoint: Checkpoint) -> Explorer:
    from latentlab.analysis import components, planes, support
    from latentlab.checkpoints import originals
    from latentlab.data import dataset
    from latentlab.errors import CheckpointError
    from latentlab.export.browser import networks_of
    from latentlab.export.html import Explorer, halved
    from latentlab.wording import words

    index, networks = checkpoint.index(), networks_of(checkpoint)
    if networks is None or networks.decoder is None:
        raise CheckpointError(f"The browser cannot run the network of '{checkpoint.name}'.")
    latent_dim = checkpoint.manifest.config.latent_dim
    plane, shown = planes.native(min(latent_dim, 2)), ""
    if latent_dim > 2:
        plane = planes.principal(index.latents, index.latents.mean(axis=0))
        share = components.principal_components(index.latents).variance_ratio[:2].sum()
        shown = (
            f" The map is a 2-D slice through {latent_dim} dimensions (PC 1 and 2 of the latents: "
            f"{share:.0%} of the variance). Points are projected onto it."
        ).replace("%", " %")
    rows = support.training_rows(index)
    may_show = dataset(checkpoint.manifest.config.dataset).is_free
    pixels = originals.indexed(checkpoint) if may_show else None
    return Explorer(
        title=f"{checkpoint.name}: latent space",
        about=f"{words.line(checkpoint)}. Every dot is a training image, encoded to "
        f"{words.counted(latent_dim, 'latent dimension')}; the network "
        f"decodes the latent under the pointer.{shown}",
        decoder=halved(networks.decoder),
        latents=index.latents[rows],
        labels=index.labels[rows],
        class_names=checkpoint.manifest.class_names,
        origin=plane.origin,
        axes=plane.axes,
        extent=planes.extent(plane, index.latents),
        far=support.Support(index, checkpoint.manifest.metrics).far_distance,
        originals=None if pixels is None else pixels[rows],
    )


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    from latentlab.export.report import write_files

    console = plain_console()
    for file in write_files(folder, files):
        size = file.stat().st_size / 1e6
        console.print(f"Written: {file} ({size:.2g} MB)", soft_wrap=True)
