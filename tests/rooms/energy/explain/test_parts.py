"""Questions of several parts, meters or periods, ranks and stretches of hours, answered from the database; numpy says the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import numpy as np
import pytest

from nova.energy.calendar import local_days
from nova.energy.explain.answer_source import AnswerSource
from nova.energy.explain.facts import holds
from nova.energy.explain.tool import respond, unproven
from nova.energy.explain.tools import TOOLS
from nova.energy.period import iso
from nova.energy.stored import StoredSource
from nova.german import BERLIN
from nova.records import DataAnswer
from nova.store.postgres.db import Database
from nova.store.series import batches, forecasts, meters, prices, readings, signals
from nova.visibility import Visible
from tests.rooms.energy.explain.planted import Case, cases

pytestmark = pytest.mark.slow

HOUSE, SHOP = "M-1", "M-2"
ASKED = (
    "Wie hoch war der Verbrauch des Haus am Anger gestern und wann war die Spitze?",
    "Verbrauch, Kosten und Grundlast von Haus am Anger letzte Woche?",
    "Vergleiche gestern und vorgestern bei Haus am Anger",
    "Vergleiche Haus am Anger und Laden am Markt in der letzten Woche",
    "Wer hat gestern mehr verbraucht, Haus am Anger oder Laden am Markt?",
    "An welchem Tag hat Haus am Anger in den letzten 14 Tagen am meisten verbraucht?",
    "In welcher Stunde hat M-1 gestern am wenigsten verbraucht?",
    "Was waren die drei teuersten Stunden gestern?",
    "Welcher Tag war letzte Woche an der Börse am günstigsten?",
    "Wie viel haben alle Zähler gestern zusammen verbraucht?",
    "Wann war die gemeinsame Lastspitze von Haus am Anger und Laden am Markt letzte Woche?",
    "Was haben alle Zähler zusammen letzte Woche gekostet?",
    "Welcher Zähler hat letzte Woche am meisten verbraucht?",
    "Wie groß war der Spread gestern?",
    "War der Strompreis letzte Woche höher als in der Woche davor?",
    "Wann war es gestern am günstigsten, das Auto vier Stunden zu laden?",
    "Wann sollte ich mein Auto laden?",
    "Was wird morgen erwartet?",
    "Wie viel wird Haus am Anger morgen verbrauchen?",
    "Wie hoch wird der Strompreis morgen?",
    "Wie viele Ersatzwerte gab es bei Haus am Angr letzte Woche?",
    "Wie viel CO2 hat Haus am Anger gestern verursacht?",
    "Warum war der Verbrauch von Haus am Anger gestern so hoch und was hat er gekostet?",
    "Verbraucht Haus am Anger an Wochenenden in den letzten 30 Tagen mehr als an Werktagen?",
    "Liegt die Spitze von Haus am Anger gestern über der Grenze nach § 14a EnWG?",
)  # fmt: skip


@cache
def case() -> Case:
    """A home with an event, under another meter's company."""
    (found,) = cases(7, ("event",))
    return found


@contextmanager
def kept(database: Database) -> Iterator[StoredSource]:
    """A source with two meters, prices, a forecast of both kinds and CO2, which is undone."""
    some = case()
    rows, now = some.kept.rows, int(some.now.timestamp())
    ts = np.arange(some.period.end, some.period.end + 3 * 86_400, 900, dtype=np.int64)
    wave = 2 + np.sin(2 * np.pi * np.arange(len(ts)) / 96)
    with database.transaction() as conn, conn.transaction(force_rollback=True):
        batch = batches.open(conn, batches.NewBatch("test", "test"))
        meters.save(conn, meters.Meter(HOUSE, title="Haus am Anger", kind="household"))
        meters.save(conn, meters.Meter(SHOP, title="Laden am Markt", kind="business"))
        readings.put(conn, [rows, replace(rows, meter_id=SHOP, consumption=rows.consumption[::-1].copy())], batch)
        prices.put(conn, [some.kept.market], batch)
        co2 = replace(some.kept.signals[0], signal="co2_g_kwh", zone="DE-LU", value=np.full(len(some.kept.signals[0].ts), 300.0))
        signals.put(conn, [*some.kept.signals, co2], batch)
        for target in (f"meter/{HOUSE}", "price/EPEX/DAY_AHEAD/DE-LU/900"):
            columns = (wave - 1, wave, wave + 1, wave, wave, wave)
            forecasts.put(conn, forecasts.Forecast(target, 900, ts, np.full(len(ts), now), *columns), None)
        yield StoredSource(conn, Visible(everyone=True, owner=uuid4()))


def told(source: StoredSource, question: str) -> DataAnswer:
    """The answer; every number in it is proven and comes out again."""
    answer = respond(source, question, case().now)
    assert answer is not None
    assert [unproven(one, answer.facts) for one in answer.sentences if unproven(one, answer.facts)] == []
    assert all(holds(source, fact) for fact in answer.facts)
    said = {fact_id for sentence in answer.sentences for fact_id in sentence.facts}
    assert sum(fact.fact_id not in said for fact in answer.facts) <= 1
    return answer


