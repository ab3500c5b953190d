"""The Map page: all images as points, what lies behind each, and how far to trust the picture.

The chart is a Plotly figure that never changes while one looks at it. A component without a
face works on it: ``web/map/marks.ts`` hears clicks, lassos and keys (``keys.ts``), draws above it
(``painting.ts``) and shows images at the pointer (``tip.ts``).
"""
