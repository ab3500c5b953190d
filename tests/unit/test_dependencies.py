"""What `pyproject.toml` allows, and what `constraints.txt` chooses from it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from scripts.floors import lower_bounds

TOP = Path(__file__).parents[2]
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ASKED = {line for extra in PROJECT["optional-dependencies"].values() for line in extra}
PINS = {
    canonicalize_name(name): version
    for name, _, version in (
        line.partition("==") for line in (TOP / "constraints.txt").read_text().splitlines()
    )
}


@pytest.mark.parametrize("line", sorted({*PROJECT["dependencies"], *ASKED}))
def test_the_chosen_version_lies_within_the_bounds(line):
    asked = Requirement(line)
    assert {bound.operator for bound in asked.specifier} == {">=", "<"}
    assert asked.specifier.contains(PINS[canonicalize_name(asked.name)])


def test_the_floor_is_the_lower_bound_of_each():
    pinned = dict(line.split("==") for line in lower_bounds())
    for line in PROJECT["dependencies"]:
        asked = Requirement(line)
        assert f">={pinned[asked.name]}" in str(asked.specifier).split(",")
