"""Real processes that take events from (mock) Kafka, and kill -9 at any moment, also between the commit and the acknowledgement."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from nova.engines.streams.kafka import Brokers, KafkaStream
from nova.governance.users import ensure_user
from nova.ports import Message
from nova.store.postgres.db import Database
from tests.fakes.kafka import MockBrokers

pytestmark = pytest.mark.slow

SESSION = 1.5
PATIENCE = 60.0
MESSAGES, KILLS = 120, 2
MANY_MESSAGES, MANY_KILLS = 5000, 50
PROGRAM = f"""
import sys, time
from nova.api.streams import EventDoor
from nova.flows.messages import MessageIntake
from nova.engines.streams.outbox import NoOutbox
from nova.engines.streams.kafka import Brokers, KafkaStream
from nova.errors import ServerAbsent
from nova.store.postgres.db import Database

class Slow:
    def __init__(self, batch): self.batch, self.messages = batch, batch.messages
    def commit(self):
        print("stored", flush=True)
        time.sleep(float(sys.argv[3]))
        self.batch.commit()

class Stream:
    def __init__(self, inner): self.inner = inner
    def take(self, topic, group, limit, timeout): return Slow(self.inner.take(topic, group, 10, timeout))

stream = KafkaStream(Brokers([sys.argv[2]]), session={SESSION})
intake = MessageIntake(Database.connect(sys.argv[1], max_size=2), NoOutbox(), Stream(stream), EventDoor())
while True:
    try:
        intake.take_in(0.5)
    except ServerAbsent as error:
        print("again", error.message, flush=True)
"""


@pytest.fixture
def brokers() -> Iterator[MockBrokers]:
    with MockBrokers() as cluster:
        yield cluster


@pytest.fixture
def clean(database: Database) -> Database:
    for table in ("events", "event_inbox", "stream_taken"):
        database.execute(f"DELETE FROM {table}")
    ensure_user(database, "erika")
    return database


@contextmanager
def reader(url: str, brokers: MockBrokers, pause: float) -> Iterator["subprocess.Popen[str]"]:
    """A process that takes events and acknowledges them so many seconds after its commit; killed at the end."""
    command = [sys.executable, "-c", PROGRAM, url, brokers.servers[0], str(pause)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def send(brokers: MockBrokers, first: int, count: int) -> None:
    """Events without ids of their own; `dwell_ms` numbers them."""
    stream = KafkaStream(Brokers(brokers.servers))
    numbers = range(first, first + count)
    events = [{"events": [{"user_id": "erika", "type": "view", "dwell_ms": number}]} for number in numbers]
    stream.publish(
        "nova.events", [Message(f"k{number % 7}", json.dumps(one).encode()) for number, one in zip(numbers, events, strict=True)]
    )
    stream.close()


def stored(database: Database) -> list[int]:
    return [row["dwell_ms"] for row in database.fetch_all("SELECT dwell_ms FROM events ORDER BY dwell_ms")]


def wait_for(database: Database, count: int) -> None:
    until = time.monotonic() + PATIENCE
    while len(stored(database)) < count and time.monotonic() < until:
        time.sleep(0.1)


def test_a_kill_between_commit_and_acknowledgement_doubles_nothing(clean: Database, database_url: str, brokers: MockBrokers) -> None:
    send(brokers, 0, 10)
    with reader(database_url, brokers, 60.0) as frozen:
        assert frozen.stdout
        assert frozen.stdout.readline() == "stored\n"
        before = stored(clean)
        assert before
    send(brokers, 10, 10)
    with reader(database_url, brokers, 0.0):
        wait_for(clean, 20)
        time.sleep(0.5)
    assert stored(clean) == list(range(20))


def test_random_kills_of_readers_lose_and_double_nothing(clean: Database, database_url: str, brokers: MockBrokers) -> None:
    kill_readers(clean, database_url, brokers, MESSAGES, KILLS)


@pytest.mark.bars
def test_many_kills_of_readers_lose_and_double_nothing(clean: Database, database_url: str, brokers: MockBrokers) -> None:
    kill_readers(clean, database_url, brokers, MANY_MESSAGES, MANY_KILLS)


def kill_readers(database: Database, url: str, brokers: MockBrokers, messages: int, kills: int) -> None:
    """Send in parts, killing the only reader at a random moment after it has begun to store."""
    seed = random.randrange(1 << 30)
    print(f"seed {seed}")
    dice = random.Random(seed)
    part = messages // (kills + 1)
    for number in range(kills):
        send(brokers, number * part, part)
        with reader(url, brokers, 0.02) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(dice.uniform(0.0, 0.3))
    send(brokers, kills * part, messages - kills * part)
    with reader(url, brokers, 0.0):
        wait_for(database, messages)
        time.sleep(0.5)
    assert stored(database) == list(range(messages))
