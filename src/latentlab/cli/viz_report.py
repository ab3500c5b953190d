"""The report of one checkpoint: what was measured, the sections, and the words around them."""

from __future__ import annotations

from latentlab import __version__
from latentlab.checkpoints import Checkpoint, originals
from latentlab.cli.viz_sections import Subject, sections
from latentlab.codec import load_codec
from latentlab.export.report import Report, files_of
from latentlab.figures import offline
from latentlab.figures.theme import LIGHT
from latentlab.wording import metrics, words


def files(checkpoint: Checkpoint) -> dict[str, bytes]:
    """Draw everything and return the report's files by name, the page last.

    Parameters
    ----------
    checkpoint : Checkpoint

    Returns
    -------
    dict of str to bytes

    Raises
    ------
    CheckpointError
        If the checkpoint is damaged.
    """
    subject = Subject(
        checkpoint, checkpoint.index(), load_codec(checkpoint), originals.indexed(checkpoint), LIGHT
    )
    report = Report(
        title=checkpoint.name,
        subtitle=f"{words.line(checkpoint)}. {_training(checkpoint)}",
        facts=[(f.title, f.value, f.meaning) for f in metrics.figures(checkpoint)],
        sections=sections(subject),
        colors=page_colors(),
        footer=f"Made by latentlab {__version__} from the checkpoint '{checkpoint.name}', trained "
        f"{checkpoint.manifest.run.created[:10]}. All metrics are measured on test images.",
        script=offline.SCRIPT,
    )
    return files_of(report, {offline.SCRIPT: offline.script()})


def page_colors() -> dict[str, str]:
    """Return the colors of a page on paper.

    Returns
    -------
    dict of str to str
        ``#rrggbb``, by the names that `Report` knows.
    """
    names = ("background", "surface", "ink", "muted", "line", "accent")
    return {name: getattr(LIGHT, name) for name in names}


def _training(checkpoint: Checkpoint) -> str:
    manifest = checkpoint.manifest
    if manifest.is_own:
        return "Trained elsewhere and recorded."
    images = words.counted(manifest.n_train, "image")
    epochs = words.counted(manifest.config.epochs or 0, "epoch")
    return (
        f"Trained on {images} for {epochs}, {words.duration(manifest.run.seconds)}; "
        f"{words.counted(manifest.n_parameters, 'parameter')}."
    )
