"""Anomalies: what the network finds unusual, how often it is right, and where it is fooled."""

from latentlab.ui.anomalies import page
from latentlab.ui.shell import errors, picker, torch_ready

with errors.guard():
    checkpoint = picker.current("Anomalies")
    torch_ready.wait()
    page.render(checkpoint)
