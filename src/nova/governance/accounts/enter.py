"""Coming in by a way of one's own: a password, with a second factor where there is one, or a passkey.

A wrong password, an unknown name and somebody who has left look the same from outside, and take the same time.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection

from nova.errors import NotAllowed, NotSignedIn
from nova.governance.accounts import passkeys, passwords, steps
from nova.governance.accounts.passkeys import Site
from nova.governance.accounts.second_factor import SecondFactor
from nova.governance.accounts.slowing import Slowing, Tries
from nova.records import Caller
from nova.roles import Role
from nova.store.people import accounts
from nova.store.postgres.db import Database

Way = Literal["key", "token", "password", "passkey", "sso"]
TWO_FACTORS: frozenset[Role] = frozenset({"admin"})
LONGEST_NAME = 200
WRONG = "Name oder Passwort stimmen nicht."
PASSKEY_ONLY = "Für die Betriebsverwaltung genügt ein Passwort nicht. Bitte melden Sie sich mit Ihrem Passkey an."
WRONG_CODE = "Dieser Code stimmt nicht oder wurde schon benutzt."


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody has proved who they are. `issuer` and `sid`: as what the company's own sign-in knows the session.

    `password` is the hash that theirs was compared with, `passkey_id` what they signed with: it has to be theirs still when the session is
    stored. `proved_at`: when they proved it, where that was not just now (None: nobody knows).
    """

    caller: Caller
    way: Way
    issuer: str | None = None
    sid: str | None = None
    password: str | None = None
    passkey_id: UUID | None = None
    proved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FactorWanted:
    """The password was right; a code has to follow, with this secret of the browser's."""

    step: str


@dataclass(frozen=True, slots=True)
class From:
    """Where a try comes from: the address, and what the browser keeps of an earlier sign-in ("" for none)."""

    address: str
    browser: str = ""


class Entrance:
    """The way in of those who have an account."""

    def __init__(self, db: Database, factor: SecondFactor, slowing: Slowing) -> None:
        self._db, self._factor, self._slowing = db, factor, slowing

    def by_password(self, name: str, password: str, come: From) -> Entered | FactorWanted:
        """NotSignedIn, NotAllowed where a password does not do, TooManyRequests."""
        name = name.strip()[:LONGEST_NAME]
        with self._db.transaction() as conn:
            account = accounts.by_name(conn, name)
            tries = self._tries(conn, account, (account.external_id if account else name).casefold(), come)
        with self._slowing.trying(tries):
            kept = account.password if account and account.state == "active" and not account.linked else None
            if not passwords.is_right(kept, password) or account is None or kept is None:
                raise NotSignedIn(WRONG)
        kept = self._renewed(account, kept, password)
        if account.totp is not None:
            with self._db.transaction() as conn:
                return FactorWanted(steps.begin(conn, "factor", account.user_id, {"password": kept}))
        if account.role in TWO_FACTORS:
            raise NotAllowed(PASSKEY_ONLY)
        return Entered(caller_of(account), "password", password=kept, proved_at=datetime.now(UTC))

    def by_code(self, step: str, code: str, come: From) -> Entered:
        """The second factor after a right password: a code of the app, or one of the paper. NotSignedIn, TooManyRequests."""
        with self._db.transaction() as conn:  # ends before the code is looked at: a wrong one must count
            begun = steps.tried(conn, "factor", step)
        with self._db.transaction() as conn:  # and before the account is held: who holds one waits for no step
            account = self._active(conn, begun.user_id)
            tries = self._tries(conn, account, f"code {account.user_id}", come)
        with self._slowing.trying_code(tries), self._db.transaction() as conn:
            account = self._active(conn, begun.user_id)
            if not self._factor.is_right(conn, account, code):
                raise NotSignedIn(WRONG_CODE)
            steps.taken(conn, "factor", step)
        issuer, sid = begun.facts.get("issuer"), begun.facts.get("sid")
        way: Way = "sso" if issuer else "password"
        return Entered(caller_of(account), way, issuer, sid, begun.facts.get("password"), proved_at=datetime.now(UTC))

    def passkey_options(self, site: Site) -> tuple[str, dict[str, Any]]:
        """The secret of a begun step, and what the browser is asked for."""
        options, challenge = passkeys.asked(site)
        with self._db.transaction() as conn:
            return steps.begin(conn, "passkey", None, {"challenge": text_of(challenge)}), options

    def by_passkey(self, step: str, credential: dict[str, Any], site: Site) -> Entered:
        """NotSignedIn for a passkey that is unknown, wrong or of somebody who has left."""
        with self._db.transaction() as conn:
            begun = steps.taken(conn, "passkey", step)
        with self._db.transaction() as conn:
            found = passkeys.whose(conn, site, bytes_of(begun.facts["challenge"]), credential)
            account = self._active(conn, found.user_id)
            if account.linked:
                raise NotSignedIn(WRONG)
            return Entered(caller_of(account), "passkey", passkey_id=found.passkey_id, proved_at=datetime.now(UTC))

    def still(self, entered: Entered) -> Callable[[Connection[Any]], None]:
        """What looks, where the session is stored, whether they have neither left nor lost their way in meanwhile; NotSignedIn."""

        def check(conn: Connection[Any]) -> None:
            account = self._active(conn, entered.caller.user_id)
            known = entered.passkey_id is None or accounts.has_passkey(conn, account.user_id, entered.passkey_id)
            if account.role != entered.caller.role or entered.password not in (None, account.password) or not known:
                raise NotSignedIn(steps.OVER)

        return check

    def _renewed(self, account: accounts.Account, kept: str, password: str) -> str:
        """The hash that is kept from now on: made anew where its parameters are of yesterday, and nobody changed it meanwhile."""
        if not passwords.is_dated(kept):
            return kept
        new = passwords.hashed(password)
        with self._db.transaction() as conn:
            return new if accounts.renew_password(conn, account.user_id, kept, new) else kept

    def _active(self, conn: Connection[Any], user_id: UUID | None) -> accounts.Account:
        account = accounts.find(conn, user_id) if user_id else None
        if account is None or account.state != "active":
            raise NotSignedIn(WRONG)
        return account

    def _tries(self, conn: Connection[Any], account: accounts.Account | None, name: str, come: From) -> Tries:
        known = steps.hash_of(come.browser) if come.browser else ""
        theirs = bool(known and account and accounts.is_known(conn, account.user_id, known))
        return Tries(name, come.address, known if theirs else "")


def caller_of(account: accounts.Account) -> Caller:
    """The person as a caller, in the role they have."""
    return Caller(account.role, account.user_id, account.external_id)


def text_of(challenge: bytes) -> str:
    """Bytes as a fact of a step."""
    return urlsafe_b64encode(challenge).decode()


def bytes_of(text: str) -> bytes:
    """The bytes again."""
    return urlsafe_b64decode(text)
