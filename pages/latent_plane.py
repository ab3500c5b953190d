"""Explore: the map of the latent space; wherever the pointer is, the decoded image follows."""

from latentlab.ui import engine, explore, net, picker

with net.guard():
    checkpoint = picker.current()
    engine.wait()
    explore.render(checkpoint)
