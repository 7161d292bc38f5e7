"""Facts in, messages for the brokers outside out: kept in Postgres with the transaction they belong to, until the brokers have them."""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import structlog
from psycopg import Connection

from nova.engines.streams.postgres import PostgresStream
from nova.errors import ServerAbsent, TooLarge
from nova.ports import OUTGOING, Fact, Message, Stream

GROUP, BATCH = "brokers", 200
log = structlog.get_logger(__name__)


class KeptOutbox:
    """Implements `nova.ports.Outbox` for an installation with brokers. Each topic waits in a line of its own."""

    def __init__(self, kept: PostgresStream, brokers: Stream, *, topics: Sequence[str] = OUTGOING) -> None:
        self._kept, self._brokers, self.topics = kept, brokers, tuple(topics)

    def put(self, connection: Connection[Any], *facts: Fact) -> None:
        """Keep facts in the caller's transaction; what is committed is handed on at least once, in order for each key."""
        lines: dict[str, list[Message]] = defaultdict(list)
        for fact in facts:
            lines[fact.topic].append(Message(fact.key, json.dumps(dict(fact.value), ensure_ascii=False, default=str).encode()))
        for topic in sorted(lines):
            self._kept.publish(topic, lines[topic], connection=connection)

    def hand_on(self, topic: str, timeout: float) -> int:
        """Give the brokers what waits, waiting up to `timeout` seconds for it; how many facts. ServerAbsent: they stay here."""
        batch = self._kept.take(topic, GROUP, BATCH, timeout)
        if not batch.messages:
            return 0
        try:
            self._publish(topic, batch.messages)
        except ServerAbsent:
            batch.postpone()
            raise
        batch.commit()
        return len(batch.messages)

    def waiting(self) -> int:
        """How many facts the brokers have not got yet."""
        return sum(self._kept.waiting(topic, GROUP) for topic in self.topics)

    def _publish(self, topic: str, messages: Sequence[Message]) -> None:
        """Together, or one by one where one is too large for any broker: that one is set aside."""
        try:
            self._brokers.publish(topic, messages)
        except TooLarge as error:
            if len(messages) == 1:
                log.error("fact_set_aside", topic=topic, key=messages[0].key, bytes=len(messages[0].value), reason=error.message)
                return
            for message in messages:
                self._publish(topic, [message])


class NoOutbox:
    """Implements `nova.ports.Outbox` where nobody outside listens."""

    def put(self, connection: Any, *facts: Fact) -> None:
        """Nothing is kept."""

    def waiting(self) -> int:
        """Nothing waits."""
        return 0
