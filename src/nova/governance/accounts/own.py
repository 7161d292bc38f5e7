"""What somebody changes of their own ways in. Whoever does came in a short while ago: a screen left open is not enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import Conflict, NotFound, NotSignedIn
from nova.governance.accounts import passkeys, passwords, steps
from nova.governance.accounts.enter import TWO_FACTORS, From, bytes_of, text_of
from nova.governance.accounts.passkeys import Site
from nova.governance.accounts.second_factor import NewFactor, SecondFactor
from nova.governance.accounts.slowing import Slowing, Tries
from nova.ports import Audit
from nova.records import Caller
from nova.store.people import accounts
from nova.store.postgres.db import Database

NO_ACCOUNT = "Sie haben hier kein eigenes Konto: Sie sind mit einem Schlüssel oder Token angemeldet."
COMPANYS = "Sie melden sich mit dem Konto Ihrer Firma an; Passwort und Passkeys ändern Sie dort."
LAST_WAY = "Das ist Ihr letzter Weg hinein. Legen Sie zuerst einen anderen an."


@dataclass(frozen=True, slots=True)
class OwnWays:
    """By what a person comes in."""

    account: accounts.Account
    passkeys: Sequence[accounts.Passkey]
    codes_left: int


class OwnAccount:
    """A person's own account."""

    def __init__(self, db: Database, audit: Audit, factor: SecondFactor, slowing: Slowing, company: str) -> None:
        self._db, self._audit, self._factor, self._slowing, self._company = db, audit, factor, slowing, company

    def ways(self, caller: Caller) -> OwnWays:
        """By what they come in; NotFound without an account."""
        with self._db.transaction() as conn:
            account = _own(conn, caller)
            return OwnWays(account, accounts.passkeys_of(conn, account.user_id), accounts.count_recovery_codes(conn, account.user_id))

    def change_password(self, caller: Caller, old: str, new: str, come: From) -> None:
        """NotSignedIn for a wrong old one (none where there was none), InvalidInput for a bad new one, Conflict, TooManyRequests."""
        with self._db.transaction() as conn:
            account = _local(conn, caller)
        if account.password is not None:
            with self._slowing.trying(Tries(f"own {account.user_id}", come.address)):
                if not passwords.is_right(account.password, old):
                    raise NotSignedIn("Das bisherige Passwort stimmt nicht.")
        passwords.require_good(new, (account.external_id, account.name, self._company))
        kept = passwords.hashed(new)
        with self._db.transaction() as conn:
            now = _local(conn, caller)
            if now.password != account.password:
                raise Conflict("Ihr Passwort wurde gerade an anderer Stelle geändert.")
            accounts.set_password(conn, account.user_id, kept)
            accounts.forget_steps(conn, account.user_id)
            self._audit.record(caller, "account.password_changed", str(account.user_id), connection=conn)

    def passkey_options(self, caller: Caller, site: Site) -> tuple[str, dict[str, Any]]:
        """The secret of a begun step, and what the browser is asked for. Conflict for one too many."""
        with self._db.transaction() as conn:
            account = _local(conn, caller)
            options, challenge = passkeys.wanted(conn, account, site, self._company)
            return steps.begin(conn, "new_passkey", account.user_id, {"challenge": text_of(challenge)}), options

    def add_passkey(self, caller: Caller, step: str, credential: dict[str, Any], site: Site, name: str) -> UUID:
        """Its id. NotSignedIn for the step, InvalidInput for the answer, Conflict for one that is known."""
        with self._db.transaction() as conn:
            begun = steps.taken(conn, "new_passkey", step)
        with self._db.transaction() as conn:
            account = _local(conn, caller)
            if begun.user_id != account.user_id or "invitation" in begun.facts:
                raise NotSignedIn(steps.OVER)
            passkey_id = passkeys.add(conn, account.user_id, site, bytes_of(begun.facts["challenge"]), credential, name)
            self._audit.record(caller, "account.passkey_added", str(account.user_id), {"passkey_id": passkey_id}, connection=conn)
        return passkey_id

    def delete_passkey(self, caller: Caller, passkey_id: UUID) -> None:
        """NotFound; Conflict for the last way in."""
        with self._db.transaction() as conn:
            account = _own(conn, caller)
            if not accounts.delete_passkey(conn, account.user_id, passkey_id):
                raise NotFound("Diesen Passkey gibt es nicht.")
            self._require_way(conn, account)
            self._audit.record(caller, "account.passkey_deleted", str(account.user_id), {"passkey_id": passkey_id}, connection=conn)

    def new_factor(self, caller: Caller) -> tuple[str, NewFactor]:
        """The secret of a begun step, and what the app needs; it counts once a code proves it."""
        with self._db.transaction() as conn:
            account = _own(conn, caller)
            made = self._factor.new(account.external_id)
            facts = {"secret": self._factor.sealed(account.user_id, made.secret)}
            return steps.begin(conn, "enrol", account.user_id, facts), made

    def take_factor(self, caller: Caller, step: str, code: str) -> list[str]:
        """The codes for paper, shown once. NotSignedIn for the step, InvalidInput for the code."""
        with self._db.transaction() as conn:
            begun = steps.tried(conn, "enrol", step)
        with self._db.transaction() as conn:
            account = _own(conn, caller)
            if begun.user_id != account.user_id or "invitation" in begun.facts:
                raise NotSignedIn(steps.OVER)
            codes = self._factor.enrol(conn, account.user_id, begun.facts["secret"], code)
            steps.taken(conn, "enrol", step)
            self._audit.record(caller, "account.factor_made", str(account.user_id), connection=conn)
        return codes

    def drop_factor(self, caller: Caller) -> None:
        """Conflict where the role demands it and no passkey stands for it."""
        with self._db.transaction() as conn:
            account = _own(conn, caller)
            accounts.set_totp(conn, account.user_id, None)
            accounts.put_recovery_codes(conn, account.user_id, ())
            self._require_way(conn, account)
            self._audit.record(caller, "account.factor_dropped", str(account.user_id), connection=conn)

    def renew_codes(self, caller: Caller) -> list[str]:
        """Other codes for paper, shown once; Conflict without a second factor."""
        with self._db.transaction() as conn:
            account = _own(conn, caller)
            if account.totp is None:
                raise Conflict("Ersatzcodes gehören zu einem zweiten Faktor; Sie haben keinen.")
            codes = self._factor.renew_codes(conn, account.user_id)
            self._audit.record(caller, "account.codes_renewed", str(account.user_id), connection=conn)
        return codes

    def _require_way(self, conn: Connection[Any], account: accounts.Account) -> None:
        """Conflict, which undoes the change, where nothing that does for their role is left."""
        now = accounts.find(conn, account.user_id)
        if now is None or not can_enter(conn, now):
            raise Conflict(LAST_WAY)


def can_enter(conn: Connection[Any], account: accounts.Account) -> bool:
    """Whether somebody has a way that does for their role; the company's sign-in does, where it asks for what is missing."""
    if account.linked:
        return account.role not in TWO_FACTORS or account.totp is not None
    by_password = account.password is not None and (account.role not in TWO_FACTORS or account.totp is not None)
    return by_password or bool(accounts.passkeys_of(conn, account.user_id))


def _own(conn: Connection[Any], caller: Caller) -> accounts.Account:
    found = accounts.find(conn, caller.user_id) if caller.user_id else None
    if found is None or found.state != "active":
        raise NotFound(NO_ACCOUNT)
    return found


def _local(conn: Connection[Any], caller: Caller) -> accounts.Account:
    """The caller's own account; Conflict for who comes in by the company, whose leaving there must end every way here."""
    found = _own(conn, caller)
    if found.linked:
        raise Conflict(COMPANYS)
    return found
