"""Rows of people by pseudonym, their consents and their vault: a connection and plain values in, frozen rows out.

Functions run inside the caller's transaction (rows are dicts).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.ports.people import Purpose
from nova.store import queries
from nova.store.postgres.db import execute_many

SQL = queries.load("people")
WRAPPING = 0x6E6F766106  # "nova", 6


@dataclass(frozen=True, slots=True)
class SealedValue:
    """What a token stands for, sealed under the person's key."""

    kind: str
    period: str
    sealed: bytes
    known: bool = False

    def marked(self) -> "SealedValue":
        """The same, said by a structured field."""
        return replace(self, known=True)


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A person's key under the installation's wrapping key of this name."""

    wrapped: bytes
    wrapped_by: str


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One purpose of a consent or withdrawal as it was said."""

    consent_id: UUID
    subject_id: UUID
    purpose: str
    given: bool
    version: str
    text_sha256: str
    source: str
    at: datetime
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StateRow:
    """What holds for a person and a purpose."""

    purpose: str
    given: bool
    version: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AgreedRow:
    """A person by pseudonym, what they agree to, and when they said it last."""

    subject_id: UUID
    purposes: tuple[str, ...]
    withdrawn: tuple[str, ...]
    at: datetime
    conversations: int


@dataclass(frozen=True, slots=True)
class ConsentEnd:
    """What a person withdrew or declined, and when: the last they said of this purpose. `lookup`: the HMAC of their name elsewhere."""

    subject_id: UUID
    lookup: bytes | None
    purpose: Purpose
    at: datetime


def find_subject(conn: Connection[Any], lookup: bytes) -> UUID | None:
    """The pseudonym of whom another system knows by the name behind this HMAC; None when unknown."""
    row = conn.execute(SQL["find_subject"], {"lookup": lookup}).fetchone()
    return None if row is None else row["subject_id"]


def ensure_subject(conn: Connection[Any], subject_id: UUID, lookup: bytes, name: str | None, user_id: UUID | None) -> UUID:
    """The pseudonym behind an HMAC, made as `subject_id` when new, and tied to who signs in here by that name."""
    row = None
    values = {"subject_id": subject_id, "lookup": lookup, "name": name, "user_id": user_id}
    while row is None:  # a concurrent first sight is visible only to the next statement
        row = conn.execute(SQL["ensure_subject"], values).fetchone()
    found: UUID = row["subject_id"]
    if row["user_id"] is None or row["lookup"] is None:
        conn.execute(SQL["tie_subject"], values | {"subject_id": found})
    return found


def subject_of_user(conn: Connection[Any], user_id: UUID) -> tuple[UUID | None, str | None]:
    """The pseudonym tied to somebody who signs in here, and the name they have elsewhere; None for what is not there."""
    row = conn.execute(SQL["subject_of_user"], {"user_id": user_id}).fetchone()
    return (None, None) if row is None else (row["subject_id"], row["external_id"])


def user_of(conn: Connection[Any], subject_id: UUID) -> UUID | None:
    """Who signs in here under this pseudonym; None for nobody."""
    row = conn.execute(SQL["user_of"], {"subject_id": subject_id}).fetchone()
    return None if row is None else row["user_id"]


def lock_subject(conn: Connection[Any], subject_id: UUID) -> bool:
    """Let nobody change what this person agrees to until the transaction ends; False when there is no such person."""
    return conn.execute(SQL["lock_subject"], {"subject_id": subject_id}).fetchone() is not None


def agreed(conn: Connection[Any], subject_id: UUID) -> list[StateRow]:
    """What holds for each purpose that the person has spoken of."""
    return [StateRow(**row) for row in conn.execute(SQL["agreed"], {"subject_id": subject_id}).fetchall()]


def ended(conn: Connection[Any], subject_id: UUID) -> list[ConsentEnd]:
    """The purposes that the person does not agree to any more, or never did."""
    return [_ended(row) for row in conn.execute(SQL["ended"], {"subject_id": subject_id}).fetchall()]


