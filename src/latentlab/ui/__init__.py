"""What pages are made of: the frame, the checkpoint picker, state, caches and themes.

A page asks this package for everything; it never opens a checkpoint or an image set itself.
"""
