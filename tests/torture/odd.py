"""Odd checkpoints: signed by somebody who knows how, but not what a training writes.

Every field of the manifest and every array is changed in a dozen ways, one at a time. What `verify`
lets pass must be shown by every page; the rest must be refused in one sentence.
"""

from __future__ import annotations

import copy
import io
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors
from tiny import _contents, write_tiny
from trial_checkpoints import TENSOR_FILES, sign

from latentlab.checkpoints import (
    FILES,
    MANIFEST,
    Anomalies,
    Group,
    MapInverse,
    pack,
    write_checkpoint,
)
from latentlab.errors import CheckpointError


@dataclass
class Parts:
    """A checkpoint taken apart: the manifest as JSON, the tensors of each file, the other files."""

    content: dict[str, Any]
    tensors: dict[str, dict[str, np.ndarray]]
    files: dict[str, bytes]

    @classmethod
    def of(cls, folder: Path) -> Parts:
        """Take a checkpoint apart."""
        files = {name: (folder / name).read_bytes() for name in FILES}
        tensors = {name: load_tensors(files.pop(name)) for name in TENSOR_FILES}
        return cls(json.loads((folder / MANIFEST).read_text()), tensors, files)

    def copy(self) -> Parts:
        """Copy what a change may change; arrays are only ever replaced."""
        tensors = {name: dict(arrays) for name, arrays in self.tensors.items()}
        return Parts(copy.deepcopy(self.content), tensors, dict(self.files))

    def write(self, folder: Path, *, describe: bool = True) -> None:
        """Put it together in an empty folder, with sums that are right."""
        files = dict(self.files)
        for name, arrays in self.tensors.items():
            kept = {key: np.ascontiguousarray(array) for key, array in arrays.items()}
            files[name] = save_tensors(kept)
            if describe and isinstance(self.content.get("tensors"), dict):
                specs = self.content["tensors"]
                for key in [key for key in specs if key.startswith(f"{name}/")]:
                    del specs[key]
                for key, array in kept.items():
                    spec = {"shape": list(array.shape), "dtype": array.dtype.name}
                    specs[f"{name}/{key}"] = spec
        files[MANIFEST] = json.dumps(self.content).encode()
        sign(files, sums=isinstance(self.content.get("files"), dict))
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)


@dataclass(frozen=True)
class Change:
    """One change: what it is called, and how it is done to the parts."""

    name: str
    apply: Callable[[Parts], None]


def bases(root: Path) -> dict[str, Parts]:
    """Write a sound checkpoint of each kind that has everything its kind can have."""
    vae = write_tiny(root, "vae", normal_classes=tuple("0123456"))
    unet = write_tiny(
        root, "unet", model="unet", latent_dim=0, task="denoise", hidden=(4, 8), projections=()
    )
    strengths = [0.1, 0.2, 0.3]
    curves = {
        f"curve_{name}": strengths for name in ("strength", "input", "network", "baseline")
    } | {"curve_choice": [0.0, 1.0, 0.0]}
    contents = _contents(unet.manifest.config)
    metrics = {key: contents.metrics[key] for key in ("mse", "psnr", "ssim")} | curves
    folders = {
        "vae": _rich(vae),
        "unet": write_checkpoint(root, "unet", replace(contents, metrics=metrics), replace=True),
    }
    return {name: Parts.of(folder) for name, folder in folders.items()}


