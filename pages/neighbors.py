"""Neighbors: bring an image in and see what the network holds for alike."""

from latentlab.ui import engine, net, picker
from latentlab.ui.neighbors import page

with net.guard():
    checkpoint = picker.current()
    engine.wait()
    page.render(checkpoint)
