"""latentlab: show a class, live, what an autoencoder has learned.

Importing the package is cheap: it loads neither torch nor Streamlit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from latentlab.recording import record

__all__ = ["__version__", "record"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load ``record`` when it is first asked for."""
    if name != "record":
        raise AttributeError(f"module 'latentlab' has no attribute '{name}'")
    from latentlab.recording import record

    return record
