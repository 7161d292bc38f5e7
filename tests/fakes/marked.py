"""A person with a marker in everything that can be theirs: stored through the real rooms where these take it, else as a row."""

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from nova.energy.delivery import imports
from nova.energy.delivery.border import Sender
from nova.energy.formats.parsed import Options
from nova.governance import consent
from nova.governance.users import ensure_user
from nova.knowledge.intake import Labels, receive_file
from nova.ports.jobs import Kind
from nova.records import Caller, DataFact
from nova.store.ids import uuid7
from nova.store.series import facts
from nova.store.talk import handovers, telemetry
from nova.telemetry.feedback import Feedback, save_feedback
from nova.wiring import Nova
from tests.owning import give

MARKER = "Zwirbelquarzmarke"
PURPOSES = {"service": True, "analytics": True, "training": True, "profiling": True}


@dataclass(frozen=True)
class Marked:
    """Who it is, and the ids of some of their things."""

    caller: Caller
    subject_id: UUID
    answer_id: UUID
    conversation_id: UUID
    item_id: UUID
    meter_id: str


def planted(nova: Nova, number: int = 1, marker: str = MARKER, name: str | None = None) -> Marked:
    """A person whose marker is in documents, answers, judgements, events, meters, conversations, the vault and the queue.

    They are called `name`, else as the marker says.
    """
    user = ensure_user(nova.db, name or f"{marker}-{number}")
    caller = Caller("customer", user.user_id, user.external_id)
    text = f"# {marker} Notiz {number}\n\nDie {marker} {number} steht im Keller und wird {marker}lich abgelesen.\n"
    item_id = receive_file(nova.intake, caller, io.BytesIO(text.encode()), f"{marker}-{number}.md", Labels(tags=(marker.lower(),))).item_id
    answer_id = _answered(nova, caller, marker)
    subject_id, conversation_id = _talked(nova, user.user_id, answer_id, marker)
    save_feedback(
        nova.db, caller, Feedback(f"Wo ist {marker}?", f"{marker} ist hier.", True, answer_id, notes=f"gut {marker}"), nova.outbox
    )
    event = telemetry.EventRow(uuid7(), user.user_id, datetime.now(UTC), "view", None, None, 5, {"seite": marker})
    with nova.db.transaction() as conn:
        telemetry.insert_events(conn, [event])
    meter_id = _metered(nova, caller, number, marker)
    _handed_over(nova, user.user_id, answer_id, marker)
    nova.jobs.start(Kind("nobody-does-this"), {"key": "x", "was": marker}, title=f"Auftrag {marker}", owner=user.user_id)
    nova.jobs.start(Kind("nobody-does-this"), {"user": user.external_id}, title="Auftrag der Verwaltung")
    return Marked(caller, subject_id, answer_id, conversation_id, item_id, meter_id)


def _answered(nova: Nova, caller: Caller, marker: str) -> UUID:
    answer_id = uuid7()
    with nova.db.transaction() as conn:
        conn.execute(
            "INSERT INTO answers (answer_id, user_id, question, answer, status, passages) VALUES (%s, %s, %s, %s, 'answered', %s)",
            (answer_id, caller.user_id, f"Was ist {marker}?", f"{marker} ist ein Zähler.", Jsonb([{"text": marker}])),
        )
        fact = DataFact(uuid7(), f"Verbrauch {marker}", 1.5, "kWh", "1,5 kWh", {"meter": marker}, 3)
        facts.insert(conn, answer_id, caller.user_id, (fact,))
    return answer_id


def _talked(nova: Nova, user_id: UUID, answer_id: UUID, marker: str) -> tuple[UUID, UUID]:
    conversation_id, now = uuid4(), datetime.now(UTC)
    with nova.db.transaction() as conn:
        subject_id = nova.people.subject_of_user(conn, user_id)
        text = consent.shipped()
        consent.record(conn, subject_id, consent.Statement(PURPOSES, text.version, text.sha256, now, "web"), now)  # type: ignore[arg-type]
        token = nova.people.tokens(conn, subject_id)("name", f"{marker} Beispiel")
        conn.execute(
            "INSERT INTO conversations (conversation_id, source, session_key, subject_id, purposes, started_at, last_at, turns)"
            " VALUES (%s, 'nova', %s, %s, %s, %s, %s, 2)",
            (conversation_id, f"key-{conversation_id}", subject_id, list(PURPOSES), now, now),
        )
        for seq, (role, said, answer) in enumerate((("user", f"{token}: {marker}?", None), ("assistant", f"{marker}.", answer_id))):
            conn.execute(
                "INSERT INTO turns (conversation_id, seq, role, ts, text, answer_id, digest) VALUES (%s, %s, %s, %s, %s, %s, %s)",
                (conversation_id, seq, role, now, said, answer, b"d"),
            )
        conn.execute(
            "UPDATE answers SET subject_id = %s, conversation_id = %s WHERE answer_id = %s", (subject_id, conversation_id, answer_id)
        )
    return subject_id, conversation_id


def _handed_over(nova: Nova, user_id: UUID, answer_id: UUID, marker: str) -> None:
    """The answer to a colleague, and something of a colleague's to them."""
    colleague, today = ensure_user(nova.db, "kollegin-der-übergaben").user_id, datetime.now(UTC).date()
    with nova.db.transaction() as conn:
        handovers.insert(
            conn, handovers.NewHandoverRow(uuid7(), user_id, colleague, "question", f"Notiz {marker}", today, None), [answer_id]
        )
        handovers.insert(conn, handovers.NewHandoverRow(uuid7(), colleague, user_id, "question", "Bitte ansehen.", today, None), [])


def _metered(nova: Nova, caller: Caller, number: int, marker: str) -> str:
    meter_id, start = f"{marker}-m{number}", datetime(2026, 3, 1, tzinfo=UTC)
    lines = [f"{meter_id},{(start + timedelta(minutes=15 * at)).isoformat()},1.25" for at in range(96)]
    data = "\n".join(["meter_id,ts,consumption_kw", *lines]).encode()
    with nova.db.transaction() as conn:
        give(conn, meter_id, caller.user_id)  # type: ignore[arg-type]
    given = imports.DeliveredFile(data, Options(name=f"{marker}.csv"), imports.UPLOAD, Sender("customer", caller.user_id))
    imports.take(nova.db, nova.children, given)
    plan = Jsonb(json.loads("{}"))
    with nova.db.transaction() as conn:
        conn.execute("UPDATE meters SET title = %s WHERE meter_id = %s", (f"Zähler {marker}", meter_id))
        conn.execute(
            "INSERT INTO schedules (schedule_id, owner, meter_id, title, plant, result) VALUES (%s, %s, %s, %s, %s, %s)",
            (uuid7(), caller.user_id, meter_id, f"Plan {marker}", plan, plan),
        )
        conn.execute(
            "INSERT INTO recommendations (recommendation_id, owner, rule, subject, day, title, text, evidence)"
            " VALUES (%s, %s, 'r', %s, current_date, %s, %s, %s)",
            (uuid7(), caller.user_id, meter_id, marker, marker, plan),
        )
    return meter_id
