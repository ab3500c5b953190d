"""Map: every image is a point; what lies behind each, and how far to trust the picture."""

import streamlit as st

from latentlab.ui.map import page
from latentlab.ui.shell import download_panel, errors, picker, theme, torch_ready

with errors.guard():
    checkpoint = picker.current("Map")
    look = theme.current()
    download_panel.panel(checkpoint)
    shown, color = page.controls(checkpoint)
    picture, beside = st.columns([7, 5], gap="medium")
    with picture:
        page.chart(checkpoint, shown, color, look)
    with beside:
        page.side(checkpoint, shown, look)
    torch_ready.first_picture_sent()
