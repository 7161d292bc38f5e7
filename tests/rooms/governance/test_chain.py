"""The chain of the audit log: whatever somebody does to rows or seals, the first bad row is named; what is new is told apart."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nova.governance.audit import AuditLog, anchors, chain, sealing
from nova.governance.audit.chain import Verdict, seal, verify
from nova.jobs import audit
from nova.records import Caller
from nova.store.postgres.db import Database
from tests.noting import note

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ROWS, SIZE = 17, 5  # three whole seals and one of two rows
ADMIN = Caller("admin")


def write(database: Database, count: int) -> None:
    for number in range(count):
        note(database, "test.done", f"thing-{number}", {"n": number, "share": number / 7})


def wiped(database: Database) -> None:
    """An empty log, whose rows begin at 1 again."""
    tampered(database, "TRUNCATE audit_log", "TRUNCATE audit_seals", "UPDATE audit_counter SET last = 0")


def tampered(database: Database, *statements: str, values: tuple[Any, ...] = ()) -> None:
    """What somebody does who owns the database."""
    with database.transaction() as conn:
        for table in ("audit_log", "audit_seals"):
            conn.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_change")
        for statement in statements:
            conn.execute(statement, values)
        for table in ("audit_log", "audit_seals"):
            conn.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_no_change")


@pytest.fixture
def sealed(database: Database, tmp_path: Path) -> Path:
    """A data folder with what was written down of a log of 17 sealed rows."""
    wiped(database)
    write(database, ROWS)
    anchors.write(tmp_path, seal(database, NOW, SIZE), NOW)
    return tmp_path


def looked(database: Database, folder: Path) -> Verdict:
    return verify(database, anchors.read(folder))


def first(database: Database, folder: Path) -> tuple[str, int]:
    flaw = looked(database, folder).first
    assert flaw is not None and str(flaw.seq) in flaw.text
    return flaw.kind, flaw.seq


def test_a_log_as_it_was_written_is_found_so(database: Database, sealed: Path) -> None:
    write(database, 3)
    verdict = looked(database, sealed)
    assert verdict.ok and verdict.flaws == () and verdict.first is None
    assert (verdict.rows, verdict.sealed, verdict.unsealed, verdict.seals) == (ROWS + 3, ROWS, 3, 4)
    assert verdict.anchored_at == NOW
    anchors.write(sealed, seal(database, NOW + timedelta(hours=1), SIZE), NOW + timedelta(hours=1))
    verdict = looked(database, sealed)
    assert (verdict.ok, verdict.sealed, verdict.unsealed, verdict.seals) == (True, ROWS + 3, 0, 5)


def test_an_empty_log_is_in_order(database: Database, tmp_path: Path) -> None:
    wiped(database)
    assert seal(database, NOW) is None
    assert not anchors.write(tmp_path, None, NOW)
    assert looked(database, tmp_path).ok


EDITS = {
    "ts": "ts = ts + interval '1 microsecond'",
    "actor": "actor = 'user:0'",
    "action": "action = action || '.'",
    "target": "target = ''",
    "facts": "facts = facts || '{\"n\": -1}'",
    "a fact's name": "facts = '{}'",
}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edit=st.sampled_from(sorted(EDITS)), seq=st.integers(1, ROWS))
def test_any_edit_names_its_row(database: Database, sealed: Path, edit: str, seq: int) -> None:
    before = database.fetch_one("SELECT * FROM audit_log WHERE seq = %s", (seq,))
    assert before
    tampered(database, f"UPDATE audit_log SET {EDITS[edit]} WHERE seq = %s", values=(seq,))
    try:
        assert first(database, sealed) == ("row_edited", seq)
    finally:
        back = "UPDATE audit_log SET ts = %s, actor = %s, action = %s, target = %s, facts = %s WHERE seq = %s"
        kept = (before["ts"], before["actor"], before["action"], before["target"], psycopg.types.json.Jsonb(before["facts"]), seq)
        tampered(database, back, values=kept)
    assert looked(database, sealed).ok


@pytest.mark.parametrize("seq", [1, 5, 6, 16, 17])
def test_a_deleted_row_is_named(database: Database, sealed: Path, seq: int) -> None:
    tampered(database, "DELETE FROM audit_log WHERE seq = %s", values=(seq,))
    assert first(database, sealed) == ("row_deleted", seq)


def test_the_first_of_several_is_named(database: Database, sealed: Path) -> None:
    tampered(database, "DELETE FROM audit_log WHERE seq = 12", "UPDATE audit_log SET actor = 'x' WHERE seq IN (9, 14)")
    verdict = looked(database, sealed)
    assert [(flaw.kind, flaw.seq) for flaw in verdict.flaws] == [("row_edited", 9), ("row_deleted", 12), ("row_edited", 14)]
    assert verdict.first == verdict.flaws[0]


def test_a_row_put_in_afterwards_is_named(database: Database, tmp_path: Path) -> None:
    wiped(database)
    write(database, 4)
    tampered(database, "DELETE FROM audit_log WHERE seq = 3")  # as a transaction that was rolled back leaves it
    anchors.write(tmp_path, seal(database, NOW), NOW)
    assert looked(database, tmp_path).ok
    forged = "INSERT INTO audit_log (seq, actor, action, target) VALUES (%s, 'admin', 'x', 'y')"
    for seq in (3, 0):
        tampered(database, forged, values=(seq,))
        assert first(database, tmp_path) == ("row_inserted", seq)


def test_rows_that_changed_places_are_named(database: Database, sealed: Path) -> None:
    swap = "UPDATE audit_log SET seq = CASE seq WHEN 7 THEN -9 WHEN 9 THEN -7 END WHERE seq IN (7, 9)"
    tampered(database, swap, "UPDATE audit_log SET seq = -seq WHERE seq < 0")
    assert first(database, sealed) == ("row_reordered", 7)


@pytest.mark.parametrize("kept", [16, 15, 10, 3, 0])
def test_a_tail_that_is_cut_off_with_its_seals_is_named(database: Database, sealed: Path, kept: int) -> None:
    tampered(database, "DELETE FROM audit_log WHERE seq > %s", "DELETE FROM audit_seals WHERE last_seq > %s", values=(kept,))
    kind, seq = first(database, sealed)
    assert (kind, seq) == ("truncated", kept // SIZE * SIZE + 1)


def test_rows_that_are_cut_off_without_their_seals_are_named(database: Database, sealed: Path) -> None:
    tampered(database, "DELETE FROM audit_log WHERE seq > 8")
    assert first(database, sealed) == ("row_deleted", 9)


@pytest.mark.parametrize(
    ("change", "seq"),
    [
        ("head = decode(repeat('00', 32), 'hex') WHERE seal_id = 2", 6),
        ("previous = decode(repeat('00', 32), 'hex') WHERE seal_id = 2", 1),
        ("leaves = overlay(leaves placing '\\x01' from 20) WHERE seal_id = 3", 11),
        ("leaves = substring(leaves from 1 for 30) WHERE seal_id = 3", 11),
        ("sealed_at = sealed_at + interval '1 second' WHERE seal_id = 1", 1),
        ("last_seq = 9, leaves = substring(leaves from 1 for 160) WHERE seal_id = 2", 6),
    ],
)
def test_an_edited_seal_is_named(database: Database, sealed: Path, change: str, seq: int) -> None:
    tampered(database, f"UPDATE audit_seals SET {change}")
    kind, found = first(database, sealed)
    assert (kind, found) == ("seal_edited", seq)


@pytest.mark.parametrize("seal_id", [1, 2, 3])
def test_a_deleted_seal_is_named(database: Database, sealed: Path, seal_id: int) -> None:
    tampered(database, "DELETE FROM audit_seals WHERE seal_id = %s", values=(seal_id,))
    kind, seq = first(database, sealed)
    assert (kind, seq) == ("seal_deleted", (seal_id - 1) * SIZE + 1)


def test_a_chain_made_anew_over_an_edited_row_does_not_fit_what_was_written_down(database: Database, sealed: Path) -> None:
    write(database, 5)
    anchors.write(sealed, seal(database, NOW + timedelta(days=1), SIZE), NOW + timedelta(days=1))
    tampered(database, "UPDATE audit_log SET actor = 'x' WHERE seq = 20", "DELETE FROM audit_seals WHERE seal_id > 4")
    seal(database, NOW + timedelta(days=1), SIZE)
    verdict = looked(database, sealed)
    assert verdict.first and (verdict.first.kind, verdict.first.seq) == ("rewritten", 18)
    tampered(database, "DELETE FROM audit_seals")
    seal(database, NOW, SIZE)
    assert first(database, sealed) == ("rewritten", 1)  # sealed in other stretches, and so all of it


def test_whoever_is_still_at_work_holds_up_neither_seals_nor_writers_and_comes_later(database: Database, tmp_path: Path) -> None:
    """A number is given with the commit, so what is noted first may be written second."""
    wiped(database)
    with database.listen() as slow:
        slow.autocommit = False
        AuditLog().record(ADMIN, "test.slow", "thing", connection=slow)
        write(database, 2)
        made = seal(database, NOW)
        assert made is not None and made.last_seq == 2
        slow.commit()
    anchors.write(tmp_path, seal(database, NOW), NOW)
    assert looked(database, tmp_path).ok
    assert [row["action"] for row in database.fetch_all("SELECT action FROM audit_log ORDER BY seq")] == ["test.done"] * 2 + ["test.slow"]


def test_many_who_seal_and_write_at_once_make_one_chain(database: Database, tmp_path: Path) -> None:
    wiped(database)

    def work() -> None:
        for _ in range(5):
            write(database, 4)
            seal(database, NOW, 3)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    anchors.write(tmp_path, seal(database, NOW, 3), NOW)
    verdict = looked(database, tmp_path)
    assert (verdict.ok, verdict.sealed, verdict.unsealed) == (True, 80, 0)


def lines(folder: Path) -> Iterator[str]:
    yield from (folder / "anchors" / "audit.jsonl").read_text().splitlines()


def test_a_day_has_one_line_and_the_newest_head_is_always_there(database: Database, tmp_path: Path) -> None:
    wiped(database)
    for hours in (0, 1, 30, 31, 80):
        write(database, 2)
        anchors.write(tmp_path, seal(database, NOW + timedelta(hours=hours)), NOW + timedelta(hours=hours))
    assert len(list(lines(tmp_path))) == 3
    assert not anchors.write(tmp_path, seal(database, NOW + timedelta(days=9)), NOW + timedelta(days=9))  # nothing new to write down
    tampered(database, "DELETE FROM audit_log WHERE seq > 8", "DELETE FROM audit_seals WHERE last_seq > 8")
    assert first(database, tmp_path) == ("truncated", 9)
    page = (tmp_path / "orchestration_journal" / "governance" / "audit_anchors.md").read_text()
    assert page.count("| Tagesanker |") == 3


def test_half_a_line_that_a_crash_left_is_no_flaw_and_a_broken_one_is(database: Database, sealed: Path) -> None:
    path = sealed / "anchors" / "audit.jsonl"
    with path.open("a") as file:
        file.write('{"at":"2026-11-23T')
    assert looked(database, sealed).ok
    write(database, 1)
    assert anchors.write(sealed, seal(database, NOW), NOW + timedelta(days=1))
    assert len(list(lines(sealed))) == 2 and looked(database, sealed).ok
    path.write_text("unsinn\n" + path.read_text())
    assert [flaw.kind for flaw in looked(database, sealed).flaws] == ["anchor_unreadable"]


def test_what_a_restore_set_aside_is_told_and_no_flaw(database: Database, sealed: Path) -> None:
    """The log goes on from the snapshot's last seal; what was written down after that belongs to what was set aside."""
    write(database, 5)
    anchors.write(sealed, seal(database, NOW + timedelta(days=1), SIZE), NOW + timedelta(days=1))
    tampered(database, "DELETE FROM audit_log WHERE seq > 10", "DELETE FROM audit_seals WHERE last_seq > 10")
    assert first(database, sealed) == ("truncated", 11)
    chain.restored(database, sealed, NOW + timedelta(days=2))
    write(database, 3)
    anchors.write(sealed, seal(database, NOW + timedelta(days=2)), NOW + timedelta(days=2))
    verdict = looked(database, sealed)
    assert verdict.ok and verdict.restored == (NOW + timedelta(days=2),)
    tampered(database, "UPDATE audit_log SET actor = 'x' WHERE seq = 4")
    assert first(database, sealed) == ("row_edited", 4)


