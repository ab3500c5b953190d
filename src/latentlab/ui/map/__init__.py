"""The Map page: all images as points, what lies behind each, and how far to trust the picture.

The chart is a Plotly figure that never changes while one looks at it. Two components without any
look of their own work on it: ``web/map/hover.ts`` shows images at the pointer,
``marks.ts`` hears clicks, lassos and keys (``keys.ts``) and draws above it.
"""
