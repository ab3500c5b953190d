"""Grids of experiments: which cells, which names, what is skipped; and the table of them."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from latentlab.cli import app
from latentlab.cli.compare import short_names
from latentlab.cli.sweep import grid
from latentlab.errors import ConfigError, LatentlabError
from latentlab.training.resume import FILE

TINY = [
    "--n-images=200",
    "--image-size=16",
    "--hidden=16",
    "--epochs=1",
    "--batch-size=64",
    "--index-size=300",
]


def names(**asked: str) -> list[str]:
    return [cell.name for cell in grid(asked, "s")]


def test_a_grid_is_every_combination_with_telling_names() -> None:
    assert names(latent_dim="2,4", beta="1, 4") == [
        "s-digits-vae-z2",
        "s-digits-vae-z2-beta4",
        "s-digits-vae-z4",
        "s-digits-vae-z4-beta4",
    ]
    assert names(seed="0,1") == ["s-digits-vae-z2-seed-0", "s-digits-vae-z2-seed-1"]


def test_beta_means_nothing_to_a_plain_autoencoder() -> None:
    assert names(model="ae,vae", beta="1,4") == [
        "s-digits-ae-z2",
        "s-digits-vae-z2",
        "s-digits-vae-z2-beta4",
    ]


def test_a_grid_stores_the_pca_map_only_of_networks_that_have_a_latent() -> None:
    cells = list(grid({"model": "unet,vae", "task": "denoise", "beta": "1,4"}, "s"))
    maps = [(cell.config.model, cell.config.projections) for cell in cells]
    assert maps == [("unet", ()), ("vae", ("pca",)), ("vae", ("pca",))]


def test_lists_that_are_one_value_stay_whole() -> None:
    lists = {"hidden": "64,32", "projections": "pca,umap", "normal_classes": "0,1,2"}
    (cell,) = grid(lists, "s")
    assert cell.config.hidden == (64, 32)
    assert cell.config.projections == ("pca", "umap")
    assert cell.config.normal_classes == ("0", "1", "2")


@pytest.mark.parametrize(
    ("asked", "words"),
    [({"latent_dim": "2,999"}, "999"), ({"beta": ","}, "empty"), ({"seed": "1," * 2000}, "large")],
)
def test_a_wrong_grid_is_refused_before_anything_trains(asked: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        list(grid(asked, "s"))


def test_a_sweep_trains_what_is_missing_and_compare_draws_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LATENTLAB_CHECKPOINTS", raising=False)
    first = CliRunner().invoke(app, ["sweep", "--latent-dim=2", *TINY])
    assert first.exit_code == 0, first.output
    second = CliRunner().invoke(app, ["sweep", "--latent-dim=2,3", *TINY])
    assert "2 experiments, 1 of them finished already" in second.output
    assert "[2 of 2] sweep-digits-vae-z3" in second.output
    other = CliRunner().invoke(app, ["sweep", "--latent-dim=2", *TINY, "--seed=7"])
    assert isinstance(other.exception, LatentlabError)
    assert "seed" in str(other.exception)

    table = CliRunner().invoke(app, ["compare", "sweep-*"])
    assert "sweep-digits-vae-z2" in table.output
    assert "neg. ELBO" in table.output
    page = (tmp_path / "reports" / "compare" / "index.html").read_text(encoding="utf-8")
    assert "2 checkpoints compared" in page
    assert "negative-elbo.png" in page
    wrong = CliRunner().invoke(app, ["compare", "swep*"])
    assert isinstance(wrong.exception, LatentlabError)


def test_a_cell_that_was_interrupted_under_other_settings_is_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    left = tmp_path / "runs" / "sweep-digits-vae-z2" / FILE
    left.parent.mkdir(parents=True)
    left.write_bytes(b"other settings")
    result = CliRunner().invoke(app, ["sweep", "--latent-dim=2", *TINY])
    assert result.exit_code == 0, result.output
    assert not left.exists()


def test_a_damaged_experiment_is_named_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LATENTLAB_CHECKPOINTS", raising=False)
    (tmp_path / "checkpoints" / "sweep-digits-vae-z2").mkdir(parents=True)
    asked = ["sweep", "--latent-dim=2,3", *TINY]
    listed = CliRunner().invoke(app, [*asked, "--dry-run"]).output
    assert "sweep-digits-vae-z2: to do" not in listed
    assert "sweep-digits-vae-z3: to do" in listed
    done = CliRunner().invoke(app, asked)
    assert isinstance(done.exception, LatentlabError)
    assert "1 of 2 experiments failed: sweep-digits-vae-z2" in str(done.exception)
    assert (tmp_path / "checkpoints" / "sweep-digits-vae-z3" / "checkpoint.json").is_file()


def test_names_are_shortened_to_what_differs() -> None:
    assert short_names(["a-b-z2", "a-b-z2-beta4"]) == ["z2", "z2-beta4"]
    assert short_names(["alone"]) == ["alone"]
