"""Network: an image on its way through a network, layer by layer, and what was measured of it."""

from latentlab.ui.network import page
from latentlab.ui.shell import errors, picker

with errors.guard():
    page.render(picker.current("Network"))
