"""What can be asked of a training on the Training page, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from latentlab import data
from latentlab.config import RunConfig, make_config
from latentlab.data import drawings
from latentlab.data.folder import PREFIX
from latentlab.errors import ConfigError, DataError, unknown_name

MODELS = ("ae", "vae")
LATENT_DIMS = (1, 2, 3, 8, 16, 32)
# As the run config calls a field; the others have the same name.
_FIELDS = {"dataset": "images"}
_NUMBERS = ("beta", "epochs", "learning_rate", "seed")


@dataclass(frozen=True)
class Recipe:
    """A training as the page asks for it; everything else is what ``latentlab train`` would do.

    Attributes
    ----------
    images : str
        Name of an image set, or ``folder:<name>``.
    model : str
        "ae" or "vae".
    latent_dim : int
        One of `LATENT_DIMS`.
    beta : float
        Weight of a VAE's KL term; an autoencoder has none.
    epochs : int or None
        None: what suits the images; training then stops when the validation loss stops falling.
    learning_rate : float
    seed : int
    """

    images: str = "digits"
    model: str = "vae"
    latent_dim: int = 2
    beta: float = 1.0
    epochs: int | None = None
    learning_rate: float = 3e-3
    seed: int = 0

    def config(self) -> RunConfig:
        """Return the run config.

        Returns
        -------
        RunConfig
            Its projections are PCA and, above 2 latent dimensions, UMAP.

        Raises
        ------
        LatentlabError
            If it is impossible; `problems` says so beforehand.
        """
        asked = asdict(self)
        del asked["images"]
        if self.model != "vae":
            del asked["beta"]
        # One map is enough to see the result, and UMAP would keep a class waiting.
        maps = ("pca",) if self.latent_dim <= 2 else ("pca", "umap")
        return make_config(dataset=self.images, weights_dtype="float16", projections=maps, **asked)


def recipe_from(values: Mapping[str, Any]) -> Recipe:
    """Return the recipe that was stored as JSON; unknown fields are left out."""
    known = {field.name for field in fields(Recipe)}
    return Recipe(**{name: value for name, value in values.items() if name in known})


def image_sets() -> tuple[str, ...]:
    """Return the image sets that are on this machine: the project's, then own folders.

    Drawings of the class are among them as soon as there is one, and their folders are not;
    `problems` says how many are missing.

    Returns
    -------
    tuple of str
        Keys of ``DATASETS`` and ``folder:<name>``.
    """
    own = data.data_root()
    paths = sorted(own.iterdir()) if own.is_dir() else []
    folders = [path.name for path in paths if not drawings.is_drawn(path)]
    names = [*data.DATASETS, *(PREFIX + name for name in folders)]
    return tuple(
        name for name in names if _is_here(name) or (name == drawings.NAME and drawings.count(own))
    )


def problems(recipe: Recipe) -> dict[str, str]:
    """Return what makes a recipe impossible: a sentence for each field that is wrong.

    Parameters
    ----------
    recipe : Recipe

    Returns
    -------
    dict of field name to sentence
        Empty if it can be started.
    """
    found: dict[str, str] = {}
    try:
        if not data.available(recipe.images):
            missing = f"The images of '{recipe.images}' are not on this machine; choose others."
            is_drawn = recipe.images == drawings.NAME
            found["images"] = (drawings.problem(data.data_root()) if is_drawn else None) or missing
    except DataError as error:
        found["images"] = str(error)
    if recipe.model not in MODELS:
        found["model"] = unknown_name("model", recipe.model, MODELS)
    if recipe.latent_dim not in LATENT_DIMS:
        allowed = ", ".join(map(str, LATENT_DIMS))
        found["latent_dim"] = f"Choose one of {allowed} latent dimensions."
    if not {"images", "model"} & found.keys():
        found = _of_config(recipe) | found
    return found


def _of_config(recipe: Recipe) -> dict[str, str]:
    """Try each field alone, for a run config names only the first that is wrong; then all."""
    usual = Recipe(images=recipe.images, model=recipe.model)
    alone = [replace(usual, **{name: getattr(recipe, name)}) for name in _NUMBERS]
    found: dict[str, str] = {}
    for one in (*alone, recipe):
        try:
            one.config()
        except (ConfigError, DataError) as error:
            named = re.match(r"The setting '(\w+)'", str(error))
            field = named[1] if named else "images"
            found.setdefault(_FIELDS.get(field, field), str(error))
    return found


def _is_here(name: str) -> bool:
    try:
        return data.available(name)
    except DataError:
        return False
