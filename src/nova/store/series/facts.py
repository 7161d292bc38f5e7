"""Numbers that answers said about data: records in and out of named queries, inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.errors import NotFound
from nova.records import DataFact
from nova.roles import STAFF, Role
from nova.store import queries
from nova.store.series import meters
from nova.visibility import Visible

SQL = queries.load("facts")


@dataclass(frozen=True, slots=True)
class KeptFact:
    """A fact, the answer that said it (None once that is deleted) and when; `renewed` is what is stored now says, where that differs."""

    fact: DataFact
    answer_id: UUID | None
    created_at: datetime
    renewed: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class StaleFact:
    """A fact that may rest on something that was taken back, and whose it is (None: the operator's)."""

    fact: DataFact
    owner: UUID | None
    role: Role | None

    @property
    def seen(self) -> Visible:
        """What whoever asked may see."""
        return Visible(everyone=False, owner=self.owner, staff=self.role is None or self.role in STAFF)


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

    A meter's fact is seen by who may see its window of the meter now; when the meter is gone, by whose answer said it and by the operator.
    """
    row = conn.execute(SQL["fact"], {"fact_id": fact_id, **meters.visible(seen)}).fetchone()
    if row is None or not _may_see(conn, row, seen):
        raise NotFound("Diese Angabe gibt es nicht.", data={"fact_id": str(fact_id)})
    return KeptFact(_fact(row), row["answer_id"], row["created_at"], row["renewed"])


def _may_see(conn: Connection[Any], row: dict[str, Any], seen: Visible) -> bool:
    query, mine = row["query"], row["owner"] is not None and row["owner"] == seen.owner
    single = [query[name] for name in ("meter", "other_meter") if query.get(name) is not None]
    named = [*single, *query.get("meters", ()), *query.get("other_meters", ())]
    return seen.everyone or all(_may_see_meter(conn, one, query, seen, mine) for one in named)


def _may_see_meter(conn: Connection[Any], meter_id: str, query: Mapping[str, Any], seen: Visible, mine: bool) -> bool:
    """Whether the whole window of a fact lies in a time of the meter that the caller may see; what they asked was of nothing else."""
    try:
        spans = meters.spans(conn, meter_id, seen)
    except NotFound:
        return mine and not meters.exists(conn, meter_id)
    if mine:
        return True
    start, end = (int(datetime.fromisoformat(query[edge]).timestamp()) if edge in query else None for edge in ("from", "to"))
    if start is None or end is None:
        return True
    return meters.within(spans, start, end) == [(start, end)] or start >= end


def mark_stale(conn: Connection[Any], meter_ids: Sequence[str], since: datetime, *, market: bool) -> int:
    """Facts since an instant about these meters, or about anything with `market`, may rest on what was taken back; how many."""
    return conn.execute(SQL["stale"], {"meters": list(meter_ids), "since": since, "market": market}).rowcount


def stale(conn: Connection[Any], most: int) -> list[StaleFact]:
    """The oldest facts that wait to be computed anew."""
    rows = conn.execute(SQL["stale_facts"], {"most": most}).fetchall()
    return [StaleFact(_fact(row), row["owner"], row["role"]) for row in rows]


def renew(conn: Connection[Any], fact_id: UUID, renewed: Mapping[str, Any] | None) -> None:
    """What a fact says since something was taken back; None where it still holds."""
    conn.execute(SQL["renew"], {"fact_id": fact_id, "renewed": None if renewed is None else Jsonb(dict(renewed))})


def of_answer(conn: Connection[Any], answer_id: UUID, seen: Visible) -> list[DataFact]:
    """The facts of an answer that the caller may see."""
    return of_answers(conn, (answer_id,), seen)


def of_answers(conn: Connection[Any], answer_ids: Sequence[UUID], seen: Visible) -> list[DataFact]:
    """The facts of some answers that the caller may see."""
    values = {"answer_ids": list(answer_ids), **meters.visible(seen)}
    return [_fact(row) for row in conn.execute(SQL["facts_of_answers"], values).fetchall()]


def _fact(row: dict[str, Any]) -> DataFact:
    query = dict(row["query"])
    text = str(query.pop("text", ""))
    return DataFact(row["fact_id"], row["label"], row["value"], row["unit"], text, query, row["rows"], row["chart"], row["stale_at"])
