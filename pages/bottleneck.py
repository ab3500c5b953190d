"""Bottleneck: one image through latents of every size, and what each size is good for."""

from latentlab.ui.bottleneck import page
from latentlab.ui.shell import errors, picker

with errors.guard():
    checkpoint = picker.current("Bottleneck")
    page.render(checkpoint)
