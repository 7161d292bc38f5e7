"""Rows of people, tokens, sessions and the audit log: a connection and plain values in, frozen rows out.

Functions run inside the caller's transaction (rows are dicts).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.records import Caller
from nova.roles import Capability, Role
from nova.store import queries

SQL = queries.load("governance")


@dataclass(frozen=True, slots=True)
class UserRow:
    """A person or program: our id, the name other systems know, and what they are here."""

    user_id: UUID
    external_id: str
    role: Role = "customer"


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token that was given out (never its secret)."""

    token_id: UUID
    user: str
    role: Role
    label: str
    scopes: Sequence[Capability] | None
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class LiveToken:
    """Who a valid token stands for, in which role, for what and until when. `stale`: its last use was noted some time ago."""

    user_id: UUID
    external_id: str
    role: Role
    scopes: Sequence[Capability] | None
    expires_at: datetime
    stale: bool


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session as it is stored: the cookie's hash, never the cookie."""

    session_hash: str
    role: str
    user_id: UUID | None
    token_id: UUID | None
    csrf: str
    expires_at: datetime
    way: str
    device: str = ""
    issuer: str | None = None
    sid: str | None = None
    proved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LiveSession:
    """Who a valid session stands for. `user_id` and `external_id` are None for the operator's key. `stale` as with tokens."""

    session_id: UUID
    role: Role
    csrf: str
    way: str
    proved_at: datetime | None
    expires_at: datetime
    user_id: UUID | None
    external_id: str | None
    scopes: Sequence[Capability] | None
    stale: bool


def ensure_user(conn: Connection[Any], external_id: str) -> UserRow:
    """The person, made when new."""
    row = None
    while row is None:  # a concurrent first sight is visible only to the next statement
        row = conn.execute(SQL["ensure_user"], {"external_id": external_id}).fetchone()
    return UserRow(**row)


def set_role(conn: Connection[Any], user_id: UUID, role: Role) -> bool:
    """Give a person a role; whether it is another one than before: then their tokens are withdrawn and their sessions ended.

    The person's row stays locked until the transaction ends, so that no token of the old role is made meanwhile.
    """
    if conn.execute(SQL["set_role"], {"user_id": user_id, "role": role}).fetchone() is None:
        return False
    sign_out(conn, user_id)
    return True


def sign_out(conn: Connection[Any], user_id: UUID) -> None:
    """Withdraw all tokens of a person and end their sessions."""
    conn.execute(SQL["revoke_tokens_of_user"], {"user_id": user_id})
    conn.execute(SQL["delete_sessions_of_user"], {"user_id": user_id})


def role_of(conn: Connection[Any], user_id: UUID) -> Role | None:
    """What a person is here, locked until the transaction ends; None when they are gone."""
    row = conn.execute(SQL["role_of"], {"user_id": user_id}).fetchone()
    return row["role"] if row else None


def find_user(conn: Connection[Any], name: str) -> UserRow | None:
    """By external id or our own id; None when unknown."""
    return find_users(conn, {name}).get(name)


def find_users(conn: Connection[Any], names: Collection[str]) -> dict[str, UserRow]:
    """Each known person under the name that was asked for: an external id or our own id. Unknown names are left out."""
    ids = {name: own for name in names if (own := _own_id(name))}
    rows = conn.execute(SQL["find_users"], {"names": list(names), "ids": list(ids.values())}).fetchall()
    found = [UserRow(**row) for row in rows]
    by_own = {user.user_id: user for user in found}
    return {name: by_own[own] for name, own in ids.items() if own in by_own} | {
        user.external_id: user for user in found if user.external_id in names
    }


