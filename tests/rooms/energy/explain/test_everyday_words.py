"""What people say of their meters every day is read: names by their words, lay words for figures, slips of the pen, parts of days."""

from datetime import UTC, datetime

import pytest

from nova.energy.explain.parse.asked import Before, Question, Refusal
from nova.energy.explain.parse.question import parse, read
from nova.energy.explain.parse.which import choose
from nova.energy.period import describe
from nova.energy.source import Meter

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 24, 14, 22, tzinfo=UTC)
FLAT = Meter("K1", "Wohnung Kiel", "household", own=True)
COTTAGE = Meter("R1", "Ferienhaus Rügen", "household", own=True)
FIRST, SECOND = Meter("H1", "", "household", own=True), Meter("H2", "", "household", own=True)
HOUSE = Meter("S1", "Haus Ahornweg", "household", own=True)
SHOP, WORKS = Meter("F1", "Filiale Hafen", "business"), Meter("B1", "", "business")
HOMES, PAIR, ONE, STAFF = (FLAT, COTTAGE), (FIRST, SECOND), (HOUSE,), (SHOP, WORKS)
YESTERDAY = "am 23.11.2026"


def surely(text: str, meters: tuple[Meter, ...]) -> tuple[Question, ...]:
    """The parts of a question that is known to be for data."""
    found = read(text, NOW, meters, Before((), True))
    assert isinstance(found, tuple), found
    return found


@pytest.mark.parametrize(
    ("text", "meters", "meter"),
    [
        ("Wie hoch war der Verbrauch des Ferienhauses gestern?", HOMES, "R1"),
        ("Was wurde in Kiel gestern verbraucht?", HOMES, "K1"),
        ("Hat meine Wohnung gestern mehr verbraucht als vorgestern?", HOMES, "K1"),
        ("wieviel strom hab ich in der filiale gestern verbraten", STAFF, "F1"),
        ("Was kostete der Strom bei H1 und H2 zusammen gestern?", PAIR, "H1 + H2"),
        ("Was hat der Strom in Wohnung und Ferienhaus zusammen gestern gekostet?", HOMES, "K1 + R1"),
    ],
)
def test_a_meter_is_called_by_a_word_of_its_name(text: str, meters: tuple[Meter, ...], meter: str) -> None:
    (found,) = surely(text, meters)
    assert found.meter is not None
    assert found.meter.meter_id == meter or set(found.meter.parts) == set(meter.split(" + "))


def test_a_place_names_a_strangers_meter_no_more_than_before() -> None:
    assert not choose("stromverbrauch in hafen", STAFF, ()).told


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("Wie viel Geld ging gestern bei H1 für Strom drauf?", "cost"),
        ("was hab ich gestern bei h1 für den strom hingelegt", "cost"),
        ("wieviel € waren das bei H1 gestern", "cost"),
        ("Was musste ich gestern bei H1 für Strom zahlen?", "cost"),
        ("wie teuer war der strom gestern bei mir am zähler H1", "cost"),
        ("Wie viel kW hat H1 gestern höchstens gezogen?", "peak"),
        ("höchster Verbrauchswert von H1 gestern in kW?", "peak"),
        ("Wie hoch ging die Leistung bei H1 gestern maximal?", "peak"),
        ("Was hat die PV bei H1 gestern gebracht?", "production"),
        ("Wie viel kWh kamen gestern bei H1 vom Dach?", "production"),
        ("Wie viel Strom ging gestern bei H1 zurück ins Netz?", "feed_in"),
        ("Wie viel Strom habe ich gestern bei H1 verkauft?", "feed_in"),
        ("Zu wie viel Prozent hat sich H1 gestern selbst versorgt?", "autarky"),
        ("Wie unabhängig vom Netz war H1 gestern?", "autarky"),
        ("wie hoch war der grundverbrauch von H1 gestern?", "base"),
        ("Wie viele Messwerte gibt es von H1 gestern?", "count"),
        ("Anzahl der Datenpunkte von H1 gestern?", "count"),
        ("Wie lange gab es gestern keine Messwerte von H1?", "quality"),
        ("Gibt es gestern Ausfälle in den Messdaten von H1?", "quality"),
    ],
)
def test_lay_words_ask_for_figures(text: str, ask: str) -> None:
    (found,) = surely(text, PAIR)
    assert (found.ask, found.meter, describe(found.period)) == (ask, FIRST, YESTERDAY)


@pytest.mark.parametrize("text", ["Wie viel hab ich gestern für Strom bezahlt?", "Was musste ich gestern bei mir für Strom zahlen?"])
def test_what_one_paid_is_for_data_by_its_own_words(text: str) -> None:
    found = parse(text, NOW, ONE)
    assert isinstance(found, Question)
    assert (found.ask, found.meter) == ("cost", HOUSE)


