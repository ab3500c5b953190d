"""The Neighbors page, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from latentlab.analysis import stored_index
from latentlab.analysis.neighbors import METRICS, Metric
from latentlab.analysis.stored_index import StoredIndex
from latentlab.analysis.stored_maps import stored_maps
from latentlab.checkpoints import Checkpoint
from latentlab.ui.input import drawing, history, image_input
from latentlab.ui.neighbors import answer, board, wording
from latentlab.ui.shell import cache, download_panel, state
from latentlab.wording.glossary import meaning

WIDGET = "neighbors"
K = 9
MOST = 100
METRIC_TITLES = {"euclidean": "Euclidean", "cosine": "Cosine"}
CODE = """\
z = encoder(x).chunk(2, dim=1)[0]              # a VAE's mean; a plain autoencoder: encoder(x)
distances = torch.cdist(z, index_latents)      # to every stored image
nearest = distances.topk(9, largest=False).indices
error = ((decoder(z).sigmoid() - x) ** 2).mean()
share = (test_errors < error).float().mean()   # "larger than for ... of test images"
pixel_distances = torch.cdist(x.flatten(1), index_images.flatten(1))
pca_distances = torch.cdist((x.flatten(1) - mean) @ components.T, index_pca)
"""


def render(checkpoint: Checkpoint) -> None:
    """Draw the page.

    Parameters
    ----------
    checkpoint : Checkpoint
    """
    download_panel.panel(checkpoint)
    _conversation(checkpoint)
    with st.expander("How is this computed?", icon=":material/function:"):
        st.code(CODE, language="python")


@st.fragment
def _conversation(checkpoint: Checkpoint) -> None:
    """Take an image, show its neighbors. What is chosen on the left runs both."""
    left, right = st.columns([3, 8.6], gap="medium")
    with left:
        image_input(checkpoint, key=WIDGET, preview=False, voice=board.KEY)
        asked = _settings(checkpoint)
    with right:
        _answers(checkpoint, asked)
        board.carry_points(checkpoint, asked.map_name)


@st.fragment
def _answers(checkpoint: Checkpoint, asked: _Settings) -> None:
    """Show what is near. A stroke, and a step from neighbor to neighbor, run this alone."""
    said = drawing.take(checkpoint, board.KEY)
    _go(checkpoint)
    board.show(
        checkpoint,
        answer.answer(
            checkpoint,
            history.current(checkpoint),
            k=asked.k,
            metric=asked.metric,
            stored=asked.stored,
        ),
        map_name=asked.map_name,
        steps=history.trail(checkpoint),
        drawing=drawing.number_of(said),
    )


@dataclass(frozen=True)
class _Settings:
    k: int
    metric: Metric
    stored: StoredIndex | None
    map_name: str | None


def _settings(checkpoint: Checkpoint) -> _Settings:
    """Offer what is rarely changed, behind one button."""
    names = list(stored_maps(cache.index(checkpoint)))
    with st.popover("More", icon=":material/tune:", width="stretch"):
        state.follow_address("k", "neighbors-k", range(1, MOST + 1), K, read=int)
        k = st.slider(
            "Number of neighbors (k)",
            1,
            MOST,
            key="neighbors-k",
            help="In each space, the k nearest stored images are shown.",
        )
        state.follow_address("metric", "neighbors-metric", METRICS, METRICS[0])
        metric = st.radio(
            "Distance",
            METRICS,
            format_func=METRIC_TITLES.__getitem__,
            key="neighbors-metric",
            horizontal=True,
            help=f"Euclidean: {meaning('Euclidean distance')} Cosine: {meaning('Cosine distance')}",
        )
        state.to_address(metric=metric, k=str(k))
        stored = _offer_index(checkpoint, metric)
        chosen = None
        if len(names) > 1:
            key = f"neighbors-map-{checkpoint.name}"
            state.follow_address("map", key, names, names[0])
            chosen = st.radio("Map", names, format_func=wording.map_title, key=key)
            state.to_address(map=chosen)
    return _Settings(k, metric, stored, chosen or next(iter(names), None))


def _offer_index(checkpoint: Checkpoint, metric: Metric) -> StoredIndex | None:
    """Offer the database that `latentlab index` has sent the latents to."""
    note = stored_index.stored(checkpoint)
    if note is None or note.metric != metric:
        return None
    wanted = st.toggle(
        "Search with the vector database (Qdrant)",
        key=f"neighbors-approximate-{checkpoint.name}",
        help=f"Recall: it finds {100 * note.recall:.1f} % of the exact nearest neighbors in latent "
        "space.",
    )
    return note if wanted else None


def _go(checkpoint: Checkpoint) -> None:
    """Follow a click on a neighbor or a breadcrumb."""
    click = board.clicked()
    if click is not None:
        where, number = click
        {"walk": history.walk_to, "back": history.back_to}[where](checkpoint, number)
