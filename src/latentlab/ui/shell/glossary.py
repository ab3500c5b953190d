"""The glossary behind "?" on every page."""

from __future__ import annotations

import streamlit as st

from latentlab.wording import glossary


@st.fragment
def button() -> None:
    """Draw the button in the top bar that opens the glossary."""
    with st.container(key="glossary"):
        if st.button("?", key="open-glossary", help="Glossary: the terms on the screen"):
            _dialog()


@st.dialog("Glossary", width="large")
def _dialog() -> None:
    wanted = st.text_input("Find a term", placeholder="KL divergence", key="glossary-term")
    found = glossary.matching(wanted)
    if not found:
        st.caption("The glossary has no such term.")
    st.markdown(glossary.as_markdown(found))
