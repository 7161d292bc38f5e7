"""The vault: tokens that stay the same for a quarter, values that only their person's key opens, and keys that can be changed."""

import threading
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nova.errors import Misconfigured, NotFound
from nova.governance.people import KnownPeople
from nova.governance.vault import normalised, period_of
from nova.governance.vault_keys import VaultKeys
from nova.privacy.spans import TOKEN
from nova.store.postgres.db import Database

SPRING, SUMMER = datetime(2026, 5, 4, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)


@pytest.fixture
def people(tmp_path: Path) -> KnownPeople:
    return KnownPeople(VaultKeys(tmp_path / "secrets"))


def person(database: Database, people: KnownPeople) -> UUID:
    with database.transaction() as conn:
        return people.subject(conn, f"jemand-{uuid4()}")


def token(database: Database, people: KnownPeople, who: UUID, kind: str, value: str, at: datetime = SPRING) -> str:
    with database.transaction() as conn:
        return people.tokens(conn, who, at)(kind, value)


def test_the_same_value_has_one_token_in_a_quarter(database: Database, people: KnownPeople) -> None:
    who = person(database, people)
    first = token(database, people, who, "iban", "DE02 1203 0000 0000 2020 51")
    assert TOKEN.fullmatch(first)
    assert token(database, people, who, "iban", "de02120300000000202051") == first
    assert token(database, people, who, "iban", "DE02 1203 0000 0000 2020 52") != first
    later = token(database, people, who, "iban", "DE02120300000000202051", SUMMER)
    assert later != first
    with database.transaction() as conn:
        assert people.open_token(conn, first, who) == "DE02 1203 0000 0000 2020 51"
        assert people.open_token(conn, later, who) == "DE02120300000000202051"


def test_quarters_turn_in_berlin() -> None:
    assert period_of(datetime(2026, 3, 31, 21, 59, tzinfo=UTC)) == "2026Q1"
    assert period_of(datetime(2026, 3, 31, 22, 0, tzinfo=UTC)) == "2026Q2"
    assert period_of(datetime(2026, 12, 31, 23, 0, tzinfo=UTC)) == "2027Q1"


def test_only_its_person_opens_a_token_and_nobody_once_the_key_is_gone(database: Database, people: KnownPeople) -> None:
    who, other = person(database, people), person(database, people)
    mine = token(database, people, who, "name", "Erika Zwirbel")
    assert token(database, people, other, "name", "erika  ZWIRBEL") == mine
    token(database, people, other, "phone", "0171 2345678")
    with database.transaction() as conn, pytest.raises(NotFound):
        people.open_token(conn, "[NAME_000000]", who)
    database.execute("DELETE FROM subject_keys WHERE subject_id = %s", [who])
    with database.transaction() as conn, pytest.raises(NotFound):
        people.open_token(conn, mine, who)
    with database.transaction() as conn:
        assert people.open_token(conn, mine, other) == "erika  ZWIRBEL"


def test_a_sealed_value_moved_to_another_token_or_person_does_not_open(database: Database, people: KnownPeople) -> None:
    who, other = person(database, people), person(database, people)
    first, second = (token(database, people, who, "name", name) for name in ("Erika", "Otto"))
    token(database, people, other, "name", "Rita")
    database.execute(
        "UPDATE vault SET sealed = (SELECT sealed FROM vault WHERE subject_id = %(who)s AND token = %(first)s) WHERE subject_id = %(who)s",
        {"who": who, "first": first},
    )
    with database.transaction() as conn:
        assert people.open_token(conn, first, who) == "Erika"
        with pytest.raises(Misconfigured):
            people.open_token(conn, second, who)
    database.execute("UPDATE subject_keys SET wrapped = (SELECT wrapped FROM subject_keys WHERE subject_id = %s)", [other])
    with database.transaction() as conn, pytest.raises(Misconfigured):
        people.open_token(conn, first, who)


def test_two_values_never_share_a_token(database: Database, tmp_path: Path) -> None:
    class Narrow(VaultKeys):
        """Keys whose tokens collide often."""

        def mac(self, purpose: str, text: str) -> bytes:
            right = super().mac(purpose, text)
            return bytes(7) + bytes([right[0] % 3]) if purpose.startswith("token") else right

    people = KnownPeople(Narrow(tmp_path / "secrets"))
    who = person(database, people)
    names = ["Anna", "Berta", "Carla"]
    tokens = [token(database, people, who, "name", name) for name in names]
    assert len(set(tokens)) == 3
    assert [token(database, people, who, "name", name.upper()) for name in names] == tokens
    with database.transaction() as conn:
        assert [people.open_token(conn, one, who) for one in tokens] == names


