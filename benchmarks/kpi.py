"""Synthetic answers in; what measuring a day costs, what finding gaps costs, and how quick the overview is before and after measuring, out.

    python benchmarks/kpi.py [--answers 100000] [--days 7]

Answers have four cited sentences each over 200 documents of six sections, in as many conversations of a fifth as many people. The
overview is first counted from a week of answers, as it was before hours were measured. Embedded PostgreSQL with fsync off.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import UUID, uuid4

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.kpi.gaps.find import find_gaps
from nova.kpi.measure.figures import measure
from nova.kpi.measure.lately import lately
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.postgres.embedded import start
from nova.store.postgres.migrate import migrate

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
WORDS = [
    "Abschlag", "Zähler", "Netzentgelt", "Wärmepumpe", "Wallbox", "Einspeisevergütung", "Kündigungsfrist",
    "Grundversorgung", "Messstellenbetreiber", "Rechnung", "Tarif", "Speicher", "Photovoltaik", "Stromsteuer",
    "Umlage", "Konzessionsabgabe", "Ladepunkt", "Preisgarantie", "Verbrauch", "Anschluss", "Lieferant", "Vertrag",
    "Sperrung", "Mahnung", "Guthaben",
]  # fmt: skip
VERBS = ["beträgt", "gilt", "endet", "beginnt", "enthält", "regelt", "bestimmt", "verlangt", "kostet", "dauert"]
ENDS = ["Danke.", "Leider unklar.", ""]
QUERY = "SELECT count(*) FILTER (WHERE ts >= %s), count(*), avg((status IN ('answered', 'partial'))::int)," + ",".join(
    f" percentile_cont({share}) WITHIN GROUP (ORDER BY (timings_ms ->> 'total')::double precision)" for share in (0.5, 0.95)
)
BEFORE = f"{QUERY} FROM answers WHERE ts >= %s"


def sentence(dice: random.Random) -> str:
    return f"Der {dice.choice(WORDS)} {dice.choice(VERBS)} {dice.randint(1, 90)} Tage für {dice.choice(WORDS)} und {dice.choice(WORDS)}."


def documents(conn: Connection[Any], dice: random.Random, count: int) -> list[tuple[UUID, UUID, list[tuple[int, str]]]]:
    """Documents of six sections: item, passage, and each sentence with its offset."""
    made = []
    for _ in range(count):
        item, at = uuid7(), 0
        conn.execute("INSERT INTO items (item_id, title, sha256, status) VALUES (%s, 'Merkblatt', %s, 'ready')", [item, item.hex])
        conn.execute(
            "INSERT INTO item_versions (item_id, version, sha256, media_type, bytes, state) VALUES (%s, 1, 'x', 'text/plain', 1, 'ready')",
            [item],
        )
        for ordinal in range(6):
            said = [sentence(dice) for _ in range(20)]
            text = " ".join(said)
            places = [(at + text.index(one), one) for one in said]
            conn.execute(
                "INSERT INTO item_sections (section_id, item_id, version, ordinal, title, path, char_from, char_to, text)"
                " VALUES (%s, %s, 1, %s, 'Fristen', '{Merkblatt,Fristen}', %s, %s, %s)",
                [uuid7(), item, ordinal, at, at + len(text), text],
            )
            made.append((item, uuid7(), places))
            at += len(text) + 2
    return made


def fill(db: Database, count: int, days: int) -> None:
    dice = random.Random(7)
    people = [uuid4() for _ in range(max(1, count // 5))]
    with db.transaction() as conn:
        sections = documents(conn, dice, 200)
        with conn.cursor() as cursor:
            cursor.executemany("INSERT INTO subjects (subject_id) VALUES (%s)", [[one] for one in people])
            for part in range(0, count, 5000):
                rows = [answer(dice, sections, people, days) for _ in range(min(5000, count - part))]
                cursor.executemany(
                    "INSERT INTO conversations (conversation_id, source, session_key, subject_id, purposes, started_at, last_at)"
                    " VALUES (%(c)s, 'nova', %(key)s, %(who)s, '{service,analytics}', %(ts)s, %(ts)s)",
                    rows,
                )
                cursor.executemany(
                    "INSERT INTO answers (answer_id, ts, question, answer, status, citations, timings_ms, retrieval, purposes,"
                    " subject_id, conversation_id) VALUES (%(a)s, %(ts)s, %(question)s, %(answer)s, %(status)s, %(citations)s, %(timings)s,"
                    " %(retrieval)s, '{service,analytics}', %(who)s, %(c)s)",
                    rows,
                )
                cursor.executemany(
                    "INSERT INTO turns (conversation_id, seq, role, ts, text, digest, answer_id)"
                    " VALUES (%(c)s, 0, 'user', %(ts)s, %(question)s, '', %(a)s)",
                    rows,
                )
    db.execute("ANALYZE")


def answer(dice: random.Random, sections: list[Any], people: list[UUID], days: int) -> dict[str, Any]:
    refused = dice.random() < 0.1
    text, spans, citations = "", [], []
    for number in range(0 if refused else 4):
        item, chunk, places = dice.choice(sections)
        start, said = dice.choice(places)
        citations.append({"number": number + 1, "item_id": str(item), "chunk_id": str(chunk), "version": 1, "start": start, "quote": said})
        citations[-1]["end"] = start + len(said)
        spans.append([len(text), len(text) + len(said), [number + 1], 0, 1])
        text += said + " "
    conversation = uuid7()
    return {
        "a": uuid7(), "c": conversation, "key": conversation.hex, "who": dice.choice(people),
        "ts": NOW - timedelta(days=days) * dice.random(), "status": "refused" if refused else "answered", "answer": text,
        "question": f"Wie ist das mit {', '.join(dice.sample(WORDS, 3))}? {dice.choice(ENDS)}",
        "citations": Jsonb(citations), "timings": Jsonb({"total": dice.lognormvariate(4, 1)}),
        "retrieval": Jsonb({"said": spans, "margin": dice.uniform(1, 2), "direct": False, "read": 6000}),
    }  # fmt: skip


def timed(work: Callable[[], Any], times: int = 30) -> tuple[float, float]:
    """Milliseconds: median and 95th percentile."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append((time.perf_counter() - began) * 1000)
    cuts = quantiles(spent, n=20)
    return cuts[9], cuts[18]


