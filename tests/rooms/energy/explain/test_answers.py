"""Answers in words: German numbers, only numbers of facts, and a refusal where there is nothing to say."""

from dataclasses import replace
from functools import cache
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.energy.explain.facts import holds
from nova.energy.explain.reasons import costs, reasons
from nova.energy.explain.tool import respond, unproven
from nova.energy.explain.words import CLOCK, TIME, invented, text_of
from nova.energy.tariff import NO_TERMS
from nova.records import DataFact
from nova.series import Signal
from tests.rooms.energy.explain.planted import METER, Case, cases

pytestmark = pytest.mark.slow

QUESTIONS = (
    "Wie viel Strom haben wir gestern verbraucht?",
    "Wie hoch war unser Verbrauch gestern zwischen 17 und 20 Uhr?",
    "Haben wir letzte Woche mehr verbraucht als in der Woche davor?",
    "Ist unser Verbrauch gestern ungewöhnlich hoch gewesen?",
    "Wann war unsere Lastspitze letzte Woche?",
    "Wie hoch war unser mittlerer Verbrauch gestern?",
    "Wie hoch war unsere Grundlast letzte Woche?",
    "Was hat unser Strom letzte Woche gekostet?",
    "Wie hoch war der Strompreis gestern?",
    "Wann war der Strom gestern am günstigsten?",
    "Wann war der Strom gestern am teuersten?",
    "Wie viele negative Stunden gab es in den letzten 14 Tagen?",
    "Was waren Base und Peak letzte Woche?",
    "Warum war der Strompreis gestern so hoch?",
    "Wie viel haben wir letzte Woche erzeugt?",
    "Wie viel haben wir letzte Woche eingespeist?",
    "Wie hoch war unser Eigenverbrauch letzte Woche?",
    "Wie autark waren wir letzte Woche?",
    "Fehlen Messwerte in unseren Daten von letzter Woche?",
    "Warum war unser Verbrauch gestern so hoch?",
    "Warum war unser Verbrauch gestern zwischen 17 und 20 Uhr so hoch?",
    "Warum war unser Verbrauch in den letzten 24 Stunden so hoch?",
    "Warum war unser Verbrauch nachts in den letzten 5 Tagen so hoch?",
    "Warum war unser Verbrauch in den letzten 20 Tagen so niedrig?",
    "Warum war unsere Lastspitze gestern so hoch?",
    "Warum waren unsere Stromkosten letzte Woche so hoch?",
    "Warum haben wir letzte Woche so wenig erzeugt?",
)
NEVER = ("Wie viele Benutzungsstunden hatten wir letzte Woche?", "Wie hoch war unser Verbrauch 2019?", "Wie hoch war der Strompreis 2019?")


@cache
def house(cause: str = "pv") -> Case:
    """A case with production of its own."""
    (case,) = cases(11, (cause,))
    return case


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_number_said_is_a_fact_that_comes_out_again(question: str) -> None:
    case = house()
    told = respond(case.kept, question, case.now)
    assert told is not None
    assert told.status == "answered"
    assert told.sentences
    assert [unproven(sentence, told.facts) for sentence in told.sentences if unproven(sentence, told.facts)] == []
    assert all(holds(case.kept, fact) for fact in told.facts)
    assert all(fact.chart is None or len(fact.chart["ts"]) <= 200 for fact in told.facts)
    assert sum(not sentence.facts for sentence in told.sentences) <= 1
    assert told.next_question is None or respond(case.kept, told.next_question, case.now) is not None


@pytest.mark.parametrize("question", NEVER)
def test_without_data_there_is_a_refusal_and_no_number(question: str) -> None:
    case = house()
    told = respond(case.kept, question, case.now)
    assert told is not None
    assert (told.status, len(told.sentences)) == ("refused", 1)
    assert [unproven(sentence, told.facts) for sentence in told.sentences] == [[]]


def test_shares_add_up_to_the_whole() -> None:
    for cause in ("pv", "event", "price"):
        case = house(cause)
        found = reasons(case.kept, METER, "import" if cause == "pv" else "consumption", case.period)
        assert found is not None
        assert sum(one.kwh for one in found.attribution.causes) == pytest.approx(found.attribution.excess)
        spent = costs(case.kept, found, case.period, NO_TERMS)
        assert spent is not None
        assert spent.price + sum(spent.causes.values()) == pytest.approx(spent.actual - spent.expected)


