"""Numbers that answers said about data: records in and out of named queries, inside the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.errors import NotFound
from nova.records import DataFact
from nova.store import meters, queries
from nova.store.items import Visible

SQL = queries.load("facts")


@dataclass(frozen=True, slots=True)
class KeptFact:
    """A fact, the answer that said it (None once that is deleted) and when."""

    fact: DataFact
    answer_id: UUID | None
    created_at: datetime


def insert(conn: Connection[Any], answer_id: UUID | None, owner: UUID | None, facts: Sequence[DataFact]) -> None:
    """Keep an answer's facts; `owner` None is the company's. The same facts again change nothing."""
    values = [
        {
            "fact_id": fact.fact_id,
            "answer_id": answer_id,
            "owner": owner,
            "tool": str(fact.query.get("tool", "")),
            "label": fact.label,
            "query": Jsonb({**fact.query, "text": fact.text}),
            "rows": fact.rows,
            "value": fact.value,
            "unit": fact.unit,
            "chart": None if fact.chart is None else Jsonb(fact.chart),
        }
        for fact in facts
    ]
    with conn.cursor() as cursor:
        cursor.executemany(SQL["insert_fact"], values)


def get(conn: Connection[Any], fact_id: UUID, seen: Visible) -> DataFact:
    """One fact; NotFound also for what the caller may not see."""
    return kept(conn, fact_id, seen).fact


def kept(conn: Connection[Any], fact_id: UUID, seen: Visible) -> KeptFact:
    """One fact with the answer that said it; NotFound also for what the caller may not see.

    A meter's fact is seen by who may see the meter now; when the meter is gone, by whose answer said it and by the operator.
    """
    row = conn.execute(SQL["fact"], {"fact_id": fact_id, "everyone": seen.everyone, "owner": seen.owner}).fetchone()
    if row is None or not _may_see(conn, row, seen):
        raise NotFound("Diese Angabe gibt es nicht.", data={"fact_id": str(fact_id)})
    return KeptFact(_fact(row), row["answer_id"], row["created_at"])


def _may_see(conn: Connection[Any], row: dict[str, Any], seen: Visible) -> bool:
    query, mine = row["query"], row["owner"] is not None and row["owner"] == seen.owner
    single = [query[name] for name in ("meter", "other_meter") if query.get(name) is not None]
    named = [*single, *query.get("meters", ()), *query.get("other_meters", ())]
    return seen.everyone or all(_may_see_meter(conn, one, seen, mine) for one in named)


def _may_see_meter(conn: Connection[Any], meter_id: str, seen: Visible, mine: bool) -> bool:
    try:
        meters.get(conn, meter_id, seen)
    except NotFound:
        return mine and not meters.exists(conn, meter_id)
    return True


def of_answer(conn: Connection[Any], answer_id: UUID, seen: Visible) -> list[DataFact]:
    """The facts of an answer that the caller may see."""
    values = {"answer_id": answer_id, "everyone": seen.everyone, "owner": seen.owner}
    return [_fact(row) for row in conn.execute(SQL["facts_of_answer"], values).fetchall()]


def forget_older(conn: Connection[Any], days: int) -> int:
    """Remove facts of answers older than so many days; how many."""
    return conn.execute(SQL["forget_facts"], {"days": days}).rowcount


def _fact(row: dict[str, Any]) -> DataFact:
    query = dict(row["query"])
    text = str(query.pop("text", ""))
    return DataFact(row["fact_id"], row["label"], row["value"], row["unit"], text, query, row["rows"], row["chart"])
