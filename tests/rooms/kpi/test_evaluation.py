"""Evaluations on the database: what changes changes together and once, a dry run changes nothing, silence is kept."""

import hashlib
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from nova.kpi.alerts.evaluation import Outcome, Surroundings, run
from nova.kpi.rules.thresholds import parse
from nova.store import alerts as store
from nova.store import kpi as hours
from nova.store import tickets as rows
from nova.store.db import Database
from nova.store.ids import uuid7
from tests.rooms.kpi.house import MANY, subject, wipe

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SLOT = timedelta(minutes=15)
RULES = parse("""
version: 1
rules:
  - name: schwach
    kpi: weak_share
    window: 6h
    n: 10
    direction: above
    warn: 0.3
    critical: 0.5
    clear: 0.05
    for: 2
    action: {ticket: auto, channels: [log, mail, webhook]}
    text: Die Suche findet zu wenig.
  - name: langsam
    kpi: latency_p95_ms
    window: 1h
    n: 5
    direction: above
    warn: 1000
    clear: 100
    for: 1
    action: {ticket: aura, channels: [log]}
    text: Zu langsam.
  - name: fragen
    kpi: answers
    window: 1h
    n: 1
    direction: above
    warn: 1000
    clear: 0
    for: 1
    action: {ticket: none, channels: []}
    text: Sehr viele Fragen.
""")


DRIFT = """
version: 1
rules:
  - {name: weniger, kpi: answers, method: cusum, window: 24h, n: 0, direction: below, warn: -25, clear: 5, for: 3,
     action: {ticket: none, channels: [log]}, text: Weniger.}
"""


class World:
    """A database, what was queued and how often learning was started."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.queued: list[UUID] = []
        self.learned = 0
        self.around = Surroundings(("log", "webhook"), lambda: False, lambda _, one: self.queued.append(one), self._learn)

    def _learn(self, _: Connection[Any]) -> None:
        self.learned += 1

    def weak(self, share: float, n: int = 100, at: datetime = NOON - timedelta(hours=1)) -> None:
        """The weak share of an hour."""
        with self.db.transaction() as conn:
            conn.execute("DELETE FROM kpi_hours")
            hours.put_hours(conn, at, at + timedelta(hours=1), [hours.HourRow("weak_share", "", at, n, share * n, people=MANY)])

    def run(self, step: int = 0, *, dry_run: bool = False) -> Outcome:
        """An evaluation, `step` quarters of an hour after noon."""
        return run(self.db, RULES, self.around, NOON + step * SLOT, dry_run=dry_run)

    def events(self) -> list[str]:
        """What people were told of, oldest first."""
        with self.db.transaction() as conn:
            return [row["event"] for row in reversed(store.history(conn, "schwach", events=True, limit=100)[0])]


@pytest.fixture
def world(database: Database) -> World:
    wipe(database)
    database.execute(
        "TRUNCATE alert_states, alert_episodes, alert_history, tickets, ticket_episodes, ticket_history, notices, jobs"
        " RESTART IDENTITY CASCADE"
    )
    return World(database)


def everything(db: Database) -> dict[str, str]:
    """A fingerprint of each table (every row), view and sequence of the whole database, but for the workers' signs of life."""
    found = {}
    named = (
        "SELECT c.oid::regclass::text AS name, relkind FROM pg_class c JOIN pg_namespace s ON s.oid = relnamespace WHERE nspname = 'public'"
        " AND relname <> 'workers'"
    )
    for table in db.fetch_all(f"{named} AND relkind IN ('r', 'p', 'S', 'm') ORDER BY 1"):
        what = "last_value::text || is_called" if table["relkind"] == "S" else "t::text"
        rows = [str(row["row"]) for row in db.fetch_all(f"SELECT {what} AS row FROM {table['name']} t ORDER BY 1")]
        found[table["name"]] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def gap(db: Database, questions: int, at: datetime) -> UUID:
    """A gap with so many weakly answered questions."""
    gap_id = uuid7()
    db.execute(
        "INSERT INTO knowledge_gaps (gap_id, signature, terms, first_at, last_at) VALUES (%s, %s, '{wallbox,foerder}', %s, %s)",
        [gap_id, str(gap_id), at, at],
    )
    for number in range(questions):
        answer = uuid7()
        db.execute(
            "INSERT INTO answers (answer_id, ts, question, answer, status, subject_id) VALUES (%s, %s, %s, '', 'refused', %s)",
            [answer, at, f"Frage {number} zur Wallbox?", subject(db)],
        )
        db.execute("INSERT INTO gap_answers (gap_id, answer_id, weakness) VALUES (%s, %s, 0.9)", [gap_id, answer])
    return gap_id


