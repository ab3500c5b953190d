"""The Bottleneck page in a real browser: the dial, the row, an image of one's own, a link."""

from playwright.sync_api import Page, expect


def figures(page: Page) -> list[str]:
    """What stands under the large pictures."""
    return page.locator("#bottleneck .large figcaption").all_inner_texts()


def test_one_image_is_walked_through_every_size(app_server, visit):
    page = visit(app_server, "/bottleneck?checkpoint=bottleneck-digits-vae-z4")
    page.wait_for_selector("#bottleneck .grid canvas")
    board = page.locator("#bottleneck")
    dial = board.get_by_role("slider", name="Latent dimensions, z")
    expect(board.locator(".large .name").nth(1)).to_have_text("Reconstruction, z = 4")
    expect(board.locator(".grid canvas")).to_have_count(21)  # seven sizes of three rows
    expect(page.get_by_text("Not worse than the best")).to_be_visible()

    dial.focus()
    dial.press("ArrowRight")
    expect(board.locator(".large .name").nth(1)).to_have_text("Reconstruction, z = 8")
    page.wait_for_url("**size=8**")
    board.get_by_role("button", name="z = 64").click()
    expect(board.locator("output")).to_have_text("z = 64")
    page.wait_for_url("**size=64**")
    expect(board.locator("output")).to_have_text("z = 64")  # the answer changes nothing

    before = board.locator(".grid canvas").last.evaluate("canvas => canvas.toDataURL()")
    board.get_by_role("button", name="Sample again").click()
    page.wait_for_function(
        """before => {
            const host = [...document.querySelectorAll('*')].find(
                (each) => each.shadowRoot?.querySelector('#bottleneck'));
            const tiles = host.shadowRoot.querySelectorAll('.grid canvas');
            return tiles[tiles.length - 1].toDataURL() !== before;
        }""",
        arg=before,
    )
    page.wait_for_url("**samples=1**")

    page.get_by_role("button", name="Out-of-set images").click()
    page.get_by_role("button", name="Pure noise").click()
    expect(board.locator(".large .quiet").first).to_contain_text("pure noise")
    expect(board.locator(".said")).to_contain_text("Predicted anomalous at every z")

    same = visit(app_server, page.url.removeprefix(app_server.url))
    same.wait_for_selector("#bottleneck .grid canvas")
    expect(same.locator("#bottleneck output")).to_have_text("z = 64")
    assert same.locator("#bottleneck .grid canvas").last.evaluate(
        "canvas => canvas.toDataURL()"
    ) == board.locator(".grid canvas").last.evaluate("canvas => canvas.toDataURL()")


def test_the_whole_row_stands_above_a_projector_s_fold(app_server, visit):
    page = visit(app_server, "/bottleneck?checkpoint=bottleneck-digits-vae-z4")
    page.set_viewport_size({"width": 1280, "height": 720})
    page.wait_for_selector("#bottleneck .grid canvas")
    expect(page.locator("#bottleneck .grid .cell").last).to_be_in_viewport(ratio=1)
    expect(page.locator("#bottleneck .grid canvas").last).to_be_in_viewport(ratio=1)


def test_a_term_explains_itself_by_key_by_touch_and_by_mouse(app_server, visit):
    page = visit(app_server, "/bottleneck?checkpoint=bottleneck-digits-vae-z4", has_touch=True)
    page.wait_for_selector("#bottleneck .grid canvas")
    term = page.locator("#bottleneck .grid").get_by_role("button", name="PCA", exact=True)
    meaning = page.locator("#bottleneck .meaning").filter(has_text="Principal component analysis")
    expect(meaning).to_be_hidden()
    for open_it in (lambda: term.press("Enter"), term.tap, term.hover):
        open_it()
        expect(meaning).to_be_visible()
        box, size = meaning.bounding_box(), page.viewport_size
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= size["width"]
        assert box["y"] + box["height"] <= size["height"]
        page.keyboard.press("Escape")
        expect(meaning).to_be_hidden()
