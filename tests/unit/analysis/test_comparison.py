from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import bootstrap

from latentlab.analysis import AnalysisError
from latentlab.analysis.comparison import Interval, excess, paired
from latentlab.analysis.fidelity import decibels
from latentlab.wording import verdicts


def test_the_interval_is_that_of_scipy():
    rng = np.random.default_rng(0)
    first = rng.normal(1, 1, 300)
    second = first - 0.2 + rng.normal(0, 0.3, 300)
    found = paired(first, second)
    theirs = bootstrap(
        (first, second),
        lambda a, b, axis: np.mean(a, axis) - np.mean(b, axis),
        paired=True,
        method="percentile",
        rng=1,
    ).confidence_interval
    assert found.difference == pytest.approx((first - second).mean())
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high), abs=0.01)


@pytest.mark.parametrize(
    ("shift", "verdict"), [(0.1, "better"), (-0.1, "worse"), (0.0, "no difference")]
)
def test_what_is_inside_the_noise_is_no_difference(shift, verdict):
    rng = np.random.default_rng(1)
    first = rng.random(400)
    second = first - shift + rng.normal(0, 0.2, 400) * np.tile([1, -1], 200)
    assert paired(first, second).verdict == verdict


def test_decibels_are_compared_after_the_mean():
    errors = np.array([0.01, 0.03]), np.array([0.02, 0.06])
    found = paired(*errors, of=decibels)
    assert found.difference == pytest.approx(-10 * np.log10(0.5))
    assert found.low == pytest.approx(found.high)  # half in every image


def test_what_cannot_be_paired_is_refused():
    with pytest.raises(AnalysisError, match="cannot be paired"):
        paired([1.0], [1.0, 2.0])
    with pytest.raises(AnalysisError, match="cannot be paired"):
        paired([], [])


def metrics(low, high):
    return {
        "curve_strength": [0.1, 0.2],
        "curve_network": [20.0, 21.0],
        "curve_baseline": [22.0, 21.0],
        "curve_gap_low": [-2.5, low],
        "curve_gap_high": [-1.5, high],
        "baselines": {"sliding DCT 0.4": 0.0},
        "curve_choice": [0.0, 0.0],
        "curve_tone": [0.5] * 128,
        "strength": 0.2,
    }


def test_a_bottleneck_that_loses_is_told_why():
    said = verdicts.restoration_at("denoise", metrics(-1, 1), 0.12, has_latent=True)
    assert said.startswith("The network is worse than sliding DCT 0.4: -2.0 dB (95 % interval -2.5")
    assert said.endswith(verdicts.BOTTLENECK)
    assert "bottleneck" not in verdicts.restoration_at(
        "denoise", metrics(-1, 1), 0.12, has_latent=False
    )


def test_the_third_verdict_is_no_difference():
    said = verdicts.restoration_at("denoise", metrics(-1, 1), 0.5, has_latent=True)
    assert "no difference" in said
    assert verdicts.BOTTLENECK not in said


def test_the_usual_strength_is_judged_by_all_its_images():
    usual = {**metrics(-1, 1), "n_test": 1000.0}
    usual["psnr_gap"] = {"difference": 1.0, "low": 0.9, "high": 1.1}
    said = verdicts.restoration_at("denoise", usual, 0.2, has_latent=False)
    assert said.startswith("The network is better")
    assert "1,000 test images, noise 0.2" in said


def test_colors_are_judged_against_the_table_that_was_measured():
    colors = {
        **metrics(-1, 1),
        "baselines": {"gray copy": 0.0, "mean color by class": 1.0},
        "curve_choice": [0.0, 1.0],
        "color_table_shape": [6.0, 1.0, 1.0, 1.0, 2.0],
        "color_table": [40.0] * 12,
    }
    said = [verdicts.restoration_at("colorize", colors, at, has_latent=False) for at in (0.1, 0.2)]
    assert said[0].startswith("The network is worse than gray copy")
    assert said[1].startswith("The network and mean color by class: no difference")


def test_a_bound_that_rounds_to_zero_has_no_sign():
    said = verdicts.compared("A", "B", Interval(0.2, -0.04, 0.5), "points", "9 images")
    assert "interval 0.0 to 0.5" in said


def test_nothing_is_said_of_what_was_not_measured():
    assert verdicts.restoration_at("denoise", {}, 0.2, has_latent=False) == ""
    assert verdicts.agreement({}) == ""
    assert verdicts.interval_of({"low": 1.0}) is None
    assert Interval(0, 0, 0).verdict == "no difference"


def test_an_excess_has_the_interval_of_scipy():
    rng = np.random.default_rng(2)
    test, train = rng.gamma(4, 0.003, 400), rng.gamma(4, 0.0025, 900)
    found = excess(test, train)
    theirs = bootstrap(
        (test, train),
        lambda a, b, axis: np.mean(a, axis) / np.mean(b, axis) - 1,
        method="percentile",
        rng=1,
    ).confidence_interval
    assert found.difference == pytest.approx(test.mean() / train.mean() - 1)
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high), abs=0.01)
    for nothing in ([1.0], [0.0, 0.0]):
        with pytest.raises(AnalysisError, match="two positive values"):
            excess(nothing, train)