def test_it_fires_once_opens_one_ticket_and_tells_each_channel_that_is_set_up(world: World) -> None:
    found = gap(world.db, 8, NOON - timedelta(hours=1))
    world.weak(0.4)
    assert world.run(0).counts["pending"] == 1
    outcome = world.run(1)
    assert outcome.counts["warn"] == 1 and not outcome.critical
    rule = outcome.rules[0]
    assert rule["action"] == "Ticket 1 eröffnet, Protokoll, E-Mail (nicht eingerichtet), Webhook"
    assert rule["value_text"].startswith("40,0 % [") and "n = 100" in rule["value_text"]
    with world.db.transaction() as conn:
        tickets = rows.page(conn, rows.Wanted(), 10)
        notices = store.notices(conn)
    assert [(one.kind, one.owner, one.gap_id, one.gap_questions) for one in tickets] == [("knowledge", "lumina", found, 8)]
    assert tickets[0].gain is not None and tickets[0].gain["n"] == 8
    assert sorted((one.event, one.channel) for one in notices) == [
        ("alert.warn", "log"),
        ("alert.warn", "webhook"),
        ("ticket.opened", "webhook"),
    ]
    assert sorted(one.notice_id for one in notices) == sorted(world.queued)
    assert "Wallbox" not in str([tickets, [one.body for one in notices]])
    for step in range(2, 6):
        world.run(step)
    assert len(world.queued) == 3 and world.events() == ["warn"]


def test_the_same_moment_again_changes_nothing(world: World) -> None:
    world.weak(0.9)
    world.run(0)
    world.run(1)
    before = everything(world.db)
    again = world.run(1)
    assert everything(world.db) == before
    assert not any(rule["counted"] for rule in again.rules)
    assert again.critical


def test_a_dry_run_changes_nothing_and_explains_each_rule(world: World) -> None:
    gap(world.db, 8, NOON - timedelta(hours=1))
    world.weak(0.9)
    world.run(0)
    before = everything(world.db)
    outcome = world.run(1, dry_run=True)
    assert everything(world.db) == before and world.queued == []
    assert outcome.dry_run and outcome.critical and [rule["rule"] for rule in outcome.rules] == ["schwach", "langsam", "fragen"]
    assert outcome.rules[0]["action"].startswith("würde: Ticket für Lumina (Wissenslücke schließen: ")
    for rule in outcome.rules:
        assert {"rule", "window", "n", "value", "threshold_text", "before", "after", "action", "sentence"} <= set(rule)
    assert world.run(1).rules[0]["after"] == outcome.rules[0]["after"]


def test_a_dry_run_cannot_write(world: World) -> None:
    with world.db.transaction() as conn:
        store.read_only(conn)
        with pytest.raises(Exception, match="read-only"):
            conn.execute("DELETE FROM alert_states")


def test_it_recovers_after_as_many_and_notes_the_effect_on_the_ticket(world: World) -> None:
    world.weak(0.6)
    world.run(0)
    world.run(1)
    world.weak(0.1, at=NOON + timedelta(hours=1))
    for step in (6, 7, 8):
        world.run(step)
    assert world.events() == ["critical", "recovered"]
    with world.db.transaction() as conn:
        (ticket,) = rows.page(conn, rows.Wanted(), 10)
        changes, episodes = rows.changes(conn, ticket.ticket_id), rows.episodes(conn, ticket.ticket_id)
    assert [one["what"] for one in changes] == ["opened", "recovered"]
    assert ticket.state == "open" and ticket.effect is not None and ticket.effect["after"]["value"] == pytest.approx(0.1)
    assert [(one["outcome"], one["worst"]) for one in episodes] == [("recovered", "critical")]


