"""What the figures on the Network page say."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from latentlab.wording import metrics

CURVES = {"training images": [120.0, 90.0], "validation images": [121.0, 96.0]}


def manifest(**measured):
    return SimpleNamespace(metrics=measured, config=SimpleNamespace(model="vae", latent_dim=2))


def test_losses_are_compared_above_their_floor():
    assert "7 % above" in metrics.learning_meaning(CURVES, manifest())
    floor = {"train": 45.0, "validation": 45.0}
    assert "13 % above" in metrics.learning_meaning(CURVES, manifest(floor=floor))
    assert metrics.learning_meaning({**CURVES, "training images": [-90.0]}, manifest()) == (
        "Lower is better."
    )


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.17, 0.25, "is called overfitting"),
        (-0.02, 0.04, "is not called overfitting"),
        (0.05, 0.15, "Too few images"),
    ],
)
def test_overfitting_is_said_beyond_the_sampling_error(low, high, said):
    excess = {"difference": (low + high) / 2, "low": low, "high": high}
    found = metrics.learning_meaning(CURVES, manifest(mse_excess=excess))
    assert said in found
    assert f"{50 * (low + high):.0f} % larger than on training images" in found
    assert f"{100 * low:+.0f} to {100 * high:+.0f} %" in found


def test_the_floor_of_an_elbo_is_named():
    checkpoint = SimpleNamespace(
        manifest=manifest(elbo=94.1, kl=22.3, floor={"test": 45.5}, mse=0.007, psnr=21.4, ssim=0.9)
    )
    text = " ".join(figure.meaning for figure in metrics.figures(checkpoint))
    assert "A perfect reconstruction has 45.5 nats" in text


def test_the_error_of_classes_that_were_left_out_is_apart():
    checkpoint = SimpleNamespace(manifest=manifest(mse=0.03, left_out={"mse": 0.05}))
    text = " ".join(figure.meaning for figure in metrics.figures(checkpoint))
    assert "for those left out it is 0.0500" in text


@pytest.mark.parametrize(
    ("low", "high", "said"), [(0.01, 0.03, "better"), (-0.01, 0.02, "no difference")]
)
def test_label_agreement_has_three_verdicts_and_says_what_was_searched(low, high, said):
    measured = {
        "label_agreement": {"latent": 0.95, "pixel": 0.94},
        "label_agreement_gap": {"difference": (low + high) / 2, "low": low, "high": high},
        "label_agreement_n": {"asked": 10_000.0, "searched": 55_000.0},
    }
    text = metrics.agreement_meaning(SimpleNamespace(manifest=manifest(**measured)))
    assert said in text
    assert ("better" in text) == (said == "better")
    assert "all 55,000 training images" in text
    assert "10,000 test images" in text


def test_no_comparison_without_its_sampling_error():
    measured = {"label_agreement": {"latent": 0.88, "pixel": 0.87}}
    text = metrics.agreement_meaning(SimpleNamespace(manifest=manifest(**measured)))
    assert text == (
        "Of the 9 nearest of all stored training images in latent space, 88 % have the class of "
        "the test image."
    )


def test_idle_dimensions_come_with_the_limit_that_was_measured():
    assert metrics.kl_meaning({"z1": 2.0, "z2": 0.01}) == (
        "The KL divergence is at least 0.05 nats in 1 of 2 latent dimensions. "
        "The gray ones (1) stay close to the prior."
    )
    assert "gray" not in metrics.kl_meaning({"z1": 2.0, "z2": 0.1})


def test_active_dimensions_that_carry_almost_nothing_are_said():
    # Beta 10: the variance of every mean is above the field's 0.01, of some hardly.
    nats, active = [0.02, 0.7], 2.0
    measured = manifest(kl_per_dimension=nats, active_dimensions=active)
    (found,) = metrics.figures(SimpleNamespace(manifest=measured))
    assert found.value == "2 of 2"
    assert "1 of them have a KL divergence of 0.05 nats or more." in found.meaning
    measured = manifest(kl_per_dimension=[0.6, 0.7], active_dimensions=active)
    (found,) = metrics.figures(SimpleNamespace(manifest=measured))
    assert "KL" not in found.meaning
