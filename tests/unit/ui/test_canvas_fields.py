"""What the canvas computes of a latent space is what ``tests.reference`` computes."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from chromium import as_base64, blank_page, load_modules
from playwright.sync_api import Page
from reference.density import Density
from reference.layers import LAYERS
from reference.planes import dimensions, off_plane
from tiny import write_tiny

from latentlab.analysis import planes
from latentlab.analysis.neighbors import nearest
from latentlab.analysis.support import Support
from latentlab.checkpoints import Checkpoint, FullIndex, list_checkpoints
from latentlab.codec import load_codec
from latentlab.export.browser import networks_of
from latentlab.presets import MEMBERS
from latentlab.ui.explore.page import messages

pytestmark = pytest.mark.e2e

SHIPPED = [
    checkpoint
    for checkpoint in list_checkpoints(Path(__file__).parents[3] / "checkpoints")[0]
    if checkpoint.manifest.config.model in ("ae", "vae") and checkpoint.name not in MEMBERS
]
MODULES = [
    "latent/facts.ts",
    "latent/layers.ts",
    "latent/plane.ts",
    "latent/space.ts",
    "lib/message.ts",
    "runtime/runtime.ts",
]
TICKS = np.linspace(-2, 2, 7, dtype=np.float32)
READ = """const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const floats = (text) => new Float32Array(bytes(text).buffer);
    const raw = (values) => Array.from(new Uint8Array(Float32Array.from(values).buffer));
    const write = (values) => btoa(raw(values).map((b) => String.fromCharCode(b)).join(''));
