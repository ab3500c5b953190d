"""Anomaly scores of images unlike the training images, measured after training and stored with it.

The images of most sets may not be passed on, so the checkpoint carries their scores and latents
instead. The page needs nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import torch

from latentlab.analysis import anomaly
from latentlab.analysis.anomaly import Calibration, Seen
from latentlab.analysis.neighbors import ExactIndex
from latentlab.checkpoints import KINDS, Anomalies, Group, LatentIndex
from latentlab.codec import Network, TorchCodec, build_for
from latentlab.config import RunConfig
from latentlab.data import ImageSet
from latentlab.data.classes import class_numbers, keep_classes
from latentlab.data.other import other_set
from latentlab.images import Images, to_float
from latentlab.training.indexing import image_pca
from latentlab.training.initialization import start_from_mean
from latentlab.training.loop import Trainer
from latentlab.training.reporting import Clock

# Per kind of test image; and how many images are made up.
MOST_TEST_IMAGES = 10_000
N_NOISE, N_BLANK, N_CORRUPTED, N_OTHER = 500, 200, 1000, 1000
N_TYPICAL = 2000
# Training images that distances are measured to, in latent space and in pixels alike.
N_REFERENCE = 10_000
N_TREES = 100
# The curve over latent sizes: small networks, the same for every size but for the latent.
CURVE_SIZES = (1, 2, 4, 8, 16, 32)
# Every score that depends on the latent size; the ELBO only where there is one.
CURVE_SCORES = ("mse", "ssim", "elbo", "distance", "both", "pca")
CURVE_HIDDEN = {"dense": (256, 128), "conv": (16, 32)}

Floats = npt.NDArray[np.float32]
Progress = Callable[[str, int, int], None]
Metrics = dict[str, dict[str, float]]


def find_anomalies(
    codec: TorchCodec,
    index: LatentIndex,
    sets: Mapping[str, ImageSet],
    config: RunConfig,
    clock: Clock,
) -> tuple[Anomalies | None, Metrics]:
    """Measure anomalies where the run config says what is normal; see `measure_anomalies`."""
    if config.normal_classes is None:
        return None, {}
    clock.stage("measuring anomalies")
    return measure_anomalies(codec, index, sets, config, clock.progress)


def measure_anomalies(
    codec: TorchCodec,
    index: LatentIndex,
    sets: Mapping[str, ImageSet],
    config: RunConfig,
    progress: Progress = lambda what, done, total: None,
) -> tuple[Anomalies, Metrics]:
    """Score test images of normal classes and everything that is not normal.

    Parameters
    ----------
    codec : TorchCodec
    index : LatentIndex
        Its principal components are a baseline.
    sets : mapping of split name to ImageSet
        Train and validation hold normal classes only.
    config : RunConfig
        Names the normal classes.
    progress : callable
        Told ``(what, done, total)`` while small networks are trained for the curve.

    Returns
    -------
    Anomalies
    dict
        ``anomaly_auc``: AUC by score and kind, as "mse/unseen".
    """
    kinds = images_by_kind(sets, config)
    train = to_float(sets["train"].images[:N_REFERENCE])
    reference = codec.encode(train)
    calibration = calibrate(codec, reference, sets)
    baselines = {
        "pca": lambda images: anomaly.linear_error(images, index.pca.mean, index.pca.components),
        "forest": _forest(train, seed=config.seed),
        "pixels": _pixel_distance(train),
    }
    groups = {}
    for kind, (images, labels, numbers) in kinds.items():
        seen = look_at(codec, images)
        scores = anomaly.network_scores(seen, calibration)
        scores |= {name: score(images) for name, score in baselines.items()}
        groups[kind] = Group(seen.latents, labels, numbers, scores)
    few = {kind: images[: anomaly.CURVE_TEST] for kind, (images, _, _) in kinds.items()}
    anomalies = Anomalies(
        groups=groups,
        typical_error=calibration.typical_error,
        typical_distance=calibration.typical_distance,
        curve_sizes=np.array(CURVE_SIZES, np.int32),
        curves=_curves(few, sets, config, progress),
        reference=reference,
    )
    areas = {
        f"{score}/{kind}": anomaly.auc(groups["normal"].scores[score], group.scores[score])
        for kind, group in groups.items()
        if kind != "normal"
        for score in group.scores
    }
    return anomalies, {"anomaly_auc": areas}


Kind = tuple[Images, npt.NDArray[np.int32], npt.NDArray[np.int32]]


def images_by_kind(sets: Mapping[str, ImageSet], config: RunConfig) -> dict[str, Kind]:
    """Collect the images of each kind, with their labels and image numbers.

    Parameters
    ----------
    sets : mapping of split name to ImageSet
        The test split shows all classes.
    config : RunConfig

    Returns
    -------
    dict of str to (images, labels, numbers)
        In the order of ``KINDS``; float32 (n, h, w, c), int32 (n,), int32 (n,).
    """
    test = sets["test"]
    normal = class_numbers(config.normal_classes or test.class_names, test.class_names)
    unseen = [label for label in np.unique(test.labels).tolist() if label not in normal]
    usual = _of_set(keep_classes(test, normal), MOST_TEST_IMAGES)
    height, width, channels = (int(side) for side in test.images.shape[1:])
    shape = (height, width, channels)
    level = anomaly.ground_level(to_float(sets["train"].images[:N_TYPICAL]))
    broken = anomaly.corrupted(usual[0][:N_CORRUPTED], seed=config.seed)
    found = {
        "normal": usual,
        "other": _of_set(other_set(config.dataset, shape, n_images=N_OTHER), N_OTHER),
        "noise": _drawn(anomaly.noise(N_NOISE, shape, seed=config.seed)),
        "blank": _drawn(anomaly.blank(N_BLANK, shape, level=level, seed=config.seed)),
        "corrupted": (broken, usual[1][:N_CORRUPTED], usual[2][:N_CORRUPTED]),
    }
    if unseen:
        found["unseen"] = _of_set(keep_classes(test, unseen), MOST_TEST_IMAGES)
    return {kind: found[kind] for kind in KINDS if kind in found}


def look_at(codec: Network, images: Images) -> Seen:
    """Encode and decode images once, for all scores.

    Parameters
    ----------
    codec : Network
    images : float32 (n, h, w, c), 0 to 1

    Returns
    -------
    Seen
    """
    latents, stds = codec.encode_stats(images)
    return Seen(images, latents, stds, codec.decode(latents))


def calibrate(codec: TorchCodec, latents: Floats, sets: Mapping[str, ImageSet]) -> Calibration:
    """Find out what is typical of images the network was not trained on, but of its classes.

    Parameters
    ----------
    codec : TorchCodec
    latents : float32 (m, z)
        Of training images.
    sets : mapping of split name to ImageSet

    Returns
    -------
    Calibration
    """
    log_sigma = codec.module.state_dict().get("likelihood.log_sigma")
    sigma = None if log_sigma is None else float(torch.exp(log_sigma))
    seen = look_at(codec, to_float(sets["validation"].images[:N_TYPICAL]))
    scores = anomaly.network_scores(seen, Calibration(latents, sigma=sigma))
    smallest = float(np.finfo(np.float32).tiny)
    error, distance = (
        max(float(np.median(scores[name])), smallest) for name in ("mse", "distance")
    )
    return Calibration(latents, error, distance, sigma)


def _of_set(image_set: ImageSet, most: int) -> Kind:
    return (
        to_float(np.asarray(image_set.images[:most])),
        image_set.labels[:most].astype(np.int32),
        image_set.numbers[:most].astype(np.int32),
    )


def _drawn(images: Images) -> Kind:
    n = len(images)
    return images, np.full(n, -1, np.int32), np.arange(n, dtype=np.int32)


def _forest(train: Images, *, seed: int) -> Callable[[Images], Floats]:
    from sklearn.ensemble import IsolationForest

    forest = IsolationForest(n_estimators=N_TREES, random_state=seed)
    forest.fit(train.reshape(len(train), -1))

    def score(images: Images) -> Floats:
        return np.asarray(-forest.score_samples(images.reshape(len(images), -1)), np.float32)

    return score


def _pixel_distance(train: Images) -> Callable[[Images], Floats]:
    index = ExactIndex(train.reshape(len(train), -1))

    def score(images: Images) -> Floats:
        return index.nearest(images.reshape(len(images), -1), 1).distances[:, 0]

    return score


def _curves(
    kinds: Mapping[str, Images],
    sets: Mapping[str, ImageSet],
    config: RunConfig,
    progress: Progress,
) -> dict[str, dict[str, Floats]]:
    """Train a small network for each latent size and say what it tells apart."""
    found: dict[str, dict[str, list[float]]] = {
        score: {kind: [] for kind in kinds if kind != "normal"}
        for score in CURVE_SCORES
        if score != "elbo" or config.model == "vae"
    }
    few = images_for_curve(sets)
    # One fit serves all sizes: components come in order.
    pca = image_pca(few["train"].images, few["train"].images[:1], max(CURVE_SIZES))
    for number, size in enumerate(CURVE_SIZES):
        codec = _small(few, config, size)
        latents = codec.encode(to_float(few["train"].images))
        calibration = calibrate(codec, latents, few)
        scores = {}
        for kind, images in kinds.items():
            scores[kind] = anomaly.network_scores(look_at(codec, images), calibration)
            scores[kind]["pca"] = anomaly.linear_error(images, pca.mean, pca.components[:size])
        for score, by_kind in found.items():
            for kind, values in by_kind.items():
                values.append(anomaly.auc(scores["normal"][score], scores[kind][score]))
        progress("anomalies at every latent size", number + 1, len(CURVE_SIZES))
    return {
        score: {kind: np.array(values, np.float32) for kind, values in by_kind.items()}
        for score, by_kind in found.items()
    }


def images_for_curve(sets: Mapping[str, ImageSet]) -> dict[str, ImageSet]:
    """Take the first images of each normal split, for quick trainings."""
    limits = {"train": anomaly.CURVE_TRAIN, "validation": anomaly.CURVE_TEST}
    return {
        split: ImageSet(
            sets[split].name,
            split,
            np.asarray(sets[split].images[:most]),
            sets[split].labels[:most],
            sets[split].class_names,
        )
        for split, most in limits.items()
    }


def _small(sets: Mapping[str, ImageSet], config: RunConfig, size: int) -> TorchCodec:
    train = sets["train"].images
    small = config.model_copy(
        update={
            "latent_dim": size,
            "hidden": CURVE_HIDDEN.get(config.body, config.hidden),
            "epochs": min(anomaly.CURVE_EPOCHS, config.epochs or anomaly.CURVE_EPOCHS),
            "batch_size": min(128, config.batch_size or 128),
            "early_stopping": False,
        }
    )
    height, width, channels = (int(side) for side in train.shape[1:])
    shape = (height, width, channels)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(config.seed)
        module = build_for(small, shape)
    start_from_mean(module, train)
    Trainer(module, small, train, sets["validation"].images, torch.device("cpu")).run()
    return TorchCodec(module, shape)
