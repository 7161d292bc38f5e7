"""Hours in which somebody who was erased had a part in; figures and what was learned anew out, as if they had never been here.

What Nova learns is a function of rows. So nothing is subtracted: it is computed again from the rows that are left.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from nova.jobs.kind import JobKind
from nova.knowledge.index import Rebuild, rebuild
from nova.kpi.kinds import RELEARN
from nova.kpi.learn.forget import relearn
from nova.language.analyser import Analyser
from nova.ports.jobs import JobContext, JobHandler
from nova.store import learning, outbox
from nova.store.db import Database
from nova.wiring import Nova
from nova.wiring.alarms import measuring_of


def relearn_handler(db: Database) -> JobHandler:
    """No arguments: what was learned is computed anew from what may still be used."""

    def run(ctx: JobContext) -> None:
        ctx.progress("rechnen")
        with db.transaction() as conn:
            learning.lock(conn)
            learning.count_forget(conn)
            told = dict(relearn(conn))
            ctx.guard(conn)
        ctx.finish(told)

    return run


def unlearn(nova: Nova, hours: Sequence[datetime], *, words: bool, ctx: JobContext) -> dict[str, Any]:
    """What was made anew. `words`: documents or conversations went, whose words an analyser of earlier releases may have learned."""
    told: dict[str, Any] = {"hours": measuring_of(nova).without(hours, datetime.now(UTC)) if hours else 0}
    if words:
        told["analyser"] = _forget_words(nova, ctx)
    return told


def _forget_words(nova: Nova, ctx: JobContext) -> bool:
    """Learn the words of the company's documents again where the analyser knows others; earlier analysers go. Whether it was learned."""
    from nova.knowledge.prepare import learn
    from nova.store import chunks

    with nova.db.transaction() as conn:
        texts = chunks.texts_to_learn(conn)
    known, builtin = set(nova.analysers.current().counts), set(Analyser.builtin().counts)
    stale = known - builtin
    if stale:
        stale -= set(Analyser.from_json(learn(nova.children, texts)).counts)
    if stale:
        rebuild(nova.index_room, Rebuild(relearn=True), ctx)
        with nova.db.transaction() as conn:
            learning.lock(conn)
            relearn(conn)  # topics are weighed by the analyser's words
    with nova.db.transaction() as conn:
        version = outbox.live_version(conn)
        conn.execute("DELETE FROM analysers WHERE NOT live")
    for path in (nova.settings.NOVA_DATA / "cache").glob("analyser-*.json"):
        if path.name != f"analyser-{version}.json":
            path.unlink(missing_ok=True)
    return bool(stale)


JOBS = (JobKind(RELEARN, lambda shop: relearn_handler(shop.db)),)
