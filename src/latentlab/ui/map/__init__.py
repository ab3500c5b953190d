"""The Map page: all images as points, what lies behind each, and how far to trust the picture.

The chart is a Plotly figure that never changes while one looks at it. Two components without any
look of their own work on it: ``js/hover.js`` shows images at the pointer, ``js/marks.js`` hears
clicks, lassos and keys (``js/keys.js``) and draws above it.
"""
