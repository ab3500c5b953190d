"""``python -m latentlab`` is ``latentlab``."""

from latentlab.cli import main

main()