def test_a_second_episode_adds_to_the_open_ticket(world: World) -> None:
    for start in (0, 10):
        world.weak(0.6)
        world.run(start)
        world.run(start + 1)
        world.weak(0.1, at=NOON)
        world.run(start + 2)
        world.run(start + 3)
    with world.db.transaction() as conn:
        (ticket,) = rows.page(conn, rows.Wanted(), 10)
        assert [one["what"] for one in rows.changes(conn, ticket.ticket_id)] == ["opened", "recovered", "linked", "recovered"]
        assert len(rows.episodes(conn, ticket.ticket_id)) == 2


def test_a_silenced_rule_tells_nobody_but_opens_its_ticket(world: World) -> None:
    world.weak(0.6)
    world.run(0)
    with world.db.transaction() as conn:
        store.silence(conn, "schwach", NOON + timedelta(hours=1))
    world.run(1)
    with world.db.transaction() as conn:
        assert [one.event for one in store.notices(conn)] == ["ticket.opened"]
        assert len(rows.page(conn, rows.Wanted(), 10)) == 1
    world.run(2)
    assert world.events() == ["critical"]


def told(world: World) -> list[str]:
    """The events of alerts and the channels that heard of them."""
    with world.db.transaction() as conn:
        return sorted(f"{one.event} {one.channel}" for one in store.notices(conn) if one.event.startswith("alert."))


@pytest.mark.parametrize("by_hand", [False, True])
def test_what_fired_in_silence_is_told_once_when_the_silence_is_over(world: World, by_hand: bool) -> None:
    world.weak(0.6)
    world.run(0)
    with world.db.transaction() as conn:
        store.silence(conn, "schwach", NOON + timedelta(hours=1))
    world.run(1)
    world.run(3)
    assert told(world) == []
    if by_hand:
        with world.db.transaction() as conn:
            store.silence(conn, "schwach", None)
    assert world.run(4, dry_run=True).rules[0]["action"] == "würde: Protokoll, E-Mail (nicht eingerichtet), Webhook"
    outcome = world.run(4)
    assert told(world) == ["alert.critical log", "alert.critical webhook"]
    assert outcome.rules[0]["action"] == "Protokoll, E-Mail (nicht eingerichtet), Webhook" and outcome.rules[0]["event"] == ""
    with world.db.transaction() as conn:
        body = next(one.body for one in store.notices(conn) if one.event == "alert.critical")
    assert body["title"] == "Kritisch: Schwache Suche" and body["facts"]["ticket"] == 1 and "60,0 %" in body["text"]
    for step in (5, 6):
        assert world.run(step).rules[0]["action"] == "keine"
    assert len(told(world)) == 2 and world.events() == ["critical"]


def test_what_was_over_before_the_silence_is_not_told(world: World) -> None:
    world.weak(0.6)
    world.run(0)
    with world.db.transaction() as conn:
        store.silence(conn, "schwach", NOON + timedelta(hours=1))
    world.run(1)
    world.weak(0.1)
    for step in range(2, 6):
        world.run(step)
    assert world.events() == ["critical", "recovered"] and told(world) == []


def test_what_was_told_before_the_silence_is_not_told_again(world: World) -> None:
    world.weak(0.6)
    world.run(0)
    world.run(1)
    with world.db.transaction() as conn:
        store.silence(conn, "schwach", NOON + 3 * SLOT)
    for step in range(2, 6):
        world.run(step)
    assert len(told(world)) == 2


def test_a_dry_run_says_up_to_when_its_figures_are_measured(world: World) -> None:
    world.db.execute("TRUNCATE kpi_measured")
    assert world.run(0, dry_run=True).measured_until is None
    at = NOON - timedelta(hours=1)
    world.db.execute("INSERT INTO kpi_measured (starts, evidence, measured_at) VALUES (%s, 1, %s)", [at, at + timedelta(minutes=20)])
    assert world.run(0, dry_run=True).measured_until == at + timedelta(minutes=20)
    assert [rule["first"] for rule in world.run(0, dry_run=True).rules] == [True, True, True]
    world.run(0)
    assert [rule["first"] for rule in world.run(1, dry_run=True).rules] == [False, False, False]


def test_a_rule_that_is_gone_ends_its_episode(world: World) -> None:
    world.weak(0.6)
    world.run(0)
    world.run(1)
    run(world.db, parse("version: 1\nrules: []"), world.around, NOON + 2 * SLOT)
    assert world.db.fetch_one("SELECT outcome FROM alert_episodes") == {"outcome": "removed"}
    assert world.db.fetch_all("SELECT rule FROM alert_states WHERE rule = 'schwach'") == []


