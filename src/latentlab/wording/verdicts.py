"""The result of a comparison in one sentence: one is better, or there is no difference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from latentlab.analysis.baselines.stored import nearest_strength, stored_name
from latentlab.analysis.comparison import Interval
from latentlab.analysis.restoration import N_CURVE
from latentlab.tasks import TASKS

BOTTLENECK = "A bottleneck loses fine detail together with the noise."


def interval_of(value: object) -> Interval | None:
    """Read an interval as metrics hold it; None where there is none.

    Parameters
    ----------
    value : object
        A dict with ``difference``, ``low`` and ``high``, as a rule.

    Returns
    -------
    Interval or None
        None where it is anything else.
    """
    if not isinstance(value, dict) or not {"difference", "low", "high"} <= set(value):
        return None
    return Interval(*(float(value[key]) for key in ("difference", "low", "high")))


def compared(first: str, second: str, interval: Interval, unit: str, images: str) -> str:
    """Say which of two is better, by how much, and with which confidence interval.

    Parameters
    ----------
    first, second : str
        What they are called.
    interval : Interval
        Of the first less the second, where more is better.
    unit : str
        "dB" or "points".
    images : str
        What it was measured on: "1,000 test images".

    Returns
    -------
    str

    Examples
    --------
    >>> compared("The network", "sliding DCT", Interval(1.6, 1.4, 1.8), "dB", "200 test images")
    'The network is better than sliding DCT: +1.6 dB (95 % interval 1.4 to 1.8; 200 test images).'
    >>> compared("The network", "filling", Interval(-0.2, -1, 0.6), "dB", "200 images")
    'The network and filling: no difference, -0.2 dB (95 % interval -1.0 to 0.6; 200 images).'
    """
    spread = f"(95 % interval {interval.low:z.1f} to {interval.high:z.1f}; {images})"
    by = f"{interval.difference:+z.1f} {unit} {spread}."
    if interval.verdict == "no difference":
        return f"{first} and {second}: no difference, {by}"
    return f"{first} is {interval.verdict} than {second}: {by}"


def restoration_at(
    task: str, metrics: Mapping[str, Any], strength: float, *, has_latent: bool
) -> str:
    """Say which is better at the measured strength nearest to this: the network or the baseline.

    Parameters
    ----------
    task : str
    metrics : mapping
        Of a checkpoint.
    strength : float
    has_latent : bool
        Whether the network has a bottleneck, which limits detail.

    Returns
    -------
    str
        Empty where it was not measured.
    """
    row = nearest_strength(metrics, strength)
    keys = ("curve_network", "curve_baseline", "curve_gap_low", "curve_gap_high")
    lists = [metrics.get(key) for key in keys]
    if row is None or not all(isinstance(one, list) and len(one) > row for one in lists):
        return ""
    at = metrics["curve_strength"][row]
    usual = interval_of(metrics.get("psnr_gap"))
    if usual is not None and at == metrics.get("strength"):
        interval, n = usual, metrics.get("n_test", 0)
    else:
        network, baseline, low, high = (float(one[row]) for one in lists if isinstance(one, list))
        interval, n = Interval(network - baseline, low, high), N_CURVE
    name = stored_name(task, metrics, strength)
    images = f"{n:,.0f} test images, {TASKS[task].control.lower()} {TASKS[task].written(at)}"
    said = compared("The network", name, interval, "dB", images)
    if task == "denoise" and has_latent and interval.verdict == "worse":
        return f"{said} {BOTTLENECK}"
    return said


def agreement(metrics: Mapping[str, Any]) -> str:
    """Say whether neighbors in latent space share a class more often than those in pixel space.

    Parameters
    ----------
    metrics : mapping
        Of a checkpoint; see `latentlab.training.agreement.label_agreement`.

    Returns
    -------
    str
        Empty where it was not measured.
    """
    interval, counts = (
        interval_of(metrics.get("label_agreement_gap")),
        metrics.get("label_agreement_n"),
    )
    if interval is None or not isinstance(counts, dict) or "asked" not in counts:
        return ""
    points = Interval(*(100 * end for end in (interval.difference, interval.low, interval.high)))
    images = f"{counts['asked']:,.0f} test images"
    return compared("Latent space", "pixel space", points, "points", images)
