"""What is measured of a network that undoes damage, beside the best classical filter."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from latentlab.analysis import baselines, restoration
from latentlab.analysis.restoration import Curve
from latentlab.codec import TorchCodec
from latentlab.config import RunConfig
from latentlab.images import Images, Pixels, to_float
from latentlab.tasks import TASKS, Degraded
from latentlab.training.degrading import make_degrader
from latentlab.training.loop import mean_terms

# The network is measured on these many test images, filters and curves on fewer: they are slow.
N_NETWORK = 1000
N_CURVE = 200
N_TUNING = 32

Metrics = dict[str, Any]


def evaluate_task(
    codec: TorchCodec, config: RunConfig, test: Pixels, validation: Pixels
) -> Metrics:
    """Measure a network against the damage it was trained to undo, at the usual strength.

    Parameters
    ----------
    codec : TorchCodec
    config : RunConfig
        Its task is one of ``TASKS``.
    test, validation : uint8 (n, h, w, c)
        The settings of the filters are chosen on validation images.

    Returns
    -------
    dict
        Loss terms (nats per image); ``mse``, ``psnr`` (dB) and ``ssim`` of the network over 1,000
        test images drawn at random; the same ``_input``; ``_baseline`` over 200 of them with
        ``_network_200`` beside; for damage with a place ``psnr_inside_`` figures; for color the
        mean chroma and its error; ``curve_`` lists over the strengths.
    """
    task = TASKS[config.task]
    # Own folders come class by class: the first thousand would all be airplanes.
    test, validation = _drawn(test, N_NETWORK), _drawn(validation, N_TUNING)
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
    return metrics | _inside(few, answer, by_filter, clean) | _color(config, answer, clean)


def _drawn(images: Pixels, n: int) -> Pixels:
    """Draw images at random, the same on every call."""
    rows = np.random.default_rng(0).permutation(len(images))[:n]
    drawn: Pixels = np.asarray(images[np.sort(rows)])
    return drawn[np.random.default_rng(1).permutation(len(drawn))]


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


def _color(config: RunConfig, answer: Images, clean: Images) -> Metrics:
    if config.task != "colorize":
        return {}
    return {
        "chroma_true": restoration.mean_chroma(clean),
        "chroma_network": restoration.mean_chroma(answer),
        "chroma_error": restoration.chroma_error(answer, clean),
        # The grey copy's error is the color itself.
        "chroma_error_baseline": restoration.mean_chroma(clean),
    }
