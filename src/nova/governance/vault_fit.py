"""A database and the key file beside it in; whether they belong together out, and what is lost where they do not.

Without its key file Nova would take everybody known for a stranger: no withdrawal would be found, and no vault would open.
"""

from typing import Any

from psycopg import Connection

from nova.errors import Misconfigured
from nova.governance.identity import ADMIN
from nova.governance.people import KnownPeople
from nova.governance.vault_keys import VaultKeys
from nova.logs import get_logger
from nova.ports import Audit
from nova.store.people import people as rows
from nova.store.postgres.db import Database

LOST = "NOVA_VAULT_LOST"
log = get_logger(__name__)


def fits(connection: Connection[Any], keys: VaultKeys) -> bool:
    """Whether this is the key file that the database was used with."""
    return rows.vault_mark(connection) == _mark(keys)


def require_fitting(connection: Connection[Any], keys: VaultKeys) -> None:
    """Remember the key file at its first use. Misconfigured for another one or one that lacks a key; one made just now is taken away."""
    mark = rows.vault_mark(connection)
    samples = rows.wrapped_samples(connection)
    missing = sorted({held.wrapped_by for held in samples.values()} - set(keys.names))
    strange = (keys.created and rows.anybody_known(connection)) if mark is None else mark != _mark(keys)
    if strange or missing:
        place = keys.take_back()
        what = f" (es fehlt {', '.join(missing)})" if missing else ""
        raise Misconfigured(
            f"Die Schlüsseldatei {place} fehlt oder gehört nicht zu dieser Datenbank{what}: Nova würde bekannte Personen und ihre "
            "Widerrufe nicht wiedererkennen. Legen Sie die Datei aus Ihrer Ablage zurück. Ist sie endgültig verloren, starten Sie "
            f"einmal mit {LOST}=on; dann werden die Tresore geleert, die sie öffnete."
        )
    for subject_id, held in samples.items():
        keys.unwrap(held.wrapped, held.wrapped_by, str(subject_id))
    if mark is None:
        rows.set_vault_mark(connection, _mark(keys))


def accept_loss(connection: Connection[Any], keys: VaultKeys) -> tuple[int, int]:
    """Go on with another key file: empty vaults that it does not open, and forget by what names people were known. How many of each.

    Who signs in here is known again at once; who is known by the hook alone has to agree anew.
    """
    vaults = rows.drop_lost(connection, keys.names)
    known = 0 if fits(connection, keys) else rows.forget_lookups(connection)
    rows.set_vault_mark(connection, _mark(keys))
    return vaults, known


def _mark(keys: VaultKeys) -> str:
    return keys.mac("check", "vault").hex()[:32]


class VaultCheck:
    """Nova goes on only with the key file that belongs to its database, or where the operator says that it is lost."""

    def __init__(self, db: Database, people: KnownPeople, audit: Audit) -> None:
        self._db, self._people, self._audit = db, people, audit

    def require(self, *, lost: bool) -> None:
        """Misconfigured for a key file that is missing, another one, or incomplete; where it is `lost`, its loss is carried out instead."""
        keys = self._people.keys
        if not lost:
            self._db.retry(lambda conn: require_fitting(conn, keys))
            return
        vaults, known = self._db.retry(self._accept_loss)
        if vaults or known:
            log.warning("vault_lost", vaults=vaults, known=known)

    def _accept_loss(self, conn: Connection[Any]) -> tuple[int, int]:
        """Carry out the loss of the key and note it, both or neither; how many vaults and lookups went."""
        vaults, known = accept_loss(conn, self._people.keys)
        if vaults or known:
            self._audit.record(ADMIN, "vault.lost", self._people.keys.current, {"vaults": vaults, "known": known}, connection=conn)
        return vaults, known
