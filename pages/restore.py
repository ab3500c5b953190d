"""Restore: a picture, the damage done to it, what networks make of it, and what a filter makes."""

from latentlab.ui import engine, net, picker
from latentlab.ui.restore import page

with net.guard():
    checkpoint = picker.current(needs_latent=False)
    engine.wait()
    page.render(checkpoint)
