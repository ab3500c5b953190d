"""Image input: drawn, uploaded, photographed, random or picked; one widget for every page.

Whatever way it came, a page receives a `Query`: what the network sees. It stays when the visitor
walks to another page of the same image set. No visitor's image is written to disk.
"""

from __future__ import annotations

from latentlab.ui.input.query import Query
from latentlab.ui.input.widget import image_input

__all__ = ["Query", "image_input"]
