"""The shelf in, how much is stored out; asked anew at most every few seconds, however many look."""

import threading
import time
from collections.abc import Mapping

from nova.knowledge import items
from nova.knowledge.items import Shelf

FRESH_SECONDS = 3.0


class Stored:
    """Counts of documents, passages and index changes that wait."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._lock = threading.Lock()
        self._counts: Mapping[str, int] = {}
        self._until = 0.0

    def counts(self) -> Mapping[str, int]:
        """`items`, `chunks`, `sections`, `bytes_total`, `pages_total`, `outbox`; a few seconds old at most."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._counts = items.overview(self._shelf)
                self._until = time.monotonic() + FRESH_SECONDS
            return self._counts
