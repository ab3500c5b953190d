"""A whole photograph at its own resolution: tile by tile, with progress and Cancel."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import streamlit as st
from PIL import Image

from latentlab.analysis.restoration import Restore
from latentlab.analysis.tiling import restoring_tiles
from latentlab.checkpoints import Checkpoint
from latentlab.color import to_lab, to_rgb
from latentlab.data.photos import NAMES, sample_photo
from latentlab.errors import ImageError
from latentlab.images import Pixels, png, read, to_float, to_pixels
from latentlab.tasks import TASKS
from latentlab.ui.input.remarks import GRAY, is_gray
from latentlab.ui.input.upload import KINDS, MAX_MEGABYTES
from latentlab.ui.restore import held
from latentlab.ui.restore.held import Held
from latentlab.ui.shell import cache, state
from latentlab.ui.shell.errors import plain
from latentlab.wording import words

# Before and after, 16 megapixels are 96 MB; what is computed with is a part of them at a time.
MOST_PIXELS = 16_000_000
SMALLEST, LONGEST = 4, 12_000
SHOWN = 900
# Tasks whose damage has no place of its own: the whole picture is treated alike.
SUITABLE = ("denoise", "colorize")
# The longer side at which a photograph's colors are predicted: near that of the training images.
COLOR_SIDE = 64
STRIP = 128  # rows that are degraded or colored at once
HELD = "latentlab:restore-photograph"
MOMENT = 0.5  # seconds of work between two looks at what the visitor has pressed


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
        kept = _kept()
        if kept and (started or kept.fingerprint != checkpoint.fingerprint):
            _forget()  # it is large
        elif kept and not kept.is_gone and kept.done < 1:
            _go_on(kept)
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


def _kept() -> Held | None:
    """Return this visitor's photograph."""
    kept: tuple[Held, ...] = state.recall(HELD, ())
    return kept[0] if kept else None


def _forget() -> None:
    state.remember(HELD, ())


def _begin(checkpoint: Checkpoint, pixels: Pixels, strength: float) -> None:
    name = checkpoint.manifest.config.task
    held.make_room(2 * pixels.nbytes)
    degraded, restored = np.empty_like(pixels), np.empty_like(pixels)
    for top in range(0, len(pixels), STRIP):
        strip = to_float(pixels[top : top + STRIP])[None]
        degraded[top : top + STRIP] = to_pixels(TASKS[name].degrade(strip, strength, top).images[0])
    network = cache.codec(checkpoint).restore
    way = _coloring if name == "colorize" else _tiles
    remark = GRAY if pixels.shape[2] == 3 and is_gray(pixels) else ""
    steps = way(network, degraded, restored)
    photograph = Held(checkpoint.fingerprint, degraded, restored, steps, remark)
    held.hold(photograph)
    state.remember(HELD, (photograph,))


def _go_on(photograph: Held) -> None:
    """Restore for a moment, then let the page see whether Cancel was pressed, and go on.

    A click in a fragment does not interrupt the fragment: it is heard when this run has ended.
    """
    photograph.look()
    bar = st.progress(photograph.done, f"Restoring: {words.share(photograph.done)}")
    st.button("Cancel", icon=":material/close:", key="photograph-cancel", on_click=_forget)
    end = time.monotonic() + MOMENT
    try:
        for done in photograph.steps:
            photograph.done = done
            bar.progress(done, f"Restoring: {words.share(done)}")
            if time.monotonic() > end or photograph.is_gone:
                break
    except Exception:
        _forget()  # half of it would pass for the whole
        raise
    st.rerun(scope="fragment")


def _tiles(network: Restore, image: Pixels, result: Pixels) -> Iterator[float]:
    return restoring_tiles(lambda tile: to_pixels(network(to_float(tile))), image, result)


def _coloring(network: Restore, image: Pixels, result: Pixels) -> Iterator[float]:
    """Predict colors at a small size and join them with the brightness at full size."""
    height, width = image.shape[:2]
    scale = COLOR_SIDE / max(height, width)
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    small = np.asarray(Image.fromarray(image).resize(size, Image.Resampling.BOX))
    guessed = to_lab(network(to_float(small)[None])[0])
    for top in range(0, height, STRIP):
        lab = to_lab(to_float(image[top : top + STRIP]))
        n_rows = len(lab)
        part = (0.0, top * size[1] / height, float(size[0]), (top + n_rows) * size[1] / height)
        for plane in (1, 2):
            enlarged = Image.fromarray(guessed[..., plane]).resize(
                (width, n_rows), Image.Resampling.BICUBIC, box=part
            )
            lab[..., plane] = np.asarray(enlarged)
        result[top : top + n_rows] = to_pixels(to_rgb(lab))
        yield (top + n_rows) / height


def _show(checkpoint: Checkpoint) -> None:
    photograph = _kept()
    if photograph is None or photograph.fingerprint != checkpoint.fingerprint:
        st.caption(
            "The network restores overlapping tiles, which are blended so that no seam shows."
        )
        return
    photograph.look()
    degraded, restored = photograph.degraded, photograph.restored
    if photograph.is_gone:
        st.info(held.GONE, icon=":material/info:")
        return
    before, after = st.columns(2, gap="small")
    before.image(_small(degraded), caption="Degraded", width="stretch")
    after.image(_small(restored), caption="Restored", width="stretch")
    if photograph.remark:
        st.caption(photograph.remark)
    height, width = restored.shape[:2]
    st.download_button(
        f"Download, {width:,} x {height:,} pixels",
        lambda: _file(photograph),
        file_name="restored.png",
        mime="image/png",
        icon=":material/download:",
        on_click="ignore",
        key="photograph-download",
    )


def _file(photograph: Held) -> bytes:
    restored = photograph.restored
    if photograph.is_gone:
        raise ImageError(held.GONE)
    return png(restored)


def _small(pixels: Pixels) -> np.ndarray:
    """Reduce for the screen; the download is at full size."""
    factor = max(1, -(-max(pixels.shape[:2]) // SHOWN))
    return pixels[::factor, ::factor]
