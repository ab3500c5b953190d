"""The frame in a real browser: first visits, strangers, headers, themes, the picker."""

import base64
import io
import json
import os
import re
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect
from serving import Server, serve, settle

HEADERS = {
    "content-security-policy": "default-src 'self'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
}


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[Server]:
    """A server that nobody has visited yet."""
    with serve(tmp_path / "server.log") as server:
        yield server


def test_first_visitor_of_a_fresh_server_may_open_a_page_by_its_address(fresh_server, visit):
    page = visit(fresh_server, "/network")
    expect(page.locator("[data-testid=stTopNavLink]").first).to_be_visible()
    expect(page.locator(".st-key-picker")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Network · digits-vae-z2")
    expect(page).to_have_title("Network · digits-vae-z2 · latentlab")


def test_every_page_of_the_menu_opens(page: Page):
    pictures = []  # below /media the server forgets them as soon as another page is opened
    page.on("request", lambda asked: pictures.append(urlsplit(asked.url).path))
    for name in page.locator("[data-testid=stTopNavLink]").all_inner_texts():
        page.locator("[data-testid=stTopNavLink]", has_text=name).click()
        settle(page)
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
        expect(page.locator("[data-testid=stAlertContentError]")).to_have_count(0)
    assert not [path for path in pictures if path.startswith("/media/")]


def test_choice_of_checkpoint_is_kept_on_every_page_and_in_the_link(app_server, visit):
    page = visit(app_server, "/network")
    page.locator(".st-key-picker button").first.click()
    choices = page.locator("[class*=st-key-pick-] button")
    name = choices.last.locator("strong").inner_text()
    choices.last.click()
    page.wait_for_url(lambda url: f"checkpoint={name}" in url)
    settle(page)
    title = page.get_by_role("heading", level=1).inner_text()

    page.locator("[data-testid=stTopNavLink]").first.click()
    page.wait_for_url(lambda url: f"/?checkpoint={name}" in url)
    page.locator("[data-testid=stTopNavLink]", has_text="Network").click()
    page.wait_for_url(lambda url: f"/network?checkpoint={name}" in url)

    friend = visit(app_server, page.url.removeprefix(app_server.url))
    expect(friend.get_by_role("heading", level=1)).to_have_text(title)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_theme_follows_the_system(app_server, visit, scheme):
    page = visit(app_server, "/network", color_scheme=scheme)
    wanted = {"light": "rgb(250, 247, 240)", "dark": "rgb(11, 16, 32)"}[scheme]
    assert _background(page) == wanted


def test_theme_can_be_switched(app_server, visit):
    page = visit(app_server, "/network", color_scheme="light")
    light = _background(page)
    page.get_by_test_id("stMainMenuButton").click()
    page.get_by_test_id("stMainMenuItem-theme-Dark").click()
    page.wait_for_function(f"{BACKGROUND} !== '{light}'")
    assert _background(page) == "rgb(11, 16, 32)"


@pytest.mark.parametrize("width", [390, 853, 1024, 1280, 1920])
def test_nothing_is_wider_than_the_screen(app_server, visit, width):
    page = visit(app_server, "/network", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator(".st-key-picker button").first.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= width
    for link in page.locator("[data-testid=stTopNavLink]").all():
        other = link.bounding_box()
        assert other is None or other["x"] + other["width"] <= box["x"], "the menu meets the picker"


def test_every_answer_carries_the_security_headers(app_server):
    for path in ("/", "/network", "/_stcore/health", "/favicon.png"):
        with urllib.request.urlopen(app_server.url + path, timeout=5) as answer:
            for name, start in HEADERS.items():
                assert answer.headers[name].startswith(start), (path, name)


def test_foreign_host_is_refused(app_server):
    for path in ("/", "/_stcore/health", "/_stcore/host-config"):
        request = urllib.request.Request(app_server.url + path, headers={"Host": "evil.example"})
        with pytest.raises(urllib.error.HTTPError) as refusal:
            urllib.request.urlopen(request, timeout=5)
        assert refusal.value.code == 403


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("localhost:{port}", "http://localhost:{port}", 101),
        ("evil.example", "http://evil.example", 403),
        ("localhost:{port}", "http://evil.example", 403),
        ("localhost:{port}", "null", 403),
    ],
)
def test_websocket_is_for_our_own_pages(app_server, host, origin, status):
    lines = [
        "GET /_stcore/stream HTTP/1.1",
        f"Host: {host}",
        f"Origin: {origin}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Protocol: streamlit",
    ]
    request = "\r\n".join(lines).format(port=app_server.port) + "\r\n\r\n"
    with socket.create_connection(("localhost", app_server.port), timeout=5) as connection:
        connection.sendall(request.encode())
        first = connection.recv(200).decode("latin-1").split("\r\n")[0]
    assert f" {status}" in first


