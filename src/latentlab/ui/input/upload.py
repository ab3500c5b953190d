"""Pictures from outside: a file, or the camera. What the network sees of them is shown and told.

The bytes stay in this visitor's session; they are decoded here and never handed out again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from latentlab.analysis import preprocess
from latentlab.checkpoints import Checkpoint
from latentlab.errors import ImageError
from latentlab.image_files import SUFFIXES
from latentlab.images import Picture, printable
from latentlab.resizing import Fit
from latentlab.ui.input.history import set_image
from latentlab.ui.input.image_statistics import image_statistics
from latentlab.ui.input.query import Query
from latentlab.ui.input.remarks import remarks
from latentlab.ui.shell import state
from latentlab.ui.shell.errors import plain
from latentlab.ui.shell.hosts import is_loopback

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

KINDS = [suffix.removeprefix(".") for suffix in SUFFIXES]
MAX_MEGABYTES = 20
LONGEST_NAME = 40
WAYS: dict[Fit, str] = {"crop": "Crop", "pad": "Pad", "stretch": "Stretch"}


def upload(checkpoint: Checkpoint, *, key: str) -> None:
    """Show the panel for a file.

    Parameters
    ----------
    checkpoint : Checkpoint
    key : str
        Unique on the page.
    """
    file = st.file_uploader(
        "An image from this device",
        type=KINDS,
        max_upload_size=MAX_MEGABYTES,
        key=f"{key}-file",
        help="Only you see it, and it is deleted when you close this tab.",
    )
    if file is None:
        st.caption("Any image: a photo of a handwritten digit, a sketch, your cat.")
        return
    _take(checkpoint, file, f"your image {printable(file.name, LONGEST_NAME)}", key=key)


def camera(checkpoint: Checkpoint, *, key: str) -> None:
    """Show the panel for the camera, where the browser allows one."""
    if not _may_use_camera():
        st.info(
            "Browsers give a page the camera only over https or on the machine that runs the app. "
            "Take the photo with another app and upload it."
        )
        return
    photo = st.camera_input("Hold a drawing up to the camera", key=f"{key}-camera")
    if photo is not None:
        _take(checkpoint, photo, "your photo", key=key)


def _take(checkpoint: Checkpoint, file: UploadedFile, source: str, *, key: str) -> None:
    """Show how the picture is fitted, and ask about it whenever that changes."""
    seen = image_statistics(checkpoint)
    way = st.segmented_control(
        "Fit to the network input",
        list(WAYS),
        default="crop",
        required=True,
        format_func=WAYS.__getitem__,
        key=f"{key}-fit",
        help="The network input is square: crop the center, pad the shorter side, or stretch.",
    )
    picture = _decoded(file, seen, key=key)
    if isinstance(picture, str):
        st.error(plain(picture), icon=":material/error:")
        return
    name = f"{key}-{file.file_id}"
    # Switches that were not on the screen yet are guessed; fitting returns what it guessed.
    chosen = (state.choice(f"{name}-invert"), state.choice(f"{name}-cut"))
    known = state.recall(f"{key}-fitted", _NOTHING)
    if not known.answers(checkpoint.fingerprint, file.file_id, way, chosen):
        fitted = preprocess.fit(
            picture.pixels, seen, way=_way(way), invert=chosen[0], cut_out=chosen[1]
        )
        said = remarks(picture, fitted.image, _way(way))
        switches = (fitted.inverted, fitted.cut_out)
        known = _Fitted(checkpoint.fingerprint, file.file_id, way, switches, said)
        state.remember(f"{key}-fitted", known)
        set_image(checkpoint, Query(fitted.image, source))
    for remark in known.remarks:
        st.caption(remark)
    st.toggle(
        "Invert",
        value=known.switches[0],
        key=f"{name}-invert",
        help="Exchanges black and white. Preset by comparing the border of your image with those "
        "of the training images.",
    )
    if seen.is_figure:
        st.toggle(
            "Center the figure",
            value=known.switches[1],
            key=f"{name}-cut",
            help="Makes the background plain, and scales and centers the figure as in the training "
            "images.",
        )


def _decoded(file: UploadedFile, seen: preprocess.ImageStatistics, *, key: str) -> Picture | str:
    """Decode a file once for all the ways to fit it; what is wrong with it otherwise."""
    kept: tuple[object, ...] = state.recall(f"{key}-decoded", ())
    # The last one only: a session holds one decoded picture a widget.
    if kept[:2] == (file.file_id, seen.shape[2]) and isinstance(kept[2], Picture | str):
        return kept[2]
    picture: Picture | str
    try:
        picture = preprocess.read_once(file.getvalue(), seen)
    except ImageError as error:
        picture = str(error)
    state.remember(f"{key}-decoded", (file.file_id, seen.shape[2], picture))
    return picture


@dataclass(frozen=True)
class _Fitted:
    """How a picture was fitted last, so that it is fitted only once."""

    fingerprint: str
    file_id: str
    way: str | None
    switches: tuple[bool, bool]
    remarks: tuple[str, ...]

    def answers(
        self,
        fingerprint: str,
        file_id: str,
        way: str | None,
        chosen: tuple[bool | None, bool | None],
    ) -> bool:
        """Say whether it is what is asked for; a switch that was never on screen is None."""
        asked = (self.fingerprint, self.file_id, self.way) == (fingerprint, file_id, way)
        return asked and all(
            wanted in (None, is_so) for wanted, is_so in zip(chosen, self.switches, strict=True)
        )


_NOTHING = _Fitted("", "", None, (False, False), ())


def _way(name: str | None) -> Fit:
    return next((way for way in WAYS if way == name), "crop")


def _may_use_camera() -> bool:
    address = urlsplit(st.context.url or "")
    return address.scheme == "https" or is_loopback(address.hostname or "localhost")
