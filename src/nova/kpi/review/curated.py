"""What editors stand for: whether everybody may read it, and what of it may be learned from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from nova.errors import InvalidInput
from nova.kpi.review.queue import sees_all
from nova.ports import Audit
from nova.privacy import LABELS, TOKEN, strict_scan
from nova.privacy.marks import parts
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.quality import review
from nova.store.quality.review import CuratedAnswer, ExportedAnswer

MOST_EXPORTED = 10_000
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CuratedExport:
    """Rows that may be learned from, oldest first; `held_back` more hold what may be personal data."""

    rows: Sequence[ExportedAnswer]
    held_back: int


class CuratedAnswers:
    """Answers that editors stand for."""

    def __init__(self, db: Database, audit: Audit) -> None:
        self._db, self._audit = db, audit

    def export(self, caller: Caller, since: datetime | None) -> CuratedExport:
        """What may be learned from, the oldest ten thousand since then; the next ones follow from the last one's moment on.

        A row in which a second, stricter look finds personal data is held back and counted. The entry in the audit log is committed before
        the first row leaves.
        """
        with self._db.transaction() as conn:
            rows = review.export(conn, since or LONG_AGO, MOST_EXPORTED, everyone=sees_all(caller))
        clean = [row for row in rows if not any(_personal_kinds(text) for text in (row.question, row.answer, row.rejected or ""))]
        held_back = len(rows) - len(clean)
        with self._db.transaction() as conn:
            self._audit.record(caller, "review.exported", "curated", {"rows": len(clean), "held_back": held_back}, connection=conn)
        return CuratedExport(clean, held_back)


def check_public(curated: CuratedAnswer, *, private: bool) -> None:
    """InvalidInput for what everybody would read and only who asked may know, or in which a second, stricter look finds personal data."""
    if private:
        message = "Diese Antwort beruht auf Daten oder Dokumenten der fragenden Person. Schreiben Sie zum Veröffentlichen eine eigene."
        raise InvalidInput(message, data={"fields": [{"field": "publish", "message": message}]})
    check_texts({"question": curated.question, "answer": curated.answer})


def check_texts(texts: Mapping[str, str]) -> None:
    """InvalidInput for texts (by field) that everybody is to read and in which a second, stricter look finds personal data."""
    found = {field: _personal_kinds(text) or _tokens(text) for field, text in texts.items()}
    if fields := [{"field": field, "message": _message(kinds)} for field, kinds in found.items() if kinds]:
        raise InvalidInput("Zum Veröffentlichen muss der Text frei von Personenbezug sein.", data={"fields": fields})


def _personal_kinds(text: str) -> list[str]:
    """The kinds of personal data that the stricter look finds beside an answer's marks."""
    return sorted({LABELS[span.kind] for part in parts(text) for span in strict_scan(part)})


def _tokens(text: str) -> list[str]:
    return ["Kennzeichen"] if TOKEN.search(text) else []


def _message(kinds: Sequence[str]) -> str:
    return f"Hier steht vielleicht Personenbezug ({', '.join(kinds)}). Schreiben Sie die Stelle um."
