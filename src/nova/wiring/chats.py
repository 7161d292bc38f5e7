"""The company's master data in, what looks through people's words for personal values out."""

from collections.abc import Callable, Mapping

from nova.governance.people import KnownPeople
from nova.governance.vault_fit import fits
from nova.ports.people import Redactor
from nova.privacy import find, redact, strict_scan
from nova.privacy.known import known_values
from nova.privacy.redact import knows
from nova.privacy.spans import Finder
from nova.store.postgres.db import Database
from nova.telemetry.conversations import Desk


def redactor(dictionary: Callable[[], Finder | None] = lambda: None) -> Redactor:
    """What looks through texts; `dictionary` gives the company's master data when asked."""

    def through(text: str, token: Callable[[str, str], str] | None = None, known: Mapping[str, str] | None = None) -> str:
        return redact(text, token, known, dictionary()).text

    return through


def values_in(dictionary: Callable[[], Finder | None] = lambda: None) -> Callable[[str], list[str]]:
    """What finds every value in a text that might be personal, by weaker evidence than `redactor`; for what a model wrote."""

    def found(text: str) -> list[str]:
        master = dictionary()
        spans = [*strict_scan(text), *(find(text, master) if master is not None else ())]
        return [text[span.start : span.end] for span in spans]

    return found


def desk_of(people: KnownPeople, dictionary: Callable[[], Finder | None] = lambda: None) -> Desk:
    """What taking in words of people needs."""
    return Desk(people, redactor(dictionary), lambda text, known: knows(known_values(known), text))


def own_desk(db: Database, people: KnownPeople, dictionary: Callable[[], Finder | None]) -> Desk | None:
    """The same, where this process has the installation's key file: with another it would seal what nobody else opens."""
    with db.transaction() as conn:
        return desk_of(people, dictionary) if fits(conn, people.keys) else None
