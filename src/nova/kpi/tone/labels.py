"""What reviewers say of the tone of turns: from `LEAST_LABELS` on it teaches the site's own model."""

from datetime import UTC, datetime
from uuid import UUID

from nova.errors import NotFound
from nova.kpi.tone import own_model
from nova.kpi.tone.sentiment import Label
from nova.ports import Audit
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.quality import kpi_labels


class ToneLabels:
    """Labels of turns."""

    def __init__(self, db: Database, audit: Audit) -> None:
        self._db, self._audit = db, audit

    def put(self, caller: Caller, conversation_id: UUID, seq: int, label: Label) -> int:
        """Label a turn of a person, in place of an earlier label; how many labels there are. NotFound: none that may be looked at."""
        with self._db.transaction() as conn:
            if not own_model.label(conn, conversation_id, seq, label, caller.user_id, datetime.now(UTC)):
                raise NotFound("Diesen Gesprächsbeitrag gibt es nicht, oder er darf nicht ausgewertet werden.")
            count = len(kpi_labels.texts(conn))
            self._audit.record(caller, "kpi.label", f"{conversation_id}/{seq}", {"label": label}, connection=conn)
        return count
