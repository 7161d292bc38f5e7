"""Sign-ins that were begun: a secret for the browser, what the next step needs to know in the database. Each step is taken once."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection

from nova.errors import NotSignedIn
from nova.store.people import accounts

Kind = Literal["factor", "enrol", "passkey", "new_passkey", "sso"]
MINUTES = 10
MOST_TRIES = 5
OVER = "Die Anmeldung hat zu lange gedauert oder wurde zu oft versucht. Bitte beginnen Sie von vorn."


def begin(conn: Connection[Any], kind: Kind, user_id: UUID | None, facts: dict[str, Any]) -> str:
    """The secret of a new step, for the browser alone."""
    secret = secrets.token_urlsafe(32)
    accounts.put_step(conn, hash_of(secret), kind, accounts.Step(user_id, facts), datetime.now(UTC) + timedelta(minutes=MINUTES))
    return secret


def tried(conn: Connection[Any], kind: Kind, secret: str) -> accounts.Step:
    """What was begun, one more try of it counted; NotSignedIn when it is over, unknown or was tried too often."""
    found = accounts.try_step(conn, hash_of(secret), kind, MOST_TRIES)
    if found is None:
        raise NotSignedIn(OVER)
    return found


def taken(conn: Connection[Any], kind: Kind, secret: str) -> accounts.Step:
    """What was begun; it is over now. NotSignedIn when it was before."""
    found = accounts.take_step(conn, hash_of(secret), kind)
    if found is None:
        raise NotSignedIn(OVER)
    return found


def hash_of(secret: str) -> str:
    """What is kept of a secret with 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
