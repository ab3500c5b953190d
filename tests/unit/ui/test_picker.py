"""The plain words of the picker, and its pictures."""

import io

import pytest
from PIL import Image
from tiny import write_tiny

from latentlab.checkpoints import originals
from latentlab.ui.shell import pictures
from latentlab.ui.shell.errors import plain
from latentlab.wording import about, metrics, words


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Checkpoints of every kind, by a short name."""
    root = tmp_path_factory.mktemp("checkpoints")
    return {
        "ae": write_tiny(root, "ae", model="ae"),
        "vae": write_tiny(root, "vae"),
        "beta": write_tiny(root, "beta", beta=4.0, latent_dim=16),
        "weak": write_tiny(root, "weak", beta=0.5),
        "one": write_tiny(root, "one", latent_dim=1),
        "most": write_tiny(
            root, "most", normal_classes=("0", "1", "2", "3", "4", "5", "6", "8", "9")
        ),
        "some": write_tiny(root, "some", normal_classes=("0", "1", "2")),
    }


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("ae", "Autoencoder, 2 latent dimensions, handwritten digits"),
        ("vae", "VAE, 2 latent dimensions, handwritten digits"),
        ("beta", "VAE with beta 4, 16 latent dimensions, handwritten digits"),
        ("one", "VAE, 1 latent dimension, handwritten digits"),
        ("most", "Without 7: VAE, 2 latent dimensions, handwritten digits"),
        ("some", "3 classes: VAE, 2 latent dimensions, handwritten digits"),
    ],
)
def test_a_line_says_what_a_checkpoint_is(made, name, start):
    assert words.line(made[name]).startswith(start)


def test_beta_is_named_only_where_it_is_not_1(made):
    assert "is 4 instead of 1" in about.idea(made["beta"])
    assert "sharper" in about.idea(made["weak"])
    assert "beta" not in about.idea(made["vae"])


def test_code_shown_for_a_checkpoint_runs(made):
    for name in ("ae", "beta"):
        scope: dict[str, object] = {}
        lines = "from pathlib import Path\nimport numpy as np\nrng = np.random.default_rng(0)\n"
        exec(lines + about.code(made[name]), scope)
        assert scope["reconstructions"].shape == scope["images"].shape
        assert 0 < scope["mse"] < 1


def test_loss_shown_is_python_and_names_beta(made):
    for checkpoint in made.values():
        compile(about.loss_code(checkpoint), "loss", "exec")
    assert "+ 4 * kl" in about.loss_code(made["beta"])
    assert "kl" not in about.loss_code(made["ae"])


def test_idle_dimensions_are_found_and_sorted_last(made):
    kl = metrics.kl_per_dimension(made["beta"])
    assert list(kl.values()) == sorted(kl.values(), reverse=True)
    assert metrics.idle_dimensions(kl) == ["z₁₆"]
    assert "gray ones (1)" in metrics.kl_meaning(kl)
    assert metrics.kl_per_dimension(made["ae"]) == {}


def test_a_plane_is_not_praised_for_its_own_rotation(made):
    maps = [figure for figure in metrics.figures(made["vae"]) if figure.title == "Trustworthiness"]
    assert maps[0].value == "UMAP 0.950"


def test_contact_sheet_is_cut_into_its_tiles(made):
    plain_sheet, sheet = (pictures.sheet(made[name]) for name in ("ae", "vae"))
    assert (len(plain_sheet.originals), len(plain_sheet.drawn)) == (3, 3)
    assert plain_sheet.imagined == []
    assert len(sheet.imagined) == 3
    shown = originals.indexed(made["vae"])
    assert shown is not None
    assert (sheet.originals[0][..., :1] == shown[:10]).all()


def test_thumbnail_is_crisp_and_square(made):
    with Image.open(io.BytesIO(pictures.thumbnail(made["vae"]))) as picture:
        assert picture.size == (112, 112)


def test_originals_are_those_the_network_learned_from(made, monkeypatch):
    shown = originals.indexed(made["vae"])
    assert shown is not None
    assert not shown.flags.writeable
    assert len(shown) == len(made["vae"].index())
    real = originals.data.load

    def other(name: str, split: str, **asked: object):
        image_set = real(name, split, **asked)
        return image_set.__class__(**{**vars(image_set), "images": image_set.images[::-1].copy()})

    monkeypatch.setattr(originals.data, "load", other)
    assert originals.indexed(made["vae"]) is None


@pytest.mark.parametrize("text", ["**bold** [a](b) `c` $x$ <b> :red[x] ~y~ #z"])
def test_markdown_from_outside_is_escaped(text):
    escaped = plain(text)
    assert escaped.replace("\\", "") == text
    for mark in "*[`$<:~#":
        assert all(escaped[at - 1] == "\\" for at, c in enumerate(escaped) if c == mark)


def test_a_name_cannot_reverse_the_sentence_around_it():
    assert plain("a\u202egnp.exe\nb\x00") == "a?gnp.exe?b?"
