"""A person's values in, tokens out; what a token stands for is sealed under the person's own key, and only `open_token` opens it.

Tokens look like `[NAME_7KQ2MX]`: an HMAC under the key of the calendar quarter (Europe/Berlin), so that the same value has the same token
within a quarter, and nobody without the installation's key can tell values from tokens.
"""

import re
import secrets
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from psycopg import Connection

from nova.errors import Misconfigured, NotFound
from nova.german import BERLIN
from nova.governance.vault_keys import KEY_BYTES, VaultKeys, seal, unseal
from nova.privacy.spans import PLACEHOLDERS
from nova.store.people import people as rows

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TOKEN_CHARS = 6
BITS = 5
MOST_TRIES = 32
LABELED: Mapping[str, str] = {str(kind): label for kind, label in PLACEHOLDERS.items()}
AS_WORDS = frozenset({"name", "address"})
REWRAP_AT_ONCE = 500
_DIALLED = re.compile(r"^(?:\+|00)49")


def period_of(moment: datetime) -> str:
    """The calendar quarter in Europe/Berlin, such as `2026Q4`."""
    local = moment.astimezone(BERLIN)
    return f"{local.year}Q{(local.month + 2) // 3}"


def normalised(kind: str, value: str) -> str:
    """The value without what differs between two ways to write it: case, spaces, and signs between the parts of numbers."""
    return unicodedata.normalize("NFKC", _bare(kind, unicodedata.normalize("NFKC", value).casefold()))


def _bare(kind: str, plain: str) -> str:
    """What is left of it; an accent that stood alone ("A´") may now stand behind a letter."""
    if kind in AS_WORDS:
        return " ".join(re.sub(r"[^\w]+", " ", plain).split())
    if kind == "email":
        return "".join(plain.split())
    if kind == "phone":
        return re.sub(r"\D", "", _DIALLED.sub("0", re.sub(r"[^\d+]", "", plain).replace("+490", "+49")))
    return re.sub(r"[\W_]+", "", plain)


class Vault:
    """One person's vault inside the caller's transaction. Call it with a kind and a value, it gives the token that stands for it."""

    def __init__(self, connection: Connection[Any], keys: VaultKeys, subject_id: UUID, period: str) -> None:
        self._connection, self._keys, self._subject, self._period = connection, keys, subject_id, period
        self._key: bytes | None = None
        self._held: dict[str, rows.SealedValue] | None = None
        self._given: dict[tuple[str, str], str] = {}

    def __call__(self, kind: str, value: str) -> str:
        """The token, sealed and stored on first sight."""
        return self.token(kind, value)

    def token(self, kind: str, value: str, *, known: bool = False) -> str:
        """As calling it; `known` marks what a structured field said, so that later texts are searched for it."""
        same = normalised(kind, value)
        token = self._given.get((kind, same))
        if token is None:
            token = self._given[kind, same] = self._place(kind, value, same, known=known)
        if known and not self._all()[token].known:
            rows.mark_known(self._connection, self._subject, token)
            self._all()[token] = self._all()[token].marked()
        return token

    def known(self) -> dict[str, str]:
        """Values that structured fields named, and their kinds."""
        return {self._opened(token, sealed): sealed.kind for token, sealed in self._all().items() if sealed.known}

    def open(self, token: str) -> str:
        """What a token stands for; NotFound."""
        sealed = self._all().get(token)
        if sealed is None:
            raise NotFound("Dieses Kennzeichen gehört nicht zu dieser Person, oder sein Tresor ist gelöscht.")
        return self._opened(token, sealed)

    def _place(self, kind: str, value: str, same: str, *, known: bool) -> str:
        """The first token of the value's line that is free or already its own."""
        for attempt in range(MOST_TRIES):
            token = self._derived(kind, same, attempt)
            held = self._all().get(token)
            if held is None:
                self._store(token, kind, value, known=known)
                return token
            if held.period == self._period and held.kind == kind and normalised(kind, self._opened(token, held)) == same:
                return token
        raise Misconfigured("Für einen Wert war kein Kennzeichen mehr frei.")

    def _derived(self, kind: str, same: str, attempt: int) -> str:
        suffix = f"|{attempt}" if attempt else ""
        number = int.from_bytes(self._keys.mac(f"token {self._period}", f"{kind}|{same}{suffix}")[:8])
        letters = "".join(CROCKFORD[number >> BITS * place & 31] for place in reversed(range(TOKEN_CHARS)))
        return f"{LABELED[kind][:-1]}_{letters}]"

    def _store(self, token: str, kind: str, value: str, *, known: bool) -> None:
        sealed = rows.SealedValue(kind, self._period, seal(self._person_key(), value.encode(), self._bound(token, self._period)), known)
        rows.insert_sealed(self._connection, self._subject, token, sealed)
        self._all()[token] = sealed

    def _opened(self, token: str, sealed: rows.SealedValue) -> str:
        try:
            return unseal(self._person_key(), sealed.sealed, self._bound(token, sealed.period)).decode()
        except InvalidTag:
            raise Misconfigured("Ein Eintrag im Tresor ist verändert worden und lässt sich nicht öffnen.") from None

    def _bound(self, token: str, period: str) -> str:
        return f"{self._subject}|{token}|{period}"

    def _all(self) -> dict[str, rows.SealedValue]:
        if self._held is None:
            self._held = rows.sealed_of(self._connection, self._subject)
        return self._held

    def _person_key(self) -> bytes:
        if self._key is None:
            held = rows.wrapped_key(self._connection, self._subject)
            if held is None:
                rows.wrapping(self._connection)
                self._keys.look_again()
                wrapped, name = self._keys.wrap(secrets.token_bytes(KEY_BYTES), str(self._subject))
                held = rows.insert_key(self._connection, self._subject, rows.WrappedKey(wrapped, name))
            self._key = self._keys.unwrap(held.wrapped, held.wrapped_by, str(self._subject))
        return self._key


def open_token(connection: Connection[Any], keys: VaultKeys, token: str, subject_id: UUID) -> str:
    """What a token of this person stands for; NotFound. Who may ask is the caller's to check, and to note."""
    if rows.wrapped_key(connection, subject_id) is None:
        raise NotFound("Dieses Kennzeichen gehört nicht zu dieser Person, oder sein Tresor ist gelöscht.")
    return Vault(connection, keys, subject_id, period_of(datetime.now(UTC))).open(token)


def rewrap(connection: Connection[Any], keys: VaultKeys) -> int:
    """Wrap a few hundred people's keys anew that are wrapped by others than the key in use; how many were left to do.

    0 means that none is left, also not in a transaction that had begun before.
    """
    rows.no_wrapping(connection)
    left = rows.keys_not_by(connection, keys.current, REWRAP_AT_ONCE)
    for subject_id, held in left.items():
        wrapped, name = keys.wrap(keys.unwrap(held.wrapped, held.wrapped_by, str(subject_id)), str(subject_id))
        rows.replace_key(connection, subject_id, rows.WrappedKey(wrapped, name))
    return len(left)
