"""The contract of `Stream`, run on Postgres and on Kafka (librdkafka's mock brokers: the real protocol, in this process)."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from psycopg import Rollback

from nova.engines.streams.kafka import PUBLISH_SECONDS, Brokers, KafkaStream, common
from nova.engines.streams.postgres import PostgresStream
from nova.errors import ServerAbsent
from nova.ports import Message, Stream
from nova.store import streams
from nova.store.postgres.db import Database
from tests.fakes.kafka import MockBrokers

pytestmark = pytest.mark.slow

PATIENCE = 15.0
SESSION = 1.5  # the mock brokers wait nearly as long with every change of a group
Open = Callable[[], Stream]


@pytest.fixture(scope="module")
def brokers() -> Iterator[MockBrokers]:
    with MockBrokers() as cluster:
        yield cluster


@pytest.fixture(params=["postgres", "kafka"])
def connect(request: pytest.FixtureRequest) -> Iterator[Open]:
    """Opens the stream as one process more; all are closed at the end."""
    opened: list[Stream] = []

    def one() -> Stream:
        if request.param == "postgres":
            opened.append(PostgresStream(request.getfixturevalue("database")))
        else:
            opened.append(KafkaStream(Brokers(request.getfixturevalue("brokers").servers), session=SESSION))
        return opened[-1]

    yield one
    for stream in opened:
        stream.close()


@pytest.fixture
def stream(connect: Open) -> Stream:
    return connect()


@pytest.fixture
def topic() -> str:
    return f"test.{uuid4().hex}"


def messages(count: int, keys: int = 3) -> list[Message]:
    return [Message(f"k{number % keys}", b'{"n": %d}' % number) for number in range(count)]


def drain(stream: Stream, topic: str, count: int, group: str = "g", limit: int = 100) -> list[Message]:
    """Take and commit until there are so many."""
    found: list[Message] = []
    until = time.monotonic() + PATIENCE
    while len(found) < count:
        assert time.monotonic() < until, f"only {len(found)} of {count}"
        batch = stream.take(topic, group, limit, 0.5)
        found += batch.messages
        batch.commit()
    return found


def first(stream: Stream, topic: str, group: str = "g", limit: int = 100) -> list[Message]:
    """The first batch with something in it, not committed."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := stream.take(topic, group, limit, 0.5).messages:
            return list(found)
    pytest.fail("nothing came")


def values(found: list[Message]) -> list[bytes]:
    return sorted(message.value for message in found)


def test_what_was_published_is_taken_once_and_in_order_for_each_key(stream: Stream, topic: str) -> None:
    sent = messages(60)
    stream.publish(topic, sent[:20])
    stream.publish(topic, sent[20:])
    found = drain(stream, topic, 60, limit=7)
    for key in {message.key for message in sent}:
        assert [one.value for one in found if one.key == key] == [one.value for one in sent if one.key == key]
    assert len({one.position for one in found}) == 60
    assert stream.take(topic, "g", 10, 0.3).messages in ((), [])


def test_what_was_not_committed_comes_again_at_the_same_position(stream: Stream, topic: str) -> None:
    stream.publish(topic, messages(5, keys=1))
    before = first(stream, topic)
    assert first(stream, topic) == before
    batch = stream.take(topic, "g", 100, PATIENCE)
    assert batch.messages == before
    batch.commit()
    assert not stream.take(topic, "g", 100, 0.3).messages


def test_a_part_that_is_committed_does_not_come_again(stream: Stream, topic: str) -> None:
    stream.publish(topic, messages(10, keys=1))
    assert values(drain(stream, topic, 4, limit=4)) == values(messages(4))
    assert [one.value for one in first(stream, topic)] == [one.value for one in messages(10, 1)[4:]]


def test_each_group_gets_everything(stream: Stream, topic: str) -> None:
    stream.publish(topic, messages(6))
    assert values(drain(stream, topic, 6, "one")) == values(drain(stream, topic, 6, "two")) == values(messages(6))


def test_another_process_goes_on_where_the_first_left(connect: Open, topic: str) -> None:
    here, there = connect(), connect()
    here.publish(topic, messages(10, keys=1))
    assert len(drain(here, topic, 4, limit=4)) == 4
    taken = first(here, topic)
    here.close()
    assert first(there, topic) == taken


def test_two_readers_of_a_group_never_hold_the_same(connect: Open, topic: str) -> None:
    one, two = connect(), connect()
    one.publish(topic, messages(3))
    drain(one, topic, 3)
    found: list[Message] = []
    lock = threading.Lock()
    until = time.monotonic() + PATIENCE

    def read(stream: Stream) -> None:
        while time.monotonic() < until and len(found) < 300:
            batch = stream.take(topic, "g", 10, 0.3)
            time.sleep(0.005)
            try:
                batch.commit()
            except ServerAbsent:  # the group changed meanwhile: another reader gets these
                continue
            with lock:
                found.extend(batch.messages)

    readers = [threading.Thread(target=read, args=(stream,)) for stream in (one, two)]
    for reader in readers:
        reader.start()
    for number in range(30):
        one.publish(topic, [Message(f"k{number * 10 + n}", b"%d" % (number * 10 + n)) for n in range(10)])
    for reader in readers:
        reader.join()
    assert sorted(int(message.value) for message in found) == list(range(300))


def test_a_reader_that_waits_is_told_at_once(stream: Stream, topic: str) -> None:
    stream.publish(topic, messages(1))
    drain(stream, topic, 1)
    begun = time.monotonic()
    threading.Timer(0.5, stream.publish, (topic, messages(1))).start()
    assert stream.take(topic, "g", 10, PATIENCE).messages
    assert time.monotonic() - begun < 3.0