def _rich(checkpoint: Any) -> Path:
    contents = _contents(checkpoint.manifest.config)
    index = contents.index
    n, z = index.latents.shape
    plane = index.projections["pca"]
    scores = {name: np.linspace(0, 1, 9, dtype=np.float32) for name in ("mse", "distance", "both")}
    group = Group(index.latents[:9], index.labels[:9], index.numbers[:9], scores)
    sizes = np.array([1, 2], np.int32)
    decoder = {
        name.removeprefix("decoder."): pack(array)
        for name, array in contents.weights.items()
        if name.startswith("decoder.")
    }
    inverse = MapInverse(plane[:5], np.ones((5, z), np.float32), 1.0, 0.5)
    richer = replace(
        contents,
        index=replace(
            index,
            projections={"pca": plane, "umap": plane[::-1].copy()},
            factors={"slant": np.linspace(-1, 1, n, dtype=np.float32)},
            variants={f"seed/{seed}": plane[:30] for seed in range(2)},
            inverses={"umap": inverse},
        ),
        timeline=replace(
            contents.timeline, weight_steps=np.array([0, 10], np.int32), weights=[decoder, decoder]
        ),
        anomalies=Anomalies(
            {"normal": group, "unseen": group},
            1.0,
            1.0,
            sizes,
            {"mse": {"unseen": np.array([0.6, 0.9], np.float32)}},
        ),
    )
    return write_checkpoint(checkpoint.path.parent, "vae", richer, replace=True)


def changes(parts: Parts) -> Iterator[Change]:
    """Make every change there is for a checkpoint."""
    yield from _of_fields(parts.content, ())
    for file, arrays in parts.tensors.items():
        for key, array in arrays.items():
            for name, odd in _odd_arrays(array):
                yield Change(f"{file}/{key} {name}", _replacing(file, key, odd))
            yield Change(f"{file}/{key} gone", _replacing(file, key, None))
        yield Change(f"{file} without tensors", _emptied(file))
    for name, content in _odd_sheets().items():
        yield Change(f"samples.png {name}", _with_file("samples.png", content))
    for number, content in enumerate(ODD_HISTORIES):
        yield Change(f"history {number}", _with_file("history.jsonl", content))


ODD_VALUES: tuple[Any, ...] = (
    *(None, True, -1, 0, 1, 7, 0.5, 1e30, 10**30, -1e300),
    *("", "x" * 300, "\ud800", "‮<b>*_", [], [-1], [1.0] * 11, {}, {"": -1.0}, {"x": 1.0}),
)
ODD_HISTORIES = (
    b"",
    b"{}\n",
    b'{"epoch": -1}\n',
    b'{"epoch": 1, "loss": 1e299, "validation_loss": -1e299}\n',
    b'{"epoch": 1e9, "\\ud800": 1}\n',
    b'{"epoch": 1, "loss": 2}\n{"epoch": 1, "validation_loss": 2}\n',
)


def _of_fields(value: Any, path: tuple[str | int, ...]) -> Iterator[Change]:
    """Change, add and remove whatever stands below a place of the manifest."""
    if path and path[0] in ("files", "tensors", "sha256", "format"):
        return
    inner = value.items() if isinstance(value, dict) else ()
    for key, below in inner:
        yield from _of_fields(below, (*path, key))
    if isinstance(value, list) and value:
        yield from _of_fields(value[0], (*path, 0))
    if not path:
        return
    where = ".".join(map(str, path))
    yield Change(f"{where} gone", _setting(path, GONE))
    for odd in ODD_VALUES:
        yield Change(f"{where} = {str(odd)[:20]!a}", _setting(path, odd))


GONE = object()


def _setting(path: tuple[str | int, ...], value: Any) -> Callable[[Parts], None]:
    def apply(parts: Parts) -> None:
        inner: Any = parts.content
        for step in path[:-1]:
            inner = inner[step]
        if value is GONE:
            del inner[path[-1]]
        else:
            inner[path[-1]] = value

    return apply


