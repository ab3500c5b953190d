"""``latentlab import``: a network that was trained elsewhere, from files into a checkpoint."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from latentlab.cli.options import PREFIX, Checkpoints, DataDir, DataRoot, use_data
from latentlab.cli.output import plain_console
from latentlab.cli.progress import Terminal
from latentlab.errors import ConfigError
from latentlab.naming import portable

if TYPE_CHECKING:
    from latentlab.recording.recorder import Subject


def import_(
    *,
    encoder: Annotated[
        Path | None, typer.Option(help="ONNX file of the encoder: images to latents.")
    ] = None,
    decoder: Annotated[
        Path | None, typer.Option(help="ONNX file of the decoder: latents to images.")
    ] = None,
    latents: Annotated[
        Path | None,
        typer.Option(help="Latents computed by another program, .npy (n, z), without a decoder."),
    ] = None,
    dataset: Annotated[
        str | None, typer.Option(help="Image set: digits, mnist, ..., or folder:<name>.")
    ] = None,
    images: Annotated[
        str | None,
        typer.Option(help="Or images as .npy, (n, h, w, c) or (n, c, h, w); or folder:<name>."),
    ] = None,
    labels: Annotated[Path | None, typer.Option(help="Their labels as .npy, (n,).")] = None,
    image_size: Annotated[
        int | None,
        typer.Option(help="Side of the images in pixels, if the image set offers a choice."),
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="Name of the checkpoint; made from the file by default.")
    ] = None,
    checkpoints: Checkpoints = None,
    data_dir: DataDir = None,
    data_root: DataRoot = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a checkpoint of that name.")
    ] = False,
) -> None:
    """Write a checkpoint of a network that was trained elsewhere: ONNX files, or latents alone."""
    source = latents or encoder
    if (latents is None) == (encoder is None) or (latents is not None and decoder is not None):
        raise ConfigError(
            "Give --encoder and --decoder, or --latents without either; --encoder alone gives "
            "latents without a decoder."
        )
    if (dataset is None) == (images is None) or source is None:
        raise ConfigError("Give the images that the network is for: either --dataset or --images.")
    use_data(data_dir, data_root)

    from latentlab.checkpoints import checkpoints_root
    from latentlab.recording.networks import from_files, from_latents
    from latentlab.recording.recorder import check_name, keep

    root = checkpoints or checkpoints_root()
    name = name or f"{PREFIX}{portable(source.stem)}"
    check_name(root, name, replace=overwrite)
    console = plain_console()
    with Terminal(console) as terminal:
        if latents is not None:
            from latentlab.recording.embeddings import embedded

            vectors, subject = embedded(
                latents, images or dataset or "", labels, image_size, reporter=terminal
            )
            found = from_latents(vectors, subject.given.pixels)
        else:
            subject = _subject(images or dataset or "", labels, image_size, terminal)
            found = from_files(source, decoder, subject.given.pixels)
        recording = keep(root, name, found, subject, replace=overwrite, reporter=terminal)
    console.print(repr(recording), soft_wrap=True)


def _subject(images: str, labels: Path | None, image_size: int | None, reporter: Any) -> Subject:
    """Take images by name or from a file."""
    from latentlab.recording.files import is_file, load_array
    from latentlab.recording.recorder import known_subject, subject_of

    if not is_file(images):
        return known_subject(images, image_size=image_size, reporter=reporter)
    numbers = None if labels is None else load_array(labels, "labels")
    return subject_of(load_array(Path(images), "images"), numbers)