def test_another_logs_snapshot_leaves_nothing_that_was_written_down_before(database: Database, sealed: Path) -> None:
    wiped(database)
    write(database, 6)
    seal(database, NOW, 2)
    chain.restored(database, sealed, NOW)
    verdict = looked(database, sealed)
    assert verdict.ok and verdict.restored == (NOW,) and verdict.seals == 3


def test_what_was_written_is_sealed_at_once_and_written_down_once_a_day(database: Database, tmp_path: Path) -> None:
    wiped(database)
    assert sealing.seal(database, tmp_path) is None
    for last in (2, 4):
        write(database, 2)
        made = sealing.seal(database, tmp_path)
        assert made is not None and made.last_seq == last
        assert sealing.seal(database, tmp_path) is None
    assert [one.event for one in anchors.read(tmp_path).anchors] == ["daily", "head"]
    assert looked(database, tmp_path).ok


def test_the_sealer_seals_while_nova_runs_and_a_last_time(database: Database, tmp_path: Path) -> None:
    wiped(database)
    write(database, 2)
    sealer = audit.Sealer(database, tmp_path, seconds=0.05)
    sealer.start()
    for _ in range(2):
        write(database, 1)
        until = time.monotonic() + 10
        while looked(database, tmp_path).unsealed and time.monotonic() < until:
            time.sleep(0.02)
        assert looked(database, tmp_path).unsealed == 0
    assert sealer.whole
    sealer.stop()
    patient = audit.Sealer(database, tmp_path)
    patient.start()
    time.sleep(0.2)
    write(database, 1)
    patient.stop()
    verdict = looked(database, tmp_path)
    assert (verdict.ok, verdict.sealed, verdict.unsealed, patient.whole) == (True, 5, 0, False)


