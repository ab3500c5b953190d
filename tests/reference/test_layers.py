"""What every layer of the table keeps to."""

import time

import numpy as np
import pytest
from reference.density import Density
from reference.layers import LAYERS
from tests.fakes import LinearCodec, class_latents, linear_codec, linear_index

from latentlab.analysis.planes import Plane, native, principal

XS = np.linspace(-3, 3, 9, dtype=np.float32)
YS = np.linspace(-2, 2, 5, dtype=np.float32)


def plane_through(latent_dim: int) -> Plane:
    latents, _ = class_latents(300, latent_dim)
    return native(latent_dim) if latent_dim <= 2 else principal(latents, latents[0])


@pytest.mark.parametrize("name", sorted(LAYERS))
class TestEveryLayer:
    @pytest.mark.parametrize("latent_dim", [1, 2, 4, 16])
    def test_one_number_per_place(self, name: str, latent_dim: int) -> None:
        index = linear_index(latent_dim=latent_dim)
        field = LAYERS[name](linear_codec(latent_dim), plane_through(latent_dim), XS, YS, index)
        assert field.shape == (5, 9)
        assert field.dtype == np.float32
        assert not np.isinf(field).any()
        assert (field[np.isfinite(field)] >= 0).all()
        if name != "reconstruction_error":  # the only one that may have nothing to say
            assert np.isfinite(field).all()

    def test_same_question_same_answer(self, name: str) -> None:
        index, codec, plane = linear_index(), linear_codec(), plane_through(4)
        first = LAYERS[name](codec, plane, XS, YS, index)
        second = LAYERS[name](codec, plane, XS, YS, index)
        np.testing.assert_array_equal(first, second)

    def test_the_index_is_untouched(self, name: str) -> None:
        index = linear_index()
        before = index.latents.copy(), index.reconstruction_error.copy()
        for array in (index.latents, index.reconstruction_error, XS, YS):
            array.flags.writeable = False
        LAYERS[name](linear_codec(), plane_through(4), XS, YS, index)
        assert (index.latents == before[0]).all()
        assert (index.reconstruction_error == before[1]).all()

    def test_a_place_does_not_depend_on_the_others(self, name: str) -> None:
        index, codec, plane = linear_index(), linear_codec(), plane_through(4)
        whole = LAYERS[name](codec, plane, XS, YS, index)
        one = LAYERS[name](codec, plane, XS[3:4], YS[2:3], index)
        np.testing.assert_allclose(one[0, 0], whole[2, 3], rtol=1e-4, atol=1e-5)


def field_of(name: str, codec: LinearCodec, latent_dim: int = 2) -> np.ndarray:
    index = linear_index(latent_dim=latent_dim)
    return LAYERS[name](codec, plane_through(latent_dim), XS, YS, index)


def test_a_linear_decoder_stretches_everywhere_alike() -> None:
    codec = linear_codec(2, gain=0.05)
    np.testing.assert_allclose(field_of("local_sensitivity", codec), 0.05, rtol=1e-2)


def test_the_round_trip_of_a_linear_codec_is_exact_until_it_clips() -> None:
    assert field_of("reencoding_distance", linear_codec(2, gain=0.05)).max() < 1e-4
    clipped = field_of("reencoding_distance", linear_codec(2, gain=2.0))
    assert clipped[2, 4] < 1e-4
    assert clipped[0, 0] > 0.1


def test_fog_is_the_distance_to_the_nearest_training_latent() -> None:
    index = linear_index(latent_dim=2)
    field = field_of("distance", linear_codec(2))
    place = np.array([XS[1], YS[4]])
    train = index.latents[index.splits == 0]
    assert field[4, 1] == pytest.approx(np.linalg.norm(train - place, axis=1).min(), abs=1e-5)


def test_reconstruction_error_is_the_weighted_mean_of_the_images_around() -> None:
    index = linear_index(latent_dim=2)
    field = field_of("reconstruction_error", linear_codec(2))
    squares = ((index.latents - [XS[6], YS[3]]) ** 2).sum(axis=1)
    weights = np.exp(-0.5 * squares / Density(index.latents).bandwidth ** 2)
    wanted = (weights * index.reconstruction_error).sum() / weights.sum()
    assert field[3, 6] == pytest.approx(wanted, rel=1e-3)


def test_where_there_is_no_data_there_is_no_reconstruction_error() -> None:
    index, far = linear_index(latent_dim=2), np.array([40], np.float32)
    layer = LAYERS["reconstruction_error"]
    assert np.isnan(layer(linear_codec(2), native(), far, far, index)).all()


def test_density_of_ten_thousand_latents_is_quick() -> None:
    index = linear_index(60, 16)
    latents = class_latents(10_000, 16)[0]
    object.__setattr__(index, "latents", latents)
    ticks = np.linspace(-3, 3, 64, dtype=np.float32)
    plane, codec = principal(latents, latents[0]), linear_codec(16)
    started = time.process_time()
    LAYERS["density"](codec, plane, ticks, ticks, index)
    assert time.process_time() - started < 1.0  # a guard against the naive way (10 s), not a figure
