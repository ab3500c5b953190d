"""Neighbors: bring an image in and see what the network holds for alike."""

from latentlab.ui import net, picker
from latentlab.ui.neighbors import page

with net.guard():
    page.render(picker.current())
