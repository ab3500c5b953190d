"""How figures change with the size of the latent, and which changes exceed their sampling error.

The figures are those that training stored in the checkpoints of a family
(`latentlab.training.uses`); nothing is measured here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from latentlab.analysis.comparison import Interval
from latentlab.checkpoints import Family
from latentlab.tasks import RECONSTRUCT

# Standard errors to either side that hold 95 % of a normal distribution.
Z_95 = 1.959964
Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Curve:
    """One figure of every size, with its standard errors.

    Attributes
    ----------
    sizes : tuple of int (k,)
        Of the latent, ascending.
    values, errors : tuple of float (k,)
        What was measured, and the standard error of each.
    more_is_better : bool
    """

    sizes: tuple[int, ...]
    values: tuple[float, ...]
    errors: tuple[float, ...]
    more_is_better: bool

    def difference(self, first: int, second: int) -> Interval:
        """Compare two sizes, by their rows; a larger difference is better for the first.

        The interval holds for independent measurements. These are of the same images, which makes
        their difference more certain than it says.

        Parameters
        ----------
        first, second : int
            Rows of the sizes.

        Returns
        -------
        Interval
            95 %, in the unit of the values.
        """
        sign = 1 if self.more_is_better else -1
        by = sign * (self.values[first] - self.values[second])
        return independent(by, self.errors[first], self.errors[second])

    @property
    def best(self) -> int:
        """The row of the best value; of equal ones the smallest size."""
        values = np.asarray(self.values)
        return int(values.argmax() if self.more_is_better else values.argmin())

    @property
    def as_good(self) -> tuple[int, ...]:
        """The sizes that are not worse than the best by more than the sampling error."""
        best = self.best
        return tuple(
            size
            for row, size in enumerate(self.sizes)
            if self.difference(row, best).verdict != "worse"
        )


@dataclass(frozen=True)
class Measure:
    """What one chart of the Bottleneck page shows.

    Attributes
    ----------
    curves : dict of str to Curve
        What is compared between sizes, by name.
    beside : dict of str to tuple of float (k,)
        What it is compared with at the same size: PCA, training images, chance.
    against : tuple of Interval (k,)
        The first curve less a baseline of the same size, paired; a positive one is better. May be
        empty.
    """

    curves: dict[str, Curve]
    beside: dict[str, tuple[float, ...]] = field(default_factory=dict)
    against: tuple[Interval, ...] = ()


def independent(difference: float, first: float, second: float) -> Interval:
    """Return where the difference of two measurements lies, from the standard error of each.

    Parameters
    ----------
    difference : float
    first, second : float
        Standard errors, in the unit of the difference.

    Returns
    -------
    Interval
        ``difference ± 1.96 sqrt(first² + second²)``: 95 %, for normal errors.
    """
    width = Z_95 * float(np.hypot(first, second))
    return Interval(difference, difference - width, difference + width)


def measures(family: Family) -> dict[str, Measure]:
    """Read every figure that was measured for at least two members of a family.

    Parameters
    ----------
    family : Family

    Returns
    -------
    dict of str to Measure
        ``reconstruction`` (MSE), ``neighbors`` (label agreement), ``support`` (share of samples
        from the prior with no training image near), ``nearest`` (root mean square difference to
        the nearest training image), ``anomalies`` (AUC by kind), ``restoration`` (PSNR of the
        family's task) or ``denoising`` (the same of a network that learned no task), ``color``.
    """
    members = [(m.manifest.config.latent_dim, m.manifest.metrics) for m in family.members]
    task = family.members[0].manifest.config.task
    found = {
        "reconstruction": _reconstruction(members) if task == RECONSTRUCT else None,
        "neighbors": _neighbors(members),
        "support": _support(members),
        "nearest": _nearest(members),
        "anomalies": _anomalies(members),
        "denoising": _denoising(members),
        "restoration": _restoration(members) if task != RECONSTRUCT else None,
        "color": _color(members),
    }
    return {name: measure for name, measure in found.items() if measure is not None}


Members = Sequence[tuple[int, Figures]]


def _reconstruction(members: Members) -> Measure | None:
    found = _having(members, "mse", "mse_error")
    if not found:
        return None
    return Measure(
        {"test": _curve(found, "mse", "mse_error", more_is_better=False)},
        dict(_beside(found, train="mse_train", pca="mse_pca", pca_train="mse_pca_train")),
        _intervals(found, "mse_pca_gap"),
    )


def _neighbors(members: Members) -> Measure | None:
    found = [
        (size, {**metrics["label_agreement"], **metrics["label_agreement_n"], "all": metrics})
        for size, metrics in _having(members, "label_agreement", "label_agreement_n")
    ]
    if len(found) < 2:
        return None
    # A share of neighbors varies between images at most as a yes or no does.
    errors = [np.sqrt(m["latent"] * (1 - m["latent"]) / m["asked"]) for _, m in found]
    curve = Curve(_sizes(found), _values(found, "latent"), tuple(map(float, errors)), True)
    gaps = _intervals([(size, m["all"]) for size, m in found], "label_agreement_gap")
    beside = dict(_beside(found, pixel="pixel", pca="pca", chance="shuffled"))
    return Measure({"latent": curve}, beside, gaps)


def _support(members: Members) -> Measure | None:
    found = _within(members, "prior")
    if not found:
        return None
    curves = {}
    for name in ("far", "far_encoded"):
        values = _values(found, name)
        errors = tuple(
            float(np.sqrt(share * (1 - share) / m["n"]))
            for share, (_, m) in zip(values, found, strict=True)
        )
        curves[name] = Curve(_sizes(found), values, errors, more_is_better=False)
    return Measure(curves)


def _nearest(members: Members) -> Measure | None:
    found = [(size, m) for size, m in _within(members, "prior") if "nearest_test_error" in m]
    if not found:
        return None
    samples = _curve(found, "nearest", "nearest_error", more_is_better=False)
    gaps = tuple(
        independent(m["nearest_test"] - m["nearest"], m["nearest_test_error"], m["nearest_error"])
        for _, m in found
    )
    return Measure({"samples": samples}, dict(_beside(found, test="nearest_test")), gaps)


def _anomalies(members: Members) -> Measure | None:
    found = _having(members, "out_of_set", "out_of_set_error")
    if not found:
        return None
    kinds = [k for k in found[0][1]["out_of_set"] if all(k in m["out_of_set"] for _, m in found)]
    curves = {
        kind: Curve(
            _sizes(found),
            tuple(float(m["out_of_set"][kind]) for _, m in found),
            tuple(float(m["out_of_set_error"][kind]) for _, m in found),
            more_is_better=True,
        )
        for kind in kinds
    }
    return Measure(curves)


def _denoising(members: Members) -> Measure | None:
    found = _within(members, "noisy")
    if not found:
        return None
    curve = _curve(found, "network", "error", more_is_better=True)
    return Measure({"network": curve}, dict(_beside(found, pca="pca", input="input")))


def _restoration(members: Members) -> Measure | None:
    """Read the PSNR of a task; its sampling error is that of the gap to one same baseline."""
    found = _having(members, "psnr", "psnr_gap", "psnr_input", "psnr_baseline")
    if not found:
        return None
    gaps = _intervals(found, "psnr_gap")
    errors = tuple((gap.high - gap.low) / (2 * Z_95) for gap in gaps)
    curve = Curve(_sizes(found), _values(found, "psnr"), errors, more_is_better=True)
    beside = dict(_beside(found, baseline="psnr_baseline", input="psnr_input"))
    return Measure({"network": curve}, beside, gaps)


def _color(members: Members) -> Measure | None:
    found = _within(members, "color")
    return Measure({"off": _curve(found, "off", "error", more_is_better=False)}) if found else None


def _having(members: Members, *names: str) -> Members:
    """Keep the members that have all these figures; none if fewer than two do."""
    found = [(size, metrics) for size, metrics in members if set(names) <= set(metrics)]
    return found if len(found) > 1 else []


def _within(members: Members, name: str) -> Members:
    return [(size, metrics[name]) for size, metrics in _having(members, name)]


def _curve(members: Members, value: str, error: str, *, more_is_better: bool) -> Curve:
    return Curve(_sizes(members), _values(members, value), _values(members, error), more_is_better)


def _sizes(members: Members) -> tuple[int, ...]:
    return tuple(size for size, _ in members)


def _values(members: Members, name: str) -> tuple[float, ...]:
    return tuple(float(metrics[name]) for _, metrics in members)


def _beside(members: Members, **names: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    for name, figure in names.items():
        if all(figure in metrics for _, metrics in members):
            yield name, _values(members, figure)


def _intervals(members: Members, name: str) -> tuple[Interval, ...]:
    gaps = [metrics.get(name) for _, metrics in members]
    if not all(isinstance(gap, dict) for gap in gaps):
        return ()
    return tuple(Interval(g["difference"], g["low"], g["high"]) for g in gaps if g)
