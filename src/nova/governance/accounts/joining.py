"""An invitation is followed: the person makes a way in, operators with a second factor, and is in.

A link that helps somebody back takes all of their former ways away first.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import NotAllowed, NotSignedIn
from nova.governance.accounts import invitations, passkeys, passwords, steps
from nova.governance.accounts.enter import TWO_FACTORS, Entered, bytes_of, caller_of, text_of
from nova.governance.accounts.passkeys import Site
from nova.governance.accounts.second_factor import NewFactor, SecondFactor
from nova.ports import Audit
from nova.roles import Role
from nova.store.people import accounts
from nova.store.people import governance as people
from nova.store.postgres.db import Database


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom a link is for, as its page shows it."""

    user: str
    name: str
    role: Role
    purpose: accounts.Purpose
    expires_at: datetime
    two_factors: bool


@dataclass(frozen=True, slots=True)
class FactorToMake:
    """The password is good; a second factor has to be made before it counts. `step` is for the browser alone."""

    step: str
    factor: NewFactor


@dataclass(frozen=True, slots=True)
class Joined:
    """In; `codes` for paper where a second factor was made, shown once."""

    entered: Entered
    codes: tuple[str, ...] = ()


class Joining:
    """What follows an invitation."""

    def __init__(self, db: Database, audit: Audit, factor: SecondFactor, company: str) -> None:
        self._db, self._audit, self._factor, self._company = db, audit, factor, company

    def look(self, secret: str) -> Invited:
        """Whom a link is for; NotFound."""
        with self._db.transaction() as conn:
            invitation, account = invitations.of(conn, secret)
        two = account.role in TWO_FACTORS
        return Invited(account.external_id, account.name, account.role, invitation.purpose, invitation.expires_at, two)

    def by_password(self, secret: str, password: str) -> Joined | FactorToMake:
        """NotFound for the link, InvalidInput for the password."""
        with self._db.transaction() as conn:
            _, account = invitations.of(conn, secret)
        passwords.require_good(password, (account.external_id, account.name, self._company))
        kept = passwords.hashed(password)
        with self._db.transaction() as conn:
            invitation, account = invitations.of(conn, secret)
            if account.role in TWO_FACTORS:
                factor = self._factor.new(account.external_id)
                secret = self._factor.sealed(account.user_id, factor.secret)
                facts = {"invitation": invitation.invitation_hash, "password": kept, "secret": secret}
                return FactorToMake(steps.begin(conn, "enrol", account.user_id, facts), factor)
            self._let_in(conn, invitation, account)
            accounts.set_password(conn, account.user_id, kept)
        return Joined(Entered(caller_of(account), "password", password=kept, proved_at=datetime.now(UTC)))

    def by_code(self, step: str, code: str) -> Joined:
        """The second factor that was made proves to work. NotSignedIn for the step, InvalidInput for the code, NotFound for the link."""
        with self._db.transaction() as conn:  # ends before the code is looked at: a wrong one must count
            begun = steps.tried(conn, "enrol", step)
        with self._db.transaction() as conn:
            invitation, account = invitations.by_hash(conn, _invitation_of(begun))
            self._let_in(conn, invitation, account)
            accounts.set_password(conn, account.user_id, begun.facts["password"])
            codes = self._factor.enrol(conn, account.user_id, begun.facts["secret"], code)
            steps.taken(conn, "enrol", step)
        return Joined(Entered(caller_of(account), "password", password=begun.facts["password"], proved_at=datetime.now(UTC)), tuple(codes))

    def passkey_options(self, secret: str, site: Site) -> tuple[str, dict[str, Any]]:
        """The secret of a begun step, and what the browser is asked for to make a passkey. NotFound, NotAllowed where there are none."""
        if not site.takes_passkeys:
            raise NotAllowed("Passkeys gibt es nur unter https:// oder auf localhost. Bitte wählen Sie ein Passwort.")
        with self._db.transaction() as conn:
            invitation, account = invitations.of(conn, secret)
            options, challenge = passkeys.wanted(conn, account, site, self._company)
            facts = {"invitation": invitation.invitation_hash, "challenge": text_of(challenge)}
            return steps.begin(conn, "new_passkey", account.user_id, facts), options

    def by_passkey(self, step: str, credential: dict[str, Any], site: Site, name: str) -> Joined:
        """NotSignedIn for the step, InvalidInput for the answer, NotFound for the link, Conflict for a passkey that is known."""
        with self._db.transaction() as conn:
            begun = steps.taken(conn, "new_passkey", step)
        with self._db.transaction() as conn:
            invitation, account = invitations.by_hash(conn, _invitation_of(begun))
            self._let_in(conn, invitation, account)
            passkey_id = passkeys.add(conn, account.user_id, site, bytes_of(begun.facts["challenge"]), credential, name)
        return Joined(Entered(caller_of(account), "passkey", passkey_id=passkey_id, proved_at=datetime.now(UTC)))

    def _let_in(self, conn: Connection[Any], invitation: accounts.Invitation, account: accounts.Account) -> None:
        """The link is used up, and what was before counts no more."""
        user_id: UUID = account.user_id
        accounts.delete_invitation(conn, user_id)
        if invitation.purpose == "recover":
            accounts.forget_ways(conn, user_id)
            people.sign_out(conn, user_id)
        accounts.set_state(conn, user_id, "active")
        action = "account.joined" if invitation.purpose == "join" else "account.recovered"
        self._audit.record(caller_of(account), action, str(user_id), connection=conn)


def _invitation_of(begun: accounts.Step) -> str:
    """The hash of the link that a step follows; NotSignedIn for one that somebody who is in began for themselves."""
    found = begun.facts.get("invitation")
    if not isinstance(found, str):
        raise NotSignedIn(steps.OVER)
    return found