def test_server_listens_on_this_machine_only(app_server):
    address = (_address_in_the_network(), app_server.port)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address, timeout=2)


def test_server_opened_to_a_class_answers_by_number_but_not_by_any_name(tmp_path):
    with serve(tmp_path / "server.log", "--server.address", "0.0.0.0") as server:
        numbers = f"http://{_address_in_the_network()}:{server.port}/_stcore/health"
        with urllib.request.urlopen(numbers, timeout=5) as answer:
            assert answer.read() == b"ok"
        request = urllib.request.Request(numbers, headers={"Host": "evil.example"})
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(request, timeout=5)
        assert _address_in_the_network() in server.output()


def test_settings_hold_whatever_folder_the_app_is_started_from(app_server):
    with urllib.request.urlopen(f"{app_server.url}/_stcore/host-config", timeout=5) as answer:
        assert "allowedOrigins" in json.loads(answer.read())
    assert "latentlab is at" in app_server.output()
    assert "Collecting usage statistics" not in app_server.output()


def test_empty_folder_says_what_to_do(tmp_path: Path, visit: Callable[..., Page]):
    (tmp_path / "none").mkdir()
    with serve(tmp_path / "server.log", checkpoints=tmp_path / "none") as server:
        page = visit(server)
        expect(page.get_by_text("No checkpoint yet")).to_be_visible()
        expect(page.get_by_text("latentlab train")).to_be_visible()


BACKGROUND = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"


def _background(page: Page) -> str:
    return str(page.evaluate(BACKGROUND))


def _address_in_the_network() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        return str(probe.getsockname()[0])


def test_a_page_behind_a_proxy_that_rewrites_the_host_says_so(app_server: Server, browser: Browser):
    """Such a page's requests bear an origin that is not the host which the server hears of."""
    page = browser.new_page()

    def as_proxied(route: Route) -> None:
        headers = {**route.request.headers, "origin": "http://lab.example"}
        route.fulfill(response=route.fetch(headers=headers))

    page.route("**/check", as_proxied)
    for path in ("/", "/check"):
        page.goto(app_server.url + path)
        expect(page.locator("body")).to_contain_text(
            "--server.corsAllowedOrigins=http://lab.example"
        )
    page.close()


def test_back_makes_one_step_per_action(app_server, visit):
    page = visit(app_server, "/network")
    start = page.evaluate("history.length")
    page.locator("[data-testid=stTopNavLink]", has_text="Map").click()
    page.wait_for_url(lambda url: "/map" in url and "beside=look" in url)
    settle(page)
    page.get_by_role("radio", name="Trustworthiness").click()
    page.wait_for_url(lambda url: "beside=trust" in url)
    assert page.evaluate("history.length") == start + 2
    page.go_back()
    page.wait_for_url(lambda url: "beside=look" in url)
    expect(page.get_by_text("Every point is an image")).to_be_visible()
    page.go_back()
    page.wait_for_url(lambda url: "/network" in url)