def test_the_wrapping_key_can_be_changed_while_others_hold_the_old_file(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    database.execute("DELETE FROM subject_keys")  # of other installations
    people, elsewhere = KnownPeople(VaultKeys(folder)), KnownPeople(VaultKeys(folder))
    who = person(database, people)
    sealed = token(database, people, who, "name", "Erika")
    before = (folder / "vault.key").read_text()
    assert (folder / "vault.key").stat().st_mode & 0o077 == 0
    name = people.keys.add()
    with database.transaction() as conn:
        assert people.rewrap(conn) >= 1
        assert people.rewrap(conn) == 0
        row = conn.execute("SELECT wrapped_by FROM subject_keys WHERE subject_id = %s", [who]).fetchone()
        assert row == {"wrapped_by": name}
        assert elsewhere.open_token(conn, sealed, who) == "Erika"
    assert people.keys.drop_old() == 1
    assert token(database, people, who, "name", "erika") == sealed
    (folder / "vault.key").write_text(before)
    with database.transaction() as conn, pytest.raises(Misconfigured, match="fehlt"):
        KnownPeople(VaultKeys(folder)).open_token(conn, sealed, who)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_no_vault_is_lost_that_is_made_while_the_key_is_changed(database: Database, tmp_path: Path, elsewhere: bool) -> None:
    people = KnownPeople(VaultKeys(tmp_path / "secrets"))
    database.execute("DELETE FROM subject_keys")  # of other installations
    maker = KnownPeople(VaultKeys(tmp_path / "secrets")) if elsewhere else people
    who, late, made, go = person(database, people), person(database, people), threading.Event(), threading.Event()
    tokens: list[str] = []

    def make() -> None:
        with database.transaction() as conn:
            tokens.append(maker.tokens(conn, who, SPRING)("name", "Erika"))
            made.set()
            go.wait(10)

    def change() -> None:
        people.keys.add()
        done = 1
        while done:
            with database.transaction() as conn:
                done = people.rewrap(conn)
        people.keys.drop_old()

    threads = [threading.Thread(target=work) for work in (make, change)]
    threads[0].start()
    assert made.wait(10)
    threads[1].start()
    threads[1].join(0.3)
    go.set()
    for thread in threads:
        thread.join(10)
    sealed = token(database, maker, late, "name", "Otto")
    with database.transaction() as conn:
        assert people.open_token(conn, tokens[0], who) == "Erika"
        assert people.open_token(conn, sealed, late) == "Otto"


@pytest.mark.parametrize("text", ["{}", "nichts", '{"root": "00", "wrapping": {}, "current": "x"}', "[]"])
def test_a_damaged_key_file_is_no_reason_to_make_another(tmp_path: Path, text: str) -> None:
    (tmp_path / "vault.key").write_text(text)
    with pytest.raises(Misconfigured, match="beschädigt"):
        VaultKeys(tmp_path)


def test_nothing_of_a_value_is_in_the_database(database: Database, people: KnownPeople) -> None:
    who = person(database, people)
    token(database, people, who, "name", "Klartextmarke")
    rows = database.fetch_all("SELECT v.*, k.*, s.* FROM vault v JOIN subject_keys k USING (subject_id) JOIN subjects s USING (subject_id)")
    assert b"klartextmarke" not in repr(rows).lower().encode()
    assert "jemand-" not in repr(rows)


@given(st.sampled_from(["0171 2345678", "+49 171/2345678", "0049171-2345678", "+49 (0)171 234 56 78", "0171 . 2345678"]))
def test_a_number_is_one_however_it_is_written(written: str) -> None:
    assert normalised("phone", written) == "01712345678"


@example("email", "A´")
@given(st.sampled_from(["iban", "meter", "customer_no", "name", "email", "address"]), st.text(max_size=60))
def test_what_is_normalised_stays_as_it_is(kind: str, value: str) -> None:
    once = normalised(kind, value)
    assert normalised(kind, once) == once
