"""Explore as a student meets it: hover, pin, path, layers, tools, keys, fingers, links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from serving import Server, serve, settle, when_still
from tiny import write_tiny
from waiting import until

from latentlab import data

READY = "#lab[data-ready=true]"
LARGE = "canvas.large"
PACE = 30  # milliseconds between two places of a finger that moves as a hand does
# What lies at a point is shown an eighth of a second after the pointer has come to it.
PEEK = "(peek) => [peek.hidden, peek.textContent]"
# Keeps what is sent to the server from now on.
LISTEN = """() => {
    window.sent = [];
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) {
        window.sent.push(new TextDecoder().decode(data));
        return send.call(this, data);
    };
}"""
PIXELS = """(canvas) => Array.from(
    canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data)"""


@pytest.fixture(scope="session")
def pair_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a VAE, an autoencoder and a larger VAE of the same images."""
    root = tmp_path_factory.mktemp("pair")
    write_tiny(root, "digits-vae-z2")
    write_tiny(root, "digits-ae-z2", model="ae")
    write_tiny(root, "digits-vae-z4", latent_dim=4)
    log = tmp_path_factory.mktemp("server") / "server.log"
    with serve(log, checkpoints=root) as server:
        yield server
        assert "Traceback" not in server.output(), server.output()


@pytest.fixture
def explore(pair_server: Server, visit: Callable[..., Page]) -> Callable[..., Page]:
    """Open Explore: ``explore("&grid=20", width=390)``."""

    def open_page(query: str = "", checkpoint: str = "digits-vae-z2", **options: object) -> Page:
        page = visit(pair_server, f"/?checkpoint={checkpoint}{query}", **options)
        page.wait_for_selector(READY, state="attached")
        return page

    return open_page


def spot(page: Page, across: float, down: float) -> tuple[float, float]:
    """Return a place on the map, as shares of its width and height."""
    box = page.locator(".map").bounding_box()
    assert box is not None
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def hover(page: Page, across: float, down: float) -> None:
    before = decodes(page)
    page.mouse.move(*spot(page, across, down), steps=3)
    expect(page.locator("#lab")).not_to_have_attribute("data-decodes", str(before))


def decodes(page: Page) -> int:
    return int(page.locator("#lab").get_attribute("data-decodes") or 0)


def picture(page: Page, selector: str) -> str:
    """Return what a canvas shows, as text that can be compared."""
    return str(page.locator(selector).first.evaluate("(canvas) => canvas.toDataURL()"))


def click(page: Page, across: float, down: float) -> None:
    page.mouse.click(*spot(page, across, down))


def picture_other_than(page: Page, selector: str, *seen: str) -> str:
    """Wait until a canvas shows something new, and return it."""
    shown: list[str] = []

    def is_new() -> bool:
        shown[:] = [picture(page, selector)]
        return shown[0] not in seen

    until(is_new)
    return shown[0]


def place_of(page: Page, selector: str) -> dict[str, float]:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return dict(box)


def test_hover_decodes_in_the_browser_and_says_nothing_to_the_server(explore):
    page = explore()
    hover(page, 0.4, 0.4)
    seen = set()
    page.evaluate(LISTEN)
    for step in range(12):
        hover(page, 0.3 + 0.03 * step, 0.5)
        seen.add(picture(page, LARGE))
    assert len(seen) > 6
    assert page.evaluate("window.sent") == []
    expect(page.locator(".where")).to_have_text("At the cursor")


def test_click_pins_with_an_honest_card(explore):
    page = explore()
    click(page, 0.5, 0.5)
    card = page.locator(".card")
    expect(card).to_be_visible()
    for words in ("Distance", "Density", "Neighbors", "Re-encoding distance", "training image"):
        expect(card).to_contain_text(words)
    expect(card).to_contain_text(re.compile(r"Re-encoding distance *[\d.]+"))
    expect(page).to_have_url(re.compile(r"[?&]A=-?[\d.]+_-?[\d.]+"))
    expect(page.locator(".hint")).to_be_hidden()


def test_far_from_all_images_is_said_in_words(explore):
    page = explore("&A=60_60")
    expect(page.locator(".card .warning")).to_contain_text("No training image near")
    expect(page.locator(".caption.far")).to_contain_text("No training image near")


