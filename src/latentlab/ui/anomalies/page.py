"""The Anomalies page, from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from latentlab.analysis import anomaly
from latentlab.checkpoints import Anomalies, Checkpoint
from latentlab.figures.sizes import Line, auc_curves
from latentlab.ui.anomalies import board, image_panel, titles
from latentlab.ui.anomalies.ranking import measured
from latentlab.ui.shell import bus, charts, download_panel, families, state, theme
from latentlab.ui.shell.errors import plain
from latentlab.wording.glossary import meaning

VIEW = "anomalies-view"
CODE = """\
z = encoder(x).chunk(2, dim=1)[0]                 # a VAE's mean; a plain autoencoder: encoder(x)
error_map = (decoder(z).sigmoid() - x) ** 2       # the colors over the image
error = error_map.flatten(1).mean(1)              # "Reconstruction error"
distance = torch.cdist(z, training_latents).min(1).values
both = error / error_of_normal.median() + distance / distance_of_normal.median()
pairs = anomalous[:, None] > normal[None, :]      # one score, two groups of images
auc = pairs.float().mean()                        # ties count half
"""
# What of the board stands in the address; the same names as in web/anomalies/address.ts.
ADDRESS = ("score", "kind", "threshold", "missed")
CURVE_SCORES = ("mse", "ssim", "elbo", "distance", "both", "pca")


def render(checkpoint: Checkpoint) -> None:
    """Draw the page.

    Parameters
    ----------
    checkpoint : Checkpoint
    """
    download_panel.panel(checkpoint)
    anomalies = measured(checkpoint)
    if anomalies is None:
        above, below = st.container(), st.container()
    else:  # side by side, so that drawing and threshold are seen without scrolling
        with st.container(key="anomaly-halves"):
            above, below = st.columns([5, 7], gap="medium")
    answer = above.container(key="anomaly-answer")  # where a click on an image leads
    with below:
        _introduce(checkpoint, anomalies)
        board.show(checkpoint, on_pick=lambda: _pick(checkpoint))
        _keep_view()
    with answer:  # stands first; filled last, because it waits for the network
        image_panel.section(checkpoint, in_half=anomalies is not None)
    if anomalies is not None:
        st.header("AUC by latent dimensions", anchor=False, help=meaning("AUC"))
        _curve(checkpoint, anomalies)
    with st.expander("How is this computed?", icon=":material/function:"):
        st.code(CODE, language="python")


def _introduce(checkpoint: Checkpoint, anomalies: Anomalies | None) -> None:
    if anomalies is not None:
        missing = titles.unseen_classes(checkpoint, anomalies)
        st.markdown(
            f"This network was trained without **{plain(missing)}**. Does its score tell anomalies "
            "from normal images? Drag the threshold: every image to the right of it is predicted "
            "anomalous."
            if "unseen" in anomalies.groups
            else "Does the score tell anomalies from normal images? Drag the threshold: every "
            "image to the right of it is predicted anomalous."
        )
        return
    st.markdown(
        "This network was trained on every class, so no class is anomalous to it. Below are the "
        "images with the highest and the lowest scores."
    )
    others = [
        c for c in families.beside(checkpoint) if c.manifest.config.normal_classes is not None
    ]
    if not others:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("Networks trained without one class:", width="content")
        for other in others:
            st.button(
                plain(other.name),
                key=f"anomalies-of-{other.name}",
                on_click=state.choose_checkpoint,
                args=(other.name,),
            )


@st.fragment
def _keep_view() -> None:
    """Write into the address what is shown on the board."""
    said = bus.listen("anomalies-view", key=VIEW)
    if isinstance(said, dict) and state.is_news("anomalies:view", said):
        values = {name: said.get(name) for name in ADDRESS}
        state.to_address(
            **{name: value if isinstance(value, str) else None for name, value in values.items()}
        )


def _pick(checkpoint: Checkpoint) -> None:
    row = board.picked(checkpoint)
    if row is not None:
        image_panel.show_ranked(checkpoint, row)


@st.fragment
def _curve(checkpoint: Checkpoint, anomalies: Anomalies) -> None:
    """Show how AUC depends on the number of latent dimensions."""
    scores = [score for score in CURVE_SCORES if score in anomalies.curves]
    if not scores:
        return
    score = st.segmented_control(
        "Score",
        scores,
        default=scores[0],
        required=True,
        format_func=lambda name: titles.SCORES[name].title,
        key="anomaly-curve-score",
        help="The score by which anomalies are told from normal images.",
    )
    look = theme.current()
    names = {kind: title.title for kind, title in titles.kinds(checkpoint, anomalies).items()}
    curves = anomalies.curves[score or scores[0]]
    lines = {  # in the colors of the board: a kind keeps its own
        name: Line(curves[kind].tolist(), color=look.categorical[number % 10])
        for number, (kind, name) in enumerate(names.items())
        if kind in curves
    }
    drawing = auc_curves(anomalies.curve_sizes.tolist(), lines, look)
    st.markdown(
        curve_meaning(
            titles.SCORES[score or scores[0]].title,
            anomalies.curve_sizes.tolist(),
            {names[kind]: curves[kind].tolist() for kind in names if kind in curves},
            {
                "normal" if kind == "normal" else names[kind]: min(anomaly.CURVE_TEST, len(group))
                for kind, group in anomalies.groups.items()
            },
        )
    )
    charts.show(drawing, key=f"anomaly-curve-{checkpoint.name}-{score}")
    st.caption(
        f"Each point is a separate small network, trained for at most {anomaly.CURVE_EPOCHS} "
        f"epochs on up to {anomaly.CURVE_TRAIN:,} images and measured on up to "
        f"{anomaly.CURVE_TEST:,} images of each kind, so its AUC can differ from the one above. "
        "Below the dotted line a score is worse than chance."
    )


def curve_meaning(
    score: str,
    sizes: Sequence[int],
    curves: Mapping[str, Sequence[float]],
    n_images: Mapping[str, int],
) -> str:
    """Say whether a larger latent makes a score worse, beyond its sampling error.

    Parameters
    ----------
    score : str
        As it is called on the screen.
    sizes : sequence of int (k,)
    curves : mapping of str to sequence of float (k,)
        AUC by kind.
    n_images : mapping of str to int
        Images of each kind, and the "normal" ones.

    Examples
    --------
    >>> n = {"normal": 300, "Blank": 200, "Noise": 200}
    >>> curve_meaning("PCA error", [1, 8, 32], {"Blank": [0.9, 0.95, 0.4], "Noise": [1, 1, 1]}, n)
    'By PCA error, 32 latent dimensions are too many: detection is better with 8 for blank.'
    """
    lost: dict[str, int] = {}
    for kind, values in curves.items():
        best = max(range(len(values)), key=lambda number: values[number])
        change = anomaly.auc_difference(
            values[best],
            values[-1],
            n_normal=n_images["normal"],
            n_anomalous=n_images[kind],
        )
        if change.verdict == "better":
            lost[kind] = sizes[best]
    by = f"By {score[:1].lower()}{score[1:]}" if not score.startswith("PCA") else f"By {score}"
    if not lost:
        return (
            f"{by}, no kind is detected worse with {sizes[-1]} latent dimensions than with fewer, "
            "beyond the sampling error."
        )
    parts = [f"{size} for {kind[:1].lower()}{kind[1:]}" for kind, size in lost.items()]
    listed = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return f"{by}, {sizes[-1]} latent dimensions are too many: detection is better with {listed}."
