"""Tokens as the operator gives them out and takes them back."""

from dataclasses import replace
from uuid import UUID

from joserfc.jwk import OctKey

from nova.errors import NotAllowed, NotFound
from nova.governance.tokens import IssuedToken, TokenRequest, issue_token, list_tokens, revoke_token
from nova.ports import Audit
from nova.records import Caller
from nova.roles import Capability
from nova.store.people.governance import TokenRow
from nova.store.people.usage import Amounts
from nova.store.postgres.db import Database


class Tokens:
    """Those of an installation, signed with `key`; `allowed` is what a person may have."""

    def __init__(self, db: Database, audit: Audit, key: OctKey, allowed: Amounts) -> None:
        self._db, self._audit, self._key, self._allowed = db, audit, key, allowed

    def all(self) -> list[TokenRow]:
        """Newest first."""
        return list_tokens(self._db)

    def issue(self, caller: Caller, user: str, wanted: TokenRequest) -> IssuedToken:
        """Give one out, for a program or for somebody without an account of their own. Raises as `issue_token` does.

        NotAllowed for an operator: theirs only they give out. Conflict for another role of who has an account.
        """
        return issue_token(self._db, self._key, self._audit, caller, user, replace(wanted, given=True), self._allowed)

    def issue_own(self, caller: Caller, label: str, days: int, scopes: tuple[Capability, ...]) -> IssuedToken:
        """One for a program of one's own, which may some of what one may oneself; NotAllowed for more, or without a name."""
        if caller.user_id is None or caller.external_id is None:
            raise NotAllowed("Der Betriebsschlüssel gibt keine eigenen Token aus. Melden Sie sich mit Ihrem Namen an.")
        if not all(map(caller.may, scopes)):
            raise NotAllowed("Ein Token darf nur, was Sie selbst dürfen.")
        wanted = TokenRequest(label, days, scopes=tuple(sorted(set(scopes))))
        return issue_token(self._db, self._key, self._audit, caller, caller.external_id, wanted, self._allowed)

    def revoke_own(self, caller: Caller, token_id: UUID) -> None:
        """Take one's own back; NotFound, also for another's. The operator's key has none."""
        if caller.user_id is None:
            raise NotFound("Dieses Token gibt es nicht.")
        revoke_token(self._db, self._audit, caller, token_id, owner=caller.user_id)

    def revoke(self, caller: Caller, token_id: UUID) -> None:
        """Take one back, and sign out whoever used it; NotFound."""
        revoke_token(self._db, self._audit, caller, token_id)
