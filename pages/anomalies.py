"""Anomalies: what the network finds unusual, how often it is right, and where it is fooled."""

from latentlab.ui.anomalies import page
from latentlab.ui.shell import errors, picker

with errors.guard():
    page.render(picker.current())
