"""Messages by topic in, batches for consumer groups out: a `Stream` on Kafka or Redpanda, by librdkafka (package `confluent-kafka`).

Publishing is idempotent and waits for all replicas. Offsets are committed by hand, after the database's commit; groups rebalance
cooperatively, so a reader that joins takes partitions over without stopping the others. A key's messages are in one partition, in order.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka import Message as KafkaMessage

from nova.errors import ServerAbsent, TooLarge
from nova.ports import EVENTS, OUTGOING, Message

if TYPE_CHECKING:
    Record = KafkaMessage[Any, Any]

PUBLISH_SECONDS = 5.0
PROBE_SECONDS = 3.0
GATHER_SECONDS = 0.05
CLOSE_SECONDS, LEAVE_SECONDS = 1.0, 5.0
SESSION_SECONDS = 10.0
NEW_TOPICS_MS = 10_000
NOT_THERE_YET = (KafkaError.UNKNOWN_TOPIC_OR_PART, KafkaError._UNKNOWN_TOPIC, KafkaError._PARTITION_EOF)
LIBRARY_LOG = logging.getLogger("nova.kafka")


@dataclass(frozen=True, slots=True)
class Brokers:
    """Where the brokers are (host:port), and who signs in (SCRAM-SHA-512 over TLS); without a user neither."""

    servers: Sequence[str]
    user: str = ""
    password: str = ""


def common(brokers: Brokers) -> dict[str, Any]:
    """What every client of these brokers is configured with."""
    signing_in = {
        "security.protocol": "SASL_SSL",
        "sasl.mechanism": "SCRAM-SHA-512",
        "sasl.username": brokers.user,
        "sasl.password": brokers.password,
    }
    return {
        "bootstrap.servers": ",".join(brokers.servers),
        "client.id": "nova",
        "socket.timeout.ms": 6_000,
        "socket.connection.setup.timeout.ms": 5_000,
        "reconnect.backoff.ms": 500,
        "reconnect.backoff.max.ms": 2_000,
        "topic.metadata.refresh.interval.ms": NEW_TOPICS_MS,
        "log_level": 2,  # it tells every attempt to connect; what is wrong is raised, and noted once by who asked
        "logger": LIBRARY_LOG,
        **(signing_in if brokers.user else {}),
    }


@dataclass(frozen=True, slots=True)
class Taken:
    """Implements `nova.ports.Batch`."""

    messages: Sequence[Message]
    done: Callable[[], None]

    def commit(self) -> None:
        """These are stored: do not give them again; ServerAbsent when they will come again."""
        if self.messages:
            self.done()


class KafkaStream:
    """Implements `nova.ports.Stream`. Safe to use from many threads; one reads a topic for a group at a time."""

    def __init__(self, brokers: Brokers, *, session: float = SESSION_SECONDS, topics: Sequence[str] = (EVENTS, *OUTGOING)) -> None:
        """Nothing is sent before the first use. `session` in seconds: how long after its last sign of life a reader counts as dead.

        `topics` have to be there: health names those that are not.
        """
        self._brokers, self._topics = brokers, tuple(topics)
        self._session = session
        self._lock = threading.Lock()
        self._made: Producer | None = None
        self._readers: dict[tuple[str, str], _Reader] = {}

    def publish(self, topic: str, messages: Sequence[Message]) -> None:
        """On all replicas when it returns; ServerAbsent after 5 seconds (some may have arrived, and will come twice when sent again).

        TooLarge when the brokers take no message of such a size, now or later.
        """
        producer, sent = self._producer(), _Sent()
        until = time.monotonic() + PUBLISH_SECONDS + 1
        for message in messages:
            self._produce(producer, topic, message, sent, until)
        while sent.ended < len(messages) and not sent.errors and time.monotonic() < until:
            producer.poll(0.1)
        if sent.errors:
            raise _named(sent.errors[0])
        if sent.ended < len(messages):
            raise _absent("keine Antwort")

    def take(self, topic: str, group: str, limit: int, timeout: float) -> Taken:
        """Up to `limit` messages, waiting up to `timeout` seconds for the first; ServerAbsent at most 3 seconds later."""
        with self._lock:
            reader = self._readers.get((topic, group))
            if reader is None:
                reader = self._readers[topic, group] = _Reader(self._brokers, topic, group, self._session)
        return reader.take(limit, timeout)

    def health(self) -> Mapping[str, Any]:
        """`name`, how many `brokers` answer, which topics are `missing` and what readers were `refused`; ServerAbsent after 3 seconds.

        Brokers that make topics by themselves make them here.
        """
        until = time.monotonic() + PROBE_SECONDS
        try:
            found = self._producer().list_topics(timeout=PROBE_SECONDS)
            there = {name for name, topic in found.topics.items() if topic.error is None}
            missing = [topic for topic in self._topics if topic not in there and not self._there(topic, until)]
        except KafkaException as error:
            raise _absent(_reason(error)) from error
        with self._lock:
            refused = [reader.refused for reader in self._readers.values() if reader.refused]
        return {"name": "Kafka", "brokers": len(found.brokers), "missing": missing, "refused": refused}

    def close(self) -> None:
        """Leave the groups at once, so that others take over what was not committed."""
        with self._lock:
            readers, self._readers = list(self._readers.values()), {}
            producer, self._made = self._made, None
        for reader in readers:
            reader.close()
        if producer is not None:
            producer.flush(1.0)

    def _there(self, topic: str, until: float) -> bool:
        """Asked for by name, because a list of all has only those that are there already."""
        found = self._producer().list_topics(topic, timeout=max(0.1, until - time.monotonic())).topics.get(topic)
        return found is not None and found.error is None

    def _producer(self) -> Producer:
        with self._lock:
            if self._made is None:
                safe = {"enable.idempotence": True, "acks": "all", "delivery.timeout.ms": int(PUBLISH_SECONDS * 1000)}
                try:
                    self._made = Producer({**common(self._brokers), **safe, "request.timeout.ms": 3_000, "compression.type": "lz4"})
                except KafkaException as error:
                    raise _absent(_reason(error)) from error
            return self._made

    def _produce(self, producer: Producer, topic: str, message: Message, sent: "_Sent", until: float) -> None:
        while True:
            try:
                return producer.produce(topic, message.value, message.key.encode() or None, on_delivery=sent.told)
            except BufferError:
                if time.monotonic() > until:
                    raise _absent("die Warteschlange ist voll") from None
                producer.poll(0.1)
            except KafkaException as error:
                named = _named(error.args[0])
                if isinstance(named, ServerAbsent):
                    with self._lock:
                        self._made = None if self._made is producer else self._made
                raise named from error


class _Sent:
    """What became of the messages of one call."""

    def __init__(self) -> None:
        self.ended = 0
        self.errors: list[KafkaError] = []

    def told(self, error: KafkaError | None, record: "Record") -> None:
        self.ended += 1
        if error is not None:
            self.errors.append(error)


class _Reader:
    """One member of a consumer group, reading one topic."""

    def __init__(self, brokers: Brokers, topic: str, group: str, session: float) -> None:
        self._topic = topic
        self.refused = ""
        self._lock = threading.Lock()
        self._trouble = ""
        self._turn = 0
        self._first: dict[int, int] = {}
        self._next: dict[int, int] = {}
        self._gone: set[int] = set()
        careful = {
            "group.id": group,
            "enable.auto.commit": False,
            "enable.auto.offset.store": False,
            "auto.offset.reset": "earliest",
            "isolation.level": "read_committed",
            "partition.assignment.strategy": "cooperative-sticky",
            "session.timeout.ms": int(session * 1000),
            "heartbeat.interval.ms": int(session * 300),
            "error_cb": self._heard,
        }
        try:
            self._consumer = Consumer({**common(brokers), **careful})
            self._consumer.subscribe([topic], on_assign=self._assigned, on_revoke=self._revoked, on_lost=self._revoked)
        except KafkaException as error:
            raise _absent(_reason(error)) from error

    def take(self, limit: int, timeout: float) -> Taken:
        with self._lock:
            self._turn += 1
            self._rewind()
            records = self._records(limit, timeout)
            if not records:
                self._probe()
            return Taken([_message(record) for record in records], partial(self._done, self._turn))

    def close(self) -> None:
        """Without brokers a commit under way may take ten seconds; whoever closes does not wait for it.

        Nor for librdkafka, whose leaving of a group that is just being shared out anew may not come to its end.
        """
        if self._lock.acquire(timeout=CLOSE_SECONDS):
            try:
                leaving = threading.Thread(target=self._leave, name="kafka-leave", daemon=True)
                leaving.start()
                leaving.join(LEAVE_SECONDS)
            finally:
                self._lock.release()

    def _leave(self) -> None:
        with suppress(KafkaException):
            self._consumer.close()

    def _records(self, limit: int, timeout: float) -> "list[Record]":
        """What came and is still ours when all of it is there; each is noted at once, to be given again should this end halfway."""
        try:
            first = self._consumer.poll(timeout)
            self._gone = set()
            found = self._noted([] if first is None else [first])
            if found and limit > 1:
                found += self._noted(self._consumer.consume(limit - 1, GATHER_SECONDS))
        except KafkaException as error:
            raise _absent(_reason(error)) from error
        records = [record for record in found if record.partition() not in self._gone]
        for record in records:
            self._next[record.partition() or 0] = (record.offset() or 0) + 1
        return records

    def _noted(self, found: "Sequence[Record]") -> "list[Record]":
        """The messages among these; ServerAbsent when the brokers refuse to give any."""
        records = [record for record in found if record.error() is None]
        for record in records:
            self._first.setdefault(record.partition() or 0, record.offset() or 0)
        for error in (record.error() for record in found):
            if error is not None and error.code() not in NOT_THERE_YET:
                self.refused = error.str()
                raise _absent(self.refused)
        self.refused = "" if records else self.refused
        return records

    def _rewind(self) -> None:
        """Give again what was taken and not committed, as far as it is still ours."""
        try:
            ours = {one.partition for one in self._consumer.assignment()}
            for partition, offset in list(self._first.items()):
                if partition in ours:
                    self._consumer.seek(TopicPartition(self._topic, partition, offset))
                del self._first[partition]
        except KafkaException as error:
            raise _absent(_reason(error)) from error
        self._next = {}

    def _done(self, turn: int) -> None:
        with self._lock:
            if turn != self._turn or not self._next:
                raise _absent("ein anderer Leser hat die Nachrichten übernommen")
            offsets = [TopicPartition(self._topic, partition, offset) for partition, offset in self._next.items()]
            try:
                self._consumer.commit(offsets=offsets, asynchronous=False)
            except KafkaException as error:
                raise _absent(_reason(error)) from error
            self._first = {partition: offset for partition, offset in self._first.items() if partition not in self._next}
            self._next = {}

    def _probe(self) -> None:
        """Nothing came: is that because nobody is there to ask?"""
        if not self._trouble and self._consumer.assignment():
            return
        try:
            self._consumer.list_topics(self._topic, timeout=PROBE_SECONDS)
        except KafkaException as error:
            raise _absent(self._trouble or _reason(error)) from error
        self._trouble = ""

    def _heard(self, error: KafkaError) -> None:
        self._trouble = error.str()

    def _assigned(self, consumer: Consumer, partitions: Sequence[TopicPartition]) -> None:
        self.refused = ""

    def _revoked(self, consumer: Consumer, partitions: Sequence[TopicPartition]) -> None:
        """Others read these now; what was taken of them and not committed is theirs."""
        for gone in partitions:
            self._gone.add(gone.partition)
            self._first.pop(gone.partition, None)
            self._next.pop(gone.partition, None)


def _message(record: "Record") -> Message:
    key, value = record.key(), record.value()
    _, milliseconds = record.timestamp()
    text = key.decode("utf-8", "replace") if isinstance(key, bytes) else ""
    return Message(text, value if isinstance(value, bytes) else b"", f"{record.partition()}:{record.offset()}:{milliseconds}")


def _reason(error: KafkaException) -> str:
    known = error.args[0] if error.args else None
    return known.str() if isinstance(known, KafkaError) else str(error)


def _named(error: KafkaError) -> ServerAbsent | TooLarge:
    if error.code() == KafkaError.MSG_SIZE_TOO_LARGE:
        return TooLarge(f"Kafka nimmt so große Nachrichten nicht an ({error.str()}).")
    return _absent(error.str())


def _absent(reason: str) -> ServerAbsent:
    return ServerAbsent(f"Kafka antwortet nicht ({reason}). Die Nachrichten warten, bis es wieder da ist.")
