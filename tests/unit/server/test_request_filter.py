"""What a browser may ask for: its own screen and nothing else."""

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from latentlab.server import request_filter

KINDS = [field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields]


def _message(kind: str) -> BackMsg:
    message, value = BackMsg(), BackMsg.DESCRIPTOR.fields_by_name[kind]
    if value.message_type is None:
        setattr(message, kind, True)
    else:
        getattr(message, kind).SetInParent()
    return message


@pytest.mark.parametrize("kind", KINDS)
def test_only_ones_own_screen_can_be_asked_for(kind):
    assert request_filter.is_own(_message(kind).SerializeToString()) is (kind in request_filter.OWN)


def test_a_download_may_be_asked_for_but_no_file_be_written():
    message = BackMsg()
    message.backend_operation_request.deferred_file.file_id = "mine"
    assert request_filter.is_own(message.SerializeToString())
    message.backend_operation_request.install_skills.SetInParent()
    assert not request_filter.is_own(message.SerializeToString())


def test_of_two_kinds_in_one_message_the_last_counts_as_it_does_in_streamlit():
    both = (
        _message("rerun_script").SerializeToString() + _message("clear_cache").SerializeToString()
    )
    assert not request_filter.is_own(both)


def test_text_is_dropped_and_nonsense_left_to_streamlit():
    assert not request_filter.is_own(None)
    assert request_filter.is_own(b"\xff\xff")


def test_what_is_dropped_never_arrives():
    sent = [_message("clear_cache"), _message("app_heartbeat")]
    queue = [{"type": "websocket.connect"}, {"type": "websocket.receive", "text": "hello"}]
    queue += [{"type": "websocket.receive", "bytes": each.SerializeToString()} for each in sent]
    queue.append({"type": "websocket.disconnect"})
    waiting, arrived = iter(queue), []

    async def receive() -> dict[str, object]:
        return next(waiting)

    async def app(scope: object, receive_own: object, send: object) -> None:
        while not arrived or arrived[-1]["type"] != "websocket.disconnect":
            arrived.append(await receive_own())

    asyncio.run(request_filter.OwnScreenOnly(app)({"type": "websocket"}, receive, None))
    assert arrived == [queue[0], queue[3], queue[4]]
