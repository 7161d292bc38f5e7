"""Tokens: who they stand for, and everything that must be refused."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from nova.errors import InvalidInput, NotFound, NotSignedIn
from nova.governance.audit import AuditLog, list_audit
from nova.governance.tokens import TokenRequest, issue_token, list_tokens, read_token, revoke_token, token_holder, token_key
from nova.governance.users import ensure_user
from nova.records import CONVERSATIONS_OWNER, Caller
from nova.roles import Role
from nova.store.people import governance as rows
from nova.store.postgres.db import Database

ADMIN = Caller("admin")
KEY = token_key(bytes(range(32)))


def issue(database: Database, user: str = "erika@example.org", days: int = 90, role: Role | None = None) -> Any:
    return issue_token(database, KEY, AuditLog(), ADMIN, user, TokenRequest("Notebook", days, role))


def signed(key: OctKey = KEY, algorithm: str = "HS256", **changes: Any) -> str:
    claims: dict[str, Any] = {"sub": "x", "jti": str(uuid4()), "role": "customer", "exp": datetime.now(UTC) + timedelta(hours=1)}
    claims |= changes
    return jwt.encode({"alg": algorithm}, {k: v for k, v in claims.items() if v is not None}, key, algorithms=[algorithm])


def test_a_token_stands_for_its_person(database: Database) -> None:
    issued = issue(database)
    token_id, holder = token_holder(database, KEY, issued.token)
    assert token_id == issued.token_id
    assert holder.external_id == "erika@example.org"
    assert holder.user_id == ensure_user(database, "erika@example.org").user_id
    assert abs(holder.expires_at - datetime.now(UTC) - timedelta(days=90)) < timedelta(minutes=1)


def test_the_list_shows_tokens_without_their_secret(database: Database) -> None:
    issued = issue(database, "liste")
    row = next(token for token in list_tokens(database) if token.token_id == issued.token_id)
    assert (row.user, row.label, row.revoked_at) == ("liste", "Notebook", None)
    assert issued.token not in repr(row)


def test_a_withdrawn_token_is_refused_and_the_withdrawal_logged(database: Database) -> None:
    issued = issue(database, "weg")
    revoke_token(database, AuditLog(), ADMIN, issued.token_id)
    with pytest.raises(NotSignedIn):
        token_holder(database, KEY, issued.token)
    assert [entry.action for entry in list_audit(database) if entry.target == str(issued.token_id)] == ["token.revoked", "token.issued"]


def test_withdrawing_twice_keeps_the_time_and_an_unknown_one_is_not_found(database: Database) -> None:
    issued = issue(database, "zweimal")
    for _ in range(2):
        revoke_token(database, AuditLog(), ADMIN, issued.token_id)
    with pytest.raises(NotFound):
        revoke_token(database, AuditLog(), ADMIN, uuid4())


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": datetime.now(UTC) - timedelta(seconds=1)},
        {"exp": None},
        {"sub": None},
        {"sub": ""},
        {"jti": None},
        {"jti": "no-uuid"},
        {"role": None},
        {"role": "king"},
    ],
)
def test_tokens_with_wrong_or_missing_claims_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(NotSignedIn):
        read_token(KEY, signed(**changes))


def test_another_key_or_algorithm_is_refused() -> None:
    other = token_key(bytes(32))
    with pytest.raises(NotSignedIn):
        read_token(KEY, signed(other))
    with pytest.raises(NotSignedIn):
        read_token(KEY, signed(token_key(bytes(range(64))), "HS512"))


def test_an_unsigned_token_is_refused() -> None:
    def part(data: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(data).encode()).rstrip(b"=").decode()

    claims = {"sub": "x", "jti": str(uuid4()), "role": "customer", "exp": 4102444800}
    with pytest.raises(NotSignedIn):
        read_token(KEY, f"{part({'alg': 'none'})}.{part(claims)}.")


@pytest.mark.parametrize("junk", ["", "x", "a.b.c", "....", "ä" * 50, "a" * 5000])
def test_junk_is_refused(junk: str) -> None:
    with pytest.raises(NotSignedIn):
        read_token(KEY, junk)


def test_a_well_signed_token_nobody_issued_is_refused(database: Database) -> None:
    with pytest.raises(NotSignedIn):
        token_holder(database, KEY, signed())


def test_a_token_for_another_role_than_the_persons_is_refused(database: Database) -> None:
    issued = issue(database, "rolle", role="reviewer")
    assert token_holder(database, KEY, issued.token)[1].role == "reviewer"
    for role in ("customer", "auditor", "service"):
        with pytest.raises(NotSignedIn):
            token_holder(database, KEY, signed(jti=str(issued.token_id), sub="rolle", role=role))


def test_a_change_of_role_withdraws_all_older_tokens_and_is_logged(database: Database) -> None:
    older = [issue(database, "aufstieg") for _ in range(2)]
    newer = issue(database, "aufstieg", role="engineer")
    assert (newer.changed, issue(database, "aufstieg", role="engineer").changed) == (True, False)
    for token in older:
        with pytest.raises(NotSignedIn):
            token_holder(database, KEY, token.token)
    assert token_holder(database, KEY, newer.token)[1].role == "engineer"
    user = ensure_user(database, "aufstieg")
    assert user.role == "engineer"
    (entry,) = [entry for entry in list_audit(database) if entry.target == str(user.user_id)]
    assert (entry.action, entry.facts) == ("role.changed", {"role": "engineer"})


def test_a_token_id_with_another_name_in_it_is_refused(database: Database) -> None:
    issued = issue(database, "echt")
    with pytest.raises(NotSignedIn):
        token_holder(database, KEY, signed(jti=str(issued.token_id), sub="falsch"))


@pytest.mark.parametrize("name", ["", "mit leer", "zeilen\numbruch", "a" * 201, "<b>"])
def test_names_of_people_are_short_and_plain(database: Database, name: str) -> None:
    with pytest.raises(InvalidInput):
        ensure_user(database, name)


def test_whom_conversations_belong_to_is_nobody(database: Database) -> None:
    with database.transaction() as conn:
        assert [rows.find_user(conn, name) for name in ("nova conversations", str(CONVERSATIONS_OWNER))] == [None, None]
    with pytest.raises(InvalidInput):
        issue(database, "nova conversations")
    with pytest.raises(NotSignedIn):
        token_holder(database, KEY, signed(sub="nova conversations", role="service"))


def test_a_person_is_found_by_either_name(database: Database) -> None:
    user = ensure_user(database, "doppelt")
    with database.transaction() as conn:
        assert rows.find_user(conn, "doppelt") == rows.find_user(conn, str(user.user_id)) == user
        assert rows.find_user(conn, "niemand") is None
