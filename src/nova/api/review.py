"""Questions about the editorial queue in, what they answer with out: the next entry, a decision on it, one taken back, the export."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from nova.answers.ask import without_next
from nova.api.doors import House
from nova.api.models import review as shapes
from nova.api.views import named
from nova.errors import Conflict, InvalidInput
from nova.jobs import review as jobs
from nova.kpi.kinds import FILL, PUBLISH
from nova.privacy import LABELS, TOKEN, strict_scan
from nova.records import Caller
from nova.store import review
from nova.store.ids import uuid7
from nova.wiring.chats import MARK, beside_marks

PATIENCE = timedelta(minutes=15)
MOST_EXPORTED = 10_000
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
STATES: dict[shapes.Verdict, review.State] = {"annehmen": "accepted", "ablehnen": "rejected", "aendern": "changed"}


def listed(house: House, caller: Caller, asked: shapes.ReviewFilters) -> dict[str, Any]:
    """A page of the queue or of what was decided, with the counts."""
    with house.nova.db.transaction() as conn:
        found = review.page(conn, asked.state, asked.reason, (asked.limit, asked.offset), everyone=_everyone(caller))
        first = found or review.page(
            conn, asked.state, asked.reason, (1, 0), everyone=_everyone(caller)
        )  # behind the last page no row knows
        counts = review.counts(conn, everyone=_everyone(caller))
    return {"reviews": [asdict(one) for one in found], "total": first[0].total if first else 0, "counts": asdict(counts)}


def upcoming(house: House, caller: Caller) -> dict[str, Any]:
    """The entry the caller should look at, theirs for a quarter of an hour; None when nothing is open."""
    with house.nova.db.transaction() as conn:
        review_id = review.claim(conn, caller.token, PATIENCE, everyone=_everyone(caller))
        found = review.get(conn, review_id) if review_id else None
        return {"review": _told(found) if found else None, "counts": asdict(review.counts(conn, everyone=_everyone(caller)))}


def _everyone(caller: Caller) -> bool:
    """Whether they also see answers that rest on somebody's own documents or meters: the operator."""
    return caller.role == "admin"


def shown(house: House, caller: Caller, review_id: UUID) -> dict[str, Any]:
    """One entry; NotFound."""
    with house.nova.db.transaction() as conn:
        return _told(review.get(conn, review_id, everyone=_everyone(caller)))


def claim(house: House, caller: Caller, review_id: UUID) -> dict[str, Any]:
    """The caller looks at this entry for a quarter of an hour; NotFound, Conflict when somebody else does. A decided one is just shown."""
    with house.nova.db.transaction() as conn:
        review.get(conn, review_id, everyone=_everyone(caller))
        held = review.hold(conn, review_id, caller.token, PATIENCE)
        found = review.get(conn, review_id)
    if found.state == "open" and not held:
        raise Conflict("Diese Antwort sieht gerade jemand anders durch.")
    return _told(found)


def decide(house: House, caller: Caller, review_id: UUID, asked: shapes.ReviewDecision) -> dict[str, Any]:
    """Write down a decision and what comes of it. NotFound; Conflict when somebody decided or works on it; InvalidInput: no correction."""
    if asked.verdict == "ueberspringen":
        return _skip(house, caller, review_id)
    editor, state = caller.token, STATES[asked.verdict]
    note = house.nova.answers.redact(asked.note) if asked.note else None
    with house.nova.db.transaction() as conn:
        entry = review.get(conn, review_id, lock=True, everyone=_everyone(caller))
        if entry.state != "open":
            raise Conflict("Über diese Antwort ist schon entschieden. Nehmen Sie die Entscheidung zuerst zurück.")
        if entry.claimed_by not in (None, editor) and entry.claimed_until and entry.claimed_until > datetime.now(UTC):
            raise Conflict("Diese Antwort bearbeitet gerade jemand anderes.")
        curated = _curated(house, entry, editor, asked)
        if curated and curated.publish:
            _check_public(curated, private=asked.verdict == "annehmen" and review.is_private(conn, review_id))
        review.decide(conn, review_id, review.Decided(state, editor, asked.rating, note))
        if curated:
            review.put_curated(conn, curated)
        if curated and curated.publish:
            house.nova.jobs.start(PUBLISH, {}, connection=conn)
        found = review.get(conn, review_id)
        facts = {"state": state, "rating": asked.rating, "published": bool(curated and curated.publish)}
        house.nova.audit.record(caller, "review.decided", str(review_id), facts, connection=conn)
    return _told(found)


