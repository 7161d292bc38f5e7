"""Orders of programs in, runs of pipelines queued: each order once, however often it is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from nova.errors import NotAllowed
from nova.flows.kinds import SEED
from nova.flows.once import once
from nova.flows.seeding.desk import title_of
from nova.flows.seeding.running import Seeding
from nova.ports import Audit
from nova.ports.jobs import Jobs
from nova.records import Caller

HOOK = Caller("service", external_id="hook")
"""Who orders runs in the log: whoever has the hook's secret."""
Fingerprint = Callable[[str, str], bytes]


@dataclass(frozen=True, slots=True)
class Order:
    """Which pipeline is to run, what the sender calls the execution that asks, and why."""

    pipeline: str
    execution: str
    reason: str


@dataclass(frozen=True, slots=True)
class RunOrders:
    """Where programs order runs. `fingerprint` is the HMAC by which a delivery is known again."""

    seeding: Seeding
    jobs: Jobs
    audit: Audit
    fingerprint: Fingerprint

    def take(self, order: Order, nonce: str, body: str) -> dict[str, Any]:
        """Queue a run, or give the one that waits or runs; `job_id`, whether it is `new`, whether the order came before (`duplicate`).

        NotFound for no pipeline, InvalidInput for a faulty one, NotAllowed for one that reads raw data: that takes somebody who answers for
        it. Conflict for a nonce that came with another body.
        """
        pipeline = self.seeding.pipeline(order.pipeline)
        if pipeline.raw_reason is not None:
            raise NotAllowed("Diese Pipeline liest Rohdaten; sie lässt sich nicht bestellen, ein Mensch muss sie verantworten.")
        claim = self.fingerprint("nonce", nonce).hex(), self.fingerprint("delivery", body)
        return self.seeding.db.retry(lambda conn: self._take(conn, pipeline.name, order, claim))

    def _take(self, conn: Connection[Any], name: str, order: Order, claim: tuple[str, bytes]) -> dict[str, Any]:
        return once(conn, *claim, lambda: self._queued(conn, name, order))

    def _queued(self, conn: Connection[Any], name: str, order: Order) -> dict[str, Any]:
        title = title_of(name)
        args = {"pipeline": name, "by": HOOK.token, "reason": f"{order.execution}: {order.reason}".removesuffix(": ")}
        started = self.jobs.start_once(SEED, args, title=title, counts=lambda job: job.title == title, connection=conn)
        facts = {"job": started.job_id, "execution": order.execution, "new": started.new}
        self.audit.record(HOOK, "seeding.order", f"pipeline:{name}", facts, connection=conn)
        return {"job_id": str(started.job_id), "new": started.new}
