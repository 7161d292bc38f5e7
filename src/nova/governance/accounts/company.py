"""The company's own sign-in: who comes by it has the role that their groups give them, today; who is in no group any more has left."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from nova.errors import NotAllowed, NotSignedIn
from nova.governance.accounts import steps
from nova.governance.accounts.enter import TWO_FACTORS, Entered, FactorWanted, caller_of
from nova.governance.accounts.staff import LONGEST_NAME, SSO, leave
from nova.governance.users import NAME
from nova.ports import Audit
from nova.ports.sso import Begun, CompanySignIn, Proof
from nova.records import Caller
from nova.roles import Role
from nova.store.people import accounts
from nova.store.people import governance as people
from nova.store.postgres.db import Database

UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")  # controls, and what turns text around
# Authentication methods by RFC 8176: what stands for two factors, and what each other is one of: known, held, or of the body.
STRONG = frozenset({"mfa", "mca"})
FACTORS = (
    frozenset({"pwd", "pin", "kba"}),
    frozenset({"otp", "sms", "tel", "hwk", "swk", "sc", "pop"}),
    frozenset({"face", "fpt", "iris", "retina", "vbm"}),
)
NOT_FOR_YOU = "Sie sind bei Ihrer Firma angemeldet, haben für Nova aber keine Rolle. Bitten Sie Ihren Betrieb um Zugang."
TAKEN = "Unter Ihrem Namen gibt es hier schon ein Konto. Bitten Sie Ihren Betrieb, es mit der Firmenanmeldung zu verbinden."
NO_GROUPS = "Die Anmeldung Ihrer Firma nennt Ihre Gruppen nicht. Bitte sagen Sie Ihrem Betrieb Bescheid (NOVA_OIDC_GROUPS)."
NO_NAME = "Die Anmeldung Ihrer Firma nennt keinen Namen, den Nova führen kann."
ONE_FACTOR = "Für die Betriebsverwaltung genügt die Firmenanmeldung ohne zweiten Faktor nicht."


def has_two(methods: Sequence[str]) -> bool:
    """Whether somebody proved themselves by two factors there: by a method that stands for two, or by two of different kinds."""
    return not STRONG.isdisjoint(methods) or sum(not kind.isdisjoint(methods) for kind in FACTORS) > 1


@dataclass(frozen=True, slots=True)
class Mapped:
    """How what the company says becomes a person here: the claims, the roles by group, and the role of everybody else (None: nobody)."""

    user: str
    groups: str
    roles: Sequence[tuple[str, Role]]
    others: Role | None
    demands_factor: bool = False

    def role(self, claims: Mapping[str, Any]) -> Role | None:
        """The first role that somebody's groups give them; NotAllowed where roles hang on groups and none are told of."""
        groups = _groups(claims.get(self.groups))
        if self.roles and groups is None:
            raise NotAllowed(NO_GROUPS)
        return next((role for group, role in self.roles if group in (groups or ())), self.others)


def _groups(told: Any) -> frozenset[str] | None:
    """The groups that a claim names; None where it names nothing, which is not to be in none."""
    if isinstance(told, str):
        return frozenset({told}) if told else None
    return frozenset(one for one in told if isinstance(one, str)) if isinstance(told, list) else None


@dataclass(frozen=True, slots=True)
class CameBack:
    """Somebody is in by the company's sign-in, or a code has to follow; `to` is where they wanted to go."""

    found: Entered | FactorWanted
    to: str