def test_every_question_is_answered_from_the_database(database: Database) -> None:
    with kept(database) as source:
        for question in ASKED:
            answer = told(source, question)
            assert answer.status == "answered", question
            assert all(sentence.facts for sentence in answer.sentences if not sentence.text.startswith(("Prüfen", "Klären", "Verlegen")))
            assert not any("T" in fact.text and "Z" in fact.text for fact in answer.facts)


def test_numbers_are_those_of_numpy(database: Database) -> None:
    rows, market = case().kept.rows, case().kept.market
    days = local_days(rows.ts)
    with kept(database) as source:
        top = told(source, "An welchem Tag hat Haus am Anger in den letzten 14 Tagen am meisten verbraucht?")
        last = np.unique(days)[-14:]
        sums = [float(np.nansum(rows.consumption[days == day])) / 4 for day in last]
        best = {fact.query["tool"]: fact for fact in top.facts}
        assert best["top_value"].value == pytest.approx(max(sums))
        assert best["top_time"].text == f"{last[int(np.argmax(sums))].astype(object):%d.%m.%Y}"
        both = told(source, "Wie viel haben alle Zähler gestern zusammen verbraucht?")
        yesterday = days == last[-1]
        mirrored = rows.consumption[::-1]
        energy = next(fact for fact in both.facts if fact.query["tool"] == "energy")
        assert energy.value == pytest.approx(float((rows.consumption[yesterday] + mirrored[yesterday]).sum()) / 4)
        peak = next(fact for fact in told(source, "Wie hoch war die gemeinsame Lastspitze aller Zähler gestern?").facts
                    if fact.query["tool"] == "peak")  # fmt: skip
        assert peak.value == pytest.approx(float((rows.consumption + mirrored)[yesterday].max()))
        assert energy.query["meters"] == [HOUSE, SHOP]
        rivals = told(source, "Vergleiche Haus am Anger und Laden am Markt gestern")
        change = next(fact for fact in rivals.facts if fact.query["tool"] == "difference")
        one, other = float(rows.consumption[yesterday].sum()) / 4, float(mirrored[yesterday].sum()) / 4
        assert change.value == pytest.approx(abs(one - other))
        cheap = told(source, "Wann war es gestern am günstigsten, das Auto vier Stunden zu laden?")
        price = market.price[local_days(market.ts) == last[-1]]
        means = np.convolve(price, np.ones(16) / 16, "valid")
        assert next(fact for fact in cheap.facts if fact.query["tool"] == "window_price").value == pytest.approx(float(means.min()))


def test_times_are_said_in_berlin(database: Database) -> None:
    with kept(database) as source:
        answer = told(source, "Wie hoch war der Verbrauch von Haus am Anger gestern und wann war die Spitze?")
    at = next(fact for fact in answer.facts if fact.query["tool"] == "peak_time")
    local = datetime.fromtimestamp(float(at.value or 0.0), UTC).astimezone(BERLIN)
    assert at.text == f"{local:%d.%m.%Y, %H:%M} Uhr"
    assert at.query["from"].endswith("Z")


def test_more_than_four_parts_are_said_to_be_too_many(database: Database) -> None:
    months = ", ".join(f"am {(case().now - timedelta(days=back)):%d.%m.%Y}" for back in range(1, 7))
    with kept(database) as source:
        answer = told(source, f"Wie hoch war der Verbrauch von M-1 {months}?")
    assert answer.sentences[-1].text.startswith("Das waren mehr Fragen")
    assert len([fact for fact in answer.facts if fact.query["tool"] == "energy"]) == 4


def test_one_part_without_data_leaves_the_other(database: Database) -> None:
    with kept(database) as source:
        answer = told(source, "Wie hoch war der Verbrauch von M-1 gestern und im Jahr 2019?")
    assert answer.status == "answered"
    assert [("keine Messwerte" in sentence.text) for sentence in answer.sentences if "2019" in sentence.text] == [True]


def test_a_sum_that_lacks_a_meter_is_not_told(database: Database) -> None:
    with kept(database) as source:
        meters.save(source._conn, meters.Meter("M-3", title="Neubau", kind="household"))
        answer = told(source, "Wie viel haben alle Zähler gestern zusammen verbraucht?")
        assert answer.status == "refused"
        assert answer.sentences[0].text.startswith("Nicht von allen")
        assert told(source, str(answer.next_question)).status == "answered"


def test_a_rule_is_looked_up_as_it_is_written(database: Database) -> None:
    with kept(database) as source:
        answer = told(source, "Liegt die Spitze von Haus am Anger gestern über der Grenze nach § 14a EnWG?")
    assert answer.terms == ("§ 14a EnWG liegt spitze grenze",)


