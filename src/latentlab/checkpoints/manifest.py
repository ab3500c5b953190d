"""The manifest of a checkpoint: ``checkpoint.json``, read as if somebody else had written it."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError, model_validator

from latentlab.checkpoints.metrics import Metrics, odd_metric
from latentlab.config import RunConfig, check_channels
from latentlab.data.classes import UNLABELED, class_numbers
from latentlab.errors import CheckpointError, ConfigError, DataError
from latentlab.images import printable
from latentlab.models import OWN
from latentlab.strict import CountedMistakes, Strict, first_problem

FORMAT = 3
"""The newest format, for an index of all images; networks from elsewhere need 2, others 1."""
MANIFEST = "checkpoint.json"
FILES = (
    "weights.safetensors",
    "index.safetensors",
    "history.jsonl",
    "timeline.safetensors",
    "samples.png",
)
GRAPHS = ("encoder.onnx", "decoder.onnx")
"""Files of a network that was recorded or imported; one or both are absent where nothing runs."""

FULL = "full.safetensors"
"""Where every image landed, if the latent index holds but a sample: see ``full_index.py``."""

LONGEST = 240  # letters of what is wrong: names of tensors come from others
# The key of the manifest's own sum, over everything else in it.
SUM = "sha256"


# Far beyond what is trained here; a forged manifest must not ask for all of the memory.
MOST_TENSORS = 20_000
MOST_CLASSES = 10_000
Text = Annotated[str, Field(max_length=200)]


class TensorSpec(Strict):
    """Shape and dtype of one stored tensor."""

    shape: Annotated[
        tuple[Annotated[int, Field(ge=0, le=2**40)], ...], Field(max_length=8, fail_fast=True)
    ]
    dtype: Text


class Run(Strict):
    """When, where and how long the training ran."""

    created: Text
    seconds: float = Field(ge=0, le=1e9)
    device: Text
    n_threads: int = Field(ge=1, le=2**20)
    versions: Annotated[dict[str, Text], CountedMistakes, Field(max_length=100)]


def _gray_or_color(channels: int) -> int:
    if channels not in (1, 3):
        raise ValueError("images have 1 or 3 channels")
    return channels


# What the bodies of `models` and the pages are made for.
Side = Annotated[int, Field(ge=8, le=256)]


Channels = Annotated[int, AfterValidator(_gray_or_color)]


class Manifest(Strict):
    """The content of ``checkpoint.json``."""

    format: int
    config: RunConfig
    image_shape: tuple[Side, Side, Channels]
    class_names: Annotated[tuple[Text, ...], Field(max_length=MOST_CLASSES, fail_fast=True)]
    n_parameters: int = Field(ge=0, le=10**12)  # none where only latents came
    n_train: int = Field(ge=1, le=10**12)
    metrics: Metrics
    # One sentence where the network has learned nothing; earlier versions did not say.
    warning: str = Field("", max_length=500)
    # How a network from elsewhere was understood, in sentences.
    notes: Annotated[
        tuple[Annotated[str, Field(max_length=500)], ...], Field(max_length=20, fail_fast=True)
    ] = ()
    run: Run
    tensors: Annotated[dict[str, TensorSpec], CountedMistakes, Field(max_length=MOST_TENSORS)]
    files: Annotated[dict[str, str], CountedMistakes]
    # By split, over all pixels; earlier checkpoints have none and are proven by their components.
    image_sums: Annotated[
        dict[str, Annotated[str, Field(pattern="^[0-9a-f]{32}$")]], CountedMistakes
    ] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits_together(self) -> Manifest:
        """Prove what no field says alone: pages rely on it without looking again."""
        if self.config.normal_classes is not None:
            class_numbers(self.config.normal_classes, self.class_names)
        check_channels(self.config.task, self.config.dataset, self.image_shape[2])
        if odd := odd_metric(self.metrics, self.config.latent_dim, len(self.class_names)):
            raise ConfigError(odd)
        return self

    @property
    def is_own(self) -> bool:
        """Whether the network was recorded or imported, not trained by latentlab."""
        return self.config.body == OWN

    @property
    def encodes(self) -> bool:
        """Whether there is an encoder that can be run."""
        return not self.is_own or GRAPHS[0] in self.files

    @property
    def decodes(self) -> bool:
        """Whether there is a decoder that can be run."""
        return not self.is_own or GRAPHS[1] in self.files

    def class_name(self, label: int) -> str | None:
        """Return the name of a class; None for an image without one.

        Parameters
        ----------
        label : int
            A row of ``class_names``; any other number has no name.

        Returns
        -------
        str or None
        """
        name = self.class_names[label] if 0 <= label < len(self.class_names) else UNLABELED
        return None if name == UNLABELED else name


def parse_manifest(text: bytes, name: str) -> Manifest:
    """Read a manifest strictly: no duplicate keys, no NaN, no unknown fields, no newer format.

    Parameters
    ----------
    text : bytes
        The content of ``checkpoint.json``.
    name : str
        Of the checkpoint, for the sentence.

    Returns
    -------
    Manifest

    Raises
    ------
    CheckpointError
        If it is damaged, foreign or newer.
    """
    content = parse_json(text, name, MANIFEST)
    number = content.get("format") if isinstance(content, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise CheckpointError(
            f"'{printable(name)}' is not a latentlab checkpoint: {MANIFEST} gives no format number."
        )
    if number > FORMAT:
        raise CheckpointError(
            f"The checkpoint '{printable(name)}' has format {printable(str(number), 20)}, and this "
            f"program knows up to {FORMAT}: install a newer latentlab."
        )
    if content.pop(SUM, None) != _sum(content):
        raise damaged(name, f"{MANIFEST} is not the file that was written")
    try:
        manifest = Manifest.model_validate(content)
    except ValidationError as error:
        raise damaged(name, first_problem(error).rstrip(".")) from None
    except (ConfigError, DataError) as error:
        raise damaged(name, str(error).rstrip(".")) from None
    allowed = {*FILES, FULL, *(GRAPHS if manifest.is_own else ())}
    if not set(FILES) <= set(manifest.files) <= allowed:
        raise damaged(name, f"{MANIFEST} does not name exactly the files of a checkpoint")
    return manifest


def parse_json(text: bytes, name: str, file: str) -> Any:
    """Read JSON strictly: no duplicate keys, no NaN, no lone surrogates, no endless nesting.

    Parameters
    ----------
    text : bytes
    name, file : str
        Of the checkpoint and of the file, for the sentence.

    Returns
    -------
    dict, list, str, int, float, bool or None

    Raises
    ------
    CheckpointError
        If it is no such JSON.
    """
    try:
        content = json.loads(text, object_pairs_hook=_no_duplicates, parse_constant=_no_constant)
        # What cannot be encoded can neither be printed nor sent to a browser.
        json.dumps(content, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise damaged(name, f"{file} is not valid JSON ({error})") from None
    return content


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key appears twice")
    return result


def _no_constant(text: str) -> Any:
    raise ValueError(f"{text} is not a number")


def manifest_text(manifest: Manifest) -> bytes:
    """Return a manifest as it is written, with its own sum as the last key.

    Parameters
    ----------
    manifest : Manifest

    Returns
    -------
    bytes
        JSON in UTF-8.
    """
    content = json.loads(manifest.model_dump_json())
    return (json.dumps({**content, SUM: _sum(content)}, indent=1) + "\n").encode()


def _sum(content: dict[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def damaged(name: str, what: str) -> CheckpointError:
    """Make the sentence for a checkpoint that is not what was written.

    Parameters
    ----------
    name : str
        Of the checkpoint.
    what : str
        What is wrong, without a full stop; cut to `LONGEST` characters.

    Returns
    -------
    CheckpointError
        To be raised.
    """
    return CheckpointError(
        f"The checkpoint '{printable(name)}' is damaged: {printable(what, LONGEST)}. "
        "Restore the folder or train it again."
    )