def test_latent_can_be_typed_and_nonsense_is_refused(explore):
    page = explore("&A=0.5_0.5")
    first = page.get_by_label("latent 1 of pin A")
    first.fill("1.25")
    first.press("Enter")
    expect(page).to_have_url(re.compile("A=1.25_0.5"))
    page.get_by_label("latent 2 of pin A").fill("abc")
    page.get_by_label("latent 2 of pin A").press("Enter")
    expect(page.locator(".toast")).to_contain_text("is not a number")
    expect(page).to_have_url(re.compile("A=1.25_0.5"))


def test_two_pins_make_a_path_that_plays(explore):
    page = explore()
    click(page, 0.35, 0.4)
    click(page, 0.6, 0.5)
    frames = page.locator(".strip .frame")
    expect(frames).to_have_count(13)
    before = decodes(page)
    page.get_by_role("button", name="Play").click()
    expect(page.locator(".where")).to_contain_text("of the way from A to B")
    page.locator("#lab").evaluate(
        """(lab, least) => new Promise((done) => {
            const look = () => +lab.dataset.decodes > least ? done() : requestAnimationFrame(look);
            look();
        })""",
        before + 5,
    )
    page.get_by_role("button", name="Pause").click()
    expect(page.locator(".strip .frame.now")).to_have_count(1)
    first, last = frames.first.locator("canvas").first, frames.last.locator("canvas").first
    assert first.evaluate(PIXELS) != last.evaluate(PIXELS)
    page.get_by_label("Extrapolation").fill("50")
    expect(page.locator(".strip .frame.outside")).not_to_have_count(0)


def test_six_pins_and_the_seventh_moves_the_last(explore):
    page = explore("&tool=samples")
    for place in range(7):
        click(page, 0.25 + 0.08 * place, 0.35)
    expect(page.locator(".tile")).to_have_count(6)
    expect(page.locator(".toast")).to_contain_text("At most six pins")
    page.locator(".tile").first.hover()
    page.get_by_role("button", name="remove pin A").click()
    expect(page.locator(".tile")).to_have_count(5)


def test_pin_can_be_dragged(explore):
    page = explore()
    click(page, 0.5, 0.5)
    before = page.locator(".latent input").first.input_value()
    page.mouse.move(*spot(page, 0.5, 0.5))
    page.mouse.down()
    page.mouse.move(*spot(page, 0.62, 0.5), steps=5)
    page.mouse.up()
    expect(page.locator(".latent input").first).not_to_have_value(before)
    expect(page).not_to_have_url(re.compile("[?&](B|at)="))


@pytest.mark.parametrize(
    "shade", ["density", "reconstruction_error", "reencoding_distance", "local_sensitivity"]
)
def test_every_shading_changes_the_map_and_shows_its_scale(explore, shade):
    page = explore("&points=none")
    plain = picture(page, "canvas.lower")
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_label("Color the map by").select_option(shade)
    expect(page.locator(".scale")).to_be_visible()
    expect(page.locator(".scale")).to_contain_text(re.compile(r"\d"))
    assert picture(page, "canvas.lower") != plain
    expect(page).to_have_url(re.compile(f"shade={shade}"))


def test_points_grid_and_fog_change_the_map(explore):
    page = explore("&points=none")
    seen = [picture(page, "canvas.lower")]
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_label("Dim where no training image is near").check()  # seen without the grid
    seen.append(picture_other_than(page, "canvas.lower", *seen))
    page.keyboard.press("Escape")
    expect(page.locator(".menu")).to_be_hidden()
    for name in ("Dots", "Images", "Labels"):
        page.get_by_role("button", name=name).click()
        seen.append(picture_other_than(page, "canvas.lower", *seen))
    page.get_by_role("button", name="Decoded grid").click()
    page.get_by_label("tiles per side").fill("12")
    picture_other_than(page, "canvas.lower", *seen)
    expect(page).to_have_url(re.compile("grid=12"))
    expect(page).to_have_url(re.compile("fog=1"))


def test_the_map_opens_with_the_images_themselves(explore):
    page = explore()
    expect(page.get_by_role("button", name="Images")).to_have_attribute("aria-pressed", "true")
    images = picture(page, "canvas.lower")
    page.get_by_role("button", name="Dots").click()
    dots = picture_other_than(page, "canvas.lower", images)
    page.get_by_role("button", name="Images").click()
    picture_other_than(page, "canvas.lower", dots)


