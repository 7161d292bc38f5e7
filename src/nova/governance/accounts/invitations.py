"""Links that let one person make or renew their way in, once: `.../einladung#SECRET`. What stands behind `#` comes into no server's log."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg import Connection

from nova.errors import NotFound
from nova.governance.accounts.steps import hash_of
from nova.records import Caller
from nova.store.people import accounts

JOIN_DAYS, RECOVER_HOURS = 7, 24
LONGEST_SECRET = 100
GONE = "Dieser Link gilt nicht mehr: schon benutzt, abgelaufen oder ersetzt. Bitten Sie Ihren Betrieb um einen neuen."


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """A link's secret, shown once to who gives it out."""

    secret: str
    purpose: accounts.Purpose
    expires_at: datetime


def invite(conn: Connection[Any], account: accounts.Account, by: Caller) -> NewInvitation:
    """A link for somebody who has not come in yet, or who cannot any more; the one before counts no more."""
    purpose: accounts.Purpose = "join" if account.state == "invited" else "recover"
    length = timedelta(days=JOIN_DAYS) if purpose == "join" else timedelta(hours=RECOVER_HOURS)
    new = NewInvitation(secrets.token_urlsafe(32), purpose, datetime.now(UTC).replace(microsecond=0) + length)
    accounts.put_invitation(conn, accounts.Invitation(hash_of(new.secret), account.user_id, purpose, by.token, new.expires_at))
    return new


def of(conn: Connection[Any], secret: str) -> tuple[accounts.Invitation, accounts.Account]:
    """Whom a link is for, held until the transaction ends; NotFound for one that is used, over, replaced or made up.

    Nor does one count any more whose maker has left or is no operator now, or whose person comes in by the company meanwhile.
    """
    return by_hash(conn, hash_of(secret[:LONGEST_SECRET]))


def by_hash(conn: Connection[Any], invitation_hash: str) -> tuple[accounts.Invitation, accounts.Account]:
    """The same of a link whose hash is known."""
    found = accounts.find_invitation(conn, invitation_hash)
    account = accounts.find(conn, found.user_id) if found else None
    if found is None or account is None or account.state == "left" or account.linked:
        raise NotFound(GONE)
    return found, account
