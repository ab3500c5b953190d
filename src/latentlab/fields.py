"""Kinds of settings: names, and lists that may be written with commas."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import BeforeValidator, Field


def _split_commas(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


Names = Annotated[tuple[str, ...], Field(fail_fast=True), BeforeValidator(_split_commas)]
Widths = Annotated[
    tuple[Annotated[int, Field(ge=1, le=8192)], ...],
    Field(fail_fast=True),
    BeforeValidator(_split_commas),
]


def _composed(value: object) -> object:
    """Bring text to the one form of Unicode (NFC) in which equal names are equal."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    return tuple(map(_composed, value)) if isinstance(value, list | tuple) else value


Name = Annotated[str, BeforeValidator(_composed)]
ClassNames = Annotated[Names, BeforeValidator(_composed)]
