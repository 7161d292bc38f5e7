"""Hours of figures: what counts, what must not be looked at, that the same rows always give the same figures, and windows over them."""

from datetime import date, timedelta

import pytest
from psycopg.types.json import Jsonb

from nova.flows.chats import _without_places
from nova.kpi.measure import figures as kpi
from nova.kpi.measure.estimate import Estimate
from nova.kpi.measure.figures import days, measure, stale, window
from nova.kpi.measure.groundedness import Grounds
from nova.kpi.measure.hour import Gauge, Prices
from nova.kpi.measure.lately import Lately, lately
from nova.kpi.measure.registry import KPIS
from nova.language.analyser import Analyser
from nova.store.postgres.db import Database
from tests.rooms.kpi.house import MONDAY, SECTION, Said, answer, conversation, document, judge, subject, wipe

HOUR = timedelta(hours=1)
FIRST = "Die Kündigungsfrist beträgt zwei Wochen zum Monatsende."


@pytest.fixture(autouse=True)
def _clean(database: Database) -> None:
    wipe(database)


def seen(db: Database, name: str, segment: str = "", hours: int = 1) -> Estimate:
    with db.transaction() as conn:
        return window(conn, KPIS[name], MONDAY, MONDAY + hours * HOUR, segment)


def stored(db: Database) -> list[dict[str, object]]:
    return db.fetch_all("SELECT * FROM kpi_hours ORDER BY kpi, segment, starts")


def test_citations_count_when_they_stand_word_for_word_in_the_version(database: Database) -> None:
    source = document(database)
    good, forged = Said(FIRST, FIRST), Said("Sie beträgt drei Monate.", "Sie beträgt drei Monate.")
    answer(database, MONDAY, "Wie lange?", [good, forged, Said("Das steht nirgends.", checked=False)], source)
    answer(database, MONDAY, "Was?", [Said("Dazu steht nichts in Ihren Unterlagen.")], status="refused")
    measure(database, MONDAY, MONDAY + HOUR)
    assert (seen(database, "cited_share").value, seen(database, "cited_share").n) == (pytest.approx(1 / 3), 3)
    assert (seen(database, "valid_citations").value, seen(database, "valid_citations").n) == (0.5, 2)
    assert (seen(database, "refused_share").value, seen(database, "refused_share").n) == (0.5, 2)
    assert seen(database, "cited_share", "kind:document").n == 3


def test_a_sentence_is_grounded_as_far_as_its_sources_say_it_and_not_at_all_when_a_number_differs(database: Database) -> None:
    source = document(database)
    answer(database, MONDAY, "?", [Said(FIRST, FIRST)], source)
    measure(database, MONDAY, MONDAY + HOUR)
    assert seen(database, "groundedness").value == 1.0
    answer(database, MONDAY, "?", [Said("Die Kündigungsfrist beträgt drei Wochen zum Monatsende.", FIRST)], source)
    measure(database, MONDAY, MONDAY + HOUR)
    few = seen(database, "groundedness")
    assert (few.value, few.n, few.low, few.high) == (0.5, 2, 0, 1)  # two values tell next to nothing, and never less than that
    answer(database, MONDAY, "?", [Said("Die Kündigungsfrist gilt Elefanten.", FIRST)], source)
    measure(database, MONDAY, MONDAY + HOUR)
    assert seen(database, "groundedness").value == pytest.approx((1 + 0 + 0.5) / 3, abs=0.2)


def test_words_are_looked_at_only_with_consent_and_numbers_always(database: Database) -> None:
    source = document(database)
    answer(database, MONDAY, "Das ist Abzocke?", [Said(FIRST, FIRST)], source, purposes=("service",), ms=250.0)
    conversation(database, MONDAY, ["Unfassbar, ich bin stinksauer."], subject(database), purposes=("service",))
    measure(database, MONDAY, MONDAY + HOUR)
    assert seen(database, "answers").value == 1
    assert seen(database, "cited_share").value == 1.0
    assert seen(database, "latency_p50_ms").value == pytest.approx(250, rel=0.1)
    for name in ("groundedness", "sentiment", "negative_share", "unknown_share", "rephrased_share", "repeat_contact"):
        assert seen(database, name) == Estimate(None, 0), name


