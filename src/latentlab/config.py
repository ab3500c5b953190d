"""The run config: everything that was asked of a training, as names and numbers only.

It is validated, frozen, written into the checkpoint and accepted back (``--config``) to repeat the
run. Every field is also a flag of ``latentlab train``: its description is the flag's help.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from latentlab.data import dataset as find_dataset
from latentlab.data.classes import class_numbers
from latentlab.errors import ConfigError, unknown_name
from latentlab.fields import ClassNames, Name, Names, Widths
from latentlab.models import BODIES, EMBEDDING, MODELS, OWN
from latentlab.naming import portable
from latentlab.strict import Strict, first_problem
from latentlab.tasks import RECONSTRUCT, TASKS

MOST_TRAINED = 256  # latent dimensions; an embedding from elsewhere may have more

# What the recipe chooses from the images where it was not asked for; see `training.defaults`.
RECIPE = ("epochs", "batch_size", "early_stopping", "augment")


class RunConfig(Strict):
    """What was asked for. Names only, never objects; unknown keys are refused."""

    dataset: Name = Field("digits", description="Image set to train on.")
    image_size: int | None = Field(
        None,
        ge=16,
        le=128,
        description="Side of the images in pixels, if the image set offers a choice.",
    )
    n_images: int | None = Field(
        None, ge=32, description="Use only this many training images (all, if not given)."
    )
    normal_classes: ClassNames | None = Field(
        None,
        description="Train on these classes only, and measure whether the others are detected as "
        "anomalies (all, if not given).",
    )
    task: str = Field(
        RECONSTRUCT,
        description="Task: reconstruct the image, or restore it from a degradation: "
        f"{', '.join(TASKS)}.",
    )
    model: str = Field(
        "vae",
        description="ae (plain autoencoder), vae (variational) or unet (skip connections, "
        "no latent).",
    )
    body: str = Field("dense", description="Layers: dense or conv.")
    hidden: Widths = Field(
        (512, 512),
        min_length=1,
        max_length=8,
        description="Widths of the dense layers, or channels of the conv stages, image to latent.",
    )
    blocks: Literal["plain", "residual"] = Field(
        "plain",
        description="Blocks of a unet: plain (two convolutions), or residual (added to their "
        "input), which a new unet has.",
    )
    latent_dim: int = Field(
        2,
        ge=0,
        le=4096,
        description="Number of latent dimensions, 1 to 256; 0 for a unet, which has no latent.",
    )
    likelihood: Literal["bernoulli", "gaussian"] = Field(
        "bernoulli", description="Likelihood of the pixels, given the decoder's output."
    )
    beta: float = Field(1.0, ge=0, le=1000, description="Weight of the KL term of a VAE.")
    standardize: bool = Field(
        False,
        description="At the end, shift and scale each latent dimension of a VAE to mean 0 and "
        "variance 1, where its KL term is least; the images stay the same: true or false; true "
        "for a new one with the gaussian likelihood.",
    )
    steps: int | None = Field(
        None,
        ge=1,
        le=10_000_000,
        description="Budget of training steps, from which the epochs follow; training stops sooner "
        "when the validation loss stops falling (4,000, if not given; for a unet 4,000 to "
        "16,000, the more the smaller the images).",
    )
    epochs: int | None = Field(
        None,
        ge=1,
        le=100_000,
        description="Train for exactly so many epochs (from the budget of steps, if not given).",
    )
    batch_size: int | None = Field(
        None,
        ge=1,
        le=65_536,
        description="Images per step (16 to 256, more for larger image sets; 16 for a unet, "
        "if not given).",
    )
    early_stopping: bool = Field(
        False,
        description="Keep the weights of the epoch with the lowest validation loss, and stop when "
        "it no longer falls: true or false; always true where no epochs are given.",
    )
    augment: bool | None = Field(
        False,
        description="Also train on mirror images, and on random crops of images that are larger "
        "than the network's: true or false; for own folders true if the images are in color.",
    )
    learning_rate: float = Field(3e-3, gt=0, le=1, description="Peak of the one-cycle schedule.")
    weight_decay: float = Field(0.0, ge=0, le=1, description="AdamW weight decay.")
    precision: Literal["auto", "float32", "bfloat16"] = Field(
        "auto",
        description="Precision of the training; auto is bfloat16 if the machine supports it.",
    )
    weights_dtype: Literal["float32", "float16"] = Field(
        "float32", description="Precision of the stored weights; float16 halves the checkpoint."
    )
    seed: int = Field(
        0,
        ge=0,
        lt=2**31,
        description="Seed of the random numbers; on one machine, the same seed gives the same "
        "weights.",
    )
    projections: Names = Field(
        ("pca", "umap"), description="Projections to store with the latents: pca, umap, tsne."
    )
    map_variants: bool = Field(
        False,
        description="Also store projections with other seeds and other numbers of neighbors, and "
        "a line-up with noise: true or false.",
    )
    index_size: int = Field(
        10_000,
        ge=100,
        le=10_000_000,
        description="Number of images whose latents the checkpoint stores; of more than 100,000 a "
        "sample of 20,000 is mapped.",
    )
    timeline_mb: float = Field(
        5.0, ge=0, le=100, description="Megabytes for the stages of training, uncompressed."
    )

    @field_validator("dataset")
    @classmethod
    def _known_dataset(cls, value: str) -> str:
        find_dataset(value)
        return value

    @model_validator(mode="after")
    def _known_names(self) -> RunConfig:
        own = self.body == OWN
        for kind, value, valid in (
            ("model", self.model, ("ae", "vae", EMBEDDING) if own else MODELS),
            ("body", self.body, (*BODIES, OWN)),
            ("task", self.task, (RECONSTRUCT, *TASKS)),
        ):
            if value not in valid:
                raise ConfigError(unknown_name(kind, value, valid))
        _check_own(self) if own else _check_latent(self.model, self.latent_dim)
        if self.standardize and self.model != "vae":
            raise ConfigError("The setting 'standardize' is for the model 'vae': leave it out.")
        check_channels(self.task, self.dataset, find_dataset(self.dataset).channels)
        if self.normal_classes is not None:
            _check_normal(self)
        return self

    def led_to(self, stored: RunConfig) -> bool:
        """Say whether a stored run config is this one, with what was left open filled in."""
        asked = self.model_dump()
        return {k for k, v in stored.model_dump().items() if v != asked[k]} <= {
            field for field in RECIPE if not asked[field]
        }


def make_config(**asked: Any) -> RunConfig:
    """Make a run config from what was asked, the image set's own defaults and ours, in that order.

    Parameters
    ----------
    **asked
        Fields of ``RunConfig``; those that are None count as not asked.

    Returns
    -------
    RunConfig
        Complete and valid.

    Raises
    ------
    ConfigError
        One sentence for the first field that is wrong: which, its value, what is allowed.

    Examples
    --------
    >>> make_config(dataset="digits", latent_dim=2).latent_dim
    2
    """
    given = {name: value for name, value in asked.items() if value is not None}
    if given.get("task") in TASKS:
        # A bottleneck loses detail together with the noise; skip connections keep the detail.
        given = {"model": "unet", **given}
    name = str(given.get("dataset", RunConfig.model_fields["dataset"].default))
    defaults = _dataset_defaults(name, str(given.get("body", "")))
    if given.get("model") in MODELS and not MODELS[str(given["model"])].has_latent:
        # What has to be guessed from afar, a hole or a color, gains from a third size.
        is_far = given.get("task") in TASKS and not TASKS[str(given["task"])].is_local
        hidden = (32, 64, 128) if is_far and find_dataset(name).channels != 1 else (32, 64)
        defaults |= {"latent_dim": 0, "hidden": hidden, "blocks": "residual", "projections": ()}
    config = parse_config({**defaults, **given})
    if config.model == "vae" and config.likelihood == "gaussian" and "standardize" not in given:
        config = config.model_copy(update={"standardize": True})
    return config


def parse_config(fields: dict[str, Any]) -> RunConfig:
    """Validate fields as they come from JSON or the command line.

    Raises
    ------
    ConfigError
        One sentence for the first field that is wrong.
    """
    try:
        return RunConfig.model_validate(fields)
    except ValidationError as error:
        raise ConfigError(first_problem(error)) from None


def checkpoint_name(config: RunConfig) -> str:
    """Name a checkpoint after what makes it different: ``mnist-vae-z2-beta10``.

    Examples
    --------
    >>> checkpoint_name(make_config(dataset="folder:my café", latent_dim=4))
    'folder-my-cafe-vae-z4'
    """
    name = f"{portable(config.dataset)}-{config.model}"
    if config.task != RECONSTRUCT:
        name += f"-{config.task}"
    if config.latent_dim:
        name += f"-z{config.latent_dim}"
    if config.model == "vae" and config.beta != 1:
        name += f"-beta{config.beta:g}"
    if config.normal_classes is not None:
        name += f"-normal{len(config.normal_classes)}"
    return name


def _check_normal(config: RunConfig) -> None:
    known = find_dataset(config.dataset).class_names
    if known and config.normal_classes is not None:
        class_numbers(config.normal_classes, known)
    if config.task != RECONSTRUCT or not MODELS[config.model].has_latent:
        raise ConfigError(
            "The setting 'normal_classes' needs a network that reconstructs from a latent: choose "
            f"the task '{RECONSTRUCT}' and another model than 'unet', or leave it out."
        )


def _check_own(config: RunConfig) -> None:
    if config.task != RECONSTRUCT or config.normal_classes is not None or not config.latent_dim:
        raise ConfigError(
            f"The body '{OWN}' needs a latent, the task '{RECONSTRUCT}' and no normal classes."
        )


def _check_latent(model: str, latent_dim: int) -> None:
    if MODELS[model].has_latent == (latent_dim > 0) and latent_dim <= MOST_TRAINED:
        return
    allowed = f"give 1 to {MOST_TRAINED}"
    if not MODELS[model].has_latent:
        allowed = "leave it out, a unet has no latent"
    raise ConfigError(
        f"The setting 'latent_dim' cannot be {latent_dim} for the model '{model}': {allowed}."
    )


def check_channels(task: str, dataset: str, channels: int | None) -> None:
    """Refuse (ConfigError) a task that needs color for gray images; None where nobody knows yet."""
    if task != RECONSTRUCT and channels is not None and channels not in TASKS[task].channels:
        raise ConfigError(
            f"The task '{task}' needs images in color, and those of '{dataset}' are gray: choose "
            "another --dataset."
        )


def _dataset_defaults(name: str, body: str) -> dict[str, Any]:
    defaults = dict(find_dataset(name).defaults)
    if body and body != defaults.get("body", "dense"):
        # The widths of one body mean nothing to the other.
        defaults["hidden"] = (32, 64) if body == "conv" else (512, 512)
    return defaults
