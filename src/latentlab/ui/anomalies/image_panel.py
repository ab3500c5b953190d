"""One image, its reconstruction, and the reconstruction error map."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from latentlab import data
from latentlab.analysis import anomaly
from latentlab.analysis.support import FAR
from latentlab.checkpoints import Checkpoint
from latentlab.data.other import other_set
from latentlab.errors import DataError
from latentlab.images import Images, Pixels, png, to_float, to_pixels
from latentlab.ui.anomalies import titles
from latentlab.ui.anomalies.error_map import heat_map
from latentlab.ui.anomalies.image_scores import UNUSUAL, Judged, judge, recall
from latentlab.ui.anomalies.ranking import ranked
from latentlab.ui.input import image_input
from latentlab.ui.input.history import set_image
from latentlab.ui.input.query import Query, absent
from latentlab.ui.shell import cache
from latentlab.ui.shell.pictures import data_uri
from latentlab.wording import words

WIDGET = "anomaly"
N_OTHER = 200
DRAWN_WELL = 50  # percentile of the reconstruction error
SIDE = 220  # pixels a picture should fill at least, in whole steps
NOT_HERE = (
    "The image itself is not on this machine, so there is no reconstruction error map. Use an "
    "image of your own, or download the images."
)
MEASURED = "The scores are those of the image, measured after training."
STYLE = """\
<style>
.judged { display: grid; gap: 0.9rem;
  grid-template-columns: repeat(auto-fit, minmax(min(8.5rem, 100%), 1fr)); }
.judged figure { margin: 0; }
.judged img { width: 100%; image-rendering: pixelated; border-radius: 0.4rem; display: block; }
.judged figcaption { font-size: max(16px, 0.9rem); line-height: 1.3; margin-top: 0.3rem; }
.unusual { display: grid; gap: 0.35rem 0.8rem; align-items: center;
  grid-template-columns: minmax(8rem, auto) 4.5rem minmax(3rem, 1fr) 3.2rem;
  margin-top: 0.9rem; font-variant-numeric: tabular-nums; }
