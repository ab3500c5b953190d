"""Restore: a picture, the damage done to it, what networks make of it, and what a filter makes."""

from latentlab.ui import net, picker
from latentlab.ui.restore import page

with net.guard():
    page.render(picker.current(needs_latent=False))
