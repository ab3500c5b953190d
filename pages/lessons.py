"""Lessons: claims about autoencoders, each tested by an experiment on the other pages."""

from latentlab.ui.lessons import page
from latentlab.ui.shell import errors, picker

with errors.guard():
    page.render(picker.current("Lessons"))
