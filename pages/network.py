"""Network: a network that was trained before, in words, pictures and figures."""

from latentlab.ui.network import page
from latentlab.ui.shell import picker

page.render(picker.current("Network", heading=False))
