"""The Neighbors page: an image, what the network makes of it, and what lies near it.

``spaces.py`` searches, ``answer.py`` puts an answer together, ``board.py`` shows it.
"""
