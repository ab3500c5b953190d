"""The page to take home: self-contained, small, without images that are not ours."""

import base64
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from latentlab import data
from latentlab.checkpoints import SPLIT_CODES, open_checkpoint
from latentlab.cli.export import explorer_page
from latentlab.export import html
from latentlab.export.browser import networks_of
from latentlab.export.message import unpack


def data_of(page: bytes) -> tuple[dict[str, object], dict[str, np.ndarray]]:
    found = re.search(rb'type="application/octet-stream">([^<]*)<', page)
    assert found is not None
    return unpack(base64.b64decode(found[1]))


def test_the_page_carries_everything_and_asks_nobody(tiny_checkpoint: Path) -> None:
    checkpoint = open_checkpoint(tiny_checkpoint)
    page = explorer_page(checkpoint)
    assert not re.search(rb"https?://(?!www\.w3\.org/2000/svg)", page)
    header, arrays = data_of(page)
    index = checkpoint.index()
    assert arrays["weights"].dtype == np.float16
    train = index.splits == SPLIT_CODES["train"]
    np.testing.assert_array_equal(arrays["latents"], index.latents[train])
    # The native plane.
    np.testing.assert_allclose(arrays["places"], index.latents[train], atol=1e-5)
    assert header["classes"] == list("0123456789")
    assert "originals" in arrays


def test_weights_travel_in_half_precision(tiny_checkpoint: Path) -> None:
    networks = networks_of(open_checkpoint(tiny_checkpoint))
    assert networks is not None
    halved, whole = html.halved(networks.decoder).weights, networks.decoder.weights
    np.testing.assert_allclose(halved.astype(np.float32), whole, rtol=2**-10, atol=1e-6)


def test_originals_that_may_not_be_passed_on_are_left_out(
    tiny_checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = replace(data.DATASETS["digits"], is_free=False)
    monkeypatch.setitem(data.DATASETS, "digits", private)
    _, arrays = data_of(explorer_page(open_checkpoint(tiny_checkpoint)))
    assert "originals" not in arrays
