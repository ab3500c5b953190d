"""Restore: a picture, its degradation, what networks make of it, and what a filter makes."""

from latentlab.ui.restore import page
from latentlab.ui.shell import errors, picker, torch_ready

with errors.guard():
    checkpoint = picker.current("Restore")
    torch_ready.wait()
    page.render(checkpoint)