def test_what_a_drawer_speaks_about_stays_in_view(explore):
    """Both ends of a path, wherever they are, are inside the map and above the drawer."""
    page = explore("&tool=path&A=2.5_3&B=-2.5_-9", width=1280, height=720)
    expect(page.locator(".strip .frame")).to_have_count(13)
    page.mouse.move(*spot(page, 0.5, 0.5))
    seen = page.locator("canvas.upper").evaluate(
        """(canvas) => {
            const { data } = canvas.getContext('2d')
                .getImageData(0, 0, canvas.width, canvas.height);
            const ys = [];
            for (let i = 3; i < data.length; i += 4)
                if (data[i] > 200) ys.push(Math.floor(i / 4 / canvas.width));
            return [Math.min(...ys.slice(0, 1)), ys[ys.length - 1], canvas.height];
        }"""
    )
    assert seen[0] > 56, "the upper end is under the controls"
    assert seen[1] < seen[2] - 4, "the lower end is cut"


@pytest.mark.parametrize("width", [390, 1024])
def test_the_legend_covers_no_point_and_loses_no_class(explore, width):
    page = explore(width=width, height=844)
    page_map, legend = place_of(page, ".map"), place_of(page, ".legend")
    assert legend["y"] >= page_map["y"] + page_map["height"]
    for entry in page.locator(".legend button").all():
        box = entry.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 844


@pytest.mark.parametrize(("width", "height"), [(853, 480), (390, 844)])
def test_on_a_small_screen_no_image_and_no_button_is_cut(explore, width, height):
    """The first is 1280 x 720 at 150 %."""
    page = explore(width=width, height=height)
    picture(page, "canvas.lower")
    colored = page.locator("canvas.lower").evaluate(
        """(canvas) => {
            const { width, height } = canvas;
            const context = canvas.getContext('2d');
            const edges = [[0, height - 2, width, 2], [0, 0, 2, height], [width - 2, 0, 2, height]];
            return edges.map((edge) => {
                const { data } = context.getImageData(...edge);
                let found = 0;
                for (let i = 0; i < data.length; i += 4) {
                    const [low, high] = [Math.min, Math.max].map((f) => f(...data.slice(i, i + 3)));
                    found += data[i + 3] > 150 && high - low > 50;
                }
                return found;
            });
        }"""
    )
    assert max(colored) <= 8, colored
    if width > 719:  # on a phone the controls are one row that scrolls
        page_map = place_of(page, ".map")
        for button in page.locator(".bar button:visible").all():
            box = button.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= page_map["x"] + page_map["width"]


@pytest.mark.parametrize("others", ["digits-ae-z2", "digits-ae-z2.digits-vae-z4.pca"])
def test_pictures_that_are_compared_are_large_and_whole(explore, others):
    page = explore(f"&tool=compare&with={others}", width=1280, height=720)
    expect(page.locator(".cell .decoded")).to_have_count(others.count(".") + 2)
    for canvas in page.locator(".cell canvas").all():
        box = canvas.bounding_box()
        assert box is not None
        assert box["width"] >= 95
        assert box["y"] + box["height"] <= 720


def test_two_networks_of_one_kind_are_compared_under_their_names(app_server, visit):
    address = "/?checkpoint=digits-vae-z2&tool=compare&with=digits-vae-z2-seed1.digits-ae-z2"
    page = visit(app_server, address)
    expect(page.locator(".cell .decoded")).to_have_count(3)
    expect(page.locator(".cell figcaption")).to_have_text(
        ["digits-vae-z2", "digits-vae-z2-seed1", "Autoencoder, 2 latent dimensions"]
    )


def test_captions_can_be_read(explore):
    page = explore("&A=0.5_0.5&tool=compare")
    for selector in (".caption", ".where", "figcaption", ".card dd", ".cell figcaption", ".hint"):
        size = page.locator(selector).first.evaluate(
            "(e) => parseFloat(getComputedStyle(e).fontSize)"
        )
        assert size >= 16, selector


def test_legend_solos_a_class(explore):
    page = explore()
    before = picture(page, "canvas.lower")
    page.locator(".legend button").nth(3).click()
    expect(page.locator(".legend button").nth(3)).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile("solo=3"))
    assert picture(page, "canvas.lower") != before
    page.locator(".legend button").nth(3).click()
    expect(page).not_to_have_url(re.compile("solo="))


