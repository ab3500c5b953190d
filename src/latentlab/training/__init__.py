"""From a run config to a checkpoint: the loop, what watches it, and what is measured after it."""