def test_the_forecast_of_a_sum_is_never_that_of_prices(database: Database) -> None:
    question = "Wie viel werden alle Zähler morgen zusammen verbrauchen?"
    with kept(database) as source:
        assert told(source, question).status == "refused"
        one = forecasts.get(source._conn, f"meter/{HOUSE}", 0, 2**32)
        forecasts.put(source._conn, replace(one, target=f"meter/{SHOP}"), None)
        answer = told(source, question)
    (energy,) = answer.facts
    assert (energy.query["meters"], energy.unit) == ([HOUSE, SHOP], "kWh")
    assert energy.value == pytest.approx(2 * 48.0)


def test_a_meter_is_held_against_a_sum(database: Database) -> None:
    with kept(database) as source:
        answer = told(source, "Wie hoch war der Verbrauch von Haus am Anger gestern und wie hoch der Verbrauch aller Zähler im Vergleich?")
    change = next(fact for fact in answer.facts if fact.query["tool"] == "difference")
    assert change.query["other_meters"] == [HOUSE, SHOP]
    one, both = (fact.value for fact in answer.facts if fact.query["tool"] == "energy")
    assert change.value == pytest.approx(float(both or 0.0) - float(one or 0.0))


def test_what_is_unknown_of_the_other_period_is_said(database: Database) -> None:
    first = datetime.fromtimestamp(int(case().kept.rows.ts[0]), BERLIN)
    whole, partly = f"{first + timedelta(days=31):%m/%Y}", f"{first:%m/%Y}"
    with kept(database) as source:
        answer = told(source, f"Hat Haus am Anger {whole} mehr verbraucht als {partly}?")
        full = told(source, "Vergleiche gestern und vorgestern bei Haus am Anger")
    missing = [one.text for one in answer.sentences if one.text.startswith("Zum Vergleich fehlen")]
    assert len(missing) == (1 if first.day > 1 else 0)
    assert not any(one.text.startswith("Zum Vergleich fehlen") for one in full.sentences)


def test_what_a_period_cuts_off_is_not_ranked(database: Database) -> None:
    days = local_days(case().kept.rows.ts)
    last = days[-1].astype(object)
    with kept(database) as source:
        for back in (8, 9, 10):
            first = last - timedelta(days=back)
            within = f"vom {first:%d.%m.%Y} bis {last:%d.%m.%Y}"
            answer = told(source, f"In welcher Woche hat Haus am Anger {within} am wenigsten verbraucht?")
            if answer.status == "answered":
                at = next(fact for fact in answer.facts if fact.query["tool"] == "top_time")
                monday = datetime.fromtimestamp(float(at.value or 0.0), BERLIN).date()
                assert (monday.weekday(), monday >= first, monday + timedelta(days=6) <= last) == (0, True, True)
        noon = case().now.astimezone(BERLIN).replace(hour=12)
        today = respond(source, "An welchem Tag hat Haus am Anger seit vorgestern am wenigsten verbraucht?", noon - timedelta(days=1))
        assert today is not None
        assert f"{last:%d.%m.%Y}" not in next(fact for fact in today.facts if fact.query["tool"] == "top_time").text


def test_a_number_said_in_one_part_stays_though_another_drops_it(database: Database) -> None:
    with kept(database) as source:
        for number in range(3, 6):
            meters.save(source._conn, meters.Meter(f"M-{number}", title=f"Werk {number}", kind="business"))
            rows = case().kept.rows
            readings.put(source._conn, [replace(rows, meter_id=f"M-{number}", consumption=rows.consumption * number)], case_batch(source))
        answer = told(source, "Wie hoch war der Verbrauch von Haus am Anger gestern und welcher Zähler hat am meisten verbraucht?")
    assert answer.sentences[0].text.startswith("Der Verbrauch von Haus am Anger")


def case_batch(source: StoredSource) -> int:
    """A batch of its own in the source's transaction."""
    return batches.open(source._conn, batches.NewBatch("test", "test"))


def test_the_length_told_is_that_of_the_window() -> None:
    kept_hourly = replace(case().kept.market.product, seconds=3600)
    columns = {name: getattr(case().kept.market, name)[::4] for name in ("ts", "price", "volume", "quality")}
    market = replace(case().kept.market, product=kept_hourly, **columns)
    source = AnswerSource(cast(Any, SimpleNamespace(prices=lambda start, end: market)))
    query = {"from": iso(int(market.ts[0])), "to": iso(int(market.ts[-1]) + 3600)}
    for wanted, length in ((0.5, 0.5), (1.5, 1.5), (3.0, 3.0)):
        assert TOOLS["window_length"](source, {**query, "hours_long": wanted}).value == length


def test_the_past_is_told_as_past_and_without_advice(database: Database) -> None:
    with kept(database) as source:
        text = " ".join(one.text for one in told(source, "Wann war der Strom gestern am günstigsten?").sentences)
        assert "war der Strom" in text
        assert "Legen Sie" not in text
        none = told(source, "Wie viele negative Stunden gab es gestern?").sentences[0].text
        assert "nie negativ" in none or "negativ, an" in none
