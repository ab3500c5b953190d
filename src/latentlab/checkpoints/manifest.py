"""The manifest of a checkpoint: ``checkpoint.json``, read as if a stranger had written it."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from latentlab.config import RunConfig, first_problem
from latentlab.errors import CheckpointError, ConfigError, DataError
from latentlab.images import printable

FORMAT = 1
MANIFEST = "checkpoint.json"
FILES = (
    "weights.safetensors",
    "index.safetensors",
    "history.jsonl",
    "timeline.safetensors",
    "samples.png",
)


LONGEST = 240  # letters of what is wrong: names of tensors come from strangers
# The key of the manifest's own sum, over everything else in it.
SUM = "sha256"


class TensorSpec(BaseModel):
    """Shape and dtype of one stored tensor."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shape: tuple[int, ...]
    dtype: str


class Run(BaseModel):
    """When, where and how long the training ran."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    created: str
    seconds: float = Field(ge=0, allow_inf_nan=False)
    device: str
    n_threads: int = Field(ge=1)
    versions: dict[str, str]


# Far beyond what is trained here; a forged one must not ask for all of the memory.
Side = Annotated[int, Field(ge=1, le=1024)]


class Manifest(BaseModel):
    """The content of ``checkpoint.json``."""

    # 1e999 is valid JSON, and no number.
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    format: int
    config: RunConfig
    image_shape: tuple[Side, Side, Annotated[int, Field(ge=1, le=3)]]
    class_names: tuple[str, ...]
    n_parameters: int = Field(ge=1)
    n_train: int = Field(ge=1)
    metrics: dict[str, float | list[float] | dict[str, float]]
    # One sentence where the network has learned nothing; earlier versions did not say.
    warning: str = Field("", max_length=500)
    run: Run
    tensors: dict[str, TensorSpec]
    files: dict[str, str]
    # By split, over all pixels; earlier checkpoints have none and are proven by their components.
    image_sums: dict[str, Annotated[str, Field(pattern="^[0-9a-f]{32}$")]] = {}


def parse_manifest(text: bytes, name: str) -> Manifest:
    """Read a manifest strictly: no duplicate keys, no NaN, no unknown fields, no newer format.

    Parameters
    ----------
    text : bytes
        The content of ``checkpoint.json``.
    name : str
        Of the checkpoint, for the sentence.

    Raises
    ------
    CheckpointError
        If it is damaged, foreign or newer.
    """
    content = parse_json(text, name, MANIFEST)
    number = content.get("format") if isinstance(content, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise CheckpointError(
            f"'{name}' is not a latentlab checkpoint: {MANIFEST} gives no format number."
        )
    if number > FORMAT:
        raise CheckpointError(
            f"The checkpoint '{name}' has format {number}, and this program knows up to {FORMAT}: "
            "install a newer latentlab."
        )
    if content.pop(SUM, None) != _sum(content):
        raise damaged(name, f"{MANIFEST} is not the file that was written")
    try:
        manifest = Manifest.model_validate(content)
    except ValidationError as error:
        raise damaged(name, first_problem(error).rstrip(".")) from None
    except (ConfigError, DataError) as error:
        raise damaged(name, str(error).rstrip(".")) from None
    if set(manifest.files) != set(FILES):
        raise damaged(name, f"{MANIFEST} does not name exactly the files of a checkpoint")
    return manifest


def parse_json(text: bytes, name: str, file: str) -> Any:
    """Read JSON strictly: no duplicate keys, no NaN, nothing nested without end."""
    try:
        return json.loads(text, object_pairs_hook=_no_duplicates, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise damaged(name, f"{file} is not valid JSON ({error})") from None


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key appears twice")
    return result


def _no_constant(text: str) -> Any:
    raise ValueError(f"{text} is not a number")


def manifest_text(manifest: Manifest) -> bytes:
    """Return a manifest as it is written, with its own sum as the last key."""
    content = json.loads(manifest.model_dump_json())
    return (json.dumps({**content, SUM: _sum(content)}, indent=1) + "\n").encode()


def _sum(content: dict[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def damaged(name: str, what: str) -> CheckpointError:
    """Make the sentence for a checkpoint that is not what was written."""
    return CheckpointError(
        f"The checkpoint '{printable(name)}' is damaged: {printable(what, LONGEST)}. "
        "Restore the folder or train it again."
    )
