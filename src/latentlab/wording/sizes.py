"""What the number of latent dimensions does to a metric, in sentences true of the numbers.

Sizes are called better or worse only where their difference exceeds its sampling error.
"""

from __future__ import annotations

from collections.abc import Sequence

from latentlab.analysis.comparison import Interval
from latentlab.analysis.sizes import Z_95, Curve, Measure
from latentlab.wording.words import figure

KINDS = {
    "unseen": "classes left out of training",
    "other": "another image set",
    "noise": "pure noise",
    "blank": "blank images",
    "corrupted": "corrupted images",
}
# What the network is compared with at the same size, by the measure.
AGAINST = {
    "reconstruction": ("the network", "PCA of the same size"),
    "neighbors": ("latent space", "pixel space"),
    "restoration": ("the network", "the classical baseline"),
}
# An AUC from here on leaves nothing to improve.
PERFECT_AUC = 0.995


def trend(curve: Curve) -> str:
    """Say at which z a metric is best, where it stops changing, and where it is worse.

    Parameters
    ----------
    curve : Curve

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> trend(Curve((1, 2, 4), (0.9, 0.5, 0.49), (0.01, 0.01, 0.01), more_is_better=False))
    'Best for z = 2 and above (0.490, no difference between them); worse below: 0.900 at z = 1.'
    >>> trend(Curve((1, 2, 4), (0.5, 0.9, 0.7), (0.01, 0.01, 0.01), more_is_better=True))
    'Best at z = 2 (0.900); worse below: 0.500 at z = 1; worse above: 0.700 at z = 4.'
    """
    sizes, good = curve.sizes, curve.as_good
    written = {size: figure(value) for size, value in zip(sizes, curve.values, strict=True)}
    least, most = (figure(extreme(curve.values)) for extreme in (min, max))
    if good == sizes:
        return f"No difference beyond the sampling error: {least} to {most}."
    alike = ", no difference between them" if len(good) > 1 else ""
    best = f"({written[sizes[curve.best]]}{alike})"
    if not _is_run(good, sizes):
        worse = listed([size for size in sizes if size not in good])
        return f"Best at z = {listed(good)} {best}; worse at z = {worse}."
    below = f"worse below: {written[sizes[0]]} at z = {sizes[0]}"
    above = f"worse above: {written[sizes[-1]]} at z = {sizes[-1]}"
    if len(good) == 1:
        where = f"at z = {good[0]}"
    elif good[-1] == sizes[-1]:
        where = f"for z = {good[0]} and above"
    else:
        where = f"at z = {_span(good)}"
    if good[0] == sizes[0]:
        return f"Best {where} {best}; {above}."
    if good[-1] == sizes[-1]:
        return f"Best {where} {best}; {below}."
    return f"Best {where} {best}; {below}; {above}."


def _is_run(some: Sequence[int], sizes: Sequence[int]) -> bool:
    """Say whether no size between the smallest and the largest of some is missing."""
    return len(some) == sum(some[0] <= size <= some[-1] for size in sizes)


def good_sizes(curve: Curve) -> str:
    """Name the z that are not worse than the best: "8 or more", "2 to 4", "any"."""
    good, sizes = curve.as_good, curve.sizes
    if good == sizes:
        return "any"
    if len(good) == 1 or not _is_run(good, sizes):
        return listed(good)
    return f"{good[0]} or more" if good[-1] == sizes[-1] else _span(good)


