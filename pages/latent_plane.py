"""Explore: the map of the latent space; wherever the pointer is, the decoded image follows."""

from latentlab.ui import explore, net, picker

with net.guard():
    explore.render(picker.current())
