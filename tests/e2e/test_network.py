"""The Network page in a real browser: drag, sample, switch a unit off, step, draw; a U-Net."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from serving import Server, draw

SECONDS = 30_000
PIXELS = """(canvas) => canvas.getContext('2d')
    .getImageData(0, 0, canvas.width, canvas.height).data.join()"""


def pixels(page: Page, selector: str) -> str:
    return str(page.locator(selector).evaluate(PIXELS))


def open_network(server: Server, visit: Callable[..., Page], name: str, **size: int) -> Page:
    page = visit(server, f"/network?checkpoint={name}", **size)
    page.wait_for_selector(".hourglass[data-drawn]", timeout=SECONDS)
    return page


def drawn_after(page: Page, act: Callable[[], object]) -> None:
    """Act, and wait until the hourglass has been drawn since."""
    before = page.locator(".hourglass").get_attribute("data-drawn")
    act()
    page.wait_for_selector(f".hourglass:not([data-drawn='{before}'])", timeout=SECONDS)


def test_an_image_on_its_way_through_a_vae(app_server: Server, visit: Callable[..., Page]):
    page = open_network(app_server, visit, "digits-vae-z2")
    expect(page.locator(".lecture .sizes")).to_have_text(
        "784 → 64 → 256 → 128 → z = 2 → 128 → 256 → 64 → 784"
    )
    expect(page.locator(".layer")).to_have_count(6)
    output, last_layer = ".output canvas", ".layer >> nth=-1 >> canvas"
    mean, encoder = pixels(page, output), pixels(page, ".layer >> nth=0 >> canvas")

    # A bar is dragged: decoder, output and the dot on the map follow, the encoder stays.
    decoder = pixels(page, last_layer)
    place = page.locator(".hourglass .map").get_attribute("data-place")
    box = page.locator(".bar").first.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.5 * box["width"], middle)
    page.mouse.down()
    drawn_after(page, lambda: page.mouse.move(box["x"] + 0.7 * box["width"], middle))
    page.mouse.up()
    assert pixels(page, output) != mean
    assert pixels(page, last_layer) != decoder
    assert pixels(page, ".layer >> nth=0 >> canvas") == encoder
    assert page.locator(".hourglass .map").get_attribute("data-place") != place

    # A link shows the same.
    first = page.get_by_role("slider", name="z₁")
    value = first.get_attribute("aria-valuenow")
    page.wait_for_url("**&z=**")
    page.reload()
    expect(first).to_have_attribute("aria-valuenow", value or "", timeout=SECONDS)

    # Arrow keys move a bar and do not go on to the next step.
    bar = page.get_by_role("slider", name="z₂")
    value = bar.get_attribute("aria-valuenow")
    bar.focus()
    drawn_after(page, lambda: page.keyboard.press("ArrowRight"))
    assert float(bar.get_attribute("aria-valuenow") or 0) > float(value or 0)
    expect(page.locator(".hourglass")).not_to_have_attribute("data-step", "encode")

    drawn_after(page, lambda: page.get_by_role("button", name="Sample again").click())
    expect(page.locator(".formula")).to_contain_text("z = μ + σ · ε")
    drawn_after(page, lambda: page.get_by_role("button", name="Decode μ").click())
    assert pixels(page, output) == mean

    # A unit that is switched off changes the output until it is switched on again.
    page.locator(".layer canvas").first.click()
    expect(page.locator(".unit .title")).to_contain_text("Encoder layer 1, unit")
    expect(page.get_by_text("Input weights: the pattern that activates it")).to_be_visible()
    drawn_after(page, lambda: page.get_by_role("button", name="Switch it off").click())
    assert pixels(page, output) != mean
    drawn_after(page, lambda: page.get_by_role("button", name="Switch it on").click())
    assert pixels(page, output) == mean

    # The four steps.
    page.evaluate("document.activeElement.blur()")
    for step in ("encode", "sample", "decode", "compare"):
        page.keyboard.press("ArrowRight")
        expect(page.locator(".hourglass")).to_have_attribute("data-step", step)
    expect(page.locator(".lecture code")).to_have_text("mse = ((reconstruction - x) ** 2).mean()")
    expect(page.locator(".layer").first).to_have_css("opacity", "0.18")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".layer").first).to_have_css("opacity", "1")

    draw(page, [(0.25, 0.25), (0.75, 0.25), (0.45, 0.85)])
    expect(page.locator(".input figcaption")).to_have_text("Input: your drawing", timeout=SECONDS)
    assert pixels(page, output) != mean


def test_nothing_large_is_loaded_before_the_hourglass_is_drawn(
    app_server: Server, visit: Callable[..., Page]
):
    page = visit(app_server, "/lessons")  # whose frame is the same
    page.evaluate(
        """() => {
            const inside = (e) => e.shadowRoot?.querySelector('.hourglass[data-drawn]');
            const look = () => {
                if (![...document.querySelectorAll('*')].some(inside)) setTimeout(look, 2);
                else window.drawnAt = performance.now();
            };
            look();
        }"""
    )
    page.get_by_role("link", name="Network").click()
    page.wait_for_selector(".main-svg", state="attached", timeout=2 * SECONDS)
    loaded = page.evaluate(
        """() => performance.getEntriesByType('resource')
            .filter(({ name }) => /Plotly|Syntax/.test(name)).map(({ startTime }) => startTime)"""
    )
    assert loaded
    assert page.evaluate("window.drawnAt") < min(loaded)


def test_a_unet_shows_skips_and_the_clean_target(app_server: Server, visit: Callable[..., Page]):
    page = open_network(app_server, visit, "digits-denoise-unet", width=390, height=844)
    expect(page.locator(".flow .skip")).to_have_count(1)
    expect(page.locator(".bar")).to_have_count(0)
    expect(page.locator(".flow .note")).to_be_visible()
    expect(page.locator(".target figcaption")).to_have_text("Clean target")
    expect(page.locator(".error figcaption")).to_contain_text("degraded input:")
    assert pixels(page, ".input canvas") != pixels(page, ".target canvas")
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390


def test_a_degradation_grows_under_the_slider(app_server: Server, visit: Callable[..., Page]):
    page = open_network(app_server, visit, "digits-denoise")
    noise = page.get_by_role("slider", name="Noise")
    expect(noise).to_have_attribute("aria-valuetext", "0.2")
    given, drawn = pixels(page, ".input canvas"), pixels(page, ".output canvas")
    drawn_after(page, lambda: noise.press("ArrowRight"))
    expect(noise).to_have_attribute("aria-valuetext", "0.25")
    assert pixels(page, ".input canvas") != given
    assert pixels(page, ".output canvas") != drawn
    drawn_after(page, lambda: noise.press("Home"))
    assert pixels(page, ".input canvas") == pixels(page, ".target canvas")
    page.wait_for_url(re.compile(r"degradation=0(&|$)"))

    # A link shows the same, and so does the page after the visitor was on another one.
    page.reload()
    expect(noise).to_have_attribute("aria-valuetext", "0", timeout=SECONDS)
    expect(page.locator(".hourglass[data-drawn]")).to_be_visible()
    assert pixels(page, ".input canvas") == pixels(page, ".target canvas")
    drawn_after(page, lambda: noise.press("End"))
    page.wait_for_url("**degradation=1**")
    page.get_by_role("link", name="Map").click()
    page.wait_for_selector(".hourglass", state="detached", timeout=SECONDS)
    page.get_by_role("link", name="Network").click()
    expect(noise).to_have_attribute("aria-valuetext", "1", timeout=SECONDS)
    page.wait_for_url("**degradation=1**")


def test_a_denoiser_is_given_another_kind_of_noise(app_server: Server, visit: Callable[..., Page]):
    page = open_network(app_server, visit, "digits-denoise")
    kind, given = page.get_by_label("Kind of degradation"), pixels(page, ".input canvas")
    drawn = pixels(page, ".output canvas")
    drawn_after(page, lambda: kind.select_option("salt and pepper"))
    assert pixels(page, ".input canvas") != given
    assert pixels(page, ".output canvas") != drawn
    expect(page.locator(".input")).to_contain_text("salt and pepper was not in training")
    page.wait_for_url("**variant=salt+and+pepper**")
    other = pixels(page, ".input canvas")

    page.reload()
    expect(kind).to_have_value("salt and pepper", timeout=SECONDS)
    assert pixels(page, ".input canvas") == other
    drawn_after(page, lambda: kind.select_option("gaussian"))
    assert pixels(page, ".input canvas") == given
    expect(page).not_to_have_url(re.compile("variant"))
