"""The checkpoint picker: which network a page shows, in the top bar of every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

import streamlit as st

from latentlab.checkpoints import Checkpoint, Family
from latentlab.errors import unknown_name
from latentlab.ui.shell import available, cache, families, needs, pictures, state
from latentlab.ui.shell.errors import plain
from latentlab.ui.shell.needs import Need
from latentlab.ui.shell.opening import in_order_of_opening
from latentlab.ui.shell.pictures import data_uri
from latentlab.wording import words


def current(page: str = "", *, heading: bool = True) -> Checkpoint:
    """Return the network that a page shows, and name both in the window title.

    Pages call it first. Where a page is opened without the frame of ``app.py``, the picker draws
    itself. Where no network will do, the page ends here, with what to do about it.

    Parameters
    ----------
    page : str
        The page's title; by default the one that the frame was drawn around.
    heading : bool
        Whether the page's first heading is written for it, for those who listen to the page. A page
        that shows one of its own says no.

    Returns
    -------
    Checkpoint
        The chosen one; the first that the page can show, if none was chosen, or the chosen one
        does not exist or cannot be shown here.
    """
    good, _ = available.checkpoints()
    if not good:
        _empty()
        st.stop()
    page = page or state.page()
    if not state.page():
        draw(page)()
    need = needs.of(page)
    asked, shown = _chosen(good, need)
    if shown is None:
        st.title(need.missing, anchor=False)
        st.write(f"{plain(asked.name)} {need.why_not(asked)}. Train another:")
        st.code(need.train, language="bash", wrap_lines=True)
        st.stop()
    if shown != asked:
        why = need.why_not(asked)
        st.caption(f"{plain(asked.name)} {why}. Showing {plain(shown.name)}.")
    _entitle(page, shown, heading=heading)
    return shown


def draw(page: str) -> Callable[[], None]:
    """Draw the picker in the top bar: a thumbnail and a plain line for the checkpoint on screen.

    Returns
    -------
    callable
        Fills it with all checkpoints. These are hundreds of messages, which nobody sees before the
        picker is opened: call it when the page has been drawn.
    """
    good, _ = available.checkpoints()
    if not good:
        return lambda: None
    need = needs.of(page)
    app, _ = _chosen(good, needs.ANY)
    asked, shown = _chosen(good, need)
    shown = shown or asked
    state.to_address(**{state.CHECKPOINT: app.name} | ({need.slot: asked.name}))
    with st.container(key="picker"):
        # Another key, another popover: it closes when something was chosen.
        inside = st.popover(
            f"{_picture(shown)} **{plain(shown.name)}**  \n{plain(_about(shown))}",
            key=f"picker-{page}-{shown.name}",
        )

    def fill() -> None:
        with inside:
            _choices(good, need, shown)

    return fill


def _choices(good: tuple[Checkpoint, ...], need: Need, shown: Checkpoint) -> None:
    for title, group in _by_image_set(good, shown):
        st.caption(plain(f"{title[:1].upper()}{title[1:]}"))
        for checkpoint in group:
            if families.of(checkpoint) is None:
                _choice(checkpoint, need, chosen=checkpoint == shown)
        for family in families.found():
            if family.members[0] in group:
                _family_choice(family, need, shown)
    list_refused()


def explain_missing(page: str) -> None:
    """Say so, in one sentence, when the address names a checkpoint that is not there."""
    good, refused = available.checkpoints()
    need = needs.of(page)
    for slot in dict.fromkeys((state.CHECKPOINT, need.slot)):
        asked = state.from_address(slot)
        if asked is None or not good or asked in {checkpoint.name for checkpoint in good}:
            continue
        reasons = [folder.reason for folder in refused if folder.name == asked]
        names = [checkpoint.name for checkpoint in good]
        sentence = reasons[0] if reasons else unknown_name("checkpoint", asked, names)
        instead = _chosen(good, need if slot == need.slot else needs.ANY)[0]
        st.warning(f"{plain(sentence)} Showing {plain(instead.name)} instead.")


def list_refused() -> None:
    """List the folders that cannot be shown, one quiet sentence each."""
    _, refused = available.checkpoints()
    for folder in refused:
        st.caption(f":material/block: {plain(folder.reason)}")


def _chosen(good: tuple[Checkpoint, ...], need: Need) -> tuple[Checkpoint, Checkpoint | None]:
    """Return the network that was asked for, and the one that can be shown, if any can."""
    by_name = {checkpoint.name: checkpoint for checkpoint in good}
    order = in_order_of_opening(good)
    app = by_name.get(state.chosen_checkpoint() or "", order[0])
    # A page with a network of its own opens on the image set that the others show; of these on what
    # convinces, or else on the same kind of network if there is one.
    order.sort(
        key=lambda c: (
            c != app,
            _image_set(c) != _image_set(app),
            -need.convinces(c),
            _kind(c) != _kind(app),
        )
    )
    can = [checkpoint for checkpoint in order if not need.why_not(checkpoint)]
    if need.slot == state.CHECKPOINT:
        return app, app if app in can else next(iter(can), None)
    asked = by_name.get(state.from_address(need.slot) or "", can[0] if can else app)
    return asked, asked if asked in can else next(iter(can), None)


def _image_set(checkpoint: Checkpoint) -> str:
    return checkpoint.manifest.config.dataset


def _kind(checkpoint: Checkpoint) -> tuple[str, int]:
    return checkpoint.manifest.config.model, checkpoint.manifest.config.latent_dim


def _by_image_set(
    good: tuple[Checkpoint, ...], shown: Checkpoint
) -> Iterator[tuple[str, list[Checkpoint]]]:
    """Group checkpoints by their images, those of the one on screen first."""

    def title(checkpoint: Checkpoint) -> str:
        return words.image_set(checkpoint.manifest.config)

    for name, group in groupby(
        sorted(good, key=lambda c: (title(c) != title(shown), title(c))), title
    ):
        yield name, list(group)


def _entitle(page: str, checkpoint: Checkpoint, *, heading: bool) -> None:
    name = f"{page} \u00b7 {checkpoint.name}" if page else checkpoint.name
    st.set_page_config(page_title=f"{name} \u00b7 latentlab")
    if heading:
        with st.container(key="page-name"):
            st.title(plain(name), anchor=False)


def _about(checkpoint: Checkpoint) -> str:
    """Say what a network is, then what is particular about it."""
    return f"{words.line(checkpoint)}{', trained today' if words.is_new(checkpoint) else ''}"


def _picture(checkpoint: Checkpoint) -> str:
    return f"![]({data_uri(cache.thumbnail(checkpoint))})"


def _icon(checkpoint: Checkpoint) -> str:
    return f"![]({data_uri(cache.icon(checkpoint))})"


def _choice(checkpoint: Checkpoint, need: Need, *, chosen: bool) -> None:
    why_not = need.why_not(checkpoint)
    about = f"{_about(checkpoint)}: {why_not}" if why_not else _about(checkpoint)
    # The picture is part of the label: every message more is one at every run of every page.
    st.button(
        f"{_icon(checkpoint)} **{plain(checkpoint.name)}**  \n{plain(about)}",
        key=f"pick-{checkpoint.name}",
        type="tertiary",
        icon=":material/check:" if chosen else None,
        disabled=bool(why_not),
        on_click=_choose,
        args=(need, checkpoint.name),
        width="stretch",
    )


def _family_choice(family: Family, need: Need, shown: Checkpoint) -> None:
    """Offer a family in one row: its name, and the sizes to choose from."""
    first = family.members[0]
    key = f"pick-{family.name}-{shown.name}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        # Not in the label: that is the group's name for who hears the page.
        st.image(data_uri(cache.icon(family.members[-1])), width=pictures.ICON_SIDE)
        st.pills(
            f"**{plain(family.name)}**, {plain(words.family(family))}",
            family.sizes,
            default=shown.manifest.config.latent_dim if shown in family else None,
            key=key,
            disabled=bool(need.why_not(first)),
            on_change=_choose_size,
            args=(family, need, key),
        )


def _choose_size(family: Family, need: Need, key: str) -> None:
    size = state.recall(key, 0)
    if size in family.sizes:  # a second click on the size that is chosen takes it away
        _choose(need, family.members[family.sizes.index(size)].name)


def _choose(need: Need, name: str) -> None:
    choose = state.choose_restorer if need.slot == state.RESTORER else state.choose_checkpoint
    choose(name)


def _empty() -> None:
    with st.container(key="empty-state"):
        st.title(needs.ANY.missing, anchor=False)
        st.write(
            "A checkpoint is a trained network with its latents and metrics. Train the first one "
            "in a terminal; it takes about a minute and needs no download:"
        )
        st.code(needs.ANY.train, language="bash", wrap_lines=True)
        st.write(f"It is saved in the folder `{available.root()}` and then appears here.")
        st.button("Look again", icon=":material/refresh:")
        list_refused()