def test_measuring_again_changes_nothing_and_an_erasure_is_as_if_nobody_had_been_there(database: Database) -> None:
    source, anna, otto = document(database), subject(database), subject(database)
    answer(database, MONDAY, "Wie lange ist die Frist?", [Said(FIRST, FIRST)], source, subject_id=anna)
    conversation(database, MONDAY, ["Danke, sehr hilfreich!"], anna)
    measure(database, MONDAY, MONDAY + HOUR)
    without = stored(database)
    answer(database, MONDAY, "Was kostet das?", status="refused", subject_id=otto)
    conversation(database, MONDAY, ["Ich bin stinksauer."], otto)
    assert stale(database, MONDAY, MONDAY + HOUR) == [MONDAY]
    measure(database, MONDAY, MONDAY + HOUR)
    both = stored(database)
    measure(database, MONDAY, MONDAY + HOUR)
    assert stored(database) == both != without
    assert stale(database, MONDAY, MONDAY + HOUR) == []
    database.execute("DELETE FROM answers WHERE subject_id = %s", [otto])
    database.execute("DELETE FROM subjects WHERE subject_id = %s", [otto])
    assert stale(database, MONDAY, MONDAY + HOUR) == [MONDAY]
    measure(database, MONDAY, MONDAY + HOUR)
    assert stored(database) == without


def test_a_withdrawal_makes_the_hour_stale(database: Database) -> None:
    answer(database, MONDAY, "Das ist Abzocke!", subject_id=subject(database))
    measure(database, MONDAY, MONDAY + HOUR)
    assert seen(database, "negative_share").n == 1
    database.execute("UPDATE answers SET purposes = '{service}'")
    assert stale(database, MONDAY, MONDAY + HOUR) == [MONDAY]
    measure(database, MONDAY, MONDAY + HOUR)
    assert seen(database, "negative_share").n == 0


def test_rephrasings_and_contacts_that_come_back(database: Database) -> None:
    anna, otto = subject(database), subject(database)
    ask = "Wie hoch ist die Einspeisevergütung für meine Photovoltaikanlage?"
    conversation(database, MONDAY - timedelta(days=3), [ask], anna)
    conversation(database, MONDAY, [ask, "Wie viel Einspeisevergütung bringt die Photovoltaikanlage?", "Wann kommt der Techniker?"], anna)
    conversation(database, MONDAY, ["Wann wird der Zähler abgelesen?", "Ich meinte den Gaszähler."], otto)
    conversation(database, MONDAY, [ask, "Und wie hoch ist die Einspeisevergütung für eine Photovoltaikanlage ab Mai?"], otto)
    measure(database, MONDAY, MONDAY + HOUR)
    assert (seen(database, "rephrased_share").value, seen(database, "rephrased_share").n) == (pytest.approx(2 / 7), 7)
    again = seen(database, "repeat_contact")
    assert (again.value, again.n) == (0.5, 2)
    assert seen(database, "repeat_contact", "source:sophia").n == 2


def test_a_contact_after_more_than_a_week_is_a_new_one(database: Database) -> None:
    anna, ask = subject(database), "Wie hoch ist die Einspeisevergütung für meine Photovoltaikanlage?"
    conversation(database, MONDAY - timedelta(days=7, minutes=1), [ask], anna)
    conversation(database, MONDAY, [ask], anna)
    measure(database, MONDAY, MONDAY + HOUR)
    assert seen(database, "repeat_contact").value == 0


def test_judgements_reading_times_events_and_what_was_not_stored(database: Database) -> None:
    strong = answer(database, MONDAY, "Eins?", margin=2.0, ms=100)
    for useful, reason in ((True, None), (False, "falsch"), (False, "ton")):
        judge(database, MONDAY + timedelta(minutes=5), strong, useful, reason)
    database.execute("INSERT INTO events (event_id, ts, type, dwell_ms) VALUES (gen_random_uuid(), %s, 'view', 90000000)", [MONDAY])
    database.execute("INSERT INTO events (event_id, ts, type) VALUES (gen_random_uuid(), %s, 'view')", [MONDAY])  # nobody measured how long
    database.execute("INSERT INTO intake_refusals VALUES ('2026-03-02', 'sophia', 'no_consent', 7)")
    database.execute("INSERT INTO intake_refusals VALUES ('2026-03-02', 'hook', 'bad_signature', 900)")
    measure(database, MONDAY - timedelta(hours=10), MONDAY + HOUR)
    useful = seen(database, "useful_share")
    assert (useful.n, useful.value) == (3, pytest.approx(1 / 3))
    assert useful.low == pytest.approx(0.0615, abs=1e-3) and useful.high == pytest.approx(0.7923, abs=1e-3)
    assert seen(database, "gap_questions").value == 1
    assert seen(database, "dwell_s").value == pytest.approx((3 * 4 + 1800) / 4)
    assert seen(database, "events", "type:view").value == 2
    with database.transaction() as conn:
        assert window(conn, KPIS["intake_refused"], MONDAY - timedelta(days=1), MONDAY, "reason:no_consent").value == 7
        assert window(conn, KPIS["intake_refused"], MONDAY - timedelta(days=1), MONDAY).value == 7


