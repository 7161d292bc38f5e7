"""The key file and the database belong together: a file that is missing, another one or one that lacks a key stops the start."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from nova.errors import Misconfigured, ServerAbsent
from nova.governance import vault_fit
from nova.governance.audit import AuditLog
from nova.governance.people import KnownPeople
from nova.governance.vault_keys import FILE, VaultKeys
from nova.store.postgres.db import Database


@pytest.fixture(autouse=True)
def clean(database: Database) -> Iterator[None]:
    yield
    database.execute("DELETE FROM subjects")
    database.execute("DELETE FROM installation WHERE key = 'vault'")


def start(database: Database, folder: Path) -> VaultKeys:
    keys = VaultKeys(folder)
    with database.transaction() as conn:
        vault_fit.require_fitting(conn, keys)
    return keys


def met(database: Database, keys: VaultKeys, name: str = "erika") -> UUID:
    """A person whose vault holds a value."""
    people = KnownPeople(keys)
    with database.transaction() as conn:
        subject_id = people.subject(conn, name)
        people.tokens(conn, subject_id)("phone", "0171 2345678")
    return subject_id


def test_the_same_file_starts_again_and_also_after_a_change_of_the_wrapping_key(database: Database, tmp_path: Path) -> None:
    keys = start(database, tmp_path)
    met(database, keys)
    start(database, tmp_path)
    keys.add()
    with database.transaction() as conn:
        while KnownPeople(keys).rewrap(conn):
            pass
    keys.drop_old()
    start(database, tmp_path)


def test_a_lost_file_is_told_and_none_is_left_in_its_place(database: Database, tmp_path: Path) -> None:
    met(database, start(database, tmp_path))
    kept = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).unlink()
    for _ in range(2):  # the first refusal must not make the second start pass
        with pytest.raises(Misconfigured, match=r"vault\.key fehlt oder gehört nicht"):
            start(database, tmp_path)
        assert not (tmp_path / FILE).exists()
    (tmp_path / FILE).write_bytes(kept)
    start(database, tmp_path)


def test_a_lost_file_is_told_also_where_nobody_has_a_vault_and_nothing_was_noted(database: Database, tmp_path: Path) -> None:
    with database.transaction() as conn:
        KnownPeople(VaultKeys(tmp_path / "früher")).subject(conn, "erika")
    with pytest.raises(Misconfigured):
        start(database, tmp_path / "heute")


def test_another_installations_file_is_told_and_stays(database: Database, tmp_path: Path) -> None:
    met(database, start(database, tmp_path / "a"))
    VaultKeys(tmp_path / "b")
    with pytest.raises(Misconfigured, match="NOVA_VAULT_LOST"):
        start(database, tmp_path / "b")
    assert (tmp_path / "b" / FILE).exists()


def test_an_older_copy_of_the_file_lacks_the_key_in_use(database: Database, tmp_path: Path) -> None:
    keys = start(database, tmp_path)
    old = (tmp_path / FILE).read_bytes()
    keys.add()
    met(database, keys)
    (tmp_path / FILE).write_bytes(old)
    with pytest.raises(Misconfigured, match=r"es fehlt k2-"):
        start(database, tmp_path)


def test_a_loss_that_is_accepted_empties_what_does_not_open_and_people_are_met_anew(database: Database, tmp_path: Path) -> None:
    former = met(database, start(database, tmp_path / "a"))
    keys = VaultKeys(tmp_path / "b")
    with database.transaction() as conn:
        assert not vault_fit.fits(conn, keys)
        assert vault_fit.accept_loss(conn, keys) == (1, 1)
        assert vault_fit.accept_loss(conn, keys) == (0, 0)
    start(database, tmp_path / "b")
    assert met(database, keys) != former
    assert database.fetch_one("SELECT count(*) AS n FROM vault") == {"n": 1}


def test_a_loss_is_carried_out_only_together_with_its_note(database: Database, tmp_path: Path) -> None:
    class Away:
        def record(self, *_: object, **__: object) -> None:
            raise ServerAbsent("Die Datenbank antwortet nicht.")

    met(database, start(database, tmp_path))
    (tmp_path / FILE).unlink()
    people = KnownPeople(VaultKeys(tmp_path))
    vault = "SELECT count(*) AS n FROM vault"
    with pytest.raises(ServerAbsent):
        vault_fit.VaultCheck(database, people, Away()).require(lost=True)
    assert database.fetch_one(vault) == {"n": 1}
    vault_fit.VaultCheck(database, people, AuditLog()).require(lost=True)
    noted = database.fetch_one("SELECT facts FROM audit_log WHERE action = 'vault.lost' ORDER BY seq DESC LIMIT 1")
    assert database.fetch_one(vault) == {"n": 0} and noted == {"facts": {"vaults": 1, "known": 1}}


def test_a_new_installation_notes_its_file(database: Database, tmp_path: Path) -> None:
    keys = start(database, tmp_path)
    with database.transaction() as conn:
        assert vault_fit.fits(conn, keys)
        assert not vault_fit.fits(conn, VaultKeys(tmp_path / "arbeiter"))
