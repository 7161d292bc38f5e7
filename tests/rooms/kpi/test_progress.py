"""The report by week and the summary: what is counted, what is called a trend, and what the German text says of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from nova.engines.queue.postgres import KEEP_ENDED
from nova.kpi.measure.estimate import Estimate
from nova.kpi.measure.registry import KPIS
from nova.kpi.report.progress import JOBS_KEPT, Progress, Summary, progress, summary, trend, week_starts
from nova.kpi.report.text import DONE, STANDING, page, short, whole, written
from nova.store import releases
from nova.store.postgres.db import Database
from nova.store.quality import kpi as store
from nova.store.quality import reports
from tests.rooms.kpi.house import MANY
from tests.rooms.training.runs import Made, evaluated, put

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 19, 12, 30, tzinfo=UTC)  # a Thursday
RELEASE = (
    "INSERT INTO releases (family, name, state, before, digest, created_by, created_at) VALUES ('learning', %s, %s, %s, 'd', 'admin', %s)"
)
LEARNED = "INSERT INTO learning_releases (release_id, cutoff, analyser, evidence, subjects) VALUES (%s, %s, 'a', 12, 4)"
LAST_WEEK, WEEK_BEFORE = NOW - timedelta(days=7), NOW - timedelta(days=14)


@pytest.fixture
def wheel(database: Database) -> Iterator[Database]:
    """One thing of each sort last week."""
    gap, subject, ticket, learned = uuid4(), uuid4(), uuid4(), uuid4()
    rows = [
        ("INSERT INTO subjects (subject_id) VALUES (%s)", (subject,)),
        ("INSERT INTO conversations (conversation_id, source, session_key, subject_id, started_at, last_at, created_at, turns)"
         " VALUES (%s, 'nova', 'k', %s, %s, %s, %s, 2)", (uuid4(), subject, LAST_WEEK, LAST_WEEK, LAST_WEEK)),
        ("INSERT INTO conversations (conversation_id, source, session_key, subject_id, started_at, last_at, created_at)"
         " VALUES (%s, 'nova', 'only agreed', %s, %s, %s, %s)", (uuid4(), subject, LAST_WEEK, LAST_WEEK, LAST_WEEK)),
        ("INSERT INTO intake_refusals VALUES (%s, 'nova', 'no_consent', 7)", (LAST_WEEK.date(),)),
        ("INSERT INTO knowledge_gaps (gap_id, signature, terms, first_at, last_at, created_at) VALUES (%s, 's', '{}', %s, %s, %s)",
         (gap, LAST_WEEK, LAST_WEEK, LAST_WEEK)),
        ("INSERT INTO alert_episodes (episode_id, rule, kpi, worst, opened_at)"
         " VALUES (%s, 'zitate|niedrig', 'cited_share', 'critical', %s)",
         (uuid4(), LAST_WEEK)),
        ("INSERT INTO tickets (ticket_id, kind, owner, title, opened_by, gap_id, opened_at, changed_at)"
         " VALUES (%s, 'knowledge', 'lumina', 'GEHEIMER TITEL', 'chronos', %s, %s, %s)", (ticket, gap, LAST_WEEK, LAST_WEEK)),
        (RELEASE, (str(learned), "live", None, LAST_WEEK)),
        (LEARNED, (learned, LAST_WEEK)),
        ("INSERT INTO erasures (erasure_id, subject_id, asked_at, done_at) VALUES (%s, %s, %s, %s)",
         (uuid4(), uuid4(), LAST_WEEK, LAST_WEEK)),
    ]  # fmt: skip
    with database.transaction() as conn:
        for sql, values in rows:
            conn.execute(sql, values)
        hours = [(WEEK_BEFORE, 0.5), (LAST_WEEK, 0.95)]
        for moment, share in hours:
            hour = moment.replace(minute=0)
            cases = [
                store.HourRow(kpi, "", hour, 400, total, total, people=MANY)
                for kpi, total in (("cited_share", 400 * share), ("answers", 400.0))
            ]
            store.put_hours(conn, hour, hour + timedelta(hours=1), cases)
    yield database
    with database.transaction() as conn:
        for table in (
            "tickets",
            "knowledge_gaps",
            "alert_episodes",
            "learning_releases",
            "releases",
            "erasures",
            "conversations",
            "subjects",
        ):
            conn.execute(f"DELETE FROM {table}")
        conn.execute("DELETE FROM intake_refusals")
        conn.execute("DELETE FROM kpi_hours")


def counted(database: Database) -> dict[str, int]:
    """What was done last week."""
    return dict(report(database).weeks[1].counts)


def test_consents_are_what_people_said_anew(database: Database) -> None:
    everyone = [uuid4() for _ in MANY]
    said = [
        (0, {"service": True, "analytics": True, "training": False}),  # one consent; what was never given is not withdrawn
        (1, {"service": True, "analytics": True, "training": False}),  # the same again, as every session brings it along
        (2, {"analytics": False}),
        (3, {"analytics": True, "training": True}),
    ]
    with database.transaction() as conn:
        for subject in everyone:
            conn.execute("INSERT INTO subjects (subject_id) VALUES (%s)", (subject,))
        for subject, (hour, purposes) in product(everyone, said):
            for purpose, given in purposes.items():
                at = LAST_WEEK + timedelta(hours=hour)
                conn.execute(
                    "INSERT INTO consents (consent_id, subject_id, purpose, given, version, text_sha256, source, at, recorded_at)"
                    " VALUES (%s, %s, %s, %s, 'v1', 'x', 'web', %s, %s)",
                    (uuid4(), subject, purpose, given, at, at),
                )
    found = counted(database)
    database.execute("DELETE FROM consents WHERE subject_id = %s", (everyone[0],))
    fewer = counted(database)
    database.execute("DELETE FROM consents WHERE subject_id = ANY (%s)", (everyone,))
    database.execute("DELETE FROM subjects WHERE subject_id = ANY (%s)", (everyone,))
    assert (found["consents_given"], found["consents_withdrawn"]) == (10, 5)
    assert not {"consents_given", "consents_withdrawn"} & set(fewer)  # of four people nobody is told


def test_a_release_that_is_taken_back_is_one_and_taking_back_is_not_learning(database: Database) -> None:
    learned, without = uuid4(), uuid4()
    topics = [(uuid4(), learned, "topic", LAST_WEEK + timedelta(hours=2)) for _ in range(3)]
    alone = (uuid4(), learned, "topic", LAST_WEEK + timedelta(hours=1))
    rows = [(learned, learned, "release", LAST_WEEK + timedelta(hours=2)), *topics, alone]
    with database.transaction() as conn:
        for release, before in ((learned, None), (without, learned)):
            conn.execute(RELEASE, (str(release), "withdrawn", before and str(before), LAST_WEEK))
            conn.execute(LEARNED, (release, LAST_WEEK))
        for entry, release, kind, ended in rows:
            conn.execute(
                "INSERT INTO learning_entries (entry_id, release_id, kind, state, evidence, subjects, started_by, at, ended_at)"
                " VALUES (%s, %s, %s, 'undone', 1, 3, 'admin', %s, %s)",
                (entry, release, kind, LAST_WEEK, ended),
            )
        conn.execute(
            "INSERT INTO learning_entries (entry_id, release_id, kind, state, evidence, subjects, facts, started_by, at)"
            " VALUES (%s, %s, 'release', 'former', 1, 3, jsonb_build_object('undo_of', %s::text), 'admin', %s)",
            (without, without, str(alone[0]), LAST_WEEK),
        )
    found = counted(database)
    database.execute("DELETE FROM learning_releases")
    database.execute("DELETE FROM releases")
    assert (found["learned"], found["learning_undone"]) == (1, 2)


def test_an_alert_that_eased_is_a_warning(wheel: Database) -> None:
    wheel.execute(
        "INSERT INTO alert_states (rule, state, level, episode_id, evaluated_at)"
        " SELECT rule, 'warn', 'warn', episode_id, now() FROM alert_episodes"
    )
    standing, lines = report(wheel).standing, short(summed(wheel))
    with wheel.transaction() as conn:
        gauges = reports.by_state(conn)["alert"]
    text = page(report(wheel))
    wheel.execute("DELETE FROM alert_states")
    assert (standing["alerts_critical"], standing["alerts_warn"], gauges) == (0, 1, {"warn": 1})
    assert "| Warnung |" in text and "kritisch |" not in text.split("## Offene Alarme")[1].split("##")[0]
    assert "Kritischer Alarm" not in lines[-1]


def report(database: Database, weeks: int = 3) -> Progress:
    with database.transaction() as conn:
        return progress(conn, NOW, weeks)


def summed(database: Database) -> Summary:
    with database.transaction() as conn:
        return summary(conn, NOW)


def test_what_was_done_stands_in_its_week_and_in_no_other(wheel: Database) -> None:
    running, last, before = report(wheel).weeks
    expected = dict.fromkeys(DONE, 0) | {
        "intake_refused": 7, "alerts_opened": 1, "alerts_critical": 1, "tickets_opened": 1, "learned": 1,
    }  # fmt: skip
    few = {"conversations", "erasures"}  # of one person each: nobody is told
    assert dict(last.counts) == {name: number for name, number in expected.items() if name not in few}
    assert set(running.counts.values()) == set(before.counts.values()) == {0}
    assert [week.label for week in (running, last, before)] == ["2026-W47", "2026-W46", "2026-W45"]
    assert [week.complete for week in (running, last, before)] == [False, True, True]


def test_failed_jobs_that_nobody_knows_any_more_are_not_called_none(database: Database) -> None:
    assert JOBS_KEPT == KEEP_ENDED
    found = report(database, 8)
    assert ["jobs_failed" in week.counts for week in found.weeks] == [True] * 4 + [False] * 4
    line = next(line for line in page(found).splitlines() if line.startswith("| Aufträge gescheitert"))
    assert line == "| Aufträge gescheitert | 0 | 0 | 0 | 0 | – | – | – | – |"


def test_how_things_stand_does_not_hang_on_the_weeks(wheel: Database) -> None:
    found = report(wheel, 1).standing
    assert {name for name, number in found.items() if number} == {
        "alerts_critical",
        "tickets_open",
        "learning_live",
    }
    assert set(found) == set(STANDING) - {"conversations"}  # of one person


def test_a_clear_change_is_a_trend_and_the_page_says_it(wheel: Database) -> None:
    found = report(wheel)
    line = next(line for line in found.weeks[1].lines if line.kpi.name == "cited_share")
    assert (line.trend, line.measured.n) == ("better", 400)
    text = page(found)
    assert "| Zitatabdeckung | – | 95,0 % (400) | 50,0 % (400) | besser |" in text
    assert "| Antworten | 0 | 400 | 400 | gleich |" in text
    assert "zitate\\|niedrig" in text
    assert "| 2026-W47\\* |" in text.replace("|  |", "|")
    assert "GEHEIMER TITEL" not in text


def test_the_summary_says_what_to_do_first(wheel: Database) -> None:
    lines = short(summed(wheel))
    assert lines[-1].startswith("Nächstes   Kritischer Alarm: zitate|niedrig.")
    wheel.execute("DELETE FROM alert_episodes")
    assert "1 Ticket(s) warten" in short(summed(wheel))[-1]
    wheel.execute("DELETE FROM tickets")
    assert short(summed(wheel))[-1] == "Nächstes   Nichts zu tun."
    assert any("Zitatabdeckung: 95,0 % (400 Fälle), besser" in line for line in lines)


def test_the_summary_counts_what_fired_in_the_hour_that_runs(wheel: Database) -> None:
    wheel.execute("DELETE FROM alert_episodes")
    before = summed(wheel).counts["alerts_opened"]
    wheel.execute(
        "INSERT INTO alert_episodes (episode_id, rule, kpi, worst, opened_at) VALUES (%s, 'eben', 'weak_share', 'critical', %s)",
        [uuid4(), NOW - timedelta(minutes=1)],
    )
    found = summed(wheel)
    assert (before, found.counts["alerts_opened"]) == (0, 1) and found.to <= NOW - timedelta(minutes=1)
    assert short(found)[0].startswith("Sieben Tage bis 19.11.2026, 13:30") and short(found)[0].endswith("vollen Stunde, 13:00")


def test_an_alert_from_long_ago_that_is_still_on_stands_beside_what_fired(wheel: Database) -> None:
    wheel.execute("UPDATE alert_episodes SET opened_at = %s, ended_at = NULL", [NOW - timedelta(days=30)])
    (line,) = [line for line in short(summed(wheel)) if line.startswith("Alarme")]
    assert line == "Alarme     0 ausgelöst; es stehen an: 1 kritisch, 0 zur Warnung"


def test_an_empty_wheel_reports_nothing_and_breaks_nothing(database: Database) -> None:
    text = page(report(database, 1))
    assert "## Offene Alarme\n\nKeine." in text
    assert short(summed(database))[-1] == "Nächstes   Nichts zu tun."


@pytest.mark.parametrize(
    ("name", "before", "after", "expected"),
    [
        ("cited_share", Estimate(0.5, 100, 0.4, 0.6), Estimate(0.7, 100, 0.61, 0.8), "better"),
        ("cited_share", Estimate(0.5, 100, 0.4, 0.6), Estimate(0.7, 100, 0.59, 0.8), "steady"),
        ("refused_share", Estimate(0.1, 100, 0.05, 0.15), Estimate(0.3, 100, 0.2, 0.4), "worse"),
        ("refused_share", Estimate(None, 0), Estimate(0.3, 100, 0.2, 0.4), "unknown"),
        ("cost_eur", Estimate(100.0, 9), Estimate(105.0, 9), "steady"),
        ("cost_eur", Estimate(100.0, 9), Estimate(150.0, 9), "worse"),
        ("cost_eur", Estimate(0.0, 0), Estimate(0.0, 0), "unknown"),
        ("answers", Estimate(0, 0, 0.0, 3.7), Estimate(400, 9, 350.0, 450.0), "better"),
    ],
)
def test_a_trend_is_said_only_where_bounds_lie_apart(name: str, before: Estimate, after: Estimate, expected: str) -> None:
    assert trend(KPIS[name], before, after) == expected


def test_counts_of_a_week_that_still_runs_are_not_compared() -> None:
    assert trend(KPIS["answers"], Estimate(400, 9, 350, 450), Estimate(10, 9, 5, 18), alike=False) == "unknown"


@pytest.mark.parametrize("now", [datetime(2026, 10, 26, 0, 0, tzinfo=BERLIN), datetime(2026, 10, 25, 23, 30, tzinfo=UTC), NOW])
def test_weeks_begin_on_monday_midnight_also_where_the_clocks_change(now: datetime) -> None:
    starts = week_starts(now, 3)
    assert all((start.weekday(), start.hour) == (0, 0) for start in starts)
    assert starts[-1] <= now < starts[-1] + timedelta(days=7)
    assert [(later.date() - earlier.date()).days for earlier, later in pairwise(starts)] == [7, 7]


def test_figures_are_written_as_people_read_them() -> None:
    assert written(KPIS["latency_p95_ms"], 12345.6) == "12.346 ms"
    assert written(KPIS["useful_share"], 0.8766) == "87,7 %"
    assert written(KPIS["cost_eur"], 1.5) == "1,50 EUR"
    assert written(KPIS["sentiment"], None) == "–"
    assert whole(1234567) == "1.234.567"


def test_a_tuned_model_stands_there_with_what_it_taught(database: Database) -> None:
    made, at = Made.good("sophia-finetune-gut"), NOW + timedelta(minutes=1)
    put(database, made)
    told = evaluated(database, made.name, at=NOW)
    lesson = " ".join(gate["reason"] for gate in told["gates"] if not gate["passed"]) or "Wartet auf zwei Schlüssel."
    with database.transaction() as conn:
        found, lines = progress(conn, at, 2), short(summary(conn, at))
        releases.add(conn, "adapter", made.name, "u:emil", NOW, digest="d" * 64)
        releases.go_live(conn, "adapter", made.name, {}, "u:emil", NOW)
        releases.step_back(conn, "adapter", "u:emil", NOW)
        after, month_later = page(progress(conn, at, 2)), progress(conn, NOW + timedelta(days=40), 2)
    assert [one["name"] for one in found.tuned] == [made.name] and lesson in page(found)
    assert [line for line in lines if line.startswith("Modelle ")] == [
        f"Modelle    1 beurteilt, {int(told['passed'])} bestanden; {made.name} diente nie: {lesson}"
    ]
    assert "zurückgenommen" in after and month_later.tuned == ()