def gaps(database: Database, folder: Path) -> list[tuple[int, int, bool]]:
    return [(gap.first, gap.last, gap.sealed) for gap in looked(database, folder).gaps]


def failed(database: Database) -> None:
    """What comes to nothing in each way that a transaction can: rolled back, in part rolled back, its connection cut, its server process
    ended."""
    log = AuditLog()
    with database.transaction() as conn, conn.transaction():
        log.record(ADMIN, "test.failed", "thing", connection=conn)
        raise psycopg.Rollback
    with database.transaction() as conn:
        log.record(ADMIN, "test.kept", "thing", connection=conn)
        with conn.transaction():
            log.record(ADMIN, "test.failed", "thing", connection=conn)
            raise psycopg.Rollback
    for end in ("close", "terminate"):
        cut = database.listen()
        cut.autocommit = False
        log.record(ADMIN, "test.failed", "thing", connection=cut)
        if end == "terminate":
            database.execute("SELECT pg_terminate_backend(%s)", (cut.info.backend_pid,))
        cut.close()
    refused = "INSERT INTO access_tokens (token_id, user_id, expires_at) VALUES (gen_random_uuid(), gen_random_uuid(), now())"
    with suppress(psycopg.errors.ForeignKeyViolation), database.transaction() as conn:
        log.record(ADMIN, "test.failed", "thing", connection=conn)
        conn.execute(refused)


