"""A whole photograph at its own resolution: tile by tile, with progress and Cancel."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from PIL import Image

from latentlab.analysis.tiling import Restore, restoring_tiles
from latentlab.checkpoints import Checkpoint
from latentlab.color import to_lab, to_rgb
from latentlab.data.photos import NAMES, sample_photo
from latentlab.errors import ImageError
from latentlab.images import Images, Pixels, png, read, to_float, to_pixels
from latentlab.tasks import TASKS
from latentlab.ui.input.remarks import GRAY, is_gray
from latentlab.ui.input.upload import KINDS, MAX_MEGABYTES
from latentlab.ui.shell import cache, state
from latentlab.ui.shell.errors import plain
from latentlab.wording import words

# 16 megapixels in float32 are 200 MB, a few of which are needed at once.
MOST_PIXELS = 16_000_000
SMALLEST, LONGEST = 4, 12_000
SHOWN = 900
# Tasks whose damage has no place of its own: the whole picture is treated alike.
SUITABLE = ("denoise", "colorize")
# The longer side at which a photograph's colors are predicted: near that of the training images.
COLOR_SIDE = 64
RESULT = "latentlab:restore-photograph"
WORK = "latentlab:restore-photograph-work"
MOMENT = 0.5  # seconds of work between two looks at what the visitor has pressed


@dataclass
class _Work:
    """A photograph that is being restored."""

    fingerprint: str
    degraded: Images
    restored: Images
    steps: Iterator[float]
    remark: str
    done: float = 0.0


def panel(checkpoint: Checkpoint) -> None:
    """Show the panel where the network is fully convolutional and the task suits it."""
    config = checkpoint.manifest.config
    if config.latent_dim or config.task not in SUITABLE:
        return
    with st.expander("A photograph at full resolution", icon=":material/photo:"):
        _work(checkpoint)


@st.fragment
def _work(checkpoint: Checkpoint) -> None:
    left, right = st.columns([3, 8.6], gap="medium")
    with left:
        source = st.segmented_control(
            "Photograph",
            ["Yours", *(name.capitalize() for name in NAMES)],
            default="Flower",
            required=True,
            key="photograph-source",
        )
        file = None
        if source == "Yours":
            file = st.file_uploader(
                "From this device", type=KINDS, max_upload_size=MAX_MEGABYTES, key="photograph-file"
            )
        strength = _strength(checkpoint, is_own=source == "Yours")
        started = st.button(
            "Restore it", type="primary", icon=":material/auto_fix_high:", key="photograph-start"
        )
    with right:
        works: tuple[_Work, ...] = state.recall(WORK, ())
        if works and (started or works[0].fingerprint != checkpoint.fingerprint):
            _forget_work()  # it holds a large photograph
        elif works:
            _go_on(works[0])
        if not started:
            _show(checkpoint)
            return
        if source == "Yours" and file is None:
            st.info("Choose a photograph first.")
            return
        try:
            content = None if file is None else file.getvalue()
            channels = checkpoint.manifest.image_shape[2]
            pixels = prepare(content, str(source).lower(), channels)
        except ImageError as error:
            st.error(plain(str(error)), icon=":material/error:")
            return
        _begin(checkpoint, pixels, strength)
        st.rerun(scope="fragment")


def prepare(content: bytes | None, sample: str, channels: int) -> Pixels:
    """Read a photograph, or take a bundled one.

    Parameters
    ----------
    content : bytes or None
        An encoded image; None takes the sample.
    sample : str
        One of ``data.photos.NAMES``.
    channels : {1, 3}

    Returns
    -------
    uint8 (h, w, channels)

    Raises
    ------
    ImageError
        If it cannot be read, is too large, too long or too small.
    """
    if content is None:
        photo = sample_photo(sample)
        if channels == 3:
            return photo
        return np.asarray(Image.fromarray(photo).convert("L"), np.uint8)[..., None]
    pixels = read(content, channels=3 if channels == 3 else 1)
    height, width = pixels.shape[:2]
    if height * width > MOST_PIXELS or max(height, width) > LONGEST:
        raise ImageError(
            f"The image has {width:,} x {height:,} pixels; at most {MOST_PIXELS // 10**6} "
            f"megapixels and {LONGEST:,} pixels per side can be restored here: make it smaller."
        )
    if min(height, width) < SMALLEST:
        raise ImageError(
            f"The image has {width} x {height} pixels; at least {SMALLEST} per side are needed."
        )
    return pixels


def _strength(checkpoint: Checkpoint, *, is_own: bool) -> float:
    """Ask how much noise to add first; an image of one's own may be noisy already."""
    task = TASKS[checkpoint.manifest.config.task]
    if checkpoint.manifest.config.task != "denoise":
        return task.usual
    return st.slider(
        "Noise to add first",
        0.0,
        0.5,
        0.0 if is_own else task.usual,
        0.05,
        key=f"photograph-strength-{is_own}",
        help="The standard deviation; 0 leaves the image as it is, if it is noisy already.",
    )