class CompanyEntrance:
    """The way in by the company's own sign-in."""

    def __init__(self, db: Database, audit: Audit, provider: CompanySignIn, mapped: Mapped) -> None:
        self._db, self._audit, self._provider, self._mapped = db, audit, provider, mapped

    def begin(self, redirect_uri: str, to: str, *, again: bool = False) -> tuple[str, str]:
        """Where the browser goes, and the secret of the begun step, for this browser alone; `again`: also who is signed in there.

        ServerAbsent, Misconfigured.
        """
        begun = self._provider.begin(redirect_uri, again=again)
        with self._db.transaction() as conn:
            facts = {"state": begun.state, "nonce": begun.nonce, "verifier": begun.verifier, "to": to}
            return begun.url, steps.begin(conn, "sso", None, facts)

    def finish(self, redirect_uri: str, step: str, came: Mapping[str, str]) -> CameBack:
        """Who came back. NotSignedIn, NotAllowed for who has no role here, ServerAbsent."""
        with self._db.transaction() as conn:  # ends before the code is sent: it is sent once, whatever comes of it
            facts = steps.taken(conn, "sso", step).facts
        begun = Begun("", facts["state"], facts["nonce"], facts["verifier"])
        proof = self._provider.finish(redirect_uri, came, begun)
        with self._db.transaction() as conn:
            account = self._person(conn, proof)
            if account is not None:
                return CameBack(self._entered(conn, account, proof), str(facts["to"]))
        raise NotAllowed(NOT_FOR_YOU)  # only now: that somebody has left is kept

    def logged_out(self, token: str) -> bool:
        """Sessions that the company ended are over here; whether any was. InvalidInput for a message that is not theirs."""
        said = self._provider.logged_out(token)
        with self._db.transaction() as conn:
            if not accounts.note_logout(conn, f"{said.issuer} {said.message_id}", said.expires_at):
                return False  # the same message again
            ended = accounts.end_linked_sessions(conn, said.issuer, said.subject, said.sid)
            for user_id in sorted(set(ended)):
                account = accounts.find(conn, user_id)
                if account is not None:
                    self._audit.record(caller_of(account), "session.ended_by_company", str(user_id), connection=conn)
        return bool(ended)

    def leave_url(self, back: str) -> str | None:
        """Where a browser signs out there, too."""
        return self._provider.leave_url(back)

    def _entered(self, conn: Connection[Any], account: accounts.Account, proof: Proof) -> Entered | FactorWanted:
        if account.role not in TWO_FACTORS or self._mapped.demands_factor or has_two(proof.factors):
            return Entered(caller_of(account), "sso", proof.issuer, proof.sid, proved_at=proof.proved_at)
        if account.totp is None:
            raise NotAllowed(ONE_FACTOR)
        return FactorWanted(steps.begin(conn, "factor", account.user_id, {"issuer": proof.issuer, "sid": proof.sid}))

    def _person(self, conn: Connection[Any], proof: Proof) -> accounts.Account | None:
        """Who it is here, in the role of today; None for nobody, whoever had one before has left."""
        role = self._mapped.role(proof.claims)
        user_id = accounts.find_link(conn, proof.issuer, proof.subject)
        account = accounts.find(conn, user_id) if user_id else None
        if role is None:
            if account is not None and account.state != "left":
                leave(conn, account.user_id, SSO)
                self._audit.record(caller_of(account), "account.left", str(account.user_id), {"by": SSO}, connection=conn)
            return None
        if account is None:
            account = self._joined(conn, proof, role)
        elif account.state == "left" and account.left_by != SSO:
            raise NotSignedIn("Ihr Konto ist geschlossen.")
        return self._renewed(conn, account, proof, role)

    def _joined(self, conn: Connection[Any], proof: Proof, role: Role) -> accounts.Account:
        """Somebody's account, made now or invited before under their name; never one that somebody else comes in by."""
        name = proof.claims.get(self._mapped.user)
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise NotAllowed(NO_NAME)
        known = accounts.by_name(conn, name)
        if known is None:
            if people.find_user(conn, name) is not None:
                raise NotAllowed(TAKEN)
            user = people.ensure_user(conn, name)
            accounts.insert(conn, user.user_id, "", SSO)
            people.set_role(conn, user.user_id, role)
            self._audit.record(Caller(role, user.user_id), "account.made", str(user.user_id), {"role": role, "by": SSO}, connection=conn)
        elif known.state != "invited" or known.linked:
            raise NotAllowed(TAKEN)
        account = accounts.by_name(conn, name)  # the name may have been another's a moment ago
        if account is None or not accounts.put_link(conn, proof.issuer, proof.subject, account.user_id):
            raise NotAllowed(TAKEN)
        accounts.delete_invitation(conn, account.user_id)
        self._audit.record(caller_of(account), "account.joined", str(account.user_id), {"by": SSO}, connection=conn)
        return account

    def _renewed(self, conn: Connection[Any], account: accounts.Account, proof: Proof, role: Role) -> accounts.Account:
        """As the company says it is today: name and role; another role ends what was open in the one before."""
        accounts.delete_invitation(conn, account.user_id)
        accounts.use_link(conn, account.user_id)
        if accounts.set_state(conn, account.user_id, "active") and account.state == "left":
            self._audit.record(caller_of(account), "account.back", str(account.user_id), {"by": SSO}, connection=conn)
        said = proof.claims.get("name")
        name = UNSHOWN.sub("", said).strip()[:LONGEST_NAME] if isinstance(said, str) else ""
        if name and accounts.rename(conn, account.user_id, name):
            self._audit.record(caller_of(account), "account.renamed", str(account.user_id), {"by": SSO}, connection=conn)
        if people.set_role(conn, account.user_id, role):
            facts = {"role": role, "by": SSO}
            self._audit.record(caller_of(account), "role.changed", str(account.user_id), facts, connection=conn)
        now = accounts.find(conn, account.user_id)
        if now is None:
            raise NotSignedIn("Ihr Konto ist geschlossen.")
        return now
