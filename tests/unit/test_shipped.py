"""What is promised of the checkpoints in the repository."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from latentlab.checkpoints import families, list_checkpoints
from latentlab.codec import load_codec
from latentlab.data import DATASETS
from latentlab.presets import FAMILIES, MEMBERS, PRESETS, SIZES
from latentlab.wording.verdicts import interval_of

TOP = Path(__file__).parents[2]
GOOD, REFUSED = list_checkpoints(TOP / "checkpoints")
LATENT = (
    "digits-ae-z2",
    "digits-vae-z2",
    "digits-vae-z2-beta10",
    "digits-vae-z2-seed1",
    "mnist-ae-z2",
    "mnist-vae-z16",
    "mnist-vae-z2",
    "mnist-vae-z2-beta10",
    "mnist-vae-z2-small",
    "shapes-ae-z2",
    "shapes-vae-z2",
    "shapes-vae-z2-beta10",
    "shapes-vae-z8",
)
# What the Training page compares under one slider.
KINDS_WATCHED = ("ae-z2", "vae-z2", "vae-z2-beta10")
BY_NAME = {checkpoint.name: checkpoint for checkpoint in GOOD}


def test_they_are_all_there_and_whole():
    assert REFUSED == []
    assert set(PRESETS) <= set(BY_NAME)


def test_together_they_stay_under_60_megabytes():
    files = [file for name in PRESETS for file in BY_NAME[name].path.iterdir()]
    assert sum(file.stat().st_size for file in files) < 60e6


@pytest.mark.parametrize(
    "name",
    [
        *(f"digits-{kind}" for kind in KINDS_WATCHED),
        *(f"shapes-{kind}" for kind in KINDS_WATCHED),
        "mnist-vae-z2-small",
    ],
)
def test_every_stage_of_a_network_that_is_watched_has_its_decoder(name):
    timeline = BY_NAME[name].timeline()
    assert len(timeline.weights) >= 24
    assert timeline.weight_steps.tolist() == timeline.steps.tolist()


@pytest.mark.parametrize("images", ["digits", "shapes"])
def test_networks_that_are_compared_follow_the_same_images(images):
    indexes = [BY_NAME[f"{images}-{kind}"].index() for kind in KINDS_WATCHED]
    n_probe = BY_NAME[f"{images}-ae-z2"].timeline().latents.shape[1]
    for name in ("splits", "numbers"):
        first, *others = (getattr(index, name)[:n_probe].tolist() for index in indexes)
        assert all(other == first for other in others)


def test_the_families_are_whole_and_take_little_room():
    found = {family.name: family for family in families(GOOD)}
    assert {name: found[name].sizes for name in FAMILIES} == dict.fromkeys(FAMILIES, SIZES)
    files = [file for name in MEMBERS for file in BY_NAME[name].path.iterdir()]
    assert sum(file.stat().st_size for file in files) < 8e6


@pytest.mark.parametrize("family", FAMILIES)
def test_a_larger_latent_reconstructs_better_up_to_a_point(family):
    errors = [BY_NAME[f"{family}-z{size}"].manifest.metrics["mse"] for size in SIZES]
    assert errors[:4] == sorted(errors[:4], reverse=True)
    assert min(errors) < errors[0] / 2


@pytest.mark.parametrize(
    "name", ["cifar10-denoise-unet", "mnist-denoise-unet", "digits-denoise-unet", "digits-inpaint"]
)
def test_a_network_that_is_promised_to_win_wins(name):
    metrics = BY_NAME[name].manifest.metrics
    gap = interval_of(metrics.get("psnr_gap"))
    assert gap is None or gap.verdict == "better"  # None: measured before there were intervals
    assert metrics["psnr"] > metrics["psnr_baseline"]


@pytest.mark.parametrize(
    ("name", "decibels"),
    [("mnist-denoise-unet", 1.0), ("digits-denoise-unet", 1.0), ("digits-enlarge-unet", 1.5)],
)
def test_a_unet_is_clearly_above_the_best_baseline(name, decibels):
    gap = interval_of(BY_NAME[name].manifest.metrics["psnr_gap"])
    assert gap is not None
    assert gap.low >= decibels


def test_colors_are_nearer_to_the_truth_than_gray_is_and_are_colors():
    metrics = BY_NAME["cifar10-colorize-unet"].manifest.metrics
    assert metrics["psnr"] > metrics["psnr_input"]
    assert metrics["chroma_error"] < metrics["chroma_true"]  # which is how far off gray is
    assert metrics["chroma_network"] > 0.5 * metrics["chroma_true"]


def test_a_watermark_is_removed_as_well_as_promised():
    metrics = BY_NAME["mnist-unwatermark"].manifest.metrics
    assert metrics["psnr_inside_network"] - metrics["psnr_inside_input"] >= 6


@pytest.mark.parametrize("name", LATENT)
def test_every_network_accepts_its_weights(name):
    checkpoint = BY_NAME[name]
    decoded = load_codec(checkpoint).decode(checkpoint.index().latents[:3])
    assert decoded.shape == (3, *checkpoint.manifest.image_shape)


@pytest.mark.parametrize(("name", "bar"), [("mnist-vae-z2", 132.5), ("mnist-vae-z16", 93)])
def test_they_are_as_good_as_promised(name, bar):
    assert BY_NAME[name].manifest.metrics["elbo"] <= bar


@pytest.mark.parametrize("name", LATENT)
def test_no_image_of_somebody_else_is_in_a_contact_sheet(name):
    """Sets that are downloaded are not ours to pass on: their sheets hold only drawings."""
    import io

    import numpy as np
    from PIL import Image

    from latentlab.training.contact_sheet import COLUMNS, ROWS

    checkpoint = BY_NAME[name]
    entry = DATASETS[checkpoint.manifest.config.dataset]
    sheet = np.asarray(Image.open(io.BytesIO(checkpoint.samples())))
    height = 2 * (checkpoint.manifest.image_shape[0] + 1)
    n_rows = round(sheet.shape[0] / height)
    has_prior = checkpoint.manifest.config.model == "vae"
    drawn = ROWS + (ROWS if has_prior else 0)
    assert n_rows == (drawn if entry.download else drawn + ROWS)
    assert sheet.shape[1] <= COLUMNS * 2 * (checkpoint.manifest.image_shape[1] + 1)


def test_the_readme_says_what_they_say():
    command = [sys.executable, "scripts/shipped_table.py", "--check"]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
