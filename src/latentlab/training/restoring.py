"""What is measured of a network that undoes a degradation, beside the best classical baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from latentlab.analysis import fidelity, restoration
from latentlab.analysis.baselines import Fitted, candidates, fit
from latentlab.analysis.baselines.coloring import BINS, ColorTable, color_table
from latentlab.analysis.restoration import N_CURVE, Curve
from latentlab.codec import Network, TorchCodec
from latentlab.config import RunConfig
from latentlab.data import ImageSet
from latentlab.images import Images, to_float
from latentlab.tasks import TASKS, Degraded
from latentlab.training.degrading import make_degrader
from latentlab.training.evaluation import floors
from latentlab.training.terms import mean_terms
from latentlab.training.uses import N_COLOR, color_error

# Figures at the usual strength are of the same test images; the curves are of the first of them.
N_TEST = 1000
N_TUNING = 32
# Training images that the colors of the tables are taken from.
N_TABLES = 10_000

Metrics = dict[str, Any]


@dataclass(frozen=True)
class Drawn:
    """Images of a split, drawn at random, with their classes.

    Attributes
    ----------
    images : float32 (n, h, w, c), 0 to 1
    labels : int64 (n,)
    """

    images: Images
    labels: npt.NDArray[np.int64]


def evaluate_task(codec: Network, config: RunConfig, sets: Mapping[str, ImageSet]) -> Metrics:
    """Measure a network against the degradation it was trained to undo, at the usual strength.

    Parameters
    ----------
    codec : Network
    config : RunConfig
        Its task is one of ``TASKS``.
    sets : mapping of split name to ImageSet
        Figures are those of the test split; baselines are fitted on the validation split, and the
        colors of their tables are those of the training split.

    Returns
    -------
    dict
        Loss terms (nats per image) and, by split, their ``floor``. Of ``n_test`` test images drawn
        at random, at ``strength``:
        ``mse``, ``psnr`` (of the mean squared error, dB), ``psnr_median`` (over images) and
        ``ssim`` of the network, the same with ``_input`` and ``_baseline``; ``psnr_gap``: network
        less baseline with its paired interval; for a degradation with a place ``psnr_inside_`` and
        ``psnr_blind`` (the network's answer all over); for color the mean chroma and its error.
        Over the strengths, of 200 of these images, the lists ``curve_``; ``baselines`` names the
        numbers in ``curve_choice``, and ``curve_tone`` holds one tone curve after the other.
    """
    assert isinstance(codec, TorchCodec)  # noqa: S101 - a network from elsewhere has no task
    task = TASKS[config.task]
    test, validation = _drawn(sets["test"], N_TEST), _drawn(sets["validation"], N_TUNING)
    metrics: Metrics = dict(
        mean_terms(
            codec.module,
            np.asarray(sets["test"].images[_rows(sets["test"], N_TEST)]),
            torch.device("cpu"),
            seed=config.seed,
            degrader=make_degrader(config),
        )
    )
    tables = _tables(sets["train"]) if config.task == "colorize" else ()
    strengths = restoration.strengths_of(config.task)
    fitted = [_fit(config, tables, validation, strength) for strength in strengths]
    usual = fitted[strengths.index(task.usual)]
    metrics |= {"strength": task.usual, "n_test": float(len(test.images))}
    metrics |= floors(config, sets)
    metrics |= _usual(codec, config, test, _again(config, tables, usual, test.labels))
    few = Drawn(test.images[:N_CURVE], test.labels[:N_CURVE])
    found = restoration.curve(
        config.task,
        codec.restore,
        [_again(config, tables, one, few.labels) for one in fitted],
        few.images,
        seed=config.seed,
        strengths=strengths,
    )
    return metrics | _curve(found) | _choices(fitted) | _table_of(tables, fitted)


def _rows(images: ImageSet, n: int) -> npt.NDArray[np.int64]:
    """Draw image numbers at random, the same on every call.

    Own folders come class by class: the first thousand would all be airplanes.
    """
    rows = np.sort(np.random.default_rng(0).permutation(len(images.images))[:n])
    return rows[np.random.default_rng(1).permutation(len(rows))]


def _drawn(images: ImageSet, n: int) -> Drawn:
    rows = _rows(images, n)
    return Drawn(to_float(np.asarray(images.images[rows])), images.labels[rows])


def _tables(train: ImageSet) -> tuple[ColorTable, ...]:
    seen = _drawn(train, N_TABLES)
    n_classes = max(1, len(train.class_names))
    return tuple(color_table(seen.images, seen.labels, n_classes, bins) for bins in BINS)


def _fit(
    config: RunConfig, tables: Sequence[ColorTable], validation: Drawn, strength: float
) -> Fitted:
    degraded = TASKS[config.task].degrade(validation.images, strength, config.seed + 1)
    tried = candidates(config.task, tables, validation.labels)
    return fit(config.task, tried, degraded, validation.images)


def _again(
    config: RunConfig,
    tables: Sequence[ColorTable],
    fitted: Fitted,
    labels: npt.NDArray[np.int64],
) -> Fitted:
    """Return what was fitted for images of other classes."""
    tried = candidates(config.task, tables, labels)
    return Fitted(next(one for one in tried if str(one) == str(fitted.baseline)), fitted.tone)


def _usual(codec: Network, config: RunConfig, test: Drawn, baseline: Fitted) -> Metrics:
    clean = test.images
    degraded = TASKS[config.task].degrade(clean, TASKS[config.task].usual, config.seed)
    blind = codec.restore(degraded.images)
    answer = TASKS[config.task].finish(degraded, blind)
    beside = baseline.restore(degraded)
    metrics: Metrics = {"mse": float(fidelity.squared_errors(answer, clean).mean())}
    metrics |= _figures(answer, clean) | _figures(degraded.images, clean, "_input")
    metrics |= _figures(beside, clean, "_baseline")
    metrics["psnr_gap"] = asdict(restoration.gap(answer, beside, clean))
    if degraded.masks is not None:
        metrics["psnr_blind"] = fidelity.psnr(blind, clean)
        metrics |= _inside(degraded, degraded.masks, answer, beside, clean)
    if config.task == "colorize":
        metrics |= {
            "chroma_true": restoration.mean_chroma(clean),
            "chroma_network": restoration.mean_chroma(answer),
            "chroma_error": restoration.chroma_error(answer, clean),
            "chroma_error_input": restoration.chroma_error(degraded.images, clean),
            "chroma_error_baseline": restoration.chroma_error(beside, clean),
            **color_error(answer[:N_COLOR], clean[:N_COLOR]),
        }
    return metrics


def _figures(images: Images, clean: Images, suffix: str = "") -> Metrics:
    errors = fidelity.squared_errors(images, clean)
    return {
        f"psnr{suffix}": float(fidelity.decibels(errors.mean())),
        f"psnr_median{suffix}": float(np.median(fidelity.decibels(errors))),
        f"ssim{suffix}": float(fidelity.ssim(images, clean).mean()),
    }


def _inside(
    degraded: Degraded, masks: Images, answer: Images, baseline: Images, clean: Images
) -> Metrics:
    images = {"input": degraded.images, "network": answer, "baseline": baseline}
    return {
        f"psnr_inside_{name}": restoration.psnr_inside(values, clean, masks)
        for name, values in images.items()
    }


def _curve(found: Curve) -> Metrics:
    return {
        "curve_strength": list(found.strengths),
        "curve_input": list(found.degraded),
        "curve_network": list(found.network),
        "curve_baseline": list(found.baseline),
        "curve_gap_low": [gap.low for gap in found.gaps],
        "curve_gap_high": [gap.high for gap in found.gaps],
    }


def _choices(fitted: Sequence[Fitted]) -> Metrics:
    names = list(dict.fromkeys(str(one.baseline) for one in fitted))
    return {
        "baselines": {name: float(number) for number, name in enumerate(names)},
        "curve_choice": [float(names.index(str(one.baseline))) for one in fitted],
        "curve_tone": [round(float(level), 4) for one in fitted for level in one.tone],
    }


def _table_of(tables: Sequence[ColorTable], fitted: Sequence[Fitted]) -> Metrics:
    """Return the table of colors that won at some strength, for the page to paint with."""
    names = {str(one.baseline) for one in fitted}
    found = [table for table in tables if str(table) in names]
    if not found:
        return {}
    means = found[-1].means
    return {
        "color_table": [round(float(value), 1) for value in means.ravel()],
        "color_table_shape": [float(side) for side in means.shape],
    }
