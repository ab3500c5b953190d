"""latentlab: show a class, live, what an autoencoder has learned.

Importing the package is cheap: it loads neither torch nor Streamlit.
"""

from __future__ import annotations

__version__ = "0.1.0"
