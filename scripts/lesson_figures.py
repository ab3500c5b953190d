"""Compute the figures that the lessons state, and write them into the lessons.

``--check`` only compares. A test does that for every step, so that a lesson whose experiment does
not show what it says fails. To state a figure, name its metric in ``METRICS`` and what it is of.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np

from latentlab.analysis import sampling
from latentlab.analysis.anomaly import auc
from latentlab.analysis.edits import EDITS, sharpness
from latentlab.analysis.fidelity import psnr, squared_errors
from latentlab.analysis.lineup import NOISE, REAL, clustering
from latentlab.analysis.neighbors import ExactIndex
from latentlab.analysis.planes import turned
from latentlab.analysis.quality import label_agreement, neighbor_agreement
from latentlab.analysis.support import Support, training_rows
from latentlab.analysis.variants import change
from latentlab.checkpoints import SPLIT_CODES, Checkpoint, open_checkpoint, originals
from latentlab.codec import TorchCodec, load_trained
from latentlab.images import Images, to_float
from latentlab.lessons import Figure, Lesson, library
from latentlab.tasks import TASKS
from latentlab.ui.input.out_of_set import photograph
from latentlab.wording.metrics import IDLE_NATS

TOP = Path(__file__).parents[1]
N_DRAWS, N_SAMPLES, N_PHOTOS, N_STEPS, K = 30, 25, 100, 49, 9
QUANTILE = 95  # per cent of the normal images, where the threshold of the Anomalies page starts


@lru_cache
def opened(name: str) -> Checkpoint:
    """Open a shipped checkpoint."""
    return open_checkpoint(TOP / "checkpoints" / name)


@lru_cache
def codec_of(name: str) -> TorchCodec:
    """Load its network."""
    return load_trained(opened(name))


@lru_cache
def images_of(name: str) -> Images:
    """Return the images of its index, row for row."""
    pixels = originals.look_up(opened(name)).pixels
    if pixels is None:
        raise SystemExit(f"The images of {name} are not on this machine.")
    return to_float(pixels)


@lru_cache
def all_tests(name: str) -> Images:
    """Return all test images, those beyond its index too."""
    pixels = originals.proven_split(opened(name), "test")
    if pixels is None:
        raise SystemExit(f"The images of {name} are not on this machine.")
    return to_float(pixels)


def support_of(name: str) -> Support:
    """Return where its training images are near."""
    return Support(opened(name).index(), opened(name).manifest.metrics)


def rows_of(name: str, split: str = "test") -> np.ndarray:
    """Return the rows of a split in its index."""
    return np.flatnonzero(opened(name).index().splits == SPLIT_CODES[split])


def latent_of(text: str) -> np.ndarray:
    """Read a latent as an address of Explore writes it."""
    return np.array([[float(part) for part in text.split("_")]], np.float32)


def n_far(checkpoint: str, seed: str) -> float:
    """Count samples of one seed with no training image near."""
    prior = opened(checkpoint).manifest.config.model == "vae"
    index, support = opened(checkpoint).index(), support_of(checkpoint)
    codec = codec_of(checkpoint)
    drawn = sampling.draw(codec, index, support, n=N_SAMPLES, seed=int(seed), prior=prior)
    return drawn.n_far


def mean_n_far(checkpoint: str) -> float:
    """Average that count over the first seeds."""
    return float(np.mean([n_far(checkpoint, str(seed)) for seed in range(N_DRAWS)]))


def times_the_limit(checkpoint: str, latent: str) -> float:
    """Divide a latent's distance to the training data by that from which it counts as far."""
    support = support_of(checkpoint)
    return support.of_latents(latent_of(latent))[0].distance / support.far_distance


def photos(checkpoint: str) -> tuple[Images, Images]:
    """Return random parts of photographs as the network sees and reconstructs them."""
    shape = opened(checkpoint).manifest.image_shape
    seeds = range(N_PHOTOS)
    found = np.stack([photograph(shape, np.random.default_rng(seed)) for seed in seeds])
    return found, codec_of(checkpoint).reconstruct(found)


def photos_near(checkpoint: str) -> float:
    """Return the percentage of photographs that land where training images are near."""
    latents = codec_of(checkpoint).encode(photos(checkpoint)[0])
    near = [not each.is_far for each in support_of(checkpoint).of_latents(latents)]
    return 100 * float(np.mean(near))


def photos_worse(checkpoint: str) -> float:
    """Return the percentage of photographs with a larger error than every test image."""
    worst = opened(checkpoint).index().reconstruction_error[rows_of(checkpoint)].max()
    found, decoded = photos(checkpoint)
    return 100 * float((squared_errors(decoded, found) > worst).mean())


