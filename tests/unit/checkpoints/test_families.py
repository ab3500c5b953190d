"""Families: what belongs together, and what does not."""

from __future__ import annotations

import pytest
from tests.tiny import write_tiny

from latentlab.checkpoints import families


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return tmp_path_factory.mktemp("families")


@pytest.fixture(scope="module")
def sweep(root):
    return [write_tiny(root, f"sweep-digits-ae-z{z}", model="ae", latent_dim=z) for z in (8, 1, 2)]


def test_checkpoints_that_differ_only_in_the_latent_are_a_family_by_size(sweep):
    (family,) = families(sweep)
    assert family.sizes == (1, 2, 8)
    assert family.name == "sweep-digits-ae"
    assert all(member in family for member in sweep)


@pytest.mark.parametrize(
    "changed", [{"hidden": (9,)}, {"model": "vae"}, {"seed": 1}, {"task": "denoise"}]
)
def test_another_network_is_no_member(root, sweep, changed):
    name = "-".join(changed)
    other = write_tiny(root, name, **{"model": "ae", "latent_dim": 4, **changed})
    (family,) = families([*sweep, other])
    assert other not in family


def test_what_is_stored_beside_the_network_makes_no_difference(root, sweep):
    stored = {"index_size": 300, "projections": (), "timeline_mb": 0.0}
    other = write_tiny(root, "lean", model="ae", latent_dim=16, **stored)
    assert families([*sweep, other])[0].sizes == (1, 2, 8, 16)


def test_two_sizes_are_no_family(sweep):
    assert families(sweep[:2]) == []


def test_one_of_two_alike_is_taken(root, sweep):
    again = write_tiny(root, "z-again", model="ae", latent_dim=2)
    (family,) = families([*sweep, again])
    assert family.sizes == (1, 2, 8)
    assert again in family  # trained in the same second: the later name


def test_a_family_without_a_common_name_is_called_as_its_smallest(root):
    names = ("one", "two", "three")
    members = [
        write_tiny(root, n, model="ae", latent_dim=z) for n, z in zip(names, (1, 2, 3), strict=True)
    ]
    assert families(members)[0].name == "one"
