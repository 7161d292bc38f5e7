"""Facts in, messages for the brokers outside out: kept in Postgres with the transaction they belong to, until the brokers have them."""

import json
from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from psycopg import Connection

from nova.engines.stream_postgres import PostgresStream
from nova.ports import Message, Stream

TOPIC, GROUP, BATCH = "nova.out", "brokers", 200


class KeptOutbox:
    """Implements `nova.ports.Outbox` for an installation with brokers."""

    def __init__(self, kept: PostgresStream, brokers: Stream) -> None:
        self._kept, self._brokers = kept, brokers

    def put(self, connection: Connection[Any], topic: str, key: str, fact: Mapping[str, Any]) -> None:
        """Keep a fact in the caller's transaction; what is committed is handed on at least once, in order for each key."""
        value = json.dumps({"topic": topic, "key": key, "fact": dict(fact)}, ensure_ascii=False, default=str)
        self._kept.publish(TOPIC, [Message(key, value.encode())], connection=connection)

    def hand_on(self, timeout: float) -> int:
        """Give the brokers what waits, waiting up to `timeout` seconds for it; how many facts. ServerAbsent: they stay here."""
        batch = self._kept.take(TOPIC, GROUP, BATCH, timeout)
        facts = [_addressed(message) for message in batch.messages]
        for topic, group in groupby(facts, key=itemgetter(0)):
            self._brokers.publish(topic, [message for _, message in group])
        batch.commit()
        return len(facts)

    def waiting(self) -> int:
        """How many facts the brokers have not got yet."""
        return self._kept.waiting(TOPIC, GROUP)


class NoOutbox:
    """Implements `nova.ports.Outbox` where nobody outside listens."""

    def put(self, connection: Any, topic: str, key: str, fact: Mapping[str, Any]) -> None:
        """Nothing is kept."""

    def waiting(self) -> int:
        """Nothing waits."""
        return 0


def _addressed(kept: Message) -> tuple[str, Message]:
    """A kept message's topic outside, and the message for it."""
    envelope = json.loads(kept.value)
    fact = json.dumps(envelope["fact"], ensure_ascii=False)
    return str(envelope["topic"]), Message(str(envelope["key"]), fact.encode())
