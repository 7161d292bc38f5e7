"""What people agree to: the latest word of a purpose holds, in whatever order the words arrive."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from nova.errors import Conflict, InvalidInput
from nova.governance import consent
from nova.governance.people import KnownPeople
from nova.governance.users import ensure_user
from nova.governance.vault_keys import VaultKeys
from nova.ports.people import Purpose
from nova.store.postgres.db import Database

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def people(tmp_path: Path) -> KnownPeople:
    return KnownPeople(VaultKeys(tmp_path))


def person(database: Database, people: KnownPeople) -> UUID:
    with database.transaction() as conn:
        return people.subject(conn, f"jemand-{uuid4()}")


def say(database: Database, who: UUID, at: datetime, now: datetime = NOW, **said: bool) -> consent.Effect:
    text = consent.shipped()
    purposes: dict[Purpose, bool] = dict(said)  # type: ignore[arg-type]
    with database.transaction() as conn:
        return consent.record(conn, who, consent.Statement(purposes, text.version, text.sha256, at, "test"), now)


def test_the_latest_word_holds_in_any_order(database: Database, people: KnownPeople) -> None:
    words = [(NOW - timedelta(hours=3), True), (NOW - timedelta(hours=2), False), (NOW - timedelta(hours=1), True)]
    for order in permutations(words):
        who = person(database, people)
        for at, given in order:
            say(database, who, at, service=given)
        with database.transaction() as conn:
            assert people.agreed(conn, who) == {"service"}


def test_a_withdrawal_holds_at_once_also_against_a_consent_from_a_clock_that_is_ahead(database: Database, people: KnownPeople) -> None:
    who, ahead = person(database, people), NOW + timedelta(minutes=4)
    say(database, who, ahead, service=True)
    later = NOW + timedelta(minutes=1)
    assert say(database, who, later, later, service=False).agreed == set()
    assert say(database, who, ahead, later + timedelta(minutes=9), service=True).agreed == set()  # the same delivery again
    again = NOW + timedelta(minutes=5)
    assert say(database, who, again, again, service=True).agreed == {"service"}


def test_of_two_words_at_one_moment_the_withdrawal_holds(database: Database, people: KnownPeople) -> None:
    for order in ((True, False), (False, True)):
        who = person(database, people)
        effects = [say(database, who, NOW, analytics=given) for given in order]
        assert effects[-1].agreed == frozenset()
        assert effects[-1].ended == (frozenset({"analytics"}) if order[0] else frozenset())


def test_the_same_said_again_is_one_row(database: Database, people: KnownPeople) -> None:
    who = person(database, people)
    for _ in range(3):
        say(database, who, NOW, service=True, training=False)
    assert len(database.fetch_all("SELECT 1 FROM consents WHERE subject_id = %s", [who])) == 2
    with database.transaction() as conn:
        assert [(row.purpose, row.given) for row in consent.standing(conn, who)] == [
            ("service", True),
            ("analytics", None),
            ("training", False),
            ("profiling", None),
        ]


def test_nobody_agrees_in_the_future_or_to_another_text(database: Database, people: KnownPeople) -> None:
    who, text = person(database, people), consent.shipped()
    with pytest.raises(InvalidInput):
        say(database, who, NOW + timedelta(minutes=6), service=True)
    say(database, who, NOW + timedelta(minutes=4), service=False)
    with database.transaction() as conn, pytest.raises(Conflict):
        consent.record(conn, who, consent.Statement({"service": True}, text.version, "0" * 64, NOW, "test"), NOW)
    kept = database.fetch_one("SELECT text FROM consent_texts WHERE version = %s", [text.version])
    assert kept == {"text": text.text}


def test_a_person_is_one_however_they_are_met_first(database: Database, people: KnownPeople) -> None:
    with database.transaction() as conn:
        first, second, third = (f"kunde-{uuid4()}" for _ in range(3))
        known = people.subject(conn, first)
    user = ensure_user(database, first)
    with database.transaction() as conn:
        assert people.subject_of_user(conn, user.user_id) == known
    other = ensure_user(database, second)
    with database.transaction() as conn:
        pseudonym = people.subject_of_user(conn, other.user_id)
        assert people.subject(conn, second) == people.find(conn, second) == pseudonym
    bare, made = ensure_user(database, third), uuid4()
    database.execute("INSERT INTO subjects (subject_id, user_id) VALUES (%s, %s)", [made, bare.user_id])
    with database.transaction() as conn:
        assert people.subject(conn, third) == people.find(conn, third) == made
        assert people.find(conn, "niemand") is None
