"""A tuned model writes in the shadow: the same answers again, one at a time, where nobody reads them; only counts of both sides are kept.

What was shown is written and told before: it neither waits for the shadow nor fails with it. A question that comes while the machine is
busy or the shadow still writes is left out.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from nova.answers.compose.learned_form import Form
from nova.answers.work import Work
from nova.errors import NovaError
from nova.flows.training.serving import TunedGenerator, adapter_of
from nova.ports.training import Adapter, AdapterHost
from nova.store.postgres.db import Database
from nova.store.releases import Release
from nova.store.training import shadows
from nova.store.training.shadows import Counts

LOG = logging.getLogger(__name__)


class Shadows:
    """`offer` is given every answer that a model or the composer wrote, by many at once; `busy` says that the machine has enough to do.

    `form` gives the form that a run learned in, `begun` a host that is nobody else's: it is closed when nothing is in the shadow any more.
    """

    def __init__(
        self,
        in_use: Callable[[], Sequence[Release]],
        data: Path,
        begun: Callable[[], AdapterHost],
        db: Database,
        form: Callable[[str], Form],
        busy: Callable[[], bool],
    ) -> None:
        self._in_use, self._data, self._begin, self._db, self._form, self._busy = in_use, data, begun, db, form, busy
        self._one = threading.Lock()
        self._host: AdapterHost | None = None

    def offer(self, work: Work) -> None:
        """Write it again in the background, if it can be now; returns at once."""
        tried = next((one for one in self._in_use() if one.state == "trial" and not one.share), None)
        adapter = adapter_of(tried, self._data) if tried else None
        if (adapter is None and self._host is None) or (adapter is not None and self._busy()) or not self._one.acquire(blocking=False):
            return
        threading.Thread(target=self._go, args=(adapter, work), daemon=True, name="shadow").start()

    def _go(self, adapter: Adapter | None, work: Work) -> None:
        try:
            if adapter is None:
                self.close()
            else:
                self._host = self._host or self._begin()
                self._write(adapter, self._host, work)
        except NovaError as error:
            LOG.warning("nothing was written in the shadow", extra={"reason": error.message})
        finally:
            self._one.release()

    def close(self) -> None:
        """Let go of the host, if there is one; the next shadow begins another."""
        host, self._host = self._host, None
        if host is not None:
            host.close()

    def _write(self, adapter: Adapter, host: AdapterHost, work: Work) -> None:
        host.prepare(adapter)
        again = work.by(TunedGenerator(adapter, host), self._form(adapter.name))
        for _ in again.write():
            pass
        now = datetime.now(UTC)
        with self._db.transaction() as conn:
            shadows.add(conn, adapter.name, "shadow", _counts(again), now)
            shadows.add(conn, adapter.name, "shown", _counts(work), now)


def _counts(work: Work) -> Counts:
    """One answer as it is counted; nothing of what it says."""
    return Counts(1, int(bool(work.pen.generator.model)), int(work.proven), int(work.fell_back), work.seconds, work.seconds**2)
