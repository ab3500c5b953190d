"""What each number of latent dimensions is good for: a chart and a sentence for every measure."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from latentlab.analysis.sizes import Z_95, Curve, Measure, measures
from latentlab.checkpoints import Family
from latentlab.figures.sizes import Line, size_curves
from latentlab.tasks import TASKS
from latentlab.ui.shell import charts, families, theme
from latentlab.ui.shell.errors import plain
from latentlab.wording import glossary
from latentlab.wording.glossary import meaning
from latentlab.wording.sizes import KINDS, good_sizes, is_of_use, sentence

COLUMNS = 3
NOT_MEASURED = (
    "Fewer than two of these networks have these measurements; an older version trained them."
)
READING = (
    "Error bars are 95 % confidence intervals over test images. One z is called better or worse "
    "only where the difference exceeds its sampling error. Each network was trained once: another "
    "seed may give other values."
)


@dataclass(frozen=True)
class Title:
    """What a measure is called on the screen.

    Attributes
    ----------
    title : str
    use : str
        What it is for, in the summary.
    unit : str
        Of the vertical axis.
    lines : dict of str to str
        What its lines are called.
    note : str
        How it was measured.
    """

    title: str
    use: str
    unit: str
    lines: dict[str, str]
    note: str


TITLES = {
    "reconstruction": Title(
        "Reconstruction error",
        "reconstruction",
        "MSE per pixel",
        {
            "test": "network, test",
            "train": "network, training",
            "pca": "PCA, test",
            "pca_train": "PCA, training",
        },
        "Lower is better.",
    ),
    "neighbors": Title(
        "Label agreement",
        "neighbors",
        "share of 9 neighbors",
        {"latent": "latent", "pixel": "pixels", "pca": "PCA", "chance": "chance"},
        "Share of the 9 nearest training images that have the test image's class.",
    ),
    "support": Title(
        "Samples with no training image near",
        "samples from the prior",
        "share of samples",
        {"far": "sampled latents", "far_encoded": "re-encoded"},
        "1,000 samples from the prior. Far: farther from every stored training latent than 99 % of "
        "validation images. Sampled latents have the variance of the prior; an image's latent is "
        "the posterior mean, and these means vary less.",
    ),
    "nearest": Title(
        "Nearest image of a sample",
        "",
        "RMS difference per pixel",
        {"samples": "samples", "test": "test images"},
        "Root mean square difference to the nearest of up to 10,000 training images: of samples "
        "from the prior, and of test images.",
    ),
    "anomalies": Title(
        "Anomaly detection (AUC)",
        "",
        "AUC (0.5: chance)",
        KINDS,
        "By reconstruction error, against normal test images.",
    ),
    "denoising": Title(
        "Denoising (PSNR)",
        "denoising",
        "PSNR, dB",
        {"network": "network", "pca": "PCA", "input": "noisy input"},
        "Noisy test images, reconstructed by a network that was not trained to denoise. A PSNR "
        "below that of the noisy input means that the network does not denoise.",
    ),
    "restoration": Title(
        "Restoration (PSNR)",
        "restoration",
        "PSNR, dB",
        {"network": "network", "baseline": "classical baseline", "input": "network input"},
        "Test images at the default strength of the degradation.",
    ),
    "color": Title(
        "Color error",
        "color",
        "distance in a and b (CIELAB)",
        {"off": "network"},
        "Mean distance between the true and the reconstructed chroma components a and b.",
    ),
}


# The term of a heading that does not name it.
HELP = {
    "support": "Support (near, far)",
    "nearest": "Prior",
    "anomalies": "AUC",
    "color": "Chroma",
}


def section(family: Family) -> None:
    """Show the charts of a family, and of its siblings where only they were measured.

    Parameters
    ----------
    family : Family
    """
    st.header("Which z for which task?", anchor=False, help=meaning("Bottleneck"))
    found = _gathered(family)
    if not found:
        st.caption(NOT_MEASURED)
        return
    st.markdown(summary({name: measure for name, (_, measure) in found.items()}))
    st.caption(READING)
    names = list(found)
    for start in range(0, len(names), COLUMNS):
        columns = st.columns(COLUMNS, gap="medium")
        for column, name in zip(columns, names[start : start + COLUMNS], strict=False):
            with column:
                _chart(name, *found[name], is_own=found[name][0] == family)


def summary(found: dict[str, Measure]) -> str:
    """List the z that are as good as the best for each task, in one sentence.

    Parameters
    ----------
    found : dict of str to Measure
        By the names of `TITLES`.
    """
    uses = [
        (TITLES[name].use, good_sizes(next(iter(measure.curves.values()))))
        for name, measure in found.items()
        if TITLES[name].use and is_of_use(measure)
    ]
    useless = [
        TITLES[name].use
        for name, measure in found.items()
        if TITLES[name].use and not is_of_use(measure)
    ]
    uses += [
        (f"detecting {KINDS.get(kind, kind)}", good_sizes(curve))
        for kind, curve in (found["anomalies"].curves if "anomalies" in found else {}).items()
    ]
    by_sizes: dict[str, list[str]] = {}
    for use, sizes in uses:
        by_sizes.setdefault(sizes, []).append(use)
    parts = [f"**z = {sizes}** for {', '.join(of)}" for sizes, of in by_sizes.items()]
    said = f"Not worse than the best: {'; '.join(parts)}.".replace("z = any", "any z")
    return f"{said} **No z** helps with {' or '.join(useless)}." if useless else said


def _gathered(family: Family) -> dict[str, tuple[Family, Measure]]:
    """Return each measure with the family that it is of: this one, else another of its images."""
    result: dict[str, tuple[Family, Measure]] = {}
    for each in (family, *(other for other in families.found() if _siblings(other, family))):
        for name, measure in measures(each).items():
            result.setdefault(name, (each, measure))
    return {name: result[name] for name in TITLES if name in result}


def _siblings(other: Family, family: Family) -> bool:
    one, two = other.members[0].manifest, family.members[0].manifest
    return other != family and (one.config.dataset, one.image_shape, one.config.normal_classes) == (
        two.config.dataset,
        two.image_shape,
        two.config.normal_classes,
    )


def _chart(name: str, family: Family, measure: Measure, *, is_own: bool) -> None:
    title, first = TITLES[name], next(iter(measure.curves.values()))
    task = family.members[0].manifest.config.task
    heading = TASKS[task].title if name == "restoration" else title.title
    with st.container(key=f"bottleneck-use-{name}", gap="small"):
        st.subheader(heading, anchor=False, help=glossary.help_for(HELP.get(name, heading)))
        st.markdown(sentence(name, measure))
        lines = {title.lines.get(key, key): _line(each) for key, each in measure.curves.items()}
        lines |= {
            title.lines[key]: Line(values, is_beside=True) for key, values in measure.beside.items()
        }
        drawing = size_curves(first.sizes, lines, theme.current(), unit=title.unit)
        charts.show(drawing, key=f"bottleneck-{name}-{family.name}")
        of = "" if is_own else f" Of {plain(family.name)}."
        st.caption(f"{title.note}{of}")


def _line(curve: Curve) -> Line:
    return Line(curve.values, [Z_95 * error for error in curve.errors])
