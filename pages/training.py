"""Training: watch a network learn, live or stage by stage, with a latent space that decodes."""

from latentlab.ui.shell import errors, picker
from latentlab.ui.training import page

with errors.guard():
    page.render(picker.current("Training"))