def show(what: str, work: Callable[[], Any]) -> None:
    middle, tail = timed(work)
    print(f"{what:<32} p50 {middle:.1f} ms, p95 {tail:.1f} ms")


def cpu(db: Database, work: Callable[[], Any]) -> tuple[float, float, Any]:
    """CPU seconds of this process and of PostgreSQL's."""
    own, theirs = time.process_time(), backend_seconds(db)
    result = work()
    return time.process_time() - own, backend_seconds(db) - theirs, result


def backend_seconds(db: Database) -> float:
    """CPU seconds so far of all backends of this server that live."""
    pids = [row["pid"] for row in db.fetch_all("SELECT pid FROM pg_stat_activity")]
    total = 0.0
    for pid in pids:
        try:
            parts = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        total += sum(int(parts[at]) for at in (11, 12)) / 100
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=100_000)
    parser.add_argument("--days", type=int, default=7)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nova-") as folder, start(Path(folder), {"fsync": "off"}) as server:
        migrate(server.dsn)
        with Database.connect(server.dsn) as db:
            run(db, wish)


def run(db: Database, wish: argparse.Namespace) -> None:
    fill(db, wish.answers, wish.days)
    week = NOW - timedelta(days=7)

    def overview() -> Any:
        with db.transaction() as conn:
            return lately(conn, NOW)

    print(f"{wish.answers} answers in {wish.days} days")
    show("overview, as it counted before:", lambda: db.fetch_all(BEFORE, [NOW, week]))
    show("overview, nothing measured:", overview)
    own, theirs, hours = cpu(db, lambda: measure(db, NOW - timedelta(days=wish.days), NOW))
    scale = 10_000 / wish.answers
    print(f"measured {hours} hours: {own:.1f} CPU s here, {theirs:.1f} CPU s in PostgreSQL")
    print(f"that is {(own + theirs) * scale:.1f} CPU s for 10,000 answers")
    show("overview, all measured:", overview)
    own, theirs, found = cpu(db, lambda: find_gaps(db, NOW))
    weak = db.fetch_all("SELECT count(*) AS n FROM gap_answers")[0]["n"]
    print(f"{found} gaps of {weak} questions: {own:.1f} CPU s here, {theirs:.1f} CPU s in PostgreSQL")


if __name__ == "__main__":
    main()
