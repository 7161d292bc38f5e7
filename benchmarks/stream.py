"""Events a second from (mock) Kafka into Postgres, and facts a second from Postgres to (mock) Kafka, each committed and acknowledged.

    python benchmarks/stream.py [--messages 2000] [--events 10]

The database is the embedded one with its own settings (fsync on); the brokers are librdkafka's mock cluster in this process.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from nova.api.streams import EventDoor
from nova.engines.streams.kafka import Brokers, KafkaStream
from nova.engines.streams.outbox import KeptOutbox
from nova.engines.streams.postgres import PostgresStream
from nova.flows.messages import MessageIntake
from nova.governance.users import ensure_user
from nova.ports import EVENTS, JOBS, Fact, Message
from nova.store.postgres.db import Database
from nova.store.postgres.embedded import start
from nova.store.postgres.migrate import migrate
from tests.fakes.kafka import MockBrokers


def publish(brokers: KafkaStream, messages: int, events: int) -> None:
    """Events of a hundred people."""
    for number in range(messages):
        people = [f"person-{(number * events + at) % 100}" for at in range(events)]
        body = {"events": [{"user_id": person, "type": "view", "dwell_ms": number, "meta": {"seite": "start"}} for person in people]}
        if number % 500 == 0:
            waiting: list[Message] = []
        waiting.append(Message(people[0], json.dumps(body).encode()))
        if number % 500 == 499 or number == messages - 1:
            brokers.publish(EVENTS, waiting)


def intake(database: Database, brokers: KafkaStream, outbox: KeptOutbox, messages: int) -> float:
    """Seconds from the first batch to the last acknowledgement."""
    room, taken, began = MessageIntake(database, outbox, brokers, EventDoor()), 0, 0.0
    while taken < messages:
        before = time.perf_counter()
        new = room.take_in(5.0)
        began = began or (before if new else 0.0)
        taken += new
    return time.perf_counter() - began


def outgoing(database: Database, outbox: KeptOutbox, facts: int) -> tuple[float, float]:
    """Seconds to keep facts, each in a transaction of its own, and to hand them on."""
    began = time.perf_counter()
    for number in range(facts):
        with database.transaction() as conn:
            outbox.put(conn, Fact(JOBS, str(number), {"job_id": number, "state": "done"}))
    kept = time.perf_counter()
    while outbox.hand_on(JOBS, 0.0):
        pass
    return kept - began, time.perf_counter() - kept


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--events", type=int, default=10)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nova-") as folder, start(Path(folder)) as server, MockBrokers() as cluster:
        migrate(server.dsn)
        with Database.connect(server.dsn) as database:
            for number in range(100):
                ensure_user(database, f"person-{number}")
            brokers, kept = KafkaStream(Brokers(cluster.servers)), PostgresStream(database)
            outbox = KeptOutbox(kept, brokers)
            publish(brokers, chosen.messages, chosen.events)
            seconds = intake(database, brokers, outbox, chosen.messages)
            print(f"in:  {chosen.messages * chosen.events / seconds:8.0f} events/s ({chosen.messages / seconds:.0f} messages/s)")
            keeping, handing = outgoing(database, outbox, chosen.messages)
            print(f"out: {chosen.messages / keeping:8.0f} facts/s kept, {chosen.messages / handing:.0f} facts/s handed on")
            kept.close()
            brokers.close()


if __name__ == "__main__":
    main()