.unusual .value, .unusual .share { text-align: right; }
.unusual .bar { height: 0.6rem; border-radius: 0.3rem; background: rgba(128, 128, 128, 0.2); }
.unusual .bar i { display: block; height: 100%; border-radius: 0.3rem; background: #8a8f98; }
.unusual .bar.far i { background: #d98a1f; }
@media (max-width: 360px) {
  .unusual { grid-template-columns: minmax(0, 1fr) auto 3.4rem; }
  .unusual .bar { display: none; }
}
.unusual .quiet { grid-column: 1 / -1; font-size: max(16px, 0.86rem); opacity: 0.8; }
.st-key-anomaly-halves > * > [data-testid="stHorizontalBlock"] > [data-testid="stColumn"] {
  flex: 999 1 26rem; min-width: min(26rem, 100%); }
.st-key-anomaly-halves > * > * > [data-testid="stColumn"]:has(.st-key-anomaly-answer) {
  flex: 1 0 min(100%, clamp(27.5rem, 36vw, 41rem)); }
.st-key-anomaly-halves .st-key-anomaly-answer [data-testid="stColumn"]:first-child {
  flex: 0 0 min(18.5rem, 100%); }
.st-key-anomaly-halves .st-key-anomaly-answer [data-testid="stColumn"]:last-child {
  flex: 1 1 8rem; min-width: min(8rem, 100%); }
</style>"""


@st.fragment
def section(checkpoint: Checkpoint, *, in_half: bool) -> None:
    """Take an image and show its reconstruction error map. A stroke runs this alone.

    Parameters
    ----------
    checkpoint : Checkpoint
    in_half : bool
        Whether something stands beside it, so that the scores have to stand below.
    """
    left, right = st.columns([3, 8], gap="small" if in_half else "large")
    below = st.container() if in_half else right
    with left:
        _made_up(checkpoint)
        query = image_input(checkpoint, key=WIDGET, preview=False)
    found = recall(checkpoint, query) if query.is_absent else judge(checkpoint, query)
    with right:
        drawn = _drawing(query, found) if query.is_absent else _pictures(query, found)
        st.html(STYLE + drawn)
    with below:
        if query.is_absent:
            st.markdown(f"{NOT_HERE} {MEASURED if found.scores else ''}")
        else:
            st.markdown(sentence(found, was_learned=query.was_learned))
        if found.scores:
            st.html(_scores(found))


def show_ranked(checkpoint: Checkpoint, row: int) -> None:
    """Ask about an image of the ranking.

    Parameters
    ----------
    checkpoint : Checkpoint
    row : int
        Of ``ranked.ranked``.
    """
    found = ranked(checkpoint)
    number = int(found.numbers[row])
    name = f"{found.split} image {number:,}"
    images = cache.split_images(checkpoint, found.split)
    if images is not None and number < len(images):
        query = Query(to_float(images[number]), name, number, found.split)
    else:
        query = absent(checkpoint, name, number, found.split)
    set_image(checkpoint, query)


def sentence(found: Judged, *, was_learned: bool) -> str:
    """Say what the scores come to, in one or two sentences.

    Parameters
    ----------
    found : Judged
    was_learned : bool
        Whether it is a training image.
    """
    share = found.percentiles["mse"]
    is_far = found.nearness is not None and found.nearness.is_far
    if share >= UNUSUAL and was_learned:
        return "**The reconstruction error is large, although this is a training image.**"
    if share >= UNUSUAL:
        return (
            "**The reconstruction error is larger than for nearly all normal test images:** "
            "predicted anomalous."
        )
    if is_far and share <= DRAWN_WELL:
        return "**Its reconstruction error is small, but no training image is near its latent.**"
    if is_far:
        return (
            "**Its reconstruction error is not unusual, but no training image is near its latent.**"
        )
    return (
        "Predicted normal. This can be wrong: a network may also reconstruct images well that are "
        "unlike its training images."
    )


def _made_up(checkpoint: Checkpoint) -> None:
    st.caption("Out-of-set images:")
    with st.container(horizontal=True, gap="small"):
        for name, make in MADE_UP.items():
            st.button(
                name, key=f"{WIDGET}-{name}", on_click=_bring_made_up, args=(checkpoint, make)
            )


def _bring_made_up(checkpoint: Checkpoint, make: str) -> None:
    seed = int(np.random.default_rng().integers(2**31))
    query = _make(checkpoint, make, seed)
    if query is not None:
        set_image(checkpoint, query)


MADE_UP = {"Noise": "noise", "Blank": "blank", "Other set": "other"}


def _make(checkpoint: Checkpoint, kind: str, seed: int) -> Query | None:
    shape = checkpoint.manifest.image_shape
    if kind == "noise":
        return Query(anomaly.noise(1, shape, seed=seed)[0], "noise")
    if kind == "blank":
        level = anomaly.ground_level(_some_images(checkpoint))
        return Query(anomaly.blank(1, shape, level=level, seed=seed)[0], "a blank page")
    try:
        others = other_set(checkpoint.manifest.config.dataset, shape, n_images=N_OTHER)
    except DataError:
        return None
    title = data.dataset(others.name).title
    return Query(to_float(others.images[seed % len(others)]), f"one of the {title}")


def _some_images(checkpoint: Checkpoint) -> Images:
    originals = cache.originals(checkpoint)
    if originals is not None:
        return to_float(originals[:N_OTHER])
    return cache.decode(checkpoint, cache.index(checkpoint).latents[:N_OTHER])


def _drawing(query: Query, stored: Judged) -> str:
    """Show an empty tile for an image that is not here, and its reconstruction."""
    image = _figure(to_pixels(query.pixels), query.source)
    return f'<div class="judged">{image}{_figure(to_pixels(stored.drawn), "Reconstruction")}</div>'


def _pictures(query: Query, found: Judged) -> str:
    heat = heat_map(query.pixels, found.drawn)
    shown = (
        (to_pixels(query.pixels), query.source),
        (to_pixels(found.drawn), "Reconstruction"),
        (heat, "Reconstruction error map: brighter means larger"),
    )
    figures = "".join(_figure(pixels, caption) for pixels, caption in shown)
    return f'<div class="judged">{figures}</div>'


def _figure(pixels: Pixels, caption: str) -> str:
    text = escape(f"{caption[:1].upper()}{caption[1:]}")
    picture = data_uri(png(pixels, scale=-(-SIDE // max(pixels.shape[:2]))))
    return f'<figure><img src="{picture}" alt="{text}"><figcaption>{text}</figcaption></figure>'


def _scores(found: Judged) -> str:
    head = (
        "Each score, and the share of normal test images that score lower; for the distance, "
        "the share of validation images."
    )
    rows = [f'<span class="quiet">{head}</span>']
    for name, value in found.scores.items():
        share = found.percentiles[name]
        limit = FAR if name == "distance" else UNUSUAL
        far = " far" if share > limit else ""
        rows.append(
            f"<span>{escape(titles.SCORES[name].title)}</span>"
            f'<span class="value">{words.figure(value)}</span>'
            f'<span class="bar{far}"><i style="width:{share:.0f}%"></i></span>'
            f'<span class="share">{words.share(share / 100)}</span>'
        )
    return f'<div class="unusual">{"".join(rows)}</div>'
