"""Opening a token: for service accounts only, every attempt noted, the value nowhere."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from nova.errors import Conflict, InvalidInput, Misconfigured, NotAllowed, NotFound
from nova.governance.audit import AuditLog, list_audit
from nova.governance.people import KnownPeople
from nova.governance.reidentify import reidentify
from nova.governance.vault_keys import VaultKeys
from nova.records import Caller
from nova.store.postgres.db import Database

PROGRAM = Caller("service", uuid4(), "svc-test")
NAME = "Erika Mustermann"


@pytest.fixture
def people(tmp_path: Path) -> KnownPeople:
    return KnownPeople(VaultKeys(tmp_path / "secrets"))


@pytest.fixture
def held(database: Database, people: KnownPeople) -> tuple[UUID, str]:
    """A person and the token of her name."""
    with database.transaction() as conn:
        subject = people.subject(conn, f"kundin-{uuid4()}")
        token = people.tokens(conn, subject)("name", f"{NAME} {subject}")
    return subject, token


def noted(database: Database) -> tuple[str, str, str, dict[str, object]]:
    entry = list_audit(database, limit=1)[0]
    assert NAME not in repr(entry)
    return entry.actor, entry.action, entry.target, dict(entry.facts)


def test_a_program_learns_the_value_and_is_noted(database: Database, people: KnownPeople, held: tuple[UUID, str]) -> None:
    subject, token = held
    for known in (None, subject):
        opened = reidentify(database, people, AuditLog(), PROGRAM, token, "rueckruf", known)
        assert (opened.value, opened.kind, opened.subject_id) == (f"{NAME} {subject}", "name", subject)
        facts = {"reason": "rueckruf", "subject_id": str(subject)}
        assert noted(database) == (f"service:{PROGRAM.user_id}", "vault.opened", token[1:-1], facts)


@pytest.mark.parametrize("role", ["admin", "customer", "reviewer", "engineer", "auditor"])
def test_nobody_else_does(database: Database, people: KnownPeople, held: tuple[UUID, str], role: str) -> None:
    with pytest.raises(NotAllowed):
        reidentify(database, people, AuditLog(), Caller(role, uuid4()), held[1], "rueckruf", None)  # type: ignore[arg-type]


def test_a_token_that_nobody_has_is_noted_too(database: Database, people: KnownPeople, held: tuple[UUID, str]) -> None:
    for token, subject in (("[NAME_ZZZZZZ]", None), ("[ZÄHLER_000000]", None), (held[1], uuid4())):
        with pytest.raises(NotFound):
            reidentify(database, people, AuditLog(), PROGRAM, token, "stoerung", subject)
        assert noted(database)[1] == "vault.refused"
    assert noted(database)[2:] == (held[1][1:-1], {"reason": "stoerung", "subject_id": str(subject), "code": "not_found"})


def test_an_attempt_at_an_entry_that_was_changed_is_noted_too(database: Database, people: KnownPeople, held: tuple[UUID, str]) -> None:
    database.execute("UPDATE vault SET sealed = sealed || 'x' WHERE subject_id = %s", (held[0],))
    with pytest.raises(Misconfigured, match="verändert"):
        reidentify(database, people, AuditLog(), PROGRAM, held[1], "sicherheit", held[0])
    assert noted(database)[1:3] == ("vault.refused", held[1][1:-1]) and noted(database)[3]["reason"] == "sicherheit"


def test_who_shares_a_value_has_to_be_named(database: Database, people: KnownPeople) -> None:
    with database.transaction() as conn:
        both = [people.subject(conn, f"haushalt-{uuid4()}") for _ in range(2)]
        (token,) = {people.tokens(conn, one)("phone", "0170 1234567") for one in both}
    with pytest.raises(Conflict):
        reidentify(database, people, AuditLog(), PROGRAM, token, "abrechnung", None)
    facts = {"reason": "abrechnung", "subject_id": None, "code": "conflict"}
    assert noted(database)[1:] == ("vault.refused", "PHONE_" + token[-7:-1], facts)
    assert reidentify(database, people, AuditLog(), PROGRAM, token, "abrechnung", both[1]).subject_id == both[1]


@pytest.mark.parametrize("token", ["", "[NAME]", "NAME_7KQ2MX", "[NAME_7KQ2M]", "[NAME_7KQ2MX] ", "[HAUS_7KQ2MX]", "' OR 1=1"])
def test_what_is_no_token_is_refused(database: Database, people: KnownPeople, token: str) -> None:
    with pytest.raises(InvalidInput):
        reidentify(database, people, AuditLog(), PROGRAM, token, "rueckruf", None)


def test_nothing_is_told_that_could_not_be_noted(database: Database, people: KnownPeople, held: tuple[UUID, str]) -> None:
    class Full:
        def record(self, *_: object, connection: object = None) -> None:
            raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        reidentify(database, people, Full(), PROGRAM, held[1], "rueckruf", None)


def test_an_erased_persons_tokens_open_no_more(database: Database, people: KnownPeople, held: tuple[UUID, str]) -> None:
    database.execute("DELETE FROM subjects WHERE subject_id = %s", (held[0],))
    with pytest.raises(NotFound):
        reidentify(database, people, AuditLog(), PROGRAM, held[1], "rueckruf", None)
