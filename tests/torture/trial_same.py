"""The same again: two trainings, each in a fresh process, and every file compared by its hash.

Seed, machine, versions and number of threads are the same; Python's own hash seed is not. With
``SOURCE_DATE_EPOCH`` set (as for reproducible builds) no file holds a time or a duration, so that
all of them must be identical to the last byte. Without it, three things of a checkpoint come from a
clock and nothing else does: when it was made, how long it took, and the seconds of each epoch.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.promises import Row, record

from latentlab.checkpoints import FILES, MANIFEST

SMALL = "--dataset digits --n-images 300 --index-size 300 --epochs 3 --batch-size 64 --name same"
KINDS = {
    "vae, all maps": "--hidden 32 --projections pca,umap,tsne --map-variants true",
    "vae, conv, float16": "--body conv --hidden 8,16 --projections pca --weights-dtype float16",
    "ae, some classes normal": "--model ae --hidden 32 --projections pca --normal-classes 0,1,2",
    "unet, denoise": "--model unet --task denoise --hidden 8,16",
}


def train(folder: Path, *flags: str, epoch: str | None = "0") -> Path:
    """Train in a fresh process; return the checkpoint's folder."""
    environment = {**os.environ, "PYTHONHASHSEED": "random"}
    environment.pop("SOURCE_DATE_EPOCH", None)
    if epoch is not None:
        environment["SOURCE_DATE_EPOCH"] = epoch
    places = ["--checkpoints", str(folder / "checkpoints"), "--runs", str(folder / "runs")]
    command = [
        sys.executable,
        "-m",
        "latentlab",
        "train",
        *SMALL.split(),
        "--device",
        "cpu",
        *flags,
        *places,
    ]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return folder / "checkpoints" / "same"


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a folder."""
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def without_clock(folder: Path) -> dict[str, object]:
    """Return a checkpoint's content without the three things that come from a clock."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    for clock in ("created", "seconds"):
        del manifest["run"][clock]
    del manifest["sha256"], manifest["files"]["history.jsonl"]  # sums over what differs
    lines = (folder / "history.jsonl").read_text().splitlines()
    epochs = [{k: v for k, v in json.loads(line).items() if k != "seconds"} for line in lines]
    rest = {n: s for n, s in hashes(folder).items() if n not in (MANIFEST, "history.jsonl")}
    return {"manifest": manifest, "history": epochs, **rest}


def different(one: dict[str, str], two: dict[str, str]) -> list[str]:
    """Name the files that differ, or that only one has."""
    return sorted(name for name in {*one, *two} if one.get(name) != two.get(name))


def main() -> int:
    """Train everything twice, and record what differed."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as scratch:
        for kind, flags in KINDS.items():
            for threads in ("1", "2"):
                more = [*flags.split(), "--threads", threads]
                where = Path(scratch) / f"{len(rows)}"
                one, two = (hashes(train(where / name, *more)) for name in ("one", "two"))
                odd = different(one, two)
                measured = f"{len(one)} files, {len(odd)} different {', '.join(odd)}".strip()
                whole = set(one) == {MANIFEST, *FILES}
                promise = f"{kind}; {threads} thread{'s' if threads != '1' else ''}"
                rows.append(Row(promise, "0 files different", measured, whole and not odd))
        some_normal = KINDS["ae, some classes normal"].split()
        plain = [
            without_clock(train(Path(scratch) / f"plain {n}", *some_normal, epoch=None))
            for n in range(2)
        ]
        same = plain[0] == plain[1]
        rows.append(Row("without it: all but the clock", "the same", f"the same: {same}", same))
    note = (
        "Each training is a process of its own, with SOURCE_DATE_EPOCH=0 but for the last row; "
        "there, run.created, run.seconds and the epochs' seconds are not compared."
    )
    return record("The same again", "python tests/torture same", rows, note)


if __name__ == "__main__":
    sys.exit(main())