def test_costs_follow_the_configured_prices(database: Database) -> None:
    answer(database, MONDAY, "x" * 500, [Said("y" * 2000)], model="sophia", ms=3_600_000.0)
    measure(database, MONDAY, MONDAY + HOUR)
    assert seen(database, "cost_eur").value == 0
    measure(database, MONDAY, MONDAY + HOUR, Gauge(Prices(tokens=2.0, cpu=0.5)))
    assert seen(database, "cost_eur").value == pytest.approx(0.5 + (500 + 2001 + 1000) / 3.5 / 1e6 * 2.0, abs=1e-9)


def test_percentiles_come_from_histograms_over_any_window(database: Database) -> None:
    for at in range(200):
        answer(database, MONDAY + (at % 2) * HOUR, "?", ms=10.0 * (at + 1))
    measure(database, MONDAY, MONDAY + 2 * HOUR)
    middle, tail = seen(database, "latency_p50_ms", hours=2), seen(database, "latency_p95_ms", hours=2)
    assert middle.value == pytest.approx(1000, rel=0.05) and tail.value == pytest.approx(1900, rel=0.05)
    assert middle.low is not None and middle.high is not None and middle.low < 1000 < middle.high


def test_days_are_those_of_berlin(database: Database) -> None:
    late = MONDAY.replace(hour=23, minute=30)  # half past midnight in Berlin
    answer(database, MONDAY, "?")
    answer(database, late, "?", status="refused")
    measure(database, MONDAY, MONDAY + timedelta(days=1))
    with database.transaction() as conn:
        found = days(conn, KPIS["refused_share"], MONDAY, MONDAY + timedelta(days=1))
    assert [(day.day, day.value, day.n) for day in found] == [(date(2026, 3, 2), 0.0, 1), (date(2026, 3, 3), 1.0, 1)]


def test_whole_hours_are_measured_and_stopping_keeps_what_is_done(database: Database) -> None:
    answer(database, MONDAY + timedelta(minutes=59), "?")

    def stop(done: int, total: int) -> None:
        assert total == 3
        if done == 2:
            raise KeyboardInterrupt

    hours = kpi.hours_between(MONDAY + timedelta(minutes=30), MONDAY + timedelta(hours=2, minutes=1))
    assert hours == [MONDAY, MONDAY + HOUR, MONDAY + 2 * HOUR]
    with pytest.raises(KeyboardInterrupt):
        kpi.measure_hours(database, hours, None, stop)
    assert seen(database, "answers").value == 1
    assert stale(database, MONDAY, MONDAY + 3 * HOUR) == [MONDAY + 2 * HOUR]


def test_a_document_that_is_gone_leaves_no_valid_citation(database: Database) -> None:
    source = document(database, SECTION)
    answer(database, MONDAY, "?", [Said(FIRST, FIRST)], source)
    database.execute("DELETE FROM items")
    measure(database, MONDAY, MONDAY + HOUR)
    assert seen(database, "valid_citations").value == 0


def test_questions_lately_are_the_same_measured_or_not(database: Database) -> None:
    now = MONDAY + timedelta(minutes=30)
    for hours in (0, 1, 5, 8, 9, 10, 24, 100, 166, 169, 300):
        told = {"status": "refused" if hours in (5, 100) else "answered", "ms": 100.0 + hours, "subject_id": subject(database)}
        answer(database, now - timedelta(hours=hours, minutes=1), "?", **told)

    def seen() -> Lately:
        with database.transaction() as conn:
            return lately(conn, now)

    plain = seen()
    assert (plain.today, plain.week, plain.answered_share) == (6, 9, pytest.approx(7 / 9))
    assert plain.p50 == pytest.approx(110, rel=0.1) and plain.p95 == pytest.approx(265, rel=0.1)
    measure(database, now - timedelta(days=8), now)
    assert seen() == plain
    answer(database, now - timedelta(minutes=5), "?", ms=100.0)
    assert (seen().today, seen().week) == (7, 10)
    measure(database, now - timedelta(days=8), now - timedelta(hours=3))
    assert (seen().today, seen().week) == (7, 10)


