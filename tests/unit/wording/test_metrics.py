"""What the figures on the Network page say."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from latentlab.wording import metrics

CURVES = {"training images": [120.0, 90.0], "other images": [121.0, 96.0]}


def manifest(**measured):
    return SimpleNamespace(metrics=measured, config=SimpleNamespace(model="vae", latent_dim=2))


def test_overfitting_is_measured_above_the_floor():
    # 96 is 7 % above 90; above a floor of 45 it is 13 %.
    assert "overfitting" not in metrics.learning_meaning(CURVES, manifest())
    floor = {"train": 45.0, "validation": 45.0}
    assert "overfitting" in metrics.learning_meaning(CURVES, manifest(floor=floor))


@pytest.mark.parametrize(("learned", "said"), [(0.0061, "overfitting"), (0.0072, "stays close")])
def test_overfitting_is_what_is_larger_on_test_images(learned, said):
    found = metrics.learning_meaning(CURVES, manifest(mse=0.0073, mse_train=learned))
    assert said in found
    assert f"{0.0073 / learned - 1:+.0%}" in found


def test_the_floor_of_an_elbo_is_named():
    checkpoint = SimpleNamespace(
        manifest=manifest(elbo=94.1, kl=22.3, floor={"test": 45.5}, mse=0.007, psnr=21.4, ssim=0.9)
    )
    text = " ".join(figure.meaning for figure in metrics.figures(checkpoint))
    assert "A perfect reconstruction would cost 45.5 nats too" in text


def test_the_error_of_classes_that_were_left_out_is_apart():
    checkpoint = SimpleNamespace(manifest=manifest(mse=0.03, left_out={"mse": 0.05}))
    text = " ".join(figure.meaning for figure in metrics.figures(checkpoint))
    assert "of those left out the error is 0.0500" in text


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
    assert "all 55,000 training images" in text
    assert "10,000 test images" in text
