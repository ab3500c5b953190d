"""The app as a visitor meets it: a real server, a real browser, and nothing may go wrong unseen.

``app_server`` serves the shipped checkpoints to a whole test session; ``page`` is a fresh visitor
on it. A test fails on any console error, page error, failed request or request that leaves this
machine, whether or not it looked for one.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from serving import ARGUMENTS, Server, find_browser, serve, settle

PATIENCE = 60_000  # milliseconds: a busy machine is no failure
expect.set_options(timeout=PATIENCE / 2)


@dataclass
class Watch:
    """What a page did that it should not have."""

    url: str
    problems: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"page error: {error}"))
        page.on("requestfailed", self._failed)
        page.on("request", self._request)

    def _console(self, message: object) -> None:
        if message.type == "error":  # type: ignore[attr-defined]
            where = message.location.get("url", "")  # type: ignore[attr-defined]
            self.problems.append(f"console: {message.text} {where}")  # type: ignore[attr-defined]

    def _failed(self, request: object) -> None:
        url = request.url  # type: ignore[attr-defined]
        # Leaving a page cancels what it was still loading.
        if not url.startswith("blob:") and "ERR_ABORTED" not in str(request.failure):  # type: ignore[attr-defined]
            self.problems.append(f"failed request: {url}")

    def _request(self, request: object) -> None:
        url = request.url  # type: ignore[attr-defined]
        if re.match(r"(http|ws)s?:", url) and not url.split("://")[1].startswith(
            self.url.split("://")[1]
        ):
            self.problems.append(f"request left this machine: {url}")


@pytest.fixture(scope="session")
def app_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app with the shipped checkpoints, for the whole session."""
    with serve(tmp_path_factory.mktemp("server") / "server.log") as server:
        yield server
        assert "Traceback" not in server.output(), server.output()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole session."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(
    browser: Browser, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[..., Page]]:
    """Open pages of any server as a fresh visitor: ``visit(server, "/network", width=390)``."""
    watches, contexts = [], []

    def open_page(
        server: Server,
        address: str = "/",
        *,
        width: int = 1280,
        height: int = 720,
        **context: object,
    ) -> Page:
        visitor = browser.new_context(viewport={"width": width, "height": height}, **context)  # type: ignore[arg-type]
        contexts.append(visitor)
        visitor.set_default_timeout(PATIENCE)
        page = visitor.new_page()
        watch = Watch(server.url)
        watch.follow(page)
        watches.append(watch)
        page.goto(server.url + address)
        settle(page)
        return page

    yield open_page
    failed = request.node.stash.get(FAILED, False)
    problems = [problem for watch in watches for problem in watch.problems]
    for number, context in enumerate(contexts):
        if failed or problems:
            for page in context.pages:
                page.screenshot(path=tmp_path / f"failed-{number}.png")
        context.close()
    assert not problems, "\n".join(problems)


@pytest.fixture
def take_phone(browser: Browser, app_server: Server) -> Iterator[Callable[..., Page]]:
    """Open the phones' page as another visitor; nothing may go wrong unseen there either."""
    watch, contexts = Watch(app_server.url), []

    def take(address: str, width: int, height: int, scheme: str) -> Page:
        viewport = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, has_touch=True, color_scheme=scheme)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        watch.follow(page)
        page.goto(app_server.url + address)
        return page

    yield take
    for context in contexts:
        context.close()
    assert not watch.problems, "\n".join(watch.problems)


@pytest.fixture
def page(app_server: Server, visit: Callable[..., Page]) -> Page:
    """A fresh visitor on the first page of the shared server."""
    return visit(app_server)


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Let fixtures know whether their test failed."""
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)
