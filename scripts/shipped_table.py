"""Write the figures of the shipped checkpoints into the README; ``--check`` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

from latentlab.checkpoints import Checkpoint, list_checkpoints
from latentlab.presets import PRESETS

TOP = Path(__file__).parents[1]
BEGIN, END = "<!-- shipped:begin -->\n", "<!-- shipped:end -->\n"


def table(checkpoints: list[Checkpoint]) -> str:
    rows = [
        "| checkpoint | weights | error per pixel | PSNR | negative ELBO | label agreement of "
        "neighbors: latent, pixels, shuffled |",
        "|---|---|---|---|---|---|",
    ]
    for checkpoint in checkpoints:
        manifest, metrics = checkpoint.manifest, checkpoint.manifest.metrics
        if "label_agreement" not in metrics or "mse" not in metrics:
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
    return "\n".join(rows) + "\n"


def main(arguments: list[str]) -> int:
    good, refused = list_checkpoints(TOP / "checkpoints")
    if refused:
        print(refused[0].reason)
        return 1
    readme = TOP / "README.md"
    text = readme.read_text()
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    new = f"{before}{BEGIN}{table([c for c in good if c.name in PRESETS])}{END}{after}"
    if "--check" in arguments:
        if new != text:
            print("The README's table is not what the checkpoints say: run make shipped-table.")
        return int(new != text)
    readme.write_text(new)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