def test_the_picker_closes_with_escape_beside_it_and_after_a_choice(app_server, visit):
    page = visit(app_server, "/network")
    opened = page.locator("[data-testid=stPopoverBody]")
    for close in (lambda: page.keyboard.press("Escape"), lambda: page.mouse.click(20, 600)):
        page.locator(".st-key-picker button").first.click()
        expect(opened).to_be_visible()
        close()
        expect(opened).to_have_count(0)
    page.locator(".st-key-picker button").first.click()
    page.locator(".st-key-pick-mnist-normal-no7-z2 button").click()
    page.wait_for_url(lambda url: "checkpoint=mnist-normal-no7-z2" in url)
    expect(opened).to_have_count(0)
    expect(page.locator(".st-key-picker button").first).to_contain_text("Without 7")
    expect(page).to_have_title("Network · mnist-normal-no7-z2 · latentlab")


@pytest.mark.parametrize("width", [853, 1024, 1280])
def test_the_picker_says_which_class_was_left_out_however_short_it_is_cut(app_server, visit, width):
    page = visit(app_server, "/network?checkpoint=mnist-normal-no7-z2", width=width)
    label = page.locator(".st-key-picker button p").first
    end = label.evaluate(
        """(label) => {
            const range = document.createRange(), about = label.lastChild;
            range.setStart(about, 0);
            range.setEnd(about, about.data.indexOf('7') + 1);
            return range.getBoundingClientRect().right;
        }"""
    )
    box = label.bounding_box()
    assert box["x"] < end < box["x"] + box["width"] - 12, "the dots are on it"


SMALL = """() => {
    const found = [], look = (root) => {
        for (const e of root.querySelectorAll('*')) {
            if (e.shadowRoot) look(e.shadowRoot);
            const own = [...e.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
            const text = own.map((node) => node.data).join(' ').trim();
            const isBelowTile = text && e.closest('.number:not(.token), .cell');
            const isRead = e.closest('figcaption') ? text : text.split(/\\s+/).length > 4;
            const isOther = e.closest('header, pre, svg, summary, button');
            const size = parseFloat(getComputedStyle(e).fontSize);
            const isCaption = isBelowTile || (isRead && !isOther);
            if (isCaption && e.getClientRects().length && size < 16) found.push(text);
        }
    };
    look(document);
    return found;
}"""


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("/", "#lab .caption"),
        ("/neighbors", "#board .tile"),
        ("/map?beside=seeds", ".st-key-map-chart"),
        ("/restore", "#restore .curve"),
        ("/anomalies?checkpoint=mnist-normal-no7-z2", ".judged figcaption"),
        ("/bottleneck", "#bottleneck .cell"),
        ("/training", ".curves figcaption"),
        ("/network", "#network .layer figcaption"),
    ],
)
def test_captions_and_sentences_can_be_read_from_the_back(app_server, visit, address, part):
    page = visit(app_server, address)
    expect(page.locator(part).first).to_be_visible()
    settle(page)
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("address", ["/neighbors", "/restore", "/anomalies", "/network"])
def test_image_inputs_are_named_in_full_at_150_percent(app_server, visit, address):
    page = visit(app_server, address, width=853, height=480)
    names = page.locator("[class*='-widget'] [role=radiogroup] p")
    expect(names).to_have_text(["Draw", "Upload", "Camera", "Pick"])
    for name in names.all():
        assert name.evaluate("(name) => name.scrollWidth <= name.clientWidth")