def test_what_comes_to_nothing_leaves_no_gap(database: Database, sealed: Path) -> None:
    for _ in range(3):
        failed(database)
        write(database, 1)
    verdict = looked(database, sealed)
    assert (verdict.ok, verdict.missing, verdict.unsealed) == (True, 0, 6)
    assert database.fetch_one("SELECT last FROM audit_counter") == {"last": ROWS + 6}


def test_a_row_that_was_taken_away_before_it_was_sealed_is_named(database: Database, sealed: Path) -> None:
    with database.transaction() as conn:
        AuditLog().record(Caller("admin"), chain.GAPLESS, "audit", connection=conn)
    write(database, 6)
    since = ROWS + 1
    tampered(database, "DELETE FROM audit_log WHERE seq IN (%s, %s, %s)", values=(since + 2, since + 3, since + 6))
    verdict = looked(database, sealed)
    assert verdict.gapless_since == since
    assert [(flaw.kind, flaw.seq) for flaw in verdict.flaws] == [("row_deleted", since + 2), ("row_deleted", since + 6)]
    assert verdict.missing == 3
    anchors.write(sealed, seal(database, NOW, SIZE), NOW)
    assert [(flaw.kind, flaw.seq) for flaw in looked(database, sealed).flaws] == [("row_deleted", since + 2), ("row_deleted", since + 6)]
    tampered(database, "DELETE FROM audit_log WHERE seq = %s", values=(since,))
    assert first(database, sealed) == ("row_deleted", since)  # the row that says since when is sealed like any other


