"""What this checkpoint is: a network that was trained before, in words, pictures and figures."""

import streamlit as st

from latentlab.figures import bars, curves
from latentlab.ui import about, cache, charts, fetch, gallery, measured, picker, theme


def introduce() -> None:
    """Say what the network is, in words and figures."""
    st.title(about.title(checkpoint), anchor=False)
    st.markdown(about.idea(checkpoint))
    st.markdown(about.training(checkpoint))
    fetch.panel(checkpoint)


def show_figures() -> None:
    """Show what was measured on test images."""
    st.header("How good it is", anchor=False)
    gallery.cards(measured.figures(checkpoint))


def show_learning() -> None:
    """Show how the loss fell."""
    st.header("How it learned", anchor=False)
    epochs, lines = measured.learning(cache.history(checkpoint))
    st.markdown(measured.learning_meaning(lines))
    drawing = curves.learning_curves(epochs, lines, look, unit="loss, nats per image")
    charts.show(drawing, key=f"curves-{checkpoint.name}")


def show_neighbors() -> None:
    """Show how often neighbors in latent space are of one class."""
    shares = measured.agreement(checkpoint)
    if not shares:
        return
    st.header("What its neighbors are", anchor=False)
    st.markdown(measured.agreement_meaning(shares))
    drawing = bars.shares(shares, look, emphasized=next(iter(shares)))
    charts.show(drawing, key=f"agreement-{checkpoint.name}")


def show_latent() -> None:
    """Show which dimensions of a VAE's latent carry something."""
    kl = measured.kl_per_dimension(checkpoint)
    if not kl:
        return
    st.header("What each number of the latent carries", anchor=False)
    st.markdown(measured.kl_meaning(kl))
    idle = measured.idle_dimensions(kl)
    drawing = bars.columns(kl, look, unit="KL, nats per image", muted=idle, height=260)
    charts.show(drawing, key=f"kl-{checkpoint.name}")


def show_commands() -> None:
    """Show how to train it again and how the figures are computed."""
    st.header("Train it again", anchor=False)
    st.markdown("In a terminal; the result appears beside this one in the picker.")
    st.code(about.train_command(checkpoint), language="bash", wrap_lines=True)
    with st.expander("How is this computed?", icon=":material/function:"):
        st.markdown("The loss that was minimized, for a batch of images `x`:")
        st.code(about.loss_code(checkpoint), language="python")
        st.markdown("The drawings above and their error:")
        st.code(about.code(checkpoint), language="python")


checkpoint = picker.current(needs_latent=False)
look = theme.current()

with st.container(key="reading"):
    left, right = st.columns([5, 6], gap="large")
    with left:
        introduce()
        show_figures()
    with right:
        gallery.samples(checkpoint)
        show_neighbors()
    left, right = st.columns([5, 6], gap="large")
    with left:
        show_learning()
    with right:
        show_latent()
        show_commands()