def withdrawn(conn: Connection[Any]) -> list[ConsentEnd]:
    """What anybody does not agree to any more who once did."""
    return [_ended(row) for row in conn.execute(SQL["withdrawn"]).fetchall()]


def unknown_ended(conn: Connection[Any], entries: Collection[ConsentEnd]) -> list[ConsentEnd]:
    """Those that this database knows nothing of, or something earlier only; under the pseudonym that the person has here."""
    told = [
        {
            "subject_id": str(one.subject_id),
            "lookup": None if one.lookup is None else one.lookup.hex(),
            "purpose": one.purpose,
            "at": one.at.isoformat(),
        }
        for one in entries
    ]
    return [_ended(row) for row in conn.execute(SQL["unknown_ended"], {"entries": Jsonb(told)}).fetchall()] if told else []


def _ended(row: Mapping[str, Any]) -> ConsentEnd:
    return ConsentEnd(**{**row, "lookup": None if row["lookup"] is None else bytes(row["lookup"])})


def insert_consents(conn: Connection[Any], given: Sequence[ConsentRow]) -> None:
    """Note what was said; the same said again changes nothing."""
    names = ("consent_id", "subject_id", "purpose", "given", "version", "text_sha256", "source", "at")
    execute_many(conn, SQL["insert_consent"], ({name: getattr(row, name) for name in names} for row in given))


def insert_text(conn: Connection[Any], version: str, sha256: str, text: str) -> None:
    """Keep a text that people agree to, word for word; an empty one where only its hash is known."""
    conn.execute(SQL["insert_consent_text"], {"version": version, "sha256": sha256, "text": text})


def text_sha256(conn: Connection[Any], version: str) -> str | None:
    """The hash of the text that people agree to under a version; None where nobody has said which."""
    row = conn.execute(SQL["consent_text"], {"version": version}).fetchone()
    return None if row is None else row["sha256"]


def history(conn: Connection[Any], subject_id: UUID, limit: int) -> list[ConsentRow]:
    """The last that a person said, newest first."""
    return [ConsentRow(**row) for row in conn.execute(SQL["consents_of"], {"subject_id": subject_id, "limit": limit}).fetchall()]


def consent_log(conn: Connection[Any], limit: int, before: datetime | None = None) -> list[ConsentRow]:
    """All that people said, in the order of its arrival, newest first; at least `limit` of it, and whole moments."""
    return [ConsentRow(**row) for row in conn.execute(SQL["consent_log"], {"limit": limit, "before": before}).fetchall()]


@dataclass(frozen=True, slots=True)
class Whose:
    """Which people: all, one, or those who agree to a purpose; a page of them."""

    subject_id: UUID | None = None
    purpose: str | None = None
    limit: int = 50
    offset: int = 0


def agreements(conn: Connection[Any], whose: Whose) -> tuple[list[AgreedRow], int]:
    """People who spoke of consent and what holds for them, the latest first; and how many there are."""
    found = conn.execute(SQL["agreements"], asdict(whose)).fetchall()
    total = int(found[0]["total"]) if found else 0
    shown = [{name: value for name, value in row.items() if name != "total"} for row in found]
    return [AgreedRow(**row | {"purposes": tuple(row["purposes"]), "withdrawn": tuple(row["withdrawn"])}) for row in shown], total


def sealed_of(conn: Connection[Any], subject_id: UUID) -> dict[str, SealedValue]:
    """A person's vault by token."""
    found = conn.execute(SQL["vault_of"], {"subject_id": subject_id}).fetchall()
    return {row["token"]: SealedValue(row["kind"], row["period"], bytes(row["sealed"]), row["known"]) for row in found}


def insert_sealed(conn: Connection[Any], subject_id: UUID, token: str, sealed: SealedValue) -> None:
    """Put a value into a person's vault."""
    values = {"subject_id": subject_id, "token": token, "kind": sealed.kind, "period": sealed.period}
    conn.execute(SQL["insert_sealed"], values | {"sealed": sealed.sealed, "known": sealed.known})