@pytest.mark.parametrize("width", [280, 390, 683])
def test_on_a_small_screen_the_menu_is_one_button_that_closes(app_server, visit, width):
    page = visit(app_server, "/network", width=width, height=600)
    menu = page.locator(".st-key-menu button")
    box, picker = menu.bounding_box(), page.locator(".st-key-picker button").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= picker["x"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    menu.click()
    page.locator("[data-testid=stPageLink-NavLink]", has_text="Map").click()
    page.wait_for_url(lambda url: "/map" in url)
    settle(page)
    expect(page.locator("[data-testid=stPopoverBody]")).to_have_count(0)
    page.reload()
    settle(page)
    expect(page.locator("[data-testid=stPopoverBody]")).to_have_count(0)
    expect(page.locator("[data-testid=stSidebar]")).not_to_be_visible()


def test_the_menu_marks_a_page_that_is_folded_away(app_server, visit):
    for name, weight in (("map", "400"), ("network", "600")):
        page = visit(app_server, f"/{name}", width=1024, height=768)
        folded = page.locator("[data-testid=stTopNavSection]", has_text="more").locator("p")
        expect(folded).to_have_css("font-weight", weight)


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("/", "#lab .bar"),
        ("/network", "#network .steps"),
        ("/restore", "#restore .curve"),
        ("/anomalies?checkpoint=mnist-normal-no7-z2", "#anomalies .counts"),
        ("/anomalies", "#anomalies"),
    ],
)
def test_no_page_is_wider_than_the_smallest_screen(app_server, visit, address, part):
    page = visit(app_server, address, width=280, height=653)
    page.locator(part).first.wait_for(state="attached")
    settle(page)
    assert page.locator("[data-testid=stMain]").evaluate("(e) => e.scrollWidth") <= 280
    expect(page.locator("[data-testid=stHeaderLogo]")).not_to_be_visible()


def test_the_glossary_opens_on_a_page_and_finds_a_term(app_server, visit):
    page = visit(app_server, "/network")
    page.locator(".st-key-glossary button").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Active dimension")
    dialog.get_by_label("Find a term").fill("trustworthiness")
    dialog.get_by_label("Find a term").press("Enter")
    expect(dialog).not_to_contain_text("Active dimension")
    expect(dialog).to_contain_text("Trustworthiness")


@pytest.mark.parametrize(("width", "height"), [(853, 480), (683, 512)])
@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("/neighbors", "#board .top"),
        ("/restore", "#restore .row"),
        ("/anomalies", ".judged"),
        ("/anomalies?checkpoint=mnist-normal-no7-z2", ".judged"),
        ("/bottleneck", "#bottleneck .large"),
        ("/", "#lab .map"),
        ("/training", "#training .map"),
    ],
)
def test_at_150_percent_what_a_page_is_about_is_beside_its_input(
    app_server, visit, address, part, width, height
):
    page = visit(app_server, address, width=width, height=height)
    expect(page.locator(part).first).to_be_visible()
    settle(page)
    shown = page.locator(part).first.bounding_box()
    beside = page.locator(".stVerticalBlock[class*='-widget'], .panel").first.bounding_box()
    assert shown is not None
    assert beside is not None
    assert shown["y"] < 0.65 * height
    ends = [
        (box["x"], box["x"] + box["width"])
        for box in sorted([shown, beside], key=lambda box: box["x"])
    ]
    assert ends[0][1] <= ends[1][0], "one lies below the other"
    assert ends[1][1] > 0.9 * width, "a half is empty"


@pytest.mark.parametrize("width", [390, 853, 1280])
def test_the_switches_of_an_upload_are_named_in_one_line(app_server, visit, width):
    page = visit(app_server, "/neighbors?checkpoint=digits-vae-z2", width=width)
    page.get_by_role("radio", name="Upload").click()
    drawn = io.BytesIO()
    Image.new("L", (40, 40), 255).save(drawn, "PNG")
    file = {"name": "blank.png", "mimeType": "image/png", "buffer": drawn.getvalue()}
    page.locator("input[type=file]").first.set_input_files(file)
    name = page.locator("[data-testid=stCheckbox] p").first
    expect(name).to_have_text("Invert")
    box = name.bounding_box()
    assert box is not None
    assert box["height"] < 1.6 * 17 < box["width"] + 10, "it breaks within a word"
    for way in page.get_by_role("radio", name=re.compile("Crop|Pad|Stretch")).all():
        assert way.evaluate("(way) => way.scrollWidth <= way.clientWidth")
