"""Neighbors: the images nearest to an image, in latent space, in pixel space and in PCA."""

from latentlab.ui.neighbors import page
from latentlab.ui.shell import errors, picker, torch_ready

with errors.guard():
    checkpoint = picker.current("Neighbors")
    torch_ready.wait()
    page.render(checkpoint)
