"""What a message leaves to the question before it: the unit of "letzter", the day of "17?", the weekend of "danach", and both at once."""

from datetime import UTC, datetime

import pytest

from nova.energy.explain.parse.asked import Before, Question, Refusal
from nova.energy.explain.parse.bare import in_full, unit_of
from nova.energy.explain.parse.question import read
from nova.energy.explain.parse.story import asked_in
from nova.energy.period import describe, of_days
from nova.energy.source import Meter

NOW = datetime(2026, 11, 24, 7, 10, tzinfo=UTC)  # a Tuesday
HOUSE = Meter("H1", "", "household", own=True)
FLAT = Meter("H2", "", "household", own=True)


def talk(*texts: str) -> list[Question]:
    """Each message behind those before it, all surely for data; the first question of each."""
    asked: tuple[Question, ...] = ()
    for text in texts:
        found = read(text, NOW, (HOUSE, FLAT), Before(asked, sure=True))
        if isinstance(found, Refusal) and found.open is not None:
            asked = (*asked, found.open)
            continue
        assert isinstance(found, tuple), (text, found)
        asked = (*asked, *found)
    return list(asked)


@pytest.mark.parametrize(
    ("first", "then", "period"),
    [
        ("Börsenpreis Oktober im Schnitt", "vorletzter", "im September 2026"),
        ("Verbrauch H1 letzter Monat", "dieser bis jetzt?", "vom 01.11.2026, 00:00 Uhr, bis 24.11.2026, 08:00 Uhr"),
        ("Kosten von H1 letzte Woche", "vorletzte", "in KW 46/2026 (09.11.2026 bis 15.11.2026)"),
        ("Verbrauch H1 gestern", "so", "am 22.11.2026"),
        ("Verbrauch H1 gestern", "und am Di", "am 17.11.2026"),
        ("Verbrauch H1 gestern", "vor einer Woche?", "am 16.11.2026"),
        ("Börsenpreis heute um 16 Uhr", "17?", "am 24.11.2026 von 17:00 bis 18:00 Uhr"),
        ("Börsenpreis morgen um zwölf", "und um eins", "am 25.11.2026 von 13:00 bis 14:00 Uhr"),
        ("Börsenpreis morgen um zwölf", "und nachts um drei?", "am 25.11.2026 von 03:00 bis 04:00 Uhr"),
        ("Verbrauch H2 am vorletzten Wochenende", "und das danach", "am Wochenende vom 21.11.2026 bis 22.11.2026"),
        ("Verbrauch H2 letztes Wochenende", "und das davor", "am Wochenende vom 14.11.2026 bis 15.11.2026"),
        ("Verbrauch H1 letztes Wochenende", "und Montag bis Freitag davor", "vom 16.11.2026 bis 20.11.2026"),
        ("Verbrauch H1 gestern von 0 bis 6 Uhr", "und der ganze Tag?", "am 23.11.2026"),
    ],
)
def test_the_period_before_says_what_is_left_out(first: str, then: str, period: str) -> None:
    assert describe(talk(first, then)[-1].period) == period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Was hat H1 am Dienstag verbraucht?", "am 17.11.2026"),
        ("Was hat H1 heute am Dienstag verbraucht?", "am 24.11.2026 von 00:00 bis 08:00 Uhr"),
        ("Verbrauch H1 letzten Samstag und Sonntag zusammen", "am Wochenende vom 21.11.2026 bis 22.11.2026"),
        ("Verbrauch H1 Woche gesamt", "in KW 47/2026 (16.11.2026 bis 22.11.2026)"),
        ("Verbrauch H1 Monat bisher", "vom 01.11.2026, 00:00 Uhr, bis 24.11.2026, 08:00 Uhr"),
        ("Verbrauch H1 letzte volle Woche Mo-So", "in KW 47/2026 (16.11.2026 bis 22.11.2026)"),
        ("Börsenpreis gestern mittags um eins", "am 23.11.2026 von 13:00 bis 14:00 Uhr"),
        ("Am Wochenende braucht der mehr als sonst. H1. Was war es gestern?", "am 23.11.2026"),
    ],
)
def test_days_are_read_as_people_mean_them(text: str, period: str) -> None:
    assert [describe(one.period) for one in talk(text)] == [period]


def test_days_side_by_side_are_added_up() -> None:
    both = talk("Verbrauch H1 am Samstag", "So", "macht zusammen?")[-1]
    assert (describe(both.period), both.meter) == ("am Wochenende vom 21.11.2026 bis 22.11.2026", HOUSE)
    apart = talk("Verbrauch H1 am Samstag", "und am Montag", "macht zusammen?")[-1]
    assert describe(apart.period) == "am 23.11.2026"  # nothing is added up across days that nobody asked for


def test_the_difference_of_two_days_is_told_in_money() -> None:
    held = talk("Verbrauch H1 gestern", "und vorgestern", "was macht der Unterschied in Euro aus?")[-1]
    assert (held.ask, describe(held.period)) == ("cost", "am 23.11.2026")
    assert held.against is not None
    assert describe(held.against) == "am 22.11.2026"


def test_by_how_much_a_day_lies_below_the_one_before_is_told() -> None:
    held = talk("Verbrauch H1 am Samstag", "um wie viel Prozent liegt Sonntag drunter?")[-1]
    assert held.against is not None
    assert [describe(one) for one in (held.period, held.against)] == ["am 22.11.2026", "am 21.11.2026"]


def test_a_year_s_worth_is_wanted() -> None:
    assert talk("Verbrauch H1 letzte Woche", "aufs Jahr wär das?")[-1].each == "year"
    assert talk("Verbrauch H1 letzte Woche", "und im Jahr davor?")[-1].each is None


def test_the_meter_that_was_asked_back_for_is_named_in_a_sentence() -> None:
    found = read(
        "der in der neuen Wohnung, H2 heißt der", NOW, (HOUSE, FLAT), Before((Question("energy", of_days(NOW.date(), NOW.date())),))
    )
    assert isinstance(found, tuple)
    assert found[0].meter == FLAT


def test_a_name_alone_asks_for_the_figure_before() -> None:
    assert [one.ask for one in talk("Verbrauch von H1 letzte Woche", "H2")] == ["energy", "energy"]


def test_a_story_before_the_question_names_no_period() -> None:
    message = "Letzte Woche war ich im Urlaub mit H1. Was hat der gestern verbraucht?"
    assert asked_in(message, NOW, (HOUSE,), surely=True) == "Was hat der gestern verbraucht? h1"
    assert asked_in(message, NOW, (HOUSE,), surely=False) == message
    assert asked_in("Ich war im Urlaub. Was war da los?", NOW, (HOUSE,), surely=True) == "Ich war im Urlaub. Was war da los?"


def test_nothing_is_said_for_a_message_that_stands_alone() -> None:
    assert in_full("letzter", None) == "letzter"
    assert unit_of(of_days(NOW.date(), NOW.date())) == "tag"
