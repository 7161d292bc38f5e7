"""Rows of accounts: ways in, invitations, passkeys, begun sign-ins, sessions of a person.

Functions run inside the caller's transaction (rows are dicts).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.roles import Role
from nova.store import queries

SQL = queries.load("accounts")
AccountState = Literal["invited", "active", "left"]
Purpose = Literal["join", "recover"]


@dataclass(frozen=True, slots=True)
class Account:
    """Whom an account lets in, and by what; `password` is a hash, `totp` sealed."""

    user_id: UUID
    external_id: str
    role: Role
    name: str
    state: AccountState
    password: str | None
    totp: bytes | None
    totp_step: int
    left_by: str | None
    linked: bool


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account as a list shows it: what it has of ways in, not these themselves."""

    user_id: UUID
    external_id: str
    role: Role
    name: str
    state: AccountState
    password: bool
    totp: bool
    passkeys: int
    linked: bool
    made_at: datetime
    left_at: datetime | None
    invited_until: datetime | None
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class AccountQuery:
    """Which accounts a list shows; empty means any."""

    text: str = ""
    states: Sequence[AccountState] = ()
    roles: Sequence[Role] = ()
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that is good once, by the hash of its secret."""

    invitation_hash: str
    user_id: UUID
    purpose: Purpose
    made_by: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Passkey:
    """A person's authenticator."""

    passkey_id: UUID
    credential_id: bytes
    user_id: UUID
    public_key: bytes
    sign_count: int
    transports: Sequence[str]
    name: str
    made_at: datetime | None = None
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What a begun sign-in needs to know for its next step."""

    user_id: UUID | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One of a person's sessions."""

    session_id: UUID
    session_hash: str
    way: str
    device: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class KeyUse:
    """The operator's key was used."""

    seq: int
    ts: datetime
    facts: Mapping[str, Any]


def insert(conn: Connection[Any], user_id: UUID, name: str, made_by: str) -> bool:
    """Make a person's account; False where they have one."""
    return conn.execute(SQL["insert_account"], {"user_id": user_id, "name": name, "made_by": made_by}).fetchone() is not None


def find(conn: Connection[Any], user_id: UUID) -> Account | None:
    """A person's, held until the transaction ends; None when they have none."""
    row = conn.execute(SQL["find_account"], {"user_id": user_id}).fetchone()
    return Account(**row) if row else None


def by_name(conn: Connection[Any], external_id: str) -> Account | None:
    """Whose name to sign in with this is; None when nobody's."""
    row = conn.execute(SQL["find_account_by_name"], {"external_id": external_id}).fetchone()
    return Account(**row) if row else None


def page(conn: Connection[Any], query: AccountQuery) -> tuple[list[AccountLine], int]:
    """A page of accounts by name, and how many there are."""
    chosen = {"states": list(query.states) or None, "roles": list(query.roles) or None}
    rows = conn.execute(SQL["list_accounts"], chosen | {"text": query.text, "limit": query.limit, "offset": query.offset}).fetchall()
    total = rows[0]["total"] if rows else 0
    return [AccountLine(**{name: value for name, value in row.items() if name != "total"}) for row in rows], total


def rename(conn: Connection[Any], user_id: UUID, name: str) -> bool:
    """What colleagues call them; whether that is new."""
    return conn.execute(SQL["rename_account"], {"user_id": user_id, "name": name}).fetchone() is not None


def set_state(conn: Connection[Any], user_id: UUID, state: AccountState, by: str = "") -> bool:
    """Invited, active or left (by whose word); whether that is new."""
    return conn.execute(SQL["set_state"], {"user_id": user_id, "state": state, "by": by}).fetchone() is not None


def set_password(conn: Connection[Any], user_id: UUID, password: str | None) -> None:
    """Its hash; None takes it away."""
    conn.execute(SQL["set_password"], {"user_id": user_id, "password": password})


def renew_password(conn: Connection[Any], user_id: UUID, old: str, new: str) -> bool:
    """The same password hashed anew; False where it is another one meanwhile."""
    return conn.execute(SQL["renew_password"], {"user_id": user_id, "old": old, "new": new}).fetchone() is not None


def forget_steps(conn: Connection[Any], user_id: UUID) -> None:
    """What a person had begun counts no more."""
    conn.execute(SQL["delete_steps_of"], {"user_id": user_id})