def mark_known(conn: Connection[Any], subject_id: UUID, token: str) -> None:
    """Later texts are searched for this value."""
    conn.execute(SQL["mark_known"], {"subject_id": subject_id, "token": token})


def wrapped_key(conn: Connection[Any], subject_id: UUID) -> WrappedKey | None:
    """A person's key; None when they have none, or none any more."""
    row = conn.execute(SQL["subject_key"], {"subject_id": subject_id}).fetchone()
    return None if row is None else WrappedKey(bytes(row["wrapped"]), row["wrapped_by"])


def wrapping(conn: Connection[Any]) -> None:
    """Until the transaction ends nobody drops a wrapping key. Ask for the key in use after this."""
    conn.execute(SQL["wrapping"], {"number": WRAPPING})


def no_wrapping(conn: Connection[Any]) -> None:
    """Wait until everybody's key is there who was just given one; nobody is given one until the transaction ends."""
    conn.execute(SQL["no_wrapping"], {"number": WRAPPING})


def insert_key(conn: Connection[Any], subject_id: UUID, key: WrappedKey) -> WrappedKey:
    """Give a person a key; the one they have when somebody else was first."""
    conn.execute(SQL["insert_key"], {"subject_id": subject_id, "wrapped": key.wrapped, "wrapped_by": key.wrapped_by})
    return wrapped_key(conn, subject_id) or key


def keys_not_by(conn: Connection[Any], name: str, limit: int) -> Mapping[UUID, WrappedKey]:
    """Some keys that are wrapped by others, locked."""
    found = conn.execute(SQL["keys_not_by"], {"name": name, "limit": limit}).fetchall()
    return {row["subject_id"]: WrappedKey(bytes(row["wrapped"]), row["wrapped_by"]) for row in found}


def replace_key(conn: Connection[Any], subject_id: UUID, key: WrappedKey) -> None:
    """The same key in another wrapping."""
    conn.execute(SQL["replace_key"], {"subject_id": subject_id, "wrapped": key.wrapped, "wrapped_by": key.wrapped_by})


def vault_mark(conn: Connection[Any]) -> str | None:
    """By what this database knows its key file again; None before one was used."""
    row = conn.execute(SQL["vault_mark"]).fetchone()
    return None if row is None else row["mark"]


def set_vault_mark(conn: Connection[Any], mark: str) -> None:
    """This key file belongs to the database from now on."""
    conn.execute(SQL["set_vault_mark"], {"mark": mark})


def anybody_known(conn: Connection[Any]) -> bool:
    """Whether somebody is known by an HMAC of the key file's."""
    row = conn.execute(SQL["anybody_known"]).fetchone()
    return bool(row and row["yes"])


def wrapped_samples(conn: Connection[Any]) -> dict[UUID, WrappedKey]:
    """One person's key for each wrapping key that is needed."""
    found = conn.execute(SQL["wrapped_samples"]).fetchall()
    return {row["subject_id"]: WrappedKey(bytes(row["wrapped"]), row["wrapped_by"]) for row in found}


def drop_lost(conn: Connection[Any], names: Collection[str]) -> int:
    """Delete the keys of people that none of these wrapping keys opens, and what they sealed; how many people."""
    conn.execute(SQL["drop_lost_vaults"], {"names": list(names)})
    return conn.execute(SQL["drop_lost_keys"], {"names": list(names)}).rowcount


def forget_lookups(conn: Connection[Any]) -> int:
    """Forget by what names people are known; how many were."""
    return conn.execute(SQL["forget_lookups"]).rowcount


def empty_vault(conn: Connection[Any], subject_id: UUID) -> int:
    """Delete a person's vault and key; how many values there were."""
    count = conn.execute(SQL["empty_vault"], {"subject_id": subject_id}).rowcount
    conn.execute(SQL["delete_key"], {"subject_id": subject_id})
    return count