@pytest.mark.parametrize(
    ("text", "unit", "least"),
    [
        ("Tag mit dem geringsten Verbrauch von H1 im Oktober?", "day", True),
        ("Sparsamster Tag von H1 im Oktober?", "day", True),
        ("welcher tag war bei H1 im oktober der schlimmste beim strom", "day", False),
        ("Welcher Tag war im Oktober bei H1 der mit dem niedrigsten Verbrauch?", "day", True),
        ("Um wie viel Uhr war der Verbrauch von H1 gestern am höchsten?", "hour", False),
    ],
)
def test_one_of_many_is_asked_for(text: str, unit: str, least: bool) -> None:
    (found,) = surely(text, PAIR)
    assert found.ask == "energy"
    assert found.top is not None
    assert (found.top.unit, found.top.least) == (unit, least)


@pytest.mark.parametrize(
    "text", ["wieviel strom geht bei H1 letzte woche am tag im schnitt durch", "Was war der mittlere Tagesverbrauch von H1 letzte Woche?"]
)
def test_a_mean_of_days_is_asked_for(text: str) -> None:
    (found,) = surely(text, PAIR)
    assert (found.ask, found.each) == ("energy", "day")


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Wie viel Strom hat H1 im Jahr 2026 verbraucht?", "vom 01.01.2026, 00:00 Uhr, bis 24.11.2026, 15:15 Uhr"),
        ("Durchschnittlicher Verbrauch von H2 2025 pro Tag?", "im Jahr 2025"),
        ("Wie hoch war der Verbrauch von H1 am Freitagvormittag?", "am 20.11.2026 von 08:00 bis 12:00 Uhr"),
        ("Was kostete mich H1 am Mittwoch früh", "am 18.11.2026 von 06:00 bis 10:00 Uhr"),
        ("Was war seit dem 9. November bei H2 die maximale Leistung?", "vom 09.11.2026, 00:00 Uhr, bis 24.11.2026, 15:15 Uhr"),
        ("Verbrauch von H1 zwicshen dem 3. und dem 5. November?", "vom 03.11.2026 bis 05.11.2026"),
    ],
)
def test_periods_stand_beside_names(text: str, when: str) -> None:
    assert [describe(one.period) for one in surely(text, PAIR)] == [when]


@pytest.mark.parametrize("when", ["in zwei Wochen", "nächstes Jahr", "in drei Monaten"])
def test_what_lies_ahead_is_not_told_of_the_past(when: str) -> None:
    found = parse(f"Was kostet mich der Strom bei H1 {when}?", NOW, PAIR)
    assert isinstance(found, Refusal)
    assert "liegt in der Zukunft" in found.text


def test_more_than_usual_needs_no_other_period() -> None:
    (found, *_) = surely("Verbraucht H1 mehr als sonst?", PAIR)
    assert found.usual


@pytest.mark.parametrize("text", ["Autrakiegrad von H1 gestern?", "eigenverbaruchsquote von H1 gestern", "Ruehlast von H1 gestern?"])
def test_slips_of_the_pen_are_mended(text: str) -> None:
    (found,) = surely(text, PAIR)
    assert found.ask in ("autarky", "self_use", "base")


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("Wann sollte man heute keinen Strom brauchen, weil er am teuersten ist?", "dearest"),
        ("durchschnittlicher börsenpries am 7. november?", "price"),
        ("teeurste stunde morgen?", "dearest"),
        ("Güntsigste Stunde heute?", "cheapest"),
    ],
)
def test_prices_need_no_meter(text: str, ask: str) -> None:
    (found,) = surely(text, PAIR)
    assert (found.ask, found.meter) == (ask, None)


@pytest.mark.parametrize("then", ["wie sah es in der letzten Woche aus?", "Gleiches für letzte Woche bitte"])
def test_a_text_goes_on_by_its_own_words(then: str) -> None:
    (found,) = surely("Was hat H1 gestern verbraucht?", PAIR)
    after = read(then, NOW, PAIR, Before((found,)))
    assert isinstance(after, tuple)
    assert [(one.ask, one.meter, describe(one.period)[:10]) for one in after] == [("energy", FIRST, "in KW 47/2")]


def test_whether_it_is_in_the_usual_range_goes_on() -> None:
    (found,) = surely("Was hat H1 gestern verbraucht?", PAIR)
    after = read("Ist das im Rahmen?", NOW, PAIR, Before((found,)))
    assert isinstance(after, tuple)
    assert [one.usual for one in after] == [True]


@pytest.mark.parametrize(
    ("first", "then", "ask"),
    [
        ("Was hat H1 gestern verbraucht?", "wie sah es in kw 46 aus?", "energy"),
        ("Was hat H1 gestern verbraucht?", "wie teuer war das", "cost"),
        ("Was hat H1 letzte Woche verbraucht?", "und der tag mit dem höchsten verbrauch?", "energy"),
    ],
)
def test_words_go_on_with_the_figure_before(first: str, then: str, ask: str) -> None:
    (found,) = surely(first, PAIR)
    after = read(then, NOW, PAIR, Before((found,), True))
    assert isinstance(after, tuple)
    assert [one.ask for one in after] == [ask]