def test_dimensions_move_the_pin(explore):
    page = explore("&A=0.1_0.2_0.3_0.4&tool=dimensions", checkpoint="digits-vae-z4")
    rows = page.locator(".dimension")
    expect(rows).to_have_count(4)
    expect(rows.first.locator(".frame")).to_have_count(11)
    rows.first.locator(".frame").last.click()
    expect(page).to_have_url(re.compile(r"A=[-\d._]*3[_&]|A=[-\d._]*_3$"))


def test_compare_decodes_by_several_networks_at_once(explore):
    page = explore("&tool=compare")
    cells = page.locator(".cell .decoded")
    expect(cells).to_have_count(2)
    texts = page.locator(".cell figcaption").all_text_contents()
    assert texts[0].startswith("VAE, 2 latent dimensions")
    assert texts[1].startswith("Autoencoder, 2 latent dimensions")
    expect(page.get_by_role("button", name="Same image")).to_have_attribute("aria-pressed", "true")
    beside = page.get_by_label("add a network")
    beside.select_option("pca")
    expect(cells).to_have_count(3)
    hover(page, 0.3, 0.3)
    before = [cell.evaluate(PIXELS) for cell in cells.all()]
    hover(page, 0.6, 0.6)
    after = [cell.evaluate(PIXELS) for cell in cells.all()]
    assert all(one != other for one, other in zip(before, after, strict=True))
    beside.select_option("digits-vae-z4")
    expect(cells).to_have_count(4)
    expect(page).to_have_url(re.compile("with=digits-ae-z2.pca.digits-vae-z4"))
    page.get_by_role("button", name="VAE, 4 latent dimensions").click()  # takes it away
    expect(cells).to_have_count(3)
    page.get_by_role("button", name="Same quantile").click()
    expect(page).to_have_url(re.compile("match=quantile"))


def test_samples_are_drawn_again_and_can_be_pinned(explore):
    page = explore("&tool=samples")
    expect(page.locator(".draws .frame")).to_have_count(25)
    first = picture(page, ".draws canvas")
    page.get_by_role("button", name="Sample again").click()
    picture_other_than(page, ".draws canvas", first)
    page.get_by_role("button", name="From a posterior").click()
    expect(page.locator(".drawer")).to_contain_text("The ellipse is one standard deviation")
    page.locator(".draws .frame").first.click()
    expect(page).to_have_url(re.compile(r"[?&]A="))


def test_an_autoencoder_says_that_it_has_no_prior(explore):
    page = explore("&tool=samples", checkpoint="digits-ae-z2")
    expect(page.locator(".drawer")).to_contain_text("A plain autoencoder has no prior")
    expect(page.get_by_role("button", name="From a posterior")).to_have_count(0)


def test_keyboard_alone_is_enough(explore):
    page = explore()
    page.locator(".map").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    expect(page.locator(".live")).to_contain_text(re.compile("Nearest class .*distance"))
    page.keyboard.press("a")
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("b")
    expect(page.locator(".strip .frame")).to_have_count(13)
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press(" ")
    page.keyboard.press("2")
    expect(page).to_have_url(re.compile("solo=2"))
    page.keyboard.press("Escape")
    expect(page.locator(".drawer")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page).not_to_have_url(re.compile("solo="))
    page.keyboard.press("Escape")
    expect(page).not_to_have_url(re.compile("[?&]A="))
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_contain_text("Arrows")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


def test_a_menu_closes_with_escape_and_a_click_beside_it(explore):
    page = explore()
    menu = page.locator(".menu")
    for close in (lambda: page.keyboard.press("Escape"), page.locator(".where").click):
        page.get_by_role("button", name="More", exact=True).click()
        expect(menu).to_be_visible()
        close()
        expect(menu).to_be_hidden()


@pytest.mark.parametrize(("is_mobile", "verb"), [(False, "Move"), (True, "Drag")])
def test_the_hint_is_for_the_hand_that_is_there_and_covers_no_point(explore, is_mobile, verb):
    page = explore(width=390, height=844, has_touch=is_mobile, is_mobile=is_mobile)
    expect(page.locator(".hint")).to_contain_text(f"{verb} to decode")
    page_map = place_of(page, ".map")
    assert place_of(page, ".hint")["y"] >= page_map["y"] + page_map["height"]


