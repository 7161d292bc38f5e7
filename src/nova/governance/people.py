"""People's names in other systems in, their pseudonyms, consents and vaults out: implements `nova.ports.people.People` on Postgres."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg import Connection

from nova.errors import NotFound
from nova.governance import vault
from nova.governance.vault_keys import VaultKeys
from nova.ports.people import PURPOSES, Purpose
from nova.store.people import people as rows


class KnownPeople:
    """Everyone by pseudonym. Names other systems use are one namespace: who signs in here by a name is who is known by it elsewhere."""

    def __init__(self, keys: VaultKeys) -> None:
        self.keys = keys

    def lookup(self, name: str) -> bytes:
        """What stands for a name in table `subjects`."""
        return self.keys.mac("lookup", name)

    def fingerprint(self, purpose: str, text: str) -> bytes:
        """By what the same text is known again, and nobody without the installation's key can guess it."""
        return self.keys.mac(f"fingerprint {purpose}", text)

    def find(self, connection: Connection[Any], name: str) -> UUID | None:
        """The pseudonym of somebody already known by this name; None."""
        return rows.find_subject(connection, self.lookup(name))

    def subject(self, connection: Connection[Any], name: str) -> UUID:
        """The pseudonym of the person whom another system knows by this name; made on first sight."""
        return rows.ensure_subject(connection, uuid4(), self.lookup(name), name, None)

    def subject_of_user(self, connection: Connection[Any], user_id: UUID) -> UUID:
        """The pseudonym of somebody who signs in here; made on first sight. NotFound for nobody."""
        found, name = rows.subject_of_user(connection, user_id)
        if found is not None:
            return found
        if name is None:
            raise NotFound("Diese Person ist nicht bekannt.")
        return rows.ensure_subject(connection, uuid4(), self.lookup(name), name, user_id)

    def agreed(self, connection: Connection[Any], subject_id: UUID) -> frozenset[Purpose]:
        """What they agree to now; locked until the transaction ends."""
        rows.lock_subject(connection, subject_id)
        held = {row.purpose for row in rows.agreed(connection, subject_id) if row.given}
        return frozenset(purpose for purpose in PURPOSES if purpose in held)

    def withdrew(self, connection: Connection[Any], subject_id: UUID, purpose: Purpose) -> bool:
        """Whether they once spoke of this purpose and do not agree to it now."""
        return any(row.purpose == purpose and not row.given for row in rows.agreed(connection, subject_id))

    def tokens(self, connection: Connection[Any], subject_id: UUID, at: datetime | None = None) -> vault.Vault:
        """The person's vault; call it with a kind and a value. `at` says whose quarter's tokens (default: this moment's)."""
        return vault.Vault(connection, self.keys, subject_id, vault.period_of(at or datetime.now(UTC)))

    def known(self, connection: Connection[Any], subject_id: UUID, at: datetime, fields: Mapping[str, str]) -> dict[str, str]:
        """Values that are surely personal, and their kinds: these fields (kind by value) and those of earlier times.

        New ones go into the person's vault, so that they are found in what comes later.
        """
        held = self.tokens(connection, subject_id, at)
        for value, kind in fields.items():
            held.token(kind, value, known=True)
        return held.known()

    def open_token(self, connection: Connection[Any], token: str, subject_id: UUID) -> str:
        """What a token of this person stands for; NotFound. Who may ask is the caller's to check, and to note."""
        return vault.open_token(connection, self.keys, token, subject_id)

    def rewrap(self, connection: Connection[Any]) -> int:
        """Bring some people's keys under the wrapping key in use; how many. Call it until it gives 0."""
        return vault.rewrap(connection, self.keys)
