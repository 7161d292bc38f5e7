"""What reviewers say turns sound like: a connection and plain values in, labelled texts out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.store import queries

SQL = queries.load("kpi")


def put(conn: Connection[Any], conversation_id: UUID, seq: int, label: str, user_id: UUID | None, at: datetime) -> bool:
    """Label a turn, in place of an earlier label; False where there is no turn of a person that may be looked at."""
    values = {"conversation_id": conversation_id, "seq": seq, "label": label, "user_id": user_id, "at": at}
    return conn.execute(SQL["put_label"], values).rowcount > 0


def texts(conn: Connection[Any]) -> list[tuple[str, str]]:
    """Every labelled text that may be looked at, and its label. One that was said twice counts once: it teaches nothing more."""
    return list({row["text"]: row["label"] for row in conn.execute(SQL["labelled_texts"])}.items())
