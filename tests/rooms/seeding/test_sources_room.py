"""Nova's own rooms as a source, on a real database: who agreed, by pseudonym, without what is personal, and out again when they leave."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg.types.json import Jsonb

from nova.engines.queue.postgres import PostgresJobs
from nova.errors import InvalidInput, NotAllowed, NotFound
from nova.flows import consents
from nova.flows.kinds import SEED_LEAVE
from nova.flows.seeding import publishing, subjects
from nova.flows.seeding.desk import SeedingDesk
from nova.flows.seeding.running import Seeding, run
from nova.governance.consent import Statement, shipped
from nova.governance.people import KnownPeople
from nova.governance.vault import VaultKeys
from nova.ports.jobs import OPEN
from nova.ports.sources import Source
from nova.records import Caller
from nova.seeding import versions
from nova.seeding.judge.policy import Minimum, Policy
from nova.seeding.pipeline import Pipeline, Shelf, load
from nova.seeding.sources.room import RoomSource
from nova.settings import Settings
from nova.store.ids import uuid7
from nova.store.seeding import subjects as left_out
from nova.wiring.seeding import StoredRooms, source_of
from tests.fakes.running import Context
from tests.rooms.seeding.seeds import Bench

QUESTIONS = """
name: fragen
title: Fragen und Antworten
source: {room: {name: questions}}
licence: eigen
purpose: training
subject: person
steps: [{harmonise: {texts: [question, answer]}}]
"""
ASKED = "Ich bin Erika Mustermann, erika@example.org: Wie hoch ist mein Abschlag?"


@pytest.fixture
def house(bench: Bench, tmp_path: Path) -> "House":
    for table in (
        "answers",
        "rag_feedback",
        "consents",
        "subjects",
        "users",
        "tickets",
        "smart_meter_readings",
        "meters",
        "meter_assignments",
    ):
        bench.db.execute(f"TRUNCATE {table} CASCADE")
    return House(bench, KnownPeople(VaultKeys(tmp_path / "keys")))


class House:
    """People and what there is of them."""

    def __init__(self, bench: Bench, people: KnownPeople) -> None:
        self.bench, self.people = bench, people
        self.rooms = StoredRooms(bench.db, people)

    def person(self, name: str, *said: bool) -> tuple[UUID, UUID]:
        """Somebody who signs in, and what they said of training, in turn; user and subject."""
        user = uuid4()
        self.bench.db.execute("INSERT INTO users (user_id, external_id) VALUES (%s, %s)", [user, name])
        with self.bench.db.transaction() as conn:
            subject = self.people.subject_of_user(conn, user)
        self.say(subject, *said)
        return user, subject

    def say(self, subject: UUID, *said: bool) -> None:
        self.say_of("training", subject, *said)

    def say_of(self, purpose: str, subject: UUID, *said: bool) -> None:
        count = self.bench.db.fetch_all("SELECT count(*) AS n FROM consents")[0]["n"]
        for at, given in enumerate(said, count):
            self.bench.db.execute(
                "INSERT INTO consents (consent_id, subject_id, purpose, given, version, text_sha256, source, at)"
                " VALUES (%s, %s, %s, %s, 'v2', '', 'web', %s)",
                [uuid4(), subject, purpose, given, datetime(2026, 3, 1, 8, at, tzinfo=UTC)],
            )

    def asked(self, who: tuple[UUID, UUID] | None, question: str, *purposes: str, retrieval: str = "{}") -> UUID:
        answer = uuid4()
        self.bench.db.execute(
            "INSERT INTO answers (answer_id, user_id, subject_id, question, answer, status, purposes, retrieval)"
            " VALUES (%s, %s, %s, %s, 'Ihr Abschlag beträgt 85 Euro im Monat.', 'answered', %s, %s::jsonb)",
            [answer, *(who or (None, None)), question, list(purposes), retrieval],
        )
        return answer

    def visited(self, user: UUID, route: str, at: datetime) -> None:
        self.bench.db.execute(
            "INSERT INTO events (event_id, user_id, ts, type, meta) VALUES (%s, %s, %s, 'view', %s)",
            [uuid7(), user, at, Jsonb({"route": route, "session": "s1"})],
        )

    def judged(self, who: tuple[UUID, UUID], useful: bool) -> None:
        answer = self.asked(who, "Was ist ein Smart Meter?", "service", "training")
        item = uuid4()
        self.bench.db.execute(
            "INSERT INTO items (item_id, title, sha256, status) VALUES (%s, 'Messung', %s, 'ready')", [item, item.hex * 2]
        )
        cited = [{"item_id": str(item), "chunk_id": str(uuid4())}]
        self.bench.db.execute("UPDATE answers SET citations = %s WHERE answer_id = %s", [Jsonb(cited), answer])
        self.bench.db.execute(
            "INSERT INTO rag_feedback (feedback_id, user_id, answer_id, question, answer, useful) VALUES (%s, %s, %s, 'F', 'A', %s)",
            [uuid4(), who[0], answer, useful],
        )

    def source(self, text: str = QUESTIONS) -> Source:
        return source_of(load(text, "fragen.yaml"), Settings(NOVA_DATA=self.bench.folder), self.rooms)

    def rows(self, text: str = QUESTIONS) -> list[dict[str, Any]]:
        batches = list(self.source(text).batches({}))
        return [dict(zip(one.columns, row, strict=True)) for one in batches for row in zip(*one.columns.values(), strict=True)]

    def seeding(self, text: str = QUESTIONS) -> tuple[Seeding, Pipeline]:
        pipeline = load(text, "fragen.yaml")
        shelf, policies = Shelf({pipeline.name: pipeline}, {}), {"standard": Policy(minimum=Minimum(completeness=0, confidence=0))}
        held = Seeding(self.bench.db, self.bench.objects, self.people.lookup, lambda: shelf, lambda: policies, lambda _: self.source(text))
        return held, pipeline


def of(room: str, more: str = "") -> str:
    text = QUESTIONS.replace("{name: questions}", f"{{name: {room}{more}}}")
    return text.replace("purpose: training", "purpose: profiling") if room == "visits" else text


def test_only_who_agreed_then_and_agrees_now_is_learned_from(house: House) -> None:
    anna, berta, carl, dora = (
        house.person(name, *said) for name, said in (("a", (True,)), ("b", (True, False)), ("c", ()), ("d", (True,)))
    )
    house.asked(anna, "Wie lese ich den Zähler ab?", "service", "training")
    house.asked(berta, "Frage von Berta?", "service", "training")
    house.asked(carl, "Frage von Carl?", "service", "training")
    house.asked(dora, "Frage von Dora?", "service")
    house.asked(None, "Was ist ein Smart Meter?")
    house.asked(anna, "Es riecht nach Gas!", "training", retrieval='{"emergency": true}')
    found = {row["question"]: row["person"] for row in house.rows()}
    assert found == {"Wie lese ich den Zähler ab?": str(anna[1]), "Was ist ein Smart Meter?": None}
    house.say(anna[1], False)
    assert [row["question"] for row in house.rows()] == ["Was ist ein Smart Meter?"]


def test_what_is_personal_in_a_text_stays_in_the_room_unless_it_is_asked_for(house: House) -> None:
    anna = house.person("anna", True)
    house.asked(anna, ASKED, "service", "training")
    (row,) = house.rows()
    assert "erika@" not in row["question"] and "Mustermann" not in row["question"] and "Abschlag" in row["question"]
    (shown,) = house.source().preview().columns["question"]
    assert shown == row["question"]
    raw = of("questions", ", raw: true, reason: 'Prüfung der Schwärzung'")
    assert [one["question"] for one in house.rows(raw)] == [ASKED]


def test_raw_needs_a_reason_a_role_and_is_noted(house: House) -> None:
    for wrong in (", raw: true", ", raw: true, reason: kurz"):
        with pytest.raises(InvalidInput, match="reason"):
            load(of("questions", wrong), "fragen.yaml")
    raw = of("questions", ", raw: true, reason: 'Prüfung der Schwärzung'")
    with pytest.raises(InvalidInput, match="every_hours"):
        load(raw + "every_hours: 24\n", "fragen.yaml")
    house.asked(None, ASKED)
    noted: list[tuple[Any, ...]] = []

    class Noting:
        def record(self, who: Caller, what: str, target: str, facts: Any = None, **_: Any) -> None:
            noted.append((who.role, what, facts))

    desk = SeedingDesk(house.seeding(raw)[0], None, Noting())  # type: ignore[arg-type]
    for refused in (
        lambda: desk.preview(Caller("engineer", uuid4()), "fragen"),
        lambda: desk.start(Caller("engineer", uuid4()), "fragen", "x"),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert noted == []
    assert list(desk.preview(Caller("service", uuid4()), "fragen").columns["question"]) == [ASKED]
    assert noted == [("service", "seeding.preview", {"raw": "Prüfung der Schwärzung"})]


def test_whoever_withdraws_leaves_the_versions_that_were_made_of_their_questions(house: House) -> None:
    people = [house.person(f"kunde-{at}", True) for at in range(12)]
    for at, one in enumerate(people):
        house.asked(one, f"Wie melde ich den Umzug Nummer {at} zum Monatsende an?", "service", "training")
    held, pipeline = house.seeding()
    run(held, pipeline, ("u:monika", "Probe"), Context())
    with house.bench.db.transaction() as conn:
        made = next(iter(publishing.rows.every(conn, "fragen")))
        assert left_out.object_to_learning(conn, people[3][1], datetime.now(UTC))
    told = subjects.leave_objected(house.bench.db, house.bench.objects, Context())
    assert (told.rows, told.versions) == (1, 1)
    rows = versions.read(house.bench.objects, house.bench.now(made))
    assert len(rows) == 11 and not rows["question"].str.contains("Nummer 3 ").any()
    assert versions.verify(house.bench.objects, house.bench.now(made)) == []


def test_records_of_raw_data_are_seen_by_few_after_the_run_too(house: House) -> None:
    raw = of("questions", ", raw: true, reason: 'Prüfung der Schwärzung'")
    for at in range(12):
        house.asked(house.person(f"roh-{at}", True), f"{ASKED} Nummer {at}", "service", "training")
    held, pipeline = house.seeding(raw)
    told = run(held, pipeline, ("u:monika", "Probe"), Context())

    class Silent:
        def record(self, *_: Any, **__: Any) -> None:
            """Nothing."""

    desk = SeedingDesk(held, None, Silent())  # type: ignore[arg-type]
    engineer, operator, name = Caller("engineer", uuid4()), Caller("admin"), told["version"]
    for refused in (
        lambda: desk.export(engineer, "fragen", name),
        lambda: desk.diff(engineer, "fragen", name, name),
        lambda: desk.removals(engineer, UUID(told["run_id"]), None, (10, 0)),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert desk.export(operator, "fragen", name) and desk.removals(operator, UUID(told["run_id"]), None, (10, 0)) == []
    assert len(desk.person(operator, "roh-3")) == 1
    with pytest.raises(NotFound):
        desk.person(engineer, "roh-3")


def test_whoever_is_erased_leaves_the_versions_by_what_they_are_known_elsewhere(house: House) -> None:
    people = [house.person(f"kunde-{at}", True) for at in range(12)]
    for at, one in enumerate(people):
        house.asked(one, f"Wie melde ich den Umzug Nummer {at} zum Monatsende an?", "service", "training")
    held, pipeline = house.seeding()
    run(held, pipeline, ("u:monika", "Probe"), Context())
    with house.bench.db.transaction() as conn:
        made = next(iter(publishing.rows.every(conn, "fragen")))
    assert len(versions.read(house.bench.objects, made)) == 12
    subjects.erase(house.bench.db, house.bench.objects, [house.people.lookup("kunde-3")], datetime.now(UTC))
    left = versions.read(house.bench.objects, house.bench.now(made))
    assert str(people[3][1]) not in left["person"].to_list() and len(left) == 11
    subjects.object_to(house.bench.db, house.bench.objects, house.people.lookup("kunde-4"), "u:monika", datetime.now(UTC))
    run(held, pipeline, ("u:monika", "Probe"), Context())
    with house.bench.db.transaction() as conn:
        latest = next(iter(publishing.rows.every(conn, "fragen")))
    assert str(people[4][1]) not in versions.read(house.bench.objects, latest)["person"].to_list()


def test_feedback_speaks_of_others_questions_only_where_they_agreed(house: House) -> None:
    anna, berta = house.person("a", True), house.person("b", True)
    own, others = house.asked(anna, "Eigene Frage?", "training"), house.asked(berta, "Frage von Berta?", "training")
    for answer, who in ((own, anna), (others, anna), (own, None)):
        house.bench.db.execute(
            "INSERT INTO rag_feedback (feedback_id, user_id, answer_id, question, answer, useful, notes)"
            " SELECT %s, %s, answer_id, question, answer, true, 'geheime Notiz' FROM answers WHERE answer_id = %s",
            [uuid4(), who and who[0], answer],
        )
    rows = house.rows(of("feedback"))
    assert [(row["question"], row["person"]) for row in rows] == [("Eigene Frage?", str(anna[1]))]
    assert "geheime Notiz" not in str(rows)


def test_readings_are_those_of_the_time_in_which_the_meter_was_theirs(house: House) -> None:
    anna, berta = house.person("a", True), house.person("b")
    db = house.bench.db
    for meter, kind in (("41373559241", "household"), ("netz-1", "grid")):
        db.execute("INSERT INTO meters (meter_id, kind) VALUES (%s, %s)", [meter, kind])
        for hour in range(4):
            db.execute(
                "INSERT INTO smart_meter_readings (meter_id, ts, seconds, consumption_kw, batch_id) VALUES (%s, %s, 3600, %s, 1)",
                [meter, datetime(2026, 3, 1, hour, tzinfo=UTC), 1.5 + hour],
            )
    for who, first, last in ((anna, 0, 2), (berta, 2, 4)):
        db.execute(
            "INSERT INTO meter_assignments (meter_id, customer, starts, ends) VALUES ('41373559241', %s, %s, %s)",
            [who[0], datetime(2026, 3, 1, first, tzinfo=UTC), datetime(2026, 3, 1, last, tzinfo=UTC)],
        )
    rows = house.rows(of("readings"))
    assert [(row["person"], row["consumption_kw"]) for row in rows if row["person"]] == [(str(anna[1]), "1.5"), (str(anna[1]), "2.5")]
    assert len(rows) == 6 and len({row["meter"] for row in rows}) == 2 and len({row["id"] for row in rows}) == 6
    assert "41373559241" not in str(rows)


@pytest.mark.parametrize("room", ["prices", "tickets", "documents"])
def test_rooms_that_are_nobodys_need_no_subject(house: House, room: str) -> None:
    text = of(room).replace("subject: person\n", "")
    assert list(house.source(text).batches({})) == []
    assert house.source(text).preview().problems


def test_a_ticket_comes_without_who_opened_it(house: House) -> None:
    house.bench.db.execute(
        "INSERT INTO tickets (ticket_id, kind, owner, title, text, opened_by, opened_at, changed_at)"
        " VALUES (%s, 'training', 'aura', 'Abschläge', 'Viele fragen nach dem Abschlag.', 'engineer:77', now(), now())",
        [uuid4()],
    )
    (row,) = house.rows(of("tickets").replace("subject: person\n", ""))
    assert row["text"] == "Viele fragen nach dem Abschlag." and "engineer" not in str(row)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (QUESTIONS.replace("subject: person\n", ""), "person"),
        (QUESTIONS + "read: new\n", "read: new"),
        (of("geheimnisse"), "room"),
        (of("visits").replace("subject: person\n", ""), "person"),
        (of("visits").replace("purpose: profiling", "purpose: training"), "profiling"),
        (of("rewards").replace("subject: person\n", ""), "person"),
        (of("advice").replace("subject: person\n", ""), "person"),
    ],
)
def test_a_room_that_is_asked_for_wrongly_is_refused(text: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        load(text, "fragen.yaml")


def test_a_text_that_cannot_be_checked_is_left_out_and_counted(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.asked(None, "Was ist ein Smart Meter?")
    monkeypatch.setattr("nova.seeding.sources.room._clean", lambda text: None)
    assert list(RoomSource("questions", house.rooms).batches({})) == []


@pytest.mark.parametrize("room", ["figures", "visits", "rewards", "uses", "advice", "terms"])
def test_what_engines_learn_from_is_empty_where_nothing_happened(house: House, room: str) -> None:
    for table in ("events", "kpi_hours", "recommendations"):
        house.bench.db.execute(f"TRUNCATE {table} CASCADE")
    assert house.rows(of(room)) == []


def test_pages_one_after_another_are_of_those_who_agree_to_both_purposes(house: House) -> None:
    house.bench.db.execute("TRUNCATE events CASCADE")
    both, one = house.person("a", True), house.person("b", True)
    house.say_of("profiling", both[1], True)
    for user, _ in (both, one):
        for at, route in enumerate(("/", "/energie", "/markt")):
            house.visited(user, route, datetime(2026, 3, 2, 8, at, tzinfo=UTC))
    found = [(row["person"], row["route"], row["next"]) for row in house.rows(of("visits"))]
    assert found == [(str(both[1]), "/", "/energie"), (str(both[1]), "/energie", "/markt"), (str(both[1]), "/markt", "(Ende)")]
    house.say_of("profiling", both[1], False)
    assert house.rows(of("visits")) == []


def test_a_passage_is_rewarded_by_who_agrees(house: House) -> None:
    anna, carl = house.person("a", True), house.person("c")
    for who, useful in ((anna, True), (carl, False)):
        house.judged(who, useful)
    assert [(row["person"], row["rank"], row["reward"]) for row in house.rows(of("rewards"))] == [(str(anna[1]), "1", "1")]


def test_figures_of_few_people_are_not_given(house: House) -> None:
    house.bench.db.execute("TRUNCATE kpi_hours CASCADE")
    for kpi, people in (("answers", [1, 2, 3, 4]), ("useful_share", [1, 2, 3, 4, 5]), ("engine_s", [])):
        house.bench.db.execute(
            "INSERT INTO kpi_hours (kpi, starts, n, total, people) VALUES (%s, '2026-03-02 08:00+00', 7, 3, %s)", [kpi, people]
        )
    assert [row["kpi"] for row in house.rows(of("figures"))] == ["engine_s", "useful_share"]


def test_whoever_withdraws_from_profiles_leaves_what_they_are_made_of_and_nothing_else(
    house: House, request: pytest.FixtureRequest
) -> None:
    house.bench.db.execute("TRUNCATE events CASCADE")
    people = [house.person(f"gast-{at}", True) for at in range(6)]
    for at, one in enumerate(people):
        house.say_of("profiling", one[1], True)
        house.asked(one, f"Wie melde ich den Umzug Nummer {at} zum Monatsende an?", "service", "training")
        for minute, route in enumerate(("/", "/energie", "/markt")):
            house.visited(one[0], route, datetime(2026, 3, 2, 8 + at, minute, tzinfo=UTC))
    for text in (QUESTIONS, of("visits").replace("name: fragen", "name: seiten")):
        held, pipeline = house.seeding(text)
        run(held, pipeline, ("u:monika", "Probe"), Context())
    queued = PostgresJobs(house.bench.db)
    request.addfinalizer(queued.close)
    with house.bench.db.transaction() as conn:
        statement = Statement({"profiling": False}, shipped().version, shipped().sha256, datetime(2026, 3, 3, tzinfo=UTC), "web")
        consents.note(conn, queued, people[2][1], statement, datetime(2026, 3, 3, tzinfo=UTC))
    assert [job.kind for job in queued.list(states=OPEN, kind=SEED_LEAVE.name)] == [SEED_LEAVE.name]
    told = subjects.leave_objected(house.bench.db, house.bench.objects, Context())
    assert (told.versions, told.rows) == (1, 3)
    with house.bench.db.transaction() as conn:
        made = {one.dataset: one for one in publishing.rows.every(conn)}
    pages, questions = (versions.read(house.bench.objects, made[name]) for name in ("seiten", "fragen"))
    assert str(people[2][1]) not in pages["person"].to_list()
    assert len(pages) == 15
    assert questions["question"].str.contains("Nummer 2 ").any()
    assert subjects.leave_objected(house.bench.db, house.bench.objects, Context()).rows == 0
    with house.bench.db.transaction() as conn:
        agreed = Statement({"profiling": True}, shipped().version, shipped().sha256, datetime(2026, 3, 4, tzinfo=UTC), "web")
        consents.note(conn, queued, people[2][1], agreed, datetime(2026, 3, 4, tzinfo=UTC))
    assert house.bench.db.fetch_all("SELECT count(*) AS n FROM seed_refusals")[0]["n"] == 0
    with house.bench.db.transaction() as conn:
        assert len(versions.read(house.bench.objects, publishing.rows.every(conn, "seiten")[0])) == 15  # only a new run takes them again
