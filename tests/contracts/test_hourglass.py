"""Every model of the table can be drawn on the Network page, and told in four steps."""

from __future__ import annotations

import pytest
from tests.tiny import write_tiny

from latentlab.export.hourglass import hourglass_of
from latentlab.export.message import unpack
from latentlab.models import BODIES, MODELS
from latentlab.ui.network import messages
from latentlab.wording import lecture


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("model", MODELS)
def test_every_model_has_a_drawing(model, body, tmp_path):
    has_latent = MODELS[model].has_latent
    checkpoint = write_tiny(
        tmp_path, model=model, body=body, hidden=(6, 5), latent_dim=3 if has_latent else 0
    )
    hourglass = hourglass_of(checkpoint)
    assert hourglass is not None
    header, arrays = unpack(messages.network(checkpoint))
    for name, part in hourglass.parts.items():
        assert len(part.ends) >= 3, "two hidden layers, and what they lead to"
        assert list(part.ends) == sorted(set(part.ends))
        assert part.ends[-1] < len(part.network.layers)
        assert arrays[name].shape == part.network.weights.shape
    # What has no latent has skip connections, and the other way round.
    assert any(part.skips for part in hourglass.parts.values()) is not has_latent
    assert ("points" in arrays) is has_latent
    assert [step["part"] for step in header["steps"]] == ["encode", "sample", "decode", "compare"]


@pytest.mark.parametrize("model", MODELS)
def test_a_step_is_one_sentence_and_one_line(model, tmp_path):
    latent_dim = 3 if MODELS[model].has_latent else 0
    checkpoint = write_tiny(tmp_path, model=model, hidden=(6, 5), latent_dim=latent_dim)
    for step in lecture.steps(checkpoint):
        assert step.sentence.endswith(".")
        assert "\n" not in step.code
        compile(step.code, step.title, "exec")


def test_more_than_sixteen_dimensions_are_sorted_by_kl(tmp_path):
    checkpoint = write_tiny(tmp_path, model="vae", latent_dim=18)
    header, _ = unpack(messages.network(checkpoint))
    assert sorted(header["order"]) == list(range(18))
    kl = [header["kl"][dimension] for dimension in header["order"]]
    assert kl == sorted(kl, reverse=True)