"""
DECODE = f"""async ([blob, latents]) => {{
    {READ}
    const {{ header, arrays }} = lab.unpack(bytes(blob));
    const network = await lab.loadNetwork(header.decoder, arrays.weights, {{ batch: 8 }});
    const z = floats(latents);
    return write(network.runAll(z, z.length / header.latent_dim));
}}"""
FIELD = f"""async ([blob, extras, name, latents, u, v]) => {{
    {READ}
    const message = lab.unpack(bytes(blob));
    const more = lab.unpack(bytes(extras));
    const space = new lab.Space(message);
    const bench = {{ z: space.z, ...space.known() }};
    bench.decoder = await lab.loadNetwork(message.header.decoder, message.arrays.weights);
    bench.encoder = await lab.loadNetwork(more.header.encoder, more.arrays.encoder_weights);
    const z = floats(latents);
    const places = {{ latents: z, rows: z.length / space.z, z: space.z }};
    return write(lab.LAYERS[name].compute(bench, places, {{ u: floats(u), v: floats(v) }}));
}}"""
DENSITY = f"""([blob, all, latents, u, v]) => {{
    {READ}
    const space = new lab.Space(lab.unpack(bytes(blob)));
    const bench = {{ z: space.z, ...space.known() }};
    if (all) {{
        const {{ header, arrays }} = lab.unpack(bytes(all));
        bench.all = {{ ...header, ...arrays }};
    }}
    const z = floats(latents);
    const places = {{ latents: z, rows: z.length / space.z, z: space.z }};
    return write(lab.LAYERS.density.compute(bench, places, {{ u: floats(u), v: floats(v) }}));
}}"""
FACTS = f"""([blob, latents]) => {{
    {READ}
    const space = new lab.Space(lab.unpack(bytes(blob)));
    const z = floats(latents);
    return Array.from({{ length: z.length / space.z }}, (_, i) => {{
        const facts = lab.factsOf(space, z.subarray(i * space.z, (i + 1) * space.z));
        return [facts.row, facts.distance, facts.share];
    }});
}}"""
PLANE = f"""([blob, kind, through, x, y]) => {{
    {READ}
    const space = new lab.Space(lab.unpack(bytes(blob)));
    const plane = lab.makePlane(space, {{ kind, i: 2, j: 0 }}, floats(through), false);
    const z = plane.lift(x, y);
    return [write(z), write([...plane.u, ...plane.v]), plane.project(z)];
}}"""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with blank_page() as page:
        load_modules(page, *MODULES)
        yield page


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    return write_tiny(tmp_path_factory.mktemp("checkpoints"), latent_dim=3)


def said(checkpoint: Checkpoint) -> str:
    index = checkpoint.index()
    blob = messages.network(
        checkpoint,
        index,
        networks_of(checkpoint),
        Support(index),
        others=[],
        reencoders=[],
        originals=False,
    )
    return as_base64(blob)


def given(array: np.ndarray) -> str:
    return as_base64(np.ascontiguousarray(array, np.float32).tobytes())


def taken(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), np.float32)


@pytest.mark.parametrize("name", sorted(LAYERS))
def test_field_equals_the_layer_of_that_name(page, checkpoint, name):
    codec, index = load_codec(checkpoint), checkpoint.index()
    plane = dimensions(0, 2, index.latents[4])
    expected = LAYERS[name](codec, plane, TICKS, TICKS, index)
    extras = as_base64(messages.extras(checkpoint, index, networks_of(checkpoint)))
    arguments = [said(checkpoint), extras, name, given(plane.grid(TICKS, TICKS))]
    found = taken(page.evaluate(FIELD, [*arguments, given(plane.axes[0]), given(plane.axes[1])]))
    np.testing.assert_allclose(found.reshape(7, 7), expected, rtol=2e-3, atol=2e-4)


def test_density_counts_all_images_where_the_index_is_a_sample(page, checkpoint):
    """The sample says nothing of most images here, which are in one corner of the map.

    What bytes and cells add to the exact kernel density of all was at most 0.7 % of it.
    """
    index = checkpoint.index()
    random = np.random.default_rng(3)
    others = random.normal((-2, 1, 2), size=(4940, 3))
    latents = np.concatenate([index.latents, others]).astype(np.float32)
    n = len(latents)
    full = FullIndex(
        latents, np.arange(n, dtype=np.int32), np.zeros(n, np.int32), np.zeros(n, "u1")
    )
    plane = dimensions(0, 2, index.latents[4])
    expected = Density(latents, len(index)).on_plane(plane, TICKS, TICKS)
    every = as_base64(messages.everything(checkpoint, index, full))
    where = [given(plane.grid(TICKS, TICKS)), given(plane.axes[0]), given(plane.axes[1])]
    found = taken(page.evaluate(DENSITY, [said(checkpoint), every, *where])).reshape(7, 7)
    sample = taken(page.evaluate(DENSITY, [said(checkpoint), None, *where])).reshape(7, 7)
    np.testing.assert_allclose(found, expected, rtol=0.01)
    assert np.abs(np.log(sample / expected)).max() > 1  # or there would be nothing to show


def test_nearest_image_and_share_equal_python(page, checkpoint):
    index = checkpoint.index()
    places = np.random.default_rng(0).normal(size=(12, 3)).astype(np.float32)
    train = np.flatnonzero(index.splits == 0)
    expected = nearest(index.latents[train], places, 1)
    judged = Support(index).of_latents(places)
    for place, (row, distance, share) in enumerate(
        page.evaluate(FACTS, [said(checkpoint), given(places)])
    ):
        assert row == train[expected.rows[place, 0]]
        assert distance == pytest.approx(float(expected.distances[place, 0]), abs=1e-4)
        assert share == pytest.approx(judged[place].share, abs=0.01)


@pytest.mark.parametrize("kind", ["dimensions", "principal"])
def test_plane_is_the_same_plane(page, checkpoint, kind):
    index = checkpoint.index()
    through = index.latents[7]
    if kind == "dimensions":
        plane = dimensions(2, 0, through)
    else:
        plane = planes.principal(index.latents, through)
    arguments = [said(checkpoint), kind, given(through), 0.5, -1.25]
    z, axes, back = page.evaluate(PLANE, arguments)
    np.testing.assert_allclose(taken(axes).reshape(2, 3), plane.axes, atol=1e-3)
    assert off_plane(plane, taken(z)) == pytest.approx(0, abs=1e-3)
    np.testing.assert_allclose(back, [0.5, -1.25], atol=1e-4)


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda checkpoint: checkpoint.name)
def test_shipped_checkpoint_decodes_as_torch_does(page, shipped):
    codec, index = load_codec(shipped), shipped.index()
    rows = np.linspace(0, len(index) - 1, 24).astype(int)
    spread = np.random.default_rng(0).normal(size=(8, codec.latent_dim)) * 3
    latents = np.concatenate([index.latents[rows], spread]).astype(np.float32)
    found = taken(page.evaluate(DECODE, [said(shipped), given(latents)]))
    expected = codec.decode(latents)
    assert np.abs(found.reshape(expected.shape) - expected).max() < 1e-4


def test_all_shipped_checkpoints_are_compared():
    assert SHIPPED, "no checkpoint is shipped; the comparison above compared nothing"


def test_points_without_training_images_still_have_facts(page, checkpoint):
    index = replace(checkpoint.index(), splits=np.full(60, 2, np.uint8))
    blob = messages.network(
        checkpoint,
        index,
        networks_of(checkpoint),
        Support(index),
        others=[],
        reencoders=[],
        originals=False,
    )
    [[row, distance, _]] = page.evaluate(FACTS, [as_base64(blob), given(index.latents[9])])
    assert row == 9
    assert distance == pytest.approx(0, abs=1e-6)
