import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from latentlab.analysis import AnalysisError, anomaly
from latentlab.analysis.anomaly import Calibration, Seen

SHAPE = (16, 16, 1)
SCORES = st.lists(st.integers(0, 6), min_size=1, max_size=30)


def pictures(n=5, seed=0, shape=SHAPE):
    return np.random.default_rng(seed).random((n, *shape), dtype=np.float32)


def seen(images, drawn, *, stds=None, latent_dim=2):
    latents = np.random.default_rng(3).normal(size=(len(images), latent_dim)).astype(np.float32)
    return Seen(images, latents, stds, drawn)


@given(SCORES, SCORES)
def test_auc_is_the_share_of_pairs_in_the_right_order(normal, anomalous):
    pairs = [(a > n) + 0.5 * (a == n) for a in anomalous for n in normal]
    assert anomaly.auc(normal, anomalous) == pytest.approx(np.mean(pairs))


@pytest.mark.parametrize("scores", [[], [np.nan], [np.inf]])
def test_scores_that_cannot_be_compared_are_refused(scores):
    with pytest.raises(AnalysisError, match="anomalous scores"):
        anomaly.auc([1.0], scores)


def test_the_error_of_each_pixel_has_the_score_as_its_mean():
    images, drawn = pictures(), pictures(seed=1)
    places = anomaly.pixel_errors(images, drawn)
    assert places.shape == (5, 16, 16)
    found = anomaly.network_scores(seen(images, drawn), Calibration(np.zeros((1, 2), np.float32)))
    assert places.mean(axis=(1, 2)) == pytest.approx(found["mse"], rel=1e-5)


def test_both_divides_each_score_by_what_is_typical():
    images, drawn = pictures(), pictures(seed=1)
    calibration = Calibration(np.zeros((1, 2), np.float32), 0.5, 4.0)
    found = anomaly.network_scores(seen(images, drawn), calibration)
    assert found["both"] == pytest.approx(found["mse"] / 0.5 + found["distance"] / 4, rel=1e-5)


def test_a_plain_autoencoder_has_no_elbo():
    images = pictures()
    calibration = Calibration(np.zeros((1, 2), np.float32))
    assert "elbo" not in anomaly.network_scores(seen(images, images), calibration)
    stds = np.ones((5, 2), np.float32)
    assert "elbo" in anomaly.network_scores(seen(images, images, stds=stds), calibration)


@pytest.mark.parametrize("likelihood", ["bernoulli", "gaussian"])
def test_elbo_is_the_loss_of_the_network_at_the_mean(likelihood):
    torch = pytest.importorskip("torch")
    from latentlab.codec import TorchCodec
    from latentlab.models import build

    torch.manual_seed(0)
    module = build(
        "vae",
        body="dense",
        image_shape=SHAPE,
        latent_dim=2,
        hidden=(8,),
        likelihood=likelihood,
        beta=1.0,
    )
    codec, images = TorchCodec(module, SHAPE), pictures()
    latents, stds = codec.encode_stats(images)
    sigma = 0.2 if likelihood == "gaussian" else None
    found = anomaly.network_scores(
        Seen(images, latents, stds, codec.decode(latents)), Calibration(latents, sigma=sigma)
    )
    with torch.inference_mode():
        batch = torch.from_numpy(images).permute(0, 3, 1, 2)
        theirs = module.loss(batch, torch.zeros(len(images), 2))["elbo"].numpy()
    assert found["elbo"] == pytest.approx(theirs, rel=1e-4)


def test_linear_error_is_zero_in_the_span_and_the_rest_outside():
    mean = np.full(256, 0.5, np.float32)
    components = np.eye(2, 256, dtype=np.float32)
    inside = mean + 0.3 * components[0]
    outside = mean + 0.3 * np.eye(256, dtype=np.float32)[9]
    images = np.stack([inside, outside]).reshape(2, *SHAPE)
    found = anomaly.linear_error(images, mean, components)
    assert found == pytest.approx([0, 0.09 / 256], abs=1e-7)


@pytest.mark.parametrize("make", ["noise", "blank", "corrupted"])
def test_unusual_images_repeat_themselves_and_stay_in_range(make):
    def draw(seed):
        if make == "noise":
            return anomaly.noise(6, SHAPE, seed=seed)
        if make == "blank":
            return anomaly.blank(6, SHAPE, level=np.zeros(1, np.float32), seed=seed)
        return anomaly.corrupted(pictures(6), seed=seed)

    first = draw(1)
    assert first.shape == (6, *SHAPE)
    assert first.dtype == np.float32
    assert first.min() >= 0
    assert first.max() <= 1
    assert np.array_equal(first, draw(1))
    assert not np.array_equal(first, draw(2))


def test_corrupting_hides_a_square_and_leaves_the_input_alone():
    images = pictures()
    before = images.copy()
    changed = (anomaly.corrupted(images, seed=0) != before).any(axis=-1)
    assert np.array_equal(images, before)
    assert changed.sum(axis=(1, 2)).tolist() == [25] * 5


def test_the_ground_is_the_color_of_the_border():
    images = np.zeros((3, 16, 16, 3), np.float32)
    images[:, 4:12, 4:12] = 1
    images[:, 0, :, 1] = 0.5
    images[..., 2] = 0.25
    assert anomaly.ground_level(images).tolist() == [0, 0, 0.25]


def test_the_error_of_an_auc_is_its_spread_over_samples():
    rng = np.random.default_rng(0)
    draws = [(rng.normal(0, 1, 200), rng.normal(0.5, 1.5, 80)) for _ in range(400)]
    spread = np.std([anomaly.auc(*draw) for draw in draws])
    assert np.mean([anomaly.auc_error(*draw) for draw in draws]) == pytest.approx(spread, rel=0.1)
    assert anomaly.auc_error([1, 2, 3], [4, 5]) == 0
