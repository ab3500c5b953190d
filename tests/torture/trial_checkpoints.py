"""Twenty thousand damaged checkpoint folders: none may load as something else, or run anything.

Two kinds of damage. **Accidents** leave the sums as they were: what still loads must be what was
written, to the byte. **Forgeries** are made by somebody who knows how the sums are made, so that
everything behind them is reached: each is wrong in a way that has to be refused. An audit hook
listens to the interpreter all the while: nothing may be executed, unpickled or started, and no file
opened that does not belong to the folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from benchmarks.promises import Row, record
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from latentlab.checkpoints import (
    FILES,
    MANIFEST,
    Anomalies,
    Group,
    MapInverse,
    Timeline,
    list_checkpoints,
    open_checkpoint,
    pack,
    write_checkpoint,
)
from latentlab.codec import load_trained
from latentlab.errors import CheckpointError

FOLDERS = 20_000
NAME = "digits-vae-z2"
TENSOR_FILES = ("weights.safetensors", "index.safetensors", "timeline.safetensors")
PICKLE = b"\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x0etouch /tmp/ran\x85R."
SCRIPT = "__import__('os').system('touch /tmp/ran')"
TRAVERSALS = ("../../../../etc/passwd", "/etc/passwd", "..", "a/b", "C:\\x", "", "x\0y", "\ud800")

Files = dict[str, bytes]
Random = np.random.Generator


@dataclass
class Originals:
    """Two sound checkpoints as bytes, and what loading the first one gives."""

    files: Files
    others: Files
    content: str


@dataclass
class Figures:
    """What came of the folders; `problems` holds a line for each broken promise."""

    n: int = 0
    refused: int = 0
    unharmed: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


class Listener:
    """Hears of everything that would run code or open a file elsewhere; an audit hook is for life.

    Parameters
    ----------
    inside : Path
        Where files may be opened.
    """

    RUNS = ("exec", "compile", "import", "marshal.loads", "pickle.find_class", "ctypes.dlopen")
    STARTS = ("os.system", "os.exec", "os.fork", "os.posix_spawn", "subprocess.Popen")

    def __init__(self, inside: Path) -> None:
        self.inside = f"{inside.resolve()}{os.sep}"
        self.heard: list[str] = []
        self.listening = False
        sys.addaudithook(self._hear)

    def _hear(self, event: str, values: tuple[Any, ...]) -> None:
        if not self.listening:
            return
        if event in (*self.RUNS, *self.STARTS, "socket.connect"):
            self.heard.append(f"{event} {str(values[:1])[:80]}")
        elif event == "open" and isinstance(values[0], str | bytes):
            path = os.path.realpath(os.fsdecode(values[0]))
            if not path.startswith(self.inside):
                self.heard.append(f"open {path[:80]}")


# Accidents: the sums stay as they were.


def flip(files: Files, rng: Random) -> None:
    name = _any(files, rng)
    content = bytearray(files[name])
    for at in rng.integers(0, len(content), rng.integers(1, 9)):
        content[at] ^= 1 << int(rng.integers(8))
    files[name] = bytes(content)


def truncate(files: Files, rng: Random) -> None:
    name = _any(files, rng)
    files[name] = files[name][: rng.integers(0, len(files[name]))]


def grow(files: Files, rng: Random) -> None:
    files[_any(files, rng)] += rng.bytes(int(rng.integers(1, 200)))


def blank(files: Files, rng: Random) -> None:
    name = _any(files, rng)
    at = int(rng.integers(0, len(files[name])))
    end = min(len(files[name]), at + int(rng.integers(1, 4096)))
    files[name] = files[name][:at] + bytes(end - at) + files[name][end:]


def swap(files: Files, rng: Random) -> None:
    one, two = rng.choice(list(files), 2, replace=False)
    files[one], files[two] = files[two], files[one]


def lose(files: Files, rng: Random) -> None:
    del files[_any(files, rng)]


def repeat_key(files: Files, rng: Random) -> None:
    keys = list(json.loads(files[MANIFEST]))
    key = str(rng.choice(keys))
    files[MANIFEST] = files[MANIFEST].rstrip()[:-1] + f', "{key}": 1}}'.encode()


def huge_header(files: Files, rng: Random) -> None:
    name = str(rng.choice(TENSOR_FILES))
    length = (2**63 - 1, 2**64 - 1, 2**40, 100_000_001, len(files[name]))[rng.integers(5)]
    files[name] = length.to_bytes(8, "little") + files[name][8:]


def newer(files: Files, rng: Random) -> None:
    files[MANIFEST] = files[MANIFEST].replace(b'"format": 1', b'"format": 2', 1)


def pickled(files: Files, rng: Random) -> None:
    files[_any(files, rng)] = PICKLE


ACCIDENTS = (
    flip, truncate, grow, blank, swap, lose, repeat_key, huge_header, newer, pickled
)  # fmt: skip


# Accidents that a list of bytes cannot show: done to the folder.


def link_file(folder: Path, rng: Random) -> None:
    name = str(rng.choice([MANIFEST, *FILES]))
    target = folder.parent.parent / "elsewhere"  # the very same bytes, but outside
    target.write_bytes((folder / name).read_bytes())
    (folder / name).unlink()
    (folder / name).symlink_to(target if rng.random() < 0.5 else "/etc/passwd")


def link_folder(folder: Path, rng: Random) -> None:
    moved = folder.parent.parent / "moved"
    folder.rename(moved)
    folder.symlink_to(moved, target_is_directory=True)


def no_file(folder: Path, rng: Random) -> None:
    path = folder / str(rng.choice([MANIFEST, *FILES]))
    path.unlink()
    os.mkfifo(path) if rng.random() < 0.5 else path.mkdir()


def sparse(folder: Path, rng: Random) -> None:
    os.truncate(folder / str(rng.choice([MANIFEST, *FILES])), int(rng.choice([2**33, 2**42])))


def surplus(folder: Path, rng: Random) -> None:
    names = ("weights.pt", "code.py", "__init__.py", "x\ny", "<script>", "a" * 255, "\udcff", "ü")
    (folder / str(rng.choice(names))).write_bytes(PICKLE)


def rename(folder: Path, rng: Random) -> None:
    names = ("x\ny", "\udcff\udcfe", "\x1b[31mred", "‮evil")
    folder.rename(folder.with_name(str(rng.choice(names))))


ODDITIES = (link_file, link_folder, no_file, sparse, surplus, rename)


# Forgeries: the sums are made anew, so that what lies behind them is reached.


def not_numbers(files: Files, rng: Random) -> None:
    name, key, tensors = _tensor(files, rng, kind="f")
    array = tensors[key].copy()
    array.reshape(-1)[rng.integers(array.size)] = rng.choice([np.nan, np.inf, -np.inf])
    _put(files, name, tensors | {key: array})


def other_shape(files: Files, rng: Random) -> None:
    name, key, tensors = _tensor(files, rng)
    array = tensors[key]
    shapes = [array[None], array.reshape(-1)[:-1], array[..., None], np.concatenate([array, array])]
    if name == "timeline.safetensors" and key == "weight_steps":
        shapes = shapes[:1]  # a number of stages fewer would only leave the rest unused
    _put(files, name, tensors | {key: shapes[rng.integers(len(shapes))]})


def other_type(files: Files, rng: Random) -> None:
    name, key, tensors = _tensor(files, rng)
    kinds = (
        ("int64", "bool", "complex64") if tensors[key].dtype.kind == "f" else ("float32", "bool")
    )
    _put(files, name, tensors | {key: tensors[key].astype(str(rng.choice(kinds)))})


def less(files: Files, rng: Random) -> None:
    name, key, tensors = _tensor(files, rng)
    optional = ("stds", "projection/", "factor/", "variant/", "anomaly/curve/")
    if key.startswith(optional):  # without these an index is still whole
        key = "latents"
    _put(files, name, {other: array for other, array in tensors.items() if other != key})


def unlike_manifest(files: Files, rng: Random) -> None:
    name, key, tensors = _tensor(files, rng)
    files[name] = save_tensors({f"{key}x" if k == key else k: v for k, v in tensors.items()})
    sign(files)


def off_the_map(files: Files, rng: Random) -> None:
    """Name rows, classes or splits that do not exist."""
    name = "index.safetensors"
    tensors = load_tensors(files[name])
    key = str(rng.choice(["neighbors", "labels", "splits"]))
    array = tensors[key].astype(np.uint8 if key == "splits" else np.int64)
    array.reshape(-1)[rng.integers(array.size)] = rng.choice(
        [200] if key == "splits" else [-1, 999]
    )
    _put(files, name, tensors | {key: array})


def odd_header(files: Files, rng: Random) -> None:
    """Let a tensor file say something impossible of itself."""
    name, key, _ = _tensor(files, rng)
    length = int.from_bytes(files[name][:8], "little")
    header, body = json.loads(files[name][8 : 8 + length]), files[name][8 + length :]
    entry = header[key]
    begin, end = entry["data_offsets"]
    changes: list[dict[str, Any]] = [
        {"data_offsets": [begin, end + 4]},
        {"data_offsets": [end, begin]} if end > begin else {"data_offsets": [-1, 0]},
        {"data_offsets": [0, 2**62]},
        {"dtype": "object"},
        {"dtype": "BF16"},
        {"dtype": "F8_E4M3"},
        {"shape": [2**40, 2**40]},
        {"shape": [-1]},
    ]
    change = changes[rng.integers(len(changes))]
    text = json.dumps(header | {key: entry | change})
    if rng.random() < 0.2:
        text = "[" * 100_000
    files[name] = len(text).to_bytes(8, "little") + text.encode() + body
    sign(files)


def odd_manifest(files: Files, rng: Random) -> None:
    content = json.loads(files[MANIFEST])
    (*parents, last), value = ODD[rng.integers(len(ODD))]
    inner = content
    for parent in parents:
        inner = inner[parent]
    if value is GONE:
        del inner[last]
    else:
        inner[last] = value
    files[MANIFEST] = json.dumps(content).encode()
    sign(files, sums=parents != ["files"])


def odd_numbers(files: Files, rng: Random) -> None:
    """Write numbers into the manifest that are none."""
    word = str(rng.choice(["NaN", "Infinity", "-Infinity", "1e999"]))
    content = json.loads(files[MANIFEST])
    content["metrics"]["mse"] = float(word)
    content.pop("sha256")
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    content["sha256"] = hashlib.sha256(canonical.encode()).hexdigest()
    text = json.dumps(content)
    files[MANIFEST] = text.replace(": Infinity", f": {word}").encode()


def odd_history(files: Files, rng: Random) -> None:
    lines = (
        b"not json", b"[1, 2]", b"1", b'{"epoch": NaN}', b'{"epoch": 1, "loss": 1e999}',
        b'{"epoch": "1"}', b'{"epoch": 1, "epoch": 2}', b"[" * 100_000, b"\xff\xfe", PICKLE,
        b'{"epoch": 1, "loss": [1]}', b'{"loss": 1}', b'{"epoch": true}', b"",
        b'{"epoch": 1' + b"0" * 400 + b"}",
    )  # fmt: skip
    own = files["history.jsonl"].splitlines()
    own[int(rng.integers(len(own)))] = lines[rng.integers(len(lines))]
    files["history.jsonl"] = b"\n".join(own) + b"\n"
    sign(files)


def odd_samples(files: Files, rng: Random) -> None:
    found = (b"", PICKLE, b"<svg onload=alert(1)>", b"GIF89a", files["weights.safetensors"])
    files["samples.png"] = found[rng.integers(len(found))]
    sign(files)


def signed_pickle(files: Files, rng: Random) -> None:
    files[str(rng.choice([name for name in FILES if name != "samples.png"]))] = PICKLE
    sign(files)


FORGERIES = (
    not_numbers, other_shape, other_type, less, unlike_manifest, off_the_map, odd_header,
    odd_manifest, odd_numbers, odd_history, odd_samples, signed_pickle,
)  # fmt: skip

GONE = object()


def _any_of(*values: object) -> tuple[object, ...]:
    return values


# Places in the manifest, and what must not stand there.
ODD: list[tuple[tuple[str, ...], object]] = [
    *((("format",), value) for value in (2, 10**30, 0, -1, True, "1", 1.5, [], GONE)),
    *((("files", name), "0" * 64) for name in TRAVERSALS),
    *((("files", name), GONE) for name in FILES),
    *((("config", "dataset"), f"folder:{name}") for name in TRAVERSALS),
    *((("config", "dataset"), value) for value in _any_of(SCRIPT, "x" * 100_000, 7, [])),
    *((("config", key), SCRIPT) for key in ("model", "body", "task", "likelihood", "__class__")),
    *((("config", "latent_dim"), value) for value in (3, -1, 0, 10**9, "two")),
    *((("config", "hidden"), value) for value in ([], [0], [9], [10**9], SCRIPT)),
    *((("image_shape",), value) for value in ([28, 28], [28, 28, 2], [0, 28, 1], [-28, -28, 1])),
    *((("image_shape",), value) for value in ([10**9, 10**9, 3], [28, 29, 1], SCRIPT, GONE)),
    *((("class_names",), value) for value in ([], ["only one"], [7], SCRIPT)),
    *((("n_parameters",), value) for value in (0, -1, "many", 1.5)),
    *(
        (("metrics",), value)
        for value in _any_of([], {"mse": SCRIPT}, {"mse": [[1]]}, {"mse": None})
    ),
    *((("run", "n_threads"), value) for value in (0, "all")),
    *((("tensors",), value) for value in ({}, [], {"x": {"shape": [1], "dtype": SCRIPT}}, GONE)),
    *(((key,), GONE) for key in ("config", "files", "run", "metrics")),
    *((key, SCRIPT) for key in (("__reduce__",), ("code",), ("config", "code"), ("run", "code"))),
]


def sign(files: Files, *, sums: bool = True) -> None:
    """Make every sum anew."""
    content = json.loads(files[MANIFEST])
    content.pop("sha256", None)
    if sums and isinstance(content.get("files"), dict):
        content["files"] = {name: hashlib.sha256(files[name]).hexdigest() for name in FILES}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    content["sha256"] = hashlib.sha256(canonical.encode()).hexdigest()
    files[MANIFEST] = json.dumps(content).encode()


def _any(files: Files, rng: Random) -> str:
    return str(rng.choice(list(files)))


def _tensor(files: Files, rng: Random, *, kind: str = "") -> tuple[str, str, dict[str, np.ndarray]]:
    """Draw a tensor: its file, its name, and all tensors of that file."""
    name = str(rng.choice(TENSOR_FILES))
    tensors = load_tensors(files[name])
    keys = [k for k, v in tensors.items() if v.size and (not kind or v.dtype.kind == kind)]
    return name, str(rng.choice(keys)), tensors


def _put(files: Files, name: str, tensors: dict[str, np.ndarray]) -> None:
    """Write a tensor file, and describe it rightly in the manifest."""
    arrays = {key: np.ascontiguousarray(array) for key, array in tensors.items()}
    files[name] = save_tensors(arrays)
    content = json.loads(files[MANIFEST])
    own = {key: spec for key, spec in content["tensors"].items() if not key.startswith(f"{name}/")}
    content["tensors"] = own | {
        f"{name}/{key}": {"shape": list(array.shape), "dtype": array.dtype.name}
        for key, array in arrays.items()
    }
    files[MANIFEST] = json.dumps(content).encode()
    sign(files)


def originals(root: Path) -> Originals:
    """Write two small checkpoints that have everything a checkpoint can have."""
    from tiny import write_tiny

    loaded = [_enriched(write_tiny(root / name, NAME, model=name)) for name in ("vae", "ae")]
    files, others = ({n: (p / n).read_bytes() for n in (MANIFEST, *FILES)} for p in loaded)
    return Originals(files, others, content_of(loaded[0]))


def _enriched(checkpoint: Any) -> Path:
    from tiny import _contents

    contents = _contents(checkpoint.manifest.config)
    index = contents.index
    n, z = index.latents.shape
    plane = index.projections["pca"]
    group = Group(
        index.latents[:9], index.labels[:9], index.numbers[:9], {"error": np.ones(9, np.float32)}
    )
    sizes = np.array([1, 2], np.int32)
    weights = contents.weights.items()
    decoder = {k.removeprefix("decoder."): v for k, v in weights if k.startswith("decoder.")}
    richer = replace(
        contents,
        index=replace(
            index,
            factors={"slant": np.linspace(-1, 1, n, dtype=np.float32)},
            variants={"umap/0": plane[:30], "umap/1": plane[:30]},
            inverses={"pca": MapInverse(plane[:5], np.ones((5, z), np.float32), 1.0, 0.5)},
        ),
        timeline=Timeline(
            contents.timeline.steps, contents.timeline.latents, np.array([0, 10], np.int32),
            [{k: pack(v) for k, v in decoder.items()}] * 2,
        ),
        anomalies=Anomalies(
            {"normal": group, "unseen": group}, 1.0, 1.0, sizes,
            {"error": {"unseen": np.ones(2, np.float32)}},
        ),
    )  # fmt: skip
    return write_checkpoint(checkpoint.path.parent, NAME, richer, replace=True)


def content_of(folder: Path) -> str:
    """Load everything of a checkpoint; return a sum over all of it."""
    checkpoint = open_checkpoint(folder)
    codec = load_trained(checkpoint)
    parts: list[object] = [checkpoint.manifest.model_dump_json(), checkpoint.history()]
    parts += [checkpoint.samples(), codec.module.state_dict(), checkpoint.weights()]
    parts += [checkpoint.index(), checkpoint.anomalies(), checkpoint.timeline()]
    total = hashlib.sha256()
    for part in parts:
        _add(total, part)
    return total.hexdigest()


def _add(total: Any, part: object) -> None:
    if isinstance(part, Mapping):
        for key in sorted(part):
            total.update(repr(key).encode())
            _add(total, part[key])
    elif isinstance(part, list | tuple):
        for one in part:
            _add(total, one)
    elif hasattr(part, "__dataclass_fields__"):
        _add(total, vars(part))
    elif hasattr(part, "shape"):
        array = np.asarray(part)
        total.update(f"{array.dtype} {array.shape}".encode() + array.tobytes())
    else:
        total.update(part if isinstance(part, bytes) else repr(part).encode())


def try_folders(n: int, scratch: Path, *, seed: int = 0) -> Figures:
    """Damage a checkpoint `n` times, and load what is left of it each time."""
    own = originals(scratch / "originals")
    root = scratch / "root"
    listener = Listener(root)
    try_one(own, root, flip, np.random.default_rng(seed), listener, Figures())  # imports are done
    figures = Figures()
    for number in range(n):
        rng = np.random.default_rng([seed, number])
        families = (ACCIDENTS, (another_file, *ODDITIES), FORGERIES)
        family = families[rng.choice(3, p=(0.4, 0.1, 0.5))]
        try_one(own, root, family[rng.integers(len(family))], rng, listener, figures)
    return figures


def another_file(files: Files, rng: Random) -> None:
    """Stands for taking one file from another checkpoint; see `try_one`."""


def try_one(
    own: Originals,
    root: Path,
    damage: Callable[..., None],
    rng: Random,
    listener: Listener,
    figures: Figures,
) -> None:
    """Damage the checkpoint once, list and load it, and judge what came of it."""
    for stray in (root, root.parent / "moved", root.parent / "elsewhere"):
        stray.unlink() if stray.is_file() else shutil.rmtree(stray, ignore_errors=True)
    files = dict(own.files)
    if damage is another_file:
        name = _any(files, rng)
        files[name] = own.others[name]
    elif damage not in ODDITIES:
        damage(files, rng)
    folder = root / NAME
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    if damage in ODDITIES:
        damage(folder, rng)
    listener.heard.clear()
    listener.listening = True
    try:
        outcome = _load(root)
    except Exception as error:
        outcome = f"a traceback: {error!r}"[:300]
    finally:
        listener.listening = False
    figures.n += 1
    figures.kinds[damage.__name__] += 1
    problem = _judge(outcome, own, is_forgery=damage in FORGERIES, heard=listener.heard)
    if problem:
        figures.problems.append(f"{damage.__name__} {problem}")
    else:
        figures.refused += isinstance(outcome, CheckpointError)
        figures.unharmed += outcome == own.content


def _load(root: Path) -> str | CheckpointError:
    """Return the sum over everything of the only checkpoint, or why it is refused."""
    good, refused = list_checkpoints(root)
    if refused:
        return CheckpointError(refused[0].reason)
    if not good:
        return "nothing: not even the reason"
    try:
        return content_of(good[0].path)
    except CheckpointError as error:
        return error


def _judge(
    outcome: str | CheckpointError, own: Originals, *, is_forgery: bool, heard: list[str]
) -> str:
    if heard:
        return f"ran or opened something: {heard[0]}"
    if isinstance(outcome, CheckpointError):
        text = str(outcome)
        one = text.endswith(".") and text.isprintable() and len(text) < 500
        return "" if one else f"is told in no sentence: {text[:200]!r}"
    if outcome != own.content:
        return "is loaded as something else" if len(outcome) == 64 else f"gives {outcome}"
    return "is loaded in spite of it" if is_forgery else ""


def main() -> int:
    """Try all folders, and record what came of it."""
    place = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=place) as scratch:
        began = time.perf_counter()
        found = try_folders(FOLDERS, Path(scratch))
        seconds = time.perf_counter() - began
    for problem, times in Counter(found.problems).most_common():
        print(f"  {times} x {problem}")
    measured = (
        f"{found.n:,} folders: {found.refused:,} refused in one sentence, {found.unharmed:,} "
        f"loaded exactly as written, {len(found.problems)} wrong"
    )
    rows = [Row("none loads silently, none runs code", "0 wrong", measured, not found.problems)]
    rows.append(Row("time for a folder", "", f"{1000 * seconds / found.n:.1f} ms", None))
    forged = sum(found.kinds[damage.__name__] for damage in FORGERIES)
    note = (
        f"{len(found.kinds)} kinds of damage from one seed; {forged:,} of the folders are "
        "forgeries, their sums made anew. An audit hook hears of code run and files opened."
    )
    return record("Bad checkpoints", "python tests/torture checkpoints", rows, note)


if __name__ == "__main__":
    sys.exit(main())
