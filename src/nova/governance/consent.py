"""What a person said about their words in, what holds from now on out: append-only, purpose by purpose, with the text they saw."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import Conflict, InvalidInput
from nova.ports.people import PURPOSES, Purpose
from nova.store.ids import uuid7
from nova.store.people import people as rows

VERSIONS = ("v1", "v2")
UNSAID: Mapping[str, frozenset[Purpose]] = {"v1": frozenset({"profiling"})}  # what a text does not speak of, nobody agreed to by it
CLOCK_SKEW = timedelta(minutes=5)
TITLES: Mapping[Purpose, str] = {
    "service": "Gespräche aufbewahren",
    "analytics": "Güte messen",
    "training": "Daraus lernen",
    "profiling": "Nutzung auswerten",
}
MEANINGS: Mapping[Purpose, str] = {
    "service": "Ihre Fragen und die Antworten werden gespeichert, damit Sie Ihren Verlauf sehen und wir daran anknüpfen können.",
    "analytics": "Ihre gespeicherten Gespräche fließen in Kennzahlen ein, und unsere Redaktion darf Antworten durchsehen und berichtigen.",
    "training": "Aus Ihren gespeicherten Gesprächen darf Nova lernen, welche Fundstellen und Worte helfen.",
    "profiling": "Nova darf mit Ihnen verbinden, was Sie ansehen und anklicken, und daraus schließen, was für Sie passt.",
}


@dataclass(frozen=True, slots=True)
class ConsentText:
    """A text as people see it, word for word."""

    version: str
    sha256: str
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What a person said: yes or no to some purposes, at a moment, having seen this version of a text. `source` is where ("web")."""

    purposes: Mapping[Purpose, bool]
    version: str
    text_sha256: str
    at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds for one purpose; `given` None when the person never spoke of it."""

    purpose: Purpose
    given: bool | None
    at: datetime | None
    version: str | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What holds after a statement, and what held before it and does not any more."""

    agreed: frozenset[Purpose]
    ended: frozenset[Purpose]


@cache
def shipped(version: str = VERSIONS[-1]) -> ConsentText:
    """A text that comes with Nova; the latest unless told."""
    text = (resources.files(__package__) / f"consent_{version}.md").read_text(encoding="utf-8")
    return ConsentText(version, hashlib.sha256(text.encode()).hexdigest(), text)


def sha256_of(connection: Connection[Any], version: str) -> str | None:
    """The hash of the text that people see under a version; None for a version that nobody has heard of."""
    return shipped(version).sha256 if version in VERSIONS else rows.text_sha256(connection, version)


def record(connection: Connection[Any], subject_id: UUID, statement: Statement, now: datetime) -> Effect:
    """Note a statement; the person is locked until the transaction ends.

    InvalidInput for a moment in the future and for a purpose that the text does not speak of, Conflict for a version that is known with
    another text: of a text that Nova does not hold the hash that came first. What was said earlier than what is known changes nothing of
    what holds.
    """
    _check(connection, statement, now)
    rows.lock_subject(connection, subject_id)
    before, last = _agreed(connection, subject_id), {row.purpose: row.at for row in rows.agreed(connection, subject_id)}
    said = [_row(subject_id, purpose, given, statement) for purpose, given in statement.purposes.items()]
    rows.insert_consents(connection, [_not_overtaken(row, last.get(row.purpose), now) for row in said])
    after = _agreed(connection, subject_id)
    return Effect(after, before - after)


def standing(connection: Connection[Any], subject_id: UUID) -> list[Standing]:
    """What holds for every purpose."""
    held = {row.purpose: row for row in rows.agreed(connection, subject_id)}
    return [
        Standing(purpose, row.given, row.at, row.version) if (row := held.get(purpose)) else Standing(purpose, None, None, None)
        for purpose in PURPOSES
    ]


def _agreed(connection: Connection[Any], subject_id: UUID) -> frozenset[Purpose]:
    held = {row.purpose for row in rows.agreed(connection, subject_id) if row.given}
    return frozenset(purpose for purpose in PURPOSES if purpose in held)


def _not_overtaken(said: rows.ConsentRow, last: datetime | None, now: datetime) -> rows.ConsentRow:
    """A withdrawal that is said now holds now, also against a consent whose sender's clock is ahead: at one moment the withdrawal holds."""
    late = not said.given and last is not None and now <= said.at < last
    return replace(said, at=last) if late and last is not None else said


def _row(subject_id: UUID, purpose: Purpose, given: bool, said: Statement) -> rows.ConsentRow:
    return rows.ConsentRow(uuid7(), subject_id, purpose, given, said.version, said.text_sha256, said.source, said.at)


def _check(connection: Connection[Any], statement: Statement, now: datetime) -> None:
    if statement.at > now + CLOCK_SKEW:
        raise InvalidInput("Der Zeitpunkt einer Einwilligung darf nicht in der Zukunft liegen.", data={"field": "at"})
    if unsaid := [purpose for purpose, given in statement.purposes.items() if given and purpose in UNSAID.get(statement.version, ())]:
        message = f"Im Text {statement.version} steht nichts vom Zweck {unsaid[0]}; zustimmen kann dem nur, wer den neueren gesehen hat."
        raise InvalidInput(message, data={"field": "version"})
    if statement.version in VERSIONS:
        text = shipped(statement.version)
        rows.insert_text(connection, text.version, text.sha256, text.text)
    elif rows.text_sha256(connection, statement.version) is None:
        rows.insert_text(connection, statement.version, statement.text_sha256, "")
    kept = rows.text_sha256(connection, statement.version)
    if kept is not None and kept != statement.text_sha256:
        raise Conflict(
            f"Unter der Fassung {statement.version} liegt ein anderer Text. Senden Sie die Prüfsumme des Textes, der zu sehen war.",
            data={"version": statement.version, "text_sha256": kept},
        )
