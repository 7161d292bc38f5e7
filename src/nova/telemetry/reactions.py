"""What people do with pages and answers, as they send it: events and judgements."""

from collections.abc import Sequence

from nova.ports import Outbox
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.telemetry.conversations import Desk
from nova.telemetry.events import Dictionary, Event, EventCounts, save_events
from nova.telemetry.feedback import Feedback, save_feedback


class Reactions:
    """`master` gives the company's master data, by which personal values are found in events."""

    def __init__(self, db: Database, outbox: Outbox, desk: Desk, master: Dictionary) -> None:
        self._db, self._outbox, self._desk, self._master = db, outbox, desk, master

    def save_events(self, caller: Caller, events: Sequence[Event]) -> EventCounts:
        """Store all or none; what came before counts as a duplicate. Raises as `events.save_events` does."""
        return save_events(self._db, caller, events, self._master)

    def judge(self, caller: Caller, feedback: Feedback) -> None:
        """Store a judgement of an answer, in the place of an earlier one. Raises as `feedback.save_feedback` does."""
        save_feedback(self._db, caller, feedback, self._outbox, self._desk)
