"""A token and a reason in, the value it stands for out, for service accounts only; every attempt is noted first, never the value."""

import re
from dataclasses import dataclass
from typing import Any, Literal, Protocol, get_args
from uuid import UUID

from psycopg import Connection

from nova.errors import Conflict, InvalidInput, Misconfigured, NotAllowed, NotFound
from nova.ports import Audit
from nova.privacy.spans import LABELS, TYPES, Kind
from nova.records import Caller
from nova.store.people import governance as rows
from nova.store.postgres.db import Database

Reason = Literal["rueckruf", "stoerung", "abrechnung", "auskunft", "rechtspflicht", "sicherheit"]
REASONS: tuple[Reason, ...] = get_args(Reason)
KIND_OF: dict[str, Kind] = {label: kind for kind, label in LABELS.items()}
OPENABLE = re.compile(rf"\[(?:{'|'.join(KIND_OF)})_[0-9A-HJKMNP-TV-Z]{{6}}\]")
NOT_KNOWN = "Dieses Kennzeichen steht in keinem Tresor, oder der Tresor ist gelöscht."


class Opener(Protocol):
    """What opens a token of a person's vault."""

    def open_token(self, connection: Any, token: str, subject_id: UUID) -> str:
        """What it stands for; NotFound."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a token stands for, and whose it is."""

    token: str
    kind: Kind
    subject_id: UUID
    value: str


def reidentify(db: Database, vault: Opener, audit: Audit, caller: Caller, token: str, reason: Reason, subject_id: UUID | None) -> Opened:
    """Open a token. NotFound; Conflict where several persons share the value and `subject_id` does not say whose is meant.

    The value leaves only once its entry in the audit log is committed; so does a refusal.
    """
    if caller.role != "service":
        raise NotAllowed("Kennzeichen öffnen dürfen nur Dienstkonten.")
    if not OPENABLE.fullmatch(token):
        raise InvalidInput("Erwartet wird ein Kennzeichen wie [NAME_7KQ2MX].", data={"field": "token"})
    label, _, letters = token[1:-1].rpartition("_")
    kind = KIND_OF[label]
    target = f"{TYPES[kind]}_{letters}"
    facts = {"reason": reason, "subject_id": subject_id}
    try:
        with db.transaction() as conn:
            opened = _open(conn, vault, token, kind, subject_id)
            audit.record(caller, "vault.opened", target, facts | {"subject_id": opened.subject_id}, connection=conn)
    except (Conflict, Misconfigured, NotFound) as error:
        with db.transaction() as conn:
            audit.record(caller, "vault.refused", target, facts | {"code": error.code}, connection=conn)
        raise
    return opened


def _open(conn: Connection[Any], vault: Opener, token: str, kind: Kind, subject_id: UUID | None) -> Opened:
    holders = [subject_id] if subject_id else rows.holders_of_token(conn, token)
    if not holders:
        raise NotFound(NOT_KNOWN)
    if len(holders) > 1:
        raise Conflict("Mehrere Personen teilen diesen Wert. Sagen Sie mit subject_id, wessen Kennzeichen gemeint ist.")
    return Opened(token, kind, holders[0], vault.open_token(conn, token, holders[0]))


class Reidentification:
    """Tokens opened for service accounts."""

    def __init__(self, db: Database, vault: Opener, audit: Audit) -> None:
        self._db, self._vault, self._audit = db, vault, audit

    def open(self, caller: Caller, token: str, reason: Reason, subject_id: UUID | None) -> Opened:
        """What one stands for. Raises as `reidentify` does."""
        return reidentify(self._db, self._vault, self._audit, caller, token, reason, subject_id)