def _own_id(name: str) -> UUID | None:
    """The name as an id of ours, written as we write ids."""
    try:
        own = UUID(name)
    except ValueError:
        return None
    return own if str(own) == name else None


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token as it is noted, never itself."""

    token_id: UUID
    user_id: UUID
    label: str
    scopes: Sequence[Capability] | None
    expires_at: datetime


def insert_token(conn: Connection[Any], new: NewToken) -> None:
    """Note a token."""
    conn.execute(SQL["insert_token"], asdict(new) | {"scopes": None if new.scopes is None else list(new.scopes)})


def live_token(conn: Connection[Any], token_id: UUID) -> LiveToken | None:
    """Who the token stands for; None when withdrawn, over or unknown."""
    row = conn.execute(SQL["live_token"], {"token_id": token_id}).fetchone()
    return LiveToken(**row) if row else None


def live_tokens(conn: Connection[Any], token_ids: Collection[UUID]) -> dict[UUID, Caller]:
    """Of these tokens those that are good, and who each stands for now."""
    rows = conn.execute(SQL["live_tokens"], {"token_ids": list(token_ids)}).fetchall()
    return {row["token_id"]: caller_of(row["role"], row["user_id"], row["external_id"], row["scopes"]) for row in rows}


def caller_of(role: Role, user_id: UUID | None, external_id: str | None, scopes: Sequence[Capability] | None) -> Caller:
    """A row of a token or session as the caller it stands for."""
    return Caller(role, user_id, external_id, None if scopes is None else frozenset(scopes))


def note_use(conn: Connection[Any], *, token_id: UUID | None = None, session_hash: str | None = None) -> None:
    """A token or session was used just now."""
    conn.execute(SQL["note_token_use" if token_id else "note_session_use"], {"token_id": token_id, "session_hash": session_hash})


def list_tokens(conn: Connection[Any]) -> list[TokenRow]:
    """All tokens, newest first."""
    return [TokenRow(**row) for row in conn.execute(SQL["list_tokens"]).fetchall()]


def tokens_of(conn: Connection[Any], user_id: UUID) -> list[TokenRow]:
    """Those of a person that are good, the newest first."""
    return [TokenRow(**row) for row in conn.execute(SQL["tokens_of"], {"user_id": user_id}).fetchall()]


def revoke_token(conn: Connection[Any], token_id: UUID) -> UUID | None:
    """Withdraw a token and end its sessions; whose it was, or None when unknown."""
    row = conn.execute(SQL["revoke_token"], {"token_id": token_id}).fetchone()
    if row is None:
        return None
    conn.execute(SQL["delete_sessions_of_token"], {"token_id": token_id})
    user_id: UUID = row["user_id"]
    return user_id


def insert_session(conn: Connection[Any], session: NewSession) -> None:
    """Store a session; those that are over are forgotten on the way."""
    conn.execute(SQL["delete_old_sessions"])
    conn.execute(SQL["insert_session"], asdict(session))


def live_session(conn: Connection[Any], session_hash: str) -> LiveSession | None:
    """The session, or None when over or unknown."""
    row = conn.execute(SQL["live_session"], {"session_hash": session_hash}).fetchone()
    return LiveSession(**row) if row else None


def live_sessions(conn: Connection[Any], session_hashes: Collection[str]) -> dict[str, Caller]:
    """Of these sessions those that are not over, and who each stands for now."""
    rows = conn.execute(SQL["live_sessions"], {"session_hashes": list(session_hashes)}).fetchall()
    return {row["session_hash"]: caller_of(row["role"], row["user_id"], row["external_id"], row["scopes"]) for row in rows}


def delete_session(conn: Connection[Any], session_hash: str) -> None:
    """Forget a session."""
    conn.execute(SQL["delete_session"], {"session_hash": session_hash})


def holders_of_token(conn: Connection[Any], token: str) -> list[UUID]:
    """Whose vaults hold a token; at most two of them."""
    return [row["subject_id"] for row in conn.execute(SQL["holders_of_token"], {"token": token}).fetchall()]


def lock_vocabulary(conn: Connection[Any]) -> None:
    """Nobody else changes the installation's vocabulary until the transaction ends."""
    conn.execute(SQL["lock_vocabulary"])


def insert_audit(conn: Connection[Any], actor: str, action: str, target: str, facts: Mapping[str, Any]) -> None:
    """Append an entry."""
    conn.execute(SQL["insert_audit"], {"actor": actor, "action": action, "target": target, "facts": Jsonb(dict(facts))})


def names_of(conn: Connection[Any], users: Sequence[UUID | None]) -> dict[UUID | None, str]:
    """What people are called elsewhere, by id; who is unknown is left out."""
    rows = conn.execute(SQL["names_of"], {"users": [one for one in users if one is not None]}).fetchall()
    return {row["user_id"]: row["external_id"] for row in rows}
