"""A sign-in in, a cookie's secret and a CSRF token out; a secret in, the session behind it out. Only a keyed hash is stored.

A secret carries a seal that only this Nova can make, so that strangers' inventions are refused without asking the database.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.records import Caller
from nova.store.people import governance as rows
from nova.store.postgres.db import Database

LONGEST_SECRET = 128
Still = Callable[[Connection[Any]], None]


@dataclass(frozen=True, slots=True)
class OpenSession:
    """What the browser gets: `secret` in the cookie, `csrf` in the page."""

    secret: str
    csrf: str
    expires_at: datetime


def session_hash(key: bytes, secret: str) -> str:
    """What is stored of a cookie. `key` depends on the operator's key, so that a new one signs everybody out."""
    return hmac.new(key, secret.encode(), hashlib.sha256).hexdigest()


def sealed(key: bytes, value: str) -> str:
    """The value and its seal."""
    return f"{value}.{hmac.new(key, f'seal {value}'.encode(), hashlib.sha256).hexdigest()[:32]}"


def is_sealed(key: bytes, secret: str) -> bool:
    """Whether this Nova made the secret under this key, however long ago."""
    value, _, _ = secret.rpartition(".")
    return len(secret) <= LONGEST_SECRET and hmac.compare_digest(sealed(key, value).encode(), secret.encode())


@dataclass(frozen=True, slots=True)
class Opening:
    """How a browser came in: the way, what it says it is, what bounds the session, as what the company's own sign-in knows it, and when
    somebody proved who they are.
    """

    way: str
    device: str = ""
    until: datetime | None = None
    token_id: UUID | None = None
    issuer: str | None = None
    sid: str | None = None
    proved_at: datetime | None = None


def open_session(db: Database, key: bytes, caller: Caller, opening: Opening, *, hours: int, still: Still | None = None) -> OpenSession:
    """Sign a browser in for `hours`, never longer than `opening.until`. `still` looks once more in the transaction that stores it."""
    ends = datetime.now(UTC) + timedelta(hours=hours)
    opened = OpenSession(
        sealed(key, secrets.token_urlsafe(32)), secrets.token_urlsafe(32), min(ends, opening.until) if opening.until else ends
    )
    row = rows.NewSession(
        session_hash(key, opened.secret),
        caller.role,
        caller.user_id,
        opening.token_id,
        opened.csrf,
        opened.expires_at,
        opening.way,
        opening.device,
        opening.issuer,
        opening.sid,
        opening.proved_at,
    )
    with db.transaction() as conn:
        if still is not None:
            still(conn)
        rows.insert_session(conn, row)
    return opened


def find_session(db: Database, key: bytes, secret: str) -> rows.LiveSession | None:
    """The session behind a cookie; None when it is over or unknown."""
    if not is_sealed(key, secret):
        return None
    with db.transaction() as conn:
        found = rows.live_session(conn, session_hash(key, secret))
        if found is not None and found.stale:
            rows.note_use(conn, session_hash=session_hash(key, secret))
        return found


def close_session(db: Database, key: bytes, secret: str) -> None:
    """Sign a browser out."""
    if not is_sealed(key, secret):
        return
    with db.transaction() as conn:
        rows.delete_session(conn, session_hash(key, secret))
