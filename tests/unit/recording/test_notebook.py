"""The notebook in docs runs as it stands there, and what it records can be shown."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from latentlab.checkpoints import open_checkpoint
from latentlab.codec import load_codec
from latentlab.export.browser import networks_of
from latentlab.recording import recorder

NOTEBOOK = Path(__file__).parents[3] / "docs" / "own-network.ipynb"
MOST_LINES = 45  # of the cell that trains


def test_the_notebook_records_a_network_that_decodes_under_the_pointer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LATENTLAB_DATA", raising=False)
    monkeypatch.setattr(recorder, "PROJECTIONS", ("pca",))  # UMAP has tests of its own
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert not any(cell.get("outputs") for cell in cells)
    assert len([line for line in sources[0].splitlines() if line.strip()]) <= MOST_LINES
    variables: dict[str, object] = {}
    for source in sources:
        exec(compile(source, str(NOTEBOOK), "exec"), variables)
    assert "torch" in sys.modules
    checkpoint = open_checkpoint(tmp_path / "checkpoints" / "my-autoencoder")
    checkpoint.prove()
    assert checkpoint.manifest.metrics["psnr"] > checkpoint.manifest.metrics["psnr_mean_image"]
    networks = networks_of(checkpoint)
    assert networks is not None
    assert networks.decoder is not None
    images = load_codec(checkpoint).decode(np.zeros((1, 2), np.float32))
    assert images.shape == (1, 8, 8, 1)
