"""Somebody's name in; who that is, what they correct, object to and want erased out. Everything joins the caller's transaction."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.errors import UniqueViolation

from nova.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nova.governance import consent
from nova.governance.people import KnownPeople
from nova.governance.users import NAME
from nova.ports.people import Purpose
from nova.records import Caller, Person
from nova.store.people import governance as users
from nova.store.people import people as people_rows
from nova.store.people import rights as rows
from nova.store.seeding import subjects

OBJECTION: tuple[Purpose, ...] = ("analytics", "training", "profiling")
CONFIRM_S = 600
SPOKEN = UUID("00000000-0000-4000-8000-00000000c0de")  # owns the passages of conversations and is nobody
UNKNOWN = "Diese Person ist hier nicht bekannt."
NOBODY = "Der Betreiberschlüssel gehört zu keiner Person. Für eine bestimmte gibt es `nova privacy export|erase`."


def person(conn: Connection[Any], people: KnownPeople, name: str) -> Person:
    """By pseudonym, our own id, external id or a sender's or a source's id; NotFound. Who signs in, or is in datasets, and has no pseudonym
    gets one.
    """
    lookup = people.lookup(name)
    found = rows.find(conn, name, lookup)
    if found is None and subjects.known(conn, lookup):
        people.subject(conn, name)
        found = rows.find(conn, name, lookup)
    if found is None or found == SPOKEN or (isinstance(found, Person) and found.user_id == SPOKEN):
        raise NotFound(UNKNOWN)
    if isinstance(found, UUID):
        people.subject_of_user(conn, found)
        return person(conn, people, str(found))
    return found


def of_user(conn: Connection[Any], people: KnownPeople, user_id: UUID) -> Person:
    """Somebody who signed in; NotFound when they are gone."""
    return person(conn, people, str(user_id))


def user_of(caller: Caller) -> UUID:
    """Whose rights a caller exercises; NotAllowed for the operator's key, which is nobody's."""
    if caller.user_id is None:
        raise NotAllowed(NOBODY)
    return caller.user_id


def objection(now: datetime) -> consent.Statement:
    """What somebody says who objects: nothing beyond answering them. Noted as a withdrawal by `nova.flows.consents.note`."""
    text = consent.shipped()
    return consent.Statement(dict.fromkeys(OBJECTION, False), text.version, text.sha256, now, "objection")


def correct_turn(conn: Connection[Any], someone: Person, conversation_id: UUID, seq: int, text: str) -> None:
    """Replace what the person said in a conversation by `text`, which is redacted already; NotFound for what is not theirs."""
    if not rows.correct_turn(conn, someone.subject_id, conversation_id, seq, text):
        raise NotFound("Diesen Beitrag gibt es nicht.")


def correct_question(conn: Connection[Any], someone: Person, answer_id: UUID, text: str) -> None:
    """Replace what the person asked by `text`, which is redacted already; NotFound for what is not theirs."""
    if someone.user_id is None or not rows.correct_question(conn, someone.user_id, answer_id, text):
        raise NotFound("Diese Antwort gibt es nicht.")


def rename(conn: Connection[Any], people: KnownPeople, someone: Person, external_id: str) -> None:
    """Other systems know the person by another name; the tokens for their former one are withdrawn, and they are signed out.

    InvalidInput, NotFound for who does not sign in, Conflict for a name that is taken.
    """
    if not NAME.fullmatch(external_id):
        raise InvalidInput(
            "Der Name darf 1 bis 200 Buchstaben, Ziffern und die Zeichen . @ + : - _ enthalten.", data={"field": "external_id"}
        )
    if someone.user_id is None:
        raise NotFound("Diese Person hat hier keinen Zugang; ihr Name ist nicht gespeichert.")
    try:
        renamed = rows.rename(conn, someone.user_id, external_id, people.lookup(external_id))
    except UniqueViolation:
        renamed = False
    if not renamed:
        raise Conflict("Unter diesem Namen ist schon jemand anderes bekannt.")
    if external_id != someone.external_id:
        users.sign_out(conn, someone.user_id)


def vault_of(conn: Connection[Any], people: KnownPeople, someone: Person) -> dict[str, str]:
    """What the tokens in the person's texts stand for."""
    held = people.tokens(conn, someone.subject_id)
    return {token: held.open(token) for token in people_rows.sealed_of(conn, someone.subject_id)}


def confirmation(key: bytes, user_id: UUID, now: datetime) -> str:
    """What a person sends back to say that they mean it; good for ten minutes."""
    until = int(now.timestamp()) + CONFIRM_S
    return f"{until}.{_seal(key, user_id, until)}"


def confirmed(key: bytes, user_id: UUID, token: str, now: datetime) -> bool:
    """Whether a confirmation is this person's and still good."""
    until, _, seal = token.partition(".")
    if not (until.isascii() and until.isdigit() and len(until) < 12) or int(until) < now.timestamp():
        return False
    return hmac.compare_digest(_seal(key, user_id, int(until)).encode(), seal.encode())


def sealed(receipt: Mapping[str, Any]) -> str:
    """The SHA-256 that stands for a receipt in the audit log: of its JSON with sorted keys, without the hash itself."""
    told = {name: value for name, value in receipt.items() if name != "sha256"}
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _seal(key: bytes, user_id: UUID, until: int) -> str:
    return hmac.new(key, f"erase {user_id} {until}".encode(), hashlib.sha256).hexdigest()[:32]
