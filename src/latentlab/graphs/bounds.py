"""How large a network from elsewhere may be; every bound is checked before anything is run."""

from __future__ import annotations

# Of a file. It is read into memory as a whole.
MAX_BYTES = 128 * 2**20
# Of operators, after those that the outputs do not need.
MOST_STEPS = 2000
# Values of one tensor, and of all that one image leaves behind: 64 MB and 512 MB as float32.
MOST_VALUES = 2**24
MOST_IN_ALL = 2**27
# Multiplications for one image: about a second of one core.
MOST_WORK = 20e9
# What shapes are computed from; nothing larger is computed while a graph is read.
MOST_FOLDED = 2**20
OLDEST_OPSET = 9
# Seconds that one call may take.
LONGEST = 60.0