def test_one_finger_decodes_and_a_tap_pins(explore):
    page = explore(width=390, height=844, has_touch=True)
    devtools = page.context.new_cdp_session(page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    start = picture(page, LARGE)
    before = decodes(page)
    touch("touchStart", spot(page, 0.3, 0.4))
    for step in range(8):
        touch("touchMove", spot(page, 0.3 + 0.05 * step, 0.4 + 0.03 * step))
        page.wait_for_timeout(PACE)
    touch("touchEnd")
    assert decodes(page) > before + 3
    assert picture(page, LARGE) != start
    expect(page).not_to_have_url(re.compile("[?&]A="))
    touch("touchStart", spot(page, 0.5, 0.5))
    touch("touchEnd")
    expect(page).to_have_url(re.compile("[?&]A="))
    touch("touchStart", spot(page, 0.4, 0.5), spot(page, 0.6, 0.5))
    for step in range(6):
        apart = 0.02 * step
        touch("touchMove", spot(page, 0.4 - apart, 0.5), spot(page, 0.6 + apart, 0.5))
        page.wait_for_timeout(PACE)
    touch("touchEnd")
    expect(page).to_have_url(re.compile(r"[?&]at="))


def test_a_link_shows_the_same_view_to_somebody_else(explore):
    query = "&A=0.5_-0.25&B=-1_0.5&tool=path&grid=15&points=marks&fog=1&solo=2&over=20"
    page = explore(query)
    expect(page.locator(".strip .frame")).to_have_count(13)
    page.mouse.move(*spot(page, 0.5, 0.3))
    page.mouse.wheel(0, -300)
    expect(page).to_have_url(re.compile(r"[?&]at="))
    address = page.url
    other = explore(address[address.index("&") :])
    assert other.url == address
    expect(other.get_by_role("button", name="Labels")).to_have_attribute("aria-pressed", "true")
    expect(other.locator(".strip .frame")).to_have_count(13)
    expect(other.get_by_label("latent 1 of pin B")).to_have_value("-1")


def test_back_makes_one_step_for_each_action_and_zoom_survives(explore):
    page = explore()
    page.mouse.move(*spot(page, 0.5, 0.4))
    page.mouse.wheel(0, -400)
    expect(page).to_have_url(re.compile(r"[?&]at="))
    view = re.search(r"at=[^&]*", page.url)
    assert view is not None
    click(page, 0.4, 0.4)
    page.get_by_role("button", name="Dots").click()
    page.get_by_role("button", name="Decoded grid").click()
    for tiles in ("14", "18", "25"):  # one movement of the slider
        page.get_by_label("tiles per side").fill(tiles)
    page.get_by_role("button", name="Samples").click()
    steps = ["tool=samples", "grid=25", "grid=20", "points=dots", r"[?&]A="]
    for step in steps:
        expect(page).to_have_url(re.compile(step))
        assert view[0] in page.url
        page.go_back()
        expect(page).not_to_have_url(re.compile(step))
    expect(page.locator(".card")).to_be_hidden()
    assert view[0] in page.url


def test_a_late_word_of_the_server_leaves_the_steps_alone(explore):
    page = explore()
    click(page, 0.4, 0.4)
    expect(page).to_have_url(re.compile(r"[?&]A="))
    pinned = page.url
    page.get_by_role("button", name="Dots").click()
    expect(page).to_have_url(re.compile("points=dots"))
    # As Streamlit writes, on a busy machine, what the server knew before the pin and the dots.
    for late in (re.sub(r"[?&]A=[^&]*", "", pinned), pinned):
        page.evaluate("late => history.pushState({}, '', late)", late)
        expect(page).to_have_url(re.compile("A=.*points=dots|points=dots.*A="))
    page.go_back()
    expect(page).to_have_url(pinned)
    expect(page.get_by_label("latent 1 of pin A")).to_be_visible()


def test_view_comes_back_after_another_page(explore):
    page = explore("&A=0.5_0.5&grid=18")
    page.mouse.move(*spot(page, 0.4, 0.4))
    page.evaluate(LISTEN)
    page.get_by_role("button", name="Labels").click()
    expect(page).to_have_url(re.compile("points=marks"))
    page.wait_for_function("sent.some((data) => data.includes('marks'))")
    page.get_by_role("link", name="Network").click()
    page.wait_for_selector(READY, state="detached")
    settle(page)
    page.get_by_role("link", name="Explore").click()
    page.wait_for_selector(READY, state="attached")
    expect(page.get_by_role("button", name="Labels")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("latent 1 of pin A")).to_have_value("0.5")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("&grid=1000000000", "shown are 40"),
        ("&grid=3", "shown are 10"),
        ("&grid=many", "10 to 40 tiles a side"),
        ("&A=1_2_3", "has 3 dimensions, but this network has 2"),
        ("&A=1_nan", "not a number"),
        ("&B=1_Infinity", "not a number"),
        ("&points=pies", "points are one of"),
        ("&solo=99", "no such class"),
        ("&plane=7_7", "no such plane"),
        ("&at=1_1_0", "a view is"),
        ("&fog=yes", "0 or 1"),
    ],
)
def test_a_broken_link_is_one_sentence_and_a_working_page(explore, query, said):
    page = explore(query)
    expect(page.locator(".toast")).to_contain_text(said)
    hover(page, 0.5, 0.5)


