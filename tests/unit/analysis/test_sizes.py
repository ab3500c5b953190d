"""Figures against the size of the latent, and what their sampling errors allow to say."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from latentlab.analysis.sizes import Curve, measures
from latentlab.checkpoints import Family


def curve(values, errors=0.01, *, more=False):
    sizes = tuple(2**n for n in range(len(values)))
    return Curve(sizes, tuple(values), (errors,) * len(values), more_is_better=more)


def member(size, *, task="reconstruct", **metrics):
    config = SimpleNamespace(latent_dim=size, task=task)
    return SimpleNamespace(manifest=SimpleNamespace(config=config, metrics=metrics))


def test_the_best_and_what_is_as_good_within_the_sampling_error():
    found = curve([0.9, 0.5, 0.49, 0.48])
    assert found.sizes[found.best] == 8
    assert found.as_good == (2, 4, 8)
    assert curve([0.9, 0.5, 0.49, 0.48], errors=0.0001).as_good == (8,)


def test_where_more_is_better_the_largest_is_the_best():
    assert curve([0.5, 0.9, 0.7], more=True).as_good == (2,)


def test_a_difference_that_is_within_the_errors_is_none():
    found = curve([0.50, 0.52])
    assert found.difference(0, 1).verdict == "no difference"
    assert curve([0.50, 0.53]).difference(0, 1).verdict == "better"
    assert curve([0.50, 0.53], more=True).difference(0, 1).verdict == "worse"


def test_reconstruction_comes_with_pca_and_training_images():
    gap = {"difference": 0.1, "low": 0.05, "high": 0.15}
    each = {"mse": 0.2, "mse_error": 0.01, "mse_train": 0.1, "mse_pca": 0.3, "mse_pca_gap": gap}
    found = measures(Family((member(1, **each), member(2, **each), member(4, mse=0.1))))
    measure = found["reconstruction"]
    assert measure.curves["test"].sizes == (1, 2)  # of 4 no error is known
    assert measure.beside == {"train": (0.1, 0.1), "pca": (0.3, 0.3)}
    assert [interval.verdict for interval in measure.against] == ["better", "better"]


def test_what_was_measured_once_or_never_is_left_out():
    assert measures(Family((member(1, mse=0.2, mse_error=0.1), member(2), member(4)))) == {}


@pytest.mark.parametrize("n", [100, 10_000])
def test_label_agreement_is_as_sure_as_its_images_are_many(n):
    def agreeing(share):
        return {"label_agreement": {"latent": share}, "label_agreement_n": {"asked": n}}

    found = measures(Family((member(1, **agreeing(0.85)), member(2, **agreeing(0.9)))))
    assert found["neighbors"].curves["latent"].as_good == ((1, 2) if n == 100 else (2,))


def test_samples_of_the_prior_are_judged_as_latents_and_as_images():
    prior = {"n": 1000, "far": 0.9, "far_encoded": 0.1, "nearest": 0.2, "nearest_error": 0.001}
    prior |= {"nearest_test": 0.1, "nearest_test_error": 0.001}
    found = measures(Family((member(1, prior=prior), member(2, prior={**prior, "far": 0.1}))))
    assert found["support"].curves["far"].as_good == (2,)
    assert found["support"].curves["far_encoded"].as_good == (1, 2)
    assert [gap.verdict for gap in found["nearest"].against] == ["worse", "worse"]


def test_a_family_of_a_task_shows_its_own_psnr_and_no_reconstruction_error():
    gap = {"difference": 1.0, "low": 0.8, "high": 1.2}
    each = {"mse": 0.1, "mse_error": 0.1, "psnr_input": 10, "psnr_baseline": 19, "psnr_gap": gap}
    members = [member(z, task="denoise", psnr=20 + z, **each) for z in (1, 2)]
    found = measures(Family(tuple(members)))
    assert set(found) == {"restoration"}
    assert found["restoration"].curves["network"].as_good == (2,)
