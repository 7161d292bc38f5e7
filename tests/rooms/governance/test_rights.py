"""Confirmations, receipts and the ledger outside the database."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from nova.errors import Misconfigured
from nova.flows.erasure.ledger import Ledger
from nova.governance import rights
from nova.store.people.rights import Erasure
from tests.fakes.memory import MemoryObjects

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
KEY = bytes(range(32))


def entry(**more: object) -> Erasure:
    return Erasure(**{"erasure_id": uuid4(), "subject_id": uuid4(), "user_id": None, "lookup": b"\x00\xff", "asked_at": NOW, **more})  # type: ignore[arg-type]


def test_a_confirmation_is_one_persons_and_for_ten_minutes() -> None:
    who = uuid4()
    token = rights.confirmation(KEY, who, NOW)
    assert rights.confirmed(KEY, who, token, NOW + timedelta(minutes=9))
    assert not rights.confirmed(KEY, who, token, NOW + timedelta(minutes=11))
    assert not rights.confirmed(KEY, uuid4(), token, NOW)
    assert not rights.confirmed(bytes(32), who, token, NOW)
    until, seal = token.split(".")
    for forged in ("", ".", seal, f"{int(until) + 1}.{seal}", f"{until}.", "9" * 400 + "." + seal, "²." + seal, f"-1.{seal}"):
        assert not rights.confirmed(KEY, who, forged, NOW), forged


def test_a_receipts_hash_depends_on_all_of_it_but_itself() -> None:
    receipt = {"rows": {"users": 1}, "done_at": "x"}
    assert rights.sealed(receipt) == rights.sealed({"done_at": "x", "rows": {"users": 1}, "sha256": "y"})
    assert rights.sealed(receipt) != rights.sealed({**receipt, "rows": {"users": 2}})


@pytest.mark.parametrize("place", [lambda: None, MemoryObjects])
def test_the_ledger_gives_what_was_put_and_one_entry_takes_the_place_of_its_earlier_one(
    tmp_path: Path, place: Callable[[], MemoryObjects | None]
) -> None:
    ledger, one, other = (
        Ledger(tmp_path / "erasures", place()),
        entry(),
        entry(user_id=uuid4(), lookup=None, asked_at=NOW - timedelta(days=1)),
    )
    assert ledger.all() == []
    for each in (one, other):
        ledger.put(each)
    assert ledger.all() == [other, one]
    done = entry(erasure_id=one.erasure_id, subject_id=one.subject_id, done_at=NOW, receipt={"rows": {"ü": 1}})
    ledger.put(done)
    assert ledger.all() == [other, done]
    ledger.drop(other.erasure_id)
    assert ledger.all() == [done]


def test_a_ledger_takes_over_what_others_know_and_keeps_what_is_done(tmp_path: Path) -> None:
    mine, theirs = Ledger(tmp_path / "mine"), Ledger(tmp_path / "theirs")
    one = entry()
    done = entry(erasure_id=one.erasure_id, subject_id=one.subject_id, done_at=NOW)
    theirs.put(done)
    mine.put(one)
    mine.take_over(theirs.all())
    assert mine.all() == [done]
    mine.take_over([one])
    assert mine.all() == [done]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"version": 2}', b'{"version": 1, "erasure_id": "x"}'])
def test_an_entry_that_cannot_be_read_is_an_error_and_not_nobody(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.json").write_bytes(data)
    with pytest.raises(Misconfigured, match="Löschverzeichnis"):
        Ledger(tmp_path).all()
