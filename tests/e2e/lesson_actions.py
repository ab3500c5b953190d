"""What a presenter does in each step of each lesson, and the figure that is then on the screen.

Each figure is computed again, by the metrics of ``scripts/lesson_figures.py`` or by the networks.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

import numpy as np
from playwright.sync_api import Locator, Page, expect
from serving import HOME, settle

from latentlab.analysis import sampling
from latentlab.analysis.edits import EDITS, sharpness
from latentlab.analysis.fidelity import squared_errors, ssim
from latentlab.analysis.planes import turned
from latentlab.lessons import Step
from latentlab.ui.input.out_of_set import OUT_OF_SET
from latentlab.wording import words

sys.path.append(str(HOME / "scripts"))

import lesson_figures as figures

SECONDS = 30_000  # of a busy machine, in milliseconds
DIGITS = "digits-vae-z2"
PIXELS = """canvas => Array.from(
    canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
).filter((_, i) => i % 4 === 0)"""


def experiment(page: Page) -> Locator:
    return page.locator(".st-key-experiment")


def shows(place: Locator, text: str | re.Pattern[str]) -> None:
    expect(place).to_contain_text(text, timeout=SECONDS)


def number(text: str, before: str) -> float:
    """Read the number that follows some words."""
    found = re.search(rf"{before}\s*([\d.]+)", text)
    assert found, f"No number follows '{before}' in: {text}"
    return float(found[1])


def close(found: float, expected: float, share: float = 0.006) -> None:
    assert abs(found - expected) <= share * abs(expected), f"{found} on screen, {expected} computed"


def first_of_each_class(checkpoint: str) -> np.ndarray:
    """Return the rows of the images that the experiments show."""
    rows = figures.rows_of(checkpoint)
    labels = figures.opened(checkpoint).index().labels[rows]
    return np.array([rows[labels == label][0] for label in np.unique(labels)])


def slide(page: Page, name: str, *keys: str) -> None:
    slider = page.get_by_role("slider", name=re.compile(name))
    for key in keys:
        slider.press(key)


def look_at_the_far_pin(page: Page, step: Step) -> None:
    page.locator(".map").hover(position={"x": 300, "y": 200})  # the pin's card stays
    support = figures.support_of(DIGITS)
    shows(page.locator(".panel .warning"), "No training image near")
    card = page.locator(".panel dl")
    shows(card, "larger than for 99 % of validation images")
    times = figures.times_the_limit(DIGITS, "7_0")
    close(number(card.inner_text(), "Distance"), times * support.far_distance)


def choose_each_picture(page: Page, step: Step) -> None:
    codec, shape = figures.codec_of(DIGITS), figures.opened(DIGITS).manifest.image_shape
    for what, make in reversed(OUT_OF_SET.items()):  # the photograph, which is shown, comes last
        page.get_by_role("radio", name=what, exact=True).click()
        image = make(shape, np.random.default_rng(1))[None]
        error = float(squared_errors(codec.reconstruct(image), image)[0])
        shows(experiment(page), f"Reconstruction error (MSE) {words.figure(error)}")
    shows(experiment(page), "A training image is near.")
    shows(experiment(page), "larger than for 100 % of test images")


def point_at_an_image(page: Page, step: Step) -> None:
    chart = page.locator(".st-key-map-chart .nsewdrag")
    box = chart.bounding_box()
    assert box
    tip = page.locator(".latentlab-map-tip")
    page.wait_for_selector(".latentlab-map-tip", state="attached")
    for turn in range(400):
        x, y = 0.5 + 0.4 * np.cos(turn * 2.4), 0.5 + 0.4 * np.sin(turn * 2.4)
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"] * turn / 400)
        if tip.is_visible():
            break
    error = figures.opened("shapes-vae-z8").index().reconstruction_error
    row = int(tip.get_attribute("data-row") or -1)
    close(number(tip.inner_text(), "error"), float(error[row]), 0.06)
    assert tip.evaluate("tip => getComputedStyle(tip).opacity") == "1"  # what floats is lit
    page.get_by_role("combobox", name="Color").click()
    page.get_by_role("option", name="Color: neighbors lost").click()
    shows(page.get_by_test_id("stMain"), "Share of")
    lost = 1 - figures.neighbors_kept("shapes-vae-z8", "umap") / 100
    shows(page.get_by_test_id("stMain"), f"{words.share(lost)} of the nearest neighbors are lost")


def scrub_to_five_neighbors(page: Page, step: Step) -> None:
    page.get_by_role("radio", name="5 neighbors", exact=True).click()
    kept = step.figures["kept"].value / 100
    ranks = step.figures["ranks"].value
    main = page.get_by_test_id("stMain")
    shows(main, f"{words.share(kept)} of each point's 15 neighbors are the same")
    shows(main, f"random pairs is {ranks:.2f}")


def guess_the_real_map(page: Page, step: Step) -> None:
    page.get_by_role("radio", name="C", exact=True).click()
    shows(experiment(page), "uniformly random")
    told = experiment(page).inner_text()
    noise = number(told, "for the real map,")
    real = re.search(r"([\d.]+) for the real map", told)
    assert real
    assert abs(noise - figures.hopkins_noise(DIGITS)) < 0.02
    assert abs(float(real[1]) - figures.hopkins_real(DIGITS)) < 0.02


def draw_25_others(page: Page, step: Step) -> None:
    names = step.parameters["with"].split(",")
    page.get_by_role("button", name="Sample again").click()
    expect(page).to_have_url(re.compile(r"[?&]seed=1(&|$)"), timeout=SECONDS)
    columns = experiment(page).get_by_test_id("stColumn")
    counts = [int(figures.n_far(name, "1")) for name in names]
    for place, (name, count) in enumerate(zip(names, counts, strict=True)):
        shows(columns.nth(place), f"No training image near: {count} of 25")
        shows(columns.nth(place), f"(MSE) {words.figure(figures.mse(name))}")
        expect(columns.nth(place).locator("figure.far")).to_have_count(count)
    assert counts[0] != counts[1]


def sample_again(page: Page, step: Step) -> None:
    page.get_by_role("button", name="Sample again").click()
    index, codec = figures.opened(DIGITS).index(), figures.codec_of(DIGITS)
    row = first_of_each_class(DIGITS)[4]
    assert index.stds is not None
    samples = sampling.spread(codec, index.latents[row], index.stds[row], n=20, seed=1)
    of = sharpness(figures.images_of(DIGITS)[[row]])
    decoded = sharpness(codec.decode(index.latents[[row]]))
    shows(
        experiment(page),
        f"samples from its posterior; sharpness {sharpness(samples) / of:.0%}".replace("%", " %"),
    )
    shows(experiment(page), f"decoded mean: {words.share(decoded / of)}")


def turn_the_axes(page: Page, step: Step) -> None:
    slide(page, "Rotate the axes", "ArrowRight", "ArrowRight")
    expect(page).to_have_url(re.compile("angle=30"), timeout=SECONDS)
    look_at_turned_axes(page, step)


def look_at_turned_axes(page: Page, step: Step) -> None:
    name = "digits-ae-z2"
    codec, rows = figures.codec_of(name), first_of_each_class(name)
    latents, turn = figures.opened(name).index().latents[rows], turned(2, 30)
    decoded = codec.decode(np.asarray(latents @ turn.T @ turn, np.float32))
    error = squared_errors(decoded, figures.images_of(name)[rows]).mean()
    straight = squared_errors(codec.decode(latents), figures.images_of(name)[rows]).mean()
    close(float(error), float(straight), 1e-4)
    shows(experiment(page), f"Reconstruction error (MSE) {words.figure(float(error))}")


def choose_sizes(page: Page, step: Step) -> None:
    board = page.locator("#bottleneck")
    errors = []
    for size in (16, 64):
        board.get_by_role("button", name=f"z = {size}", exact=True).click()
        expect(board.locator(".large .name").nth(1)).to_have_text(f"Reconstruction, z = {size}")
        errors.append(number(board.locator(".large figcaption").nth(1).inner_text(), "MSE"))
    assert errors[1] < errors[0]


def slide_beta_to_ten(page: Page, step: Step) -> None:
    name = "lesson-digits-vae-z8-beta{}"
    for key, beta in (("Home", "0.1"), ("End", "10")):
        slide(page, "Beta", key)
        shows(experiment(page), f"KL divergence {words.figure(figures.kl(name.format(beta)))} nats")
        shows(experiment(page), f"MSE {words.figure(figures.mse(name.format(beta)))}")
    count = figures.informative(name.format("10"))
    shows(experiment(page), f"at least 0.05 nats in {count:.0f} of 8 latent dimensions")


def count_missed(page: Page, step: Step) -> None:
    name = step.parameters["checkpoint"]
    found = figures.opened(name).anomalies()
    assert found is not None
    missed = figures.anomaly_missed(name, "mse", "unseen") / 100
    count = round(missed * len(found.groups["unseen"].scores["mse"]))
    cell = page.locator("#anomalies .cell.missed b")
    expect(cell).to_have_text(f"{count:,}", timeout=SECONDS)
    line = page.get_by_role("slider", name=re.compile("^Threshold"))
    line.press("ArrowLeft")  # a lower threshold misses fewer
    assert int(cell.inner_text().replace(",", "")) <= count
    if step.parameters.get("missed"):
        shown = page.locator("#anomalies .missed-ones .tile")
        expect(shown).to_have_count(int(cell.inner_text()))


def play_the_path(page: Page, step: Step) -> None:
    drawer = page.locator(".drawer")
    drawer.get_by_role("button", name="Play").click()
    expect(drawer.locator(".frame.now")).not_to_have_count(0, timeout=SECONDS)
    (times,) = step.figures.values()
    found = figures.computed(times)
    shows(drawer, "Equal steps in latent space")
    close(number(drawer.inner_text(), "largest change of the image is"), found, 0.02)


def press_r(page: Page, step: Step) -> None:
    settle(page)
    before = page.url
    page.keyboard.press("r")
    expect(page).not_to_have_url(before, timeout=SECONDS)
    settle(page)
    asked = re.search(r"image=test-(\d+)", page.url)
    assert asked
    index = figures.opened(DIGITS).index()
    (row,) = (row for row in figures.rows_of(DIGITS) if index.numbers[row] == int(asked[1]))
    pixels = figures.images_of(DIGITS).reshape(len(index), -1)
    for place, points in enumerate((index.latents, pixels)):
        near = np.argsort(np.square(points - points[row]).sum(axis=1), kind="stable")
        alike = int((index.labels[near[near != row][:9]] == index.labels[row]).sum())
        agreement = page.locator("#board .space").nth(place).locator(".agreement")
        shows(agreement, f"Label agreement: {alike} of 9")


def drag_the_noise(page: Page, step: Step) -> None:
    board = page.locator("#restore")
    sharp = []
    for strength in ("0.2", "1"):
        before = board.locator(".figure").nth(1).inner_text()
        board.locator("input[type=range]").fill(strength)
        expect(board.locator("output").first).to_have_text(strength)
        expect(board.locator(".figure").nth(1)).not_to_have_text(before, timeout=SECONDS)
        panels = [
            np.array(canvas.evaluate(PIXELS)) / 255
            for canvas in board.locator(".row canvas").all()[:3]
        ]
        clean, noisy, restored = panels
        for panel, place in ((noisy, 1), (restored, 2)):
            psnr = -10 * np.log10(np.square(panel - clean).mean())
            shown = float(board.locator(".figure").nth(place).inner_text().split()[1])
            assert abs(psnr - shown) < 0.3, (psnr, shown)
        sharp.append(np.square(restored - clean).mean())
    assert sharp[1] > sharp[0]  # it shows something else
    shows(board.locator(".warning"), "Stronger than any degradation in training")


def rank_by_eye(page: Page, step: Step) -> None:
    chosen = page.get_by_role("combobox", name=re.compile("Rank them by eye"))
    for name in EDITS:
        chosen.fill(name)
        page.get_by_role("option", name=name, exact=True).click()
    original = figures.images_of(DIGITS)[first_of_each_class(DIGITS)[[4]]]
    measured = {name: edit(original) for name, edit in EDITS.items()}
    errors = {name: float(squared_errors(image, original)[0]) for name, image in measured.items()}
    for name, error in errors.items():
        alike = words.figure(float(ssim(measured[name], original)[0]))
        shows(experiment(page), f"{name}: MSE {words.figure(error)}, SSIM {alike}")
    order = sorted(errors, key=lambda name: errors[name])
    ranks = ", ".join(f"{place} {name}" for place, name in enumerate(order, start=1))
    shows(experiment(page), f"Ranking by MSE: {ranks}")
    assert order[-1] == "shifted by one pixel"
    page.locator("#bar .claim").click()  # nothing is typed any more


ACTIONS: dict[tuple[str, int], Callable[[Page, Step], None]] = {
    ("decoded-anywhere", 1): look_at_the_far_pin,
    ("any-place", 1): choose_each_picture,
    ("umap-space", 1): point_at_an_image,
    ("umap-gaps", 1): scrub_to_five_neighbors,
    ("clusters-in-noise", 1): guess_the_real_map,
    ("holes", 1): draw_25_others,
    ("vae-blur", 1): sample_again,
    ("axes", 1): turn_the_axes,
    ("axes", 2): look_at_turned_axes,
    ("more-dimensions", 1): draw_25_others,
    ("more-dimensions", 2): choose_sizes,
    ("beta-is-free", 1): slide_beta_to_ten,
    ("low-error", 1): count_missed,
    ("low-error", 2): count_missed,
    ("straight-path", 1): play_the_path,
    ("latent-neighbors", 1): press_r,
    ("denoiser-invents", 1): drag_the_noise,
    ("error-measure", 1): rank_by_eye,
}


def perform(page: Page, name: str, place: int, step: Step) -> None:
    """Do what a step asks for, and check the figure that it brings on the screen."""
    ACTIONS[name, place](page, step)
    settle(page)