@pytest.mark.parametrize(
    ("said", "source", "score"),
    [
        ("Der Betrag ist 1.000 Euro.", "Der Betrag ist 1000 Euro.", 1.0),
        ("Der Betrag ist 1,000 Euro.", "Der Betrag ist 1.000 Euro.", 0.0),
        ("Der Verbrauch ist 1.000,50 kWh.", "Der Verbrauch ist 1000,5 kWh.", 1.0),
        ("Das sind 100.000 Haushalte.", "Das sind hunderttausend Haushalte.", 1.0),
        ("Nach § 14 gilt der Tarif.", "Nach § 14a gilt der Tarif.", 0.0),
        ("Nach § 19 gilt der Tarif.", "Nach §§ 14a und 19 gilt der Tarif.", 1.0),
        ("Die Frist beträgt 2 bis 5 Wochen.", "Die Frist beträgt 2–4 Wochen.", 0.0),
        ("Die Frist endet am 30.04.2023.", "Die Frist endet am 30. April 2022.", 0.0),
        ("Der Preis beträgt 30 ct/kWh.", "Der Preis beträgt 30 Cent je Kilowattstunde.", 1.0),
        ("Der Preis beträgt 30 ct/kWh.", "Der Preis beträgt 30 % je Kilowattstunde.", 0.0),
        ("Der Zins beträgt 5 Prozentpunkte.", "Der Zins beträgt 5 Prozent.", 0.0),
        ("Die Frist beträgt höchstens vier Wochen.", "Die Frist beträgt mindestens 4 Wochen.", 0.0),
    ],
)
def test_a_number_is_the_same_however_it_is_written_and_no_other(said: str, source: str, score: float) -> None:
    assert Grounds(Analyser.builtin()).score(said, [], [source]) == score


def test_sentences_count_also_where_no_word_of_them_is_kept(database: Database) -> None:
    source = document(database)
    one = answer(database, MONDAY, "?", [Said("Zwei Wochen.", "zwei Wochen"), Said("Und mehr.", checked=False)], source, purposes=())
    row = database.fetch_one("SELECT retrieval FROM answers WHERE answer_id = %s", [one])
    assert row is not None
    kept = _without_places(row["retrieval"])
    assert [spot[:2] for spot in kept["said"]] == [[0, 0], [0, 0]] and "said" not in _without_places({"margin": 1.2})
    database.execute("UPDATE answers SET question = '', answer = '', retrieval = %s WHERE answer_id = %s", [Jsonb(kept), one])
    measure(database, MONDAY, MONDAY + HOUR)
    found = seen(database, "cited_share")
    assert (found.value, found.n, seen(database, "groundedness").n) == (0.5, 2, 0)


def test_answers_and_the_tone_after_them_are_told_by_who_was_to_write(database: Database) -> None:
    talk = conversation(database, MONDAY, ["Wann endet der Vertrag?", "Das ist eine Frechheit, völlig unbrauchbar!"])
    answer(database, MONDAY + timedelta(seconds=20), "Eins?", conversation_id=talk, model="lauf-1", retrieval={"pen": "lauf-1"})
    answer(database, MONDAY, "Zwei?", retrieval={"pen": "lauf-1", "fell_back": 1})
    composed = answer(database, MONDAY, "Drei?", retrieval={"pen": ""})
    judge(database, MONDAY + timedelta(minutes=5), composed, useful=True)
    answer(database, MONDAY, "Vier?")
    measure(database, MONDAY, MONDAY + HOUR)
    assert [seen(database, "answers", one).value for one in ("", "pen:lauf-1", "pen:composer", "model:lauf-1")] == [4, 2, 1, 1]
    fell = seen(database, "fell_back_share")
    assert (fell.value, fell.n, seen(database, "fell_back_share", "pen:lauf-1").n) == (0.5, 2, 2)
    assert (seen(database, "useful_share", "pen:composer").n, seen(database, "useful_share", "pen:lauf-1").n) == (1, 0)
    tone = seen(database, "negative_share", "pen:lauf-1")
    assert (tone.value, tone.n) == (1.0, 1)
