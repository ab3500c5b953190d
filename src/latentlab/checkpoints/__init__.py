"""The checkpoint: a folder that can be understood without running anything.

```
checkpoint.json       format number, run config, image shape, metrics, SHA-256 of every other file
weights.safetensors   the network
index.safetensors     latents, labels, image numbers, projections, neighbors
history.jsonl         one object per epoch
full.safetensors      latents of all images, where the index holds but a sample of them
timeline.safetensors  latents and decoder weights at log-spaced stages of training
samples.png           originals or drawings a person can judge by eye
encoder.onnx          of a network that was recorded or imported, as far as it can be run; its
decoder.onnx          weights.safetensors is empty
```

Never pickle, never source code. A folder is written beside its place and renamed, so nobody ever
lists half a checkpoint. Whatever does not match is refused in one sentence. What the weights mean
to a network is ``codec.py``'s business; this module only proves that they are the ones written.
"""

from __future__ import annotations

from latentlab.checkpoints.anomalies import KINDS, Anomalies, Group
from latentlab.checkpoints.arrays import (
    SPLIT_CODES,
    ImagePCA,
    LatentIndex,
    MapInverse,
)
from latentlab.checkpoints.families import Family, families
from latentlab.checkpoints.files import specs_of
from latentlab.checkpoints.full_index import FullIndex
from latentlab.checkpoints.listing import (
    Refused,
    checkpoints_root,
    examine,
    folders,
    list_checkpoints,
    proven,
    recover,
)
from latentlab.checkpoints.manifest import (
    FILES,
    FORMAT,
    GRAPHS,
    MANIFEST,
    Manifest,
    Run,
    TensorSpec,
)
from latentlab.checkpoints.packing import Packed, pack
from latentlab.checkpoints.reading import Checkpoint, open_checkpoint
from latentlab.checkpoints.timelines import Timeline
from latentlab.checkpoints.writing import Contents, check_checkpoint_name, write_checkpoint
from latentlab.errors import CheckpointError

__all__ = [
    "FILES",
    "FORMAT",
    "GRAPHS",
    "KINDS",
    "MANIFEST",
    "SPLIT_CODES",
    "Anomalies",
    "Checkpoint",
    "CheckpointError",
    "Contents",
    "Family",
    "FullIndex",
    "Group",
    "ImagePCA",
    "LatentIndex",
    "Manifest",
    "MapInverse",
    "Packed",
    "Refused",
    "Run",
    "TensorSpec",
    "Timeline",
    "check_checkpoint_name",
    "checkpoints_root",
    "examine",
    "families",
    "folders",
    "list_checkpoints",
    "open_checkpoint",
    "pack",
    "proven",
    "recover",
    "specs_of",
    "write_checkpoint",
]
