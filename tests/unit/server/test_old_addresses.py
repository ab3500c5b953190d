"""Links from before a page had its present name."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from latentlab.server.old_addresses import OldAddresses


def _answer(request):
    return PlainTextResponse(f"{request.url.path}?{request.url.query}")


CLIENT = TestClient(OldAddresses(Starlette(routes=[Route("/{path:path}", _answer)])))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/overview?checkpoint=a&z=1,2", "/network?checkpoint=a&z=1,2"),
        ("/latent_plane?checkpoint=a", "/?checkpoint=a"),
        ("/explore?checkpoint=a", "/?checkpoint=a"),
        ("/class/overview", "/class/network?"),
    ],
)
def test_an_old_link_leads_to_the_page_with_all_it_says(old, new):
    found = CLIENT.get(old)
    assert [answer.status_code for answer in found.history] == [301]
    assert found.text == new


def test_other_addresses_are_left_alone():
    for address in ("/map?a=1", "/overviews?", "/?", "//evil.example/overview/x?"):
        assert CLIENT.get(address).history == []


def test_a_redirect_never_leaves_the_server():
    found = CLIENT.get("//evil.example/overview", follow_redirects=False)
    assert not found.headers.get("location", "").startswith("//")
