"""Explore: the map of the latent space; wherever the pointer is, the decoded image follows."""

from latentlab.ui.explore import page
from latentlab.ui.shell import errors, picker, torch_ready

with errors.guard():
    checkpoint = picker.current("Explore")
    page.render(checkpoint)
    torch_ready.first_picture_sent()
