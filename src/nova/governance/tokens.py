"""A person in, a signed token out; a token in, the person it stands for out. One algorithm; the database can withdraw each token."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import get_args
from uuid import UUID

from joserfc import jwt
from joserfc.errors import InvalidClaimError, JoseError
from joserfc.jwk import OctKey

from nova.errors import Conflict, NotAllowed, NotFound, NotSignedIn
from nova.governance.users import ensure_user
from nova.ports import Audit
from nova.records import Caller
from nova.roles import Capability, Role
from nova.store.ids import uuid7
from nova.store.people import accounts
from nova.store.people import governance as rows
from nova.store.people.usage import NO_LIMIT, Amounts, require
from nova.store.postgres.db import Database

ALGORITHM = "HS256"
LONGEST_TOKEN = 4096
MOST_DAYS = 3650
ROLES = list(get_args(Role))
SET_BACK_SECONDS = 2 * 24 * 3600


class _Claims(jwt.JWTClaimsRegistry):
    """The claims of our tokens. One issued "in the future" is good when the clock may have been set back since; its end is its end."""

    def validate_iat(self, value: object) -> None:
        """A time, and not further ahead than clocks are set back."""
        if isinstance(value, bool) or not isinstance(value, int | float) or value > self.now + SET_BACK_SECONDS:
            raise InvalidClaimError("iat", "not a time at which it can have been issued")


_CLAIMS = _Claims(
    exp={"essential": True},
    sub={"essential": True, "allow_blank": False},
    jti={"essential": True, "allow_blank": False},
    role={"essential": True, "values": ROLES},
)
OPERATORS_OWN = "Token der Betriebsverwaltung gibt sich jede Person selbst aus, angemeldet mit ihrem Namen (Einstellungen › Anmeldung)."
_REFUSED = "Das Token ist ungültig, abgelaufen oder zurückgezogen."


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new token; `token` is shown once and kept nowhere. `changed`: the person had another role, whose tokens are now withdrawn."""

    token: str
    token_id: UUID
    role: Role
    expires_at: datetime
    changed: bool


def token_key(secret: bytes) -> OctKey:
    """The signing key as the library wants it."""
    return OctKey.import_key(secret)


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """What a token is for. Without a role the person keeps the one they have; a new one is a customer. `scopes` None: all the role may.

    `given`: an operator gives it to somebody else. Then it is never an operator's, and changes no role of who has an account.
    """

    label: str = ""
    days: int = 90
    role: Role | None = None
    scopes: tuple[Capability, ...] | None = None
    given: bool = False


def issue_token(
    db: Database, key: OctKey, audit: Audit, actor: Caller, user: str, wanted: TokenRequest = TokenRequest(), allowed: Amounts = NO_LIMIT
) -> IssuedToken:
    """Sign a token for `user` (made when new) and note it; with another role than before their older tokens and sessions end.

    NotFound for whom an erasure removed meanwhile, Conflict for who has left, QuotaExceeded where as many are good as may be `allowed`;
    NotAllowed and Conflict for what is not to be given.
    """
    person = ensure_user(db, user)
    now = datetime.now(UTC).replace(microsecond=0)
    token_id, expires_at = uuid7(), now + timedelta(days=min(wanted.days, MOST_DAYS))
    with db.transaction() as conn:
        account = accounts.find(conn, person.user_id)
        before = rows.role_of(conn, person.user_id)  # theirs until the transaction ends
        if before is None:
            raise NotFound("Diese Person gibt es nicht mehr.")
        if account is not None and account.state == "left":
            raise Conflict("Diese Person ist ausgeschieden und bekommt keine Token.")
        role = wanted.role or before
        if wanted.given:
            _require_giveable(before, role, has_account=account is not None)
        changed = rows.set_role(conn, person.user_id, role)
        require(conn, allowed, person.user_id, Amounts(tokens=1))
        rows.insert_token(conn, rows.NewToken(token_id, person.user_id, wanted.label, wanted.scopes, expires_at))
        if changed:
            audit.record(actor, "role.changed", str(person.user_id), {"role": role}, connection=conn)
        facts = {"user_id": person.user_id, "days": wanted.days, "role": role}
        audit.record(actor, "token.issued", str(token_id), facts, connection=conn)
    claims = {"sub": person.external_id, "jti": str(token_id), "role": role, "iat": now, "exp": expires_at}
    return IssuedToken(jwt.encode({"alg": ALGORITHM}, claims, key, algorithms=[ALGORITHM]), token_id, role, expires_at, changed)


def _require_giveable(before: Role, role: Role, *, has_account: bool) -> None:
    if "admin" in (before, role):
        raise NotAllowed(OPERATORS_OWN)
    if has_account and role != before:
        raise Conflict("Diese Person hat ein Konto; ihre Rolle ändern Sie unter „Personen“.")


def read_token(key: OctKey, token: str) -> tuple[UUID, str, Role]:
    """Token id, external id and role of a token whose signature and time are right; NotSignedIn otherwise. Withdrawal is not looked at."""
    if len(token) > LONGEST_TOKEN:
        raise NotSignedIn(_REFUSED)
    try:
        claims = jwt.decode(token, key, algorithms=[ALGORITHM]).claims
        _CLAIMS.validate(claims)
        if not all(isinstance(claims[name], str) for name in ("jti", "sub", "role")):
            raise ValueError("claims are texts")
        return UUID(claims["jti"]), claims["sub"], claims["role"]
    except (JoseError, ValueError, RecursionError):  # the last: brackets nested without end
        raise NotSignedIn(_REFUSED) from None


def token_holder(db: Database, key: OctKey, token: str) -> tuple[UUID, rows.LiveToken]:
    """Token id and person behind a token; NotSignedIn when it is wrong, over, withdrawn, someone else's or for another role than theirs."""
    token_id, external_id, role = read_token(key, token)
    with db.transaction() as conn:
        holder = rows.live_token(conn, token_id)
        if holder is not None and holder.stale:
            rows.note_use(conn, token_id=token_id)
    if holder is None or (holder.external_id, holder.role) != (external_id, role):
        raise NotSignedIn(_REFUSED)
    return token_id, holder


def list_tokens(db: Database) -> list[rows.TokenRow]:
    """All tokens, newest first."""
    with db.transaction() as conn:
        return rows.list_tokens(conn)


def revoke_token(db: Database, audit: Audit, actor: Caller, token_id: UUID, *, owner: UUID | None = None) -> None:
    """Withdraw a token, of `owner` where given, and sign out whoever used it; NotFound."""
    with db.transaction() as conn:
        user_id = rows.revoke_token(conn, token_id)
        if user_id is None or owner not in (None, user_id):
            raise NotFound("Dieses Token gibt es nicht.")
        audit.record(actor, "token.revoked", str(token_id), {"user_id": user_id}, connection=conn)
