"""One word for one thing, and the field's: words of our own stay out of code, screen and docs."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
SOURCES = (
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile", "docs", "lessons"),
    *("app.py", "pages", "src", "web", "scripts", "benchmarks"),
)
SUFFIXES = {".md", ".py", ".ts", ".css", ".html", ".toml", ".yaml", ".ipynb", ""}
# Built from web/; dated decisions; what the next command writes.
GLOSSARY = ("docs/glossary.md", "src/latentlab/wording/glossary.toml")  # explains the terms
WRITTEN = ("src/latentlab/web/", "docs/decisions/", "docs/promises.md")
# Pattern: the field's term.
FORBIDDEN = {
    r"drawing error": "reconstruction error (MSE)",
    r"drawn back|redrawn|drawn again|draws? it again": "reconstruction",
    r"structure kept|lost structure": "SSIM, 1 - SSIM",
    r"cost of a picture|cost in nats": "negative ELBO (nats)",
    r"corrects the drawing": "reconstruction term",
    r"dimensions in use": "active dimensions",
    r"trust in its maps|can it be trusted": "trustworthiness",
    r"\b2 latents\b(?! =)|numbers? of the latent\b|numbers? in the latent\b": "latent dimensions",
    r"\d+ passes\b|passes over the training": "epochs",
    r"other images\b(?=[\"'])": "validation images",
    r"by heart": "overfitting",
    r"what each (number|dimension) carries": "KL divergence per dimension",
    r"old filter|stretched skin|bent plate": "the classical baseline by its name",
    r"remov(e|es|ing) noise|noise removed": "denoise",
    r"giv(e|es|ing) color": "colorize",
    r"fill(s|ing)? (a|the) holes?": "inpaint",
    r"damaged (image|picture)s?\b|\bthe damage\b|undamaged": "degraded, degradation",
    r"all that the others see": "network input",
    r"round trip \(|lands away": "re-encoding distance",
    r"by probability": "equal-probability spacing (prior quantiles)",
    r"around the center\b(?!s)": "spherical interpolation (slerp)",
    r"overshoot": "extrapolation",
    r"principal direction": "principal component",
    r"torn neighborhood": "neighbors lost in the projection",
    r"\bislands?\b|\bclump": "clusters",
    r"dealt at random|labels? shuffled|shuffled labels": "random layout, chance level",
    r"least distance|by straight line|straight lines or angles": "min_dist, Euclidean, cosine",
    r"exchange dark and light|dark and light are exchanged": "invert",
    r"called usual|let pass\b|right alarms": "predicted normal, true negatives, precision",
    r": a coin\b|0\.5 a coin": "chance",
    r"where is it surprised": "reconstruction error map",
    r"spot the real": "line-up",
    r"bell curve": "Gaussian",
    r"\bstrangers?\b(?!\.py)|newcomer|\bteller\b": "out-of-set images, new point, reporter",
    r"redrawn|draws? (again|it back)|network('s)? draws|draws? of an image": "reconstruction",
    r"what .{0,20}latent draws": "decoded mean",
    r"cost of an image|charged (more )?for": "negative ELBO; loss",
    r"\d+ numbers\b|numbers? per image|\ba few numbers\b": "latent dimensions",
    r"damag(e|ed|ing) (the )?(image|picture|drawing|digit|photo)|(do|undo)(es|ing)? damage": (
        "degrade, degradation"
    ),
    r"[\"']Signs[\"']|\bsign (of|for) (a|its|the|each|one) class": "class labels; markers",
    r"\blands? (on|in|among|near|away|far)\b|where .{0,40}\blands\b": "is encoded",
    r"mixed (image|picture|frame)s?\b": "pixel cross-fade",
    r"\btorn\b|tears? (away|apart|nothing)": "neighbors lost in the projection",
    r"\bdealt\b|\bdeals? (again|anew)\b": "shuffled",
    r"(images?|points?) gathered|\bgather (many|some)\b": "selected",
    r"[\"']Straight line[\"']": "Euclidean",
    r"called (un)?usual|(most|least) (un)?usual\b|more (un)?usual than|missed ones?\b": (
        "predicted anomalous; highest score; larger than for N %; false negatives"
    ),
    r"false alarms?\b|sevens caught|caught against": "false positives; true positives",
    r"\ba coin\b": "chance",
    r"\bbring(s|ing)? (in|an? (image|picture)|one of your own)\b|brought in\b": "image input",
    r"\bthe (shelf|gate|trail)\b": "cache; request filter; history",
    r"never (saw|seen|shown|sees it)\b": "left out of training; not trained on",
    r"(no|a) way back|honest substitute": "inverse; estimate",
    r"\bpupils?\b": "students",
    r"\bpiles?\b": "groups of points",
    r"\bhabits?\b|\byardstick": "image statistics; calibration",
    r"\bsurpris(e|es|ed|ing)\b": "reconstruction error",
    r"\bglow(s|ing)?\b": "error map; color map",
    r"(?<![\w,.=-])[1-9]\d? latents\b(?! (and|of|=))": "latent dimensions; z =",
    r"what it knows|thing it knows": "the training images",
    r"learnt|\bgrey\b|colour|neighbour|\bcentre": "American spelling",
}


def files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", *SOURCES], cwd=TOP, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    names = [name for name in listed.stdout.splitlines() if not name.startswith(WRITTEN + GLOSSARY)]
    return [TOP / name for name in names if Path(name).suffix in SUFFIXES]


def found(text: str) -> list[str]:
    """Return each forbidden word with the term to write instead."""
    joined = re.sub(r"[\"']?\s*\n\s*(#\s|f?[\"'])?\s*", " ", text)
    flat = " ".join(joined.split())
    return [
        f"{match.group()!r}: write {term}"
        for pattern, term in FORBIDDEN.items()
        for match in re.finditer(pattern, flat, re.IGNORECASE)
    ]


def test_words_of_our_own_stay_out():
    wrong = {
        str(path.relative_to(TOP)): words
        for path in files()
        if path.exists() and (words := found(path.read_text(encoding="utf-8")))
    }
    assert not wrong


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ('"Drawing error"', True),
        ("The old\n# filter", True),
        ('"numbers of "\n    "the latent"', True),
        ("Autoencoder, 64 latents", True),
        ("60,000 latents of the index", False),
        ("reconstruction error", False),
        ("a round trip to the server", False),
    ],
)
def test_words_are_found_across_lines(text, is_found):
    assert bool(found(text)) == is_found
