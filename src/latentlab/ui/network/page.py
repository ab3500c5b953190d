"""The Network page: what a network is, in words, pictures and figures."""

from __future__ import annotations

import streamlit as st

from latentlab.checkpoints import Checkpoint
from latentlab.figures import bars, curves
from latentlab.figures.look import Look
from latentlab.ui.network import gallery, hourglass
from latentlab.ui.shell import cache, charts, download_panel, theme
from latentlab.ui.shell.errors import plain
from latentlab.wording import about, metrics
from latentlab.wording.glossary import meaning


def render(checkpoint: Checkpoint) -> None:
    """Draw the page of one checkpoint: the network at work, and below it what was measured."""
    is_alive = checkpoint.manifest.encodes and checkpoint.manifest.decodes
    if is_alive:
        hourglass.show(checkpoint)
    with st.container(key="reading"):
        left, right = st.columns([5, 6], gap="large")
        with left:
            introduce(checkpoint)
            show_figures(checkpoint)
        with right:
            gallery.samples(checkpoint)
        _charts_and_code(checkpoint, is_alive=is_alive)


@st.fragment
def _charts_and_code(checkpoint: Checkpoint, *, is_alive: bool) -> None:
    """Draw what the browser loads large scripts for, once the hourglass has been drawn.

    To load them takes the browser a second or more, in which it can draw nothing.
    """
    if is_alive and not hourglass.is_drawn(checkpoint):
        return
    look = theme.current()
    left, right = st.columns([5, 6], gap="large")
    with left:
        show_learning(checkpoint, look)
    with right:
        show_neighbors(checkpoint, look)
        show_latent(checkpoint, look)
        show_commands(checkpoint)


def introduce(checkpoint: Checkpoint) -> None:
    """Say what the network is, in words and figures."""
    st.header(plain(about.title(checkpoint)), anchor=False)
    st.markdown(about.idea(checkpoint))
    st.markdown(about.training(checkpoint))
    download_panel.panel(checkpoint)


def show_figures(checkpoint: Checkpoint) -> None:
    """Show what was measured on test images."""
    st.header("Test metrics", anchor=False)
    gallery.cards(metrics.figures(checkpoint))


def show_learning(checkpoint: Checkpoint, look: Look) -> None:
    """Show the loss curves."""
    epochs, lines = metrics.learning(cache.history(checkpoint))
    if not lines:  # trained elsewhere
        return
    st.header("Loss curves", anchor=False, help=meaning("Overfitting"))
    st.markdown(metrics.learning_meaning(lines, checkpoint.manifest))
    drawing = curves.learning_curves(epochs, lines, look, unit="loss, nats per image")
    charts.show(drawing, key=f"curves-{checkpoint.name}")


def show_neighbors(checkpoint: Checkpoint, look: Look) -> None:
    """Show how often neighbors in latent space are of one class."""
    shares = metrics.agreement(checkpoint)
    if not shares:
        return
    st.header("Label agreement of nearest neighbors", anchor=False, help=meaning("Label agreement"))
    st.markdown(metrics.agreement_meaning(checkpoint))
    drawing = bars.shares(shares, look, emphasized=next(iter(shares)))
    charts.show(drawing, key=f"agreement-{checkpoint.name}")


def show_latent(checkpoint: Checkpoint, look: Look) -> None:
    """Show the KL divergence of each latent dimension of a VAE."""
    kl = metrics.kl_per_dimension(checkpoint)
    if not kl:
        return
    st.header("KL divergence per dimension", anchor=False, help=meaning("KL divergence"))
    st.markdown(metrics.kl_meaning(kl))
    idle = metrics.idle_dimensions(kl)
    drawing = bars.columns(kl, look, unit="KL, nats per image", muted=idle, height=260)
    charts.show(drawing, key=f"kl-{checkpoint.name}")


def show_commands(checkpoint: Checkpoint) -> None:
    """Show how to train it again and how the figures are computed."""
    if checkpoint.manifest.is_own:
        st.header("Record again", anchor=False)
        st.markdown("For example after more training; the new checkpoint appears in the picker.")
        st.code(about.train_command(checkpoint), language="python", wrap_lines=True)
        return
    st.header("Train again", anchor=False)
    st.markdown("Run this in a terminal; the new checkpoint appears in the picker.")
    st.code(about.train_command(checkpoint), language="bash", wrap_lines=True)
    with st.expander("How is this computed?", icon=":material/function:"):
        st.markdown("The training loss, for a batch of images `x`:")
        st.code(about.loss_code(checkpoint), language="python")
        st.markdown("The reconstructions above and their reconstruction error:")
        st.code(about.code(checkpoint), language="python")
