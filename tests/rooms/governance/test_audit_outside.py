"""The audit log is told outside: every row and seal, in order, at least once, whatever is away; and the log waits for nobody."""

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from nova.engines.syslog import Syslog, SyslogLimits
from nova.errors import ServerAbsent
from nova.governance.audit import AuditLog, chain, telling
from nova.governance.audit.telling import tell, untold
from nova.jobs import audit_outside
from nova.jobs.audit_outside import Teller
from nova.ports.outside import Entry
from nova.records import Caller
from nova.store.postgres.db import Database
from tests.fakes.syslog import receiving, wait_for
from tests.folders import short_folder
from tests.noting import note
from tests.rooms.governance.test_chain import wiped

ADMIN = Caller("admin")
QUICK = SyslogLimits(step_s=0.5, acknowledged_s=0.5)


class Book:
    """Somebody outside who keeps what is told; `away` is raised while it is set."""

    address = "book://here"

    def __init__(self) -> None:
        self.kept: list[Entry] = []
        self.away: Exception | None = None
        self.after = 0

    def tell(self, entries: Sequence[Entry]) -> None:
        if self.away is not None:
            self.kept += entries[: self.after]
            raise self.away
        self.kept += entries

    def close(self) -> None:
        """Nothing is held."""

    @property
    def numbers(self) -> list[int]:
        return [int(one.fields["seq"]) for one in self.kept if "seq" in one.fields]


@pytest.fixture(autouse=True)
def empty(database: Database) -> None:
    wiped(database)
    database.execute("DELETE FROM installation")


@pytest.fixture
def folder() -> Iterator[Path]:
    with short_folder() as found:
        yield found


def write(database: Database, count: int) -> None:
    for number in range(count):
        note(database, "test.done", f"thing-{number}", {"n": number})


def test_rows_and_then_their_seals_are_told_once(database: Database) -> None:
    book = Book()
    write(database, 5)
    tell(database, book, "k")
    chain.seal(database, datetime.now(UTC), 2)
    write(database, 1)
    tell(database, book, "k")
    tell(database, book, "k")
    assert book.numbers == [1, 2, 3, 4, 5, 6]
    assert [(one.fields["first"], one.fields["last"]) for one in book.kept if one.name == "audit.sealed"] == [
        ("1", "2"),
        ("3", "4"),
        ("5", "5"),
    ]
    assert all(len(one.fields["head"]) == 64 for one in book.kept if one.name == "audit.sealed")
    assert book.kept[0].facts == {"n": 0}


def test_a_seal_never_comes_before_its_rows(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "AT_ONCE", 3)
    book = Book()
    write(database, 10)
    chain.seal(database, datetime.now(UTC), 2)
    tell(database, book, "k")
    seen = 0
    for one in book.kept:
        seen = max(seen, int(one.fields.get("seq", 0)))
        assert int(one.fields.get("last", 0)) <= seen
    assert book.numbers == list(range(1, 11))


def test_what_was_told_before_an_outage_is_told_again_and_nothing_is_left_out(database: Database) -> None:
    book = Book()
    write(database, 4)
    tell(database, book, "k")
    write(database, 4)
    book.away, book.after = ServerAbsent("weg"), 2
    with pytest.raises(ServerAbsent):
        tell(database, book, "k")
    book.away = None
    tell(database, book, "k", again=3)
    assert book.numbers == [1, 2, 3, 4, 5, 6, 2, 3, 4, 5, 6, 7, 8]


def test_somebody_else_outside_gets_everything(database: Database) -> None:
    first, second = Book(), Book()
    write(database, 3)
    tell(database, first, "audit_outside book://here")
    write(database, 1)
    assert (untold(database, "book://here"), untold(database, "book://there")) == (1, 4)
    tell(database, second, "audit_outside book://there")
    assert second.numbers == [1, 2, 3, 4]


def test_a_row_that_is_committed_late_is_not_passed_over(database: Database) -> None:
    book = Book()
    with database.listen() as slow:
        slow.autocommit = False
        AuditLog().record(ADMIN, "test.slow", "thing", connection=slow)
        write(database, 2)
        tell(database, book, "k")
        slow.commit()
    tell(database, book, "k")
    assert book.numbers == [1, 2, 3]
    assert book.kept[-1].name == "test.slow"


@pytest.mark.parametrize("kind", ["udp", "tcp", "unix"])
def test_an_outage_holds_up_nobody_and_nothing_is_missing_afterwards(database: Database, folder: Path, kind: str) -> None:
    with receiving(kind, folder) as receiver:
        port = int(receiver.address.rpartition(":")[2]) if kind != "unix" else 0
        teller = Teller(database, Syslog(receiver.address, QUICK), look_s=0.02)
        teller.start()
        write(database, 20)
        wait_for(receiver, 20)
        before = receiver.numbers()
    began = time.monotonic()
    write(database, 50)
    assert time.monotonic() - began < 5
    time.sleep(0.3)
    with receiving(kind, folder, port) as receiver:
        until = time.monotonic() + 20
        while 70 not in receiver.numbers() and time.monotonic() < until:
            time.sleep(0.05)
        write(database, 5)
        teller.stop()
        assert not teller.whole
        after = receiver.numbers()
    assert before == list(range(1, 21))
    assert set(before) | set(after) == set(range(1, 76))
    assert after == sorted(after)
    assert set(after) >= set(range(21, 76))
    assert untold(database, receiver.address) == 0


def test_one_process_tells(database: Database) -> None:
    books = [Book(), Book()]
    tellers = [Teller(database, book, look_s=0.02, again_s=0.05) for book in books]
    for teller in tellers:
        teller.start()
    write(database, 10)
    until = time.monotonic() + 10
    while untold(database, "book://here") and time.monotonic() < until:
        time.sleep(0.02)
    assert sorted(len(book.kept) for book in books) == [0, 10]
    first = next(teller for teller, book in zip(tellers, books, strict=True) if book.kept)
    first.stop()
    write(database, 3)
    until = time.monotonic() + 10
    while untold(database, "book://here") and time.monotonic() < until:
        time.sleep(0.02)
    for teller in tellers:
        teller.stop()
    assert sorted(len(book.kept) for book in books) == [3, 10]


def test_a_database_that_is_away_is_waited_for(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    book, turns = Book(), list[int]()
    known = telling._known

    def sometimes(*args: object) -> object:
        turns.append(1)
        if len(turns) == 1:
            raise psycopg.OperationalError("gone")
        return known(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(telling, "_known", sometimes)
    monkeypatch.setattr(audit_outside, "FIRST_PAUSE_S", 0.05)
    write(database, 3)
    teller = Teller(database, book, look_s=0.02)
    teller.start()
    until = time.monotonic() + 10
    while book.numbers != [1, 2, 3] and time.monotonic() < until:
        time.sleep(0.02)
    teller.stop()
    assert book.numbers == [1, 2, 3]
