"""Hours in which somebody who was erased had a part in; figures and what was learned anew out, as if they had never been here.

What Nova learns is a function of rows. So nothing is subtracted: it is computed again from the rows that are left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nova.knowledge.index import IndexRoom, Rebuild, rebuild
from nova.knowledge.prepare import learn
from nova.kpi.learn.forget import relearn
from nova.kpi.measuring import Measuring
from nova.language.analyser import Analyser
from nova.ports.jobs import JobContext
from nova.store.documents import chunks, outbox
from nova.store.quality import learning


@dataclass(frozen=True, slots=True)
class Unlearning:
    """Makes anew what somebody had a part in; `cache` is the folder of the analysers."""

    measuring: Measuring
    room: IndexRoom
    cache: Path

    def unlearn(self, hours: Sequence[datetime], *, words: bool, ctx: JobContext) -> dict[str, Any]:
        """What was made anew. `words`: documents or conversations went, whose words an analyser of earlier releases may have learned."""
        told: dict[str, Any] = {"hours": self.measuring.without(hours, datetime.now(UTC)) if hours else 0}
        if words:
            told["analyser"] = self._forget_words(ctx)
        return told

    def _forget_words(self, ctx: JobContext) -> bool:
        """Learn the words of the documents again where the analyser knows others; earlier analysers go. Whether it was learned."""
        room = self.room
        with room.db.transaction() as conn:
            texts = chunks.texts_to_learn(conn)
        known, builtin = set(room.analysers.current().counts), set(Analyser.builtin().counts)
        stale = known - builtin
        if stale:
            stale -= set(Analyser.from_json(learn(room.children, texts)).counts)
        if stale:
            rebuild(room, Rebuild(relearn=True), ctx)
            with room.db.transaction() as conn:
                learning.lock(conn)
                relearn(conn)  # topics are weighed by the analyser's words
        with room.db.transaction() as conn:
            version = outbox.live_version(conn)
            conn.execute("DELETE FROM analysers WHERE NOT live")
        for path in self.cache.glob("analyser-*.json"):
            if path.name != f"analyser-{version}.json":
                path.unlink(missing_ok=True)
        return bool(stale)
