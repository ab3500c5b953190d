"""The still picture of a step, for the day the projector fails."""

from __future__ import annotations

import base64

from latentlab.lessons import Step, folders

LARGEST = 400_000  # bytes
TYPES = {".png": "png", ".webp": "webp", ".jpg": "jpeg", ".jpeg": "jpeg"}


def address(step: Step) -> str:
    """Return an address that carries the picture itself; empty where there is none."""
    for folder in reversed(folders()):
        path = folder / step.picture
        kind = TYPES.get(path.suffix.lower())
        if step.picture and kind and path.is_file() and path.stat().st_size <= LARGEST:
            carried = base64.b64encode(path.read_bytes()).decode()
            return f"data:image/{kind};base64,{carried}"
    return ""
