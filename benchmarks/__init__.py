"""Measurements of what the project claims; ``make bench`` runs them all."""
