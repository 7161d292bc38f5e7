"""Who is asking: operator's key, tokens, browser sessions and the short memory."""

from uuid import uuid4

import pytest

from nova.errors import NotSignedIn
from nova.governance.audit import AuditLog
from nova.governance.identity import ADMIN, Identities
from nova.governance.secrets import AdminKey
from nova.governance.tokens import IssuedToken, TokenRequest, issue_token, revoke_token, token_key
from nova.store.postgres.db import Database

KEY = token_key(bytes(range(32)))
ADMIN_KEY = "nova_adm_0123456789abcdefghijklmnopqrstuv"


@pytest.fixture
def people(database: Database) -> Identities:
    return Identities(database, AdminKey(ADMIN_KEY, None, created=False), KEY, session_hours=12)


def issued(database: Database, user: str) -> IssuedToken:
    return issue_token(database, KEY, AuditLog(), ADMIN, user)


def test_only_the_operators_key_is_the_operators_key(people: Identities) -> None:
    assert people.is_admin_key(ADMIN_KEY)
    assert not people.is_admin_key(ADMIN_KEY[:-1])
    assert not people.is_admin_key("")
    assert not people.is_admin_key("ä")


def test_the_operator_signs_in_and_out(people: Identities) -> None:
    caller, opened = people.sign_in(ADMIN_KEY)
    known = people.by_session(opened.secret)
    assert caller.role == known.caller.role == "admin"
    assert known.csrf == opened.csrf != opened.secret
    people.sign_out(opened.secret)
    assert people.remembered("cookie", opened.secret) is None
    with pytest.raises(NotSignedIn):
        people.by_session(opened.secret)


def test_a_person_signs_in_with_a_token_and_withdrawing_it_ends_the_session(people: Identities, database: Database) -> None:
    token = issued(database, "lea")
    caller, opened = people.sign_in(token.token)
    assert caller.external_id == "lea"
    assert people.by_session(opened.secret).caller == caller == people.by_token(token.token).caller
    revoke_token(database, AuditLog(), ADMIN, token.token_id)
    people.forget()
    for look in (lambda: people.by_session(opened.secret), lambda: people.by_token(token.token)):
        with pytest.raises(NotSignedIn):
            look()


def test_a_session_never_outlives_its_token(database: Database) -> None:
    people = Identities(database, AdminKey(ADMIN_KEY, None, created=False), KEY, session_hours=720)
    token = issue_token(database, KEY, AuditLog(), ADMIN, "kurz", TokenRequest(days=1))
    _, opened = people.sign_in(token.token)
    assert opened.expires_at == token.expires_at


def test_a_new_operators_key_signs_everybody_out(people: Identities, database: Database) -> None:
    _, opened = people.sign_in(ADMIN_KEY)
    after = Identities(database, AdminKey("another-key-0123456789abcdef", None, created=False), KEY, session_hours=12)
    with pytest.raises(NotSignedIn):
        after.by_session(opened.secret)


def test_neither_cookie_nor_token_is_stored(people: Identities, database: Database) -> None:
    token = issued(database, "spur")
    _, opened = people.sign_in(token.token)
    stored = str(database.fetch_all("SELECT * FROM sessions")) + str(database.fetch_all("SELECT * FROM access_tokens"))
    assert opened.secret not in stored
    assert token.token not in stored


@pytest.mark.parametrize("junk", ["", "x", "a" * 200, "ü"])
def test_junk_is_refused(people: Identities, junk: str) -> None:
    with pytest.raises(NotSignedIn):
        people.by_session(junk)
    with pytest.raises(NotSignedIn):
        people.by_token(junk)
    with pytest.raises(NotSignedIn):
        people.sign_in(junk)


def test_what_was_asked_a_moment_ago_costs_no_query(people: Identities, database: Database) -> None:
    token = issued(database, "oft")
    assert people.remembered("token", token.token) is None
    who = people.by_token(token.token)
    assert people.remembered("token", token.token) is who


def test_a_developer_is_a_uuid_and_the_same_person_again(people: Identities) -> None:
    name = str(uuid4())
    assert people.by_dev_user(name).caller == people.by_dev_user(name.upper()).caller
    assert people.by_dev_user(name).caller.external_id == name
    with pytest.raises(NotSignedIn):
        people.by_dev_user("admin")
