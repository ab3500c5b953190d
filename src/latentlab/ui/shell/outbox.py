"""Large messages that the scripts of a page fetch from the server by their own address.

Whatever is put on a page, Streamlit serializes, hashes and frames anew for each visitor. Of the
messages that are the same for all (the original images, the networks), that is work done thirty
times over when a class opens a page. So the page is told an address, under which the bytes wait:
they are hashed once, sent as they are, and kept by the browser.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from hashlib import sha256

PATH = "messages"
"""Below the app's own address; ``web/lib/carrier.ts`` knows it too."""

MOST_BYTES = 512 * 2**20


class Outbox:
    """Messages by the SHA-256 of their bytes; of too many, those offered longest ago go.

    Parameters
    ----------
    most_bytes : int
        How much to keep; the message that was offered last is kept however large it is.

    Examples
    --------
    >>> outbox = Outbox()
    >>> outbox.get(outbox.offer(b"seven"))
    b'seven'
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self._lock = threading.Lock()
        # By identity: to hash ten megabytes for each visitor is what this is here to avoid.
        self._offered: OrderedDict[int, tuple[str, bytes]] = OrderedDict()
        self._named: dict[str, bytes] = {}

    def offer(self, message: bytes) -> str:
        """Keep a message for whoever asks for it.

        Parameters
        ----------
        message : bytes
            The same object each time, or it is hashed again.

        Returns
        -------
        str
            Its name: 64 hexadecimal digits.
        """
        with self._lock:
            known = self._offered.get(id(message))
            if known is not None:
                self._offered.move_to_end(id(message))
                return known[0]
        name = sha256(message).hexdigest()
        with self._lock:
            self._offered[id(message)] = (name, message)
            self._named[name] = message
            while len(self._offered) > 1 and self._bytes() > self.most_bytes:
                _, (gone, _) = self._offered.popitem(last=False)
                if all(kept != gone for kept, _ in self._offered.values()):
                    del self._named[gone]
        return name

    def get(self, name: str) -> bytes | None:
        """Return the message of a name, or None if there is none."""
        return self._named.get(name)

    def _bytes(self) -> int:
        return sum(len(message) for _, message in self._offered.values())


OUTBOX = Outbox()
