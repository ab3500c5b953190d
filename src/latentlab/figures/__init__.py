"""Figures: arrays in, a Plotly figure out. They draw what they are given and compute nothing."""
