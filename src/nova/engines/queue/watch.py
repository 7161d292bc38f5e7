"""Leases as they stand, again and again, in; those that nobody has prolonged for so long out. By this process's own stopwatch.

The time of day is no judge of that: when it is set forward every lease looks over, and when it is set back a dead worker's never is.
"""

import threading
import time
from collections.abc import Sequence
from uuid import UUID

from nova.store.jobs import Lease


class Watch:
    """Remembers since when each lease has stood as it stands."""

    def __init__(self) -> None:
        self._seen: dict[UUID, tuple[Lease, float]] = {}
        self._lock = threading.Lock()

    def abandoned(self, leases: Sequence[Lease], seconds: float) -> list[Lease]:
        """Those that have not changed for `seconds`. `leases` are all there are now."""
        now = time.monotonic()
        with self._lock:
            before = self._seen
            self._seen = {lease.job_id: self._since(before, lease, now) for lease in leases}
            return [lease for lease, since in self._seen.values() if now - since >= seconds]

    @staticmethod
    def _since(before: dict[UUID, tuple[Lease, float]], lease: Lease, now: float) -> tuple[Lease, float]:
        known = before.get(lease.job_id)
        return known if known is not None and known[0] == lease else (lease, now)