def _odd_arrays(array: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    for kind in ("float64", "float32", "float16", "int64", "uint8", "int8", "bool"):
        if array.dtype != kind and not (kind == "bool" and array.dtype.kind == "f"):
            with np.errstate(over="ignore", invalid="ignore"):
                yield f"as {kind}", array.astype(kind)
    yield "empty", array[:0]
    yield "a row less", array[:-1]
    yield "twice", np.concatenate([array, array])
    yield "another axis", array[..., None]
    if array.ndim > 1:
        yield "turned", array.T
        yield "without columns", array[:, :0]
        yield "one column", array[:, :1]
    for value in (0, 1, -1, 250, 65_000, 1e14, 1e20, np.nan, np.inf):
        with np.errstate(over="ignore", invalid="ignore"):
            filled = np.full_like(array, value) if array.dtype.kind == "f" else None
        if filled is None and np.isfinite(value) and _fits(value, array.dtype):
            filled = np.full_like(array, value)
        if filled is not None:
            yield f"all {value}", filled
            if array.size > 1:
                one = array.copy()
                one.reshape(-1)[-1] = filled.reshape(-1)[0]
                yield f"last {value}", one


def _fits(value: float, kind: np.dtype[Any]) -> bool:
    return bool(np.iinfo(kind).min <= value <= np.iinfo(kind).max)


def _replacing(file: str, key: str, array: np.ndarray | None) -> Callable[[Parts], None]:
    def apply(parts: Parts) -> None:
        if array is None:
            del parts.tensors[file][key]
        else:
            parts.tensors[file][key] = array

    return apply


def _emptied(file: str) -> Callable[[Parts], None]:
    return lambda parts: parts.tensors[file].clear()


def _with_file(name: str, content: bytes) -> Callable[[Parts], None]:
    def apply(parts: Parts) -> None:
        parts.files[name] = content

    return apply


def _odd_sheets() -> dict[str, bytes]:
    def encoded(mode: str, size: tuple[int, int], form: str = "PNG") -> bytes:
        stream = io.BytesIO()
        Image.new(mode, size).save(stream, form)
        return stream.getvalue()

    whole = encoded("RGB", (600, 600))
    return {
        "of one pixel": encoded("L", (1, 1)),
        "smaller than an image": encoded("RGB", (30, 600)),
        "of one image": encoded("L", (56, 56)),
        "with transparency": encoded("RGBA", (600, 600)),
        "of 16 bits": encoded("I;16", (600, 600)),
        "as JPEG": encoded("RGB", (600, 600), "JPEG"),
        "cut": whole[: len(whole) // 2],
        "of 49 megapixels": encoded("1", (7000, 7000)),
        "empty": b"",
    }


def is_sentence(error: CheckpointError) -> bool:
    """Say whether a refusal is one line that can be read."""
    text = str(error)
    return text.endswith(".") and text.isprintable() and len(text) < 500


def accepted(
    parts: Parts, tried: Iterable[Change], scratch: Path
) -> tuple[list[Change], list[str]]:
    """Try changes; return those that are let pass, and what was refused in no sentence."""
    from latentlab.checkpoints import proven
    from latentlab.codec import load_codec

    good: list[Change] = []
    problems: list[str] = []
    for change in tried:
        changed = parts.copy()
        change.apply(changed)
        changed.write(scratch / "odd")
        try:
            load_codec(proven(scratch / "odd"))
            good.append(change)
        except CheckpointError as error:
            if not is_sentence(error):
                problems.append(f"{change.name}: {error}")
        except Exception as error:
            problems.append(f"{change.name}: {error!r}")
    return good, problems


def failing(parts: Parts, tried: list[Change], root: Path, pages: Iterable[str]) -> list[str]:
    """Show checkpoints with these changes on every page; return what a page said, by change.

    Changes are done several at a time, and each alone only where they disturb each other.
    """
    shown = parts.copy()
    for change in tried:
        with suppress(KeyError, IndexError, TypeError):  # another one has taken its place away
            change.apply(shown)
    said = _shown(shown, root, pages)
    if not said or len(tried) == 1:
        return [f"{change.name}: {said}" for change in tried if said]
    half = len(tried) // 2
    return failing(parts, tried[:half], root, pages) + failing(parts, tried[half:], root, pages)


def _shown(parts: Parts, root: Path, pages: Iterable[str]) -> str:
    from screens import start

    from latentlab.ui.shell import available, cache

    shutil.rmtree(root, ignore_errors=True)
    parts.write(root / "odd")
    cache.forget()
    good, refused = available.checkpoints()
    if not good:
        return refused[0].reason
    for page in pages:
        app = start(page, checkpoint="odd")
        errors = [each.value for each in (*app.exception, *app.error)]
        if errors:
            return f"{page}: {errors[0]}"
    return ""
