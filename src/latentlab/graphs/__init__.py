"""Networks from elsewhere, as ONNX graphs: read with bounds, understood, run, translated.

A graph is data, yet a hostile one could fill the memory or never end. So nothing is run before
`reading` has proven its size, its operators and, from shapes alone, what it will cost.
"""

from __future__ import annotations
