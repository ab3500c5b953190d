from __future__ import annotations

import pytest

from latentlab.config import RunConfig, checkpoint_name, make_config, parse_config
from latentlab.errors import ConfigError, LatentlabError
from latentlab.presets import PRESETS, preset


def test_flags_arrive_as_text_and_become_values():
    config = make_config(dataset="digits", latent_dim="8", hidden="64, 32", beta="2.5")
    assert (config.latent_dim, config.hidden, config.beta) == (8, (64, 32), 2.5)


def test_what_was_asked_beats_the_image_sets_own_defaults():
    assert make_config(dataset="digits").epochs != 7
    assert make_config(dataset="digits", epochs=7).epochs == 7


def test_json_round_trip():
    config = make_config(dataset="digits", latent_dim=3)
    assert RunConfig.model_validate_json(config.model_dump_json()) == config


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"latent_dim": 0}, "latent_dim"),
        ({"latent_dim": 257}, "latent_dim"),
        ({"beta": float("nan")}, "beta"),
        ({"learning_rate": "fast"}, "learning_rate"),
        ({"hidden": ""}, "hidden"),
        ({"likelihood": "poisson"}, "likelihood"),
        ({"colour": 1}, "colour"),
        ({"model": "vea"}, "Did you mean 'vae'"),
        ({"dataset": "digit"}, "Did you mean 'digits'"),
    ],
)
def test_bad_settings_get_one_sentence(fields, words):
    with pytest.raises(LatentlabError, match=words) as caught:
        parse_config(fields)
    assert "\n" not in str(caught.value)


def test_checkpoint_names_tell_the_experiment():
    assert checkpoint_name(make_config(dataset="digits", latent_dim=2)) == "digits-vae-z2"
    assert checkpoint_name(make_config(dataset="digits", beta=10)) == "digits-vae-z2-beta10"
    assert checkpoint_name(make_config(dataset="digits", model="ae")) == "digits-ae-z2"


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_a_valid_run(name):
    config = make_config(**preset(name))
    assert config.dataset in name or config.dataset.startswith("folder:")


def test_unknown_preset_lists_the_valid_ones():
    with pytest.raises(ConfigError, match="mnist-vae-z2"):
        preset("mnist-vae-z3")
