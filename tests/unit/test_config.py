from __future__ import annotations

import unicodedata

import pytest

from latentlab.checkpoints import check_checkpoint_name
from latentlab.config import RunConfig, checkpoint_name, make_config, parse_config
from latentlab.errors import ConfigError, LatentlabError
from latentlab.presets import PRESETS, preset
from latentlab.tasks import TASKS


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


@pytest.mark.parametrize(
    ("folder", "plain"),
    [
        ("cats", "cats"),
        ("a b", "a-b"),
        ("my caf\u00e9", "my-cafe"),
        ("\u0444\u043e\u0442\u043e", "c36fd6"),
        ("\u0444\u043e\u0442\u043e 2024", "2024-37dd6b"),
        ("x" * 100, "x" * 33 + "-2cc9e5"),
    ],
)
def test_a_folder_of_any_name_gives_a_name_that_every_system_takes(folder, plain):
    name = checkpoint_name(make_config(dataset=f"folder:{folder}"))
    assert check_checkpoint_name(name) == f"folder-{plain}-vae-z32"


def test_one_name_in_two_forms_of_unicode_is_one_setting():
    first, second = (
        make_config(
            dataset=unicodedata.normalize(form, "folder:\u00fcber"),
            normal_classes=unicodedata.normalize(form, "\u00e9p\u00e9e,b"),
        )
        for form in ("NFC", "NFD")
    )
    assert first == second


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_a_valid_run(name):
    config = make_config(**preset(name))
    assert config.dataset in name or config.dataset.startswith("folder:")


def test_unknown_preset_lists_the_valid_ones():
    with pytest.raises(ConfigError, match="mnist-vae-z2"):
        preset("mnist-vae-z3")


def test_a_hole_and_a_color_are_looked_at_from_afar():
    widths = {task: make_config(dataset="folder:mine", task=task).hidden for task in TASKS}
    assert widths["denoise"] == widths["enlarge"] == (32, 64)
    assert widths["inpaint"] == widths["unwatermark"] == widths["colorize"] == (32, 64, 128)
    assert make_config(dataset="digits", task="inpaint").hidden == (32, 64)