def test_a_price_is_explained_by_what_wind_and_sun_leave() -> None:
    case = house("event")
    market = case.kept.market
    left = np.where(market.ts >= case.period.start, 52_345.0, 31_000.0)
    load = Signal("residual_load_mw", "DE-LU", 900, market.ts, left, np.zeros(len(left), np.uint8))
    told = respond(replace(case.kept, signals=(*case.kept.signals, load)), "Warum war der Strompreis gestern so hoch?", case.now)
    assert told is not None
    said = next(sentence for sentence in told.sentences if "Wind und Sonne" in sentence.text)
    assert "mehr Last übrig als davor, im Mittel 52.345 MW statt " in said.text
    assert unproven(said, told.facts) == []


def test_what_is_expected_does_not_look_ahead() -> None:
    case = house("event")
    rows = case.kept.rows
    wild = np.where(rows.ts >= case.period.start, 50.0, rows.consumption)
    after = replace(case.kept, rows=replace(rows, consumption=wild))
    one, other = (reasons(kept, METER, "consumption", case.period) for kept in (case.kept, after))
    assert one is not None
    assert other is not None
    np.testing.assert_array_equal(one.band.expected, other.band.expected)
    np.testing.assert_array_equal(one.band.high, other.band.high)


def test_too_short_a_past_gives_the_number_without_causes() -> None:
    case = house("event")
    rows = case.kept.rows
    short = replace(case.kept, rows=rows.take(rows.ts >= case.period.start - 5 * 86_400))
    told = respond(short, case.question, case.now)
    assert told is not None
    assert told.status == "answered"
    assert "reichen die Messwerte davor nicht" in told.sentences[-1].text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1234.5, "kWh", "1.234,5 kWh"), (0.4567, "kWh", "0,46 kWh"), (-3.04, "kWh", "-3,0 kWh"), (0.17, "kW", "0,17 kW"),
        (12.3, "%", "12 %"), (-0.001, "EUR", "0,00 EUR"),
        (89.456, "EUR/MWh", "89,46 EUR/MWh"), (1795266900.0, TIME, "21.11.2026, 14:15 Uhr"),
        (1080.0, CLOCK, "18:00 Uhr"), (None, "kWh", "unbekannt"), (2543.0, "", "2.543"),
    ],
)  # fmt: skip
def test_numbers_are_german(value: float | None, unit: str, text: str) -> None:
    assert text_of(value, unit) == text


def fact(text: str, label: str = "Verbrauch von Haushalt 3 am 20.11.2026") -> DataFact:
    return DataFact(uuid4(), label, 1.0, "", text, {}, 1)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Haushalt 3 verbrauchte am 20.11.2026 genau 1.234,5 kWh.", []),
        ("Der Verbrauch von Haushalt 3 lag bei 1234,5 kWh.", []),
        ("Der Verbrauch lag bei 1.234,6 kWh.", ["1234,6 kwh"]),
        ("Der Verbrauch lag bei 1.234,5 kW.", ["1234,5 kw"]),
        ("Der Verbrauch lag bei rund 1.200 kWh.", ["1200 kwh"]),
        ("Das ist doppelt so viel.", ["doppelt"]),
        ("Das waren drei Tage.", ["drei"]),
        ("Die Spitze war am 21.11.2026 um 14:15 Uhr.", ["14:15", "21.11.2026"]),
        ("Haushalt 3 verbrauchte 3 kWh.", ["3 kwh"]),
        ("Ein Gerät lief.", []),
    ],
)
def test_numbers_that_no_fact_holds_are_found(text: str, wrong: list[str]) -> None:
    assert invented(text, [fact("1.234,5 kWh")]) == wrong


@given(st.floats(-1e6, 1e6, allow_nan=False), st.sampled_from(["kWh", "kW", "EUR", "EUR/MWh", "%", "h", "°C"]))
def test_a_facts_own_text_is_never_invented(value: float, unit: str) -> None:
    text = text_of(value, unit)
    assert invented(f"Es waren {text}, so die Daten.", [fact(text)]) == []
    assert invented(f"Es waren {text}, so die Daten.", [fact("7.777.777,7 Äpfel", "x")]) != []
