"""People with what they asked, editors with what they stand for, and the company's documents, on a real database."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import polars as pl
from psycopg.types.json import Jsonb

from nova.flows.seeding.desk import SeedingDesk
from nova.flows.seeding.running import Seeding, run
from nova.flows.training.allowed import Refusal, still_allowed
from nova.flows.training.dataset import DATASET, Kitchen, prepared
from nova.flows.training.desk import TrainingDesk
from nova.governance.audit.log import _fact
from nova.governance.people import KnownPeople
from nova.governance.vault import VaultKeys
from nova.seeding import versions
from nova.seeding.judge.policy import Policy
from nova.seeding.pipeline import Pipeline, Shelf, shipped
from nova.seeding.sources.room import RoomSource
from nova.seeding.work.refine import refine
from nova.store.ids import uuid7
from nova.store.seeding import versions as version_rows
from nova.store.seeding.versions import Version
from nova.store.training import sets
from nova.training.dataset.recipe import Corpora, Recipe, corpora_of, recipe_of
from nova.wiring.seeding import StoredRooms
from tests.fakes.running import Context
from tests.rooms.seeding.seeds import Bench

TABLES = "answers, rag_feedback, reviews, curated_answers, consents, subjects, users, items, conversations, turns, train_sets, train_runs"
SMALL = {"train": 20, "test": 5}
THINGS = (
    "Abschlag", "Zählerwechsel", "Umzug", "Ladesäule", "Wärmepumpe", "Mahnung", "Einspeisung", "Hausanschluss", "Bonus", "Kündigung",
    "Ablesung", "Sperrung", "Ratenzahlung", "Solaranlage", "Grundpreis", "Speicher", "Fernwärme", "Gasumlage", "Lastgang", "Vollmacht",
)  # fmt: skip
VERBS = ("beantrage", "melde", "prüfe", "ändere", "bezahle", "verschiebe", "dokumentiere", "widerrufe", "erneuere", "begründe")


def asked(at: int) -> tuple[str, str]:
    """A question and an answer that no other number has."""
    thing, verb = THINGS[at % len(THINGS)], VERBS[at // len(THINGS) % len(VERBS)]
    return (
        f"Wie {verb} ich {thing} im Vorgang {1000 + at}?",
        f"Zum Vorgang {1000 + at} nennt das Formblatt {thing} {3 + at} Tage Frist und {20 + 7 * at} Euro Gebühr, wenn man es so {verb}t.",
    )


class Silent:
    """Remembers what was noted; as the log it takes no words."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, str]] = []

    def record(self, _: Any, what: str, target: str, facts: Any = None, **__: Any) -> None:
        for name, value in (facts or {}).items():
            _fact(name, value)
        self.noted.append((what, target))


