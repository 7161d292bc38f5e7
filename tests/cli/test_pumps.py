"""Threads that move messages: they outlive what servers say, and one that has died is seen by whoever serves."""

import threading
import time
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from nova.api.streams import streaming
from nova.engines.streams.outbox import KeptOutbox
from nova.engines.streams.postgres import PostgresStream
from nova.errors import DiskFull, Misconfigured, TooLarge
from nova.governance.people import KnownPeople
from nova.governance.vault_keys import VaultKeys
from nova.jobs.streams import Pump
from nova.store.postgres.db import Database
from tests.fakes.stream import MemoryStream

NOVAS = (DiskFull("voll"), TooLarge("groß"), Misconfigured("falsch"))
DATABASES = (psycopg.errors.ReadOnlySqlTransaction("no"), psycopg.errors.UndefinedTable("no"))


@pytest.mark.parametrize("raised", [NOVAS, DATABASES], ids=["nova", "database"])
def test_a_pump_outlives_what_nova_or_the_database_finds_wrong(raised: tuple[Exception, ...]) -> None:
    again, faults = threading.Event(), list(raised)

    def step() -> None:
        if faults:
            raise faults.pop()
        again.set()
        time.sleep(0.01)

    pump = Pump("probe", step)
    pump.start()
    assert again.wait(10)
    assert pump.whole
    pump.stop()
    assert not pump.whole


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_pump_that_has_died_is_missed(database: Database, tmp_path: Path) -> None:
    class Broken(MemoryStream):
        def take(self, *_: object) -> object:  # type: ignore[override]
            raise ZeroDivisionError

    kept = PostgresStream(database)
    brokers = Broken()
    people = KnownPeople(VaultKeys(tmp_path))
    shop = SimpleNamespace(db=database, brokers=brokers, outbox=KeptOutbox(kept, MemoryStream()), people=people, master=lambda: None)
    with streaming(shop) as whole:  # type: ignore[arg-type]
        until = time.monotonic() + 5
        while whole() and time.monotonic() < until:
            time.sleep(0.01)
        assert not whole()
    kept.close()
