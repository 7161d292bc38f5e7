"""A caller in, the answers kept for them out. Another's answer is not found."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from nova.answers.emergency.notice import Hotlines, emergency
from nova.answers.starters import starters
from nova.api.views import fact_view, named
from nova.errors import NotFound
from nova.records import EMERGENCIES, Caller
from nova.store import facts
from nova.store.answers import StoredAnswers
from nova.store.db import Database
from nova.visibility import Visible

HEADINGS = 400
HEADINGS_PER_ITEM = 40


def list_answers(db: Database, caller: Caller, limit: int, before: datetime | None) -> dict[str, Any]:
    """A page of the history, newest first, and where the next one begins."""
    rows = StoredAnswers(db).history(caller.user_id, everyone=caller.role == "admin", limit=limit, before=before)
    return {"answers": rows, "next_before": rows[-1]["ts"] if len(rows) == limit else None}


def get_answer(db: Database, caller: Caller, answer_id: UUID, hotlines: Hotlines) -> dict[str, Any]:
    """One answer with its evidence, and the numbers as they are now where it was an emergency's; NotFound."""
    row = StoredAnswers(db).answer(answer_id, caller.user_id, everyone=caller.role == "admin")
    if row is None:
        raise NotFound("Diese Antwort gibt es nicht.")
    with db.transaction() as conn:
        said = facts.of_answer(conn, answer_id, Visible.to(caller))
    in_order = sorted(said, key=lambda fact: row["answer"].find(str(fact.fact_id)))
    kind = row.pop("emergency")
    told = asdict(emergency(kind, hotlines)) if kind in EMERGENCIES else None
    evidence = {name: [named(one) for one in row[name]] for name in ("passages", "citations")}
    return row | evidence | {"facts": [fact_view(fact) for fact in in_order], "emergency": told}


def delete_answer(db: Database, caller: Caller, answer_id: UUID) -> None:
    """Forget one answer; NotFound."""
    if not StoredAnswers(db).delete(answer_id, caller.user_id, everyone=caller.role == "admin"):
        raise NotFound("Diese Antwort gibt es nicht.")


def starter_questions(db: Database) -> list[str]:
    """Up to four questions that the company's documents answer."""
    return starters(StoredAnswers(db).headings(HEADINGS, HEADINGS_PER_ITEM))