class Office:
    """A company with people, editors and documents."""

    def __init__(self, bench: Bench, folder: Path) -> None:
        for table in TABLES.split(", "):
            bench.db.execute(f"TRUNCATE {table} CASCADE")
        self.bench, self.people = bench, KnownPeople(VaultKeys(folder / "keys"))
        self.corpora: Corpora = corpora_of()
        shown = recipe_of()
        self.recipe: Recipe = shown.model_copy(update={"limits": shown.limits.model_copy(update=SMALL)})
        self.audit = Silent()

    def person(self, name: str, *, given: bool = True) -> UUID:
        user = uuid4()
        self.bench.db.execute("INSERT INTO users (user_id, external_id) VALUES (%s, %s)", [user, name])
        with self.bench.db.transaction() as conn:
            subject = self.people.subject_of_user(conn, user)
        self.says(subject, given=given)
        return subject

    def says(self, subject: UUID, *, given: bool) -> None:
        self.bench.db.execute(
            "INSERT INTO consents (consent_id, subject_id, purpose, given, version, text_sha256, source, at)"
            " VALUES (%s, %s, 'training', %s, 'v2', '', 'web', clock_timestamp())",
            [uuid4(), subject, given],
        )

    def ask(
        self, who: UUID | None, question: str, answer: str, *, status: str = "answered", cited: Sequence[str] = (), agreed: bool = True,
        talk: UUID | None = None,
    ) -> UUID:  # fmt: skip
        answer_id, citations = uuid5(NAMESPACE_URL, question), [self.cited(text) for text in cited]
        self.bench.db.execute(
            "INSERT INTO answers"
            " (answer_id, user_id, subject_id, question, answer, status, purposes, citations, conversation_id, analyser)"
            " SELECT %s, s.user_id, s.subject_id, %s, %s, %s, %s, %s, %s, 'probe'"
            " FROM (SELECT 1) one LEFT JOIN subjects s ON s.subject_id = %s",
            [answer_id, question, answer, status, ["service", *(["training"] if agreed else [])], Jsonb(citations), talk, who],
        )
        return answer_id

    def cited(self, text: str) -> dict[str, str]:
        item = uuid4()
        self.bench.db.execute("INSERT INTO items (item_id, title, sha256, status) VALUES (%s, 'Blatt', %s, 'ready')", [item, item.hex * 2])
        return {"item_id": str(item), "chunk_id": str(uuid4()), "quote": text}

    def many(self, people: int, each: int = 1, *, first: int = 0) -> list[UUID]:
        """So many people who agree, each with questions of their own."""
        found = [self.person(f"kunde-{first + at}") for at in range(people)]
        for at, one in enumerate(found):
            for more in range(each):
                self.ask(one, *asked(first + at * each + more))
        return found

    def decide(self, answer_id: UUID, state: str, better: str | None = None) -> None:
        review = uuid4()
        self.bench.db.execute(
            "INSERT INTO reviews (review_id, answer_id, reasons, priority, state, decided_at)"
            " VALUES (%s, %s, '{sample}', 1, %s, CASE WHEN %s = 'open' THEN NULL ELSE now() END)",
            [review, answer_id, state, state],
        )
        if better is not None:
            self.bench.db.execute(
                "INSERT INTO curated_answers (curated_id, review_id, question, answer, approver, training)"
                " SELECT %s, %s, question, %s, 'reviewer:1', true FROM answers WHERE answer_id = %s",
                [uuid4(), review, better, answer_id],
            )

    def talk(self, who: UUID, question: str, answer: str) -> None:
        """A conversation that another system delivered."""
        talk = uuid4()
        self.bench.db.execute(
            "INSERT INTO conversations (conversation_id, source, session_key, subject_id, purposes, started_at, last_at, turns)"
            " VALUES (%s, 'sophia', %s, %s, '{service,training}', now(), now(), 2)",
            [talk, str(talk), who],
        )
        for seq, (role, text) in enumerate((("user", question), ("agent", answer))):
            self.bench.db.execute(
                "INSERT INTO turns (conversation_id, seq, role, ts, text, digest) VALUES (%s, %s, %s, now(), %s, '')",
                [talk, seq, role, text],
            )

    def document(self, title: str, sections: Sequence[tuple[str, str, str]], kind: str = "document") -> None:
        """Sections: label, heading, text."""
        item = uuid7()
        self.bench.db.execute(
            "INSERT INTO items (item_id, kind, title, sha256, status) VALUES (%s, %s, %s, %s, 'ready')", [item, kind, title, item.hex * 2]
        )
        self.bench.db.execute(
            "INSERT INTO item_versions (item_id, version, sha256, media_type, bytes, state) VALUES (%s, 1, %s, 'text/plain', 1, 'ready')",
            [item, item.hex * 2],
        )
        for at, (label, heading, text) in enumerate(sections):
            self.bench.db.execute(
                "INSERT INTO item_sections (section_id, item_id, version, ordinal, label, norm, title, path, char_from, char_to, text)"
                " VALUES (%s, %s, 1, %s, %s, %s, %s, '{}', 0, %s, %s)",
                [uuid4(), item, at, label, label or None, heading, len(text), text],
            )

    def kitchen(self) -> Kitchen:
        def agreed() -> set[str]:
            with self.bench.db.transaction() as conn:
                return sets.agreed(conn)

        def frozen() -> list[dict[str, str]]:
            with self.bench.db.transaction() as conn:
                return sets.asked(conn)

        return Kitchen(lambda: self.corpora, lambda: self.recipe, agreed, frozen)

    def pipeline(self) -> Pipeline:
        return shipped()[DATASET]

    def seeding(self) -> Seeding:
        pipeline = self.pipeline()
        source = RoomSource("training", StoredRooms(self.bench.db, self.people), pipeline.licence)
        held = Seeding(
            self.bench.db, self.bench.objects, self.people.lookup, lambda: Shelf({DATASET: pipeline}, {}), lambda: {"standard": Policy()},
            lambda _: source,
        )  # fmt: skip
        return replace(held, refine=prepared(refine, self.kitchen()))

    def desk(self) -> TrainingDesk:
        held = self.seeding()
        return TrainingDesk(held, self.kitchen(), SeedingDesk(held, None, self.audit), self.audit)  # type: ignore[arg-type]

    def made(self) -> dict[str, Any]:
        """A run; the version's name and what it told."""
        held = self.seeding()
        return run(held, self.pipeline(), ("u:monika", "Probe"), Context())

    def told(self, version: str) -> dict[str, Any]:
        with self.bench.db.transaction() as conn:
            found = sets.told_of(conn, DATASET, version)
        assert found is not None
        return found

    def stopped_by(self, version: str) -> list[str]:
        return [one["name"] for one in self.told(version)["checks"] if not one["passed"]]

    def version(self, name: str) -> Version:
        with self.bench.db.transaction() as conn:
            found = version_rows.find(conn, DATASET, name)
        assert found is not None
        return found

    def rows(self, name: str) -> pl.DataFrame:
        return versions.read(self.bench.objects, self.version(name))

    def refused(self, name: str, digest: str | None = None) -> Refusal | None:
        with self.bench.db.transaction() as conn:
            return still_allowed(conn, DATASET, name, digest)


def lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().splitlines()]