def set_totp(conn: Connection[Any], user_id: UUID, totp: bytes | None, step: int = 0) -> None:
    """A second factor, last used at this time step; None takes it away."""
    conn.execute(SQL["set_totp"], {"user_id": user_id, "totp": totp, "step": step})


def use_totp(conn: Connection[Any], user_id: UUID, step: int) -> bool:
    """A code of this time step counts; False when one of it or of a later one has counted already."""
    return conn.execute(SQL["use_totp"], {"user_id": user_id, "step": step}).fetchone() is not None


def put_recovery_codes(conn: Connection[Any], user_id: UUID, hashes: Collection[str]) -> None:
    """These and no others from now on."""
    conn.execute(SQL["delete_recovery_codes"], {"user_id": user_id})
    conn.execute(SQL["insert_recovery_codes"], {"user_id": user_id, "hashes": list(hashes)})


def take_recovery_code(conn: Connection[Any], user_id: UUID, code_hash: str) -> bool:
    """Whether there was this one; now it is gone."""
    return conn.execute(SQL["take_recovery_code"], {"user_id": user_id, "code_hash": code_hash}).fetchone() is not None


def count_recovery_codes(conn: Connection[Any], user_id: UUID) -> int:
    """How many are left."""
    row = conn.execute(SQL["count_recovery_codes"], {"user_id": user_id}).fetchone()
    return int(row["n"]) if row else 0


def put_invitation(conn: Connection[Any], invitation: Invitation) -> None:
    """The one that counts; the one before does not any more."""
    conn.execute(SQL["put_invitation"], asdict(invitation))


def find_invitation(conn: Connection[Any], invitation_hash: str) -> Invitation | None:
    """One that is still good, held until the transaction ends; None otherwise."""
    row = conn.execute(SQL["find_invitation"], {"invitation_hash": invitation_hash}).fetchone()
    return Invitation(**row) if row else None


def delete_invitation(conn: Connection[Any], user_id: UUID) -> None:
    """A person's link counts no more."""
    conn.execute(SQL["delete_invitation"], {"user_id": user_id})


def insert_passkey(conn: Connection[Any], new: Passkey) -> bool:
    """Note a new one; False when the authenticator is known already, whoever's it is."""
    values = {name: value for name, value in asdict(new).items() if name not in ("made_at", "used_at")}
    return conn.execute(SQL["insert_passkey"], values | {"transports": list(new.transports)}).fetchone() is not None


def find_passkey(conn: Connection[Any], credential_id: bytes) -> Passkey | None:
    """By what its authenticator calls it, held until the transaction ends; None when unknown."""
    row = conn.execute(SQL["find_passkey"], {"credential_id": credential_id}).fetchone()
    return Passkey(**row) if row else None


def passkeys_of(conn: Connection[Any], user_id: UUID) -> list[Passkey]:
    """A person's, the oldest first."""
    return [Passkey(**row) for row in conn.execute(SQL["passkeys_of"], {"user_id": user_id}).fetchall()]


def use_passkey(conn: Connection[Any], passkey_id: UUID, sign_count: int) -> None:
    """It was used, and has counted so far."""
    conn.execute(SQL["use_passkey"], {"passkey_id": passkey_id, "sign_count": sign_count})


def delete_passkey(conn: Connection[Any], user_id: UUID, passkey_id: UUID) -> bool:
    """Forget one; whether it was theirs."""
    return conn.execute(SQL["delete_passkey"], {"user_id": user_id, "passkey_id": passkey_id}).fetchone() is not None


def forget_ways(conn: Connection[Any], user_id: UUID) -> None:
    """No password, passkey, second factor, code or known browser of a person counts any more; invitation and company's sign-in do."""
    set_password(conn, user_id, None)
    set_totp(conn, user_id, None)
    for statement in ("delete_recovery_codes", "delete_passkeys", "delete_steps_of", "delete_browsers"):
        conn.execute(SQL[statement], {"user_id": user_id})


def put_step(conn: Connection[Any], step_hash: str, kind: str, step: Step, expires_at: datetime) -> None:
    """Remember what was begun."""
    values = {"step_hash": step_hash, "kind": kind, "user_id": step.user_id, "facts": Jsonb(dict(step.facts)), "expires_at": expires_at}
    conn.execute(SQL["put_step"], values)


def try_step(conn: Connection[Any], step_hash: str, kind: str, most: int) -> Step | None:
    """What was begun, one more try of it counted; None when it is over, unknown or was tried too often."""
    row = conn.execute(SQL["try_step"], {"step_hash": step_hash, "kind": kind, "most": most}).fetchone()
    return Step(**row) if row else None