def _begin(checkpoint: Checkpoint, pixels: Pixels, strength: float) -> None:
    name = checkpoint.manifest.config.task
    degraded = TASKS[name].degrade(to_float(pixels)[None], strength, 0).images[0]
    network, restored = cache.codec(checkpoint).restore, np.empty_like(degraded)
    way = _coloring if name == "colorize" else restoring_tiles
    remark = GRAY if pixels.shape[2] == 3 and is_gray(pixels) else ""
    steps = way(network, degraded, restored)
    state.remember(WORK, (_Work(checkpoint.fingerprint, degraded, restored, steps, remark),))


def _go_on(work: _Work) -> None:
    """Restore for a moment, then let the page see whether Cancel was pressed, and go on.

    A click in a fragment does not interrupt the fragment: it is heard when this run has ended.
    """
    bar = st.progress(work.done, f"Restoring: {words.share(work.done)}")
    st.button("Cancel", icon=":material/close:", key="photograph-cancel", on_click=_forget_work)
    end = time.monotonic() + MOMENT
    for done in work.steps:
        work.done = done
        bar.progress(done, f"Restoring: {words.share(done)}")
        if time.monotonic() > end:
            break
    else:
        _forget_work()
        images = to_pixels(work.degraded), to_pixels(work.restored)
        state.remember(RESULT, (work.fingerprint, *images, work.remark))
    st.rerun(scope="fragment")


def _forget_work() -> None:
    state.remember(WORK, ())


def _coloring(network: Restore, image: Images, result: Images) -> Iterator[float]:
    """Predict colors at a small size and join them with the brightness at full size."""
    height, width = image.shape[:2]
    scale = COLOR_SIDE / max(height, width)
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    small = np.asarray(Image.fromarray(to_pixels(image)).resize(size, Image.Resampling.BOX))
    guessed = to_lab(network(to_float(small)[None])[0])
    lab = to_lab(image)
    for plane in (1, 2):
        enlarged = Image.fromarray(guessed[..., plane]).resize(
            (width, height), Image.Resampling.BICUBIC
        )
        lab[..., plane] = np.asarray(enlarged)
    result[:] = to_rgb(lab)
    yield 1.0


def _show(checkpoint: Checkpoint) -> None:
    kept: tuple[Any, ...] = state.recall(RESULT, ())
    if not kept or kept[0] != checkpoint.fingerprint:
        st.caption(
            "The network restores overlapping tiles, which are blended so that no seam shows."
        )
        return
    _, degraded, restored, remark = kept
    before, after = st.columns(2, gap="small")
    before.image(_small(degraded), caption="Degraded", width="stretch")
    after.image(_small(restored), caption="Restored", width="stretch")
    if remark:
        st.caption(remark)
    height, width = restored.shape[:2]
    st.download_button(
        f"Download, {width:,} x {height:,} pixels",
        lambda: png(restored),
        file_name="restored.png",
        mime="image/png",
        icon=":material/download:",
        on_click="ignore",
        key="photograph-download",
    )


def _small(pixels: Pixels) -> np.ndarray:
    """Reduce for the screen; the download is at full size."""
    factor = max(1, -(-max(pixels.shape[:2]) // SHOWN))
    return pixels[::factor, ::factor]
