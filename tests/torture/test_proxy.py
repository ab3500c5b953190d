"""The app behind nginx and Caddy, with the very lines that ``docs/serving.md`` gives.

Each is skipped where the program is not installed (``apt-get install nginx caddy``).
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright
from serving import ARGUMENTS, HOME, Server, find_browser, free_port, serve, settle

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
HOST = "lab.school.org"
PROGRAMS = ("nginx", "caddy")
REFUSED = re.compile(r"latentlab refused a page of https?://lab\.school\.org:\d+ that asked for")

NGINX = """\
daemon off; pid {folder}/nginx.pid; error_log stderr warn; {user}
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port} ssl;
        server_name {host};
        ssl_certificate {folder}/own.crt; ssl_certificate_key {folder}/own.key;
{block}
    }}
}}
"""
CADDY = """\
{{
    admin off
    skip_install_trust
    storage file_system {folder}/storage
    auto_https disable_redirects
    log {{
        level WARN
    }}
}}
{block}
"""


def documented(language: str) -> str:
    """Return the lines that the documentation gives for one of the programs."""
    text = (HOME / "docs" / "serving.md").read_text(encoding="utf-8")
    start = {"nginx": r"location /", "caddy": r"lab\.school\.org \{"}[language]
    found = re.search(rf"```\n({start}.*?)```", text, re.DOTALL)
    assert found, f"docs/serving.md says nothing for {language}"
    return found[1]


def lines(program: str, upstream: int, port: int, *, rewrites: bool) -> str:
    """Return them for these ports; or with a Host of the proxy's own, as somebody would forget."""
    block = documented(program).replace("127.0.0.1:8501", f"127.0.0.1:{upstream}")
    if program == "nginx":
        return re.sub(r".*proxy_set_header Host.*\n", "", block) if rewrites else block
    kept = " {\n        header_up Host {upstream_hostport}\n    }" if rewrites else ""
    block = block.replace(f"127.0.0.1:{upstream}", f"127.0.0.1:{upstream}{kept}")
    return block.replace(f"{HOST} {{", f"https://{HOST}:{port} {{\n    tls internal", 1)


@contextmanager
def proxied(
    program: str, upstream: int, folder: Path, *, rewrites: bool = False, port: int = 0
) -> Iterator[str]:
    """Start a proxy before the app; yield the address that visitors type."""
    path = shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin")
    if path is None:
        pytest.skip(f"{program} is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    port, config = port or free_port(), folder / "proxy.conf"
    block = lines(program, upstream, port, rewrites=rewrites)
    if program == "nginx":
        user = "user root root;" if os.name == "posix" and os.geteuid() == 0 else ""
        certificate(folder)
        fields = {"folder": folder, "user": user, "port": port, "host": HOST, "block": block}
        config.write_text(NGINX.format(**fields), encoding="utf-8")
        command = [path, "-p", str(folder), "-c", str(config)]
    else:
        config.write_text(CADDY.format(folder=folder, block=block), encoding="utf-8")
        command = [path, "run", "--adapter", "caddyfile", "--config", str(config)]
    with (folder / "proxy.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, cwd=folder)
    try:
        wait_for(port, process, folder / "proxy.log")
        yield f"https://{HOST}:{port}"
    finally:
        process.terminate()
        process.wait(20)


def certificate(folder: Path) -> None:
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    made += ["-subj", f"/CN={HOST}", "-keyout", f"{folder}/own.key", "-out", f"{folder}/own.crt"]
    subprocess.run(made, check=True, capture_output=True)


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the proxy speaks TLS: Caddy takes its port before it has made its certificate."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        try:
            with (
                socket.create_connection(("127.0.0.1", port), timeout=5) as plain,
                context.wrap_socket(plain, server_hostname=HOST),
            ):
                return
        except OSError:  # not there yet, or without a certificate yet (ssl.SSLError is one)
            time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8", errors="replace"))


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("checkpoints")
    shutil.copytree(HOME / "checkpoints" / "digits-vae-z2", folder / "digits-vae-z2")
    return folder


@pytest.fixture(scope="module")
def app(tmp_path_factory, root) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("app") / "server.log"
    with serve(log, "--server.allowedHosts", HOST, checkpoints=root) as server:
        yield server


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for which the school's name is this machine."""
    rules = f"--host-resolver-rules=MAP {HOST} 127.0.0.1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=[*ARGUMENTS, rules]
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(ignore_https_errors=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_page_loads_and_answers_and_takes_nineteen_megabytes(program, app, page, tmp_path):
    picture = tmp_path / "large.bmp"
    ramp = np.add.outer(np.arange(2520), np.arange(2520)).astype(np.uint8)
    Image.fromarray(np.stack([ramp] * 3, axis=-1)).save(picture)
    assert 19_000_000 < picture.stat().st_size < 20_000_000
    with proxied(program, app.port, tmp_path / "proxy") as address:
        page.goto(f"{address}/neighbors")
        settle(page)  # what is drawn came by the websocket
        page.get_by_text("Upload", exact=True).click()
        page.locator("input[type=file]").set_input_files(str(picture))
        expect(page.get_by_text("large.bmp")).to_be_visible()
        expect(page.get_by_text("Fit to the network input")).to_be_visible(timeout=60_000)
        expect(page.locator("[data-testid=stAlert]")).to_have_count(0)
        page.goto(f"{address}/check")
        expect(page.get_by_text("latentlab can be used at this address")).to_be_visible()
    assert not REFUSED.search(app.output())


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_rewritten_host_is_told_on_the_page_and_in_the_log(program, root, page, tmp_path):
    with serve(tmp_path / "server.log", checkpoints=root) as server:
        with proxied(program, server.port, tmp_path / "proxy", rewrites=True) as address:
            for path in ("/", "/check"):
                page.goto(address + path)
                expect(page.get_by_text(REFUSED)).to_be_visible()
                said = page.locator("body").inner_text()
                assert f"--server.corsAllowedOrigins={address}" in said
            page.wait_for_timeout(3_000)  # the page may try again: nothing is said twice
        told = [line for line in server.output().splitlines() if "latentlab refused" in line]
        assert len(told) == 1
        assert f"--server.corsAllowedOrigins={address}" in told[0]


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_option_that_the_sentence_names_helps(program, root, page, tmp_path):
    port = free_port()
    option = f"--server.corsAllowedOrigins=https://{HOST}:{port}"
    with (
        serve(tmp_path / "server.log", option, checkpoints=root) as server,
        proxied(program, server.port, tmp_path / "proxy", rewrites=True, port=port) as address,
    ):
        page.goto(address)
        settle(page)
    assert not REFUSED.search(server.output())