def neighbors_kept(checkpoint: str, map: str) -> float:
    """Return the percentage of the 15 nearest latents that are among the 15 nearest on a map."""
    index = opened(checkpoint).index()
    return 100 * neighbor_agreement(index.latents, index.projections[map]).mean


def variant_kept(checkpoint: str, one: str, other: str) -> float:
    """Return the percentage of neighbors on one map that are neighbors on another."""
    variants = opened(checkpoint).index().variants
    return 100 * change(variants[one], variants[other]).kept


def variant_ranks(checkpoint: str, one: str, other: str) -> float:
    """Return the rank correlation of distances on two maps."""
    variants = opened(checkpoint).index().variants
    return change(variants[one], variants[other]).rank_correlation


def hopkins_noise(checkpoint: str) -> float:
    """Return the smallest Hopkins statistic of the noise in the line-up."""
    variants = opened(checkpoint).index().variants
    return min(clustering(places) for name, places in variants.items() if name.startswith(NOISE))


def hopkins_real(checkpoint: str) -> float:
    """Return the Hopkins statistic of the real map in the line-up."""
    return clustering(opened(checkpoint).index().variants[REAL])


def sharpness_mean(checkpoint: str) -> float:
    """Return the sharpness of decoded means, in per cent of that of the test images."""
    rows = rows_of(checkpoint)
    decoded = codec_of(checkpoint).decode(opened(checkpoint).index().latents[rows])
    return 100 * sharpness(decoded) / sharpness(images_of(checkpoint)[rows])


def sharpness_samples(checkpoint: str) -> float:
    """Return the same of 20 samples around each."""
    index, rows = opened(checkpoint).index(), rows_of(checkpoint)
    assert index.stds is not None
    codec = codec_of(checkpoint)
    drawn = [
        sampling.spread(codec, index.latents[row], index.stds[row], n=20, seed=0) for row in rows
    ]
    return 100 * sharpness(np.concatenate(drawn)) / sharpness(images_of(checkpoint)[rows])


def mse(checkpoint: str, degrees: str = "0") -> float:
    """Return the reconstruction error of all test images, with the axes turned and turned back."""
    images, codec = all_tests(checkpoint), codec_of(checkpoint)
    latents = codec.encode(images)
    turn = turned(latents.shape[1], float(degrees))
    decoded = codec.decode(np.asarray(latents @ turn.T @ turn, np.float32))
    return float(squared_errors(decoded, images).mean())


def kl_per_dimension(checkpoint: str) -> np.ndarray:
    """Return the KL divergence of every dimension, averaged over all test images, in nats."""
    mean, std = codec_of(checkpoint).encode_stats(all_tests(checkpoint))
    assert std is not None
    nats = 0.5 * (mean**2 + std**2 - 2 * np.log(std) - 1)
    return np.asarray(nats.mean(axis=0, dtype=np.float64))


def informative(checkpoint: str) -> float:
    """Count the dimensions whose KL divergence reaches what the app draws in color."""
    return float((kl_per_dimension(checkpoint) >= IDLE_NATS).sum())


def kl(checkpoint: str) -> float:
    """Return the KL divergence, in nats per image."""
    return float(kl_per_dimension(checkpoint).sum())


def anomaly_area(checkpoint: str, score: str, kind: str) -> float:
    """Return the AUC of a score for a kind of image."""
    found = opened(checkpoint).anomalies()
    assert found is not None
    return auc(found.groups["normal"].scores[score], found.groups[kind].scores[score])


def anomaly_missed(checkpoint: str, score: str, kind: str) -> float:
    """Return the percentage of a kind that the first threshold predicts normal."""
    found = opened(checkpoint).anomalies()
    assert found is not None
    limit = np.quantile(found.groups["normal"].scores[score], QUANTILE / 100, method="higher")
    return 100 * float((found.groups[kind].scores[score] <= limit).mean())


def unevenness(checkpoint: str, start: str, end: str) -> float:
    """Divide the largest change between two steps of a straight path by the mean change."""
    share = np.linspace(0, 1, N_STEPS)[:, None]
    path = latent_of(start) + share * (latent_of(end) - latent_of(start))
    decoded = codec_of(checkpoint).decode(np.asarray(path, np.float32))
    changes = np.abs(np.diff(decoded, axis=0)).mean(axis=(1, 2, 3))
    return float(changes.max() / changes.mean())


def agreement(checkpoint: str, space: str) -> float:
    """Return the percentage of the 9 nearest training images that have a test image's label."""
    index = opened(checkpoint).index()
    points = index.latents if space == "latent" else images_of(checkpoint).reshape(len(index), -1)
    training, asked = training_rows(index), rows_of(checkpoint)
    found = ExactIndex(points[training]).nearest(points[asked], K).rows
    return 100 * label_agreement(found, index.labels[training], index.labels[asked])


