"""What is measured of a network that undoes damage, beside the best classical filter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from latentlab.analysis import baselines, restoration
from latentlab.analysis.restoration import Curve
from latentlab.codec import TorchCodec
from latentlab.config import RunConfig
from latentlab.data import ImageSet
from latentlab.images import Images, to_float
from latentlab.tasks import TASKS, Degraded
from latentlab.training.degrading import make_degrader
from latentlab.training.terms import mean_terms

# The network is measured on these many test images, filters and curves on fewer: they are slow.
N_NETWORK = 1000
N_CURVE = 200
N_TUNING = 32
# Training images that the mean color of each class is taken from.
N_CLASS_MEANS = 10_000

Metrics = dict[str, Any]


def evaluate_task(codec: TorchCodec, config: RunConfig, sets: Mapping[str, ImageSet]) -> Metrics:
    """Measure a network against the damage it was trained to undo, at the usual strength.

    Parameters
    ----------
    codec : TorchCodec
    config : RunConfig
        Its task is one of ``TASKS``.
    sets : mapping of split name to ImageSet
        Figures are those of the test split; the settings of the filters are chosen on the
        validation split, and the mean colors of the classes are those of the training split.

    Returns
    -------
    dict
        Loss terms (nats per image); ``mse``, ``psnr`` (dB) and ``ssim`` of the network over 1,000
        test images drawn at random; the same ``_input``; ``_baseline`` over 200 of them with
        ``_network_200`` beside; for damage with a place ``psnr_inside_`` figures; for color the
        mean chroma and its error, for the network, the grey copy and the mean color of the
        image's class (``class_chroma``: a and b of each in turn); ``curve_`` lists over the
        strengths.
    """
    task = TASKS[config.task]
    # Own folders come class by class: the first thousand would all be airplanes.
    rows = _drawn(sets["test"], N_NETWORK)
    test = np.asarray(sets["test"].images[rows])
    validation = np.asarray(sets["validation"].images[_drawn(sets["validation"], N_TUNING)])
    metrics: Metrics = dict(
        mean_terms(
            codec.module,
            test,
            torch.device("cpu"),
            seed=config.seed,
            degrader=make_degrader(config),
        )
    )
    clean = to_float(test)
    degraded = task.degrade(clean, task.usual, config.seed)
    answer = restoration.restored(config.task, degraded, codec.restore)
    metrics["mse"] = float(np.mean((answer - clean) ** 2, dtype=np.float64))
    metrics |= _figures(answer, clean) | _figures(degraded.images, clean, "_input")
    found = restoration.curve(
        config.task,
        codec.restore,
        clean[:N_CURVE],
        to_float(validation),
        seed=config.seed,
    )
    metrics |= _curve(found)
    few = Degraded(
        degraded.images[:N_CURVE], None if degraded.masks is None else degraded.masks[:N_CURVE]
    )
    nearest = int(np.argmin(np.abs(np.array(found.strengths) - task.usual)))
    by_filter = baselines.BASELINES[config.task][found.choices[nearest]].restore(few)
    metrics |= _figures(answer[:N_CURVE], clean[:N_CURVE], "_network_200")
    metrics |= _figures(by_filter, clean[:N_CURVE], "_baseline")
    metrics["strength"] = task.usual
    metrics |= _inside(few, answer, by_filter, clean)
    if config.task == "colorize":
        metrics |= _color(answer, clean, sets, sets["test"].labels[rows])
    return metrics


def _drawn(images: ImageSet, n: int) -> npt.NDArray[np.int64]:
    """Draw image numbers at random, the same on every call."""
    rows = np.sort(np.random.default_rng(0).permutation(len(images.images))[:n])
    return rows[np.random.default_rng(1).permutation(len(rows))]


def _figures(images: Images, clean: Images, suffix: str = "") -> Metrics:
    return {
        f"psnr{suffix}": float(restoration.psnr(images, clean).mean()),
        f"ssim{suffix}": float(restoration.ssim(images, clean).mean()),
    }


def _curve(found: Curve) -> Metrics:
    return {
        "curve_strength": list(found.strengths),
        "curve_input": list(found.damaged),
        "curve_network": list(found.network),
        "curve_baseline": list(found.baseline),
        "curve_choice": [float(choice) for choice in found.choices],
    }


def _inside(few: Degraded, answer: Images, by_filter: Images, clean: Images) -> Metrics:
    if few.masks is None:
        return {}
    n = len(few.images)
    images = {"input": few.images, "network": answer[:n], "baseline": by_filter}
    return {
        f"psnr_inside_{name}": restoration.psnr_inside(values, clean[:n], few.masks)
        for name, values in images.items()
    }


def _color(
    answer: Images, clean: Images, sets: Mapping[str, ImageSet], labels: npt.NDArray[np.int64]
) -> Metrics:
    """Measure colors, beside the grey copy and beside the mean color of the image's class."""
    train = sets["train"]
    seen = _drawn(train, N_CLASS_MEANS)
    means = baselines.class_mean_chroma(
        to_float(np.asarray(train.images[seen])), train.labels[seen], len(train.class_names)
    )
    by_class = baselines.give_chroma(clean, means[labels])
    return {
        "chroma_true": restoration.mean_chroma(clean),
        "chroma_network": restoration.mean_chroma(answer),
        "chroma_error": restoration.chroma_error(answer, clean),
        # The grey copy's error is the color itself.
        "chroma_error_baseline": restoration.mean_chroma(clean),
        "chroma_error_class_mean": restoration.chroma_error(by_class, clean),
        **_figures(by_class, clean, "_class_mean"),
        "class_chroma": [float(value) for value in means.ravel()],
    }
