"""Orders of programs in, runs of pipelines and deliveries to engines queued: each order once, however often it is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from nova.errors import Conflict, NotAllowed
from nova.flows.kinds import ENGINES, SEED
from nova.flows.once import once
from nova.flows.seeding.desk import title_of
from nova.flows.seeding.engines import Engines, delivery_title
from nova.flows.seeding.running import Seeding
from nova.ports import Audit
from nova.ports.jobs import Jobs, Kind
from nova.records import Caller

HOOK = Caller("service", external_id="hook")
"""Who orders runs in the log: whoever has the hook's secret."""
Fingerprint = Callable[[str, str], bytes]


@dataclass(frozen=True, slots=True)
class Order:
    """Which pipeline is to run, or which engine is to be delivered to; what the sender calls the execution that asks, and why."""

    target: str
    execution: str
    reason: str


@dataclass(frozen=True, slots=True)
class Wish:
    """The job that an order becomes, and how that is noted."""

    kind: Kind
    title: str
    args: dict[str, Any]
    about: str


@dataclass(frozen=True, slots=True)
class RunOrders:
    """Where programs order runs and deliveries. `fingerprint` is the HMAC by which a delivery is known again."""

    seeding: Seeding
    engines: Engines
    jobs: Jobs
    audit: Audit
    fingerprint: Fingerprint

    def take(self, order: Order, nonce: str, body: str) -> dict[str, Any]:
        """Queue a run, or give the one that waits or runs; `job_id`, whether it is `new`, whether the order came before (`duplicate`).

        NotFound for no pipeline, InvalidInput for a faulty one, NotAllowed for one that reads raw data: that takes somebody who answers for
        it. Conflict for a nonce that came with another body.
        """
        pipeline = self.seeding.pipeline(order.target)
        if pipeline.raw_reason is not None:
            raise NotAllowed("Diese Pipeline liest Rohdaten; sie lässt sich nicht bestellen, ein Mensch muss sie verantworten.")
        args = {"pipeline": pipeline.name, "by": HOOK.token, "reason": f"{order.execution}: {order.reason}".removesuffix(": ")}
        wish = Wish(SEED, title_of(pipeline.name), args, f"pipeline:{pipeline.name}")
        return self._taken(wish, order, nonce, body)

    def deliver(self, order: Order, nonce: str, body: str) -> dict[str, Any]:
        """Queue a delivery of the live version of an engine's dataset, also of one that was not kept; as `take`.

        NotFound for no engine, Conflict for one without a dataset, or for a nonce that came with another body.
        """
        spec = self.engines.registry().one(order.target)
        if spec.dataset is None:
            raise Conflict("Zu dieser Engine nennt die Liste keinen Datensatz.")
        wish = Wish(ENGINES, delivery_title(spec.name), {"engine": spec.name, "by": HOOK.token}, f"engine:{spec.name}")
        return self._taken(wish, order, nonce, body)

    def _taken(self, wish: Wish, order: Order, nonce: str, body: str) -> dict[str, Any]:
        claim = self.fingerprint("nonce", nonce).hex(), self.fingerprint("delivery", body)
        return self.seeding.db.retry(lambda conn: once(conn, *claim, lambda: self._queued(conn, wish, order)))

    def _queued(self, conn: Connection[Any], wish: Wish, order: Order) -> dict[str, Any]:
        started = self.jobs.start_once(wish.kind, wish.args, title=wish.title, counts=lambda job: job.title == wish.title, connection=conn)
        facts = {"job": started.job_id, "execution": order.execution, "new": started.new}
        if wish.kind is SEED:
            self.audit.record(HOOK, "seeding.order", wish.about, facts, connection=conn)
        else:
            self.audit.record(HOOK, "engines.deliver", wish.about, facts, connection=conn)
        return {"job_id": str(started.job_id), "new": started.new}