def take_step(conn: Connection[Any], step_hash: str, kind: str) -> Step | None:
    """What was begun, for the first who asks; None when it is over or unknown."""
    row = conn.execute(SQL["take_step"], {"step_hash": step_hash, "kind": kind}).fetchone()
    return Step(**row) if row else None


def know_browser(conn: Connection[Any], user_id: UUID, browser_hash: str, expires_at: datetime) -> None:
    """Somebody has come in by this browser."""
    conn.execute(SQL["know_browser"], {"user_id": user_id, "browser_hash": browser_hash, "expires_at": expires_at})


def is_known(conn: Connection[Any], user_id: UUID, browser_hash: str) -> bool:
    """Whether they have before."""
    row = conn.execute(SQL["is_known"], {"user_id": user_id, "browser_hash": browser_hash}).fetchone()
    return bool(row and row["known"])


def use_link(conn: Connection[Any], user_id: UUID) -> None:
    """Somebody came by the company's own sign-in."""
    conn.execute(SQL["use_link"], {"user_id": user_id})


def has_passkey(conn: Connection[Any], user_id: UUID, passkey_id: UUID) -> bool:
    """Whether it is still theirs."""
    return conn.execute(SQL["has_passkey"], {"user_id": user_id, "passkey_id": passkey_id}).fetchone() is not None


def find_link(conn: Connection[Any], issuer: str, subject: str) -> UUID | None:
    """Whom the company's own sign-in means; None when nobody is linked."""
    row = conn.execute(SQL["find_link"], {"issuer": issuer, "subject": subject}).fetchone()
    return row["user_id"] if row else None


def put_link(conn: Connection[Any], issuer: str, subject: str, user_id: UUID) -> bool:
    """Link a person; False when either is linked already."""
    return conn.execute(SQL["put_link"], {"issuer": issuer, "subject": subject, "user_id": user_id}).fetchone() is not None


def delete_link(conn: Connection[Any], user_id: UUID) -> None:
    """The company's own sign-in means this person no more; the next sign-in there may be linked anew."""
    conn.execute(SQL["delete_link"], {"user_id": user_id})


def sessions_of(conn: Connection[Any], user_id: UUID) -> list[OwnSession]:
    """A person's sessions, the one used last first."""
    return [OwnSession(**row) for row in conn.execute(SQL["sessions_of"], {"user_id": user_id}).fetchall()]


def end_session(conn: Connection[Any], user_id: UUID, session_id: UUID) -> bool:
    """End one; whether it was theirs."""
    return conn.execute(SQL["end_session"], {"user_id": user_id, "session_id": session_id}).fetchone() is not None


def end_other_sessions(conn: Connection[Any], user_id: UUID, session_hash: str = "") -> int:
    """End all of a person but this one; how many."""
    return conn.execute(SQL["end_other_sessions"], {"user_id": user_id, "session_hash": session_hash}).rowcount


def end_linked_sessions(conn: Connection[Any], issuer: str, subject: str | None, sid: str | None) -> list[UUID]:
    """End those that the company's own sign-in names, one by `sid` or all of `subject`, and what was begun by them; whose they were."""
    named = {"issuer": issuer, "subject": subject, "sid": sid}
    conn.execute(SQL["end_linked_steps"], named)
    rows = conn.execute(SQL["end_linked_sessions"], named).fetchall()
    return [row["user_id"] for row in rows]


def note_logout(conn: Connection[Any], message_id: str, expires_at: datetime) -> bool:
    """Whether this message of a session's end is new."""
    return conn.execute(SQL["note_logout"], {"message_id": message_id, "expires_at": expires_at}).fetchone() is not None


def key_uses(conn: Connection[Any], user_id: UUID, limit: int) -> list[KeyUse]:
    """When the operator's key was used since this operator was last told, the newest first."""
    return [KeyUse(**row) for row in conn.execute(SQL["key_uses"], {"user_id": user_id, "limit": limit}).fetchall()]


def key_use_noted(conn: Connection[Any], address: str, since: datetime) -> bool:
    """Whether a program's use of the key from an address is noted since then."""
    row = conn.execute(SQL["key_use_noted"], {"address": address, "since": since}).fetchone()
    return bool(row and row["noted"])


def tell_until(conn: Connection[Any], user_id: UUID, seq: int) -> None:
    """This operator has been told up to there."""
    conn.execute(SQL["tell_until"], {"user_id": user_id, "seq": seq})
