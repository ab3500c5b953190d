"""One answer to one question: is a training image near? Every page is asked about the same."""

import base64
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from latentlab.checkpoints import SPLIT_CODES, checkpoints_root, open_checkpoint
from latentlab.cli.export import explorer_page
from latentlab.cli.query import ask as command
from latentlab.export.message import unpack
from latentlab.images import png, to_float, to_pixels
from latentlab.ui.anomalies import image_scores
from latentlab.ui.explore import page as explore
from latentlab.ui.input import query as queries
from latentlab.ui.input.query import Query
from latentlab.ui.map import card, empty_space, maps, new_point
from latentlab.ui.neighbors import answer, wording
from latentlab.ui.shell import cache
from latentlab.wording.support import none_near

N_PICTURES = N_LATENTS = 20


@pytest.fixture(scope="module")
def checkpoint():
    return open_checkpoint(checkpoints_root() / "digits-vae-z2")


@pytest.fixture(scope="module")
def pictures(checkpoint):
    """Ten test images, which lie where training images lie or at the edge, and ten others."""
    index = cache.index(checkpoint)
    tests = np.flatnonzero(index.splits == SPLIT_CODES["test"])
    order = tests[np.argsort(index.nearest_train_distance[tests])]
    known = [queries.stored(checkpoint, int(row)) for row in (*order[:5], *order[-5:])]
    random = np.random.default_rng(0)
    shape = checkpoint.manifest.image_shape
    noise = [random.random(shape, np.float32) for _ in range(4)]
    inverted = [1 - query.pixels for query in known[:4]]
    flat = [np.full(shape, value, np.float32) for value in (0, 1)]
    others = [Query(to_float(to_pixels(image)), "another") for image in (*noise, *inverted, *flat)]
    return [*known, *others]


@pytest.fixture(scope="module")
def in_browsers(checkpoint):
    """What Explore and the page to take home do: the distance to training latents, and a limit."""
    network, arrays = unpack(explore._network(checkpoint))
    explored = arrays["latents"][arrays["splits"] == SPLIT_CODES["train"]]
    found = re.search(rb'octet-stream">([^<]*)<', explorer_page(checkpoint))
    assert found is not None
    home, taken = unpack(base64.b64decode(found[1]))

    def ask(latent):
        limits = ((network["far"], explored), (home["far"], taken["latents"]))
        return [np.linalg.norm(known - latent, axis=1).min() > far for far, known in limits]

    return ask


def test_every_page_gives_one_answer_about_a_picture(
    checkpoint, pictures, in_browsers, monkeypatch, tmp_path: Path
):
    shown, said = maps.all_maps(checkpoint)["native"], []
    for number, query in enumerate(pictures):
        monkeypatch.setattr(new_point, "image_input", lambda *a, query=query, **k: query)
        file = tmp_path / f"{number}.png"
        file.write_bytes(png(to_pixels(query.pixels)))
        found = answer.answer(checkpoint, query, k=9, metric="euclidean")
        judged = image_scores.judge(checkpoint, query)
        answers = [
            found.nearness.is_far,
            new_point.ask(checkpoint, shown).seen.nearness.is_far,
            judged.nearness.is_far,
            command(checkpoint, file).nearness.is_far,
            *in_browsers(found.latent),
        ]
        assert len(set(map(bool, answers))) == 1, f"picture {number}: {answers}"
        assert judged.percentiles["distance"] == pytest.approx(found.nearness.share, abs=0.01)
        said.append(answers[0])
    assert len(said) == N_PICTURES
    assert 3 < sum(said) < N_PICTURES - 3  # both answers are asked for


def test_every_page_gives_one_answer_about_a_latent(checkpoint, in_browsers, monkeypatch):
    warned: list[str] = []
    monkeypatch.setattr(empty_space.st, "warning", lambda text, **kind: warned.append(text))
    said = []
    for latent in np.random.default_rng(1).uniform(-5, 5, (N_LATENTS, 2)).astype(np.float32):
        warned.clear()
        empty_space._decoded(checkpoint, latent[None])
        answers = [bool(warned), *map(bool, in_browsers(latent))]
        assert len(set(answers)) == 1, f"{latent}: {answers}"
        said.append(answers[0])
    assert 3 < sum(said) < N_LATENTS - 3


def test_the_card_of_a_point_says_what_neighbors_says(checkpoint, pictures, monkeypatch):
    text: list[str] = []
    monkeypatch.setattr(card.st, "markdown", lambda line, **kind: text.append(line))
    index = cache.index(checkpoint)
    for query in pictures[:10]:
        text.clear()
        row = queries.row_of(index, query)
        found = answer.answer(checkpoint, query, k=9, metric="euclidean")
        large_error = replace(found, error_percentile=0.0)  # which Neighbors would say first
        card.show(checkpoint, maps.all_maps(checkpoint)["native"], None, row, None)
        on_card = any(none_near() in line for line in text)
        assert on_card == (wording.warning(large_error) == none_near())
