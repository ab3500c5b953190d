"""Anomalies: what the network finds unusual, how often it is right, and where it is fooled."""

from latentlab.ui import net, picker
from latentlab.ui.anomaly import page

with net.guard():
    page.render(picker.current())
