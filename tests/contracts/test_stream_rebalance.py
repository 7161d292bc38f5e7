"""What a Kafka reader does with partitions that go to others while it takes, and with brokers that refuse it."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from confluent_kafka import KafkaError, KafkaException

from nova.engines.streams import kafka as stream_kafka
from nova.engines.streams.kafka import Brokers, KafkaStream, _Reader
from nova.errors import ServerAbsent, TooLarge
from nova.ports import Message
from tests.fakes.kafka import MockBrokers

SESSION, PATIENCE = 1.5, 15.0
DENIED = KafkaError.TOPIC_AUTHORIZATION_FAILED


@pytest.fixture
def brokers() -> Iterator[MockBrokers]:
    with MockBrokers() as cluster:
        yield cluster


@pytest.fixture
def topic() -> str:
    return f"test.{uuid4().hex}"


@pytest.fixture
def stream(brokers: MockBrokers, topic: str) -> Iterator[KafkaStream]:
    opened = KafkaStream(Brokers(brokers.servers), session=SESSION, topics=(topic,))
    yield opened
    opened.close()


class Leaving:
    """The real consumer, but while it gathers a batch its partitions go to others."""

    def __init__(self, inner: Any) -> None:
        self._inner, self.left = inner, False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def consume(self, count: int, seconds: float) -> Any:
        found = self._inner.consume(count, seconds)
        self._inner.unsubscribe()
        until = time.monotonic() + PATIENCE
        while self._inner.assignment() and time.monotonic() < until:
            self._inner.poll(0.05)
        self.left = True
        return found


def taken(reader: _Reader) -> list[bytes]:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(ServerAbsent):  # a machine that stalls loses its place for a while
            batch = reader.take(10, 0.5)
            if batch.messages:
                batch.commit()
                return [message.value for message in batch.messages]
    pytest.fail("nothing came")


def test_a_partition_that_goes_while_a_batch_is_gathered_stops_nobody(brokers: MockBrokers, stream: KafkaStream, topic: str) -> None:
    stream.publish(topic, [Message("k", b"%d" % number) for number in range(3)])
    reader = _Reader(Brokers(brokers.servers), topic, "g", SESSION)
    real = reader._consumer
    leaving = reader._consumer = Leaving(real)  # type: ignore[assignment]
    until = time.monotonic() + PATIENCE
    while not leaving.left:
        with suppress(ServerAbsent):
            assert not reader.take(10, 0.2).messages
        assert time.monotonic() < until
    reader._consumer = real
    real.subscribe([topic], on_revoke=reader._revoked, on_lost=reader._revoked)
    assert taken(reader) == [b"0", b"1", b"2"]
    reader.close()


class Endless:
    """A consumer whose leaving does not end before it is told to."""

    def __init__(self) -> None:
        self.told = threading.Event()

    def close(self) -> None:
        self.told.wait()


def test_who_closes_does_not_wait_for_a_leaving_that_does_not_end(
    brokers: MockBrokers, topic: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream_kafka, "LEAVE_SECONDS", 0.2)
    reader, endless = _Reader(Brokers(brokers.servers), topic, "g", SESSION), Endless()
    real, reader._consumer = reader._consumer, endless
    closing = threading.Thread(target=reader.close, daemon=True)
    closing.start()
    closing.join(PATIENCE)
    ended = not closing.is_alive()
    endless.told.set()
    real.close()
    assert ended


def test_a_reader_that_comes_and_goes_beside_another_loses_nothing(brokers: MockBrokers, stream: KafkaStream, topic: str) -> None:
    found: set[bytes] = set()
    stop = threading.Event()

    def read(seconds: float) -> None:
        while not stop.is_set():
            reader, until = _Reader(Brokers(brokers.servers), topic, "g", SESSION), time.monotonic() + seconds
            while time.monotonic() < until and not stop.is_set():
                try:
                    batch = reader.take(5, 0.1)
                    batch.commit()
                except ServerAbsent:
                    continue
                found.update(message.value for message in batch.messages)
            reader.close()

    readers = [threading.Thread(target=read, args=(seconds,)) for seconds in (60.0, 1.5)]
    for one in readers:
        one.start()
    for number in range(40):
        stream.publish(topic, [Message(f"k{number}", b"%d" % number)])
    until = time.monotonic() + 2 * PATIENCE
    while len(found) < 40 and time.monotonic() < until:
        time.sleep(0.05)
    stop.set()
    for one in readers:
        one.join()
    assert len(found) == 40


def take_until(stream: KafkaStream, topic: str, until: float) -> None:
    while time.monotonic() < until:
        stream.take(topic, "g", 10, 0.2)


def test_brokers_that_refuse_a_reader_are_heard_and_named(brokers: MockBrokers, stream: KafkaStream, topic: str) -> None:
    stream.publish(topic, [Message("k", b"0")])
    brokers.refuse(topic, DENIED)
    until = time.monotonic() + PATIENCE
    with pytest.raises(ServerAbsent, match="authorization"):
        take_until(stream, topic, until)
    assert "authorization" in stream.health()["refused"][0]
    brokers.refuse(topic, 0)
    while not stream.take(topic, "g", 10, 0.2).messages:
        assert time.monotonic() < until
    assert not stream.health()["refused"]


def test_health_names_topics_that_are_not_there(brokers: MockBrokers, stream: KafkaStream, topic: str) -> None:
    brokers.refuse(topic, KafkaError.UNKNOWN_TOPIC_OR_PART)
    assert stream.health()["missing"] == [topic]
    brokers.refuse(topic, 0)
    assert stream.health()["missing"] == []


def test_a_message_that_no_broker_takes_is_named_for_its_size(stream: KafkaStream, topic: str) -> None:
    with pytest.raises(TooLarge):
        stream.publish(topic, [Message("k", b"x" * 2_000_000)])
    stream.publish(topic, [Message("k", b"small")])


def test_a_client_that_cannot_be_made_is_a_server_that_is_absent(brokers: MockBrokers, topic: str, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = KafkaStream(Brokers(brokers.servers), session=4_000.0)  # librdkafka takes an hour at most
    with pytest.raises(ServerAbsent, match="session"):
        refused.take(topic, "group", 1, 0.1)

    def no_handles(_: object) -> None:
        raise KafkaException(KafkaError(KafkaError._CRIT_SYS_RESOURCE))

    monkeypatch.setattr("nova.engines.streams.kafka.Producer", no_handles)
    with pytest.raises(ServerAbsent):
        refused.publish(topic, [Message("", b"1", "")])
    refused.close()