def test_gaps_of_the_time_before_are_told_and_no_flaws(database: Database, sealed: Path) -> None:
    """Numbers were once given out before they were committed."""
    database.execute("UPDATE audit_counter SET last = last + 3")
    note(database, chain.GAPLESS, "audit")
    write(database, 2)
    verdict = looked(database, sealed)
    assert (verdict.ok, verdict.missing, verdict.gapless_since) == (True, 3, ROWS + 4)
    assert gaps(database, sealed) == [(ROWS + 1, ROWS + 3, False)]
    anchors.write(sealed, seal(database, NOW, SIZE), NOW)
    assert gaps(database, sealed) == [(ROWS + 1, ROWS + 3, True)]
    tampered(database, "DELETE FROM audit_log WHERE seq = 3")
    verdict = looked(database, sealed)
    assert not verdict.ok and verdict.missing == 3  # a sealed row that is gone is a flaw, and named as one


def test_a_counter_that_was_set_back_is_named(database: Database, sealed: Path) -> None:
    write(database, 3)
    database.execute("UPDATE audit_counter SET last = last - 2")
    try:
        assert first(database, sealed) == ("row_inserted", ROWS + 2)
    finally:
        database.execute("UPDATE audit_counter SET last = last + 2")


def test_entries_that_somebody_kept_from_the_log_are_counted(database: Database, sealed: Path) -> None:
    database.execute("ALTER TABLE audit_incoming DISABLE TRIGGER audit_incoming_numbered")
    try:
        write(database, 2)
    finally:
        database.execute("ALTER TABLE audit_incoming ENABLE TRIGGER audit_incoming_numbered")
    verdict = looked(database, sealed)
    assert [flaw.text for flaw in verdict.flaws] == [f"2 Einträge sind nie in das Protokoll gekommen (ab Zeile {ROWS + 1})."]
    database.execute("DELETE FROM audit_incoming")


def test_entries_stand_in_the_order_of_their_commits_and_those_of_one_transaction_together(database: Database) -> None:
    wiped(database)
    log = AuditLog()

    def work(name: str) -> None:
        for _ in range(20):
            with database.transaction() as conn:
                for part in range(3):
                    log.record(ADMIN, "test.part", name, {"part": part}, connection=conn)

    threads = [threading.Thread(target=work, args=(f"t{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = database.fetch_all("SELECT seq, target, facts FROM audit_log ORDER BY seq")
    assert [row["seq"] for row in found] == list(range(1, 241))
    for at in range(0, 240, 3):
        assert [row["facts"]["part"] for row in found[at : at + 3]] == [0, 1, 2]
        assert len({row["target"] for row in found[at : at + 3]}) == 1


def test_nobody_waits_for_ever_for_somebody_who_writes_two_things_in_another_order(database: Database) -> None:
    """The number is the last thing that a transaction takes, so whoever has it waits for nothing else."""
    log = AuditLog()
    for name in ("a", "b"):
        database.execute("INSERT INTO installation (key, value) VALUES (%s, '{}') ON CONFLICT DO NOTHING", (name,))

    def work(name: str) -> None:
        for _ in range(30):
            with database.transaction() as conn:
                log.record(ADMIN, "test.first", name, connection=conn)
                conn.execute("UPDATE installation SET value = '{}' WHERE key = %s", (name,))
                log.record(ADMIN, "test.second", name, connection=conn)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("a", "b", "a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
