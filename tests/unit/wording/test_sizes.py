"""Sentences about the size of the latent say what the numbers say."""

from __future__ import annotations

import pytest

from latentlab.analysis.comparison import Interval
from latentlab.analysis.sizes import Curve, Measure
from latentlab.wording.sizes import against, good_sizes, sentence, trend

BETTER, SAME, WORSE = Interval(2, 1, 3), Interval(0, -1, 1), Interval(-2, -3, -1)


def curve(*values, more=True, error=0.01):
    sizes = tuple(2**n for n in range(len(values)))
    return Curve(sizes, values, (error,) * len(values), more_is_better=more)


@pytest.mark.parametrize(
    ("values", "said", "sizes"),
    [
        ((0.5, 0.51, 0.505), "No difference beyond the sampling error", "any"),
        ((0.5, 0.7, 0.9), "Best at z = 4 (0.900); worse below: 0.500 at z = 1.", "4"),
        ((0.5, 0.9, 0.9), "Best for z = 2 and above (0.900, no difference", "2 or more"),
        ((0.9, 0.9, 0.5), "Best at z = 1 and 2 (0.900, no difference", "1 and 2"),
        ((0.9, 0.7, 0.5), "Best at z = 1 (0.900); worse above: 0.500 at z = 4.", "1"),
        ((0.5, 0.9, 0.9, 0.7), "worse below: 0.500 at z = 1; worse above: 0.700 at", "2 and 4"),
        ((0.9, 0.5, 0.9), "Best at z = 1 and 4 (0.900, no difference", "1 and 4"),
    ],
)
def test_a_trend_is_what_exceeds_the_sampling_error(values, said, sizes):
    found = curve(*values)
    assert said in trend(found)
    assert good_sizes(found) == sizes


def test_only_what_is_worse_is_called_so():
    assert trend(curve(0.9, 0.5, 0.9)).endswith("worse at z = 2.")


def test_a_comparison_names_every_size_once():
    said = against((1, 2, 4, 8), (SAME, BETTER, WORSE, WORSE), "the network", "PCA")
    assert said == "The network is better than PCA at z = 2, no different at z = 1, worse at " + (
        "z = 4 and 8."
    )
    assert (
        against((1, 2), (SAME, SAME), "it", "PCA") == "It is no different from PCA at z = 1 and 2."
    )
    assert against((1,), (WORSE,), "it", "PCA") == "It is worse than PCA at z = 1."
    assert against((1, 2), (), "it", "PCA") == ""


def test_a_kind_that_is_always_detected_is_said_so():
    measure = Measure({"noise": curve(1.0, 0.999), "blank": curve(0.9, 0.5)})
    said = sentence("anomalies", measure)
    assert "Pure noise: AUC 0.995 or more at every z." in said
    assert "Blank images: best at z = 1 (0.900); worse above: 0.500 at z = 2." in said


def test_samples_are_compared_with_test_images():
    measure = Measure({"samples": curve(0.2, 0.3)}, against=(BETTER, WORSE))
    assert sentence("nearest", measure) == (
        "Samples compared with test images: nearer at z = 1, farther at z = 2."
    )


def test_sampled_latents_and_their_images_are_told_apart():
    far, encoded = curve(0.1, 1.0, more=False), curve(0.01, 0.02, more=False)
    said = sentence("support", Measure({"far": far, "far_encoded": encoded}))
    assert said.endswith("Re-encoded after decoding, 1 % to 2 % are far.")