def test_thumbnail_at_a_point_is_that_points_image(explore):
    page = explore()
    images = data.load("digits", "train", n_images=60).images
    found = 0
    for across in np.linspace(0.2, 0.8, 14):
        page.mouse.move(*spot(page, float(across), 0.5), steps=2)
        when_still(page.locator(".peek"), PEEK)
        canvas = page.locator(".peek canvas")
        if not canvas.is_visible():
            continue
        row = int(canvas.get_attribute("data-row") or -1)
        shown = np.array(canvas.evaluate(PIXELS), np.uint8).reshape(28, 28, 4)
        number = int(re.search(r"image ([\d,]+)", page.locator(".peek").inner_text())[1])
        assert number == row  # the tiny index holds the first images in order
        np.testing.assert_array_equal(shown[..., 0], images[row, :, :, 0])
        found += 1
    assert found >= 2


def test_a_slice_says_what_it_is_and_offers_a_points_own_latent(explore):
    """On z > 2 the point, what the map decodes there and the nearest image are three things."""
    page = explore("&points=dots", checkpoint="digits-vae-z4")
    sentence = (
        r"A 2-D slice through 4 dimensions \(PC 1 and 2 of the latents: \d+ % of the variance"
    )
    expect(page.locator(".slice")).to_have_text(re.compile(sentence))
    page.locator(".slice").get_by_role("button", name="slice", exact=True).hover()
    expect(page.locator(".slice .meaning")).to_contain_text("A plane through")
    found = page.locator(".peek.four")
    for across in np.linspace(0.3, 0.7, 30):
        page.mouse.move(*spot(page, float(across), 0.5), steps=2)
        when_still(page.locator(".peek"), PEEK)
        if found.is_visible():
            break
    expect(found.locator("canvas")).to_have_count(4)
    expect(found).to_contain_text(re.compile(r"Distance from the slice \d"))
    assert picture(page, ".peek .own") != picture(page, ".peek .here")
    page.mouse.click(*spot(page, float(across), 0.5))
    expect(page.locator(".card")).to_contain_text("Distance from the slice")
    page.get_by_title("Move the pin to this latent").click()
    expect(page.locator(".caption").first).to_contain_text(re.compile("Latent of a|away"))
    expect(page.locator(".card")).not_to_contain_text("Distance from the slice")


def test_presenting_hides_everything_but_map_and_image(explore):
    page = explore("&present=1&A=0_0")
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator(".card")).to_be_hidden()
    expect(page.locator(LARGE)).to_be_visible()
    page.keyboard.press("Escape")  # nobody has to click first
    expect(page.locator(".bar")).to_be_visible()
    expect(page).not_to_have_url(re.compile("present"))


def test_with_less_motion_a_path_plays_once_and_stops(explore):
    page = explore("&A=-1_0&B=1_0&tool=path", reduced_motion="reduce")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator(".where")).to_have_text("100 % of the way from A to B")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_the_focus_on_the_map_is_seen_by_those_who_use_keys(explore):
    page = explore()
    shadow = "(e) => getComputedStyle(e, '::after').boxShadow"
    click(page, 0.5, 0.5)
    assert page.locator(".map").evaluate(shadow) == "none"
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".live")).to_contain_text("Nearest")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.locator(".map").evaluate(shadow) != "none"
