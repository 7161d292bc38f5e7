"""The installation's own vocabulary file, read and replaced; a text that is no vocabulary is refused and nothing changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import Connection

from nova.answers.understand.areas import with_area, without_area
from nova.answers.understand.vocabulary import Vocabulary, parse
from nova.errors import Conflict, InvalidInput, Misconfigured
from nova.language.text_version import version_of
from nova.ports import Audit
from nova.records import Caller
from nova.store.people import governance
from nova.store.postgres.db import Database

NAME = "wortschatz.yaml"
ADDED_WEIGHT = 0.8  # of words that an editor added to a question: they stand for its terms
TEMPLATE = """# Eigener Wortschatz: links das Wort Ihrer Leute, rechts die Begriffe der Dokumente. Er ergänzt den mitgelieferten.
version: 1
felder: []
"""


@dataclass(frozen=True, slots=True)
class VocabularyText:
    """The file's text (a template while there is none), its version, where it lies, and how many entries are in force with it."""

    entries: int
    path: Path
    text: str
    version: str


class OwnVocabulary:
    """The file at `path`; it adds to the shipped vocabulary."""

    def __init__(self, db: Database, path: Path, audit: Audit) -> None:
        self._db, self._path, self._audit = db, path, audit

    def read(self) -> VocabularyText:
        """The text in force."""
        text = self._text()
        return VocabularyText(len(Vocabulary.load(self._path).entries), self._path, text, version_of(text))

    def save(self, caller: Caller, text: str, version: str) -> VocabularyText:
        """Check and replace the file. InvalidInput says what is wrong in it; Conflict when it was changed since `version`."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")  # as it is read back
        _check(text)
        with self._db.transaction() as conn:
            governance.lock_vocabulary(conn)
            before = version_of(self._text())
            if before != version:
                message = "Der Wortschatz wurde inzwischen geändert. Laden Sie ihn neu, und tragen Sie Ihre Änderung noch einmal ein."
                raise Conflict(message, data={"version": before})
            self._replace(conn, caller, text)
        return self.read()

    def add(self, conn: Connection[Any], caller: Caller, area: str, phrases: Sequence[str], terms: Sequence[str]) -> None:
        """Say in an area of its own that phrases of people stand for these terms, beside what they are known to stand for.

        Call it last in the caller's transaction. InvalidInput: a phrase that says nothing, or a file in an unusual form.
        """
        governance.lock_vocabulary(conn)
        shipped, entries = Vocabulary.load(), {}
        for phrase in phrases:
            if not Vocabulary.of(phrase, terms).entries:
                raise InvalidInput(f"„{phrase}“ ist zu allgemein, um für etwas zu stehen.")
            known = shipped.meaning(phrase)
            entries[phrase] = list(dict.fromkeys((*terms, *(known.terms if known else ()))))
        text = with_area(self._text(), area, ADDED_WEIGHT, entries)
        _check(text)
        self._replace(conn, caller, text)

    def drop(self, conn: Connection[Any], caller: Caller, area: str) -> bool:
        """Take an area out again, last in the caller's transaction; False where somebody has taken it out, or renamed it."""
        governance.lock_vocabulary(conn)
        text = without_area(self._text(), area)
        if text is None:
            return False
        _check(text)
        self._replace(conn, caller, text)
        return True

    def _replace(self, conn: Connection[Any], caller: Caller, text: str) -> None:
        draft = self._drafted(text)
        facts = {"entries": len(Vocabulary.load(draft).entries)}
        self._audit.record(caller, "vocabulary.changed", "vocabulary", facts, connection=conn)
        draft.replace(self._path)

    def _text(self) -> str:
        return self._path.read_text(encoding="utf-8") if self._path.exists() else TEMPLATE

    def _drafted(self, text: str) -> Path:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._path.with_suffix(".new")
        draft.write_text(text, encoding="utf-8")
        return draft


def _check(text: str) -> None:
    try:
        parse(text, NAME)
    except Misconfigured as error:
        raise InvalidInput(error.message) from None
