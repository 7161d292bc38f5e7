"""A person in, a signed token out; a token in, the person it stands for out. One algorithm; the database can withdraw each token."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from joserfc import jwt
from joserfc.errors import InvalidClaimError, JoseError
from joserfc.jwk import OctKey

from nova.errors import NotFound, NotSignedIn
from nova.governance.users import ensure_user
from nova.ports import Audit
from nova.records import Caller
from nova.store import governance as rows
from nova.store.db import Database
from nova.store.ids import uuid7

ALGORITHM = "HS256"
LONGEST_TOKEN = 4096
MOST_DAYS = 3650
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
    role={"essential": True, "value": "customer"},
)
_REFUSED = "Das Token ist ungültig, abgelaufen oder zurückgezogen."


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new token; `token` is shown once and kept nowhere."""

    token: str
    token_id: UUID
    expires_at: datetime


def token_key(secret: bytes) -> OctKey:
    """The signing key as the library wants it."""
    return OctKey.import_key(secret)


def issue_token(db: Database, key: OctKey, audit: Audit, actor: Caller, user: str, *, label: str = "", days: int = 90) -> IssuedToken:
    """Sign a token for `user` (made when new), valid for `days`, and note it."""
    person = ensure_user(db, user)
    now = datetime.now(UTC).replace(microsecond=0)
    issued = IssuedToken("", uuid7(), now + timedelta(days=min(days, MOST_DAYS)))
    claims = {"sub": person.external_id, "jti": str(issued.token_id), "role": "customer", "iat": now, "exp": issued.expires_at}
    token = jwt.encode({"alg": ALGORITHM}, claims, key, algorithms=[ALGORITHM])
    with db.transaction() as conn:
        rows.insert_token(conn, issued.token_id, person.user_id, label, issued.expires_at)
    audit.record(actor, "token.issued", str(issued.token_id), {"user_id": person.user_id, "days": days})
    return IssuedToken(token, issued.token_id, issued.expires_at)


def read_token(key: OctKey, token: str) -> tuple[UUID, str]:
    """Token id and external id of a token whose signature and time are right; NotSignedIn otherwise. Says nothing about withdrawal."""
    if len(token) > LONGEST_TOKEN:
        raise NotSignedIn(_REFUSED)
    try:
        claims = jwt.decode(token, key, algorithms=[ALGORITHM]).claims
        _CLAIMS.validate(claims)
        if not all(isinstance(claims[name], str) for name in ("jti", "sub", "role")):
            raise ValueError("claims are texts")
        return UUID(claims["jti"]), claims["sub"]
    except (JoseError, ValueError, RecursionError):  # the last: brackets nested without end
        raise NotSignedIn(_REFUSED) from None


def token_holder(db: Database, key: OctKey, token: str) -> tuple[UUID, rows.LiveToken]:
    """Token id and person behind a token; NotSignedIn when it is wrong, over, withdrawn or someone else's."""
    token_id, external_id = read_token(key, token)
    with db.transaction() as conn:
        holder = rows.live_token(conn, token_id)
    if holder is None or holder.external_id != external_id:
        raise NotSignedIn(_REFUSED)
    return token_id, holder


def list_tokens(db: Database) -> list[rows.TokenRow]:
    """All tokens, newest first."""
    with db.transaction() as conn:
        return rows.list_tokens(conn)


def revoke_token(db: Database, audit: Audit, actor: Caller, token_id: UUID) -> None:
    """Withdraw a token and sign out whoever used it; NotFound."""
    with db.transaction() as conn:
        user_id = rows.revoke_token(conn, token_id)
    if user_id is None:
        raise NotFound("Dieses Token gibt es nicht.")
    audit.record(actor, "token.revoked", str(token_id), {"user_id": user_id})
