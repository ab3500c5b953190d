"""Networks that undo a degradation and their baselines: every column of the table a second time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from scipy import stats
from scipy.fft import dctn, idctn
from skimage import restoration
from skimage.color import lab2rgb, rgb2lab
from skimage.metrics import peak_signal_noise_ratio, structural_similarity
from skimage.transform import resize
from skimage.util import view_as_windows
from sklearn.isotonic import IsotonicRegression

from independent import Check
from independent.forward import Floats, Network, with_lightness
from latentlab.tasks import TASKS, Degraded

N_TUNING, N_TABLES = 32, 10_000
LOST = 0.05

Labels = Any


def rows_of(n: int, most: int) -> Any:
    """Return which images are measured: drawn at random, the same on every call."""
    rows = np.sort(np.random.default_rng(0).permutation(n)[:most])
    return rows[np.random.default_rng(1).permutation(len(rows))]


def checks(
    network: Network, metrics: dict[str, Any], sets: dict[str, Any], seed: int
) -> Iterator[Check]:
    """Work out every figure at the usual strength; the parameters are those of `autoencoders`."""
    task, (images, labels) = TASKS[network.config["task"]], sets["test"]
    rows = rows_of(len(images), int(metrics["n_test"]))
    clean, asked = images[rows], labels[rows]
    degraded = task.degrade(clean, task.usual, seed)
    blind = network.reconstruct(degraded.images)
    answer = blind
    if network.config["task"] == "colorize":
        answer = with_lightness(blind, degraded.images)
    elif degraded.masks is not None:
        answer = np.where(degraded.masks > 0, blind, degraded.images)
    beside = _baseline(metrics, task, sets, degraded, asked, seed)
    for suffix, found in (("", answer), ("_input", degraded.images), ("_baseline", beside)):
        yield from _figures(metrics, suffix, found.astype(np.float32), clean)
    yield from _gap(metrics["psnr_gap"], answer, beside, clean)
    if degraded.masks is not None:
        inside = np.broadcast_to(degraded.masks > LOST, clean.shape)
        named = {"input": degraded.images, "network": answer, "baseline": beside}
        for name, found in named.items():
            value = peak_signal_noise_ratio(clean[inside], found[inside], data_range=1)
            yield Check(f"psnr inside, {name}", metrics[f"psnr_inside_{name}"], value, 0.05)
        value = peak_signal_noise_ratio(clean, blind, data_range=1)
        yield Check("psnr without the mask", metrics["psnr_blind"], value, 0.05)
    if network.config["task"] == "colorize":
        true = rgb2lab(clean)[..., 1:]
        named = {"": answer, "_input": degraded.images, "_baseline": beside}
        for suffix, found in named.items():
            off = np.linalg.norm(rgb2lab(found)[..., 1:] - true, axis=-1).mean()
            yield Check(f"color off{suffix}", metrics[f"chroma_error{suffix}"], float(off), 0.05)


def _figures(metrics: dict[str, Any], suffix: str, found: Floats, clean: Floats) -> Iterator[Check]:
    pairs = list(zip(clean.astype(float), found.astype(float), strict=True))
    pooled = peak_signal_noise_ratio(clean, found, data_range=1)
    yield Check(f"psnr{suffix}", metrics[f"psnr{suffix}"], float(pooled), 0.05)
    each = [
        min(100, peak_signal_noise_ratio(a, b, data_range=1)) for a, b in pairs if (a != b).any()
    ]
    each += [100] * (len(pairs) - len(each))
    yield Check(
        f"median psnr{suffix}", metrics[f"psnr_median{suffix}"], float(np.median(each)), 0.3
    )
    similar = [structural_similarity(a, b, data_range=1, channel_axis=-1) for a, b in pairs]
    yield Check(f"ssim{suffix}", metrics[f"ssim{suffix}"], float(np.mean(similar)), 3e-3)


def _gap(gap: dict[str, float], answer: Floats, beside: Floats, clean: Floats) -> Iterator[Check]:
    errors = [
        np.square(one - clean, dtype=np.float64).mean(axis=(1, 2, 3)) for one in (answer, beside)
    ]

    def less(network: Floats, baseline: Floats, axis: int) -> Floats:
        return 10 * np.log10(baseline.mean(axis) / network.mean(axis))

    found = stats.bootstrap(errors, less, paired=True, method="percentile", n_resamples=2000, rng=1)
    low, high = found.confidence_interval
    noise = 0.1 * (high - low) + 0.05
    for name, value in (("low", low), ("high", high)):
        yield Check(f"network less baseline, {name}", gap[name], float(value), noise)


def _baseline(
    metrics: dict[str, Any],
    task: Any,
    sets: dict[str, Any],
    degraded: Degraded,
    labels: Labels,
    seed: int,
) -> Floats:
    """Restore with the method that is named, fitted anew where it has something to fit."""
    place = metrics["curve_strength"].index(metrics["strength"])
    number = metrics["curve_choice"][place]
    name = next(name for name, its in metrics["baselines"].items() if its == number)
    title, _, setting = name.rpartition(" ")
    if name.startswith("mean color"):
        return _painted(name, sets["train"], degraded.images, labels)
    if title not in DENOISERS:
        return WHOLE[name.removesuffix(" with the mask given")](degraded)
    images, _ = sets["validation"]
    clean = images[rows_of(len(images), N_TUNING)]
    practice = task.degrade(clean, task.usual, seed + 1).images
    value = float(setting)
    tried, found = (
        np.stack([DENOISERS[title](image, value) for image in batch])
        for batch in (practice, degraded.images)
    )
    tone = IsotonicRegression(out_of_bounds="clip")
    tone.fit(np.clip(tried, 0, 1).ravel(), clean.ravel())
    return tone.predict(np.clip(found, 0, 1).ravel()).reshape(found.shape)


def _median(image: Floats, side: float) -> Floats:
    edge = int(side) // 2
    padded = np.pad(image, ((edge, edge), (edge, edge), (0, 0)), "edge")
    windows = view_as_windows(padded, (int(side), int(side), 1))
    return np.median(windows, axis=(-3, -2, -1))


def _flat(function: Callable[..., Floats], **named: Any) -> Callable[[Floats, float], Floats]:
    (key, fixed) = named.pop("key"), named

    def one(image: Floats, value: float) -> Floats:
        gray = image.shape[-1] == 1
        given = image[..., 0] if gray else image
        found = function(given, channel_axis=None if gray else -1, **{key: value}, **fixed)
        return found.reshape(image.shape)

    return one


def _wavelet(image: Floats, sigma: float) -> Floats:
    axis = None if image.shape[-1] == 1 else -1
    shrink = lambda x: restoration.denoise_wavelet(  # noqa: E731
        x, sigma=sigma, rescale_sigma=False, channel_axis=axis
    )
    given = image[..., 0] if axis is None else image
    turned = [
        np.roll(shrink(np.roll(given, (dy, dx), (0, 1))), (-dy, -dx), (0, 1))
        for dy in range(4)
        for dx in range(4)
    ]
    return np.mean(turned, axis=0).reshape(image.shape)


def _sliding_dct(image: Floats, threshold: float) -> Floats:
    """All blocks of a channel at once, with a count of how many cover each pixel."""
    channels = image.shape[-1]
    basis = dctn(np.eye(channels), axes=[0], norm="ortho")
    mixed = np.pad(image @ basis.T, ((7, 7), (7, 7), (0, 0)), "symmetric")
    total, count = np.zeros_like(mixed), np.zeros((*mixed.shape[:2], 1))
    height, width = mixed.shape[0] - 7, mixed.shape[1] - 7
    blocks = view_as_windows(mixed, (8, 8, 1))[:, :, :, :, :, 0]  # (height, width, channels, 8, 8)
    found = dctn(blocks, axes=(-2, -1), norm="ortho")
    kept = idctn(np.where(np.abs(found) < threshold, 0, found), axes=(-2, -1), norm="ortho")
    for top in range(8):
        for left in range(8):
            here = np.s_[top : top + height, left : left + width]
            total[here] += kept[..., top, left]
            count[here] += 1
    return (total / count)[7:-7, 7:-7] @ basis


def _unblended(degraded: Degraded) -> Floats:
    assert degraded.masks is not None
    found = []
    for image, mask in zip(degraded.images, degraded.masks, strict=True):
        best = (np.inf, image)
        for shade in (0, 1, 0.8):
            for opacity in np.arange(1, 21) / 20:
                through = np.maximum(1 - opacity * mask, 0.04)
                clean = (image - shade * opacity * mask) / through
                cut = np.clip(clean, 0, 1)
                price = np.abs(clean - cut).sum()
                price += sum(np.abs(np.diff(cut, axis=axis)).sum() for axis in (0, 1))
                best = min(best, (price, cut), key=lambda one: one[0])
        found.append(best[1])
    return np.stack(found)


def _filled(degraded: Degraded) -> Floats:
    assert degraded.masks is not None
    pairs = zip(degraded.images, degraded.masks[..., 0] > LOST, strict=True)
    return np.stack(
        [np.clip(restoration.inpaint_biharmonic(i, m, channel_axis=-1), 0, 1) for i, m in pairs]
    )


def _enlarged(degraded: Degraded, factor: int) -> Floats:
    small = degraded.images[:, ::factor, ::factor]
    height, width = degraded.images.shape[1:3]
    large = [
        resize(one, (factor * one.shape[0], factor * one.shape[1]), order=3, mode="edge")
        for one in small
    ]
    return np.clip(np.stack(large)[:, :height, :width], 0, 1)


def _relaxed(degraded: Degraded) -> Floats:
    """Replace what is lost by the mean of its four neighbors until nothing changes."""
    assert degraded.masks is not None
    images, lost = degraded.images.astype(float), degraded.masks > LOST
    for _ in range(5000):
        padded = np.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)), "edge")
        around = (
            padded[:, :-2, 1:-1] + padded[:, 2:, 1:-1] + padded[:, 1:-1, :-2] + padded[:, 1:-1, 2:]
        )
        images = np.where(lost, around / 4, images)
    return images


def _painted(name: str, train: Any, images: Floats, labels: Labels) -> Floats:
    levels = 16 if "lightness" in name else 1
    levels, side = (8, 4) if "place" in name else (levels, 1)
    seen = rows_of(len(train[0]), N_TABLES)
    n_classes = int(train[1].max()) + 1

    def cells(lab: Floats, its: Labels) -> tuple[Any, ...]:
        height, width = lab.shape[1:3]
        light = np.clip((lab[..., 0] * levels / 100).astype(int), 0, levels - 1)
        down = np.broadcast_to((np.arange(height) * side // height)[:, None], light.shape)
        across = np.broadcast_to(np.arange(width) * side // width, light.shape)
        return np.broadcast_to(its[:, None, None], light.shape), light, down, across

    lab = rgb2lab(train[0][seen])
    sums = np.zeros((n_classes, levels, side, side, 3))
    ones = np.concatenate([lab[..., 1:], np.ones((*lab.shape[:3], 1))], axis=-1)
    np.add.at(sums, cells(lab, train[1][seen]), ones)
    means = sums[..., :2] / np.maximum(sums[..., 2:], 1)
    given = rgb2lab(images)
    given[..., 1:] = means[cells(given, labels)]
    return np.clip(lab2rgb(given), 0, 1)


DENOISERS: dict[str, Callable[[Floats, float], Floats]] = {
    "median of": _median,
    "bilateral filter": _flat(restoration.denoise_bilateral, key="sigma_color", sigma_spatial=1.5),
    "non-local means": _flat(restoration.denoise_nl_means, key="h", patch_size=5, patch_distance=6),
    "total variation": _flat(restoration.denoise_tv_chambolle, key="weight"),
    "wavelet shrinkage": _wavelet,
    "sliding DCT": _sliding_dct,
}
WHOLE: dict[str, Callable[[Degraded], Floats]] = {
    "bicubic ×2": lambda degraded: _enlarged(degraded, 2),
    "bicubic ×4": lambda degraded: _enlarged(degraded, 4),
    "unblending": _unblended,
    "biharmonic inpainting": _filled,
    "harmonic inpainting": _relaxed,
    "gray copy": lambda degraded: degraded.images,
}