def restored_psnr(checkpoint: str, strength: str) -> float:
    """Return the PSNR of restored test images against the clean ones, in dB."""
    manifest = opened(checkpoint).manifest
    clean = images_of(checkpoint)[rows_of(checkpoint)]
    task = TASKS[manifest.config.task]
    degraded = task.degrade(clean, float(strength), seed=0)
    return psnr(task.finish(degraded, codec_of(checkpoint).restore(degraded.images)), clean)


def restored_sharpness(checkpoint: str, strength: str) -> float:
    """Return the sharpness of restored test images, in per cent of that of the clean ones."""
    clean = images_of(checkpoint)[rows_of(checkpoint)]
    task = TASKS[opened(checkpoint).manifest.config.task]
    degraded = task.degrade(clean, float(strength), seed=0)
    restored = task.finish(degraded, codec_of(checkpoint).restore(degraded.images))
    return 100 * sharpness(restored) / sharpness(clean)


def restored_otherwise(checkpoint: str, strength: str) -> float:
    """Return the percentage of restored test images that are nearest to another class.

    Nearest: the training image with the smallest distance in pixels.
    """
    index, rows, training = (
        opened(checkpoint).index(),
        rows_of(checkpoint),
        rows_of(checkpoint, "train"),
    )
    clean = images_of(checkpoint)
    task = TASKS[opened(checkpoint).manifest.config.task]
    degraded = task.degrade(clean[rows], float(strength), seed=0)
    restored = task.finish(degraded, codec_of(checkpoint).restore(degraded.images))
    known = ExactIndex(clean[training].reshape(len(training), -1))
    nearest = known.nearest(restored.reshape(len(rows), -1), 1).rows[:, 0]
    return 100 * float((index.labels[training][nearest] != index.labels[rows]).mean())


def edit_mse(checkpoint: str, edit: str) -> float:
    """Return the mean MSE between the test images and a changed copy of each."""
    clean = images_of(checkpoint)[rows_of(checkpoint)]
    return float(squared_errors(EDITS[edit](clean), clean).mean())


METRICS: Mapping[str, Callable[..., float]] = {
    measure.__name__: measure
    for measure in (
        n_far,
        mean_n_far,
        times_the_limit,
        photos_near,
        photos_worse,
        neighbors_kept,
        variant_kept,
        variant_ranks,
        hopkins_noise,
        hopkins_real,
        sharpness_mean,
        sharpness_samples,
        mse,
        informative,
        kl,
        anomaly_area,
        anomaly_missed,
        unevenness,
        agreement,
        restored_psnr,
        restored_sharpness,
        restored_otherwise,
        edit_mse,
    )
}


def computed(figure: Figure) -> float:
    """Compute a figure again."""
    return METRICS[figure.metric](**figure.of)


def rounded(value: float) -> float:
    """Round to three significant digits, as a lesson states it."""
    return float(f"{value:.3g}")


def written(text: str, figure: Figure, value: float) -> str:
    """Replace a figure's value in the text of a lesson."""
    of = ", ".join(f"{name}: {what}" for name, what in figure.of.items())
    line = re.compile(rf"(metric: {figure.metric}, of: \{{{re.escape(of)}\}}, value: )[-\d.e]+")
    return line.sub(rf"\g<1>{value:g}", text)


def update(lesson: Lesson, *, check: bool) -> list[str]:
    """Compare the figures of a lesson, or write them anew; return what differs."""
    path = TOP / "lessons" / f"{lesson.name}.yaml"
    text, different = path.read_text(encoding="utf-8"), []
    for step in lesson.steps:
        for name, figure in step.figures.items():
            value = computed(figure)
            print(f"{lesson.name} {name}: {value:.4g}, stated {figure.value:g}", flush=True)
            if abs(value - figure.value) > max(figure.tolerance, 0.006 * abs(value)):
                different.append(f"{lesson.name}: {name} is {value:.4g}, not {figure.value:g}")
            text = written(text, figure, rounded(value))
    if not check:
        path.write_text(text, encoding="utf-8")
    return different


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lessons", nargs="*", help="names; all if none is given")
    parser.add_argument("--check", action="store_true", help="write nothing")
    asked = parser.parse_args()
    lessons = [each for each in library()[0] if not asked.lessons or each.name in asked.lessons]
    different = [line for lesson in lessons for line in update(lesson, check=asked.check)]
    print("\n".join(different))
    return int(bool(different) and asked.check)


if __name__ == "__main__":
    sys.exit(main())
