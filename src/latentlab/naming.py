"""Names of files made from names that people gave."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LONGEST = 40  # letters


def portable(name: str) -> str:
    """Spell a name with what every file system takes; a short sum stands for what is lost.

    Parameters
    ----------
    name : str

    Returns
    -------
    str
        ASCII letters, digits, "-", "_" and "."; at most `LONGEST` of them, and a sum of 6.

    Examples
    --------
    >>> portable("my caf\u00e9")
    'my-cafe'
    """
    letters = unicodedata.normalize("NFKD", name)
    plain = re.sub(r"[^a-z0-9_.]+", "-", letters.encode("ascii", "ignore").decode(), flags=re.I)
    is_lost = any(letter.isalnum() and not letter.isascii() for letter in letters)
    if is_lost or len(plain) > LONGEST:
        own = hashlib.sha256(unicodedata.normalize("NFC", name).encode()).hexdigest()[:6]
        plain = f"{plain[:LONGEST].rstrip('-')}-{own}"
    return plain.strip("-")
