"""Write the figures of the shipped checkpoints into README and docs; ``--check`` only compares.

Every table is between two marks, ``<!-- name:begin -->`` and ``<!-- name:end -->``. Nothing is bold
that is not better by more than its sampling error, and no digit is printed that is noise.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from latentlab.analysis.baselines.stored import stored_baseline
from latentlab.checkpoints import Checkpoint, list_checkpoints
from latentlab.presets import FAMILIES, MEMBERS, PRESETS, SIZES
from latentlab.tasks import TASKS
from latentlab.wording.verdicts import interval_of

TOP = Path(__file__).parents[1]
PAGES = ("README.md", "docs/tasks.md", "docs/anomalies.md", "docs/bottleneck.md")
# From so many images on, the sampling error of a share is below half a percentage point.
MANY = 5000
# The rows of docs/anomalies.md: which kind, and by which scores.
ANOMALIES = ("mnist-normal-no7-z2", "mnist-normal-no7-z16")
KINDS = {
    "unseen": ("sevens, left out of training", ("mse", "distance", "pca", "forest", "pixels")),
    "other": ("scikit-learn's digits", ("mse",)),
    "noise": ("noise", ("mse",)),
    "blank": ("blank", ("mse", "distance", "pca", "forest", "pixels")),
    "corrupted": ("corrupted", ("mse",)),
}
SCORES = {
    "mse": "reconstruction error",
    "distance": "distance in latent space",
    "pca": "PCA error of the same size",
    "forest": "isolation forest",
    "pixels": "distance in pixel space",
}
CURVES = (("unseen", "mse"), ("unseen", "distance"), ("blank", "mse"))
FALSE_ALARMS = 0.05


def autoencoders(checkpoints: list[Checkpoint]) -> list[str]:
    rows = [
        *_head(
            "checkpoint",
            "weights",
            "test images",
            "MSE per pixel: test, training",
            "PSNR",
            "SSIM",
            "negative ELBO, of it floor",
            "label agreement in %: latent, pixels, chance",
            "prior samples in %: near training images, of these covered",
        )
    ]
    for checkpoint in checkpoints:
        manifest, metrics = checkpoint.manifest, checkpoint.manifest.metrics
        if manifest.config.task in TASKS:
            continue
        rows.append(
            _row(
                f"`{checkpoint.name}`",
                f"{manifest.n_parameters:,}",
                _n_test(metrics),
                ", ".join(f"{metrics[k]:.4f}" for k in ("mse", "mse_train") if k in metrics),
                f"{metrics['psnr']:.1f} dB{_left_out(metrics)}",
                f"{metrics['ssim']:.2f}",
                _elbo(metrics),
                _agreement(metrics),
                _of_prior(metrics),
            )
        )
    return rows


def restorers(checkpoints: list[Checkpoint]) -> list[str]:
    rows = _head(
        "checkpoint",
        "weights",
        "test images",
        "degraded",
        "network",
        "baseline",
        "which baseline",
        "network less baseline, 95 % interval",
        "more",
    )
    for checkpoint in checkpoints:
        manifest, metrics = checkpoint.manifest, checkpoint.manifest.metrics
        if manifest.config.task not in TASKS:
            continue
        gap = interval_of(metrics.get("psnr_gap"))
        verdict = gap.verdict if gap else ""
        network, baseline = f"{metrics['psnr']:.1f}", f"{metrics['psnr_baseline']:.1f}"
        rows.append(
            _row(
                f"`{checkpoint.name}`",
                f"{manifest.n_parameters:,}",
                _n_test(metrics),
                f"{metrics['psnr_input']:.1f}",
                f"**{network}**" if verdict == "better" else network,
                f"**{baseline}**" if verdict == "worse" else baseline,
                _which(checkpoint),
                f"{verdict}: {gap.low:+.1f} to {gap.high:+.1f} dB" if gap else "",
                _more(metrics),
            )
        )
    return rows


def anomalies(checkpoints: list[Checkpoint]) -> list[str]:
    found = [c for name in ANOMALIES for c in checkpoints if c.name == name]
    stored = [checkpoint.anomalies() for checkpoint in found]
    areas: list[Any] = [checkpoint.manifest.metrics["anomaly_auc"] for checkpoint in found]
    rows = _head("anomaly", "images", "score", *(_z(checkpoint) for checkpoint in found))
    for kind, (title, scores) in KINDS.items():
        for number, score in enumerate(scores):
            first = (title, f"{len(stored[0].groups[kind]):,}") if stored[0] and not number else ()
            cells = (f"{area[f'{score}/{kind}']:.2f}" for area in areas)
            rows.append(_row(*(first or ("", "")), SCORES[score], *cells))
    return rows


def caught(checkpoints: list[Checkpoint]) -> list[str]:
    networks = [c for name in ANOMALIES for c in checkpoints if c.name == name]
    rows = _head(
        "score", *(f"{_z(checkpoint)}: true positives among sevens" for checkpoint in networks)
    )
    found = [checkpoint.anomalies() for checkpoint in networks]
    for score, title in SCORES.items():
        cells = []
        for one in found:
            assert one is not None
            normal, unseen = (one.groups[kind].scores[score] for kind in ("normal", "unseen"))
            threshold = np.quantile(normal, 1 - FALSE_ALARMS)
            cells.append(f"{int((unseen > threshold).sum())} of {len(unseen):,}")
        rows.append(_row(title, *cells))
    return rows


def sizes(checkpoints: list[Checkpoint]) -> list[str]:
    one = next(c.anomalies() for c in checkpoints if c.name == ANOMALIES[0])
    assert one is not None
    rows = _head("AUC of small networks", *(f"z = {size}" for size in one.curve_sizes))
    for kind, score in CURVES:
        cells = (f"{value:.2f}" for value in one.curves[score][kind])
        rows.append(_row(f"{KINDS[kind][0]}, by {SCORES[score]}", *cells))
    return rows


def families(checkpoints: list[Checkpoint]) -> list[str]:
    """One table for each shipped family, a column for each size."""
    by_name = {checkpoint.name: checkpoint.manifest.metrics for checkpoint in checkpoints}
    rows: list[str] = []
    for family in FAMILIES:
        found = [by_name[f"{family}-z{size}"] for size in SIZES]
        rows += ["", *_head(f"`{family}`", *(f"z = {size}" for size in SIZES))]
        for title, cell in OF_SIZES.items():
            cells = [cell(metrics) for metrics in found]
            rows += [_row(title, *cells)] if any(cells) else []
    return rows[1:]


def minutes(checkpoints: list[Checkpoint]) -> list[str]:
    total = sum(checkpoint.manifest.run.seconds for checkpoint in checkpoints)
    return [f"add up to about {total / 60:.0f} minutes,"]


def _head(*names: str) -> list[str]:
    return [_row(*names), "|" + "---|" * len(names)]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _prior(name: str, text: str) -> Callable[[Any], str]:
    return lambda metrics: text.format(metrics["prior"][name]) if "prior" in metrics else ""


OF_SIZES: dict[str, Callable[[Any], str]] = {
    "MSE, test images": lambda m: f"{m['mse']:.4f}",
    "MSE, training images": lambda m: f"{m['mse_train']:.4f}",
    "MSE of PCA, test images": lambda m: f"{m['mse_pca']:.4f}",
    "label agreement, latent": lambda m: f"{m['label_agreement']['latent']:.2f}",
    "samples: latent far": _prior("far", "{:.2f}"),
    "samples: image encoded again far": _prior("far_encoded", "{:.2f}"),
    "samples: nearest training image, RMS": _prior("nearest", "{:.3f}"),
    "AUC, corrupted images": lambda m: f"{m['out_of_set']['corrupted']:.2f}",
    "AUC, another image set": lambda m: f"{m['out_of_set']['other']:.2f}",
    "AUC, blank images": lambda m: f"{m['out_of_set']['blank']:.2f}",
    "noisy test images, PSNR in dB": lambda m: f"{m['noisy']['network']:.1f}",
}


def _z(checkpoint: Checkpoint) -> str:
    return f"z = {checkpoint.manifest.config.latent_dim}"


def _n_test(metrics: Mapping[str, Any]) -> str:
    return f"{metrics['n_test']:,.0f}" if "n_test" in metrics else ""


def _left_out(metrics: Mapping[str, Any]) -> str:
    apart = metrics.get("left_out")
    return f" (classes left out: {apart['psnr']:.1f} dB)" if apart else ""


def _elbo(metrics: Mapping[str, Any]) -> str:
    if "elbo" not in metrics:
        return ""
    digits = 1 if metrics.get("elbo_noise", 1) < 0.05 else 0
    text = f"{metrics['elbo']:.{digits}f} nats"
    return f"{text}, {metrics['floor']['test']:.1f}" if "floor" in metrics else text


def _agreement(metrics: Mapping[str, Any]) -> str:
    shares = {name: 100 * share for name, share in metrics["label_agreement"].items()}
    digits = 1 if metrics.get("label_agreement_n", {}).get("asked", 0) >= MANY else 0
    texts = {name: f"{share:.{digits}f}" for name, share in shares.items()}
    gap = interval_of(metrics.get("label_agreement_gap"))
    winner = {"better": "latent", "worse": "pixel"}.get(gap.verdict if gap else "", "")
    texts |= {winner: f"**{texts[winner]}**"} if winner else {}
    return ", ".join(texts[name] for name in ("latent", "pixel", "shuffled"))


def _of_prior(metrics: Mapping[str, Any]) -> str:
    prior = metrics.get("prior", {})
    return ", ".join(f"{100 * prior[k]:.0f}" for k in ("precision", "coverage") if k in prior)


def _which(checkpoint: Checkpoint) -> str:
    metrics, task = checkpoint.manifest.metrics, checkpoint.manifest.config.task
    if "baselines" not in metrics:
        return ""
    labels = np.zeros(1, np.int64)  # the class is known: tables of colors are among the baselines
    return str(stored_baseline(task, metrics, TASKS[task].usual, labels).baseline)


def _more(metrics: Mapping[str, Any]) -> str:
    if "psnr_inside_network" in metrics:
        inside = (metrics[f"psnr_inside_{name}"] for name in ("input", "network", "baseline"))
        text = "inside: {:.1f}, {:.1f}, {:.1f}".format(*inside)
        blind = metrics.get("psnr_blind")
        return text if blind is None else f"{text}; network without the mask {blind:.1f}"
    if "chroma_error_input" in metrics:
        off = [metrics[f"chroma_error{name}"] for name in ("", "_baseline", "_input")]
        median = (metrics[f"psnr_median{name}"] for name in ("", "_baseline"))
        return (
            "median PSNR {:.1f}, baseline {:.1f}; ".format(*median)
            + "color off by {:.1f}, baseline {:.1f}, gray {:.1f}; ".format(*off)
            + f"chroma {metrics['chroma_network']:.1f}, true {metrics['chroma_true']:.1f}"
        )
    return ""


TABLES: dict[str, Callable[[list[Checkpoint]], Iterable[str]]] = {
    "shipped": autoencoders,
    "restored": restorers,
    "anomalies": anomalies,
    "caught": caught,
    "sizes": sizes,
    "families": families,
    "minutes": minutes,
}

# Families have a table of their own; the others are of the networks that stand alone.
OF_ALL = ("families", "minutes")


def main(arguments: list[str]) -> int:
    good, refused = list_checkpoints(TOP / "checkpoints")
    if refused:
        print(refused[0].reason)
        return 1
    shipped = [checkpoint for checkpoint in good if checkpoint.name in PRESETS]
    alone = [checkpoint for checkpoint in shipped if checkpoint.name not in MEMBERS]
    tables = {
        name: "\n".join(table(shipped if name in OF_ALL else alone))
        for name, table in TABLES.items()
    }
    stale = 0
    for page in (TOP / name for name in PAGES):
        text = new = page.read_text()
        for name, rows in tables.items():
            marks = f"<!-- {name}:begin -->\n", f"\n<!-- {name}:end -->"
            before, mark, rest = new.partition(marks[0])
            if mark:
                new = rows.join((before + mark, marks[1] + rest.partition(marks[1])[2]))
        if "--check" not in arguments:
            page.write_text(new)
        elif new != text:
            print(f"{page.name} does not say what the checkpoints say: run make shipped-table.")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