def test_nothing_there_is_an_empty_batch_in_time(stream: Stream, topic: str) -> None:
    begun = time.monotonic()
    batch = stream.take(topic, "g", 10, 0.3)
    assert not batch.messages
    batch.commit()
    assert time.monotonic() - begun < 3.0


@pytest.mark.parametrize("value", [b"", b"\x00\xff", "Größe".encode(), b"x" * 500_000])
def test_any_bytes_come_back(stream: Stream, topic: str, value: bytes) -> None:
    stream.publish(topic, [Message("schlüssel", value)])
    assert [(one.key, one.value) for one in first(stream, topic)] == [("schlüssel", value)]


def test_many_publishers_at_once_lose_nothing(stream: Stream, topic: str) -> None:
    def publish(who: int) -> None:
        for number in range(10):
            stream.publish(topic, [Message(f"{who}", b"%d" % number)])

    publishers = [threading.Thread(target=publish, args=(who,)) for who in range(6)]
    for one in publishers:
        one.start()
    found = drain(stream, topic, 60)
    for one in publishers:
        one.join()
    for who in range(6):
        assert [int(one.value) for one in found if one.key == str(who)] == list(range(10))


def test_health_names_the_engine(stream: Stream) -> None:
    assert stream.health()["name"] in ("PostgreSQL", "Kafka")


def test_brokers_that_go_and_come_back_are_named_and_then_used_again(topic: str) -> None:
    with MockBrokers() as cluster:
        stream = KafkaStream(Brokers(cluster.servers), session=SESSION)
        stream.publish(topic, messages(4))
        drain(stream, topic, 4)
        cluster.down()
        begun = time.monotonic()
        with ThreadPoolExecutor() as pool:
            asked = [lambda: stream.take(topic, "g", 10, 0.5), stream.health, lambda: stream.publish(topic, messages(1))]
            for refused in [pool.submit(call).exception() for call in asked]:
                assert isinstance(refused, ServerAbsent)
                assert "Kafka" in refused.message
        assert time.monotonic() - begun < 3 * PUBLISH_SECONDS
        cluster.up()
        until = time.monotonic() + PATIENCE
        found: list[Message] = []
        while time.monotonic() < until and not any(b"again" in one.value for one in found):
            try:
                stream.publish(topic, [Message("k", b"again")])
                found += drain(stream, topic, 1)
            except ServerAbsent:
                time.sleep(0.2)
        assert any(one.value == b"again" for one in found)
        stream.close()


def test_brokers_that_were_never_there_are_named_in_time(topic: str) -> None:
    stream = KafkaStream(Brokers(["127.0.0.1:9"]))
    begun = time.monotonic()
    with pytest.raises(ServerAbsent, match="Kafka"):
        stream.take(topic, "g", 10, 0.5)
    assert time.monotonic() - begun < 8
    stream.close()


def test_a_user_signs_in_over_tls_only() -> None:
    signing = common(Brokers(["kafka:9093"], "nova", "secret"))
    assert (signing["security.protocol"], signing["sasl.mechanism"]) == ("SASL_SSL", "SCRAM-SHA-512")
    assert "security.protocol" not in common(Brokers(["kafka:9092"]))
    KafkaStream(Brokers(["127.0.0.1:9"], "nova", "secret")).close()


def test_a_cut_connection_gives_its_messages_to_the_next(database: Database, topic: str) -> None:
    stream = PostgresStream(database)
    stream.publish(topic, messages(3, keys=1))
    batch = stream.take(topic, "g", 10, 1)
    database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND state LIKE 'idle in%'")
    with pytest.raises(ServerAbsent):
        batch.commit()
    assert stream.take(topic, "g", 10, 1).messages == batch.messages
    stream.close()


def test_what_is_published_in_a_transaction_comes_with_its_commit(database: Database, topic: str) -> None:
    stream = PostgresStream(database)
    with database.transaction() as conn:
        stream.publish(topic, [Message("k", b"undone")], connection=conn)
        raise Rollback
    with database.transaction() as conn:
        stream.publish(topic, [Message("k", b"done")], connection=conn)
        assert not stream.take(topic, "g", 10, 0.0).messages
    assert values(drain(stream, topic, 1)) == [b"done"]
    assert stream.waiting(topic, "g") == 0
    stream.close()


def test_a_partition_that_is_postponed_lets_others_go_first(database: Database, topic: str) -> None:
    stream = PostgresStream(database)
    stream.publish(topic, messages(12, keys=6))
    seen = []
    for _ in range(4):
        batch = stream.take(topic, "g", 100, 1)
        seen.append({one.position.split(":")[0] for one in batch.messages}.pop())
        batch.postpone()
    assert seen[0] != seen[1]
    assert values(drain(stream, topic, 12)) == values(messages(12, 6))
    stream.close()


def forget(database: Database) -> int:
    with database.transaction() as conn:
        return streams.sweep(conn)


def test_what_every_group_has_read_is_forgotten_after_a_day(database: Database, topic: str) -> None:
    stream = PostgresStream(database)
    stream.publish(topic, messages(6, keys=1))
    drain(stream, topic, 6, "fast", limit=6)
    drain(stream, topic, 2, "slow", limit=2)
    database.execute("UPDATE stream_messages SET at = at - interval '2 days' WHERE topic = %s", (topic,))
    assert forget(database) == 2
    database.execute("UPDATE stream_messages SET at = at - interval '40 days' WHERE topic = %s", (topic,))
    assert forget(database) == 4
    assert not stream.take(topic, "slow", 10, 0.1).messages
    assert stream.waiting(topic, "slow") == 0
    stream.close()