def test_a_rule_that_watches_something_else_begins_anew(world: World) -> None:
    world.weak(0.6)
    world.run(0)
    world.run(1)
    other = replace(RULES, rules=tuple(replace(rule, segment="kind:law") if rule.name == "schwach" else rule for rule in RULES.rules))
    before = everything(world.db)
    assert run(world.db, other, world.around, NOON + 2 * SLOT, dry_run=True).counts["critical"] == 0
    assert everything(world.db) == before
    outcome = run(world.db, other, world.around, NOON + 2 * SLOT)
    assert outcome.counts["critical"] == 0 and not outcome.critical
    assert world.db.fetch_one("SELECT outcome, segment FROM alert_episodes") == {"outcome": "removed", "segment": ""}
    assert world.db.fetch_one("SELECT level, state, episode_id FROM alert_states WHERE rule = 'schwach'") == {
        "level": "", "state": "no_data", "episode_id": None,
    }  # fmt: skip


def test_a_drift_without_a_past_says_what_is_missing(world: World) -> None:
    (drift,) = parse(DRIFT).rules
    world.weak(0.6)
    with world.db.transaction() as conn:
        at = NOON - timedelta(hours=1)
        hours.put_hours(conn, at, at + timedelta(hours=1), [hours.HourRow("answers", "", at, 40, 40, people=MANY)])
    (told,) = run(world.db, replace(RULES, rules=(drift,)), world.around, NOON, dry_run=True).rules
    assert told["sentence"] == "Antworten über 24 Stunden: ohne Vergleich (n = 40). Für ein Urteil fehlt, was davor üblich war."


def test_breaches_of_another_figure_do_not_count(world: World) -> None:
    world.weak(0.6)
    world.run(0)  # the first of two
    other = replace(RULES, rules=tuple(replace(rule, segment="kind:law") if rule.name == "schwach" else rule for rule in RULES.rules))
    with world.db.transaction() as conn:
        at = NOON - timedelta(hours=1)
        hours.put_hours(conn, at, at + timedelta(hours=1), [hours.HourRow("weak_share", "kind:law", at, 100, 60)])
    assert run(world.db, other, world.around, NOON + SLOT).counts["pending"] == 1
    assert world.db.fetch_all("SELECT 1 FROM alert_episodes") == []
    assert run(world.db, other, world.around, NOON + 2 * SLOT).counts["critical"] == 1


def test_what_fails_half_way_leaves_nothing(world: World) -> None:
    world.weak(0.6)
    world.run(0)
    before = everything(world.db)

    def broken(_: Connection[Any], __: UUID) -> None:
        raise RuntimeError("no queue")

    around = Surroundings(("log",), lambda: False, broken, lambda _: None)
    with pytest.raises(RuntimeError):
        run(world.db, RULES, around, NOON + SLOT)
    skipped = world.db.fetch_one("SELECT count(*) AS n FROM tickets")
    assert skipped == {"n": 0} and world.events() == []
    world.run(1)
    assert world.events() == ["critical"]
    assert before != everything(world.db)


def test_evaluations_at_once_fire_once(world: World) -> None:
    world.weak(0.6)
    world.run(0)
    together = [threading.Thread(target=world.run, args=(1,)) for _ in range(6)]
    for one in together:
        one.start()
    for one in together:
        one.join()
    assert world.events() == ["critical"]
    assert world.db.fetch_one("SELECT count(*) AS n FROM tickets") == {"n": 1}
    assert len(world.queued) == 3


def test_weak_ranking_starts_learning_once(world: World) -> None:
    world.weak(0.6)
    first, second, third = (str(uuid4()) for _ in range(3))
    for _ in range(20):
        world.db.execute(
            "INSERT INTO answers (answer_id, ts, question, answer, status, passages, citations)"
            " VALUES (%s, %s, '', '', 'answered', %s, %s)",
            [
                uuid7(),
                NOON - timedelta(hours=1),
                f'[{{"chunk_id": "{first}"}}, {{"chunk_id": "{second}"}}, {{"chunk_id": "{third}"}}]',
                f'[{{"chunk_id": "{third}"}}]',
            ],
        )
    world.run(0)
    world.run(1)
    assert world.learned == 1
    assert world.db.fetch_one("SELECT kind, owner FROM tickets") == {"kind": "ranking", "owner": "orion"}
