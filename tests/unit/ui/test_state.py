"""What a visitor chose, in the address and across pages."""

from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from latentlab.ui.shell import state


def _page() -> None:
    import streamlit as st

    from latentlab.ui.shell import state

    st.text(state.chosen_checkpoint())
    st.text(state.from_address("pin"))
    st.button("Choose", on_click=state.choose_checkpoint, args=("other",))
    st.button("Drop", on_click=state.to_address, kwargs={"pin": None})


def _shown(app: AppTest) -> list[str]:
    return [text.value for text in app.text]


def test_address_is_read_and_kept_when_a_page_change_drops_it():
    app = AppTest.from_function(_page)
    app.query_params["checkpoint"] = "mine"
    app.run()
    assert _shown(app) == ["mine", "None"]
    app.query_params.clear()
    app.run()
    assert _shown(app) == ["mine", "None"]


def test_address_wins_over_what_was_kept():
    app = AppTest.from_function(_page)
    app.query_params["checkpoint"] = "mine"
    app.run()
    app.query_params["checkpoint"] = "theirs"  # the browser went back
    app.run()
    assert _shown(app)[0] == "theirs"


def test_choosing_another_checkpoint_forgets_the_place_on_its_map():
    app = AppTest.from_function(_page)
    app.query_params.update(checkpoint="mine", pin="1,2")
    app.run()
    app.button[0].click().run()
    assert dict(app.query_params) == {"checkpoint": "other"}
    assert _shown(app) == ["other", "None"]


def test_none_removes_a_value_from_the_address_and_from_memory():
    app = AppTest.from_function(_page)
    app.query_params.update(checkpoint="mine", pin="1,2")
    app.run()
    app.button[1].click().run()
    assert dict(app.query_params) == {"checkpoint": "mine"}
    assert _shown(app) == ["mine", "None"]


def test_values_of_the_address_are_bounded():
    app = AppTest.from_function(_page)
    app.query_params["pin"] = "9" * 10_000
    app.run()
    assert len(_shown(app)[1]) == state.MAX_ADDRESS_VALUE


def test_recall_ignores_a_value_of_another_type():
    def page() -> None:
        import streamlit as st

        from latentlab.ui.shell import state

        state.remember("tiles", "many")
        st.text(state.recall("tiles", 20))
        state.remember("tiles", 30)
        st.text(state.recall("tiles", 20))

    assert _shown(AppTest.from_function(page).run()) == ["20", "30"]


@pytest.mark.parametrize(("address", "there"), [(None, True), ("192.168.1.20", False)])
def test_who_sits_at_the_machine_is_known_by_the_address(monkeypatch, address, there):
    monkeypatch.setattr(st, "context", SimpleNamespace(ip_address=address))
    assert state.is_at_the_machine() is there


def test_a_widget_follows_the_address_only_when_that_changes():
    def page() -> None:
        import streamlit as st

        from latentlab.ui.shell import state

        state.follow_address("color", "widget", ("class", "error"), "class")
        state.to_address(color=st.selectbox("Color", ("class", "error"), key="widget"))

    app = AppTest.from_function(page)
    app.query_params["color"] = "nonsense"
    app.run()
    assert app.selectbox[0].value == app.query_params["color"] == "class"
    app.selectbox[0].select("error").run()
    assert app.query_params["color"] == "error"
    app.query_params["color"] = "class"
    app.run()
    assert app.selectbox[0].value == "class"


def test_a_widget_that_is_moved_fast_outruns_the_address():
    def page() -> None:
        import streamlit as st

        from latentlab.ui.shell import state

        angles = ("0", "15", "30")
        state.follow_address("angle", "widget", angles, "0")
        state.to_address(angle=st.selectbox("Angle", angles, key="widget"))

    app = AppTest.from_function(page).run()
    app.selectbox[0].select("15").run()
    app.query_params["angle"] = "0"  # what the browser knew when the widget was moved again
    app.selectbox[0].select("30").run()
    assert app.selectbox[0].value == app.query_params["angle"] == "30"


def test_a_component_that_speaks_fast_outruns_the_address(monkeypatch):
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "query_params", _Address({"size": "2"}, lambda _: None))
    assert state.latest("size", None) == "2"
    assert state.latest("size", "8") == "8"
    st.query_params["size"] = "4"  # the visitor went back
    assert state.latest("size", "8") == "4"
    st.query_params["size"] = "8"  # what the browser knew when the component spoke again
    assert state.latest("size", "16") == "16"


def test_the_browser_hears_of_many_values_once(monkeypatch):
    sent = []
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "query_params", _Address({"a": "1", "gone": "x"}, sent.append))
    state.to_address(a="1", b="2", c="3", gone=None)
    assert sent == [{"a": "1", "b": "2", "c": "3"}]


class _Address(dict):
    def __init__(self, values, from_dict):
        super().__init__(values)
        self.from_dict = from_dict
