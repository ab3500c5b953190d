"""What every page shares: the frame, the checkpoint picker, state, caches, errors, downloads."""