def _told(entry: review.Review) -> dict[str, Any]:
    return asdict(entry) | {"citations": [named(one) for one in entry.citations]}


def _curated(house: House, entry: review.Review, editor: str, asked: shapes.ReviewDecision) -> review.Curated | None:
    """What the editor stands for from now on: their correction, or the answer as it is."""
    if asked.verdict == "ablehnen":
        return None
    if asked.verdict == "aendern" and not (asked.answer or "").strip():
        message = "Zum Ändern gehört die richtige Antwort."
        raise InvalidInput(message, data={"fields": [{"field": "answer", "message": message}]})
    if asked.verdict == "annehmen" and asked.answer:
        message = "Wer annimmt, lässt die Antwort, wie sie ist; eine andere gehört zu „aendern“."
        raise InvalidInput(message, data={"fields": [{"field": "answer", "message": message}]})
    redact = house.nova.answers.redact
    answer = asked.answer or without_next(entry.answer)
    question = asked.question or entry.question
    kept = beside_marks(answer, redact)
    return review.Curated(uuid7(), entry.review_id, redact(question), kept, editor, entry.training, asked.publish)


def _check_public(curated: review.Curated, *, private: bool) -> None:
    """InvalidInput for what everybody would read and only who asked may know, or in which a second, stricter look finds personal data."""
    if private:
        message = "Diese Antwort beruht auf Daten oder Dokumenten der fragenden Person. Schreiben Sie zum Veröffentlichen eine eigene."
        raise InvalidInput(message, data={"fields": [{"field": "publish", "message": message}]})
    found = {field: _seen(text) or _tokens(text) for field, text in (("question", curated.question), ("answer", curated.answer))}
    if fields := [{"field": field, "message": _personal(kinds)} for field, kinds in found.items() if kinds]:
        raise InvalidInput("Zum Veröffentlichen muss der Text frei von Personenbezug sein.", data={"fields": fields})


def _seen(text: str) -> list[str]:
    """The kinds of personal data that the stricter look finds beside an answer's marks."""
    return sorted({LABELS[span.kind] for part in MARK.split(text) if not MARK.fullmatch(part) for span in strict_scan(part)})


def _tokens(text: str) -> list[str]:
    return ["Kennzeichen"] if TOKEN.search(text) else []


def _personal(kinds: Sequence[str]) -> str:
    return f"Hier steht vielleicht Personenbezug ({', '.join(kinds)}). Schreiben Sie die Stelle um."


def _skip(house: House, caller: Caller, review_id: UUID) -> dict[str, Any]:
    with house.nova.db.transaction() as conn:
        review.get(conn, review_id, lock=True, everyone=_everyone(caller))
        review.skip(conn, review_id, caller.token)
        return _told(review.get(conn, review_id))


def undo(house: House, caller: Caller, review_id: UUID) -> dict[str, Any]:
    """Take a decision back: the entry is open again, a published answer is withdrawn. NotFound; Conflict when it is open."""
    with house.nova.db.transaction() as conn:
        entry = review.get(conn, review_id, lock=True, everyone=_everyone(caller))
        if entry.state == "open":
            raise Conflict("Über diese Antwort ist noch nicht entschieden.")
        review.retract(conn, review_id)  # not published again meanwhile
    if entry.item_id:
        jobs.withdraw(house.nova.shelf, entry.item_id)
    with house.nova.db.transaction() as conn:
        review.reopen(conn, review_id)
        found = review.get(conn, review_id)
        house.nova.audit.record(caller, "review.reopened", str(review_id), connection=conn)
    return _told(found)


def export(house: House, caller: Caller, since: datetime | None) -> dict[str, Any]:
    """What may be learned from, the oldest ten thousand since then; the next ones follow from the last one's moment on.

    A row in which a second, stricter look finds personal data is held back and counted.
    """
    with house.nova.db.transaction() as conn:
        rows = review.export(conn, since or LONG_AGO, MOST_EXPORTED, everyone=_everyone(caller))
    clean = [row for row in rows if not any(_seen(text) for text in (row.question, row.answer, row.rejected or ""))]
    house.nova.audit.record(caller, "review.exported", "curated", {"rows": len(clean), "held_back": len(rows) - len(clean)})
    return {"rows": [asdict(row) for row in clean], "held_back": len(rows) - len(clean)}


def fill(house: House, caller: Caller) -> dict[str, Any]:
    """Fill the queue now; the job that runs every hour."""
    started = house.nova.jobs.start_once(FILL)
    if started.new:
        house.nova.audit.record(caller, "review.filled", str(started.job_id))
    return {"job_id": started.job_id}