def against(sizes: Sequence[int], gaps: Sequence[Interval], name: str, other: str) -> str:
    """Say at which sizes one is better than the other, by paired 95 % intervals.

    Parameters
    ----------
    sizes : sequence of int (k,)
    gaps : sequence of Interval (k,)
        The first less the other, where more is better; empty if it was not measured.
    name, other : str

    Returns
    -------
    str
        One sentence; empty where nothing was measured.

    Examples
    --------
    >>> gaps = [Interval(2, 1, 3), Interval(0, -1, 1), Interval(-2, -3, -1)]
    >>> against((1, 2, 4), gaps, "the network", "PCA")
    'The network is better than PCA at z = 1, no different at z = 2, worse at z = 4.'
    """
    if not gaps:
        return ""
    by = {"better": "better than", "no difference": "no different from", "worse": "worse than"}
    parts: list[str] = []
    for verdict, words in by.items():
        of = [size for size, gap in zip(sizes, gaps, strict=True) if gap.verdict == verdict]
        if of:
            said = f"{words} {other}" if not parts else words.removesuffix(" than")
            said = said.removesuffix(" from") if parts else said
            parts.append(f"{said} at z = {listed(of)}")
    return f"{name[:1].upper()}{name[1:]} is {', '.join(parts)}." if parts else ""


def _span(sizes: Sequence[int]) -> str:
    return listed(sizes) if len(sizes) < 3 else f"{sizes[0]} to {sizes[-1]}"


def listed(sizes: Sequence[int]) -> str:
    """List sizes: "1", "1 and 2", "1, 2 and 4"."""
    texts = [str(size) for size in sizes]
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def sentence(name: str, measure: Measure) -> str:
    """Say in one or two sentences what a chart shows.

    Parameters
    ----------
    name : str
        As `latentlab.analysis.sizes.measures` calls it.
    measure : Measure

    Returns
    -------
    str
    """
    curve = next(iter(measure.curves.values()))
    if name == "nearest":
        return _nearest(curve.sizes, measure.against)
    if name == "support":
        return f"{trend(curve)} {_encoded(measure.curves['far_encoded'])}"
    if name == "anomalies":
        return _anomalies(measure)
    pair = AGAINST.get(name)
    gap = against(curve.sizes, measure.against, *pair) if pair else ""
    useless = "" if is_of_use(measure) else "At no z is it better than the input."
    return " ".join(filter(None, (trend(curve), gap, useless)))


def is_of_use(measure: Measure) -> bool:
    """Say whether any size is better than the degraded input, beyond the sampling error.

    Parameters
    ----------
    measure : Measure

    Returns
    -------
    bool
        True as well where there is no such input.

    Examples
    --------
    >>> curve = Curve((1, 2), (14.0, 15.0), (0.1, 0.1), more_is_better=True)
    >>> is_of_use(Measure({"network": curve}, {"input": (16.7, 16.7)}))
    False
    """
    if "input" not in measure.beside:
        return True
    curve = next(iter(measure.curves.values()))
    return any(
        value - Z_95 * error > given
        for value, error, given in zip(
            curve.values, curve.errors, measure.beside["input"], strict=True
        )
    )


def _encoded(curve: Curve) -> str:
    low, high = (f"{100 * share:.0f} %" for share in (min(curve.values), max(curve.values)))
    share = low if low == high else f"{low} to {high}"
    return f"Re-encoded after decoding, {share} are far."


def _nearest(sizes: Sequence[int], gaps: Sequence[Interval]) -> str:
    words = {"better": "nearer", "no difference": "no difference", "worse": "farther"}
    parts = []
    for verdict, said in words.items():
        of = [size for size, gap in zip(sizes, gaps, strict=True) if gap.verdict == verdict]
        parts += [f"{said} at z = {listed(of)}"] if of else []
    return f"Samples compared with test images: {', '.join(parts)}."


def _anomalies(measure: Measure) -> str:
    perfect = [
        KINDS.get(kind, kind)
        for kind, curve in measure.curves.items()
        if min(curve.values) >= PERFECT_AUC
    ]
    parts = [
        f"{KINDS.get(kind, kind).capitalize()}: {_lowered(trend(curve))}"
        for kind, curve in measure.curves.items()
        if min(curve.values) < PERFECT_AUC
    ]
    if perfect:
        named = " and ".join([", ".join(perfect[:-1]), perfect[-1]] if perfect[1:] else perfect)
        parts.append(f"{named.capitalize()}: AUC {PERFECT_AUC} or more at every z.")
    return " ".join(parts)


def _lowered(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"
