"""Bring an image in: drawn, uploaded, photographed, random or picked; one widget for every page.

Whatever way it came, a page receives a `Query`: what the network sees. It stays when the visitor
walks to another page of the same image set. Nothing a visitor brings is written to disk.
"""

from __future__ import annotations

from latentlab.ui.bring.query import Query
from latentlab.ui.bring.trail import back_to, current, trail, walk_to
from latentlab.ui.bring.widget import bring

__all__ = ["Query", "back_to", "bring", "current", "trail", "walk_to"]
