"""How long learning takes over many judgements, and what it costs an answer: a number of rows in, a table of figures out.

    python benchmarks/learning.py --rows 100000

Rows are stored in an embedded database that is thrown away: answers to made-up questions, judged by people who agreed. CPU seconds are this
process's; the database's are its own. Answers with and without what was learned take turns, so that both meet the same machine.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4, uuid5

from nova.answers.ask import Question, ask
from nova.answers.understand.learned import RankingRelease
from nova.kpi.learn import stored
from nova.kpi.learn.forget import forget
from nova.kpi.learn.read import read
from nova.language.analyser import Analyser
from nova.store.postgres import embedded
from nova.store.postgres.db import Database
from nova.store.postgres.migrate import migrate
from nova.store.quality import learning as rows

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SPACE = UUID("6ba7b815-9dad-11d1-80b4-00c04fd430c8")
PEOPLE = 2000
QUESTIONS, TURNS = 60, 5
BATCH = 5000


def words(analyser: Analyser) -> list[str]:
    """Words that documents say neither always nor hardly ever."""
    return sorted(word for word, count in analyser.counts.items() if 5 <= count <= 200 and len(word) > 5 and word.isalpha())


def fill(db: Database, count: int, dice: random.Random, vocabulary: Sequence[str]) -> None:
    """Users, pseudonyms, consents, answers and judgements."""
    users = [uuid5(SPACE, str(number)) for number in range(PEOPLE)]
    topics = [(dice.sample(vocabulary, 6), [uuid5(SPACE, f"c{topic}.{at}") for at in range(8)]) for topic in range(400)]
    with db.transaction() as conn, conn.cursor() as cursor:
        values = [{"u": user, "name": f"p{at}", "s": uuid5(SPACE, f"s{at}"), "c": uuid4()} for at, user in enumerate(users)]
        cursor.executemany("INSERT INTO users (user_id, external_id) VALUES (%(u)s, %(name)s)", values)
        cursor.executemany("INSERT INTO subjects (subject_id, user_id) VALUES (%(s)s, %(u)s)", values)
        cursor.executemany(
            "INSERT INTO consents (consent_id, subject_id, purpose, given, version, text_sha256, source, at)"
            " VALUES (%(c)s, %(s)s, 'training', true, '1', 'x', 'bench', '2025-01-01')",
            values,
        )
    for start in range(0, count, BATCH):
        _batch(db, [_one(dice, users, topics) for _ in range(min(BATCH, count - start))])


def _one(dice: random.Random, users: Sequence[UUID], topics: Sequence[tuple[list[str], list[UUID]]]) -> dict[str, object]:
    said, chunks = dice.choice(topics)
    shown = dice.sample(chunks, 6)
    text = f"Wie ist das mit {' und '.join(dice.sample(said, 3))}?"
    good = shown[0] in chunks[:3]
    at = NOW - timedelta(days=dice.random() * 120)
    listed = "[" + ",".join(f'{{"chunk_id": "{chunk}"}}' for chunk in shown) + "]"
    cited = "[" + ",".join(f'{{"chunk_id": "{chunk}"}}' for chunk in shown[:2]) + "]"
    return {
        "a": uuid4(), "f": uuid4(), "e": uuid4(), "u": dice.choice(users), "q": text, "at": at, "p": listed, "c": cited, "good": good,
        "x": shown[dice.randrange(6)],
    }  # fmt: skip


def _batch(db: Database, values: list[dict[str, object]]) -> None:
    with db.transaction() as conn, conn.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO answers (answer_id, ts, user_id, question, answer, status, passages, citations)"
            " VALUES (%(a)s, %(at)s, %(u)s, %(q)s, '', 'answered', %(p)s, %(c)s)",
            values,
        )
        cursor.executemany(
            "INSERT INTO rag_feedback (feedback_id, ts, user_id, answer_id, question, answer, useful)"
            " VALUES (%(f)s, %(at)s, %(u)s, %(a)s, '', '', %(good)s)",
            values,
        )


def asking(states: Sequence[RankingRelease]) -> list[tuple[float, float]]:
    """Median and 95th percentile of an answer over the sample laws, in milliseconds, with each of the states by turns."""
    from tests.rooms.answers.shelf import house

    samples = sorted((Path(__file__).parents[1] / "docs" / "samples").glob("*.md"))
    context = house(*((path.stem, path.read_text("utf-8")) for path in samples))
    contexts = [replace(context, learned=partial(_same, state)) for state in states]
    titles = [one.section_title for one in context.shelf.held.values() if len(one.section_title.split()) > 1]  # type: ignore[attr-defined]
    asked = random.Random(1).sample(sorted(set(titles)), QUESTIONS)
    times: list[list[float]] = [[] for _ in states]
    for turn in range(TURNS):
        for text in asked:
            for at, one in enumerate(contexts):
                begun = time.perf_counter()
                ask(one, Question(text))
                if turn:  # the first only reads
                    times[at].append(1000 * (time.perf_counter() - begun))
    return [(statistics.median(some), sorted(some)[int(0.95 * len(some))]) for some in times]


def _same(state: RankingRelease) -> RankingRelease:
    return state


def main() -> None:
    """Fill, learn, forget, ask."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    count = parser.parse_args().rows
    analyser = Analyser.builtin()
    with tempfile.TemporaryDirectory(prefix="nova-") as folder, embedded.start(Path(folder)) as server:
        migrate(server.dsn)
        with Database.connect(server.dsn) as db:
            fill(db, count, random.Random(1), words(analyser))
            begun, clock = time.process_time(), time.perf_counter()
            with db.transaction() as conn:
                evidence = read(conn, NOW)
            spent_reading, clock_reading = time.process_time() - begun, time.perf_counter() - clock
            begun = time.process_time()
            lessons = evidence.lessons(analyser)
            spent = time.process_time() - begun
            print(f"{count} Zeilen, {len(evidence.signals)} Signale, {len(lessons.topics)} Themen")
            print(f"lesen   {spent_reading:6.1f} s CPU ({clock_reading:.1f} s)")
            print(f"rechnen {spent:6.1f} s CPU")
            release = rows.LearnedState(
                uuid4(), NOW, analyser.version, "live", stored.digest(lessons), stored.to_json(lessons), lessons.evidence, lessons.subjects,
                "admin", NOW,
            )  # fmt: skip
            with db.transaction() as conn:
                rows.insert(conn, release)
            begun = time.perf_counter()
            with db.transaction() as conn:
                forget(conn, uuid5(SPACE, "s7"))
            print(f"vergessen {time.perf_counter() - begun:.1f} s")
        without, with_all = asking([RankingRelease(), RankingRelease("r", lessons.topics)])
        print(f"Antwort ohne Gelerntes {without[0]:.1f} / {without[1]:.1f} ms (Median, p95), mit {with_all[0]:.1f} / {with_all[1]:.1f} ms")
        learned = RankingRelease("r", lessons.topics)
        learned.preferences("Abschlag", analyser)
        asked = [f"Wie ist das mit {word} und Abschlag?" for word in words(analyser)[:500]]
        begun = time.perf_counter()
        for text in asked:
            learned.preferences(text, analyser)
        print(f"Vorlieben einer Frage {1e6 * (time.perf_counter() - begun) / len(asked):.0f} µs")


if __name__ == "__main__":
    main()
