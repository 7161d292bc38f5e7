"""Every column that points at a person, and what becomes of the row when the person is erased: a table in, statements out.

A column that names a person, an answer, a conversation or whoever owns something must stand here; a test compares this with the database's
own catalogue, so a new table cannot be forgotten.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from psycopg import Connection, sql

Key = Literal["user", "subject", "answer", "conversation", "item", "meter", "batch", "actor", "lookup"]
How = Literal["delete", "with", "clear", "keep", "later"]
ROWS_AT_ONCE = 500
TIMED = """t.meter_id = ANY (ARRAY(SELECT meter_id FROM meter_assignments WHERE customer = ANY (%(ids)s))) AND EXISTS (
    SELECT FROM meter_assignments a WHERE a.customer = ANY (%(ids)s) AND a.meter_id = t.meter_id AND t.ts >= a.starts AND t.ts < a.ends)"""
ACTORS = ("user", "employee", "reviewer", "engineer", "auditor", "admin", "service")


@dataclass(frozen=True, slots=True)
class Personal:
    """A column that holds the `key` of a person or of something of theirs.

    `how`: the row is deleted; goes `with` another row by itself (foreign key or trigger); is cleared of what is personal (`clear`: SQL by
    column); goes in a `later` visit of the erasure, which finds by it what is in files; or is kept, for the German reason `why`. `hidden`
    columns are not exported; of several ways to a row one is (`export`).

    `timed` rows are of a meter, and the person's where they are of a time in which it was theirs. A column of `many` is an array.
    """

    table: str
    column: str
    key: Key
    how: How = "delete"
    export: bool = True
    hidden: tuple[str, ...] = ()
    clear: Mapping[str, str] | None = None
    why: str = ""
    timed: bool = False
    many: bool = False


_LEDGER = "Das Löschverzeichnis selbst: Kennungen und Zahlen, damit die Löschung auch nach dem Einspielen einer alten Sicherung gilt."
_DUTY = "Wer etwas entschieden oder geändert hat, bleibt nachweisbar: nur eine Kennung ohne Namen, die zu niemandem mehr führt."
_OBJECTION = "Der Widerspruch selbst: nur eine Prüfsumme, damit kein Lauf die Daten der Person wieder verwendet."
_KEYS = ("session_hash", "csrf")
_DELIVERED = {"name": "''", "digest": "NULL", "report": "'{}'"}

# In the order of deletion: what points at others before what it points at.
PERSONAL: tuple[Personal, ...] = (
    Personal("gap_answers", "answer_id", "answer", "with"),
    Personal("gap_turns", "conversation_id", "conversation", "with"),
    Personal("gap_step_questions", "answer_id", "answer", "with", export=False),
    Personal("gap_step_questions", "conversation_id", "conversation", "with", export=False),
    Personal("gap_steps", "answer_id", "answer", "with", export=False),
    Personal("curated_answers", "review_id", "answer", "with", export=False),
    Personal("second_opinions", "review_id", "answer", "with", export=False),
    Personal("reviews", "answer_id", "answer", "with", export=False),
    Personal("rag_feedback", "user_id", "user"),
    Personal("rag_feedback", "answer_id", "answer", export=False),
    Personal("labels", "user_id", "user"),
    Personal("recommendation_log", "subject_id", "subject"),
    Personal("events", "user_id", "user"),
    Personal("data_facts", "owner", "user"),
    Personal("data_facts", "answer_id", "answer", export=False),
    Personal("sentiment_labels", "conversation_id", "conversation", "with"),
    Personal("sentiment_labels", "labelled_by", "subject", "clear", export=False, clear={"labelled_by": "NULL"}),
    Personal("turns", "conversation_id", "conversation", hidden=("digest",)),
    Personal("turns", "answer_id", "answer", export=False),
    Personal("handover_answers", "answer_id", "answer", "with", export=False),
    Personal("handovers", "from_user", "user"),
    Personal(
        "handovers",
        "to_user",
        "user",
        "clear",
        export=False,
        clear={"to_user": "NULL", "state": "CASE WHEN state IN ('open', 'taken') THEN 'returned' ELSE state END"},
    ),
    Personal("handovers", "taken_by", "user", "clear", export=False, clear={"taken_by": "NULL"}),
    Personal("answers", "answer_id", "answer"),
    Personal("answers", "user_id", "user", export=False),
    Personal("answers", "subject_id", "subject", export=False),
    Personal("answers", "conversation_id", "conversation", export=False),
    Personal("conversations", "subject_id", "subject", hidden=("session_key", "digest", "passages_digest")),
    Personal("conversations", "item_id", "item", "with", export=False),
    Personal("recommendations", "owner", "user"),
    Personal("schedules", "owner", "user"),
    Personal("smart_meter_readings", "meter_id", "user", timed=True),
    Personal("reading_versions", "meter_id", "user", export=False, timed=True),
    Personal("reading_rollups", "meter_id", "meter", "with", export=False),
    Personal("reading_changes", "meter_id", "meter", "with", export=False),
    Personal("schedules", "meter_id", "meter", "with", export=False),
    Personal("meter_assignments", "customer", "user"),
    Personal("meters", "meter_id", "meter"),
    Personal("series_batches", "owner", "user", "clear", clear=_DELIVERED | {"owner": "NULL", "sent_by": "NULL"}),
    Personal("series_batches", "sent_by", "user", "clear", export=False, clear=_DELIVERED | {"sent_by": "NULL"}),
    Personal("jobs", "item_id", "item", export=False),
    Personal("jobs", "owner", "user"),
    Personal("items", "item_id", "item"),
    Personal("items", "owner", "user", "with", export=False),
    Personal("sessions", "user_id", "user", hidden=_KEYS),
    Personal("access_tokens", "user_id", "user"),
    Personal("sign_in_steps", "user_id", "user", export=False),
    Personal("recovery_codes", "user_id", "user", export=False),
    Personal("known_browsers", "user_id", "user", hidden=("browser_hash",)),
    Personal("passkeys", "user_id", "user", hidden=("credential_id", "public_key", "sign_count")),
    Personal("invitations", "user_id", "user", hidden=("invitation_hash",)),
    Personal("account_links", "user_id", "user"),
    Personal("accounts", "user_id", "user", hidden=("password", "totp", "totp_step")),
    Personal("vault", "subject_id", "subject", hidden=("sealed",)),
    Personal("consents", "subject_id", "subject"),
    Personal("subject_keys", "subject_id", "subject", hidden=("wrapped",)),
    Personal("subjects", "user_id", "user", export=False),
    Personal("subjects", "subject_id", "subject", hidden=("lookup",)),
    Personal("users", "user_id", "user"),
    Personal("audit_log", "actor", "actor", "keep", why=_DUTY),
    *(
        Personal(table, column, "actor", "keep", export=False, why=_DUTY)
        for table, column in (
            ("audit_incoming", "actor"),
            ("threshold_versions", "actor"),
            ("tickets", "opened_by"),
            ("ticket_history", "actor"),
            ("gap_steps", "made_by"),
            ("gap_steps", "undone_by"),
            ("releases", "created_by"),
            ("release_steps", "actor"),
            ("learning_entries", "started_by"),
            ("learning_entries", "ended_by"),
            ("learning_terms", "decided_by"),
            ("reviews", "claimed_by"),
            ("reviews", "decided_by"),
            ("curated_answers", "approver"),
            ("second_opinions", "first_by"),
            ("second_opinions", "second_by"),
            ("second_opinions", "settled_by"),
            ("accounts", "made_by"),
            ("approvals", "asked_by"),
            ("approvals", "decided_by"),
            ("accounts", "left_by"),
            ("invitations", "made_by"),
            ("seed_runs", "started_by"),
            ("engine_deliveries", "delivered_by"),
            ("seed_removals", "undone_by"),
            ("seed_objections", "noted_by"),
            ("seed_refusals", "noted_by"),
            ("train_runs", "started_by"),
            ("train_sets", "made_by"),
            ("train_evaluations", "asked_by"),
            ("train_unblinded", "seen_by"),
            ("train_keys", "turned_by"),
            ("train_votes", "rater"),
        )
    ),
    Personal("train_vote_notes", "rater", "actor"),
    Personal("train_answers", "lookups", "lookup", hidden=("lookups",), many=True),
    Personal("seed_lineage", "lookup", "lookup", "later", hidden=("lookup",)),
    Personal("seed_removals", "lookup", "lookup", "later", hidden=("lookup",)),
    Personal("seed_objections", "lookup", "lookup", "keep", hidden=("lookup",), why=_OBJECTION),
    Personal("seed_refusals", "lookup", "lookup", "keep", hidden=("lookup",), why=_OBJECTION),
    Personal("erasures", "subject_id", "subject", "keep", export=False, why=_LEDGER),
    Personal("erasures", "user_id", "user", "keep", export=False, why=_LEDGER),
)


@dataclass(frozen=True, slots=True)
class Ids:
    """All that a person has, by what a column may hold; `shared` are meters that stay because others have or had them, too."""

    user: tuple[Any, ...] = ()
    subject: tuple[Any, ...] = ()
    answer: tuple[Any, ...] = ()
    conversation: tuple[Any, ...] = ()
    item: tuple[Any, ...] = ()
    meter: tuple[Any, ...] = ()
    shared: tuple[Any, ...] = ()
    actor: tuple[Any, ...] = ()
    batch: tuple[Any, ...] = ()
    lookup: tuple[Any, ...] = ()


def actors(users: Iterable[Any]) -> tuple[str, ...]:
    """Under what these people stand where it is noted who did something: by every role they may have had."""
    return tuple(f"{role}:{one}" for one in users for role in ACTORS)


def there(conn: Connection[Any]) -> tuple[Personal, ...]:
    """Those of the columns that this database has."""
    names = [one.table for one in PERSONAL]
    rows = conn.execute("SELECT to_regclass(name) IS NOT NULL AS yes, name FROM unnest(%s::text[]) AS name", (names,)).fetchall()
    known = {row["name"] for row in rows if row["yes"]}
    return tuple(one for one in PERSONAL if one.table in known)


def count(conn: Connection[Any], one: Personal, ids: Ids) -> int:
    """How many rows point at the person through this column."""
    row = conn.execute(sql.SQL("SELECT count(*) AS n FROM {} AS t WHERE {}").format(*_where(one)), _values(one, ids)).fetchone()
    return int(row["n"]) if row else 0


def erase(conn: Connection[Any], one: Personal, ids: Ids) -> int:
    """Delete or clear the rows of a column; how many. What goes by itself is counted only; what is kept counts nothing."""
    if one.how in ("keep", "later") or not getattr(ids, one.key):
        return 0
    if one.how == "with":
        return count(conn, one, ids)
    if one.how == "clear":
        parts = [sql.SQL("{} = {}").format(sql.Identifier(name), sql.SQL(value)) for name, value in (one.clear or {}).items()]
        statement = sql.SQL("UPDATE {} SET {} WHERE {}").format(_where(one)[0], sql.SQL(", ").join(parts), _where(one)[1])
    else:
        statement = sql.SQL("DELETE FROM {} AS t WHERE {}").format(*_where(one))
    return conn.execute(statement, _values(one, ids)).rowcount


def rows(conn: Connection[Any], one: Personal, ids: Ids) -> Iterator[dict[str, Any]]:
    """The rows of a column as JSON objects, without what is hidden; some at a time, inside the caller's transaction."""
    hidden = sql.Literal(list(one.hidden))
    statement = sql.SQL("SELECT to_jsonb(t) - {}::text[] AS row FROM {} AS t WHERE {}").format(hidden, *_where(one))
    with conn.cursor(f"export_{one.table}") as cursor:
        cursor.itersize = ROWS_AT_ONCE
        cursor.execute(statement, _values(one, ids))
        for row in cursor:
            yield row["row"]


def _where(one: Personal) -> tuple[sql.Composable, sql.Composable]:
    """The table, and what holds of the person's rows."""
    column = sql.Identifier(one.column)
    if one.table in ("curated_answers", "second_opinions") and one.key == "answer":
        inner = sql.SQL("SELECT review_id FROM reviews WHERE answer_id = ANY (%(ids)s)")
        return sql.Identifier(one.table), sql.SQL("{} IN ({})").format(column, inner)
    if one.timed:
        return sql.Identifier(one.table), sql.SQL(TIMED)
    return sql.Identifier(one.table), sql.SQL("{} && %(ids)s" if one.many else "{} = ANY (%(ids)s)").format(column)


def _values(one: Personal, ids: Ids) -> dict[str, Any]:
    return {"ids": list(getattr(ids, one.key))}
