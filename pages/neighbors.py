"""Neighbors: bring an image in and see what the network holds for alike."""

from latentlab.ui.neighbors import page
from latentlab.ui.shell import errors, picker, torch_ready

with errors.guard():
    checkpoint = picker.current("Neighbors")
    torch_ready.wait()
    page.render(checkpoint)
