"""Write the figures of the shipped checkpoints into README and docs; ``--check`` only compares."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

from latentlab.analysis.baselines import BASELINES
from latentlab.checkpoints import Checkpoint, list_checkpoints
from latentlab.presets import PRESETS
from latentlab.tasks import TASKS

TOP = Path(__file__).parents[1]


def autoencoders(checkpoints: list[Checkpoint]) -> list[str]:
    rows = [
        "| checkpoint | weights | error per pixel | PSNR | negative ELBO | label agreement of "
        "neighbors: latent, pixels, shuffled |",
        "|---|---|---|---|---|---|",
    ]
    for checkpoint in checkpoints:
        manifest, metrics = checkpoint.manifest, checkpoint.manifest.metrics
        if manifest.config.task in TASKS:
            continue
        elbo = metrics.get("elbo")
        agreement = metrics["label_agreement"]
        assert isinstance(agreement, dict)
        shares = (100 * agreement[space] for space in ("latent", "pixel", "shuffled"))
        rows.append(
            f"| `{checkpoint.name}` | {manifest.n_parameters:,} | {metrics['mse']:.4f} | "
            f"{metrics['psnr']:.1f} dB | {f'{elbo:.1f} nats' if elbo is not None else ''} | "
            f"{', '.join(f'{share:.0f} %' for share in shares)} |"
        )
    return rows


def restorers(checkpoints: list[Checkpoint]) -> list[str]:
    rows = [
        "| checkpoint | weights | damaged | network | best filter | which filter | "
        "inside the damage, or color |",
        "|---|---|---|---|---|---|---|",
    ]
    for checkpoint in checkpoints:
        manifest, metrics = checkpoint.manifest, checkpoint.manifest.metrics
        if manifest.config.task not in TASKS:
            continue
        network, baseline = metrics["psnr_network_200"], metrics["psnr_baseline"]
        bold = "**" if network > baseline else ""
        rows.append(
            f"| `{checkpoint.name}` | {manifest.n_parameters:,} | {metrics['psnr_input']:.1f} | "
            f"{bold}{network:.1f}{bold} | {baseline:.1f} | {_filter(checkpoint)} | "
            f"{_more(metrics)} |"
        )
    return rows


def _filter(checkpoint: Checkpoint) -> str:
    metrics, task = checkpoint.manifest.metrics, checkpoint.manifest.config.task
    strengths = metrics["curve_strength"]
    nearest = min(range(len(strengths)), key=lambda i: abs(strengths[i] - TASKS[task].usual))
    chosen = BASELINES[task][int(metrics["curve_choice"][nearest])]
    return f"{chosen.title} {chosen.setting}".strip()


def _more(metrics: dict[str, float]) -> str:
    if "psnr_inside_network" in metrics:
        inside = (metrics[f"psnr_inside_{name}"] for name in ("input", "network", "baseline"))
        return "{:.1f}, **{:.1f}**, {:.1f}".format(*inside)
    if "chroma_network" in metrics:
        off, grey, mean = (
            metrics[f"chroma_error{name}"] for name in ("", "_baseline", "_class_mean")
        )
        return (
            f"off by {off:.1f} (grey copy {grey:.1f}, mean of the class {mean:.1f}); "
            f"chroma {metrics['chroma_network']:.1f}, true {metrics['chroma_true']:.1f}"
        )
    return ""


TABLES: dict[str, Callable[[list[Checkpoint]], list[str]]] = {
    "shipped": autoencoders,
    "restored": restorers,
}


def main(arguments: list[str]) -> int:
    good, refused = list_checkpoints(TOP / "checkpoints")
    if refused:
        print(refused[0].reason)
        return 1
    shipped = [checkpoint for checkpoint in good if checkpoint.name in PRESETS]
    stale = 0
    for page in (TOP / "README.md", TOP / "docs" / "tasks.md"):
        text = new = page.read_text()
        for name, table in TABLES.items():
            rows = "\n".join(table(shipped))
            marks = f"<!-- {name}:begin -->\n", f"\n<!-- {name}:end -->"
            pattern = f"{re.escape(marks[0])}.*?{re.escape(marks[1])}"
            new = re.sub(pattern, lambda _: rows.join(marks), new, flags=re.DOTALL)  # noqa: B023
        if "--check" not in arguments:
            page.write_text(new)
        elif new != text:
            print(f"{page.name} does not say what the checkpoints say: run make shipped-table.")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
